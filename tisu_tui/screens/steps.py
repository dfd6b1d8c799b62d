"""What every screen says of the present step in the same words: where we are, what is asked, what was typed."""

from __future__ import annotations

from functools import lru_cache
from gettext import gettext as _

from tisu_tui.core.form import Field, Form, Pick, Write
from tisu_tui.core.reading import Line as NotesLine
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.view import View
from tisu_tui.screens.layout import Lines, blocks, flow, paragraph, spaced
from tisu_tui.screens.results import framed, record_lines, result_lines


def where(view: View) -> str:
    """Say which step of how many."""
    if view.is_lobby or view.is_ended or not view.heading:
        return ""
    return _("Step {n} of {total}").format(n=view.number, total=view.total)


def sentences_of(texts: tuple[str, ...], width: int) -> Lines:
    """Put sentences under each other, the first of them most clearly."""
    return spaced(*(paragraph(text, width, "text" if n else "title") for n, text in enumerate(texts)))


def intro(view: View, width: int) -> Lines:
    """Draw what comes before anything is asked: content note, text, and who decides."""
    return spaced(
        blocks(view.content_note, width, "▎ "),
        blocks(view.body, width),
        paragraph(view.right, width, "result"),
    )


def resumed(view: View, width: int) -> Lines:
    """Say that the session goes on where it stood, where it does."""
    if not view.resumed:
        return ()
    words = _(
        "We are back. Answers marked 'Recorded' are safe. Answers marked 'Not saved' are gone: answer again, or pass."
    )
    return paragraph(words, width, "warning")


def failing(view: View, width: int) -> Lines:
    """Say that the host can't store anything more, where it can't."""
    return paragraph(view.failing, width, "warning")


@lru_cache(maxsize=256)
def option_lines(field: Field, width: int) -> Lines:
    """List the options of a field for reading only."""
    lines: Lines = paragraph(field.title, width, "title")
    if not isinstance(field, Write):
        size = len(str(len(field.options)))
        for n, option in enumerate(field.options, 1):
            lines += paragraph(option.label, width, "choice", f"{n:>{size + 1}}  ")
    return lines


def promise(view: View, width: int) -> Lines:
    """Say who sees an answer and what is kept of it."""
    return paragraph(view.promise, width, "promise", "▎ ", "▎ ")


@lru_cache(maxsize=64)
def form_lines(form: Form, width: int) -> Lines:
    """List everything a form asks for, to be read aloud or talked about; a scale that repeats is said once."""
    titles = [field.title for field in form.fields if field.title and isinstance(field, Write | Pick)]
    scales = {field.options: field for field in form.fields if not isinstance(field, Write)}
    if len(form.fields) == 1 or len(scales) != 1:
        return spaced(*(option_lines(field, width) for field in form.fields))
    lines: Lines = ()
    for n, title in enumerate(titles, 1):
        lines += paragraph(title, width, "text", f"{n}. ")
    return spaced(lines, *(option_lines(Pick("", options), width) for options in scales))


def entry_lines(entries: tuple[tuple[str, tuple[str, ...]], ...], width: int) -> Lines:
    """Draw what the scribe has typed, each text framed, under the titles of the fields."""
    return spaced(
        *(
            (*paragraph(title, width, "title"), *(line for text in texts for line in framed(text, width)))
            for title, texts in entries
            if texts
        )
    )


def kinds_made(form: Form | None) -> frozenset[RecordKind]:
    """Tell which kinds of record the fields of a form become."""
    names = {field.record for field in form.fields if isinstance(field, Write)} if form else set()
    return frozenset(kind for kind in RecordKind if kind.value in names)


def made_here(records: tuple[Kept, ...], kinds: frozenset[RecordKind], width: int) -> Lines:
    """Draw the records that a step is for."""
    return record_lines(tuple(each for each in records if each.kind in kinds), width) if kinds else ()


def shown(view: View, width: int) -> Lines:
    """Draw the result of a step."""
    return result_lines(view.shown, width)


def notes_lines(reading: tuple[NotesLine, ...], width: int) -> Lines:
    """Draw the notes as the group reads them, with the numbers by which lines are struck."""
    return _notes_lines(tuple((line.number, line.text) for line in reading), width)


@lru_cache(maxsize=4)
def _notes_lines(reading: tuple[tuple[int, str], ...], width: int) -> Lines:
    size = len(str(max((number for number, _text in reading), default=1)))
    parts: list[Lines] = []
    for number, text in reading:
        if not number or not parts:
            parts.append(())
        # Not `paragraph`, which remembers: what is struck should not live on there.
        parts[-1] += flow(((text, "text" if number else "title"),), width, f"{number:>{size + 1}}  " if number else "")
    return spaced(*parts)


def aftercare(view: View, width: int) -> Lines:
    """Say goodbye kindly, with where to find support."""
    words = _("Some of this may stay with you. Do one ordinary thing next: a drink, some air, a chat.")
    return spaced(paragraph(words, width), support(view, width, _("If you want to talk to someone:")))


def support(view: View, width: int, opening: str) -> Lines:
    """List where to find support, under an opening; nothing where the team has named nobody."""
    if not view.support:
        return ()
    lines = paragraph(opening, width, "title")
    for each in view.support:
        lines += paragraph(each, width, "text", "• ")
    return lines
