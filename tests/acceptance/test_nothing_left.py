"""What a real host leaves where a thief could find it: after a crash, while a question is open, on a terminal."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from openssh import TISU, Lines, Seen, a_host, open_step
from programs import program

WORKSHOP = """---
tisu: 1
title: How we are
---

# How we are

## How are you just now?

`check-in` `id arrive`

- -3 to -2: Below
- -1 to 1: In the window
- 2 to 3: Above

## What weighs on you?

`gather` `id weighs` `kept in the room`

## How are you now?

`check-in` `id leave` `again arrive`
"""


def _workshop(folder: Path) -> str:
    path = folder / "how-we-are.md"
    path.write_text(WORKSHOP)
    return str(path)


def _home(folder: Path) -> str:
    """Make a home that nobody else writes to."""
    home = folder / "home"
    home.mkdir()
    return str(home)


def _everything(folder: Path) -> Iterator[tuple[str, bytes, int, int]]:
    """Read every file below a folder: its name, its bytes, which file it is, and when it was changed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            facts = path.stat()
            yield str(path), path.read_bytes(), facts.st_ino, facts.st_mtime_ns


def _allow_cores() -> None:
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except ValueError:
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


@pytest.mark.skipif(sys.platform != "linux", reason="what a process may write is read from /proc")
def test_a_host_that_crashes_writes_no_memory_to_the_disk(tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(
        [program("ssh-keygen", "openssh-client"), "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True
    )

    allowed = subprocess.run(["sh", "-c", "ulimit -c"], capture_output=True, check=True, preexec_fn=_allow_cores)
    started = [*TISU, "host", _workshop(tmp_path), "--headless", "--console-key", f"{key}.pub", "--port", "0",
               "--bind", "127.0.0.1", "--data", str(tmp_path / "data")]  # fmt: skip
    with subprocess.Popen(started, cwd=tmp_path, stdout=subprocess.PIPE, preexec_fn=_allow_cores) as host:  # noqa: PLW1509 - no threads here
        try:
            assert host.stdout is not None
            for _line in range(4):
                host.stdout.readline()
            limits = Path(f"/proc/{host.pid}/limits").read_text().splitlines()
            (cores,) = (line.split()[4:6] for line in limits if line.startswith("Max core file size"))
            # One byte: no file of memory is as short, and no collector of crashes is given one (see the host's source).
            # Where none was allowed beforehand, by no limit or by that of one byte, it stays so.
            assert cores in ([["0", "0"], ["1", "1"]] if allowed.stdout.strip() == b"0" else [["1", "1"]])
            host.send_signal(signal.SIGSEGV)
            _pid, status = os.waitpid(host.pid, 0)
            host.returncode = -signal.SIGSEGV
            assert (os.WTERMSIG(status), os.WCOREDUMP(status)) == (signal.SIGSEGV, False)
        finally:
            if host.returncode is None:
                host.kill()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("core")] == []


async def test_a_host_killed_while_people_answer_about_themselves_has_left_no_byte_of_it_anywhere(
    tmp_path: Path,
) -> None:
    words = [f"zebra{n} at the window" for n in range(6)]

    home = _home(tmp_path)

    async with a_host(tmp_path, _workshop(tmp_path), HOME=home, TMPDIR=home) as host:
        async with AsyncExitStack() as stack:
            desk = await stack.enter_async_context(Lines(host.way_in("facilitator+plain", "-T")))
            crowd = await host.crowd(stack, len(words))
            await open_step(desk, "How are you just now")
            before = [*_everything(tmp_path)]
            for n, each in enumerate(crowd):
                await each.until("Answer:")
                each.say(str(n % 3 + 1) if n else "p")
                await each.until("Kept until this closes: ")
            crowd[1].say("change")
            await crowd[1].until("Answer:")
            crowd[2].say("withdraw")
            await crowd[2].until("Answer:")
            assert [*_everything(tmp_path)] == before
            await open_step(desk, "What weighs")
            before = [*_everything(tmp_path)]
            for each, text in zip(crowd, words, strict=True):
                await each.until("Question: ")
                await each.until("Answer:")
                each.say(text)
                await each.until("Kept until this closes: ")
            assert [*_everything(tmp_path)] == before
            # Closed, they are the facilitator's to read, and still in memory only.
            desk.say("next")
            assert await desk.until("Now: ") == "Now: closed"
            desk.say("words")
            await desk.until("6. zebra5")
            await host.stop(signal.SIGKILL)
        assert not [name for name, content, _inode, _time in _everything(tmp_path) if b"zebra" in content]


async def test_no_time_of_a_file_or_folder_moves_while_people_answer(tmp_path: Path) -> None:
    path = tmp_path / "how-we-are.md"
    path.write_text(WORKSHOP.replace("`gather` `id weighs` `kept in the room`", "`gather` `id weighs`"))
    home = _home(tmp_path)
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "actions.md").write_text("---\ntisu-actions: 1\n---\n")

    def times() -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "support.md").write_text("- NHS 24, 111\n")
    (data / "support.md").chmod(0o600)
    async with a_host(tmp_path, str(path), HOME=home, TMPDIR=home) as host, AsyncExitStack() as stack:
        desk = await host.desk(stack)
        crowd = await host.crowd(stack, 6)
        await open_step(desk, "What weighs")
        before, stored = times(), (data / f"{host.said['session']}.json").read_bytes()
        for n, each in enumerate(crowd):
            await each.until("Question: What weighs")
            await each.until("Answer:")
            each.say(f"zebra{n}" if n else "p")
            await each.until("Recorded")
        assert (data / f"{host.said['session']}.json").read_bytes() != stored
        assert times() == before


async def test_nothing_in_the_host_s_environment_makes_its_library_write_down_what_people_do(tmp_path: Path) -> None:
    home = _home(tmp_path)
    asks = {"TEXTUAL": "debug,devtools", "TEXTUAL_DEBUG": "1", "TEXTUAL_LOG": f"{home}/log", "TEXTUAL_PRESS": "p",
            "TEXTUAL_SCREENSHOT": "1", "TEXTUAL_SCREENSHOT_LOCATION": home}  # fmt: skip

    async with (
        a_host(tmp_path, _workshop(tmp_path), HOME=home, TMPDIR=home, **asks) as host,
        AsyncExitStack() as stack,
    ):
        desk = await stack.enter_async_context(Lines(host.way_in("facilitator+plain", "-T")))
        crowd = [await stack.enter_async_context(Seen(host.way_in(host.code))) for _n in range(5)]
        for each in crowd:
            await each.until("Welcome")
        await open_step(desk, "What weighs")
        for each in crowd:
            await each.until("What weighs")
            each.type("\x1b[200~zebra\x1b[201~ crossing\r")
            await each.until("Kept until this closes: ")
    assert [*Path(home).rglob("*")] == []
