"""Two ratings of the same lines, like today and the wish: both on one axis, with the widest gap first."""

from __future__ import annotations

from dataclasses import replace

from tisu_tui.core.activity import Tier
from tisu_tui.core.figure import Picture, Rated, Ruler, code
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Step

_FEWEST_LINES = 2
"""The fewest lines that two steps share, for one to stand beside the other."""
_MOST_NAMED = 3
"""The most lines that a headline names."""


def beside_earlier(session: Session, step: Step, picture: Picture) -> Picture:
    """Mark on the rows of a scale what an earlier step said of the same lines, the widest gap first."""
    now = picture.figure
    if not isinstance(now, Ruler) or len(now.rows) < _FEWEST_LINES or any(row.before for row in now.rows):
        return picture
    for earlier in reversed(session.workshop.steps[: session.place.step]):
        # A picture takes a while, and every seat is drawn one.
        if type(earlier.activity) is not type(step.activity):
            continue
        rounds = session.rounds_of(earlier)
        if earlier.again_id or earlier.tier is Tier.ROOM or not rounds or earlier.id not in session.shown:
            continue
        found = earlier.activity.picture(session.given(earlier), rounds)
        were = found.figure if found and isinstance(found.figure, Ruler) else None
        if were is None or len(were.points) != len(now.points) or _lines(were) != _lines(now):
            continue
        before = {row.id: row.middle for row in were.rows}
        rows = sorted((replace(row, before=before[row.id]) for row in now.rows), key=_gap, reverse=True)
        if not any(map(_gap, rows)):
            return picture
        widest = [row for row in rows if _gap(row) == _gap(rows[0])]
        marked = tuple(row.id for row in widest) if len(widest) <= _MOST_NAMED else ()
        legend = f"■ {step.title}   ○ {earlier.title}"
        over = _("Furthest from “{title}”").format(title=earlier.title) if marked else picture.over
        headline = ", ".join(code(row.label) for row in widest) if marked else picture.headline
        figure = replace(now, rows=tuple(rows), marked=marked or now.marked, legend=legend)
        return replace(picture, figure=figure, headline=headline, over=over)
    return picture


def _lines(figure: Ruler) -> set[tuple[str, str]]:
    return {(row.id, row.label) for row in figure.rows}


def _gap(row: Rated) -> float:
    """Measure how many points lie between the middle answers of two looks, where both may be said."""
    if not row.middle or not row.before:
        return 0.0
    return abs(sum(row.middle) / len(row.middle) - sum(row.before) / len(row.before))
