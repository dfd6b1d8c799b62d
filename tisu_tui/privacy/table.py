"""Disclosure control: what may be said of answers, by what is asked and by how many answered.

Whether something is said depends on public facts alone: how many answered, the options, who decides, what was
announced, and what was told before. So silence tells nothing. `tests/privacy` looks at every room of five to nine and
finds no line from which a count of one to four of the others follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tisu_tui.core.activity import Tier
from tisu_tui.core.released import Finding, Unsaid
from tisu_tui.core.size import Size
from tisu_tui.privacy.record import Look, Record, worry_stands

NUMBERS_FROM = 10
"""Fewest answers that are told in numbers."""
PERSON_BETWEEN_TWO = 12
"""Fewest answers about a person between two options, where a tie tells how many chose each."""
FEWEST_POINTS = 5
"""The shortest scale on which it is told whether answers are close together."""


class Subject(StrEnum):
    """What a question is about, as far as that decides what may be told."""

    PERSON = "about a person"
    US = "about us"
    CHOICE = "a choice"
    CONSENT = "consent"
    SENSE = "sense"


@dataclass(frozen=True, slots=True)
class TableRow:
    """What is told from so many answers on; `unsaid` is why nothing is, where everybody may know it."""

    least: int
    tells: frozenset[Finding] = frozenset()
    numbers: bool = False
    unsaid: Unsaid | None = None


_MIDDLE = frozenset({Finding.MEDIAN, Finding.UNRATED})
_FIRST = frozenset({Finding.WINNER})
_READY = frozenset({Finding.READY})

TABLE: dict[Subject, tuple[TableRow, ...]] = {
    Subject.PERSON: (TableRow(8, _FIRST), TableRow(20, _FIRST | {Finding.SHARE})),
    Subject.US: (
        TableRow(5, _MIDDLE),
        TableRow(6, _MIDDLE | {Finding.CLOSE}),
        TableRow(NUMBERS_FROM, frozenset({Finding.MEDIAN, Finding.QUARTILES, Finding.SPREAD}), numbers=True),
    ),
    Subject.CHOICE: (TableRow(5, _FIRST), TableRow(NUMBERS_FROM, _FIRST | {Finding.ORDER}, numbers=True)),
    Subject.CONSENT: (TableRow(5, frozenset({Finding.CARRIED})),),
    Subject.SENSE: (TableRow(5, _READY), TableRow(7, _READY | {Finding.MEDIAN})),
}
CAREFUL: dict[Subject, tuple[TableRow, ...]] = {
    **TABLE,
    Subject.US: (*TABLE[Subject.US][:2], TableRow(12, _MIDDLE | {Finding.QUARTILES})),
    Subject.CHOICE: (
        TableRow(5, _FIRST),
        TableRow(12, _FIRST | {Finding.MAJORITY}),
        TableRow(17, _FIRST | {Finding.SHARE}),
    ),
}
"""The table of a group that wants no numbers."""

NOTHING, LOOKED, WORRY = TableRow(0), TableRow(0, unsaid=Unsaid.LOOKED), TableRow(0, unsaid=Unsaid.WORRY)
"""Too few answers; told before; a worry stands, which is all that is told."""


def subject(tier: Tier, finds: frozenset[Finding]) -> Subject:
    """Tell what a question is about, by what its kind may find; a kind that names nothing is told least."""
    if Finding.CARRIED in finds:
        return Subject.CONSENT
    if Finding.READY in finds:
        return Subject.SENSE
    if tier is Tier.ROOM or not finds & {Finding.ORDER, Finding.MEDIAN}:
        return Subject.PERSON
    return Subject.CHOICE if Finding.ORDER in finds else Subject.US


def row(about: Subject, answers: int, options: int, points: int, record: Record, looks: tuple[Look, ...]) -> TableRow:
    """Look up what is told of a question, after all that was told of it before; `points` are those of its scale."""
    rows = (CAREFUL if record.careful else TABLE)[about]
    allowed = next((each for each in reversed(rows) if each.least <= answers), NOTHING)
    here = [look for look in looks if not look.earlier]
    told = [look for look in here if look.is_told]
    match about:
        case _ if not allowed.tells:
            return allowed
        case Subject.PERSON if options < 3 and answers < PERSON_BETWEEN_TWO:
            return NOTHING
        case Subject.CONSENT if worry_stands(looks):
            return WORRY
        case Subject.CONSENT:
            return allowed if all(look.is_apart(None) for look in told) else LOOKED
        case Subject.PERSON:
            least = min([answers, *(look.answers for look in told)])
            is_apart = least >= NUMBERS_FROM and all(look.is_apart(5) for look in told)
            return allowed if is_apart or not told else LOOKED
        case Subject.SENSE if told:
            return TableRow(0, _READY) if all(look.is_apart(NUMBERS_FROM) for look in here) else LOOKED
        case Subject.SENSE:
            return allowed
    if allowed.numbers:
        ever = [look for look in looks if look.is_told]
        if all(_allows_numbers(look, answers, record) for look in ever):
            return allowed
        if not told:
            return TableRow(0, allowed.tells | _MIDDLE if about is Subject.US else _FIRST)
        if all(look.in_numbers for look in ever):
            return TableRow(0, _MIDDLE) if about is Subject.US else LOOKED
    return _in_words(about, points, here) if record.twice else LOOKED if told else allowed


def _allows_numbers(look: Look, answers: int, record: Record) -> bool:
    """Tell whether numbers now, beside what that look told, are not those of the few who came or left."""
    if look.in_numbers and look.earlier:
        return record.trend or abs(answers - look.answers) >= NUMBERS_FROM
    return look.is_apart(NUMBERS_FROM) if look.in_numbers else answers >= look.answers + NUMBERS_FROM


def _in_words(about: Subject, points: int, here: list[Look]) -> TableRow:
    """Share what a small room is told out on two looks that were announced."""
    is_long = about is Subject.US and points >= FEWEST_POINTS
    if not here:
        return TableRow(0, _MIDDLE) if is_long else TableRow(0, unsaid=Unsaid.FIRST)
    if len(here) > 1 or here[0].in_numbers or not here[0].is_apart(None):
        return LOOKED
    if is_long:
        return TableRow(0, frozenset({Finding.CLOSE, Finding.UNRATED}))
    return TableRow(0, _MIDDLE if about is Subject.US else _FIRST)


def compares(tier: Tier, finds: frozenset[Finding]) -> bool:
    """Tell whether roles are ever told side by side: only where there may be numbers."""
    return any(each.numbers for each in TABLE[subject(tier, finds)])


def asks_voice(tier: Tier, size: Size, finds: frozenset[Finding], voices: int, *, careful: bool) -> bool:
    """Tell whether people are asked which of so many roles they speak from: only where each can have ten people."""
    return voices > 1 and compares(tier, finds) and not careful and size.people >= NUMBERS_FROM * voices
