from __future__ import annotations

import asyncio
import gc
import os
import pty
import random
import select
import subprocess
import sys
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.cells import cached_cell_len
from terminal_double import PyteTerminal
from textual.strip import Strip

from tisu_tui.core.terminal import Facts
from tisu_tui.core.translation import language, speaking
from tisu_tui.screens import paging
from tisu_tui.screens.driver import run_app
from tisu_tui.screens.layout import Line, Page
from tisu_tui.screens.own_terminal import local_facts
from tisu_tui.screens.paging import PagingApp
from tisu_tui.screens.painted import strip
from tisu_tui.screens.palette import StyleName, TextLook


class KeysApp(PagingApp):
    """Shows the keys it was given, and the sizes its window had."""

    def __init__(self, style: StyleName = "text") -> None:
        super().__init__()
        self.style = style
        self.pressed: list[str] = []
        self._sizes: list[str] = []

    def page(self, width: int, height: int) -> Page:
        del width
        size = f"{self._canvas.size[0] if self._canvas else 0}x{height}"
        if self.pressed[-1:] != [size] and size not in self._sizes:
            self._sizes.append(size)
            self.pressed.append(size)
        shown = " ".join(["", *self.pressed])
        return Page(((("keys:", "title"), (shown, self.style)), (), (("ready", "text"),)))

    def turn(self, key: str, character: str) -> None:
        del character
        if key == "q":
            self.exit()
        if key == "e":
            raise ValueError("a word nobody may see")
        self.pressed.append(key)
        self.redraw()

    def paste(self, text: str) -> None:
        self.pressed.append(f"<{text}>")
        self.redraw()


@asynccontextmanager
async def seat(terminal: PyteTerminal, app: PagingApp | None = None) -> AsyncIterator[asyncio.Task[None]]:
    """Run an app until the block ends."""
    app = app or KeysApp()
    app.goodbye = ("Goodbye.",)
    task = asyncio.create_task(run_app(app, terminal))
    try:
        yield task
    finally:
        terminal.hang_up()
        await asyncio.wait_for(asyncio.wait((task,)), 5)


@pytest.fixture(autouse=True)
async def no_task_is_left() -> AsyncIterator[None]:
    before = {task for task in asyncio.all_tasks() if not task.done()}
    yield
    assert {task for task in asyncio.all_tasks() if not task.done()} <= before | {asyncio.current_task()}


async def test_a_key_is_drawn_and_leaving_puts_the_terminal_back() -> None:
    terminal = PyteTerminal(60, 10)
    async with seat(terminal) as task:
        await terminal.until("ready")
        assert terminal.is_on(1049)
        assert terminal.is_on(2004)
        terminal.type(b"x")
        await terminal.until("keys: 60x10 x")
        terminal.type(b"q")
        await asyncio.wait_for(task, 5)
        assert terminal.text() == "Goodbye."
        for mode in (1049, 2004, 1004, 1000, 1003):
            assert not terminal.is_on(mode)
        assert terminal.is_on(7)
        assert terminal.is_on(25)
        assert b"\x1b[3J" not in terminal.written
        assert terminal.status is None


async def test_nothing_is_asked_for_that_a_dropped_connection_could_not_take_back() -> None:
    terminal = PyteTerminal()
    async with seat(terminal):
        await terminal.until("ready")
        for request in (b"\x1b[>", b"\x1b[?1000h", b"\x1b[?1003h", b"\x1b[?1004h", b"$p", b"\x07", b"\x1b]"):
            assert request not in terminal.written


async def test_the_first_screen_is_painted_once() -> None:
    terminal = PyteTerminal()
    async with seat(terminal):
        await terminal.until("ready")
        terminal.type(b"x")
        await terminal.until("x\n")
        assert terminal.written.count(b"ready") == 1


async def test_keys_typed_ahead_arrive_after_the_first_paint() -> None:
    terminal = PyteTerminal()
    terminal.type(b"ab")
    async with seat(terminal):
        terminal.type(b"c")
        await terminal.until("80x24 a b c")
        assert b"keys:" in terminal.written


async def test_only_the_row_that_changed_is_painted_again() -> None:
    terminal = PyteTerminal()
    async with seat(terminal):
        await terminal.until("80x24")
        terminal.written.clear()
        terminal.type(b"x")
        await terminal.until("80x24 x")
        assert b"ready" not in terminal.written
        assert len(terminal.written) < 300


async def test_for_one_row_no_other_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, app = PyteTerminal(), KeysApp()
    drawn: list[Line] = []

    def painted(line: Line, width: int, look: TextLook, cursor: int | None) -> Strip:
        drawn.append(line)
        return strip(line, width, look, cursor)

    async with seat(terminal, app):
        await terminal.until("80x24")
        monkeypatch.setattr(paging, "strip", painted)
        terminal.type(b"x")
        await terminal.until("80x24 x")
        assert len(drawn) == 1


async def test_an_idle_seat_waits_for_nothing_but_its_person() -> None:
    terminal = PyteTerminal()
    loop = asyncio.get_running_loop()
    limits = scheduled(loop)
    async with seat(terminal):
        await terminal.until("80x24")
        terminal.type(b"x\x1b")
        await terminal.until("x escape")
        while scheduled(loop) != limits:
            await asyncio.sleep(0)


def scheduled(loop: asyncio.AbstractEventLoop) -> list[asyncio.TimerHandle]:
    """List the timers of the loop, which asyncio keeps to itself."""
    return [handle for handle in vars(loop)["_scheduled"] if not handle.cancelled()]


async def test_the_window_is_resized() -> None:
    terminal = PyteTerminal(60, 10)
    async with seat(terminal):
        await terminal.until("ready")
        terminal.resize(44, 9)
        await terminal.until("44x9")
        assert terminal.lines()[2].strip() == "ready"


async def test_a_paused_terminal_is_not_drawn_on_and_then_wholly() -> None:
    terminal = PyteTerminal()
    app = KeysApp()
    async with seat(terminal, app):
        await terminal.until("80x24")
        terminal.pause()
        written = len(terminal.written)
        terminal.type(b"xy")
        while app.pressed[-1] != "y":
            await asyncio.sleep(0)
        terminal.resume()
        terminal.pause()
        terminal.resume()
        assert len(terminal.written) == written
        await terminal.until("x y")
        assert b"ready" in terminal.written[written:]


async def test_a_terminal_that_hangs_up_at_any_moment_of_the_start_leaves_nothing() -> None:
    for turns in range(40):
        terminal = PyteTerminal()
        async with seat(terminal) as task:
            for _ in range(turns):
                await asyncio.sleep(0)
            terminal.hang_up()
            await asyncio.wait_for(task, 5)


async def test_what_an_app_has_begun_is_ended_when_the_terminal_hangs_up() -> None:
    ended = asyncio.Event()

    class WaitingApp(KeysApp):
        def opened(self) -> None:
            self.work = self.begin(self.wait())

        async def wait(self) -> None:
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

        async def closed(self) -> None:
            self.work.cancel()
            await asyncio.wait((self.work,))

    terminal = PyteTerminal()
    async with seat(terminal, WaitingApp()) as task:
        await terminal.until("ready")
        terminal.hang_up()
        await asyncio.wait_for(task, 5)
    assert ended.is_set()


async def test_an_app_whose_work_fails_fails() -> None:
    class FailingApp(KeysApp):
        def opened(self) -> None:
            self.begin(self.work())

        async def work(self) -> None:
            raise ValueError("at work")

    async with seat(PyteTerminal(), FailingApp()) as task:
        with pytest.raises(ValueError, match="at work"):
            await asyncio.wait_for(task, 5)


async def test_each_screen_speaks_the_language_it_was_opened_in_whoever_calls() -> None:
    heard: list[str] = []

    class SpokenApp(KeysApp):
        def turn(self, key: str, character: str) -> None:
            heard.append(language())
            super().turn(key, character)

        def page(self, width: int, height: int) -> Page:
            heard.append(language())
            return super().page(width, height)

    terminal = PyteTerminal()
    with speaking("pl"):
        visit = asyncio.create_task(run_app(SpokenApp(), terminal))
    await terminal.until("ready")
    terminal.type(b"x")
    await terminal.until("80x24 x")
    terminal.resize(60, 10)
    await terminal.until("60x10")
    terminal.hang_up()
    await visit
    assert set(heard) == {"pl"}


async def test_a_cancelled_seat_is_cancelled_and_the_terminal_put_back() -> None:
    terminal = PyteTerminal()
    async with seat(terminal) as task:
        await terminal.until("ready")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)
        assert terminal.text() == "Goodbye."


async def test_a_failing_app_tells_its_caller_and_prints_nothing(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[object] = []
    monkeypatch.setattr("rich.traceback.Traceback.__init__", lambda *_, **locals_: rendered.append(locals_))

    terminal = PyteTerminal()
    async with seat(terminal) as task:
        await terminal.until("ready")
        terminal.type(b"e")
        with pytest.raises(ValueError, match="nobody may see"):
            await asyncio.wait_for(task, 5)
        assert terminal.text() == "Goodbye."
    assert b"nobody" not in terminal.written
    assert capfd.readouterr() == ("", "")
    assert not rendered


@pytest.mark.usefixtures("no_collector")
async def test_an_app_is_freed_when_its_seat_ends_without_waiting_for_the_garbage_collector() -> None:
    terminal = PyteTerminal()
    app = KeysApp()
    gone = weakref.ref(app)
    task = asyncio.create_task(run_app(app, terminal))
    await terminal.until("ready")
    terminal.type(b"x\x1b[A\x1b[1;5C\x1b[97;5u")
    await terminal.until("x")
    terminal.type(b"q")
    await asyncio.wait_for(task, 5)
    app.redraw()  # too late
    del app, task
    await asyncio.sleep(0)
    assert gone() is None


@pytest.mark.usefixtures("no_collector")
async def test_an_ended_app_leaves_nothing_for_the_garbage_collector() -> None:
    for is_first in (True, False):  # what is worked out once for all stays
        gc.collect()
        terminal = PyteTerminal()
        async with seat(terminal, KeysApp("own")) as task:
            await terminal.until("ready")
            terminal.type(b"x")
            await terminal.until("80x24 x")
            terminal.resize(100, 30)
            await terminal.until("100x30")
            terminal.type(b"q")
            await asyncio.wait_for(task, 5)
        del task
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        gc.set_debug(0)
        found = [each for each in gc.garbage if type(each).__module__.startswith(("textual", "rich", "tisu_tui"))]
        gc.garbage.clear()
        assert is_first or not found


async def test_no_app_survives_its_seat() -> None:
    seats: list[weakref.ref[PagingApp]] = []

    terminals = [PyteTerminal() for _ in range(4)]
    for number, terminal in enumerate(terminals):
        app = KeysApp()
        seats.append(weakref.ref(app))
        async with seat(terminal, app) as task:
            del app
            await terminal.until("ready")
            if number % 2:
                terminal.type(b"q")
                await task
            del task
    gc.collect()
    assert [gone() for gone in seats] == [None] * 4


async def test_apps_that_come_and_go_leave_stdout_and_stderr_alone() -> None:
    streams = (sys.stdout, sys.stderr)
    one, two = PyteTerminal(), PyteTerminal()
    async with seat(one) as first:
        await one.until("ready")
        async with seat(two) as second:
            await two.until("ready")
            assert (sys.stdout, sys.stderr) == streams
            one.type(b"q")
            await first
            assert (sys.stdout, sys.stderr) == streams
            two.type(b"q")
            await second
    assert (sys.stdout, sys.stderr) == streams


async def test_each_seat_has_the_colours_of_its_own_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLORTERM", "truecolor")

    full, some, none = PyteTerminal(), PyteTerminal(truecolour=False), PyteTerminal(colour=False)
    async with seat(full), seat(some), seat(none):
        for terminal in (full, some, none):
            await terminal.until("ready")
    assert b"48;2;" in full.written
    assert b"38;5;" not in full.written
    assert b"48;5;" in some.written
    assert b"8;2;" not in some.written
    assert b"8;5;" not in none.written
    assert b"8;2;" not in none.written


async def test_typed_words_stay_in_no_cache_that_outlives_the_seat() -> None:
    terminal = PyteTerminal()
    async with seat(terminal, KeysApp("own")):
        await terminal.until("80x24")
        kept = cached_cell_len.cache_info().currsize
        terminal.type(b"own word")
        await terminal.until("o w n space w o r d")
        terminal.resize(100, 30)
        await terminal.until("100x30")
        assert cached_cell_len.cache_info().currsize == kept


async def test_escape_alone_is_a_key_and_a_sequence_in_pieces_is_one() -> None:
    terminal = PyteTerminal()
    async with seat(terminal):
        await terminal.until("80x24")
        terminal.type(b"\x1b")
        await terminal.until("80x24 escape")
        terminal.type(b"\x1b[")
        terminal.type(b"A")
        terminal.type("ä".encode()[:1])
        terminal.type("ä".encode()[1:])
        await terminal.until("80x24 escape up ä")


async def test_a_paste_arrives_as_one() -> None:
    terminal = PyteTerminal()
    async with seat(terminal):
        await terminal.until("80x24")
        terminal.type(b"\x1b[200~one q two\x1b[201~x")
        await terminal.until("80x24 <one q two> x")


@pytest.mark.parametrize(
    "report",
    [
        b"\x1b[?1;2c",
        b"\x1b[3;4R",
        b"\x1b[48;0;0;0;0t\x1b[<0;3;3M",
        b"\x1b[48;99999;99999;1;1t",
        b"\x1b[48;0;0;0;0t\x1b[<0;-3;3M\x1b[<0;3;-3M",
        b"\x1b[1;9p",
    ],
)
async def test_what_a_terminal_reports_unasked_is_no_key(report: bytes) -> None:
    terminal = PyteTerminal()
    app = KeysApp()
    async with seat(terminal, app):
        await terminal.until("80x24")
        terminal.type(report + b"x")
        await terminal.until("80x24 x")
        assert app.pressed == ["80x24", "x"]


async def test_a_paste_without_an_end_is_not_kept_and_leaving_waits_for_none() -> None:
    terminal = PyteTerminal()
    app = KeysApp()
    async with seat(terminal, app):
        await terminal.until("80x24")
        for _ in range(20):
            terminal.type(b"\x1b[200~" + b"x" * 10_000)
        terminal.type(b"\x1b[200~half")
        terminal.type(b"\x18")
        await terminal.until("ctrl+x")


class SilentApp(KeysApp):
    def turn(self, key: str, character: str) -> None: ...

    def paste(self, text: str) -> None: ...


async def test_any_bytes_are_survived() -> None:
    pieces = b"\x1b [ < ? ; 0 99999999999 M m u t 48 \xff R O : $y 200~ q".split()
    chance = random.Random(7)

    terminal = PyteTerminal()
    app = SilentApp()
    async with seat(terminal, app):
        await terminal.until("ready")
        for _ in range(5000):
            terminal.type(b"".join(chance.choices(pieces, k=6)))
        assert app.failure is None


@pytest.mark.parametrize(
    ("environment", "colour", "truecolour"),
    [({}, True, False), ({"NO_COLOR": "1"}, False, False), ({"COLORTERM": "truecolor"}, True, True)],
)
def test_the_local_terminal_s_facts_come_from_its_environment(
    environment: dict[str, str], *, colour: bool, truecolour: bool
) -> None:
    facts = local_facts({"TERM": "xterm", **environment})
    assert facts == Facts("xterm", facts.columns, facts.rows, pty=True, colour=colour, truecolour=truecolour)


LOCAL = """
import asyncio
from terminal_double import PyteTerminal
from test_driver import KeysApp
from tisu_tui.screens.driver import run_app
from tisu_tui.screens.own_terminal import run_local

async def main():
    seat = PyteTerminal()
    remote = asyncio.create_task(run_app(KeysApp(), seat))
    await seat.until("ready")
    await run_local(KeysApp())
    seat.type(b"q")
    await remote
    print("both left")

asyncio.run(main())
"""


def test_an_app_runs_on_the_host_s_own_terminal_beside_a_seat() -> None:
    ours, theirs = pty.openpty()
    tests = Path(__file__).parent
    host = subprocess.Popen(
        [sys.executable, "-c", LOCAL],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": f"{tests}:{tests.parent}", "TERM": "xterm-256color", "TEXTUAL_THEME": "nord"},
    )
    os.close(theirs)
    try:
        read_until(ours, b"ready")
        os.write(ours, b"q")
        read_until(ours, b"both left")
        assert host.wait(5) == 0
    finally:
        if host.poll() is None:
            host.kill()
            host.wait()
        os.close(ours)


def read_until(descriptor: int, wanted: bytes) -> None:
    seen = b""
    while wanted not in seen:
        assert select.select([descriptor], [], [], 10)[0], seen
        seen += os.read(descriptor, 65536)
