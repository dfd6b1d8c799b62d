"""Sentences that are the same on every surface, full screen and plain."""

from __future__ import annotations

from collections.abc import Sequence

from tisu_tui.core.enumerating import ended
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import said as told
from tisu_tui.session.commands import Command, Go
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale
from tisu_tui.session.pen import PenState
from tisu_tui.session.session import Session
from tisu_tui.view.live import Live


def was_seen() -> str:
    """Say why a question whose opening was taken back keeps its words, and what to do about them."""
    stay = _("People have seen this question, so its choices stay as they are.")
    return f"{stay} {_('Once it has closed, ask again with other words, as a new round.')}"


def said(outcome: Outcome, stale: str) -> str:
    """Tell whoever sent a command what came of it; `stale` is for a session that has moved on since."""
    match outcome:
        case Done(said=words):
            return words
        case Refused(why=why):
            return not_taken(why)
        case Stale():
            return stale
        case _:
            return ""


def not_taken(why: object) -> str:
    """Say that nothing was done, and why: in a sentence, or in a few words that get their full stop here."""
    return _("Not taken: {why}").format(why=ended(str(why)))


def leads_now() -> str:
    """Tell a facilitator that their private screen leads from here on."""
    return _("This screen is leading now.")


def came_late(command: Command) -> str:
    """Tell a facilitator that the session had moved on: it stands where it was sent to, or nothing was written."""
    if isinstance(command, Go):
        return _("Already done.")
    return not_taken(_("The session has moved on since. Nothing was changed."))


def has_closed() -> str:
    """Say that a question takes no more answers."""
    return _("This question has closed.")


def notes_moved_on() -> str:
    """Say that a line of the notes is not the one that somebody saw."""
    return _("The notes have moved on. Nothing was sent.")


def free_to_go() -> str:
    """Say the three ways out that are always there."""
    return _("You can pass, pause or leave at any time. No one will ask you why.")


def welcome() -> str:
    """Greet whoever comes in."""
    return _("Welcome. You can pass, pause or leave at any time. No one will ask you why.")


def can_come_back() -> str:
    """Introduce the way back."""
    return _("If you drop out, you can come back and find your answers.")


def back_again(*, asks_again: bool) -> str:
    """Say what is still there after a restart; `asks_again` is for an open question that lost its answers."""
    if not asks_again:
        return _("We are back. What was recorded is safe.")
    return _(
        "We are back. What was recorded is safe. What was only kept until the question closed is gone: "
        "answer again, or pass."
    )


def proposal_words(proposal: str) -> str:
    """Say what is going to be put to the group; nothing where nothing is."""
    return _("The proposal is: “{proposal}”").format(proposal=proposal) if proposal else ""


def pen_is_not_given() -> str:
    """Refuse a word for the pen where there is none to take."""
    return _("The pen is not given just now. Ask the facilitator.")


def no_word_of_the_pen() -> str:
    """Refuse a word that is not the pen's."""
    return _("That is not the word for the pen. Ask the facilitator.")


def pen_is_yours() -> str:
    """Tell a guest that they write the answers now."""
    return _("You have the pen. You write the answers yourself, in this step.")


def pen_promise() -> str:
    """Say who sees what is written with the pen."""
    return _("Everybody here reads what you send, at once. It goes into the notes, and to senior managers.")


def pen_offered() -> str:
    """Say in the room that a guest may take the pen."""
    return _("A guest may write the answers themselves, with the word that they were told.")


def pen_words(pen: PenState) -> str:
    """Say in the room where the pen is, while it is not with the scribe."""
    return {PenState.OFFERED: pen_offered(), PenState.HELD: pen_is_out()}.get(pen, "")


def pen_is_out() -> str:
    """Say in the room that a guest has the pen."""
    return _("A guest has the pen. What they send stands here.")


def scribe_writes_again() -> str:
    """Say that the pen was taken back."""
    return _("The scribe writes the answers again.")


def used_elsewhere() -> str:
    """Say that somebody came in with these three words from another window."""
    return _("Your three words are in use in another window. What was recorded is safe.")


def afterwards() -> str:
    """Say what may help once it is over."""
    return _("Some of this may stay with you. Do one ordinary thing next: a drink, some air, a chat.")


def about_laptop() -> str:
    """Explain a laptop that is shared."""
    return _("This laptop goes from hand to hand, for people without a device. Each answers in turn, in private.")


def turn_is_over() -> str:
    """Say that a turn on a shared laptop ended without its owner."""
    return _("That turn is over. What said Recorded is in.")


def nothing_to_take_back() -> str:
    """Say that an undo finds nothing."""
    return _("There is nothing to take back.")


def distress_card() -> tuple[str, ...]:
    """Say what to do, step by step (literature on distress protocols: stop, offer support, follow up by consent)."""
    return (
        _("Stop. Pause the session for everyone: “Let's take a break.”"),
        _("Offer space: a quiet room, some air, water, somebody to be with. They choose."),
        _("Do not ask what happened, and do not ask who else feels so."),
        _("Go on only if they want to, and the group can. Ending early is fine."),
        _("Follow up later, only if they say yes to it."),
    )


def progress_stages() -> tuple[str, str, str, str]:
    """List what may be said of how many have answered, from nobody to nearly all."""
    return (
        _("Waiting for answers."),
        _("Some of the room has answered."),
        _("Most of the room has answered."),
        _("Nearly all of the room has answered."),
    )


# When something ends


def failing_words(session: Session, live: Live, *, to_staff: bool) -> str:
    """Explain a failure to save: what happened, what is safe, what to do."""
    trouble = live.trouble
    if trouble is None:
        return ""
    if trouble.is_final and to_staff:
        look, make_room = _("Look to the disk, or copy the data folder to another one."), _("Make room on the disk.")
        again = _("Close this host, and start it again: tisu host … --resume {id}").format(id=session.id)
        what_to_do = f"{make_room if trouble.is_full else look} {again}"
    elif trouble.is_final:
        what_to_do = _("Please wait. The facilitator starts this again, and your three words bring you back.")
    elif to_staff:
        what_to_do = (
            _("Make room on the host's disk: saving then goes on by itself.")
            if trouble.is_full
            else _("It goes on by itself as soon as the data folder can be written.")
        )
    else:
        what_to_do = _("Please wait a moment. Send again what was not recorded.")
    return f"{told(trouble.words)} {what_to_do}"


def waiting_words(session: Session, live: Live) -> str:
    """Say that nobody is left who could pace the session."""
    if not live.frozen or session.is_ended:
        return ""
    return _("The facilitator has lost the connection. Your answers are safe. Please wait a moment.")


def stopped_words(session: Session, live: Live) -> str:
    """Announce that the host stops, and the consequence for answers; empty while it runs."""
    if not live.stopped:
        return ""
    if session.is_ended:
        return _("The session has ended.")
    if session.rehearsal:
        return _("The rehearsal has stopped.")
    return _("We have stopped for now. What was recorded is safe.")


def goodbye() -> str:
    """Say goodbye and nothing else: somebody may be looking, who could come back in this person's place."""
    return _("Goodbye. Please close this window.")


def cut_words() -> str:
    """Say what becomes of what was not sent."""
    return _("If your line drops, what you were writing is there when you come back. If you leave, it goes.")


def return_lines(invitation: Invitation, words: str, *, plain: bool) -> list[str]:
    """Say how to come back to a seat: as it was used, and the other way."""
    other = _("With a full screen: {line}") if plain else _("As plain lines: {line}")
    return [
        _("Your three words: {words}").format(words=words.replace("-", " ")),
        _("Come back with: {line}").format(line=invitation.return_line(words, plain=plain)),
        other.format(line=invitation.return_line(words, plain=not plain)),
        *(_("If that door is gone: {line}").format(line=way) for way in invitation.other_ways_back(words, plain=plain)),
    ]


def farewell(why: str, way_back: Sequence[str]) -> list[str]:
    """Explain why this window ends, or say goodbye, and how to come back if possible."""
    return [*([why] if why else [_("Goodbye.")]), *way_back, _("Please close this window.")]
