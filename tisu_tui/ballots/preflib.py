"""PrefLib's files of ballots: strict or tied, complete or incomplete orders, and categories.

The format is described at preflib.org/format.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tisu_tui.ballots.election import Marks, Profile
from tisu_tui.ballots.preflib_header import Header, read_header
from tisu_tui.ballots.reading import BallotProblem, Problems, twice, voters
from tisu_tui.core.text import quoted
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext

# One rank or category: an option's number or several in braces, up to the comma or the end of the line.
_GROUP = re.compile(r"[ \t]*(?:([0-9]+)|\{([0-9, \t]*)\})[ \t]*(,|\Z)")


def read_preflib(lines: Sequence[str], kind: str) -> Profile:
    """Read ballots from the lines of a file of a kind: `soc`, `soi`, `toc`, `toi` or `cat`."""
    numbered = [(number, line.rstrip()) for number, line in enumerate(lines, 1) if line.strip()]
    header, rest = read_header(numbered, kind)
    reader = _BallotReader(kind, sorted(header.names), header.categories, header.separator)
    ballots: Counter[Marks] = Counter()
    with Problems() as problems:
        for number, line in rest:
            with problems.kept():
                marks, weight = reader.read(line, number)
                ballots[marks] += weight
    if not rest:
        expected = _("lines such as {line}").format(line=f"3{header.separator}1,2")
        raise BallotProblem(len(lines), 1, _("there are no ballots"), expected)
    with Problems() as problems:
        with problems.kept():
            header.check_voters(sum(ballots.values()))
        with problems.kept():
            header.check_orders(len(ballots), len(rest))
    options = tuple(header.names[name] for name in sorted(header.names))
    return Profile(options, ballots, tuple(_taken(options, header, kind)))


def _taken(options: Sequence[str], header: Header, kind: str) -> Iterator[str]:
    yield _("Options: {names}").format(names=", ".join(options))
    yield _("How many people cast each ballot: the number before '{mark}'").format(mark=header.separator)
    if kind == "cat":
        first, *others = header.category_names or [""]
        told = (
            _("Counted as chosen: the first category, {name}") if first else _("Counted as chosen: the first category")
        )
        yield told.format(name=quoted(first))
        if others:
            yield _("Not counted: {names}").format(names=", ".join(map(quoted, others)))


class _BallotReader:
    """Reads lines that hold how many people cast a ballot, and the ballot."""

    def __init__(self, kind: str, options: Sequence[int], categories: int, separator: str) -> None:
        self._kind = kind
        self._places = {str(option): place for place, option in enumerate(options)}
        self._categories = categories
        self._separator = separator

    def read(self, line: str, number: int) -> tuple[Marks, int]:
        """Read one line: its marks, and how many people cast it."""
        count, separator, _ballot = line.partition(self._separator)
        weight = voters(count, number, 1)
        if not separator:
            message = _("nothing after the count")
            expected = _("{mark} and the numbers of options").format(mark=quoted(self._separator))
            raise BallotProblem(number, len(line) + 1, message, expected)
        ranks = self._ranks(line, number, len(count) + 1)
        if self._kind == "cat":
            return tuple(int(rank == 1) for rank in ranks), weight
        return tuple(ranks), weight

    def _ranks(self, line: str, number: int, start: int) -> list[int]:
        ranks = [0] * len(self._places)
        groups = 0
        for column, members in self._groups(line, number, start):
            groups += 1
            self._check_size(len(members), number, column)
            for text, where in members:
                place = self._places.get(text)
                if place is None:
                    message = _("there is no option {text}").format(text=quoted(text))
                    raise BallotProblem(number, where, message, _("the number of an option above"))
                if ranks[place]:
                    raise twice(text, number, where)
                ranks[place] = groups
        if self._kind in {"soc", "toc"} and 0 in ranks:
            missing = list(self._places)[ranks.index(0)]
            message = _("option {text} is missing").format(text=missing)
            expected = _("every option on each line of a .{kind} file").format(kind=self._kind)
            raise BallotProblem(number, len(line) + 1, message, expected)
        if self._kind == "cat" and self._categories and groups != self._categories:
            message = ngettext("this line has {n} category", "this line has {n} categories", groups).format(n=groups)
            raise BallotProblem(number, start + 1, message, str(self._categories))
        return ranks

    def _check_size(self, size: int, number: int, column: int) -> None:
        if size > 1 and self._kind in {"soc", "soi"}:
            message = _("options that tie")
            raise BallotProblem(number, column, message, _("none in a .{kind} file").format(kind=self._kind))
        if not size and self._kind != "cat":
            raise BallotProblem(number, column, _("a rank without options"), _("an option"))

    def _groups(self, line: str, number: int, start: int) -> Iterator[tuple[int, list[tuple[str, int]]]]:
        """Give the column of each group, and its options with theirs."""
        at = start
        while True:
            found = _GROUP.match(line, at)
            if not found:
                rest = line[at:].lstrip()
                message = _("{text} can't be read").format(text=quoted(rest)) if rest else _("the line ends")
                expected = _("the number of an option, or several in braces")
                raise BallotProblem(number, len(line) - len(rest) + 1, message, expected)
            if found[1]:
                yield found.start(1) + 1, [(found[1], found.start(1) + 1)]
            else:
                yield found.start(2), _members(found[2], found.start(2) + 1)
            if not found[3]:
                return
            at = found.end()


def _members(text: str, column: int) -> list[tuple[str, int]]:
    """Split what stands between braces, each part with its column."""
    members = []
    for part in text.split(",") if text.strip() else ():
        members.append((part.strip(), column + len(part) - len(part.lstrip())))
        column += len(part) + 1
    return members
