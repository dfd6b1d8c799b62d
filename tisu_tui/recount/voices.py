"""Recounts the results of roles, and checks them against the whole."""

from __future__ import annotations

from collections.abc import Iterator

from tisu_tui.core.released import NOT_RATED, Finding, Found, Released, ReleasedTally
from tisu_tui.core.translation import gettext as _
from tisu_tui.recount import definitions
from tisu_tui.recount.tallies import Groups, difference, numbers


def voice_differences(released: Released) -> Iterator[str]:
    """Report mismatches of each role, and options with more votes by role than in all."""
    for voice in released.voices:
        for tally in voice.tallies:
            counts = numbers(tally)
            for found in tally.found if counts is not None else ():
                expected = _expected(tally, found)
                if expected is not None and found.groups != expected:
                    yield f"{voice.voice}: {difference(tally, found, expected)}"
    for whole in released.tallies:
        parts = [
            told
            for voice in released.voices
            for each in voice.tallies
            if each.field == whole.field
            if (told := numbers(each)) is not None
        ]
        for option, people in (numbers(whole) or {}).items():
            if sum(part.get(option, 0) for part in parts) > people:
                yield _("“{option}”: more people of all roles than of all").format(option=whole.label(option))


def _expected(tally: ReleasedTally, found: Found) -> Groups | None:
    counts = numbers(tally) or {}
    if found.finding is Finding.MEDIAN:
        points = {name: people for name, people in counts.items() if name not in NOT_RATED}
        # Of a role the lower one is said, where two are in the middle.
        low, _high = definitions.middle([*points.values()])
        return (([*points][low],),)
    return None
