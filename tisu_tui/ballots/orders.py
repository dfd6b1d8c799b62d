"""Rankings, or choices, that stand in one column of a table: `A > B = C`, or `A; B; C`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tisu_tui.ballots.election import Marks, Method, Profile
from tisu_tui.ballots.reading import BallotProblem, Names, Problems, twice
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.translation import gettext as _

_SEPARATORS = (">", ";", "|", ",")


def read_cells(
    cells: Sequence[tuple[int, int, str, int]], column: str, method: Method, taken: Sequence[str]
) -> Profile:
    """Read rankings, or choices, that stand in one column of a table: line, column, text and weight of each."""
    mark = next((each for each in _SEPARATORS if any(each in text for _line, _column, text, _weight in cells)), ">")
    if method is Method.DOTS:
        message = _("dots can't be counted from the names in one column")
        raise BallotProblem(1, 1, message, _("a column for each option"))
    names = Names()
    options: dict[str, None] = {}
    cast: list[tuple[dict[str, int], int]] = []
    with Problems() as problems:
        for line, at, text, weight in cells:
            with problems.kept():
                marks: dict[str, int] = {}
                for rank, group in enumerate(_parts(text, mark), 1):
                    for name in group:
                        if name not in options:
                            options[name] = None
                            names.add(name, line, at)
                        if name in marks:
                            raise twice(quoted(name), line, at)
                        marks[name] = 1 if method is Method.APPROVAL else rank
                cast.append((marks, weight))
    if len(options) < 2:
        raise BallotProblem(1, 1, _("there are fewer than two options"), _("their names, like A>B>C"))
    ballots: Counter[Marks] = Counter()
    for marks, weight in cast:
        ballots[tuple(marks.get(name, 0) for name in options)] += weight
    what = _("Choices") if method is Method.APPROVAL else _("Rankings, the best first")
    told = _("{what}: column {name}, with {mark} between the options").format(
        what=what, name=quoted(column), mark=quoted(mark)
    )
    return Profile(tuple(options), ballots, (told, *taken))


def _parts(text: str, mark: str) -> Iterator[list[str]]:
    for part in text.split(mark):
        group = [" ".join(re.sub(r"^\d{1,3}[.)]\s+", "", each.strip()).split()) for each in _tied(part, mark)]
        if any(group):
            yield list(filter(None, group))


def _tied(part: str, mark: str) -> list[str]:
    return part.split("=") if mark == ">" else [part]
