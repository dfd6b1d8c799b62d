"""Lines as scribes write them while people go on talking: what is not understood stays in the words."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tisu_tui.core.promise_lines import Promised, read_promise
from tisu_tui.core.translation import speaking

Row = TypeVar("Row")
MONDAY = dt.date(2026, 11, 30)
FRIDAY = "2026-12-04"
FOURTH = "2026-12-04"

KEPT_WHOLE = {
    "en": (
        "Night team to write handover sheet by end of month",
        "We will all read the draft before next supervision",
        "Lea + Ben: new rota w/c 7 Dec",
        "Ask the landlord about the lift?? who",
        "Nobody goes into the office alone at night",
        "no owner yet - fix the buzzer",
        "Kim emails admin@x.org by 3pm Thursday",
        "Sam/Kim phone tree Fri 4th",
        "debrief after incidents - everyone - from now on",
        "Check w/ HR by end of Dec — Priya",
        "4 December: Lea sends the minutes",
        "by friday lea sends the minutes",
        "Not to use the blue form any more, Ana to tell everyone, 8 Dec.",
        "fix door – Not Lea – Fri",
        "fix door – ? – Fri",
        "find out who is on call",
        "check who is responsible",
        "Fix the buzzer (Urgent)",
        "Send letter (Draft)",
        "Visit Perth, Dundee, Friday",
        "@lea or @ben to ring the GP",
        "@lea not @ben to ring",
        "feedback @team leader",
        "feedback @night shift, 4 dec",
        "ring 0131 555 0199",
        "24/7",
    ),
    "pl": ("Nowy grafik – Kasia – do końca miesiąca", "do piątku Ola wyśle protokół", "sprawdzić kto jest na dyżurze"),
    "gd": ("Leugh an dreach ro dheireadh a' mhìos", "faigh a-mach cò tha air dleastanas"),
}
"""Nobody and no day is read in these."""

READ = {
    "en": (
        ("ring estates about the locks @sam fri", "ring estates about the locks", "sam", FRIDAY),
        ("NEW ROTA UP ON WALL @SAM FRIDAY", "NEW ROTA UP ON WALL", "SAM", FRIDAY),
        ("milk!!! @sam!!! friday!!!", "milk!!!", "sam", FRIDAY),
        ("@lea @ben new rota 7/12", "new rota", "lea, ben", "2026-12-07"),
        ("feedback @night-shift / @day-shift 4 dec", "feedback", "night-shift, day-shift", FOURTH),
        ("feedback @senior managers by 4 Dec", "feedback @senior managers", "", FOURTH),
        ("@Team Lead to tell board by 15th Jan 2027", "@Team Lead to tell board", "", "2027-01-15"),
        ("@all read policy by 11 dec", "read policy", "all", "2026-12-11"),
        ("Book room 5 @lea 1 dec 2pm", "Book room 5, 2pm", "lea", "2026-12-01"),
        ("call GP @sam today 5pm", "call GP, 5pm", "sam", "2026-11-30"),
        ("ring @sam about the visit on 4 Dec at 10:00", "ring @sam about the visit on 4 Dec at 10:00", "sam", ""),
        ("Book it, Please, Lea by Friday", "Book it, Please, Lea", "", FRIDAY),
        ("Book it – Please – Lea by Friday", "Book it – Please", "Lea", FRIDAY),
        ("Invite Police, Housing and Health by 4 Dec", "Invite Police, Housing and Health", "", FOURTH),
        ("Lea Smith, Ben Brown and Ana Lee by 4 Dec", "Lea Smith, Ben Brown and Ana Lee", "", FOURTH),
        ("fix the lift — Anne-Marie O'Hara — by Fri", "fix the lift", "Anne-Marie-O'Hara", FRIDAY),
        ("fix the lift @lea (she's back fri)", "fix the lift (she's back fri)", "lea", ""),
        ("fix the lift @lea, she is back on 4 Dec", "fix the lift @lea, she is back on 4 Dec", "lea", ""),
        ("Email estates (estates@trust.nhs.uk) re locks @sam 4 Dec", "Email estates (estates@trust.nhs.uk) re locks",
         "sam", FOURTH),
        ("see https://trust.nhs.uk/rota?d=2026-12-01 @kim", "see https://trust.nhs.uk/rota?d=2026-12-01", "kim", ""),
        ("write to @sam@trust.org again soon", "write to @sam@trust.org again soon", "sam", ""),
        ("ring back by 5 Dec 0131 555 0199", "ring back by 5 Dec 0131 555 0199", "", "2026-12-05"),
        ("get 🪴 for hallway @mo 🙏 by Fri", "get 🪴 for hallway @mo 🙏", "mo", FRIDAY),
        ("Do not lock the kitchen @night-team from 1 dec", "Do not lock the kitchen @night-team from 1 dec",
         "night-team", ""),
        ("ring back @lea week of 7 Dec", "ring back @lea week of 7 Dec", "lea", ""),
        ("Ask Jan to cover March @kim by 5 Jan", "Ask Jan to cover March", "kim", "2027-01-05"),
        ("owner: Lea, by Friday fix door", "owner: Lea, by Friday fix door", "", ""),
        ("fix door, owner: Lea, by Friday", "fix door", "Lea", FRIDAY),
        ("quiet room sign @head of service by 12 dec", "quiet room sign @head of service", "", "2026-12-12"),
        ("feedback @Ward 6 by 4 Dec", "feedback @Ward 6", "", FOURTH),
        ("remind @lea of the rota by Fri", "remind @lea of the rota", "", FRIDAY),
        ("tell @sam of our plan @lea", "tell @sam of our plan", "lea", ""),
        ("could we ask @lea to lead by Fri?", "could we ask @lea to lead by Fri?", "lea", ""),
    ),
    "pl": (
        ("Kasia i Tomek: nowy grafik do 7 grudnia", "Kasia i Tomek: nowy grafik", "", "2026-12-07"),
        ("OLA DZWONI DO GMINY DO ŚRODY", "OLA DZWONI DO GMINY", "", "2026-12-02"),
        ("Zapytać p. Nowak o klucze @tomek 3.12.2026 r.", "Zapytać p. Nowak o klucze", "tomek", "2026-12-03"),
        ("spotkanie w środę o 10:00 @ola", "spotkanie, o 10:00", "ola", "2026-12-02"),
        ("grafik @kierownik ds. kadr do 4 grudnia", "grafik @kierownik ds. kadr", "", FOURTH),
        ("zaprosić Policję, Gminę i Szkołę do 4 grudnia", "zaprosić Policję, Gminę i Szkołę", "", FOURTH),
    ),
    "gd": (
        ("Cuir fòn gu oifis na h-ollamh @Mòrag ro Dihaoine", "Cuir fòn gu oifis na h-ollamh", "Mòrag", FRIDAY),
        ("CLÀR ÙR AIR A' BHALLA @IAIN DIHAOINE", "CLÀR ÙR AIR A' BHALLA", "IAIN", FRIDAY),
        ("leugh e @ceannard na seirbheis ro 12 Dùbhlachd", "leugh e @ceannard na seirbheis", "", "2026-12-12"),
        ("cuir fòn thuca, cò: Iain, ro Dihaoine", "cuir fòn thuca", "Iain", FRIDAY),
    ),
}  # fmt: skip

REFUSED = {
    "en": (
        "Ring @Jan 5 March, Dundee",
        "@the night team reads it by 4 Dec",
        "Do we still need the log book? @priya next supervision",
        "meeting at 10am every Tuesday @ana",
        "write up what happened last Friday @lea",
        "training 10-12 Dec @lea",
        "training 10 & 11 Dec @lea",
        "training 10 Dec, 17 Dec @lea",
        "Rota covers Mon - Fri @lea",
        "not before 10 Dec @lea",
        "ring @lea 0131 555 0199",
        "rota @lea tbc",
    ),
    "pl": ("kupić kwiaty @ola do 4 XII", "w każdy wtorek @ola"),
    "gd": ("gach Dimàirt @Iain",),
}
"""Nothing is kept of these before they are written in another way."""


def by_language(table: Mapping[str, Sequence[Row]]) -> list[tuple[str, Row]]:
    return [(language, row) for language, rows in table.items() for row in rows]


@pytest.mark.parametrize(("language", "line"), by_language(KEPT_WHOLE))
def test_nothing_is_read_where_nothing_is_sure(language: str, line: str) -> None:
    with speaking(language):
        assert read_promise(line, MONDAY) == Promised(line)


@pytest.mark.parametrize(("language", "row"), by_language(READ))
def test_who_and_by_when_of_a_hurried_line(language: str, row: tuple[str, str, str, str]) -> None:
    line, *found = row
    with speaking(language):
        assert read_promise(line, MONDAY) == Promised(*found)


@pytest.mark.parametrize(("language", "line"), by_language(REFUSED))
def test_what_would_be_read_wrongly_is_refused_in_plain_words(language: str, line: str) -> None:
    with speaking(language), pytest.raises(ValueError, match=r"2026-12-01|@\w+-\w+"):
        read_promise(line, MONDAY)


PIECES = (
    "ring|the lift|GP|room 5|@lea|@ben|@Team Lead|Lea|Lea Smith|Dundee|Jan|May|please|and|or|not|to|every|last|—|-|–|,"
    "|;|(|)|(Urgent)|(Lea)|by|due|on|before|until|due: |owner:|who:|Friday|fri|next Tuesday|tomorrow|today|5 Dec|5/12"
    "|2026-12-05|10-12 Dec|w/c 7 Dec|2pm|at 10:00|10.30|at noon|0131 555 0199|a@b.org|https://x.org/?d=2026-12-01|🙏"
    "|!!!|?|end of month|asap|head of service|24/7|12|&|+|/|x3|£15|review on|answer by|deadline"
)
TAKEN = "by due on before until owner who friday fri next tuesday tomorrow today and to review answer deadline"
"""Words that say no more than who, or by when."""


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(PIECES.split("|")), min_size=1, max_size=9, unique=True).map(" ".join))
def test_no_word_is_lost_or_invented(line: str) -> None:
    try:
        found = read_promise(line, MONDAY)
    except ValueError:
        return
    said, kept = words(line), words(found.text) + words(found.owner)
    assert not words(found.text) - said
    assert not words(found.owner) - said
    gone = said - kept
    of_day = {str(int(part)) for part in found.due.split("-") if part}
    of_day |= {dt.date.fromisoformat(found.due).strftime("%b").casefold()} if found.due else set()
    lost = [word for word in gone if word not in TAKEN.split() and word.lstrip("0") not in of_day]
    assert not lost or not found.text
