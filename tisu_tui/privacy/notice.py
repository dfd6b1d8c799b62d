"""What people read before they answer: who sees it and what is kept, in words made from the table that decides it."""

from __future__ import annotations

from gettext import gettext as _

from tisu_tui.core.activity import Tier
from tisu_tui.core.released import Finding
from tisu_tui.core.size import Size, Way
from tisu_tui.privacy.record import Precedent
from tisu_tui.privacy.table import DECISIONS, NEW, Cells, Rule, rule


def promise(
    tier: Tier,
    size: Size,
    finds: frozenset[Finding],
    before: Precedent = NEW,
    *,
    words: bool,
    asks: bool = True,
    by_voice: bool = False,
) -> str:
    """Say who sees an answer and what is kept of it, before anyone is asked.

    `finds` is what the kind may find, `before` what was told of the question already, `words` whether people write,
    `asks` whether they do so on their own screens, `by_voice` whether they are asked for their role.
    """
    if size.way is Way.ALONE:
        return _("Nothing is sent and nothing is kept. Your answer never leaves your screen.")
    if size.way is Way.ALOUD or not asks:
        aloud = _("Nothing is sent. We talk, and the scribe writes down what we agree.")
        if tier is Tier.ORGANISATION:
            aloud += " " + _("That may go to senior managers, without names.")
        return aloud
    allowed = rule(tier, size, finds, before)
    told = _said_in_the_room(allowed, finds) if words and tier is Tier.ROOM else [_told(allowed, tier, finds)]
    if by_voice:
        told.append(_("The result may also be shown by role, if enough people of every role answer."))
    if words and tier is not Tier.ROOM:
        told.append(_("The facilitator reads your words first. In a small group, people may guess who wrote them."))
    return " ".join(told)


def _told(allowed: Rule, tier: Tier, finds: frozenset[Finding]) -> str:
    held = _("The host computer holds your answer until this closes.")
    if tier is Tier.ROOM:
        seen = (
            _("Your answer is never saved. The room sees a summary only if enough people answer.")
            if _is_shown(allowed, finds)
            else _("Your answer is never saved, and nobody sees it.")
        )
        return f"{seen} " + _("The host computer holds it until this question closes.")
    if not finds:
        kept = (
            _("Only what the group agrees to keep may go to senior managers, without names.")
            if tier is Tier.ORGANISATION
            else _("Only what the group agrees to keep goes in the team's notes, without names.")
        )
    elif allowed.cells is not Cells.NONE:
        kept = (
            _("Totals may go to senior managers, without names.")
            if tier is Tier.ORGANISATION
            else _("Totals go in the team's notes, without names, if enough people answer.")
        )
    elif Finding.CARRIED in finds:
        kept = (
            _("Only whether it is carried may go to senior managers. No numbers.")
            if tier is Tier.ORGANISATION
            else _("Only whether it is carried, or needs more talk, goes in the notes. No numbers.")
        )
    else:
        kept = _in_words(allowed.findings & finds, goes_out=tier is Tier.ORGANISATION)
    return f"{kept} {held}"


def _in_words(told: frozenset[Finding], *, goes_out: bool) -> str:
    """Say what is told without numbers; `goes_out` where it may leave the team."""
    if Finding.MAJORITY in told:
        return (
            _("Only the order, and what more than half chose, may go to senior managers.")
            if goes_out
            else _("Only the order, and what more than half chose, go in the notes.")
        )
    if told & DECISIONS:
        return (
            _("Only the order may go to senior managers. No numbers.")
            if goes_out
            else _("Only the order goes in the notes. No numbers.")
        )
    if Finding.QUARTILES in told:
        return (
            _(
                "Only the middle answer, the middle half, and one word for how far apart we are, "
                "may go to senior managers."
            )
            if goes_out
            else _(
                "Only the middle answer, the middle half, and one word for how far apart we are, "
                "go in the team's notes."
            )
        )
    if not told:
        return _("Nobody sees your answer, and nothing of it goes in the notes.")
    return (
        _("Only the middle answer, and one word for how far apart we are, may go to senior managers.")
        if goes_out
        else _("Only the middle answer, and one word for how far apart we are, go in the team's notes.")
    )


def _is_shown(allowed: Rule, finds: frozenset[Finding]) -> bool:
    """Tell whether anything can be said of what people choose."""
    return bool(finds & allowed.findings or (finds and allowed.cells is not Cells.NONE))


def _said_in_the_room(allowed: Rule, finds: frozenset[Finding]) -> list[str]:
    """Promise for choices and words apart: nobody sees the ones, and somebody reads the others."""
    told: list[str] = []
    if _is_shown(allowed, finds):
        told = [_("What you choose is never saved. The room sees a summary only if enough people answer.")]
    elif finds:
        told = [_("What you choose is never saved, and nobody sees it.")]
    read = _("The facilitator reads what you write first, and it is saved only if the group agrees to keep it.")
    held = _("The host computer holds your answer until this closes.")
    return [*told, read, _("In a small group, people may guess who wrote it."), held]
