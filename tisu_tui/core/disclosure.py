"""Disclosure control: the one gate between what was counted and what anybody may see.

One table says, for where answers are kept and the size of the room, which counts and findings leave. The
sentence that people read before they answer is made from the same table, so it can't promise anything else.
Rules after the NHS Scotland and ONS practice on small numbers: a floor, no small count beside a known total,
no everybody-said-the-same, no difference between two releases that names one to four people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _

from tisu_tui.core.activity import Tier
from tisu_tui.core.released import Count, Finding, Released, ReleasedTally, Tally
from tisu_tui.core.shown import WITHHELD
from tisu_tui.core.size import FLOOR, Size, Way, band

_DECISIONS = frozenset({Finding.ORDER, Finding.MAJORITY, Finding.WINNER, Finding.CARRIED})
_RATINGS = frozenset({Finding.MEDIAN, Finding.SPREAD})
_MOST = frozenset({Finding.MAJORITY})
_ALL = _DECISIONS | _RATINGS | {Finding.QUARTILES}


class Room(StrEnum):
    """The sizes of room that the table tells apart, all of them with secret answers."""

    FIVE = "5-7"
    EIGHT = "8-9"
    TEN = "10 and more"


class Cells(StrEnum):
    """What becomes of the counts."""

    NONE = "none"
    NO_SMALL = "none that stands alone"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one kind of answer in one size of room may give away."""

    cells: Cells
    findings: frozenset[Finding]
    smallest: int = 0
    """The smallest count above zero that may be said, under `NO_SMALL`."""
    sameness: bool = False
    """Whether "everyone" and "nobody" are withheld too."""


ABOUT_A_PERSON, ABOUT_US, DECISION = "about a person", "about us", "decision"

TABLE: dict[tuple[str, Room], Rule] = {
    (ABOUT_A_PERSON, Room.FIVE): Rule(Cells.NONE, frozenset()),
    (ABOUT_A_PERSON, Room.EIGHT): Rule(Cells.NO_SMALL, _MOST, smallest=5, sameness=True),
    (ABOUT_A_PERSON, Room.TEN): Rule(Cells.NO_SMALL, _MOST, smallest=5, sameness=True),
    (ABOUT_US, Room.FIVE): Rule(Cells.NONE, _RATINGS),
    (ABOUT_US, Room.EIGHT): Rule(Cells.NO_SMALL, _RATINGS | {Finding.QUARTILES}, smallest=3),
    (ABOUT_US, Room.TEN): Rule(Cells.ALL, _ALL),
    (DECISION, Room.FIVE): Rule(Cells.NONE, _DECISIONS),
    (DECISION, Room.EIGHT): Rule(Cells.NONE, _DECISIONS),
    (DECISION, Room.TEN): Rule(Cells.ALL, _ALL),
}


_OF_RATED = frozenset({Finding.MEDIAN, Finding.QUARTILES, Finding.SPREAD})


def rule(tier: Tier, size: Size, finds: frozenset[Finding]) -> Rule:
    """Look up what may leave in a room where answers are secret."""
    if tier is Tier.ROOM:
        subject = ABOUT_A_PERSON
    elif finds & {Finding.ORDER, Finding.WINNER, Finding.CARRIED}:
        subject = DECISION
    else:
        subject = ABOUT_US
    room = Room.FIVE if size.people < 8 else Room.EIGHT if size.people < 10 else Room.TEN
    return TABLE[subject, room]


def release(
    count: Count, tier: Tier, size: Size, finds: frozenset[Finding], before: Sequence[Released]
) -> tuple[Released, tuple[str, ...]]:
    """Let out of a count what the table allows; the words go to the facilitator, who reads them first.

    `before` holds what was released in earlier rounds of the same step. Returns what everybody may see and
    the words held; both are empty when fewer people answered than the floor.
    """
    floor = max(FLOOR, size.floor)
    if size.people < floor:
        # So many have left since it opened that whoever is left could be told apart.
        return Released(len(before) + 1, Way.SMALL, band(size.people), nothing=True), ()
    allowed = rule(tier, size, finds)
    earlier = before[-1] if before else None
    tallies = tuple(
        _tally(each, allowed, tier, floor, earlier.tally(each.field) if earlier else None)
        for each in count.tallies
        if each.answered >= floor
    )
    words = count.words if count.among >= floor else ()
    released = Released(len(before) + 1, size.way, band(size.people), tallies, nothing=not tallies and not words)
    return released, words


def _tally(tally: Tally, allowed: Rule, tier: Tier, floor: int, before: ReleasedTally | None) -> ReleasedTally:
    found = tuple(
        each
        for each in tally.found
        if each.finding in allowed.findings and (each.finding not in _OF_RATED or tally.rated >= floor)
    )
    said = _counts_may_be_said(tally, allowed) and not (tier is Tier.ROOM and _names_few(tally, before))
    return ReleasedTally(
        field=tally.field,
        title=tally.title,
        options=tally.options,
        counts=tally.counts if said else (WITHHELD,) * len(tally.counts),
        answered=tally.answered if said else WITHHELD,
        found=found,
        weights=tally.weights if said else (),
    )


def _counts_may_be_said(tally: Tally, allowed: Rule) -> bool:
    # All or nothing: beside a known total, one count left out can be worked out from the others.
    if allowed.cells is Cells.ALL:
        return True
    if allowed.cells is Cells.NONE or any(0 < n < allowed.smallest for n in tally.counts):
        return False
    return not (allowed.sameness and max(tally.counts, default=0) > tally.answered - 3)


def _names_few(tally: Tally, before: ReleasedTally | None) -> bool:
    # The difference between two rounds is the answers of those who came or went between them.
    return before is not None and isinstance(before.answered, int) and 1 <= abs(tally.answered - before.answered) <= 4


def promise(tier: Tier, size: Size, finds: frozenset[Finding], *, words: bool, asks: bool = True) -> str:
    """Say who sees an answer and what is kept of it, before anyone is asked.

    `finds` is what the kind may find, `words` whether people write, `asks` whether anything is asked at all.
    """
    if not asks:
        return ""
    if size.way is Way.ALONE:
        return _("Nothing is sent and nothing is kept. Your answer never leaves your screen.")
    if size.way is Way.ALOUD:
        return _("Nothing is sent. We talk, and the scribe writes down what we agree.")
    told = [_told(rule(tier, size, finds), tier, finds)]
    if words:
        told.append(_("The facilitator reads your words first. In a small group, people may guess who wrote them."))
    return " ".join(told)


def _told(allowed: Rule, tier: Tier, finds: frozenset[Finding]) -> str:
    held = _("The host computer holds your answer until this closes.")
    if tier is Tier.ROOM:
        seen = (
            _("Your answer is never saved. The room sees a summary only if enough people answer.")
            if finds & allowed.findings
            else _("Your answer is never saved, and nobody sees it.")
        )
        return f"{seen} " + _("The host computer holds it until this question closes.")
    if allowed.cells is not Cells.NONE:
        kept = (
            _("Totals may go to senior managers, without names.")
            if tier is Tier.ORGANISATION
            else _("Totals go in the team's notes, without names, if enough people answer.")
        )
    elif Finding.CARRIED in finds:
        kept = _("Only whether it is carried, or a worry is raised, goes in the notes. No numbers.")
    elif allowed.findings & finds & _DECISIONS:
        kept = _("Only the order, and what more than half chose, go in the notes.")
    elif allowed.findings & finds & _RATINGS:
        kept = _("Only the middle answer, and one word for how far apart we are, go in the team's notes.")
    else:
        kept = _("Only what the group agrees to keep goes in the team's notes.")
    return f"{kept} {held}"
