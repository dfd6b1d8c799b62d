"""What the facilitator is told: where the session stands, who is here, and people's words."""

from __future__ import annotations

from collections.abc import Sequence

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.desk.previews import no_words
from tisu_tui.plain.news import unsettled_lines
from tisu_tui.session.commands import Command, CountHands, CountHeads, CountLeaders, Jot
from tisu_tui.session.flow import Move
from tisu_tui.session.readback import left_open_words
from tisu_tui.session.session import Fate
from tisu_tui.view.arriving import lobby_words
from tisu_tui.view.facilitator import Desk, another_leads, laptop_words
from tisu_tui.view.view import View


def moment_lines(view: View) -> list[str]:
    """State where the session stands, in four lines for scripts and screen readers."""
    desk = view.own_desk
    if view.is_lobby:
        opening = _("Lobby: {title}").format(title=view.title)
    else:
        opening = _("Step {n} of {all}: {title}").format(n=view.number, all=view.total, title=view.heading)
    return [
        *([view.failing] if view.failing else []),
        *([] if desk.leads else [another_leads()]),
        *([left_open_words()] if view.left_open else []),
        *unsettled_lines(view),
        opening,
        _("Now: {state}").format(state=_state(view)),
        _("Progress: {words}").format(words=progress_words(view)),
        _("Next: {words}").format(words=desk.next_words),
    ]


def _state(view: View) -> str:
    """Give the state in the facilitator's language; in English scripts wait for these words."""
    words = {
        "waiting": _("waiting"),
        "open": _("open"),
        "closing": _("closing"),
        "closed": _("closed"),
        "shown": _("shown"),
        "paused": _("paused"),
        "reading": _("reading"),
        "ended": _("ended"),
    }
    return words[view.state]


def settling_lines(view: View) -> list[str]:
    """List the facilitator's commands for settling or skipping an open choice."""
    if view.next is Move.AGAIN:
        return [_("next goes back to the question, to change its words and ask again. skip goes on without it.")]
    if view.own_desk.proposes and view.place.round > 1 and view.proposal:
        return [_("To change the words, type propose and the new words.")]
    if not view.unsettled:
        return []
    if view.offered:
        return [_("Type propose and a number, like: propose 2. Or propose and other words.")]
    if view.own_desk.proposes:
        return [_("Type propose and words. Or skip this step.")]
    return [_("Type option and words, once for each choice. Or skip this step.")]


def progress_words(view: View) -> str:
    """Say how far the room is: how many are here, or how many have answered, as the room tells it."""
    if view.progress:
        return view.progress
    seats = view.own_desk.seats
    return ngettext("{n} person is here.", "{n} people are here.", seats).format(n=seats)


def who_lines(view: View) -> list[str]:
    """List the people present, and explain the rules for rooms of this and other sizes."""
    desk = view.own_desk
    sizes = ((1, "1"), (2, "2–4"), (5, "5–7"), (8, "8+"))
    return [
        _("Joined: {n}.").format(n=desk.seats),
        *heard_lines(CountHeads(desk.people)),
        *heard_lines(CountHands(desk.hands)),
        *([] if desk.leaders is None else heard_lines(CountLeaders(desk.leaders))),
        *([laptop_words(desk)] if desk.laptops else []),
        *([desk.slips] if desk.slips else []),
        _("The room runs as one of this size: {band}.").format(band=view.people),
        *(f"{band}: {lobby_words(Size(least))[1]}" for least, band in sizes),
        *([_("The room is locked.")] if desk.locked else []),
    ]


def heard_lines(command: Command) -> list[str]:
    """Say how a number was heard, and who reads a note."""
    match command:
        case CountHeads(None):
            return [_("You have not said how many people are in the room.")]
        case CountHeads(people):
            return [_("People in the room, as you counted: {n}.").format(n=people)]
        case CountHands(hands):
            return [_("Without a device: {n}.").format(n=hands)]
        case CountLeaders(leaders):
            return [_("Lead others: {n}").format(n=leaders)]
        case Jot():
            return [_("Only you see it, and it is gone when the session is sealed.")]
    return []


def slip_lines(words: Sequence[str], invitation: Invitation) -> list[str]:
    """Read slips that were made, once."""
    if not words:
        return []
    return [
        _("Give each person one slip. They are read here once only. This window keeps what is read in it."),
        *(_("Slip {n}: {words}").format(n=n, words=word.replace("-", " ")) for n, word in enumerate(words, 1)),
        _("They come in with: {line}").format(line=invitation.slip_line),
    ]


def plan_lines(desk: Desk) -> list[str]:
    """Read the run sheet: each step with its number, and where we are."""
    lines: list[str] = [desk.forecast] if desk.forecast else []
    for item in desk.agenda:
        minutes = _(", {n} min").format(n=item.minutes) if item.minutes else ""
        begins = _(", {time}").format(time=item.begins) if item.begins else ""
        state = _(" (now)") if item.is_now else _(" (done)") if item.is_done else ""
        lines.append(f"{item.number}. {item.title}: {item.kind}{minutes}{begins}{state}")
    return lines


def word_lines(view: View) -> list[str]:
    """Read people's words with their numbers and what becomes of them, then the themes."""
    desk = view.own_desk
    fates = {Fate.HELD: _("held"), Fate.KEPT: _("kept as written"), Fate.STRUCK: _("struck")}
    # Of a line that was struck no words are left.
    told = ((f"{n}.", line.text, f"({fates[line.fate]})") for n, line in enumerate(desk.held, 1))
    lines = [" ".join(filter(None, each)) for each in told]
    for theme in desk.themes:
        members = " ".join(map(str, theme.members))
        lines.append(_("Theme {name}: {members}").format(name=theme.name, members=members))
    return lines or [no_words(view)]
