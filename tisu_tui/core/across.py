"""What may be said of a change between two sessions of one team, when people came or left between them.

Only what both said in words: the difference between two counts would be the answers of those who came or left. What two
middles tell, to somebody who takes it that nobody else has changed their answer, is measured in `tests/privacy`.
"""

from __future__ import annotations

from tisu_tui.core.later import Row
from tisu_tui.core.released import Finding


def comparable(earlier: Row, later: Row) -> frozenset[Finding]:
    """Return the findings whose change between two rows may be reported.

    What was agreed aloud is nobody's secret.
    """
    if earlier.scale != later.scale:
        return frozenset()
    said = {
        Finding.MEDIAN: (earlier.middle, later.middle),
        Finding.QUARTILES: (earlier.quartiles, later.quartiles),
        Finding.SPREAD: (earlier.spread, later.spread),
    }
    return frozenset(finding for finding, both in said.items() if all(both))
