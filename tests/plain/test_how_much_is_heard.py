"""How many words somebody hears who cannot see them: to answer a long rating, and of its result before they ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from line_terminal import House, LineTerminal, house

from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking
from tisu_tui.plain import hearing
from tisu_tui.session.commands import Direction, Enter, Go
from tisu_tui.workshop.library import find

STATEMENTS = 11
TO_ANSWER, TO_HEAR_FIRST = 292, 60
CODES = tuple(f"R{n}" for n in range(1, 8))
# However many lead others, so that all eleven statements are asked.
RECOMMENDATIONS = find("recommendations").read_text().replace(" about leaders`", "`")


def words(lines: list[str]) -> int:
    return sum(len(line.split()) for line in lines)


async def before_the_rating(here: House, *terminals: LineTerminal) -> list[str]:
    """Go to the rating, and give what is heard of its text before it opens."""
    step = next(each.id for each in here.room.session.workshop.steps if each.kind == "rate")
    await here.go_to(step, "waiting")
    before = [await terminal.until("Think of our service") for terminal in terminals]
    await here.go_to(step)
    return before[0][-2:]


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


@pytest.mark.parametrize(
    ("first", "answer", "asks_sureness", "most"),
    [
        ("2", "2", False, {"en": 304, "pl": 299, "gd": 323}),
        ("2 / 2", "2 / 2", True, {"en": 326, "pl": 321, "gd": 356}),
        ("2", "2 / 2", True, {"en": 339, "pl": 332, "gd": 365}),
        ("2", "2", True, {"en": 349, "pl": 342, "gd": 375}),
    ],
)
async def test_one_statement_after_the_other_repeats_nothing(
    tmp_path: Path, first: str, answer: str, asks_sureness: bool, most: dict[str, int]
) -> None:
    """Statements alone have 181 words, and in English who sees the answers has 50."""
    source = RECOMMENDATIONS if asks_sureness else RECOMMENDATIONS.replace(" `sureness`", "")
    async with house(tmp_path, source) as here:
        await here.crowd(9)
        terminals = {}
        for language in most:
            with speaking(language):
                terminals[language] = here.participant()
                await terminals[language].until(_("Waiting"))
        await before_the_rating(here, *terminals.values())
        heard = {}
        for language, terminal in terminals.items():
            with speaking(language):
                heard[language] = await answered(terminal, first, answer)
        box = here.room._kept.box
    for language, lines in heard.items():
        assert words(lines) <= most[language], (language, words(lines))
    assert all(lines.count("3. Partly in place") == 1 for lines in heard.values())
    read = heard["en"]
    assert "Recorded: 2 Early steps." in " ".join(read)
    followed = {"2": 11 if answer == "2" else 1}.get(first, 0) if asks_sureness else 0
    assert read.count("Question: How sure are you?") == read.count("2. Fairly sure") == min(followed, 1)
    assert read.count("Sure?") == max(0, followed - 1)
    # A number is enough of a receipt for what was read out; who was never asked apart hears what it means.
    assert read.count("Recorded: 2, 2.") == (10 if first == "2" and asks_sureness else 0)
    assert read.count("Recorded: 2. Fairly sure.") == (10 if first == "2 / 2" else 0)
    assert box is not None
    for given in box.answers.values():
        assert set(given.values()) == ({("2",), ("fairly-sure",)} if asks_sureness else {("2",)})
        assert len(given) == STATEMENTS * (1 + asks_sureness)


async def answered(terminal: LineTerminal, first: str, answer: str) -> list[str]:
    """Answer statement after statement; gives what is heard from the opening to the last receipt."""
    alone = (*CODES, _("Last one: {statement}").format(statement=""), _("Sure?"))
    heard, line = await terminal.until(_("Answer:")), first
    while heard[-1] != _("Waiting"):
        terminal.enter(line)
        asked = await terminal.until((_("Answer:"), _("Waiting"), *alone))
        heard += asked
        is_follow_up = any(question.endswith((_("How sure are you?"), _("Sure?"))) for question in asked)
        line = "2" if is_follow_up else answer
    return heard[:-1]


async def test_what_was_recorded_is_said_before_anything_but_the_question_that_follows(tmp_path: Path) -> None:
    async with house(tmp_path, RECOMMENDATIONS) as here:
        await here.crowd(8)
        terminal = here.participant()
        await terminal.until("Waiting")
        await before_the_rating(here, terminal)
        await terminal.asked("How far along are we? (1 of 11)")
        terminal.enter("2")
        await terminal.until("Recorded: 2 Early steps.")
        await terminal.until("Answer:")
        terminal.enter("2")
        await terminal.until("R2 ")
        for said, answer in (("help", "1"), ("mine", "3"), ("yes", "2")):
            terminal.enter("3")
            await terminal.until("Sure?")
            terminal.enter(said)
            assert (await terminal.until("Recorded: "))[-1] == "Recorded: 3."
            terminal.enter(answer)
            assert (await terminal.until("Recorded: "))[-1] == f"Recorded: {answer}."
            await terminal.until("R")
        terminal.enter("2")
        await terminal.until("Sure?")
        await here.next()
        assert (await terminal.until("This question has closed"))[0] == "Recorded: 2."


async def test_a_number_is_enough_of_a_receipt_only_for_who_typed_it(tmp_path: Path) -> None:
    async with house(tmp_path, RECOMMENDATIONS.replace(" `sureness`", "")) as here:
        await here.crowd(11)
        terminal = here.participant()
        await terminal.until("Waiting")
        await before_the_rating(here, terminal)
        await terminal.asked("How far along are we? (1 of 11)")
        said = {
            "3": "3 Partly in place",
            "3.": "3 Partly in place",
            "early": "2 Early steps",
            "3 ": "3",
            "d": "Don't know",
            "p": "Pass",
        }
        for typed, recorded in said.items():
            terminal.enter(typed)
            assert (await terminal.until("Recorded: "))[-1] == f"Recorded: {recorded}."
        terminal.enter("labels")
        assert "3. Partly in place. Some people, or some places" in await terminal.until("If ten or more")


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
        assert "3. Partly in place. Some people, or some places" in again
        for times in (1, 2):
            terminal.enter("all")
            listed = await terminal.until("Answer:")
            # The one that was just asked is not read twice, unless somebody wants to hear them all once more.
            assert len(listed) == STATEMENTS - 1 + times


@pytest.mark.parametrize("pty", [False, True])
async def test_a_paste_of_five_lines_answers_one_question(
    tmp_path: Path, pty: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path, RECOMMENDATIONS) as here:
        await here.crowd(8)
        terminal = here.participant(pty=pty, columns=200)
        await terminal.until("Waiting")
        step = next(each.id for each in here.room.session.workshop.steps if each.kind == "rate")
        await here.go_to(step)
        await terminal.asked("How far along are we? (1 of 11)")
        terminal.type("3\n2\n1\n2\n3\n")
        await terminal.until("Recorded: 3 Partly in place.")
        await terminal.until("Not taken: that was typed before this question was read out.")
        box = here.room._kept.box
        assert box is not None
        assert [len(answer) for answer in box.answers.values()] == [1]
        monkeypatch.setattr(hearing, "A_REST", 0)
        terminal.enter("2")
        await terminal.until("Recorded: Fairly sure.")


async def test_of_two_rounds_the_one_that_has_just_closed_is_heard(tmp_path: Path) -> None:
    asked = "Do we try the new rota for nights and for weekends until the end of spring?"
    source = f"---\ntisu: 1\ntitle: A rota\n---\n\n# A rota\n\n## {asked}\n\n`consent` `id try` `we decide`\n"
    async with house(tmp_path, source) as here:
        seats = await here.crowd(5)
        terminal = here.participant()
        await terminal.until("Waiting")
        for _n in range(2):
            await here.go_to("try")
            await here.reply(seats, "position", ("object",))
            await here.go_to("try", "shown")
            await terminal.until("Result: ")
            await here.room.submit(Go(here.room.session.place, Direction.AGAIN))
        heard = " ".join(await terminal.until("Waiting"))
        assert f"Round 2: “{asked}”: A worry has been raised." in heard
        assert "parts: type more" in heard


async def test_a_long_result_in_which_nothing_leads_is_heard_from_its_first_lines(tmp_path: Path) -> None:
    source = (
        "---\ntisu: 1\ntitle: Nights\n---\n\n# Nights\n\n## What helps at night?\n\n`capture` `id helps`\n\n1. Helps\n"
    )
    async with house(tmp_path, source) as here:
        await here.crowd(8)
        terminal = here.participant()
        await terminal.until("Waiting")
        await here.go_to("helps")
        (asked,) = here.room._kept.form.fields
        lines = tuple(f"{number} people who talk before the shift begins" for number in range(2, 12))
        await here.room.submit(Enter(here.room.session.place, asked.id, lines))
        await here.go_to("helps", "shown")
        await terminal.until("Result: ")
        heard = await terminal.until("Type more to hear the rest.")
        assert heard[:-1] == ["What we wrote down.", *(f"Helps. What we said: {line}." for line in lines[:3])]
