"""Receives the people who came in: what each of them is shown, for as long as they stay."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tisu_tui.core import system
from tisu_tui.core.failure import report
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.terminal import Terminal
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import language_name, loading_catalogues, speaking
from tisu_tui.room.protocol import Room
from tisu_tui.session.commands import Bring, Join
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.ssh.sign_in import Guest
from tisu_tui.view.phrases import goodbye

T = TypeVar("T")

FAREWELL = 3.0
"""Seconds that screens have to close when the host stops."""
_SETTLED = 10.0
"""Seconds by which the host's own screen is drawn, on a busy computer too."""
_HANDED_ON = 0.001
"""Seconds after which one thread hands the interpreter on to another that waits; five times as many otherwise."""
_BETWEEN = 0.05
"""Seconds between two pieces that are loaded, of 20 to 40 milliseconds each: what one key does takes several turns."""
_STARTS = 8
"""Screens that start in one turn of the loop; each takes about half a millisecond to be drawn."""


@dataclass(slots=True)
class Reception:
    """Shows people the room, here or in another process; `visits` are those still going on."""

    room: Room
    notes_path: Callable[[], Awaitable[str]]
    invitation: Invitation = field(init=False)
    visits: set[asyncio.Task[None]] = field(default_factory=set)
    _starting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_STARTS))

    async def visit(self, guest: Guest, terminal: Terminal) -> None:
        """Show one person what they came for, until they leave."""
        task = asyncio.current_task()
        assert task is not None
        self.visits.add(task)
        task.add_done_callback(self.visits.discard)
        with speaking(guest.language or self.invitation.language):
            if guest.unspoken:
                names = ", ".join(f"{tag} ({language_name(tag)})" for tag in self.invitation.languages)
                here = _("{language} is not spoken here. These are: {names}").format(
                    language=guest.unspoken, names=names
                )
                terminal.write(f"{here}\r\n".encode())
            await self._show(guest, terminal)

    async def _show(self, guest: Guest, terminal: Terminal) -> None:
        facts = terminal.facts
        plain = guest.plain or not facts.pty or facts.term in {"dumb", ""}
        # Each way in is loaded once, by the first who takes it.
        from tisu_tui.screens.driver import dressed, run_app

        match guest.role:
            case "participant" if plain:
                from tisu_tui.plain.participant import participate

                await participate(self.room, terminal, guest.words, self.invitation)
            case "participant":
                from tisu_tui.screens.participant import ParticipantApp

                seat, is_back = await self._seat(guest.words, terminal)
                if seat:
                    async with self._starting:  # seats that are stored together would otherwise all start at once
                        await asyncio.sleep(0)
                    app = ParticipantApp(self.room, seat, self.invitation, is_back=is_back)
                    try:
                        await run_app(dressed(app, guest.theme), terminal)
                    finally:
                        # A line that drops before the screen has started leaves a seat that nothing gives up.
                        await app.leave()
            case "laptop" if plain:
                from tisu_tui.plain.laptop import lend

                await lend(self.room, terminal, self.invitation)
            case "laptop":
                from tisu_tui.screens.laptop import LaptopApp

                brought = await self.room.submit(Bring())
                if isinstance(brought, Done):
                    terminal.belongs_to(brought.seat)
                    laptop = LaptopApp(self.room, brought.seat, self.invitation)
                    try:
                        await run_app(dressed(laptop, guest.theme), terminal)
                    finally:
                        await laptop.leave()
            case "facilitator" if plain:
                from tisu_tui.plain.facilitator import facilitate

                await facilitate(self.room, terminal, self.invitation, self.notes_path)
            case "facilitator":
                from tisu_tui.screens.console import ConsoleApp

                console = ConsoleApp(self.room, self.invitation, self.notes_path)
                await run_app(dressed(console, guest.theme), terminal)
            case "screen" if plain:
                terminal.write((_("The shared screen needs a terminal: use ssh without -T.") + "\r\n").encode())
            case "screen":
                from tisu_tui.screens.shared import SharedScreenApp

                wall = SharedScreenApp(self.room, self.invitation, can_drive=False)
                await run_app(dressed(wall, guest.theme), terminal)

    async def _seat(self, words: str, terminal: Terminal) -> tuple[str, bool]:
        """Take a seat, and tell whether by its words; who has wrong ones, or needs some, is asked for them in lines."""
        joined = await self.room.submit(Join(words))
        if isinstance(joined, Done):
            terminal.belongs_to(joined.seat)
            return joined.seat, bool(words)
        from tisu_tui.plain.editor import LineEditor
        from tisu_tui.plain.seating import Door

        editor = LineEditor(terminal)
        if self.room.is_ended:
            editor.say(*([joined.why] if isinstance(joined, Refused) else []))
            return "", False
        door = Door(self.room, editor)
        seat = await door.ask_again(joined, words)
        if seat:
            terminal.belongs_to(seat)
        else:
            editor.say(goodbye())
        return seat, door.was_known

    async def until_empty(self, most: float) -> None:
        """Wait until everybody has left, so many seconds at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(most):
                while self.visits:
                    await asyncio.wait(self.visits)


_VISITS = (
    "tisu_tui.screens.participant",
    "tisu_tui.screens.shared",
    "tisu_tui.screens.console",
    "tisu_tui.screens.laptop",
    "tisu_tui.plain.participant",
    "tisu_tui.plain.facilitator",
    "tisu_tui.plain.laptop",
)
_NOTES = ("tisu_tui.notes.saving", "tisu_tui.notes.write")


def _warming(*, visits: bool, notes: bool) -> Iterator[None]:
    """Load what whoever comes may need: the first to come would wait for it, and so would everybody else."""
    for name in (*(_VISITS if visits else ()), *(_NOTES if notes else ())):
        importlib.import_module(name)
        yield
    yield from loading_catalogues()


def warm() -> None:
    """Load now what a door needs."""
    for _piece in _warming(visits=True, notes=False):
        pass


async def warm_soon(*, visits: bool) -> None:
    """Load it piece by piece once the host's own screen stands, which would wait for it by half a second.

    Without `visits` everybody sits at doors in other processes, and their screens are loaded there alone.
    """
    await asyncio.sleep(_SETTLED)
    # In the loop and not in a thread, which others would wait for where it is slow.
    for _piece in _warming(visits=visits, notes=True):
        await asyncio.sleep(_BETWEEN)


async def until_stopped(work: Coroutine[Any, Any, T]) -> T | None:
    """Do some work until it is done or this process is told to stop, by SIGINT, SIGTERM or SIGHUP."""
    task = asyncio.create_task(work)
    with system.stopped_by_signals(task.cancel), contextlib.suppress(asyncio.CancelledError):
        return await task
    return None


def make_ready() -> None:
    """Make this process fit for hundreds of people, and a failure of it silent about what they said."""
    sys.excepthook = lambda _kind, failure, _trace: report(_("tisu has failed. What was recorded is safe."), failure)
    asyncio.get_running_loop().set_exception_handler(_say_where)
    system.leave_no_core()
    # Everybody who joins takes a descriptor, and some systems begin with 256.
    system.allow_most_open_files()
    # The thread that stores waits for the interpreter after each call of the system, every time for as long as this.
    sys.setswitchinterval(_HANDED_ON)


def _say_where(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Report what failed in the loop; asyncio's own words would quote results and messages."""
    report("Something failed in the background.", context.get("exception"))
