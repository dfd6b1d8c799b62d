"""What a participant reads: one question at a time, who sees the answer before the options, and the way out."""

from __future__ import annotations

from tisu_tui.core.figure import Window
from tisu_tui.core.form import Field
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import language_name, remark
from tisu_tui.screens import step_words
from tisu_tui.screens.figure_window import window
from tisu_tui.screens.layout import Key, Lines, ends, flow, itemized, key_table, paragraph, paragraphs, spaced, stacked
from tisu_tui.session.pen import PenState
from tisu_tui.session.session import State
from tisu_tui.view import phrases
from tisu_tui.view.arriving import screens_words
from tisu_tui.view.present_step import talked_about
from tisu_tui.view.view import View


def top(view: View, width: int, *, short: bool = False, counted: str = "") -> Lines:
    """Draw the header: position and urgent news; a `short` one, or one with a count, has one line for the position."""
    where = ends(view.title, step_words.where(view), width)
    if counted or (short and len(where) > 1):
        where = paragraph(" · ".join(filter(None, (step_words.where(view), counted))), width, "quiet")
    return spaced(
        where, step_words.failing(view, width), step_words.resumed(view, width), step_words.closing(view, width)
    )


def paused(view: View, words: str, width: int, *, rests: bool) -> Lines:
    """Draw the pause of everybody; `words` bring back who comes in now, `rests` offers ctrl+g."""
    rest = _("You can rest. ctrl+g has something to steady you, if you like.") if rests else ""
    return spaced(
        top(view, width),
        paragraph(". ".join(step_words.pause_words()), width, "title"),
        paragraph(rest, width),
        _coming_back(words, width),
    )


def recap(view: View, words: str, width: int) -> Lines:
    """Summarise the session for a latecomer."""
    return (
        *paragraph(phrases.welcome(), width),
        *paragraphs(view.recap, width, "dim"),
        *_coming_back(words, width),
    )


def _coming_back(words: str, width: int) -> Lines:
    return _own(_("Your three words to come back:"), _spoken(words), width) if words else ()


def lobby(view: View, words: str, invitation: Invitation, width: int) -> Lines:
    """Draw the lobby: who will see what, and how to come back."""
    waiting = paragraph(_("Waiting for the facilitator to start. There is nothing to do yet."), width, "quiet")
    return spaced(
        (*top(view, width), *waiting),
        step_words.sentences_of(view.lobby, width),
        back_words(words, invitation, width, is_lobby=True),
        paragraph(remark(), width, "quiet"),
        step_words.intro(view, width),
    )


def three_words(words: str, width: int) -> Lines:
    """Give the words by which somebody comes back; nothing where there are none."""
    return _own(_("Your three words:"), _spoken(words), width) if words else ()


def back_words(words: str, invitation: Invitation, width: int, *, is_lobby: bool = False) -> Lines:
    """Say how to come back to this seat, where there are words for it; in the lobby the foot has them."""
    if not words:
        return ()
    return (
        *paragraph(phrases.can_come_back(), width),
        *(() if is_lobby else three_words(words, width)),
        *_own(_("Come back with:"), invitation.return_line(words), width),
        *_own(_("As plain lines:"), invitation.return_line(words, plain=True), width),
        *stacked(_own(_("If that door is gone:"), way, width) for way in invitation.other_ways_back(words)),
        *paragraph(_("Or join afresh, press f2 and type the three words."), width, "dim"),
    )


def _own(label: str, words: str, width: int) -> Lines:
    """Draw what is this person's own behind what it is."""
    return flow(((label, "dim"), (" ", "dim"), (words, "own")), width)


def _spoken(words: str) -> str:
    return words.replace("-", " ")


def answered(view: View, width: int, receipt: str, *, several: bool, is_lent: bool = False) -> Lines:
    """Draw the page shown after all answers; a pass and an answer look the same.

    `receipt` says what was recorded just now; it goes with the next key, because others may look on.
    """
    state = receipt or (_("Recorded") if view.is_saved else _("Kept until this closes"))
    held = (
        _("Your answer is on the host computer's disk until this closes.")
        if view.is_saved
        else _("It is held in memory only, until this closes.")
    )
    change = (
        _("You can change (c) or take back (w) your answers until then.")
        if several
        else _("You can change (c) or take back (w) your answer until then.")
    )
    waiting = _("Waiting for the others. Take your time.")
    if view.pen is PenState.MINE:
        held, waiting = _("It stands there for everybody to read."), _("That was the last request. Thank you.")
    if is_lent:
        change = _("Until you hand the laptop on you can change it (c) or take it back (w).")
        waiting = _("Press enter. That clears this screen, and then hand the laptop on.")
    return spaced(
        paragraph(view.heading, width, "title"),
        (*flow(((state, "own"),), width), *paragraph(f"{held} {change}", width)),
        paragraph(waiting, width, "title" if is_lent else "quiet"),
    )


def own_place(view: View, field: Field, width: int) -> Lines:
    """Mark where one person is in the window, for themselves, once they look at their answer again."""
    figure, chosen = view.picture.figure if view.picture else None, view.answer.get(field.id)
    return window(figure, width, 8, chosen[0]) if isinstance(figure, Window) and chosen else ()


def step(view: View, width: int) -> Lines:
    """Draw a step in which this person has nothing to send just now."""
    match view.place.state:
        case State.OPEN:
            return _talked_about(view, width)
        case State.CLOSED:
            return spaced(
                paragraph(view.heading, width, "title"),
                paragraph(_("This question has closed. The facilitator is looking at what can be shown."), width),
                paragraph(_("Waiting. Take your time."), width, "quiet"),
            )
        case State.SHOWN:
            nothing = () if view.shown else paragraph(_("This step is finished."), width)
            return spaced(paragraph(view.heading, width, "title"), step_words.shown(view, width), nothing)
        case _:
            return spaced(
                paragraph(view.heading, width, "title"),
                step_words.intro(view, width),
                paragraph(_("Waiting. The facilitator opens this when the room is ready."), width, "quiet"),
            )


def _talked_about(view: View, width: int) -> Lines:
    form = view.form
    if form is None:
        return paragraph(view.heading, width, "title")
    return spaced(
        paragraph(view.heading, width, "title"),
        step_words.intro(view, width),
        paragraphs(() if form.fields else talked_about(view.picture), width, "text", "• "),
        step_words.form_lines(form, view.entries, width),
        (*itemized(form.talk, width, "result"), *paragraph(phrases.pen_words(view.pen), width, "result")),
        step_words.promise(view, width),
        step_words.made_here(view.records, step_words.kinds_made(form), width),
    )


def reading(view: View, width: int) -> Lines:
    """Draw the notes as the group reads them."""
    words = _(
        "This is what the notes will say. Any line can be softened or taken out. Say its number, or ask in private."
    )
    return spaced(
        paragraph(view.heading, width, "title"),
        step_words.left_open(view, width),
        paragraph(words, width),
        step_words.notes_lines(view.reading, width)
        or paragraph(_("There is nothing to read in people's words."), width),
    )


def ending(view: View, width: int) -> Lines:
    """Draw the end."""
    return spaced(paragraph(view.heading, width, "title"), step_words.aftercare(view, width))


def over(width: int) -> Lines:
    """Say that this screen hears nothing more, as the seat is used elsewhere."""
    return spaced(
        paragraph(_("This screen has ended."), width, "title"),
        paragraph(phrases.used_elsewhere(), width),
        paragraph(_("Press any key to close."), width, "quiet"),
    )


def other_languages(invitation: Invitation) -> tuple[Key, ...]:
    """Name the languages that a key goes through; nothing where there is only one."""
    names = " · ".join(map(language_name, invitation.languages))
    return (("f4", _("another language: {names}").format(names=names)),) if len(invitation.languages) > 1 else ()


def help_page(view: View, words: str, invitation: Invitation, width: int) -> Lines:
    """Draw the help page: keys, leaving, coming back, contacts for support."""
    leaving: tuple[Key, ...] = (
        ("ctrl+q", _("leave, and see how to come back")),
        ("ctrl+x", _("quick exit: clears this screen and says only goodbye")),
        ("f2", _("I was here before: come back with three words")),
    )
    if not words:
        leaving = (("ctrl+x", _("clear this screen for the next person")),)
    keys: tuple[Key, ...] = (
        *other_languages(invitation),
        *leaving,
        (_("arrows or digits"), _("choose a line")),
        ("space", _("choose or take back, where more than one is allowed")),
        ("enter", _("send")),
        ("p", _("pass; while typing: ctrl+k")),
        ("c", _("see and change your answers")),
        ("w", _("take your answers to this step back")),
        ("s", _("ask in private to soften a line, while the notes are read")),
        ("pgup pgdn", _("scroll")),
        ("ctrl+g", _("a pause; nobody sees it")),
        ("ctrl+t", _("tell the facilitator quietly: slower, a break, I don't follow, a question")),
        ("f3", _("other colours: light, high contrast, none")),
    )
    return spaced(
        paragraph(_("Help"), width, "title"),
        step_words.support(view, width, _("If you want to talk to someone")),
        step_words.promise(view, width) if view.asks_everyone else (),
        key_table(keys, width, gap=2),
        paragraph(phrases.free_to_go(), width),
        paragraph(screens_words(view.screens), width) if view.screens else (),
        paragraph(
            _("More screens than people? Press m here. The room is asked to count, and not told who asked."), width
        ),
        paragraph(
            _("If you leave, what you sent stays in unless you take it back first. You can come back.")
            if words
            else _("What you sent stays in unless you take it back before you hand the laptop on."),
            width,
        ),
        paragraph(phrases.cut_words(), width) if words else (),
        back_words(words, invitation, width),
        paragraph(remark(), width, "quiet"),
    )
