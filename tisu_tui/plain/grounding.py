"""A pause that is nobody's business: an exercise, a line for every Enter, and any word stops it."""

from __future__ import annotations

from collections.abc import Iterator

from tisu_tui.activities.pause import pauses
from tisu_tui.core.translation import gettext as _


class Grounding:
    """One person's pause; nothing of it leaves their own connection."""

    def __init__(self) -> None:
        self._lines: Iterator[str] | None = None

    def begin(self) -> list[str]:
        """Offer what there is to choose from."""
        offered = (f"{n}. {exercise.title}" for n, exercise in enumerate(pauses(), 1))
        return [
            _("Pause"),
            _("Nobody sees this. Choose one by its number, or just rest. Any word ends the pause."),
            *offered,
        ]

    def take(self, line: str) -> list[str] | None:
        """Go on by a line; `None` when the pause has ended."""
        numbered = {str(n): exercise for n, exercise in enumerate(pauses(), 1)}
        if line in numbered:
            self._lines = iter(numbered[line].lines)
            return [*self._next(), _("Press Enter for more. Any word ends the pause.")]
        if line:
            return None
        return self._next() or None

    def _next(self) -> list[str]:
        if self._lines is None:
            return [_("Take your time.")]
        return [line for line in [next(self._lines, "")] if line]
