"""Puts a session of simulated people together, and runs it with or without a screen."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import secrets
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from tisu_tui.cli._earlier import new_session
from tisu_tui.cli._hosting import Doorway, Host, hosting, show_wall
from tisu_tui.cli._opening import new_id
from tisu_tui.cli._reception import until_stopped
from tisu_tui.rehearsal.ideas import said_in
from tisu_tui.rehearsal.line import Call, call
from tisu_tui.rehearsal.opinion import Mood, OpinionGroup
from tisu_tui.rehearsal.people import Pace, RehearsalPlan
from tisu_tui.rehearsal.play import new_key, play
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Workshop
from tisu_tui.ssh.sign_in import new_code
from tisu_tui.store.folder import DataFolder

_FIXED_DAY = dt.date(2026, 1, 15)
_PASSPHRASE = "rehearsal"  # noqa: S105 - made-up people only, and only on this computer


@dataclass(frozen=True, slots=True)
class RehearsalOptions:
    """What the command line asked for."""

    people: int
    seed: int | None
    date: dt.date | None
    leads: bool
    on_screen: bool
    exports: Path
    pace: Pace
    mood: Mood = Mood.PLAIN


def run(
    workshop: Workshop, data: Path | None, wish: RehearsalOptions, lines: Callable[[Host], Call] | None = None
) -> str:
    """Rehearse, and give the path of the notes, or nothing where it was stopped before its end.

    People come in over SSH unless told which `lines` to take.
    """
    seed = secrets.randbelow(10**6) if wish.seed is None else wish.seed
    date = wish.date or (dt.date.today() if wish.seed is None else _FIXED_DAY)
    said = said_in(Path(workshop.name).stem, {step.id: step.title for step in workshop.steps})
    plan = RehearsalPlan(wish.people, OpinionGroup(seed, wish.mood, said), date, wish.pace, wish.leads)
    with _folder(data) as folder:
        chance = random.Random(seed)  # noqa: S311 - a rehearsal is repeatable, and guards nothing
        name, code = new_id(folder, date, chance), new_code()
        session = new_session(folder, name, code, date, workshop, wish.exports, rehearsal=True)
        with folder.lock(session.id):
            return asyncio.run(_rehearse(folder, session, plan, wish, chance, lines))


@contextmanager
def _folder(data: Path | None) -> Iterator[DataFolder]:
    if data is not None:
        yield DataFolder(data)
        return
    with tempfile.TemporaryDirectory(prefix="tisu-rehearsal-") as temporary:
        yield DataFolder(Path(temporary) / "data")


async def _rehearse(
    folder: DataFolder,
    session: Session,
    plan: RehearsalPlan,
    wish: RehearsalOptions,
    chance: random.Random,
    lines: Callable[[Host], Call] | None,
) -> str:
    key = new_key()
    passphrase = _PASSPHRASE if wish.on_screen else None
    doorway = Doorway("127.0.0.1", 0, key.export_public_key().decode(), passphrase)

    def told(step: str) -> None:
        if not wish.on_screen:
            click.echo(step, err=True)

    async with hosting(folder, session, None, doorway, wish.exports, chance) as host:
        come_in = lines(host) if lines else partial(call, host.invitation, key)
        playing = play(session.code, come_in, plan, told)
        await until_stopped(_beside_screen(host, playing) if wish.on_screen else playing)
        ended = host.room.session.is_ended
    return host.notes.result() if ended else ""


async def _beside_screen(host: Host, playing: Coroutine[None, None, str]) -> None:
    """Show the shared screen on this terminal until it is closed there, or the rehearsal fails."""
    people, screen = asyncio.create_task(playing), asyncio.create_task(show_wall(host))
    try:
        await asyncio.wait({people, screen}, return_when=asyncio.FIRST_COMPLETED)
        if people.done():
            people.result()
        await screen
    finally:
        people.cancel()
        screen.cancel()
        await asyncio.gather(people, screen, return_exceptions=True)
