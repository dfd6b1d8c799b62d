"""A room that is reached through doors is the room: the same Views, each command once, each seat one person's."""

from __future__ import annotations

import asyncio
import random
import socket
import stat
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from doors_of_a_room import PATIENCE, Doors, LossyLink, doors, until
from rooms import any_answer, go_to, onward

from tisu_tui.core.form import By, Form, Pick, Value
from tisu_tui.core.records import RecordKind
from tisu_tui.core.signals import Signal
from tisu_tui.core.translation import speaking
from tisu_tui.doors.codec import packed, unpacked
from tisu_tui.doors.link import LinkRefused
from tisu_tui.doors.local import LocalDoorLink
from tisu_tui.doors.messages import Do, Hello, TurnedAway
from tisu_tui.doors.remote import RemoteRoom
from tisu_tui.room.watchers import Watcher
from tisu_tui.session.commands import Direction, Go, Join, Keep, Leave, Quietly, Reply, WriteRecord
from tisu_tui.session.outcomes import Done, Refused, Stale
from tisu_tui.session.session import Unsent
from tisu_tui.view.view import Role, View


async def _join(door: RemoteRoom, people: int) -> list[str]:
    outcomes = [await door.submit(Join(is_new=True)) for _n in range(people)]
    return [outcome.seat for outcome in outcomes if isinstance(outcome, Done)]


def _is_here(seats: int) -> object:
    return lambda view: view.desk is not None and view.desk.seats == seats


class Eyes:
    """What is seen through doors, compared with what the room shows."""

    def __init__(self, there: Doors) -> None:
        self._there = there
        self._latest: dict[tuple[Role, str], View] = {}
        self._news = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []
        self._looking: list[tuple[Role, str]] = []

    def look(self, door: RemoteRoom, role: Role, seat: str = "") -> None:
        self._looking.append((role, seat))
        self.tasks.append(asyncio.create_task(self._watch(door, role, seat)))

    async def _watch(self, door: RemoteRoom, role: Role, seat: str) -> None:
        async for view in door.watch(role, seat):
            self._latest[role, seat] = view
            self._news.set()

    def _differs(self) -> tuple[Role, str] | None:
        shown = ((each, self._there.room.board.view_of(Watcher(*each))) for each in self._looking)
        return next((part for part, view in shown if self._latest.get(part) != view), None)

    async def see_the_same(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while self._differs():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(self._differs()) from None


async def test_views_through_two_doors_are_those_of_the_room(tmp_path: Path) -> None:
    chance = random.Random(3)
    async with doors(tmp_path) as there:
        left, right = await there.door(), await there.door()
        seats = {seat: door for door in (left, right) for seat in await _join(door, 4)}
        eyes = Eyes(there)
        eyes.look(right, Role.SCREEN)
        eyes.look(left, Role.FACILITATOR)
        for seat, door in seats.items():
            eyes.look(door, Role.PARTICIPANT, seat)
        await eyes.see_the_same()
        while not there.room.session.is_ended:
            await onward(there.room)
            await eyes.see_the_same()
            session = there.room.session
            if session.place.state.value == "open" and (form := session.form(8)).by is By.EVERYONE:
                for seat, door in seats.items():
                    for field, value in any_answer(form, chance).items():
                        assert isinstance(await door.submit(Reply(session.place, seat, field, value)), Done)
                await eyes.see_the_same()
        for task in eyes.tasks:
            task.cancel()


async def test_everybody_is_spoken_to_in_their_language_through_a_door(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        door = await there.door()
        seats = await _join(door, 5)
        await go_to(there.room, "arrive")
        seen: dict[str, View] = {}
        for language, seat in (("en", seats[0]), ("pl", seats[1])):
            with speaking(language):
                views = door.watch(Role.PARTICIPANT, seat)
                seen[language] = await anext(views)
                assert seen[language] == there.room.board.view_of(Watcher(Role.PARTICIPANT, seat))
                await views.aclose()
                refused = await door.submit(Join("no such words"))
                assert isinstance(refused, Refused)
                assert refused.why.startswith({"en": "We don't know", "pl": "Nie"}[language]), refused.why
        assert seen["en"].promise != seen["pl"].promise


async def test_a_view_is_whole_again_after_something_was_missed(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        door = await there.door()
        (seat,) = await _join(door, 1)
        eyes = Eyes(there)
        eyes.look(door, Role.PARTICIPANT, seat)
        await eyes.see_the_same()
        door._views._expected += 1
        await onward(there.room)
        await eyes.see_the_same()
        eyes.tasks[0].cancel()


@pytest.mark.parametrize("losing", [1, 3])
async def test_what_was_done_is_not_done_again_when_its_answer_is_lost(tmp_path: Path, losing: int) -> None:
    async with doors(tmp_path) as there:
        link = LossyLink(there.note)
        door = await there.door(link)
        link.losing = losing
        joined = await door.submit(Join(is_new=True))
        assert isinstance(joined, Done)
        assert len(there.room.session.register) == 1
        link.losing = losing
        assert isinstance(await door.submit(WriteRecord(RecordKind.ACTION, "Book the room")), Done)
        assert link.lost >= 2 * losing
        assert [record.text for record in there.room.session.records].count("Book the room") == 1


async def test_what_was_heard_of_is_forgotten(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        door = await there.door()
        await _join(door, 20)
        (kept,) = there.service._doors.values()
        assert len(kept.commands._asked) <= 2


async def test_a_door_that_lies_about_a_seat_is_refused_and_the_host_hears_of_it_once(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        honest, liar = await there.door(), await there.door()
        (seat,) = await _join(honest, 1)
        await go_to(there.room, "arrive")
        place = there.room.session.place
        for command in (Reply(place, seat, "zone", ("2",)), Keep(seat, Unsent(place, "zone", "x"))):
            outcome = await liar.submit(command)
            assert outcome == Refused("This is not your seat. Please join again.")
        assert isinstance(await liar.submit(Leave(seat)), Done)
        assert [view async for view in liar.watch(Role.PARTICIPANT, seat)] == []
        liar.pressed(seat)
        assert there.room._kept.seats == {seat: 1}
        assert there.warned == ["A door named a seat at which none of its people sits. That was refused."]


async def test_whoever_comes_back_by_another_door_sits_there_and_the_first_screen_ends(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        left, right = await there.door(), await there.door()
        (seat,) = await _join(left, 1)
        first = left.watch(Role.PARTICIPANT, seat)
        await anext(first)
        assert await right.submit(Join(seat)) == Done(seat)
        again = right.watch(Role.PARTICIPANT, seat)
        await anext(again)
        async with asyncio.timeout(PATIENCE):
            assert [view async for view in first] in ([], [there.room.board.view_of(Watcher(Role.PARTICIPANT, seat))])
        await left.submit(Leave(seat))
        assert there.room._kept.seats == {seat: 1}
        await again.aclose()


async def test_seats_of_a_door_that_is_gone_are_left_and_their_answers_stay(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        left, right = await there.door(), await there.door()
        gone, here = await _join(left, 3), await _join(right, 3)
        await go_to(there.room, "arrive")
        place = there.room.session.place
        field, value = next(iter(any_answer(there.room.session.form(6), random.Random(2)).items()))
        for seat in gone:
            assert isinstance(await left.submit(Reply(place, seat, field, value)), Done)
        await left.close()
        await until(right, Role.FACILITATOR, "", _is_here(3))
        assert set(there.room._kept.seats) == set(here)
        for seat in gone:
            assert await right.submit(Join(seat)) == Done(seat)
            assert (await until(right, Role.PARTICIPANT, seat, lambda view: view.answer)).answer == {field: value}


async def test_a_door_that_was_given_up_takes_its_seats_again(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        door = await there.door()
        seats = await _join(door, 3)
        eyes = Eyes(there)
        for seat in seats:
            eyes.look(door, Role.PARTICIPANT, seat)
        await eyes.see_the_same()
        # As after a minute of silence.
        (kept,) = there.service._doors.values()
        there.service._give_up(kept)
        await until(there.room, Role.FACILITATOR, "", _is_here(0))
        await until(there.room, Role.FACILITATOR, "", _is_here(3))
        await onward(there.room)
        await eyes.see_the_same()
        for task in eyes.tasks:
            task.cancel()
        for seat in seats:
            await door.submit(Leave(seat))
        assert there.room._kept.seats == {}


async def test_wrong_tries_at_several_doors_wait_as_at_one(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        left, right = await there.door(), await there.door()
        for door in (left, right, left, right):
            await door.wrong("192.0.2.7", "code")
        assert there.paused == [0.25, 0.5, 1.0, 2.0]
        for door in (left, right, left):
            await door.wrong("192.0.2.7", "passphrase")
        there.paused.clear()
        await right.may_try("192.0.2.8")
        assert there.paused == [1.0]
        assert [await left.is_passphrase(each) for each in ("wrong words", "right words")] == [False, True]


async def test_notes_and_the_end_are_told_at_a_door(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        door = await there.door()
        notes = asyncio.create_task(door.notes_path())
        screen = door.watch(Role.SCREEN)
        await anext(screen)
        assert not door.is_ended
        while not there.room.session.is_ended:
            await onward(there.room)
        assert await asyncio.wait_for(notes, PATIENCE) == "notes.md"
        await until(door, Role.SCREEN, "", lambda view: view.is_ended and door.is_ended)
        await there.room.close()
        await there.service.close()
        async with asyncio.timeout(PATIENCE):
            last = [each async for each in screen][-1]
        assert last.stopped == "The session has ended."
        assert await door.submit(Join()) == Refused("The host has stopped.")


async def test_a_stale_command_is_stale_through_a_door_too(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        door = await there.door()
        place = there.room.session.place
        assert isinstance(await door.submit(Go(place, Direction.NEXT)), Done)
        assert await door.submit(Go(place, Direction.NEXT)) == Stale()


async def test_whoever_hangs_up_while_they_wait_for_a_seat_sits_nowhere(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        door = await there.door()
        joining = asyncio.create_task(door.submit(Join(is_new=True)))
        await asyncio.sleep(0)
        joining.cancel()
        await until(there.room, Role.FACILITATOR, "", lambda _view: len(there.room.session.register) == 1)
        await until(there.room, Role.FACILITATOR, "", _is_here(0))


async def test_a_door_of_another_version_is_refused_in_one_line(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        link = LocalDoorLink(there.note)
        await link.open()
        await link.up.wait()
        answer = unpacked(await link.request(packed(Hello("a", "9.9", "0123456789ab")), PATIENCE))
        await link.close()
        assert isinstance(answer, TurnedAway)
        assert answer.why.startswith("A door of another version of tisu was refused: it has 9.9 (0123456789ab), ")
        assert there.warned == [answer.why]
        assert not there.service.names


async def test_only_this_user_can_find_the_room_and_nothing_of_it_stays(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        folder = Path(there.note.read_text()).parent
        assert stat.S_IMODE(there.note.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not there.note.exists()
    assert not folder.exists()


async def test_what_a_host_that_was_killed_has_left_is_cleared_as_another_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, begun = tmp_path / "tisu-doors-left", tmp_path / "tisu-doors-begun"
    for path in (left, begun):
        path.mkdir()
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(left / "room"))
    async with doors(tmp_path) as first:
        assert not left.exists()
        assert begun.exists()
        (tmp_path / "second").mkdir()
        async with doors(tmp_path / "second"):
            assert Path(first.note.read_text()).exists()
            assert await first.door()


async def test_people_at_a_door_are_not_led_to_another_session_that_has_taken_their_code(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        door = await there.door()
        (seat,) = await _join(door, 1)
        screen = door.watch(Role.PARTICIPANT, seat)
        await anext(screen)
        there.service.welcome = replace(there.service.welcome, session="another")
        (kept,) = there.service._doors.values()
        there.service._give_up(kept)  # so that the door comes again
        async with asyncio.timeout(PATIENCE):
            last = [view async for view in screen][-1]
        assert last.stopped.startswith("Another session has taken this code.")
        assert door.why_not == last.stopped
        assert isinstance(await door.submit(Reply(last.place, seat, "zone", ("2",))), Refused)


async def test_a_quiet_signal_needs_a_seat_of_the_door(tmp_path: Path) -> None:
    async with doors(tmp_path) as there:
        door, other = await there.door(), await there.door()
        seats = await _join(door, 5)
        assert isinstance(await door.submit(Quietly(seats[0], Signal.SLOWER)), Done)
        assert isinstance(await other.submit(Quietly(seats[0], Signal.SLOWER)), Refused)
        for seat in seats:
            door.pressed(seat)
        view = await until(door, Role.FACILITATOR, "", lambda view: view.desk and view.desk.signals)
        assert view.desk is not None
        assert view.desk.signals == (Signal.SLOWER,)


async def test_a_room_that_never_lets_a_door_in_says_so(tmp_path: Path) -> None:
    door = RemoteRoom(LocalDoorLink(tmp_path / "nowhere.doors"), "test")
    await door.open()
    waiting = asyncio.create_task(door.let_in())
    await asyncio.sleep(0)
    door.why_not = "no"
    door.stop()
    with pytest.raises(LinkRefused, match="no"):
        await waiting
    await door.close()


class CountingLink(LocalDoorLink):
    """A link whose frames are counted by size."""

    def __init__(self, note: Path) -> None:
        super().__init__(note)
        self.sizes: list[tuple[str, int]] = []

    async def request(self, frame: bytes, within: float) -> bytes:
        answer = await super().request(frame, within)
        if isinstance(unpacked(frame), Do):
            self.sizes += [("asked", len(frame)), ("answered", len(answer))]
        return answer

    async def frames(self) -> AsyncIterator[bytes]:
        async for frame in super().frames():
            self.sizes.append(("told", len(frame)))
            yield frame


async def test_an_answer_and_a_pass_have_one_size_between_door_and_room(tmp_path: Path) -> None:
    async with doors(tmp_path, tick=20) as there:
        link = CountingLink(there.note)
        door = await there.door(link)
        seats = await _join(door, 6)
        await go_to(there.room, "rows")
        place, form = there.room.session.place, there.room.session.form(6)
        sizes = set()
        for seat, given in zip(seats, [*_options(form)[:5], None], strict=True):
            await until(door, Role.PARTICIPANT, seat, lambda view: view.asks_everyone)
            views = door.watch(Role.PARTICIPANT, seat)
            await anext(views)
            link.sizes.clear()
            assert isinstance(await door.submit(Reply(place, seat, form.fields[0].id, given)), Done)
            while not (await anext(views)).answer:
                pass
            sizes.add(tuple(sorted(link.sizes)))
            await views.aclose()
        assert len(sizes) == 1
        assert {name for name, _size in next(iter(sizes))} == {"asked", "answered", "told"}


def _options(form: Form) -> list[Value | None]:
    (first, *_others) = form.fields
    assert isinstance(first, Pick)
    return [(option.id,) for option in first.options]
