"""The page for senior management holds what the group was told would go there, and nothing else at all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from build import Play, full_room, step
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from in_one_process import in_one_process

from tisu_tui.activities.agree import Agree
from tisu_tui.activities.capture import Capture
from tisu_tui.activities.consent import Consent
from tisu_tui.activities.gather import Gather
from tisu_tui.activities.rate import Rate
from tisu_tui.cli import main
from tisu_tui.cli._opening import open_workshop
from tisu_tui.cli._simulated_session import RehearsalOptions, run
from tisu_tui.core.activity import ListLine, ScaleLine, StepSource, Tier
from tisu_tui.core.records import LETTER, Kept, RecordKind
from tisu_tui.core.released import ReleasedVoice
from tisu_tui.notes.outward import outward
from tisu_tui.notes.paper import paper, reply
from tisu_tui.notes.reply import read_reply
from tisu_tui.rehearsal.people import AT_ONCE
from tisu_tui.session.changes import recorded, sealed
from tisu_tui.session.session import Fate, Place, Round, Session
from tisu_tui.session.workshop import Block, Right, Sheet, Span, Step, Workshop
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile

SECRET = "zzsecret"


def page(session: Session) -> str:
    (text,) = paper(session).values()
    return text.decode()


def asked(*records: Kept) -> Session:
    return replace(full_room(), records=records)


def test_an_ask_says_what_why_to_whom_and_by_when() -> None:
    text = page(
        asked(Kept("q1", RecordKind.ASK, "Paid cover because two of us went alone", "head-of-service", "2026-12-15"))
    )
    assert "1. **Paid cover**\n   - Why: two of us went alone\n   - To: head of service; please reply by 15 Dec" in text
    assert yaml.safe_load(text.split("---\n")[1])["tisu-session"] == "7k3m"


@pytest.mark.parametrize(
    ("owner", "told"),
    [
        ("head-of-service", "head of service"),
        ("HR", "hr"),
        ("Senior_Management", "senior management"),
        ("lea", "senior management"),
        ("head-lea", "senior management"),
        ("", "senior management"),
    ],
)
def test_nobody_is_named_but_by_their_role(owner: str, told: str) -> None:
    text = page(asked(Kept("q1", RecordKind.ASK, "Ask @lea or @duty-lead, at a@b.org", owner)))
    assert f"To: {told}; please name a date" in text
    assert "Ask one of us or duty lead" in text
    assert "lea " not in text.replace("please", "")


def test_kept_lines_stand_under_their_theme_and_a_theme_names_nobody() -> None:
    words = step("words", "Ideas?", "gather", Gather.read(_source("gather", ())))
    made = (replace(words, tier=Tier.ORGANISATION),)
    play = Play(Session("x1", "2026-11-18", Workshop("", "w.md", "W", steps=made)), 6)
    play.answered("words", [{"ideas": (said,)} for said in ("a rest", "by @lea", "cake", "door", "ends", "fun")])
    play.theme("Tea with @lea", 1, 2)
    play.theme("Doors", 4)
    play.decide(Fate.KEPT, 1, 2, 3)
    play.end()
    assert "- Tea with one of us\n  - a rest\n  - by one of us\n- Doors\n\n- cake\n" in page(play.session)


def test_a_page_with_nothing_on_it_says_so() -> None:
    assert "Nothing is asked of you this time" in page(asked())


def test_what_has_a_page_of_its_own_is_named_unless_something_of_the_teams_is_on_it() -> None:
    sheet = Sheet("Our plan")
    ours, theirs = (
        replace(step(name, name, "capture", Capture.read(_source("capture", ("Staff",)))), sheet=sheet, tier=tier)
        for name, tier in (("ours", Tier.TEAM), ("theirs", Tier.ORGANISATION))
    )
    for steps_of_it, told in (((theirs,), True), ((ours, theirs), False)):
        play = Play(Session("x1", "2026-11-18", Workshop("", "w.md", "W", steps=steps_of_it)), 12)
        for each in steps_of_it:
            play.aloud(each.id, R1=(f"{each.id} said",))
        play.end()
        text = page(play.session)
        assert ("With this comes a page of its own: “Our plan”." in text) is told
        assert ("theirs said" in text) is not told
        assert "ours said" not in text


def test_the_form_for_the_reply_names_roles_and_holds_the_asks_alone() -> None:
    asks = asked(Kept("q1", RecordKind.ASK, "Paid cover", "lea", "2026-12-15"), Kept("a1", RecordKind.ACTION, SECRET))
    (form,) = reply(asks).values()
    assert "Asked of: senior management, reply by 15 December 2026" in form.decode()
    assert SECRET not in form.decode()
    assert read_reply(form.decode()).session == "7k3m"
    assert not reply(asked())


def test_the_command_writes_both_and_says_what_to_do_with_them(tmp_path: Path) -> None:
    wish = RehearsalOptions(
        5, 3, dt.date(2026, 11, 18), leads=True, on_screen=False, exports=tmp_path / "first", pace=AT_ONCE
    )
    run(open_workshop("plan-on-one-page"), tmp_path / "data", wish, in_one_process)
    (session,) = DataFolder(tmp_path / "data").sessions()
    arguments = ["notes", session, "--for", "organisation", "--to", str(tmp_path), "--data", str(tmp_path / "data")]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    written, form = sorted(tmp_path.glob("*.md"))
    assert (written.stem[-6:], form.stem[-6:]) == ("-paper", "-reply")
    assert "read it once for names" in done.output.casefold()
    same = f"--rehearsals --data {tmp_path / 'data'} --exports {tmp_path}"
    assert f"tisu actions {same} reply FILE" in done.output
    form.write_text("filled in", encoding="utf-8")
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 0
    assert "left as it is" in again.output
    assert form.read_text(encoding="utf-8") == "filled in"


def test_there_is_no_paper_before_the_group_has_read_its_notes(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    begun = Session("x1", "2026-11-18", open_workshop("readiness"), place=Place(2))
    file = SessionFile(folder.session_file("x1"))
    file.save(begun)
    arguments = ["notes", "x1", "--for", "organisation", "--data", str(tmp_path / "data"), "--to", str(tmp_path)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert "has not ended" in done.output
    file.save(sealed(begun))
    file.close()
    done = CliRunner().invoke(main, arguments)
    # Nothing was asked for, so there is no form to send.
    assert done.exit_code == 0, done.output
    assert "form" not in done.output
    assert "send it to senior management" in done.output


# A room that answers, writes and decides in every tier, so that anything can be looked for in what goes up.


def _source(kind: str, words: Sequence[str], scale: Sequence[str] = ()) -> StepSource:
    return StepSource(
        kind,
        kind,
        1,
        numbered=tuple(ListLine(f"R{n}", text, n, 1) for n, text in enumerate(words, 1)),
        scale=tuple(ScaleLine(n, n, text, n, 1) for n, text in enumerate(scale, 1)),
    )


def steps(tier: Tier, mark: str) -> tuple[Step, ...]:
    """Give one step of each sort, with a mark in every word that the file holds."""
    lines = [f"{mark} one", f"{mark} two"]
    name = tier.name.lower()
    points = [f"{mark} {n}" for n in "xyz"]
    made = (
        step(f"{name}-rate", f"{mark} how far?", "rate", Rate.read(_source("rate", lines, points))),
        step(f"{name}-agree", f"{mark} fine?", "agree", Agree.read(_source("agree", lines))),
        step(f"{name}-gather", f"{mark} ideas?", "gather", Gather.read(_source("gather", ()))),
        step(f"{name}-consent", f"{mark} try?", "consent", Consent(f"{mark} proposal"), right=Right.SEND_BACK),
        step(f"{name}-capture", f"{mark} notes?", "capture", Capture.read(_source("capture", lines))),
    )  # fmt: skip
    note = (Block("paragraph", (Span(mark),)),)
    return tuple(
        replace(each, tier=tier, content_note=note, body=note, notes=(SECRET,), planned=(SECRET,)) for each in made
    )


def played(words: str, stands: Sequence[str], people: int, *, carried: bool) -> Session:
    """Play a session whose secret words are everywhere but in the steps for the organisation."""
    made = tuple(each for tier in Tier for each in steps(tier, "up" if tier is Tier.ORGANISATION else words))
    note = (Block("paragraph", (Span(words),)),)
    whole = Workshop(
        words, "w.md", "Our week", voices=("leader",), support=(words,), intro=note, notes=(words,), steps=made
    )
    play = Play(replace(Session("x1", "2026-11-18", whole), code=words, jottings=(words,)), people)
    for tier in Tier:
        name = tier.name.lower()
        up = tier is Tier.ORGANISATION
        play.answered(
            f"{name}-rate", [{f"R{n}": (stands[(who + n) % len(stands)],) for n in (1, 2)} for who in range(people)]
        )
        play.answered(
            f"{name}-agree", [{"R1": ("fine",), "R2": ("change",), "more": (words,)} for _who in range(people)]
        )
        play.decide(Fate.KEPT, 1)
        said = "up we said" if up else words
        play.answered(f"{name}-gather", [{"ideas": (said, f"{words} struck")} for _who in range(people)])
        held = play.session.round.held if play.session.round else ()
        for n, line in enumerate(held, 1):
            play.decide(Fate.STRUCK if "struck" in line.text else Fate.KEPT, n)
        play.theme(f"{said} theme", 1)
        chosen = ["worry"] * people if carried else ["object"] * people
        play.answered(f"{name}-consent", [{"position": (each,), "reason": (words,)} for each in chosen])
        play.decide(Fate.KEPT, 1)
        play.aloud(f"{name}-capture", R1=(said,))
    for kind in RecordKind:
        said = "up we ask" if kind is RecordKind.ASK else words
        play.session = recorded(play.session, Kept(f"{LETTER[kind]}1", kind, said, SECRET, "2026-12-01"))
    play.end()
    # Roles side by side are the room's, whatever else goes up.
    return replace(play.session, rounds=tuple(_by_voice(round_, words) for round_ in play.session.rounds))


def _by_voice(round_: Round, voice: str) -> Round:
    if round_.closed is None:
        return round_
    beside = (ReleasedVoice(voice, round_.closed.tallies), ReleasedVoice(f"{voice} two", round_.closed.tallies))
    return replace(round_, closed=replace(round_.closed, voices=beside))


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.sampled_from("123"), min_size=1, max_size=12),
    st.sampled_from([3, 5, 7, 8, 9, 10, 12, 30]),
    st.booleans(),
)
def test_nothing_that_was_for_the_room_or_the_team_goes_up(stands: list[str], people: int, carried: bool) -> None:
    text = page(played(SECRET, stands, people, carried=carried))
    assert SECRET not in text.lower()
    assert "up we ask" in text
    assert ("“up proposal”" in text) is (carried and people >= 5)


def test_worries_that_were_kept_beside_a_spoken_decision_stay_with_the_team() -> None:
    vote = step("vote", "Shall we?", "consent", Consent("Shall we?"), right=Right.SEND_BACK)
    made = (replace(vote, tier=Tier.ORGANISATION),)
    play = Play(Session("x1", "2026-11-18", Workshop("", "w.md", "W", steps=made)), 3)
    play.aloud("vote", outcome=("carried-worries",), worries=(SECRET,))
    play.end()
    text = page(play.session)
    assert "“Shall we?”: Carried" in text
    assert SECRET not in text


@pytest.mark.parametrize(
    "private",
    [{"struck": 3}, {"softened": 2}, {"hands": 2}, {"people": 9}, {"jottings": ("tense",)}, {"asked": frozenset("a")}],
    ids=lambda private: next(iter(private)),
)
def test_what_was_taken_out_or_counted_by_hand_is_told_to_the_team_alone(private: dict[str, Any]) -> None:
    whole = played(SECRET, ["1", "2", "3"], 12, carried=True)
    nothing = {name: type(value)() for name, value in private.items()}
    assert outward(replace(whole, **private)) == outward(replace(whole, **nothing))


def test_what_the_group_was_told_would_go_up_does() -> None:
    text = page(played(SECRET, ["2"], 12, carried=True))
    for words in ("up how far?", "up we said", "up ideas?", "Kept as it is", "Leaders may send it back once"):
        assert words in text, text


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from("123"), min_size=1, max_size=12), st.sampled_from([5, 8, 10, 23]), st.booleans())
def test_no_number_of_people_goes_up_but_the_band(stands: list[str], people: int, carried: bool) -> None:
    text = page(played(SECRET, stands, people, carried=carried)).split("---\n")[2]
    left = re.sub(r"with \S+ people|2026|1\. |\b18\b|1 December|[123] up [xyz]|R[12]", "", text)
    assert not re.search(r"\d", left), left


def test_what_is_left_of_a_session_is_as_if_nothing_else_had_been() -> None:
    assert SECRET not in repr(outward(played(SECRET, ["1", "2", "3"], 12, carried=True))).lower()
