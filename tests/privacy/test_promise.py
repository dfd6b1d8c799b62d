"""What people read before a question allows all that is let out of it, and names nothing that can't be."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache

import pytest
from solver import ballots, counted, kind

from tisu_tui.core.activity import Activity, Tier
from tisu_tui.core.form import Answer
from tisu_tui.core.released import Count, Finding, Released
from tisu_tui.core.shown import WITHHELD
from tisu_tui.core.size import Size
from tisu_tui.privacy.gate import release
from tisu_tui.privacy.notice import promise
from tisu_tui.privacy.record import Precedent
from tisu_tui.privacy.table import NEW

RATED: set[str] = {Finding.MEDIAN, Finding.SPREAD}
PLACES: set[str] = {Finding.ORDER, Finding.WINNER}
NUMBERS = "numbers"
ANYTHING = {*Finding, NUMBERS}
SAYS: dict[str, set[str]] = {
    "Totals": ANYTHING,
    "The room sees a summary": ANYTHING,
    "obody sees": set(),
    "Only whether it is carried": {Finding.CARRIED},
    "Only the order, and what more than half chose,": PLACES | {Finding.MAJORITY},
    "Only the order ": PLACES,
    "Only the middle answer, the middle half,": RATED | {Finding.QUARTILES},
    "Only the middle answer, and one word": RATED,
}
"""What each sentence allows."""
KINDS = {
    "scale": kind("scale", 3),
    "rate": kind("rate", 3),
    "sense": kind("sense", 3),
    "choose": kind("choose", 3, argument="1"),
    "dots": kind("dots", 3, argument="2"),
    "rank": kind("rank", 3),
    "consent": kind("consent"),
    "check-in": kind("check-in", 3),
}
BEFORE = {
    "new": NEW,
    "said": Precedent(said=True),
    "nine were not told all": Precedent(said=True, kept_back=9),
    "five were told nothing": Precedent(kept_back=5),
}
ROOMS = (5, 6, 7, 8, 9, 10, 13, 14, 20)


@cache
def some_counts(name: str, people: int) -> tuple[Count, ...]:
    return tuple(counted(KINDS[name], answers, people) for answers in _some_answers(KINDS[name], people))


def _some_answers(activity: Activity, people: int) -> Iterator[Sequence[Answer]]:
    """Make up groups: of one mind, in two or three parts, and any."""
    possible, chance = ballots(activity), random.Random(people)
    for n in range(12):
        parts = [chance.choice(possible) for _n in range(n % 3 + 1)]
        yield [parts[at * len(parts) // people] for at in range(people)]
    for _n in range(24):
        weights = [chance.random() ** 3 for _each in possible]
        yield chance.choices(possible, weights, k=people - chance.choice((0, 0, 1, 3)))


def let_out(released: Released) -> set[str]:
    """Name all that a result says."""
    tallies = released.tallies
    found: set[str] = {each.finding for tally in tallies for each in tally.found}
    return found | {
        NUMBERS for tally in tallies for number in (*tally.counts, tally.answered) if number is not WITHHELD
    }


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("tier", Tier)
def test_the_sentence_is_that_of_the_rule(tier: Tier, name: str, before: str) -> None:
    finds, told = KINDS[name].finds, BEFORE[before]
    for people in ROOMS:
        said = promise(tier, Size(people), finds, told, words=False)
        (allowed,) = (each for words, each in SAYS.items() if words in said)
        seen = [
            let_out(release(count, tier, Size(people), finds, (), precedent=told)[0])
            for count in some_counts(name, people)
        ]
        assert set().union(*seen) <= allowed, (people, said)
        # And of each thing that is named, something is let out to somebody.
        named = {NUMBERS} if "Totals" in said else allowed & finds if allowed is not ANYTHING else set()
        assert named <= set().union(*seen), (people, said)
        assert any(seen) or not allowed, (people, said)


@pytest.mark.parametrize("closing", range(5, 15))
@pytest.mark.parametrize("opened", range(5, 15))
def test_people_who_leave_meanwhile_can_only_make_it_less(opened: int, closing: int) -> None:
    """What was promised in a room of so many still holds when some of them have left before the question closes."""
    if closing > opened:
        return
    for name, told in ((name, told) for name in ("scale", "choose") for told in BEFORE.values()):
        finds = KINDS[name].finds
        said = promise(Tier.TEAM, Size(opened), finds, told, words=False)
        (allowed,) = (each for words, each in SAYS.items() if words in said)
        for count in some_counts(name, opened):
            released, _words = release(count, Tier.TEAM, Size(closing), finds, (), precedent=told)
            assert let_out(released) <= allowed, (said, told)
