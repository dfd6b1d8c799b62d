"""Our own files of ballots: a table with a column for each option and a line for each ballot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from tisu_tui.ballots.election import Marks, Method, Profile
from tisu_tui.ballots.orders import read_cells
from tisu_tui.ballots.reading import BallotProblem, Names, Problems, voters, whole
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext

_COUNT = "count"
_WEIGHTS = frozenset({_COUNT, "counts", "n", "weight", "weights", "vote", "votes", "voters", "number", "ballots"})
_IDS = frozenset(
    (
        *("id", "no", "no.", "nr", "nr.", "#", "row", "index", "seat", "ballot", "ballot id", "ballotid"),
        *("precinct", "name", "voter", "voter id", "email", "e-mail", "time", "date", "timestamp", "start time"),
        *("completion time", "respondent", "response id", "user id", "unnamed: 0", "email address", "username", "ref"),
        *("last modified time", "submission date", "submitted at", "submitted", "created at", "ip address", "comment"),
        *("slip", "slip no", "slip number", "ballot no", "ballot number", "paper", "paper no"),
        *("participant", "participant id", "respondent id", "total", "sum", "comments", "uuid"),
    )
)
_CHOICES = {"1": 1, "x": 1, "0": 0, "true": 1, "false": 0}
_FEWEST_NUMBERED = 4
_MOST_LOOKED_AT = 5_000
_SEPARATORS = ",;\t|"
_MOST_LINES_IN_A_CELL = 20

Cell = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the first line of a table says: its columns, those that are options, and the one of the weights."""

    names: list[str]
    options: tuple[str, ...]
    weights: str

    def fitting(self, cells: list[Cell], number: int) -> list[Cell]:
        """Return the cells of a row, one for each column; raises a problem for a row that has others."""
        while len(cells) > len(self.names) and not cells[-1][0].strip():
            cells = cells[:-1]
        if len(cells) != len(self.names):
            message = ngettext("this line has {n} cell", "this line has {n} cells", len(cells)).format(n=len(cells))
            column = cells[min(len(self.names), len(cells) - 1)][1]
            raise BallotProblem(number, column, message, _("{n}, as in the header").format(n=len(self.names)))
        return cells

    def cell(self, cells: list[Cell], name: str) -> Cell:
        """Return the cell of a row that stands in a column."""
        return cells[self.names.index(name)]

    def taken(self) -> Iterator[str]:
        """Say which column was taken for the number of people."""
        if self.weights:
            yield _("How many people cast each ballot: column {name}").format(name=quoted(self.weights))

    def doubts(self, empty: list[int], sums: int = 0) -> Iterator[str]:
        """Say what was left out, and which lines may be no ballots."""
        if others := [name for name in self.names if name not in self.options and name != self.weights]:
            yield _("Left out: {names}").format(names=", ".join(map(quoted, others)))
        if empty:
            told = ngettext(
                "{n} empty row (line {line}) counts as somebody who chose nothing. Take it out if nobody did.",
                "{n} empty rows (the first is line {line}) count as people who chose nothing. Take them out if nobody "
                "did.",
                len(empty),
            )
            yield told.format(n=len(empty), line=empty[0])
        if sums:
            yield _("Line {line} is the sum of the others, and counts as a ballot. Take it out if it is none.").format(
                line=sums
            )


def read_table(lines: list[str], method: Method, chosen: Sequence[str] = (), separator: str = "") -> Profile:
    """Read ballots from the lines of a CSV file.

    `chosen` are the columns that are options, else all are but the one of weights.
    """
    problems = Problems()
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines and (said := re.fullmatch(r"sep=(.)", lines[first].strip("\ufeff"))):
        separator, lines = separator or said[1], [*lines[:first], "", *lines[first + 1 :]]
    separator = separator or _separator(islice((line for line in lines if line.strip()), 2))
    rows = _rows(lines, separator, problems)
    number, cells = next(rows, (1, [("", 1)]))
    problems.stop()
    columns = _header(cells, number, method, chosen)
    options = columns.options
    if len(options) == 1:
        return _one_column(rows, columns, method, number, problems)
    ballots: Counter[Marks] = Counter()
    empty: list[int] = []
    counted: list[list[int]] = []
    last: tuple[int, Marks] = 0, ()
    sums = [0] * len(options)
    for number, cells in rows:
        with problems.kept():
            marks, weight = _ballot(cells, number, columns, method)
            ballots[marks] += weight
            empty += [number] if not any(text.strip() for text, _column in cells) else []
            counted += [list(marks)] if weight == 1 and len(counted) < _MOST_LOOKED_AT else []
            sums = [before + mark for before, mark in zip(sums, last[1] or [0] * len(options), strict=True)]
            last = (number, marks)
    problems.stop()
    if not ballots:
        raise BallotProblem(number + 1, 1, _("there are no ballots"), _("a line for each below the header"))
    if not chosen:
        _refuse_numbers_of_ballots(counted, options, method)
    is_sum = method is not Method.APPROVAL and sum(ballots.values()) > 2 and any(sums) and list(last[1]) == sums
    return Profile(options, ballots, tuple(columns.taken()), tuple(columns.doubts(empty, last[0] if is_sum else 0)))


def _one_column(
    rows: Iterator[tuple[int, list[Cell]]], columns: _Columns, method: Method, number: int, problems: Problems
) -> Profile:
    """Read rankings that stand in one column, as forms hand them out; `problems` takes those of the rows too."""
    (name,) = columns.options
    found: list[tuple[int, int, str, int]] = []
    empty: list[int] = []
    for line, cells in rows:
        with problems.kept():
            columns.fitting(cells, line)
            text, column = columns.cell(cells, name)
            weight = 1
            if columns.weights and text.strip():
                count, place = columns.cell(cells, columns.weights)
                weight = voters(count, line, place)
            found.append((line, column, text, weight))
            empty += [] if text.strip() else [line]
    problems.stop()
    if all(re.fullmatch(r"[\d.\s]*|x", text, re.IGNORECASE) for _line, _column, text, _weight in found):
        message = _("there are fewer than two options")
        expected = _("their names, with commas between, in the first line")
        raise BallotProblem(number, 1, message, expected)
    profile = read_cells(found, name, method, (*columns.taken(),))
    return replace(profile, doubts=tuple(columns.doubts(empty)))


def _refuse_numbers_of_ballots(counted: list[list[int]], options: tuple[str, ...], method: Method) -> None:
    """Refuse a column that counts up by one from line to line: it numbers the ballots, whatever it is called."""
    if len(counted) < _FEWEST_NUMBERED or method is Method.APPROVAL:
        return
    for n, name in enumerate(options):
        column = [marks[n] for marks in counted]
        steps = range(column[0], column[0] + len(column))
        if column == list(steps) and (method is Method.DOTS or column[-1] > len(options)):
            rest = ",".join(option for option in options if option != name)
            message = _("{name} counts up by one from line to line, as numbers of ballots do").format(name=quoted(name))
            raise BallotProblem(1, 1, message, f"--options '{rest}'")


def _separator(lines: Iterable[str]) -> str:
    """Find what stands as often in the first row as in the first line, outside quotes; a comma where nothing does."""
    header, row = [re.sub(r'"[^"]*"', "", line) for line in (*lines, "", "")][:2]
    return next((each for each in _SEPARATORS if 0 < header.count(each) == row.count(each)), ",")


def _rows(lines: list[str], separator: str, problems: Problems) -> Iterator[tuple[int, list[Cell]]]:
    """Give the cells of each row with the number of its first line; a cell in quotes may go over several lines."""
    at = 0
    while at < len(lines):
        start, at = at, at + 1
        if not lines[start].strip(" "):
            continue
        with problems.kept():
            whole = lines[start]
            while (cells := _cells(whole, start + 1, separator)) is None:
                if at == len(lines) or at - start > _MOST_LINES_IN_A_CELL:
                    at = start + 1
                    column = lines[start].rfind('"') + 1 if lines[start].count('"') == 1 else _unclosed(lines[start])
                    raise BallotProblem(start + 1, column, _("a quote that is not closed"), _('another "'))
                whole, at = f"{whole}\n{lines[at]}", at + 1
            yield start + 1, cells


def _header(cells: list[Cell], number: int, method: Method, chosen: Sequence[str]) -> _Columns:
    """Read the names of all columns, those that are options, and the one of the weights."""
    if len(cells) > 1 and all(_is_mark(text.strip(), len(cells), method) for text, _column in cells):
        raise BallotProblem(number, 1, _("the first line has no names"), _("the names of the options"))
    if len(cells) == 1 and re.search(r"\w\s*>\s*\w", cells[0][0]):
        raise BallotProblem(number, 1, _("the first line is a ballot"), _("the question above it"))
    while len(cells) > 1 and not cells[-1][0].strip():
        cells = cells[:-1]  # a spreadsheet keeps columns that once held something
    names = Names()
    columns = [names.add(text, number, column) for text, column in cells]
    places = dict(zip(columns, (column for _text, column in cells), strict=True))
    if missing := [each for each in chosen if each not in columns]:
        message = _("there is no column {name}").format(name=quoted(missing[0]))
        raise BallotProblem(number, 1, message, ", ".join(columns))
    are_letters = sum(len(each) == 1 for each in columns) > 2
    heavy = [
        each
        for each in columns
        if len(columns) > 1
        and each.casefold() in _WEIGHTS
        and each not in chosen
        and not (each.casefold() == "n" and are_letters)
    ]
    if len(heavy) > 1:
        message = _("{one} and {other} both look like the number of people").format(
            one=quoted(heavy[0]), other=quoted(heavy[1])
        )
        raise BallotProblem(number, places[heavy[1]], message, _("one of them, or --options with those of the vote"))
    options = tuple(each for each in columns if (each in chosen if chosen else each not in heavy))
    if not chosen:
        for option in options:
            is_no = option.casefold() == "no" and any(other.casefold() == "yes" for other in columns)
            if _bare(option) in _IDS and not is_no:
                message = _("{name} looks like no option").format(name=quoted(option))
                rest = ",".join(other for other in options if _bare(other) not in _IDS)
                raise BallotProblem(number, places[option], message, f"--options '{rest}'")
    if not options:
        message = _("there are fewer than two options")
        raise BallotProblem(number, 1, message, _("their names, with commas between, in the first line"))
    return _Columns(columns, options, heavy[0] if heavy else "")


def _bare(name: str) -> str:
    return name.casefold().replace("_", " ")


def _is_mark(text: str, most: int, method: Method) -> bool:
    """Tell whether a name in the first line is a mark instead."""
    if method is Method.APPROVAL:
        return text.lower() in _CHOICES
    return text.isdecimal() and len(text) < 4 and int(text) <= most


def _ballot(cells: list[Cell], number: int, columns: _Columns, method: Method) -> tuple[Marks, int]:
    cells = columns.fitting(cells, number)
    marks: list[int] = []
    weight = 1
    is_empty = not any(text.strip() for text, _column in cells)
    for name, (text, column) in zip(columns.names, cells, strict=True):
        if name == columns.weights and not (is_empty and name != _COUNT):
            weight = voters(text, number, column)
        elif name in columns.options:
            marks.append(_mark(text.strip(), number, column, method))
    return tuple(marks), weight


def _mark(text: str, line: int, column: int, method: Method) -> int:
    if not text:
        return 0
    # Spreadsheets write whole numbers like 1.0, and forms like "1st choice".
    text = re.sub(r"(?<=[0-9])(?:\.0+|(?:st|nd|rd|th)(?: choice)?)$", "", text)
    value: int | None
    match method:
        case Method.APPROVAL:
            value, expected = _CHOICES.get(text.lower()), _("1 or x for a choice, 0 or nothing for none")
        case Method.DOTS:
            value, expected = whole(text), _("a number of dots or nothing")
        case _:
            value, expected = whole(text) or None, _("a rank from 1 or nothing")
    if value is None:
        raise BallotProblem(line, column, _("bad mark {text}").format(text=quoted(text)), expected)
    return value


def _unclosed(line: str) -> int:
    """Find the column of the cell in quotes that does not end."""
    return max((found.start(1) + 1 for found in re.finditer(r'(?:^|[,;\t|])(")', line)), default=1)


def _cells(line: str, number: int, separator: str) -> list[Cell] | None:
    """Split a line at its separators, each cell with its column; in quotes it may hold them, and doubled quotes.

    None where a quote is not closed.
    """
    cells: list[Cell] = []
    at = 0
    while True:
        start = at
        if line.startswith('"', at):
            parts = []
            while line.startswith('"', at):
                end = line.find('"', at + 1)
                if end < 0:
                    return None
                parts.append(line[at + 1 : end])
                at = end + 1
            text = '"'.join(parts)
            if at < len(line) and line[at] != separator:
                raise BallotProblem(number, at + 1, _("something after a quote"), _("a comma"))
        else:
            end = line.find(separator, at)
            at = len(line) if end < 0 else end
            text = line[start:at]
        cells.append((text, start + 1))
        if at >= len(line):
            return cells
        at += 1
