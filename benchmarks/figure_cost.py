"""What drawing a figure takes: `python benchmarks/figure_cost.py` prints a table; `make bench` has it in its page.

Everything is drawn anew, with no cache warm but the faces of the letters, which are read before anybody waits.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import _lru_cache_wrapper
from statistics import median
from time import process_time

from tisu_tui.core.figure import Figure, Picture, Rated, Ruler, Side, Window, Zone
from tisu_tui.core.shown import Say
from tisu_tui.core.size import Way
from tisu_tui.screens import layout, lettering, step_words, wall_layout, wall_pages
from tisu_tui.screens.painted import strip
from tisu_tui.screens.palette import TextLook
from tisu_tui.session.session import Place, State
from tisu_tui.view.view import Role, View

_RUNS = 9
_ZONES = (
    Zone("up", Side.ABOVE, "Above the window", "Wound up, on edge or racing", "3"),
    Zone("in", Side.IN, "In the window", "Settled enough to think and listen", "2"),
    Zone("down", Side.BELOW, "Below the window", "Flat, foggy or far away", "1"),
)
_POINTS = ("Not started", "Early steps", "Partly in place", "In place", "Kept up and checked")
_WORDS = "A statement of the usual length about how leaders work"
_ROWS = tuple(Rated(f"R{n}", f"R{n} {_WORDS}", (n % 5,)) for n in range(11))
FIGURES: dict[str, Figure] = {
    "a window": Window(_ZONES, ("in",), "more of us"),
    "eleven statements": Ruler(_POINTS, _ROWS),
}


def _view(figure: Figure) -> View:
    said = (Say("More of us chose “In the window” than anything else."),)
    picture = Picture(figure, "In the window", "More of us chose this than anything else")
    place = Place(2, 1, State.SHOWN)
    return View(Role.SCREEN, place, "A day", 12, Way.FULL, "8–11", "Where are you now?", shown=said, picture=picture)


def _forget() -> None:
    for each in _CACHES:
        each.cache_clear()


def _painted(lines: layout.Lines, width: int) -> None:
    for line in lines:
        strip(line, width, TextLook())


def _milliseconds(draw: Callable[[], None], *, anew: bool) -> float:
    spent = []
    for _run in range(_RUNS):
        if anew:
            _forget()
        begun = process_time()
        draw()
        spent.append((process_time() - begun) * 1000)
    return median(spent)


def _caches() -> list[_lru_cache_wrapper[object]]:
    """Find all that the program remembers, but for the faces of the letters."""
    found = (each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper))
    return [each for each in found if each.__module__.startswith("tisu_tui.") and each.__name__ != "_face"]


_CACHES = _caches()


def costs() -> list[tuple[str, float, float, float]]:
    """Give the milliseconds of CPU of each figure: on a wall, on the first seat, and on every seat after it."""
    lettering.large("Ab", 80, 20)
    gc.disable()

    def words() -> None:
        _painted(layout.paragraph(" ".join([_WORDS] * 24), 76), 76)

    found = [("words alone, as many rows", 0.0, _milliseconds(words, anew=True), _milliseconds(words, anew=False))]
    for name, figure in FIGURES.items():
        view = _view(figure)

        def wall(view: View = view) -> None:
            _painted(wall_pages.wall(view, wall_layout.Space(190, 56)), 190)

        def seat(view: View = view) -> None:
            _painted(step_words.shown(view, 76), 76)

        found.append(
            (name, _milliseconds(wall, anew=True), _milliseconds(seat, anew=True), _milliseconds(seat, anew=False))
        )
    gc.enable()
    return found


def table(found: list[tuple[str, float, float, float]]) -> str:
    """Draw the costs as Markdown."""
    (_name, _wall, plain, _more), *_figures = found
    rows = [
        f"| {name} | {f'{wall:.1f}' if wall else '–'} | {first:.1f} | {first / plain:.1f} | {more:.2f} |"
        for name, wall, first, more in found
    ]
    head = (
        "| figure | on a wall of 200 × 60 | on the first seat | as many times words | on each seat after it |\n"
        "|---|---|---|---|---|"
    )
    return "\n".join((head, *rows))


if __name__ == "__main__":
    sys.stdout.write(table(costs()) + "\n")
