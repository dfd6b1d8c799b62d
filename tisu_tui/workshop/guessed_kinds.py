"""Which kind of step a phase of an agenda may be, by the words in it; each is a guess that its author has to answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tisu_tui.activities import kinds
from tisu_tui.core.activity import Activity
from tisu_tui.core.translation import gettext as _
from tisu_tui.workshop.edit import lists_of
from tisu_tui.workshop.plan_phase import Phase

_WORDS = {
    "pause": "breaks?|coffee|lunch|tea|pause|stretch(?:es|ing)?|comfort",
    "follow": "(?:previous|last|past|old) (?:\\w+ )?actions?|actions? (?:from|of) (?:the )?last|follow-?up on",
    "check-in": "check(?:ing)?[- ]?in|arriv\\w+|how are (?:you|we)|mood|energy (?:level|check)",
    "close": "check(?:ing)?[- ]?out|clos(?:e|ing|ure)|wrap(?:ping)?[- ]?up|good-?bye|farewell|feedback|evaluation|"
    "appreciat\\w+|thanks?|thank you",
    "agree": "ground rules|(?:working|team) agreements?|house rules|how we (?:want to )?work together|norms",
    "actions": "actions?|next steps?|who (?:does|will do)|promises?|commit\\w*|15 ?% solutions|to-?dos?|now what",
    "park": "parking lot|car park",
    "consent": "consent|proposals?",
    "dots": "vot(?:e|es|ing)|dots?|dot[- ]?vot\\w+|priorit\\w+|choose|select\\w*|decid\\w+|rank\\w*|25/10|converge",
    "rate": "health ?check|traffic lights?|rat(?:e|ing)|scor\\w+|assess\\w*|maturity|radar",
    "gather": "brainstorm\\w*|gather\\w*|ideas?|generat\\w+|went well|start.*stop|liked|glad|sad|triz|1-2-4(?:-all)?|"
    "collect\\w*|harvest\\w*|hopes?|fears?|expectations?|insights?|wicked|(?:nine|9) whys|explor\\w+|sailboat|"
    "appreciative|wishes|crowd ?sourc\\w+|what helps|worries|min specs|sticky|timeline|so what|writ(?:e|ing)",
    "reflect": "reflect\\w*|think(?:ing)? alone|individual(?:ly)? (?:think|writ)\\w*|journal\\w*|silent(?:ly)?",
}
_RULES = tuple((kind, rf"\b(?:{words})(?!\w)") for kind, words in _WORDS.items())
_QUESTION = re.compile(r"^(?:what|which|how|where)\b.*\?", re.IGNORECASE)
_SHORT = 4
"""The most words of a line that heads a column, or can be chosen."""
_MOST_HEADS = 6
_LAST = 3


@dataclass(slots=True)
class Guess:
    """A kind with its settings and its lists, and sentences about what was guessed."""

    kind: str
    settings: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    content_note: str = ""
    uses_lines: bool = False
    """Whether the lists are made of the phase's own lines, which then stand nowhere else."""
    said: list[str] = field(default_factory=list)


_GIVERS = frozenset({"gather", "capture"})
Before = dict[str, str]
"""What came before a phase: the id of the last step that `gives`, and of the first one of each kind."""


def remember(before: Before, kind: str, name: str) -> None:
    """Take in a step by its id."""
    if kind in _GIVERS:
        before["gives"] = name
    before.setdefault(kind, name)


def guess(phase: Phase, left: int, before: Before) -> Guess:
    """Guess the kind of a phase; `left` is how many come after it."""
    kind, word = _kind(phase, left, before)
    found = Guess(kind)
    if word:
        found.said.append(_("kind `{kind}`, because of “{word}”").format(kind=kind, word=word))
    else:
        found.said.append(_("kind `talk`: nothing says what people do here"))
    _fill(found, phase, before)
    if not phase.minutes:
        found.said.append(_("the plan says no time for it: write one, like `5 min`, or leave it without"))
    return found


def _kind(phase: Phase, left: int, before: Before) -> tuple[str, str]:
    for kind, pattern in _RULES:
        match = re.search(pattern, phase.title, re.IGNORECASE)
        if match and _fits(kind, phase, left, before):
            return kind, match[0]
    told = " ".join([*phase.text, *phase.lines])
    if phase.has_boxes and _can_be_chosen(phase.lines):
        return "dots", "[ ]"
    for kind in ("actions", "gather", "reflect"):
        match = re.search(dict(_RULES)[kind], told, re.IGNORECASE)
        if match and _fits(kind, phase, left, before):
            return kind, match[0]
    return ("gather", phase.title.split()[0]) if _QUESTION.match(phase.title) else ("talk", "")


def _fits(kind: str, phase: Phase, left: int, before: Before) -> bool:
    match kind:
        case "close":
            return left < _LAST and "close" not in before
        case "dots":
            return "gives" in before or _can_be_chosen(phase.lines)
        case "rate" | "agree":
            return bool(phase.lines)
        case _:
            return True


def _can_be_chosen(lines: Sequence[str]) -> bool:
    return 2 <= len(lines) <= 2 * _MOST_HEADS and all(len(line.split()) <= 2 * _SHORT for line in lines)


def _fill(found: Guess, phase: Phase, before: Before) -> None:
    """Add to a kind what it can't do without."""
    activity: type[Activity] = kinds()[found.kind]
    lines = phase.lines
    if activity.asks_about_people:
        found.content_note = _("This asks about you. You can pass, and no one will ask you why.")
        found.said.append(_("the note in front of it"))
    if activity.is_vote:
        found.settings.append("we decide")
        found.said.append(_("who decides: `we decide`"))
    own: Sequence[str] | None = None
    match found.kind:
        case "dots" if "gives" in before and not phase.has_boxes:
            found.kind = "dots 3"
            found.settings.insert(0, f"from {before['gives']}")
            found.said.append(_("what is chosen from: `from {id}`").format(id=before["gives"]))
        case "dots":
            found.kind, own = "dots 3", lines
        case "check-in" if "check-in" in before:
            found.settings.append(f"again {before['check-in']}")
            found.content_note = ""
        case "check-in":
            found.lists = lists_of(activity, [])
            found.said.append(_("its scale"))
        case "actions" if phase.has_boxes:
            own = lines
        case "rate":
            own = lines
            found.said.append(_("its statements are the lines of the plan, and its scale is ours"))
        case "agree":
            # What follows a colon explains the line; what is agreed on is the line.
            own = [line.split(": ")[0] for line in lines]
        case "gather" if 2 <= len(lines) <= _MOST_HEADS and all(len(line.split()) <= _SHORT for line in lines):
            found.kind, own, activity = "capture", lines, kinds()["capture"]
            found.said[0] = _("kind `capture`, because its lines look like headings to write under")
    if own is not None:
        found.lists, found.uses_lines = lists_of(activity, own), True
