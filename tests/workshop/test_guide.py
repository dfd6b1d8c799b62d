"""Every example of the guide is held in rooms of three sizes: what shows then is what was answered, or nothing."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner
from holding import Held, hold, made_up, words_of
from in_one_process import rehearsed
from rooms import a_room, join, new_session
from test_library import examples

from tisu_tui.cli import main
from tisu_tui.cli._opening import open_workshop
from tisu_tui.core.activity import Tier
from tisu_tui.core.form import By
from tisu_tui.core.shown import Counts, withheld_sentence

EXAMPLES = {text.partition("\n## ")[2].partition("\n")[0]: text for text in examples()}


@pytest.mark.parametrize("people", [3, 6, 12])
@pytest.mark.parametrize("name", EXAMPLES)
async def test_an_example_of_the_guide_shows_what_was_answered_or_nothing(
    name: str, people: int, tmp_path: Path
) -> None:
    async with a_room(tmp_path, new_session(EXAMPLES[name])) as room:
        runs = await hold(room, await join(room, people), made_up(random.Random(people)))
    assert [run.step.title for run in runs]
    for run in runs:
        if run.by is By.SCRIBE and not run.step.planned and run.typed:
            told = words_of(run.shown)
            assert [text for text in run.typed if text.split(" ", 1)[-1] not in told] == []
        true = numbers(run)
        for part in run.shown:
            if isinstance(part, Counts):
                assert people == 12 or run.by is By.SCRIBE
                assert {n for row in part.numbers for n in row if isinstance(n, int)} <= true
        if run.by is By.EVERYONE:
            assert run.shown
            is_told = withheld_sentence() not in words_of(run.shown)
            assert is_told or people < 12 or run.step.tier is Tier.ROOM


def numbers(run: Held) -> set[int]:
    """Every number that may be told of a run: how many chose each thing or put it first, its dots, and none."""
    given = [(name, value or ()) for answer in run.answers for name, value in answer.items()]
    if run.step.kind == "rank":
        # How many put one thing above another; what somebody left out comes after all they named.
        names = {choice for _name, value in given for choice in value}
        pairs = Counter(
            (above, below)
            for _name, value in given
            for above, below in permutations(names, 2)
            if above in value and below not in value[: value.index(above)]
        )
        firsts = Counter(value[:1] for _name, value in given)
        return {0, *firsts.values(), *pairs.values()}
    people = Counter((name, choice) for name, value in given for choice in set(value))
    dots = Counter((name, choice) for name, value in given for choice in value)
    return {0, *people.values(), *dots.values()}


NEWCOMERS = Path(__file__).with_name("a-first-workshop.md")


@pytest.mark.parametrize("people", [3, 6, 12])
def test_what_somebody_new_wrote_from_the_guide_is_fine_and_goes_to_its_notes(people: int, tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["check", "--strict", str(NEWCOMERS)]).exit_code == 0
    notes = rehearsed(open_workshop(str(NEWCOMERS)), people, 4, tmp_path)
    assert "status: sealed" in notes
    for title in re.findall(r"^## (.*)$", NEWCOMERS.read_text("utf-8"), re.MULTILINE):
        assert f". {title} – " in notes
    # Nobody agrees to a heading where no proposal came.
    assert "“Do we try it for a month?”" not in notes
