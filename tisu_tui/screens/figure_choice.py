"""Choices and people's words as cards, numbers as bars, verdicts, and what was written down as a board."""

from __future__ import annotations

from tisu_tui.core.figure import Bars, BoardRow, Items, RecordBoard, Tone, VerdictFigure
from tisu_tui.core.text import cells
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.bands import block, cut, shared, stacked
from tisu_tui.screens.layout import Line, Lines, flow, padded, paragraph
from tisu_tui.screens.lettering import SMALL, letters
from tisu_tui.screens.palette import StyleName

_LEAST_BAR = 28
"""Cells that are left to bars where labels are long."""
TONES: dict[Tone, StyleName] = {Tone.YES: "yes", Tone.THIN: "thin", Tone.HELD: "held", Tone.WAIT: "wait"}


def items(figure: Items, width: int, rows: int) -> Lines:
    """Draw what can be chosen or is agreed, a card each; what stands out is filled."""
    if not figure.items:
        return ()
    size = max(cells(each.key) for each in figure.items)
    marks = max(cells(each.mark) for each in figure.items)
    room = width - 3 - (size + 2 if size else 0) - (marks + 3 if marks else 0)
    if room < 12:
        marks, room = 0, width - 3 - (size + 2 if size else 0)
    if large_items := _large_items(figure, width, rows, room):
        return large_items
    tall = [len(paragraph(each.label, room)) for each in figure.items]
    gap = 1 if rows >= sum(tall) + len(tall) - 1 else 0
    spare = max(0, rows - sum(tall) - gap * (len(tall) - 1)) // len(tall)
    tight = rows < sum(tall)
    parts: list[Lines] = []
    for each, high in zip(figure.items, tall, strict=True):
        height = 1 if tight else high + min(spare, 4) // 2 * 2
        style: StyleName = "filled" if each.first else "card"
        edge: StyleName = "filled" if each.first else "card-edge"
        said = each.mark
        lead = f"{each.key:>{size}}  " if size else ""
        inside: list[Line] = []
        for y, line in enumerate(cut(each.label, room, height, style)):
            after: Line = ((f"  {said:>{marks}} " if not y and marks else " " * (marks + 3 if marks else 0), edge),)
            inside.append(((" " * len(lead) if y else lead, edge), *padded(line, room, style), *after))
        parts.append(block(tuple(inside), width, height, style, edge))
    return stacked(parts, gap)


def _large_items(figure: Items, width: int, rows: int, room: int) -> Lines:
    """Draw a few short choices in large letters; nothing where there is no room for all of them."""
    styles: list[StyleName] = ["filled" if each.first else "card" for each in figure.items]
    inside = [
        letters(each.label, room, rows, style, (SMALL,), lines=1)
        for each, style in zip(figure.items, styles, strict=True)
    ]
    if not all(inside) or sum(map(len, inside)) + 2 * len(inside) - 1 > rows:
        return ()
    size, marks = max(cells(each.key) for each in figure.items), max(cells(each.mark) for each in figure.items)
    parts: list[Lines] = []
    for each, style, label in zip(figure.items, styles, inside, strict=True):
        edge: StyleName = "filled" if each.first else "card-edge"
        middle = len(label) // 2
        led = tuple(
            (
                (f"{each.key if n == middle else '':>{size}}  " if size else "", edge),
                *padded(line, room, style),
                (f"  {each.mark if n == middle else '':>{marks}} " if marks else "", edge),
            )
            for n, line in enumerate(label)
        )
        parts.append(block(led, width, len(led) + 1, style, edge))
    return stacked(parts, 1)


def bars(figure: Bars, width: int, rows: int) -> Lines:
    """Draw how many chose each, longest first."""
    if not figure.bars:
        return ()
    most = max([each.number for each in figure.bars] + [1])
    size = 1 + max(cells(each.note or str(each.number)) for each in figure.bars)
    label = min(max(cells(each.label) for each in figure.bars), max(width * 45 // 100, width - _LEAST_BAR))
    unit = (width - label - size - 2) / most
    gap = 1 if rows >= 2 * len(figure.bars) - 1 else 0
    height = min(shared(rows, len(figure.bars), gap, 3))
    parts: list[Lines] = []
    for each in figure.bars:
        words = cut(each.label, label, height, "title" if each.first else "text")
        long = max(1 if each.number else 0, round(each.number * unit))
        lines: list[Line] = []
        for y in range(height):
            # A single row is half as high, so that bars never touch.
            mark = "▄" if not gap and height == 1 else "█"
            drawn: Line = ((mark * long, "mark" if each.first else "half"),)
            if y == (height - 1) // 2:
                drawn = (*drawn, (f" {each.note or each.number}", "title"))
            lines.append((*padded(words[y] if y < len(words) else (), label), ("  ", "text"), *drawn))
        parts.append(tuple(lines))
    return stacked(parts, gap)


def cards(texts: tuple[str, ...], width: int, rows: int = 0) -> Lines:
    """Draw people's words, a card each; they are higher where there are rows for it."""
    if not texts:
        return ()
    inside = [flow(((text, "card"),), width - 3) for text in texts]
    return _grown(inside, width, rows)


def large_cards(texts: tuple[str, ...], width: int, rows: int) -> Lines:
    """Draw a few short texts in large letters, a card each; nothing where there is no room for it."""
    return _clear([letters(text, width - 3, rows, "card", (SMALL,), lines=2) for text in texts], width, rows)


def _clear(inside: list[Lines], width: int, rows: int) -> Lines:
    """Put large letters on cards with a row free above and below them; nothing where there is no room for it."""
    needed = sum(map(len, inside)) + 3 * len(inside) - 1
    if not inside or not all(inside) or needed > rows:
        return ()
    spare = 2 + min(2, (rows - needed) // len(inside)) // 2 * 2
    return stacked([block(each, width, len(each) + spare, "card", "card-edge") for each in inside], 1)


def _grown(inside: list[Lines], width: int, rows: int) -> Lines:
    """Put what is inside of cards on them; they are higher where there are rows for it."""
    needed = sum(map(len, inside))
    gap = 1 if not rows or rows >= needed + len(inside) - 1 else 0
    spare = max(0, rows - needed - gap * (len(inside) - 1)) // max(1, len(inside))
    return stacked(
        [block(each, width, len(each) + min(3, spare) // 2 * 2, "card", "card-edge") for each in inside], gap
    )


def board(figure: RecordBoard, width: int, rows: int) -> Lines:
    """Draw what was written down, a card each, with who and by when in columns; on a narrow screen under it."""
    if large_rows := _large_board(figure, width, rows):
        return large_rows
    who = max((cells(each.who) for each in figure.rows), default=0)
    when = max((cells(each.when) for each in figure.rows), default=0)
    room = width - 4 - sum(size + 2 for size in (who, when) if size)
    if room < width // 2:
        said = [" · ".join(filter(None, (each.who, each.when))) for each in figure.rows]
        inside = [
            (
                *paragraph(each.what, width - 3, "card"),
                *paragraph(words, width - 3, "card-edge"),
                *paragraph(each.note, width - 3, "card"),
            )
            for each, words in zip(figure.rows, said, strict=True)
        ]
    else:
        inside = []
        for each in figure.rows:
            beside: Line = tuple(
                (f"  {text}{' ' * (size - cells(text))}", "card-edge")
                for text, size in ((each.who, who), (each.when, when))
                if size
            )
            first, *more = paragraph(each.what, room, "card")
            inside.append(((*padded(first, room, "card"), *beside), *more, *paragraph(each.note, room, "card", "  ")))
    return _grown(inside, width, rows)


def _large_board(figure: RecordBoard, width: int, rows: int) -> Lines:
    """Draw what was written down in large letters, and under it with whom and by when; nothing where it has no room."""

    def card(row: BoardRow, *, is_all_large: bool) -> Lines:
        whom: tuple[str, StyleName] = (", ".join(filter(None, (row.who, row.when))), "card-edge")
        parts = [letters(row.what, width - 3, rows, "card", (SMALL,))]
        for text, style in (whom, (row.note, "card")):
            drawn = (
                letters(text, width - 3, rows, style, (SMALL,)) if is_all_large else paragraph(text, width - 3, style)
            )
            parts += [drawn] if text else []
        # Letters that hang down must not touch those below.
        return stacked(parts, 1) if all(parts) else ()

    found = (_clear([card(each, is_all_large=large) for each in figure.rows], width, rows) for large in (True, False))
    return next(filter(None, found), ())


def verdict(figure: VerdictFigure, width: int, rows: int = 0) -> Lines:
    """Draw the concerns that stand beside a verdict, under words that say what they are."""
    if not figure.cards:
        return ()
    head = paragraph(_("Worries and reasons kept"), width, "title")
    left = max(0, rows - len(head) - 1)
    body = large_cards(figure.cards, width, left) or cards(figure.cards, width, left)
    return stacked([head, body], 1 if len(body) <= left else 0)
