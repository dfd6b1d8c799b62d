"""`tisu seal`: seal a session whose notes were left open to think them over."""

from __future__ import annotations

import datetime as dt
import shlex
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from tisu_tui.cli._options import DATA, exports, sessions, with_folders
from tisu_tui.cli._saying import refuse, say
from tisu_tui.core.days import in_words
from tisu_tui.core.enumerating import numbers_in
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.saving import NotesProblem, save
from tisu_tui.session import changes
from tisu_tui.session.decisions import read_out
from tisu_tui.session.readback import noted, reading
from tisu_tui.session.session import Session
from tisu_tui.store.folder import DataFolder


@click.command
@click.argument("session", shell_complete=sessions)
@click.option(
    "--strike", "struck", type=int, multiple=True, metavar="N", help="Leave this line out; as often as needed."
)
@click.option(
    "--keep", "kept", type=int, multiple=True, metavar="N", help="Let this line stand, though somebody asked."
)
@click.option("--yes", is_flag=True, help="Seal without asking.")
@exports("Folder for the notes.")
@DATA
def seal(
    session: str, struck: tuple[int, ...], kept: tuple[int, ...], *, yes: bool, exports: Path, data: Path | None
) -> None:
    """Seal SESSION, whose notes the group has read and left open, and write its notes.

    It lists the lines of the notes, and which of them somebody asked in private to have softened or left out. People's
    own words that somebody asked about are left out unless --keep says otherwise. Then it asks.
    """
    folder = DataFolder(data, create=data is None)
    try:
        with unsealed(folder, session) as read:
            left = changed(read, struck, kept)
            tell(left)
            if not yes:
                if not sys.stdin.isatty():
                    refuse(_("Nothing was sealed. To seal without being asked: --yes"))
                left = changed(left, numbers_left_out(), ())
                if not agreed():
                    click.echo(_("Nothing was sealed."), err=True)
                    return
            path = sealed(folder, left, exports)
    except NotesProblem as problem:
        again = with_folders(f"tisu notes {session}", "--to")
        refuse(f"{problem} {_('To try again: {command}').format(command=again)}", 1)
    say(_("The join code and everybody's three words are gone with this."), err=True)
    click.echo(_("Notes: {path}").format(path=path))


@contextmanager
def unsealed(folder: DataFolder, name: str) -> Iterator[Session]:
    """Hold a session whose notes were read and are not sealed; refuses any other, and raises `StorageProblem`."""
    from tisu_tui.cli._opening import load, session_file

    session_file(folder, name)  # a session that is not there has no lock either
    with folder.lock(name):
        session = load(folder, name)
        if session.is_ended:
            told = _("Session {id} has been sealed. Its notes: {command}")
            refuse(told.format(id=name, command=with_folders(f"tisu notes {name}", "--to")))
        if not session.is_reading:
            problem = _("Session {id} stopped before its notes were read. Go on with it: {command}")
            command = with_folders(f"tisu host {shlex.quote(session.workshop.name)} --resume {name}")
            refuse(problem.format(id=name, command=command))
        yield session


def changed(session: Session, struck: Iterable[int], kept: Iterable[int]) -> Session:
    """Leave lines out, and let others stand that somebody asked about; numbers are those of the notes as they are."""
    lines = dict(enumerate(noted(session), 1))
    out, stay = set(struck), set(kept)
    for number in sorted(out | stay):
        if number not in lines:
            refuse(_("There is no line {n}.").format(n=number))
        if number in out & stay:
            refuse(_("Line {n} can't be both left out and kept.").format(n=number))
    for number in stay:
        session = replace(session, asked=session.asked - {lines[number].key})
    for number in out:
        line = next(each for each in noted(session) if each.key == lines[number].key)
        session = line.change("")
    return session


def tell(session: Session) -> None:
    """Read the lines of the notes out, with what was asked about them."""
    title = clean(session.workshop.title)
    say(_("{title}, session {id} of {date}").format(title=title, id=session.id, date=in_words(session.date)), err=True)
    lines = dict(enumerate(noted(session), 1))
    for line in reading(session, read_out(session)):
        say(f"{line.number:>3}. {line.text}" if line.number else f"\n{line.text}", err=True, hang=5)
        if line.number and lines[line.number].key in session.asked:
            say(f"     {_answer(is_record=lines[line.number].is_record)}", err=True)
    if not lines:
        click.echo(_("There is nothing to read in people's words."), err=True)


def _answer(*, is_record: bool) -> str:
    if is_record:
        return _("Somebody asks for this to be softened or left out. The group made it aloud, so it stays as it is.")
    return _("Somebody asks for this to be softened or left out. It is left out.")


def numbers_left_out() -> tuple[int, ...]:
    """Ask which lines are to be left out; none for an empty answer."""
    typed: str = click.prompt(
        _("Lines to leave out, by number, or Enter for none"), default="", show_default=False, err=True
    )
    numbers = numbers_in(typed)
    if typed.strip() and not numbers:
        refuse(_("Nothing was sealed. Write numbers, like: 3 5"))
    return numbers


def agreed() -> bool:
    """Ask whether to seal."""
    return click.confirm(_("Seal these notes? Nothing can be changed after that."), err=True)


def sealed(folder: DataFolder, session: Session, exports: Path) -> Path:
    """Seal a session and write its notes; raises `StorageProblem` or `NotesProblem`."""
    from tisu_tui.notes.write import render
    from tisu_tui.store.sessions import SessionFile

    session = changes.sealed(session)
    file = SessionFile(folder.session_file(session.id), dt.date.fromisoformat(session.date))
    try:
        file.save(session)
    finally:
        file.close()
    return save(render(session), exports)
