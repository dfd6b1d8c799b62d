"""What an earlier session of the same team said about a step, to be put beside the same step today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _

from tisu_tui.core.activity import Given, Tier
from tisu_tui.core.form import Option, Pick
from tisu_tui.core.released import Finding, Released, between, short
from tisu_tui.core.shown import Record, Say, Shown
from tisu_tui.core.size import FLOOR, Size
from tisu_tui.core.workshop import Step


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last round of a rated step in an earlier session; `fields` are what it asked, in the words of that day."""

    date: str
    step: str
    title: str
    fields: tuple[Pick, ...]
    released: Released


def is_rated(step: Step) -> bool:
    """Tell whether a step has middle answers that sessions can be compared by; what stays in the room never has."""
    return type(step.activity).over_time and step.tier is not Tier.ROOM


def rated_fields(step: Step, options: tuple[Option, ...]) -> tuple[Pick, ...]:
    """List the fields of a rated step that have a middle, as they are asked in a room where answers are secret."""
    fields = step.activity.form(Given(options), Size(max(FLOOR, step.floor), step.floor)).fields
    return tuple(each for each in fields if isinstance(each, Pick) and not each.after)


def middle_words(released: Released, field: Pick) -> str:
    """Say the middle answer to a field, or what was agreed aloud; an empty string where neither may be said."""
    if tally := released.tally(field.id):
        groups = tally.finding(Finding.MEDIAN)
        return between([short(tally.label(each)) for each in groups[0]]) if groups else ""
    agreed = [each.label for each in field.options if each.id in released.entry(field.id)]
    return _("{answer} (agreed aloud)").format(answer=short(agreed[0])) if agreed else ""


def last_time(earlier: Sequence[Earlier], step: Step, rounds: Sequence[Released]) -> tuple[Shown, ...]:
    """Put the middle answers of last time beside those of now, where both sessions said one; numbers never."""
    then = next((each for each in earlier if each.step == step.counts_as), None)
    if then is None or not rounds or not is_rated(step):
        return ()
    asked = {each.id: each for each in then.fields}
    same: list[tuple[str, str, str]] = []
    changed: list[str] = []
    for now in rated_fields(step, rounds[-1].options):
        if (was := asked.get(now.id)) is None:
            continue
        words = middle_words(then.released, was), middle_words(rounds[-1], now)
        title = now.title or step.title
        if not all(words):
            continue
        if (was.title or then.title, was.options) == (title, now.options):
            same.append((title, *words))
        else:
            changed.append(f"“{title}”")
    shown: list[Shown] = []
    if same:
        columns = (_("Statement"), _("Last time, {date}").format(date=then.date), _("Now"))
        shown = [
            Record(_("Beside last time"), columns, tuple(same)),
            Say(_("We may not be the same people as last time.")),
        ]
    # What an earlier step brings has new words each time, and nobody takes it for the same.
    if changed and not step.from_id:
        sentence = _("Not put beside last time, because the words have changed since: {lines}")
        shown.append(Say(sentence.format(lines="; ".join(changed))))
    return tuple(shown)
