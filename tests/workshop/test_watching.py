"""`tisu check --watch`, driven by changing a file and reading what is said."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from files import step

PATIENCE = 20.0
FINE, BROKEN = step("`talk` `1 min`"), step("`tallk`")


@asynccontextmanager
async def watching(*arguments: str | Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from tisu_tui.cli import main; main()", "check", "--watch", *map(str, arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        # Whoever runs tests in the background may have made the key mean nothing.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL) and None,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def hear(process: asyncio.subprocess.Process, words: str) -> list[str]:
    """Read lines up to one that holds these words."""
    assert process.stdout
    lines: list[str] = []
    while not lines or words not in lines[-1]:
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
        assert line, lines
        lines.append(line.decode().rstrip("\n"))
    return lines


async def begin(process: asyncio.subprocess.Process) -> None:
    assert process.stderr
    assert b"ctrl+c" in await asyncio.wait_for(process.stderr.readline(), PATIENCE)


def write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def replace_as_editors_do(path: Path, text: str) -> None:
    other = path.with_suffix(".md~")
    other.write_text(text, "utf-8")
    # As of a moment ago: only the file itself tells that it is another.
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)


def remove_and_write(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("save", [write, replace_as_editors_do, remove_and_write])
async def test_problems_show_again_whenever_a_file_was_saved(tmp_path: Path, save: object) -> None:
    assert callable(save)
    file, other = tmp_path / "mine.md", tmp_path / "other.md"
    write(file, FINE)
    write(other, FINE)

    async with watching(file, other) as process:
        assert await hear(process, f"{other}: fine.") == [
            f"{file}: fine. 2 steps, 4 minutes. A test",
            f"{other}: fine. 2 steps, 4 minutes. A test",
        ]
        await begin(process)
        for text, words in ((BROKEN, "^"), (FINE, "fine."), (BROKEN, "^")):
            save(file, text)
            heard = await hear(process, words)
            assert heard[0] == ""
            assert heard[1].startswith(f"---- {file}, changed at ")
            assert heard[2].startswith(f"{file}:8:2: T300" if text is BROKEN else f"{file}: fine.")
            assert not [line for line in heard[2:] if str(other) in line or line.startswith("----")]


async def test_a_file_that_went_away_is_said_and_one_that_came_back_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    write(file, FINE)

    async with watching(file) as process:
        await hear(process, "fine.")
        await begin(process)
        file.unlink()
        await hear(process, "----")
        assert process.stderr
        said = (await asyncio.wait_for(process.stderr.readline(), PATIENCE)).decode()
        assert "there is no file" in said
        write(file, FINE)
        await hear(process, "fine.")


async def test_ctrl_c_ends_it_as_a_thing_well_done(tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    write(file, BROKEN)

    async with watching(file) as process:
        await hear(process, "^")
        await begin(process)
        process.send_signal(signal.SIGINT)
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert process.returncode == 0
        assert out.strip() == err.strip() == b""
