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
from tisu_tui.core.size import FLOOR, Size
from tisu_tui.privacy.record import NEW, Look, Record

NUMBERS_FROM = 10
"""Fewest answers that are told in numbers."""

_MIDDLE = frozenset({Finding.MEDIAN, Finding.UNRATED})
_FIRST = frozenset({Finding.WINNER})


class Subject(StrEnum):
    """The subject of a question, as far as the table needs it."""

    PERSON = "about a person"
    US = "about us"
    CHOICE = "a choice"
    CONSENT = "consent"
    SENSE = "sense"


@dataclass(frozen=True, slots=True)
class Row:
    """What is told from so many answers on; `unsaid` is why nothing is, where everybody may know it."""

    least: int
    tells: frozenset[Finding] = frozenset()
    numbers: bool = False
    unsaid: Unsaid | None = None


TABLE: dict[Subject, tuple[Row, ...]] = {
    Subject.PERSON: (Row(8, _FIRST), Row(20, _FIRST | {Finding.SHARE})),
    Subject.US: (
        Row(5, _MIDDLE),
        Row(6, _MIDDLE | {Finding.CLOSE}),
        Row(NUMBERS_FROM, frozenset({Finding.MEDIAN, Finding.QUARTILES, Finding.SPREAD}), numbers=True),
    ),
    Subject.CHOICE: (Row(5, _FIRST), Row(NUMBERS_FROM, _FIRST | {Finding.ORDER}, numbers=True)),
    Subject.CONSENT: (Row(5, frozenset({Finding.CARRIED})),),
    Subject.SENSE: (Row(5, frozenset({Finding.READY})), Row(7, frozenset({Finding.READY, Finding.MEDIAN}))),
}
CAREFUL: dict[Subject, tuple[Row, ...]] = {
    **TABLE,
    Subject.US: (*TABLE[Subject.US][:2], Row(12, _MIDDLE | {Finding.QUARTILES})),
    Subject.CHOICE: (Row(5, _FIRST), Row(12, _FIRST | {Finding.MAJORITY}), Row(17, _FIRST | {Finding.SHARE})),
}
"""The table of a group that wants no numbers."""

PERSON_BETWEEN_TWO = 12
"""Fewest answers about a person between two options, where a tie tells how many chose each."""
FEWEST_POINTS = 5
"""The shortest scale on which it is told whether answers are close together."""


def subject(tier: Tier, finds: frozenset[Finding]) -> Subject:
    """Determine a question's subject from its kind's findings; the default is the strictest."""
    if Finding.CARRIED in finds:
        return Subject.CONSENT
    if Finding.READY in finds:
        return Subject.SENSE
    if tier is Tier.ROOM or not finds & {Finding.ORDER, Finding.MEDIAN}:
        return Subject.PERSON
    return Subject.CHOICE if Finding.ORDER in finds else Subject.US


def first_look(about: Subject, answers: int, options: int, record: Record = NEW) -> Row:
    """Look up what is told of a new question."""
    if about is Subject.PERSON and options < 3 and answers < PERSON_BETWEEN_TWO:
        return Row(0)
    rows = (CAREFUL if record.careful else TABLE)[about]
    return next((each for each in reversed(rows) if each.least <= answers), Row(0))


def row(about: Subject, answers: int, options: int, points: int, record: Record, looks: tuple[Look, ...]) -> Row:
    """Look up what is told of a question after earlier looks; `points` are those of its scale."""
    allowed = first_look(about, answers, options, record)
    here = [each for each in looks if not each.earlier]
    told = [each for each in looks if each.is_told]
    if not allowed.tells or about is Subject.CONSENT:
        return allowed
    if about is Subject.PERSON:
        seen = [each for each in told if not each.earlier]
        few = min([answers, *(each.answers for each in seen)]) < NUMBERS_FROM
        apart = not few and all(each.is_apart(5) for each in seen)
        return allowed if not seen or apart else Row(0, unsaid=Unsaid.LOOKED)
    if about is Subject.SENSE:
        if not any(each.is_told for each in here):
            return allowed
        same = all(each.is_apart(NUMBERS_FROM) for each in here)
        return Row(0, frozenset({Finding.READY})) if same else Row(0, unsaid=Unsaid.LOOKED)
    if allowed.numbers:
        if all(_allows_numbers(each, answers, record) for each in told):
            return allowed
        if not any(each.is_told for each in here):
            return Row(0, allowed.tells | _MIDDLE if about is Subject.US else _FIRST)
        if all(each.in_numbers for each in told):
            return Row(0, _MIDDLE) if about is Subject.US else Row(0, unsaid=Unsaid.LOOKED)
    return _in_words(about, allowed, points, record, here)


def _allows_numbers(look: Look, answers: int, record: Record) -> bool:
    """Whether numbers beside an earlier look cannot isolate the few who came or left."""
    if not look.in_numbers:
        return answers >= look.answers + NUMBERS_FROM
    if look.earlier:
        return record.trend or abs(answers - look.answers) >= NUMBERS_FROM
    return look.is_apart(NUMBERS_FROM)


def _in_words(about: Subject, allowed: Row, points: int, record: Record, here: list[Look]) -> Row:
    """Give the words of a small room: all of its row at once or, where two looks were announced, shared out on both."""
    is_long = about is Subject.US and points >= FEWEST_POINTS
    if not record.twice:
        if any(each.is_told for each in here):
            return Row(0, unsaid=Unsaid.LOOKED)
        return allowed
    if not here:
        return Row(0, _MIDDLE) if is_long else Row(0, unsaid=Unsaid.FIRST)
    if len(here) > 1 or here[0].in_numbers or not here[0].is_apart(None):
        return Row(0, unsaid=Unsaid.LOOKED)
    if is_long:
        return Row(0, frozenset({Finding.CLOSE, Finding.UNRATED}))
    return Row(0, _MIDDLE if about is Subject.US else _FIRST)


def compares(tier: Tier, finds: frozenset[Finding]) -> bool:
    """Tell whether roles are ever told side by side: only where there may be numbers."""
    return any(each.numbers for each in TABLE[subject(tier, finds)])


def asks_voice(tier: Tier, size: Size, finds: frozenset[Finding], voices: int, record: Record = NEW) -> bool:
    """Tell whether people are asked which of so many roles they speak from: only where each can have ten people."""
    return (
        voices > 1 and compares(tier, finds) and not record.careful and size.people >= max(NUMBERS_FROM * voices, FLOOR)
    )
