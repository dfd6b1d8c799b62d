"""Released numbers of a field, and messages for verdicts they do not support."""

from __future__ import annotations

from collections.abc import Mapping

from tisu_tui.core.released import Finding, Found, ReleasedTally
from tisu_tui.core.translation import gettext as _

Groups = tuple[tuple[str, ...], ...]
"""What a finding says, as groups of options or of its own words."""


def numbers(tally: ReleasedTally) -> Mapping[str, int] | None:
    """Give every option with its count; `None` where one is withheld."""
    names = (each.id for each in tally.options)
    told = {name: number for name, number in zip(names, tally.counts, strict=True) if isinstance(number, int)}
    return told if len(told) == len(tally.options) else None


def difference(tally: ReleasedTally, found: Found, expected: Groups) -> str:
    """Describe a difference between the recounted and the stored result."""
    right, wrong = (_said(tally, found.finding, each) for each in (expected, found.groups))
    return _("the counts say {expected}, the session says {found}").format(expected=right, found=wrong)


def _said(tally: ReleasedTally, finding: Finding, groups: Groups) -> str:
    # What is found of a spread is in words of its own, and none of the options.
    is_own = finding is Finding.SPREAD
    labels = ("; ".join(name if is_own else tally.label(name) for name in group) for group in groups)
    return " > ".join(f"“{label}”" for label in labels) or _("nothing")
