"""How a vote is decided and what came of it, in words that screens, lines, notes and data all say alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """How a vote is decided, said before it opens.

    `quorum` says how many people must be there, as a share of the room; it is empty where the method asks for none.
    """

    method: str
    carries: str
    quorum: str = ""

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
