"""Sessions stand beside each other statement by statement, and what may not be compared is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tisu_tui.core.later import Captured, Row, Standing, Status, Turn
from tisu_tui.core.record_lines import read_record
from tisu_tui.core.records import RecordKind
from tisu_tui.memory.past import Past
from tisu_tui.memory.promises import Entry, promises
from tisu_tui.memory.trend import (
    Trend,
    change,
    evidence_words,
    promised_words,
    rated_steps,
    reworded_sentence,
    share,
    speaks_of,
    told,
    trend_of,
)

SCALE = ("1 Not started", "2 Early steps. It is planned", "3 Partly in place", "4 In place")


def row(name: str, *middle: int, step: str = "rows", label: str = "", scale: tuple[str, ...] = SCALE) -> Row:
    return Row(
        step, name, label or f"{name} Leaders show it.", scale, tuple(scale[n - 1] for n in middle), spread="some"
    )


def past(name: str, date: str, *rows: Row, workshop: str = "w.md") -> Past:
    return Past(name, date, workshop, "A title", "8–11", rows=rows)


MARCH = past("aaaa", "2026-03-02", row("R1", 2), row("R2", 1))
NOW = past("bbbb", "2026-09-01", row("R1", 3), workshop="other.md")


def test_a_step_is_known_by_its_id_in_whichever_workshop_and_order() -> None:
    found = trend_of([NOW, MARCH], "rows")
    assert [session.date for session in found.sessions] == ["2026-03-02", "2026-09-01"]
    assert [(line.id, [bool(cell) for cell in line.cells]) for line in found.lines] == [
        ("R1", [True, True]),
        ("R2", [True, False]),
    ]
    assert rated_steps([NOW, MARCH], "w") == rated_steps([NOW, MARCH], "w.md") == ("rows",)
    assert rated_steps([NOW, MARCH], "nothing") == ()


def test_a_change_is_the_words_of_both_ends_and_no_judgement() -> None:
    (first, second) = trend_of([MARCH, NOW], "rows").lines
    sessions = trend_of([MARCH, NOW], "rows").sessions
    assert change(first, sessions) == "On 2 March 2026: 2 Early steps. On 1 September 2026: 3 Partly in place."
    assert change(second, sessions) == ""
    same = trend_of([MARCH, replace(MARCH, id="cccc", date="2026-10-01")], "rows")
    assert change(same.lines[0], same.sessions) == "On 2 March 2026 and on 1 October 2026: 2 Early steps."


@pytest.mark.parametrize("other", [row("R1", 3, label="R1 Leaders show it often."), row("R1", 3, scale=SCALE[:3])])
def test_other_words_or_another_scale_are_not_compared_and_it_says_so(other: Row) -> None:
    found = trend_of([MARCH, past("bbbb", "2026-09-01", other)], "rows")
    (line,) = (each for each in found.lines if each.id == "R1")
    assert line.cells == (None, other)
    assert change(line, found.sessions) == ""
    assert reworded_sentence(line) == "Asked in other words, or on another scale, and so not compared: 2 March 2026."


def test_where_an_end_has_no_middle_nothing_is_said_of_a_change() -> None:
    found = trend_of([MARCH, past("bbbb", "2026-09-01", row("R1"))], "rows")
    assert change(found.lines[0], found.sessions) == ""
    assert told(found.lines[0].cells[1]) == ("–", "–", "some agreement", "–")
    assert told(None) == ("–", "–", "–", "–")


def test_statements_keep_their_order_where_a_session_shows_few_of_them() -> None:
    full = past("aaaa", "2026-03-02", *(row(f"R{n}", 2) for n in range(1, 5)))
    few = past("bbbb", "2026-09-01", row("R9", 1), row("R3", 2), row("R1", 1))
    assert [line.id for line in trend_of([full, few], "rows").lines] == ["R1", "R2", "R3", "R4", "R9"]


@pytest.mark.parametrize(
    ("unknown", "words"),
    [
        (None, ""),
        ((0, 11), "nobody"),
        ((1, 11), "under a quarter"),
        ((2, 11), "under a quarter"),
        ((3, 11), "a quarter or more"),
        ((6, 11), "half or more"),
    ],
)
def test_who_does_not_know_is_a_share_in_words(unknown: tuple[int, int] | None, words: str) -> None:
    assert share(replace(row("R1", 1), unknown=unknown)) == words


@pytest.mark.parametrize(
    ("text", "statement", "is_named"),
    [
        ("R4b Ask for a name", "R4b", True),
        ("A list for r4b.", "R4b", True),
        ("R4 Ask for a name", "R4b", True),
        ("R4b Ask for a name", "R4a", False),
        ("R40 is another", "R4", False),
        ("leaders show it", "leaders-show-it", False),
        ("We ask again", "A", False),
    ],
)
def test_a_promise_names_a_statement_by_its_code(text: str, statement: str, *, is_named: bool) -> None:
    assert speaks_of(text, statement) is is_named


def test_promises_that_name_a_statement_stand_beside_it_with_where_they_stand() -> None:
    record = read_record(RecordKind.ACTION, 1, "R1 Open the team day @lea 2026-04-01")
    asked = read_record(RecordKind.ASK, 2, "R1 Money for it @board")
    first = replace(MARCH, records=(record, asked, read_record(RecordKind.PARK, 3, "R1 Parking")))
    later = replace(NOW, standings=(Standing("aaaa.a1", "Open the team day", Status.STUCK),))

    def beside(found: Trend) -> list[str]:
        return [promised_words(promise) for promise in found.lines[0].promises]

    answered = Entry("aaaa.q2", asked, reply=Turn("2026-05-01", Status.NOT_AGREED, "there is none"))
    for entries, reply in (((), "no answer yet"), ((answered,), "You said: not agreed, because there is none")):
        assert beside(trend_of([first, later], "rows", promises([first, later], entries))) == [
            "Promised on 2 March 2026: R1 Open the team day — @lea, due 1 April 2026 (stuck)",
            f"Asked on 2 March 2026: R1 Money for it — @board ({reply})",
        ]


def test_what_was_written_down_about_a_statement_stands_beside_it() -> None:
    said = (
        Captured("What helps", "R1 Open team days"),
        Captured("What helps", "R2 A course"),
        Captured("Next", "Talk"),
    )
    (first, second) = trend_of([replace(MARCH, captured=said), NOW], "rows").lines
    assert [*map(evidence_words, first.evidence)] == ["2 March 2026, What helps: R1 Open team days"]
    assert [*map(evidence_words, second.evidence)] == ["2 March 2026, What helps: R2 A course"]
