"""What was told of a question before it is asked again, as far as everybody who was there knows it.

The gate goes by it, so nothing in it hangs on an answer that was not told: it must not tell one by what it does next.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Self

from tisu_tui.core.released import Released
from tisu_tui.core.shown import WITHHELD


@dataclass(frozen=True, slots=True)
class Precedent:
    """What earlier rounds and sessions told of a question, in rooms where answers are secret."""

    said: bool = False
    """Whether anything was told."""
    kept_back: int = 0
    """The most people there were where fewer than ten were not told all numbers; 0 where that never was so."""
    roles: bool = False
    """Whether roles were ever put side by side without their numbers."""
    options: tuple[str, ...] = ()
    """What there was to choose from, where another step brought it; empty for a question that stands in the file."""

    @classmethod
    def of(cls, released: Released, people: int, options: Iterable[str] = ()) -> Self:
        """Take from a round what it told, and of what; `people` is how many there were when it opened."""
        roles = [number for voice in released.voices for tally in voice.tallies for number in tally.counts]
        kept_back = people if released.kept_back else 0
        return cls(bool(released.tallies), kept_back, WITHHELD in roles, tuple(options))

    @classmethod
    def joined(cls, found: Iterable[Self]) -> Self:
        """Put several precedents of one question together."""
        several = tuple(found)
        # What was asked of the file's own options is about whatever is asked later.
        labels = [label for each in several for label in each.options] if all(each.options for each in several) else []
        return cls(
            any(each.said for each in several),
            max((each.kept_back for each in several), default=0),
            any(each.roles for each in several),
            tuple(dict.fromkeys(labels)),
        )

    def is_about(self, options: Collection[str]) -> bool:
        """Tell whether a question with these options is the same, or asks about any of the same things."""
        return not self.options or not options or not set(self.options).isdisjoint(options)
