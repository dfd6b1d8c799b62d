"""What made-up people say in one workshop of the library: a file of plain English in `said/`, by step and heading."""

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
