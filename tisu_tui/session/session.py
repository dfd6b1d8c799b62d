"""A session as plain data: everything but the answers to an open step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from tisu_tui.core.activity import Given
from tisu_tui.core.contacts import together
from tisu_tui.core.form import By, Form, Option, Value
from tisu_tui.core.later import Request, Status
from tisu_tui.core.promise_lines import owners
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.released import Released, Theme
from tisu_tui.core.size import Size, Way
from tisu_tui.core.translation import gettext as _
from tisu_tui.privacy.record import Look, Record, looks
from tisu_tui.session.last_time import Earlier
from tisu_tui.session.workshop import Step, Workshop

Moved = Mapping[tuple[str, int], tuple[int, int]]
"""By step and round, how many screens left since, and how many came."""


class State(StrEnum):
    """Where a step stands."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    SHOWN = "shown"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session stands: step -1 is the lobby, the one after the last is the reading of the notes.

    Every command carries the place its sender saw.
    """

    step: int = -1
    round: int = 1
    state: State = State.WAITING


@dataclass(frozen=True, slots=True)
class Unsent:
    """What somebody had written or marked and not sent: a text, or ids of options."""

    at: Place
    field: str
    text: str = ""
    marked: Value = ()


class Fate(StrEnum):
    """What becomes of a line of somebody's words."""

    HELD = "held"
    KEPT = "kept"
    STRUCK = "struck"


@dataclass(frozen=True, slots=True)
class Held:
    """A line of words after its step closed: no token, no name; only the facilitator sees it while it is held."""

    text: str
    fate: Fate = Fate.HELD
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One run of a step. `counts_as` is the step that rounds are kept beside; `people` fixes the size."""

    step: str
    counts_as: str
    number: int
    people: int
    options: tuple[Option, ...] = ()
    entries: tuple[tuple[str, tuple[str, ...]], ...] = ()
    held: tuple[Held, ...] = ()
    themes: tuple[Theme, ...] = ()
    closed: Released | None = None
    screens: int = 0
    """How many screens there were when it opened."""
    crowded: bool = False
    """Whether it waits, as more people answered than were here: until it is accepted, or left and told nowhere."""

    @property
    def released(self) -> Released | None:
        """The public part of this round, with the words as the group changed them; none while it waits."""
        if self.closed is None or self.crowded:
            return None
        lines = [line for line in self.held if line.fate is Fate.KEPT]
        kept, under = tuple(line.text for line in lines), tuple(line.theme for line in lines)
        return replace(
            self.closed, entries=self.entries, options=self.options, themes=self.themes, kept=kept, kept_themes=under
        )


def delete_by(date: str, workshop: Workshop) -> str:
    """Return the deletion date of a session, or nothing if its workshop sets none."""
    if not workshop.delete_after:
        return ""
    return (dt.date.fromisoformat(date) + dt.timedelta(days=workshop.delete_after)).isoformat()


def asked_option(session: str, record: Kept) -> Option:
    """Make an option of what was asked of senior management in this session."""
    label = f"{record.text} — {owners(record.owner)}" if record.owner else record.text
    return Option(f"{session}.{record.id}", label, name=record.text, group="asked")


@dataclass(frozen=True, slots=True)
class Session:
    """Everything a session is, but for the answers to an open step, which lie in its Box."""

    id: str
    date: str
    workshop: Workshop
    code: str = ""
    """The join code, which survives the host and ends with the session."""
    rehearsal: bool = False
    place: Place = Place()
    rounds: tuple[Round, ...] = ()
    records: tuple[Kept, ...] = ()
    made: int = 0
    """How many records were ever made, so that a number is never used twice."""
    prepared: tuple[tuple[str, tuple[Option, ...]], ...] = ()
    """Options that the facilitator typed or changed, by step, before it opens."""
    carried: tuple[tuple[str, str], ...] = ()
    """The steps that began with what an earlier session of the team left them, and that session's date."""
    earlier: tuple[Earlier, ...] = ()
    """What earlier sessions of the team said about its steps, as it was when this one began."""
    requests: tuple[Request, ...] = ()
    """The requests of earlier sessions that were open when this one began."""
    told: tuple[Look, ...] = ()
    """What all earlier sessions of the team told, as far as that bears on what this one may tell."""
    support: tuple[str, ...] = ()
    """The team's list of who there is to talk to, as it was when the session began."""
    register: frozenset[str] = frozenset()
    """Hashes of the return words given out, so that invented words make no ballot; empty once sealed."""
    slips: frozenset[str] = frozenset()
    """Hashes of the slips nobody has come in with yet; they are in the register too."""
    slips_given: int = 0
    """How many slips were given out; while there are any, nobody comes in without one."""
    people: int | None = None
    hands: int = 0
    locked: bool = False
    careful: bool = False
    """Whether the facilitator had small rooms told words before it started."""
    leaders: int | None = None
    """How many people in the room lead others; `None` as long as nobody said."""
    twice: tuple[str, ...] = ()
    """The steps of which the facilitator said, before they opened, that there will be two looks."""
    paused: bool = False
    """Whether everybody pauses: nothing moves until they go on."""
    closes_soon: bool = False
    """Whether people were told that the open question closes soon."""
    resumed: bool = False
    jottings: tuple[str, ...] = ()
    """The facilitator's notes to themselves; gone when sealed."""
    struck: int = 0
    softened: int = 0
    """How many lines were put in other words while the notes were read."""
    asked: frozenset[str] = frozenset()
    """Lines of the notes that somebody asks to have softened or left out: not who, not how many, not when."""
    doubted: bool = False
    """Whether somebody says that there are more screens than people: not who; until heads were counted."""
    left_open: bool = False
    """Whether the notes were left unsealed, to be thought over."""
    stood: Place | None = None
    """Where it stood when it went to the reading of the notes, to which it can go back until they are sealed."""
    furthest: int = -1
    """The last step of the agenda that was reached, by its index."""
    shown: frozenset[str] = frozenset()
    """Ids of the steps whose result the room was shown."""
    largest: int = 0
    """The largest room that any step ran in, for the band of people in the notes."""
    delete_by: str = ""
    """The date by which the team means to delete it, like 2027-02-16; empty where the workshop sets none."""

    @property
    def step(self) -> Step | None:
        """The step it stands at, unless in the lobby or past the last."""
        return self.workshop.steps[self.place.step] if 0 <= self.place.step < len(self.workshop.steps) else None

    @property
    def contacts(self) -> tuple[str, ...]:
        """Who there is to talk to: the workshop's own contacts, and the team's beside them."""
        return together(self.workshop.support, self.support)

    @property
    def round(self) -> Round | None:
        """The round it stands at, once opened."""
        step = self.step
        if step is None:
            return None
        return next((r for r in self.rounds if r.counts_as == step.counts_as and r.number == self.place.round), None)

    @property
    def is_reading(self) -> bool:
        """Whether the group is reading the notes before they are sealed."""
        return self.place.step == len(self.workshop.steps) and self.place.state is not State.ENDED

    @property
    def is_ended(self) -> bool:
        """Whether it is over."""
        return self.place.state is State.ENDED

    @property
    def is_careful(self) -> bool:
        """Whether rooms that might be told numbers are told words as long as they are small."""
        return self.careful or self.workshop.careful

    @property
    def asks_how_many_lead(self) -> bool:
        """Whether nobody has said how many lead others, and a step that is still to come hangs on it."""
        ahead = self.workshop.steps[max(self.place.step, 0) :]
        return self.leaders is None and any(step.activity.about_leaders for step in ahead)

    def rounds_of(self, step: Step) -> tuple[Released, ...]:
        """Give what was released of a step, round by round."""
        rounds = (each.released for each in self.rounds if each.counts_as == step.counts_as)
        return tuple(released for released in rounds if released is not None)

    def record(self, step: Step, moved: Moved | None = None) -> Record:
        """Return the record of earlier looks at a step's questions, in this and earlier sessions.

        `moved` has, by step and round, how many screens left and came since; it is known only while the room goes on.
        """
        here = self.looks(moved or {}, but=self.round)
        return Record(
            step.question,
            (*self.told, *here),
            twice=self.looks_twice(step),
            careful=self.is_careful,
            trend=self.workshop.trend_numbers,
        )

    def looks_twice(self, step: Step) -> bool:
        """Tell whether it is said before the first look at a step that there will be two."""
        planned = (each.twice for each in self.workshop.steps if each.counts_as == step.counts_as)
        return step.counts_as in self.twice or any(planned)

    def looks(self, moved: Moved, *, but: Round | None = None) -> Iterator[Look]:
        """List what each closed round told of each of its questions, without the round that is asked now."""
        steps = {step.id: step for step in self.workshop.steps}
        met = {record.about for record in self.records if record.kind is RecordKind.DECISION}
        for round_ in self.rounds:
            if round_.released is not None and round_ != but:
                name = (round_.counts_as, round_.number)
                is_met = f"{round_.counts_as}.{round_.number}" in met
                yield from looks(
                    steps[round_.step].question, round_.released, round_.people, moved=moved.get(name), met=is_met
                )

    def options(self, step: Step) -> tuple[Option, ...]:
        """Give the options that a step takes: typed by the facilitator, else from the step it names."""
        prepared = dict(self.prepared)
        for name in (step.id, step.again_id):
            if name in prepared:
                known = {option.id for option in prepared[name]}
                given = (*prepared[name], *(option for option in self._asked_here(step) if option.id not in known))
                return self._still_open(step, given) if step.activity.takes_requests else given
        return self.taken(step) or self._asked_here(step)

    def _still_open(self, step: Step, given: tuple[Option, ...]) -> tuple[Option, ...]:
        """Leave out requests that steps before this one have finished, or asked for again where that is all it does."""
        stood: dict[str, Status] = {}
        for round_ in self.rounds:
            asked = next(earlier for earlier in self.workshop.steps if earlier.id == round_.step)
            if round_.released is not None and asked.counts_as != step.counts_as:
                stood |= {said.promise: said.status for said in asked.activity.standings(round_.released)}
        gone = {name for name, status in stood.items() if not status.is_open}
        if not step.activity.answers_requests:
            gone |= {name for name, status in stood.items() if status is Status.ASKED}
        return tuple(option for option in given if option.id not in gone)

    def _asked_here(self, step: Step) -> tuple[Option, ...]:
        """Return what was asked of senior management in this session, for a step that takes the answers."""
        if not step.activity.answers_requests:
            return ()
        return tuple(
            asked_option(self.id, record)
            for record in self.records
            if record.kind is RecordKind.ASK and step.activity.is_about(record.owner)
        )

    def taken(self, step: Step) -> tuple[Option, ...]:
        """Give the options that come to a step from the one it names, whatever was typed in their place."""
        source, first = self._step(step.from_id), self._step(step.again_id)
        if source is None:
            return self.options(first) if first else ()
        rounds = self.rounds_of(source)
        activity = source.activity
        offers = activity.offers if step.activity.takes_one else activity.leading
        offered = offers(rounds[-1]) if rounds else ()
        # A vote that came to nothing leaves everything it was about to choose from.
        return offered or (self.choices(source) if source.activity.is_vote else ())

    def choices(self, step: Step) -> tuple[Option, ...]:
        """Give the options that the facilitator can change before a step opens, those of the file among them."""
        return self.options(step) or step.activity.own_options

    def takes_choices(self, step: Step) -> bool:
        """Tell whether a step has choices that the facilitator can set; a scale's points are none."""
        activity = step.activity
        return "from" in activity.settings or activity.follows_up or activity.takes_requests or bool(self.choices(step))

    def _step(self, name: str) -> Step | None:
        return next((step for step in self.workshop.steps if step.id == name), None)

    def size(self, seats: int) -> Size:
        """Give the size of the room with so many seats: hands are added, the head count can only lower it."""
        people = seats + self.hands
        if self.people is not None:
            people = min(people, self.people)
        return Size(people)

    def given(self, step: Step) -> Given:
        """Give what a step gets from earlier ones."""
        at = self.round
        options = at.options if at and self.step is step else self.options(step)
        number = self.place.round if self.step is step else 1 + len(self.rounds_of(step))
        return Given(options, number, self.leaders or 0)

    def form(self, seats: int) -> Form:
        """Give what the present step asks, in a room of so many seats or of the size it was opened with."""
        step = self.step
        if step is None:
            return Form(by=By.NOBODY)
        size = Size(self.round.people) if self.round else self.size(seats)
        form = step.activity.form(self.given(step), size)
        if form.is_empty:
            talk = _("There is nothing to choose from yet. We talk about it, and the scribe can write it down.")
            return Form(by=By.NOBODY, talk=talk)
        if form.by is By.SCRIBE and step.activity.is_vote:
            # Whoever speaks first leads the others, and most so from above.
            last = _("Anyone may start. If you manage people, please speak later.")
            return replace(form, talk=f"{form.talk} {last}")
        return step.with_role(form, size, self.workshop.voices, careful=self.is_careful)

    def is_too_small_for_voices(self, step: Step, size: Size) -> bool:
        """Tell whether a step would ask for roles if more people were here."""
        voices = self.workshop.voices
        wants = step.compares_roles and len(voices) > 1 and size.way is not Way.ALONE
        return wants and not step.asks_role(size, voices, careful=self.is_careful)
