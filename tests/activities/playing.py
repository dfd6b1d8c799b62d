"""Plays one round of a kind the way a room does: read, ask, count, let through the gate, describe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tisu_tui.activities import kinds
from tisu_tui.core.activity import Activity, Given, ListLine, Present, ScaleLine, StepSource
from tisu_tui.core.form import Answer, By
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Counts, Quotes, Say, Shown, WordTable
from tisu_tui.core.size import Size, band
from tisu_tui.privacy.gate import release

STAGES = (
    (1, 1, "Not started"),
    (2, 2, "Early steps"),
    (3, 3, "Partly in place"),
    (4, 4, "In place"),
    (5, 5, "Kept up"),
)
ZONES = ((-3, -2, "Below — flat, foggy"), (-1, 1, "In the window — settled enough"), (2, 3, "Above — wound up"))

NOTHING = Given()


def lines(*texts: str) -> tuple[ListLine, ...]:
    """Number lines `a`, `b`, `c`… as ids, each on a file line of its own."""
    return tuple(ListLine(chr(ord("a") + n), text, 10 + n, 3) for n, text in enumerate(texts))


def scale(points: Sequence[tuple[int, int, str]]) -> tuple[ScaleLine, ...]:
    return tuple(ScaleLine(low, high, text, 20 + n, 3) for n, (low, high, text) in enumerate(points))


NUMBERED = {
    "review": ("Somebody can choose.", "It says who sees it."),
    "agree": ("We listen.", "We stop on time."),
    "capture": ("What helps", "What gets in the way"),
    **dict.fromkeys(("draft", "pause", "reflect", "sense"), ()),
}
"""What stands in the numbered list of a kind, where that is not just any two lines; some do without."""


def source(kind: str) -> StepSource:
    """A step of a kind with everything it works on."""
    works_on = {
        "scale": scale(ZONES if kind == "check-in" else STAGES),
        "numbered": lines(*NUMBERED.get(kind, ("Leaders show it.", "HR is part of it."))),
        "choices": lines("Rota", "Budget", "Handover"),
    }
    lists = {name: each for name, each in works_on.items() if name in kinds()[kind].lists}
    return replace(StepSource(kind, "Where are we?", line=5), **lists)  # type: ignore[arg-type]  # by their names


def read(kind: str, **changes: object) -> Activity:
    return kinds()[kind].read(replace(source(kind), **changes))  # type: ignore[arg-type]  # the names are StepSource's


def play(
    activity: Activity,
    people: int,
    answers: Sequence[Answer] = (),
    *,
    given: Given = NOTHING,
    entries: Mapping[str, tuple[str, ...]] | None = None,
    before: Sequence[Released] = (),
    at_close: int | None = None,
) -> Released:
    size = Size(people)
    if activity.form(given, size).by is not By.EVERYONE:
        released = Released(len(before) + 1, size.way, band(people))
    else:
        left = Size(people if at_close is None else at_close)
        count = activity.count(answers, Present(people, left.people), given)
        released, _words = release(count, activity.tier, left, activity.finds, before)
    return replace(released, options=given.options, entries=tuple((entries or {}).items()))


def choices(field: str, *counts: tuple[str, int]) -> list[Answer]:
    """Answers to one field: so many people for each option."""
    return [{field: (option,)} for option, n in counts for _each in range(n)]


def says(shown: Sequence[Shown]) -> str:
    return "\n".join(part.text for part in shown if isinstance(part, Say))


def tables(shown: Sequence[Shown]) -> list[WordTable]:
    return [part for part in shown if isinstance(part, WordTable)]


def numbers(shown: Sequence[Shown]) -> list[Counts]:
    return [part for part in shown if isinstance(part, Counts)]


def quoted(shown: Sequence[Shown]) -> dict[str, tuple[str, ...]]:
    return {part.title: part.texts for part in shown if isinstance(part, Quotes)}
