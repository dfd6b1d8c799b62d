"""The line editor: what is typed, what is seen, and what is said between."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import pytest
import unicodedata2 as unicodedata
from hypothesis import given
from hypothesis import strategies as st
from line_terminal import LineTerminal
from terminal_double import QuickScreen, QuickStream

from tisu_tui.core.text import cells, clean
from tisu_tui.plain.editor import MOST_WAITING, LineEditor
from tisu_tui.plain.keystrokes import LONGEST_LINE

UP, DELETE = "\x1b[A", "\x1b[3~"


def typed(text: str, *, pty: bool = True) -> tuple[LineTerminal, LineEditor]:
    terminal = LineTerminal(pty=pty)
    editor = LineEditor(terminal)
    terminal.type(text)
    return terminal, editor


def lines(editor: LineEditor) -> list[str]:
    found = []
    while (line := editor.take()) is not None:
        found.append(line)
    return found


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("3\r", ["3"]),
        ("3\n", ["3"]),
        ("3\r\n4\r\n", ["3", "4"]),
        ("\r\r", ["", ""]),
        ("cat\x7fr\r", ["car"]),
        ("cat\x08\x08\x08\x08dog\r", ["dog"]),
        ("猫犬\x7f\r", ["猫"]),
        ("ne\u0301\x7f\x7fa\r", ["a"]),
        ("one two \x17three\r", ["one three"]),
        ("one\x17\x17two\r", ["two"]),
        ("all of it\x15gone\r", ["gone"]),
        ("half\x07", ["pause"]),
        (f"a{UP}b{DELETE}c\x1bOPd\x1b]0;title\x07e\r", ["abcde"]),
        ("a\x1bxb\r", ["ab"]),
        ("a\tb\r", ["a b"]),
        ("one\rtwo\rthree\r", ["one", "two", "three"]),
        ("\x1b]0;never ends\rp\r", ["", "p"]),
        ("half\x03p\r", ["p"]),
        ("half\x04 way\r", ["half way"]),
        ("\x01\x1f\x9b\u202eok\u200b\r", ["ok"]),
    ],
)
def test_keys_make_lines(keys: str, wanted: list[str]) -> None:
    for pty in (True, False):
        _terminal, editor = typed(keys, pty=pty)
        assert lines(editor) == wanted
        assert not editor.leaving.is_set()


@pytest.mark.parametrize("keys", ["\x18", "half\x18", "\x1b\x18", "1\r2\r\x18"])
def test_leaving_is_one_key_and_what_waited_is_dropped(keys: str) -> None:
    _terminal, editor = typed(keys)
    assert editor.leaving.is_set()
    assert not editor.gone
    assert lines(editor) == []


def test_control_c_leaves_nobody_and_control_d_is_the_word() -> None:
    terminal, editor = typed("\x03a\x7f\x04")
    assert not editor.leaving.is_set()
    assert lines(editor) == ["leave"]
    assert b"To leave, type leave. Control X leaves at once." in terminal.written


def test_what_was_half_typed_when_a_screen_is_cleared_is_no_part_of_the_next_line() -> None:
    terminal, editor = typed("it was me")
    editor.clear()
    terminal.type(" too\r")
    assert lines(editor) == ["too"]


def test_an_escape_key_on_its_own_swallows_nothing() -> None:
    terminal, editor = typed("\x1b")
    terminal.type("p\r")
    assert lines(editor) == ["p"]


def test_a_sequence_and_a_letter_may_be_cut_on_the_way() -> None:
    terminal = LineTerminal(pty=True)
    editor = LineEditor(terminal)
    for byte in "é\x1b[1;5A猫\r\n".encode():
        editor.received(bytes([byte]))
    assert lines(editor) == ["é猫"]


def test_echo_is_what_was_typed_and_without_a_pty_there_is_none() -> None:
    terminal, _editor = typed("hi 猫\r")
    assert terminal.written.decode() == "hi 猫\r\n"
    terminal, _editor = typed("hi 猫\r", pty=False)
    assert terminal.written == b""


def test_what_is_said_waits_until_the_line_is_sent_or_emptied() -> None:
    for ending in ("\r", "\x7f\x7f", "\x15", "\x17", "\x03", "\x07"):
        terminal, editor = typed("ha")
        editor.say("Result: 3")
        assert not editor.is_quiet
        assert b"Result" not in terminal.written, ending
        terminal.type(ending)
        assert terminal.written.endswith(b"Result: 3\r\n")
        assert editor.is_quiet


def test_without_a_pty_lines_are_said_at_once_and_end_with_a_newline() -> None:
    terminal, editor = typed("ha", pty=False)
    editor.say("Result: " + "long " * 40)
    assert terminal.written == b"Result: " + b"long " * 39 + b"long\n"


def test_lines_are_wrapped_at_words_to_the_window_as_it_is_now() -> None:
    terminal = LineTerminal(pty=True, columns=120)
    editor = LineEditor(terminal)
    terminal.resize(40)
    editor.say("You can pass, pause or leave at any time. No one will ask you why.")
    assert terminal.lines == ["You can pass, pause or leave at any", "time. No one will ask you why."]


def test_an_overlong_line_is_cut_and_it_says_so() -> None:
    terminal, editor = typed("x" * 1000 + "\r")
    assert lines(editor) == ["x" * LONGEST_LINE]
    assert "too long" in terminal.lines[-1]
    terminal.type("short\r")
    assert terminal.lines[-1] == "short"


def test_a_flood_of_lines_is_not_kept() -> None:
    terminal, editor = typed("p\r" * 1000)
    assert len(lines(editor)) == MOST_WAITING
    assert terminal.lines.count("Not taken: that was too many lines at once.") == 1
    terminal.type("p\r" * 1000)
    assert terminal.lines.count("Not taken: that was too many lines at once.") == 2


def test_a_slow_far_end_is_told_nothing_new() -> None:
    terminal, editor = typed("")
    quiet = [editor.is_quiet]
    for act in (terminal.pause, terminal.resume):
        act()
        quiet.append(editor.is_quiet)
    assert quiet == [True, False, True]
    assert editor.changed.is_set()


def letters(text: str) -> str:
    """Leave out the marks, which pyte loses on wide letters."""
    return "".join(each for each in unicodedata.normalize("NFD", clean(text)) if unicodedata.category(each) != "Mn")


LETTERS = st.sampled_from("ab .é猫ñẞ한\u0301\u0323☃") | st.characters(
    codec="utf-8", categories=("L", "N", "P"), max_codepoint=0x24F
)
KEYS = LETTERS | st.sampled_from(["\x7f", "\x17", "\x15", "\x1b[A", "\x1bOB", "\t", "\x01", "\x9b"])


@given(st.lists(KEYS, max_size=90).map("".join))
def test_the_screen_shows_what_will_be_sent(keys: str) -> None:
    columns = 30
    terminal = LineTerminal(pty=True, columns=columns)
    editor = LineEditor(terminal)
    screen = QuickScreen(columns, 200)
    editor.received(keys.encode())
    QuickStream(screen).feed(terminal.written)
    # Rows that could not be reached any more stay above; the last one is always as it will be sent.
    last_row = screen.display[screen.cursor.y].rstrip()
    terminal.type("\r")
    sent = editor.take()
    if sent is None:
        assert "Not taken: " in terminal.written.decode()
        return
    assert clean(sent) == sent
    assert cells(sent) <= LONGEST_LINE
    assert letters(sent).endswith(letters(last_row))
    if "\n" not in terminal.written.decode()[:-2]:
        assert letters(last_row) == letters(sent)


@given(st.binary(max_size=300), st.booleans(), st.integers(1, 90))
def test_nothing_but_line_ends_and_backspaces_is_ever_written(data: bytes, pty: bool, columns: int) -> None:
    terminal = LineTerminal(pty=pty, columns=columns)
    editor = LineEditor(terminal)
    half = len(data) // 2
    editor.received(data[:half])
    editor.say(data.decode("latin-1"), data.decode("utf-8", "surrogateescape"))
    editor.received(data[half:])
    editor.finish("Goodbye")
    controls = set(re.findall(rb"[\x00-\x1f\x7f]", terminal.written))
    assert controls <= ({b"\r", b"\n", b"\b"} if pty else {b"\n"})
    assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069\u200b]", terminal.written.decode())
    assert terminal.status == 0


async def test_hanging_up_is_leaving_without_a_word() -> None:
    async def main(act: Callable[[LineTerminal], None]) -> bool:
        terminal, editor = typed("half")
        act(terminal)
        await asyncio.wait_for(editor.leaving.wait(), 1)
        return editor.gone

    assert await main(LineTerminal.hang_up)


@pytest.mark.parametrize("erased", [0, 1, 5, 7, 20, 38, 50])
def test_a_line_longer_than_the_window_can_still_be_rubbed_out(erased: int) -> None:
    text = "".join(chr(ord("a") + n % 26) for n in range(64))
    terminal = LineTerminal(pty=True, columns=30)
    editor = LineEditor(terminal)
    terminal.type(text + "\x7f" * erased)
    screen = QuickScreen(30, 200)
    QuickStream(screen).feed(terminal.written)
    left = text[: 64 - erased]
    rows = [left[at : at + 29] for at in range(0, len(left), 29)]
    assert screen.display[screen.cursor.y].rstrip() == rows[-1]
    assert screen.cursor.x == len(rows[-1])
    terminal.type("\r")
    assert editor.take() == left
