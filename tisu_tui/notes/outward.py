"""A session as senior management may know it: everything else is taken out before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tisu_tui.core.activity import Given, Tier
from tisu_tui.core.form import Write
from tisu_tui.core.later import Request
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.released import Released, ReleasedTally, Theme
from tisu_tui.core.shown import WITHHELD
from tisu_tui.core.size import FLOOR, Size
from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.told import lists
from tisu_tui.session.session import Fate, Place, Round, Session
from tisu_tui.session.workshop import Step

# What somebody's place in an organisation is named with. Whatever else stands after an @ may be a person's name.
_OF_A_ROLE = frozenset(
    re.findall(
        r"\w+",
        "admin administrator adp all and area assistant associate board care chair champion chief clinical "
        "commissioner commissioning committee consultant coordinator council day deputy development digital "
        "director directors doctor duty estates evening everyone executive experience facilitator facilities "
        "finance for general gp group head heads health housekeeping hr human it lead leader leaders leadership "
        "leads learning lived living locality management manager managers medical national night nurse nursing of "
        "office officer operational operations partnership peer peers people pharmacist pharmacy planning practice "
        "programme project psychologist psychology quality reception regional rep representative resources "
        "secretary senior service services shift social staff strategic supervisor supervisors team the tipig "
        "tptic training trauma union us ward we worker workers workforce",
    )
)
_AT_SOMEBODY = re.compile(r"(?<![\w.])@([\w.+-]*\w)")


def outward(session: Session) -> Session:
    """Keep only the parts of a session meant for the organisation or asked of senior management.

    What is left has no numbers of people but the band, no names but those of roles, no words that were not promised
    to go there, and none of what the facilitator wrote for themselves.
    """
    teams = {step.sheet.title for step in session.workshop.steps if step.sheet and step.tier is not Tier.ORGANISATION}
    kept = tuple(_bare(step, teams) for step in session.workshop.steps if step.tier is Tier.ORGANISATION)
    steps = {step.id: step for step in kept}
    reached = sum(step.tier is Tier.ORGANISATION for step in session.workshop.steps[: session.furthest + 1])
    return Session(
        session.id,
        session.date,
        replace(session.workshop, source="", voices=(), support=(), intro=(), notes=(), steps=kept),
        rehearsal=session.rehearsal,
        place=Place(len(kept), state=session.place.state),
        rounds=tuple(_told(round_, steps[round_.step]) for round_ in session.rounds if round_.step in steps),
        records=tuple(_records(session, steps)),
        furthest=reached - 1,
        largest=session.largest,
    )


def _bare(step: Step, teams: set[str]) -> Step:
    # A page that holds something of the team's is the team's.
    sheet = None if step.sheet and step.sheet.title in teams else step.sheet
    return replace(step, notes=(), content_note=(), planned=(), sheet=sheet)


def _told(round_: Round, step: Step) -> Round:
    """Leave of a round what its people were told would go to senior management."""
    # Where something is found, that is what goes up; words written beside it were meant for the team.
    is_words = not type(step.activity).finds
    form = step.activity.form(Given(round_.options, round_.number), Size(round_.people))
    entries = tuple(
        (name, tuple(_nameless(text) for text in texts))
        for name, texts in round_.entries
        if is_words or not isinstance(form.field(name), Write)
    )
    kept = (line for line in round_.held if line.fate is Fate.KEPT)
    held = tuple(replace(line, text=_nameless(line.text), theme=_nameless(line.theme)) for line in kept)
    return Round(
        round_.step,
        round_.counts_as,
        round_.number,
        FLOOR,
        round_.options,
        entries,
        held if is_words else (),
        tuple(Theme(_nameless(theme.name)) for theme in round_.themes) if is_words else (),
        _without_numbers(round_.closed) if round_.closed else None,
    )


def _without_numbers(released: Released) -> Released:
    """Say of a room of any size what is said of a small one: middles, spreads, orders, and what most chose.

    It is made anew of what may go up, so that nothing else does that a result may hold one day.
    """
    tallies = tuple(
        ReleasedTally(tally.field, tally.title, tally.options, (WITHHELD,) * len(tally.counts), WITHHELD, tally.found)
        for tally in released.tallies
    )
    return Released(
        released.round, released.way, released.people, tallies, nothing=released.nothing, options=released.options
    )


def _records(session: Session, steps: dict[str, Step]) -> Iterator[Kept]:
    # What was answered is told with the requests, and not twice.
    allowed = {RecordKind.ASK, *(_lists(session, outward=True) - _lists(session, outward=False))}
    known = frozenset(word for voice in session.workshop.voices for word in _words(voice))
    for record in session.records:
        if record.kind in allowed:
            yield replace(record, text=_nameless(record.text), owner=_role(record, known), about="")
        elif record.kind is RecordKind.SEND_BACK and record.about.rpartition(".")[0] in steps:
            # That it was sent back, so that it is not told as if it stood; the reasons were for the group.
            yield replace(record, text="", owner="")


def nameless(request: Request, session: Session) -> Request:
    """Return a request without names but those of roles."""
    known = frozenset(word for voice in session.workshop.voices for word in _words(voice))
    history = tuple(replace(entry, words=_nameless(entry.words)) for entry in request.history)
    return replace(request, text=_nameless(request.text), owner=_role(request.record, known), history=history)


def _lists(session: Session, *, outward: bool) -> set[RecordKind]:
    """Name the lists that are filled in by the steps for the organisation, or by all others."""
    steps = (step for step in session.workshop.steps if (step.tier is Tier.ORGANISATION) is outward)
    return {kind for step in steps for kind in lists(step)}


def _role(record: Kept, known: frozenset[str]) -> str:
    if record.owner and {*_words(record.owner)} <= _OF_A_ROLE | known:
        return " ".join(_words(record.owner))
    return _("senior management") if record.kind is RecordKind.ASK else _("the team")


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", name.lower()) if word]


def _nameless(text: str) -> str:
    """Leave nobody named in a line by an @; who is named without one, only a person can see."""

    def named(found: re.Match[str]) -> str:
        words = _words(found[1])
        return " ".join(words) if {*words} <= _OF_A_ROLE else _("one of us")

    return _AT_SOMEBODY.sub(named, text)
