from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from files import FRONT, GATHER, step, workshop

from tisu_tui import activities
from tisu_tui import workshop as package
from tisu_tui.workshop.reader import read
from tisu_tui.workshop.source import display, render

TODAY = date(2026, 11, 23)
BOXES = "- [ ] One\n- [ ] Two\n"
SCALE = "- 1: low\n- 2: high\n"
TWICE = GATHER + "## Vote\n\n`choose any` `id vote` `from ideas` `we decide` `twice`\n\n## Again\n\n"
ONCE = TWICE.replace(" `twice`", "")
"""Body of ten lines: settings of the step named Again stand on line 16."""


def front(lines: str) -> str:
    return f"---\n{lines}---\n\n## Talk\n\n## The end\n\n`close` `3 min`\n"


BY_VOICE_IN_THE_ROOM = """---
tisu: 1
title: x
voices: [leader, staff]
---

## Calm?

`scale` `by voice` `kept in the room`

- 1: low
- 2: high

## The end

`close` `3 min`
"""

CASES: list[tuple[str, str | bytes, list[tuple[int, int]]]] = [
    ("T000", FRONT.encode() + b"## Caf\xe9\n", [(6, 7)]),
    ("T000", "é\r\né".encode() + b"\xff", [(2, 2)]),
    ("T001", workshop("## A\x1b[31m step\n\n`close`\n"), [(6, 5)]),
    ("T001", workshop("## A\n\nName \u202egnp and \u2066 more\n\n## B\n\n`close`\n"), [(8, 6)]),
    ("T001", step("`tal\u200bk`"), [(8, 5)]),
    ("T002", FRONT + "x" * 65536, [(1, 1)]),
    ("T003", step("`talk`", "|" + "a|" * 65 + "\n|" + "-|" * 65), [(11, 1)]),
    ("T004", step("`talk`", "".join("  " * n + "- a\n" for n in range(12))), [(20, 1)]),
    ("T004", front("tisu: 1\ntitle: x\nsummary: " + "[" * 21 + "]" * 21 + "\n"), [(4, 29)]),
    ("T005", step("`talk`", "![" * 500), [(10, 1)]),
    ("T006", FRONT + "\n" * 4001, [(4001, 1)]),
    ("T007", step("`talk`", "Words.\n\n<<<<<<< ours\nOne.\n=======\nTwo.\n>>>>>>> theirs"), [(12, 1)]),
    ("T100", "# Hello\n\n## Talk\n\n## The end\n\n`close`\n", [(1, 1)]),
    ("T100", "\n" + step("`talk`"), [(2, 1)]),
    ("T100", "---\ntisu: 1\ntitle: x\n\n## Talk\n", [(1, 1)]),
    ("T101", front("tisu: 1\ntitle: Sharing power: a start\n"), [(3, 21)]),
    ("T101", front('tisu: 1\ntitle: "Sharing power\nvoices: [leader, staff]\n'), [(3, 8)]),
    ("T101", front("- tisu\n"), [(2, 1)]),
    ("T101", front("just words\n"), [(2, 1)]),
    ("T101", front("tisu: 1\ntitle: x\n--- !\n"), [(4, 1)]),
    ("T102", front("tisu: 1\ntitle: x\nlangage: en\n"), [(4, 1)]),
    ("T102", front("tisu: 1\n  \ntitel: x\n"), [(4, 1)]),
    ("T103", front("tisu: 2\ntitel: x\nvoices: y\n"), [(2, 7)]),
    ("T103", front("tisu: one\ntitle: x\n"), [(2, 7)]),
    ("T104", front("tisu: 1\ntitle:\n"), [(3, 7)]),
    ("T104", front("tisu: 1\ntitle: x\nvoices: leader\n"), [(4, 9)]),
    ("T104", front("tisu: 1\ntitle: x\nsupport:\n"
                   "  - A: b\n  - x, checked 2026-11-01\n  - x, checked 2026-11-01\n"), [(5, 5), (7, 5)]),
    ("T104", front("tisu: 1\ntitle: x\nlanguage: 7\n"), [(4, 11)]),
    ("T104", front("tisu: 1\ntitle: x\ndelete-after: 90 days\nlanguage: English please\n"), [(4, 15), (5, 11)]),
    ("T104", front("tisu: 1\ntitle: x\ncareful: very\ntrend: counts\n"), [(4, 10), (5, 8)]),
    ("T104", front("tisu: 1\ntitle: x\npeople: 9-5\ntags: wellbeing\n"), [(4, 9), (5, 7)]),
    ("T105", front("tisu: 1\n"), [(1, 1)]),
    ("T105", front("{}\n"), [(1, 1), (1, 1)]),
    ("T106", front("tisu: 1\ntitle: &a x\n"), [(3, 8)]),
    ("T106", front("tisu: 1\ntitle: x\nsummary: *title\n"), [(4, 10)]),
    ("T106", front("tisu: 1\ntitle: !!str x\n"), [(3, 8)]),
    ("T107", front("tisu: 1\ntitle: x\ntitle: y\n"), [(4, 1)]),
    ("T108", front("tisu: 1\ntitle: " + "x" * 9000 + "\n"), [(1, 1)]),
    ("T200", FRONT + "# Hello\n", [(1, 1)]),
    ("T201", workshop("# One\n\n# Two\n\n## Talk\n\n`close`\n"), [(8, 1)]),
    ("T201", workshop("## Talk\n\n`close`\n\n# Late\n"), [(10, 1)]),
    ("T202", step("`talk`", "<div>\nx\n</div>"), [(10, 1)]),
    ("T202", step("`talk`", "A line\nbreak <br> here"), [(11, 7)]),
    ("T203", step("`talk`", "::: warning\n\nold\n\n:::"), [(10, 1)]),
    ("T203", step("`talk`", "Words\n:::note\nold\n:::"), [(11, 1)]),
    ("T204", workshop("## Talk\n\n`close`\n\n<!-- never ends\n\n## Lost\n"), [(10, 1)]),
    ("T205", workshop("##\n\n`close`\n"), [(6, 1)]),
    ("T206", workshop("".join(f"## A{n}\n\n`close`\n\n" for n in range(201))), [(806, 1)]),
    ("T210", workshop("## Talk\n\n## Talk\n\n`close`\n"), [(8, 1)]),
    ("T210", workshop(GATHER + "## Talk\n\n`close` `id ideas`\n"), [(12, 10)]),
    ("T211", step("`choose 1` `from nowhere` `we decide`"), [(8, 13)]),
    ("T211", workshop("## Vote\n\n`dots` `from ideas` `we decide`\n\n" + GATHER + "## End\n\n`close`\n"), [(8, 9)]),
    ("T207", workshop("##Talk\n\n`talk`\n\n## E\n\n`close`\n"), [(6, 1)]),
    ("T207", workshop("## Talk\n\nWords.\n###Ask\n\n## E\n\n`close`\n"), [(9, 1)]),
    ("T212", step("`again nowhere`"), [(8, 2)]),
    ("T212", workshop("## A\n\n`again a`\n\n## B\n\n`again a`\n\n## C\n\n`close`\n"), [(8, 2)]),
    ("T213", workshop("## Talk\n\n## Vote\n\n`choose 1` `from talk` `we decide`\n\n## E\n\n`close`\n"), [(10, 13)]),
    ("T214", workshop(TWICE + "`dots` `again vote`\n\n## E\n\n`close`\n"), [(16, 2)]),
    ("T214", workshop(TWICE + "`choose 1` `again vote`\n\n## E\n\n`close`\n"), [(16, 2)]),
    ("T300", step("`dance`"), [(8, 2)]),
    ("T300", step("`check in` `5 min`", SCALE), [(8, 2)]),
    ("T301", step("`choose many` `we decide`", BOXES), [(8, 2)]),
    ("T301", step("`talk 3`"), [(8, 2)]),
    ("T302", step("`talk` `0 min` `id n/a`"), [(8, 9), (8, 17)]),
    ("T302", step("`consent` `quorum 4/3` `we decide`"), [(8, 12)]),
    ("T302", step("`consent` `quorum two thirds` `id a vote` `we decide`"), [(8, 12), (8, 32)]),
    ("T303", step("`rate` `talk` `choose 1`", f"1. One\n\n{SCALE}"), [(8, 9), (8, 16)]),
    ("T302", step("`talk` `id` `from` `again`"), [(8, 9), (8, 14), (8, 21)]),
    ("T304", step("`rate` `surenes`", f"1. One\n\n{SCALE}"), [(8, 9)]),
    ("T304", step("`talk` `4 minz`,  `named`"), [(8, 9), (8, 20)]),
    ("T304", step("`talk`\n`4 min` `calm`"), [(9, 10)]),
    ("T305", step("`talk` `4 min` `5 min`"), [(8, 17)]),
    ("T305", step("`choose any` `we decide` `we decide`", BOXES), [(8, 27)]),
    ("T306", step("`talk` `kept by the team` `for the organisation`"), [(8, 28)]),
    ("T306", step("`choose any` `we decide` `for information`", BOXES), [(8, 27)]),
    ("T306", workshop(TWICE + "`again vote` `random order` `for the organisation`\n\n## E\n\n`close`\n"),
     [(16, 15), (16, 30)]),
    ("T306", workshop(ONCE + "`again vote` `twice`\n\n## E\n\n`close`\n"), [(16, 15)]),
    ("T307", step("`consent` `twice` `we decide`"), [(8, 12)]),
    ("T307", BY_VOICE_IN_THE_ROOM.replace("`scale`", "`talk`").partition("- 1")[0] + "## End\n\n`close`\n", [(9, 9)]),
    ("T307", step("`talk` `sureness` `quorum 1/2`"), [(8, 9), (8, 20)]),
    ("T303", step("`talk` `choose 1`", BOXES), [(8, 9)]),
    ("T309", step("`5 min`", BOXES), [(8, 2)]),
    ("T309", step("`5 min` `gather`"), [(8, 10)]),
    ("T310", step("`choose any` `by voice` `we decide`", BOXES), [(8, 15)]),
    ("T311", step("Words first.", "`choose any` `5 min`"), [(10, 2)]),
    ("T312", step("`rate` `5 min` for all of us", f"1. One\n\n{SCALE}"), [(8, 1)]),
    ("T312", step("`gather`\nWhat helps?"), [(8, 1)]),
    ("T312", step("`gather` 5 min"), [(8, 1)]),
    ("T314", step("`talk` `page On the wall`"), [(8, 9)]),
    ("T314", workshop(TWICE + "`again vote` `page On the wall`\n\n## E\n\n`close`\n"), [(16, 15)]),
    ("T313", step("`check-in` `kept by the team`", f"> Now.\n\n{SCALE}"), [(8, 13)]),
    ("T315", workshop(ONCE.replace("`gather`", "`gather` `kept in the room`") + "`close`\n"), [(12, 25)]),
    ("T316", step("`scale` `figure windows`", SCALE), [(8, 10)]),
    ("T401", step("`talk`", BOXES), [(10, 3)]),
    ("T402", step("`choose 1` `we decide`", "- [x] One\n- [ ] Two"), [(10, 4)]),
    ("T403", step("`scale`", "- 1: low\n- fine\n- 3: high"), [(11, 3)]),
    ("T403", step("`scale`", "- 1-3: low\n- 4-6: high"), [(10, 3), (11, 3)]),
    ("T404", step("`talk`", SCALE), [(10, 3)]),
    ("T405", step("`choose 1` `we decide`", "- [ ] One\n- Two"), [(11, 3)]),
    ("T406", step("`choose 1` `we decide`", "".join(f"- [ ] {n}\n" for n in range(101))), [(10, 1)]),
    ("T407", step("`choose 1` `we decide`", "- [ ] One\n- [ ]\n- [ ] Two"), [(11, 3)]),
    ("T407", step("`agree`", "1. One\n2. "), [(11, 1)]),
    ("T408", step("`choose 1` `we decide`", "- [ ] One\n  - more\n- [ ] Two"), [(11, 1)]),
    ("T409", workshop(TWICE + "`again vote`\n\n- [ ] Three\n\n## E\n\n`close`\n"), [(18, 3)]),
    ("T410", step("`choose 1` `we decide`", "- [ ] One"), [(6, 1)]),
    ("T411", step("`rate`", SCALE), [(6, 1)]),
    ("T412", step("`choose 1` `we decide`", "- [ ] One\n- [ ] one"), [(11, 3)]),
    ("T412", step("`rate`", f"1. `R1` One\n2. `R1` Two\n\n{SCALE}"), [(11, 4)]),
    ("T413", step("`scale`"), [(6, 1)]),
    ("T414", step("`scale`", "- 1: low\n- 5 to 2: high"), [(11, 3)]),
    ("T415", step("`choose up to 3` `we decide`", BOXES), [(6, 1)]),
    ("T416", step("`agree`"), [(6, 1)]),
    ("T418", step("`actions`", "- [ ] One @sam by Friday\n- [ ] Two @sam, due 2026-02-30\n- [ ] Three @the team"),
     [(11, 3), (12, 3)]),
    ("T419", step("`agree`", "1. `A1 about leaders` Leaders listen\n2. `about leaders` They rest"), [(10, 4), (11, 4)]),
]  # fmt: skip


def rested(minutes: int) -> str:
    pause = f"## Rest\n\n`pause` `{minutes} min`\n\n"
    return workshop(f"## One\n\n`talk` `60 min`\n\n{pause}## Two\n\n`gather` `31 min`\n\n## End\n\n`close`\n")


WARNINGS: list[tuple[str, str, list[tuple[int, int]]]] = [
    ("W501", step("`check-in`", SCALE), [(6, 1)]),
    ("W502", step("`choose 1`", BOXES), [(6, 1)]),
    ("W503", workshop("## Talk\n\n## Ideas\n\n`gather` `3 min`\n"), [(8, 1)]),
    ("W509", step("`choose 1` `we advise the board`", BOXES), [(8, 13)]),
    ("W508", BY_VOICE_IN_THE_ROOM, [(9, 10)]),
    ("W504", workshop("## One\n\n`talk` `30 min`\n\n## Two\n\n`gather` `31 min`\n\n## End\n\n`close`\n"), [(10, 1)]),
    ("W504", rested(4), [(10, 1)]),
    ("W505", front("tisu: 1\ntitle: x\nsupport:\n  - NHS 24, 111 (checked 2026-05-01)\n  - A friend\n"),
     [(5, 5), (6, 5)]),
    ("W506", step("`talk`", title="How well does Anna lead us?"), [(6, 18)]),
    ("W521", step("`rate`", f"1. `R1` Leaders rest\n2. Managers have time\n3. `about leaders` They nap\n\n{SCALE}"),
     [(10, 4)]),
    ("W506", step("`agree`", "1. We do what Dr Reid says.\n2. We answer @lea.\n3. We think of Ben's rota."),
     [(10, 15), (11, 14), (12, 16)]),
]  # fmt: skip


def check_in(settings: str = "") -> str:
    return f"`check-in` {settings}\n\n> Now. You can pass.\n\n{SCALE}"


def steps(*titled: tuple[str, str]) -> str:
    return workshop("".join(f"## {title}\n\n{body}\n" for title, body in (*titled, ("End", "`close` `3 min`\n"))))


def bundles(*lists: Sequence[str]) -> str:
    return steps(
        *(
            (name, VOTE + "".join(f"- [ ] {each}\n" for each in list_))
            for name, list_ in zip("ABCD", lists, strict=False)
        )
    )


VOTE = "`choose 1` `we decide`\n\n"
SEVERAL: list[tuple[str, str, list[tuple[int, int]]]] = [
    ("W510", steps(("Now", check_in()), ("Then", check_in())), [(15, 1)]),
    ("W511", steps(("How calm are we?", f"`scale`\n\n{SCALE}"),
                   ("How  CALM are we", f"`scale` `id x`\n\n{SCALE}")), [(13, 4)]),
    ("W511", steps(("A", f"`rate`\n\n1. Meet\n2. Hear\n\n{SCALE}"),
                   ("B", f"`rate`\n\n1. Eat\n2. Hear.\n\n{SCALE}")), [(21, 4)]),
    ("W511", steps(("Calm?", "`scale`\n\n- 1: no\n- 2: so so\n- 3: yes\n"),
                   ("Calm?", "`scale` `id x`\n\n- 1 to 2: not yes\n- 3: yes\n")), [(14, 4)]),
    ("W512", workshop(ONCE + "`again vote`\n\n## End\n\n`close` `3 min`\n"), [(16, 2)]),
    ("W512", workshop(TWICE + "`again vote`\n\n## More\n\n`again vote`\n\n## End\n\n`close` `3 min`\n"), [(20, 2)]),
    ("W512", workshop(TWICE + "`choose any` `from ideas` `we decide`\n\n## End\n\n`close` `3 min`\n"), [(12, 50)]),
    ("W513", steps(*((f"Is it {each}?", VOTE + BOXES) for each in ("2 or more", "3 and more", "at least 4"))),
     [(20, 1)]),
    ("W513", bundles(["1", "2 to 4"], ["1 or 2", "3, 4"], ["1-3", "4"], ["1, 3", "2, 4"]), [(20, 1), (27, 1)]),
    ("W513", bundles(["Calm", "Steady or tired"], ["calm, steady", "Tired"], ["Calm/tired", "Steady"]), [(20, 1)]),
    ("W514", step("`scale`", SCALE, title="How are you these days?"), [(6, 4)]),
    ("W514", step("`rate`", f"1. We meet\n2. I am heard here\n\n{SCALE}"), [(11, 4)]),
    ("W514", step("`scale`", "- 1: It wears me out\n- 2: It is fine"), [(10, 3)]),
    ("W515", bundles(["A break", "Staff: yes", "Staff: no", "Leaders: yes"]), [(11, 3)]),
    ("W515", bundles(["I am a manager, and agree", "I'm staff, and agree"]), [(10, 3)]),
    ("W515", bundles(["Yes (cook)", "Yes (staff)"]).replace("title: A test", "title: x\nvoices: [cook]"), [(11, 3)]),
    ("W516", front("tisu: 1\ntitle: x\nfloor: 10\n"), [(4, 8)]),
    ("W516", step("`gather` `floor 8`"), [(8, 11)]),
    ("W517", step("`talk`", title="What happened? (10–15 minutes)"), [(6, 4)]),
    ("W517", step("`talk` `5 min`", "Words.\n\n**Time:** 10 minutes", title="Five minutes of what?"), [(12, 1)]),
    ("W519", step("`talk`", "Words.\n\n<!-- guess: x. -->\n\nMore <!-- guess: y --> words."), [(12, 1), (14, 6)]),
    ("W522", front("tisu: 1\ntitle: x\nlanguage: tlh\n"), [(4, 11)]),
    ("W526", step("'talk' '5 min'"), [(8, 1)]),
    ("W526", step("‘needs‘ ‘id now‘"), [(8, 1)]),
    ("W526", step("Gather, 10 min"), [(8, 1)]),
    ("W518", workshop("## Talk\n\n## End\n\n`close`\n"), [(6, 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "places"), CASES)
def test_an_error_stands_where_it_is_and_causes_no_other(
    code: str, text: str | bytes, places: list[tuple[int, int]]
) -> None:
    reading = read(text, "x", TODAY)
    assert [(problem.code, problem.line, problem.column) for problem in reading.problems] == [
        (code, *place) for place in places
    ]
    assert reading.workshop is None


def test_an_unknown_kind_is_guessed_from_its_first_word_too_and_blanks_are_none() -> None:
    (found, *_more) = read(step("`choos up to 3` `we decide`", BOXES), "x", TODAY).problems
    assert found.message.endswith("did you mean 'choose'?")
    assert read(step("` ` `x`"), "x", TODAY).workshop is None


@pytest.mark.parametrize(("code", "text", "places"), [*WARNINGS, *SEVERAL])
def test_a_warning_stands_where_it_is_and_the_workshop_is_read(
    code: str, text: str, places: list[tuple[int, int]]
) -> None:
    reading = read(text, "x", TODAY)
    assert [(problem.code, problem.line, problem.column) for problem in reading.problems] == [
        (code, *place) for place in places
    ]
    assert all(problem.warning for problem in reading.problems)
    assert reading.workshop is not None


def test_what_is_fine_is_not_warned_of() -> None:
    for title in (
        "How steady is Scotland these days?",
        "What will May bring?",
        "Does our team's day have breaks?",
        "Is HR part of this?",
        "Write to us at a@b",
    ):
        assert not read(step("`talk`", title=title), "x", TODAY).problems, title
    assert not read(rested(5), "x", TODAY).problems
    for words in (
        "`pause` is one key away, and `needs` is a kind.",
        "Talk for 5 min in pairs.",
        "Talk it over",
        "“Close”, she said.",
    ):
        assert not read(step(words), "x", TODAY).problems, words
    again = step("`check-in` `id now`", f"> Now.\n\n{SCALE}\n\n## Then\n\n`again now`")
    assert not read(again, "x", TODAY).problems


def test_questions_that_only_look_alike_are_not_warned_of() -> None:
    later = "- 1: low then\n- 2: high then\n"
    for text in (
        steps(("A", f"`rate`\n\n1. We meet\n\n{SCALE}"), ("B", f"`rate`\n\n1. We meet\n\n{later}")),
        workshop(TWICE + "`again vote`\n\n## E\n\n`close` `3 min`\n"),
        steps(*((f"Shall we try idea {n}?", VOTE + BOXES) for n in (1, 2, 3))),
        bundles(["Monday", "Tuesday"], ["Monday", "Wednesday"], ["Tuesday", "Wednesday"]),
        step("`rate`", f"1. People like me are heard\n2. We say what we need, i.e. a break\n\n{SCALE}"),
        step("`choose 1` `we decide`", BOXES, title="Which one could you support?"),
        bundles(["Training for leaders", "Training for staff", "Staff and leaders eat together"]),
    ):
        assert not read(text, "x", TODAY).problems, text


def test_every_code_has_a_test_and_a_line_in_the_documentation() -> None:
    sources = [*Path(package.__path__[0]).glob("*.py"), *Path(activities.__path__[0]).glob("*.py")]
    used = {code for path in sources for code in re.findall(r'"([TW]\d{3})"', path.read_text("utf-8"))}
    documented = re.findall(r"^\| `([TW]\d{3})`", Path("docs/problems.md").read_text("utf-8"), re.MULTILINE)
    # What earlier sessions know of a file, the command asks them.
    assert sorted(documented) == sorted(used | {"W507"})
    # Only a step that the reader did not make can hold a quorum that is no share.
    # Pictures have a folder, and tests of their own.
    pictures = {"T220", "T221", "W520"}
    # Translations are files beside a file, and have theirs too.
    beside = {"W523", "W524", "W525"}
    assert used - {"T417"} - pictures - beside == {case[0] for case in [*CASES, *WARNINGS, *SEVERAL]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (step("`rate` `surenes`", f"1. One\n\n{SCALE}"), "unknown setting 'surenes'; did you mean 'sureness'?"),
        (step("`talk` `4 minz`"), "unknown setting '4 minz'; did you mean '4 min'?"),
        (step("`talk` `4 minuten`"), "unknown setting '4 minuten'; did you mean '4 min'?"),
        (step("`talk` `2 days in May`"), "unknown setting '2 days in May'"),
        (step("`talk` `quarrel of the day`"), "unknown setting 'quarrel of the day'"),
        (step("`consent` `quorm 2/3`"), "unknown setting 'quorm 2/3'; did you mean 'quorum 2/3'?"),
        (step("`check in`"), "unknown kind 'check in'; did you mean 'check-in'?"),
        (front("tisu: 2\n"), "this file is of version 2, and this tisu reads version 1"),
        (front("tisu: 1\ntitel: x\n"), "unknown key 'titel'; did you mean 'title'?"),
        (workshop(GATHER + "## V\n\n`dots` `from idea`\n"), "no step has the id 'idea'; did you mean 'ideas'?"),
        (step("`choose 1` `from the-end`"), "the step 'the-end' is on line 12, not before this one"),
    ],
)
def test_messages_name_what_was_probably_meant(text: str, words: str) -> None:
    assert words in [problem.message for problem in read(text, "x").problems]


def test_a_problem_is_shown_with_its_line_and_a_caret_under_wide_characters() -> None:
    text = step("`talk`", title="会議").replace("`talk`", "`talk` `会議` `5 minz`")
    problem = read(text, "x").problems[1]
    assert render(problem, "w.md", display(text)) == (
        "w.md:8:14: T304 unknown setting '5 minz'; did you mean '5 min'?\n"
        "  expected: `5 min`\n"
        "    8 | `talk` `会議` `5 minz`\n"
        "      |                ^"
    )


def test_what_is_shown_of_a_hostile_line_can_not_act_on_a_terminal() -> None:
    text = step("`talk` `\x1b]52;c;aGk=\x07`\t`\u202e`" + " `x`" * 60)
    shown = [render(problem, "a\x1bb.md", display(text)) for problem in read(text, "x").problems]
    assert shown
    for part in shown:
        assert not re.search("[^\n -~…\ufffd]", part)
        assert max(map(len, part.split("\n")[-2:])) < 120


def test_the_old_sample_shows_all_its_problems_at_once() -> None:
    text = (
        "---\ntisu: 1\ntitle: Broken on purpose\nanonimity: anonymous\nsmall-group: two\n---\n\n"
        "## How are you?\n\n`scale 9-1` `4 minz` `anonymus`\n\n- 1: low\n- 12: high\n- fine\n\n"
        "## Vote\n\n`choose 1` `5 min` `id window`\n\n- [x] Yes\n- No\n\n### Deep heading\n\n"
        "## Vote\n\n`dots` `id window`\n\n::: warning\nold syntax\n:::\n\n## Empty question\n\n`choose 1` `2 min`\n"
    )
    codes = [problem.code for problem in read(text, "x", TODAY).problems]
    assert codes == [*("T102", "T102", "T301", "T304", "T304", "T403", "T402", "T405", "T410", "T210", "T203", "T410")]
