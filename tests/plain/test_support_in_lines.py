"""In lines as on screens: in every state of a session, help says who there is to talk to."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from line_terminal import house

from tisu_tui.session.commands import Go, Step
from tisu_tui.session.session import State

CONTACT = "If you want to talk to someone: NHS 24, 111 (checked 1 November 2026)"


@pytest.mark.parametrize("people", [1, 3, 12])
def test_help_names_the_contacts_in_every_state(people: int, tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as here:
            everybody = [here.participant() for _n in range(people)]
            for each in everybody:
                await each.until("Waiting")
            asking = [everybody[0], here.facilitator()]
            await asking[1].until("Next: ")
            states: set[State] = set()
            while True:
                place = here.room.session.place
                states.add(place.state)
                for each in asking:
                    each.enter("help")
                    assert CONTACT in await each.until("If you want to talk to someone")
                if here.room.session.is_ended:
                    break
                await here.room.submit(Go(place, Step.NEXT))
            assert states >= {State.WAITING, State.OPEN, State.SHOWN, State.ENDED}
            assert people < 5 or State.CLOSED in states

    asyncio.run(play())
