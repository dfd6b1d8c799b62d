"""The top half page: what was agreed and how, who does what by when, what was asked of whom, what is parked."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.size import Way
from tisu_tui.notes.lines import answered, done, no_answer, record_inside, record_line, replied
from tisu_tui.notes.markdown import comment, words
from tisu_tui.session.decisions import UNDER_ITS_DECISION, Decision, decisions
from tisu_tui.session.readback import ORDER, heading
from tisu_tui.session.rights import right_words
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Right

Section = tuple[str, list[str]]

_LISTED = tuple(kind for kind in ORDER if kind is not RecordKind.DECISION)


def summary(session: Session) -> Iterator[Section]:
    """Give each heading of the summary with its lines; only what was agreed always has one."""
    made = decisions(session)
    said = {each.id for decision in made for each in decision.records if each.kind in UNDER_ITS_DECISION}
    loose = [each for each in session.records if each.id not in said]
    advised = [each for each in made if each.right is Right.WE_ADVISE and each.stands]
    agreed = [each for each in made if each.right is not Right.WE_ADVISE and each.stands]
    lines = [*map(_decision, agreed), *(_line(each) for each in loose if each.kind is RecordKind.DECISION)]
    if lines and not any(each.due for each in session.records if each.kind is RecordKind.DECISION):
        lines.append(f"- {_('When we look at it again: no day is set yet.')}")
    yield _("What we agreed"), lines or [_("No decision was written down.")]
    if advised:
        yield _("What we advise"), [*map(_decision, advised)]
    if held := [each for each in made if not each.stands]:
        yield _("Not agreed yet"), [*map(_decision, held)]
    for kind in _LISTED:
        if records := [each for each in loose if each.kind is kind]:
            yield heading(kind), [_line(each) for each in records]


def _decision(decision: Decision) -> str:
    """Write one decision with everything that whoever was not there needs to know of it."""
    verdict = decision.verdict
    told = f"- {words(decision.told)} {comment('step', decision.step.id)}"
    lines = [f"{_('Who decides:')} {words(right_words(decision.step, decision.right))}"] if decision.right else []
    if decision.rule:
        lines.append(f"{_('How:')} {words(_how(decision))}")
    lines += [record_inside(each) for each in decision.of(RecordKind.DECISION)]
    lines += [f"{_('Kept beside it:')} {words(text)}" for text in verdict.concerns]
    if decision.of(RecordKind.CONCERN):
        lines.append(_("Concerns that wait for a reply are under “{title}”.").format(title=heading(RecordKind.CONCERN)))
    lines += [record_inside(each) for each in decision.of(RecordKind.TELL)]
    if decision.sent_back:
        lines += [record_inside(each) for each in decision.of(RecordKind.SEND_BACK)]
        if decision.stands:
            lines.append(_("The group has decided again, and that stands."))
        elif verdict.is_agreed:
            lines.append(_("It waits to be decided again."))
        else:
            lines.append(_("It was put to the group again."))
    elif decision.right is Right.SEND_BACK and verdict.is_agreed:
        lines.append(_("Sent back by leaders: not so far."))
    return "\n".join([told, *(f"  - {line}" for line in lines)])


def _how(decision: Decision) -> str:
    assert decision.rule is not None
    way = _("spoken aloud") if decision.way is Way.ALOUD else _("answered in secret")
    return " ".join(filter(None, (f"{decision.rule.method}, {way}.", decision.rule.carries, decision.rule.quorum)))


def _line(record: Kept) -> str:
    """Write a record as a list item, with a blank sub-item if it awaits an answer."""
    match record.kind:
        case RecordKind.ASK:
            reply, did = comment("reply", record.id), comment("did", record.id)
            return "\n".join((record_line(record), f"  - {answered()} {no_answer()} {reply}", f"  - {done()} – {did}"))
        case RecordKind.CONCERN:
            return "\n".join((record_line(record), f"  - {replied()} {no_answer()} {comment('reply', record.id)}"))
        case _:
            return record_line(record)
