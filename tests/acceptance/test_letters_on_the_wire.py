"""Letters as OpenSSH sends them: what can't be read or seen is said, and only what was sent stands in the notes."""

from __future__ import annotations

import os
from contextlib import AsyncExitStack
from pathlib import Path

from openssh import Lines, Seen, a_host

WORKSHOP = """---
tisu: 1
title: The rota
---

# The rota

## What would you change?

`gather` `5 min` `id ideas`
"""
LATIN_1 = "No café at night".encode("latin-1")


async def test_over_ssh_no_question_mark_is_recorded_in_place_of_a_letter(tmp_path: Path) -> None:
    (tmp_path / "rota.md").write_text(WORKSHOP)
    async with a_host(tmp_path, str(tmp_path / "rota.md")) as host, AsyncExitStack() as stack:
        desk = await stack.enter_async_context(Lines(host.way_in("facilitator+plain", "-T")))
        plain = await stack.enter_async_context(Lines(host.way_in(f"{host.code}+plain", "-T")))
        full = await stack.enter_async_context(Seen(host.way_in(host.code, "-tt")))
        others = [await stack.enter_async_context(Lines(host.way_in(f"{host.code}+plain", "-T"))) for _n in range(6)]
        for each in (plain, *others):
            await each.until("Waiting")
        await full.until("The rota")
        desk.say("next")
        await desk.until("Step 1")
        desk.say("next")
        await plain.until("Answer:")
        assert plain._process.stdin is not None
        for data in (LATIN_1, "\u200b\u2800".encode()):
            plain._process.stdin.write(data + b"\n")
            assert (await plain.until("Not taken: ", "Recorded")).startswith("Not taken: ")
        plain.say("A heart 🩷 for the night team")
        assert await plain.until("Not taken: ", "Recorded") == "Recorded: A heart 🩷 for the night team."
        await full.until("ctrl+k pass")
        os.write(full._end, LATIN_1 + b"\r")
        await full.until("Not taken: some letters")
        full.type("\x15\u200b\r")
        await full.until("Not taken: nothing of that can be seen")
        full.type("Tea 🫩\r")
        await full.until("Recorded: Tea")
        assert not [line for line in plain.heard if "\ufffd" in line]
