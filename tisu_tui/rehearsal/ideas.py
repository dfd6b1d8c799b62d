"""What made-up people write and say: plain English about services like these, and about no one in particular."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from tisu_tui.rehearsal.question import Question


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


@dataclass(frozen=True, slots=True)
class Scribed:
    """Lines that a scribe types under a heading that begins like this, where the step says `within`.

    `{0}`, `{1}` and `{2}` in them are dates a fortnight, four weeks and six weeks on.
    """

    heading: str
    lines: tuple[str, ...]
    within: str = ""
    turns: bool = False
    """Whether one of the lines is typed, another one under another heading."""


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

_SCRIBED = (
    Scribed(
        "what we ask for",
        (
            "R4b One named person who answers our requests, and one day in each quarter for it @head-of-service {1}",
            "Paid cover, so that evening and night staff can take part in these sessions @head-of-service {2}",
        ),
        within="r4b",
    ),
    Scribed(
        "what we ask for",
        (
            "One named person who answers our requests, and one day in each quarter for it @head-of-service {1}",
            "Paid cover, so that evening and night staff can take part in these sessions @head-of-service {2}",
        ),
    ),
    Scribed(
        "what, @who",
        (
            "R4b Make a list of our open requests, with the day that each one was sent @team-manager {0}",
            "R4b Bring the list to the leadership meeting and ask for a name and a day for each @practice-lead {1}",
            "Call the meeting in which we look at it again @team-manager {2}",
        ),
        within="begin it with its number, like r4b",
    ),
    Scribed(
        "what, @who",
        (
            "Make a list of our open requests, with the day that each one was sent @team-manager {0}",
            "Bring the list to the leadership meeting and ask for a name and a day for each @practice-lead {1}",
            "Call the meeting in which we look at it again @team-manager {2}",
        ),
        within="one or two small steps",
    ),
    Scribed(
        "what, @who",
        (
            "Ask ten visitors and two peer workers what the waiting room should be like @peer-lead {0}",
            "Move the posters and set up a quiet corner with what is there @duty-lead {1}",
            "Call the meeting in which we look at it again @team-manager {2}",
        ),
        within="who begins, and when",
    ),
    Scribed(
        "what, @who",
        (
            "Draw up who takes the phone when, so that breaks are covered @duty-lead {0}",
            "Say at each handover who has their break when @practice-lead {0}",
            "Call the meeting in which we look at it again @team-manager {2}",
        ),
        within="begin this week",
    ),
    Scribed(
        "what, @who",
        (
            "Write what we chose in two sentences, and put it up in the team room @duty-lead {0}",
            "Try it for four weeks and note down what gets in the way @practice-lead {1}",
            "Call the meeting in which we look at it again @team-manager {2}",
        ),
    ),
    Scribed(
        "what we set aside",
        (
            "Ideas that had no room today. The practice lead brings them to the next session",
            "How night staff can take part in these sessions",
        ),
    ),
    Scribed(
        "what helps",
        ("R1 Managers open team days and stay for them", "R5 Two leaders were given time for a course last year"),
        within="r4b",
    ),
    Scribed(
        "what gets in the way",
        (
            "R4b Requests are noted, and nobody says who will answer",
            "R7a Coaching is offered in work time, but no cover",
        ),
        within="r4b",
    ),
    Scribed(
        "what we could show someone",
        (
            "R1 The dates of the last four team days",
            "R4b The list of requests of this year, with no replies beside them",
        ),
        within="r4b",
    ),
    Scribed(
        "one small next step",
        ("R4b Ask for one name and one day for each request", "R7a Ask two neighbouring teams to share cover"),
        within="r4b",
    ),
    Scribed(
        "who needs to know",
        ("Colleagues on the evening shift", "People who come to the drop-in", "Leaders who could not be here today"),
    ),
    Scribed("what we tell them", ("We are trying this for three months, and you can tell us how it goes for you",)),
    Scribed(
        "who tells them",
        ("The duty lead tells the evening shift, by {0}", "Peer workers tell people at the drop-in, by {0}"),
    ),
    Scribed(
        "we will…",
        (
            "Tell people the same day when a plan changes, and say why",
            "Come to one handover a month, and listen",
            "Keep the hour for supervision, in busy weeks too",
        ),
        turns=True,
    ),
    Scribed(
        "you can expect…",
        ("To be asked what you need before we begin", "An answer within two weeks, even when it is no"),
        turns=True,
    ),
    Scribed(
        "we will check by…",
        ("Asking ten people every three months if it was so", "Reading this aloud at the spring meeting"),
        turns=True,
    ),
    Scribed("for what our service is here to do", ("It matters because people come back to a place that feels safe",)),
    Scribed("for each person who comes", ("It matters because nobody should have to tell the same hard thing twice",)),
    Scribed("for how we get on", ("It matters because we say earlier when it is too much",)),
    Scribed("for fairness", ("It matters because everyone has a right to dignity and respect, on a bad day too",)),
    Scribed(
        "staffing", ("Begun: a second person in the evening, in two of six teams", "Planned: cover for supervision")
    ),
    Scribed("how the service is built", ("Done: one phone number for all requests",)),
    Scribed("hr policies", ("Begun: the sickness policy is gone through with HR",)),
    Scribed("rooms and equipment", ("Stuck: the quiet corner. Nobody has said yet who can pay for it",)),
    Scribed("money and time", ("Planned: one hour a month that nothing else can take",)),
    Scribed("how we work", ("People are asked whether they want a visit or a call",)),
    Scribed("figures", ("Two of six teams have reflective supervision every six weeks",)),
    Scribed("what people say", ("“I was told beforehand who would be there.” They said yes to our passing it on",)),
    Scribed("who does what, and who is second", ("The coordinator keeps the plan. The practice lead is second",)),
    Scribed(
        "where the plan, the notes and the passwords", ("In the team's folder. The office keeps the list of keepers",)
    ),
    Scribed("whom to ring", ("The practice lead, then the head of service",)),
    Scribed("what is promised, to whom", ("An answer on cover, to the evening team, by {2}",)),
    Scribed("who leads the work", ("The coordinator. The practice lead is second",)),
    Scribed("who speaks for it among you", ("The head of service. The clinical lead is second",)),
    Scribed("where the plan, the notes and the open asks", ("In the folder of the leadership meeting",)),
    Scribed("which meeting hears of it", ("The leadership meeting, every six weeks",)),
    Scribed("agreed in part", ("Paid cover in the evening: for three months, then we look again",)),
    Scribed("agreed", ("One hour a month that nothing else can take",)),
    Scribed("not agreed, because", ("A second quiet room: there is no money for it this year",)),
    Scribed("i need to know more", ("One named person who answers requests: {0}",)),
    Scribed("our asks are taken up by", ("The practice lead, and if they can't, by the coordinator",)),
    Scribed("they go to this meeting", ("The leadership meeting",)),
    Scribed("that happens every", ("Six weeks",)),
    Scribed("an answer comes within", ("Four weeks, in writing, to the whole team",)),
    Scribed("if no answer comes", ("Ask once more, and tell the team that we did",)),
    Scribed("the whole team hears of it by", ("The next team meeting",)),
    Scribed("what we would see", ("Says what happens next, and asks before helping",)),
    Scribed("what we could ask", ("Tell us about a hard day at work, and what you did for somebody else in it",)),
    Scribed("what the first weeks should give", ("A colleague to ask anything, and an hour each week to look back",)),
    Scribed("what did we promise", ("A quiet corner in the waiting room", "One named person who answers our requests")),
    Scribed(
        "a note on",
        ("We look at this one again in spring", "The duty lead knows more", "Ask the people who use it"),
        turns=True,
    ),
    Scribed(
        "what got in the way",
        ("It waited for an answer that has not come", "Two people were off, and nobody took it over", "It was too big"),
        turns=True,
    ),
    Scribed(
        "where is it written",
        (
            "In the handbook of the team, and the duty lead checks each month",
            "On the handover sheet, each day",
        ),
        turns=True,
    ),
    Scribed("what helps", ("A regular time that is kept", "Knowing whom to ask")),
    Scribed("what gets in the way", ("Other work comes first on busy days", "It is not clear who decides")),
)

DECISION = "We meet again to look at how it went {2}"

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


def scribed(question: Question, step: str) -> tuple[str, ...]:
    """Find what to type under the heading that a question names, in a step with this text in small letters."""
    # Not the same under each heading, and the same each time.
    turn = crc32(question.text.encode())
    for each in _SCRIBED:
        # A step's own title is no heading; a question that is asked of each thing has its words there.
        lines = (question.title, *question.lines) if each.turns else question.lines
        if each.within in step and any(_is_under(each.heading, line.casefold()) for line in lines):
            return (each.lines[turn % len(each.lines)],) if each.turns else each.lines
    found = stock(question.text)
    if found.cues:
        return tuple(texts[0] for texts in found.themes.values())[:4]
    texts = found.texts
    return texts[turn % len(texts)], texts[(turn + len(texts) // 2) % len(texts)]


def _is_under(heading: str, line: str) -> bool:
    # Where each line is asked of each of several things, the thing stands first.
    return line.startswith(heading) or f": {heading}" in line
