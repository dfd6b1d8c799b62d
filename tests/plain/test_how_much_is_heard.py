"""How many words somebody hears who cannot see them: to answer a long rating, and of its result before they ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from line_terminal import House, LineTerminal, house

from tisu_tui.workshop.library import find

STATEMENTS = 11
TO_ANSWER, TO_HEAR_FIRST = 320, 60
# However many lead others, so that all eleven statements are asked.
RECOMMENDATIONS = find("recommendations").read_text().replace(" about leaders`", "`")


def words(lines: list[str]) -> int:
    return sum(len(line.split()) for line in lines)


async def before_the_rating(here: House, terminal: LineTerminal) -> list[str]:
    """Go to the rating, and give what is heard of it before it opens."""
    step = next(each.id for each in here.room.session.workshop.steps if each.kind == "rate")
    await here.go_to(step, "waiting")
    await terminal.until("Next is: How far along are we?")
    before = await terminal.until("Think of our service")
    await here.go_to(step)
    return before


async def test_a_long_rating_takes_few_words_to_answer_and_few_to_hear(tmp_path: Path) -> None:
    async with house(tmp_path, RECOMMENDATIONS) as here:
        seats = await here.crowd(11)
        terminal = here.participant()
        await terminal.until("Waiting")
        before = await before_the_rating(here, terminal)
        heard = await terminal.asked("How far along are we? (1 of 11)")
        assert [line.split(".")[0] for line in before] == [
            "Please note: This asks how things are done in our service, and some of it may be hard to look at",
            "Think of our service as it is today",
        ]
        assert not {*before} & {*heard}  # heard a moment ago; repeat has it
        terminal.enter("all")
        heard += await terminal.until("Answer:")
        terminal.enter(" ".join(["3"] * STATEMENTS))
        heard += await terminal.until("Recorded: ")
        assert all(any(line.startswith(f"{name} ") for line in heard) for name in ("R1", "R4b", "R7b"))
        assert words(heard) <= TO_ANSWER, words(heard)
        for seat in seats:
            for field in here.room.session.form(12).fields:
                if not field.after:
                    await here.reply([seat], field.id, ("3",))
        step = next(each.id for each in here.room.session.workshop.steps if each.kind == "rate")
        await here.go_to(step, "shown")
        opening = (await terminal.until("Result: "))[-1]
        told = [opening, *await terminal.until(f"{STATEMENTS} statements: type more")]
        assert words(told) <= TO_HEAR_FIRST, told


@pytest.mark.parametrize(("answer", "most"), [("2 / 2", 490), ("2", 545)])
async def test_one_statement_after_the_other_repeats_nothing(tmp_path: Path, answer: str, most: int) -> None:
    """Statements alone have 181 words, and each has its number, its receipt and how sure somebody is."""
    async with house(tmp_path, RECOMMENDATIONS) as here:
        await here.crowd(11)
        terminal = here.participant()
        await terminal.until("Waiting")
        await before_the_rating(here, terminal)
        heard = await terminal.asked("How far along are we? (1 of 11)")
        terminal.enter("2")
        while heard[-1] != "Waiting":
            heard += await terminal.until(("Answer:", "Waiting"))
            is_statement = any(" of 11. " in line for line in heard[-4:])
            terminal.enter(answer if is_statement else "2")
        assert "Recorded: 2 Early steps. Fairly sure." in heard or answer == "2"
        assert heard.count("2. Fairly sure") == heard.count("3. Partly in place. Some people, or some places") == 1
        assert len([line for line in heard if line.startswith("Question: ")]) == (12 if answer != "2" else 22)
        assert words(heard) <= most, words(heard)
        box = here.room._kept.box
        assert box is not None
        (given,) = box.answers.values()
        assert set(given.values()) == {("2",), ("fairly-sure",)}
        assert len(given) == 2 * STATEMENTS


async def test_everything_is_read_again_to_whoever_asks(tmp_path: Path) -> None:
    async with house(tmp_path, RECOMMENDATIONS) as here:
        await here.crowd(8)
        terminal = here.participant()
        await terminal.until("Waiting")
        step = next(each.id for each in here.room.session.workshop.steps if each.kind == "rate")
        await here.go_to(step)
        await terminal.asked("How far along are we? (1 of 11)")
        terminal.enter("repeat")
        again = await terminal.asked("How far along are we? (1 of 11)")
        assert any(line.startswith("Please note: ") for line in again)
        assert "p. Pass is a real answer. Nobody sees who passed." in again
        for times in (1, 2):
            terminal.enter("all")
            listed = await terminal.until("Answer:")
            # The one that was just asked is not read twice, unless somebody wants to hear them all once more.
            assert len(listed) == STATEMENTS - 1 + times


@pytest.mark.parametrize("pty", [False, True])
async def test_a_paste_of_five_lines_answers_one_question(tmp_path: Path, pty: bool) -> None:
    async with house(tmp_path, RECOMMENDATIONS) as here:
        await here.crowd(8)
        terminal = here.participant(pty=pty, columns=200)
        await terminal.until("Waiting")
        step = next(each.id for each in here.room.session.workshop.steps if each.kind == "rate")
        await here.go_to(step)
        await terminal.asked("How far along are we? (1 of 11)")
        terminal.type("3\n2\n1\n2\n3\n")
        await terminal.until("Recorded: 3 Partly in place.")
        for _n in range(4):
            await terminal.until("Not taken: that was typed before this question was read out.")
        box = here.room._kept.box
        assert box is not None
        assert [len(each) for each in box.answers.values()] == [1]
        terminal.enter("2")
        await terminal.until("Recorded: Fairly sure.")
