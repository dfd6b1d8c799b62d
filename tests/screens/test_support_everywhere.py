"""Whoever looks at whatever, in every state of a session: help says who there is to talk to."""

from __future__ import annotations

from pathlib import Path

import pytest
from rooms_on_screen import a_gathering

from tisu_tui.session.commands import Direction, Go
from tisu_tui.session.session import State

CONTACT = "NHS 24, 111"


@pytest.mark.parametrize("people", [0, 2, 11])
async def test_help_shows_the_contacts_on_every_screen_in_every_state(people: int, tmp_path: Path) -> None:
    async with a_gathering(tmp_path, people) as gathering:
        looking = [await gathering.participant(), gathering.console(), gathering.shared()]
        looking += [await gathering.participant(columns=40), gathering.shared(can_drive=False)]
        states: set[State] = set()
        while True:
            for each in looking:
                if gathering.room.session.is_ended:
                    # The last page has them without any key.
                    await each.sees(CONTACT)
                    continue
                await each.sees("help")
                await each.press("f1")
                await each.sees(CONTACT)
                await each.press("f1")
                await each.sees_no(CONTACT)
            place = gathering.room.session.place
            states.add(place.state)
            if gathering.room.session.is_ended:
                break
            await gathering.room.submit(Go(place, Direction.NEXT))
        assert states >= {State.WAITING, State.OPEN, State.SHOWN, State.ENDED}
        assert people < 5 or State.CLOSED in states
