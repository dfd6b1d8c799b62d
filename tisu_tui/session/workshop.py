"""A workshop as people wrote it, free of any file format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tisu_tui.core.activity import Activity, Given, Tier
from tisu_tui.core.figure import Pixels
from tisu_tui.core.form import By, Form, Option, Order, Pick, Write
from tisu_tui.core.released import NOT_RATED
from tisu_tui.core.size import Size
from tisu_tui.core.translation import ENGLISH, ngettext
from tisu_tui.core.translation import gettext as _
from tisu_tui.privacy import roles
from tisu_tui.privacy.notice import promise
from tisu_tui.privacy.record import NEW, Question, Record
from tisu_tui.privacy.table import asks_voice, compares

_TO_COME = tuple(Option(f"to-come-{n}", "") for n in range(1, 9))
"""What a step takes from another that is still to come: options without words."""

AFTERCARE = "aftercare"
"""The id of the step at the end that says what to do next, and where people can talk."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words; `style` is empty, `strong`, `emphasis` or `code`."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block: `kind` is paragraph, heading, bullet, number, quote, table or image; `mark` stands before it."""

    kind: str
    spans: tuple[Span, ...] = ()
    mark: str = ""
    rows: tuple[tuple[tuple[Span, ...], ...], ...] = ()
    """The cells of a table, row by row, its head first; `spans` is empty there."""
    pixels: Pixels | None = None
    """What an image shows, where its file was found; its words are in `spans`, and its name is the `mark`."""

    @property
    def text(self) -> str:
        """The words without their styles."""
        return " ".join(self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """The words without their styles, a line for each row of a table."""
        return tuple(" | ".join(map(joined, row)) for row in self.rows) if self.rows else (joined(self.spans),)

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The words of a table without their styles."""
        return tuple(tuple(map(joined, row)) for row in self.rows)


def joined(spans: tuple[Span, ...]) -> str:
    """Give the words of runs without their styles."""
    return "".join(span.text for span in spans)


class Right(StrEnum):
    """Who decides."""

    WE_DECIDE = "we decide"
    SEND_BACK = "leaders may send back once"
    WE_ADVISE = "we advise"
    INFORMATION = "for information"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of its own that a step's result goes on, beside the notes; steps that name the same page share it."""

    title: str
    boxes: bool = False
    """Whether each line has a box, to be ticked with a pen."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its kind with what the kind read, and the settings every step has."""

    id: str
    title: str
    kind: str
    activity: Activity
    tier: Tier = Tier.TEAM
    minutes: int = 0
    from_id: str = ""
    again_id: str = ""
    by_voice: bool = False
    random_order: bool = False
    twice: bool = False
    """Whether people are told before they answer that the same will be asked again."""
    right: Right | None = None
    advises: str = ""
    """Whom the group advises, where `right` is `we advise`."""
    content_note: tuple[Block, ...] = ()
    body: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    sheet: Sheet | None = None
    planned: tuple[str, ...] = ()
    """Actions that stand in the file already, as they are written there."""

    @property
    def compares_roles(self) -> bool:
        """Whether roles are shown side by side where there are enough people of each."""
        return self.by_voice and compares(self.tier, self.activity.finds)

    @property
    def counts_as(self) -> str:
        """The id under which rounds are kept side by side: that of the step it runs again."""
        return self.again_id or self.id

    @property
    def question(self) -> Question:
        """What its questions have in common, for the record of what was told."""
        return Question(self.counts_as, self.kind, self.title, self.tier, self.activity.finds)

    def form_for(self, people: int, voices: Sequence[str] = (), *, careful: bool = False) -> Form:
        """Give what it will ask in a room of so many people, before anybody is there."""
        given, size = Given(_TO_COME) if self.from_id else Given(), Size(people)
        return self.with_role(self.activity.form(given, size), size, voices, careful=careful)

    def with_role(self, form: Form, size: Size, voices: Sequence[str], *, careful: bool) -> Form:
        """Ask for the role first, if it shows roles and enough people of each can be here."""
        asks = form.by is By.EVERYONE and self.by_voice and self.asks_role(size, voices, careful=careful)
        return replace(form, fields=(roles.question(voices), *form.fields)) if asks else form

    def asks_role(self, size: Size, voices: Sequence[str], *, careful: bool) -> bool:
        """Tell whether enough people of each role can be here; a `careful` group is never asked."""
        return asks_voice(self.tier, size, self.activity.finds, len(voices), careful=careful)

    def promised(self, size: Size, form: Form, record: Record = NEW, *, far: bool = False) -> str:
        """Return the privacy notice of a form after earlier looks; empty if it asks nothing.

        `far` is whether people may come in by doors on other computers.
        """
        if not form.fields:
            return ""
        if form.by is By.NOBODY:
            # What nobody answers is for each person alone, in a room of any size.
            size = Size(1)
        chosen = [each for each in form.fields if isinstance(each, Pick | Order) and each.id != roles.FIELD]
        asked = [question for question in chosen if question.options]
        seen = [record.of(each.id, each.title, each.options) for each in asked]
        labels = asked[0].options if asked else ()
        return promise(
            self.tier,
            size,
            self.activity.finds,
            record,
            max(seen, key=len, default=()),
            words=any(isinstance(each, Write) for each in form.fields),
            asks=form.by is By.EVERYONE,
            by_voice=form.field(roles.FIELD) is not None,
            options=len(labels),
            points=sum(option.id not in NOT_RATED for option in labels),
            far=far,
        )


@dataclass(frozen=True, slots=True)
class GroupSize:
    """How many people a workshop is written for."""

    least: int
    most: int

    def __contains__(self, people: object) -> bool:
        return isinstance(people, int) and self.least <= people <= self.most

    def nearest(self, people: int) -> int:
        """Give the number that is nearest to `people` and fits."""
        return min(max(people, self.least), self.most)

    @property
    def numbers(self) -> str:
        """The numbers as they stand in a list: `5–16`."""
        return str(self.most) if self.least == self.most else f"{self.least}\N{EN DASH}{self.most}"

    @property
    def words(self) -> str:
        """The numbers in words: `5 to 16 people`."""
        if self.least == self.most:
            return ngettext("{n} person", "{n} people", self.most).format(n=self.most)
        between = _("{least} or {most} people") if self.most == self.least + 1 else _("{least} to {most} people")
        return between.format(least=self.least, most=self.most)


@dataclass(frozen=True, slots=True)
class Workshop:
    """A whole workshop; `source` is the file's text, from which all the rest can be read again."""

    source: str
    name: str
    title: str
    language: str = ENGLISH
    """The tag of the language that it is in: what tisu says on the wall and in the notes is in that one too."""
    summary: str = ""
    voices: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    people: GroupSize | None = None
    tags: tuple[str, ...] = ()
    """Words of the field, by which it is found; people in the room don't read them."""
    delete_after: int = 0
    careful: bool = False
    """Whether rooms that might be told numbers are told words as long as they are small."""
    trend_numbers: bool = False
    """Whether the team wants numbers beside those of its earlier sessions, and is told so before it answers."""
    intro: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    translations: tuple[Workshop, ...] = ()
    """The same workshop in other languages."""

    @property
    def minutes(self) -> int:
        """How long it is planned to take."""
        return sum(step.minutes for step in self.steps)


ReadWorkshop = Callable[[str, str], Workshop]
"""Reads a workshop again from its source and the name of its file."""
