"""Rankings written as one text: `A > B = C` in lines with a count (ABIF), or in one column of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tisu_tui.ballots.election import Marks, Method, Profile
from tisu_tui.ballots.reading import BallotProblem, Names, Problems, twice, voters
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.translation import gettext as _

_COUNT = re.compile(r"\s*([0-9]+)\s*[:*]")
_DECLARED = re.compile(r"\s*=(\s*\[[^\]]*\]\s*|[^:\[\]]+):(.*)")
_CHOICE = re.compile(r"(\s*\[[^\]]*\]\s*|[^>=,/\[\]]+)(?:/\s*([0-9]{1,6})\s*)?(>|=|,|\Z)")
_SEPARATORS = (">", ";", "|", ",")


class Orders:
    """Collects rankings by name, and gives them as marks once all names are known."""

    def __init__(self) -> None:
        self._names = Names()
        self._places: dict[str, int] = {}
        self._ballots: list[tuple[dict[str, int], int]] = []

    def declare(self, text: str, line: int, column: int) -> str:
        """Take a name that comes for the first time; gives it as it is shown."""
        name = " ".join(text.split())
        if name not in self._places:
            self._places[name] = len(self._places)
            self._names.add(name, line, column)
        return name

    def add(self, marks: dict[str, int], weight: int) -> None:
        """Take a ballot: a mark for each name that is on it."""
        self._ballots.append((marks, weight))

    def profile(self, shown: Mapping[str, str], taken: Sequence[str]) -> Profile:
        """Put all ballots together; `shown` are longer names by the short ones."""
        ballots: Counter[Marks] = Counter()
        for marks, weight in self._ballots:
            ballots[tuple(marks.get(name, 0) for name in self._places)] += weight
        options = tuple(shown.get(name, name) for name in self._places)
        return Profile(options, ballots, tuple(taken))

    @property
    def count(self) -> int:
        """How many options there are."""
        return len(self._places)


def read_abif(lines: Sequence[str], method: Method) -> Profile:
    """Read lines such as `27: A>B=C` or `3: A/5, B/2`. See electowiki.org/wiki/ABIF."""
    orders = Orders()
    shown: dict[str, str] = {}
    names = Names()
    ballots: list[tuple[int, str]] = []
    with Problems() as problems:
        for number, line in enumerate(lines, 1):
            bare = line.split("#", 1)[0]
            if not bare.strip() or bare.lstrip().startswith("{"):
                continue
            with problems.kept():
                if declared := _DECLARED.fullmatch(bare.rstrip()):
                    short = orders.declare(declared[1].strip("[] "), number, 1)
                    shown[short] = names.add(declared[2].strip().strip('[]"') or short, number, declared.start(2) + 1)
                else:
                    ballots.append((number, bare.rstrip()))
        for number, line in ballots:
            with problems.kept():
                counted = _COUNT.match(line)
                weight = voters(counted[1], number, counted.start(1) + 1) if counted else 1
                orders.add(_abif_ballot(line, counted.end() if counted else 0, number, orders, method), weight)
    _check(orders, ballots, len(lines))
    taken = [_("How many people cast each ballot: the number before ':'")]
    if method is Method.APPROVAL:
        taken.append(_("Counted as chosen: every number above 0"))
    return orders.profile(shown, taken)


def _abif_ballot(line: str, at: int, number: int, orders: Orders, method: Method) -> dict[str, int]:
    """Read the choices of a line: the mark of each name, by its rank or by what it was given."""
    names: list[str] = []
    ranks: list[int] = []
    ratings: list[int] = []
    rank, mark, marks_between = 1, "", set()
    while at < len(line):
        found = _CHOICE.match(line, at)
        if found is None:
            raise BallotProblem(number, at + 1, _("{text} can't be read").format(text=quoted(line[at:])), "A>B=C")
        name = orders.declare(found[1].strip("[] "), number, found.start(1) + 1)
        if name in names:
            raise twice(quoted(name), number, found.start(1) + 1)
        rank += mark == ">"
        names.append(name)
        ranks.append(rank)
        ratings += [int(found[2])] if found[2] else []
        mark, at = found[3], found.end()
        marks_between.add(mark)
    if len(ratings) == len(names) and method is Method.DOTS:
        return dict(zip(names, ratings, strict=True))
    if len(ratings) == len(names) and method is Method.APPROVAL:
        return {name: int(rating > 0) for name, rating in zip(names, ratings, strict=True)}
    if method in {Method.DOTS, Method.APPROVAL}:
        message = _("{method} can't be counted from a ranking").format(method=method)
        raise BallotProblem(number, 1, message, _("a number behind each option, like A/1, B/0"))
    if "," in marks_between:
        if len(ratings) != len(names):
            message = _("options that are neither ranked nor rated")
            raise BallotProblem(number, 1, message, _("'>' or '=' between them, or a number behind each"))
        better = sorted(set(ratings), reverse=True)
        ranks = [better.index(rating) + 1 for rating in ratings]
    return dict(zip(names, ranks, strict=True))


def _check(orders: Orders, ballots: Sequence[object], lines: int) -> None:
    if not ballots:
        raise BallotProblem(max(1, lines), 1, _("there are no ballots"), _("lines such as 3: A>B"))
    if orders.count < 2:
        raise BallotProblem(1, 1, _("there are fewer than two options"), _("their names, like A>B>C"))


def read_cells(
    cells: Sequence[tuple[int, int, str, int]], column: str, method: Method, taken: Sequence[str]
) -> Profile:
    """Read rankings, or choices, that stand in one column of a table: line, column, text and weight of each."""
    orders = Orders()
    mark = next((each for each in _SEPARATORS if any(each in text for _line, _column, text, _weight in cells)), ">")
    if method is Method.DOTS:
        message = _("dots can't be counted from the names in one column")
        raise BallotProblem(1, 1, message, _("a column for each option"))
    with Problems() as problems:
        for line, at, text, weight in cells:
            with problems.kept():
                marks: dict[str, int] = {}
                for rank, group in enumerate(_parts(text, mark), 1):
                    for member in group:
                        name = orders.declare(member, line, at)
                        if name in marks:
                            raise twice(quoted(name), line, at)
                        marks[name] = 1 if method is Method.APPROVAL else rank
                orders.add(marks, weight)
    _check(orders, cells, 1)
    what = _("Choices") if method is Method.APPROVAL else _("Rankings, the best first")
    told = _("{what}: column {name}, with {mark} between the options").format(
        what=what, name=quoted(column), mark=quoted(mark)
    )
    return orders.profile({}, (told, *taken))


def _parts(text: str, mark: str) -> Iterator[list[str]]:
    for part in text.split(mark):
        group = [re.sub(r"^\d{1,3}[.)]\s+", "", each.strip()) for each in (part.split("=") if mark == ">" else [part])]
        if any(group):
            yield list(filter(None, group))
