"""Checklists to fill in with a pen, for what a group goes through before the scribe enters it."""

from __future__ import annotations

from collections.abc import Iterator

from tisu_tui.core.activity import Given
from tisu_tui.core.form import By, Pick
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.markdown import table, words
from tisu_tui.session.workshop import Step, Workshop
from tisu_tui.sheets.blocks import page, written

_PEOPLE = 9
"""A size in which nothing is left out."""


def checklists(workshop: Workshop) -> dict[str, bytes]:
    """Write a page for each list of the workshop's own that is gone through together, by file name."""
    lists = ((step, _items(step)) for step in workshop.steps)
    return {f"checklist-{step.id}.md": page(*_parts(step, items)) for step, items in lists if items}


def _items(step: Step) -> tuple[Pick, ...]:
    form = step.activity.form(Given(), Size(_PEOPLE))
    if form.by is not By.SCRIBE or step.from_id:
        return ()
    return tuple(each for each in form.fields if isinstance(each, Pick))


def _parts(step: Step, items: tuple[Pick, ...]) -> Iterator[str]:
    yield f"# {words(step.title)}"
    yield from (f"> {words(note.text)}" for note in step.content_note)
    yield written(step.body)
    answers = [each.label for each in items[0].options]
    rows = [(str(n), words(each.title), *("☐" for _answer in answers), "") for n, each in enumerate(items, 1)]
    yield table(["", _("What we look at"), *map(words, answers), _("What we saw, and what should change")], rows)
    yield _("No names, neither yours nor anybody's. The paper goes to whoever writes for the group.")
