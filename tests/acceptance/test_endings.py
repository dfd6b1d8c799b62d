"""What everybody reads in the end, in the middle of writing: one page in `endings/` for each way in which it can end.

`WRITE_GOLDEN=1` writes the pages again.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from openssh import Host, Seen, a_host
from test_farewells import WORKSHOP, _writing
from test_ways_back import Wire, a_wire

ENDINGS = Path(__file__).parent / "endings"
CHANGES = (
    (r"(?<=three words: )[a-z]+ [a-z]+ [a-z]+", "WORDS"),
    (r"[a-z]+-[a-z]+-[a-z]+(?=@)", "WORDS"),
)
"""What is another each time."""


async def by_signal(how: signal.Signals, host: Host, *_people: Seen) -> None:
    assert await host.stop(how) == (-how if how is signal.SIGKILL else 0)


async def quick(_host: Host, *people: Seen) -> None:
    for person in people:
        person.type("\x18")


async def leaving(_host: Host, *people: Seen) -> None:
    full, plain = people
    full.type("\x11")
    await full.until("Do you want to leave?")
    full.type("\r")
    plain.type("\x15leave\r")
    await plain.until("or do you want to leave?")
    plain.type("leave\r")


async def closed(_host: Host, *people: Seen) -> None:
    for person in people:
        person._process.send_signal(signal.SIGHUP)


Ending = Callable[..., Awaitable[None]]
WAYS: dict[str, Ending] = {
    **{
        f"host-{how.name.lower()}": lambda host, *people, how=how: by_signal(how, host, *people)
        for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
    },
    "quick-exit": quick,
    "leaving": leaving,
    "window-closed": closed,
    "network-cut": closed,
}


def read(text: str, host: Host) -> str:
    """Give what is left on a terminal, with what is another each time made the same."""
    last = max(text.rfind(each) for each in ("We have stopped", "Goodbye"))
    # Without a word of ours there is what the client says; the page that was drawn stays around it.
    said = text[last:] if last >= 0 else "\n".join(re.findall(r"Connection to .*", text))
    said = said.replace(host.code, "CODE").replace(host.port, "PORT")
    for pattern, same in CHANGES:
        said = re.sub(pattern, same, said)
    return re.sub(r"\n\s*\n+", "\n", said).strip()


@pytest.mark.parametrize("name", WAYS)
async def test_everybody_reads_what_is_kept_and_how_to_come_back(name: str, tmp_path: Path) -> None:
    (tmp_path / "day.md").write_text(WORKSHOP)
    async with a_host(tmp_path, str(tmp_path / "day.md")) as host, AsyncExitStack() as stack:
        wire: Wire | None = None
        real = host.port
        if name == "network-cut":
            wire = await stack.enter_async_context(a_wire(int(real)))
            host.port = str(wire.port)
        full, plain, _others, desk = await _writing(stack, host)
        host.port = real
        heard = len(desk.heard)
        if wire:
            wire.die()
            wire.cut()
        else:
            await WAYS[name](host, full, plain)
        await asyncio.gather(full.gone(), plain.gone())
        if name.startswith("host-"):
            await desk.ended()
        left = [read(each.text, host) for each in (full, plain)]
        told = read("\n".join(desk.heard[heard:]), host) if name.startswith("host-") else "(the session goes on)"
    parts = zip(("On a full screen", "In plain lines", "The facilitator, in plain lines"), (*left, told), strict=True)
    page = f"# {name}\n\n" + "\n".join(f"{title}:\n\n```text\n{said or '(nothing)'}\n```\n" for title, said in parts)
    golden = ENDINGS / f"{name}.md"
    if os.environ.get("WRITE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(page, encoding="utf-8")
    assert page == golden.read_text(encoding="utf-8")
