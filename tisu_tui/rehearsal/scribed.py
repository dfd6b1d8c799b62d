"""What a rehearsed scribe types: the lines of the workshop's own file, else plain English that fits anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from tisu_tui.rehearsal.ideas import Lines, stock
from tisu_tui.rehearsal.question import HeardQuestion


@dataclass(frozen=True, slots=True)
class Scribed:
    """Lines that a scribe types under a heading that begins like this.

    `{0}`, `{1}` and `{2}` in them are dates a fortnight, four weeks and six weeks on.
    """

    heading: str
    lines: tuple[str, ...]
    turns: bool = False
    """Whether one of the lines is typed, another one under another heading."""


_SCRIBED = (
    Scribed("who answers", ("Head of service",), turns=True),
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
            "Write what we chose in two sentences, and put it up in the team room @duty-lead {0}",
            "Try it for four weeks and note down what gets in the way @practice-lead {1}",
            "Call the meeting in which we look at it again @team-manager {2}",
        ),
    ),
    Scribed("what we set aside", ("Ideas that had no room today. The practice lead brings them to the next session",)),
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
    Scribed(
        "why:",
        (
            "the money for this year is spent; it can be asked for again in April",
            "nobody can be spared for it before the spring",
            "it was weighed with everything else that teams had asked for this year",
        ),
        turns=True,
    ),
    Scribed(
        "what was said:",
        (
            "it was talked about at the leadership meeting, and is in its minutes",
            "the head of service tells the teams in person",
            "one team begins, and the others follow",
        ),
        turns=True,
    ),
    Scribed("by which day", ("{2}",), turns=True),
    Scribed(
        "what we ask for, @whom",
        ("Paid cover, so that evening and night staff can take part in these sessions @head-of-service {2}",),
        turns=True,
    ),
    Scribed("what did we ask, and", ("One named person who answers our requests: agreed, from January",)),
    Scribed("what helps", ("A regular time that is kept", "Knowing whom to ask")),
    Scribed("what gets in the way", ("Other work comes first on busy days", "It is not clear who decides")),
)

DECISION = "We meet again to look at how it went {2}"

PROPOSALS = ("Begin with one small step, and look at it together", "Ask those whom it touches before we begin")
"""What is put to the group where no earlier step brought anything."""


_ONE_LINE = ("who answers", "by which day")


def takes_one_line(question: HeardQuestion) -> bool:
    """Whether a heading takes a single line and then goes on."""
    return any(line.casefold().startswith(_ONE_LINE) for line in (question.title, *question.lines))


def lines(question: HeardQuestion, said: Lines) -> Sequence[str]:
    """Find what to type under the heading that a question names, in a step in which this is said."""
    # Not the same under each heading, and the same each time.
    turn = crc32(question.text.encode())
    spoken = [line.casefold() for line in (question.title, *question.lines)]
    for heading, own in said.items():
        if heading and (under := next((line for line in spoken[1:] if _is_under(heading.casefold(), line)), "")):
            if under.startswith(heading.casefold()):
                return own
            # Where each line is asked of each of several things, each thing gets one: its own, where it has one.
            thing = under.partition(f": {heading.casefold()}")[0]
            fitting = [text.partition(": ")[2] for text in own if text.casefold().startswith(f"{thing}: ")]
            return tuple(fitting) or (own[turn % len(own)],)
    if "" in said:
        return said[""]
    for each in _SCRIBED:
        # A step's own title is no heading; a question that is asked of each thing has its words there.
        if any(_is_under(each.heading, line) for line in (spoken if each.turns else spoken[1:])):
            return (each.lines[turn % len(each.lines)],) if each.turns else each.lines
    found = stock(question.text, said)
    if said or found.cues:
        return tuple(texts[0] for texts in found.themes.values())[:4]
    texts = found.texts
    return texts[turn % len(texts)], texts[(turn + len(texts) // 2) % len(texts)]


def _is_under(heading: str, line: str) -> bool:
    # Where each line is asked of each of several things, the thing stands first.
    return line.startswith(heading) or f": {heading}" in line
