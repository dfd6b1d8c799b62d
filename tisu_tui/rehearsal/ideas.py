"""What made-up people write and say: a file in `said/` for each workshop, else plain English that fits anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources

Lines = Mapping[str, Sequence[str]]
"""Lines by the theme or heading they belong to; under no name where the step has none."""

_NUMBERED = re.compile(r" \(\d+ of \d+\)$")


@dataclass(frozen=True, slots=True)
class Said:
    """Lines by the title of a step in small letters; what comes first is what most people like."""

    steps: Mapping[str, Lines] = field(default_factory=dict)

    def in_step(self, title: str) -> Lines:
        """Give what is said in a step; nothing where the file has none."""
        return self.steps.get(_NUMBERED.sub("", title).casefold(), {})

    def theme(self, text: str) -> str:
        """Find the theme that a text belongs to; empty where it is nobody's here."""
        return next((name for lines in self.steps.values() for name, texts in lines.items() if text in texts), "")

    def favours(self, label: str) -> bool:
        """Tell whether most people like this best: a step's first theme, a line of it, or what a vote names."""
        firsts = (next(iter(lines.items())) for lines in self.steps.values() if lines)
        return any(label == name or label in texts for name, texts in firsts)


def said_in(workshop: str, titles: Mapping[str, str]) -> Said:
    """Read what is said in a workshop of the library; `titles` are those of its steps, by id."""
    file = resources.files("tisu_tui.rehearsal") / "said" / f"{workshop}.md"
    if not file.is_file():
        return Said()
    found = read_said(file.read_text("utf-8"))
    return Said({titles[name].casefold(): lines for name, lines in found.items() if name in titles})


def read_said(text: str) -> dict[str, dict[str, list[str]]]:
    """Read such a file: `## id` of a step, `### theme or heading`, and lines behind a dash."""
    steps: dict[str, dict[str, list[str]]] = {}
    step, heading = "", ""
    for line in text.splitlines():
        if line.startswith("## "):
            step, heading = line[3:].strip(), ""
            steps[step] = {}
        elif line.startswith("### "):
            heading = line[4:].strip()
        elif line.startswith("- "):
            steps[step].setdefault(heading, []).append(line[2:].strip())
    return steps


@dataclass(frozen=True, slots=True)
class Stock:
    """Words for questions that have all the cues in them, by theme; texts under no name are never grouped.

    `writers` is the share of people who write at all.
    """

    cues: tuple[str, ...]
    themes: Mapping[str, Sequence[str]]
    writers: float = 1.0

    @property
    def texts(self) -> list[str]:
        """All texts, theme by theme."""
        return [text for texts in self.themes.values() for text in texts]


_ASIDE = (
    Stock(
        ("few words",),
        {
            "": (
                "Let us start small, and look at it early.",
                "I would like the evening team to be asked too.",
                "It needs somebody to keep an eye on it.",
                "Please keep a way back, in case it does not work.",
            )
        },
        writers=0.25,
    ),
    Stock(("worries to keep",), {"": ("It needs somebody to keep an eye on it.",)}),
    Stock(
        ("like to say",),
        {
            "": (
                "It was good to hear that others see it too.",
                "Thank you for the slow pace.",
                "I hope we really come back to this.",
                "I would have liked more time to talk.",
            )
        },
        writers=0.35,
    ),
    Stock(
        ("line missing",),
        {"": ("Stepping out and coming back is fine.", "We say it when we don't know.")},
        writers=0.15,
    ),
)

_GENERAL = Stock(
    (),
    {
        "Time to think": (
            "An hour each month that nothing else can take.",
            "Time to read what others have tried.",
            "Shorter meetings with fewer points.",
        ),
        "Being told early": (
            "Hear about changes before they start.",
            "One place where decisions can be looked up.",
            "Say what is not known yet.",
        ),
        "Learning from each other": (
            "Visit another team for a day.",
            "Swap roles for a morning.",
            "Share what went well, and not only what went wrong.",
        ),
        "Being asked": (
            "Ask the people who use the service first.",
            "Ask new colleagues what they notice.",
            "Come back and say what was done with the answers.",
        ),
    },
)

LEANINGS = {
    # Where on a scale people are that a question with these words asks for, from 0, for the same reason.
    "it gets an answer": 0.6,
    "a clear way to tell senior managers": 1.6,
    "openly and often": 3.0,
    "a private space, such as coaching": 1.2,
}

FIRST_POINT = "Not at all"
"""The first point of the one scale that begins at 1 and has no "don't know"."""

LIKELY = {
    # How often one of these is chosen, next to the others in its list; what no line here begins is left to the seed.
    "Agree:": 8.0,
    "Agree, with a worry": 2.0,
    "Stand aside": 0.7,
    "Object:": 0.0,
    "Fine as it is": 20.0,
    "Needs a change": 0.3,
    "Not sure": 1.0,
    "Don't know": 0.4,
    "Does not apply": 0.1,
    "Mixed": 0.3,
    "Withdrawn: we": 0.0,
    "No answer": 1.0,
    "We leave it": 1.0,
    "We ask again": 2.0,
    "They need to know": 1.0,
    "Carried, with": 0.0,
    "Carried": 8.0,
    "A worry is raised": 0.0,
}


def stock(text: str, said: Lines) -> Stock:
    """Find words for a question by what it says, in small letters, else what the workshop's own file has for it."""
    aside = next((each for each in _ASIDE if all(cue in text for cue in each.cues)), None)
    if aside:
        return aside
    return Stock((), said) if said else _GENERAL


def theme(text: str) -> str:
    """Find the theme that a text belongs to where the workshop has no file; empty where it is never grouped."""
    return next((name for name, texts in _GENERAL.themes.items() if text in texts), "")
