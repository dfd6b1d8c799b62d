"""The quick terminal of the tests shows what pyte's own shows."""

from __future__ import annotations

import pyte
from hypothesis import example, given
from hypothesis import strategies as st
from terminal_double import QuickScreen, QuickStream

WORDS = (
    "a",
    "Where are we?",
    "━━│",
    "日本",
    "👩",
    "e\u0301",
    "\u0301",
    "x" * 23,
    "\r",
    "\n",
    "\r\n",
    "\b",
    "\t",
    "\x07",
)
PLACES = ("[1;3H", "[2;9H", "[H", "[;2H", "[3;1H", "[2A", "[5C", "[40D", "[6n", "[2;3r", "M", "7", "8")
LOOKS = ("[m", "[31m", "[1;7;38;2;12;200;7m", "[48;5;17m", "[0;3m", "[99999z", "[38;2m", "[2$y", "(0")
EDITS = ("[K", "[1K", "[J", "[2J", "[2L", "[M", "[3@", "[2P", "[4X", "c", "#8")
MODES = ("[4h", "[4l", "[?7l", "[?7h", "[?25l", "[?5h", "[?5l")
BROKEN = ("]0;a title\x07", "]0;\x1b[31m", "", "[", "[3", "[1\n;2H", "[3\x18")
PIECES = st.sampled_from([*WORDS, "\x9b1m", *(f"\x1b{each}" for each in (*PLACES, *LOOKS, *EDITS, *MODES, *BROKEN))])


def shown(screen: pyte.Screen) -> list[str]:
    """Read a screen; pyte reads nothing where a wide letter was drawn over half of another."""
    try:
        return list(screen.display)
    except IndexError:
        return []


@example(["日\x1b[1;2Hx", "\rabc\r\x1b[4hx"], 0)
@example(["x" * 20, "\x1b[2;1H\u0301"], 0)
@given(st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=4), st.integers(0, 8))
def test_it_shows_what_pyte_shows(written: list[str], cut: int) -> None:
    screen, quick = pyte.Screen(20, 4), QuickScreen(20, 4)
    streams = pyte.ByteStream(screen), QuickStream(quick)
    for n, text in enumerate(written):
        data = text.encode()
        for stream in streams:
            stream.feed(data[:cut])
            stream.feed(data[cut:])
        assert shown(quick) == shown(screen)
        one, other = quick.cursor, screen.cursor
        assert (one.x, one.y, one.attrs, one.hidden) == (other.x, other.y, other.attrs, other.hidden)
        for y in range(screen.lines):
            assert [quick.buffer[y][x] for x in range(20)] == [screen.buffer[y][x] for x in range(20)]
        if n == 1:
            quick.resize(3, 17)
            screen.resize(3, 17)
