"""What a rehearsed scribe types: plain English about services like these, and about no one in particular."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from tisu_tui.rehearsal.ideas import stock
from tisu_tui.rehearsal.question import Question


@dataclass(frozen=True, slots=True)
class Scribed:
    """Lines for a heading with this beginning, in steps whose text contains `within`.

    `{0}`, `{1}` and `{2}` in them are dates a fortnight, four weeks and six weeks on.
    """

    heading: str
    lines: tuple[str, ...]
    within: str = ""
    turns: bool = False
    """Whether one of the lines is typed, another one under another heading."""


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
    Scribed("who answers?", ("Head of service",)),
    Scribed(
        "what was said, or the reason",
        (
            "From January, in two teams first",
            "There is no money for it this year",
            "It has to go to the board",
        ),
        turns=True,
    ),
    Scribed("by which day", ("{2}",)),
    Scribed("what did we ask, and", ("One named person who answers our requests: agreed, from January",)),
    Scribed("what helps", ("A regular time that is kept", "Knowing whom to ask")),
    Scribed("what gets in the way", ("Other work comes first on busy days", "It is not clear who decides")),
)

DECISION = "We meet again to look at how it went {2}"

PROPOSAL = "Begin with one small step, and look at it together"
"""What is put to the group where no earlier step brought anything."""


def lines(question: Question, step: str) -> tuple[str, ...]:
    """Find the lines for a question's heading, given the step's text in lower case."""
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
