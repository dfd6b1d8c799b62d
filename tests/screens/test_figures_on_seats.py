"""Figures on one person's screen: the room's window, and one's own place in it, for oneself alone."""

from __future__ import annotations

from rooms_on_screen import Gathering


async def test_the_band_that_came_first_is_on_every_seat(gathering: Gathering) -> None:
    someone = await gathering.participant(80, 36)
    await someone.sees("Waiting for the facilitator")
    await gathering.go_to("arrive")
    await gathering.all_answer("state", ("-1 to 1",))
    await gathering.go_to("arrive", "shown")
    await someone.sees("More of us chose “In the window”", "=  In the window", "more of us here than anywhere else")
    await someone.sees_no("you chose this")


async def test_ones_own_place_is_marked_where_one_asks_for_it_and_nowhere_else(gathering: Gathering) -> None:
    someone, other = await gathering.participant(80, 36), await gathering.participant(80, 36)
    wall = gathering.shared(columns=100, rows=30)
    await someone.sees("Waiting for the facilitator")
    await gathering.go_to("arrive")
    await someone.sees("Pass")
    await someone.press("1", "enter")
    await someone.sees("Kept until this closes")
    await someone.sees_no("you chose this")
    await someone.press("c")
    await someone.sees("you chose this")
    line = next(line for line in someone.terminal.lines() if "you chose this" in line)
    assert "v" in line
    assert "Below" in line
    assert "you chose this" not in other.terminal.text()
    assert "you chose this" not in wall.terminal.text()


async def test_a_phone_shows_statements_on_one_axis_after_the_words(gathering: Gathering) -> None:
    phone = await gathering.participant(45, 40)
    await phone.sees("Waiting for the facilitator")
    await gathering.go_to("rows")
    await gathering.all_answer("R1", ("2",))
    await gathering.all_answer("R2", ("1",))
    await gathering.go_to("rows", "shown")
    await phone.sees("■■■")
