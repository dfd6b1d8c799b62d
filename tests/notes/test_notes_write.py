"""Notes that somebody who was not there can read, made from what was released and nothing else."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import pytest
import yaml
from build import Play, aloud_room, answers, full_room, small_room, step, workshop
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import program

from tisu_tui.core.activity import Activity, Given, StepSource
from tisu_tui.core.form import By, Form
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.released import Released
from tisu_tui.core.shown import WITHHELD, Counts, Quotes, Say, Shown, WordTable, withheld_sentence
from tisu_tui.core.size import Size
from tisu_tui.notes.escaping import plain
from tisu_tui.notes.saving import NotesProblem, save
from tisu_tui.notes.write import render
from tisu_tui.session import changes
from tisu_tui.session.session import Fate, Held, Place, Session
from tisu_tui.session.workshop import Block, Span

GOLDEN = Path(__file__).parent / "golden"
PLAYS = {"full-room": full_room, "small-room": small_room, "aloud-room": aloud_room}


def note(session: Session) -> str:
    files = render(session)
    return next(content.decode() for name, content in files.items() if name.endswith(".md"))


def beside(session: Session, name: str) -> bytes:
    return next(content for path, content in render(session).items() if path.endswith(f"/{name}"))


@pytest.mark.parametrize("name", PLAYS)
def test_the_notes_read_as_they_should(name: str) -> None:
    golden = GOLDEN / f"{name}.md"
    if os.environ.get("WRITE_GOLDEN"):
        golden.write_text(note(PLAYS[name]()), encoding="utf-8")
    assert note(PLAYS[name]()) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("records", ["all", "actions", "none"])
def test_a_step_names_only_lists_that_stand_above_it(records: str) -> None:
    session = full_room()
    kinds = {"all": {*RecordKind}, "actions": {RecordKind.ACTION}, "none": set[RecordKind]()}[records]
    text = note(replace(session, records=tuple(record for record in session.records if record.kind in kinds)))
    named = {
        one for line in re.findall("at the top of these notes, under (.*)", text) for one in re.findall("“(.*?)”", line)
    }
    assert {
        "all": named == {"Actions", "Asks to senior management"},
        "actions": named == {"Actions"},
        "none": not named,
    }[records]
    assert named <= {*re.findall("^## (.*)", text, re.MULTILINE)}
    assert ("Nothing was written down." in text) is (records != "all")
    spoken = "Talked through aloud, and written down by the scribe."
    assert text.count(spoken) == {"all": 2, "actions": 1, "none": 0}[records]


@pytest.mark.parametrize("name", PLAYS)
def test_the_same_session_gives_the_same_bytes(name: str) -> None:
    assert render(PLAYS[name]()) == render(PLAYS[name]())


def test_the_front_matter_is_flat_and_every_link_leads_to_a_file() -> None:
    files = render(full_room())
    text = note(full_room())
    front = yaml.safe_load(text.split("---\n")[1])
    assert front["tisu-session"] == "7k3m"
    assert front["people"] == "12–19"
    assert not any(isinstance(value, dict) for value in front.values())
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) == 6
    assert {*links} == {path for path in files if "/" in path}
    assert all(re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)?\.(md|svg|json|csv)", path) for path in files)


def test_nothing_of_a_check_in_leaves_the_room() -> None:
    files = render(full_room())
    assert all(b"Below the window" not in content for content in files.values())
    assert not any("arrive" in path or "leave" in path for path in files)
    assert "Check-in offered. Nothing about it is kept." in note(full_room())


def test_a_round_that_stayed_in_the_room_is_not_shown_beside_one_that_did_not() -> None:
    play = Play(Session("x1", "2026-11-18", workshop()), 12)
    play.answered("arrive", answers("state", *["1", "2", "3"] * 4))
    steps = play.session.workshop.steps
    again = replace(steps[-2], again_id="arrive", tier=steps[2].tier)
    planned = replace(play.session.workshop, steps=(*steps[:-2], again, steps[-1]))
    play.session = changes.replanned(play.session, planned)
    play.answered("leave", answers("state", *["2"] * 7, *["1"] * 5))
    (told,) = (each for each in json.loads(beside(play.session, "results.json"))["steps"] if each["id"] == "leave")
    assert [each["round"] for each in told["rounds"]] == [2]
    assert told["shown"] == [{"say": "More of us chose “2 In the window” than anything else."}]


def test_rounds_stand_side_by_side_at_the_later_one() -> None:
    play = Play(Session("x1", "2026-11-18", workshop()), 12)
    steps = play.session.workshop.steps
    again = replace(steps[5], id="second", title="Once more", again_id="share-first")
    planned = replace(play.session.workshop, steps=(*steps, again))
    play.session = changes.replanned(play.session, planned)
    play.answered("share-first", [{"choice": ("o1",)}] * 12)
    play.answered("second", [{"choice": ("o2",)}] * 12)
    first, second = (part for part in note(play.session).split("\n## ") if "| How many people" in part)
    assert "| People |" in first
    assert "Round 2" not in first
    assert re.search(r"Chairing the handover +\| +0 \| +12 \|", second)


def test_words_that_nobody_said_yes_to_are_nowhere() -> None:
    play = Play(Session("x1", "2026-11-18", workshop()), 12)
    play.answered("ideas", [{"ideas": (f"idea {n:02}",), "idea": (f"idea {n:02}",)} for n in range(12)])
    assert play.session.round is not None
    assert len(play.session.round.held) == 12
    play.decide(Fate.KEPT, 2)
    play.decide(Fate.STRUCK, 3)
    everything = b"".join(render(play.session).values())
    assert set(re.findall(rb"idea \d\d", everything)) == {b"idea 01"}
    assert "- 1 line that was struck." in note(play.session)


def test_what_the_room_is_offered_is_not_offered_to_who_was_not_there() -> None:
    play = Play(Session("x1", "2026-11-18", workshop()), 8)
    play.answered("share-first", [{"choice": ("o1",)}] * 3)
    told = note(play.session)
    assert told.count(withheld_sentence()) == 1
    assert "talk about it" not in told
    assert "shown" not in json.loads(beside(play.session, "results.json"))["steps"][5]["rounds"][0]


def test_records_can_be_ticked_and_answered_by_hand() -> None:
    session = replace(
        full_room(),
        records=(
            Kept("a1", RecordKind.ACTION, "Book a room"),
            Kept("a2", RecordKind.ACTION, "Say so", owner="sam"),
            Kept("a3", RecordKind.ACTION, "Write", due="2026-12-01"),
        ),
    )
    assert (
        "- [ ] Book a room <!-- action a1 -->\n- [ ] Say so — @sam <!-- action a2 -->\n"
        "- [ ] Write, due 1 December 2026 <!-- action a3 -->"
    ) in note(session)


@dataclass(frozen=True, slots=True)
class Everything(Activity):
    """A kind that shows one of each, with the words it is given."""

    words: str

    @classmethod
    def read(cls, step: StepSource) -> Self:
        return cls("")

    def form(self, given: Given, size: Size) -> Form:
        return Form(by=By.EVERYONE)

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        return (
            Say(self.words),
            Counts(self.words, (self.words, "b"), (self.words, "c"), ((1, WITHHELD), (0, 12))),
            Counts("all of it", (self.words, "b"), ("People",), ((1,), (5,))),
            Counts("none of it", ("x",), ("People",), ((WITHHELD,),)),
            Quotes(self.words, (self.words,)),
            WordTable(self.words, (self.words, "d"), ((self.words, WITHHELD),)),
        )


def everything(words: str) -> Session:
    """Play one step that shows everything, with those words wherever words can be."""
    only = step("it", words, "everything", Everything(words), words)
    play = Play(Session("x1", "2026-11-18", replace(workshop(), title=words, summary=words, steps=(only,))), 12)
    play.answered("it", [])
    held = (Held(words, Fate.KEPT),)
    rounds = tuple(replace(round_, held=held, entries=(("f", (words,)),)) for round_ in play.session.rounds)
    play.session = replace(play.session, rounds=rounds)
    for number, kind in enumerate(RecordKind, 1):
        made = Kept(f"{kind.value[0]}{number}", kind, words, "sam", "2026-12-01")
        play.session = changes.recorded(play.session, made)
    play.session = changes.moved(play.session, 1)
    return play.session


def test_every_sort_of_result_is_written() -> None:
    told = note(everything("Hello")).split("\n## ")[9]
    assert told.startswith("1. Hello\n\n<!-- step it everything -->\n\nHello\n\nHello\n\n")
    assert "| Hello | Hello |         c |\n| ----- | ----: | --------: |\n| Hello |     1 | not shown |\n" in told
    assert "| all of it | People |" in told
    assert "none of it" not in told
    assert "**Hello**\n\n- Hello\n" in told
    # A table with nothing in it is none.
    assert "| Hello | d         |" not in told
    assert told.count(withheld_sentence()) == 1
    assert [path for path in render(everything("Hello")) if path.endswith(".svg")] == ["2026-11-18-hello-x1/it.svg"]


def test_a_table_in_a_step_stays_a_table_in_the_notes() -> None:
    session = everything("Hello")
    (only,) = session.workshop.steps
    rows = (((Span("When"),), ()), ((Span("9:00", "strong"),), (Span("Tea | milk"),)))
    body = (*only.body, Block("table", rows=rows))
    session = replace(session, workshop=replace(session.workshop, steps=(replace(only, body=body),)))
    assert "Hello\n\n| When |             |\n| ---- | ----------- |\n| 9:00 | Tea \\| milk |\n\n" in note(session)


WORDS = st.one_of(
    st.text(min_size=1, max_size=60), st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "＝1", '"', "a\n=1"])
)


@settings(deadline=None, max_examples=40)
@given(WORDS)
def test_any_words_leave_whole_files(words: str) -> None:
    # The headings of the notes hold whatever the words are: nothing of theirs becomes one.
    def shape(text: str) -> list[str]:
        return [line.split(" ")[0] for line in text.splitlines() if line.startswith("#")]

    session = everything(words)
    if plain(words):
        assert shape(note(session)) == shape(note(everything("Hello")))
        assert yaml.safe_load(note(session).split("---\n")[1])["title"] == plain(words)
    shown = json.loads(beside(session, "results.json"))["steps"][0]["shown"]
    assert shown[0] == {"say": words}
    assert shown[1]["counts"] == [[1, None], [0, 12]]
    assert shown[1]["withheld"] is True
    assert shown[2]["withheld"] is False


@settings(deadline=None, max_examples=40)
@given(WORDS)
def test_no_cell_of_the_table_is_a_formula(words: str) -> None:
    session = full_room()
    rounds = tuple(
        replace(
            round_, closed=replace(round_.closed, tallies=tuple(replace(t, title=words) for t in round_.closed.tallies))
        )
        for round_ in session.rounds
        if round_.closed
    )
    text = beside(replace(session, rounds=rounds), "results.csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len({len(row) for row in rows}) == 1
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")) for row in rows for cell in row
    )
    if plain(words):
        assert rows[1][7] in {plain(words), f"'{plain(words)}"}


def test_a_spreadsheet_gets_a_row_for_each_option_and_a_blank_for_what_is_withheld() -> None:
    data = beside(small_room(), "results.csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert {row["step"] for row in rows} == {"recommendations", "share-first", "try-it"}
    assert {(row["people"], row["withheld"]) for row in rows} == {("", "yes")}
    full = csv.DictReader(io.StringIO(beside(full_room(), "results.csv").decode("utf-8-sig"), newline=""))
    dots = [row for row in full if row["step"] == "share-first"]
    assert [(row["option"], row["people"], row["dots"]) for row in dots] == [
        ("o1", "9", "9"),
        ("o2", "12", "18"),
        ("o3", "6", "6"),
        ("o4", "3", "3"),
    ]


def test_numbers_in_the_data_are_those_in_the_text() -> None:
    told = json.loads(beside(full_room(), "results.json"))
    (dots,) = (each for each in told["steps"] if each["id"] == "share-first")
    (question,) = dots["rounds"][0]["questions"]
    assert [option["people"] for option in question["options"]] == [9, 12, 6, 3]
    assert dots["shown"][0]["counts"] == [[9], [12], [6], [3]]
    assert re.search(r"Chairing the handover +\| +12 \|", note(full_room()))


def test_a_draft_becomes_the_sealed_notes_without_its_old_pictures(tmp_path: Path) -> None:
    sealed = full_room()
    draft = replace(sealed, place=Place(3))
    path = save(render(draft), tmp_path / "exports")
    pictures = path.with_suffix("")
    (pictures / "photo.jpg").write_bytes(b"theirs")
    kept = replace(sealed, rounds=tuple(round_ for round_ in sealed.rounds if round_.step != "share-first"))
    assert save(render(kept), tmp_path / "exports") == path
    assert sorted(each.name for each in pictures.iterdir()) == [
        "photo.jpg",
        "recommendations.svg",
        "records.csv",
        "results.csv",
        "results.json",
    ]
    assert path.read_bytes() == render(kept)[path.name]
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize("edit", [(b"- [ ]", b"- [x]"), (b"\n", b"\r\n"), (b'"', b"")])
def test_what_a_team_wrote_into_its_notes_is_never_lost(tmp_path: Path, edit: tuple[bytes, bytes]) -> None:
    path = save(render(full_room()), tmp_path)
    edited = path.read_bytes().replace(*edit)
    path.write_bytes(edited)
    with pytest.raises(NotesProblem, match="edited since"):
        save(render(full_room()), tmp_path)
    assert path.read_bytes() == edited


def test_notes_written_again_are_the_same_notes(tmp_path: Path) -> None:
    path = save(render(full_room()), tmp_path)
    assert save(render(full_room()), tmp_path) == path


@pytest.mark.parametrize("there", [b"my own page\n", b"---\ntisu-session: other\n---\n", b""])
def test_what_is_not_this_sessions_is_left_alone(tmp_path: Path, there: bytes) -> None:
    (name,) = (path for path in render(full_room()) if path.endswith(".md"))
    (tmp_path / name).write_bytes(there)
    with pytest.raises(NotesProblem, match="not from this session"):
        save(render(full_room()), tmp_path)
    assert (tmp_path / name).read_bytes() == there
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_links_that_lead_elsewhere_are_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "old.svg").write_bytes(b"theirs")
    files = render(full_room())
    (name,) = (path for path in files if path.endswith(".md"))
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / name.removesuffix(".md")).symlink_to(elsewhere)
    with pytest.raises(NotesProblem, match="link"):
        save(files, exports)
    assert [each.name for each in elsewhere.iterdir()] == ["old.svg"]
    (exports / name.removesuffix(".md")).unlink()
    (elsewhere / name).write_bytes(files[name])
    (exports / name).symlink_to(elsewhere / name)
    with pytest.raises(NotesProblem):
        save(files, exports)
    assert (exports / name).is_symlink()


def test_an_office_document_can_be_made_of_the_notes(tmp_path: Path) -> None:
    path = save(render(full_room()), tmp_path)
    document = tmp_path / "notes.docx"
    pandoc = program("pandoc", "pandoc")
    subprocess.run([pandoc, path.name, "-o", document], cwd=tmp_path, check=True, capture_output=True)
    text = zipfile.ZipFile(document).read("word/document.xml").decode()
    for words in ("Put the trial on the ward meeting agenda", "Chairing the handover", "1. The *rota* | see"):
        assert words in text
