"""What stands on the shelves of the home screen: workshops, sessions, and what there is to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tisu_tui.cli._earlier import merged_promises
from tisu_tui.cli._opening import load, read_stored
from tisu_tui.cli.sessions import deletion
from tisu_tui.core.days import in_words
from tisu_tui.core.home import Deed, HomeItem, Shelf
from tisu_tui.core.later import Status
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.memory.due import is_asked, promise_words, status_words
from tisu_tui.memory.past import pasts
from tisu_tui.memory.promises import Promise, open_promises, promises
from tisu_tui.notes.saving import exported
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.files import StorageProblem
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.listing import Listing, SessionStage, listings
from tisu_tui.workshop.library import along_the_way, library
from tisu_tui.workshop.reader import read

HERE = Path("workshops")
"""The folder in which a team keeps workshops of its own."""


@dataclass(frozen=True, slots=True)
class HomeContents:
    """One look at a data folder and the team's notes, with one line for everything unreadable in the folder."""

    folder: DataFolder
    exports: Path
    today: dt.date
    sessions: tuple[Listing, ...]
    problems: tuple[str, ...]

    @classmethod
    def of(cls, folder: DataFolder, exports: Path, today: dt.date) -> Self:
        """Look into a folder; raises `StorageProblem` where that can't be done at all."""
        problems: list[str] = []
        return cls(folder, exports, today, tuple(listings(folder, read_stored, problems.append)), tuple(problems))

    def shelves(self) -> tuple[Shelf, Shelf, Shelf]:
        """Fill the shelves; what was promised is not among what there is to do yet, since it takes longer to find."""
        files = _files()
        to_do = (*map(_unreadable, self.problems), *_to_do(self.sessions, files, self.today))
        return (
            _workshops(files, frozenset(listing.workshop for listing in self._sealed()), self.today),
            _sessions(self.sessions, files, self.exports, self.today),
            Shelf(_("To do"), to_do, _("Nothing is to be done.")),
        )

    def with_promises(self, to_do: Shelf, is_over: Callable[[], bool] = lambda: False) -> Shelf:
        """Append the team's open promises, its own page included, to the list of things to do.

        It gives up between two sessions once `is_over`, so that nobody waits for what they will not read.
        """
        sessions, problems = [], []
        for listing in self._sealed():
            if is_over():
                break
            try:
                sessions.append(load(self.folder, listing.id))
            except StorageProblem as problem:
                problems.append(_unreadable(str(problem)))
        left = pasts(sessions)
        try:
            promised, unread = merged_promises(left, self.exports)
        except OSError as problem:
            promised, unread = promises(left), (f"{self.exports}: {problem.strerror or problem}",)
        problems += map(_unreadable, unread)
        due = (_promise(promise, self.today) for promise in open_promises(promised))
        return Shelf(to_do.name, (*problems, *to_do.items, *due), to_do.empty)

    def _sealed(self) -> Iterator[Listing]:
        for listing in self.sessions:
            if listing.standing is SessionStage.SEALED and not listing.rehearsal:
                yield listing


def _unreadable(problem: str) -> HomeItem:
    return HomeItem(clean(problem), _("can't be read"))


# Workshops


def _files() -> dict[str, Path]:
    """Find workshop files by what they are called on the command line, the team's own first."""
    own = {str(path): path for path in sorted(HERE.glob("*.md"))}
    known = {path.resolve() for path in own.values()}
    return {**own, **{path.stem: path for path in library() if path.resolve() not in known}}


def _workshops(files: Mapping[str, Path], held: Container[str], today: dt.date) -> Shelf:
    items = []
    for name, path in files.items():
        try:
            workshop = read(path.read_bytes(), path.name, today=today).workshop
        except OSError as error:
            items.append(HomeItem(clean(name), about=(error.strerror or _("it can't be read"),)))
            continue
        items.append(
            _workshop(name, workshop, along_the_way(path), was_held=path.name in held) if workshop else _broken(name)
        )
    return Shelf(_("Workshops"), tuple(items), _("There are no workshops here."))


def _workshop(name: str, workshop: Workshop, when: str, *, was_held: bool) -> HomeItem:
    minutes = _("{n} min").format(n=workshop.minutes) if workshop.minutes else ""
    fits = workshop.people
    people = _("for {people}").format(people=fits.words) if fits else ""
    steps = ngettext("{n} step", "{n} steps", len(workshop.steps)).format(n=len(workshop.steps))
    return HomeItem(
        workshop.title,
        ", ".join(filter(None, (when, minutes, fits.numbers if fits else ""))),
        tuple(filter(None, (workshop.summary, " · ".join(filter(None, (people, steps, clean(name))))))),
        (
            Deed(_("Run it with people now"), ("host", name)),
            Deed(_("Rehearse it with made-up people"), ("rehearse", name)),
            Deed(_("Write what it needs on paper"), ("sheets", name)),
            Deed(_("Look for problems in its file"), ("check", name)),
            *((_over_time(workshop.name),) if was_held else ()),
        ),
        name,
        (
            *((_("About: {tags}").format(tags=", ".join(workshop.tags)),) if workshop.tags else ()),
            *(f"{n:>2}. {clean(step.title)}" for n, step in enumerate(workshop.steps, 1)),
        ),
    )


def _over_time(workshop: str) -> Deed:
    return Deed(_("See how its answers changed over time"), ("trend", workshop.removesuffix(".md"), "--screen"))


def _broken(name: str) -> HomeItem:
    deed = Deed(_("See what is wrong"), ("check", name))
    return HomeItem(clean(name), _("has problems"), (_("This file can't be run yet."),), (deed,))


# Sessions


def _sessions(sessions: Iterable[Listing], files: Mapping[str, Path], exports: Path, today: dt.date) -> Shelf:
    notes = exported(exports)
    items = tuple(_session(listing, files, notes.get(listing.id, ()), today) for listing in sessions)
    return Shelf(_("Sessions"), items, _("No session has been held yet."))


def _session(session: Listing, files: Mapping[str, Path], notes: Sequence[Path], today: dt.date) -> HomeItem:
    states = {SessionStage.SEALED: "", SessionStage.INTERRUPTED: _("interrupted"), SessionStage.OPEN: _("still open")}
    details = (states[session.standing], _("rehearsal") if session.rehearsal else "")
    written = tuple(_("Notes: {path}").format(path=path) for path in notes)
    missing = () if notes or session.standing is not SessionStage.SEALED else (_("Its notes are not here."),)
    return HomeItem(
        f"{session.date}  {clean(session.title)}",
        ", ".join(filter(None, details)),
        tuple(filter(None, (*written, *missing, deletion(session, today)))),
        tuple(_deeds(session, files)),
        "\n".join((session.id, session.workshop, *session.said)),
    )


def _deeds(session: Listing, files: Mapping[str, Path]) -> Iterator[Deed]:
    match session.standing:
        case SessionStage.INTERRUPTED if not session.rehearsal:
            yield Deed(_("Go on with it"), _resume(session, files))
        case SessionStage.OPEN:
            yield Deed(_("Seal its notes; this asks first"), ("seal", session.id))
            yield Deed(_("Read the notes together again"), _resume(session, files))
        case SessionStage.SEALED:
            yield Deed(_("Read its notes"), ("notes", session.id, "--read"))
            yield Deed(_("Write its notes"), ("notes", session.id))
            yield _over_time(session.workshop)
            yield Deed(_("Count it again, and see that nothing was changed"), ("verify", session.id))
    yield Deed(_("Delete it; this asks first"), ("forget", session.id))


def _resume(session: Listing, files: Mapping[str, Path]) -> tuple[str, ...]:
    name = next((name for name, path in files.items() if path.name == session.workshop), session.workshop)
    return ("host", name, "--resume", session.id)


# What there is to do


def _to_do(sessions: Iterable[Listing], files: Mapping[str, Path], today: dt.date) -> Iterator[HomeItem]:
    for listing in sessions:
        title = f"{listing.date}  {clean(listing.title)}"
        if listing.is_due_for_sealing(today):
            yield HomeItem(title, _("to be sealed"), (), tuple(_deeds(listing, files)))
        if listing.is_overdue(today):
            about = (deletion(listing, today),)
            yield HomeItem(
                title, _("to be deleted"), about, (Deed(_("Delete it; this asks first"), ("forget", listing.id)),)
            )


def _promise(promise: Promise, today: dt.date) -> HomeItem:
    due = promise.record.due
    source = _("From {title}, {date}").format(title=promise.title, date=in_words(promise.made)) if promise.title else ""
    # A request that nobody has said anything of says so itself: there is no answer yet.
    is_said = is_asked(promise) and (promise.is_request or not promise.history)
    standing = "" if is_said else status_words(promise.status)

    def say(words: str, status: Status) -> Deed:
        return Deed(words, ("actions", "mark", promise.id, *status_words(status).split()))

    steps = (
        say(_("Say that it is done"), Status.DONE),
        say(_("Say that it is under way"), Status.UNDER_WAY),
        *(() if promise.is_request else (say(_("Say that it is stuck"), Status.STUCK),)),
    )
    return HomeItem(
        clean(promise_words(promise, today)),
        _("due now") if due and due <= today.isoformat() else "",
        tuple(filter(None, (standing, clean(source)))),
        (
            *(() if promise.is_request and promise.request.waits else steps),
            Deed(_("See everything that was promised"), ("actions",)),
        ),
    )
