"""Examples that others published, with what they say comes out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from ballot_files import profile

from tisu_tui.core.ranking import borda, condorcet, instant_runoff, pairwise, schulze, strongest_paths

# en.wikipedia.org/wiki/Schulze_method, the example with 45 voters.
SCHULZE_45 = """
5 A>C>B>E>D
5 A>D>E>C>B
8 B>E>D>A>C
3 C>A>B>E>D
7 C>A>E>B>D
2 C>B>A>D>E
7 D>C>E>B>A
8 E>B>A>D>C
"""

# en.wikipedia.org/wiki/Condorcet_method, the capital of Tennessee: Memphis, Nashville, Chattanooga, Knoxville.
TENNESSEE = """
42 M>N>C>K
26 N>C>K>M
15 C>K>N>M
17 K>C>N>M
"""

# Condorcet (1785), quoted in H. P. Young (1988), American Political Science Review 82:1231-1244.
SIXTY = """
23 A>B>C
17 B>C>A
2 B>A>C
10 C>A>B
8 C>B>A
"""

# Condorcet's other paradox, quoted in plato.stanford.edu/entries/voting-methods: Borda does not elect the winner.
EIGHTY_ONE = """
30 A>B>C
1 A>C>B
29 B>A>C
10 B>C>A
10 C>A>B
1 C>B>A
"""


def rows(text: str) -> dict[str, dict[str, int]]:
    """Read a table with a line for each option, and nothing where an option meets itself."""
    lines = [line.split() for line in text.strip().splitlines()]
    names = [line[0] for line in lines]
    return {line[0]: dict(zip([n for n in names if n != line[0]], map(int, line[1:]), strict=True)) for line in lines}


def test_schulze_with_45_voters() -> None:
    table = pairwise("ABCDE", profile(SCHULZE_45))
    assert table == rows("A 20 26 30 22\nB 25 16 33 18\nC 19 29 17 24\nD 15 12 28 14\nE 23 27 21 31")
    assert strongest_paths(table) == rows("A 28 28 30 24\nB 25 28 33 24\nC 25 29 29 24\nD 25 28 28 24\nE 25 28 28 31")
    assert condorcet(table) is None
    assert schulze(table) == ("E",)


def test_the_capital_of_tennessee() -> None:
    ballots = profile(TENNESSEE)
    table = pairwise("MNCK", ballots)
    assert table == rows("M 42 42 42\nN 58 68 68\nC 58 32 83\nK 58 32 17")
    assert condorcet(table) == "N"
    assert schulze(table) == ("N",)
    assert borda("MNCK", ballots) == {"M": 126, "N": 194, "C": 173, "K": 107}
    runoff = instant_runoff("MNCK", ballots)
    assert [round_.dropped for round_ in runoff.rounds] == [("C",), ("N",), ()]
    assert runoff.rounds[-1].votes == {"M": 42, "K": 58}
    assert runoff.winners == ("K",)


def test_condorcets_cycle_of_three_is_a_tie() -> None:
    ballots = profile("1 A>B>C\n1 B>C>A\n1 C>A>B")
    table = pairwise("ABC", ballots)
    assert condorcet(table) is None
    assert schulze(table) == ("A", "B", "C")
    assert set(borda("ABC", ballots).values()) == {3}
    runoff = instant_runoff("ABC", ballots)
    assert runoff.winners == ("A", "B", "C")
    assert len(runoff.rounds) == 1


def test_condorcets_sixty_voters_go_round_in_a_circle() -> None:
    table = pairwise("ABC", profile(SIXTY))
    assert table == rows("A 33 25\nB 27 42\nC 35 18")
    assert condorcet(table) is None
    assert schulze(table) == ("B",)


def test_condorcets_eighty_one_voters_and_borda() -> None:
    ballots = profile(EIGHTY_ONE)
    table = pairwise("ABC", ballots)
    assert table == rows("A 41 60\nB 40 69\nC 21 12")
    assert (condorcet(table), schulze(table)) == ("A", ("A",))
    assert borda("ABC", ballots) == {"A": 101, "B": 109, "C": 33}


def test_a_cycle_with_unequal_steps() -> None:
    ballots = profile("14 A>B>C\n11 B>C>A\n7 C>A>B")
    table = pairwise("ABC", ballots)
    assert table == rows("A 21 14\nB 11 25\nC 18 7")
    assert condorcet(table) is None
    assert schulze(table) == ("A",)
    assert borda("ABC", ballots) == {"A": 35, "B": 36, "C": 25}


def test_short_ballots() -> None:
    ballots = profile("4 A>B>C>D\n3 B>C>D>A\n2 C>B>A\n1 D")
    table = pairwise("ABCD", ballots)
    assert (condorcet(table), schulze(table)) == ("B", ("B",))
    assert borda("ABCD", ballots) == {"A": 15, "B": 22, "C": 17, "D": 6}


def test_clones_in_borda_and_not_in_schulze() -> None:
    """The example of teaming in en.wikipedia.org/wiki/Independence_of_clones_criterion: C is a worse B."""
    alone, teamed = profile("66 A>B\n34 B>A"), profile("66 A>B>C\n34 B>C>A")
    assert borda("AB", alone) == {"A": 66, "B": 34}
    assert borda("ABC", teamed) == {"A": 132, "B": 134, "C": 34}
    assert schulze(pairwise("AB", alone)) == schulze(pairwise("ABC", teamed)) == ("A",)
    assert instant_runoff("AB", alone).winners == instant_runoff("ABC", teamed).winners == ("A",)


def test_reversal_in_instant_runoff_and_not_in_the_others() -> None:
    """The example of en.wikipedia.org/wiki/Reversal_symmetry: A wins a run-off best first and worst first."""
    ballots = profile("5 A>B>C\n4 B>C>A\n2 C>A>B")
    turned = {ballot[::-1]: n for ballot, n in ballots.items()}
    assert instant_runoff("ABC", ballots).winners == instant_runoff("ABC", turned).winners == ("A",)
    assert schulze(pairwise("ABC", ballots)) == ("A",)
    assert "A" not in schulze(pairwise("ABC", turned))
    # There, points are 3 to 1 instead of 2 to 0: 23, 24 and 19.
    assert borda("ABC", ballots) == {"A": 23 - 11, "B": 24 - 11, "C": 19 - 11}
    assert max(borda("ABC", turned).items(), key=lambda item: item[1])[0] == "C"


@pytest.mark.parametrize("thirds", [1, 2])
def test_shares_of_a_vote_are_exact(thirds: int) -> None:
    """Thirds and sixths add up to the majority they are, which rounded ones might miss or pass."""
    runoff = instant_runoff("ABCD", profile(f"{thirds} ABC>D\n{thirds} AB>C\n{thirds} D>A"))
    first = runoff.rounds[0]
    assert first.votes == {
        "A": Fraction(5 * thirds, 6),
        "B": Fraction(5 * thirds, 6),
        "C": Fraction(thirds, 3),
        "D": Fraction(thirds),
    }
    assert first.in_play == 3 * thirds
    assert first.dropped == ("C",)
    # The first ballot is A's and B's in halves now.
    assert runoff.rounds[1].votes == {"A": thirds, "B": thirds, "D": thirds}
    assert runoff.winners == ("A", "B", "D")


def test_a_majority_is_of_the_ballots_still_in_play() -> None:
    runoff = instant_runoff("ABCD", profile("4 A\n3 B>C\n2 C\n2 D"))
    assert [(round_.in_play, round_.dropped) for round_ in runoff.rounds] == [(11, ("C", "D")), (7, ())]
    assert runoff.rounds[1].votes == {"A": 4, "B": 3}
    assert runoff.winners == ("A",)


def test_nobody_in_play_is_a_tie() -> None:
    assert instant_runoff("ABC", {(): 3}).winners == ("A", "B", "C")
    assert schulze(pairwise("ABC", {(): 3})) == ("A", "B", "C")
