"""Two thousand random profiles with ties and truncation, counted here and by votelib, which others wrote."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations, product
from math import factorial, prod

import pytest
from votelib.component.rankscore import Borda
from votelib.component.transfer import Gregory
from votelib.convert import ApprovalToSimpleVotes, RankedToCondorcetVotes, RankedToPositionalVotes
from votelib.evaluate.condorcet import CondorcetWinner, Schulze
from votelib.evaluate.core import Plurality, Tie
from votelib.evaluate.sequential import allocation_totals, initial_allocation

from tisu_tui.ballots import Method, Profile, count
from tisu_tui.core.ranking import Ranking, borda, condorcet, instant_runoff, pairwise, schulze, strongest_paths

PROFILES = 2_000


def profiles() -> Iterator[tuple[str, Counter[Ranking]]]:
    chance = random.Random(45)
    for _ in range(PROFILES):
        options = "ABCDE"[: chance.randint(2, 5)]
        # Few voters give ties in the result, many give clear ones.
        ballots = Counter(_ballot(options, chance) for _ in range(chance.choice((1, 2, 3, 5, 9, 30))))
        yield options, Counter({ballot: n * chance.choice((1, 1, 2, 7)) for ballot, n in ballots.items()})


def _ballot(options: str, chance: random.Random) -> Ranking:
    ranked = chance.sample(options, chance.randint(0, len(options)))
    groups: list[list[str]] = []
    for each in ranked:
        if groups and chance.random() < 0.3:
            groups[-1].append(each)
        else:
            groups.append([each])
    return tuple(tuple(sorted(group)) for group in groups)


def shared_out(ballots: Counter[Ranking]) -> dict[tuple[str, ...], Fraction]:
    """Replace each ballot with ties by all the strict orders it allows, each with an equal share of its weight."""
    strict: dict[tuple[str, ...], Fraction] = {}
    for ballot, weight in ballots.items():
        share = Fraction(weight, prod(factorial(len(group)) for group in ballot))
        for orders in product(*(permutations(group) for group in ballot)):
            order = tuple(member for group in orders for member in group)
            strict[order] = strict.get(order, Fraction()) + share
    return strict


def named(best: list[object]) -> set[object]:
    return {each for place in best for each in (place if isinstance(place, Tie) else [place])}


def test_pairs_paths_and_winners() -> None:
    seen: Counter[str] = Counter()
    for options, ballots in profiles():
        table = pairwise(options, ballots)
        votes = {tuple(map(frozenset, ballot)): n for ballot, n in ballots.items()}
        votes[frozenset(options),] = 1  # so that votelib also knows of options that nobody ranked
        theirs = RankedToCondorcetVotes().convert(votes)
        assert {(x, y): n for x in table for y, n in table[x].items() if n} == {k: n for k, n in theirs.items() if n}
        assert [each for each in [condorcet(table)] if each] == CondorcetWinner().evaluate(theirs or _nothing(options))
        paths = strongest_paths(table)
        widest = Schulze.widest_paths(theirs)
        assert all(strength == widest.get((x, y), 0) for x in paths for y, strength in paths[x].items())
        winners = set(schulze(table))
        # votelib elects those who win over most others: some of those whom nobody wins over.
        elected = named(Schulze().evaluate(theirs)) or set(options)
        assert elected <= winners
        assert len(winners) > 1 or elected == winners
        seen["tie" if len(winners) > 1 else "Condorcet" if condorcet(table) else "cycle"] += 1
    assert min(seen[each] for each in ("tie", "Condorcet", "cycle")) > 50, seen


def _nothing(options: str) -> dict[tuple[str, str], int]:
    return {(x, y): 0 for x in options for y in options if x != y}


def test_borda() -> None:
    for options, ballots in profiles():
        complete = Counter[Ranking]()
        for ballot, weight in ballots.items():
            rest = tuple(option for option in options if all(option not in group for group in ballot))
            complete[(*ballot, rest) if rest else ballot] += weight
        assert borda(options, ballots) == RankedToPositionalVotes(Borda(base=0)).convert(shared_out(complete))


def test_instant_runoff_round_by_round() -> None:
    lengths: Counter[int] = Counter()
    shared = 0
    for options, ballots in profiles():
        runoff = instant_runoff(options, ballots)
        strict = shared_out(ballots)
        strict.setdefault(tuple(options), Fraction())  # so that votelib also knows of options that nobody ranked
        allocation = initial_allocation(strict)
        exhausted = sum(n for ballot, n in ballots.items() if not ballot)
        for round_ in runoff.rounds:
            theirs = allocation_totals(allocation)
            out = theirs.pop(None, 0) + exhausted
            assert round_.votes == theirs
            assert round_.in_play == sum(ballots.values()) - out
            shared += any(votes.denominator > 1 for votes in round_.votes.values())
            if round_.dropped:
                fewest = min(theirs.values())
                assert set(round_.dropped) == {name for name, votes in theirs.items() if votes == fewest}
                allocation = Gregory().transfer(allocation, round_.dropped)
        last = runoff.rounds[-1].votes
        assert set(runoff.winners) == named(Plurality().evaluate(last))
        assert len(runoff.winners) == len(last) or 2 * max(last.values()) > runoff.rounds[-1].in_play
        lengths[len(runoff.rounds)] += 1
    assert min(lengths[1], lengths[2], lengths[3]) > 50, lengths
    assert shared > 100


@pytest.mark.parametrize("most", [1, 3])
def test_approval(most: int) -> None:
    chance = random.Random(most)
    for _ in range(PROFILES):
        options = "ABCDE"[: chance.randint(2, 5)]
        votes = Counter(
            tuple(int(chance.random() < 0.5) for _ in options) for _ in range(chance.choice((1, 2, 5, 20)) * most)
        )
        outcome = count(Method.APPROVAL, Profile(tuple(options), votes))
        theirs = ApprovalToSimpleVotes().convert(
            {frozenset(o for o, mark in zip(options, marks, strict=True) if mark): n for marks, n in votes.items()}
        )
        assert {option: n for option, n in outcome.scores.items() if n} == theirs
        assert set(outcome.winners) == (named(Plurality().evaluate(theirs)) or set(options))
