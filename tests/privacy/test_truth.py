"""Everything that is said of answers is true of them, in rooms of every size, with some people passing."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median_high, median_low

import pytest
from made_up_groups import ballots, counted, kind, let_out

from tisu_tui.core.activity import Activity
from tisu_tui.core.form import Answer
from tisu_tui.core.released import Released, Tally
from tisu_tui.core.shown import WITHHELD, Counts, Say, WordTable, withheld_sentence

_QUOTED = re.compile("“([^”]*)”")
_OFFERS = ("If you like, we can talk", "A pause is there", "What would it take", "Anyone may say")


class Told:
    """What one random group answered, and what was said of it."""

    def __init__(self, activity: Activity, people: int, chance: random.Random) -> None:
        possible = ballots(activity)
        weights = [chance.random() ** 3 for _each in possible]
        passing = chance.choice([0, 0.1, 0.3])
        answers: list[Answer] = [
            chance.choices(possible, weights)[0] for _each in range(people) if chance.random() >= passing
        ]
        count = counted(activity, answers, people)
        self.tally: Tally = count.tallies[0]
        self.released: Released = let_out(count, activity, people)
        self.shown = list(activity.describe([self.released]))
        self.says = [part.text for part in self.shown if isinstance(part, Say)]
        self.counts = dict(zip((option.label for option in self.tally.options), self.tally.counts, strict=True))
        self.rated = [
            n
            for n, option in enumerate(self.tally.options)
            if option.id not in {"dont-know", "not-here"}
            for _each in range(self.tally.counts[n])
        ]

    @property
    def upper_middle(self) -> int:
        """The upper of two middle answers, which is only said beside the numbers."""
        is_counted = self.released.tallies[0].answered is not WITHHELD
        return median_high(self.rated) if is_counted else median_low(self.rated)

    @property
    def answered(self) -> int:
        return self.tally.answered

    def count(self, words: str) -> int:
        """Find how many people chose what these words name."""
        (found,) = (n for label, n in self.counts.items() if words in {label, label.split(" ", 1)[-1]})
        return found

    def place(self, words: str) -> int:
        """Find the place on the scale that these words name."""
        labels = [option.label for option in self.tally.options]
        (found,) = (n for n, label in enumerate(labels) if words in {label, label.split(" ", 1)[-1]})
        return found

    def numbers_are_real(self) -> None:
        for part in self.shown:
            if isinstance(part, Counts) and "dots" not in part.title:
                cells = part.numbers[0] if len(part.columns) > 1 else tuple(n for (n,) in part.numbers)
                labels = part.columns if len(part.columns) > 1 else part.rows
                for label, number in zip(labels, cells, strict=True):
                    assert number is WITHHELD or number == self.counts[label]


def random_groups(activity: Activity, number: int = 250, most: int = 14) -> Sequence[Told]:
    chance = random.Random(9)
    found = [Told(activity, chance.randint(5, most), chance) for _n in range(number)]
    for told in found:
        told.numbers_are_real()
    # A test of sentences that were never said would be a test of nothing.
    assert any(text != withheld_sentence() for told in found for text in told.says) or any(
        isinstance(shown, WordTable) for told in found for shown in told.shown
    )
    return found


def test_what_came_first_did_so_alone_and_is_about_the_share_that_is_said() -> None:
    shares = {"fewer than a quarter": 0, "about a quarter": 1, "about half": 2, "three quarters": 3, "nearly all": 4}
    said: Counter[str] = Counter()
    for told in random_groups(kind("check-in", 3), most=24):
        best = [label for label, n in told.counts.items() if n == max(told.counts.values())]
        for text in told.says:
            if text.startswith("More of us chose"):
                assert told.count(_QUOTED.findall(text)[0]) == max(told.counts.values())
                assert len(best) == 1
                for words, quarter in shares.items():
                    if words in text:
                        assert abs(4 * max(told.counts.values()) / told.answered - quarter) <= 0.5
                        said["share"] += 1
                said["first"] += 1
            elif text.startswith("No single answer"):
                assert len(best) > 1
                said["none"] += 1
            else:
                assert text == withheld_sentence() or text.startswith(_OFFERS)
    assert min(said[each] for each in ("share", "first", "none")) > 5


@pytest.mark.parametrize("points", [3, 5, 7])
def test_the_middle_the_middle_half_and_the_spread_are_what_they_say(points: int) -> None:
    seen: Counter[str] = Counter()
    for told in random_groups(kind("scale", points)):
        for text in told.says:
            ends = [told.place(words) for words in _QUOTED.findall(text)]
            if text.startswith("The middle answer"):
                assert (ends[0], ends[-1]) == (median_low(told.rated), told.upper_middle)
            elif text.startswith("The middle half"):
                low, high = ends[0], ends[-1]
                assert 4 * sum(n < low for n in told.rated) <= len(told.rated)
                assert 4 * sum(n > high for n in told.rated) <= len(told.rated)
                assert 2 * sum(low <= n <= high for n in told.rated) >= len(told.rated)
            elif text.startswith("Half of us or more"):
                assert 2 * len(told.rated) <= told.answered
            elif text.startswith("The answers are"):
                near = sum(abs(n - median_low(told.rated)) <= 1 for n in told.rated)
                assert (5 * near >= 4 * len(told.rated)) is ("close together" in text)
            elif text == "People mostly agree.":
                close = sum(abs(n - median_low(told.rated)) <= 1 for n in told.rated)
                assert 2 * close > len(told.rated)
            elif text.startswith("People see this in two ways"):
                assert _valleys(told.rated)
            else:
                assert text in {withheld_sentence(), "There is some agreement."} or text.startswith(
                    ("People see this in many ways", *_OFFERS)
                )
            seen[text.split("“")[0][:24]] += 1
    assert {"People mostly agree.", "The middle answer is "} <= set(seen)


def _valleys(rated: Sequence[int]) -> bool:
    counts = [rated.count(n) for n in range(max(rated) + 1)]
    return any(
        counts[a] > counts[b] < counts[c]
        for a in range(len(counts))
        for b in range(a + 1, len(counts))
        for c in range(b + 1, len(counts))
    )


@pytest.mark.parametrize(
    ("name", "options", "argument"), [("choose", 4, "1"), ("choose", 2, "1"), ("choose", 3, "any"), ("dots", 4, "2")]
)
def test_what_was_chosen_most_and_ties_are_what_they_say(name: str, options: int, argument: str) -> None:
    seen: Counter[str] = Counter()
    for told in random_groups(kind(name, options, argument=argument)):
        # Without numbers, dots part nobody who has as many people.
        is_in_numbers = any(isinstance(part, Counts) for part in told.shown)
        dots = told.tally.weights if is_in_numbers and told.tally.weights else told.tally.counts
        scores = dict(zip(told.counts, zip(told.tally.counts, dots, strict=True), strict=True))
        best = {label for label, score in scores.items() if score == max(scores.values())}
        for text in told.says:
            if "was chosen most" in text or "tied in first place" in text:
                assert set(_QUOTED.findall(text)) == best
                assert len(best) == 1 or is_in_numbers
            elif text.startswith(("No single choice", "It is a tie between the two")):
                assert len(best) > 1
                assert ("the two" in text) is (options == 2)
            else:
                assert text == withheld_sentence() or text.startswith(_OFFERS)
            seen[text.rpartition("” ")[2][:9]] += 1
    assert len(seen) > 3, seen


def test_a_verdict_is_what_the_positions_come_to() -> None:
    seen = set()
    for told in random_groups(kind("consent")):
        agree, worry, aside, stop = told.tally.counts
        assert not any(isinstance(part, Counts) for part in told.shown)
        for text in told.says:
            if "Carried" in text:
                assert stop == 0
                assert ("thin" in text) is (3 * aside > agree + worry + aside)
            elif "A worry has been raised" in text:
                assert stop > 0
            else:
                assert text == withheld_sentence() or text.startswith(_OFFERS)
            seen.add(text[-12:])
    assert len(seen) > 3


def test_a_line_is_kept_only_where_nobody_would_change_it() -> None:
    seen = set()
    for told in random_groups(kind("agree")):
        for table in told.shown:
            if isinstance(table, WordTable):
                ((_line, verdict),) = table.rows
                assert verdict == ("To talk over" if told.tally.counts[1] else "Kept as it is")
                seen.add(verdict)
    assert len(seen) == 2


def test_what_is_said_of_each_statement_is_true() -> None:
    seen: Counter[str] = Counter()
    for told in random_groups(kind("rate", 5)):
        if any(text.startswith("People see this in two ways") for text in told.says):
            assert _valleys(told.rated)
            seen["split"] += 1
        for table in told.shown:
            if isinstance(table, WordTable):
                row = dict(zip(table.columns, table.rows[0], strict=True))
                middle = row.get("Middle answer", WITHHELD)
                if middle == "half of us or more could not rate this":
                    assert 2 * len(told.rated) <= told.answered
                elif isinstance(middle, str):
                    ends = middle.removeprefix("between ").split(" and ")
                    assert told.place(ends[0]) == median_low(told.rated)
                    assert told.place(ends[-1]) == told.upper_middle
                    seen["middle"] += 1
                unknown = row.get("Don't know", WITHHELD)
                if isinstance(unknown, str):
                    assert unknown == f"{told.tally.counts[5]} of {told.answered}"
                    seen["unknown"] += 1
    assert min(seen[each] for each in ("split", "middle", "unknown")) > 5


def test_whether_anybody_is_below_three_is_so() -> None:
    seen: Counter[str] = Counter()
    for told in random_groups(kind("sense", 6)):
        below = sum(told.tally.counts[:3])
        for text in told.says:
            if "below 3" in text:
                assert text.startswith("Somebody" if below else "Nobody")
                seen[text.split()[0]] += 1
        for table in told.shown:
            if isinstance(table, WordTable):
                said = dict(zip(table.columns, table.rows[0], strict=True)).get("Below 3", WITHHELD)
                if said is not WITHHELD:
                    assert said == ("somebody" if below else "nobody")
                    seen[str(said)] += 1
    assert len(seen) == 4
