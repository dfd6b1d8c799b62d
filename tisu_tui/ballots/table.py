"""Our own files of ballots: a table with a column for each option and a line for each ballot."""

from __future__ import annotations

from collections import Counter
from gettext import gettext as _
from gettext import ngettext

from tisu_tui.ballots.fields import Names, voters, whole
from tisu_tui.ballots.problems import BadBallots, BallotProblem, Problems, quoted
from tisu_tui.ballots.profile import Marks, Method, Profile

_COUNT = "count"
_CHOICES = {"1": 1, "x": 1, "0": 0}


def read_table(lines: list[str], method: Method) -> Profile:
    """Read ballots from the lines of a CSV file; raises BadBallots."""
    problems = Problems()
    rows = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    number, header = next(rows, (1, ""))
    with problems.kept():
        columns, options = _header(header, number)
    problems.stop()
    ballots: Counter[Marks] = Counter()
    for number, line in rows:
        with problems.kept():
            marks, weight = _ballot(line, number, columns, method)
            ballots[marks] += weight
    problems.stop()
    if not ballots:
        problem = BallotProblem(number + 1, 1, _("there are no ballots"), _("a line for each below the header"))
        raise BadBallots((problem,))
    return Profile(options, ballots)


def _header(line: str, number: int) -> tuple[list[str], tuple[str, ...]]:
    """Read the names of all columns, and of those that are options."""
    names = Names()
    columns = [names.add(text, number, column) for text, column in _cells(line, number)]
    options = tuple(each for each in columns if each != _COUNT)
    if len(options) < 2:
        message = _("there are fewer than two options")
        raise BallotProblem(number, 1, message, _("their names, with commas between, in the first line"))
    return columns, options


def _ballot(line: str, number: int, columns: list[str], method: Method) -> tuple[Marks, int]:
    cells = _cells(line, number)
    if len(cells) != len(columns):
        message = ngettext("this line has {n} cell", "this line has {n} cells", len(cells)).format(n=len(cells))
        column = cells[min(len(columns), len(cells) - 1)][1]
        raise BallotProblem(number, column, message, _("{n}, as in the header").format(n=len(columns)))
    marks: list[int] = []
    weight = 1
    for name, (text, column) in zip(columns, cells, strict=True):
        if name == _COUNT:
            weight = voters(text, number, column)
        else:
            marks.append(_mark(text.strip(), number, column, method))
    return tuple(marks), weight


def _mark(text: str, line: int, column: int, method: Method) -> int:
    if not text:
        return 0
    value: int | None
    match method:
        case Method.APPROVAL:
            value = _CHOICES.get(text.lower())
        case Method.DOTS:
            value = whole(text)
        case _:
            value = whole(text) or None
    if value is None:
        raise BallotProblem(line, column, _("bad mark {text}").format(text=quoted(text)), _expected(method))
    return value


def _expected(method: Method) -> str:
    match method:
        case Method.APPROVAL:
            return _("1 or x for a choice, 0 or nothing for none")
        case Method.DOTS:
            return _("a number of dots or nothing")
        case _:
            return _("a rank from 1 or nothing")


def _cells(line: str, number: int) -> list[tuple[str, int]]:
    """Split a line at its commas, each cell with its column; cells in quotes may hold commas and doubled quotes."""
    cells: list[tuple[str, int]] = []
    at = 0
    while True:
        start = at
        if line.startswith('"', at):
            parts = []
            while line.startswith('"', at):
                end = line.find('"', at + 1)
                if end < 0:
                    raise BallotProblem(number, start + 1, _("a quote that is not closed"), _('another "'))
                parts.append(line[at + 1 : end])
                at = end + 1
            text = '"'.join(parts)
            if at < len(line) and line[at] != ",":
                raise BallotProblem(number, at + 1, _("something after a quote"), _("a comma"))
        else:
            end = line.find(",", at)
            at = len(line) if end < 0 else end
            text = line[start:at]
        cells.append((text, start + 1))
        if at >= len(line):
            return cells
        at += 1
