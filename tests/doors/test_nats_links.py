"""Bytes between rooms and doors over a real NATS: they arrive, once, sealed; and what breaks mends by itself."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from command_line import tisu
from nats_servers import NatsServer, Network, nats_server

from tisu_tui.doors import nats_door, nats_room
from tisu_tui.doors.greeting import DoorGreeting, GreetingRefused, room_subject, up_subject
from tisu_tui.doors.link import DoorLink, LinkDown, LinkRefused, RoomLink, end
from tisu_tui.doors.nats_access import NatsProblem, Secret, make_secret, server
from tisu_tui.doors.nats_door import NatsDoorLink, is_there
from tisu_tui.doors.nats_room import WINDOW, NatsRoomLink
from tisu_tui.doors.nats_wire import Wire

SECRET = Secret(bytes(range(32)))


IN_USE = nats_room._SOMEBODY


@pytest.fixture(autouse=True)
def _nobody_else_is_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nats_room, "_SOMEBODY", 0.1)


@pytest.fixture
def another_room_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for another room with the same code as long as in use."""
    monkeypatch.setattr(nats_room, "_SOMEBODY", IN_USE)


@pytest.fixture
def nats() -> Iterator[NatsServer]:
    with nats_server() as running:
        yield running


@asynccontextmanager
async def wire(url: str) -> AsyncIterator[Wire]:
    opened = Wire(server(url))
    await opened.open()
    try:
        yield opened
    finally:
        await opened.close()


@dataclass
class EchoRoom:
    """A room that answers with what it was asked, and notes who asked."""

    link: RoomLink
    said: list[str]
    asked: list[tuple[str, bytes]] = field(default_factory=list)
    gone: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    async def handle(self, door: str, request: bytes) -> bytes:
        self.asked.append((door, request))
        return b"re: " + request


@asynccontextmanager
async def echo_room(at: Wire, code: str = "kmnprtw", secret: Secret = SECRET) -> AsyncIterator[EchoRoom]:
    said: list[str] = []
    room = EchoRoom(NatsRoomLink(at, secret.room(code), said.append), said)
    await room.link.serve(room.handle, room.gone.put_nowait)
    try:
        yield room
    finally:
        await room.link.close()


def connections(room: EchoRoom) -> int:
    """Count how often somebody who holds the secret has greeted a room."""
    assert isinstance(room.link, NatsRoomLink)
    return len(room.link._greetings)


@asynccontextmanager
async def door(at: Wire, code: str = "kmnprtw", secret: Secret = SECRET) -> AsyncIterator[DoorLink]:
    link = NatsDoorLink(at, secret.room(code))
    await link.open()
    try:
        yield link
    finally:
        await link.close()


async def asks(link: DoorLink, request: bytes) -> bytes:
    """Ask as doors do: again, where something got lost."""
    async with asyncio.timeout(20):
        while True:
            try:
                return await link.request(request, 10)
            except LinkDown:
                await link.up.wait()


async def test_a_request_is_answered_and_frames_come_in_order(nats: NatsServer) -> None:
    async with wire(nats.url) as here, wire(nats.url) as there, echo_room(here) as room:
        async with door(there) as link:
            assert await link.request(b"hello", 5) == b"re: hello"
            ((name, _request),) = room.asked
            frames = link.frames()
            for n in range(3 * WINDOW):
                await room.link.send(name, b"%d" % n)
                assert await anext(frames) == b"%d" % n
            assert connections(room) == 1
        assert await asyncio.wait_for(room.gone.get(), 5) == name
        assert room.said == []


async def test_a_door_that_takes_nothing_holds_up_only_itself(nats: NatsServer) -> None:
    async with wire(nats.url) as here, wire(nats.url) as there, echo_room(here) as room:
        async with door(there) as slow, door(there) as quick:
            await slow.request(b"slow", 5)
            await quick.request(b"quick", 5)
            names = {request: name for name, request in room.asked}
            for _n in range(WINDOW):
                await room.link.send(names[b"slow"], b"x")
            waiting = asyncio.create_task(room.link.send(names[b"slow"], b"last"))
            frames = quick.frames()
            for n in range(2 * WINDOW):
                await room.link.send(names[b"quick"], b"%d" % n)
                assert await anext(frames) == b"%d" % n
            assert not waiting.done()
            taken = slow.frames()
            for _n in range(WINDOW):
                await anext(taken)
            assert await anext(taken) == b"last"
            await waiting


async def test_twenty_rooms_and_two_doors_never_mix(nats: NatsServer) -> None:
    codes = [f"room-{n}" for n in range(20)]
    async with wire(nats.url) as here, wire(nats.url) as one, wire(nats.url) as other:
        async with asyncio.TaskGroup() as group:
            stop = asyncio.Event()
            rooms: dict[str, EchoRoom] = {}

            async def keep(code: str) -> None:
                async with echo_room(here, code) as room:
                    rooms[code] = room
                    await stop.wait()

            async def visit(at: Wire, code: str) -> None:
                async with door(at, code) as link:
                    for n in range(5):
                        said = f"{code} {n}".encode()
                        assert await link.request(said, 10) == b"re: " + said

            for code in codes:
                group.create_task(keep(code))
            async with asyncio.TaskGroup() as visits:
                for code in codes:
                    visits.create_task(visit(one, code))
                    visits.create_task(visit(other, code))
            for code, room in rooms.items():
                assert sorted({request.decode().split()[0] for _door, request in room.asked}) == [code]
                assert len(room.asked) == 10
                assert len({name for name, _request in room.asked}) == 2
            stop.set()


async def test_who_runs_nats_reads_nothing(nats: NatsServer) -> None:
    async with Network(nats.port).open() as network, wire(network.url) as here, wire(network.url) as there:
        async with echo_room(here, "secretcode") as room, door(there, "secretcode") as link:
            await link.request(b"an answer that is nobody's business", 5)
            await room.link.send(room.asked[0][0], b"a view of the room")
            assert await anext(link.frames()) == b"a view of the room"
        assert len(network.carried) > 500
        for word in (b"answer", b"business", b"view", b"secretcode", SECRET.room("secretcode").psk):
            assert word not in network.carried


async def test_nats_is_started_again(nats: NatsServer) -> None:
    async with wire(nats.url) as here, wire(nats.url) as there, echo_room(here) as room, door(there) as link:
        await asks(link, b"before")
        nats.kill()
        await asyncio.wait_for(link.down.wait(), 5)
        with pytest.raises(LinkDown):
            await link.request(b"meanwhile", 0.1)
        nats.start()
        assert await asks(link, b"after") == b"re: after"
        assert connections(room) > 1
        assert {request for _name, request in room.asked} == {b"before", b"after"}


async def test_a_cut_network_is_noticed_on_its_end(nats: NatsServer) -> None:
    async with Network(nats.port).open() as network, wire(nats.url) as here, wire(network.url) as there:
        async with echo_room(here) as room, door(there) as link:
            await asks(link, b"before")
            network.cut()
            asking = asyncio.create_task(link.request(b"lost", 30))
            await asyncio.wait_for(link.down.wait(), 10)
            with pytest.raises(LinkDown):
                await asking
            network.mend()
            assert await asks(link, b"after") == b"re: after"
            assert connections(room) > 1
            # It is the same door to the room, and what was lost was never done.
            assert len({name for name, _request in room.asked}) == 1
            assert {request for _name, request in room.asked} == {b"before", b"after"}


async def test_a_room_that_was_killed_is_found_again(nats: NatsServer) -> None:
    async with wire(nats.url) as there, door(there) as link:
        dead = Wire(server(nats.url))
        await dead.open()
        room = EchoRoom(NatsRoomLink(dead, SECRET.room("kmnprtw"), print), [])
        await room.link.serve(room.handle, room.gone.put_nowait)
        await asks(link, b"before")
        await dead.close()  # without a word, as when it is killed
        with pytest.raises(LinkDown):
            await link.request(b"unanswered", 0.2)
        await asyncio.wait_for(link.down.wait(), 10)
        async with wire(nats.url) as here, echo_room(here) as again:
            assert await asks(link, b"after") == b"re: after"
        assert again.asked[0][0] == room.asked[0][0]


@pytest.mark.usefixtures("another_room_answers")
async def test_two_rooms_with_one_code_are_refused(nats: NatsServer) -> None:
    async with wire(nats.url) as here, wire(nats.url) as there, echo_room(here) as room:
        with pytest.raises(LinkRefused, match="already"):
            async with echo_room(there):
                pass
        async with echo_room(there, "another"), echo_room(there, "kmnprtw", Secret(bytes(32))):
            pass
        async with door(there) as link:
            await link.request(b"still", 5)
        assert [request for _name, request in room.asked] == [b"still"]


@pytest.mark.usefixtures("another_room_answers")
async def test_a_room_that_comes_back_gives_way_to_one_that_has_taken_its_code_and_takes_it_again(
    nats: NatsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nats_room, "_LOOKS_AGAIN", (0.1, 0.2))
    async with Network(nats.port).open() as network, AsyncExitStack() as stack:
        away, here, there = [await stack.enter_async_context(wire(url)) for url in (network.url, nats.url, nats.url)]
        first = await stack.enter_async_context(echo_room(away))
        link = await stack.enter_async_context(door(there))
        await asks(link, b"to the first")
        changed = asyncio.Event()
        away.changed.add(changed.set)
        network.cut()
        await asyncio.wait_for(changed.wait(), 10)
        async with echo_room(here) as second:
            network.mend()
            async with asyncio.timeout(10):
                while not first.said:
                    await asyncio.sleep(0)
            for n in range(3):
                async with door(there) as another:
                    await asks(another, b"%d" % n)
            async with asyncio.timeout(10):
                # Until it is told, the door that was there before is served by the first.
                while len(second.asked) < 4:
                    await asks(link, b"to the second")
            assert [request for _name, request in second.asked] == [b"0", b"1", b"2", b"to the second"]
            assert (
                first.said[0]
                == "Another session has taken this code at this NATS. Until it ends, doors lead to that one."
            )
        await asks(link, b"to the first again")
        heard = [request for _name, request in first.asked]
        assert (heard[0], heard[-1]) == (b"to the first", b"to the first again")
        assert {*heard} <= {b"to the first", b"to the second", b"to the first again"}


async def test_a_door_looks_for_a_room_by_its_code(nats: NatsServer) -> None:
    async with wire(nats.url) as here, wire(nats.url) as there, echo_room(here):
        assert await is_there(there, SECRET.room("KMNPRTW"))
        assert not await is_there(there, SECRET.room("kmnprtx"))
        assert not await is_there(there, Secret(bytes(32)).room("kmnprtw"))


async def test_strangers_and_repeats_are_refused_and_said_once(nats: NatsServer) -> None:
    keys, wrong = SECRET.room("kmnprtw"), Secret(bytes(32)).room("kmnprtw")
    async with Network(nats.port).open() as network, wire(nats.url) as here, wire(network.url) as there:
        async with echo_room(here) as room:
            async with wire(nats.url) as listening, door(there) as link:
                heard: list[tuple[str, bytes]] = []

                async def hear(subject: str, data: bytes, _reply: str) -> None:
                    heard.append((subject, data))

                await listening.subscribe("tisu.>", hear)
                with pytest.raises(LinkDown):  # so that NATS has heard of it
                    await listening.ask("tisu.nobody", b"", 0.1)
                await link.request(b"once", 5)
                greeting = DoorGreeting(keys.psk)
                for _n in range(3):
                    with pytest.raises(LinkDown):
                        await listening.ask(room_subject(keys.name), DoorGreeting(wrong.psk).first, 0.2)
                    other = DoorGreeting(keys.psk, version=9)
                    with pytest.raises(GreetingRefused):
                        other.finish(await listening.ask(room_subject(keys.name), other.first, 1))
                # Everything that the door has sent, again; and some of it on a link of one's own.
                await listening.ask(room_subject(keys.name), greeting.first, 1)
                for subject, data in [each for each in heard if each[0].startswith("tisu.up.")]:
                    await listening.publish(subject, data)
                    await listening.publish(up_subject(keys.name, greeting.link), data)
                with pytest.raises(LinkDown):
                    await listening.ask(room_subject(keys.name), greeting.first, 0.2)
                # What the room has sent, again, to the door.
                for subject, data in [each for each in heard if each[0].startswith("tisu.down.")]:
                    await listening.publish(subject, data)
                assert await link.request(b"twice", 5) == b"re: twice"
                assert connections(room) == 2  # the link's, and the one of our own
            assert [request for _name, request in room.asked] == [b"once", b"twice"]
            assert room.said == [
                "A door was turned away: it does not hold this session's secret.",
                "A door was turned away: it speaks another version.",
                "A message of a door was refused: it was sent before.",
                "A message of a door was refused: it was sealed for another connection, or changed on the way.",
                "A door was turned away: its greeting was sent before.",
            ]


async def test_a_door_of_another_version_says_so(nats: NatsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DoorGreeting.__init__, "__defaults__", (9,))
    monkeypatch.setattr(nats_door, "REFUSED_AGAIN", 0.1)
    async with wire(nats.url) as here, wire(nats.url) as there:
        async with echo_room(here) as room, door(there) as link:
            with pytest.raises((LinkRefused, LinkDown)):
                await link.request(b"x", 1)
            with pytest.raises(LinkRefused, match="another version"):
                await link.request(b"x", 1)
            with pytest.raises(LinkRefused, match="another version"):
                await is_there(there, SECRET.room("kmnprtw"))
        assert room.said == ["A door was turned away: it speaks another version."]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("nats://nats.example.org", "needs TLS"),
        ("tls://nats.example.org", "needs --login"),
        ("tls://192.0.2.7:4222", "needs --login"),
        ("nats://me:secret@127.0.0.1", "--login FILE"),
        ("http://127.0.0.1", "write it like"),
        ("127.0.0.1", "write it like"),
        ("nats://127.0.0.1:many", "write it like"),
        ("nats://", "write it like"),
    ],
)
def test_an_address_without_tls_or_credentials_is_refused(url: str, why: str) -> None:
    with pytest.raises(NatsProblem, match=why):
        server(url)


async def test_nobody_there_is_one_line() -> None:
    with pytest.raises(NatsProblem, match="can't be reached"):
        await Wire(server("nats://127.0.0.1:1")).open()


def test_a_door_on_a_port_in_use_says_its_own_line_again_with_another_one(nats: NatsServer, tmp_path: Path) -> None:
    make_secret(tmp_path / "secret")
    (tmp_path / "login").write_text("door:a-password\n")
    (tmp_path / "login").chmod(0o600)
    typed = ["door", "--nats", nats.url, "--secret", "secret", "--login", "login", "--bind", "127.0.0.1"]
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = tisu(tmp_path, *typed, "--address", "door.example.org", "--port", str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"Port {port} is in use already" in done.stderr
    again = f"tisu {' '.join(typed)} --address door.example.org --port "
    assert again in done.stderr


async def test_a_password_is_never_sent_where_somebody_has_switched_tls_off(tmp_path: Path) -> None:
    heard = bytearray()
    over = asyncio.Event()

    async def pretend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(
            b'INFO {"server_id":"x","version":"2.9.10","proto":1,"max_payload":1048576,"auth_required":true}\r\n'
        )
        while data := await reader.read(4096):
            heard.extend(data)
        writer.close()
        over.set()

    login = tmp_path / "login"
    login.write_text("host:a-password\n")
    login.chmod(0o600)
    listening = await asyncio.start_server(pretend, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    with pytest.raises(NatsProblem, match="offers no TLS"):
        await Wire(server(f"tls://127.0.0.1:{port}", login)).open()
    await over.wait()
    listening.close()
    assert b"a-password" not in heard


async def test_a_network_that_is_cut_at_the_room_mends_too(nats: NatsServer) -> None:
    async with Network(nats.port).open() as network, wire(network.url) as here, wire(nats.url) as there:
        async with echo_room(here) as room, door(there) as link:
            await asks(link, b"before")
            network.cut()
            with pytest.raises(LinkDown):
                await link.request(b"unanswered", 0.2)
            await asyncio.wait_for(link.down.wait(), 10)
            network.mend()
            assert await asks(link, b"after") == b"re: after"
            assert len({name for name, _request in room.asked}) == 1
            await room.link.send(room.asked[0][0], b"news")
            assert await anext(link.frames()) == b"news"


async def test_doors_begin_anew_with_a_room_that_was_cut_off(nats: NatsServer) -> None:
    async with Network(nats.port).open() as network, wire(network.url) as here, wire(nats.url) as there:
        async with echo_room(here) as room, door(there) as link:
            await asks(link, b"before")
            changed = asyncio.Event()
            here.changed.add(changed.set)
            network.cut()
            await asyncio.wait_for(changed.wait(), 10)
            network.mend()
            # Nothing is asked, and the door notices all the same.
            await asyncio.wait_for(link.down.wait(), 10)
            await asyncio.wait_for(link.up.wait(), 10)
            assert connections(room) == 2


async def test_a_task_that_swallows_that_it_was_cancelled_is_ended_all_the_same() -> None:
    async def swallow() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    task = asyncio.create_task(swallow())
    await asyncio.sleep(0)
    await asyncio.wait_for(end([task]), 5)
    assert task.cancelled()
