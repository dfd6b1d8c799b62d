"""The one gate between what was counted and what anybody may see.

It keeps to the table in `privacy/table.py`. What the table allows is then attacked, by somebody who knows the rules
and an answer of their own, and less is said until the attack fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tisu_tui.core.activity import Tier
from tisu_tui.core.attacker import may_hide, rating_rung, tells_movers
from tisu_tui.core.released import (
    NOT_RATED,
    Count,
    Finding,
    Found,
    Released,
    ReleasedTally,
    ReleasedVoice,
    Tally,
    VoiceCount,
)
from tisu_tui.core.shown import WITHHELD, Number
from tisu_tui.core.size import FLOOR, Size, Way, band
from tisu_tui.core.voter import places_told
from tisu_tui.privacy.record import Precedent
from tisu_tui.privacy.roles import blank, in_words, is_compared, may_say_in_words, on_a_scale
from tisu_tui.privacy.table import NEW, OF_RATED, Cells, Room, Rule, room_of, rule

_FEWEST_TIED = 6
"""The smallest room told of a tie in an order of whole ballots: of five, one knows by theirs how others stand."""


def release(
    count: Count,
    tier: Tier,
    size: Size,
    finds: frozenset[Finding],
    before: Sequence[Released],
    voices: Sequence[VoiceCount] = (),
    *,
    precedent: Precedent = NEW,
) -> tuple[Released, tuple[str, ...]]:
    """Let out of a count what the table allows; the words go to the facilitator, who reads them first.

    `before` holds what was released in earlier rounds of the same step, `voices` the count of each role, where people
    were asked for theirs, and `precedent` what all earlier rounds and sessions told of the question. Returns what
    everybody may see and the words held. A field of which nothing may be said looks the same whatever the cause:
    everything passed, too few answers, or an attack that would not fail.
    """
    floor = max(FLOOR, size.floor)
    is_small = bool(count.tallies) and room_of(size) is not Room.TEN
    if size.people < floor:
        # So many have left since it opened that whoever is left could be told apart.
        return Released(len(before) + 1, Way.SMALL, band(size.people), nothing=True, kept_back=is_small), ()
    allowed = rule(tier, size, finds, precedent)
    gate = _Gate(allowed, floor, size.people)
    tallies = tuple(gate.tally(each, before) for each in count.tallies)
    words = count.words if count.among >= floor else ()
    nothing = not words and not any(each.found or each.answered is not WITHHELD for each in tallies)
    shown = () if nothing else tallies
    gates = _VoiceGate(allowed, tier, finds, floor, precedent)
    beside = gates.voices(count, voices, before) if voices and not nothing else ()
    if any(tally.found and tally.answered is WITHHELD for voice in beside for tally in voice.tallies):
        # How many dots each option got would be one more thing to work out roles from.
        shown = tuple(map(_without_dots, shown))
    kept_back = is_small and (nothing or any(WITHHELD in each.counts for each in shown))
    return (
        Released(
            len(before) + 1, size.way, band(size.people), shown, nothing=nothing, voices=beside, kept_back=kept_back
        ),
        words,
    )


@dataclass(frozen=True, slots=True)
class _Gate:
    """One line of the table at work, in a room of so many people."""

    allowed: Rule
    floor: int
    people: int

    def tally(self, tally: Tally, before: Sequence[Released]) -> ReleasedTally:
        rounds = [was for each in before if (was := each.tally(tally.field))]
        close = [each for each in rounds if self._names_few(tally, each)]
        counts, answered = self._counts(tally)
        if answered is not WITHHELD and (close or any(self._tells_movers(tally, each) for each in before)):
            counts, answered = _blank(tally)
        if tally.answered < self.floor:
            return ReleasedTally(tally.field, tally.title, tally.options, counts, answered)
        is_told = WITHHELD not in counts
        found = [
            each
            for each in tally.found
            if each.finding in self.allowed.findings and (each.finding not in OF_RATED or tally.rated >= self.floor)
        ]
        if self.allowed.follows and not is_told:
            found = self._of_votes(tally, self._of_ratings(tally, self._of_rounds(tally, found, close)))
        weights = tally.weights if is_told else ()
        return ReleasedTally(tally.field, tally.title, tally.options, counts, answered, tuple(found), weights)

    def _names_few(self, tally: Tally, before: ReleasedTally) -> bool:
        # The difference between two rounds is the answers of those who came or went between them.
        return isinstance(before.answered, int) and 0 < abs(tally.answered - before.answered) < self.allowed.apart

    def _tells_movers(self, tally: Tally, before: Released) -> bool:
        """Tell whether numbers now, after a round without, say what the few who came or went since must have chosen.

        That is so where everybody else may have answered as before, and the round would have been in numbers then.
        """
        was = before.tally(tally.field)
        is_told = was is not None and was.answered is not WITHHELD
        if not self.allowed.apart or is_told or before.way is not Way.FULL or not (was or before.nothing):
            return False
        said = {option for group in (was and was.finding(Finding.MAJORITY)) or () for option in group}

        def looked_so(counts: tuple[int, ...]) -> bool:
            then = replace(tally, counts=counts, answered=sum(counts))
            most = {option.id for option, n in zip(tally.options, counts, strict=True) if 2 * n > sum(counts)}
            return self._counts(then)[1] is WITHHELD and (most == said or (not said and then.answered < self.floor))

        return tells_movers(tally.counts, self.allowed.apart - 1, looked_so)

    def _counts(self, tally: Tally) -> tuple[tuple[Number, ...], Number]:
        allowed, counts = self.allowed, tally.counts
        nothing = _blank(tally)
        if tally.answered < self.floor or allowed.cells is Cells.NONE:
            return nothing
        if allowed.cells is Cells.ALL:
            return counts, tally.answered
        if max(counts, default=0) > tally.answered - allowed.others:
            return nothing
        if not any(0 < n < allowed.smallest for n in counts):
            return counts, tally.answered
        hidden = [n for n in counts if n < allowed.smallest]
        is_shared_out = sum(counts) == tally.answered and len(hidden) < len(counts)
        if allowed.cells is Cells.LARGE and is_shared_out and may_hide(hidden, allowed.smallest):
            # Nought is hidden with the others, so what is hidden does not tell that anybody is there.
            return tuple(n if n >= allowed.smallest else WITHHELD for n in counts), tally.answered
        return nothing

    def _of_rounds(self, tally: Tally, found: list[Found], close: Sequence[ReleasedTally]) -> list[Found]:
        """Leave out a majority that those who came or went since a round in numbers may have made."""
        return [
            each
            for each in found
            if each.finding is not Finding.MAJORITY
            or not any(self._tips(tally, option, was) for was in close for group in each.groups for option in group)
        ]

    def _tips(self, tally: Tally, option: str, was: ReleasedTally) -> bool:
        came = tally.answered - int(was.answered) if isinstance(was.answered, int) else 0
        number = dict(zip((each.id for each in was.options), was.counts, strict=True)).get(option, 0)
        low, high = (number, number) if isinstance(number, int) else (0, self.allowed.smallest - 1)
        least, most = low + min(came, 0), high + max(came, 0)
        return 2 * least <= tally.answered < 2 * most

    def _of_ratings(self, tally: Tally, found: list[Found]) -> list[Found]:
        """Keep as much of what is said of a scale as gives no small count away."""
        names = frozenset(each.finding for each in found) & OF_RATED
        if not names:
            return found
        points = sum(each.id not in NOT_RATED for each in tally.options)
        rated, others = tally.counts[:points], tally.counts[points:]
        rungs = tuple(dict.fromkeys((names, names - {Finding.QUARTILES}, names & {Finding.MEDIAN})))
        said: frozenset[Finding] = frozenset()
        # A scale that is not what it seems can't be attacked, so nothing is said of it.
        if sum(rated) == tally.rated:
            most = max(self.people, tally.answered)
            told = self.allowed.smallest if self.allowed.cells is Cells.NO_SMALL else 0
            rung = rating_rung(rated, others, most, self.allowed.follows, rungs, told)
            said = rungs[rung] if rung < len(rungs) else said
        return [_lower(each) for each in found if each.finding in said or each.finding not in OF_RATED]

    def _of_votes(self, tally: Tally, found: list[Found]) -> list[Found]:
        """Keep as many places of an order as give no small count away."""
        said = {each.finding: each.groups for each in found}
        if Finding.ORDER not in said:
            return found
        if Finding.MAJORITY not in said:
            # An order of whole ballots, where nothing is said of halves, follows from no count of its own.
            is_tied = len(said[Finding.ORDER]) < len(tally.options)
            return [] if is_tied and self.people < _FEWEST_TIED else found
        number = {option.id: n for option, n in zip(tally.options, tally.counts, strict=True)}
        counts = tuple(number[option] for group in said[Finding.ORDER] for option in group)
        most = max(self.people, tally.answered)
        places = places_told(
            counts, tally.answered, most, self.allowed.follows, self.floor, min(tally.most, len(counts))
        )
        # Dots that part those with as many people would tell of single people's dots: here they share a place, and
        # whatever shares one stands as in the file, like all that more than half chose.
        order = tuple(tuple(each for each in number if number[each] == n) for n in dict.fromkeys(counts))
        most_chosen = tuple(tuple(each for each in number if each in group) for group in said[Finding.MAJORITY])
        words = {Finding.MAJORITY: most_chosen}
        if places:
            words |= {Finding.ORDER: order[:places], Finding.WINNER: order[:1]}
        elif places is None or Finding.WINNER in said:
            return []
        return [Found(each.finding, words[each.finding]) for each in found if each.finding in words]


@dataclass(frozen=True, slots=True)
class _VoiceGate:
    """Roles let out side by side: each as a room of its own size would be, and all of them or none."""

    allowed: Rule
    tier: Tier
    finds: frozenset[Finding]
    floor: int
    precedent: Precedent

    def voices(
        self, whole: Count, counted: Sequence[VoiceCount], before: Sequence[Released]
    ) -> tuple[ReleasedVoice, ...]:
        # Those who named no role are the last, so that what is left of the whole can be looked at.
        *named, rest = sorted(counted, key=lambda each: not each.voice)
        told = [
            self._field([each.count.tallies[n] for each in named], rest.count.tallies[n], before)
            for n, tally in enumerate(whole.tallies)
            if is_compared(tally)
        ]
        return tuple(ReleasedVoice(each.voice, tuple(field[n] for field in told)) for n, each in enumerate(named))

    def _field(self, parts: Sequence[Tally], rest: Tally, before: Sequence[Released]) -> tuple[ReleasedTally, ...]:
        points = sum(each.id not in NOT_RATED for each in rest.options) if any(map(on_a_scale, (*parts, rest))) else 0
        smallest = min(sum(each.counts[:points]) if points else each.answered for each in parts)
        least = self.allowed.voice
        if not least or smallest < max(least, self.floor):
            return tuple(map(blank, parts))
        words = tuple(in_words(each, points) for each in parts)
        # Those who named no role are what is left of the whole, so they must be as many for numbers.
        in_numbers = all(self._has_numbers(n) for n in (smallest, rest.answered or smallest))
        # How many spoke from a role is not told with words, so after words about roles there are never numbers.
        in_numbers = in_numbers and not self.precedent.roles
        if in_numbers and not any(self._names_few(parts, each) for each in before):
            return tuple(
                replace(each, counts=part.counts, answered=part.answered)
                for each, part in zip(words, parts, strict=True)
            )
        return words if may_say_in_words(parts, rest, points) else tuple(map(blank, parts))

    def _has_numbers(self, people: int) -> bool:
        return rule(self.tier, Size(people), self.finds).cells is Cells.ALL

    def _names_few(self, parts: Sequence[Tally], before: Released) -> bool:
        """Tell whether the numbers of a role in two rounds would be those of the few who came or went."""
        told = [tally for voice in before.voices for tally in voice.tallies if tally.field == parts[0].field]
        pairs = zip((each.answered for each in told), (each.answered for each in parts), strict=False)
        return any(isinstance(then, int) and 0 < abs(now - then) < FLOOR for then, now in pairs)


def _lower(found: Found) -> Found:
    """Give the lower of two middle answers: to say between which two it lies is to say that half are on either side."""
    return Found(found.finding, (found.groups[0][:1],)) if found.finding is Finding.MEDIAN else found


def _blank(tally: Tally) -> tuple[tuple[Number, ...], Number]:
    return (WITHHELD,) * len(tally.counts), WITHHELD


def _without_dots(tally: ReleasedTally) -> ReleasedTally:
    """Leave dots out, and put together again what they alone parted."""
    if not tally.weights:
        return tally
    number = {option.id: n for option, n in zip(tally.options, tally.counts, strict=True)}

    def told(found: Found) -> Found:
        names = {name for group in found.groups for name in group}
        if found.finding is Finding.WINNER:
            names = {each for each in number if number[each] in {number[name] for name in names}}
        places = dict.fromkeys(number[name] for group in found.groups for name in group)
        groups = tuple(tuple(each for each in number if each in names and number[each] == n) for n in places)
        return replace(found, groups=groups if found.finding is not Finding.MAJORITY else _joined(groups))

    return replace(tally, weights=(), found=tuple(map(told, tally.found)))


def _joined(groups: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return (tuple(name for group in groups for name in group),) if groups else ()
