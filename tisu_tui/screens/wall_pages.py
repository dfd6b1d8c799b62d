"""What the room reads on the shared screen: nothing private, in a few large words."""

from __future__ import annotations

from gettext import gettext as _

from tisu_tui.core.form import By
from tisu_tui.core.invitation import Invitation
from tisu_tui.screens import steps
from tisu_tui.screens.big import heading, large, qr
from tisu_tui.screens.layout import Lines, beside, blocks, ends, in_the_middle, paragraph, spaced, width_of
from tisu_tui.session.session import State
from tisu_tui.view.view import View

WIDEST = 112
_NARROWEST = 36
"""Cells that the words of the lobby need beside the QR code."""


def wall(view: View, invitation: Invitation, width: int, rows: int) -> Lines:
    """Draw the shared screen; `rows` is how many of them show at once."""
    if view.is_ended:
        return spaced(heading(view.heading, width), steps.aftercare(view, width))
    if view.paused:
        return _paused(view, invitation, width)
    if view.is_lobby:
        return _lobby(view, invitation, width, rows)
    top = spaced(ends(view.title, steps.where(view), width), steps.failing(view, width), steps.resumed(view, width))
    title = heading(view.heading, width)
    if view.place.step >= view.total:
        return spaced(top, title, _reading(view, width))
    if view.place.state is State.OPEN:
        return _open(view, spaced(top, title), width, rows)
    return spaced(top, title, _step(view, width))


def _paused(view: View, invitation: Invitation, width: int) -> Lines:
    """Draw the pause of everybody; whoever comes in meanwhile finds the line to type."""
    join = invitation.slip_line if view.by_slip else invitation.line
    return spaced(
        ends(view.title, steps.where(view), width),
        steps.failing(view, width),
        steps.resumed(view, width),
        large(_("pause"), width),
        steps.paused(width),
        paragraph(join, width, "quiet"),
    )


def _lobby(view: View, invitation: Invitation, width: int, rows: int) -> Lines:
    code = qr(invitation.address)
    side = width_of(code[0])
    text = width - side - 4
    after = spaced(steps.intro(view, width), steps.resumed(view, width))
    if text >= _NARROWEST:
        right = (*code, *_fingerprint(invitation, side))
        for left in (_joining(view, invitation, text, draws=True), _joining(view, invitation, text)):
            if max(len(left), len(right)) <= rows:
                return spaced(beside(left, right, text), after)
    lines = spaced(_joining(view, invitation, width), _fingerprint(invitation, width))
    if len(lines) + len(code) + 1 <= rows:
        lines = spaced(lines, in_the_middle(code, width))
    return spaced(lines, after)


def _joining(view: View, invitation: Invitation, width: int, *, draws: bool = False) -> Lines:
    others = invitation.addresses[1:]
    also = _("or with {addresses}").format(addresses=", ".join(others)) if others else ""
    return spaced(
        steps.failing(view, width),
        heading(view.title, width),
        (
            *paragraph(_("To join, type this in any terminal:"), width, "dim"),
            *paragraph(invitation.slip_line if view.by_slip else invitation.line, width, "key"),
            *paragraph(also, width, "quiet"),
        ),
        large(invitation.code, width) if draws else (),
        *(paragraph(text, width) for text in view.lobby),
        paragraph(_("Here now: {people}").format(people=view.people), width, "result"),
    )


def _fingerprint(invitation: Invitation, width: int) -> Lines:
    return (
        *paragraph(_("Say yes to this fingerprint:"), width, "dim"),
        *paragraph(invitation.fingerprint, width, "dim"),
    )


def _step(view: View, width: int) -> Lines:
    match view.place.state:
        case State.CLOSED:
            return spaced(
                paragraph(_("This question has closed."), width),
                paragraph(_("The facilitator looks first at what can be shown."), width, "quiet"),
            )
        case State.SHOWN:
            made = steps.shown(view, width)
            return spaced(made, () if made else paragraph(_("This step is finished."), width))
        case _:
            return steps.intro(view, width)


def _open(view: View, above: Lines, width: int, rows: int) -> Lines:
    """Draw what is asked; on a low screen that comes before what was read while the room waited for it."""
    form = view.form
    if form is None:
        return above
    answer = _("Answer on your own screen. Take your time. Nobody sees who passed.")
    promise = steps.promise(view, width)
    asked = spaced(
        steps.form_lines(form, view.entries, width),
        steps.made_here(view.records, steps.kinds_made(form), width),
        paragraph(answer if form.by is By.EVERYONE else form.talk, width, "result"),
        steps.closing(view, width),
        paragraph(view.progress, width, "quiet"),
    )
    lines = spaced(above, steps.intro(view, width), promise, asked)
    if len(lines) <= rows or form.by is not By.EVERYONE:
        return lines
    note, right = steps.content_note(view, width), paragraph(view.right, width, "result")
    return spaced(above, note, right, asked, promise, blocks(view.body, width), paragraph(view.rule, width))


def _reading(view: View, width: int) -> Lines:
    words = _(
        "This is what the notes will say. Any line can be softened or taken out: say its number, or ask in private."
    )
    return spaced(
        steps.left_open(view, width),
        paragraph(words, width, "result"),
        steps.notes_lines(view.reading, width) or paragraph(_("There is nothing to read in people's words."), width),
    )
