"""The page of what changes between sessions: what is written on it is read, and all else stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from any_session import LINES, RECORDS
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tisu_tui.core.later import ANSWERS, Status, Turn
from tisu_tui.core.record_lines import read_record
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.memory.promises import Entry
from tisu_tui.notes.document import NotReadable
from tisu_tui.notes.lines import reply_line
from tisu_tui.notes.page import new_page, read_page, with_reply, with_turn

KINDS = [kind for kind in RecordKind if kind is not RecordKind.PARK]
EDITS: list[Callable[[str], str]] = [
    str,
    lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"),
    lambda text: text.replace("\r\n", "\n").replace("\n", "\r"),
    lambda text: re.sub(r"^( *)- ", r"\1* ", text, flags=re.MULTILINE),
    lambda text: re.sub(r"^ +- ", "   - ", text, flags=re.MULTILINE),
    lambda text: re.sub(r"^([-*] )\[x\]", r"\1[X]", text, flags=re.MULTILINE),
    lambda text: f"{text}\n\nOur own words.\n",
    lambda text: text.rstrip("\n"),
]
TURNS = st.builds(
    Turn,
    st.sampled_from(["2026-11-20", "2026-12-01", "2027-01-31"]),
    st.sampled_from(Status),
    st.one_of(st.just(""), LINES),
)


@st.composite
def kept(draw: st.DrawFn) -> Kept:
    try:
        return read_record(draw(st.sampled_from(KINDS)), draw(st.integers(1, 99)), draw(RECORDS))
    except ValueError:
        assume(condition=False)
        raise


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(kept(), TURNS, st.sampled_from(EDITS)), min_size=1, max_size=6))
def test_where_everything_stands_is_read_whatever_was_said_and_edited_between(
    written: list[tuple[Kept, Turn, Callable[[str], str]]],
) -> None:
    text, expected = new_page(), dict[str, Entry]()
    for record, turn, edit in written:
        name = f"7k3m.{record.id}"
        known = expected.get(name, Entry(name, record))
        text = edit(with_turn(text, name, record, turn))
        box = None if known.record.kind is not RecordKind.ACTION else not turn.status.is_open
        said_twice = known.turns[-1:] == (turn,)  # which is said once
        expected[name] = replace(known, turns=known.turns if said_twice else (*known.turns, turn), ticked=box)
    page = read_page(text)
    assert page.troubles == ()
    assert {entry.id: entry for entry in page.entries} == expected


@settings(deadline=None, max_examples=60)
@given(LINES, st.sampled_from(ANSWERS), LINES, st.sampled_from(["", "2026-12-14"]), st.sampled_from(["", "2027-01-14"]))
def test_an_answer_is_read_as_it_was_given(ask: str, answer: Status, said: str, day: str, by: str) -> None:
    record = Kept("q1", RecordKind.ASK, ask, "board")
    reply = Turn(day, answer, said.strip(" :,"), by=by)
    assume(reply.words and ask.strip(" ,—(") and not re.search(r"\d{4}-\d\d-\d\d\)?$", reply.words))
    text = with_reply(new_page(), "7k3m.q1", record, reply)
    (entry,) = read_page(text).entries
    assert entry.reply == reply
    later = replace(reply, status=Status.AGREED, words="", by="")
    (entry,) = read_page(with_reply(text, "7k3m.q1", record, later)).entries
    assert entry.reply == later


@pytest.mark.parametrize("due", ["2026-12-01", "1 December 2026", "1 Dec 2026", "1st december 2026"])
def test_a_date_is_read_as_it_is_typed_and_as_it_is_said(due: str) -> None:
    page = f"""---
tisu-actions: 1
---

## Actions

- [ ] Ring them about 3 May 2026 — @kim, due {due} <!-- action 7k3m.a1 -->
  - {due}: stuck, because the line was busy

## Asks to senior management

- We asked: Cover, reply by {due} <!-- ask 7k3m.q2 -->
  - You said: agreed in part: It can be done. By {due} ({due})
- We asked: A room by the spring <!-- ask 7k3m.q3 -->
  - You said: agreed: all of it, by {due} ({due})
"""
    day = "2026-12-01"
    read = read_page(page)
    assert read.troubles == ()
    ring, cover, room = read.entries
    assert (ring.record.text, ring.record.owner, ring.record.due) == ("Ring them about 3 May 2026", "kim", day)
    assert ring.turns == (Turn(day, Status.STUCK, "the line was busy"),)
    assert cover.record.due == day
    assert cover.reply == Turn(day, Status.IN_PART, "It can be done.", by=day)
    assert (room.record.text, room.record.due) == ("A room by the spring", "")
    assert room.reply == Turn(day, Status.AGREED, "all of it", by=day)
    for each in (cover.reply, room.reply):
        assert each
        assert reply_line(each).endswith("y 1 December 2026 (1 December 2026)")


def test_no_answer_yet_gives_way_to_the_answer() -> None:
    asked = "* We asked: Cover <!-- ask 7k3m.q1 -->\r\n  * You said: no answer yet\r\n  * We did: –\r\n"
    page = f"---\ntisu-actions: 1\n---\n\n{asked}"
    text = with_reply(page, "7k3m.q1", Kept("q1", RecordKind.ASK, "Cover"), Turn("2026-12-14", Status.AGREED))
    assert text == page.replace("no answer yet", "agreed (14 December 2026)")


def test_what_is_added_by_hand_keeps_its_id_when_its_date_and_owner_move() -> None:
    page = "---\ntisu-actions: 1\n---\n\n- [ ] Ring the board — @kim, due 2026-12-01\n"
    (entry,) = read_page(page).entries
    (moved,) = read_page(page.replace("@kim, due 2026-12-01", "@lea, due 2027-01-01")).entries
    assert entry.id == moved.id
    assert (moved.record.owner, moved.record.due) == ("lea", "2027-01-01")


def test_a_line_that_says_nothing_is_named_and_the_others_are_read() -> None:
    tidy = "- [ ] Tidy <!-- action a.a1 -->\n  - 2026-12-01: lost\n"
    tea = "- [ ] Tea <!-- action a.a1 -->\n"
    page = read_page(f"---\ntisu-actions: 1\n---\n\n- [ ] Ring, due 2026-02-30\n{tidy}{tea}")
    assert [entry.record.text for entry in page.entries] == ["Tidy"]
    assert [trouble.number for trouble in page.troubles] == [5, 7, 8]


@pytest.mark.parametrize("text", ["", "# Ours\n", "---\ntisu-actions: 2\n---\n", "---\ntisu-note: 1\n---\n"])
def test_another_page_is_not_taken_for_it(text: str) -> None:
    with pytest.raises(NotReadable):
        read_page(text)
