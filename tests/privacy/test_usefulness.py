"""What the gate lets through is worth having, and the documentation says truly how much that is."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from statistics import mean

import pytest
from solver import Cells, kind, let_out, of_cells, same, shared_out
from usefulness import FIRST, MEASURES, OF_TWO, PASSING, RATINGS, VOTES, Measure, middle_and_spread

from tisu_tui.core.activity import Activity
from tisu_tui.core.counting import quantile, spread
from tisu_tui.core.size import FLOOR
from tisu_tui.privacy.table import TABLE

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text()


def test_small_rooms_see_nearly_every_rating_that_enough_people_gave() -> None:
    shares = [RATINGS.share(people, passing) for people in (5, 6, 7) for passing in PASSING]
    assert min(of_enough for _all, of_enough in shares) >= 0.85
    assert mean(of_enough for _all, of_enough in shares) >= 0.93
    assert mean(of_all for of_all, _enough in shares) >= 0.65


def test_the_documentation_says_how_much_small_rooms_could_see_at_most() -> None:
    for measure, told in (
        (RATINGS, "{:.0%} of ratings"),
        (VOTES, "chose in a vote shows in {:.0%}"),
        (FIRST, "what came first in {:.0%}"),
    ):
        shares = [measure.share(people, passing) for people in (5, 6, 7) for passing in PASSING]
        assert told.format(mean(of_all for of_all, _enough in shares)) in PAGE
        # Fewer than five answers are never shown, whatever the rest of the rules.
        most = mean(of_all / of_enough for of_all, of_enough in shares)
        assert f"{most:.0%} could" in PAGE or f"more than {most:.0%}" in PAGE


@pytest.mark.parametrize("people", [5, 6, 7])
def test_of_no_rating_could_the_middle_and_the_spread_be_told_to_more_groups(people: int) -> None:
    """What is told is the most there can be: two sets of groups that give nothing away give nothing away together.

    So the largest such set is what is left when those who give something away are taken out until nobody does.
    """
    activity, points = kind("scale", 5), 5
    for rated in range(FLOOR, people + 1):
        alike: dict[object, set[Cells]] = defaultdict(set)
        for cells in shared_out(rated, points):
            alike[quantile(cells, 0.5), spread(cells)].add(cells)
        most = set().union(*(_left(some, people) for some in alike.values()))
        told = {cells for cells in shared_out(rated, points) if _is_told(activity, (*cells, 0), people)}
        assert told == most


def _is_told(activity: Activity, cells: Cells, people: int) -> bool:
    return any(map(middle_and_spread, let_out(of_cells(activity, cells, people), activity, people).tallies))


def _left(alike: set[Cells], people: int) -> set[Cells]:
    """Take out what somebody can tell a small number from, who knows how many gave a rating and their own answer."""
    while True:
        knowing = [(None, alike), *((own, {each for each in alike if each[own]}) for own in range(5))]
        told = [those for own, those in knowing if those and same(those, 4) - {(own, 1)}]
        if not told:
            return alike
        alike = alike - set().union(*told)


def test_the_documentation_says_where_a_vote_between_two_shows_less() -> None:
    shares = [OF_TWO.share(people, 0.0)[0] for people in (6, 8)]
    assert "{:.0%} of votes with 6 people and {:.0%} with 8".format(*shares) in " ".join(PAGE.split())
    assert all(OF_TWO.share(people, 0.0)[0] == 1 for people in (5, 7, 9))


def test_rooms_of_twelve_see_every_rating() -> None:
    assert min(RATINGS.share(12, passing)[0] for passing in PASSING) >= 0.95


def test_small_rooms_see_what_a_vote_came_to() -> None:
    shares = [VOTES.share(people, passing)[1] for people in (5, 6, 7) for passing in PASSING]
    assert min(shares) >= 0.95
    firsts = [FIRST.share(people, passing)[1] for people in (5, 6, 7) for passing in PASSING]
    assert mean(firsts) >= 0.7


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.title)
def test_the_documentation_has_the_figures(measure: Measure) -> None:
    assert "\n".join(measure.table()) in PAGE


def test_the_documentation_has_the_rules_of_the_table() -> None:
    smallest = {rule.smallest for (subject, _room), rule in TABLE.items() if subject == "about a person"}
    assert smallest == {0, 5}
    assert "from 1 to 4" in PAGE
    assert FLOOR == 5
    assert "fewer than 5" in PAGE
