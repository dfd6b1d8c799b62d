"""`tisu check`: every problem of workshop files, before the day."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TypeAlias

import click

from tisu_tui.cli._options import workshops
from tisu_tui.cli._saying import say
from tisu_tui.core.activity import Given, Problem
from tisu_tui.core.days import in_words
from tisu_tui.core.enumerating import in_a_row
from tisu_tui.core.size import FLOOR, Size
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.session.session import Place, Session
from tisu_tui.session.workshop import Step, Workshop
from tisu_tui.store.files import StorageProblem
from tisu_tui.store.folder import DataFolder

_WALLS = ((100, 30), (80, 24))
_MARGIN, _FOOT = 4, 4
"""Columns and rows that are no page: at the sides, and the keys below with the line to join."""
_PEOPLE = 8
_MOST_NAMED = 5

_Held: TypeAlias = Callable[[], list[tuple[str, str]]]
"""Gives the ids of the sessions on this computer, each with the name of its workshop."""


@click.command
@click.argument("files", metavar="FILE…", nargs=-1, required=True, shell_complete=workshops)
@click.option("--strict", is_flag=True, help=_("Take warnings for errors."))
@click.option("--watch", is_flag=True, help=_("Show them again whenever a file changes, until ctrl+c."))
@click.pass_context
def check(context: click.Context, files: tuple[str, ...], *, strict: bool, watch: bool) -> None:
    """Show every problem of workshop files, each with its place; FILE may be a name from the library."""
    if watch:
        _keep_showing(files, strict=strict)
        return
    held = cache(_held)
    results = [_is_fine(name, held, strict=strict) for name in files]
    context.exit(0 if all(results) else 2)


def _is_fine(name: str, held: _Held, *, strict: bool) -> bool:
    from tisu_tui.workshop.library import (
        NoSuchWorkshopError,
        Translation,
        beside_original,
        find,
        is_translation,
        translation_problems,
        translations,
    )
    from tisu_tui.workshop.pictures import in_folder
    from tisu_tui.workshop.reader import read
    from tisu_tui.workshop.source import display, render

    try:
        path = find(name)
        content = path.read_bytes()
    except NoSuchWorkshopError as error:
        click.echo(f"tisu check: {error}", err=True)
        return False
    except OSError as error:
        reason = error.strerror or _("it can't be read")
        click.echo(f"tisu check: {click.format_filename(name)}: {reason}", err=True)
        return False
    today = dt.datetime.now().astimezone().date()
    shown = clean(click.format_filename(path), 500)
    reading = read(content, path.name, today, in_folder(path.parent))
    lines = display(content)
    problems = (*reading.problems, *(_lost_ids(reading.workshop, held) if reading.workshop else ()))
    if is_translation(path):
        problems += beside_original(Translation(path, content, reading), today)
    for problem in problems:
        say(render(problem, shown, lines))
    if reading.workshop is None:
        return False
    others = [] if is_translation(path) else translations(path, today)
    for other in others:
        name = clean(click.format_filename(other.path), 500)
        for problem in (*other.reading.problems, *translation_problems(reading.workshop, other)):
            problems += (problem,)
            say(render(problem, name, display(other.content)))
    if any(other.reading.workshop is None for other in others):
        return False
    if not problems:
        steps, minutes = reading.workshop.steps, sum(step.minutes for step in reading.workshop.steps)
        count = ngettext("{n} step", "{n} steps", len(steps)).format(n=len(steps))
        long = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
        title = reading.workshop.title
        fine = _("{path}: fine. {steps}, {minutes}. {title}")
        said = fine.format(path=shown, steps=count, minutes=long, title=title)
        if others:
            tags = sorted(
                translation.reading.workshop.language for translation in others if translation.reading.workshop
            )
            said += " " + _("(also in: {languages})").format(languages=", ".join(tags))
        say(said)
    for sentence in _long_steps(reading.workshop):
        say(f"{shown}: {sentence}")
    return not (strict and problems)


_LOOKS = 0.2
"""Seconds between two looks at a file."""


def _keep_showing(names: Sequence[str], *, strict: bool) -> None:
    """Show the problems of each file, and again under a line of its own whenever it changes, until ctrl+c."""
    try:
        # Looked at before it is shown, so that no change falls between the two.
        shown = {name: _state(name) for name in names}
        for name in names:
            _is_fine(name, _held, strict=strict)
        click.echo(_("Watching. Save the file to see this again; ctrl+c ends."), err=True)
        last = dict(shown)
        while True:
            time.sleep(_LOOKS)
            for name in names:
                now = _state(name)
                # The same twice: an editor may be in the middle of writing a file, or of putting another in its place.
                if now == last[name] != shown[name]:
                    shown[name] = now
                    click.echo("\n" + _line(name))
                    _is_fine(name, _held, strict=strict)
                last[name] = now
    except KeyboardInterrupt:
        click.echo()


def _line(name: str) -> str:
    at = dt.datetime.now().astimezone().strftime("%H:%M:%S")
    return _("---- {name}, changed at {time} ----").format(name=clean(click.format_filename(name), 200), time=at)


def _state(name: str) -> tuple[int, ...]:
    """Tell one state of a file from another; empty where there is none."""
    from tisu_tui.workshop.library import NoSuchWorkshopError, find

    try:
        found = find(name).stat()
    except (NoSuchWorkshopError, OSError):
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _held() -> list[tuple[str, str]]:
    """List the sessions on this computer, but for rehearsals; checking a file needs none."""
    try:
        folder = DataFolder(create=False)
        if not folder.sessions():
            return []
        # What reads sessions takes a tenth of a second to load.
        from tisu_tui.cli._opening import read_stored
        from tisu_tui.store.listing import listings

        return [
            (listing.id, listing.workshop) for listing in listings(folder, read_stored, _leave) if not listing.rehearsal
        ]
    except StorageProblem:
        return []


def _lost_ids(workshop: Workshop, held: _Held) -> tuple[Problem, ...]:
    """Warn of every id that earlier sessions of this file have results under and the file has no more."""
    own = [session for session, name in held() if name == workshop.name]
    if not own:
        return ()
    from tisu_tui.cli._opening import load

    try:
        folder = DataFolder(create=False)
        sessions = [load(folder, field_) for field_ in own]
    except StorageProblem:
        return ()
    names = _names(workshop.steps)
    lost: dict[str, Problem] = {}
    for session in sessions:
        for name in _used(session):
            if name not in names:
                message = _("the id '{id}' is gone; session {session} of {date} has results under it").format(
                    id=name, session=session.id, date=in_words(session.date)
                )
                expected = _("`id {id}`, or results that can't be compared any more").format(id=name)
                lost.setdefault(name, Problem(1, 1, "W507", message, expected, warning=True))
    return tuple(lost.values())


def _leave(_problem: str) -> None:
    """Say nothing of a session that can't be read: whoever hosts with this folder is told what is wrong with it."""


def _used(session: Session) -> Iterator[str]:
    for round_ in session.rounds:
        if round_.closed is not None and round_.closed.tallies:
            yield round_.counts_as
            if len(round_.closed.tallies) > 1:
                yield from (tally.field for tally in round_.closed.tallies)


def _names(steps: tuple[Step, ...]) -> set[str]:
    names = {step.id for step in steps}
    for step in steps:
        names |= {field.id for field in step.activity.form(Given(), Size(FLOOR)).fields}
    return names


def _long_steps(workshop: Workshop) -> Iterator[str]:
    """Say of each size of wall which open steps take more than one page."""
    from tisu_tui.screens.wall_layout import Space
    from tisu_tui.screens.wall_pages import wall
    from tisu_tui.session.changes import opened
    from tisu_tui.view.live import Live
    from tisu_tui.view.view import Role, view

    at_steps = [Session("", "", workshop, place=Place(n)) for n in range(len(workshop.steps))]
    views = [view(opened(session, _PEOPLE, screens=_PEOPLE), Role.SCREEN, Live(_PEOPLE)) for session in at_steps]
    for columns, rows in _WALLS:
        space = Space(columns - _MARGIN, rows - _FOOT)
        long = [f"“{each.heading}”" for each in views if len(wall(each, space)) > space.rows]
        if not long:
            continue
        said = ngettext(
            "on a wall of {columns} × {rows}, {n} step continues below (pgdn): {titles}",
            "on a wall of {columns} × {rows}, {n} steps continue below (pgdn): {titles}",
            len(long),
        )
        more = [_("{n} more").format(n=len(long) - _MOST_NAMED)] if len(long) > _MOST_NAMED else []
        titles = in_a_row([*long[:_MOST_NAMED], *more])
        yield said.format(columns=columns, rows=rows, n=len(long), titles=titles)
