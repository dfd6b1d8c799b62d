"""What is written down about a decision: the one send-back, concerns and their replies, who will be told."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rooms import a_room, go_to, join, new_session, press, reply, seen

from tisu_tui.core.records import RecordKind
from tisu_tui.core.shown import Say
from tisu_tui.memory.earlier import told
from tisu_tui.memory.past import past
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import Accept, CountHeads, Direction, Judge, SetPaused, WriteRecord
from tisu_tui.session.decisions import Decision, decisions
from tisu_tui.session.outcomes import Done, Outcome, Refused
from tisu_tui.session.session import Fate
from tisu_tui.view.view import Role

SOURCE = """---
tisu: 1
title: The rota
---

# The rota

## Which first?

`dots 2` `id first` `we advise the board`

- [ ] Rota
- [ ] Budget

## Can we try it?

`consent` `id try` `quorum 2/3` `leaders may send back once`

## Talk

`talk` `id talk`

## Who does what?

`actions` `id do`
"""


async def vote(room: LiveRoom, seats: list[str], positions: str) -> None:
    named = {"a": "agree", "w": "worry", "s": "aside", "o": "object"}
    for seat, letter in zip(seats, positions, strict=True):
        assert isinstance(await reply(room, seat, "position", (named[letter],)), Done)
    await go_to(room, "try", "shown")


async def too_many_answer(
    room: LiveRoom, seats: list[str], position: str, onward: Direction = Direction.NEXT, *, reason: str = ""
) -> None:
    """Let all vote alike in a room that has one person fewer than screens, and go on."""
    await room.submit(CountHeads(len(seats) - 1))
    await go_to(room, "try")
    for seat in seats:
        assert isinstance(await reply(room, seat, "position", (position,)), Done)
        if reason:
            await reply(room, seat, "reason", (reason,))
    await press(room, onward)


def try_it(room: LiveRoom) -> Decision:
    (found,) = (decision for decision in decisions(room.session) if decision.step.id == "try")
    return found


async def write(room: LiveRoom, kind: RecordKind, text: str) -> Outcome:
    return await room.submit(WriteRecord(kind, text))


SENT_BACK = "No cover at night yet 2026-12-01"


async def test_leaders_send_a_decision_back_once_and_what_is_decided_then_stands(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        seats = await join(room, 6)
        await go_to(room, "try")
        await vote(room, seats, "aaaaaa")
        assert try_it(room).stands
        done = await write(room, RecordKind.SEND_BACK, SENT_BACK)
        assert isinstance(done, Done)
        assert "new round" in done.said
        sent = try_it(room)
        assert not sent.stands
        assert sent.sent_back is not None
        assert (sent.sent_back.text, sent.sent_back.due) == ("No cover at night yet", "2026-12-01")
        for role in Role:
            view = await seen(room, role, seats[0])
            said = " ".join(part.text for part in view.shown if isinstance(part, Say))
            assert "Their reasons: No cover at night yet. We answer by 1 December 2026." in said
            assert "does not stand" in said
        again = await write(room, RecordKind.SEND_BACK, SENT_BACK)
        assert again == Refused("it was sent back once already; what the group decides now stands")

        await press(room, Direction.AGAIN)
        await go_to(room, "try")
        await vote(room, seats, "aaaaaa")
        assert try_it(room).stands
        assert try_it(room).sent_back == sent.sent_back
        again = await write(room, RecordKind.SEND_BACK, SENT_BACK)
        assert isinstance(again, Refused)


async def test_next_time_it_is_remembered_what_leaders_sent_back_and_not_what_was_asked_since(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        seats = await join(room, 6)
        await go_to(room, "try")
        await vote(room, seats, "aaaaaa")
        before = try_it(room).told
        await write(room, RecordKind.SEND_BACK, SENT_BACK)
        await press(room, Direction.AGAIN)
        await go_to(room, "try")
        await vote(room, seats, "aaaaao")
        assert try_it(room).told != before
        assert [told for _name, told in past(room.session).beside] == [before]


async def test_what_worried_somebody_before_is_kept_beside_what_is_decided_then(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        seats = await join(room, 6)
        await go_to(room, "try")
        for n, seat in enumerate(seats):
            await reply(room, seat, "position", ("agree" if n else "object",))
            await reply(room, seat, "reason", None if n else ("Nights are thin",))
        await press(room)
        assert isinstance(await room.submit(Judge(room.session.place, (1,), Fate.KEPT)), Done)
        await go_to(room, "try", "shown")
        assert not try_it(room).stands
        await press(room, Direction.AGAIN)
        await go_to(room, "try")
        await vote(room, seats, "aaaaaa")
        assert (try_it(room).stands, try_it(room).verdict.concerns) == (True, ("Nights are thin",))


@pytest.mark.parametrize(
    ("positions", "text", "why"),
    [
        ("aaaaao", SENT_BACK, "it is not carried, so there is nothing to send back"),
        ("aaaaaa", "No cover", "say why, and by when we answer, like: No cover at night yet 2026-12-01"),
        ("aaaaaa", "2026-12-01", "say why, and by when we answer, like: No cover at night yet 2026-12-01"),
        ("aaaaaa", "No cover 2026-13-01", "2026-13-01 is no date; write it like 2026-12-01"),
    ],
)
async def test_what_can_not_be_sent_back_is_said(tmp_path: Path, positions: str, text: str, why: str) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        seats = await join(room, 6)
        nothing = "there is no decision here of which it was said that leaders may send it back"
        await go_to(room, "first")
        assert await write(room, RecordKind.SEND_BACK, SENT_BACK) == Refused(nothing)
        await go_to(room, "try")
        assert await write(room, RecordKind.SEND_BACK, SENT_BACK) == Refused(nothing)
        await vote(room, seats, positions)
        assert await write(room, RecordKind.SEND_BACK, text) == Refused(why)
        assert not room.session.records


async def test_what_is_written_about_a_decision_stays_with_it(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        seats = await join(room, 6)
        assert await write(room, RecordKind.CONCERN, "Parking @sam 2026-12-01") == Done()
        assert await write(room, RecordKind.DECISION, "We meet on Mondays") == Done()
        await go_to(room, "try")
        await vote(room, seats, "aaaaaw")
        assert await write(room, RecordKind.DECISION, "It is fair, and we can undo it 2027-03-02") == Done()
        await go_to(room, "do")
        missing = await write(room, RecordKind.CONCERN, "Nights are thin")
        assert missing == Done(said="It has no owner or no date yet.")
        assert await write(room, RecordKind.TELL, "the night team @lea 2026-12-01") == Done()
        assert await write(room, RecordKind.DECISION, "We buy tea") == Done()
        assert await write(room, RecordKind.ACTION, "Buy tea @sam 2026-12-01") == Done()
        about = {record.text: record.about for record in room.session.records}
        assert about == {
            "Parking": "",
            "We meet on Mondays": "",
            "It is fair, and we can undo it": "try.1",
            "Nights are thin": "try.1",
            "the night team": "try.1",
            "We buy tea": "",
            "Buy tea": "",
        }
        # As the notes are read, reasons stand under their decision, all under one heading; nobody strikes a result.
        await press(room, Direction.END)
        lines = [(line.text, line.number) for line in (await seen(room, Role.SCREEN)).reading]
        assert lines[:4] == [
            ("What we decided", 0),
            (try_it(room).told, 0),
            ("It is fair, and we can undo it, to look at again on 2 March 2027", 2),
            ("We meet on Mondays", 1),
        ]
        assert [text for text, number in lines if not number].count("What we decided") == 1


async def test_an_answer_is_about_a_request_and_can_be_written_while_the_notes_are_read(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        await join(room, 6)
        await go_to(room, "do")
        assert await write(room, RecordKind.ACTION, "Buy tea @sam 2026-12-01") == Done()
        (action,) = room.session.records
        assert await write(room, RecordKind.ANSWER, f"{action.id} agreed") == Refused("no request is open")
        assert isinstance(await write(room, RecordKind.ASK, "Paid cover @board 2026-12-15"), Done)
        await press(room, Direction.END)
        asked = room.session.records[-1].id
        which = await write(room, RecordKind.ANSWER, f"{action.id} agreed")
        assert isinstance(which, Refused)
        assert which.why == f"which request? 7k3m.{asked}: Paid cover (No answer yet)"
        assert isinstance(await write(room, RecordKind.ANSWER, f"{asked} agreed: from May"), Done)
        assert (room.session.records[-1].text, room.session.records[-1].asked) == ("from May", "Paid cover")


async def test_the_rule_and_who_decides_are_said_before_the_vote_to_everybody(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        seats = await join(room, 6)
        await go_to(room, "try", "waiting")
        for state in ("waiting", "open"):
            await go_to(room, "try", state)
            for role in Role:
                view = await seen(room, role, seats[0])
                assert view.right == "We decide this here. Leaders may send it back once, with reasons and a date."
                assert view.rule == (
                    "Consent. It is carried when nobody objects. Where more than a third stand aside, it is "
                    "carried, but thin. At least two thirds of the people here at the start must be here at the "
                    "end. Whoever passes counts as here."
                )
        await go_to(room, "talk", "open")
        assert not (await seen(room, Role.SCREEN)).rule


async def test_wrong_passphrases_are_told_to_the_facilitator_and_to_nobody_else(tmp_path: Path) -> None:
    async def play() -> None:
        async with a_room(tmp_path) as room:
            for _n in range(4):
                room.was_wrong("passphrase")
            room.was_wrong("code")
            async for view in room.watch(Role.FACILITATOR):
                told = [concern for concern in view.desk.concerns if "were tried" in concern] if view.desk else []
                if told:
                    break
            assert told == [
                "4 wrong passphrases were tried for this screen. If that was not you, somebody is guessing."
            ]
            assert (await seen(room, Role.SCREEN)).desk is None

    await asyncio.wait_for(play(), 10)


async def test_a_vote_that_waits_to_be_accepted_has_decided_nothing_yet(tmp_path: Path) -> None:
    """Asked again with somebody gone, whether it was carried before would tell what they said."""
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        await too_many_answer(room, await join(room, 7), "agree", reason="Fair")
        desk = (await seen(room, Role.FACILITATOR)).desk
        assert desk is not None
        assert not desk.may_send_back
        assert isinstance(await write(room, RecordKind.SEND_BACK, "No cover yet 2026-12-01"), Refused)
        assert not decisions(room.session)
        no_words = Refused("There are no words to sort here.")
        assert await room.submit(Judge(room.session.place, (1,), Fate.KEPT)) == no_words
        await room.submit(Accept(room.session.place))
        assert try_it(room).stands


async def test_a_vote_that_waits_is_told_nowhere_where_the_session_ends_out_of_a_pause(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        await too_many_answer(room, await join(room, 7), "agree")
        await room.submit(SetPaused(True))
        for _n in range(2):
            assert isinstance(await press(room, Direction.END), Done)
        assert room.session.is_ended
        assert not decisions(room.session)


@pytest.mark.parametrize("where", [Direction.SKIP, Direction.END])
async def test_a_round_that_was_set_aside_takes_no_decision_back(tmp_path: Path, where: Direction) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        seats = await join(room, 7)
        await go_to(room, "try")
        await vote(room, seats, "aaaaaaa")
        await press(room, Direction.AGAIN)
        await too_many_answer(room, seats, "object")
        await press(room, where)
        assert try_it(room).stands
        for _n in range(2):
            await press(room, Direction.END)
        assert room.session.is_ended
        assert try_it(room).stands


async def test_an_objection_that_waits_is_no_news_to_the_next_session(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        await too_many_answer(room, await join(room, 7), "object")
        assert not told((room.session,))
        await room.submit(Accept(room.session.place))
        assert any(look.worry for look in told((room.session,)))


@pytest.mark.parametrize("where", [Direction.SKIP, Direction.END])
async def test_a_vote_with_too_many_answers_is_told_nowhere_once_it_was_left(tmp_path: Path, where: Direction) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        await too_many_answer(room, await join(room, 7), "agree", where)
        await press(room, Direction.BACK)
        assert room.session.step
        assert room.session.step.id == "try"
        for role in Role:
            await seen(room, role)
        for _n in range(2):
            await press(room, Direction.END)
        assert room.session.is_ended
        assert not decisions(room.session)
