"""What made-up people write, and type for all: a file in `said/` for each workshop, else `anywhere.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from zlib import crc32

from tisu_tui.rehearsal.question import HeardQuestion

Lines = Mapping[str, Sequence[str]]
"""Lines by the theme or heading they belong to; under no name where the step has none."""

_HERE = resources.files("tisu_tui.rehearsal")
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
    file = _HERE / "said" / f"{workshop}.md"
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
    """Words for a question, by theme; texts under no name are never grouped.

    `writers` is the share of people who write at all.
    """

    themes: Lines
    writers: float = 1.0

    @property
    def texts(self) -> list[str]:
        """All texts, theme by theme."""
        return [text for texts in self.themes.values() for text in texts]


_ANYWHERE = tomllib.loads((_HERE / "anywhere.toml").read_text("utf-8"))
_THEMES: Lines = _ANYWHERE["themes"]
_ASIDES = {cue: Stock({"": each["texts"]}, each.get("writers", 1.0)) for cue, each in _ANYWHERE["asides"].items()}
_HEADINGS: Lines = _ANYWHERE["headings"]
_IN_TURN: Lines = _ANYWHERE["in-turn"]
LEANINGS: Mapping[str, float] = _ANYWHERE["leanings"]
LIKELY: dict[str, float] = _ANYWHERE["likely"]
DECISION: str = _ANYWHERE["decision"]
PROPOSALS: Sequence[str] = _ANYWHERE["proposals"]

FIRST_POINT = "Not at all"
"""The first point of the one scale that begins at 1 and has no "don't know"."""
_ONE_LINE = ("who answers", "by which day")


def stock(text: str, said: Lines) -> Stock:
    """Find words for a question by what it says, in small letters, else what the workshop's own file has for it."""
    aside = next((each for cue, each in _ASIDES.items() if cue in text), None)
    return aside or Stock(said or _THEMES)


def theme(text: str) -> str:
    """Find the theme that a text belongs to where the workshop has no file; empty where it is never grouped."""
    return next((name for name, texts in _THEMES.items() if text in texts), "")


def takes_one_line(question: HeardQuestion) -> bool:
    """Whether a heading takes a single line and then goes on."""
    return any(line.casefold().startswith(_ONE_LINE) for line in (question.title, *question.lines))


def scribed(question: HeardQuestion, said: Lines) -> Sequence[str]:
    """Find what a scribe types under the heading that a question names, in a step in which this is said."""
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
    for heading, own in _HEADINGS.items():
        # A step's own title is no heading.
        if any(_is_under(heading, line) for line in spoken[1:]):
            return own
    for heading, own in _IN_TURN.items():
        # A question that is asked of each thing has its words in its title.
        if any(_is_under(heading, line) for line in spoken):
            return (own[turn % len(own)],)
    found = stock(question.text, said)
    if found.themes is not _THEMES:
        return tuple(texts[0] for texts in found.themes.values())[:4]
    texts = found.texts
    return texts[turn % len(texts)], texts[(turn + len(texts) // 2) % len(texts)]


def _is_under(heading: str, line: str) -> bool:
    # Where each line is asked of each of several things, the thing stands first.
    return line.startswith(heading) or f": {heading}" in line
