"""The moments of sessions that the gallery shows, in its order, each with the words under its picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from tisu_tui.screens.palette import ColourTheme

MAIN = ("window-of-tolerance", "recommendations", "sharing-power")
Leans: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Answers that are wanted of people in turn, by step or field; `#1` is the first choice, and
`gone` has steps in which every second one leaves."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of the gallery: a moment of a workshop with so many people, and what it shows."""

    name: str
    words: str
    workshop: str
    people: int
    moment: str
    size: tuple[int, int] = (100, 30)
    theme: ColourTheme = ColourTheme.DARK
    leans: Leans = ()


WINDOW, SEVEN, POWER = MAIN
STEADY: Leans = (("arrive", ("-1 to 1", "2 to 3", "-1 to 1")), ("leave", ("-1 to 1",)), ("try-it", ("agree",)))
ASIDE: Leans = (("try-it", ("agree", "aside")),)
WORRY: Leans = (("try-it", ("agree", "agree", "object")),)
FEW: Leans = (("gone", ("try-it",)), ("second", ("#1", "#1", "#2")))
TIE: Leans = (("second", ("#1", "#2")),)
LINES: Leans = (("if-you-manage-people-please-speak-later", ("fine", "change")), ("together", ("fine",)))
SHOTS: tuple[tuple[str, tuple[Shot, ...]], ...] = (
    (
        "Before",
        (
            Shot("lobby", "The lobby: one line to type, the code, a QR code, who sees what", WINDOW, 9, "lobby"),
            Shot("waiting", "Before a question opens: what will be asked", WINDOW, 9, "arrive-waiting"),
        ),
    ),
    (
        "While people answer",
        (
            Shot("open-window", "A check-in: the window, in the workshop's own words", WINDOW, 9, "arrive-open"),
            Shot("open-scale", "A scale", SEVEN, 9, "how-was-it-open"),
            Shot("open-statements", "Eleven statements on one scale", SEVEN, 9, "recommendations-open"),
            Shot("open-choices", "A choice", WINDOW, 9, "keep-open"),
            Shot("open-consent", "Consent: the proposal is what is large", POWER, 9, "try-it-open"),
            Shot("closed", "Closed", WINDOW, 9, "arrive-closed"),
        ),
    ),
    (
        "Results: six, nine and fourteen people",
        (
            Shot("withheld", "Six people: nothing is told, and the window stays", WINDOW, 6, "arrive-shown"),
            Shot("window-9", "Nine: the band that came first is filled", WINDOW, 9, "arrive-shown", leans=STEADY),
            Shot("window-again", "The same, asked again at the end", WINDOW, 14, "leave-shown", leans=STEADY),
            Shot("scale-6", "Six people on a scale: the middle answer", WINDOW, 6, "service-lately-shown"),
            Shot("scale-14", "Fourteen: numbers", WINDOW, 14, "service-lately-shown"),
            Shot("statements-6", "Eleven statements, six people", SEVEN, 6, "recommendations-shown"),
            Shot("statements-9", "Nine people", SEVEN, 9, "recommendations-shown"),
            Shot("statements-14", "Fourteen, on a larger wall", SEVEN, 14, "recommendations-shown", (120, 40)),
            Shot("chosen-9", "A vote of nine: what was chosen most", SEVEN, 9, "first-shown"),
            Shot("chosen-14", "A vote of fourteen: numbers as bars", SEVEN, 14, "first-shown"),
            Shot("tie", "A tie in a small room is not named", POWER, 6, "second-shown", leans=TIE),
            Shot(
                "lines",
                "Lines to agree: kept, or to be talked over",
                POWER,
                9,
                "together-shown",
                leans=LINES,
            ),
            Shot("words", "People's words", WINDOW, 9, "what-helps-shown"),
        ),
    ),
    (
        "Consent",
        (
            Shot("carried", "Carried", POWER, 9, "try-it-shown", leans=STEADY),
            Shot("thin", "Carried, but thin", POWER, 9, "try-it-shown", leans=ASIDE),
            Shot("worry", "A worry is raised", POWER, 9, "try-it-shown", leans=WORRY),
            Shot("absent", "Too many have left to decide", POWER, 14, "try-it-shown", leans=FEW),
        ),
    ),
    (
        "Talking, resting, ending",
        (
            Shot("talk", "Talk", SEVEN, 9, "differently-open"),
            Shot("break", "A break: when we are back", SEVEN, 9, "break-open"),
            Shot("board", "What was written down: what, who, by when", POWER, 9, "actions-shown"),
            Shot("writing", "The scribe writes down what people say aloud", WINDOW, 9, "actions-open"),
            Shot("reading", "The notes are read together", POWER, 9, "shown", leans=STEADY),
            Shot("ending", "The end: what was agreed, who does what", POWER, 9, "ended", leans=STEADY),
        ),
    ),
    (
        "Other walls and themes",
        (
            Shot("light", "Light", WINDOW, 9, "arrive-shown", theme=ColourTheme.LIGHT, leans=STEADY),
            Shot("contrast", "High contrast", WINDOW, 9, "arrive-shown", theme=ColourTheme.CONTRAST, leans=STEADY),
            Shot("mono", "Without colour", WINDOW, 9, "arrive-shown", theme=ColourTheme.NONE, leans=STEADY),
            Shot("small", "80 × 24", WINDOW, 14, "service-lately-shown", (80, 24)),
            Shot("large", "200 × 60", SEVEN, 14, "recommendations-shown", (200, 60)),
        ),
    ),
)
BESIDE = (
    ("console", "The facilitator's private screen"),
    ("question", "A question on a participant's terminal"),
    ("phone", "A question on a phone"),
    ("home", "The home screen"),
)
