"""The top half page: what was agreed, who does what by when, what was asked of whom, what is parked."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _
from itertools import chain

from tisu_tui.core.reading import heading
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.released import Finding, Released
from tisu_tui.core.session import Session
from tisu_tui.core.shown import Say
from tisu_tui.core.view import right_words
from tisu_tui.notes.markdown import comment, words
from tisu_tui.notes.told import Ran, Told

Section = tuple[str, list[str]]


def summary(session: Session, steps: tuple[Told, ...]) -> Iterator[Section]:
    """Give each heading of the summary with its lines; only what was agreed always has one."""
    carried, held = list(_verdicts(steps, agreed=True)), list(_verdicts(steps, agreed=False))
    agreed = [*carried, *(_line(each) for each in _records(session, RecordKind.DECISION))]
    yield _("What we agreed"), agreed or [_("No decision was written down.")]
    if held:
        yield _("Not agreed yet"), held
    for kind in (RecordKind.ACTION, RecordKind.ASK, RecordKind.PARK):
        if records := _records(session, kind):
            yield heading(kind), [_line(each) for each in records]


def _records(session: Session, kind: RecordKind) -> list[Kept]:
    return [each for each in session.records if each.kind is kind]


def _line(record: Kept) -> str:
    """Write a record as one line to be ticked and changed by hand; its name is in a comment."""
    text, name = words(record.text), comment(record.kind.value, record.id)
    owner = f" — @{words(record.owner)}" if record.owner else ""
    match record.kind:
        case RecordKind.ACTION:
            due = _("due {date}").format(date=record.due) if record.due else ""
            return f"- [ ] {text}{_ending(owner, due)} {name}"
        case RecordKind.ASK:
            due = _("reply by {date}").format(date=record.due) if record.due else ""
            lines = (
                f"- {_('We asked:')} {text}{_ending(owner, due)} {name}",
                f"  - {_('You said:')} {_('no answer yet')}",
                f"  - {_('We did:')} –",
            )
            return "\n".join(lines)
        case RecordKind.DECISION:
            due = _("review on {date}").format(date=record.due) if record.due else ""
        case RecordKind.PARK:
            due = _("back on {date}").format(date=record.due) if record.due else ""
    return f"- {text}{_ending(owner, due)} {name}"


def _ending(owner: str, due: str) -> str:
    return f"{owner}, {due}" if owner and due else f", {due}" if due else owner


def _verdicts(steps: tuple[Told, ...], *, agreed: bool) -> Iterator[str]:
    for each in steps:
        kind = type(each.step.activity)
        if each.ran is not Ran.RESULT or not kind.is_vote or Finding.CARRIED not in kind.finds:
            continue
        last = each.rounds[-1]
        verdict = next((found.text for found in each.step.activity.describe((last,)) if isinstance(found, Say)), "")
        if last.nothing or not verdict or _is_agreed(last) is not agreed:
            continue
        lines = [f"- {words(verdict)} {comment('step', each.step.id)}"]
        lines += [f"  - {words(right)}"] if (right := right_words(each.step)) else []
        lines += [f"  - {_('Kept beside it:')} {words(text)}" for text in (*last.kept, *last.entry("worries"))]
        yield "\n".join(lines)


def _is_agreed(last: Released) -> bool:
    groups = [group for each in last.tallies for group in each.finding(Finding.CARRIED) or ()]
    # Where it was talked through aloud, what the scribe entered stands for the finding.
    said = {*chain.from_iterable(groups), *last.entry("outcome")}
    return bool(said & {"carried", "thin", "carried-worries"})
