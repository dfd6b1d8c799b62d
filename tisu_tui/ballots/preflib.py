"""PrefLib's files of ballots: strict or tied, complete or incomplete orders, and categories.

The format is described at preflib.org/format. Lines of metadata begin with `#`. Before 2022 they did not: the number of
options came first, then `number,name` for each, then the voters, the sum of the counts and the number of different
orders.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tisu_tui.ballots.election import Marks, Profile
from tisu_tui.ballots.reading import MOST_OPTIONS, BallotProblem, Names, Problems, twice, voters, whole
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext

_NAME = "ALTERNATIVE NAME "
_CATEGORY = "CATEGORY NAME "
_OPTIONS = "NUMBER ALTERNATIVES"
_VOTERS = "NUMBER VOTERS"
_ORDERS = "NUMBER UNIQUE ORDERS"
_PREFERENCES = "NUMBER UNIQUE PREFERENCES"
_CATEGORIES = "NUMBER CATEGORIES"
_NUMBERS = {_OPTIONS, _VOTERS, _ORDERS, _PREFERENCES, _CATEGORIES}
# One rank or category: an option's number or several in braces, up to the comma or the end of the line.
_GROUP = re.compile(r"[ \t]*(?:([0-9]+)|\{([0-9, \t]*)\})[ \t]*(,|\Z)")


@dataclass(slots=True)
class _Header:
    """The options by their number, and what the file says about itself."""

    separator: str
    """What stands between a ballot and how many people cast it."""
    names: dict[int, str] = field(default_factory=dict)
    categories: list[str] = field(default_factory=list)
    taken: Names = field(default_factory=Names)
    said: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """How many of something the file says it has, with the line and the column."""

    def name(self, text: str, name: str, line: int, column: int) -> None:
        """Take the name of the option with a number."""
        option = whole(text.strip())
        if option is None:
            message = _("{text} is not a number").format(text=quoted(text))
            raise BallotProblem(line, 1, message, _("the number of an option and its name"))
        if option in self.names:
            message = _("option {n} has two names").format(n=option)
            raise BallotProblem(line, 1, message, _("each option once"))
        self.names[option] = self.taken.add(name, line, column)

    def number(self, key: str, text: str, line: int, column: int) -> None:
        """Take how many of something the file says it has."""
        value = whole(text.strip())
        if value is None:
            raise BallotProblem(line, column, _("bad number {text}").format(text=quoted(text)), _("a whole number"))
        self.said[key] = value, line, column

    def check(self, key: str, counted: set[int], what: str) -> None:
        """Raise a problem when something was not counted as often as announced."""
        value, line, column = self.said.get(key, (max(counted), 1, 1))
        if value not in counted:
            message = _("{key} is {n}").format(key=key, n=value)
            raise BallotProblem(line, column, message, _("{n}, {what}").format(n=max(counted), what=what))

    def check_names(self, line: int) -> None:
        """Raise a problem when the options that are named are not those announced."""
        if not self.names:
            raise BallotProblem(line, 1, _("no option has a name"), f"# {_NAME}1: …")
        self.check(_OPTIONS, {len(self.names)}, _("the number of options with a name"))


def read_preflib(lines: Sequence[str], kind: str) -> Profile:
    """Read ballots from the lines of a file of a kind: `soc`, `soi`, `toc`, `toi` or `cat`."""
    numbered = [(number, line.rstrip()) for number, line in enumerate(lines, 1) if line.strip()]
    header, rest = _read_header(numbered, kind)
    categories = header.said.get(_CATEGORIES, (len(header.categories),))[0]
    places = {str(option): place for place, option in enumerate(sorted(header.names))}
    reader = _BallotReader(kind, places, categories, header.separator)
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
            header.check(_VOTERS, {sum(ballots.values())}, _("the sum of the counts"))
        with problems.kept():
            for key in (_ORDERS, _PREFERENCES):
                header.check(key, {len(rest), len(ballots)}, _("the number of lines with ballots"))
    options = tuple(header.names[name] for name in sorted(header.names))
    return Profile(options, ballots, tuple(_taken(header, kind)))


def _read_header(lines: list[tuple[int, str]], kind: str) -> tuple[_Header, list[tuple[int, str]]]:
    """Parse the header and return it with the lines of ballots."""
    if lines and whole(lines[0][1].strip()) is not None:
        return _read_old(lines)
    header = _Header(":")
    with Problems() as problems:
        for number, line in lines:
            if line.startswith("#"):
                with problems.kept():
                    _read_metadata(header, line, number, kind)
    with Problems() as problems:
        with problems.kept():
            header.check_names(lines[0][0] if lines else 1)
        with problems.kept():
            if header.categories:
                header.check(_CATEGORIES, {len(header.categories)}, _("the number of categories with a name"))
    return header, [(number, line) for number, line in lines if not line.startswith("#")]


def _read_metadata(header: _Header, line: str, number: int, kind: str) -> None:
    before, _colon, value = line.partition(":")
    words = before[1:].split()
    key = " ".join(words).upper()
    value = value.lstrip()
    column = len(line) - len(value) + 1
    if key.startswith(_NAME):
        header.name(" ".join(words[2:]), value, number, column)
    elif key in _NUMBERS:
        header.number(key, value, number, column)
    elif key == "DATA TYPE" and value.lower() != kind:
        message = _("the data are of type {type}").format(type=quoted(value))
        raise BallotProblem(number, column, message, _("{kind}, as the file's name ends").format(kind=kind))
    if key.startswith(_CATEGORY):
        header.categories.append(clean(value))


def _read_old(lines: list[tuple[int, str]]) -> tuple[_Header, list[tuple[int, str]]]:
    header = _Header(",")
    number, line = lines[0]
    size = whole(line.strip()) or 0
    header.number(_OPTIONS, line, number, 1)
    if size > MOST_OPTIONS:
        raise BallotProblem(number, 1, _("too many options"), _("at most {n}").format(n=MOST_OPTIONS))
    with Problems() as problems:
        for number, line in lines[1 : size + 1]:
            with problems.kept():
                option, _comma, name = line.partition(",")
                header.name(option, name, number, len(option) + 2)
    header.check_names(number)
    number, line = lines[size + 1] if len(lines) > size + 1 else (number + 1, "")
    totals = line.split(",")
    if len(totals) != 3 or None in map(whole, map(str.strip, totals)):
        expected = _("the voters, the sum of the counts and the number of different orders")
        raise BallotProblem(number, 1, _("{text} can't be read").format(text=quoted(line)), expected)
    header.number(_VOTERS, totals[1], number, len(totals[0]) + 2)
    header.number(_ORDERS, totals[2], number, len(totals[0]) + len(totals[1]) + 3)
    return header, lines[size + 2 :]


def _taken(header: _Header, kind: str) -> Iterator[str]:
    yield _("How many people cast each ballot: the number before '{mark}'").format(mark=header.separator)
    if kind == "cat":
        first, *others = header.categories or [""]
        told = _("Counted as chosen: the first category")
        yield _("Counted as chosen: the first category, {name}").format(name=quoted(first)) if first else told
        if others:
            yield _("Not counted: {names}").format(names=", ".join(map(quoted, others)))


@dataclass(frozen=True, slots=True)
class _BallotReader:
    """Reads lines that hold how many people cast a ballot, and the ballot."""

    kind: str
    places: dict[str, int]
    categories: int
    separator: str

    def read(self, line: str, number: int) -> tuple[Marks, int]:
        """Read one line: its marks, and how many people cast it."""
        count, separator, _ballot = line.partition(self.separator)
        weight = voters(count, number, 1)
        if not separator:
            message = _("nothing after the count")
            expected = _("{mark} and the numbers of options").format(mark=quoted(self.separator))
            raise BallotProblem(number, len(line) + 1, message, expected)
        ranks = self._ranks(line, number, len(count) + 1)
        return tuple(int(rank == 1) if self.kind == "cat" else rank for rank in ranks), weight

    def _ranks(self, line: str, number: int, start: int) -> list[int]:
        ranks = [0] * len(self.places)
        groups = 0
        for column, members in self._groups(line, number, start):
            groups += 1
            self._check_size(len(members), number, column)
            for text, where in members:
                place = self.places.get(text)
                if place is None:
                    message = _("there is no option {text}").format(text=quoted(text))
                    raise BallotProblem(number, where, message, _("the number of an option above"))
                if ranks[place]:
                    raise twice(text, number, where)
                ranks[place] = groups
        if self.kind in {"soc", "toc"} and 0 in ranks:
            missing = list(self.places)[ranks.index(0)]
            message = _("option {text} is missing").format(text=missing)
            expected = _("every option on each line of a .{kind} file").format(kind=self.kind)
            raise BallotProblem(number, len(line) + 1, message, expected)
        if self.kind == "cat" and self.categories and groups != self.categories:
            message = ngettext("this line has {n} category", "this line has {n} categories", groups).format(n=groups)
            raise BallotProblem(number, start + 1, message, str(self.categories))
        return ranks

    def _check_size(self, size: int, number: int, column: int) -> None:
        if size > 1 and self.kind in {"soc", "soi"}:
            message = _("options that tie")
            raise BallotProblem(number, column, message, _("none in a .{kind} file").format(kind=self.kind))
        if not size and self.kind != "cat":
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
