"""Lines of a page, worked out from plain data: wrapped, indented, put in the middle, and cut to the window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import TypeAlias

from tisu_tui.core.figure import Pixels
from tisu_tui.core.scripts import is_right_to_left
from tisu_tui.core.text import cells, fit, wrap
from tisu_tui.core.translation import cache_by_language
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.palette import Paint, StyleName
from tisu_tui.session.workshop import Block

Span: TypeAlias = tuple[str, StyleName | Paint]
Line: TypeAlias = tuple[Span, ...]
"""One row; the text is already clean, and is never read as markup."""
Lines: TypeAlias = tuple[Line, ...]
Key: TypeAlias = tuple[str, str]
"""A key as people read it, and what it does."""

WIDEST = 76
"""The most cells of a line of prose: longer ones are hard to follow."""
TALLEST = 46
"""The most rows that are used: what keys do should not be far from what they do it to."""
NARROWEST, LOWEST = 20, 8
"""The smallest window that anything can be said in."""
_LOW = 16
"""The rows from which there are blank ones at the top and above the foot."""

_PICTURE_ROWS = 14
"""The most rows of a picture among words."""
BLANK: Lines = ((),)
_STYLES: dict[str, StyleName] = {"": "text", "strong": "title", "emphasis": "result", "code": "key"}


def width_of(line: Line) -> int:
    """Measure a line in cells."""
    return sum(cells(text) for text, _style in line)


def text_of(line: Line) -> str:
    """Give the text of a line without its styles."""
    return "".join(text for text, _style in line)


def longest_word(text: str) -> int:
    """Measure the longest word of a text in cells."""
    return max(map(cells, text.split()), default=0)


def flow(spans: Iterable[Span], width: int, first: str = "", rest: str | None = None) -> Lines:
    """Wrap styled text to `width` cells; `first` stands before the first line, `rest` before the others.

    What is written from right to left stands at the right.
    """
    spans = tuple(spans)
    text = text_of(spans)
    rest = " " * cells(first) if rest is None else rest
    room = max(2, width - cells(first))
    lines = _no_word_alone(wrap(text.replace("\n", " "), room), room)
    rows = [[(line, spans[0][1])] for line in lines] if len(spans) == 1 else _styled(lines, spans)
    if is_right_to_left(text):
        # On the ground of the text: a card is one ground.
        rows = [[(" " * (room - width_of(tuple(row))), spans[0][1]), *row] for row in rows]
    return tuple(_merged([(rest if n else first, "quiet"), *row]) for n, row in enumerate(rows))


def _no_word_alone(lines: list[str], room: int) -> list[str]:
    """Give the last line a second word where it has one, which alone is easily missed."""
    if len(lines) > 1 and " " not in lines[-1] and lines[-2].count(" ") > 1:
        before, word = lines[-2].rsplit(" ", 1)
        if cells(word) + 1 + cells(lines[-1]) <= room:
            lines[-2:] = [before, f"{word} {lines[-1]}"]
    return lines


def _styled(lines: Iterable[str], spans: Iterable[Span]) -> list[list[Span]]:
    """Give the words of wrapped lines the styles they had before; a space has that of what stands before it."""
    letters = iter([(len("".join(text.split())), style) for text, style in spans])
    left, style = next(letters, (0, "text"))
    rows: list[list[Span]] = []
    for line in lines:
        rows.append([])
        for word in line.split():
            rows[-1].append((" " if rows[-1] else "", style))
            at = 0
            while at < len(word):
                while not left:
                    left, style = next(letters)
                part = word[at : at + left]
                at, left = at + len(part), left - len(part)
                rows[-1].append((part, style))
    return rows


def _merged(spans: Iterable[Span]) -> Line:
    merged: list[Span] = []
    for text, style in spans:
        if not text:
            continue
        if merged and merged[-1][1] == style:
            merged[-1] = (merged[-1][0] + text, style)
        else:
            merged.append((text, style))
    return tuple(merged)


@lru_cache(maxsize=2048)
def paragraph(text: str, width: int, style: StyleName = "text", first: str = "", rest: str | None = None) -> Lines:
    """Wrap a text in one style; for texts that many people see, never for what somebody typed."""
    return flow(((text, style),), width, first, rest) if text else ()


def paragraphs(
    texts: Iterable[str], width: int, style: StyleName = "text", first: str = "", rest: str | None = None
) -> Lines:
    """Wrap texts, each from a row of its own; none of them may be what somebody typed."""
    return stacked(paragraph(text, width, style, first, rest) for text in texts)


def itemized(text: str, width: int, style: StyleName) -> Lines:
    """Wrap a text in one style; where it has several lines, each is an item of a list."""
    items = text.split("\n")
    return paragraphs(items, width, style, "• " if len(items) > 1 else "")


def enumerated(texts: Sequence[str], width: int, style: StyleName) -> Lines:
    """Wrap texts, each from a row of its own that begins with its number."""
    size = len(str(len(texts))) + 1
    return stacked(flow(((text, style),), width, f"{n:>{size}}  ") for n, text in enumerate(texts, 1))


def key_table(keys: Sequence[Key], width: int, gap: int = 3) -> Lines:
    """Draw what keys do, each from a row of its own."""
    size = max(len(key) for key, _words in keys) + gap
    return stacked(paragraph(words, width, "text", f"{key:<{size}}") for key, words in keys)


@cache_by_language(512)
def blocks(body: tuple[Block, ...], width: int, first: str = "") -> Lines:
    """Draw the blocks of a workshop's text; `first` stands before every line."""
    made: list[Lines] = []
    before = ""
    for block in body:
        lines = _block(block, width, first)
        in_list = block.kind in {"bullet", "number"}
        if made and in_list and before == block.kind:
            made[-1] += lines
        else:
            made.append(lines)
        before = block.kind
    return spaced(*made)


def _block(block: Block, width: int, first: str) -> Lines:
    if block.kind == "image":
        words = flow(((block.text, "dim"),), width, first + _("Picture: "))
        return (*pixels_lines(block.pixels, width - cells(first), _PICTURE_ROWS), *words) if block.pixels else words
    if block.rows:
        return _table(block.cells, width, first)
    spans = [(span.text, _STYLES.get(span.style, "text")) for span in block.spans]
    if block.kind == "heading":
        spans = [(text, "title") for text, _style in spans]
    is_quote = block.kind == "quote" and not first
    mark = {"bullet": "• ", "number": f"{block.mark or '1.'} "}.get(block.kind, "│ " if is_quote else "")
    rest = first + ("│ " if is_quote else " " * cells(mark))
    return flow(spans, width, first + mark, rest)


def pixels_lines(pixels: Pixels, width: int, rows: int) -> Lines:
    """Draw a picture in half blocks, as large as its shape lets it be in so many cells and rows."""
    scale = min(width / pixels.width, 2 * rows / pixels.height)
    across, down = max(1, round(pixels.width * scale)), max(1, round(pixels.height * scale))

    def at(x: int, y: int) -> int:
        place = 3 * (min(y, down - 1) * pixels.height // down * pixels.width + x * pixels.width // across)
        return int.from_bytes(pixels.colours[place : place + 3], "big")

    return tuple(
        _merged(("▀", Paint(at(x, y), at(x, y + 1))) for x in range(across)) for y in range(0, down + down % 2, 2)
    )


def _table(rows: tuple[tuple[str, ...], ...], width: int, first: str) -> Lines:
    """Draw the rows of a table in columns; where they have no room beside each other, each row as words in a line."""
    sizes = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    has_room = sum(sizes) + 2 * len(sizes) + cells(first) <= width
    lines: Lines = ()
    for n, row in enumerate(rows):
        style: StyleName = "text" if n else "title"
        if has_room:
            told = "  ".join(text + " " * (size - cells(text)) for text, size in zip(row, sizes, strict=True))
            lines += (_merged(((first, "quiet"), (told.rstrip(), style))),)
        else:
            lines += paragraph(" | ".join(filter(None, row)), width, style, first)
    return lines


def stacked(parts: Iterable[Lines], gap: int = 0) -> Lines:
    """Put parts under each other with so many blank rows between, also around those that are empty."""
    lines: list[Line] = []
    for n, part in enumerate(parts):
        lines += ((),) * gap if n else ()
        lines += part
    return tuple(lines)


def spaced(*parts: Lines) -> Lines:
    """Put parts under each other with a blank line between those that are there."""
    return stacked(filter(None, parts), 1)


def indented(lines: Lines, by: int) -> Lines:
    """Move lines to the right."""
    return tuple(((" " * by, "text"), *line) if line else () for line in lines) if by else lines


def in_the_middle(lines: Iterable[Line], width: int) -> Lines:
    """Put each line in the middle of `width` cells."""
    return tuple(line and ((" " * max(0, (width - width_of(line)) // 2), "text"), *line) for line in lines)


def ends(left: str, right: str, width: int, style: StyleName = "quiet") -> Lines:
    """Put two short texts at the two ends of a line; where they don't fit, under each other."""
    gap = width - cells(left) - cells(right)
    if gap < 2:
        return (*paragraph(left, width, style), *paragraph(right, width, style))
    return (((f"{left}{' ' * gap}{right}", style),),)


def padded(line: Line, width: int, style: StyleName = "text") -> Line:
    """Fill a line up to `width` cells, and cut it there."""
    size = width_of(line)
    if size <= width:
        return (*line, (" " * (width - size), style)) if size < width else line
    kept: list[Span] = []
    left = width
    for text, name in line:
        part = fit(text, left)
        kept.append((part, name))
        left -= cells(part)
        if left <= 0:
            break
    return padded(tuple(kept), width, style)


def side_by_side(parts: Sequence[Lines], widths: Sequence[int], gap: int = 2, style: StyleName = "text") -> Lines:
    """Put columns side by side on one ground, with so many cells between; the last one needs no width."""
    lines: list[Line] = []
    for row in zip_longest(*parts, fillvalue=()):
        filled = [
            (*padded(line, width, style), (" " * gap, style)) for line, width in zip(row[:-1], widths, strict=False)
        ]
        lines.append((*(span for line in filled for span in line), *row[-1]))
    return tuple(lines)


@lru_cache(maxsize=512)
def keys_line(keys: tuple[Key, ...], width: int) -> Lines:
    """Draw what keys do, as many to a line as fit and never one of them broken in two."""
    if not keys:
        return ()
    rows: list[list[Span]] = [[]]
    used = 0
    for key, words in keys:
        size = cells(key) + 1 + cells(words)
        if used and used + 3 + size > width:
            rows.append([])
            used = 0
        if used:
            rows[-1].append(("   ", "text"))
            used += 3
        rows[-1] += [(key, "key"), (f" {words}", "dim")]
        used += size
    return tuple(map(tuple, rows))


@dataclass(frozen=True, slots=True)
class Page:
    """What a screen says, in a column of its own width: a body that can scroll over a foot that can't.

    `keep` are the first and last row of the body that should be in sight, and `cursor` a row and column in it.
    Before row `needed` is all that somebody has to see to answer. `about` is what it is a page of: when that changes,
    reading begins at the top, and at what `keep` names only if `is_begun`.
    """

    body: Lines
    foot: Lines = ()
    keep: tuple[int, int] | None = None
    cursor: tuple[int, int] | None = None
    needed: int = 0
    about: object = None
    is_begun: bool = False

    def under(self, before: Lines) -> Page:
        """Put lines over the body."""
        return self.part_of(spaced(before, self.body), len(before) + 1 if before else 0)

    def part_of(self, body: Lines, down: int) -> Page:
        """Make it part of a longer page, in which its first row is this far down."""
        keep = (self.keep[0] + down, self.keep[1] + down) if self.keep else None
        cursor = (self.cursor[0] + down, self.cursor[1]) if self.cursor else None
        return replace(self, body=body, keep=keep, cursor=cursor)


def numbered(n: int, at: int, count: int) -> str:
    """Give what stands before an item of a list, counted from 0: the mark if it is the one at `at`, and its number."""
    return f"{'›' if n == at else ' '} {n + 1:>{len(str(count))}}  "


def listed(items: Iterable[Lines], at: int) -> Page:
    """Put the items of a list under each other, and keep the one at `at` in sight; -1 is none of them."""
    rows: list[Line] = []
    keep = None
    for n, item in enumerate(items):
        if n == at:
            keep = (len(rows), len(rows) + len(item) - 1)
        rows += item
    return Page(tuple(rows), keep=keep, cursor=(keep[0], 0) if keep else None)


@dataclass(frozen=True, slots=True)
class FittedPage:
    """A page cut to a window: `scroll` is the first row of the body that shows, `most` the furthest it can go."""

    lines: Lines
    cursor: tuple[int, int] | None = None
    scroll: int = 0
    most: int = 0
    rows: int = 1
    """How many rows of the body show."""


def column(width: int, widest: int = WIDEST) -> int:
    """Give the width of the column of text in a window."""
    return max(2, min(widest, width - (4 if width >= 48 else 2)))


def fit_page(
    page: Page, width: int, height: int, scroll: int = 0, *, widest: int = WIDEST, tallest: int = TALLEST
) -> FittedPage:
    """Cut a page to a window, with its column in the middle; too small a window says so."""
    if width < NARROWEST or height < LOWEST:
        return FittedPage(_too_small(width, height))
    margin = (width - column(width, widest)) // 2
    foot = page.foot[: height - 4]
    top, room, gap = rows_for(len(foot), height, tallest)
    most = max(0, len(page.body) - room + 1) if len(page.body) > room else 0
    rows = room - 1 if most else room
    if page.keep is not None:
        scroll = min(max(scroll, page.keep[1] - rows + 1), page.keep[0])
    scroll = max(0, min(scroll, most))
    shown = page.body[scroll : scroll + rows]
    shown += ((),) * (rows - len(shown))
    more = (_more(scroll, most, rows, page.needed),) if most else ()
    lines = ((),) * top + indented((*shown, *more, *((),) * gap, *foot), margin)
    cursor = None
    if page.cursor is not None and scroll <= page.cursor[0] < scroll + rows:
        cursor = (page.cursor[0] - scroll + top, page.cursor[1] + margin)
    return FittedPage(lines, cursor, scroll, most, rows)


def rows_for(foot: int, height: int, tallest: int = TALLEST) -> tuple[int, int, int]:
    """Give the first row of the body in a window, its rows, and the blank ones between it and a foot of so many."""
    top = 0 if height < _LOW else 1
    # On a low screen the answers need every row.
    gap = 1 if foot and height >= _LOW else 0
    if height > tallest:
        top = (height - tallest) // 2
        height = tallest + top
    return top, height - top - foot - gap, gap


def leaf(rows: int) -> int:
    """Give the rows by which `pgdn` goes down where so many show: two of them stay in sight."""
    return max(1, rows - 2)


def _more(scroll: int, most: int, rows: int, needed: int) -> Line:
    """Say that there is more, and on which page of how many the answers go on, if they do."""
    if scroll + rows < needed:
        last = -(-most // leaf(rows)) + 1
        # Where an answer is kept in sight, less than a page may be left below.
        following = min(-(-scroll // leaf(rows)) + 2, last)
        words = _("the answers go on, page {n} of {last}").format(n=following, last=last)
        return (("▼ pgdn", "key"), (f" {words}", "result"))
    if scroll < most:
        return (("▼ pgdn", "key"), (" " + _("more below"), "dim"))
    return (("▲ pgup", "key"), (" " + _("more above"), "dim"))


def _too_small(width: int, height: int) -> Lines:
    words = _("Window too small. Please make it bigger.")
    return paragraph(words, max(2, width))[: max(1, height)]
