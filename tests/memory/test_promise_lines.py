"""Who does something and by when, as people write it: read whole, or refused in plain words."""

from __future__ import annotations

import contextlib
import datetime as dt
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tisu_tui.core.promise_lines import Promised, read_promise
from tisu_tui.core.record_lines import reworded
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.notes.lines import record_ending

TODAY = dt.date(2026, 1, 15)
MARCH = "2026-03-05"


@pytest.mark.parametrize(
    ("ending", "owner", "due"),
    [
        *((f" — @lea, due {day}", "lea", MARCH) for day in (
            "2026-03-05", "2026-03-05.", "2026/03/05", "5/3/2026", "05/03/2026", "5.3.2026", "5-3-26", "5 March 2026",
            "5 March", "5th March 2026", "the 5th of March", "5 Mar 26", "March 5, 2026", "Thursday 5 March 2026",
            "Thu 5 Mar 2026", "2026-03-05T09:00", "2026-03-05!", "5 MARCH 2026",
        )),
        (" — @lea, Due 2026-03-05", "lea", MARCH),
        (" — @lea, due: 2026-03-05", "lea", MARCH),
        (" — @lea due:2026-03-05", "lea", MARCH),
        (" @lea (2026-03-05)", "lea", MARCH),
        (" @lea 5/3/2026", "lea", MARCH),
        (" @lea on 5 March", "lea", MARCH),
        (" 2026-03-05 @lea", "lea", MARCH),
        (" by 5 March 2026 (@lea)", "lea", MARCH),
        (" (Lea) by 5 March", "Lea", MARCH),
        (" (Lea, 5 March 2026)", "Lea", MARCH),
        (" - Owner: @lea - Due: 2026-03-05", "lea", MARCH),
        (", owner: Lea Smith, due 5 March", "Lea-Smith", MARCH),
        (" @lea and @ben by 5 March", "lea, ben", MARCH),
        (" @lea, @ben, due 5 March", "lea, ben", MARCH),
        (" @lea by Friday", "lea", "2026-01-16"),
        (" by Friday", "", "2026-01-16"),
        (" @lea next Tuesday", "lea", "2026-01-20"),
        (" — @Lea Smith, due Thu 5 Mar", "Lea-Smith", MARCH),
        (" @Jan Kowal by 5 March", "Jan-Kowal", MARCH),
        *((ending, "Lea-Smith", MARCH) for ending in (
            " 2026-03-05 @Lea Smith", ", due 5 March, @Lea Smith", " (by 5 March) @Lea Smith", " by 5 March @Lea Smith",
            " @Lea Smith 2026-03-05", " @Lea Smith, due 5 March", " @Lea Smith (by 5 March)", " 5 March — @Lea Smith",
        )),
        *((ending, "Lea-Smith", "2026-01-16") for ending in (
            " by Friday @Lea Smith", " Friday, @Lea Smith", " tomorrow @Lea Smith", " @Lea Smith tomorrow",
        )),
        (" @Lea Friday", "Lea", "2026-01-16"),
        (" @Lea Tomorrow", "Lea", "2026-01-16"),
        (" @Lea Jutro", "Lea", "2026-01-16"),
        (" @lea pt. 16 stycznia", "lea", "2026-01-16"),
        (" — @lea", "lea", ""),
        (" by the door", None, ""),
    ],
)  # fmt: skip
def test_who_and_by_when_are_read_however_they_are_written(ending: str, owner: str | None, due: str) -> None:
    words = "Book the room" + (ending if owner is None else "")
    assert read_promise(f"Book the room{ending}", TODAY) == Promised(words, owner or "", due)


def test_an_owner_may_stand_first_or_in_the_words() -> None:
    assert read_promise("**@kim** — Book it — due 5 March 2026") == Promised("Book it", "kim", MARCH)
    assert read_promise("Ask @lea to ring by 5/3/2026") == Promised("Ask @lea to ring", "lea", MARCH)
    assert read_promise("Book it — @sam, due 2026-03-05 (Ann helps)") == Promised("Book it (Ann helps)", "sam", MARCH)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Write a plan with the pt @sam", Promised("Write a plan with the pt", "sam")),
        ("See each pt (Sam) by 5 March", Promised("See each pt", "Sam", MARCH)),
        ("Ring the pt. 6/3/2026 @sam", Promised("Ring the pt.", "sam", "2026-03-06")),
        ("Hand over before pt", Promised("Hand over before pt")),
        ("Watch for SOB @sam", Promised("Watch for SOB", "sam")),
        ("Book it @Lea Please", Promised("Book it @Lea Please", "Lea")),
        ("Book it @Lea Please by 5 March", Promised("Book it @Lea Please", "Lea", MARCH)),
        ("Send the report (by 5 March) to the council", Promised("Send the report to the council", "", MARCH)),
        ("Book it, by 5 March (see page 4) today", Promised("Book it (see page 4) today", "", MARCH)),
        ("Book it, (by 5 March) (see page 4)", Promised("Book it (see page 4)", "", MARCH)),
        ("Book it (Please)", Promised("Book it (Please)")),
        ("Book it by 5 March (Please)", Promised("Book it (Please)", "", MARCH)),
        ("Book it (Please) by 5 March", Promised("Book it (Please)", "", MARCH)),
        ("Book it by 5 March — (Please)", Promised("Book it (Please)", "", MARCH)),
        ("Book it (Jan) by 5 March", Promised("Book it", "Jan", MARCH)),
        ("Tell them before 1 March — Lea, Friday", Promised("Tell them before 1 March", "Lea", "2026-01-16")),
        ("Tell them before 1 March, by Friday — Lea", Promised("Tell them before 1 March", "Lea", "2026-01-16")),
        ("Review it due 5 March — Lea, by 1 March", Promised("Review it due 5 March", "Lea", "2026-03-01")),
        ("Review it due 5 March, by 1 March — Lea", Promised("Review it due 5 March", "Lea", "2026-03-01")),
        ("Write by 1 March to them — Ben, by 5 March", Promised("Write by 1 March to them", "Ben", MARCH)),
        ("Write by 1 March to them, by 5 March — Ben", Promised("Write by 1 March to them", "Ben", MARCH)),
        *((line, Promised(line, "", MARCH)) for line in (
            "Write by 5 March to the council — Ben",
            "Send the report by 5 March to the council, Dundee",
            "Send the report by 5 March for Ana — Ben",
            "Send the report — due 5 March — to the council — Dundee",
        )),
    ],
)  # fmt: skip
def test_words_stay_where_they_may_be_words(line: str, found: Promised) -> None:
    assert read_promise(line, TODAY) == found


@pytest.mark.parametrize("line", ["Read what we said on 5 March 2026", "Read what came of 1 May 2026", "Stand by me"])
def test_a_day_gone_by_is_part_of_what_is_said(line: str) -> None:
    assert read_promise(line, TODAY) == Promised(line)


@pytest.mark.parametrize(
    "ending",
    [
        "due 2026-02-30",
        "due 31 April 2026",
        "12/14/2026",
        "2026-12",
        "due soon",
        "by the summer",
        "due Friday 5 March 2026",
    ],
)
def test_what_is_no_day_is_refused(ending: str) -> None:
    with pytest.raises(ValueError, match="write"):
        read_promise(f"Book the room @lea, {ending}", TODAY)


def test_a_span_of_days_before_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="write"):
        read_promise("Book the room by 5 to 7 March @Lea Smith", TODAY)


def test_a_day_that_depends_on_today_needs_it() -> None:
    with pytest.raises(ValueError, match="depends on the day it was said"):
        read_promise("Book the room @lea by Friday")


def test_a_day_before_a_name_of_two_words_takes_the_place_of_the_old_one() -> None:
    old = Kept("a1", RecordKind.ACTION, "Ring", "", MARCH)
    new = Kept("a1", RecordKind.ACTION, "Ring the landlord", "Lea-Smith", "2026-01-16")
    assert reworded(old, "Ring the landlord by Friday @Lea Smith", TODAY) == new


PIECES = (
    "Book|the room|@lea|@ben|and|,|—|(Lea)|(|)|due|by|on|next Tuesday|Friday|5 March|5 March 2026|2026-03-05|5/3/2026"
    "|Owner: kim|.|*|:|review on|1/2|@|[x]|2026|to|w/c|due 5 March|, Lea Smith|@Lea Smith|the pt"
    "|Tomorrow|Please|(Please)|, Dundee|by 7 March"
)
AT_THE_WINDOW = "Ask them for a reply by 5 March" + 9 * " and more of it" + " a week"


@example("Book due 5 March and", RecordKind.ACTION)
@example("Book due 5 March Book , Book", RecordKind.ACTION)
@example("Book by 5 March the room — Lea", RecordKind.ASK)
@example("Read by 5 March from", RecordKind.DECISION)
@example(f"@lea {AT_THE_WINDOW}", RecordKind.ACTION)
@example(f"Ask them by 5 March {8 * 'and more of it '}there, Dundee", RecordKind.ACTION)
@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES.split("|")), min_size=1, max_size=9).map(" ".join), st.sampled_from(RecordKind))
def test_what_was_read_is_read_again_as_notes_write_it(line: str, kind: RecordKind) -> None:
    try:
        found = read_promise(line, TODAY)
    except ValueError:
        return
    if not found.text:
        return
    # Notes write an @ in words so that it names nobody.
    written = Kept("a1", kind, found.text.replace("@", "\ue000"), found.owner, found.due)
    again = read_promise(written.text + record_ending(written), TODAY)
    assert Promised(again.text.replace("\ue000", "@"), again.owner, again.due) == found


@pytest.mark.parametrize(
    "line",
    [
        "Plan the day " + " & ".join(["@ann"] * 30) + " and others soon",
        "@a & " * 40,
        "@a, " * 40 + "!!",
        *(
            f"do 2026-12-01 {mark * 80} {end}"
            for mark in ("( :", ": ", "=> ", "- ", "→,", "_→")
            for end in ("/ the", "1st ;")
        ),
    ],
)
def test_no_line_takes_long(line: str) -> None:
    """Anybody may send a page with it, and it is read before a session begins."""
    read_promise("Ring Jo @ann", TODAY)
    began = time.process_time()
    for n in range(20):
        with contextlib.suppress(ValueError):
            read_promise(f"{n} {line}", TODAY)
    assert time.process_time() - began < 1
