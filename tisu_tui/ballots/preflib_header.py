"""What a PrefLib file says before its ballots: the names of the options, and how much will follow.

Lines of metadata begin with `#`. Before 2022 they did not: the number of options came first, then `number,name` for
each, then the voters, the sum of the counts and the number of different orders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tisu_tui.ballots.reading import MOST_OPTIONS, BallotProblem, Names, Problems, whole
from tisu_tui.core.text import clean, quoted
from tisu_tui.core.translation import gettext as _

Numbered = Sequence[tuple[int, str]]
"""Lines with their numbers from 1."""

_NAME = "ALTERNATIVE NAME "
_CATEGORY = "CATEGORY NAME "
_OPTIONS = "NUMBER ALTERNATIVES"
_VOTERS = "NUMBER VOTERS"
_ORDERS = "NUMBER UNIQUE ORDERS"
_PREFERENCES = "NUMBER UNIQUE PREFERENCES"
_CATEGORIES = "NUMBER CATEGORIES"
_NUMBERS = {_OPTIONS, _VOTERS, _ORDERS, _PREFERENCES, _CATEGORIES}


@dataclass(frozen=True, slots=True)
class _Said:
    value: int
    line: int
    column: int


@dataclass(slots=True)
class Header:
    """The options by their number, and what the file says about itself."""

    separator: str
    """What stands between a ballot and how many people cast it."""
    names: dict[int, str] = field(default_factory=dict)
    categories: int = 0
    """How many categories each ballot has; 0 when the file does not say."""
    category_names: list[str] = field(default_factory=list)
    _taken: Names = field(default_factory=Names)
    _said: dict[str, _Said] = field(default_factory=dict)

    def name(self, text: str, name: str, line: int, column: int) -> None:
        """Take the name of the option with a number."""
        option = whole(text.strip())
        if option is None:
            message = _("{text} is not a number").format(text=quoted(text))
            raise BallotProblem(line, 1, message, _("the number of an option and its name"))
        if option in self.names:
            message = _("option {n} has two names").format(n=option)
            raise BallotProblem(line, 1, message, _("each option once"))
        self.names[option] = self._taken.add(name, line, column)

    def number(self, key: str, text: str, line: int, column: int) -> None:
        """Take how many of something the file says it has."""
        value = whole(text.strip())
        if value is None:
            raise BallotProblem(line, column, _("bad number {text}").format(text=quoted(text)), _("a whole number"))
        self._said[key] = _Said(value, line, column)

    def check_names(self, line: int) -> None:
        """Raise a problem when the options that are named are not those announced."""
        if not self.names:
            raise BallotProblem(line, 1, _("no option has a name"), f"# {_NAME}1: …")
        self._check(_OPTIONS, {len(self.names)}, _("the number of options with a name"))

    def check_categories(self, named: int) -> None:
        """Raise a problem when the categories that are named are not those announced."""
        self.categories = named
        if said := self._said.get(_CATEGORIES):
            self.categories = said.value
            if named:
                self._check(_CATEGORIES, {named}, _("the number of categories with a name"))

    def check_voters(self, voters: int) -> None:
        """Raise a problem when the ballots are not as many as announced."""
        self._check(_VOTERS, {voters}, _("the sum of the counts"))

    def check_orders(self, different: int, lines: int) -> None:
        """Raise a problem when there are not as many different ballots as announced."""
        for key in (_ORDERS, _PREFERENCES):
            self._check(key, {lines, different}, _("the number of lines with ballots"))

    def _check(self, key: str, counted: set[int], what: str) -> None:
        said = self._said.get(key)
        if said and said.value not in counted:
            message = _("{key} is {n}").format(key=key, n=said.value)
            expected = _("{n}, {what}").format(n=max(counted), what=what)
            raise BallotProblem(said.line, said.column, message, expected)


def read_header(lines: Numbered, kind: str) -> tuple[Header, Numbered]:
    """Parse the header and return it with the lines of ballots."""
    if lines and whole(lines[0][1].strip()) is not None:
        return _read_old(lines)
    header = Header(":")
    with Problems() as problems:
        for number, line in lines:
            if line.startswith("#"):
                with problems.kept():
                    _read_metadata(header, line, number, kind)
    with Problems() as problems:
        with problems.kept():
            header.check_names(lines[0][0] if lines else 1)
        with problems.kept():
            header.check_categories(len(header.category_names))
    return header, [(number, line) for number, line in lines if not line.startswith("#")]


def _read_metadata(header: Header, line: str, number: int, kind: str) -> None:
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
        header.category_names.append(clean(value))


def _read_old(lines: Numbered) -> tuple[Header, Numbered]:
    header = Header(",")
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
