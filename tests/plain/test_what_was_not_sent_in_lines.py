"""What somebody was typing when their line was cut is said when they are back, and `kept` sends it."""

from __future__ import annotations

from line_terminal import House, LineTerminal

from tisu_tui.session.commands import Keep
from tisu_tui.session.session import Unsent


def words_in(terminal: LineTerminal) -> str:
    line = next(line for line in terminal.lines if line.startswith("Your three words: "))
    return line.removeprefix("Your three words: ").replace(" ", "-")


async def test_half_a_line_is_said_after_a_cut_and_sent_by_kept(here: House) -> None:
    await here.crowd(7)
    one = here.participant(pty=True, columns=200)
    await one.until("Waiting")
    await here.go_to("ideas")
    await one.asked("What would you change?")
    one.type("A quiet room\r")
    await one.until("Recorded: ")
    one.type("and half a thou")
    one.hang_up()
    two = here.participant(words_in(one), columns=200)
    heard = await two.asked("What would you change?")
    assert "You had not sent: “and half a thou” Type kept to send it here." in two.lines
    assert "You answered this before. Press Enter to leave it as it is." in heard
    two.enter("kept")
    assert (await two.until("Recorded: "))[-1] == "Recorded: and half a thou."
    two.enter("mine", "mine")
    await two.until("What would you change? 1. A quiet room; 2. and half a thou")
    two.enter("kept", "")  # once; the second time it is an idea
    assert (await two.until("Recorded: "))[-1] == "Recorded: kept."


async def test_what_was_not_sent_is_said_once_where_an_older_window_closes(here: House) -> None:
    await here.crowd(7)
    one = here.participant(pty=True, columns=200)
    await one.until("Waiting")
    await here.go_to("ideas")
    await one.asked("What would you change?")
    one.type("half a thou")
    one.hang_up()
    two = here.participant(words_in(one), columns=200)
    await two.until("You had not sent: “half a thou”")
    # Another window of the seat that closes gives back what it knows of, which is said here already.
    await here.room.submit(Keep(words_in(one), Unsent(here.room.session.place, "", text="half a thou")))
    two.enter("help", "help")
    await two.until("If you want to talk to someone")
    assert sum("half a thou" in line for line in two.lines) == 1


async def test_marks_made_in_full_screen_are_said_in_lines_and_sent_by_kept(here: House) -> None:
    seats = await here.crowd(8)
    await here.go_to("rows")
    place = here.room.session.place
    field = here.room.session.form(8).fields[0]
    await here.room.submit(Keep(seats[0], Unsent(place, field.id, marked=("2",))))
    one = here.participant(seats[0])
    heard = await one.until("Answer:")
    assert "You had not sent: “2 Early steps” Type kept to send it here." in heard
    one.enter("kept")
    await one.until("Recorded: 2 Early steps")


async def test_a_quick_exit_keeps_nothing(here: House) -> None:
    await here.crowd(7)
    one = here.participant(pty=True, columns=200)
    await one.until("Waiting")
    await here.go_to("ideas")
    await one.asked("What would you change?")
    one.type("half a thou\x18")
    await one.closed()
    two = here.participant(words_in(one))
    await two.asked("What would you change?")
    assert not any("half a thou" in line for line in two.lines)
