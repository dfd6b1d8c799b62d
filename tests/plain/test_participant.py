"""A participant's session in plain lines, in a real room."""

from __future__ import annotations

import re
from pathlib import Path

from line_terminal import House, house

from tisu_tui.core.activity import Tier
from tisu_tui.core.form import Pick
from tisu_tui.core.records import RecordKind
from tisu_tui.core.released import Finding
from tisu_tui.core.size import Size
from tisu_tui.core.translation import speaking
from tisu_tui.privacy.notice import promise
from tisu_tui.session.commands import (
    Bring,
    Careful,
    CountHands,
    Direction,
    GiveSlips,
    Go,
    Lend,
    Lock,
    Sent,
    TakeBack,
    WriteRecord,
)
from tisu_tui.session.outcomes import Done
from tisu_tui.session.session import Fate

WELCOME = "Welcome. You can pass, pause or leave at any time. No one will ask you why."


def three_words(lines: list[str]) -> str:
    (said,) = (line for line in lines if line.startswith("Your three words: "))
    return said.removeprefix("Your three words: ")


async def test_the_lobby_greets_and_says_how_to_come_back(here: House) -> None:
    terminal = here.participant()
    lines = await terminal.until("Waiting")
    words = three_words(lines)
    assert lines[0] == WELCOME
    assert "This window keeps what is typed and read in it. Close it when you are done." in lines
    dashed = words.replace(" ", "-")
    assert any(line.endswith(f"ssh -p 2222 rain42+plain+{dashed}@192.0.2.7") for line in lines)
    assert "A day on the moon" in lines
    assert "Bring a coat." in lines
    assert lines.count(WELCOME) == 1


async def test_a_question_has_its_lines_in_order_and_answer_comes_last(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant()
    await terminal.until("Waiting")
    await here.go_to("arrive", "waiting")
    assert (await terminal.until("Please note: "))[0] == "Waiting"
    await here.next()
    lines = await terminal.until("Answer:")
    assert lines == [
        "Question: How are you just now?",
        "1. Below",
        "2. In the window",
        "3. Above",
        "m. Mixed",
        "u. Not sure",
        "p. Pass is a real answer. Nobody sees who passed.",
        promise(Tier.ROOM, Size(9), frozenset({Finding.WINNER}), words=False) + " It opened with 9 screens.",
        "Answer:",
    ]


async def test_an_answer_about_a_person_is_not_saved_and_a_pass_says_the_same(here: House) -> None:
    await here.crowd(8)
    answering, passing, typing_p = here.participant(), here.participant(), here.participant()
    for terminal in (answering, passing, typing_p):
        await terminal.until("Waiting")
    await here.go_to("arrive")
    heard = []
    for terminal, line in ((answering, "2"), (passing, "pass"), (typing_p, "P")):
        await terminal.until("Answer:")
        terminal.enter(line)
        heard.append(await terminal.until("Waiting"))
    assert heard[0] == ["Kept until this closes: In the window.", "Waiting"]
    assert heard[1] == heard[2] == ["Kept until this closes: Pass.", "Waiting"]


async def test_what_is_no_answer_is_not_taken(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant()
    await terminal.until("Waiting")
    terminal.enter("3")
    assert await terminal.until("Not taken: ") == ["Not taken: nothing is asked just now."]
    await here.go_to("arrive")
    await terminal.asked("How are you")
    for wrong in ("7", "0", "1 2", "none of these things", "999999999999999999999"):
        terminal.enter(wrong)
        assert len(await terminal.until("Not taken: ")) == 1
    terminal.enter("1")
    assert await terminal.until("Kept until this closes: ") == ["Kept until this closes: Below."]


async def test_statements_are_asked_one_by_one_and_the_scale_is_read_once(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant()
    await terminal.until("Waiting")
    await here.go_to("rows")
    first = await terminal.asked("How far")
    assert first[:2] == ["Question: How far along are we? (1 of 3)", "R1 People can see that leaders care."]
    assert "3. Partly in place" in first
    terminal.enter("3")
    sure = await terminal.until("Answer:")
    assert sure[:3] == ["Recorded: 3 Partly in place.", "Question: How sure are you?", "1. A guess"]
    terminal.enter("p")
    second = await terminal.until("R2 ")
    assert second == ["Recorded: Pass.", "R2 Leaders have been trained."]
    terminal.enter("labels")
    labels = await terminal.until("If five or more answer")
    assert "3. Partly in place" in labels
    assert "p. Pass." in labels
    terminal.enter("p")
    assert await terminal.until("Last one") == ["Recorded: Pass.", "Last one: R3 People have a say."]
    terminal.enter("d")  # don't know: sureness is not asked
    assert (await terminal.until("Waiting")) == ["Recorded: Don't know.", "Waiting"]


async def test_what_follows_on_a_statement_is_asked_again_with_it(here: House) -> None:
    await here.crowd(8)
    first = here.participant()
    words = three_words(await first.until("Waiting")).replace(" ", "-")
    await here.go_to("rows")
    await first.asked("How far")
    first.enter("3")
    await first.until("Answer:")
    first.enter("2")
    await first.until("R2 ")
    first.enter("3")
    await first.until("Sure?")
    first.enter("pause", "on")
    again = "Question: R2 Leaders have been trained. How sure are you?"
    assert (await first.until("Answer:"))[-2:] == [again, "Answer:"]
    back = here.participant(words)
    asked = await back.until("Answer:")
    assert again in asked
    assert any(line.startswith("If five or more answer") for line in asked)
    back.enter("2")
    await back.until("Recorded: Fairly sure.")


async def test_as_many_numbers_as_statements_answer_them_all(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant()
    words = three_words(await terminal.until("Waiting"))
    await here.go_to("rows")
    await terminal.asked("How far")
    terminal.enter("1 2")
    assert "3 numbers" in (await terminal.until("Not taken: "))[0]
    terminal.enter("1 2 9")
    assert (await terminal.until("Not taken: ")) == [
        "Not taken: choose 1 to 3, d, x, or p to pass.",
    ]
    terminal.enter("1, 2, p")
    assert await terminal.until("Waiting") == ["Recorded: 1, 2, pass.", "Waiting"]
    assert here.room._kept.box is not None
    assert here.room._kept.box.answer(words.replace(" ", "-")) == {
        "R1": ("1",),
        "R1.sureness": None,
        "R2": ("2",),
        "R2.sureness": None,
        "R3": None,
    }


async def test_numbers_that_are_left_count_from_where_one_is(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant()
    await terminal.until("Waiting")
    await here.go_to("rows")
    await terminal.asked("How far")
    terminal.enter("1")
    await terminal.until("Answer:")  # how sure
    terminal.enter("2 3 1")
    assert "2 numbers" in (await terminal.until("Not taken: "))[0]
    terminal.enter("2 3")
    assert await terminal.until("Waiting") == ["Recorded: 2, 3.", "Waiting"]


async def test_words_are_sent_line_by_line_and_a_mark_makes_words_of_a_command(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant()
    words = three_words(await terminal.until("Waiting"))
    await here.go_to("ideas")
    lines = await terminal.asked("What would")
    assert "p. Pass." in lines  # that it is an answer was heard with the first question
    assert any("In a small group, people may guess who wrote them." in line for line in lines)
    terminal.enter("A day with no email", "> help", "work less please", "3", "one\x1b]0;x\x07 \u202eend")
    for _n in range(5):
        await terminal.until("Recorded")
    terminal.enter("p")
    await terminal.until("Waiting")
    assert here.room._kept.box is not None
    assert here.room._kept.box.answer(words.replace(" ", "-")) == {
        "ideas": ("A day with no email", "help", "work less please", "3", "one end")
    }


async def test_lines_are_mended_while_they_are_written_and_when_all_are_sent(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant()
    words = three_words(await terminal.until("Waiting")).replace(" ", "-")
    await here.go_to("ideas")
    await terminal.asked("What would")
    terminal.enter("tea", "cake")
    await terminal.until("Recorded: cake.")
    terminal.enter("mend 1: more tea")
    await terminal.until("Recorded: more tea. Line 1 was: tea")
    terminal.enter("drop 3")
    await terminal.until("Not taken: there is no line 3 of yours.")
    terminal.enter("")
    await terminal.until("You have answered.")
    terminal.enter("drop 2")
    await terminal.until("Recorded: Taken out. Line 2 was: cake")
    assert len(await terminal.until("You have answered.")) == 2
    terminal.enter("repeat")
    assert await terminal.until("You have answered.") == [
        "Waiting",
        "You have answered. Until this closes you can type change, or withdraw.",
    ]
    assert here.room._kept.box is not None
    assert here.room._kept.box.answer(words) == {"ideas": ("more tea",)}


async def test_several_numbers_are_several_dots(here: House) -> None:
    seats = await here.crowd(8)
    terminal = here.participant()
    words = three_words(await terminal.until("Waiting"))
    await here.go_to("ideas")
    await here.reply(seats, "ideas", ("Less email", "More tea"))
    await here.next()
    await terminal.until("Waiting")
    facilitator = here.facilitator()
    await facilitator.until("Next: ")
    facilitator.enter("theme Less email: 1", "theme More tea: 9")
    await facilitator.until("Done")
    await here.go_to("which")
    assert "We decide this here." in await terminal.until("We decide this here.")
    lines = await terminal.asked("Which")
    assert "We decide this here." not in lines  # heard before it opened
    assert lines.index("2. More tea") < lines.index("p. Pass.")
    terminal.enter("1 1 1")
    await terminal.until("Not taken: ")
    terminal.enter("1 2 1")
    assert await terminal.until("Waiting") == ["Recorded: Less email ×2; More tea.", "Waiting"]
    assert here.room._kept.box is not None
    (chosen,) = here.room._kept.box.answer(words.replace(" ", "-")).values()
    assert chosen is not None
    assert len(chosen) == 3


async def test_change_asks_again_and_withdraw_takes_back(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant()
    words = three_words(await terminal.until("Waiting")).replace(" ", "-")
    await here.go_to("rows")
    await terminal.asked("How far")
    terminal.enter("1 2 3")
    await terminal.until("Waiting")
    terminal.enter("change")
    lines = await terminal.until("Answer:")
    assert "Question: How far along are we? (1 of 3)" in lines
    assert not any("Not started" in line for line in lines)
    terminal.enter("2", "", "", "", "", "")
    await terminal.until("Waiting")
    assert here.room._kept.box is not None
    answer = here.room._kept.box.answer(words)
    assert (answer["R1"], answer["R2"], answer["R3"]) == (("2",), ("2",), ("3",))
    terminal.enter("withdraw")
    await terminal.until("Your answer is taken back.")
    assert here.room._kept.box.answer(words) == {}
    assert "Question: How far along are we? (1 of 3)" in await terminal.until("Answer:")


async def test_a_late_answer_is_told_so(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant(pty=True)
    await terminal.until("Waiting")
    await here.go_to("arrive")
    await terminal.asked("How are you")
    terminal.type("2")
    await here.go_to("rows")
    assert "Recorded" not in terminal.written.decode()
    terminal.type("\r")
    lines = await terminal.until("Answer:")
    assert "Not taken: This question has closed." in lines
    assert "Question: How far along are we? (1 of 3)" in lines


async def test_nothing_breaks_into_typing(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant(pty=True)
    await terminal.until("Waiting")
    terminal.type("hel")
    before = terminal.written
    await here.go_to("arrive")
    second = here.participant()
    second.enter("")
    await second.until("Answer:")
    assert terminal.written == before
    terminal.type("\x15")
    await terminal.until("Answer:")


async def test_results_and_what_is_withheld(here: House) -> None:
    seats = await here.crowd(12)
    terminal = here.participant()
    await terminal.until("Waiting")
    await here.go_to("rows")
    await here.reply(seats, "R1", ("3",))
    await here.reply(seats, "R2", ("1",))
    await here.next()
    await terminal.until("This question has closed.")
    await here.next()
    await terminal.until("Result: How far along are we?")
    assert await terminal.until("3 statements") == [
        "Furthest to go: R2.",
        "3 statements: type more, or more 3.",
    ]
    terminal.enter("more 2")
    assert "R2 Leaders have been trained. Middle answer: 1 Not started." in (await terminal.until("R2 "))[-1]
    terminal.enter("more 4")
    assert await terminal.until("Not taken: ")
    terminal.enter("more")
    await here.go_to("ideas", "waiting")
    lines = await terminal.until("Waiting")
    assert any(line.startswith("R1 People can see that leaders care. Middle answer: 3 Partly") for line in lines)
    assert sum("We are not showing this one" in line for line in lines) == 1


async def test_a_long_result_begins_with_what_came_of_it_and_names_a_part_that_there_is(tmp_path: Path) -> None:
    lines = "1. We listen to each other to the very end, also when it is late and we would rather be at home.\n"
    lines += "2. What we say to each other here stays here in this room, except where somebody could be harmed.\n"
    async with house(
        tmp_path, f"---\ntisu: 1\ntitle: We\n---\n\n## Together\n\n`agree` `id together`\n\n{lines}"
    ) as here:
        seats = await here.crowd(6)
        await here.room.submit(CountHands(1))
        terminal = here.participant()
        await terminal.until("Waiting")
        laptop = await here.room.submit(Bring())
        await here.go_to("together")
        assert isinstance(laptop, Done)
        turn = await here.room.submit(Lend(laptop.seat, ""))
        assert isinstance(turn, Done)
        seats.append(turn.seat)
        for field in here.room.session.form(6).fields:
            await here.reply(seats, field.id, ("fine",) if isinstance(field, Pick) else None)
        await here.next(2)
        heard = (await terminal.until("2 parts"))[-3:]
        assert heard[1] == "All lines are kept."
        assert heard[2] == "2 parts: type more, or more 2."
        terminal.enter("more")
        await terminal.until("People without a device were asked")


async def test_what_is_written_down_beside_a_result_does_not_read_the_result_again(tmp_path: Path) -> None:
    step = "## Can we try it?\n\n`consent` `id try` `leaders may send back once`\n\nWe try it.\n"
    source = f"---\ntisu: 1\ntitle: Trying\n---\n\n{step}"
    async with house(tmp_path, source) as here:
        seats = await here.crowd(8)
        terminal = here.participant()
        await terminal.until("Waiting")
        await here.go_to("try")
        await here.reply(seats, "position", ("agree",))
        await here.next()
        await here.next()
        await terminal.until("“Can we try it?”: Carried.")
        for concern in ("Nights are long", "Lee has no cover"):
            await here.room.submit(Sent("desk", WriteRecord(RecordKind.CONCERN, concern)))
            said = f"Written down: Concerns and replies: {concern}"
            assert await terminal.until("Written down: ") == [said]
        await here.room.submit(Sent("desk", TakeBack("concern: Lee has no cover")))
        assert await terminal.until("“Nights are long”") == [
            "Taken back: Concerns and replies: Lee has no cover",
            "Result: Can we try it?", "“Can we try it?”: Carried.", "Concerns and replies.", "“Nights are long”"
        ]  # fmt: skip
        # What changes what was decided is heard, whatever is written down with it.
        await here.room.submit(WriteRecord(RecordKind.SEND_BACK, "No cover at night 2027-01-01"))
        await terminal.until("Written down: Sent back by leaders: No cover at night")
        await terminal.until("It does not stand until the group has decided again.")


async def test_an_aloud_step_has_a_talk_line_and_no_answer_line(here: House) -> None:
    terminal = here.participant()
    await here.crowd(2)
    await terminal.until("Waiting")
    await here.go_to("rows")
    await terminal.until("Question: How far along are we?")
    lines = await terminal.until("Talk: ")
    assert "1. Not started" in lines
    assert sum("Not started" in line for line in lines) == 1
    terminal.enter("2")
    assert not any(line.startswith("Answer:") for line in await terminal.until("Not taken: "))
    facilitator = here.facilitator()
    await facilitator.until("Answer:")
    facilitator.enter("2")
    assert await terminal.until("Written down: ") == [
        "Written down: R1 People can see that leaders care. 2 Early steps"
    ]


async def test_a_pause_leaves_no_trace_and_nothing_breaks_into_it(tmp_path: Path) -> None:
    async with house(tmp_path) as here:
        await here.crowd(8)
        terminal = here.participant()
        await terminal.until("Waiting")
        await here.go_to("arrive")
        await terminal.asked("How are you")
        stored = (tmp_path / "7k3m.json").read_bytes()
        terminal.enter("pause")
        assert "1. Look around" in await terminal.until("7. ")
        terminal.enter("1")
        assert (await terminal.until("Press Enter"))[0] == "Let your eyes move round the room."
        terminal.enter("")
        assert await terminal.until("Find three") == ["Find three things that are the same colour."]
        assert (tmp_path / "7k3m.json").read_bytes() == stored
        await here.go_to("rows")
        terminal.enter("")
        assert await terminal.until("Notice") == ["Notice the door."]
        terminal.enter("ok")
        lines = await terminal.until("Answer:")
        assert lines[0] == "The pause has ended."
        assert "Question: How far along are we? (1 of 3)" in lines
        terminal.enter("pause", "stop")
        await terminal.until("The pause has ended.")
        assert "Question: How far along are we? (1 of 3)" in await terminal.until("Answer:")


async def test_coming_back_finds_the_seat_and_its_answer(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant()
    words = three_words(await terminal.until("Waiting"))
    await here.go_to("rows")
    await terminal.asked("How far")
    terminal.enter("1 2 3")
    await terminal.until("Waiting")
    terminal.hang_up()
    await here.tasks.pop(0)
    again = here.participant(words.replace(" ", "-"))
    lines = await again.until("Waiting")
    assert three_words(lines) == words
    assert any("step 2 of 6" in line for line in lines)
    assert not any("Question" in line for line in lines)
    takes_over = here.participant(words.replace(" ", "-"))
    await takes_over.until("Waiting")
    await again.until("Your three words are in use in another window.")
    await again.closed()
    assert len(here.room._kept.seats) == 9


async def test_three_words_typed_as_a_line_bring_the_seat_back_with_one_ballot(here: House) -> None:
    await here.crowd(8)
    first = here.participant()
    words = three_words(await first.until("Waiting"))
    await here.go_to("rows")
    await first.asked("How far")
    first.enter("1 2 3")
    await first.until("Waiting")
    first.hang_up()
    await here.tasks.pop(0)
    fresh = here.participant()
    await fresh.until("Have you been here before?")
    fresh.enter("")
    await fresh.until("Answer:")
    fresh.enter("3")
    await fresh.until("Answer:")
    fresh.enter(f"back {words}")
    lines = await fresh.until("Waiting")
    assert three_words(lines) == words
    assert here.room._kept.box is not None
    assert len(here.room._kept.box.answers) == 1
    assert len(here.room._kept.seats) == 9
    fresh.enter("back " + words.replace(" ", "-"))
    await fresh.until("You are here with these words already.")


def test_words_that_are_nobodys_put_nobody_out(tmp_path: Path) -> None:
    async def story(here: House) -> None:
        terminal = here.participant("no-such-words")
        await terminal.until("Not taken: ")
        await terminal.until("Type your three words")
        terminal.enter("")
        await terminal.until("Waiting")
        for _n in range(9):
            terminal.enter("back not my words")
            await terminal.until("Not taken: We don't know these three words.")
        await here.crowd(7)
        await here.go_to("ideas")
        await terminal.asked("What would you change?")
        terminal.enter("back to basics please")
        await terminal.until("Recorded")


async def test_somebody_who_comes_in_the_middle_is_asked_whether_they_were_here(here: House) -> None:
    (seat, *_others) = await here.crowd(8)
    await here.go_to("rows")
    for said, seats in ((seat.replace("-", " "), 8), ("", 9)):
        late = here.participant()
        await late.until("Have you been here before?")
        late.enter(said)
        assert (three_words(await late.until("Type help")) == seat.replace("-", " ")) is bool(said)
        assert len(here.room._kept.seats) == seats


async def test_notes_of_which_nothing_is_left_are_said_to_be_empty(here: House) -> None:
    await here.crowd(7)
    terminal, desk = here.participant(), here.facilitator()
    await terminal.until("Waiting")
    await desk.until("Next: ")
    desk.enter("end")
    await desk.until("Nothing was written down.")
    await terminal.until("Result: Reading the notes together")
    assert await terminal.until("Nothing was") == ["Nothing was written down."]


async def test_who_has_only_come_is_not_told_that_something_was_not_taken(here: House) -> None:
    await here.room.submit(GiveSlips(3))
    terminal = here.participant()
    assert await terminal.until("Type your") == [
        "This session is by slip: come in with the three words of yours.",
        "Type your three words, or type leave.",
    ]
    terminal.enter("no such words")
    await terminal.until("Not taken: We don't know these three words.")


async def test_a_locked_room_lets_back_who_was_there(here: House) -> None:
    (seat,) = await here.crowd(1)
    await here.room.submit(Lock(True))
    terminal = here.participant()
    await terminal.until("The room is closed to newcomers.")
    await terminal.until("Type your three words")
    terminal.enter(seat.replace("-", " "))
    await terminal.until("Waiting")


async def test_leaving_says_one_thing_and_gives_the_seat_up(here: House) -> None:
    for keys in ("leave\n", "half\x18", "\x04"):
        terminal = here.participant(pty=keys != "leave\n")
        words = three_words(await terminal.until("Waiting"))
        terminal.type(keys)
        await terminal.until("Goodbye.")
        await here.tasks.pop()
        assert (words in "\n".join(terminal.rest())) is (keys != "half\x18")
        assert terminal.status == 0
        assert here.room._kept.seats == {}


async def test_help_names_the_commands_and_the_support(here: House) -> None:
    terminal = here.participant()
    await terminal.until("Waiting")
    terminal.enter("help")
    lines = await terminal.until("If you want to talk to someone: NHS 24, 111")
    assert "What you sent stays in unless you take it back first. You can come back." in lines
    for word in ("labels", "change", "withdraw", "pause", "leave", "p or pass"):
        assert any(line.startswith(word) for line in lines), word


async def test_the_notes_are_read_together_and_the_end_takes_care(here: House) -> None:
    await here.crowd(8)
    terminal, facilitator = here.participant(), here.facilitator()
    await terminal.until("Waiting")
    await facilitator.until("Next: ")
    facilitator.enter("action Book the room @sam 2026-12-01", "park Parking")
    await terminal.until("Written down: Book the room — @sam, due 1 December 2026")
    while not here.room.session.is_reading:
        await here.next()
    await terminal.until("Result: Reading the notes together")
    terminal.enter("more")
    assert "1. Book the room — @sam, due 1 December 2026" in await terminal.until("2. Parking")
    facilitator.enter("reword 2: The bikes", "strike 1")
    assert (await terminal.until("Line 2"))[-1] == "Line 2 is now: The bikes"
    assert await terminal.until("The lines") == [
        "Line 1 is taken out.",
        "The lines behind it have other numbers now.",
    ]
    terminal.enter("labels")
    assert await terminal.until("1. ") == ["Parked", "1. The bikes"]
    await here.next()
    await terminal.until("The end")
    await terminal.until("Some of this may stay with you.")
    assert "NHS 24" in (await terminal.until("If you want"))[0]


async def test_forty_columns_are_enough(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant(pty=True, columns=40)
    await terminal.until("Waiting")
    await here.go_to("arrive")
    await terminal.asked("How are you")
    terminal.type("2\r")
    await terminal.until("Waiting")
    assert max(map(len, terminal.lines)) <= 40
    assert set(re.findall(rb"[\x00-\x1f\x7f]", terminal.written)) == {b"\r", b"\n"}


async def test_going_back_and_again_ask_afresh(here: House) -> None:
    await here.crowd(8)
    terminal = here.participant()
    await terminal.until("Waiting")
    await here.go_to("arrive")
    await terminal.asked("How are you")
    terminal.enter("1")
    await terminal.until("Waiting")
    await here.next(2)
    await terminal.until("Result: ")
    await here.room.submit(Go(here.room.session.place, Direction.AGAIN))
    await here.next()
    assert "1. Below" in await terminal.until("Answer:")
    assert all(line.fate is Fate.HELD for round_ in here.room.session.rounds for line in round_.held)


async def test_plain_words_ask_the_room_to_count_heads(here: House) -> None:
    await here.crowd(8)
    terminal, desk = here.participant(), here.facilitator()
    await terminal.until("Waiting")
    await here.go_to("ideas")
    await terminal.asked("What would you change?")
    terminal.enter("language matters")
    await terminal.until("Recorded: language matters.")
    terminal.enter("too many screens")
    assert (await terminal.until("Is that an idea"))[-1].endswith("Type > too many screens to send it, or "
                                                                  "too many screens once more.")  # fmt: skip
    terminal.enter("too many screens")
    await terminal.until("Said. Soon the shared screen asks to count heads, and not who asked.")
    desk.enter("who")
    await desk.until("Somebody says that there are more screens than people.")


async def test_a_quiet_signal_is_listed_sent_and_never_read_out_to_others(here: House) -> None:
    await here.crowd(6)
    terminal, other = here.participant(), here.participant()
    await terminal.until("Waiting")
    await other.until("Waiting")
    terminal.enter("signal")
    assert "2: A break, please" in await terminal.until("4: ")
    terminal.enter("signal 9")
    await terminal.until("Not taken: there is no number 9; the last is 4")
    terminal.enter("signal 2")
    await terminal.until("Sent. The facilitator is told in a while, so that nobody can see it was you.")
    assert not any("break" in line for line in other.lines)


async def test_a_quiet_question_reaches_the_facilitator_alone_with_its_words(here: House) -> None:
    await here.crowd(6)
    terminal, other, desk = here.participant(), here.participant(), here.facilitator()
    await terminal.until("Waiting")
    await other.until("Waiting")
    terminal.enter("signal 2 Who reads THIS?")
    await terminal.until("Not taken: only a question has words behind its number.")
    terminal.enter("signal 4 Who reads THIS?")
    await terminal.until("Sent. The facilitator is told in a while, so that nobody can see it was you.")
    for n in range(4):
        here.room.pressed(f"s{n}")
    other.enter("help")
    await desk.until("Somebody has a question for the room. “Who reads THIS?”")
    assert not any("reads THIS" in line for line in other.lines)


async def test_who_waits_in_the_lobby_hears_what_changed_and_nothing_twice(here: House) -> None:
    terminal = here.participant()
    await terminal.until("Waiting")
    await here.crowd(3)
    for is_careful in (True, False):
        await here.room.submit(Careful(careful=is_careful))
    await here.next()
    lines = await terminal.until("Waiting")
    assert [line.partition(" ")[0] for line in lines[:-1]] == ["So", "This", "So"], lines


async def test_a_word_that_may_mean_everything_is_asked_about_in_polish_too(here: House) -> None:
    await here.crowd(7)
    with speaking("pl"):
        terminal = here.participant()
        await terminal.until("Czekamy")
    await here.go_to("ideas")
    await terminal.until("Pytanie: What would you change?")
    await terminal.until("Odpowiedź:")
    terminal.enter("wszystko")
    await terminal.until("To jest pomysł, czy chcesz usłyszeć wszystko, o co pytamy? Wpisz > wszystko")
    terminal.enter("> wszystko")
    await terminal.until("Zapisano: wszystko.")


async def test_a_point_whose_only_word_is_its_number_is_read_once(tmp_path: Path) -> None:
    words = {-2: "Cold", 10: "Warm"}
    points = "".join(f"- {n}: {words.get(n, n)}\n" for n in range(-2, 11))
    source = f"---\ntisu: 1\ntitle: A day\n---\n\n## How warm is our welcome?\n\n`scale` `id warm`\n\n{points}"
    async with house(tmp_path, source) as here:
        seats = await here.crowd(8)
        terminal = here.participant()
        await terminal.until("Waiting")
        await here.go_to("warm")
        lines = await terminal.until("Answer:")
        assert [line for line in lines if line[:1] in "−012"][:4] == ["−2. Cold", "−1.", "0.", "1."]
        terminal.enter("7")
        assert (await terminal.until("Recorded: "))[-1] == "Recorded: 7."
        await here.reply(seats, "answer", ("7",))
        await here.next(2)
        assert "The middle answer is “7”." in await terminal.until("The middle answer")
