"""What a result looks like as a picture: plain data that the wall, seats and notes draw, each in its own way.

A figure is made of what was released and never of answers, so it can show no more than the sentences beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from tisu_tui.core.form import Option, bare, keys
from tisu_tui.core.translation import gettext as _


class Side(StrEnum):
    """Where a zone lies, with a shape that says so without colour."""

    ABOVE = "^"
    IN = "="
    BELOW = "v"
    BESIDE = "~"


@dataclass(frozen=True, slots=True)
class Zone:
    """A band of a window: its name and the words that explain it; `key` is what people type for it."""

    id: str
    side: Side
    name: str
    words: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Bands from above to below, and answers beside them; `first` are the bands that stand out, and `said` why.

    `before` are those that stood out when it was asked earlier in the session.
    """

    zones: tuple[Zone, ...]
    first: tuple[str, ...] = ()
    said: str = ""
    before: tuple[str, ...] = ()
    before_said: str = ""


@dataclass(frozen=True, slots=True)
class Rated:
    """One question on a scale, by the places of its points from 0; what may not be said is empty.

    `middle` is one place or the two that the middle lies between, `half` the ends of the middle half, `before` the
    middle of an earlier look. `note` is a short word beside the row.
    """

    id: str
    label: str
    middle: tuple[int, ...] = ()
    half: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    before: tuple[int, ...] = ()
    note: str = ""
    far: bool = False
    """Whether people see it differently."""
    aloud: bool = False
    """Whether it was agreed by talking."""
    further: tuple[str, ...] = ()
    """What else is told of it in numbers, under the `columns` of its scale."""

    @property
    def mark(self) -> str:
        """What the marked place is."""
        if self.aloud:
            return _("agreed aloud")
        return _("the middle answer") if len(self.middle) == 1 else _("the middle lies here")


@dataclass(frozen=True, slots=True)
class Ruler:
    """One scale with a row for each question on it; `points` are their short names and `keys` what people type."""

    points: tuple[str, ...]
    rows: tuple[Rated, ...]
    keys: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    """Ids of the rows that the headline is about."""
    legend: str = ""
    columns: tuple[str, ...] = ()
    """Heads of what else is told of each row."""

    @property
    def has_labels(self) -> bool:
        """Whether its rows are statements, and not the one question that stands above."""
        return len(self.rows) > 1 or any(row.label for row in self.rows)


@dataclass(frozen=True, slots=True)
class Bar:
    """A choice and how many chose it."""

    label: str
    number: int
    first: bool = False
    note: str = ""
    """Words for the number, where a number alone does not say of what."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Choices with their numbers, longest first."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class FigureItem:
    """A line of a list: `key` is what people type for it or its place, `mark` a few words about it alone."""

    label: str
    key: str = ""
    mark: str = ""
    first: bool = False
    """Whether it is what stands out."""


@dataclass(frozen=True, slots=True)
class Items:
    """Choices or lines, in the order of the file unless their keys are places."""

    items: tuple[FigureItem, ...]

    @classmethod
    def to_choose(cls, options: Sequence[Option]) -> Self:
        """List what can be chosen as it stands in the file, with what people type for it."""
        return cls(tuple(FigureItem(bare(option), key) for option, key in zip(options, keys(options), strict=True)))


@dataclass(frozen=True, slots=True)
class BoardRow:
    """Something that was written down: what, who it is with, and by when or where it stands."""

    what: str
    who: str = ""
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordBoard:
    """What the group wrote down to be done, asked or told, in columns."""

    rows: tuple[BoardRow, ...]


class Tone(StrEnum):
    """What a verdict means for what happens next, with a sign of its own."""

    YES = "✓"
    THIN = "≈"
    HELD = "!"
    WAIT = "…"


@dataclass(frozen=True, slots=True)
class VerdictFigure:
    """What was put to the group and what it came to; `cards` are concerns that stand beside it."""

    asked: str
    tone: Tone
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pixels:
    """A small picture: three bytes of colour for each pixel, row by row from the top left."""

    width: int
    height: int
    colours: bytes


Figure = Window | Ruler | Bars | Items | RecordBoard | VerdictFigure | Pixels


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with its finding in a few large words, what that is (`over`), and what follows from it (`under`)."""

    figure: Figure
    headline: str = ""
    over: str = ""
    under: tuple[str, ...] = ()


def code(label: str) -> str:
    """Give the code that a line begins with, like R4b, or else its words."""
    head, _space, _rest = label.partition(" ")
    return head if any(map(str.isdigit, head)) and head[:1].isupper() else label
