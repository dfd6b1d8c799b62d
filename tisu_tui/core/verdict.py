"""How votes are decided, and their verdicts in words shared by all surfaces."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Rule:
    """How a vote is decided, said before it opens.

    `quorum` says in words how many people must be there, and `share` which part that is of those who were there when
    it opened; empty and 0 where the method asks for none.
    """

    method: str
    carries: str
    quorum: str = ""
    share: Fraction = Fraction(0)

    @property
    def words(self) -> str:
        """The whole rule in sentences."""
        return " ".join(filter(None, (f"{self.method}.", self.carries, self.quorum)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a vote came to: `asked` is what was put to the group, empty where the title of the step says it.

    `concerns` are words that the group keeps beside the result, with nobody's name.
    """

    result: str
    is_agreed: bool
    asked: str = ""
    concerns: tuple[str, ...] = ()
