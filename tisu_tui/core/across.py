"""What two sessions of one team say together, when people came or left between them."""

from __future__ import annotations

from tisu_tui.core.released import Finding, ReleasedTally


def may_compare(earlier: ReleasedTally, later: ReleasedTally) -> frozenset[Finding]:
    """Find what a change between two sessions may be said of; empty where nothing may be.

    Only what the gate let out of both, of the same options in the same order. Numbers are never in it: the
    difference between two counts is the answers of those who came or left.
    """
    if [each.id for each in earlier.options] != [each.id for each in later.options]:
        return frozenset()
    return frozenset(each.finding for each in earlier.found) & frozenset(each.finding for each in later.found)
