"""The shared screen: what everybody may see, large, and on the host's own terminal a few keys that pace it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rooms_on_screen import INVITATION, Gathering, Someone, a_gathering

from tisu_tui.screens.shared import SharedScreenApp
from tisu_tui.session.commands import CountHeads, Enter, Jot
from tisu_tui.session.session import State


class Clock:
    """A clock that only a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_the_lobby_shows_how_to_join_and_who_sees_what(gathering: Gathering) -> None:
    wall = gathering.shared()
    await wall.sees(
        "A day on the moon", INVITATION.line, "Answers are secret", "8 screens are here. As many people?", "SHA256:"
    )
    assert "7k3mp2" in wall.terminal.text()


@pytest.mark.parametrize(("columns", "rows", "fits"), [(80, 24, True), (120, 36, True), (60, 20, False)])
async def test_the_qr_code_is_whole_or_not_there(gathering: Gathering, columns: int, rows: int, fits: bool) -> None:
    wall = gathering.shared(columns=columns, rows=rows)
    await wall.sees("To join")
    quiet = "█" * 33
    drawn = [line for line in wall.terminal.lines() if line.rstrip().endswith("████") and "█" * 4 in line]
    assert (len([line for line in wall.terminal.lines() if quiet in line]) >= 3) is fits
    assert not fits or len(drawn) >= 16


async def test_a_larger_window_shows_the_code_in_large_letters(gathering: Gathering) -> None:
    wall = gathering.shared(columns=120, rows=36)
    await wall.sees("▐▌▝▙ ▐▄▄█▘▐▌█▐▌▐█▄█▘▗█▄▄▖")


async def test_the_question_is_read_in_the_room_and_private_things_never_show(gathering: Gathering) -> None:
    wall = gathering.shared()
    await gathering.room.submit(Jot("the boss is late"))
    await gathering.go_to("arrive")
    await gathering.all_answer("state", ("2 to 3",))
    await wall.sees("How are you just now?", "What you choose is never saved", "2  ", "Nearly all of the room")
    text = wall.terminal.text()
    assert "Never ask who" not in text
    assert "the boss" not in text


async def test_what_the_scribe_types_is_projected(gathering: Gathering) -> None:
    wall = gathering.shared()
    await gathering.go_to("ways")
    await wall.sees("Helps", "Gets in the way")
    await gathering.room.submit(Enter(gathering.room.session.place, "helps", ("Tea at four",)))
    await wall.sees("│ Tea at four")


async def test_space_paces_the_session_and_a_second_one_too_soon_does_not(gathering: Gathering) -> None:
    clock = Clock()
    wall = Someone(SharedScreenApp(gathering.room, INVITATION, can_drive=True, clock=clock))
    gathering.people.append(wall)
    await wall.sees("space begin")
    await wall.press(" ")
    await wall.sees("space open")
    await wall.press(" ")
    clock.now = 1.9
    await wall.press(" ")
    assert gathering.room.session.place.state is State.WAITING
    clock.now = 3.9
    await wall.press(" ")
    await wall.sees("space close the question")


async def test_what_cannot_be_done_is_refused_without_asking_first(gathering: Gathering) -> None:
    wall, console = gathering.shared(), gathering.console()
    await gathering.go_to("arrive")
    for screen, close in ((wall, "space close the question"), (console, "Next: close the question")):
        await screen.sees(close)
        await screen.press("r")
        await screen.sees("Not taken: Only a step that has been shown can be run again.")
        await screen.press("b")
        await screen.sees("Not taken: Close this question and show it first.")
    await console.press("p", "enter", "b")
    await console.sees("Not taken: We pause. Go on first, and then go there.")
    assert gathering.room.session.place.state is State.OPEN


async def test_the_wall_has_one_key_to_ask_again_where_that_comes_next(tmp_path: Path) -> None:
    source = "---\ntisu: 1\ntitle: A\n---\n\n# A\n\n## Shall we try it?\n\n`consent` `id try` `we decide`\n"
    async with a_gathering(tmp_path, 8, source) as gathering:
        wall = gathering.shared()
        await gathering.go_to("try")
        form = gathering.room.session.form(8)
        await gathering.all_answer(form.fields[0].id, ("object",))
        await gathering.go_to("try", "shown")
        await wall.sees("space ask again   b back   e end")


@pytest.mark.parametrize("key", "nadkmlt")
async def test_private_keys_send_the_facilitator_to_their_private_screen(gathering: Gathering, key: str) -> None:
    wall = gathering.shared()
    await wall.sees("space begin")
    await wall.press(key)
    await wall.sees(f"Open your private screen first: {INVITATION.facilitator_line}")


async def test_ending_and_stopping_ask_first(gathering: Gathering) -> None:
    wall = gathering.shared()
    await gathering.go_to("do", "shown")
    await wall.sees("Who does what?")
    await wall.press("e")
    await wall.sees("End the session here, and read the notes together?")
    await wall.press("x")
    assert gathering.room.session.place.state is State.SHOWN
    await wall.press("ctrl+q")
    await wall.sees("The session can be resumed later")
    await wall.press("x", "e", " ")
    await wall.press("e", "y")
    assert gathering.room.session.place.state is State.SHOWN
    await wall.press("e", "enter")
    await wall.sees("Reading the notes together", "Read the notes together.")
    await wall.press("b")
    await wall.sees("Go back from the notes to where we were?")
    await wall.press("enter")
    await wall.sees("Who does what?")
    await wall.press("e", "enter")
    await wall.sees("Reading the notes together")
    await wall.press("e")
    await wall.sees("Seal the notes and end the session?")
    await wall.press("enter")
    await wall.sees("The end", "Do one ordinary thing")
    await wall.press("ctrl+q")
    await wall.has_left()


async def test_a_point_blanks_the_screen_and_any_key_brings_it_back_without_doing_more(gathering: Gathering) -> None:
    wall = gathering.shared()
    await wall.sees("To join")
    await wall.press(".")
    await wall.terminal.until(lambda: not wall.terminal.text().strip())
    await wall.press(" ")
    await wall.sees("To join")
    assert gathering.room.session.place.step == -1


async def test_a_second_screen_only_looks(gathering: Gathering) -> None:
    wall = gathering.shared(can_drive=False)
    await wall.sees("To join", "ctrl+x leave")
    await wall.press(" ", "b", "r", "e", "enter", "n")
    assert gathering.room.session.place.step == -1
    assert "private screen" not in wall.terminal.text()
    await wall.press("ctrl+x")
    await wall.has_left()


async def test_the_notes_are_read_with_their_numbers(gathering: Gathering) -> None:
    wall = gathering.shared()
    await gathering.go_to("ways")
    await gathering.room.submit(Enter(gathering.room.session.place, "helps", ("Tea at four",)))
    await gathering.go_to("do", "shown")
    await wall.press(" ")
    await wall.sees("Reading the notes together", "1  Tea at four", "space seal the notes and end")


async def test_a_key_in_help_asks_the_room_to_count_heads(gathering: Gathering) -> None:
    one, wall = await gathering.participant(), gathering.shared()
    await gathering.go_to("rows")
    await one.sees("How far along")
    await one.press("f1")
    await one.sees("more screens than people?")
    await one.press("m")
    await one.sees("Said. Soon the shared screen asks to count heads, and not who asked.")
    await wall.sees("Somebody asks if there are more screens than people. 9 screens are here.")
    await gathering.room.submit(CountHeads(8))
    await wall.sees_no("Somebody asks")
