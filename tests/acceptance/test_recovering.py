"""A disk that fails under a real host, over real SSH: what each screen says, and that nothing recorded is lost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from openssh import Host, Lines, Seen, open_step, return_words
from programs import program

SOAK = bool(os.environ.get("TISU_SOAK"))
FAULTY = str(Path(__file__).with_name("faulty_tisu.py"))
WORKSHOP = """---
tisu: 1
title: How it goes
---

# How it goes

## How far along are we?

`rate` `id rows`

> This asks about our service.

1. `R1` People can see that leaders care.

- 1: Not started
- 2: Early steps
- 3: Partly in place

## The end

`close`
"""
STILL = 60.0 if SOAK else 0.5
"""Seconds that a host stands still, as on a computer that sleeps."""
SAFE = "What was recorded before is safe."
FULL, BUSY, READ_ONLY = "No space left on device", "Too many open files", "Read-only file system"
MAKE_ROOM, BY_ITSELF = "Make room on the host's disk", "It goes on by itself"


@dataclass
class Room:
    """Everybody at their own kind of screen."""

    host: Host
    desk: Lines
    console: Seen
    wall: Seen
    full: Seen
    lines: list[Lines]
    words: list[str]


def _join(text: str) -> str:
    """Put the lines of a screen together; what stands in a column beside them comes after them."""
    lines = text.splitlines()
    return " ".join("\n".join((*lines, *(line[:58] for line in lines))).split())


async def _see(screen: Seen, *wanted: str) -> None:
    await screen.until(lambda text: all(each in _join(text) for each in wanted))


async def _come_in(host: Host, stack: AsyncExitStack) -> Room:
    desk = await host.desk(stack)
    console = await stack.enter_async_context(Seen(host.way_in("facilitator"), 100, 30))
    wall = await stack.enter_async_context(Seen(host.way_in("screen"), 100, 30))
    await wall.until("Join code")
    wall.type(f"{host.code}\r")
    full = await stack.enter_async_context(Seen(host.way_in(host.code), 100, 30))
    words = [return_words(await full.until("Your three words"))]
    lines = await host.crowd(stack, 5)
    words += [return_words("\n".join(line.heard)) for line in lines]
    await console.until("How it goes")
    await wall.until("To join")
    await open_step(desk, "How far")
    await asyncio.gather(*(line.until("Answer:") for line in lines))
    await full.until("People can see")
    return Room(host, desk, console, wall, full, lines, [word.replace(" ", "-") for word in words])


async def _answer(who: Lines, what: str) -> None:
    who.say(what)
    await who.until("Recorded")


async def _everybody_is_told(room: Room, answer: str, reason: str, remedy: str, stack: AsyncExitStack) -> None:
    """Let an answer fail, and look at every screen, and at a newcomer's."""
    room.lines[0].say("change")
    await room.lines[0].until("Answer:")
    room.lines[0].say(answer)
    assert reason in await room.lines[0].until("Not taken: ")
    await _see(room.full, reason, SAFE, "Please wait")
    for screen in (room.console, room.wall):
        await _see(screen, reason, SAFE, remedy)
    assert remedy in await room.desk.until("Saving ")
    newcomer = await stack.enter_async_context(Lines(room.host.way_in(f"{room.host.code}+plain", "-T")))
    assert SAFE in await newcomer.until("Saving ")
    await newcomer.until("Please try to join again in a few minutes.")
    await newcomer.ended()
    at_a_screen = await stack.enter_async_context(Seen(room.host.way_in(room.host.code), 100, 30))
    await at_a_screen.gone()
    assert SAFE in _join(at_a_screen.text)
    assert not any("three words" in each for each in (*newcomer.heard, at_a_screen.text))


async def _all_is_well_again(room: Room, answer: str) -> None:
    """The answer that was not taken is recorded, and the warning goes from every screen."""
    await _answer(room.lines[0], answer)
    await room.desk.until("Now: open")
    for screen in (room.console, room.wall, room.full):
        await screen.until(lambda text: SAFE not in _join(text))


async def _everybody_finds_their_answer(host: Host, words: list[str], answers: list[str]) -> None:
    """Come back to a host that was started again, each with their own words, and hear what was recorded."""
    async with AsyncExitStack() as stack:
        for own, answer in zip(words, answers, strict=True):
            back = await stack.enter_async_context(Lines(host.way_in(f"{host.code}+plain+{own}", "-T")))
            # Whoever had answered is asked nothing.
            assert await back.until("Answer:", "Waiting") != "Answer:"
            back.say("mine")
            assert answer in await back.until("R1 People")


def _workshop(folder: Path) -> str:
    path = folder / "how-it-goes.md"
    path.write_text(WORKSHOP)
    return str(path)


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    """Mount a disk of 2 MiB, where that is allowed."""
    folder.mkdir()
    mounted = sys.platform == "linux" and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "tisu", str(folder)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("nothing may be mounted here; the same is tried on a disk that only says it is full")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


async def test_a_real_disk_that_is_full_says_so_everywhere_and_with_room_saving_goes_on(tmp_path: Path) -> None:
    with _small_disk(tmp_path / "data") as disk:
        host = Host(tmp_path, _workshop(tmp_path))
        try:
            await host.start()
            async with AsyncExitStack() as stack:
                room = await _come_in(host, stack)
                for line in room.lines:
                    await _answer(line, "2")
                balloon = disk / "balloon"
                with balloon.open("wb", buffering=0) as file, contextlib.suppress(OSError):
                    while file.write(bytes(4096)):
                        pass
                await _everybody_is_told(room, "3", FULL, MAKE_ROOM, stack)
                balloon.unlink()
                await _all_is_well_again(room, "3")
            await host.stop(signal.SIGKILL)
            await host.start()
            await _everybody_finds_their_answer(host, room.words[1:], ["3", "2", "2", "2", "2"])
        finally:
            await host.stop(signal.SIGKILL)


FOR_A_WHILE = [
    ("write ENOSPC", "3", FULL, MAKE_ROOM),
    ("open EROFS", "1", READ_ONLY, BY_ITSELF),
    ("open EMFILE", "3", BUSY, BY_ITSELF),
]
FOR_GOOD = ["fsync EIO", *(["write EIO", "fsync ENOSPC"] if SOAK else [])]


@pytest.mark.parametrize("fault", FOR_GOOD)
async def test_faults_pass_or_are_said_for_good_and_after_a_new_start_everybody_finds_their_answer(
    tmp_path: Path, fault: str
) -> None:
    faults = tmp_path / "fault"
    host = Host(tmp_path, _workshop(tmp_path), tisu=(sys.executable, FAULTY, str(faults)))
    try:
        await host.start()
        async with AsyncExitStack() as stack:
            room = await _come_in(host, stack)
            for line in room.lines:
                await _answer(line, "1")
            for passing, answer, reason, remedy in FOR_A_WHILE if fault == FOR_GOOD[0] else []:
                faults.write_text(passing)
                await _everybody_is_told(room, answer, reason, remedy, stack)
                faults.unlink()
                await _all_is_well_again(room, answer)
            faults.write_text(fault)
            reason = FULL if "ENOSPC" in fault else "Input/output error"
            await _everybody_is_told(room, "2", reason, f"tisu host … --resume {host.said['session']}", stack)
            faults.unlink()
            # A disk that failed once is not believed again by the same host.
            room.lines[0].say("change")
            await room.lines[0].until("Answer:")
            room.lines[0].say("1")
            assert "Saving failed" in await room.lines[0].until("Not taken: ", "Recorded")
            assert await host.stop() == 0
            for line in room.lines:
                await line.until("We have stopped for now. What was recorded is safe.")
                await line.until("Come back with: ")
        await host.start("--resume", host.said["session"])
        answers = ["3" if fault == FOR_GOOD[0] else "1", "1", "1", "1", "1"]
        await _everybody_finds_their_answer(host, room.words[1:], answers)
    finally:
        await host.stop(signal.SIGKILL)


def _clock(folder: Path) -> tuple[Path, dict[str, str]]:
    """Give the file that says how far the host's clock is off, and the environment in which it counts."""
    installed = Path(program("faketime", "faketime")).parents[1]
    libraries = sorted(installed.glob("lib*/**/libfaketimeMT.*"))
    if not libraries:
        pytest.skip("libfaketimeMT is not beside faketime")
    file = folder / "clock"
    file.write_text("+0\n")
    preload = "DYLD_INSERT_LIBRARIES" if sys.platform == "darwin" else "LD_PRELOAD"
    return file, {
        preload: str(libraries[0]),
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


async def test_a_clock_that_jumps_and_a_host_that_stands_still_lose_nothing(tmp_path: Path) -> None:
    clock, environment = _clock(tmp_path)
    host = Host(tmp_path, _workshop(tmp_path), environment=environment)
    try:
        await host.start()
        async with AsyncExitStack() as stack:
            room = await _come_in(host, stack)
            file = tmp_path / "data" / f"{host.said['session']}.json"
            day = file.stat().st_mtime
            for offset, who, answer in (("-400d", 0, "1"), ("+400d", 1, "2")):
                clock.write_text(f"{offset}\n")
                await _answer(room.lines[who], answer)
                late = await stack.enter_async_context(Lines(host.way_in(f"{host.code}+plain", "-T")))
                await late.until("Have you been here before?")
                # What was stored is of the session's day, whatever the clock says.
                assert file.stat().st_mtime == day
            assert host.process is not None
            host.process.send_signal(signal.SIGSTOP)
            room.lines[2].say("3")
            room.lines[3].say("1")
            room.lines[4].say("2")
            room.full.type("3\r")
            waiting = await stack.enter_async_context(Lines(host.way_in(f"{host.code}+plain", "-T")))
            await asyncio.sleep(STILL)
            host.process.send_signal(signal.SIGCONT)
            await asyncio.gather(*(line.until("Recorded") for line in room.lines[2:]))
            await room.full.until("Recorded")
            await waiting.until("Have you been here before?")
            await host.stop(signal.SIGKILL)
        await host.start()
        await _everybody_finds_their_answer(host, room.words, ["3", "1", "2", "3", "1", "2"])
    finally:
        await host.stop(signal.SIGKILL)
