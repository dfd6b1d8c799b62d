"""What people read before they answer: who sees it and what is kept, in words made from the table that decides it."""

from __future__ import annotations

from gettext import gettext as _

from tisu_tui.core.activity import Tier
from tisu_tui.core.disclosure import DECISIONS, Cells, Rule, rule
from tisu_tui.core.released import Finding
from tisu_tui.core.size import Size, Way


def promise(
    tier: Tier, size: Size, finds: frozenset[Finding], *, words: bool, asks: bool = True, by_voice: bool = False
) -> str:
    """Say who sees an answer and what is kept of it, before anyone is asked.

    `finds` is what the kind may find, `words` whether people write, `asks` whether they do so on their own screens,
    `by_voice` whether they are asked for their role.
    """
    if size.way is Way.ALONE:
        return _("Nothing is sent and nothing is kept. Your answer never leaves your screen.")
    if size.way is Way.ALOUD or not asks:
        aloud = _("Nothing is sent. We talk, and the scribe writes down what we agree.")
        if tier is Tier.ORGANISATION:
            aloud += " " + _("That may go to senior managers, without names.")
        return aloud
    told = [_told(rule(tier, size, finds), tier, finds)]
    if words and tier is Tier.ROOM:
        told = _said_in_the_room(size, finds)
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
            if finds & allowed.findings
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
    elif allowed.findings & finds & DECISIONS:
        kept = (
            _("Only the order, and what more than half chose, may go to senior managers.")
            if tier is Tier.ORGANISATION
            else _("Only the order, and what more than half chose, go in the notes.")
        )
    elif tier is Tier.ORGANISATION:
        kept = _("Only the middle answer, and one word for how far apart we are, may go to senior managers.")
    else:
        kept = _("Only the middle answer, and one word for how far apart we are, go in the team's notes.")
    return f"{kept} {held}"


def _said_in_the_room(size: Size, finds: frozenset[Finding]) -> list[str]:
    """Promise for choices and words apart: nobody sees the ones, and somebody reads the others."""
    told: list[str] = []
    if finds & rule(Tier.ROOM, size, finds).findings:
        told = [_("What you choose is never saved. The room sees a summary only if enough people answer.")]
    elif finds:
        told = [_("What you choose is never saved, and nobody sees it.")]
    read = _("The facilitator reads what you write first, and it is saved only if the group agrees to keep it.")
    held = _("The host computer holds your answer until this closes.")
    return [*told, read, _("In a small group, people may guess who wrote it."), held]
