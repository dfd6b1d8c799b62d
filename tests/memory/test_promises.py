"""What one session promised, a later one asks about, until somebody says that it is finished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial, reduce

import pytest
from rooms import workshop_of

from tisu_tui.core.form import Option
from tisu_tui.core.later import Status, Turn
from tisu_tui.core.record_lines import read_record
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.released import Released
from tisu_tui.core.size import Way
from tisu_tui.memory.due import due_options, promise_words, remembered
from tisu_tui.memory.past import pasts
from tisu_tui.memory.promises import Promise, open_promises, promises
from tisu_tui.session.changes import again, closed, entered, moved, opened, recorded, sealed, showed
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Workshop

SOURCE = """---
tisu: 1
title: Looking back
---

## What became of it?

`follow` `id back`

## And now?

`again back` `id now`

## The end

`close`
"""
TODAY = dt.date(2026, 11, 18)
Happened = Callable[[Session], Session]
ROOM = "Book the room @sam 2026-12-01"


def workshop(source: str = SOURCE) -> Workshop:
    return workshop_of(source, "back.md")


def session(name: str, date: str, *happened: Happened) -> Session:
    begun = Session(name, date, workshop())
    return sealed(reduce(lambda so_far, each: each(so_far), happened, begun))


def record(number: int, text: str, kind: RecordKind = RecordKind.ACTION) -> Happened:
    return partial(recorded, record=read_record(kind, number, text))


def asked(options: tuple[Option, ...], *statuses: str, first: bool = True) -> Happened:
    """A round of the follow step that gave these statuses, an empty one to none."""

    def happen(session: Session) -> Session:
        session = opened(moved(session, 0) if first else again(session), 6, options)
        for option, status in zip(options, statuses, strict=True):
            session = entered(session, option.id, (status,)) if status else session
        return showed(closed(session, Released(1, Way.SMALL, "5–7")))

    return happen


def options(*sessions: Session) -> tuple[Option, ...]:
    return due_options(open_promises(promises(pasts(sessions))), TODAY)


def labels(*sessions: Session) -> list[str]:
    return [option.label for option in options(*sessions)]


def test_actions_and_asks_come_back_with_who_and_when_the_next_due_first() -> None:
    made = session(
        "7k3m",
        "2026-11-18",
        record(1, "Tidy up"),
        record(2, "Ask for a bigger room @board 2027-02-01", RecordKind.ASK),
        record(3, ROOM),
        record(4, "Our rota is fine", RecordKind.DECISION),
        record(5, "Parking", RecordKind.PARK),
    )
    assert options(made) == (
        Option("7k3m.a3", "Book the room — @sam, due 1 December 2026"),
        Option(
            "7k3m.q2", "We asked: Ask for a bigger room — @board, reply by 1 February 2027. No answer yet, asked today"
        ),
        Option("7k3m.a1", "Tidy up"),
    )


def test_a_decision_is_asked_about_on_its_day_and_whoever_waits_for_a_reply_is_not_forgotten() -> None:
    made = session(
        "7k3m",
        "2026-11-18",
        record(1, "We try it 2027-03-02", RecordKind.DECISION),
        record(2, "No cover 2026-12-01", RecordKind.SEND_BACK),
        record(3, "Nights are thin @lea 2026-12-09", RecordKind.CONCERN),
        record(4, "the night team @sam 2026-11-20", RecordKind.TELL),
    )
    assert labels(made) == [
        "Were they told? the night team — @sam, by 20 November 2026",
        (
            "Was it answered? Leaders sent it back: No cover, to be answered by 1 December 2026. "
            "No answer yet, asked today"
        ),
        "Was it answered? A concern: Nights are thin — @lea, reply by 9 December 2026. No answer yet, asked today",
        "Was it honoured? We decided: We try it, to look at again on 2 March 2027",
    ]
    later = session("bbbb", "2027-03-02", asked(options(made), "done", "done", "stuck", "normal"))
    assert labels(made, later) == [
        "Was it answered? A concern: Nights are thin — @lea, reply by 9 December 2026. No answer yet, asked today"
    ]


def test_only_sealed_sessions_are_remembered() -> None:
    made = record(1, ROOM)(Session("7k3m", "2026-11-18", workshop()))
    assert labels(made) == []
    assert labels(sealed(made)) == ["Book the room — @sam, due 1 December 2026"]


def test_the_same_promise_made_again_is_asked_about_once_with_its_new_date() -> None:
    first = session("aaaa", "2026-11-18", record(1, ROOM))
    again = session("bbbb", "2026-12-02", record(1, "**book** the  room! @lea 2027-01-15"))
    assert labels(again, first) == ["**book** the room! — @lea, due 15 January 2027"]


@pytest.mark.parametrize(
    ("status", "is_open"),
    [
        *(("not-started", True), ("under-way", True), ("stuck", True), ("", True)),
        *(("done", False), ("normal", False), ("dropped", False)),
    ],
)
def test_what_is_finished_is_not_asked_about_again(status: str, *, is_open: bool) -> None:
    made = session("aaaa", "2026-11-18", record(1, ROOM))
    later = session("bbbb", "2026-12-02", asked(options(made), status))
    assert bool(labels(made, later)) is is_open


def test_the_last_word_on_a_promise_stands() -> None:
    made = session("aaaa", "2026-11-18", record(1, ROOM))
    due = options(made)
    later = session("bbbb", "2026-12-02", asked(due, "done"), asked(due, "stuck", first=False))
    assert labels(made, later) == ["Book the room — @sam, due 1 December 2026"]


def test_a_promise_that_the_facilitator_typed_in_is_known_by_its_words() -> None:
    made = session("aaaa", "2026-11-18", record(1, ROOM), record(2, "Tidy up"))
    typed = (Option("n1", "Book the room"),)
    later = session("bbbb", "2026-12-02", asked(typed, "done"))
    assert labels(made, later) == ["Tidy up"]


def test_a_finished_promise_that_is_made_again_is_open_again() -> None:
    made = session("aaaa", "2026-11-18", record(1, ROOM))
    later = session("bbbb", "2026-12-02", asked(options(made), "done"), record(1, ROOM))
    assert [option.id for option in options(made, later)] == ["bbbb.a1"]


def test_a_new_session_begins_its_follow_step_and_its_rounds_with_them() -> None:
    made = session("aaaa", "2026-11-18", record(1, ROOM))
    prepared = remembered(workshop(), open_promises(promises(pasts([made]))), TODAY)
    assert [step for step, _options in prepared] == ["back"]
    fresh = replace(Session("cccc", "2027-01-10", workshop()), prepared=prepared)
    for step in fresh.workshop.steps[:2]:
        assert [option.id for option in fresh.options(step)] == ["aaaa.a1"]


def test_nothing_is_prepared_where_nothing_is_open_or_nothing_follows_it_up() -> None:
    assert remembered(workshop(), [], TODAY) == ()
    left = open_promises(promises(pasts([session("aaaa", "2026-11-18", record(1, ROOM))])))
    assert remembered(workshop("---\ntisu: 1\ntitle: x\n---\n\n## The end\n\n`close`\n"), left, TODAY) == ()


def test_of_two_sessions_on_one_day_either_may_have_been_the_first() -> None:
    """Ids are no times: the one that looks back may come first by its id."""
    made = session("zzzz", "2026-11-18", record(1, ROOM))
    options = (Option("zzzz.a1", "Book the room"),)
    looked = session("aaaa", "2026-11-18", asked(options, "done"))
    (promise,) = promises(pasts([made, looked]))
    assert promise.status is Status.DONE


ASKED = "We asked: Paid cover — @board, reply by 15 December 2026. "
AGAIN = Turn("2026-11-11", Status.ASKED)
NO = Turn("2026-11-06", Status.NOT_AGREED, "there is no money")
SAID_NO = "You said: not agreed, because there is no money"


@pytest.mark.parametrize(
    ("made", "history", "said"),
    [
        ("", (), "No answer yet"),
        ("2026-11-18", (), "No answer yet, asked today"),
        ("2026-11-04", (), "No answer yet, asked 2 weeks ago"),
        ("2026-11-04", (AGAIN,), "No answer yet, asked 2 weeks ago, and again 7 days ago"),
        ("2026-11-04", (NO,), SAID_NO),
        (
            "2026-11-04",
            (NO, AGAIN),
            f"Asked again 7 days ago, and no answer to that yet. Before that: {SAID_NO}",
        ),
    ],
)
def test_of_a_request_it_is_said_since_when_there_is_no_answer(made: str, history: tuple[Turn, ...], said: str) -> None:
    asked = Kept("q1", RecordKind.ASK, "Paid cover", "board", "2026-12-15")
    reply = NO if NO in history else None
    assert promise_words(Promise("s1.q1", asked, made, history=history, reply=reply), TODAY) == ASKED + said


@pytest.mark.parametrize(
    ("kind", "of", "said"),
    [
        (RecordKind.ACTION, "", "the night team — @sam, due 4 November 2026, 2 weeks ago"),
        (RecordKind.TELL, "", "Were they told? the night team — @sam, by 4 November 2026, 2 weeks ago"),
        (
            RecordKind.TELL,
            "“Rota”: Carried.",
            "Were they told? the night team, about “Rota”: Carried. — @sam, by 4 November 2026, 2 weeks ago",
        ),
        (
            RecordKind.DECISION,
            "Tea.",
            "Was it honoured? We decided: Tea. the night team — @sam, to look at again on 4 November 2026, 2 weeks ago",
        ),
    ],
)
def test_what_is_asked_of_a_promise_says_what_it_is_about_and_when(kind: RecordKind, of: str, said: str) -> None:
    kept = Kept("x1", kind, "the night team", "sam", "2026-11-04")
    (option,) = due_options([Promise("s1.x1", kept, "2026-10-01", of=of)], TODAY)
    assert (option.label, option.group) == (said, "")
    (seen,) = due_options([Promise("s1.x1", replace(kept, visible=True), "2026-10-01", of=of)], TODAY)
    assert seen.group == "visible"
