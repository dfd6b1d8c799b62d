"""Which steps of a workshop take more than one page of the wall, tried out on walls of two sizes."""

from __future__ import annotations

from collections.abc import Iterator

from tisu_tui.core.enumerating import in_a_row
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.screens.wall_pages import Space, wall
from tisu_tui.session.apply import fold
from tisu_tui.session.events import Moved, Opened
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Workshop
from tisu_tui.view.live import Live
from tisu_tui.view.view import Role, view

_WALLS = ((100, 30), (80, 24))
_MARGIN, _FOOT = 4, 4
"""Columns and rows that are no page: at the sides, and the keys below with the line to join."""
_PEOPLE = 8
_MOST_NAMED = 5


def long_steps(workshop: Workshop) -> Iterator[str]:
    """Say of each wall which steps go on on a further page of it, while they are open."""
    opened = [
        view(fold(Session("", "", workshop), [Moved(n), Opened(_PEOPLE, (), _PEOPLE)]), Role.SCREEN, Live(_PEOPLE))
        for n in range(len(workshop.steps))
    ]
    for columns, rows in _WALLS:
        space = Space(columns - _MARGIN, rows - _FOOT)
        long = [f"“{each.heading}”" for each in opened if len(wall(each, space)) > space.rows]
        if not long:
            continue
        said = ngettext(
            "on a wall of {columns} × {rows}, {n} step continues below (pgdn): {titles}",
            "on a wall of {columns} × {rows}, {n} steps continue below (pgdn): {titles}",
            len(long),
        )
        more = [_("{n} more").format(n=len(long) - _MOST_NAMED)] if len(long) > _MOST_NAMED else []
        titles = in_a_row([*long[:_MOST_NAMED], *more])
        yield said.format(columns=columns, rows=rows, n=len(long), titles=titles)
