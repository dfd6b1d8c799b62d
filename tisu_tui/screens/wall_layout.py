"""How a headline, a figure and what stands around them share a wall: the largest letters that leave it legible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tisu_tui.core.figure import Figure, RecordBoard
from tisu_tui.screens.figures import RowsNeeded, drawn, rows_needed, rows_of_letters
from tisu_tui.screens.large_sentences import enlarged, led
from tisu_tui.screens.layout import Lines, paragraph, spaced
from tisu_tui.screens.lettering import FACES, GIANT, LARGE, MEDIUM, SMALL, letters
from tisu_tui.screens.palette import StyleName

_WIDEST_PROSE = 110
_MIDDLING, _LARGE = 26, 44
"""Rows from which on a wall is not small, and is large."""


@dataclass(frozen=True, slots=True)
class Space:
    """The room there is, and the clock time at which a break ends."""

    width: int
    rows: int
    until: str = ""

    @property
    def first_of_two(self) -> Space:
        """The same, where something goes on below and a row says so."""
        return replace(self, rows=self.rows - 1)

    @property
    def prose(self) -> int:
        """The width of sentences, which nobody follows across all of a large wall."""
        return min(self.width, _WIDEST_PROSE)

    @property
    def faces(self) -> tuple[str, ...]:
        """The sizes of type that a wall of this size has beside a figure, largest first."""
        if self.rows >= _LARGE and self.width >= 150:
            return FACES
        if self.rows >= _MIDDLING and self.width >= 90:
            return (LARGE, MEDIUM, SMALL)
        return (SMALL,)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands around a figure on a wall of so many rows; tight parts have no row over their title."""

    rows: int
    has_figure: bool
    above: Lines
    over: Lines
    under: Lines
    is_tight: bool
    title: Lines = ()
    face: str = ""
    """The letters that the title is in, if it is."""

    def around(self, picture: Lines) -> Lines:
        """Put them above and below a figure."""
        # What stands over large letters keeps clear of them, where there is a row for it.
        is_close = self.is_tight or len(self.title) < 2
        lead = (*self.over, *self.title) if is_close else spaced(self.over, self.title)
        return spaced(self.above, lead, picture, self.under)

    @property
    def left(self) -> int:
        """The rows that are left to the figure; where there is none, 1 or more if all this fits."""
        mark: Lines = ((("", "text"),),) if self.has_figure else ()
        return self.rows - len(self.around(mark)) + 1


def filled(
    above: Lines,
    headline: str,
    figure: Figure | None,
    space: Space,
    *,
    over: Lines = (),
    under: Lines = (),
    style: StyleName = "title",
    heading: str = "",
    must: bool = False,
    faces: tuple[str, ...] = (),
) -> Lines:
    """Put a large headline and a figure between what stands above and below; the figure has the rows that are left.

    The largest letters are taken with which the figure can still be read; `heading` stands above in small
    ones. Where the headline `must` be large, the page may become longer than the wall.
    """
    width, is_large = space.width, space.rows >= _LARGE
    parts = _Parts(space.rows, figure is not None, above, over, under, is_tight=space.rows < _MIDDLING)
    # On a large wall what can be chosen is worth the largest letters of all: it is read from the back too.
    in_letters = rows_of_letters(figure, width) if figure and is_large else 0
    needs = rows_needed(figure, width) if figure else RowsNeeded(1, 1)
    sizes = faces or (space.faces if figure else FACES)
    if not must and parts.left < needs.enough:
        # Where there is no room without a headline, letters make none.
        sizes = ()
    drawn_titles = ((face, letters(headline, width, 99, style, (face,))) for face in sizes)
    titled = [replace(parts, title=drawn_title, face=face) for face, drawn_title in drawn_titles if drawn_title]
    smallest = {SMALL} if faces else {GIANT, SMALL}
    legible = [each for each in titled if each.left >= in_letters > 0 and each.face not in smallest]
    # The largest letters of all leave half of the wall to the figure.
    good = [each for each in titled if each.left >= needs.good * (2 if each.face == GIANT else 1)]
    fit = next(iter(legible or good), None)
    ways = titled[titled.index(fit) :] if fit else [each for each in titled if each.face != GIANT or not figure]
    if not (must and ways):
        # As plain text a heading stands on top already.
        ways.append(replace(parts, title=() if headline == heading else paragraph(headline, width, style)))
    # What people will do is the finding, and not the question above it.
    less = ways[-2:] if isinstance(figure, RecordBoard) else ways
    parts = fit or next((each for each in less if each.left >= needs.enough), ways[-1])
    if sizes:
        needed = (in_letters if legible else 3 * needs.good // 2) if figure else 1
        parts = _in_letters(ways[ways.index(parts) :], width, needed)
    if is_large:
        parts = _grown(parts, width, in_letters if parts.left >= in_letters > 0 else needs.good)
    loose = replace(parts, is_tight=False)
    parts = loose if loose.left >= needs.good else parts
    picture = drawn(figure, width, parts.left) if figure else ()
    return (parts if len(picture) > loose.left else loose).around(picture)


def _in_letters(ways: Sequence[_Parts], width: int, needed: int) -> _Parts:
    """Draw what stands below in letters if the figure has its rows then; on a large wall, with a smaller title too."""
    parts = ways[0]
    told = enlarged(parts.under, width, replace(parts, title=(), under=()).left)
    # On a large wall sentences that can be read from the back are worth the largest letters of all.
    looked_at = ways[: 2 if parts.rows >= _LARGE else 1]
    made = (replace(each, under=told) for each in looked_at if each.title and told)
    return next((each for each in made if each.left >= needed), parts)


def _grown(parts: _Parts, width: int, needed: int) -> _Parts:
    """Draw the first paragraphs below, and what stands over a title, in letters as far as a figure has its rows."""
    ways = (replace(parts, under=each) for each in led(parts.under, width, parts.rows))
    parts = next((way for way in ways if way.left >= needed), parts)
    grown = replace(parts, over=enlarged(parts.over, width, parts.rows))
    return grown if grown.over and grown.left >= needed else parts
