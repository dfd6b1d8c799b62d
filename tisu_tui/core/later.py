"""What a result leaves for later sessions: where promises stand, and what was said on a scale."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _


class Status(StrEnum):
    """Where a promise stands; the value is the word typed and stored for it."""

    NOT_STARTED = "not-started"
    UNDER_WAY = "under-way"
    DONE = "done"
    NORMAL = "normal"
    STUCK = "stuck"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        """Whether it should be asked about again."""
        return self not in {Status.DONE, Status.NORMAL, Status.DROPPED}


def status_label(status: Status) -> str:
    """Say where a promise stands, as it is offered and as it is told."""
    # Each looked up only when it is wanted: a whole history is told with these.
    match status:
        case Status.NOT_STARTED:
            return _("Not started")
        case Status.UNDER_WAY:
            return _("Under way")
        case Status.DONE:
            return _("Done")
        case Status.NORMAL:
            return _("Now normal: it is how we work")
        case Status.STUCK:
            return _("Stuck")
        case Status.DROPPED:
            return _("Dropped: no longer needed")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a promise stood when it was last spoken of; `promise` is `SESSION.RECORD`, or an id of its own."""

    promise: str
    label: str
    status: Status
    words: str = ""


@dataclass(frozen=True, slots=True)
class Captured:
    """A line written down aloud under a heading, such as evidence for a statement."""

    heading: str
    text: str


def captured_columns() -> tuple[str, str]:
    """Name the columns of a table of such lines, by which notes know it."""
    return _("Heading"), _("What we said")


@dataclass(frozen=True, slots=True)
class Row:
    """One statement or question answered on a scale, as far as its result was released.

    `scale` has all labels of the scale, low to high, and `middle` and `quartiles` are among them: one label, or
    two that the middle lies between; `spread` is a word of `spread_label`; `unknown` is how many don't
    know, of how many; `counts` go along the scale. What may not be said is empty. `aloud`: agreed by talking.
    """

    step: str
    id: str
    label: str
    scale: tuple[str, ...]
    middle: tuple[str, ...] = ()
    quartiles: tuple[str, ...] = ()
    spread: str = ""
    unknown: tuple[int, int] | None = None
    counts: tuple[int, ...] = ()
    aloud: bool = False
    asked: str = ""
    """The title of the step."""


def spread_label(word: str) -> str:
    """Say as it is told how far apart answers are: `close` or `far`, or a word of `core.counting.spread`."""
    return {
        "close": _("close together"),
        "far": _("far apart"),
        "agree": _("mostly agree"),
        "some": _("some agreement"),
        "spread": _("spread out"),
        "split": _("split in two"),
    }[word]
