"""What somebody writes for themselves is held by nothing in the process once the next step has opened."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from rooms_on_screen import a_gathering

SOURCE = """---
tisu: 1
title: On our own
---

## What stays with you?

`reflect` `id own`

> This stays with you.

## What else?

`reflect` `id more`

> This stays with you, too.

## And now

`talk` `id now`

We go on.

## The end

`close`
"""
# Typed one by one, so that whatever holds them together is the program.
LETTERS = ("q", "u", "a", "g", "g", "a", "x", "7")


def held_together() -> list[str]:
    """Find every text that anything in this process holds and that has the letters in one piece."""
    gc.collect()
    whole = "".join(LETTERS)
    found: dict[int, tuple[str, str]] = {}
    holders = gc.get_objects()
    while holders:
        holder = holders.pop()
        for each in gc.get_referents(holder):
            if isinstance(each, str | bytes | bytearray):
                text = each if isinstance(each, str) else bytes(each).decode("utf-8", "replace")
                if whole in text and each is not whole:
                    found[id(each)] = type(holder).__name__, text[:200]
            elif isinstance(each, dict | tuple | frozenset) and not gc.is_tracked(each):
                # Collections of nothing but texts are left out of the collector's list.
                holders.append(each)
    return [f"{holder}: {text!r}" for holder, text in found.values()]


@pytest.mark.usefixtures("all_objects")
@pytest.mark.parametrize("people", [0, 8])
async def test_nothing_holds_what_somebody_wrote_for_themselves_once_the_next_step_opens(
    people: int, tmp_path: Path
) -> None:
    async with a_gathering(tmp_path, people, SOURCE) as gathering:
        someone, console, shared = await gathering.participant(), gathering.console(), gathering.shared()
        await gathering.go_to("own")
        await someone.press(*LETTERS, "enter", *reversed(LETTERS))
        await someone.sees("".join(LETTERS), "".join(reversed(LETTERS)))
        assert held_together(), "it could be found"
        await gathering.go_to("more")
        for each in (someone, console, shared):
            await each.sees("What else?")
        # What reached the terminal is beyond anybody's reach; this one is a list in the test.
        someone.terminal.written.clear()
        assert held_together() == []
