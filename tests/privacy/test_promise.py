"""What people read before a question allows all that is let out of it, and names nothing that can't be."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache

import pytest
from made_up_groups import ballots, counted, kind

from tisu_tui.core.activity import Activity, Given, Tier
from tisu_tui.core.form import Answer, Order, Pick
from tisu_tui.core.released import NOT_RATED, Count, Finding, Released
from tisu_tui.core.shown import WITHHELD
from tisu_tui.core.size import Size
from tisu_tui.privacy.gate import release
from tisu_tui.privacy.notice import promise
from tisu_tui.privacy.record import NEW, Look, Record
from tisu_tui.view.arriving import lobby_words

NUMBERS = "numbers"
BESIDE_NUMBERS = {Finding.ORDER, Finding.SPREAD, Finding.QUARTILES}
"""What numbers tell anyway."""
SAYS: dict[str, set[str]] = {
    "the numbers are shown": {NUMBERS},
    "the middle answer": {Finding.MEDIAN, Finding.UNRATED},
    "whether answers are close": {Finding.CLOSE},
    "the middle half": {Finding.QUARTILES},
    "what was chosen most": {Finding.WINNER},
    "which answer came first": {Finding.WINNER},
    "whether more than half chose it": {Finding.MAJORITY},
    "about how many chose it": {Finding.SHARE},
    "we see whether it is agreed": {Finding.CARRIED},
    "whether anybody is below 3": {Finding.READY},
}
"""What each part of a sentence allows."""
KINDS = {
    "scale": kind("scale", 5),
    "rate": kind("rate", 3),
    "sense": kind("sense", 3),
    "choose": kind("choose", 3, argument="1"),
    "dots": kind("dots", 3, argument="2"),
    "rank": kind("rank", 3),
    "consent": kind("consent"),
    "check-in": kind("check-in", 3),
}
RECORDS = {"new": NEW, "careful": Record(careful=True)}
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
        yield chance.choices(possible, weights, k=chance.randint(5, people))


def let_out(released: Released) -> set[str]:
    """Name all that a result says."""
    tallies = released.tallies
    found: set[str] = {each.finding for tally in tallies for each in tally.found}
    return found | {
        NUMBERS for tally in tallies for number in (*tally.counts, tally.answered) if number is not WITHHELD
    }


def allowed(said: str) -> set[str]:
    return {each for words, some in SAYS.items() if words in said for each in some}


def said_of(name: str, tier: Tier, people: int, record: Record) -> str:
    activity = KINDS[name]
    (field, *_more) = activity.form(Given(), Size(12)).fields
    assert isinstance(field, Pick | Order)
    points = sum(option.id not in NOT_RATED for option in field.options)
    return promise(tier, Size(people), activity.finds, record, words=False, options=len(field.options), points=points)


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("tier", Tier)
def test_the_sentence_is_that_of_the_rule(tier: Tier, name: str, record: str) -> None:
    if KINDS[name].tier is Tier.ROOM and tier is not Tier.ROOM:
        return
    finds, told = KINDS[name].finds, RECORDS[record]
    for people in ROOMS:
        said = said_of(name, tier, people, told)
        seen = [
            let_out(release(count, tier, Size(people), finds, record=told)[0]) for count in some_counts(name, people)
        ]
        everything: set[str] = set().union(*seen)
        assert everything - (BESIDE_NUMBERS if NUMBERS in allowed(said) else set()) <= allowed(said), (people, said)
        # And of each thing that is named, something is let out to somebody.
        assert allowed(said) - {Finding.UNRATED} <= everything, (people, said)
        assert ("nobody sees" in said.casefold()) == (not allowed(said)), (people, said)


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("closing", range(5, 15))
@pytest.mark.parametrize("opened", range(5, 15))
def test_people_who_leave_meanwhile_can_only_make_it_less(opened: int, closing: int, record: str) -> None:
    """What was promised in a room of so many still holds when some of them have left before the question closes."""
    if closing > opened:
        return
    for name in ("scale", "choose"):
        finds, told = KINDS[name].finds, RECORDS[record]
        said = allowed(said_of(name, Tier.TEAM, opened, told))
        for count in some_counts(name, opened):
            released, _words = release(count, Tier.TEAM, Size(closing), finds, record=told)
            assert let_out(released) - (BESIDE_NUMBERS if NUMBERS in said else set()) <= said


def at(answers: int, *, numbers: bool = False, earlier: bool = False) -> Look:
    return Look((), answers, in_numbers=numbers, in_words=not numbers, earlier=earlier)


def worry(*, earlier: bool = False) -> Look:
    return Look((), 19, in_words=True, worry=True, earlier=earlier)


@pytest.mark.parametrize(
    ("name", "people", "record", "looks", "said"),
    [
        ("scale", 12, NEW, (), "If ten or more answer, the numbers are shown, small ones too. If not, only the"),
        ("scale", 6, NEW, (), "If five or more answer, we see the middle answer"),
        ("scale", 6, NEW, (at(9),), "With so few of us, a second look would tell too much"),
        ("scale", 12, NEW, (at(11, numbers=True),), "answer and the same screens take part as before, the numbers"),
        ("scale", 12, NEW, (at(11, numbers=True),), "This was asked before. Two results together can tell more than"),
        ("scale", 12, NEW, (at(11, numbers=True, earlier=True),), "a word for how far apart our answers are"),
        ("scale", 6, Record(twice=True), (), "We look at this twice. If five or more answer, we see the middle"),
        ("scale", 6, Record(twice=True), (at(9),), "as before, we see whether answers are close."),
        ("choose", 6, Record(twice=True), (), "We look at this twice. Only the second look is shown: what was chosen"),
        ("choose", 6, NEW, (), "we see what was chosen most, if one choice was."),
        ("choose", 12, NEW, (at(11, numbers=True),), "small ones too. If not, nothing is shown."),
        ("consent", 20, NEW, (), "we see whether it is agreed, and never how many"),
        ("consent", 20, NEW, (worry(),), "never how many were against it. If not, the worry that was raised"),
        ("consent", 20, NEW, (worry(earlier=True),), "The worry that was raised stands until somebody writes down how"),
    ],
)
def test_both_ways_are_said_and_what_a_second_look_does(
    name: str, people: int, record: Record, looks: tuple[Look, ...], said: str
) -> None:
    assert said in promise(Tier.TEAM, Size(people), KINDS[name].finds, record, looks, words=False, options=3)


@pytest.mark.parametrize("people", range(5, 10))
def test_a_room_that_is_told_words_alone_is_promised_no_totals_as_it_comes_in(people: int) -> None:
    assert not re.search("total|number", " ".join(lobby_words(Size(people))))


def test_of_two_looks_nothing_is_told_at_the_first_and_both_are_announced_before_it_alone() -> None:
    finds, seen = KINDS["choose"].finds, (Look((), 9),)
    second = promise(Tier.TEAM, Size(6), finds, Record(twice=True), seen, words=False, options=3)
    assert second.startswith("If five or more answer and the same screens take part as before, we see what was chosen")


def test_between_two_a_tie_is_said_beforehand() -> None:
    finds = KINDS["choose"].finds
    assert "or that it is a tie" in promise(Tier.TEAM, Size(6), finds, words=False, options=2)
