"""Quiet signals: told among enough people who pressed keys, never with a number, and in no file."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from rooms import a_room, join, watched
from rooms_on_screen import Gathering, a_gathering

from tisu_tui.core.signals import Signal
from tisu_tui.desk.bindings import by_word
from tisu_tui.room.protocol import PrivateScreen
from tisu_tui.room.signals import LEAST, MOST_QUESTIONS, QUIET, Signals
from tisu_tui.session.commands import PutToRoom, Quietly
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.view.view import Role


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_told_before_five_seats_have_pressed_keys() -> None:
    signals = Signals(Clock())
    signals.pressed("a")
    signals.send(Signal.BREAK)
    for seat in "abcd":
        signals.pressed(seat)
        assert signals.tick() == frozenset()
    signals.pressed("e")
    assert signals.tick() == {Signal.BREAK}
    assert signals.tick() == frozenset()


def test_five_who_pressed_before_hide_nobody_who_comes_later() -> None:
    signals = Signals(Clock())
    for seat in "abcde":
        signals.pressed(seat)
    assert signals.tick() == frozenset()
    signals.pressed("f")
    signals.send(Signal.LOST)
    assert signals.tick() == frozenset()


def test_the_same_signal_is_told_once_in_five_minutes() -> None:
    clock = Clock()
    signals = Signals(clock)

    def span(*sent: Signal) -> frozenset[Signal]:
        for seat in "abcde":
            signals.pressed(seat)
        for signal in sent:
            signals.send(signal)
        return signals.tick()

    assert span(Signal.BREAK, Signal.BREAK) == {Signal.BREAK}
    clock.now = QUIET - 1
    assert span(Signal.BREAK, Signal.SLOWER) == {Signal.SLOWER}
    clock.now = QUIET
    assert span(Signal.BREAK) == {Signal.BREAK}


def test_whoever_sees_every_key_links_a_signal_no_better_than_by_chance() -> None:
    """An attacker who knows the rule sees who pressed keys and when, and guesses the sender of what is told."""
    chance = random.Random(11)
    right, hoped, told_of = 0, 0.0, 0
    for _game in range(4000):
        signals, seats = Signals(Clock()), [f"s{n}" for n in range(8)]
        busy = [chance.random() for _seat in seats]
        sender, at = chance.choice(seats), chance.randrange(6)
        since: dict[str, int] = {}
        for turn in range(40):
            pressing = [seat for seat, share in zip(seats, busy, strict=True) if chance.random() < share / 3]
            if turn == at:
                pressing.append(sender)
            for seat in chance.sample(pressing, len(pressing)):
                signals.pressed(seat)
                since[seat] = since.get(seat, 0) + 1
                if turn == at and seat == sender:
                    signals.send(Signal.BREAK)
            enough = len(since) >= LEAST
            if signals.tick():
                told_of += 1
                # The best guess there is: whoever pressed keys in this span, those who pressed most often first.
                most = max(since.values())
                guess = chance.choice([seat for seat, times in since.items() if times == most])
                right += guess == sender
                hoped += max(since.values()) / sum(since.values())
                assert sender in since
                assert len(since) >= LEAST
                break
            if enough:
                since.clear()
    assert told_of > 3000
    # Each press of a key in the span is as likely to have been the one that sent.
    assert right / told_of <= hoped / told_of + 0.03
    assert right / told_of < 0.4


async def test_a_span_ends_at_the_same_tick_whether_or_not_something_was_sent() -> None:
    for sends in (True, False):
        signals = Signals(Clock())
        for n, seat in enumerate("abcdefg"):
            signals.pressed(seat)
            if sends and n == 1:
                signals.send(Signal.SLOWER)
            told = signals.tick()
            assert bool(told) == (sends and n == LEAST - 1)


async def _concerns(gathering: Gathering) -> str:
    desk = (await gathering.view(Role.FACILITATOR)).desk
    assert desk is not None
    return " ".join(desk.concerns)


async def _told(gathering: Gathering, concern: str) -> None:
    await watched(
        gathering.room.watch(Role.FACILITATOR), lambda view: view.desk and concern in " ".join(view.desk.concerns)
    )


async def test_it_reaches_the_facilitator_on_the_tick_and_the_room_only_when_taken_up(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        room = gathering.room
        await gathering.go_to("arrive", "waiting")
        sent = await room.submit(Quietly(gathering.seats[0], Signal.BREAK))
        assert isinstance(sent, Done)
        await asyncio.sleep(0.05)
        assert "break" not in await _concerns(gathering)
        for seat in gathering.seats[1:5]:
            room.pressed(seat)
        await _told(gathering, "Somebody would like a break.")
        assert (await gathering.view(Role.SCREEN)).asks == ""
        screen = PrivateScreen(room)
        row = by_word("signals")
        assert row is not None
        command = row.read(await gathering.view(Role.FACILITATOR))
        assert not isinstance(command, str)
        assert isinstance(await screen.submit(command), Done)
        assert (await gathering.view(Role.SCREEN)).asks == "Shall we take a break?"
        assert "Somebody would like a break." not in await _concerns(gathering)
        kept = "".join(path.read_text(errors="replace") for path in tmp_path.rglob("*") if path.is_file())
        assert "Shall we take a break" not in kept
        assert "quiet" not in kept.casefold()
        await gathering.go_to("arrive", "open")
        assert (await gathering.view(Role.SCREEN)).asks == ""


async def test_with_fewer_than_five_screens_it_is_not_taken(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 4) as gathering:
        outcome = await gathering.room.submit(Quietly(gathering.seats[0], Signal.BREAK))
        assert isinstance(outcome, Refused)
        assert "say it aloud" in outcome.why


async def test_nobody_signals_for_a_seat_that_is_not_there(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        assert isinstance(await gathering.room.submit(Quietly("nobody", Signal.BREAK)), Refused)


async def test_a_seat_chooses_from_four_lines_and_reads_that_it_was_sent(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        someone = await gathering.participant(80, 30)
        await someone.sees("Waiting for the facilitator")
        await someone.press("ctrl+t")
        await someone.sees("Tell the facilitator quietly", "2  A break, please", "4  I have a question for the room")
        await someone.press("2", "enter")
        await someone.sees("Sent. The facilitator is told in a while")
        for seat in gathering.seats[:4]:
            gathering.room.pressed(seat)
        wall = gathering.shared()
        await _told(gathering, "Somebody would like a break.")
        assert "would like" not in wall.terminal.text()


async def test_the_words_of_a_question_wait_until_no_question_is_open_and_are_in_no_file(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        await gathering.go_to("arrive", "open")
        someone = await gathering.participant(80, 30)
        await someone.sees("How are you just now?")
        await someone.press("ctrl+t", "4", "enter")
        await someone.sees("Write it in a line, or leave it empty", "people may guess who wrote them")
        await someone.press(*"who reads ", *"this?")
        await someone.sees("who reads this?")
        await someone.press("enter")
        await someone.sees("Sent. The facilitator is told in a while")
        for seat in gathering.seats[:5]:
            gathering.room.pressed(seat)
        await _told(gathering, "Somebody has a question for the room.")
        assert "who reads" not in await _concerns(gathering)
        await gathering.go_to("arrive", "closed")
        await _told(gathering, "Somebody has a question for the room. “who reads this?”")
        for role in (Role.SCREEN, Role.PARTICIPANT):
            assert "who reads" not in repr(await gathering.view(role, gathering.seats[0]))
        assert isinstance(await gathering.room.submit(PutToRoom(Signal.QUESTION)), Done)
        assert "who reads" not in await _concerns(gathering)
        kept = "".join(path.read_text(errors="replace") for path in tmp_path.rglob("*") if path.is_file())
        assert "who reads" not in kept


def test_the_words_of_questions_are_told_in_no_order_that_says_who_wrote_them() -> None:
    signals = Signals(Clock())
    for seat, words in zip("abcde", ("Why?", "", "How?", "", "Why?"), strict=True):
        signals.pressed(seat)
        signals.send(Signal.QUESTION, words)
    assert signals.tick() == {Signal.QUESTION}
    assert signals.questions(is_open=True) == ()
    assert signals.questions(is_open=False) == ("How?", "Why?")
    assert signals.questions(is_open=False) == ()


@pytest.mark.parametrize(("digit", "room_is_asked"), [("1", "Shall we take a break?"), ("2", "")])
async def test_the_console_takes_a_signal_up_or_lets_it_go_by_the_key_it_names(
    tmp_path: Path, digit: str, room_is_asked: str
) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        console = gathering.console(80, 24)
        await gathering.go_to("arrive", "waiting")
        await gathering.room.submit(Quietly(gathering.seats[0], Signal.BREAK))
        for seat in gathering.seats[1:5]:
            gathering.room.pressed(seat)
        await _told(gathering, "Somebody would like a break.")
        await console.sees("Somebody would like a break.", "key q")
        await console.press("q")
        await console.sees("Shall we take a break?", "1 ask the room", "2 let it go")
        assert console.terminal.text().count("Somebody would like a break.") == 1
        await console.press(digit, "enter")
        await console.sees_no("Somebody would like a break.")
        assert (await gathering.view(Role.SCREEN)).asks == room_is_asked


async def test_one_person_can_not_fill_the_facilitators_screen_with_questions(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        for n in range(3 * MOST_QUESTIONS):
            outcome = await room.submit(Quietly(seats[0], Signal.QUESTION, f"Whence {n}?"))
            assert isinstance(outcome, Done) == (n < MOST_QUESTIONS)
        # What was sent before may be sent again, and other signals still come through.
        assert isinstance(await room.submit(Quietly(seats[1], Signal.QUESTION, "Whence 0?")), Done)
        assert isinstance(await room.submit(Quietly(seats[1], Signal.BREAK)), Done)
        for seat in seats:
            room.pressed(seat)
        desk = (await watched(room.watch(Role.FACILITATOR, "desk"), lambda view: "Whence 0?" in repr(view.desk))).desk
        assert repr(desk).count("Whence ") == MOST_QUESTIONS
        assert isinstance(await room.submit(Quietly(seats[2], Signal.QUESTION, "One more?")), Refused)
        await room.submit(PutToRoom(Signal.QUESTION))
        assert isinstance(await room.submit(Quietly(seats[2], Signal.QUESTION, "One more?")), Done)
