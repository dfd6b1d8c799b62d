"""A host with nobody at a door: what becomes of seats whose screens never start."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from pathlib import Path

from terminal_double import PyteTerminal

from tisu_tui.cli._hosting import Doorway, hosting
from tisu_tui.session.session import Session
from tisu_tui.ssh.sign_in import Guest, SignIn
from tisu_tui.store.folder import DataFolder
from tisu_tui.view.view import Role
from tisu_tui.workshop.library import find
from tisu_tui.workshop.reader import read


async def test_a_line_that_drops_before_its_screen_has_started_keeps_no_seat(tmp_path: Path) -> None:
    today = dt.date(2026, 11, 18)
    workshop = read(find("window-of-tolerance").read_bytes(), "window-of-tolerance.md", today=today).workshop
    assert workshop is not None
    session = Session("abcd", today.isoformat(), workshop, code="testcode")
    folder = DataFolder(tmp_path / "data")
    doorway = Doorway("127.0.0.1", 0)
    async with hosting(folder, session, None, doorway, tmp_path / "exports", random.Random(1)) as host:
        terminal = PyteTerminal()
        terminal.hang_up()
        await asyncio.wait_for(host.reception.visit(Guest("participant"), terminal), 10)
        views = host.room.watch(Role.FACILITATOR)
        desk = (await anext(views)).desk
        await views.aclose()
        assert len(host.room.session.register) == 1
        assert desk is not None
        assert desk.seats == 0


async def test_whoever_asks_for_a_language_that_is_not_spoken_reads_which_are(tmp_path: Path) -> None:
    today = dt.date(2026, 11, 18)
    workshop = read(find("window-of-tolerance").read_bytes(), "window-of-tolerance.md", today=today).workshop
    assert workshop is not None
    session = Session("abcd", today.isoformat(), workshop, code="testcode")
    folder, doorway = DataFolder(tmp_path / "data"), Doorway("127.0.0.1", 0)
    async with hosting(folder, session, None, doorway, tmp_path / "exports", random.Random(1)) as host:
        terminal = PyteTerminal()
        guest = SignIn("testcode").read("testcode+plain+fr").guest
        visit = asyncio.create_task(host.reception.visit(guest, terminal))
        await terminal.until("fr is not spoken here. These are: en (English)")
        await terminal.until("Welcome.")
        terminal.hang_up()
        await asyncio.wait_for(visit, 10)
