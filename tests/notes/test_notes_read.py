"""Notes are read back as what the session left, however an editor has laid them out since."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from any_session import sessions
from build import aloud_room, full_room, small_room
from hypothesis import given, settings
from hypothesis import strategies as st

from tisu_tui.memory.past import past
from tisu_tui.notes.document import decoded
from tisu_tui.notes.read import Note, read_note
from tisu_tui.notes.write import render
from tisu_tui.session.session import Session


def note_of(session: Session) -> str:
    files = render(session)
    (name,) = (each for each in files if "/" not in each)
    return files[name].decode()


def as_windows(text: str) -> str:
    return text.replace("\n", "\r\n")


def with_stars(text: str) -> str:
    return re.sub(r"^( *)- ", r"\1* ", text, flags=re.MULTILINE)


def with_pluses_and_big_ticks(text: str) -> str:
    return re.sub(r"^( *)- ", r"\1+ ", text, flags=re.MULTILINE).replace("+ [x]", "+ [X]")


def reflowed(text: str) -> str:
    """Wrap lists and paragraphs at 40 characters, as editors do: where a word could begin a block, it stays."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += _wrapped(line) if re.match(r" *- ", line) else [line]
    return "\n".join(lines)


def _wrapped(line: str) -> list[str]:
    match = re.match(r" *- (?:\[.\] )?", line)
    assert match is not None
    indent = " " * (len(match[0]) - len(match[0].lstrip()) + 2)
    found, now = [], match[0]
    for n, word in enumerate(re.split(r" ", line[match.end() :])):
        safe = re.match(r"[\w@]", word) and not re.match(r"\w+[.)]", word)
        if n and safe and len(now) + len(word) > 40:
            found.append(now)
            now = indent + word
        else:
            now += (" " if n else "") + word
    return [*found, now]


def with_thin_tables(text: str) -> str:
    return re.sub(r"^\|.*\|$", lambda row: re.sub(r" +\|", " |", row[0]), text, flags=re.MULTILINE)


def with_a_mark(text: str) -> str:
    return f"\ufeff{text}"


EDITORS = [str, as_windows, with_stars, with_pluses_and_big_ticks, reflowed, with_thin_tables, with_a_mark]


@settings(deadline=None, max_examples=60)
@given(sessions(), st.sampled_from(EDITORS))
def test_what_is_read_is_what_was_left_whatever_was_said_and_whatever_an_editor_did(
    session: Session, edit: Callable[[str], str]
) -> None:
    assert read_note(decoded(edit(note_of(session)).encode())) == Note(past(session), sealed=True)


@pytest.mark.parametrize("session", [full_room(), small_room(), aloud_room()], ids=lambda each: each.id)
@pytest.mark.parametrize("edit", EDITORS)
def test_a_real_session_too(session: Session, edit: Callable[[str], str]) -> None:
    assert read_note(decoded(edit(note_of(session)).encode())) == Note(past(session), session.is_ended)
