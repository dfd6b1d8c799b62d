"""What a result leaves for later sessions: where promises stand, and what was said on a scale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tisu_tui.core.form import Option
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import later


class Status(StrEnum):
    """Where a promise or a request stands, one at a time; the value is the word stored for it."""

    NOT_STARTED = "not-started"
    UNDER_WAY = "under-way"
    DONE = "done"
    NORMAL = "normal"
    STUCK = "stuck"
    DROPPED = "dropped"
    ASKED = "asked"
    """A request without an answer; in a history, that it was asked again."""
    AGREED = "agreed"
    IN_PART = "in-part"
    NOT_AGREED = "not-agreed"
    MORE = "need-to-know-more"
    SAID = "said"
    """A request was answered in words that are none of the four answers."""
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether it should be asked about again."""
        return self not in _FINISHED


_FINISHED = frozenset({Status.DONE, Status.NORMAL, Status.DROPPED, Status.NOT_AGREED, Status.WITHDRAWN})

OF_ACTIONS = (Status.NOT_STARTED, Status.UNDER_WAY, Status.DONE, Status.NORMAL, Status.STUCK, Status.DROPPED)
"""Where a promise of the team's own can stand."""

ANSWERS = (Status.AGREED, Status.IN_PART, Status.NOT_AGREED, Status.MORE)
"""The four answers that a request can have."""


class Seen(StrEnum):
    """What people said of something that they were told they would see."""

    YES = "yes"
    NOT_YET = "not-yet"


VISIBLE = "visible"
"""The group of an option that people were told they would see."""


def is_request(option: Option) -> bool:
    """Whether an option is a request, and not a promise of the team's own."""
    return option.group not in {"", VISIBLE}


AFTER_AGREED = (Status.UNDER_WAY, Status.DONE, Status.NORMAL)
"""Where a request can stand once it is agreed."""

OF_REQUESTS = (Status.ASKED, *ANSWERS, Status.SAID, *AFTER_AGREED, Status.WITHDRAWN)
"""Where a request can stand."""

BECAUSE = frozenset({Status.NOT_STARTED, Status.STUCK, Status.DROPPED, Status.NOT_AGREED, Status.WITHDRAWN})
"""What is said for a reason: the words that go with it say why, and with any other status what."""
NEEDS_WORDS = frozenset({Status.IN_PART, Status.NOT_AGREED, Status.MORE, Status.WITHDRAWN})
"""What can't be said of a request without words."""
# Before there were answers of their own, requests were said to be dropped.
_SINCE = {Status.DROPPED: Status.WITHDRAWN}
_SAID = frozenset({*ANSWERS, Status.SAID})
_AGREED = frozenset({Status.AGREED, Status.IN_PART, *AFTER_AGREED})


def may_follow(before: Status, status: Status) -> bool:
    """Whether a request that stands at one status can be said to stand at another."""
    match status:
        case Status.ASKED:
            # Asking again for what is agreed makes it no less agreed.
            return before not in _AGREED
        case Status.UNDER_WAY:
            return before in _AGREED
        case _:
            return status in OF_REQUESTS


def reason(status: Status, words: str) -> str:
    """Return what was said with a status if it says why, and not what."""
    return words if status in BECAUSE else ""


_LABELS = {
    Status.NOT_STARTED: later("Not started"),
    Status.UNDER_WAY: later("Under way"),
    Status.DONE: later("Done"),
    Status.NORMAL: later("Now normal: it is how we work"),
    Status.STUCK: later("Stuck"),
    Status.DROPPED: later("Dropped: no longer needed"),
    Status.ASKED: later("No answer yet"),
    Status.AGREED: later("Agreed"),
    Status.IN_PART: later("Agreed in part"),
    Status.NOT_AGREED: later("Not agreed"),
    Status.MORE: later("They need to know more"),
    Status.SAID: later("They answered"),
    Status.WITHDRAWN: later("Withdrawn: we ask for it no more"),
}


def status_label(status: Status) -> str:
    """Say where a promise stands, as it is offered and as it is told."""
    return _LABELS[status].said()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a step said of an earlier promise or request; `promise` is `SESSION.RECORD`, or an id of its own.

    `by` is a date that came with it: by when an answer is promised, or wanted.
    """

    promise: str
    label: str
    status: Status
    words: str = ""
    by: str = ""
    role: str = ""
    """Who answered, as a role; empty where nobody said."""
    seen: str = ""
    """Whether people have seen it, a value of `Seen`; empty where nobody was asked."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What was said of a promise or a request on a day; `session` is empty for what was said between sessions.

    `by` is a date that came with it; `role` is who answered; `door` is where it was written down.
    """

    date: str
    status: Status
    words: str = ""
    session: str = ""
    by: str = ""
    role: str = ""
    door: str = ""
    seen: str = ""

    @property
    def because(self) -> str:
        """The reason, where it is one that was said."""
        return reason(self.status, self.words)


ROOM, FORM, PAGE, NOTES = "room", "form", "page", "notes"
"""The doors through which an answer comes."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked of senior management, under one id for life: that of the session that asked first.

    `due` is by when a reply is wanted now, and `history` everything said of it since, the earliest first.
    """

    id: str
    text: str
    owner: str = ""
    asked: str = ""
    due: str = ""
    title: str = ""
    """The session that asked."""
    history: tuple[Turn, ...] = ()

    @property
    def record(self) -> Kept:
        """The record by which it was made, as it stands now."""
        return Kept(self.id.rpartition(".")[2], RecordKind.ASK, self.text, self.owner, self.due)

    @property
    def status(self) -> Status:
        """Where it stands."""
        return stands_at(self.history)

    @property
    def stood(self) -> Turn | None:
        """What was said as it came to stand where it does; it may have been asked for again since."""
        return next(
            (entry for entry in reversed(self.history) if _SINCE.get(entry.status, entry.status) is self.status), None
        )

    @property
    def again(self) -> tuple[str, ...]:
        """The days on which it was asked again."""
        return tuple(entry.date for entry in self.history if entry.status is Status.ASKED)

    @property
    def answer(self) -> Turn | None:
        """The last answer, whatever came of it since."""
        return next((entry for entry in reversed(self.history) if entry.status in _SAID), None)

    @property
    def waits(self) -> bool:
        """Whether senior management owes an answer."""
        return self.status in {Status.ASKED, Status.MORE}


def stands_at(history: Iterable[Turn]) -> Status:
    """Return where a request stands after everything that was said of it."""
    status = Status.ASKED
    for turn in history:
        said = _SINCE.get(turn.status, turn.status)
        if may_follow(status, said):
            status = said
    return status


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
    """Say as it is told how far apart answers are, by the word that was found for it."""
    return {
        "close": _("close together"),
        "far": _("far apart"),
        "agree": _("mostly agree"),
        "some": _("some agreement"),
        "spread": _("spread out"),
        "split": _("split in two"),
    }[word]
