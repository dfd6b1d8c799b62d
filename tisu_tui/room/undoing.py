"""The facilitators' last change, and its reversal without loss of others' work since."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from tisu_tui.core.records import RecordKind
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import later, said
from tisu_tui.session import commands
from tisu_tui.session.changes import unopened
from tisu_tui.session.commands import Command
from tisu_tui.session.outcomes import Outcome, Refused, Stale
from tisu_tui.session.session import Fate, Session, State

MOST = 30
"""How many changes are remembered; never stored, so after the host was started again there are none."""

_OF_OTHERS = frozenset({"asked", "doubted", "register", "slips"})
"""What participants change too; nothing of it is taken back, and nothing about it is told by what can be."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change, in a few words, with the session before and after it."""

    what: str
    before: Session
    after: Session
    screen: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the session that it changed."""
        names = (field_.name for field_ in fields(Session) if field_.name not in _OF_OTHERS)
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.after, name))

    def is_last_in(self, session: Session) -> bool:
        """Whether nothing that it changed was changed again since."""
        return all(getattr(session, name) == getattr(self.after, name) for name in self.fields)

    @property
    def opened(self) -> bool:
        """Whether it opened the step at which the session stood."""
        before, after = self.before.place, self.after.place
        return (before.step, before.round, before.state) == (after.step, after.round, State.WAITING) and (
            after.state is State.OPEN
        )


def still_there(changes: tuple[Change, ...], session: Session) -> tuple[Change, ...]:
    """Drop what can't be taken back any more because later changes stand on it; nothing is left of a sealed session."""
    while changes and (session.is_ended or not changes[-1].is_last_in(session)):
        changes = changes[:-1]
    return changes


def refusal(changes: tuple[Change, ...], what: str) -> Outcome | None:
    """Say why the change that was read can't be taken back; `None` where it can."""
    if not changes:
        return Refused(_("There is nothing to take back."))
    return Stale() if said(changes[-1].what) != what else None


def without(session: Session, change: Change) -> Session:
    """Give the session without its last change; what people asked about lines stays asked."""
    if change.opened:
        return unopened(session)
    asked = session.asked | (change.before.asked - change.after.asked)
    return replace(session, asked=asked, **{name: getattr(change.before, name) for name in change.fields})


def what_changed(command: Command, before: Session, after: Session) -> str:
    """Say in a few words what a command did; empty for what can't be taken back, or isn't a facilitator's."""
    closes = before.round is not None and before.round.closed is None
    match command:
        case commands.Go(_, where):
            return "" if closes else _way(where, before, after)
        case commands.WriteRecord(kind, text):
            return later("{kind}: {text}").format(kind=_kinds()[kind], text=" ".join(text.split()))
        case commands.Jot(text):
            return later("note: {text}").format(text=" ".join(text.split()))
        case commands.Enter(texts=texts):
            return later("written down: {text}").format(text=texts[-1]) if texts else later("a heading emptied")
        case commands.Prepare():
            return later("other choices")
        case commands.Judge(_, numbers, fate):
            kept, struck = later("kept: {n}"), later("struck: {n}")
            fates = {Fate.KEPT: kept, Fate.STRUCK: struck, Fate.HELD: later("not sorted: {n}")}
            return fates[fate].format(n=" ".join(map(str, numbers)))
        case commands.Group(_, name):
            return later("theme: {name}").format(name=name)
        case commands.Strike(line):
            return later("struck: line {n}").format(n=line.number)
        case commands.Reword(line):
            return later("reworded: line {n}").format(n=line.number)
        case commands.CountHeads() | commands.CountHands():
            return later("people counted")
        case commands.CountLeaders():
            return later("leaders counted")
        case commands.LookTwice():
            return later("two looks") if len(after.twice) > len(before.twice) else later("one look")
        case commands.Careful(careful):
            return later("words in place of numbers") if careful else later("numbers again")
        case commands.Lock(locked):
            return later("room locked") if locked else later("newcomers let in")
        case commands.SetPaused(paused):
            return later("everybody pauses") if paused else later("everybody goes on")
        case commands.CloseSoon():
            return later("told that it closes soon")
        case commands.Add():
            return later("step added: {title}").format(title=after.workshop.steps[before.place.step + 1].title)
        case commands.Reorder():
            return later("step moved")
    return ""


def _way(where: commands.Direction, before: Session, after: Session) -> str:
    title = after.step.title if after.step else later("reading the notes") if after.is_reading else later("the lobby")
    match where:
        case commands.Direction.BACK:
            return later("back to {title}").format(title=title)
        case _ if before.place.step == after.place.step and before.place.round != after.place.round:
            return later("again: {title}").format(title=title)
        case commands.Direction.SKIP:
            return later("skipped: {title}").format(title=before.step.title if before.step else later("the lobby"))
        case commands.Direction.END:
            return later("ended, to read the notes")
        case commands.Direction.NEXT if before.place.step == after.place.step:
            return later("opened: {title}").format(title=title) if after.place.state is State.OPEN else ""
        case _:
            return later("gone on to {title}").format(title=title)


def _kinds() -> dict[RecordKind, str]:
    return {
        RecordKind.ACTION: later("action"),
        RecordKind.DECISION: later("decision"),
        RecordKind.SEND_BACK: later("sent back"),
        RecordKind.CONCERN: later("concern"),
        RecordKind.TELL: later("who is told"),
        RecordKind.ASK: later("ask"),
        RecordKind.PARK: later("parked"),
        RecordKind.ANSWER: later("answer"),
        RecordKind.REASK: later("asked again"),
    }
