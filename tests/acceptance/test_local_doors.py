"""Doors in processes of their own: what becomes of people when a door, the room or the time fails them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from one_question import LABELS, QUESTION, WORKSHOP
from openssh import FRESH, PATIENCE, Host, Lines, open_step, started
from people_at_terminals import play
from test_on_the_wire import ANSWERS, _workshop, a_wire, in_full_screen, in_lines, open_question
from voters import HungUp, Voter

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are found in /proc")

AWAY = "We have lost touch with the host."


def door_pids(host: Host) -> list[int]:
    """Find the doors of a host's session, whether it is there or not."""
    note = str(host.folder / "data" / f"{host.said['session']}.doors")
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (entry / "cmdline").read_bytes().decode().split("\0")
            found += [int(entry.name)] if "tisu_tui.cli._door_process" in command and note in command else []
    return sorted(found)


def sockets(pid: int) -> int:
    """Count the sockets that a process has open."""
    found = 0
    for path in Path(f"/proc/{pid}/fd").glob("*"):
        with contextlib.suppress(OSError):
            found += str(path.readlink()).startswith("socket:")
    return found


@asynccontextmanager
async def a_host(folder: Path, doors: int = 2) -> AsyncIterator[Host]:
    (folder / "far.md").write_text(WORKSHOP)
    errors = os.open(folder / "errors", os.O_WRONLY | os.O_CREAT, 0o600)
    host = Host(folder, str(folder / "far.md"), errors=errors)
    try:
        await host.start("--doors", str(doors))
        yield host
    finally:
        os.close(errors)
        pids = door_pids(host) if host.said else []
        await host.stop(signal.SIGKILL)
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
                os.kill(pid, signal.SIGKILL)


async def _doors(host: Host, wanted: int) -> list[int]:
    """Wait until so many doors take people in: two sockets are the loop's, one listens, and one goes to the room."""
    async with asyncio.timeout(PATIENCE):
        while len(found := [pid for pid in door_pids(host) if sockets(pid) >= 4]) < wanted:
            await asyncio.sleep(0.05)  # /proc says nothing by itself
    return found


async def _people(host: Host, number: int) -> list[Voter]:
    voters = [Voter(int(host.port), host.code) for _n in range(number)]
    for voter in voters:
        await voter.come()
        await voter.until("Waiting")
    return voters


async def _result(host: Host, desk: Lines) -> list[int]:
    """Close, show, seal, and give how many chose each."""
    desk.say("next")
    await desk.until("Now: ")
    while True:
        desk.say("end")
        heard = await desk.until("Next: ", "Notes: ")
        if heard.startswith("Notes: "):
            path = Path(heard.removeprefix("Notes: "))
            break
    results = json.loads((path.with_suffix("") / "results.json").read_text())
    question = results["steps"][0]["rounds"][0]["questions"][0]
    return [option["people"] for option in question["options"]][: len(LABELS)]


async def test_people_of_a_door_that_is_killed_come_back_by_the_same_line_with_their_answers(tmp_path: Path) -> None:
    async with a_host(tmp_path) as host, AsyncExitStack() as stack:
        first, *_others = await _doors(host, 2)
        desk = await stack.enter_async_context(Lines(host.way_in("facilitator+plain", "-T")))
        voters = await _people(host, 12)
        await desk.until("Next: ")
        await open_step(desk, QUESTION)
        for n, voter in enumerate(voters):
            await voter.until("Answer:")
            await voter.answer(str(1 + n % 2), LABELS[n % 2])
        os.kill(first, signal.SIGKILL)
        gone = []
        for voter in voters:
            try:
                assert (await voter.mine(QUESTION)).endswith(str(voter.acknowledged))
            except HungUp:
                gone.append(voter)
        assert 0 < len(gone) < 12, "both doors have had people"
        for each in gone:
            await each.come()
            await each.until("Waiting")
            assert (await each.mine(QUESTION)).endswith(str(each.acknowledged))
        # Another door takes the place of the one that was killed.
        assert first not in await _doors(host, 2)
        desk = await stack.enter_async_context(Lines(host.way_in("facilitator+plain", "-T")))
        await desk.until("Now: open")
        # The first desk may sit at the door that was not killed.
        desk.say("take")
        await desk.until("This screen is leading now.")
        assert await _result(host, desk) == [6, 6, 0, 0, 0]
        for voter in voters:
            voter.cut()


async def test_doors_wait_calmly_for_a_room_that_was_killed_and_is_resumed(tmp_path: Path) -> None:
    async with a_host(tmp_path) as host, AsyncExitStack() as stack:
        before = await _doors(host, 2)
        desk = await stack.enter_async_context(Lines(host.way_in("facilitator+plain", "-T")))
        voters = await _people(host, 10)
        await desk.until("Next: ")
        await open_step(desk, QUESTION)
        for voter in voters[:5]:
            await voter.until("Answer:")
            await voter.answer("1", LABELS[0])
        for voter in voters[5:]:
            await voter.until("Answer:")
        await host.stop(signal.SIGKILL)
        for voter in voters:
            await voter.until(AWAY)
        # What is sent meanwhile goes through as soon as the room is back.
        for voter in voters[5:]:
            voter.say("2")
        late = Voter(int(host.port), host.code)
        coming = asyncio.create_task(late.come())
        await coming
        await late.until(AWAY)
        await host.start("--doors", "2")
        for voter in voters[5:]:
            await voter.until("Recorded: ")
            voter.acknowledged = LABELS[1]
        await late.until("Have you been here before?")
        late.say("")
        await late.until("Answer:")
        await late.answer("3", LABELS[2])
        assert await _doors(host, 2) == before
        for voter in voters:
            assert (await voter.mine(QUESTION)).endswith(str(voter.acknowledged))
        await desk.until("Now: open")
        assert await _result(host, desk) == [5, 5, 1, 0, 0]
        for each in (*voters, late):
            each.cut()


async def test_a_door_that_hangs_holds_up_nobody_else(tmp_path: Path) -> None:
    async with a_host(tmp_path) as host, AsyncExitStack() as stack:
        doors = await _doors(host, 2)
        empty = {pid: sockets(pid) for pid in doors}
        voters = await _people(host, 10)
        before = {pid: sockets(pid) for pid in doors}
        desk = await host.desk(stack)
        # The facilitator's door goes on, and all who came in by it.
        (here, *_more) = sorted(doors, key=lambda pid: before[pid] - sockets(pid))
        (hung,) = [pid for pid in doors if pid != here]
        os.kill(hung, signal.SIGSTOP)
        await open_step(desk, QUESTION)

        async def answer(voter: Voter) -> None:
            await voter.until("Answer:")
            await voter.answer(*("2", LABELS[1]) if is_over else ("1", LABELS[0]))

        is_over = False
        answering = {asyncio.create_task(answer(each)) for each in voters}
        answered: set[asyncio.Task[None]] = set()
        while len(answered) < before[here] - empty[here]:
            done, answering = await asyncio.wait(answering, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
            assert done
            answered |= done
        assert answered
        assert answering
        is_over = True
        os.kill(hung, signal.SIGCONT)
        await asyncio.gather(*answered, *answering)
        assert await _result(host, desk) == [len(answered), 10 - len(answered), 0, 0, 0]
        for each in voters:
            each.cut()


ANOTHER_VERSION = """
from tisu_tui.doors import codec, remote
remote.fingerprint = lambda: "0123456789ab"
from tisu_tui.cli import _door_process
_door_process.main()
"""


async def test_what_comes_beside_a_room_with_doors_and_does_not_belong_there_is_refused_in_one_line(
    tmp_path: Path,
) -> None:
    async with a_host(tmp_path, doors=1) as host:
        await _doors(host, 1)
        # A door of another version; both sides hear of it.
        note = tmp_path / "data" / f"{host.said['session']}.doors"
        options = ("--note", str(note), "--key", str(tmp_path / "data" / "host_key"), "--doors", "1", "--name", "x")
        with socket.socket() as listener:
            number = listener.fileno()
            door = await asyncio.create_subprocess_exec(
                sys.executable, "-c", ANOTHER_VERSION, *options, str(number),
                stderr=asyncio.subprocess.PIPE, pass_fds=(number,),
            )  # fmt: skip
            _out, said = await asyncio.wait_for(door.communicate(), PATIENCE)
        assert door.returncode == 1
        (line,) = said.decode().splitlines()
        assert line.startswith("A door of another version of tisu was refused: it has ")
        assert line in (tmp_path / "errors").read_text().splitlines()

        async def refused(*arguments: str) -> list[str]:
            command = (
                *host.tisu, "host", host.workshop, "--headless", "--console-key", str(tmp_path / "key.pub"), "--bind",
                "127.0.0.1", "--port", host.port, *arguments,
            )  # fmt: skip
            process = await started(command, stderr=subprocess.STDOUT)
            said, _none = await asyncio.wait_for(process.communicate(), PATIENCE)
            assert process.returncode
            return said.decode().splitlines()

        # Another session at the same port.
        line, *_more = await refused("--data", str(tmp_path / "other"), "--doors", "1", "--new")
        assert host.port in line
        # The same session, killed and taken up without the doors that wait for it.
        await host.stop(signal.SIGKILL)
        (line,) = await refused("--data", str(tmp_path / "data"))
        assert line.startswith("Doors of a session that was interrupted wait there. To go on through them: tisu host ")
        assert line.endswith(f"--port {host.port} --doors 2")


async def test_a_whole_session_is_played_through_two_doors(tmp_path: Path) -> None:
    host = Host(tmp_path, "window-of-tolerance", tisu=FRESH)
    try:
        await host.start("--doors", "2")
        await _doors(host, 2)
        notes = (await play(tmp_path, host, 6)).read_text(encoding="utf-8")
        assert "status: sealed" in notes
        assert "5–7" in notes
        # Once everybody has left, the host ends by itself.
        assert host.process is not None
        assert await asyncio.wait_for(host.process.wait(), PATIENCE) == 0
    finally:
        await host.stop()
    assert door_pids(host) == []
    assert not list((tmp_path / "data").glob("*.doors"))


async def test_every_answer_has_the_same_size_on_the_network_through_a_door(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        host = Host(tmp_path, _workshop(tmp_path))
        await host.start("--doors", "1")
        stack.push_async_callback(host.stop)
        await _doors(host, 1)
        await open_question(host, stack)
        wire, through = await stack.enter_async_context(a_wire(host))
        seen = {key: await in_full_screen(through, wire, key) for key in (*ANSWERS, "w")}
        assert len(set(seen.values())) == 1, seen
        # What is recorded and what the seat then shows come in one redraw, as a mark does.
        marked, _up, recorded, _enter = seen["5"]
        assert marked == recorded
        lines = {key: await in_lines(through, wire, key) for key in ANSWERS}
        assert len(set(lines.values())) == 1, lines
