"""What a host logs over a whole session: steps and troubles, and nothing that anybody did or said."""

from __future__ import annotations

import asyncio
import re
import stat
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from openssh import Host, Lines, Seen, open_step, return_words

from tisu_tui.cli._logging import LogProblem, logging_to
from tisu_tui.core.failure import LOG

WORKSHOP = """---
tisu: 1
title: What weighs on us
---

# What weighs on us

## What would you change?

`gather` `id ideas`

## The end

`close`
"""
WORDS = "the night in April with Kim"
MINUTE = r"\d{4}-\d\d-\d\d \d\d:\d\d "
EXPECTED = [
    r"INFO tisu \S+, Python \S+, on \S+: listening",
    *(rf"INFO session {{id}}: step 1 of 2, round 1, {state}" for state in ("waiting", "open")),
    r"INFO session {id}: step 1 of 2, round 1, closed",
    r"WARNING tried at the door so far: 3 wrong codes, 0 wrong passphrases",
    r"INFO session {id}: stopped",
]


async def _a_session(folder: Path, people: int, *, rejoining: int) -> list[str]:
    """Play one with so many people, some of whom come back, one of whom guesses; gives the log's lines."""
    (folder / "weighs.md").write_text(WORKSHOP)
    log = folder / "tisu.log"
    host = Host(folder, str(folder / "weighs.md"))
    await host.start("--log", str(log))
    words: list[str] = []
    try:
        async with AsyncExitStack() as stack:
            desk = await host.desk(stack)
            crowd = await host.crowd(stack, people)
            words = [return_words("\n".join(each.heard)) for each in crowd]
            await open_step(desk, "What would")
            for each in crowd[:4]:
                await each.until("Answer:")
                each.say(WORDS)
                await each.until("Recorded")
            for leaving, own in [*zip(crowd, words, strict=True)][:rejoining]:
                leaving.say("leave")
                leaving.say("leave")
                await leaving.ended()
                name = f"{host.code}+plain+{own.replace(' ', '-')}"
                await (await stack.enter_async_context(Lines(host.way_in(name, "-T")))).until("Waiting")
            guessing = await stack.enter_async_context(Seen(host.way_in("margaret")))
            for _try in range(3):
                await guessing.until(lambda text: text.rstrip().endswith("screen):"))
                guessing.type("wrong1\r")
                await guessing.change()
            await guessing.gone()
            desk.say("next")
            await desk.until("Now: closed")
        assert await host.stop() == 0
    finally:
        await host.stop()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    said = log.read_text()
    for secret in (host.code, "127.0.0.1", "::1", "margaret", "Kim", "April", "weighs", str(folder), *words):
        assert secret.lower() not in said.lower()
    return [re.sub(r"session \S+:", "session {id}:", line) for line in said.splitlines()]


async def test_the_log_is_the_same_whoever_joins_answers_or_leaves_and_holds_nothing_of_theirs(tmp_path: Path) -> None:
    folders = tmp_path / "one", tmp_path / "other"
    for folder in folders:
        folder.mkdir()
    # Whoever guesses is kept waiting, in both at once.
    told = await asyncio.gather(_a_session(folders[0], 5, rejoining=0), _a_session(folders[1], 7, rejoining=3))
    for lines in told:
        for line, expected in zip(lines, EXPECTED, strict=True):
            assert re.fullmatch(MINUTE + expected.replace("{id}", r"\{id\}"), line)


def test_a_log_is_private_is_begun_anew_when_it_is_large_and_follows_no_link(tmp_path: Path) -> None:
    path = tmp_path / "tisu.log"
    path.write_text("older\n")
    path.chmod(0o644)
    with logging_to(path, "warning"):
        LOG.info("nobody reads this")
        for _n in range(1100):
            LOG.warning("%s", "x" * 1000)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["tisu.log", "tisu.log.1"]
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert "nobody reads this" not in path.read_text() + files[1].read_text()
    (tmp_path / "link").symlink_to(path)
    with pytest.raises(LogProblem, match="can't be written"), logging_to(tmp_path / "link", "info"):
        pass
