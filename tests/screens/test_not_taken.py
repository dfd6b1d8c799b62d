"""What can't be read or seen is said, and never recorded as something else: in plain lines and on a screen."""

from __future__ import annotations

import pytest
from line_terminal import House, LineTerminal
from rooms_on_screen import Gathering

from tisu_tui.core.form import Value
from tisu_tui.plain.editor import LineEditor
from tisu_tui.room.room import LiveRoom

HIDDEN = ("\u200b", "\u3164", "\u2800", "\U000e0067\U000e007f", "\u202e \u2066", "\ufe0f")
LATIN_1 = "No caf\xe9 at night".encode("latin-1")


def answers_of(room: LiveRoom) -> list[dict[str, Value | None]]:
    return [dict(answer) for answer in room._kept.box.answers.values()] if room._kept.box else []


@pytest.mark.parametrize("pty", [False, True])
@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_line_of_which_nothing_is_seen_is_no_empty_line(hidden: str, pty: bool) -> None:
    terminal = LineTerminal(pty=pty)
    editor = LineEditor(terminal)
    terminal.type(f"{hidden}\n  \nok{hidden}\n")
    assert [editor.take(), editor.take(), editor.take()] == ["", "ok", None]
    assert "Not taken: nothing of that can be seen." in terminal.lines


@pytest.mark.parametrize("pty", [False, True])
def test_bytes_that_are_no_utf_8_are_said_and_the_line_is_not_taken(pty: bool) -> None:
    terminal = LineTerminal(pty=pty)
    editor = LineEditor(terminal)
    for data in (LATIN_1, b"\n", "caf\xe9\n".encode(), b"\xff\xfe\n", b"half \xf0\x9f", b"\x98\x80\n"):
        editor.received(data)
    assert [editor.take(), editor.take(), editor.take()] == ["café", "half 😀", None]
    said = "".join(terminal.lines)
    assert said.count("Not taken: some letters came in a way that can't be read here (not UTF-8).") == 2
    assert "\ufffd" not in said


async def test_in_plain_lines_nothing_of_it_is_recorded(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant()
    await terminal.until("Waiting")
    await here.go_to("ideas")
    await terminal.asked("What would")
    assert terminal._listener is not None
    for data in (LATIN_1 + b"\n", "\u200b\n".encode()):
        terminal._listener.received(data)
        assert (await terminal.until("Not taken: "))[-1].startswith("Not taken: ")
    terminal.enter("A heart 🩷 for the night team", "🫩")
    assert await terminal.until("Recorded: A heart") == ["Recorded: A heart 🩷 for the night team."]
    await terminal.until("Recorded: 🫩")
    assert answers_of(here.room) == [{"ideas": ("A heart 🩷 for the night team", "🫩")}]


async def test_on_a_screen_it_is_said_before_anything_is_sent(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("ideas")
    await someone.sees("ctrl+k pass")
    someone.terminal.type("\u200b\u2800".encode())
    await someone.press("enter")
    await someone.sees("Not taken: nothing of that can be seen.")
    someone.terminal.type(LATIN_1)
    await someone.sees("No caf at night")
    await someone.press("enter")
    await someone.sees("Not taken: some letters came in a way that can't be read here")
    assert answers_of(gathering.room) == []
    await someone.press("ctrl+u")
    someone.terminal.type("A heart 🩷".encode())
    await someone.press("enter")
    await someone.sees("Recorded: A heart")
    assert answers_of(gathering.room) == [{"ideas": ("A heart 🩷",)}]
