"""A whole session facilitated in plain lines, in a real room."""

from __future__ import annotations

from pathlib import Path

from line_terminal import House, LineTerminal, house
from rooms import seen

from tisu_tui.core.form import Value
from tisu_tui.core.records import RecordKind
from tisu_tui.core.translation import speaking
from tisu_tui.desk.bindings import table
from tisu_tui.plain.desk import moment_lines
from tisu_tui.session.commands import Leave
from tisu_tui.session.session import Fate
from tisu_tui.view.view import Role
from tisu_tui.workshop.library import find


async def moment(terminal: LineTerminal) -> list[str]:
    """Read the next four lines that say where the session stands."""
    return (await terminal.until("Next: "))[-4:]


async def go(terminal: LineTerminal, *words: str) -> list[str]:
    """Type words one after the other, each once the change before it was told."""
    told: list[str] = []
    for word in words:
        terminal.enter(word)
        told = await moment(terminal)
    return told


async def go_to(terminal: LineTerminal, title: str, state: str) -> list[str]:
    told: list[str] = []
    while title not in "".join(told[:1]) or told[1] != f"Now: {state}":
        is_empty = told[3:] == ["Next: type what there is to choose from"]
        told = await go(terminal, "skip" if is_empty else "next")
    return told


async def test_every_change_is_told_in_four_lines_and_the_end_has_the_notes(here: House) -> None:
    await here.crowd(8)
    terminal = here.facilitator()
    assert await moment(terminal) == [
        "Lobby: A day on the moon",
        "Now: waiting",
        "Progress: 8 people are here.",
        "Next: go to “How are you just now?”",
    ]
    step = "Step 1 of 6: How are you just now?"
    assert await go(terminal, "next") == [
        step,
        "Now: waiting",
        "Progress: 8 people are here.",
        "Next: open the question",
    ]
    assert await go(terminal, "next") == [
        step,
        "Now: open",
        "Progress: Waiting for answers.",
        "Next: close the question",
    ]
    assert (await go(terminal, "next"))[1::2] == ["Now: closed", "Next: show the result"]
    assert (await go(terminal, "next"))[1::2] == ["Now: shown", "Next: go to “How far along are we?”"]
    assert (await go(terminal, "again"))[1] == "Now: waiting"
    told = await go(terminal, "end")
    assert told[0] == "Step 6 of 6: Reading the notes together"
    told = await go(terminal, "back")
    assert told[:2] == [step, "Now: waiting"]
    told = await go(terminal, "end", "end")
    assert told[1] == "Now: ended"
    assert await terminal.until("Notes: ") == ["Notes: exports/moon.md"]
    terminal.enter("leave")
    await terminal.until("Goodbye. Please close this window.")


async def test_an_answer_moves_nothing_but_the_progress_on_the_tick(here: House) -> None:
    seats = await here.crowd(8)
    terminal = here.facilitator()
    await go_to(terminal, "How are you", "open")
    (field,) = here.room.session.form(8).fields
    await here.reply(seats, field.id, None)
    lines = await terminal.until("Progress: Nearly all of the room has answered.")
    assert all(line.startswith("Progress: ") for line in lines)


async def test_people_coming_in_are_told_in_one_line(here: House) -> None:
    terminal = here.facilitator()
    await moment(terminal)
    await here.crowd(1)
    assert await terminal.until("Progress: ") == ["Progress: 1 person is here."]


async def test_what_is_written_after_the_end_is_not_said_to_be_done(here: House) -> None:
    await here.crowd(8)
    terminal = here.facilitator()
    await moment(terminal)
    terminal.enter("end")
    await terminal.until("Now: reading")
    terminal.enter("end")
    await terminal.until("Now: ended")
    for line in ("action Ring Jo @sam 2026-12-01", "note tea", "lock"):
        terminal.enter(line)
        await terminal.until("Not taken: The session has moved on since. Nothing was changed.")


async def test_the_same_press_twice_goes_one_step(here: House) -> None:
    await here.crowd(8)
    terminal = here.facilitator()
    await moment(terminal)
    terminal.enter("next", "next")
    assert "Already done." in await terminal.until("Next: ")
    assert here.room.session.place.step == 0
    terminal.enter("again")
    await terminal.until("Not taken: Only a step that has been shown")


async def test_words_are_sorted_by_the_facilitator(here: House) -> None:
    seats = await here.crowd(8)
    terminal = here.facilitator()
    await go_to(terminal, "What would", "open")
    terminal.enter("words")
    await terminal.until("People are writing. You read their words once you have closed the question.")
    for seat, words in zip(seats, ("a tea", "b cake", "c rest", "d name of Jo", "e", "f", "g", "h"), strict=True):
        await here.reply([seat], "ideas", (words,))
    await go(terminal, "next")
    await terminal.until("People wrote something, and only you have it so far. Type words to hear it.")
    terminal.enter("words")
    assert await terminal.until("8. ") == [
        "1. a tea (held)",
        "2. b cake (held)",
        "3. c rest (held)",
        "4. d name of Jo (held)",
        *(f"{n}. {letter} (held)" for n, letter in ((5, "e"), (6, "f"), (7, "g"), (8, "h"))),
    ]
    await go(terminal, "strike 4", "reword 3: a rest at noon", "keep 1 and 2", "theme Slow down: 1 and 3", "keep all")
    terminal.enter("words")
    lines = await terminal.until("Theme ")
    assert "1. a tea (kept as written)" in lines
    assert "3. a rest at noon (kept as written)" in lines
    assert "4. (struck)" in lines
    assert not any("Jo" in line for line in lines)
    assert lines[-1] == "Theme Slow down: 1 3"
    held = here.room.session.round
    assert held is not None
    assert {line.fate for line in held.held} == {Fate.KEPT, Fate.STRUCK}
    terminal.enter("keep 9")
    await terminal.until("Not taken: There is no line 9.")
    terminal.enter("show")
    assert "“Slow down”: “a tea”, “a rest at noon”" in await terminal.until("“b cake”")
    assert (await go(terminal, "theme Slow down:"))[1] == "Now: closed"
    assert here.room.session.round is not None
    assert here.room.session.round.themes == ()


async def test_choices_are_prepared_before_a_question_opens(here: House) -> None:
    await here.crowd(8)
    terminal = here.facilitator()
    await go_to(terminal, "Which of these?", "waiting")
    terminal.enter("option Tea", "option Cake", "option Rest", "option 2: Biscuits", "drop 1")
    for _n in range(5):
        await terminal.until("Done")
    await moment(terminal)
    terminal.enter("options")
    assert await terminal.until("2. ") == ["1. Biscuits", "2. Rest"]
    terminal.enter("option 9: Milk")
    await terminal.until("Not taken: there is no choice 9")


async def test_the_scribe_fills_headings_in_one_at_a_time(here: House) -> None:
    await here.crowd(8)
    terminal, listening = here.facilitator(), here.participant()
    await go_to(terminal, "What gets in the way?", "open")
    lines = await terminal.asked("What gets in the way? (1 of 2)")
    assert lines[1] == "Helps"
    terminal.enter("People are kind")
    assert await terminal.until("Recorded") == ["Recorded"]
    terminal.enter("> next")
    await terminal.until("Recorded")
    assert "Written down: Helps: next" in await listening.until("Written down: Helps: next")
    terminal.enter("")
    assert (await terminal.asked("What gets in the way? (2 of 2)"))[1] == "Gets in the way"
    terminal.enter("people 9 to 5 are tired", "action plans nobody reads")
    await terminal.until("Recorded")
    await terminal.until("It has no owner or no date yet.")  # `action` is a word of its own
    terminal.enter("withdraw")
    await terminal.asked("What gets in the way? (2 of 2)")
    terminal.enter("Time", "done")
    await terminal.until("That was the last one.")
    at = here.room.session.round
    assert at is not None
    assert list(dict(at.entries).values()) == [("People are kind", "next"), ("Time",)]
    told = await go(terminal, "next")
    assert told[1] == "Now: shown"
    terminal.enter("show")
    assert "Helps. What we said: People are kind." in await terminal.until("Gets in the way.")


async def test_actions_are_written_with_owner_and_date(here: House) -> None:
    await here.crowd(8)
    terminal = here.facilitator()
    await go_to(terminal, "Who does what?", "open")
    await terminal.asked("Who does what?")
    terminal.enter("Book the room @sam 2026-12-01")
    assert await terminal.until("Recorded") == ["Recorded"]
    terminal.enter("Tell the others @lea 2026-13-01")
    assert "2026-13-01" in (await terminal.until("Not taken: "))[-1]
    terminal.enter("Ask the board for cover @kim 2026-12-02")
    await terminal.until("Recorded")
    assert [record.kind for record in here.room.session.records] == 2 * [RecordKind.ACTION]
    for begins in ("Concern about", "Again we ask for", "Twice a week discuss", "Propose fewer", "Add a lamp for"):
        terminal.enter("undo")
        await terminal.until("Taken back: ")
        sentence = f"{begins} nights @kim 2026-12-02"
        terminal.enter(sentence)
        assert (await terminal.until(("Recorded", "Not taken")))[-1] == "Recorded"
        assert here.room.session.records[-1].kind is RecordKind.ACTION
        assert here.room.session.records[-1].text == sentence.partition(" @")[0]
    terminal.enter("undo")
    await terminal.until("Taken back: ")
    # A phone writes every word of command with a capital letter.
    terminal.enter("Note Kim left early", "People 9")
    for _n in range(2):
        await terminal.until(("Done", "Recorded"))
    assert [*here.room.session.jottings] == ["Kim left early"]
    assert "Only you see it, and it is gone when the session is sealed." in terminal.lines
    terminal.enter("decide We try it", "ask More staff @board 2027-01-01", "park Parking", "action Buy tea")
    for _n in range(4):
        await terminal.until("Recorded")
    await terminal.until("It has no owner or no date yet.")
    terminal.enter("done")
    await terminal.until("That was the last one.")
    records = [(record.kind, record.text, record.owner, record.due) for record in here.room.session.records]
    assert records == [
        (RecordKind.ACTION, "Book the room", "sam", "2026-12-01"),
        (RecordKind.DECISION, "We try it", "", ""),
        (RecordKind.ASK, "More staff", "board", "2027-01-01"),
        (RecordKind.PARK, "Parking", "", ""),
        (RecordKind.ACTION, "Buy tea", "", ""),
    ]
    terminal.enter("next")
    await terminal.until("Next: ")
    terminal.enter("next")
    await terminal.until("Step 6 of 6: Reading the notes together")
    assert "2. Book the room — @sam, due 1 December 2026" in await terminal.until("5. Parking")
    terminal.enter("strike 2 5")
    await terminal.until("Done")
    await terminal.until("Line 5 is taken out.")
    await terminal.until("The lines behind it have other numbers now.")
    terminal.enter("words")
    await terminal.until("3. More staff")
    assert [record.text for record in here.room.session.records] == ["We try it", "More staff", "Buy tea"]


async def test_a_small_room_agrees_aloud_and_the_scribe_enters_it(here: House) -> None:
    await here.crowd(3)
    terminal = here.facilitator()
    await go_to(terminal, "How far along", "open")
    lines = await terminal.asked("How far along are we? (1 of 3)")
    assert "3. Partly in place" in lines
    assert not any("Nobody sees who passed" in line for line in lines)
    terminal.enter("9")
    await terminal.until("Not taken: choose 1 to 3, d, x")
    terminal.enter("3")
    await terminal.until("Recorded")
    await terminal.asked("How far along are we? (2 of 3)")
    terminal.enter("labels")
    await terminal.until("p. Go on")
    terminal.enter("p")
    await terminal.asked("How far along are we? (3 of 3)")
    terminal.enter("1")
    await terminal.until("That was the last one.")
    at = here.room.session.round
    assert at is not None
    expected: dict[str, Value] = {"R1": ("3",), "R3": ("1",)}
    assert dict(at.entries) == expected


async def test_who_is_here_and_the_other_counts(here: House) -> None:
    await here.crowd(3)
    terminal = here.facilitator()
    await moment(terminal)
    await go(terminal, "hands 2", "people 4", "lock")
    assert {"Without a device: 2.", "People in the room, as you counted: 4."} < {*terminal.lines}
    assert "Done: room locked." in terminal.lines
    for what in ("words in place of numbers", "numbers again"):
        terminal.enter("careful")
        await terminal.until(f"Done: {what}.")
    terminal.enter("who")
    lines = await terminal.until("The room is locked.")
    assert lines[:3] == ["Joined: 3.", "People in the room, as you counted: 4.", "Without a device: 2."]
    assert any(line.startswith("5–7: We are a small room.") for line in lines)
    await go(terminal, "lock", "people 0")
    session = here.room.session
    assert (session.people, session.hands, session.locked) == (None, 2, False)
    terminal.enter("people many")
    await terminal.until("Not taken: people 9:")


async def test_how_many_lead_others_is_heard_as_it_was_read(tmp_path: Path) -> None:
    async with house(tmp_path, find("recommendations").read_text("utf-8")) as here:
        terminal = here.facilitator()
        await moment(terminal)
        for word in ("leaders 3", "who"):
            terminal.enter(word)
            await terminal.until("Lead others: 3")


async def test_steps_are_added_skipped_and_run_again(here: House) -> None:
    await here.crowd(8)
    terminal = here.facilitator()
    await moment(terminal)
    await go(terminal, "next", "add gather Tea or cake?", "skip")
    assert here.room.session.workshop.steps[1].title == "Tea or cake?"
    terminal.enter("add sandwich For all")
    await terminal.until("Not taken: there is no kind “sandwich”")
    told = await go(terminal, "skip", "back")
    assert told[0].startswith("Step 2 of 7: ")


async def test_notes_are_read_on_request_only(here: House) -> None:
    await here.crowd(8)
    terminal = here.facilitator()
    await go_to(terminal, "How are you", "open")
    assert b"Never ask who" not in terminal.written
    terminal.enter("note Slow down")
    await terminal.until("Recorded")
    terminal.enter("notes")
    assert "Never ask who." in await terminal.until("Your note: Slow down")


async def test_help_reads_every_word_and_leaving_leaves_the_session(here: House) -> None:
    terminal = here.facilitator(pty=True)
    await moment(terminal)
    terminal.type("help\r")
    said = " ".join(await terminal.until("A laptop to pass round"))
    assert [row.word for row in table() if row.word and row.usage not in said] == []
    terminal.type("nonsense\r")
    await terminal.until("Not taken: that is not one of the words")
    terminal.type("leave\r")
    await terminal.until("Goodbye. The session goes on.")
    await terminal.closed()
    assert not here.room.session.is_ended


async def test_steps_of_any_kind_are_added_and_those_to_come_are_moved(here: House) -> None:
    await here.crowd(8)
    terminal = here.facilitator()
    await moment(terminal)
    await go(terminal, "next")
    terminal.enter("add choose up to 2 Which first?: swap shifts | two rotas | none (as it is)")
    await terminal.until("Done")
    await terminal.until("This is for information. Nothing is decided by it.")
    terminal.enter("add rate How far?")
    assert "Write it like: add rate" in (await terminal.until("Not taken: "))[-1]
    await go(terminal, "move 2 to 3")
    terminal.enter("plan")
    await terminal.until("1. How are you just now?: check-in (now)")
    assert (await terminal.until("3. "))[-1] == "3. Which first?: choose"
    terminal.enter("move 5 to 4")
    await terminal.until("Not taken: a step can't come before one that it takes from")
    terminal.enter("move 1 to 4")
    await terminal.until("Not taken: Only steps that are still to come")
    terminal.enter("move it")
    await terminal.until("Not taken: move 6 to 4")


async def test_steps_that_were_never_reached_are_not_done_when_it_ends(here: House) -> None:
    terminal = here.facilitator()
    await moment(terminal)
    await go(terminal, "next")
    await go(terminal, "end")
    terminal.enter("plan")
    await terminal.until("1. How are you just now?: check-in (done)")
    assert not (await terminal.until("2. "))[-1].endswith("(done)")


async def test_answers_on_paper_are_counted(here: House) -> None:
    await here.crowd(8)
    terminal = here.facilitator()
    await moment(terminal)
    await go(terminal, "hands 3", "next")
    terminal.enter("paper 1: 2")
    await terminal.until("Not taken: Paper is counted while a question is open")
    await go(terminal, "add choose Which?: tea | rain", "skip", "next")
    terminal.enter("paper 1: 2, 2: 1")
    assert await terminal.until("Counted on paper") == ["Done", "Counted on paper: 3 of 3."]
    terminal.enter("paper 2:4")
    await terminal.until("Not taken: That is more than the 3 people without a device.")
    terminal.enter("paper tea")
    await terminal.until("Not taken: paper 1: 3, 2: 4")
    assert (await go(terminal, "next"))[1] == "Now: closed"
    terminal.enter("show")
    await terminal.until("People without a device were asked by hand, on paper or on a shared laptop.")


async def test_a_second_facilitator_takes_the_lead_when_they_say_so(here: House) -> None:
    await here.crowd(8)
    first = here.facilitator()
    await moment(first)
    second = here.facilitator()
    leading = "Another private screen is leading. To lead from here: press f, or type take."
    assert leading in await second.until("Next: ")
    second.enter("next")
    await second.until(f"Not taken: {leading}")
    second.enter("note Slow down")
    await second.until("Recorded")
    second.enter("take")
    assert leading in await first.until("Next: ")
    told = await second.until("Next: ")
    assert told.count("This screen is leading now.") == 1
    assert leading not in told
    assert (await go(second, "next"))[1] == "Now: waiting"
    await moment(first)
    first.enter("next")
    await first.until(f"Not taken: {leading}")
    second.hang_up()
    assert (await first.until("Next: ")).count("This screen is leading now.") == 1


async def test_people_hear_that_the_facilitator_has_dropped_out_and_is_back(here: House) -> None:
    person = here.participant()
    await person.until("Waiting")
    first = here.facilitator()
    await moment(first)
    first.hang_up()
    await person.until("The facilitator has lost the connection. Your answers are safe. Please wait a moment.")
    await moment(here.facilitator())
    await person.until("All is well again.")


async def test_what_was_changed_is_taken_back_and_how_a_line_was_read_is_said(here: House) -> None:
    await here.crowd(8)
    terminal = here.facilitator()
    await moment(terminal)
    terminal.enter("action Ring Jo @ann 2026-12-04")
    assert await terminal.until("Kept as: ") == ["Recorded", "Kept as: ann, Friday 4 December 2026"]
    terminal.enter("undo")
    await terminal.until("Taken back: action: Ring Jo @ann 2026-12-04")
    assert not here.room.session.records
    terminal.enter("lock", "take back")
    await terminal.until("Taken back: room locked")
    assert not here.room.session.locked
    terminal.enter("park One", "park Two", "undo")
    await terminal.until("Taken back: parked: Two")
    # What lies further back is named first: who types undo now may mean something that it doesn't take back.
    terminal.enter("undo")
    await terminal.until("undo takes this back: parked: One")
    assert here.room.session.records
    terminal.enter("undo")
    await terminal.until("Taken back: parked: One")
    terminal.enter("next")
    await terminal.until("undo takes this back: gone on to How are you just now?")
    terminal.enter("undo")
    await terminal.until("Lobby: ")
    terminal.enter("undo")
    await terminal.until("Not taken: There is nothing to take back.")


async def test_a_line_that_is_no_command_is_kept_until_it_is_filed(here: House) -> None:
    terminal = here.facilitator()
    await moment(terminal)
    terminal.enter("q", "park")
    await terminal.until("Not taken: that is not one of the words. To keep it")
    await terminal.until("Recorded")
    terminal.enter("Put a break in the rota", "action")
    await terminal.until("Kept as: nobody yet, no day yet")
    assert [(record.kind, record.text) for record in here.room.session.records] == [
        (RecordKind.PARK, "q"),
        (RecordKind.ACTION, "Put a break in the rota"),
    ]
    terminal.enter("action")
    await terminal.until("Not taken: action WHAT @OWNER DUE: writes an action down.")


async def test_what_can_not_be_read_or_done_says_how_it_is_written_or_why_not(here: House) -> None:
    terminal = here.facilitator()
    await moment(terminal)
    refused = {
        "signals": "Nobody has signalled anything just now.",
        "signals maybe": "signals: asks the room",
        "propose": "propose 2: settles",
        "propose we try": "a proposal is settled before its question opens.",
        "theme x": "theme NAME: 1 4 7: puts",
        "move 3": "move 6 to 4: moves",
        "paper 1": "paper 1: 3, 2: 4: counts",
        "drop": "drop 2: takes",
        "option": "option WORDS: adds",
        "option 2: tea": "there is no choice 2",
    }
    of_lines = {
        "reword tea": "reword 2: WORDS: puts",
        "reword 9: tea": "there is no line 9",
        "keep": "keep 1 4: keeps",
        "keep 9": "there is no line 9",
        "strike x": "strike 1 4: takes",
        "strike 9": "there is no line 9",
    }
    for line, why in refused.items():
        terminal.enter(line)
        assert (await terminal.until("Not taken: "))[-1].startswith(f"Not taken: {why}"), line
    terminal.enter("park Tea for the night team")
    await go(terminal, "end")
    before = here.room.session
    for line, why in of_lines.items():
        terminal.enter(line)
        assert (await terminal.until("Not taken: "))[-1].startswith(f"Not taken: {why}"), line
    assert here.room.session == before


async def test_a_result_that_waits_says_why_to_the_facilitator_and_accept_lets_it_go_on(here: House) -> None:
    seats = await here.crowd(8)
    person, terminal = here.participant(seats[-1]), here.facilitator()
    await here.go_to("ideas")
    await here.reply(seats, "ideas", ("tea",))
    await here.room.submit(Leave(seats[0]))
    await here.reply(await here.crowd(1), "ideas", ("tea",))
    terminal.enter("next")
    await terminal.until("More people answered than are here, so the result waits.")
    await terminal.until("Next: accept the result, or ask again")
    terminal.enter("next")
    await terminal.until("Not taken: This result waits. Type accept to show it, or again to ask once more.")
    terminal.enter("accept")
    await terminal.until("Next: show the result")
    assert not any("More people" in line for line in person.lines)


async def test_the_state_is_said_in_the_language_of_who_leads(here: House) -> None:
    await here.crowd(8)
    for state, said in (("waiting", "czeka"), ("open", "otwarte"), ("shown", "pokazane")):
        await here.go_to("arrive", state)
        view = await seen(here.room, Role.FACILITATOR)
        assert f"Now: {state}" in moment_lines(view)
        with speaking("pl"):
            assert f"Teraz: {said}" in moment_lines(view)


async def test_a_line_that_was_taken_back_does_not_come_back_with_the_next(here: House) -> None:
    await here.crowd(8)
    terminal, person = here.facilitator(), here.participant()
    await go_to(terminal, "What gets in the way?", "open")
    await terminal.until("Answer:")
    for line in ("Tea", "Cake"):
        terminal.enter(line)
        await terminal.until("Recorded")
    terminal.enter("undo")
    await terminal.until("Taken back: written down: Cake")
    await person.until("Written down: Helps: Cake")
    await person.until("Written down: Helps: Tea")
    terminal.enter("Rest")
    await terminal.until("Recorded")
    at = here.room.session.round
    assert at is not None
    assert list(dict(at.entries).values()) == [("Tea", "Rest")]
    await person.until("Written down: Helps: Rest")
    terminal.enter("withdraw")
    await terminal.until("Done")
    await person.until("Written down: Helps: nothing now")
    terminal.enter("park The bikes", "undo")
    await person.until("Written down: The bikes")
    await person.until("Taken back: The bikes")
