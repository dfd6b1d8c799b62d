"""Choosing among options: what `choose`, `dots` and `rank` share in asking and telling."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from tisu_tui.activities import _asking, _telling
from tisu_tui.core.enumerating import in_a_row
from tisu_tui.core.form import By, Form, Option, Pick
from tisu_tui.core.released import Finding, Released
from tisu_tui.core.shown import WITHHELD, Counts, Record, Say, Shown
from tisu_tui.core.size import Size, Way
from tisu_tui.core.verdict import Rule, Verdict

FIELD = "choice"


def form(field: Pick, size: Size) -> Form:
    """Ask for a choice; aloud, the scribe enters what was agreed, each option once."""
    agreed = Pick(field.id, field.options, _("agreed aloud"), most=min(field.most, max(1, len(field.options))))
    return _asking.on_own_screens((field,), size, Form((agreed,), By.SCRIBE, _asking.talk_and_decide()))


def rule(size: Size, method: str, carries: str) -> Rule | None:
    """Say how a choice is decided, and that no tie is broken; nothing where somebody is alone."""
    if size.way is Way.ALONE:
        return None
    if size.way is Way.ALOUD:
        return Rule(
            method, _("We talk it over, and what we agree on goes forward. Until we agree, nothing is decided.")
        )
    return Rule(method, carries, _("A tie stays a tie: the group talks about it and chooses."))


def verdict(last: Released, options: Sequence[Option], winner: Finding) -> Verdict | None:
    """Say what was chosen; agreed is what more than half chose or, by the winner, what nothing else ties with."""
    if not _telling.is_secret(last):
        agreed = [_telling.quoted(each.label) for each in _telling.picked(last, FIELD, last.options or options)]
        return Verdict(_agreed_aloud(agreed), is_agreed=True) if agreed else None
    groups = _telling.finding(last, FIELD, winner)
    said = " ".join(say.text for say in outcome(last, winner))
    if groups is None or not said:
        return None
    return Verdict(said, is_agreed=bool(groups) if winner is Finding.MAJORITY else len(groups[0]) == 1)


def _agreed_aloud(names: Sequence[str]) -> str:
    return _("Agreed aloud: {answer}.").format(answer=in_a_row(names))


def describe(rounds: Sequence[Released], options: Sequence[Option], winner: Finding) -> tuple[Shown, ...]:
    """Tell numbers where they may be told, else the order in words, and then what came out of it."""
    rounds = _telling.told(rounds)
    if not rounds:
        return ()
    asked, last = _telling.secret(rounds), rounds[-1]
    names = _telling.heads(asked, _("People"))
    shown: list[Shown] = list(_telling.counts(_("How many people chose each"), FIELD, asked, names))
    if asked and not (shown and _all_told(asked)):
        shown += _order(asked)
    shown += _dots(last)
    if not _telling.is_secret(last):
        agreed = [_telling.quoted(each.label) for each in _telling.picked(last, FIELD, last.options or options)]
        return (*shown, Say(_agreed_aloud(agreed)) if agreed else _telling.nothing_written())
    if _telling.silent(last):
        return (*shown, *_telling.withheld())
    return (*shown, *outcome(last, winner), *_unsaid(last))


def _unsaid(last: Released) -> tuple[Say, ...]:
    """Say what does not show of the order, which people were told may show, and what to do next."""
    tally, order = last.tally(FIELD), _telling.finding(last, FIELD, Finding.ORDER)
    if tally is None or _all_told([last]):
        return ()
    if order is None:
        return _telling.withheld()
    is_whole = sum(map(len, order)) == len(tally.options)
    return () if is_whole else (Say(_("Where the others stand is not shown, to protect privacy.")),)


def _all_told(rounds: Sequence[Released]) -> bool:
    tallies = [each.tally(FIELD) for each in rounds]
    return all(tally and WITHHELD not in tally.counts for tally in tallies)


def _dots(released: Released) -> tuple[Counts, ...]:
    tally = released.tally(FIELD)
    if not tally or not tally.weights:
        return ()
    rows = tuple(option.label for option in tally.options)
    return (Counts(_("How many dots"), rows, (_("Dots"),), tuple((each,) for each in tally.weights)),)


def _order(rounds: Sequence[Released]) -> tuple[Record, ...]:
    aspects = ((_("Place"), place), (_("Chosen by"), _share))
    return _telling.table(_("In order"), _("Choice"), best_first(rounds), aspects, rounds)


def best_first(rounds: Sequence[Released]) -> tuple[Option, ...]:
    """List every option that was put in order, as the last round did, and then what only earlier ones had."""
    found = {
        name: Option(name, _telling.label(each, FIELD, name))
        for each in reversed(rounds)
        for group in _telling.finding(each, FIELD, Finding.ORDER) or ()
        for name in group
    }
    return tuple(found.values())


def place(released: Released, option: str) -> _telling.Cell:
    """Tell the place of an option in the order, and whether it is tied there."""
    groups = _telling.finding(released, FIELD, Finding.ORDER)
    if groups is None:
        return WITHHELD
    number = 1
    for group in groups:
        if option in group:
            return str(number) if len(group) == 1 else _("{place}, tied").format(place=number)
        number += len(group)
    return _telling.EMPTY


def _share(released: Released, option: str) -> _telling.Cell:
    groups = _telling.finding(released, FIELD, Finding.MAJORITY)
    if groups is None:
        return WITHHELD
    return _("more than half") if any(option in group for group in groups) else _("half or fewer")


def outcome(released: Released, winner: Finding) -> list[Say]:
    """Say what came out first, and that a tie is one."""
    best = [_quoted(released, group) for group in _telling.finding(released, FIELD, Finding.ORDER) or ()][:1]
    most = [_quoted(released, group) for group in _telling.finding(released, FIELD, Finding.MAJORITY) or ()]
    said: list[str] = []
    if winner is Finding.MAJORITY:
        sentence = _("More than half of those who answered chose {names}.")
        said += [sentence.format(names=in_a_row(names)) for names in most]
        said += [] if most else [_("No choice was chosen by more than half.")]
    for names in best:
        if len(names) > 1:
            sentence = _("{names} are tied in first place. The group can talk about it and choose.")
            said.append(sentence.format(names=in_a_row(names)))
        elif winner is Finding.WINNER or not most:
            said.append(_("{name} has the most support.").format(name=names[0]))
    return [Say(text) for text in said]


def _quoted(released: Released, names: Sequence[str]) -> list[str]:
    return [_telling.quoted(_telling.label(released, FIELD, name)) for name in names]


def winners(released: Released, finding: Finding, options: Sequence[Option]) -> tuple[Option, ...]:
    """List what a later step can take: what was agreed aloud, or the finding's options."""
    if not _telling.is_secret(released):
        return _telling.picked(released, FIELD, released.options or options)
    groups = _telling.finding(released, FIELD, finding) or ()
    return tuple(Option(name, _telling.label(released, FIELD, name)) for group in groups for name in group)
