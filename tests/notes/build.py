"""Sessions made by hand: what the room would do, event by event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tisu_tui.activities.actions import Actions
from tisu_tui.activities.check_in import CheckIn
from tisu_tui.activities.consent import Consent
from tisu_tui.activities.dots import Dots
from tisu_tui.activities.escalate import Escalate
from tisu_tui.activities.gather import Gather
from tisu_tui.activities.pause import Pause
from tisu_tui.activities.rate import Rate
from tisu_tui.activities.talk import Talk
from tisu_tui.core.activity import Activity, ListLine, Present, ScaleLine, StepSource
from tisu_tui.core.form import Answer
from tisu_tui.core.record_lines import read_record
from tisu_tui.core.records import RecordKind
from tisu_tui.core.released import Released, Theme
from tisu_tui.core.size import Size, band
from tisu_tui.privacy.gate import release
from tisu_tui.session import changes
from tisu_tui.session.session import Fate, Session
from tisu_tui.session.workshop import Block, Right, Span, Step, Workshop


def source(
    kind: str, *, choices: Sequence[str] = (), numbered: Sequence[str] = (), scale: Sequence[str] = ()
) -> StepSource:
    """Make what a kind reads; a scale counts from 1."""
    return StepSource(
        kind,
        kind,
        1,
        choices=tuple(ListLine(f"o{n}", text, n, 1) for n, text in enumerate(choices, 1)),
        numbered=tuple(ListLine(f"R{n}", text, n, 1) for n, text in enumerate(numbered, 1)),
        scale=tuple(ScaleLine(n, n, text, n, 1) for n, text in enumerate(scale, 1)),
        takes_options=True,
    )


def step(name: str, title: str, kind: str, activity: Activity, body: str = "", **settings: object) -> Step:
    """Make a step with one paragraph of text."""
    blocks = (Block("paragraph", (Span(body),)),) if body else ()
    tier = type(activity).tier
    return Step(name, title, kind, activity, tier, body=blocks, **settings)  # type: ignore[arg-type]  # test settings


STATEMENTS = (
    "Leaders show openly and often that they back trauma-informed practice.",
    "Senior managers have had trauma training.",
    "Staff have a say in how the service is run.",
    "People with lived experience help to decide.",
    "There is a route to senior management that answers.",
    "Supervision is reflective and regular.",
    "The plan is written down, owned and looked at again.",
)
STAGES = ("Not started", "Early steps", "Partly in place", "In place", "Kept up and checked")
POWERS = ("Writing the rota", "Chairing the handover", "Spending the training budget", "Choosing who joins the team")
ZONES = ("Below the window", "In the window", "Above the window")


def workshop() -> Workshop:
    """Make the workshop that most tests play."""
    return Workshop(
        "",
        "power-sharing.md",
        "Sharing power in the night team",
        summary="Ninety minutes for the whole team, to choose one decision that we share from now on.",
        steps=(
            step("welcome", "Welcome", "talk", Talk.read(source("talk"))),
            step("arrive", "Where are you just now?", "check-in", CheckIn.read(source("check-in", scale=ZONES))),
            step(
                "recommendations",
                "How far along are we?",
                "rate",
                Rate.read(source("rate", numbered=STATEMENTS, scale=STAGES)),
                "Seven things that the pathfinders' report asks of leaders.",
            ),
            step("breathe", "A short break", "pause", Pause.read(source("pause"))),
            step("ideas", "What would you like us to decide differently?", "gather", Gather.read(source("gather"))),
            step(
                "share-first",
                "Which do we share first?",
                "dots",
                Dots.read(source("dots", choices=POWERS)),
                right=Right.WE_DECIDE,
            ),
            step(
                "try-it",
                "Can we try it until the spring?",
                "consent",
                Consent("We chair the handover in turn until the end of March"),
                right=Right.SEND_BACK,
            ),
            step("do", "Who will do what?", "actions", Actions.read(source("actions"))),
            step("ask", "What do we need from senior managers?", "escalate", Escalate.read(source("escalate"))),
            step("leave", "Where are you now?", "check-in", CheckIn.read(source("check-in", scale=ZONES))),
            step("thanks", "Thank you", "talk", Talk.read(source("talk"))),
        ),
    )


@dataclass
class Play:
    """A session in the making: each method is something that happens in the room."""

    session: Session
    people: int
    before: dict[str, list[Released]] = field(default_factory=dict)

    def at(self, name: str) -> Step:
        """Go to a step."""
        place = next(n for n, each in enumerate(self.session.workshop.steps) if each.id == name)
        self.session = changes.moved(self.session, place)
        assert self.session.step is not None
        return self.session.step

    def answered(self, name: str, answers: Sequence[Answer]) -> None:
        """Have a step answered by everyone, closed and shown."""
        at = self.at(name)
        self.session = changes.opened(self.session, self.people, self.session.options(at))
        count = at.activity.count(answers, Present(self.people, self.people), self.session.given(at))
        earlier = self.session.rounds_of(at)
        released, words = release(count, at.tier, Size(self.people), type(at.activity).finds, earlier)
        self.session = changes.showed(changes.closed(self.session, released, words))

    def aloud(self, name: str, **entries: tuple[str, ...]) -> None:
        """Have a step talked through, with what the scribe entered."""
        at = self.at(name)
        options = self.session.options(at)
        self.session = changes.opened(self.session, self.people, options)
        for each, texts in entries.items():
            self.session = changes.entered(self.session, each, texts)
        released = Released(1 + len(self.session.rounds_of(at)), Size(self.people).way, band(self.people))
        self.session = changes.showed(changes.closed(self.session, released))

    def record(self, kind: RecordKind, text: str) -> None:
        self.session = changes.recorded(self.session, read_record(kind, self.session.made + 1, text))

    def decide(self, fate: Fate, *numbers: int) -> None:
        self.session = changes.decided(self.session, numbers, fate)

    def theme(self, name: str, *numbers: int) -> None:
        self.session = changes.themed(self.session, Theme(name, numbers))

    def end(self) -> None:
        """Read the notes, and seal them."""
        self.session = changes.sealed(changes.moved(self.session, len(self.session.workshop.steps)))


def answers(field_id: str, *chosen: str) -> list[Answer]:
    """Make one answer of one choice for each person."""
    return [{field_id: (each,)} for each in chosen]


def full_room() -> Session:
    """Play the whole workshop with twelve people."""
    play = Play(Session("7k3m", "2026-11-18", workshop()), 12)
    play.answered("arrive", answers("state", *["1", "2", "3"] * 4))
    spread = ("223334", "112233", "334455", "111555", "222333", "345454", "333333")
    play.answered(
        "recommendations",
        [{f"R{n}": (row[person % 6],) for n, row in enumerate(spread, 1)} for person in range(12)],
    )
    ideas = [
        "Who chairs",
        "Let us swap shifts without asking twice",
        "1. The *rota* | see www.example.org",
        "More light",
    ]
    play.answered(
        "ideas", [{"ideas": (ideas[n % 4],), "idea": (ideas[n % 4],), "words": (ideas[n % 4],)} for n in range(12)]
    )
    held = play.session.round.held if play.session.round else ()
    if held:
        play.decide(Fate.KEPT, 1)
        play.decide(Fate.STRUCK, 2)
        play.theme("Who decides about shifts", 1, 3)
    votes = [("o2", "o2", "o1"), ("o2", "o1", "o3"), ("o2", "o3", "o4"), ("o1", "o2", "o2")] * 3
    play.answered("share-first", [{"choice": vote} for vote in votes])
    stands = ["agree"] * 9 + ["worry", "worry", "aside"]
    reasons = ["", *[""] * 8, "Night staff start before it", "The first weeks will be slow", ""]
    play.answered(
        "try-it",
        [
            {"position": (stand,), "reason": (reason,) if reason else None}
            for stand, reason in zip(stands, reasons, strict=True)
        ],
    )
    play.decide(Fate.KEPT, 1, 2)
    play.record(RecordKind.DECISION, "We look at it again together 2027-03-02")
    play.aloud("do")
    play.record(RecordKind.ACTION, "Put the trial on the ward meeting agenda @lea 2026-12-01")
    play.record(RecordKind.ACTION, "Write the chairing order | first six weeks @tom-b 2026-11-27")
    play.aloud("ask")
    play.record(RecordKind.ASK, "Paid time for reflective supervision every six weeks @head-of-service 2026-12-15")
    play.record(RecordKind.PARK, "The training budget")
    play.answered("leave", answers("state", *["2"] * 12))
    play.end()
    return play.session


def small_room() -> Session:
    """Play a part of it with six people, and leave it there as a draft."""
    play = Play(Session("9f2c", "2026-11-19", workshop()), 6)
    play.answered("arrive", answers("state", *["1", "2", "3"] * 2))
    play.answered(
        "recommendations", [{f"R{n}": (str(1 + (person + n) % 3),) for n in range(1, 5)} for person in range(6)]
    )
    play.answered("share-first", [{"choice": ("o2", "o1")} for _person in range(6)])
    play.answered("try-it", answers("position", *["agree"] * 5, "object"))
    return play.session


def aloud_room() -> Session:
    """Play a part of it with three people, sealed early, in rehearsal."""
    play = Play(Session("a1b2", "2026-11-20", workshop(), rehearsal=True, hands=1), 3)
    play.aloud("recommendations", R1=("3",), R2=("dont-know",))
    play.aloud("try-it", outcome=("carried-worries",), worries=("Who covers on holidays?",))
    return changes.sealed(play.session)
