"""What people read before they answer: what is told of it and who sees that, in words made from the table."""

from __future__ import annotations

from dataclasses import replace

from tisu_tui.core.activity import Tier
from tisu_tui.core.released import Finding, Unsaid
from tisu_tui.core.size import Size, Way
from tisu_tui.core.translation import gettext as _
from tisu_tui.privacy.record import NEW, Look, Record
from tisu_tui.privacy.table import FEWEST_POINTS, NUMBERS_FROM, WORRY, Subject, TableRow, row, subject


def promise(
    tier: Tier,
    size: Size,
    finds: frozenset[Finding],
    record: Record = NEW,
    looks: tuple[Look, ...] = (),
    *,
    words: bool,
    asks: bool = True,
    by_voice: bool = False,
    options: int = 5,
    points: int = 5,
    far: bool = False,
) -> str:
    """State who will see an answer and how long it is kept, before the question.

    `finds` is what the kind may find, `looks` what was told of the question already, `words` whether people write,
    `asks` whether they do so on their own screens, `by_voice` whether they are asked for their role; of the question
    itself, `options` can be chosen, and the first `points` of them are a scale. `far` is for doors on other computers.
    """
    if size.way is Way.ALONE:
        return _("Only you see your answer, and nothing of it is kept.")
    if size.way is Way.ALOUD or not asks:
        aloud = _("Nothing is sent. We talk, and the scribe writes down what we agree.")
        if tier is Tier.ORGANISATION:
            aloud += " " + _("That may go to senior managers, without names.")
        return aloud
    told = _told(subject(tier, finds), finds, size, options, points, record, looks)
    told.append(_kept(tier, is_told=bool(told), finds=bool(finds), words=words, far=far))
    if by_voice:
        told.append(_("The result may also be shown by role, if ten or more of every role answer."))
    if words and tier is not Tier.ROOM:
        told.append(_("The facilitator reads your words first. In a small group, people may guess who wrote them."))
    return " ".join(filter(None, told))


def _told(
    about: Subject,
    finds: frozenset[Finding],
    size: Size,
    options: int,
    points: int,
    record: Record,
    looks: tuple[Look, ...],
) -> list[str]:
    """State the table's rule, both ways if it depends on how many answer or take part."""
    here = [look for look in looks if not look.earlier]

    def line(answers: int, seen: tuple[Look, ...]) -> TableRow:
        told = row(about, answers, options, points, record, seen)
        never = frozenset({Finding.CLOSE}) if points < FEWEST_POINTS else frozenset()
        return replace(told, tells=told.tells & finds - never)

    people = size.people
    others = tuple(look if look.earlier else replace(look, moved=None) for look in looks)
    same = tuple(look if look.earlier else replace(look, moved=(0, 0)) for look in looks)
    best = line(people, same)
    only = _(" and the same screens take part as before") if best != line(people, others) else ""
    said = []
    if any(look.is_told for look in looks):
        said.append(_("This was asked before. Two results together can tell more than one."))
    elif record.twice and not here and about in {Subject.US, Subject.CHOICE}:
        said.append(_("We look at this twice."))
    if best.tells:
        # Whether they are close together is said with five answers or with six: nobody need know.
        least = next(n for n in range(people + 1) if _level(line(n, same)) == _level(best))
        fewer = line(people, others) if only else line(least - 1, same)
        if best.numbers:
            sentence = _("If {n} or more answer{same}, the numbers are shown, small ones too.")
            said.append(sentence.format(n=_number(least), same=only))
        else:
            sentence = _("If {n} or more answer{same}, we see {words}.")
            said.append(sentence.format(n=_number(least), same=only, words=_words(about, options, best.tells)))
        if fewer.tells:
            said.append(_("If not, only {words}.").format(words=_words(about, options, fewer.tells)))
        elif fewer == WORRY:
            said.append(_("If not, the worry that was raised stands."))
        elif best.numbers or only:
            said.append(_("If not, nothing is shown."))
    elif best.unsaid is Unsaid.FIRST:
        second = line(people, (Look((), 0, moved=(0, 0)),))
        said.append(_("Only the second look is shown: {words}.").format(words=_words(about, options, second.tells)))
    elif best == WORRY:
        said.append(_("The worry that was raised stands until somebody writes down how it was met."))
    elif best.unsaid is Unsaid.LOOKED:
        said.append(_("With so few of us, a second look would tell too much, so it is not shown. We can talk instead."))
    return said


def _level(told: TableRow) -> tuple[bool, frozenset[Finding]]:
    return told.numbers, told.tells - {Finding.CLOSE}


def _number(n: int) -> str:
    return {5: _("five"), 7: _("seven"), 8: _("eight"), NUMBERS_FROM: _("ten")}.get(n, str(n))


def _words(about: Subject, options: int, tells: frozenset[Finding]) -> str:
    """Name what a row tells without numbers."""
    match about:
        case Subject.CONSENT:
            return _("whether it is agreed, and never how many were against it")
        case Subject.SENSE:
            ready = _("whether anybody is below 3")
            return _("{one} and the middle answer").format(one=ready) if Finding.MEDIAN in tells else ready
        case Subject.PERSON | Subject.CHOICE if options == 2:
            first = _("what more of us chose, or that it is a tie")
        case Subject.PERSON:
            first = _("which answer came first, if one did, and never numbers")
        case Subject.CHOICE:
            first = _("what was chosen most, if one choice was")
        case Subject.US:
            return _of_a_scale(tells)
    if Finding.MAJORITY in tells:
        return _("{first}, and whether more than half chose it").format(first=first)
    return _("{first}, and about how many chose it").format(first=first) if Finding.SHARE in tells else first


def _of_a_scale(tells: frozenset[Finding]) -> str:
    if Finding.MEDIAN not in tells:
        return _("whether answers are close")
    if Finding.SPREAD in tells:
        return _("the middle answer, the middle half, and a word for how far apart our answers are")
    if Finding.QUARTILES in tells:
        return _("the middle answer and the middle half")
    if Finding.CLOSE in tells:
        return _("the middle answer and, where it gives nobody away, whether answers are close")
    return _("the middle answer")


def _kept(tier: Tier, *, is_told: bool, finds: bool, words: bool, far: bool) -> str:
    """Say where it goes and how long the host holds it."""
    held = held_until_closed(far=far)
    if tier is Tier.ROOM and words:
        chosen = [_never_saved(is_told=is_told)] if finds else []
        read = _("The facilitator reads what you write first, and it is saved only if the group agrees to keep it.")
        return " ".join((*chosen, read, _("In a small group, people may guess who wrote it."), held))
    if tier is Tier.ROOM:
        return f"{_never_saved(is_told=is_told)} {held}"
    if not finds:
        kept = (
            _("Only what the group agrees to keep may go to senior managers, without names.")
            if tier is Tier.ORGANISATION
            else _("Only what the group agrees to keep goes in the team's notes, without names.")
        )
    elif not is_told:
        kept = _("Nobody sees your answer, and nothing of it goes in the notes.")
    elif tier is Tier.ORGANISATION:
        kept = _("That may go to senior managers, without names.")
    else:
        kept = _("That goes in the team's notes, without names.")
    return f"{kept} {held}"


def _never_saved(*, is_told: bool) -> str:
    return _("What you choose is never saved.") if is_told else _("What you choose is never saved, and nobody sees it.")


def held_until_closed(*, far: bool) -> str:
    """Say it before a question; `far` is whether people may come in by doors on other computers."""
    if far:
        return _("The host computer holds your answer until this closes, and so does the door you came in by.")
    return _("The host computer holds your answer until this closes.")


def held_while_open(*, far: bool) -> str:
    """Say it in the lobby."""
    if far:
        return _(
            "The host computer holds your answer while a question is open, and so does the door you came in by. "
            "This is not a voting machine."
        )
    return _("The host computer holds your answer while a question is open. This is not a voting machine.")


def held_words(*, far: bool) -> str:
    """Say it where people write for themselves alone."""
    if far:
        return _("If you type here, only you see it. Your door and the host hold it until we move on; then it is gone.")
    return _("If you type here, only you see it. The host computer holds it until we move on; then it is gone.")
