"""In lines as on screens: in every state of a session, help says who there is to talk to."""

from __future__ import annotations

import pytest
from line_terminal import House

from tisu_tui.core.form import By, Form, Write
from tisu_tui.session.session import State

CONTACT = "If you want to talk to someone: NHS 24, 111 (checked 1 November 2026)"


@pytest.mark.parametrize("people", [1, 3, 12])
async def test_help_names_the_contacts_in_every_state(people: int, here: House) -> None:
    everybody = [here.participant() for _n in range(people)]
    for each in everybody:
        await each.until("Waiting")
    asking = [everybody[0], here.facilitator()]
    await asking[1].until("Next: ")
    states: set[State] = set()
    while True:
        place = here.room.session.place
        states.add(place.state)
        form = here.room.session.form(people) if place.state is State.OPEN else Form(by=By.NOBODY)
        if form.by is By.EVERYONE:
            await asking[0].until("Answer:")
        elif place.state is State.CLOSED:
            await asking[0].until("This question has closed")
        for each in asking:
            each.enter("help")
            writer = asking[0] if form.by is By.EVERYONE else None
            if each is writer and isinstance(form.fields[0], Write):
                # In a question for words, a word of command could be the answer.
                await each.until("Is that an idea")
                each.enter("help")
            assert CONTACT in await each.until("If you want to talk to someone")
        if here.room.session.is_ended:
            break
        await here.next()
    assert states >= {State.WAITING, State.OPEN, State.SHOWN, State.ENDED}
    assert people < 5 or State.CLOSED in states
