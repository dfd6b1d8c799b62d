from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from files import GATHER, step, workshop

from tisu_tui.activities.rate import Rate
from tisu_tui.core.activity import Tier
from tisu_tui.session.workshop import Block, Right, Span, Step
from tisu_tui.workshop.edit import fragment, insert
from tisu_tui.workshop.library import NoSuchWorkshopError, find, library
from tisu_tui.workshop.reader import read

LIBRARY = {path.stem: path for path in library()}


def steps(text: str) -> tuple[Step, ...]:
    reading = read(text, "x")
    assert reading.workshop, reading.problems
    return reading.workshop.steps


@pytest.mark.parametrize("name", LIBRARY)
def test_a_workshop_of_the_library_has_neither_problems_nor_warnings(name: str) -> None:
    reading = read(LIBRARY[name].read_bytes(), name, date(2026, 11, 23))
    assert reading.problems == ()
    assert reading.workshop
    # Contacts age: each team puts in its own.
    assert reading.workshop.support == ()


@pytest.mark.parametrize("name", LIBRARY)
def test_a_workshop_of_the_library_is_kind(name: str) -> None:
    text = LIBRARY[name].read_text("utf-8")
    found = read(text, name).workshop
    assert found
    told = " ".join(block.text for block in (*found.intro, *(b for each in found.steps for b in each.body)))
    assert "not therapy, not an assessment" in told
    assert "not an official programme tool" in told
    assert any("serious harm" in block.text for block in found.steps[0].body), "the limit is said first"
    assert found.steps[-1].id == "aftercare"
    assert all(each.notes for each in found.steps), "the facilitator has a note for each step"
    minutes = sum(each.minutes for each in found.steps)
    assert f"{minutes} minutes" in " ".join(found.notes)
    assert all(each.minutes for each in found.steps)
    for each in found.steps:
        assert each.right or each.kind not in {"choose", "dots", "consent"}
    assert not re.search(r"[^\x00-\u024f\u2010-\u2026]", text), "no emoji or pictures"


@pytest.mark.parametrize("name", LIBRARY)
def test_the_text_a_workshop_carries_reads_again_as_the_same_workshop(name: str) -> None:
    first = read(LIBRARY[name].read_bytes(), name).workshop
    assert first
    again = read(first.source, name).workshop
    assert again == first
    windows = read(b"\xef\xbb\xbf" + first.source.replace("\n", "\r\n").encode(), name).workshop
    assert windows == first


def test_the_library_holds_the_three_named_sessions() -> None:
    assert {"window-of-tolerance", "recommendations", "sharing-power"} <= set(LIBRARY)
    ratings = next(each for each in steps(LIBRARY["recommendations"].read_text("utf-8")) if each.kind == "rate")
    assert isinstance(ratings.activity, Rate)
    ids = [option.id for option in ratings.activity.lines]
    assert " ".join(ids) == "R1 R2 R3a R3b R4a R4b R5 R6a R6b R7a R7b"


def test_a_workshop_is_found_by_path_or_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.md"
    own.write_text("x", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert find("own.md") == Path("own.md")
    assert find("window-of-tolerance") == LIBRARY["window-of-tolerance"]
    with pytest.raises(NoSuchWorkshopError, match="did you mean 'window-of-tolerance'"):
        find("window-of-tolerence")
    with pytest.raises(NoSuchWorkshopError, match="folder"):
        find(str(tmp_path))


def test_another_round_takes_what_it_needs_from_the_step_it_runs_again() -> None:
    first, again, once_more = steps(
        workshop(
            "## Now\n\n`check-in` `id now`\n\n> You can pass.\n\nNotice.\n\n- 1: low\n- 2: high\n\n"
            "## Later\n\n`check-in` `again now` `2 min`\n\n## Last\n\n`again later`\n\nAnd now?\n"
        )
    )
    assert (again.id, again.again_id, again.kind, again.minutes) == ("later", "now", "check-in", 2)
    assert (again.activity, again.tier) == (first.activity, Tier.ROOM)
    assert (again.content_note, again.body) == (first.content_note, first.body)
    assert once_more.counts_as == again.counts_as == first.counts_as == "now"
    assert once_more.body == (Block("paragraph", (Span("And now?"),)),)


@pytest.mark.parametrize(
    ("written", "numbers", "words"),
    [("5-16", "5–16", "5 to 16 people"), ("1 to 2", "1–2", "1 or 2 people"), ("4", "4", "4 people")],
)
def test_how_many_people_a_workshop_is_for_is_read(written: str, numbers: str, words: str) -> None:
    found = read(
        step("`talk`").replace("title: A test", f"title: A test\npeople: {written}\ntags: [a, b c]"), "x"
    ).workshop
    assert found
    assert found.people
    assert (found.people.numbers, found.people.words, found.tags) == (numbers, words, ("a", "b c"))


def test_a_line_about_leaders_keeps_its_name_and_its_words() -> None:
    lines = "1. `E5 about leaders` Leaders rest\n2. `about leaders` They listen\n3. `E1` We rest\n"
    (found, _end) = steps(step("`rate`", f"{lines}\n- 1: low\n- 2: high"))
    assert isinstance(found.activity, Rate)
    assert [(option.id, option.label) for option in found.activity.lines] == [
        ("E5", "E5 Leaders rest"),
        ("they-listen", "They listen"),
        ("E1", "E1 We rest"),
    ]
    assert [option.id for option in found.activity.about_leaders] == ["E5", "they-listen"]


def test_settings_of_a_vote() -> None:
    _ideas, vote, again, proposal, _end = steps(
        "---\ntisu: 1\ntitle: A test\nvoices: [leader, staff]\ndelete-after: 90\n---\n\n"
        + GATHER
        + "## Vote\n\n`choose up to 2` `5 min`\n`from ideas`, `we advise the board` `by voice` `random order`\n\n"
        "## Again\n\n`again vote` `we decide`\n\n## Try it?\n\n`consent` `from again` `quorum 3/4`\n"
        "`leaders may send back once` `for the organisation`\n\n## End\n\n`close`\n"
    )
    assert (vote.right, vote.advises, vote.from_id, vote.minutes) == (Right.WE_ADVISE, "the board", "ideas", 5)
    assert (vote.by_voice, vote.random_order) == (True, True)
    assert (again.right, again.advises, again.from_id) == (Right.WE_DECIDE, "", "ideas")
    assert (proposal.right, proposal.tier) == (Right.SEND_BACK, Tier.ORGANISATION)
    # Rounds are kept under the first one's id, and the last of them is what is taken.
    assert proposal.from_id == "vote"


def test_what_the_team_wants_of_small_rooms_of_second_looks_and_of_earlier_sessions_is_read() -> None:
    text = "---\ntisu: 1\ntitle: A test\ncareful: yes\ntrend: numbers\n---\n\n" + GATHER
    text += "## Vote\n\n`dots` `from ideas` `we decide` `twice`\n\n## Again\n\n`again vote`\n\n## End\n\n`close`\n"
    found = read(text, "x").workshop
    assert found
    assert (found.careful, found.trend_numbers) == (True, True)
    assert [each.twice for each in found.steps] == [False, True, True, False]
    plain = read(step("`talk`"), "x").workshop
    assert plain
    assert (plain.careful, plain.trend_numbers, plain.steps[0].twice) == (False, False, False)


def test_what_people_read_is_blocks_without_markdown() -> None:
    (found, _end) = steps(
        step(
            "`talk`",
            "> Said *first*.\n\nOne **two**\nthree `four` [five](https://x.org/a) <https://y.org> ![pic](b.png)\n\n"
            "### More\n\n- a\n  1. b\n\n> later\n\n<!-- for me -->\nText <!-- and me --> here\n\n|h|i|\n|-|-|\n|j|k|\n",
        )
    )
    assert [(block.kind, block.mark, block.text) for block in found.content_note] == [("quote", "", "Said first.")]
    assert found.body[0].spans == (
        Span("One "),
        Span("two", "strong"),
        Span(" three "),
        Span("four", "code"),
        Span(" five (https://x.org/a) https://y.org"),
    )
    assert [(block.kind, block.mark, block.text) for block in found.body[1:]] == [
        ("image", "b.png", "pic"),
        ("heading", "", "More"),
        ("bullet", "-", "a"),
        ("number", "  1.", "b"),
        ("quote", "", "later"),
        ("paragraph", "", "Text here"),
        ("table", "", "h | i j | k"),
    ]
    assert found.body[-1].cells == (("h", "i"), ("j", "k"))
    assert found.notes == ("for me", "and me")


def test_planned_actions_stand_in_the_step() -> None:
    (found, _end) = steps(step("`actions`", "- [ ] Ask HR — @lea, due 2026-12-01\n- [ ] Book **the** room"))
    assert found.planned == ("Ask HR — @lea, due 2026-12-01", "Book the room")


def test_ids_hold_for_any_script() -> None:
    found = steps(workshop("## 会議\n\n## Ω\n\n## Why not?\n\n## Session\n\n## Über uns\n\n`close`\n"))
    assert [each.id for each in found] == ["huiyi", "o", "why-not", "session", "uber-uns"]


@pytest.mark.parametrize(
    "words", ["Is it *fair* [now](x)?", "`rate` & <b>#1</b> ::: \\ #", "1. one | two", "Now", "!", ""]
)
def test_a_step_added_on_the_fly_reads_again_with_its_words(words: str) -> None:
    source = LIBRARY["window-of-tolerance"].read_text("utf-8")
    before = steps(source)
    for after in (-1, 2, len(before) - 1):
        added = insert(source, after, fragment("gather", words, {each.id for each in before}))
        found = steps(added)
        assert found[after + 1].title == (words.strip() or "gather")
        assert found[after + 1].kind == "gather"
        assert [*found[: after + 1], *found[after + 2 :]] == list(before)


def test_a_step_with_a_known_title_gets_an_id_of_its_own() -> None:
    assert (
        fragment("park", "More ideas", {"more-ideas", "more-ideas-2"}) == "## More ideas\n\n`park` `id more-ideas-3`\n"
    )
    with pytest.raises(IndexError):
        insert(step("`talk`"), 2, fragment("park", "More"))
