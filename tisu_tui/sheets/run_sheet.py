"""For whoever leads: the run sheet, and checklists that a group fills in with a pen before the scribe enters them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tisu_tui.core.form import By, Pick
from tisu_tui.core.size import FLOOR
from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.escaping import table, words
from tisu_tui.session.workshop import Step, Workshop
from tisu_tui.sheets.blocks import Occasion, page, written

_CODE = re.compile(r"`[^`]+`")


def run_sheet(workshop: Workshop, occasion: Occasion) -> bytes:
    """Write the run sheet as Markdown."""
    return page(*_parts(workshop, occasion))


def _parts(workshop: Workshop, occasion: Occasion) -> Iterator[str]:
    yield f"# {_('Run sheet: {title}').format(title=words(workshop.title))}"
    yield _("For whoever leads the session. It is not for the wall.")
    yield words(f"{occasion.when}, {occasion.where}.")
    if workshop.people:
        yield _("Written for {people}, {n} minutes.").format(people=workshop.people.words, n=workshop.minutes)
    yield f"## {_('Before')}"
    yield "\n".join(f"- ☐ {each}" for each in _before())
    yield from map(_note, workshop.notes)
    yield f"## {_('Minute by minute')}"
    yield table([_("From"), _("Minutes"), _("Step")], _timed(workshop, occasion), frozenset({0, 1}))
    for number, step in enumerate(workshop.steps, 1):
        if step.notes:
            yield f"### {number}. {words(step.title)}"
            yield from map(_note, step.notes)
    yield f"## {_('Afterwards: what goes to whom')}"
    yield "\n".join(f"- ☐ {each}" for each in _afterwards())


def _before() -> tuple[str, ...]:
    return (
        _("The invitation is out, with the questions in it. People know that they need not come."),
        _("`tisu doctor` finds no problem, and one phone has joined and left."),
        _("Contacts for support are checked, and in `tisu support`."),
        _("There is a quiet place, and someone who is free to be with a person who steps out."),
        _("Nobody has to sit in a room with someone they should not be with."),
        _("How to join lies on the chairs. A laptop or paper ballots are there, for people without a device."),
        _("You know what to do if somebody is in distress: `f1` on your private screen."),
    )


def _afterwards() -> tuple[str, ...]:
    return (
        _("The same day: the notes to everybody who was there, and to nobody else. `tisu notes SESSION`"),
        _(
            "Within two days: the page for senior management, read once for names. "
            "`tisu notes SESSION --for organisation`"
        ),
        _("What hangs on a wall: the pages beside the notes, if the group said yes."),
        _("Everybody who was to be told has been told."),
        _("Paper ballots: counted, then torn up. Check-ins are nowhere, so nobody can forward them."),
        _("A word with somebody, for yourself."),
    )


def _timed(workshop: Workshop, occasion: Occasion) -> Iterator[tuple[str, str, str]]:
    at = 0
    for step in workshop.steps:
        yield occasion.clock(at), str(step.minutes or "–"), f"{words(step.title)} ({step.kind})"
        at += step.minutes


def _note(note: str) -> str:
    """Write a note of the file, its paragraphs as they were."""
    paragraphs = [" ".join(part.split()) for part in note.split("\n\n")]
    return "\n\n".join(_with_code(paragraph) for paragraph in paragraphs if paragraph)


def _with_code(text: str) -> str:
    """Write a line of words in which what stands in backquotes, such as a command, stays as it is."""
    line = words(text)
    for code in _CODE.findall(text):
        line = line.replace(words(code), code)
    return line


def checklists(workshop: Workshop) -> dict[str, bytes]:
    """Write a page for each list of the workshop's own that is gone through together, by file name."""
    lists = ((step, _items(step)) for step in workshop.steps)
    return {f"checklist-{step.id}.md": page(*_list_parts(step, items)) for step, items in lists if items}


def _items(step: Step) -> tuple[Pick, ...]:
    form = step.form_for(FLOOR)
    if form.by is not By.SCRIBE or step.from_id:
        return ()
    return tuple(question for question in form.fields if isinstance(question, Pick))


def _list_parts(step: Step, items: tuple[Pick, ...]) -> Iterator[str]:
    yield f"# {words(step.title)}"
    yield from (f"> {words(note.text)}" for note in step.content_note)
    yield written(step.body)
    answers = [option.label for option in items[0].options]
    rows = [(str(n), words(question.title), *("☐" for _answer in answers), "") for n, question in enumerate(items, 1)]
    yield table(["", _("What we look at"), *map(words, answers), _("What we saw, and what should change")], rows)
    yield _("No names, neither yours nor anybody's. The paper goes to whoever writes for the group.")
