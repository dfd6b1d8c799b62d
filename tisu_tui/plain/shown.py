"""Questions and results as lines that read well aloud."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from tisu_tui.core.enumerating import ended
from tisu_tui.core.form import Option, Order, Pick, bare, keys, short
from tisu_tui.core.shown import (
    Counts,
    Quotes,
    Say,
    Shown,
    Withheld,
    WordTable,
    cell_words,
    partly_withheld_sentence,
    withheld_sentence,
    withholds,
)
from tisu_tui.core.text import in_quotes
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.typed import NotTaken
from tisu_tui.session.readback import Line
from tisu_tui.view.view import View

_NOTHING = {"", "–"}
_MOST_WORDS = 60
"""What somebody hears at once of a result."""
_LEADING = 40
"""How many of those are sentences, before it is said how to hear the rest."""


def introduction(view: View) -> list[str]:
    """Give what stands before a step's question: its content note, its text, who decides and how."""
    note = " ".join(block.text for block in view.content_note)
    return [_("Please note: {note}").format(note=note) if note else "", *body_lines(view), view.right, view.rule]


def body_lines(view: View) -> list[str]:
    """Give a step's text in lines."""
    return [f"{block.mark} {line}".strip() for block in view.body for line in block.lines]


def option_lines(options: tuple[Option, ...], *, are_short: bool = False) -> list[str]:
    """Give options with what is typed for each; short ones leave out what explains a point of a scale."""
    told = [short(option.name) if are_short and option.name else bare(option) for option in options]
    return [f"{key}." if words == key else f"{key}. {words}" for key, words in zip(keys(options), told, strict=True)]


def how(field: Pick | Order) -> Iterator[str]:
    """Say how several are chosen, or put in order, on one line."""
    if isinstance(field, Order):
        yield _("Give the numbers in your order, best first, like: 2 1. What you leave out is tied last.")
    elif field.most > 1:
        yield _("Choose up to {n}, like: 1 2.").format(n=field.most)
        if field.each > 1:
            yield _("You can put up to {n} on one line, like: 1 1.").format(n=field.each)


def shown_lines(shown: Sequence[Shown]) -> list[str]:
    """Say a result in lines; the sentence for what is withheld comes once, however much is withheld."""
    lines: list[str] = []
    for part in shown:
        lines += (line for line in _lines(part) if line != withheld_sentence() or line not in lines)
    if any(map(withholds, shown)) and withheld_sentence() not in lines:
        lines.append(partly_withheld_sentence())
    return lines


def notes_lines(view: View) -> list[str]:
    """Read the notes that are read together; nothing where they are not."""
    return reading_lines(view.reading) or ([_("Nothing was written down.")] if view.is_reading else [])


def reading_lines(lines: Sequence[Line]) -> list[str]:
    """Number the lines of the notes that can be struck."""
    return [f"{line.number}. {line.text}" if line.number else line.text for line in lines]


def reading_news(before: Sequence[Line], now: Sequence[Line]) -> list[str]:
    """Say which lines of the notes have changed; what was taken out is not read once more."""
    said: list[str] = []
    has_moved = False
    texts, fresh = [line.text for line in before], [line.text for line in now]
    for change, start, end, to, until in SequenceMatcher(None, texts, fresh, autojunk=False).get_opcodes():
        if change == "equal":
            pairs = zip(before[start:end], now[to:until], strict=True)
            has_moved = has_moved or any(one.number != other.number for one, other in pairs)
            continue
        there = [line for line in now[to:until] if line.number]
        said += (_("Line {n} is now: {text}").format(n=line.number, text=line.text) for line in there)
        gone = [line for line in before[start:end] if line.number][len(there) :]
        said += (_("Line {n} is taken out.").format(n=line.number) for line in gone)
    return [*said, *([_("The lines behind it have other numbers now.")] if has_moved else [])]


def line_of(view: View, number: int) -> Line:
    """Find a line of the notes by its number, as it was read out; raises NotTaken."""
    line = view.line(number)
    if line is None:
        raise NotTaken(_("there is no line {n}").format(n=number))
    return line


def result_lines(view: View) -> list[str]:
    """Say what everybody may see of a step, or the notes: all of it where that is short, else what leads."""
    lines = shown_lines(view.shown) + notes_lines(view)
    soften = _("To ask in private for a line to be softened or left out, type soften and its number.")
    opening = _("Result: {title}").format(title=view.heading)
    if _words((opening, *lines)) > _MOST_WORDS:
        lines = _headline(view)
    return [opening, *lines, *([soften] if view.reading else [])]


def adds_only(before: View, view: View, heard: Collection[str]) -> bool:
    """Tell whether a result differs by quotes alone that are added, each of which was `heard` already."""
    known, quotes = set(_quoted(before.shown)), set(_quoted(view.shown))
    unquoted, now = ([part for part in each.shown if not isinstance(part, Quotes)] for each in (before, view))
    is_heard = all(text in heard and not under for _title, text, under in quotes - known)
    return (unquoted, before.reading) == (now, view.reading) and known <= quotes and is_heard


def _quoted(shown: Sequence[Shown]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for part in shown:
        if isinstance(part, Quotes):
            yield from ((part.title, text, under) for text, under in part.lines())


def _headline(view: View) -> list[str]:
    """Say the sentences that lead a long result, and how to hear the rest."""
    said: list[str] = []
    # The round that has just closed is the news, and earlier ones are known.
    *before, now = (_("Round {n}: {sentence}").format(n=n + 1, sentence="") for n in range(view.place.round))
    # How it came about is heard with the rest.
    sentences = [part.text for part in view.shown if isinstance(part, Say) and not part.is_aside]
    for text in sorted(sentences, key=lambda each: each.startswith(tuple(before))):
        if text.startswith(now) or _words((*said, text)) <= _LEADING:
            said.append(text)
    if not said and not view.reading and view.picture and view.picture.headline:
        # What the wall has in large letters.
        finding = ": ".join(filter(None, (view.picture.over, view.picture.headline)))
        said.append(ended(finding))
    if not said and not view.reading:
        # Nothing leads, so it begins to be read from its first line, which may be a heading.
        for text in shown_lines(view.shown):
            if len(said) > 1 and _words((*said, text)) > _LEADING:
                break
            said.append(text)
    if said == shown_lines(view.shown) and not view.reading:
        return said
    number = len(_details(view))
    if number == 1:
        rest = _("Type more to hear the rest.")
    elif view.reading:
        rest = _("{n} lines: type more, or more {one}.")
    elif any(isinstance(part, WordTable) and part.columns[0] == _("Statement") for part in view.shown):
        rest = _("{n} statements: type more, or more {one}.")
    else:
        rest = _("{n} parts: type more, or more {one}.")
    return [*said, rest.format(n=number, one=min(number, 3))]


def more_lines(view: View, number: str | None) -> list[str]:
    """Read a result to its end, or one of its statements or lines; raises NotTaken."""
    if not view.shown and not view.reading:
        raise NotTaken(_("there is no result to hear just now"))
    if number is None:
        return shown_lines(view.shown) + reading_lines(view.reading)
    details = _details(view)
    if not 1 <= int(number) <= len(details):
        raise NotTaken(_("there is no number {n}; the last is {last}").format(n=number, last=len(details)))
    return details[int(number) - 1]


def _details(view: View) -> list[list[str]]:
    """Take a result apart: what is said of each statement or choice, or else its lines."""
    if view.reading:
        return [[text] for text in reading_lines(view.numbered)]
    tables = [each for each in view.shown if isinstance(each, WordTable | Counts)]
    labels = dict.fromkeys(label for table in tables for label in _labels(table))
    if labels:
        return [shown_lines([part for table in tables if (part := _about(table, label))]) for label in labels]
    return [[line] for line in shown_lines(view.shown)]


def _labels(table: WordTable | Counts) -> list[str]:
    return list(table.rows) if isinstance(table, Counts) else [str(row[0]) for row in table.rows]


def _about(table: WordTable | Counts, label: str) -> WordTable | Counts | None:
    """Keep of a table only what is about one row; nothing where that is nothing."""
    at = [n for n, name in enumerate(_labels(table)) if name == label]
    if not at:
        return None
    if isinstance(table, Counts):
        return replace(table, rows=(label,), numbers=tuple(table.numbers[n] for n in at[:1]))
    return replace(table, rows=tuple(table.rows[n] for n in at))


def _words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _lines(shown: Shown) -> Iterator[str]:
    match shown:
        case Say(text):
            yield text
        case Counts(title, rows, columns, numbers):
            yield from [_ended(title)] if title else []
            for row, cells in zip(rows, numbers, strict=True):
                if len(columns) == 1:
                    yield f"{row}: {cell_words(cells[0])}"
                else:
                    said = (f"{column}: {cell_words(n)}" for column, n in zip(columns, cells, strict=True))
                    yield f"{_ended(row)} {', '.join(said)}."
        case Quotes(title):
            yield from [_ended(title)] if title else []
            for text, under in shown.lines():
                below = ", ".join(in_quotes(child) for child in under)
                yield f"{in_quotes(text)}: {below}" if below else in_quotes(text)
        case WordTable(title, columns, rows):
            yield from [_ended(title)] if title else []
            for first, *rest in rows:
                told = [
                    f"{column}: {cell_words(cell)}" for column, cell in zip(columns[1:], rest, strict=True) if _is(cell)
                ]
                yield " ".join(map(_ended, [cell_words(first), *told]))


def _is(cell: str | Withheld) -> bool:
    return cell not in _NOTHING


def _ended(text: str) -> str:
    """End a piece as a sentence, so that a voice stops after it."""
    return text if text.endswith(":") else ended(text)
