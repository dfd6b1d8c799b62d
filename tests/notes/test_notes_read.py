"""Notes are read back as what the session left, however an editor has laid them out since."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from any_session import sessions
from build import aloud_room, full_room, small_room
from hypothesis import given, settings
from hypothesis import strategies as st
from other_language import written_elsewhere

from tisu_tui.core.later import Status, Turn
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.memory.past import Past, past
from tisu_tui.notes.document import NotReadable, decoded
from tisu_tui.notes.embedded import looks_in
from tisu_tui.notes.read import Note, read_note
from tisu_tui.notes.write import render
from tisu_tui.session.session import Session


def note_of(session: Session) -> str:
    files = render(session)
    (name,) = (file for file in files if "/" not in file)
    return files[name].decode()


def test_notes_end_with_one_comment_and_what_was_told_is_found_in_it_whatever_became_of_the_rest() -> None:
    text = note_of(small_room())
    assert text.rstrip().endswith("-->")
    assert [found for found in re.findall(r"<!-- (\w+)", text) if found in {"tisu", "told"}] == ["tisu"]
    left = past(small_room()).told
    assert looks_in(text) == left != ()
    assert looks_in(text.replace('"format":', '"format"')) == left
    assert looks_in(text.partition("<!-- tisu")[0]) is None
    # Nobody's words are taken for it.
    assert looks_in(note_of(full_room())) == looks_in(note_of(full_room()).replace("Tea", '"told":["5n.0"]'))


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


def with_blank_lines_before(text: str) -> str:
    return f"\n \n{text}"


EDITORS = [
    *(str, as_windows, with_stars, with_pluses_and_big_ticks, reflowed, with_thin_tables, with_a_mark),
    with_blank_lines_before,
]


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


@pytest.fixture(scope="module")
def elsewhere() -> list[tuple[Past, str]]:
    return written_elsewhere()


@pytest.mark.parametrize("edit", [str, with_thin_tables, with_stars])
def test_notes_in_another_language_are_read_as_what_was_left_there(
    elsewhere: list[tuple[Past, str]], edit: Callable[[str], str]
) -> None:
    assert "Whäť wé ägřééđ" in elsewhere[0][1]
    for left, text in elsewhere:
        assert read_note(edit(text)) == Note(left, sealed="status: sealed" in text)


def test_what_people_change_in_notes_of_another_language_is_read(elsewhere: list[tuple[Past, str]]) -> None:
    left, text = elsewhere[0]
    text = text.replace("- [ ] Put the trial", "- [x] Put the trial").replace("@tom-b, ", "@ben, ")
    text = re.sub(r"(@lea, \S+ ).*?( <!--)", r"\g<1>2026-12-05\2", text)
    text = text.replace("Yöü šäîđ: ñö äñšwéř yéť", "Yöü šäîđ: ägřééđ: From January")
    note = read_note(text)
    first, second = (record for record in note.past.records if record.kind is RecordKind.ACTION)
    assert (first.text, first.owner, first.due) == ("Put the trial on the ward meeting agenda", "lea", "2026-12-05")
    assert (second.owner, second.due) == ("ben", "2026-11-27")
    (ticked, _moved, *replied) = note.entries
    assert (ticked.id, ticked.ticked) == ("7k3m.a2", True)
    assert {each.reply for each in replied} == {Turn("", Status.AGREED, "From January")}
    assert note.past.rows == left.rows
    assert note.troubles == ()


def test_what_people_add_to_notes_of_another_language_is_read(elsewhere: list[tuple[Past, str]]) -> None:
    _left, text = elsewhere[0]
    text = text.replace("Réply: ñö äñšwéř yéť", "Réply: We ask the porters")
    text = text.replace("A second phone — @board", "Two phones — @head-of-service")
    text = re.sub(r"(## Acťîöñš\n\n)", r"\1- ☐ Buy tea @sam, 2026-12-09\n", text)
    text = re.sub(r"(## Aškš .*\n\n)", r"\1- Wé äškéđ: A third phone, 2026-12-10\n", text)
    note = read_note(text)
    assert [(record.kind, record.text, record.due) for record in note.past.records if record.id.startswith("x")] == [
        (RecordKind.ACTION, "Buy tea", "2026-12-09"),
        (RecordKind.ASK, "A third phone", "2026-12-10"),
    ]
    assert ("5abc.q1", "Two phones", "head-of-service", "2026-12-15") in [
        (entry.id, entry.record.text, entry.record.owner, entry.record.due) for entry in note.entries
    ]
    assert ("7k3m.c9", "We ask the porters") in [(entry.id, entry.reply.words) for entry in note.entries if entry.reply]
    assert note.troubles == ()


def test_old_notes_are_still_read_from_their_sentences() -> None:
    (path,) = (Path(__file__).parent / "golden" / "format-1").glob("*.md")
    note = read_note(path.read_text(encoding="utf-8"))
    assert [record.id for record in note.past.records] == ["a1", "a2", "a3", "d4", "p5", "p6"]
    assert note.past.standings[1].status is Status.NORMAL
    assert [row.id for row in note.past.rows][:3] == ["answer", "R1", "R2"]
    assert note.troubles == ()


def test_what_is_added_by_hand_stays_in_its_order_and_under_its_decision() -> None:
    session = full_room()
    told = Kept("t6", RecordKind.TELL, "The day team", about="try-it.1")
    text = note_of(replace(session, records=(*session.records, told)))
    step = next(line for line in text.split("\n") if "<!-- step try-it" in line)
    added = (
        "- Who will be told: The board <!-- tell t9 -->",
        "- Sent back once by leaders: No cover <!-- send-back s8 -->",
    )
    text = text.replace(step, "\n  ".join((step, *added)))
    decision = "“We chair the handover in turn until the end of March”: Carried."
    found, without = (read_note(each).past for each in (text, text.partition("<!-- tisu {")[0]))
    assert dict(found.beside) == dict(without.beside) == dict.fromkeys(("t6", "t9", "s8"), decision)
    assert [record.id for record in found.records][-3:] == ["t6", "t9", "s8"]
    assert [record.id for record in without.records][-3:] == ["t6", "s8", "t9"]


def test_without_their_data_notes_yield_what_was_promised_and_say_what_they_lack() -> None:
    session = full_room()
    text = note_of(session).partition("<!-- tisu {")[0]
    note = read_note(text)
    assert note.past.records == past(session).records
    assert note.past.rows == ()
    (trouble,) = note.troubles
    assert "the data at its end is missing" in trouble.text


def test_the_data_says_nothing_that_the_page_does_not() -> None:
    for session in (full_room(), small_room(), aloud_room()):
        text = note_of(session)
        page, _mark, data = text.partition("<!-- tisu ")
        said = re.sub(r"\\(.)", r"\1", page)
        for row in past(session).rows:
            assert {row.label, row.asked, *row.scale} <= {
                each for each in (row.label, row.asked, *row.scale) if each in said
            }
        assert all(record.text in said for record in past(session).records)
        assert data.count("\n") == 1


def test_a_day_that_an_editor_wrote_anew_is_read_or_taken_from_the_data() -> None:
    text = note_of(full_room())
    day = past(full_room()).date
    for written in (f"{day}T00:00:00", f'"{day}"', "1 March 26", ""):
        assert read_note(text.replace(f"\ndate: {day}\n", f"\ndate: {written}\n")).past == past(full_room()), written
    without = text.partition("<!-- tisu ")[0]
    assert read_note(without.replace(f"date: {day}", f"date: {day}T00:00")).past.date == day
    with pytest.raises(NotReadable, match="it has no date like 2026-12-01"):
        read_note(without.replace(f"date: {day}", f"date: {day}0"))


def test_a_line_that_is_taken_out_is_taken_back_and_a_request_is_not_lost_with_it() -> None:
    text = "\n".join(
        line for line in note_of(full_room()).split("\n") if not re.search("<!-- (ask q4|action a2)", line)
    )
    note = read_note(text)
    assert [record.id for record in note.past.records] == ["d1", "a3", "q4", "p5"]
    assert [trouble.text for trouble in note.troubles] == [
        "a2: its line is gone, so it is left out",
        "q4: its line is gone; the request stays, until it is withdrawn",
    ]


@pytest.mark.parametrize("broken", ["{", "{}", '{"past":1}', '{"past":{"id":"7k3m"}}', "[" * 5000])
def test_data_that_can_not_be_read_is_as_if_it_were_not_there(broken: str) -> None:
    text = re.sub(r"<!-- tisu .*", lambda _found: f"<!-- tisu {broken} -->", note_of(full_room()))
    note = read_note(text)
    assert note.past.records == past(full_room()).records
    assert len(note.troubles) == 1


RECORDS = {
    "a1": ("action", "- [x] Book it — @lea, due 2026-03-05"),
    "d2": ("decision", "- We try it, review on 2026-03-05"),
    "q3": ("ask", "- We asked: Cover — @board, reply by 2026-03-05"),
    "p4": ("park", "- Later, back on 2026-03-05"),
    "c5": ("concern", "- Too fast — @lea, reply by 2026-03-05"),
    "t6": ("tell", "- Tell the day team — @lea, by 2026-03-05"),
    "s7": ("send-back", "- No cover, answer by 2026-03-05"),
}


@pytest.mark.parametrize(
    "behind",
    ["\n  {}", "\n\n  {}", "\n\n    {}", "\n{}", "\n\n{}", "\\\n  {}", "  \n  {}", "\n  \n  {}", " {}  "],
)
def test_a_record_of_every_kind_keeps_its_id_wherever_its_comment_went(behind: str) -> None:
    front = '---\ndate: 2026-01-15\ntisu-note: 1\ntisu-session: "9b5s"\nstatus: sealed\n---\n\n'
    lines = (
        f"## {kind}\n\n{line}{behind.format(f'<!-- {kind} {name} -->')}\n" for name, (kind, line) in RECORDS.items()
    )
    note = read_note(front + "\n".join(lines))
    assert note.troubles == ()
    assert {record.id: (record.kind, record.due) for record in note.past.records} == {
        name: (kind, "2026-03-05") for name, (kind, _line) in RECORDS.items()
    }
