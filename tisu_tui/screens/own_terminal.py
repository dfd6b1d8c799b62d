# ruff: noqa: SLF001  # how an app is run beside others is private to Textual
"""Runs a screen on the host's own terminal, as the one Textual app of this process."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

import textual.app
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from tisu_tui.core.terminal import Facts
from tisu_tui.screens.driver import end
from tisu_tui.screens.paging import Cell, PagingApp
from tisu_tui.screens.painted import console

_LOOK = 1.0
"""Seconds between two looks whether the host's own terminal is still there."""


class _Sheet(Widget):
    """The whole screen, as the rows that were painted last."""

    DEFAULT_CSS = "_Sheet { width: 100%; height: 100%; }"

    def __init__(self, app: PagingApp) -> None:
        super().__init__()
        self._shown = app
        self._rows: dict[int, Strip] = {}

    def paint(self, rows: Sequence[tuple[int, Strip]]) -> None:
        self._rows |= dict(rows)
        self.refresh(*(Region(0, y, self.size.width, 1) for y, _strip in rows))

    def on_resize(self) -> None:
        self._rows.clear()
        self._shown.redraw_all()

    def render_lines(self, crop: Region) -> list[Strip]:
        # As they were painted: Textual would put borders around them and colours of its own into them.
        rows = [self._rows.get(y) or Strip.blank(self.size.width) for y in crop.line_range]
        return [row.crop(*crop.column_span) for row in rows]


class LocalApp(App[None], inherit_bindings=False):
    """Textual's side of a screen; it binds no keys and brings no widget but the page."""

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = ""
    has_cursor = False

    # The environment could name another one.
    theme: Reactive[str] = Reactive("textual-dark", init=False)

    def __init__(self, shown: PagingApp) -> None:
        super().__init__()
        self.features = frozenset()
        self.animation_level = "none"
        self.console = self.error_console = console()
        self._shown = shown
        self._sheet = _Sheet(shown)

    def compose(self) -> ComposeResult:
        yield self._sheet

    def on_ready(self) -> None:
        self._shown.open(self)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste):
            self._shown.hear(event)
        else:
            await super().on_event(event)

    def paint(self, rows: Sequence[tuple[int, Strip]], cursor: Cell | None) -> None:
        del cursor  # which is painted
        self._sheet.paint(rows)

    def close(self) -> None:
        self.exit()

    # What a stock app does when it fails: it prints the locals of every frame, people's words among them, on the
    # host. Here the exception is kept for whoever runs the app.

    def panic(self, *_renderables: object) -> None:
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()


def _leave_alone(_capture: IO[str]) -> contextlib.AbstractContextManager[None]:
    return contextlib.nullcontext()


def _install() -> None:
    """Replace what can't be replaced by a subclass; doing it again changes nothing."""
    # An app takes the whole process's stdout and stderr while it runs. Apps that come and go in any order would give
    # back each other's, and the last one to leave would stay there for ever.
    vars(textual.app)["redirect_stdout"] = _leave_alone
    vars(textual.app)["redirect_stderr"] = _leave_alone


async def _run(app: App[None]) -> Exception | None:
    """Run `app` in this task until it exits or the task is cancelled, and return what it failed with."""
    # `App.run_async` would do, if it did not replace the task factory of a loop that belongs to everybody.
    _install()
    vars(app)["_loop"] = asyncio.get_running_loop()
    app._thread_init()  # type: ignore[no-untyped-call]  # it has no annotations
    with app._context():
        try:
            await app._process_messages(mouse=False)
        finally:
            closing = asyncio.create_task(app._shutdown(), name="screen closes")
            while not closing.done():
                with contextlib.suppress(asyncio.CancelledError):  # being told twice to end changes nothing
                    await asyncio.wait((closing,))
            closing.result()
    return app._exception


async def run_local(app: PagingApp) -> None:
    """Run `app` on the host's own terminal until it exits, in the loop that serves everybody else.

    Raises what the app failed with.
    """
    app.adapt(local_facts(os.environ))
    shown = LocalApp(app)
    running = asyncio.create_task(_run(shown), name="local")
    window = asyncio.create_task(_until_window_is_gone(), name="window")
    window.add_done_callback(lambda _gone: running.cancel())
    with _stderr_held_back():
        try:
            await asyncio.wait((running,))
        finally:
            window.cancel()
            running.cancel()  # does nothing, unless it is the caller that was cancelled
            await asyncio.wait((running,))
            await end(app)
    if failure := app.failure or (None if running.cancelled() else running.result()):
        raise failure


async def _until_window_is_gone() -> None:
    """Wait for the terminal of this process to be closed: no signal says so where it is not its controlling one."""
    terminal = sys.__stdin__
    if terminal is None or not terminal.isatty():
        await asyncio.Event().wait()
        return
    while terminal.isatty():  # noqa: ASYNC110  # there is no event for it
        await asyncio.sleep(_LOOK)


@contextlib.contextmanager
def _stderr_held_back() -> Iterator[None]:
    """Keep what is written to stderr until the screen is closed: it would be written over it, before a whole room."""
    held = io.StringIO()
    try:
        with contextlib.redirect_stderr(held):
            yield
    finally:
        sys.stderr.write(held.getvalue())


def local_facts(environment: Mapping[str, str]) -> Facts:
    """Read the capabilities of this process's terminal from its environment."""
    columns, rows = shutil.get_terminal_size()
    return Facts(
        term=environment.get("TERM", ""),
        columns=columns,
        rows=rows,
        pty=True,
        colour=not environment.get("NO_COLOR"),
        truecolour=environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"},
    )
