"""Steps over time as plain lines, for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from tisu_tui.core.text import cells, clean, wrap
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.ledger import (
    Ledger,
    TrendLine,
    change,
    columns,
    empty_sentence,
    evidence_words,
    promised_words,
    reworded_sentence,
    same_people_sentence,
    told,
)

WIDTH = 80
_WIDTHS = (10, 6, 18, 16, 10, 8)
_LONGEST = 2000


def trend_lines(ledgers: Sequence[Ledger]) -> Iterator[str]:
    """Tell steps over time, statement by statement, a table of sessions under each."""
    for ledger in ledgers:
        yield from _wrapped(_("{title} (step {step})").format(title=clean(ledger.title), step=clean(ledger.step)))
        for line in ledger.lines:
            yield ""
            yield from _statement(line, ledger)
        yield ""
    yield from wrap(f"{same_people_sentence()} {empty_sentence()}", WIDTH)


def _statement(line: TrendLine, ledger: Ledger) -> Iterator[str]:
    yield from _wrapped(line.label)
    yield from _row((_("Date"), _("People"), *columns()))
    for held, row in zip(ledger.sessions, line.cells, strict=True):
        yield from _row((held.date, held.people, *told(row)))
    for sentence in (change(line, ledger.sessions), reworded_sentence(line)):
        if sentence:
            yield from _wrapped(sentence)
    for words in (*map(evidence_words, line.evidence), *map(promised_words, line.promises)):
        yield from _wrapped(words, "- ")


def _wrapped(text: str, mark: str = "") -> Iterator[str]:
    for n, part in enumerate(wrap(clean(text, _LONGEST), WIDTH - len(mark))):
        yield (" " * len(mark) if n else mark) + part


def _row(texts: Sequence[str]) -> Iterator[str]:
    broken = [wrap(clean(text), width) for text, width in zip(texts, _WIDTHS, strict=True)]
    for parts in zip_longest(*broken, fillvalue=""):
        padded = (part + " " * (width - cells(part)) for part, width in zip(parts, _WIDTHS, strict=True))
        yield f"  {'  '.join(padded)}".rstrip()
