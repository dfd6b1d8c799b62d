"""What the facilitator reads in private: where the session stands, their notes, the run sheet and the people."""

from __future__ import annotations

from tisu_tui.core.form import By
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.screens import step_words
from tisu_tui.screens.layout import Lines, ends, flow, itemized, keys_line, paragraph, side_by_side, spaced, width_of
from tisu_tui.screens.palette import StyleName
from tisu_tui.screens.results import record_lines, result_lines
from tisu_tui.session.readback import left_open_words
from tisu_tui.session.session import Fate, State
from tisu_tui.view.facilitator import Desk, another_leads, asked_words, laptop_words
from tisu_tui.view.phrases import distress_card
from tisu_tui.view.view import View

WIDEST = 160
_TWO_COLUMNS = 92
"""Cells from which the notes stand beside the step instead of under it."""
MOST_WARNED = 2
"""The rows of the foot for what to see to."""


def desk_lines(view: View, invitation: Invitation, minutes: int | None, path: str, width: int) -> Lines:
    """Draw the console; `minutes` is how long this step has been open, `path` where the notes were written."""
    desk = view.own_desk
    top = ends(view.title, step_words.where(view), width)
    if width < _TWO_COLUMNS:
        notes, step = _notes(desk, width), _step(view, desk, invitation, path, width)
        # Once a question has closed there is one thing to look at, and the notes have been read.
        return spaced(
            (*top, *_now(view, desk, width, width)),
            *((step, notes) if view.place.state is State.CLOSED else (notes, step)),
            *_beside(view, desk, minutes, width),
        )
    left = width * 58 // 100
    right = width - left - 4
    here = spaced(_now(view, desk, left, width), _step(view, desk, invitation, path, left))
    around = spaced(_notes(desk, right), *_beside(view, desk, minutes, right))
    return spaced(top, side_by_side((here, around), (left,), gap=4))


def _beside(view: View, desk: Desk, minutes: int | None, width: int) -> tuple[Lines, ...]:
    """Draw the run sheet, the people, and what is written down, unless that is read with the notes."""
    people = (*paragraph(_("People"), width, "title"), *people_lines(desk, width))
    made = () if view.is_reading or view.is_ended else record_lines(view.records, width)
    return _plan(desk, minutes, width), people, made


def _now(view: View, desk: Desk, width: int, foot: int) -> Lines:
    """Draw where the session stands; what to see to stands in a foot of this width as well."""
    states = {
        State.WAITING: _("waiting"),
        State.OPEN: _("open"),
        State.CLOSED: _("closed; only you see the result yet"),
        State.SHOWN: _("shown"),
        State.ENDED: _("ended"),
    }
    state = _("we pause") if view.paused else _("reading") if view.is_reading else states[view.place.state]
    title = _("The lobby") if view.is_lobby else view.heading
    return spaced(
        (
            *paragraph(title, width, "title"),
            *flow(((_("Now:"), "dim"), (" " + state, "text")), width),
            *flow(((_("Next:"), "dim"), (" " + desk.next_words, "text")), width),
            *paragraph(view.progress, width, "dim"),
            *step_words.closing(view, width),
        ),
        step_words.failing(view, width),
        () if desk.leads else paragraph(another_leads(), width, "warning"),
        step_words.resumed(view, width),
        _concerns(view, width, foot),
    )


def warnings(view: View) -> tuple[str, ...]:
    """List what should be seen to before going on."""
    desk = view.own_desk
    if view.is_ended:
        return ()
    waits = view.place.state is State.WAITING and desk.takes_options and not desk.options
    nothing = _("There is nothing to choose from yet. Press o to type the choices.")
    return (*([nothing] if waits else []), *desk.concerns)


def _concerns(view: View, width: int, foot: int) -> Lines:
    """Draw what to see to if it takes more rows than the foot has for it."""
    if len(paragraph(" ".join(warnings(view)), foot, "warning")) <= MOST_WARNED:
        return ()
    return spaced(*(paragraph(text, width, "warning") for text in view.own_desk.concerns))


def _notes(desk: Desk, width: int) -> Lines:
    texts = [" ".join(part.split()) for note in desk.notes for part in note.split("\n\n") if part.strip()]
    notes = spaced(*(paragraph(text, width, "text", "▎ ", "▎ ") for text in texts))
    own: Lines = ()
    for text in desk.jottings:
        own += flow(((_("You: "), "dim"), (text, "own")), width, "▎ ", "▎ ")
    if not notes and not own:
        return ()
    return (*paragraph(_("Notes for you"), width, "title"), *spaced(notes, own))


def _step(view: View, desk: Desk, invitation: Invitation, path: str, width: int) -> Lines:
    if view.is_ended:
        written = _("Notes: {path}").format(path=path) if path else _("The notes are being written.")
        return spaced(paragraph(written, width, "result"), step_words.aftercare(view, width))
    if view.is_lobby:
        return _lobby(view, invitation, width)
    if view.is_reading:
        words = paragraph(_("Read this aloud together. m takes a line out, or softens it."), width, "dim")
        asked = paragraph(asked_words(desk.asked, desk.left_out), width, "result")
        open_still = paragraph(left_open_words(), width, "result") if view.left_open else ()
        return spaced(open_still, asked, words, step_words.notes_lines(view.reading, width))
    return spaced(
        _form(view, width) if view.place.state in {State.OPEN, State.WAITING} else (),
        _choices(view, desk, width),
        paragraph(_("Only you see this until you press space:"), width, "dim") if desk.preview else (),
        result_lines(desk.preview, width),
        step_words.shown(view, width),
        _held(desk, width),
    )


def _lobby(view: View, invitation: Invitation, width: int) -> Lines:
    return spaced(
        (
            *paragraph(_("People join with:"), width, "dim"),
            *paragraph(invitation.line, width, "key"),
            *paragraph(invitation.fingerprint, width, "dim"),
        ),
        spaced(*(paragraph(text, width) for text in view.lobby)),
        paragraph(_("If some have no device, or you want to count heads, press h first."), width, "dim"),
    )


def _form(view: View, width: int) -> Lines:
    form = view.form
    if form is None:
        return step_words.intro(view, width)
    return spaced(
        step_words.intro(view, width),
        step_words.form_lines(form, view.entries, width),
        step_words.made_here(view.records, step_words.kinds_made(form), width),
        () if form.by is By.EVERYONE else itemized(form.talk, width, "result"),
        step_words.promise(view, width),
    )


def _choices(view: View, desk: Desk, width: int) -> Lines:
    if view.unsettled:
        words = _("Press o to choose it by its number, or to type it.") if view.offered else _("Press o to type it.")
        return paragraph(f"{words} {_('Or press s to skip this step.')}", width, "warning")
    if view.place.state is not State.WAITING or desk.proposes or not (desk.options and desk.sets_choices):
        return ()
    lines = paragraph(_("Choices (o changes them)"), width, "title")
    for n, option in enumerate(desk.options, 1):
        lines += flow(((option.label, "text"),), width, f"{n:>2}  ")
    return lines


def _held(desk: Desk, width: int) -> Lines:
    waiting = sum(1 for line in desk.held if line.fate is Fate.HELD)
    if not desk.held:
        return ()
    words = ngettext(
        "{n} line of people's words to read: press m.", "{n} lines of people's words to read: press m.", waiting
    )
    done = _("All of people's words are sorted. m shows them.")
    return paragraph(words.format(n=waiting) if waiting else done, width, "result")


def _plan(desk: Desk, minutes: int | None, width: int) -> Lines:
    """Draw the run sheet, in which steps that are long over take one row, so that those to come are in sight."""
    lines = (*paragraph(_("Run sheet"), width, "title"), *paragraph(desk.forecast, width, "dim"))
    over = sum(item.is_done for item in desk.agenda) - 1
    over = over if over > 1 else 0
    lines += paragraph(f"1–{over}" if over else "", width, "quiet", "✓  ")
    for item in desk.agenda[over:]:
        mark = "✓" if item.is_done else "›" if item.is_now else " "
        planned = _("{n} min").format(n=item.minutes) if item.minutes else ""
        if item.is_now and minutes is not None:
            planned = (_("{m} of {n} min") if item.minutes else _("{m} min so far")).format(m=minutes, n=item.minutes)
        style: StyleName = "title" if item.is_now else "quiet" if item.is_done else "dim"
        first = f"{mark} {item.number:>2}  {f'{item.begins}  ' if item.begins else ''}"
        name = flow(((item.title, style),), width - len(planned) - 2, first)
        gap = width - width_of(name[0]) - len(planned)
        lines += ((*name[0], (" " * gap + planned, style)), *name[1:])
    return lines


def people_lines(desk: Desk, width: int) -> Lines:
    """Say how many people there are, as the facilitator may know it."""
    heads = _("In the room, as you counted: {n}") if desk.people is not None else _("In the room: not counted")
    return (
        *paragraph(ngettext("{n} has joined", "{n} have joined", desk.seats).format(n=desk.seats), width),
        *paragraph(heads.format(n=desk.people), width),
        *paragraph(_("Without a device: {n}").format(n=desk.hands), width),
        *paragraph(_("Lead others: {n}").format(n=desk.leaders) if desk.leaders is not None else "", width),
        *(paragraph(laptop_words(desk), width, "text" if desk.hands else "warning") if desk.laptops else ()),
        *paragraph(desk.slips, width),
        *(paragraph(_("The room is locked: nobody new comes in."), width, "warning") if desk.locked else ()),
    )


def help_lines(view: View, invitation: Invitation, width: int) -> Lines:
    """Draw what to do when somebody is in distress first, then how people join; keys are on the list of commands."""
    card: Lines = ()
    for n, text in enumerate(distress_card(), 1):
        card += paragraph(text, width, "text", f"{n}. ")
    return spaced(
        paragraph(_("If somebody is in distress"), width, "title"),
        card,
        step_words.support(view, width, _("Support")),
        (
            *paragraph(_("People join with:"), width, "title"),
            *paragraph(invitation.line, width, "key"),
            *paragraph(_("Fingerprint: {print}").format(print=invitation.fingerprint), width, "dim"),
            *paragraph(_("The shared screen, again: ssh with the name screen, then the code."), width, "dim"),
            *paragraph(_("A laptop to pass round, for people without a device:"), width, "dim"),
            *paragraph(invitation.laptop_line, width, "key"),
        ),
        (
            *paragraph(_("Keys"), width, "title"),
            *keys_line((("ctrl+p", _("lists everything you can do")), ("pgup pgdn", _("scroll"))), width),
            *keys_line((("f3", _("other colours: light, high contrast, none")),), width),
            *keys_line((("ctrl+q", _("closes this screen; the session goes on")),), width),
        ),
    )
