"""A step's result in a closed vocabulary, drawn alike by screens, plain lines, notes and data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tisu_tui.core.translation import gettext as _


class Withheld(Enum):
    """A value that is not said; it carries no reason, because a reason would be an answer."""

    WITHHELD = "withheld"


WITHHELD = Withheld.WITHHELD


def withheld_sentence() -> str:
    """Say the one sentence that stands for everything withheld, whatever the cause."""
    return _(
        "We are not showing this one, to protect privacy. This is normal in small groups. Nobody did anything wrong."
    )


def partly_withheld_sentence() -> str:
    """Say the same of what is left out of a table whose other cells are shown."""
    return _("Where it says “not shown”: {sentence}").format(sentence=withheld_sentence())


def on_paper_sentence() -> str:
    """Say that people without a device were asked otherwise, without telling whether anybody passed."""
    return _("People without a device were asked by hand, on paper or on a shared laptop.")


Number = int | Withheld


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence in plain words; an aside only tells how a result came about."""

    text: str
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of people: one row per thing, one column per answer; a single column is drawn as bars.

    `numbers[row][column]` belongs to `rows[row]` and `columns[column]`.
    """

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: tuple[tuple[Number, ...], ...]


@dataclass(frozen=True, slots=True)
class Quotes:
    """People's words, or paraphrases of them, with nobody's name; `under` each may stand those of a theme."""

    title: str
    texts: tuple[str, ...]
    under: tuple[tuple[str, ...], ...] = ()

    def lines(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Give each text with what stands under it."""
        return tuple(zip(self.texts, self.under or ((),) * len(self.texts), strict=True))


@dataclass(frozen=True, slots=True)
class WordTable:
    """A small table of words: findings per statement, what was typed under headings, a decision.

    `promises` has the id of each row's promise, where later sessions have to know it again.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | Withheld, ...], ...]
    promises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page of its own, for a wall or a folder: lines under a heading, which may be empty."""

    heading: str
    lines: tuple[str, ...]


Shown = Say | Counts | Quotes | WordTable


def withholds(shown: Shown) -> bool:
    """Whether anything in a table is withheld."""
    if isinstance(shown, Counts):
        return any(WITHHELD in row for row in shown.numbers)
    return isinstance(shown, WordTable) and any(WITHHELD in row for row in shown.rows)


def read_number(value: object, _type: object) -> Number:
    """Read a number as it is stored or sent; raises TypeError for anything else."""
    if value == WITHHELD.value:
        return WITHHELD
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("this is no number")
    return value


def cell_words(value: str | Number) -> str:
    """Say what stands in a cell."""
    return _("not shown") if isinstance(value, Withheld) else str(value)
