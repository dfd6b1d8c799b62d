"""What a participant reads while they are asked: who sees the answer, then what to choose or where to write."""

from __future__ import annotations

from gettext import gettext as _

from tisu_tui.core.form import Field
from tisu_tui.core.view import View
from tisu_tui.screens import steps
from tisu_tui.screens.choosing import Asking, Choosing, Writing
from tisu_tui.screens.draft import counter, draft_lines
from tisu_tui.screens.layout import Lines, Page, flow, paragraph, spaced, width_of
from tisu_tui.screens.musing import Musing
from tisu_tui.screens.painted import Line
from tisu_tui.screens.palette import StyleName


def question(view: View, asking: Asking, place: tuple[int, int], width: int, *, changing: bool) -> Page:
    """Draw one question; `place` is its number, 0 for one beside the step's own, and how many those are."""
    number, total = place
    field = asking.question
    first = number == 1 and not changing
    before = spaced(
        (
            *paragraph(view.heading, width, "title"),
            *(
                paragraph(_("Question {n} of {total}").format(n=number, total=total), width, "dim")
                if total > 1 and number
                else ()
            ),
        ),
        steps.intro(view, width) if first else (),
        _title(view, field, width),
        steps.promise(view, width),
    )
    if isinstance(asking, Choosing):
        rows, keep = _options(asking, width)
        after = _after_options(asking, width)
        start = len(before) + 1
        return Page(
            (*before, (), *rows, *after),
            keep=(start + keep[0], start + keep[1]) if keep else None,
        )
    rows, cursor = _writing(asking, width)
    start = len(before) + 1
    at = (cursor[0] + start, cursor[1])
    return Page((*before, (), *rows), keep=(at[0], at[0]), cursor=at)


def _title(view: View, field: Field, width: int) -> Lines:
    """Draw a field's own title, and what it is about where it belongs to another."""
    about = view.form.field(field.after) if view.form and field.after else None
    before = flow(((about.title, "dim"),), width) if about and about.title else ()
    return (*before, *paragraph(field.title, width, "title"))


def _options(asking: Choosing, width: int) -> tuple[Lines, tuple[int, int] | None]:
    rows: list[Line] = []
    keep = None
    size = len(str(asking.rows))
    for n in range(asking.rows):
        is_pass = n == asking.rows - 1
        option = "" if is_pass else asking.question.options[n].id
        label = _("Pass") if is_pass else asking.question.options[n].label
        here = n == asking.at
        first = f"{'›' if here else ' '} {n + 1:>{size}}  {asking.mark(n)}"
        chosen = asking.passing if is_pass else option in asking.marked
        drawn = _row(label, first, width, "chosen" if chosen else "title" if here else "choice")
        if here:
            keep = (len(rows), len(rows) + len(drawn) - 1)
        rows += drawn
    return tuple(rows), keep


def _row(label: str, first: str, width: int, style: StyleName) -> Lines:
    lines = paragraph(label, width, style, first)
    if style != "chosen":
        return lines
    # The whole block changes its ground, so that it shows from afar and without colours.
    return tuple(
        ((f"{''.join(text for text, _style in line)}{' ' * (width - width_of(line))}", style),) for line in lines
    )


def _after_options(asking: Choosing, width: int) -> Lines:
    lines: Lines = ((),)
    if not asking.is_single:
        lines += paragraph(asking.left_words(), width, "dim")
    return lines + paragraph(_("Pass is a real answer. Nobody sees who passed."), width, "dim")


def _writing(asking: Writing, width: int) -> tuple[Lines, tuple[int, int]]:
    many = asking.question.many
    rows, at = _typed(asking, width)
    if many > 1:
        more = _("One idea on each line, {n} at most. Enter adds a line. An empty line is the end.")
        rows += paragraph(more.format(n=many), width, "dim")
    rows += paragraph(_("ctrl+k passes. Pass is a real answer. Nobody sees who passed."), width, "dim")
    return rows, at


def _typed(asking: Writing, width: int) -> tuple[Lines, tuple[int, int]]:
    rows: list[Line] = []
    for n, text in enumerate(asking.lines, 1):
        rows += flow(((text, "own"),), width, f"{n:>2}  ")
    if rows:
        rows.append(())
    drawn, (row, column) = draft_lines(asking.draft, width)
    at = (row + len(rows), column)
    rows += [*drawn, ()]
    if words := counter(asking.draft):
        rows += paragraph(words, width, "dim")
    return tuple(rows), at


def musing(view: View, own: Musing, width: int) -> Page:
    """Draw a question that one person writes about for themselves, and say where the words are and how long."""
    number, total = own.place
    before = spaced(
        (
            *paragraph(view.heading, width, "title"),
            *(paragraph(_("Question {n} of {total}").format(n=number, total=total), width, "dim") if total > 1 else ()),
        ),
        steps.intro(view, width) if number == 1 else (),
        paragraph(own.writing.question.title, width, "title"),
        paragraph(view.form.talk, width, "result") if view.form else (),
        paragraph(
            _("If you type here, only you see it. The host computer holds it until we move on; then it is gone."),
            width,
            "promise",
            "▎ ",
            "▎ ",
        ),
    )
    rows, cursor = _typed(own.writing, width)
    at = (cursor[0] + len(before) + 1, cursor[1])
    return Page((*before, (), *rows), keep=(at[0], at[0]), cursor=at)
