"""Files of ballots: what they hold, what is wrong with them, and what a method makes of them."""

from tisu_tui.ballots.counting import Outcome, count
from tisu_tui.ballots.problems import BadBallots, BallotProblem
from tisu_tui.ballots.profile import Method, Profile
from tisu_tui.ballots.reading import MOST_BYTES, read
from tisu_tui.ballots.telling import as_data, as_lines

__all__ = [
    "MOST_BYTES",
    "BadBallots",
    "BallotProblem",
    "Method",
    "Outcome",
    "Profile",
    "as_data",
    "as_lines",
    "count",
    "read",
]
