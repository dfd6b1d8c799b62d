"""What both kinds of file have: whole numbers, and names of options."""

from __future__ import annotations

import re

from tisu_tui.ballots.ballot_problems import BallotProblem, quoted
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _

MOST_OPTIONS = 200
"""More could not be compared with each other in good time."""

_WHOLE = re.compile("[0-9]{1,15}")


def whole(text: str) -> int | None:
    """Read a whole number of at most 15 digits; None where there is none."""
    return int(text) if _WHOLE.fullmatch(text) else None


def voters(text: str, line: int, column: int) -> int:
    """Read how many people cast a ballot."""
    if number := whole(text.strip()):
        return number
    raise BallotProblem(line, column, _("bad count {text}").format(text=quoted(text)), _("a whole number from 1"))


class Names:
    """The names of a file's options, each clean and different from the others, in the order they came."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def add(self, text: str, line: int, column: int) -> str:
        """Take one more name."""
        name = clean(text)
        if not name:
            raise BallotProblem(line, column, _("an option without a name"), _("a name"))
        if name in self._taken:
            message = _("two options have the name {name}").format(name=quoted(name))
            raise BallotProblem(line, column, message, _("a name of its own for each option"))
        if len(self._taken) == MOST_OPTIONS:
            raise BallotProblem(line, column, _("too many options"), _("at most {n}").format(n=MOST_OPTIONS))
        self._taken.add(name)
        return name
