"""What made-up people write and say: plain English about services like these, and about no one in particular."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


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


_STOCKS = (
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
    Stock(
        ("steady",),
        {
            "A break that really happens": (
                "A break away from the desk, even on a busy day.",
                "Someone else takes the phone, so that a break is a break.",
                "Ten minutes outside after a hard visit.",
                "Lunch together on Thursdays, with no work talk.",
            ),
            "A word before and after hard visits": (
                "Two minutes with a colleague before a hard visit.",
                "Somebody asks how it went when we come back.",
                "Going in pairs when we don't know what to expect.",
                "Being able to ring someone from the car.",
            ),
            "A handover without rush": (
                "A handover where nobody is already leaving.",
                "Writing down the one thing that matters most for the next shift.",
                "Knowing who is on duty tomorrow.",
            ),
            "Saying early that it is too much": (
                "Being able to say that my list is full.",
                "A duty lead who moves work around without a fuss.",
                "Leaving on time without having to explain it.",
            ),
            "Laughing together": (
                "A good laugh in the kitchen.",
                "The silly photo wall.",
            ),
        },
    ),
    Stock(
        ("leaders", "well"),
        {
            "They listen first": (
                "They ask before they decide about the rota.",
                "They listen without looking at a screen.",
                "They come back with an answer, even when it is no.",
                "They ask what we need, and not only what went wrong.",
            ),
            "They come and see the work": (
                "They sit in on a clinic now and then.",
                "They know what a home visit is like.",
                "They eat with us and hear how it is going.",
            ),
            "They stand up for the team": (
                "They say no to new work when we are full.",
                "They made sure that supervision went ahead in winter.",
                "They backed us when a complaint came in.",
            ),
            "They own their mistakes": (
                "They say sorry when a change came too fast.",
                "They tell us what they don't know yet.",
                "They changed a policy after we said that it hurt people.",
            ),
            "They make room for lived experience": (
                "Peer workers were asked to every planning day.",
                "They pay people who share what they have lived through.",
            ),
        },
    ),
    Stock(
        ("decide differently",),
        {
            "How the waiting room looks and feels": (
                "Let people who wait there say how the waiting room should be.",
                "Take down the warning posters at the front desk.",
                "A quiet corner to wait in, away from the door.",
                "Ask visitors whether they want the radio on.",
            ),
            "When appointments are": (
                "Offer some late appointments for people who work.",
                "Let people choose between a visit and a call.",
                "Ask before a time is moved, and not after.",
                "One missed appointment should not close a case.",
            ),
            "How our letters and texts sound": (
                "Letters should be written with people who get them.",
                "No more texts that only say what happens if you miss it.",
                "Say in the first line who is writing, and why.",
            ),
            "What team meetings are about": (
                "Peer workers should be able to put things on the agenda.",
                "Take turns in leading the team meeting.",
                "Half an hour each month for what people told us.",
            ),
            "How feedback is answered": (
                "Write on the wall what was changed after feedback.",
                "Tell people what came of their complaint.",
            ),
        },
    ),
    Stock(
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
    ),
)

FAVOURED = {
    # What most people like best, so that what is decided fits what the scribe writes down.
    "A break that really happens",
    "They listen first",
    "How the waiting room looks and feels",
    "A way to reach senior managers, and an answer from them",
}

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
    "Carried, with": 0.0,
    "Carried": 8.0,
    "A worry is raised": 0.0,
}


def stock(text: str) -> Stock:
    """Find words for a question by what it says, in small letters."""
    return next(each for each in _STOCKS if all(cue in text for cue in each.cues))


def theme(text: str) -> str:
    """Find the theme that a text belongs to; empty where it is nobody's here, or never grouped."""
    return next((name for each in _STOCKS for name, texts in each.themes.items() if text in texts), "")


def is_favoured(label: str) -> bool:
    """Tell whether most people like this best, by its name or as one of the ideas under that name."""
    return label in FAVOURED or theme(label) in FAVOURED
