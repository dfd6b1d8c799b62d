"""Draws what people read in the end, and when they come back, from real sessions over OpenSSH: `make pictures`."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import cast

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests"), str(HERE.parent / "tests" / "acceptance")]

from draw_pictures import FONTS, svg
from openssh import TISU, Host, Seen, a_host
from terminal_double import PyteTerminal
from test_endings import WAYS
from test_farewells import WORKSHOP, _writing
from test_ways_back import a_wire, words_of

from tisu_tui.core.contacts import Contact
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.support import save_support

SHEETS = {
    "endings-of-the-host": {
        "host-sigint": "The host stops: ctrl+c",
        "host-sigterm": "The host stops: the computer is shut down",
        "host-sighup": "The host stops: its window is closed",
        "host-key": "The host stops: ctrl+q on its own screen",
        "host-sigkill": "The host is killed, or its computer fails",
    },
    "endings-of-a-line": {
        "network-cut": "The network is gone",
        "window-closed": "The window is closed",
        "leaving": "Leaving",
        "quick-exit": "The quick exit, which tells nobody a way back",
    },
}
HEADS = ("A full screen", "Plain lines", "Back with the three words")
COLUMNS, ROWS, WIDE, HIGH = 100, 24, 440, 258


async def _key(laptop: Seen) -> None:
    laptop.type("\x11")
    await laptop.until("Stop hosting?")
    laptop.type("\r")
    await laptop.gone()


@asynccontextmanager
async def _on_its_own_screen(folder: Path, workshop: Path) -> AsyncIterator[tuple[Host, Callable[[], Awaitable[None]]]]:
    """Host with a screen; gives the host, and what stops it by a key."""
    save_support(DataFolder(folder / "data"), (Contact("NHS 24, 111"),))
    command = (
        *TISU, "host", str(workshop), "--new", "--port", "0", "--bind", "127.0.0.1", "--console-key",
        str(folder / "key.pub"), "--data", str(folder / "data"), "--exports", str(folder / "exports"),
    )  # fmt: skip
    async with Seen(command, 100, 30) as laptop:
        await laptop.until("To join,")
        said = laptop.raw.decode(errors="replace")
        host = Host(folder, str(workshop), port=re.findall(r"listening \S+ (\d+)", said)[0])
        host.said = {"code": re.findall(r"code (\S+)", said)[0], "session": re.findall(r"session (\S+)", said)[0]}
        yield host, lambda: _key(laptop)


def _cell(seen: Seen) -> str:
    """Draw the last rows of a terminal that have something on them."""
    screen = seen._screen  # noqa: SLF001  # what the tests look at as text
    last = max((n for n, line in enumerate(screen.display) if line.strip()), default=0)
    first = max(0, last + 1 - ROWS)
    rows = [screen.buffer[y] for y in range(first, first + ROWS)]
    shown = SimpleNamespace(screen=SimpleNamespace(columns=COLUMNS, lines=ROWS, buffer=rows))
    return svg(cast("PyteTerminal", shown), "")


async def _row(name: str) -> list[str]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        workshop = folder / "day.md"
        workshop.write_text(WORKSHOP)
        async with a_host(folder, str(workshop)) as headless, AsyncExitStack() as stack:
            host = headless
            stop: Callable[[], Awaitable[None]] | None = None
            if name == "host-key":
                await headless.stop()  # it has made the facilitator's key
                host, stop = await stack.enter_async_context(_on_its_own_screen(folder, workshop))
            wire = await stack.enter_async_context(a_wire(int(host.port))) if name == "network-cut" else None
            real, host.port = host.port, str(wire.port) if wire else host.port
            full, plain, _others, _desk = await _writing(stack, host)
            host.port = real
            if stop:
                await stop()
            elif wire:
                wire.die()
                wire.cut()
            else:
                await WAYS[name](host, full, plain)
            await asyncio.gather(full.gone(), plain.gone())
            cells = [_cell(full), _cell(plain)]
            if name.startswith("host-"):
                await host.start("--resume", host.said["session"])
                stack.push_async_callback(host.stop)
            way_back = host.way_in(f"{host.code}+{words_of(full)}")
            back = await stack.enter_async_context(Seen(way_back, COLUMNS, ROWS))
            await back.until("A short day")
            await back.until(lambda text: "writing" in text or "Waiting for the others" in text)
            if "Waiting for the others" in back.text:
                back.type("c")
            await back.until("A quiet room")
            return [*cells, _cell(back)]


async def draw() -> None:
    """Draw each sheet: a row for each way in which it can end."""
    for sheet, ways in SHEETS.items():
        width, height = len(HEADS) * (WIDE + 16) + 16, len(ways) * (HIGH + 34) + 44
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">',
            f"<title>{sheet.replace('-', ' ').capitalize()}</title>",
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            f'<g font-family="{FONTS}" font-size="14" fill="#14191f">',
        ]
        parts += [f'<text x="{16 + n * (WIDE + 16)}" y="24">{head}</text>' for n, head in enumerate(HEADS)]
        for row, (name, words) in enumerate(ways.items()):
            top = 44 + row * (HIGH + 34)
            parts.append(f'<text x="16" y="{top + 14}" font-weight="bold">{words}</text>')
            for n, drawn in enumerate(await _row(name)):
                box = re.findall(r'viewBox="[^"]*"', drawn)[0]
                place = f'<svg x="{16 + n * (WIDE + 16)}" y="{top + 22}" width="{WIDE}" height="{HIGH}" {box}>'
                parts.append(place + drawn.partition(">")[2])
        text = "\n".join([*parts, "</g>", "</svg>", ""]).replace("<title></title>\n", "")
        (HERE / "pictures" / f"{sheet}.svg").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(draw())
