"""The question which role somebody speaks from, on screens: beside the step's own, and never counted among them."""

from __future__ import annotations

from pathlib import Path

from rooms_on_screen import a_gathering

from tisu_tui.privacy.roles import FIELD

SOURCE = """---
tisu: 1
title: The rota
voices: [leader, staff]
---

# The rota

## Which one?

`choose 1` `id which` `by voice` `we decide`

Think of the next three months.

- [ ] Nights
- [ ] Weekends
"""
ROLE = "Which of these do you mostly"


async def test_a_phone_asks_for_the_role_first_and_then_reads_the_step(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 20, SOURCE) as here:
        phone = await here.participant(40, 40)
        await here.go_to("which")
        await phone.sees(ROLE, "1  Leader", "2  Staff", "p  Pass", "shown by role, if ten")
        await phone.sees_no("Question ")
        await phone.sees_no("Think of the next")
        await phone.press("2", "enter")
        await phone.sees("Recorded", "Think of the next three months.", "1  Nights")
        await phone.sees_no("Question ")
        await phone.press("1", "enter")
        await phone.sees("Waiting for the others")
        await phone.press("c")
        await phone.sees("Your answers", ROLE, "Staff", "Nights")


async def test_the_wall_shows_the_role_in_a_line_and_the_choices_with_their_numbers(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 20, SOURCE) as here:
        wall, desk = here.shared(rows=34), here.console(rows=40)
        await here.go_to("which")
        for screen in (wall, desk):
            await screen.sees(ROLE, "Leader · Staff · Pass", "1  Nights", "p  Pass")
            await screen.sees_no("1  Leader")


async def test_roles_stand_side_by_side_on_the_wall_and_on_a_phone(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 20, SOURCE) as here:
        wall, phone = here.shared(rows=40), await here.participant(40, 60)
        await here.go_to("which")
        for n, seat in enumerate(here.seats[:20]):
            assert await here.reply(seat, FIELD, (("leader", "staff")[n % 2],))
            assert await here.reply(seat, "choice", ("nights" if n % 2 or n < 5 else "weekends",))
        await here.go_to("which", "shown")
        await wall.sees("By role", "Choice", "Leader", "30% (3 of 10)", "100% (10 of 10)")
        await wall.sees("People in different roles see this differently. Let's listen")
        await phone.sees("By role", "Leader: 30% (3 of 10)")
