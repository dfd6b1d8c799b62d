"""Notes that were written in one language are read in another, and leave the same."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from itertools import product

import pytest
from build import aloud_room, full_room, small_room

from tisu_tui.core.translation import languages, speaking
from tisu_tui.memory.past import Past, past
from tisu_tui.notes.read import read_note
from tisu_tui.notes.write import render
from tisu_tui.session.session import Session

PAIRS = [pair for pair in product(languages(), repeat=2) if pair[0] != pair[1]]


def as_json(left: Past) -> str:
    return json.dumps(asdict(left), default=str, sort_keys=True, ensure_ascii=False)


def written_in(session: Session, tag: str) -> Session:
    return replace(session, workshop=replace(session.workshop, language=tag))


def notes(session: Session, tag: str) -> str:
    (text,) = (content for name, content in render(written_in(session, tag)).items() if "/" not in name)
    return text.decode()


@pytest.mark.parametrize(("written", "read"), PAIRS)
def test_the_same_is_left_whoever_writes_and_whoever_reads(written: str, read: str) -> None:
    for session in (full_room(), small_room(), aloud_room()):
        left = past(session)
        with speaking(read):
            text = notes(session, written)
            found = read_note(text)
            assert as_json(past(written_in(session, written))) == as_json(left)
        assert as_json(found.past) == as_json(left)


@pytest.mark.parametrize("read", languages())
def test_what_people_will_see_is_read_in_the_language_of_the_page(read: str) -> None:
    text = notes(full_room(), "pl")
    line = next(line for line in text.split("\n") if line.startswith("- [ ] "))
    seen = line.replace(" —", " #widoczne —", 1)
    assert seen != line
    with speaking(read):
        record = read_note(text.replace(line, seen)).entries[0].record
    assert (record.visible, "#" in record.text) == (True, False)


def test_the_notes_really_are_in_their_language() -> None:
    texts = {tag: notes(full_room(), tag) for tag in languages()}
    assert len(set(texts.values())) == len(texts)
    assert len(texts) > 2
    session = full_room()
    with speaking("pl"):
        assert notes(session, "en") == texts["en"]
