"""Results of a team's earlier sessions, for new sessions and for commands that look back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Sequence
from dataclasses import replace
from pathlib import Path

from tisu_tui.cli._opening import load_all, team_support
from tisu_tui.cli._saying import naming, say
from tisu_tui.core.later import Request
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking
from tisu_tui.memory.due import follows_up, remembered
from tisu_tui.memory.earlier import carry_over, earlier, looks_back, once, told
from tisu_tui.memory.past import Past, pasts
from tisu_tui.memory.promises import Promise, open_promises, promises
from tisu_tui.notes.kept import KeptNotes, read_notes, read_told
from tisu_tui.privacy.record import Look
from tisu_tui.session.session import Session, delete_by
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.folder import DataFolder


def new_session(
    folder: DataFolder, name: str, code: str, date: dt.date, workshop: Workshop, exports: Path, *, rehearsal: bool
) -> Session:
    """Make a new session of a workshop, with the team's contacts and with what it takes over from earlier ones."""
    day = date.isoformat()
    session = Session(
        id=name,
        date=day,
        workshop=workshop,
        code=code,
        rehearsal=rehearsal,
        delete_by=delete_by(day, workshop),
        support=team_support(folder),
    )
    return begin(folder, session, exports)


def begin(folder: DataFolder, session: Session, exports: Path | None = None) -> Session:
    """Start a new session with everything it takes over from earlier ones and from the pages in `exports`.

    A rehearsal takes over from rehearsals only. Nothing is loaded for a workshop in which nothing looks back.
    """
    if not looks_back(session.workshop):
        return session
    sessions = _earlier(folder, rehearsal=session.rehearsal)

    if follows_up(session.workshop):
        due = open_promises(team_promises(pasts(sessions), exports, rehearsal=session.rehearsal))
        with speaking(session.workshop.language):
            prepared = remembered(session.workshop, due, dt.date.fromisoformat(session.date))
        session = replace(
            session, prepared=prepared, requests=tuple(promise.request for promise in due if promise.is_request)
        )
    session = replace(session, told=_told(sessions, exports, rehearsal=session.rehearsal))
    return replace(carry_over(session, sessions), earlier=earlier(session.workshop, sessions))


def gone_on(folder: DataFolder, session: Session, exports: Path) -> Session:
    """Give a session that is taken up again what other sessions have told since it began."""
    if not looks_back(session.workshop):
        return session
    others = [each for each in _earlier(folder, rehearsal=session.rehearsal) if each.id != session.id]
    since = _told(others, exports, rehearsal=session.rehearsal, but=session.id)
    return replace(session, told=once((*session.told, *since)))


def _told(sessions: list[Session], exports: Path | None, *, rehearsal: bool, but: str = "") -> tuple[Look, ...]:
    """Gather what was told before, from the data and from the notes beside it; `but` is a session to leave out."""
    if exports is None or not exports.is_dir():
        return told(sessions)
    with naming(exports):
        found, problems = read_told(exports, {but, *(session.id for session in sessions)}, rehearsal=rehearsal)
    for problem in problems:
        say(problem, err=True)
    return told(sessions, (each for each in found if each.id != but))


def read_requests(folder: DataFolder, session: Session, exports: Path) -> tuple[Request, ...]:
    """Return the requests up to a session's day, as they stand now."""
    known = read_promises(folder, exports, rehearsal=session.rehearsal)
    return tuple(promise.request for promise in known if promise.is_request and promise.made <= session.date)


def read_promises(folder: DataFolder, exports: Path | None, *, rehearsal: bool = False) -> tuple[Promise, ...]:
    """Read the promises of sealed sessions, updated from the team's page in `exports`.

    A team that keeps only its notes is followed up from them: where the data folder has no sealed session, and says so.
    """
    return team_promises(read_pasts(folder, rehearsal=rehearsal), exports, rehearsal=rehearsal)


def team_promises(past: Sequence[Past], exports: Path | None, *, rehearsal: bool) -> tuple[Promise, ...]:
    """Return a team's promises: those that sealed sessions left, as they stand by the notes and pages in `exports`."""
    with naming(exports):
        found, problems = merged_promises(past, exports, rehearsal=rehearsal)
    for problem in problems:
        say(problem, err=True)
    if not past and any(promise.title for promise in found):
        used = _("There is no earlier session in the data folder, so the notes in {path} are used.")
        say(used.format(path=exports), err=True)
    return found


def merged_promises(
    past: Sequence[Past], exports: Path | None, *, rehearsal: bool = False
) -> tuple[tuple[Promise, ...], Sequence[str]]:
    """Merge what sealed sessions left with a folder of notes, and name what can't be read there; raises OSError.

    What a laptop does not have, its team's notes do; and what was changed in them by hand stands.
    """
    if exports is None or not exports.is_dir():
        return promises(past), ()
    known = {f"{each.id}.{record.id}": record for each in past for record in each.records}
    kept = read_notes(exports, rehearsal=rehearsal, known=known)
    notes = {each.id: each for each in kept.pasts}
    here = tuple(_as_edited(each, notes.pop(each.id, each), kept.gone) for each in past)
    return promises((*here, *notes.values()), kept.entries), kept.problems


def _as_edited(past: Past, note: Past, gone: Container[str]) -> Past:
    """Add the lines that were written into a session's notes by hand, and leave out those that were deleted there."""
    left = tuple(record for record in past.records if f"{past.id}.{record.id}" not in gone)
    known = {record.id for record in past.records}
    return replace(past, records=(*left, *(record for record in note.records if record.id not in known)))


def read_kept(exports: Path, *, rehearsal: bool = False, explain: bool = False) -> KeptNotes:
    """Read a folder of notes; what can't be read is named on stderr, and everything else is."""
    with naming(exports):
        kept = read_notes(exports, rehearsal=rehearsal, explain=explain)
    for problem in kept.problems:
        say(problem, err=True)
    return kept


def read_pasts(folder: DataFolder, *, rehearsal: bool) -> tuple[Past, ...]:
    """Read what sealed sessions left, the earliest first: those of people, or rehearsals."""
    return pasts(_earlier(folder, rehearsal=rehearsal))


def _earlier(folder: DataFolder, *, rehearsal: bool) -> list[Session]:
    return [session for session in load_all(folder) if session.rehearsal is rehearsal]
