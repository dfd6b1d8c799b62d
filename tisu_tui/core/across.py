"""What two sessions of one team say together, when people came or left between them."""

from __future__ import annotations

from tisu_tui.core.later import Row
from tisu_tui.core.released import Finding, ReleasedTally


def may_compare(earlier: ReleasedTally, later: ReleasedTally) -> frozenset[Finding]:
    """Find what a change between two sessions may be said of; empty where nothing may be.

    Only what the gate let out of both, of the same options in the same order. Numbers are never in it: the
    difference between two counts is the answers of those who came or left.
    """
    if [each.id for each in earlier.options] != [each.id for each in later.options]:
        return frozenset()
    return frozenset(each.finding for each in earlier.found) & frozenset(each.finding for each in later.found)


def comparable(earlier: Row, later: Row) -> frozenset[Finding]:
    """Find the same of two rows, which are what notes keep; what was agreed aloud is nobody's secret."""
    if earlier.scale != later.scale:
        return frozenset()
    said = {
        Finding.MEDIAN: (earlier.middle, later.middle),
        Finding.QUARTILES: (earlier.quartiles, later.quartiles),
        Finding.SPREAD: (earlier.spread, later.spread),
    }
    return frozenset(finding for finding, both in said.items() if all(both))
