"""What every screen says of the present step in the same words: where we are, what is asked, what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from tisu_tui.core.figure import Ruler, Window
from tisu_tui.core.form import By, Field, Form, Option, Write, bare, is_beside, keys
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.typed import with_pass
from tisu_tui.screens.figures import drawn, rows_needed
from tisu_tui.screens.layout import Line, Lines, Page, blocks, flow, listed, numbered, paragraph, paragraphs, spaced
from tisu_tui.screens.results import framed, record_lines, result_lines
from tisu_tui.session.pen import PenState
from tisu_tui.session.readback import Line as NotesLine
from tisu_tui.session.readback import left_open_words
from tisu_tui.view import phrases
from tisu_tui.view.arriving import closing_sentence
from tisu_tui.view.view import View

_FIGURE_ROWS = 8
"""Rows of a window among the words of one person's screen."""


def where(view: View) -> str:
    """Say which step of how many."""
    is_in_step = 0 <= view.place.step < view.total
    return _("Step {n} of {total}").format(n=view.number, total=view.total) if is_in_step else ""


def sentences_of(texts: tuple[str, ...], width: int) -> Lines:
    """Put sentences under each other, the first of them most clearly."""
    return spaced(*(paragraph(text, width, "text" if n else "title") for n, text in enumerate(texts)))


def intro(view: View, width: int) -> Lines:
    """Draw what comes before anything is asked: content note, text, what is proposed, and who decides."""
    return spaced(
        content_note(view, width),
        blocks(view.body, width),
        paragraph(phrases.proposal_words(view.proposal), width, "title"),
        unsettled(view, width),
        paragraph(view.right, width, "result"),
        paragraph(view.rule, width),
    )


def unsettled(view: View, width: int) -> Lines:
    """Draw the choices to settle before a question opens, and the available proposals."""
    if not view.unsettled:
        return ()
    size = len(str(len(view.offered)))
    lines: Lines = ()
    for n, option in enumerate(view.offered, 1):
        lines += paragraph(option.label, width, "choice", f"{n:>{size + 1}}  ")
    return spaced(paragraph(view.unsettled, width, "title"), lines)


def pause_words() -> tuple[str, str]:
    """Announce a pause, and the state of unfinished work."""
    return _("We pause"), _("What you sent and what you wrote stays. We go on together.")


def closing(view: View, width: int) -> Lines:
    """Say that the open question closes soon."""
    return paragraph(closing_sentence(), width, "warning") if view.closes_soon else ()


def content_note(view: View, width: int) -> Lines:
    """Draw what somebody should know before they meet the question."""
    return blocks(view.content_note, width, "▎ ")


def resumed(view: View, width: int) -> Lines:
    """If the session was resumed, say so."""
    if not view.resumed:
        return ()
    return paragraph(phrases.back_again(asks_again=view.asks_again), width, "warning")


def failing(view: View, width: int) -> Lines:
    """If the host cannot store anything more, say so; say whether heads are counted, and what everybody is asked."""
    return spaced(
        paragraph(view.failing, width, "warning"),
        paragraph(view.counting, width, "warning"),
        paragraph(view.asks, width, "title"),
    )


def promise(view: View, width: int, field: Field | None = None) -> Lines:
    """State who sees an answer and how long it is kept; for one field, only its own part."""
    said = view.promise if field is None or isinstance(field, Write) else view.choice_promise
    said = phrases.pen_promise() if view.pen is PenState.MINE else said
    return paragraph(said, width, "promise", "▎ ", "▎ ")


Entries: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""What the scribe typed, under the titles of fields."""


def form_lines(form: Form, entries: Entries, width: int) -> Lines:
    """List a form's questions for reading in the room, with the scribe's lines; repeated scales appear once."""
    typed = typed_in(form, entries)
    parts: list[Lines] = []
    scales: dict[tuple[Option, ...], list[Field]] = {}
    beside: Lines = ()
    for field in form.fields:
        if is_beside(field):
            beside = beside_lines(field, width)
        elif isinstance(field, Write) and field.after and field.id not in typed:
            continue  # a note on an entry, which is of interest once there is one
        elif isinstance(field, Write):
            parts.append((*paragraph(field.title, width, "title"), *_typed(typed.get(field.id, ()), width)))
        else:
            scales.setdefault(field.options, []).append(field)
    choices = [
        _choice(fields, with_pass(options) if form.by is By.EVERYONE else options, typed, width)
        for options, fields in scales.items()
    ]
    return spaced(beside, *choices, *parts)


def beside_lines(field: Field, width: int) -> Lines:
    """Draw follow-up questions briefly, because the room looks at the main one."""
    labels = () if isinstance(field, Write) else field.options
    said = " · ".join((*(option.label for option in labels), _("Pass")))
    return (*paragraph(field.title, width), *paragraph(said, width, "dim"))


def typed_in(form: Form, entries: Entries) -> dict[str, tuple[str, ...]]:
    """Find what the scribe typed by the ids of the fields: entries come in the order of the fields."""
    rest = list(entries)
    typed: dict[str, tuple[str, ...]] = {}
    for field in form.fields:
        if rest and rest[0][0] == field.title:
            typed[field.id] = rest.pop(0)[1]
    return typed


def _choice(fields: list[Field], options: tuple[Option, ...], typed: dict[str, tuple[str, ...]], width: int) -> Lines:
    labels = {option.id: option.label for option in options}
    titles = list(dict.fromkeys(field.title for field in fields if field.title))
    lines: Lines = ()
    for n, title in enumerate(titles, 1):
        lines += paragraph(title, width, "title", f"{n}. " if len(titles) > 1 else "")
        entered = [text for field in fields if field.title == title for text in typed.get(field.id, ())]
        lines += paragraphs([labels.get(text, text) for text in entered], width, "result", "   → ")
    size = max(map(len, keys(options)), default=1)
    offered: Lines = ()
    for key, option in zip(keys(options), options, strict=True):
        offered += paragraph(bare(option), width, "choice", f"{key:>{size + 1}}  ")
    return spaced(lines, offered)


def _typed(texts: tuple[str, ...], width: int) -> Lines:
    return tuple(line for text in texts for line in framed(text, width))


def kinds_made(form: Form | None) -> frozenset[RecordKind]:
    """Tell which kinds of record the fields of a form become."""
    names = {field.record for field in form.fields if isinstance(field, Write)} if form else set()
    return frozenset(kind for kind in RecordKind if kind.value in names)


def made_here(records: tuple[Kept, ...], kinds: frozenset[RecordKind], width: int) -> Lines:
    """Draw the records that a step is for."""
    return record_lines(tuple(record for record in records if record.kind in kinds), width) if kinds else ()


def shown(view: View, width: int) -> Lines:
    """Draw a step's result on one person's screen: its words, and the figure where it tells more at a glance."""
    words = result_lines(view.shown, width)
    figure = view.picture.figure if view.picture else None
    match figure:
        case Window(first=first) if first:
            return spaced(words, drawn(figure, width, _FIGURE_ROWS))
        case Ruler(rows=rows) if len(rows) > 1 and any(row.middle for row in rows):
            return spaced(drawn(figure, width, rows_needed(figure, width).enough), words)
        case _:
            return words


def notes_lines(reading: tuple[NotesLine, ...], width: int, *, is_apart: bool = False) -> Lines:
    """Draw the notes as the group reads them, with the numbers by which lines are struck; apart, with rows between."""
    return _notes_lines(tuple((line.number, line.text) for line in reading), width, is_apart=is_apart)


@lru_cache(maxsize=4)
def _notes_lines(reading: tuple[tuple[int, str], ...], width: int, *, is_apart: bool) -> Lines:
    size = len(str(max((number for number, _text in reading), default=1)))
    parts: list[Lines] = []
    before = 0
    for number, text in reading:
        if not number or not parts or (is_apart and before):
            parts.append(())
        # Not `paragraph`, which remembers: what is struck should not live on there.
        parts[-1] += flow(((text, "text" if number else "title"),), width, f"{number:>{size + 1}}  " if number else "")
        before = number
    return spaced(*parts)


def picked_line(reading: tuple[NotesLine, ...], at: int, width: int, marks: Mapping[int, str] | None = None) -> Page:
    """Draw the notes with one line highlighted, counted from 0; `marks` stand before lines."""
    count = max((line.number for line in reading), default=1)

    def item(line: NotesLine, *, is_first: bool) -> Lines:
        if not line.number:
            return (*(() if is_first else ((),)), *flow(((line.text, "title"),), width))
        mark = (marks or {}).get(line.number, "")
        spans: Line = (((f"{mark} ", "result"),) if mark else ()) + ((line.text, "own"),)
        return flow(spans, width, numbered(line.number - 1, at, count))

    here = next((n for n, line in enumerate(reading) if line.number == at + 1), -1)
    return listed((item(line, is_first=not n) for n, line in enumerate(reading)), here)


def left_open(view: View, width: int) -> Lines:
    """Say that the notes are not sealed yet, with a kind goodbye."""
    if not view.left_open:
        return ()
    return spaced(paragraph(left_open_words(), width, "result"), aftercare(view, width))


def aftercare(view: View, width: int) -> Lines:
    """Say goodbye kindly, with where to find support."""
    return spaced(paragraph(phrases.afterwards(), width), support(view, width, _("If you want to talk to someone:")))


def support(view: View, width: int, opening: str) -> Lines:
    """List where to find support, under an opening; nothing where the team has named nobody."""
    if not view.support:
        return ()
    return (*paragraph(opening, width, "title"), *paragraphs(view.support, width, "text", "• "))
