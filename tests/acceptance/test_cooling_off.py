"""Notes are left open for a day: the host stops, people come back, and the command line seals."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from contextlib import AsyncExitStack
from pathlib import Path

from command_line import tisu
from openssh import FRESH, PATIENCE, Lines, Seen, a_host, return_words

WORKSHOP = """---
tisu: 1
title: A day on the moon
---

## What would you change?

`gather` `id ideas`

## Who does what?

`actions`
"""
IDEAS = [f"idea {n}" for n in range(1, 5)] + ["what Kim said on Friday"]


def _tisu(folder: Path, *arguments: str, status: int = 0) -> str:
    done = tisu(folder, *arguments)
    assert done.returncode == status, done.stderr + done.stdout
    return done.stdout + done.stderr


async def _go(desk: Lines, *lines: str) -> None:
    """Type lines one after another, each once the one before was heard."""
    for line in lines:
        desk.say(line)
        await desk.until("Next: ")


async def test_notes_are_thought_over_and_sealed_from_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "moon.md"
    path.write_text(WORKSHOP)

    async with a_host(tmp_path, str(path)) as host:
        name = host.said["session"]
        async with AsyncExitStack() as stack:
            desk = await stack.enter_async_context(Lines(host.way_in("facilitator+plain", "-T")))
            crowd = await host.crowd(stack, len(IDEAS))
            words = return_words("\n".join(crowd[0].heard)).replace(" ", "-")
            await desk.until("Next: ")
            await _go(desk, "next", "next")
            for each, idea in zip(crowd, IDEAS, strict=True):
                await each.until("Answer:")
                each.say(idea)
                await each.until("Recorded")
            await _go(desk, "next", "keep all", "next", "next")
            desk.say("action Talk to Lee @sam 2026-12-01")
            await desk.until("Recorded")
            await _go(desk, "next", "next", "next")
            await desk.until("6. what Kim said")
            desk.say("leave open")
            await desk.until("These notes stay open")
            await crowd[0].until("These notes stay open")
            crowd[0].say("soften 6")
            await crowd[0].until("Asked.")
            desk.say("leave")
            for each in crowd:
                each.say("leave")
        assert host.process is not None
        out, _errors = await asyncio.wait_for(host.process.communicate(), PATIENCE)
        assert host.process.returncode == 0
        (draft,) = (line for line in out.decode().splitlines() if line.startswith("Draft: "))
        text = Path(draft.removeprefix("Draft: ")).read_text()
        assert "This is a draft" in text
        assert "idea 4" in text
        assert "Kim" not in text
        assert f"To seal them: tisu seal {name} --data {tmp_path / 'data'}" in out.decode()
        assert json.loads(_tisu(tmp_path, "sessions", "--state", "open", "--json"))[0]["id"] == name
        # Whoever was there comes back with the words they had.
        await host.start("--resume", name)
        async with Lines(host.way_in(f"{host.code}+plain+{words}", "-T")) as back:
            await back.until("Result: Reading the notes together")
            back.say("soften 1")
            await back.until("Asked.")
        await host.stop()
        assert "--yes" in _tisu(tmp_path, "seal", name, status=2)
        assert "There is no line 9" in _tisu(tmp_path, "seal", name, "--strike", "9", "--yes", status=2)
        said = _tisu(tmp_path, "seal", name, "--strike", "2", "--yes")
        assert "The group made it aloud, so it stays as it is." in said
        assert "It is left out." in said
        (notes,) = (line for line in said.splitlines() if line.startswith("Notes: "))
        text = (tmp_path / notes.removeprefix("Notes: ")).read_text()
        assert "Talk to Lee" in text
        assert "idea 1" not in text
        assert "Kim" not in text
        assert "2 lines that were struck." in text
        assert "status: sealed" in text
        kept = (tmp_path / "data" / f"{name}.json").read_text()
        assert "Kim" not in kept
        assert host.code not in kept
        assert "Everything agrees." in _tisu(tmp_path, "verify", name)
        assert "has been sealed" in _tisu(tmp_path, "seal", name, "--yes", status=2)


async def test_at_a_terminal_it_reads_the_lines_and_asks(tmp_path: Path) -> None:
    path = tmp_path / "moon.md"
    path.write_text(WORKSHOP)

    async with a_host(tmp_path, str(path)) as host:
        async with Lines(host.way_in("facilitator+plain", "-T")) as desk:
            await desk.until("Next: ")
            desk.say("action Buy tea @sam 2026-12-01")
            desk.say("action Talk to Lee @kim")
            await _go(desk, "skip", "skip", "skip")
            await desk.until("2. Talk to Lee")
            desk.say("leave open")
            await desk.until("These notes stay open")
        await host.stop()
        name = host.said["session"]
        command = [*FRESH, "seal", name, "--data", str(tmp_path / "data"), "--exports", str(tmp_path / "exports")]
        async with Seen(command, 100, 30) as seal:
            await seal.until("Lines to leave out")
            seal.type("2\r")
            await seal.until("Seal these notes?")
            seal.type("y\r")
            await seal.until("Notes: ")
            assert await seal.gone() == 0
        (notes,) = (tmp_path / "exports").glob("*.md")
        assert "Buy tea" in notes.read_text()
        assert "Talk to Lee" not in notes.read_text()


async def test_what_has_not_been_read_is_not_sealed(tmp_path: Path) -> None:
    path = tmp_path / "moon.md"
    path.write_text(WORKSHOP)

    async with a_host(tmp_path, str(path)) as host:
        name = host.said["session"]
        assert "is open in another tisu" in _tisu(tmp_path, "seal", name, "--yes", status=1)
        await host.stop()
        assert f"--resume {name}" in _tisu(tmp_path, "seal", name, "--yes", status=2)
    assert "There is no session zzzz" in _tisu(tmp_path, "seal", "zzzz", "--yes", status=2)
    assert not (tmp_path / "data" / "zzzz.lock").exists()


async def test_a_session_left_open_for_more_than_a_day_is_due(tmp_path: Path) -> None:
    path = tmp_path / "moon.md"
    path.write_text(WORKSHOP)

    async with a_host(tmp_path, str(path)) as host:
        async with Lines(host.way_in("facilitator+plain", "-T")) as desk:
            await desk.until("Next: ")
            await _go(desk, "skip", "skip", "skip", "leave open")
        await host.stop()
        name = host.said["session"]
        assert "tisu seal" not in _tisu(tmp_path, "sessions")
        file = tmp_path / "data" / f"{name}.json"
        old = (dt.date.today() - dt.timedelta(days=2)).isoformat()
        file.write_text(file.read_text().replace(dt.date.today().isoformat(), old))
        assert f"to be sealed: tisu seal {name}" in _tisu(tmp_path, "sessions")
