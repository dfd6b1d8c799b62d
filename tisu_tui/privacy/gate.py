"""The one gate between what was counted and what anybody may see; it keeps to the table, and decides nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tisu_tui.core.activity import Tier
from tisu_tui.core.released import Count, Finding, Found, Released, ReleasedTally, ReleasedVoice, Tally, VoiceCount
from tisu_tui.core.shown import WITHHELD
from tisu_tui.core.size import FLOOR, Size, band
from tisu_tui.privacy.record import NEW, Record
from tisu_tui.privacy.table import FEWEST_POINTS, NUMBERS_FROM, WORRY, TableRow, row, subject


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

    def looked_up(tally: Tally) -> TableRow:
        # People who left, or were counted by hand, hide nobody's answer any more: the room can only lower the row.
        answers, looks = min(tally.answered, size.people), record.of(tally.field, tally.title, tally.options)
        return row(subject(tier, finds), answers, len(tally.options), tally.scale, record, looks)

    def let_out(tally: Tally) -> ReleasedTally:
        allowed = rows[tally.question]
        # What stands beside a question, such as how sure people are, is told with its numbers or not at all.
        if allowed.numbers and (tally.is_of_its_own or min(tally.answered, size.people) >= NUMBERS_FROM):
            return _numbers(tally, allowed.tells)
        return _words(tally, _said(tally, allowed))

    rows = {each.field: looked_up(each) for each in count.tallies if each.is_of_its_own}
    told = [let_out(each) for each in count.tallies]
    words = count.words if min(count.among, size.people) >= FLOOR else ()
    nothing = not words and not any(each.found or each.answered is not WITHHELD for each in told)
    released = Released(
        len(before) + 1,
        size.way,
        band(size.people),
        tuple(told),
        nothing=nothing,
        voices=() if nothing else tuple(_voices(count, told, voices, record)),
        unsaid=next((each.unsaid for each in rows.values() if each.unsaid), None),
    )
    return released, words


def _numbers(tally: Tally, tells: frozenset[Finding]) -> ReleasedTally:
    found = tuple(each for each in tally.found if each.finding in tells)
    return ReleasedTally(tally.field, tally.title, tally.options, tally.counts, tally.answered, found, tally.weights)


def _words(tally: Tally, found: tuple[Found, ...] = ()) -> ReleasedTally:
    return ReleasedTally(tally.field, tally.title, tally.options, (WITHHELD,) * len(tally.counts), WITHHELD, found)


def _said(tally: Tally, allowed: TableRow) -> tuple[Found, ...]:
    """Give what may be said without numbers: the lower of two middles, a single first choice or none, never a tie."""
    found = {each.finding: each for each in tally.found if each.finding in allowed.tells}
    if allowed == WORRY:
        return (Found(Finding.CARRIED, (("worry",),)),)
    if Finding.UNRATED in allowed.tells and tally.scale and 2 * tally.rated <= tally.answered:
        return (Found(Finding.UNRATED, ()),)
    if middle := found.get(Finding.MEDIAN):
        found[Finding.MEDIAN] = middle = _lower(middle)
        points = [option.id for option in tally.options[: tally.scale]]
        # At the end of a scale, and on a short one, it would tell how many stand beside the middle.
        if len(points) < FEWEST_POINTS or middle.groups[0][0] not in points[1:-1]:
            found.pop(Finding.CLOSE, None)
    if first := found.get(Finding.WINNER):
        is_single = bool(first.groups) and len(first.groups[0]) == 1
        # Dots that part those with as many people would tell of single people's dots.
        if not is_single or (tally.weights and tally.counts.count(max(tally.counts)) > 1):
            return (Found(Finding.WINNER, ()),)
    return tuple(found.values())


def _lower(middle: Found) -> Found:
    return Found(middle.finding, (middle.groups[0][:1],))


def _voices(
    whole: Count, told: Sequence[ReleasedTally], counted: Sequence[VoiceCount], record: Record
) -> Iterator[ReleasedVoice]:
    """Let roles out in numbers, where each of them, and those who named none, has ten answers or nobody has."""

    def may_be_told(n: int, tally: Tally) -> bool:
        is_same = all(look.is_apart(None) for look in record.of(tally.field, tally.title, tally.options))
        answers = {each.voice: each.count.tallies[n].answered for each in counted}
        enough = all(answered >= NUMBERS_FROM or not (voice or answered) for voice, answered in answers.items())
        return is_same and enough and isinstance(told[n].answered, int)

    # What the step is about, and not how sure people are, or a table of pairs.
    compared = [n for n, each in enumerate(whole.tallies) if each.is_of_its_own]
    shown = {n: may_be_told(n, whole.tallies[n]) for n in compared}
    for each in counted:
        own = [_of_role(each.count.tallies[n]) if shown[n] else _words(each.count.tallies[n]) for n in compared]
        if each.voice:
            yield ReleasedVoice(each.voice, tuple(own))


def _of_role(tally: Tally) -> ReleasedTally:
    told = _numbers(tally, frozenset({Finding.MEDIAN}))
    return replace(told, found=tuple(map(_lower, told.found)), weights=())
