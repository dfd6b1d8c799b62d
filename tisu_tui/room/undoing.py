"""The facilitators' last change, and its reversal without loss of others' work since."""

from __future__ import annotations

from dataclasses import dataclass, fields

from tisu_tui.core.records import RecordKind
from tisu_tui.core.translation import gettext as _
from tisu_tui.session import commands
from tisu_tui.session.apply import fold
from tisu_tui.session.commands import Command
from tisu_tui.session.events import Asked, TakenBack, Unopened
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
        names = (each.name for each in fields(Session) if each.name not in _OF_OTHERS)
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


def noted(changes: tuple[Change, ...], change: Change) -> tuple[Change, ...]:
    """Put a change on top, if it has a name and changed something."""
    return (*changes, change)[-MOST:] if change.what and change.fields else changes


def still_there(changes: tuple[Change, ...], session: Session) -> tuple[Change, ...]:
    """Drop what can't be taken back any more because later changes stand on it; nothing is left of a sealed session."""
    while changes and (session.is_ended or not changes[-1].is_last_in(session)):
        changes = changes[:-1]
    return changes


def refusal(changes: tuple[Change, ...], what: str, *, asks_now: bool) -> Outcome | None:
    """Say why the change that was read can't be taken back; `asks_now` tells whether people's answers are held."""
    if not changes:
        return Refused(_("There is nothing to take back."))
    if changes[-1].what != what:
        return Stale()
    if asks_now and "place" in changes[-1].fields and not changes[-1].opened:
        return Refused(_("People may have answered here. Open the question again and close it, or skip it."))
    return None


def without(session: Session, change: Change) -> Session:
    """Give the session without its last change; what people asked about lines stays asked."""
    if change.opened:
        return fold(session, [Unopened()])
    asked = map(Asked, sorted(change.before.asked - change.after.asked))
    return fold(session, [TakenBack(change.before, change.fields), *asked])


def what_changed(command: Command, before: Session, after: Session) -> str:
    """Say in a few words what a command did; empty for what can't be taken back, or isn't a facilitator's."""
    closes = before.round is not None and before.round.closed is None
    match command:
        case commands.Go(_, where):
            return "" if closes or after.is_ended else _way(where, before, after)
        case commands.WriteRecord(kind, text):
            return _("{kind}: {text}").format(kind=_kinds()[kind], text=" ".join(text.split()))
        case commands.Jot(text):
            return _("note: {text}").format(text=" ".join(text.split()))
        case commands.Enter(_, _, texts):
            return _("written down: {text}").format(text=texts[-1]) if texts else _("a heading emptied")
        case commands.Prepare():
            return _("other choices")
        case commands.Judge(_, numbers, fate):
            fates = {Fate.KEPT: _("kept: {n}"), Fate.STRUCK: _("struck: {n}"), Fate.HELD: _("not sorted: {n}")}
            return fates[fate].format(n=" ".join(map(str, numbers)))
        case commands.Group(_, name):
            return _("theme: {name}").format(name=name)
        case commands.Strike(line):
            return _("struck: line {n}").format(n=line.number)
        case commands.Reword(line):
            return _("reworded: line {n}").format(n=line.number)
        case commands.CountHeads() | commands.CountHands():
            return _("people counted")
        case commands.CountLeaders():
            return _("leaders counted")
        case commands.LookTwice():
            return _("two looks") if len(after.twice) > len(before.twice) else _("one look")
        case commands.Careful(careful):
            return _("words in place of numbers") if careful else _("numbers again")
        case commands.Lock(locked):
            return _("room locked") if locked else _("newcomers let in")
        case commands.SetPaused(paused):
            return _("everybody pauses") if paused else _("everybody goes on")
        case commands.Accept():
            return _("result accepted")
        case commands.CloseSoon():
            return _("told that it closes soon")
        case commands.Add():
            return _("step added: {title}").format(title=after.workshop.steps[before.place.step + 1].title)
        case commands.Reorder():
            return _("step moved")
    return ""


def _way(where: commands.Direction, before: Session, after: Session) -> str:
    title = after.step.title if after.step else _("reading the notes") if after.is_reading else _("the lobby")
    match where:
        case commands.Direction.BACK:
            return _("back to {title}").format(title=title)
        case _ if before.place.step == after.place.step and before.place.round != after.place.round:
            return _("again: {title}").format(title=title)
        case commands.Direction.SKIP:
            return _("skipped: {title}").format(title=before.step.title if before.step else _("the lobby"))
        case commands.Direction.END:
            return _("ended, to read the notes")
        case commands.Direction.NEXT if before.place.step == after.place.step:
            return _("opened: {title}").format(title=title) if after.place.state is State.OPEN else ""
        case _:
            return _("gone on to {title}").format(title=title)


def _kinds() -> dict[RecordKind, str]:
    return {
        RecordKind.ACTION: _("action"),
        RecordKind.DECISION: _("decision"),
        RecordKind.SEND_BACK: _("sent back"),
        RecordKind.CONCERN: _("concern"),
        RecordKind.TELL: _("who is told"),
        RecordKind.ASK: _("ask"),
        RecordKind.PARK: _("parked"),
        RecordKind.ANSWER: _("answer"),
        RecordKind.REASK: _("asked again"),
    }
