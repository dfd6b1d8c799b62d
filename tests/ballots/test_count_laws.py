"""What must hold whatever people vote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from ballot_files import counted, table
from hypothesis import given, settings
from hypothesis import strategies as st

from tisu_tui.ballots import ElectionResult, Method
from tisu_tui.core.ranking import Ranking, condorcet, pairwise, schulze

OPTIONS = ["Ash", "Birch", "Cherry", "Damson", "Elm"]


def _may_be_numbers(rows: list[list[int]]) -> bool:
    """Whether a column counts up by one in some order of the lines, as numbers of ballots do: that is refused."""
    distinct = set(map(tuple, rows))
    columns = [sorted(column) for column in zip(*distinct, strict=True)]
    return len(distinct) >= 4 and any(each == [*range(each[0], each[0] + len(each))] for each in columns)


ROWS = (
    st.integers(2, 5)
    .flatmap(lambda n: st.lists(st.lists(st.integers(0, n), min_size=n, max_size=n), min_size=1, max_size=12))
    .filter(lambda rows: not _may_be_numbers(rows))
)
"""Ballots as rows of marks: ranks with gaps, ties and nothing (0)."""
FOR_EACH_METHOD = settings(max_examples=40)


def vote(method: str, names: Sequence[str], rows: Sequence[Sequence[int]]) -> ElectionResult:
    """Count rows of marks; for approval, every mark is a choice."""
    cells = [[("x" if method == "approval" else mark) if mark else "" for mark in row] for row in rows]
    return counted(method, table(names, cells))


def facts(outcome: ElectionResult) -> tuple[object, ...]:
    """Everything that was counted, whatever the order of the options."""
    return (
        set(outcome.winners),
        outcome.voters,
        outcome.condorcet,
        [dict(each) for each in (outcome.scores, outcome.supporters, outcome.pairwise, outcome.paths)],
        [(dict(round_.votes), round_.in_play, set(round_.dropped)) for round_ in outcome.rounds],
    )


@pytest.mark.parametrize("method", list(Method))
@FOR_EACH_METHOD
@given(rows=ROWS, data=st.data())
def test_names_do_not_matter(method: Method, rows: list[list[int]], data: st.DataObject) -> None:
    names = OPTIONS[: len(rows[0])]
    order = data.draw(st.permutations(range(len(names))))
    turned = vote(method, [names[place] for place in order], [[row[place] for place in order] for row in rows])
    assert facts(turned) == facts(vote(method, names, rows))
    renamed = data.draw(st.permutations(names))
    other = dict(zip(names, renamed, strict=True))
    assert [other[name] for name in vote(method, names, rows).winners] == list(vote(method, renamed, rows).winners)


@pytest.mark.parametrize("method", list(Method))
@FOR_EACH_METHOD
@given(rows=ROWS, data=st.data())
def test_the_order_of_the_ballots_does_not_matter(method: Method, rows: list[list[int]], data: st.DataObject) -> None:
    names = OPTIONS[: len(rows[0])]
    assert facts(vote(method, names, data.draw(st.permutations(rows)))) == facts(vote(method, names, rows))


@pytest.mark.parametrize("method", list(Method))
@FOR_EACH_METHOD
@given(rows=ROWS)
def test_a_count_stands_for_as_many_lines(method: Method, rows: list[list[int]]) -> None:
    names = OPTIONS[: len(rows[0])]
    once = Counter(map(tuple, rows))
    cells = [[n, *(("x" if method == "approval" else mark) if mark else "" for mark in row)] for row, n in once.items()]
    assert facts(counted(method, table(["count", *names], cells))) == facts(vote(method, names, rows))


@given(rows=ROWS)
def test_the_condorcet_winner_is_elected(rows: list[list[int]]) -> None:
    outcome = vote("schulze", OPTIONS[: len(rows[0])], rows)
    if outcome.condorcet:
        assert outcome.winners == (outcome.condorcet,)
        assert all(
            n > outcome.pairwise[other][outcome.condorcet] for other, n in outcome.pairwise[outcome.condorcet].items()
        )
    assert outcome.winners


@given(rows=ROWS)
def test_the_only_winner_does_not_win_the_reversed_ballots(rows: list[list[int]]) -> None:
    names = OPTIONS[: len(rows[0])]
    last = max(map(max, rows)) + 1
    before = vote("schulze", names, [[mark or last for mark in row] for row in rows])
    after = vote("schulze", names, [[last + 1 - (mark or last) for mark in row] for row in rows])
    assert len(before.winners) > 1 or before.winners[0] not in after.winners


@given(rows=ROWS, data=st.data())
def test_a_clone_changes_nothing_for_the_others(rows: list[list[int]], data: st.DataObject) -> None:
    """Independence of clones, as Schulze (2011) proves it: whether another option wins does not depend on a clone."""
    names = OPTIONS[: len(rows[0])]
    place = data.draw(st.integers(0, len(names) - 1))
    votes: Counter[Ranking] = Counter()
    for row in rows:
        # Twice the ranks leave room for a clone just before or just behind. An option that ties with another one has
        # its clone in the same tie, as a clone stands to all others as the option does.
        marks = [2 * (mark or len(names) + 1) for mark in row]
        step = data.draw(st.sampled_from([-1, 0, 1])) if marks.count(marks[place]) == 1 else 0
        ranked = dict(zip([*names, "Clone"], [*marks, marks[place] + step], strict=True))
        votes[tuple(tuple(n for n in ranked if ranked[n] == rank) for rank in sorted(set(ranked.values())))] += 1
    before = set(vote("schulze", names, rows).winners)
    after = set(schulze(pairwise([*names, "Clone"], votes)))
    both = {names[place], "Clone"}
    assert after - both == before - both
    assert bool(after & both) == (names[place] in before)


@given(rows=ROWS, data=st.data())
def test_more_approval_never_hurts(rows: list[list[int]], data: st.DataObject) -> None:
    names = OPTIONS[: len(rows[0])]
    before = vote("approval", names, rows)
    winner = names.index(data.draw(st.sampled_from(before.winners)))
    more = [[1 if place == winner else mark for place, mark in enumerate(row)] for row in rows[:1]] + rows[1:]
    assert names[winner] in vote("approval", names, more).winners
    assert before.voters == len(rows)


def test_a_condorcet_winner_beats_all_others() -> None:
    assert condorcet({"A": {"B": 2, "C": 2}, "B": {"A": 1, "C": 1}, "C": {"A": 2, "B": 1}}) is None
    assert condorcet({"A": {"B": 2, "C": 3}, "B": {"A": 1, "C": 1}, "C": {"A": 2, "B": 1}}) == "A"
