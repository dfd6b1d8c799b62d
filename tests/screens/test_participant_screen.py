"""A participant at a terminal: one question at a time, a pass like any answer, and a way out at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from rooms_on_screen import INVITATION, Gathering, Someone, a_gathering
from terminal_double import PyteTerminal

from tisu_tui.core.form import Value
from tisu_tui.core.records import RecordKind
from tisu_tui.room.room import LiveRoom
from tisu_tui.screens.driver import run_app
from tisu_tui.screens.layout import Page
from tisu_tui.screens.participant import ParticipantApp
from tisu_tui.session.commands import Direction, Go, WriteRecord
from tisu_tui.view.view import Role, View


def answers_of(room: LiveRoom) -> list[dict[str, Value | None]]:
    return [dict(answer) for answer in room._kept.box.answers.values()] if room._kept.box else []


def rows_of(someone: Someone, *texts: str) -> list[int]:
    lines = someone.terminal.lines()
    return [next(n for n, line in enumerate(lines) if text in line) for text in texts]


async def test_the_lobby_says_who_sees_what_and_how_to_come_back(gathering: Gathering) -> None:
    someone = await gathering.participant(80, 30)
    await someone.sees("Welcome. You can pass", "Answers are secret", "ssh -p 2222 7k3mp2+")
    await someone.sees("Your three words: ", "I was here before", "leave")


@pytest.mark.parametrize(("columns", "rows"), [(45, 20), (40, 15)])
async def test_on_a_phone_the_three_words_are_in_sight_from_the_first_moment(
    gathering: Gathering, columns: int, rows: int
) -> None:
    someone = await gathering.participant(columns, rows)
    app = someone.app
    assert isinstance(app, ParticipantApp)
    await someone.sees("Welcome", f"Your three words: {app._seat.words.replace('-', ' ')}")


async def test_the_promise_stands_before_the_options_and_pass_is_the_last_of_them(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("arrive")
    await someone.sees("This asks how you are", "1  ", "p  Pass", "Nobody sees who passed")
    promised, first, last = rows_of(someone, "What you choose is never saved", "Below", "p  Pass")
    assert promised < first < last
    assert "›" not in someone.terminal.text()


async def test_what_is_new_is_read_from_its_top(gathering: Gathering) -> None:
    someone = await gathering.participant(40, 15)
    await someone.sees("A day on the moon", "▼ pgdn")
    top, down = someone.terminal.lines(), "\x1b[6~"
    await someone.press(down)
    assert someone.terminal.lines() != top
    await someone.press("f1", down, "x")
    assert someone.terminal.lines() == top
    await someone.press(down)
    await gathering.go_to("arrive")
    await someone.sees("How are you just now?", "▼ pgdn")


async def test_past_the_last_option_the_arrow_shows_what_stands_below_it(gathering: Gathering) -> None:
    """Many phones have no other key to scroll with."""
    someone = await gathering.participant(40, 15)
    await gathering.go_to("arrive")
    await someone.sees("How are you just now?")
    seen = set(someone.terminal.lines())
    for _key in range(40):
        await someone.press("down")
        seen |= set(someone.terminal.lines())
    whole = await gathering.participant(40, 60)
    await whole.sees("p  Pass")
    said = [line.strip() for line in whole.terminal.lines()]
    below = [line for line in said[max(n for n, line in enumerate(said) if "Pass" in line) + 1 :] if line]
    assert below
    shown = {line.strip() for line in seen}
    assert [line for line in below[:-2] if line not in shown] == []
    await someone.press("up")
    await someone.sees("›")


async def test_enter_sends_nothing_before_a_choice(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("arrive")
    await someone.sees("p  Pass")
    await someone.press("enter")
    await someone.sees("Choose first, or press p to pass.")
    assert answers_of(gathering.room) == []


@pytest.mark.parametrize("keys", [("2", "enter"), ("down", "down", "enter"), ("p", "enter"), ("pass", "enter")])
async def test_an_answer_and_a_pass_get_the_same_line(gathering: Gathering, keys: tuple[str, ...]) -> None:
    someone = await gathering.participant()
    await gathering.go_to("arrive")
    await someone.sees("p  Pass")
    await someone.press(*keys)
    passed = keys[0] in {"p", "pass"}
    named = "Pass." if passed else "In the window."
    await someone.sees(f"Kept until this closes: {named}", "Waiting for the others")
    assert answers_of(gathering.room) == [{"state": None if passed else ("-1 to 1",)}]
    await someone.press("x")
    await someone.sees_no(named)
    await someone.sees("Kept until this closes", "Waiting for the others")


async def test_answers_are_changed_one_by_one_and_hidden_until_asked_for(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("rows")
    await someone.sees("Question 1 of 2", "People can see that leaders care.")
    await someone.press("1", "enter")
    await someone.sees("Question 2 of 2", "Recorded")
    await someone.press("2", "enter")
    await someone.sees("Waiting for the others")
    await someone.press("c")
    await someone.sees("Your answers", "1 Not started", "2 Early steps")
    await someone.press("2", "enter")
    await someone.sees("Leaders have been trained.", "› 2  Early steps")
    await someone.press("3", "enter")
    await someone.sees("Waiting for the others")
    assert answers_of(gathering.room) == [{"R1": ("1",), "R2": ("3",)}]


async def test_taking_several_answers_back_asks_first(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("rows")
    await someone.sees("Question 1 of 2")
    await someone.press("1", "enter", "2", "enter")
    await someone.sees("Waiting for the others")
    await someone.press("w")
    await someone.sees("any other key keep it")
    await someone.press("x")
    assert answers_of(gathering.room) == [{"R1": ("1",), "R2": ("2",)}]
    await someone.press("w", "enter")
    await someone.sees("Taken back", "Question 1 of 2")
    assert answers_of(gathering.room) == []


async def test_with_nothing_unsent_the_exit_asks_nothing_and_an_interrupt_does(gathering: Gathering) -> None:
    leaves, interrupts = await gathering.participant(), await gathering.participant()
    await gathering.go_to("rows")
    for someone in (leaves, interrupts):
        await someone.sees("Question 1 of 2")
    await leaves.press("ctrl+q")
    await leaves.has_left()
    await interrupts.press("ctrl+c")
    await interrupts.sees("Do you want to leave?")
    await interrupts.press("x")
    await interrupts.sees("Question 1 of 2")
    await interrupts.press("ctrl+c", "ctrl+c")
    await interrupts.has_left()


async def test_what_is_asked_about_a_step_goes_with_it(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("rows")
    await someone.sees("Question 1 of 2")
    await someone.press("1", "enter", "2", "enter")
    await someone.sees("Waiting for the others")
    await someone.press("w")
    await someone.sees("any other key keep it")
    await gathering.go_to("ideas")
    await someone.sees("ctrl+k")
    await someone.sees_no("any other key keep it")


async def test_words_that_are_typed_where_nothing_is_asked_do_nothing_and_it_says_so(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("rows")
    await someone.sees("Question 1 of 2")
    await someone.press("1", "enter", "2", "enter")
    await someone.sees("Waiting for the others")
    given = answers_of(gathering.room)
    for words in ("A break now", "no change now", "caw"):
        await someone.press(*words)
        await someone.sees(f"“{words}” is not sent: nothing is asked just now. Enter clears it.")
        await someone.press("enter")
        await someone.sees_no("is not sent")
    assert answers_of(gathering.room) == given
    await someone.press("w", "enter")
    await someone.sees("Taken back")
    await gathering.room.submit(WriteRecord(RecordKind.ACTION, "Tea"))
    await gathering.room.submit(Go(gathering.room.session.place, Direction.END))
    await someone.sees("Reading the notes together")
    for words in ("yes", "so"):
        await someone.press(*words, "enter")
        await someone.sees("Reading the notes together")
    assert not gathering.room.session.asked
    await someone.press("s", "enter")
    await someone.sees("Asked. Only the facilitator is told")


async def test_keys_typed_ahead_are_answers_in_their_turn(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("rows")
    await someone.sees("Question 1 of 2")
    someone.terminal.type(b"2\rp\r")
    await someone.sees("Waiting for the others")
    assert answers_of(gathering.room) == [{"R1": ("2",), "R2": None}]


async def test_a_line_pasted_while_the_one_before_is_stored_is_the_next(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("ideas")
    await someone.sees("What would you change?")
    someone.terminal.type(b"\x1b[200~More time\x1b[201~\r\x1b[200~A quiet room\x1b[201~\r")
    await someone.terminal.until(lambda: answers_of(gathering.room) == [{"ideas": ("More time", "A quiet room")}])


class _CountsPages(ParticipantApp):
    """Counts how often its page is worked out."""

    pages = 0

    def page(self, width: int, height: int) -> Page:
        self.pages += 1
        return super().page(width, height)


async def test_keys_that_come_together_are_drawn_together_and_none_is_lost(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, tick=3600) as gathering:
        app = _CountsPages(gathering.room, gathering.seats[0], INVITATION)
        gathering.people.append(someone := Someone(app))
        await gathering.go_to("ideas")
        await someone.sees("What would you change?", "ctrl+k pass")
        await someone.press("x", "backspace")  # whatever opening has left to draw is drawn
        app.pages = 0
        someone.terminal.type(b"a longer sentence of many letters" + b"\x7f" * 7 + b"words")
        await someone.sees("a longer sentence of many words")
        assert app.pages == 1


async def test_dots_are_put_on_with_space_and_say_how_many_are_left(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("share")
    await someone.sees("3 dots left", "We decide this here.")
    await someone.press("down", "enter")
    await someone.sees("space chooses this line")
    await someone.press("1", "enter")
    await someone.sees("Chosen: The rota. Enter sends it.", "2 dots left")
    await someone.press(" ", "down", " ")
    await someone.sees("0 dots left", "[••] The rota", "[• ] The room")
    await someone.press("down", " ")
    await someone.sees("None left")
    await someone.press("enter")
    await someone.sees("Recorded", "Waiting")
    assert answers_of(gathering.room) == [{"choice": ("the-rota", "the-rota", "the-room")}]


async def test_lines_of_words_are_stored_one_by_one(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("ideas")
    await someone.sees("facilitator reads your words first", "ctrl+k pass")
    someone.terminal.type(b"\x1b[200~pcw?\x1b[201~")
    await someone.sees("> pcw?")
    await someone.press("enter")
    await someone.sees("Recorded: pcw? Write another line")
    someone.terminal.type("日本 é".encode())
    await someone.sees("日本 é")
    await someone.press("backspace", "enter", "enter")
    await someone.sees("Waiting for the others")
    assert answers_of(gathering.room) == [{"ideas": ("pcw?", "日本")}]
    await someone.press("c")
    await someone.sees("pcw?", "日本")
    await someone.press("ctrl+k")
    await someone.sees("Waiting for the others")
    assert answers_of(gathering.room) == [{"ideas": None}]


async def test_the_key_that_passes_everywhere_else_passes_on_a_question_for_words_too(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("ideas")
    await someone.sees("ctrl+k pass")
    await someone.press("p", "enter")
    await someone.sees("Waiting for the others")
    assert answers_of(gathering.room) == [{"ideas": None}]


async def test_words_that_were_not_sent_when_a_question_closes_are_kept_for_the_next_one(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("ideas")
    await someone.sees("ctrl+k pass")
    await someone.press("h", "i")
    await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
    await someone.sees("Your words are kept here", "This question has closed")
    assert answers_of(gathering.room) == []
    await gathering.room.submit(Go(gathering.room.session.place, Direction.AGAIN))
    await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
    # Nothing is put in by itself: another question may have other readers.
    await someone.sees("ctrl+y put in kept words")
    await someone.sees_no("> hi")
    await someone.press("ctrl+y", "enter", "enter")
    await someone.sees("Waiting for the others")
    assert answers_of(gathering.room) == [{"ideas": ("hi",)}]


async def test_a_choice_that_was_not_sent_when_a_question_closes_says_so(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("rows")
    await someone.sees("Question 1 of 2")
    await someone.press("2")
    await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
    await someone.sees("What you had chosen was not sent.")


async def test_three_words_give_the_seat_back_and_make_no_second_ballot(gathering: Gathering) -> None:
    before = await gathering.participant()
    await before.sees("Your three words: ")
    (line,) = [line for line in before.terminal.lines() if "Your three words: " in line]
    words = line.split(": ")[1].replace("-", " ")
    await gathering.go_to("rows")
    await before.sees("Question 1 of 2")
    await before.press("1", "enter")
    await before.sees("Question 2 of 2")
    await before.hang_up()
    after = await gathering.participant()
    await after.sees("Question 1 of 2", "Welcome. You can pass")
    await after.press("2", "enter", "f2", *"not my words", "enter")
    await after.sees("We don't know these three words")
    await after.press(*["backspace"] * 20, *words, "enter")
    await after.sees("Welcome back", "Question 2 of 2")
    await after.press("3", "enter")
    await after.sees("Waiting for the others")
    assert answers_of(gathering.room) == [{"R1": ("1",), "R2": ("3",)}]
    assert (await gathering.view(Role.FACILITATOR)).people == "8–11"
    await after.sees("Waiting for the others")
    assert len(gathering.room._kept.seats) == 9


async def test_a_seat_used_on_another_screen_ends_on_this_one(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 1) as gathering:
        someone = await gathering.participant()
        await someone.sees("Your three words: ")
        (line,) = [line for line in someone.terminal.lines() if "Your three words: " in line]
        other = await gathering.participant()
        await other.sees("Welcome.")
        assert "I was here before" in other.terminal.text()
        await other.press("f2", *line.split(": ")[1], "enter")
        await other.sees("Welcome back")
        assert "I was here before" not in other.terminal.text()
        await someone.sees("This screen has ended.")
        await someone.press("x")
        await someone.has_left()


async def test_a_window_too_small_says_so_and_works_again_when_larger(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("arrive")
    await someone.sees("p  Pass")
    someone.terminal.resize(10, 3)
    await someone.sees("too")
    someone.terminal.resize(40, 24)
    await someone.sees("p  Pass", "ctrl+x exit")
    await someone.press("1", "enter")
    await someone.sees("Kept until this closes")


async def test_a_long_question_scrolls_with_the_choice(gathering: Gathering) -> None:
    someone = await gathering.participant(40, 14)
    await gathering.go_to("arrive")
    await someone.sees("the answers go on, page 2 of", "How are you")
    await someone.press("p")
    await someone.sees("› p  Pass")
    someone.terminal.type(b"\x1b[5~\x1b[5~\x1b[5~")
    await someone.sees("How are you just now?")


async def test_help_and_pause_lie_over_the_question_and_leave_it_as_it_was(gathering: Gathering) -> None:
    someone = await gathering.participant(80, 40)
    await gathering.go_to("arrive")
    await someone.sees("p  Pass")
    await someone.press("2", "?")
    await someone.sees("NHS 24, 111", "what you sent stays in unless you take it back")
    await someone.press("x", "ctrl+g", "1", " ")
    await someone.sees("Look around", "Find three things")
    await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
    await someone.press(" ")
    await someone.sees("Notice the door.")
    await someone.press("ctrl+g")
    await someone.sees("This question has closed")


async def test_leaving_clears_the_screen_and_gives_the_seat_up(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("ideas")
    await someone.sees("ctrl+k pass")
    await someone.press("a", "ctrl+x")
    await someone.has_left()
    assert someone.terminal.text().strip() == "Goodbye. Please close this window."
    assert len(gathering.room._kept.seats) == 8


async def test_whoever_comes_late_reads_a_recap_and_their_words(gathering: Gathering) -> None:
    await gathering.go_to("rows")
    someone = await gathering.participant(80, 40)
    await someone.sees("We are at step 2 of 6", "Your three words to come back", "Question 1 of 2")
    await gathering.go_to("rows", "shown")
    await someone.sees("We are not showing this one", "We are at step 2 of 6")
    text = someone.terminal.text()
    assert text.index("not showing") < text.index("We are at step"), "what is new comes first"
    await gathering.go_to("ideas")
    await someone.sees("What would you change?")
    assert "We are at step" not in someone.terminal.text()


async def test_a_result_is_drawn_where_it_may_be_shown(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 11) as gathering:
        someone = await gathering.participant(45, 40)
        await gathering.go_to("rows")
        await gathering.all_answer("R1", ("2",))
        await gathering.go_to("rows", "shown")
        await someone.sees("People can see that leaders care.", "2 Early steps")


async def test_the_end_says_where_to_find_support(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("do", "shown")
    await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
    await someone.sees("Reading the notes together")
    await gathering.room.submit(Go(gathering.room.session.place, Direction.END))
    await someone.sees("The end", "Do one ordinary thing next", "NHS 24, 111")


async def test_a_screen_whose_views_can_not_be_drawn_fails_instead_of_standing_still(tmp_path: Path) -> None:
    class Unreadable(LookupError):
        pass

    class Broken(LiveRoom):
        async def watch(self, role: Role, seat: str = "") -> AsyncGenerator[View, None]:
            async for view in super().watch(role, seat):
                yield view
                raise Unreadable

    async with a_gathering(tmp_path, 1) as gathering:
        room = gathering.room
        room.__class__ = Broken
        app = ParticipantApp(room, gathering.seats[0], INVITATION)
        with pytest.raises(Unreadable):
            await asyncio.wait_for(run_app(app, PyteTerminal()), 5)
