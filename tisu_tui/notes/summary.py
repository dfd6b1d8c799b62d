"""The first page: what was agreed, who does what by when, what was asked of whom and answered, what is parked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tisu_tui.core.enumerating import in_a_row
from tisu_tui.core.later import AFTER_AGREED, Status
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.size import Way
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.due import asked_on, stands_words
from tisu_tui.memory.past import Past
from tisu_tui.memory.promises import Promise, promises
from tisu_tui.notes.escaping import comment, words
from tisu_tui.notes.lines import ANSWERED, DONE, NO_ANSWER, REPLIED, record_inside, record_line, reply_line
from tisu_tui.session.decisions import UNDER_ITS_DECISION, Decision, decisions, right_words
from tisu_tui.session.readback import heading
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Right

Section = tuple[str, list[str]]

_AFTER_AN_ANSWER = frozenset({*AFTER_AGREED, Status.WITHDRAWN})
_ON_TOP = (RecordKind.ACTION, RecordKind.CONCERN, RecordKind.TELL)
_AFTER = (RecordKind.SEND_BACK, RecordKind.PARK)
_LONGEST = 6
"""The most lines that a text which was agreed takes of the first page; a longer one stands in its step alone."""


def summary(session: Session, left: Past) -> Iterator[Section]:
    """Return what a reader acts on: what was decided, who does what by when, what was asked; then what is parked."""
    made = decisions(session)
    said = {record.id for decision in made for record in decision.records if record.kind in UNDER_ITS_DECISION}
    loose = [record for record in session.records if record.id not in said]
    advised = [each for each in made if each.right is Right.WE_ADVISE and each.stands]
    agreed = [each for each in made if each.right is not Right.WE_ADVISE and each.stands]
    lines = [_decision(session, each) for each in agreed]
    lines += [_line(record) for record in loose if record.kind is RecordKind.DECISION]
    if lines and not any(record.due for record in session.records if record.kind is RecordKind.DECISION):
        lines.append(f"- {_('When we look at it again: no day is set yet.')}")
    yield _("What we agreed"), lines or [_("No decision was written down.")]
    if advised:
        yield _("What we advise"), [_decision(session, each) for each in advised]
    if held := [each for each in made if not each.stands]:
        yield _("Not agreed yet"), [_decision(session, each) for each in held]
    yield from _listed(loose, _ON_TOP)
    if asked := [promise for promise in promises([left]) if promise.is_request]:
        yield heading(RecordKind.ASK), [_request(promise, left) for promise in asked]
    yield from _listed(loose, _AFTER)


def _listed(records: Sequence[Kept], kinds: Sequence[RecordKind]) -> Iterator[Section]:
    for kind in kinds:
        if lines := [_line(record) for record in records if record.kind is kind]:
            yield heading(kind), lines


def _request(promise: Promise, left: Past) -> str:
    """Write a request with everything that was said of it; one of an earlier session has its whole id."""
    session, _dot, name = promise.id.rpartition(".")
    name = name if session == left.id else promise.id
    lines = [record_line(replace(promise.record, id=name))]
    if since := asked_on(promise.request, left.date):
        lines.append(f"  - {since}.")
    said = reply_line(promise.reply) if promise.reply else f"{ANSWERED.said()} {NO_ANSWER.said()}"
    lines.append(f"  - {said} {comment('reply', name)}")
    if promise.status in _AFTER_AN_ANSWER:
        lines.append(f"  - {words(stands_words(promise.stood))}")
    lines.append(f"  - {DONE.said()} – {comment('did', name)}")
    return "\n".join(lines)


def _decision(session: Session, decision: Decision) -> str:
    """Write one decision with everything that whoever was not there needs to know of it."""
    verdict = decision.verdict
    told = f"- {words(decision.told)} {comment('step', decision.step.id)}"
    lines = [f"{_('Who decides:')} {words(right_words(decision.step, decision.right))}"] if decision.right else []
    lines += [words(line) for line in _text(session, decision)]
    lines += [record_inside(record) for record in decision.of(RecordKind.DECISION)]
    lines += [f"{_('Kept beside it:')} {words(text)}" for text in verdict.concerns]
    if decision.of(RecordKind.CONCERN):
        lines.append(_("Concerns that wait for a reply are under “{title}”.").format(title=heading(RecordKind.CONCERN)))
    lines += [record_inside(record) for record in decision.of(RecordKind.TELL)]
    if decision.sent_back:
        lines += [record_inside(record) for record in decision.of(RecordKind.SEND_BACK)]
        if decision.stands:
            lines.append(_("The group has decided again, and that stands."))
        elif verdict.is_agreed:
            lines.append(_("It waits to be decided again."))
        else:
            lines.append(_("It was put to the group again."))
    elif decision.right is Right.SEND_BACK and verdict.is_agreed:
        lines.append(_("Sent back by leaders: not so far."))
    return "\n".join([told, *(f"  - {line}" for line in lines)])


def _text(session: Session, decision: Decision) -> Iterator[str]:
    """Return the lines of the page that was voted on, if the vote is on a page, or say where they stand."""
    sheet = decision.step.sheet
    lines: list[str] = []
    written: list[str] = []
    for number, step in enumerate(session.workshop.steps if sheet else (), 1):
        rounds = session.rounds_of(step) if step.sheet and sheet and step.sheet.title == sheet.title else ()
        parts = step.activity.page(rounds[-1]) if rounds and not type(step.activity).is_vote else ()
        said = [f"{part.heading} {line}" if part.heading else line for part in parts for line in part.lines]
        lines += said
        written += [_("“{number}. {title}”").format(number=number, title=step.title)] if said else []
    if len(lines) <= _LONGEST:
        yield from lines
    else:
        yield _("The words that were agreed stand below, under {steps}.").format(steps=in_a_row(written))


def how(decision: Decision) -> str:
    """State how a decision was made and when it carries; empty where no rule was said."""
    if decision.rule is None:
        return ""
    way = _("spoken aloud") if decision.way is Way.ALOUD else _("answered in secret")
    return " ".join(filter(None, (f"{decision.rule.method}, {way}.", decision.rule.carries, decision.rule.quorum)))


def _line(record: Kept) -> str:
    """Write a record as a list item, with a blank sub-item if it awaits an answer."""
    match record.kind:
        case RecordKind.ACTION if record.visible:
            return "\n".join((record_line(record), f"  - {_('People will see it.')} {comment('visible', record.id)}"))
        case RecordKind.CONCERN:
            return "\n".join(
                (record_line(record), f"  - {REPLIED.said()} {NO_ANSWER.said()} {comment('reply', record.id)}")
            )
        case _:
            return record_line(record)
