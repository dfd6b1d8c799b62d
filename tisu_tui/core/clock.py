"""Times of day, as whole minutes from midnight."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Times:
    """When a session was planned to begin, when it began, when its present step did, and now; -1 where unknown."""

    now: int = -1
    planned: int = -1
    began: int = -1
    since: int = -1

    def moved(self, left: int, step: int, now: int) -> Times:
        """Note when the session and its present step begin; both are places in the agenda, -1 for the lobby."""
        if left == step:
            return self
        return replace(self, now=now, since=now, began=now if left < 0 else self.began)


UNKNOWN = Times()


def clock(minutes: int) -> str:
    """Write a time of day, such as 09:05."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def read_clock(text: str) -> int:
    """Read a time of day such as 9:05; raises ValueError."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", text.strip())
    if found is None:
        raise ValueError(text)
    return 60 * int(found[1]) + int(found[2])
