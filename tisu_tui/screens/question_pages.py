"""What a participant reads while they are asked: who sees the answer, then what to choose or where to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from tisu_tui.core.form import Field, Option, Write, bare, short
from tisu_tui.core.translation import gettext as _
from tisu_tui.privacy.notice import held_words
from tisu_tui.screens import seat_pages, step_words
from tisu_tui.screens.choosing import Asking, Choosing
from tisu_tui.screens.layout import Line, Lines, Page, blocks, enumerated, flow, listed, paragraph, spaced, width_of
from tisu_tui.screens.palette import StyleName
from tisu_tui.screens.typed_text import Scratchpad, Writing, counter, draft_page
from tisu_tui.session.pen import PenState
from tisu_tui.view.view import View

_WIDE, _HIGH = 46, 18
"""The cells and rows of a window that is no phone's."""


def question(view: View, asking: Asking, recap: Lines, window: tuple[int, int]) -> Page:
    """Draw one question with everything needed to answer it in sight, if the window is large enough.

    `recap` is what somebody who came late needs to know, `window` the cells and the rows that there are for it.
    """
    width, rows = window
    place = _place(view, asking.question)
    is_first = place[0] == 1 and not (asking.is_changing or asking.question.after)
    # On a phone what was read before is folded, and where that is not enough options that are known are brief.
    is_folded = bool(place[0]) and not (is_first or asking.is_changing or (width >= _WIDE and rows >= _HIGH))
    page = _page(view, asking, place, recap, window, is_first=is_first, is_folded=is_folded)
    if is_folded and page.needed > rows and _was_read(view, asking.question):
        page = _page(view, asking, place, recap, window, is_folded=True, is_brief=True)
    own = seat_pages.own_place(view, asking.question, width) if asking.is_changing else ()
    return replace(page, body=spaced(page.body, own))


_Arrangement: TypeAlias = tuple[tuple[Lines, ...], tuple[Lines, ...], int]
"""What stands above the answers, what below, and how many blank lines there must be room for."""


def _page(
    view: View,
    asking: Asking,
    place: tuple[int, int],
    recap: Lines,
    window: tuple[int, int],
    *,
    is_first: bool = False,
    is_folded: bool = False,
    is_brief: bool = False,
) -> Page:
    (number, total), (width, rows) = place, window
    counted = _("Question {n} of {total}").format(n=number, total=total) if total > 1 and number else ""
    heading = paragraph(view.heading, width, "title")
    if is_folded:
        where = short = seat_pages.top(view, width, counted=counted[:1].lower() + counted[1:])
        heading = () if counted else heading
    else:
        where, short = seat_pages.top(view, width), seat_pages.top(view, width, short=True)
        heading = (*heading, *paragraph(counted, width, "dim"))
    if isinstance(asking, Choosing):
        answers = _choices(asking, width, is_brief=is_brief)
        left = () if asking.is_single else paragraph(asking.left_words(), width, "dim")
        passing = () if is_folded else _passing(view, "p", width)
    else:
        answers, left = _writing(asking, width), ()
        passing = _passing(view, "ctrl+k", width)
    note = step_words.content_note(view, width) if is_first else ()
    body = blocks(view.body, width) if is_first else ()
    right = paragraph(view.right, width, "result") if is_first else ()
    rule = paragraph(view.rule, width) if is_first else ()
    promise = _folded(view, asking, width) if is_folded else step_words.promise(view, width, asking.question)
    head, tail = (heading, note), (_title(view, asking, width), promise)
    # The question, what must be known before it, who decides and who sees the answer are always above the answers.
    arrangements: tuple[_Arrangement, ...] = (
        ((where, recap, *head, body, right, rule, *tail), (), 9),
        ((short, recap, *head, body, right, *tail), (rule,), 1),
        ((short, recap, *head, right, *tail), (body, rule), 1),
        ((short, *head, body, right, *tail), (rule, recap), 2),
        ((short, *head, right, *tail), (body, rule, recap), 0),
    )
    return _laid_out(arrangements, answers, (*left, *passing), rows)


def _laid_out(arrangements: Sequence[_Arrangement], answers: Page, more: Lines, rows: int) -> Page:
    """Lay a question out in the first arrangement that so many rows have room for, or else in the last."""
    for above, below, blank in arrangements:
        parts, rest = [each for each in above if each], spaced(*below)
        spare = rows - sum(map(len, (*parts, answers.body, more))) - (1 if rest else 0)
        if spare >= min(blank, len(parts) + 1):
            break
    before = _joined(parts, spare)
    drawn = spaced(answers.body, more) if spare > len(parts) else (*answers.body, *more)
    page = answers.part_of(spaced((*before, *drawn), rest), len(before))
    return replace(page, needed=len(before) + len(answers.body))


def _joined(parts: Sequence[Lines], spare: int) -> Lines:
    """Put parts above the answers, with as many blank lines as can be spared: the nearest to the answers first."""
    lines: list[Line] = []
    for n, part in enumerate(parts):
        lines += ((),) if n and len(parts) - n < spare else ()
        lines += part
    return (*lines, *(((),) if spare > 0 else ()))


def _place(view: View, question: Field) -> tuple[int, int]:
    """Return a statement's number, shared by its follow-up questions, and of how many; 0 if it is not numbered."""
    own = view.form.statements if view.form else []
    about = next((field for field in own if field.id == question.after), question)
    return (own.index(about) + 1 if about in own else 0), len(own)


def _before(view: View, question: Field) -> list[Field]:
    """List the questions of the same step that this person has met before this one."""
    fields = view.form.fields if view.form else ()
    return [each for each in fields if each.id in view.answer and each.id != question.id]


def _was_read(view: View, question: Field) -> bool:
    """Tell whether the same choices were read in full before."""
    return not isinstance(question, Write) and any(
        not isinstance(each, Write) and each.options == question.options for each in _before(view, question)
    )


def _folded(view: View, asking: Asking, width: int) -> Lines:
    """Fold who sees the answer to one line, where it was read before and help has it in full."""
    writes = isinstance(asking, Writing)
    if not any(isinstance(each, Write) is writes for each in _before(view, asking.question)):
        return step_words.promise(view, width, asking.question)
    help_key = "f1" if writes else "?"
    words = _("Who sees it: as before, {key} for more").format(key=help_key)
    return paragraph(words, width, "promise", "▎ ", "▎ ")


def _title(view: View, asking: Asking, width: int) -> Lines:
    """Draw a field's title, its subject if it belongs to another field, and how to write several lines."""
    field = asking.question
    about = view.form.field(field.after) if view.form and field.after else None
    before = flow(((about.title, "dim"),), width) if about and about.title else ()
    lines = (*before, *paragraph(field.title, width, "title"))
    if not isinstance(field, Write) or field.many == 1:
        return lines
    words = _("One idea on each line, {n} at most. Enter adds a line. An empty line is the end.")
    return (*lines, *paragraph(words.format(n=field.many), width, "dim"))


def _passing(view: View, key: str, width: int) -> Lines:
    """Say what a pass is; what a guest writes with the pen is no secret, and so is none what they leave out."""
    if view.pen is PenState.MINE:
        return paragraph(_("{key} goes on without this one.").format(key=key), width, "dim")
    words = _("Pass is a real answer. Nobody sees who passed.")
    if key != "p":
        words = _("ctrl+k passes. Pass is a real answer. Nobody sees who passed.")
    return paragraph(words, width, "dim")


def _choices(asking: Choosing, width: int, *, is_brief: bool) -> Page:
    def row(option: Option, first: str, style: StyleName) -> Lines:
        return _row(short(bare(option)) if is_brief else bare(option), first, width, style)

    return replace(listed((row(*parts) for parts in asking.drawn()), asking.at), is_begun=True)


def _row(label: str, first: str, width: int, style: StyleName) -> Lines:
    lines = paragraph(label, width, style, first)
    if style != "chosen":
        return lines
    # The whole block changes its ground, so that it shows from afar and without colours.
    return tuple(
        ((f"{''.join(text for text, _style in line)}{' ' * (width - width_of(line))}", style),) for line in lines
    )


def _writing(asking: Writing, width: int) -> Page:
    page = draft_page(asking.draft, width).under(enumerated(asking.lines, width, "own"))
    left = paragraph(counter(asking.draft), width, "dim")
    return replace(page, body=spaced(page.body, left), is_begun=not asking.draft.is_empty)


def scratchpad(view: View, own: Scratchpad, width: int) -> Page:
    """Draw a private writing question, with where its words are kept and for how long."""
    number, total = own.place
    before = spaced(
        (
            *paragraph(view.heading, width, "title"),
            *(paragraph(_("Question {n} of {total}").format(n=number, total=total), width, "dim") if total > 1 else ()),
        ),
        step_words.intro(view, width) if number == 1 else (),
        paragraph(own.writing.question.title, width, "title"),
        paragraph(view.form.talk, width, "result") if view.form else (),
        paragraph(held_words(far=view.far), width, "promise", "▎ ", "▎ "),
    )
    return _writing(own.writing, width).under(before)
