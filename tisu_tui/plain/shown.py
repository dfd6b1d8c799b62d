"""Results as lines that read well aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _

from tisu_tui.core.shown import (
    Counts,
    Number,
    Quotes,
    Record,
    Say,
    Shown,
    Withheld,
    partly_withheld_sentence,
    withheld_sentence,
)

_NOTHING = {"", "–"}


def shown_lines(shown: Sequence[Shown]) -> list[str]:
    """Say a result in lines; the sentence for what is withheld comes once, however much is withheld."""
    lines: list[str] = []
    for each in shown:
        lines += (line for line in _lines(each) if line != withheld_sentence() or line not in lines)
    if any(map(_withholds, shown)) and withheld_sentence() not in lines:
        lines.append(partly_withheld_sentence())
    return lines


def _lines(shown: Shown) -> Iterator[str]:
    match shown:
        case Say(text):
            yield text
        case Counts(title, rows, columns, numbers):
            yield from [_ended(title)] if title else []
            for row, cells in zip(rows, numbers, strict=True):
                if len(columns) == 1:
                    yield f"{row}: {_said(cells[0])}"
                else:
                    said = (f"{column}: {_said(n)}" for column, n in zip(columns, cells, strict=True))
                    yield f"{_ended(row)} {', '.join(said)}."
        case Quotes(title, texts):
            yield from [_ended(title)] if title else []
            yield from (f"“{text}”" for text in texts)
        case Record(title, columns, rows):
            yield from [_ended(title)] if title else []
            for first, *rest in rows:
                told = [f"{column}: {_said(cell)}" for column, cell in zip(columns[1:], rest, strict=True) if _is(cell)]
                yield " ".join(map(_ended, [str(_said(first)), *told]))


def _withholds(shown: Shown) -> bool:
    match shown:
        case Counts():
            return any(isinstance(n, Withheld) for row in shown.numbers for n in row)
        case Record():
            return any(isinstance(cell, Withheld) for row in shown.rows for cell in row)
    return False


def _said(value: str | Number) -> str | int:
    return _("not shown") if isinstance(value, Withheld) else value


def _is(cell: str | Withheld) -> bool:
    return cell not in _NOTHING


def _ended(text: str) -> str:
    """End a piece as a sentence, so that a voice stops after it."""
    return text if text.endswith((".", "?", "!", "…", ":")) else f"{text}."
