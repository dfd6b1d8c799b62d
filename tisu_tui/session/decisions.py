"""The register of decisions: each vote with its rule and result, and everything written down about it since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tisu_tui.core.activity import Given, Tier
from tisu_tui.core.days import in_words
from tisu_tui.core.enumerating import ended
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.released import Finding
from tisu_tui.core.shown import Quotes, Say, Shown
from tisu_tui.core.size import Size, Way
from tisu_tui.core.text import in_quotes
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.verdict import Rule, Verdict
from tisu_tui.session.readback import heading, record_words
from tisu_tui.session.session import Round, Session
from tisu_tui.session.workshop import Right, Step

_OF_A_VOTE = frozenset({RecordKind.DECISION, RecordKind.SEND_BACK, RecordKind.CONCERN, RecordKind.TELL})


@dataclass(frozen=True, slots=True)
class Decision:
    """The last round of one vote: `step` is where it was asked, `right` who decides, `records` what it brought."""

    step: Step
    round: int
    way: Way
    right: Right | None
    rule: Rule | None
    verdict: Verdict
    records: tuple[Kept, ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    """What was told of each earlier round, beside its name."""

    @property
    def name(self) -> str:
        """The name of this round in records about it."""
        return f"{self.step.counts_as}.{self.round}"

    @property
    def asked(self) -> str:
        """What was put to the group."""
        return self.verdict.asked or self.step.title

    @property
    def told(self) -> str:
        """The proposal and its outcome in one sentence."""
        return f"{in_quotes(self.asked)}: {self.verdict.result}"

    def told_of(self, record: Kept) -> str:
        """The proposal and the outcome that a record was made about: leaders send back what was carried then."""
        return dict(self.before).get(record.about, self.told)

    @property
    def sent_back(self) -> Kept | None:
        """The one time that leaders sent it back, whatever was decided since."""
        return next((record for record in self.records if record.kind is RecordKind.SEND_BACK), None)

    @property
    def stands(self) -> bool:
        """Whether it is agreed, and not waiting to be decided again."""
        back = self.sent_back
        return self.verdict.is_agreed and (back is None or back.about != self.name)

    def of(self, kind: RecordKind) -> tuple[Kept, ...]:
        """List the records of one kind."""
        return tuple(record for record in self.records if record.kind is kind)


UNDER_ITS_DECISION = frozenset({RecordKind.DECISION, RecordKind.SEND_BACK, RecordKind.TELL})
"""Records that notes have under the decision they are about, and that say little without it."""


def decisions(session: Session) -> tuple[Decision, ...]:
    """List every vote that came to something, in the order of the agenda; what is kept in the room is none.

    A vote is what says who decides, or asks for consent. What was advised is in it, what was for information is not.
    """
    found: list[Decision] = []
    for step in session.workshop.steps:
        rounds = [round_ for round_ in session.rounds if round_.counts_as == step.id and round_.released is not None]
        if not step.again_id and step.tier is not Tier.ROOM and rounds:
            found += _decision(session, step, rounds)
    return tuple(found)


def _decision(session: Session, first: Step, rounds: Sequence[Round]) -> tuple[Decision, ...]:
    step = next((each for each in session.workshop.steps if each.id == rounds[-1].step), first)
    right = step.right or first.right
    if right is Right.INFORMATION or not (right or Finding.CARRIED in step.activity.finds):
        return ()
    # A round that came to nothing, or was set aside, takes nothing back that was decided before.
    came_of = [(each, each.released, step.activity.verdict(each.released)) for each in rounds if each.released]
    told_of = [(each, released.way, found) for each, released, found in came_of if found]
    if not told_of:
        return ()
    *earlier, (last, way, verdict) = told_of
    before = [(each.number, found) for each, _way, found in earlier]
    # What worried somebody in an earlier round is kept beside what was decided since.
    kept = [concern for _round, _its_way, found in told_of for concern in found.concerns]
    verdict = replace(verdict, concerns=tuple(dict.fromkeys(kept)))
    rule = step.activity.rule(Given(last.options, last.number), Size(last.people))
    records = tuple(record for record in session.records if record.about.rpartition(".")[0] == first.id)
    decision = Decision(step, last.number, way, right, rule, verdict, records)
    told = tuple((each.name, each.told) for each in (replace(decision, round=n, verdict=found) for n, found in before))
    return (replace(decision, before=told),)


def read_out(session: Session) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return decisions in force, one sentence each, with the ids of their reasons."""
    ours = (decision for decision in decisions(session) if decision.stands and decision.right is not Right.WE_ADVISE)
    return tuple(
        (decision.told, frozenset(record.id for record in decision.of(RecordKind.DECISION))) for decision in ours
    )


def sent_back_words(decision: Decision) -> tuple[Shown, ...]:
    """Announce, ahead of the result, a decision sent back by leaders and what stands now."""
    back = decision.sent_back
    if back is None:
        return ()
    told = _("Leaders have sent this back, once. Their reasons: {reasons} We answer by {date}.")
    shown = [Say(told.format(reasons=ended(back.text), date=in_words(back.due)))]
    if decision.verdict.is_agreed and not decision.stands:
        shown.append(Say(_("It does not stand until the group has decided again. What it decides then stands.")))
    elif decision.stands:
        shown.append(Say(_("The group has decided again, and that stands.")))
    return tuple(shown)


def written(decision: Decision) -> tuple[Shown, ...]:
    """Put what was written down about a decision beside its result, for everybody to see."""
    shown: list[Shown] = []
    for kind in (RecordKind.DECISION, RecordKind.CONCERN, RecordKind.TELL):
        if records := decision.of(kind):
            title = _("In our words") if kind is RecordKind.DECISION else heading(kind)
            shown.append(Quotes(title, tuple(map(record_words, records))))
    return tuple(shown)


def concerned(session: Session, kind: RecordKind) -> str:
    """Find the round of a vote that a record made now is about, as `STEP.ROUND`; empty where it is about none.

    Raises ValueError, in plain words, where there is nothing that could be sent back.
    """
    if kind not in _OF_A_VOTE:
        return ""
    reached = [step.id for step in session.workshop.steps[: session.place.step + 1]]
    before = [decision for decision in decisions(session) if decision.step.id in reached]
    if kind is RecordKind.SEND_BACK:
        return _sent_back([decision for decision in before if decision.right is Right.SEND_BACK][-1:])
    if kind is RecordKind.DECISION:
        # Words about anything else are said in other steps, and stand on their own.
        here = session.step.counts_as if session.step else ""
        before = [decision for decision in before if decision.step.counts_as == here]
    return before[-1].name if before else ""


def may_be_sent_back(session: Session) -> bool:
    """Tell whether leaders may send the last decision back now."""
    try:
        return bool(concerned(session, RecordKind.SEND_BACK))
    except ValueError:
        return False


def _sent_back(last: list[Decision]) -> str:
    if not last:
        raise ValueError(_("there is no decision here of which it was said that leaders may send it back"))
    (decision,) = last
    if decision.sent_back:
        raise ValueError(_("it was sent back once already; what the group decides now stands"))
    if not decision.verdict.is_agreed:
        raise ValueError(_("it is not carried, so there is nothing to send back"))
    return decision.name


def right_words(step: Step, right: Right | None = None) -> str:
    """Say who decides, before a vote; `right` where that is said in another step."""
    match right or step.right:
        case Right.WE_DECIDE:
            return _("We decide this here.")
        case Right.SEND_BACK:
            return _("We decide this here. Leaders may send it back once, with reasons and a date.")
        case Right.WE_ADVISE:
            who = step.advises or _("senior management")
            return _("We advise. {who} decides, and writes back with reasons.").format(who=who[:1].upper() + who[1:])
        case Right.INFORMATION:
            return _("This is for information. Nothing is decided by it.")
        case None:
            return ""
