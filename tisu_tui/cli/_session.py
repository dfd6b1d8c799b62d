"""Settles which session `host` runs, a new one or one taken up again, and runs it."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
import shlex
from dataclasses import dataclass, replace
from pathlib import Path

import click

from tisu_tui.cli._before import refuse_port
from tisu_tui.cli._earlier import gone_on, new_session
from tisu_tui.cli._hosting import GRACE, Doorway, Host, announce, hosting, show_wall
from tisu_tui.cli._opening import list_all, load_with_box, new_id, session_file
from tisu_tui.cli._options import PORT, with_folders
from tisu_tui.cli._reception import until_stopped
from tisu_tui.cli._saying import hint, refuse, say
from tisu_tui.core.box import Box
from tisu_tui.core.days import in_words
from tisu_tui.core.translation import gettext as _
from tisu_tui.room.pacing import resumed
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Workshop
from tisu_tui.ssh.sign_in import new_code
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.listing import SessionStage


@dataclass(frozen=True, slots=True)
class HostOptions:
    """What the command line asked for; `typed` are the options to host the same session again, but for its port."""

    file: str
    doorway: Doorway
    code: str
    exports: Path
    typed: tuple[str, ...]


def choose(folder: DataFolder, workshop: Workshop, *, new: bool, resume: str, today: dt.date, asks: bool) -> str:
    """Give the id of the session to take up again, or an empty string for a new one."""
    if resume:
        return resume
    if new:
        return ""
    damaged: list[str] = []
    own = [
        listing
        for listing in list_all(folder, damaged.append)
        if listing.workshop == workshop.name and not listing.rehearsal
    ]
    for listing in own:
        if listing.standing is SessionStage.OPEN:
            still = _("The notes of session {id} of {date} are still open. To read them again:")
            hint(still.format(id=listing.id, date=in_words(listing.date)), f"--resume {listing.id}", err=True)
    interrupted = [listing for listing in own if listing.standing is SessionStage.INTERRUPTED]
    if not interrupted:
        return _afresh(damaged, asks=asks)
    if not asks:
        if len(interrupted) > 1:
            ids = ", ".join(listing.id for listing in interrupted)
            refuse(_("Several sessions were interrupted: {ids}. Say --resume ID, or --new.").format(ids=ids))
        hint(_("Going on with session {id}. For a new one:").format(id=interrupted[0].id), "--new", err=True)
        return interrupted[0].id
    for listing in interrupted:
        asked = _("Session {id} of {date} was interrupted. Go on with it?")
        # Where a room full of people waits, enter goes on.
        is_todays = listing.date == today.isoformat()
        if click.confirm(asked.format(id=listing.id, date=in_words(listing.date)), default=is_todays):
            return listing.id
    return _afresh(damaged, asks=asks)


def _afresh(damaged: list[str], *, asks: bool) -> str:
    """Begin a new session; where one that can't be read may be the one that is meant, only if somebody says so."""
    if damaged:
        if not asks:
            refuse(_("It may be the session to go on with. Bring back a copy of it, or say --new."), 1)
        if not click.confirm(_("It may be the session to go on with. Begin a new one all the same?"), default=False):
            refuse(_("Nothing was begun. Bring back a copy of the file, and start again."), 1)
    return ""


def run(folder: DataFolder, session_id: str, workshop: Workshop, wish: HostOptions, *, headless: bool) -> int:
    """Run a session until it ends or the host is stopped; gives the exit status."""
    name = session_id or new_id(folder, dt.date.today())
    if session_id:
        session_file(folder, session_id)
    try:
        with folder.lock(name):
            session, box = _start(folder, session_id, name, workshop, wish)
            return asyncio.run(_host(folder, session, box, wish, headless=headless))
    except OSError as error:
        refuse_port(error, wish.doorway.bind, wish.doorway.port, ("tisu", "host", wish.file, *wish.typed))
    finally:
        if not (session_id or folder.session_file(name).exists()):
            folder.forget(name)  # nothing of it was ever stored, and nothing of it stays


def _start(
    folder: DataFolder, session_id: str, name: str, workshop: Workshop, wish: HostOptions
) -> tuple[Session, Box | None]:
    if not session_id:
        code, today = wish.code.lower() or new_code(), dt.date.today()
        return new_session(folder, name, code, today, workshop, wish.exports, rehearsal=False), None
    session, box = load_with_box(folder, session_id)
    if session.is_ended:
        ended = _("Session {id} has ended. Its notes: {command}")
        refuse(ended.format(id=session_id, command=with_folders(f"tisu notes {session_id}", "--to")))
    if session.workshop.source == workshop.source:
        # A session keeps its text; the pictures that it names are in the workshop's folder.
        session = replace(session, workshop=workshop)
    return resumed(gone_on(folder, session, wish.exports), box, secrets.SystemRandom())


async def _host(folder: DataFolder, session: Session, box: Box | None, wish: HostOptions, *, headless: bool) -> int:
    chance = secrets.SystemRandom()
    async with hosting(folder, session, box, wish.doorway, wish.exports, chance) as host:
        await until_stopped(_attend(host, headless=headless))
        ended = host.room.session.is_ended
    if host.room.session.left_open:
        return left_open(host.room.session, wish, host.invitation.port)
    if not ended:
        hint(_("Stopped. To go on:"), _resume(wish, session, host.invitation.port))
        return 0
    click.echo(_("Notes: {path}").format(path=host.notes.result()))
    return 0 if host.has_notes else 1


def left_open(session: Session, wish: HostOptions, port: int) -> int:
    """Write a draft of notes that are not sealed, and say how they will be; gives the exit status."""
    from tisu_tui.notes.saving import NotesProblem, save
    from tisu_tui.notes.write import render

    status = 0
    try:
        click.echo(_("Draft: {path}").format(path=save(render(session), wish.exports)))
    except NotesProblem as problem:
        say(str(problem), err=True)
        status = 1
    hint(_("The notes are left open, to be thought over. To seal them:"), with_folders(f"tisu seal {session.id}"))
    hint(_("To read them together again:"), _resume(wish, session, port))
    return status


def _resume(wish: HostOptions, session: Session, port: int) -> str:
    # People were told the port on which they come back, also where any would do.
    where = ("--port", str(port)) if port != PORT else ()
    return shlex.join(("tisu", "host", wish.file, "--resume", session.id, *where, *wish.typed))


async def _attend(host: Host, *, headless: bool) -> None:
    """Tell how people join, and stay until the wall is closed; without one, until people have read the end."""
    announce(host)
    if headless:
        await host.until_done()
        await host.until_empty(GRACE)
    else:
        await show_wall(host)
