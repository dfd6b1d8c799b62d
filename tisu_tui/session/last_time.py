"""What an earlier session of the same team said about a step, to be put beside the same step today.

People came or left in between, so only what both said in words is compared: the difference between two counts would be
the answers of those who came or left. What two middles tell, to somebody who takes it that nobody else has changed
their answer, is measured in `tests/privacy`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tisu_tui.core.activity import Tier
from tisu_tui.core.days import in_words
from tisu_tui.core.enumerating import between
from tisu_tui.core.form import short
from tisu_tui.core.later import Row
from tisu_tui.core.released import Finding, Released
from tisu_tui.core.shown import Say, Shown, WordTable
from tisu_tui.core.text import in_quotes
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import Step


@dataclass(frozen=True, slots=True)
class Earlier:
    """Middle answers of an earlier session's step, in its own words and without numbers of people."""

    date: str
    step: str
    rows: tuple[Row, ...]


def comparable(earlier: Row, later: Row) -> frozenset[Finding]:
    """Return the findings whose change between two rows may be reported.

    What was agreed aloud is nobody's secret.
    """
    if earlier.scale != later.scale:
        return frozenset()
    said = {
        Finding.MEDIAN: (earlier.middle, later.middle),
        Finding.QUARTILES: (earlier.quartiles, later.quartiles),
        Finding.SPREAD: (earlier.spread, later.spread),
    }
    return frozenset(finding for finding, both in said.items() if all(both))


def middles(step: Step, last: Released) -> tuple[Row, ...]:
    """Give the rows of a round that have a middle, with nothing else in them; none of what stays in the room."""
    if step.tier is Tier.ROOM:
        return ()
    return tuple(
        Row(step.id, row.id, row.label or step.title, row.scale, row.middle, aloud=row.aloud)
        for row in step.activity.rows(last)
        if row.middle
    )


def middle_words(row: Row) -> str:
    """Say the middle answer, or what was agreed aloud."""
    words = between([*map(short, row.middle)])
    return _("{answer} (agreed aloud)").format(answer=words) if row.aloud else words


def last_time(earlier: Sequence[Earlier], step: Step, rounds: Sequence[Released]) -> tuple[Shown, ...]:
    """Put the middle answers of last time beside those of now, where both sessions said one; numbers never."""
    then = next((each for each in earlier if each.step == step.counts_as), None)
    if then is None or not rounds:
        return ()
    before = {each.id: each for each in then.rows}
    both = [(was, now) for now in middles(step, rounds[-1]) if (was := before.get(now.id))]
    same = [(was, now) for was, now in both if was.label == now.label and Finding.MEDIAN in comparable(was, now)]
    changed = [now for was, now in both if (was, now) not in same]
    shown: list[Shown] = []
    if same:
        columns = (_("Statement"), _("Last time, {date}").format(date=in_words(then.date)), _("Now"))
        rows = tuple((now.label, middle_words(was), middle_words(now)) for was, now in same)
        shown += [
            WordTable(_("Beside last time"), columns, rows),
            Say(_("We may not be the same people as last time.")),
        ]
    # What an earlier step brings has new words each time, and nobody takes it for the same.
    if changed and not step.from_id:
        sentence = _("Not put beside last time, because the words have changed since: {lines}")
        shown.append(Say(sentence.format(lines="; ".join(in_quotes(row.label) for row in changed))))
    return tuple(shown)
