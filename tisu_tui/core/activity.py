"""What a kind of activity is: it says what is asked and what the answers add up to, and nothing else."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self

from tisu_tui.core.figure import Picture
from tisu_tui.core.form import Answer, Form, Option
from tisu_tui.core.later import Captured, Row, Standing
from tisu_tui.core.released import Count, Finding, Released
from tisu_tui.core.shown import Part, Shown
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.verdict import Rule, Verdict


class Tier(StrEnum):
    """Where answers are kept, and so who may ever see their results."""

    ROOM = "kept in the room"
    TEAM = "kept by the team"
    ORGANISATION = "for the organisation"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a workshop file; `line` and `column` count from 1."""

    line: int
    column: int
    code: str
    message: str
    expected: str = ""
    warning: bool = False


class WorkshopProblem(ValueError):
    """One or more things wrong with a step."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of a list in a step; `named` when it begins with its id, else that is made from its words."""

    id: str
    text: str
    line: int
    column: int
    named: bool = False
    about_leaders: bool = False


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """One point or zone of a scale: `- 2: label` has `low == high`, `- 1 to 3: label` is a zone."""

    low: int
    high: int
    text: str
    line: int
    column: int

    @property
    def id(self) -> str:
        """The id that an answer stores: the numbers as written."""
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class StepSource:
    """A step as it stands in the file, before its kind has read it; `argument` is what follows the kind."""

    kind: str
    title: str
    line: int
    column: int = 1
    argument: str = ""
    choices: tuple[ListLine, ...] = ()
    numbered: tuple[ListLine, ...] = ()
    scale: tuple[ScaleLine, ...] = ()
    settings: frozenset[str] = frozenset()
    takes_options: bool = False
    """Whether `from` will bring options, so that none need stand here."""
    figure: str = ""
    """The figure that the step is drawn as, where the file names one."""
    of: str = ""
    """Whom it is about, as the step's `of` names them without an `@`; empty when it names nobody."""
    quorum: str = ""
    """The quorum as written, like `2/3`; empty when the step names none."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a step gets from earlier ones when it opens: options, and the round it is in, from 1."""

    options: tuple[Option, ...] = ()
    round: int = 1
    leaders: int | None = None
    """How many of the people here lead others; `None` to ask whatever the step can ask."""


@dataclass(frozen=True, slots=True)
class Present:
    """How many people were there: a quorum counts people, a floor counts answers."""

    at_open: int
    at_close: int


class Activity(ABC):
    """A kind of activity; its file name is the word people write in a workshop file.

    Kinds are frozen dataclasses. They know nothing of rooms, stores, screens or privacy.
    """

    tier: ClassVar[Tier] = Tier.TEAM
    arguments: ClassVar[tuple[str, ...]] = ("",)
    """How the kind may be written after its name: `""` alone, `N` a number, `up to N`, `any`."""
    lists: ClassVar[frozenset[str]] = frozenset()
    """Which lists of the file it works on: `choices`, `numbered`, `scale`."""
    settings: ClassVar[frozenset[str]] = frozenset()
    """Settings of its own, beside those every step has: `sureness`, `random order`, `quorum`, `by voice`, `from`,
    `twice`, `figure`, `of`, `visible`."""
    finds: ClassVar[frozenset[Finding]] = frozenset()
    """What its count may find, beside numbers."""
    takes_one: ClassVar[bool] = False
    """Whether a round is about one option only, which the group settles on before it opens."""
    is_vote: ClassVar[bool] = False
    """Whether it should say who decides."""
    asks_about_people: ClassVar[bool] = False
    """Whether a content note belongs before it."""
    follows_up: ClassVar[bool] = False
    """Whether its options are what earlier sessions left open."""
    takes_requests: ClassVar[bool] = False
    """Whether its options are the requests that earlier sessions left open."""
    answers_requests: ClassVar[bool] = False
    """Whether what was asked in the same session is among its options too."""
    plans_actions: ClassVar[bool] = False
    """Whether its choices are actions that are planned before anybody is there."""
    is_break: ClassVar[bool] = False
    """Whether people rest in it, if it is long enough."""
    checks_out: ClassVar[bool] = False
    """Whether people can say in it how they leave, so that a session may end with it."""

    @classmethod
    def read(cls, step: StepSource) -> Self:
        """Read a step; raises WorkshopProblem with everything that is wrong with it."""
        return cls()

    @abstractmethod
    def form(self, given: Given, size: Size) -> Form:
        """Say what is asked in a room of this size."""

    @property
    def is_seen(self) -> bool:
        """Whether people are told that they will see what is promised in it."""
        return False

    @property
    def about_leaders(self) -> tuple[Option, ...]:
        """Lines that are only thought about where few people lead: an answer would be about one of them."""
        return ()

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        """Add answers up, each field on its own; called by the room only, when a step closes."""
        return Count()

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        """Describe released rounds, side by side, in the vocabulary of all surfaces."""
        return ()

    def picture(self, given: Given, rounds: Sequence[Released]) -> Picture | None:
        """Draw what is asked or, of rounds, what came of it; it says nothing that `describe` does not.

        `None` for a kind that has no figure of its own: surfaces then draw its choices or its words.
        """
        return None

    def without_result(self) -> str:
        """Note that a step of a kind without results took place; empty for all others."""
        return ""

    def kept_in_the_room(self) -> str:
        """Note that a step kept in the room took place, without its result."""
        return _("Offered. Nothing about it is kept.")

    @classmethod
    def usual_scale(cls) -> str:
        """Give the lines of the scale that it has if it is added during a session without one."""
        return _("- 1: Not at all\n- 2: A little\n- 3: Partly\n- 4: Mostly\n- 5: Very much")

    def proposal(self, given: Given) -> str:
        """Give what the group is going to be asked to agree to, to be read before it is asked; mostly nothing."""
        return ""

    def rule(self, given: Given, size: Size) -> Rule | None:
        """Say before a vote how it is decided; `None` for what is no vote, and where somebody is alone."""
        return None

    def verdict(self, last: Released) -> Verdict | None:
        """Say what a vote came to; `None` for what is no vote, and where nothing may be said or was written down."""
        return None

    def is_held_up(self, last: Released) -> bool:
        """Tell whether somebody saw harm in it, so that its words are changed and it is asked again."""
        return False

    def offers(self, last: Released) -> tuple[Option, ...]:
        """Give the options that a later step can take with `from`: themes, winners."""
        return ()

    def leading(self, last: Released) -> tuple[Option, ...]:
        """Give the options that a later step can take which goes through several."""
        return self.offers(last)

    def page(self, last: Released) -> Sequence[Part]:
        """Return the words of a page of its own, never with numbers of people."""
        return ()

    @property
    def own_options(self) -> tuple[Option, ...]:
        """Options from the file, editable by the facilitator before the step opens."""
        return ()

    def carries(self, last: Released) -> tuple[Option, ...]:
        """Give the options that the same kind of step begins with in the team's next session: an agreement's lines."""
        return ()

    def is_about(self, owner: str) -> bool:
        """Whether it takes a request of these people; several have commas between."""
        return True

    def standings(self, last: Released) -> tuple[Standing, ...]:
        """Give where promises of earlier sessions stand, as far as a round spoke of them."""
        return ()

    def rows(self, last: Released) -> tuple[Row, ...]:
        """Give what was said on a scale, for later sessions to be put beside; a row without a label is the step's."""
        return ()

    def captured(self, last: Released) -> tuple[Captured, ...]:
        """Return the lines written under headings, as evidence for later sessions."""
        return ()
