"""Step ids that earlier sessions used and the edited file has lost."""

from __future__ import annotations

from collections.abc import Iterator

from tisu_tui.cli._opening import load, read_stored
from tisu_tui.core.activity import Given, Problem
from tisu_tui.core.days import in_words
from tisu_tui.core.size import FLOOR, Size
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Step, Workshop
from tisu_tui.store.files import StorageProblem
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.listing import listings


def lost_ids(workshop: Workshop) -> tuple[Problem, ...]:
    """Warn of every id that earlier sessions of this file have results under and the file has no more."""
    try:
        folder = DataFolder(create=False)
        held = [each for each in listings(folder, read_stored, _leave) if each.workshop == workshop.name]
        sessions = [load(folder, each.id).session for each in held if not each.rehearsal]
    except StorageProblem:
        # Checking a file needs no sessions.
        return ()
    lost: dict[str, Problem] = {}
    for session in sessions:
        for name in _used(session):
            if name not in _names(workshop.steps):
                message = _("the id '{id}' is gone; session {session} of {date} has results under it").format(
                    id=name, session=session.id, date=in_words(session.date)
                )
                expected = _("`id {id}`, or results that can't be compared any more").format(id=name)
                lost.setdefault(name, Problem(1, 1, "W507", message, expected, warning=True))
    return tuple(lost.values())


def _leave(_problem: str) -> None:
    """Say nothing of a session that can't be read: whoever hosts with this folder is told what is wrong with it."""


def _used(session: Session) -> Iterator[str]:
    for each in session.rounds:
        if each.closed is not None and each.closed.tallies:
            yield each.counts_as
            if len(each.closed.tallies) > 1:
                yield from (tally.field for tally in each.closed.tallies)


def _names(steps: tuple[Step, ...]) -> set[str]:
    names = {step.id for step in steps}
    for step in steps:
        names |= {field.id for field in step.activity.form(Given(), Size(FLOOR)).fields}
    return names
