"""Files of ballots that OpenSTV, OpaVote and others hand out: numbers for the rankings, then the names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tisu_tui.ballots.election import Marks, Profile
from tisu_tui.ballots.reading import MOST_OPTIONS, BallotProblem, Names, Problems, twice, voters, whole
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext

_TOKEN = re.compile(r'\s*("(?:[^"]*)"|\([^)]*\)|[^\s"]+)')
_SKIPPED = "-"

Token = tuple[str, int]


def read_blt(lines: Sequence[str]) -> Profile:
    """Read a ballot file of the form `4 1`, `1 3 2=4 0`, …, `0`, names in quotes and a title."""
    rows = [(number, tokens) for number, line in enumerate(lines, 1) if (tokens := list(_tokens(line, number)))]
    options, seats = _head(rows)
    reader = _Reader(options)
    at = 1
    with Problems() as problems:
        while at < len(rows) and [text for text, _column in rows[at][1]] != ["0"]:
            with problems.kept():
                reader.read(*rows[at])
            at += 1
    if at == len(rows):
        raise BallotProblem(len(lines), 1, _("the ballots do not end"), _("a line with 0 alone"))
    names = _names(rows[at + 1 :], options, rows[at][0])
    if not reader.ballots:
        raise BallotProblem(rows[0][0] + 1, 1, _("there are no ballots"), "1 2 3 0")
    return _profile(names, reader, seats)


def _tokens(line: str, number: int) -> Iterator[Token]:
    at = 0
    while found := _TOKEN.match(line, at):
        if found[1].startswith("#"):
            return
        yield found[1], found.start(1) + 1
        at = found.end()
    if line[at:].strip():
        raise BallotProblem(number, at + 1, _("a quote that is not closed"), _('another "'))


def _head(rows: Sequence[tuple[int, list[Token]]]) -> tuple[int, int]:
    number, tokens = rows[0] if rows else (1, [])
    numbers = [whole(text) for text, _column in tokens]
    if len(numbers) != 2 or None in numbers:
        message = _("the first line is not two numbers")
        raise BallotProblem(number, 1, message, _("how many options and how many seats, like 4 1"))
    options, seats = numbers[0] or 0, numbers[1] or 0
    if not 2 <= options <= MOST_OPTIONS:
        message = _("{n} options").format(n=options)
        raise BallotProblem(number, 1, message, _("from 2 to {n}").format(n=MOST_OPTIONS))
    return options, seats


def _names(rows: Sequence[tuple[int, list[Token]]], options: int, end: int) -> list[str]:
    taken = Names()
    found = [(number, column, text) for number, tokens in rows for text, column in tokens]
    if len(found) < options:
        message = ngettext("{n} name", "{n} names", len(found)).format(n=len(found))
        raise BallotProblem(found[-1][0] if found else end, 1, message, _("{n}, and a title").format(n=options))
    return [taken.add(text.strip('"'), number, column) for number, column, text in found[:options]]


class _Reader:
    def __init__(self, options: int) -> None:
        self._options = options
        self.ballots: Counter[Marks] = Counter()
        self.withdrawn: set[int] = set()
        self.skipped = 0

    def read(self, number: int, tokens: list[Token]) -> None:
        """Read a line: who has withdrawn, or how many people cast a ballot, and the ballot."""
        if tokens[0][0].startswith("("):  # a number of the ballot, which counts for nothing
            tokens = tokens[1:]
        if tokens and all(re.fullmatch(r"-[0-9]+", text) for text, _column in tokens):
            self.withdrawn |= {self._place(text[1:], number, column) for text, column in tokens}
            return
        if len(tokens) < 2 or tokens[-1][0] != "0":
            column = tokens[-1][1] if tokens else 1
            raise BallotProblem(number, column, _("the line does not end in 0"), _("numbers of options, then 0"))
        weight = voters(tokens[0][0], number, tokens[0][1])
        marks = [0] * self._options
        rank = 0
        for text, column in tokens[1:-1]:
            rank += 1
            if text == _SKIPPED:
                self.skipped += weight
                continue
            for each in text.split("="):
                place = self._place(each, number, column)
                if marks[place]:
                    raise twice(each, number, column)
                marks[place] = rank
        self.ballots[tuple(marks)] += weight

    def _place(self, text: str, number: int, column: int) -> int:
        value = whole(text)
        if value is None or not 1 <= value <= self._options:
            message = _("there is no option {text}").format(text=quoted(text))
            raise BallotProblem(number, column, message, _("a number from 1 to {n}").format(n=self._options))
        return value - 1


def _profile(names: Sequence[str], reader: _Reader, seats: int) -> Profile:
    stay = [n for n in range(len(names)) if n not in reader.withdrawn]
    ballots: Counter[Marks] = Counter()
    for marks, weight in reader.ballots.items():
        ballots[tuple(marks[n] for n in stay)] += weight
    if len(stay) < 2:
        raise BallotProblem(1, 1, _("there are fewer than two options"), _("two that have not withdrawn"))
    taken = [
        _("How many people cast each ballot: the first number of each line"),
    ]
    if reader.withdrawn:
        gone = ", ".join(names[n] for n in sorted(reader.withdrawn))
        taken.append(_("Withdrawn, and left out: {names}").format(names=gone))
    doubts = []
    if seats > 1:
        doubts.append(_("The file is for {n} seats; here one winner is counted.").format(n=seats))
    if reader.skipped:
        doubts.append(_("Ranks that were skipped are left out: the others keep their order."))
    return Profile(tuple(names[n] for n in stay), ballots, tuple(taken), tuple(doubts))
