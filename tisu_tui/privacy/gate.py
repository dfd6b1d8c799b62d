"""The only gate between counts and everybody's eyes; all its decisions come from the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tisu_tui.core.activity import Tier
from tisu_tui.core.released import (
    Count,
    Finding,
    Found,
    Released,
    ReleasedTally,
    ReleasedVoice,
    Tally,
    Unsaid,
    VoiceCount,
)
from tisu_tui.core.shown import WITHHELD
from tisu_tui.core.size import FLOOR, Size, band
from tisu_tui.privacy.record import NEW, Record, worry_stands
from tisu_tui.privacy.table import FEWEST_POINTS, NUMBERS_FROM, Row, Subject, row, subject

_WORRY = Found(Finding.CARRIED, (("worry",),))


def release(
    count: Count,
    tier: Tier,
    size: Size,
    finds: frozenset[Finding],
    before: Sequence[Released] = (),
    voices: Sequence[VoiceCount] = (),
    *,
    record: Record = NEW,
) -> tuple[Released, tuple[str, ...]]:
    """Let out of a count what the table allows; the words go to the facilitator, who reads them first.

    `before` are the earlier rounds of the step, `voices` the count of each role, where people were asked for theirs,
    and `record` what was told of the same questions. Returns what everybody may see, and the words.
    """
    about = subject(tier, finds)
    # People who left, or were counted by hand, hide nobody's answer any more: the room can only lower the row.
    told = [_tally(each, about, min(each.answered, size.people), record) for each in count.tallies]
    words = count.words if min(count.among, size.people) >= FLOOR else ()
    nothing = not words and not any(each.found or each.answered is not WITHHELD for each, _unsaid in told)
    unsaid = next((why for _each, why in told if why), None)
    released = Released(
        len(before) + 1,
        size.way,
        band(size.people),
        tuple(each for each, _unsaid in told),
        nothing=nothing,
        voices=() if nothing else _voices(count, [each for each, _unsaid in told], voices, record),
        unsaid=unsaid,
    )
    return released, words


def _tally(tally: Tally, about: Subject, answers: int, record: Record) -> tuple[ReleasedTally, Unsaid | None]:
    looks = record.of(tally.field, tally.title, tally.options)
    allowed = row(about, answers, len(tally.options), tally.scale, record, looks)
    if about is Subject.CONSENT and allowed.tells:
        if worry_stands(looks):
            # Whoever left would be known by what is carried without them.
            return _blank(tally, (_WORRY,)), Unsaid.WORRY
        if any(each.is_told and not each.earlier and not each.is_apart(None) for each in looks):
            return _blank(tally), Unsaid.LOOKED
    if allowed.numbers:
        found = tuple(each for each in tally.found if each.finding in allowed.tells)
        told = ReleasedTally(
            tally.field, tally.title, tally.options, tally.counts, tally.answered, found, tally.weights
        )
        return told, None
    return _blank(tally, _in_words(tally, allowed)), allowed.unsaid


def _in_words(tally: Tally, allowed: Row) -> tuple[Found, ...]:
    """Give what may be said without numbers: the lower of two middles, a single first choice or none, never a tie."""
    found = {each.finding: each for each in tally.found if each.finding in allowed.tells}
    if Finding.UNRATED in allowed.tells and tally.scale and tally.answered:
        if 2 * tally.rated <= tally.answered:
            return (Found(Finding.UNRATED, ()),)
        found.pop(Finding.UNRATED, None)
    if middle := found.get(Finding.MEDIAN):
        found[Finding.MEDIAN] = replace(middle, groups=(middle.groups[0][:1],))
        ids = [each.id for each in tally.options[: tally.scale]]
        # At the end of a scale, and on a short one, it would tell how many stand beside the middle.
        is_inside = 0 < ids.index(middle.groups[0][0]) < len(ids) - 1 if middle.groups[0][0] in ids else False
        if len(ids) < FEWEST_POINTS or not is_inside:
            found.pop(Finding.CLOSE, None)
    if first := found.get(Finding.WINNER):
        is_single = len(first.groups[0]) == 1 if first.groups else False
        # Dots that part those with as many people would tell of single people's dots.
        is_single = is_single and not (tally.weights and tally.counts.count(max(tally.counts)) > 1)
        if not is_single:
            found = {Finding.WINNER: Found(Finding.WINNER, ())}
    return tuple(found.values())


def _blank(tally: Tally, found: tuple[Found, ...] = ()) -> ReleasedTally:
    return ReleasedTally(tally.field, tally.title, tally.options, (WITHHELD,) * len(tally.counts), WITHHELD, found)


def _voices(
    whole: Count, told: Sequence[ReleasedTally], counted: Sequence[VoiceCount], record: Record
) -> tuple[ReleasedVoice, ...]:
    """Release roles in numbers only if every role, and no role, has at least ten answers or none."""
    fields = [n for n, each in enumerate(whole.tallies) if _is_compared(each)]

    def may_be_told(n: int) -> bool:
        each = whole.tallies[n]
        is_same = all(look.is_apart(None) for look in record.of(each.field, each.title, each.options))
        enough = all(
            part.count.tallies[n].answered >= NUMBERS_FROM or not (part.voice or part.count.tallies[n].answered)
            for part in counted
        )
        return is_same and enough and isinstance(told[n].answered, int)

    shown = {n: may_be_told(n) for n in fields}
    return tuple(
        ReleasedVoice(
            each.voice,
            tuple(_of_role(each.count.tallies[n]) if shown[n] else _blank(each.count.tallies[n]) for n in fields),
        )
        for each in counted
        if each.voice
    )


def _is_compared(tally: Tally) -> bool:
    """Tell whether a field is what the step is about, and not how sure people are, or a table of pairs."""
    return bool(tally.scale) or any(each.finding is Finding.ORDER for each in tally.found)


def _of_role(tally: Tally) -> ReleasedTally:
    middle = tuple(
        replace(each, groups=(each.groups[0][:1],)) for each in tally.found if each.finding is Finding.MEDIAN
    )
    return ReleasedTally(tally.field, tally.title, tally.options, tally.counts, tally.answered, middle)
