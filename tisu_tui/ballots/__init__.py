"""Files of ballots: what they hold, what is wrong with them, and what a method makes of them."""

from tisu_tui.ballots.ballot_files import MOST_BYTES, read
from tisu_tui.ballots.election import ElectionResult, Method, Profile, count
from tisu_tui.ballots.reading import BadBallots, BallotProblem
from tisu_tui.ballots.telling import as_data, as_lines

__all__ = [
    "MOST_BYTES",
    "BadBallots",
    "BallotProblem",
    "ElectionResult",
    "Method",
    "Profile",
    "as_data",
    "as_lines",
    "count",
    "read",
]
