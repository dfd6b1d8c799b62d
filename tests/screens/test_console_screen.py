"""The facilitator's console: what comes next, what is private, and everything that is written down."""

from __future__ import annotations

from pathlib import Path

import pytest
from rooms_on_screen import INVITATION, Gathering, Someone, a_gathering

from tisu_tui.core.form import Pick
from tisu_tui.screens.console import ConsoleApp
from tisu_tui.session.commands import Direction, Doubt, Go, Leave, Prepare
from tisu_tui.session.session import Fate, State
from tisu_tui.workshop.library import find

PROPOSED = """---
tisu: 1
title: The rota
---

# The rota

## Shall we try it?

`consent` `id try-it` `we decide`
"""


class Clock:
    """A clock that only a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (200, 60)])
async def test_it_says_where_we_are_what_comes_next_and_what_only_the_facilitator_reads(
    gathering: Gathering, columns: int, rows: int
) -> None:
    console = gathering.console(columns, rows)
    await gathering.go_to("arrive", "waiting")
    await console.sees("Now: waiting", "Next: open the question", "Never ask who.", "Run sheet")
    await console.sees("space open the question")


async def test_space_goes_on_and_the_result_is_seen_here_before_it_is_shown(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 11) as gathering:
        clock = Clock()
        console = Someone(ConsoleApp(gathering.room, INVITATION, None, clock=clock), 80, 40)
        gathering.people.append(console)
        wall = gathering.shared(rows=40)
        await gathering.go_to("rows")
        await gathering.all_answer("R1", ("2",))
        await console.sees("Now: open", "Next: close the question")
        clock.now = 130
        await console.press(" ")
        await console.sees("Only you see this until you press space", "2 Early steps", "2 min so far")
        assert "middle answer" not in wall.terminal.text()
        await console.press(" ")
        assert gathering.room.session.place.state is State.CLOSED
        clock.now = 140
        await console.press(" ")
        await console.sees("Now: shown")
        await wall.sees("the middle answer")


@pytest.mark.parametrize(("columns", "rows"), [(100, 30), (120, 36)])
async def test_the_run_sheet_shows_the_whole_present_step_and_the_next(tmp_path: Path, columns: int, rows: int) -> None:
    async with a_gathering(tmp_path, 9, find("window-of-tolerance").read_text("utf-8")) as gathering:
        console = gathering.console(columns, rows)
        await gathering.go_to("what-helps")
        await console.sees("Now: open", "What helps our", "0 of 8 min", "Which two")
        assert "What the window is" not in console.terminal.text()  # what is long over takes one row
        await console.sees("✓  1–4", "✓  5  How has our")


async def test_what_to_see_to_stands_once_where_the_foot_has_room_for_it(gathering: Gathering) -> None:
    console = gathering.console(120, 40)
    await gathering.room.submit(Doubt(gathering.seats[0]))
    await console.sees("more screens than people")
    assert console.terminal.text().count("more screens than people") == 1


async def test_records_are_written_down_and_mistakes_stay_where_they_can_be_mended(gathering: Gathering) -> None:
    console = gathering.console(80, 40)
    await gathering.go_to("do")
    await console.sees("i write down")
    await console.press("a", *"Tea @sam 2026-13-01", "enter")
    await console.sees("Not taken: 2026-13-01 is no date", "> Tea @sam 2026-13-01")
    await console.press(*["backspace"] * 5, *"12-01", "enter")
    await console.sees("sam, Tuesday 1 December 2026. Enter, or mend it.")
    assert not gathering.room.session.records
    await console.press("enter")
    await console.sees("Recorded. Action: Tea @sam 2026-12-01 · u takes it back")
    await console.press("enter")  # an empty line leaves
    await console.sees("• Tea — @sam, due 1 December 2026")
    assert [record.owner for record in gathering.room.session.records] == ["sam"]


async def test_each_kind_of_record_has_its_key(gathering: Gathering) -> None:
    console = gathering.console(160, 40)
    await gathering.go_to("ways", "shown")
    await console.sees("Now: shown")
    for key, text in (
        ("a", "one @sam 2026-12-01"),
        ("d", "two"),
        ("k", "three"),
        ("x", "four @board 2026-12-01"),
    ):
        await console.press(key, *text, "enter", *(["enter"] if key in "ax" else []), "enter")
        await console.sees(text.split()[0], "Run sheet")
    kinds = [record.kind.value for record in gathering.room.session.records]
    assert kinds == ["action", "decision", "park", "ask"]
    await console.press("n", *"be kind", "enter", "escape")
    await console.sees("You: be kind")


async def test_words_are_kept_struck_reworded_and_grouped(gathering: Gathering) -> None:
    console = gathering.console(80, 30)
    await gathering.go_to("ideas")
    await gathering.all_answer("ideas", ("tea",))
    await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
    await console.sees("lines of people's words to read: press m")
    await console.press("m")
    await console.sees("Only you see these", "› 1  tea")
    await console.press("k")
    await console.sees("Keep “tea”?", "enter yes")
    await console.press("enter", "s", "enter", "w", "enter", *" too", "enter")
    await console.sees("1  kept: tea", "2  struck", "3  kept: tea too")
    await console.press("t")
    # However many lines there are, how to write a theme is on the screen.
    await console.sees("A name, a colon and numbers")
    await console.press(*"Tea: 1 3", "enter")
    await console.sees("• Tea: 1 3", "No theme yet: 4")
    at = gathering.room.session.round
    assert at is not None
    assert [line.fate for line in at.held[:4]] == [Fate.KEPT, Fate.STRUCK, Fate.KEPT, Fate.HELD]
    assert at.held[1].text != "tea"
    assert [(theme.name, theme.members) for theme in at.themes] == [("Tea", (1, 3))]


async def test_the_scribe_fills_in_one_heading_at_a_time(gathering: Gathering) -> None:
    console = gathering.console()
    await gathering.go_to("ways")
    await console.sees("i write down")
    await console.press("i")
    await console.sees("Everybody sees what you type here", "1 of 2", "Helps")
    await console.press(*"Tea", "enter")
    await console.sees("│ Tea", "Recorded")
    await console.press("enter")
    await console.sees("2 of 2", "Gets in the way")
    await console.press(*"Rain", "enter")
    await console.sees("│ Rain")
    at = gathering.room.session.round
    assert at is not None
    assert dict(at.entries) == {"helps": ("Tea",), "gets-in-the-way": ("Rain",)}


async def test_once_a_question_has_closed_its_result_stands_above_the_notes(gathering: Gathering) -> None:
    console = gathering.console(80, 40)
    await gathering.go_to("arrive", "closed")
    await console.sees("Only you see this until you press space", "Never ask who.")
    text = console.terminal.text()
    assert text.index("Only you see this") < text.index("Never ask who.")


async def test_a_scale_has_no_choices_to_set_and_no_key_for_them(gathering: Gathering) -> None:
    console = gathering.console()
    await gathering.go_to("arrive", "waiting")
    await console.sees("s skip")
    await console.sees_no("o choices")
    await console.press("o")
    await console.sees("This step has no choices to set.")


async def test_choices_are_set_before_a_step_opens(gathering: Gathering) -> None:
    console = gathering.console()
    await gathering.go_to("share", "waiting")
    await console.sees("o choices")
    await console.press("o")
    await console.sees("1  The rota", "3  The tea")
    await console.press("+", *"Rain", "enter")
    await console.sees("4  Rain")
    await console.press("3", "s")
    await console.sees("Take “The tea” out?")
    await console.press("enter")
    await console.sees_no("The tea")
    step = gathering.room.session.step
    assert step is not None
    assert [option.label for option in gathering.room.session.options(step)] == ["The rota", "The room", "Rain"]


async def test_what_is_typed_for_one_step_is_not_written_into_the_next(gathering: Gathering) -> None:
    console, room = gathering.console(), gathering.room
    await gathering.go_to("share", "waiting")
    await console.sees("o choices")
    await console.press("o", "+", *"Rain")
    for keep in (Direction.SKIP, Direction.BACK):
        await room.submit(Go(room.session.place, keep))
    await console.press("enter")
    await console.sees("Not taken: The session has moved on since. Nothing was changed.", "> Rain")
    assert "Rain" not in repr(room.session)
    await console.press("escape")
    await console.sees("o choices")
    await console.press("a", *"Tea @sam 2026-12-01")
    await room.submit(Go(room.session.place, Direction.SKIP))
    await console.press("enter")  # an action is of the whole session, wherever it stands
    await console.sees("sam, Tuesday 1 December 2026.")
    await console.press("enter")
    await console.sees("Recorded. Action: Tea")
    assert [record.text for record in room.session.records] == ["Tea"]


async def test_half_a_line_of_the_scribe_is_there_when_another_screen_goes_on(gathering: Gathering) -> None:
    console, room = gathering.console(), gathering.room
    await gathering.go_to("ways")
    await console.sees("i write down")
    await console.press("i", *"People are ki")
    await console.sees("> People are ki")
    await room.submit(Go(room.session.place, Direction.NEXT))
    await console.sees("Not filed: “People are ki”. Key tab brings it back.")


async def test_people_without_a_device_are_counted(gathering: Gathering) -> None:
    console = gathering.console()
    await console.sees("h people")
    await console.press("h", "1", "9", "enter", "2", "3", "enter", "l")
    await console.sees("Lock the room?")
    await console.press("enter", "h")
    await console.sees("In the room, as you counted: 9", "Without a device: 3", "The room is locked")
    session = gathering.room.session
    assert (session.people, session.hands, session.locked) == (9, 3, True)


async def test_it_takes_how_many_lead_others_where_it_asks_for_that(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, find("recommendations").read_text("utf-8")) as gathering:
        console = gathering.console(100, 40)
        await console.sees("say it (key h, or leaders 4)")
        await console.press("h")
        await console.sees("5 count who leads others")
        await console.press("5")
        await console.sees("How many people in the room lead others?")
        await console.press("3", "enter")
        await console.sees("Lead others: 3")
        await console.sees_no("say it (key h, or leaders 4)")
        assert gathering.room.session.leaders == 3


async def test_a_step_is_added_and_skipped(gathering: Gathering) -> None:
    console = gathering.console(160, 40)
    await gathering.go_to("arrive", "waiting")
    await console.press("+")
    await console.sees("One more step after this one")
    await console.press(*"nonsense x", "enter")
    await console.sees("there is no kind “nonsense”")
    await console.press("ctrl+u", *"gather What else?", "enter")
    await console.sees("What else?")
    await console.press("s")
    await console.sees("Skip “How are you just now?”?")
    await console.press("enter")
    await console.sees("Step 2 of 7", "Skipped: How are you just now? · u takes it back")
    await console.press("u")
    await console.sees("Take this back: skipped: How are you just now?")
    await console.press("enter")
    await console.sees("Step 1 of 7", "Taken back: skipped: How are you just now?")
    assert [step.title for step in gathering.room.session.workshop.steps][1] == "What else?"


async def test_a_vote_is_added_with_its_choices_and_a_step_to_come_is_moved(gathering: Gathering) -> None:
    console = gathering.console(160, 40)
    await gathering.go_to("arrive", "waiting")
    await console.press("+")
    await console.sees("One more step after this one")
    await console.press(*"choose up to 2 Which?: tea | rain | sun", "enter")
    await console.sees("This is for information. Nothing is decided by it.")
    await console.press("v")
    await console.sees("Move a step")
    await console.press(*"six", "enter")
    await console.sees("Write it like: 6 to 4")
    await console.press("ctrl+u", *"1 to 4", "enter")
    await console.sees("Not taken: Only steps that are still to come")
    await console.press("ctrl+u", *"2 to 3", "enter")
    await console.sees("3  Which?")
    added = gathering.room.session.workshop.steps[2]
    assert (added.kind, added.title) == ("choose", "Which?")


async def test_answers_on_paper_are_counted(gathering: Gathering) -> None:
    console = gathering.console(160, 40)
    await console.sees("h people")
    await console.press("h", "2", "3", "enter")
    await console.sees("Without a device: 3")
    await console.press("escape")
    await console.sees("People join with")
    await gathering.go_to("arrive", "waiting")
    await console.press("+", *"choose Which?: tea | rain", "enter", "s", "enter", " ")
    await console.sees("Now: open")
    await console.press("h", "3", *"two", "enter")
    await console.sees("Write it like: 1: 3, 2: 4")
    await console.press("ctrl+u", *"1: 4", "enter")
    await console.sees("Not taken: That is more than the 3")
    await console.press("ctrl+u", *"1: 2, 2: 1", "enter")
    await console.sees("Counted on paper: 3 of 3.")


async def test_a_second_console_takes_the_lead_when_its_key_is_pressed(gathering: Gathering) -> None:
    leading = "Another private screen is leading."
    first = gathering.console()
    await first.sees("space go to")
    second = gathering.console()
    await second.sees(leading, "f take the lead")
    await second.press(" ")
    await second.sees(f"Not taken: {leading}")
    assert gathering.room.session.step is None
    await second.press("f", "enter")
    await second.sees("This screen is leading now.", "space go to")
    await first.sees(leading)
    await second.press(" ")
    await second.sees("Now: waiting")


async def test_everybody_is_told_calmly_when_the_last_screen_that_paces_is_gone(gathering: Gathering) -> None:
    console = gathering.console()
    wall, person = gathering.shared(can_drive=False), await gathering.participant()
    await gathering.go_to("arrive")
    await console.sees("Now: open")
    await console.hang_up()
    await wall.sees("The facilitator has lost the connection.")
    await person.sees("The facilitator has lost the connection.", "Below")
    gathering.shared(can_drive=True)
    await wall.sees_no("The facilitator has lost the connection.")
    await person.sees_no("The facilitator has lost the connection.")


async def test_help_is_the_distress_card(gathering: Gathering) -> None:
    console = gathering.console()
    await console.sees("f1 help")
    await console.press("f1")
    await console.sees("If somebody is in distress", "Offer space", "Do not ask what happened", "NHS 24, 111")


async def test_everything_that_can_be_done_is_on_one_list(gathering: Gathering) -> None:
    console = gathering.console(80, 50)
    await console.sees("ctrl+p everything")
    await console.press("ctrl+p")
    await console.sees("writes a decision down", "keeps something for later")
    await console.press("d")
    await console.sees("A decision", "In the group's words,")


async def test_a_concern_and_who_is_told_are_offered_beside_a_vote_and_a_send_back_only_where_it_was_said(
    gathering: Gathering,
) -> None:
    console = gathering.console(100, 50)
    await gathering.go_to("share", State.SHOWN)
    await console.sees("w concern", "g who is told")
    await console.press("w", *"Nights @lea 2026-12-09", "enter", "enter", "escape")
    await console.sees("Concerns and replies", "Nights — @lea, reply by 9")
    await console.press("g", *"Night team @sam", "enter")
    await console.sees("sam, no day yet. Enter, or mend it.")
    await console.press("enter")
    await console.sees("It has no owner or no date yet.")
    await console.press("escape")
    await console.sees("Who will be told", "Night team — @sam")
    await console.sees_no("leaders send it back")
    await console.press("z")
    await console.sees("There is no decision here that leaders may send back now.")


async def test_a_line_is_struck_from_the_notes_and_the_end_tells_where_they_are(gathering: Gathering) -> None:

    async def path() -> str:
        await gathering.room.until_ended()
        return "exports/moon.md"

    console = gathering.console(80, 30, path)
    await gathering.go_to("do")
    for text in ("Tea", "Rain"):
        await console.press("a", *text, "enter", "enter", "escape")
        await console.sees(f"• {text}")
    await gathering.go_to("do", "shown")
    await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
    await console.sees("1  Tea", "2  Rain")
    await console.press("m", "2", "s", "enter")
    await console.sees_no("Rain")
    assert [record.text for record in gathering.room.session.records] == ["Tea"]
    await console.press("escape")
    await console.sees("Reading the notes together")
    await console.press("e")
    await console.sees("Seal the notes and end the session?")
    await console.press("enter")
    await console.sees("Notes: exports/moon.md")


async def test_closing_the_console_ends_nothing(gathering: Gathering) -> None:
    console = gathering.console()
    await gathering.go_to("arrive")
    await console.sees("Now: open")
    await console.press("ctrl+q")
    await console.has_left()
    assert console.terminal.text().strip() == "Goodbye. Please close this window."
    assert gathering.room.session.place.state is State.OPEN


async def test_a_result_of_more_answers_than_people_waits_until_it_is_accepted(gathering: Gathering) -> None:
    console, wall = gathering.console(100, 40), gathering.shared(rows=40)
    await gathering.go_to("share")
    (asked,) = gathering.room.session.form(8).fields
    assert isinstance(asked, Pick)
    await gathering.all_answer(asked.id, (asked.options[0].id,))
    gone = gathering.seats[0]
    await gathering.room.submit(Leave(gone))
    await gathering.join(1)
    await gathering.reply(gathering.seats[-1], asked.id, (asked.options[0].id,))
    await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
    await console.sees("More people answered than are here", "y accept the result", "next: accept the result")
    assert console.terminal.text().count("More people answered than are here") == 1  # the foot has room for all of it
    await gathering.console(80, 24).sees(" …")  # the rest of it is in the page
    await wall.press(" ")
    await wall.sees("This result waits for a moment.")
    await wall.sees_no("More people")
    await console.press(" ")
    await console.sees("Show the result, although more people answered than are here?")
    await console.press("enter")
    await console.sees("The result can be shown now.", "space show the result")
    await console.press("y")
    await console.sees("No result waits to be accepted.")
    await console.press(" ")
    await wall.sees("result · Step")
    assert gathering.room.session.place.state is State.SHOWN


async def test_the_lobby_has_a_key_for_words_in_place_of_numbers_and_a_question_one_for_two_looks(
    gathering: Gathering,
) -> None:
    console, wall = gathering.console(100, 40), gathering.shared(columns=100, rows=40)
    await console.sees("Joined 8")
    await console.press("h")
    await console.sees("tell words, no numbers")
    await console.press("4")
    await console.sees("Tell words, and no numbers?")
    await console.press("enter")
    await console.sees("This group takes care")
    await wall.sees("This group takes care")
    await gathering.go_to("rows", "waiting")
    await console.sees("How far along")
    await console.press("q")
    await console.sees("look at it twice")
    await console.press("enter")
    await console.sees("we look at this twice")
    await gathering.go_to("rows")
    await wall.sees("We look at this twice.")
    await console.sees("Now: open")
    await console.press("q")
    await console.sees("Two looks are announced before a question opens for the first time.")
    await console.sees_no("Say before")


async def test_keys_that_mean_nothing_in_the_lobby_say_so_at_once(gathering: Gathering) -> None:
    clock = Clock()
    console = Someone(ConsoleApp(gathering.room, INVITATION, None, clock=clock), 80, 24)
    gathering.people.append(console)
    await console.sees("The lobby")
    for key in "brq":
        clock.now += 3
        await console.press(key)
        await console.sees("This is for a step, once the session has begun.")
        await console.press("escape", "f1", "f1")
        await console.sees_no("This is for a step")


async def test_a_proposal_that_people_have_seen_is_not_offered_to_be_changed(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, PROPOSED) as gathering:
        await gathering.go_to("try-it", "waiting")
        await gathering.room.submit(Prepare(gathering.room.session.place, ("Swap by Friday",)))
        clock = Clock()
        console = Someone(ConsoleApp(gathering.room, INVITATION, None, clock=clock), 100, 40)
        gathering.people.append(console)
        await console.sees("o change the words")
        await console.press(" ")
        await console.sees("Now: open")
        clock.now = 10
        await console.press("u")
        await console.sees("Take this back: opened: Shall we try it?")
        await console.press("enter")
        await console.sees("Now: waiting", "The proposal is: “Swap by Friday”")
        await console.sees_no("o change the words")
        clock.now = 20
        await console.press("o")
        await console.sees("People have seen this question", "Once it has closed, ask again")
