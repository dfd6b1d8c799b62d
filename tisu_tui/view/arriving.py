"""What people are told as they come in: what this room is, before it starts; where it is, once it has."""

from __future__ import annotations

from tisu_tui.core.size import FLOOR, Size, Way
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.privacy.notice import held_while_open
from tisu_tui.session.session import Session
from tisu_tui.view import phrases


def lobby(session: Session, size: Size, screens: int, *, far: bool = False) -> tuple[str, ...]:
    """Say it of one session, until it starts; `far` is whether people may come in by doors on other computers."""
    if session.place.step >= 0:
        return ()
    welcome, way, host = lobby_words(size, far=far)
    by_slip = _("This session is by slip: everybody comes in with the three words of a slip of their own.")
    lead = _("Some lines today are about leaders. How many of us lead others? Please say it aloud.")
    said = (
        *([lead] if session.asks_how_many_lead else []),
        *([careful_sentence()] if session.is_careful else []),
        *([by_slip] if session.slips_given else []),
    )
    # On the shared screen the code to join with needs the room.
    return (welcome, way, *said, *([screens_words(screens)] if screens else []), host)


def careful_sentence() -> str:
    """Say that results are told in words only."""
    return _("This group takes care: results are told in words, and never in numbers.")


def screens_here(screens: int) -> str:
    """Say exactly how many screens there are."""
    return ngettext("{n} screen is here.", "{n} screens are here.", screens).format(n=screens)


def screens_at_opening(screens: int) -> str:
    """Say how many screens there were when a question opened: some may have gone or come since."""
    return ngettext("It opened with {n} screen.", "It opened with {n} screens.", screens).format(n=screens)


def screens_words(screens: int) -> str:
    """Say exactly how many screens there are, so that people can count heads."""
    return _("{screens} Are there as many people?").format(screens=screens_here(screens))


def counting_words(screens: int) -> str:
    """Ask the room to count heads."""
    return _("Somebody asks if there are more screens than people. {screens} Let us count heads.").format(
        screens=screens_here(screens)
    )


def lobby_words(size: Size, *, far: bool = False) -> tuple[str, str, str]:
    """Explain in the lobby who will see answers in a room of this size, and why they may change."""
    welcome = phrases.welcome()
    match size.way:
        case Way.ALONE:
            way = _("You are the first one here. If nobody else comes, only you see what you answer.")
        case Way.ALOUD:
            way = _(
                "So far we are fewer than {n}. If it stays so, we talk, and nothing secret is asked on screens. "
                "The scribe writes down what we agree."
            ).format(n=FLOOR)
        case Way.SMALL:
            way = _(
                "We are a small room. Answers are secret. Check-ins stay with each person. "
                "With this few people, some results will not show. That is normal."
            )
        case Way.FULL:
            way = _(
                "Answers are secret. The room sees results, and only after a question has closed. "
                "Some may not show. That is normal."
            )
    return (welcome, way, held_while_open(far=far))


def recap(session: Session) -> tuple[str, ...]:
    """Say to whoever comes late how far the session is."""
    step = session.step
    if step is None or session.place.step == 0:
        return ()
    records = ngettext("{n} thing is written down so far.", "{n} things are written down so far.", len(session.records))
    return (
        _("This is “{title}”.").format(title=session.workshop.title),
        _("We are at step {n} of {total}: {heading}").format(
            n=session.place.step + 1, total=len(session.workshop.steps), heading=step.title
        ),
        records.format(n=len(session.records)) if session.records else _("You have missed nothing you need to know."),
    )


def paused_sentence() -> str:
    """Announce a pause, and the state of unfinished work."""
    return _("Pause: we all pause for a while. What you sent and what you wrote stays. There is nothing to do.")


def closing_sentence() -> str:
    """Say that the open question closes soon: no time, as only the facilitator closes it."""
    return _("Closing soon. Send what you have.")
