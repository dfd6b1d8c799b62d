"""Rows of a screen, painted once for all who see them: what hundreds of people see costs once, not once each."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from functools import lru_cache

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from wcwidth import wcwidth

from tisu_tui.core.text import is_narrow
from tisu_tui.screens.layout import Line
from tisu_tui.screens.palette import Paint, StyleName, TextLook, painted, shade, styles

_REVERSE = Style(reverse=True)


@lru_cache(maxsize=1)
def console() -> Console:
    """Give what turns strips into bytes, the same for every screen of this process."""
    # One depth for all: Textual remembers the escape codes of a style for all at once, so that what a terminal can't
    # show is taken out of the styles beforehand, by the palette.
    nothing: Mapping[str, str] = {}
    return Console(
        file=io.StringIO(),
        quiet=True,
        color_system="truecolor",
        force_terminal=True,
        legacy_windows=False,
        _environ=nothing,
    )


def _fitted(line: Line, width: int, *, by_letter: bool) -> Iterator[tuple[str, int, StyleName | Paint]]:
    """Split a line into pieces of one style with their cells, cut to `width` and filled up with spaces.

    A piece is a character or, unless `by_letter`, a run of narrow ones.
    """
    left = width
    for text, name in line:
        if not by_letter and is_narrow(text):
            piece = text[:left]
            yield piece, len(piece), name
            left -= len(piece)
            if len(piece) < len(text):
                return
            continue
        for character in text:
            size = wcwidth(character)
            if size < 0:
                continue  # a control character would act on the terminal
            if size > left:
                yield " " * left, left, name  # half of a wide character can't be drawn
                return
            left -= size
            yield character, size, name
    if by_letter:
        yield from ((" ", 1, "text") for _cell in range(left))
    else:
        yield " " * left, left, "text"


def _styled(name: StyleName | Paint, look: TextLook) -> Style:
    if isinstance(name, Paint):
        return styles(look)["text"] if look.is_plain else painted(name, look)
    return styles(look)[name]


def _paint(line: Line, width: int, look: TextLook, cursor: int | None) -> Strip:
    named = styles(look)
    segments: list[Segment] = []
    run, style, column = "", named["text"], 0
    last: StyleName | Paint = "text"
    has_cursor = cursor is not None
    for piece, size, name in _fitted(line, width, by_letter=has_cursor):
        text = shade(name) if isinstance(name, Paint) and look.is_plain else piece
        # A combining mark belongs to the character before it, whatever span it stands in.
        if size and (name != last or has_cursor):
            last = name
            own = _styled(name, look)
            if cursor is not None and column <= cursor < column + size:
                own += _REVERSE
            if own != style:
                if run:
                    segments.append(Segment(run, style))
                run, style = "", own
        run += text
        column += size
    segments.append(Segment(run, style))
    return Strip(segments, width)


_paint_once = lru_cache(maxsize=1024)(_paint)


def strip(line: Line, width: int, look: TextLook, cursor: int | None = None) -> Strip:
    """Paint one row, `width` cells wide, with the cell at `cursor` reversed; done once for all apps."""
    if cursor is not None or any(name == "own" for _, name in line):
        # What somebody typed must not outlive their seat in a cache.
        return _paint(line, width, look, cursor)
    return _paint_once(line, width, look, None)
