"""A pause of everybody in plain lines: it begins with `Pause`, asks nothing, and then the question is read again."""

from __future__ import annotations

from line_terminal import House

from tisu_tui.session.commands import Direction, Go


async def test_everybody_hears_of_a_pause_and_of_its_end(here: House) -> None:
    await here.crowd(8)
    person, desk = here.participant(), here.facilitator()
    await person.until("Waiting")
    await here.go_to("ideas")
    await person.until("Answer:")
    desk.enter("pause")
    await desk.until("Now: paused")
    await desk.until("Next: go on after the pause")
    await person.until("Pause: we all pause for a while.")
    late = here.participant()
    late.enter("")
    told = await late.until("Pause: we all pause for a while.")
    assert any(line.startswith("Your three words: ") for line in told)
    assert "Answer:" not in late.lines
    # What somebody had begun to type is taken, and asks for nothing more until all go on.
    person.enter("Fewer forms")
    await person.until("Recorded")
    desk.enter("skip")
    await desk.until("Not taken: We pause.")
    desk.enter("pause")
    await desk.until("Now: open")
    await person.until("We go on.")
    await person.until("Answer:")
    await late.until("Answer:")


async def test_closing_soon_is_heard_and_named(here: House) -> None:
    await here.crowd(8)
    person, desk = here.participant(), here.facilitator()
    desk.enter("closing")
    await desk.until("Not taken: No question is open to everybody just now.")
    await here.go_to("ideas")
    await desk.until("Step 3 of 6: What would you change?")
    await desk.until("Now: open")
    desk.enter("closing")
    await desk.until("Now: closing")
    await person.until("Closing soon. Send what you have.")
    desk.enter("next")
    await desk.until("Now: closed")


async def test_words_that_come_too_late_are_kept_for_the_next_question(here: House) -> None:
    await here.crowd(8)
    person = here.participant()
    await person.until("Waiting")
    await here.go_to("ideas")
    await person.asked("What would you change?")
    # Nothing interrupts somebody who types: what was begun before the question closed comes after.
    person.type("Fewer for")
    await here.next()
    person.type("ms\n")
    await person.until("Not taken: This question has closed.")
    await person.until("Your words are kept in this window")
    await here.room.submit(Go(here.room.session.place, Direction.AGAIN))
    await here.next()
    await person.until("You had not sent: “Fewer forms” Type kept to send it here.")
    await person.until("Answer:")
    person.enter("kept")
    await person.until("Recorded: Fewer forms")
