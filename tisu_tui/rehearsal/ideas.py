"""What made-up people write and say: plain English about services like these, and about no one in particular."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tisu_tui.rehearsal.said import Lines


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
