"""Every verdict that was counted comes out the same when it is worked out again, and a changed one does not."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playing import play, read

from tisu_tui.activities import _counting
from tisu_tui.core import ranking
from tisu_tui.core.activity import Activity, Given, Present
from tisu_tui.core.form import Answer, Field, Order, Pick, Value
from tisu_tui.core.released import Finding, Found, Released, ReleasedTally, VoiceCount
from tisu_tui.core.shown import WITHHELD
from tisu_tui.core.size import Size
from tisu_tui.privacy.gate import release
from tisu_tui.recount import definitions
from tisu_tui.recount.recounted import Recount, RecountResult, recount
from tisu_tui.session.session import Round, Session
from tisu_tui.session.workshop import Right, Step, Workshop

COUNTED = ("agree", "choose", "consent", "dots", "rank", "rate", "review", "scale", "sense")
SECRET = {name for name in COUNTED if name != "review"}
CHANCES = st.randoms(note_method_calls=True, use_true_random=False)
"""What is drawn from them is made simpler, and shown, where a test fails."""


def kept(activity: Activity, released: Released, people: int) -> Session:
    """A sealed session of one step."""
    step = Step("it", "Shall we?", "it", activity, right=Right.WE_DECIDE)
    at = Round("it", "it", 1, people, closed=released)
    return Session("7k3m", "2026-11-18", Workshop("", "it.md", "It", steps=(step,)), rounds=(at,))


def recounted(activity: Activity, released: Released, people: int) -> Recount:
    (found,) = recount(kept(activity, released, people))
    return found


def ballots(activity: Activity, people: int, chance: random.Random) -> Iterator[Answer]:
    """Answers of people who pass now and then, choose, and put in order what they like."""
    fields = activity.form(Given(), Size(people)).fields
    for _person in range(people):
        yield {field.id: _answer(field, chance) for field in fields if not field.after and chance.random() < 0.9}


def _answer(field: Field, chance: random.Random) -> Value | None:
    if isinstance(field, Order):
        return tuple(option.id for option in chance.sample(field.options, chance.randint(1, len(field.options))))
    if isinstance(field, Pick):
        dots = [option.id for option in field.options for _dot in range(field.each)]
        return tuple(chance.sample(dots, chance.randint(1, min(field.most, len(dots)))))
    return None


@settings(deadline=None, max_examples=120)
@given(st.sampled_from(sorted(SECRET)), st.integers(10, 30), st.integers(0, 6), CHANCES)
def test_a_verdict_comes_out_the_same(kind: str, people: int, left: int, chance: random.Random) -> None:
    activity = read(kind)
    at_close = max(people - left, 5)
    answers = [*ballots(activity, people, chance)]
    found = recounted(activity, play(activity, people, answers, at_close=at_close), people)
    assert not found.differences
    assert found.outcome is RecountResult.SAME or at_close < 10 or found.answers == 0


@pytest.mark.parametrize(("size", "most"), [(3, 7), (4, 5), (5, 3), (6, 2)])
def test_two_ways_of_counting_a_scale_agree(size: int, most: int) -> None:
    for counts in product(range(most + 1), repeat=size):
        if any(counts):
            assert _counting.median(counts) == definitions.middle(counts)
            shares = (_counting.quantile(counts, 0.25), _counting.quantile(counts, 0.75))
            assert shares == definitions.quartiles(counts)
            assert _counting.spread(counts) == definitions.spread(counts), counts


@settings(deadline=None, max_examples=300)
@given(st.integers(2, 6), st.integers(1, 15), CHANCES)
def test_two_ways_of_finding_the_strongest_paths_agree(options: int, people: int, chance: random.Random) -> None:
    names = [f"o{n}" for n in range(options)]
    cast = [tuple((name,) for name in chance.sample(names, chance.randint(1, options))) for _each in range(people)]
    table = ranking.pairwise(names, {each: cast.count(each) for each in cast})
    assert definitions.ranked(table)[0] == ranking.schulze(table)


def test_the_published_example_of_schulze_comes_out_as_published() -> None:
    # 45 voters, https://en.wikipedia.org/wiki/Schulze_method#Example
    cast = {"acbed": 5, "adecb": 5, "bedac": 8, "cabed": 3, "caebd": 7, "cbade": 2, "dceba": 7, "ebadc": 8}
    table = ranking.pairwise([*"abcde"], {tuple((name,) for name in row): n for row, n in cast.items()})
    assert definitions.ranked(table) == (("e",), ("a",), ("c",), ("b",), ("d",))


def choosing(released: Released, change: Callable[[ReleasedTally], ReleasedTally]) -> Released:
    first, *rest = released.tallies
    return replace(released, tallies=(change(first), *rest))


def as_if(finding: Finding, *groups: tuple[str, ...]) -> Callable[[ReleasedTally], ReleasedTally]:
    def changed(tally: ReleasedTally) -> ReleasedTally:
        found = tuple(Found(finding, groups) if each.finding is finding else each for each in tally.found)
        return replace(tally, found=found)

    return changed


TWELVE: dict[str, list[Answer]] = {
    "choose": [{"choice": (name,)} for name in "aaaaaaabbbcc"],
    "dots": [{"choice": (name, name)} for name in "aaaaaaabbbcc"],
    "rank": [{"choice": tuple(row)} for row in ("abc", "acb", "bac") * 4],
}


@pytest.mark.parametrize(
    ("kind", "finding", "groups", "said"),
    [
        ("choose", Finding.WINNER, (), "the counts say “Rota”, the session says nothing"),
        (
            "choose",
            Finding.ORDER,
            (("b",), ("a",), ("c",)),
            "say “Rota” > “Budget” > “Handover”, the session says “Bud",
        ),
        ("dots", Finding.WINNER, (("b",),), "the counts say “Rota”, the session says “Budget”"),
        ("rank", Finding.WINNER, (("c",),), "the counts say “Rota”, the session says “Handover”"),
    ],
)
def test_a_verdict_that_does_not_follow_is_named(
    kind: str, finding: Finding, groups: tuple[tuple[str, ...], ...], said: str
) -> None:
    activity = read(kind)
    released = play(activity, 12, TWELVE[kind])
    assert recounted(activity, released, 12).outcome is RecountResult.SAME
    changed = recounted(activity, choosing(released, as_if(finding, *groups)), 12)
    assert changed.outcome is RecountResult.DIFFERENT
    assert said in changed.differences[0]


def by_voice(activity: Activity, roles: dict[str, list[Answer]]) -> Released:
    """A round of which each role's numbers were told beside those of all."""
    people = sum(map(len, roles.values()))
    here = Present(people, people)
    parts = [VoiceCount(name, activity.count(some, here, Given())) for name, some in roles.items()]
    whole = activity.count([each for some in roles.values() for each in some], here, Given())
    return release(whole, activity.tier, Size(people), activity.finds, (), parts)[0]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["choose", "dots", "rank", "rate", "scale"]), CHANCES)
def test_what_is_said_of_each_role_comes_out_the_same(kind: str, chance: random.Random) -> None:
    activity = read(kind)
    roles = {name: [*ballots(activity, chance.randint(10, 16), chance)] for name in ("leader", "staff")}
    assert not recounted(activity, by_voice(activity, {**roles, "": []}), 32).differences


def test_what_does_not_follow_of_a_role_is_named() -> None:
    activity = read("scale")
    roles: dict[str, list[Answer]] = {
        "leader": [{"answer": ("1",)}] * 10,
        "staff": [{"answer": ("2",)}] * 12,
        "": [],
    }
    released = by_voice(activity, roles)
    assert not recounted(activity, released, 22).differences
    leader, staff = released.voices

    def differences(told: ReleasedTally) -> tuple[str, ...]:
        voices = (replace(leader, tallies=(told,)), staff)
        return recounted(activity, replace(released, voices=voices), 22).differences

    (told,) = leader.tallies
    said = ("leader: the counts say “1 Not started”, the session says “3 Partly in place”",)
    assert differences(as_if(Finding.MEDIAN, ("3",))(told)) == said
    more = replace(told, counts=(11, *told.counts[1:]))
    assert differences(more) == ("“1 Not started”: more people of all roles than of all",)


def test_a_pair_that_was_changed_changes_who_wins() -> None:
    activity = read("rank")
    released = play(activity, 12, TWELVE["rank"])
    first, *pairs = released.tallies
    turned = tuple(
        replace(tally, counts=tuple(12 - int(n) for n in tally.counts if n is not WITHHELD)) for tally in pairs
    )
    assert recounted(activity, replace(released, tallies=(first, *turned)), 12).outcome is RecountResult.DIFFERENT


@pytest.mark.parametrize("kind", sorted(TWELVE))
def test_a_verdict_that_was_taken_away_is_missed(kind: str) -> None:
    activity = read(kind)
    released = play(activity, 12, TWELVE[kind])
    bare = choosing(released, lambda tally: replace(tally, found=()))
    assert recounted(activity, bare, 12).differences[-1].endswith("the verdict is missing")


@pytest.mark.parametrize(
    ("people", "outcome"), [(3, RecountResult.SPOKEN), (6, RecountResult.NO_COUNTS), (20, RecountResult.NO_COUNTS)]
)
def test_a_consent_can_not_be_recounted(people: int, outcome: RecountResult) -> None:
    activity = read("consent")
    answers: list[Answer] = [{"position": ("agree",)}] * people
    entries = {"outcome": ("carried",)} if people < 5 else {}
    assert recounted(activity, play(activity, people, answers, entries=entries), people).outcome is outcome


def test_a_step_of_which_nothing_was_kept_has_nothing_to_recount() -> None:
    activity = read("consent")
    answers: list[Answer] = [{"position": ("agree",)}] * 4
    assert recounted(activity, play(activity, 6, answers), 6).outcome is RecountResult.WITHHELD
