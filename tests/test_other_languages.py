"""Names, answers, dates and words to look for, as people write them in their own script and on their own keyboard."""

from __future__ import annotations

import datetime as dt

import pytest

from tisu_tui.core.day_words import is_day_name
from tisu_tui.core.days import in_words, read_day, say_ago, weekday
from tisu_tui.core.form import Option
from tisu_tui.core.promise_lines import Promised, read_promise
from tisu_tui.core.promise_patterns import said
from tisu_tui.core.records import RecordKind, due_words
from tisu_tui.core.scripts import has_words, is_right_to_left, latin
from tisu_tui.core.text import cells
from tisu_tui.core.translation import languages, speaking
from tisu_tui.core.typed import fitting, goes_on
from tisu_tui.room.return_words import normal_words
from tisu_tui.screens.layout import flow, width_of
from tisu_tui.ssh.sign_in import SignIn

TODAY = dt.date(2026, 11, 30)  # a Monday


@pytest.mark.parametrize("spoken", ["en", "pl", "gd"])
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 grudnia 2026", "2026-12-01"),
        ("1 grudnia 2026 r.", "2026-12-01"),
        ("wtorek, 1 grudnia 2026", "2026-12-01"),
        ("wt, 1 grudnia 2026", "2026-12-01"),
        ("nd, 1 grudnia 2026", None),
        ("3 paz 2027", "2027-10-03"),
        ("15 sierpień", "2027-08-15"),
        ("środa", "2026-12-02"),
        ("pt. 4 grudnia", "2026-12-04"),
        ("śr. 2 grudnia 2026", "2026-12-02"),
        ("pt", None),
        ("pt. 4 Mar", None),
        ("pt 4 grudnia", None),
        ("SOB 5/12/2026", None),
        ("w srode", None),
        ("następną środę", "2026-12-09"),
        ("dziś", "2026-11-30"),
        ("jutro", "2026-12-01"),
        ("1 dhen Dùbhlachd 2026", "2026-12-01"),
        ("1mh Dubhlachd 2026", "2026-12-01"),
        ("Dimàirt 1 Dùbhlachd 2026", "2026-12-01"),
        ("an 1 dhen t-Samhain 2027", "2027-11-01"),
        ("Dihaoine", "2026-12-04"),
        ("an ath Dhihaoine", "2026-12-11"),
        ("an-diugh", "2026-11-30"),
        ("a-màireach", "2026-12-01"),
        ("1 December 2026", "2026-12-01"),
        ("next Tuesday", "2026-12-08"),
    ],
)
def test_a_day_is_read_in_each_language_whichever_is_spoken(text: str, day: str | None, spoken: str) -> None:
    with speaking(spoken):
        if day is None:
            with pytest.raises(ValueError, match="2026-12-01"):
                read_day(text, TODAY)
        else:
            assert read_day(text, TODAY).isoformat() == day


@pytest.mark.parametrize("spoken", languages())
def test_each_day_of_a_year_is_read_as_it_is_said(spoken: str) -> None:
    with speaking(spoken):
        for n in range(366):
            day = TODAY + dt.timedelta(n)
            assert read_day(in_words(day.isoformat())) == day
            assert read_day(f"{weekday(day)} {in_words(day.isoformat())}") == day
            assert is_day_name(weekday(day))


def test_days_are_said_in_each_language() -> None:
    with speaking("pl"):
        assert in_words("2026-12-01") == "1 grudnia 2026"
        assert [say_ago(TODAY - dt.timedelta(n), TODAY) for n in (0, 1, 2, 14, 40, 180)] == [
            *("dziś", "1 dzień temu", "2 dni temu", "2 tygodnie temu", "5 tygodni temu", "6 miesięcy temu"),
        ]
    with speaking("gd"):
        assert in_words("2026-12-01") == "1 dhen Dùbhlachd 2026"
        assert say_ago(TODAY - dt.timedelta(3), TODAY) == "o chionn 3 làithean"
        assert say_ago(TODAY - dt.timedelta(12), TODAY) == "o chionn 12 latha"


@pytest.mark.parametrize(
    ("spoken", "line"),
    [
        ("pl", "Zamówić salę @maja do 1 grudnia"),
        ("pl", "Zamówić salę @maja termin 1.12.2026"),
        ("pl", "Zamówić salę @maja 1 grudnia 2026"),
        ("pl", "Zamówić salę @maja by 1 December"),
        ("gd", "Zamówić salę @maja ron latha 1 dhen Dùbhlachd"),
        ("gd", "Zamówić salę @maja 1 Dùbhlachd 2026"),
        ("en", "Zamówić salę @maja by 1 grudnia"),
    ],
)
def test_who_and_by_when_is_read_off_a_promise(spoken: str, line: str) -> None:
    with speaking(spoken):
        made = read_promise(line, TODAY)
        assert (made.text, made.owner, made.due) == ("Zamówić salę", "maja", "2026-12-01")


@pytest.mark.parametrize("spoken", languages())
def test_the_words_that_notes_put_before_a_day_are_known_where_they_are_read(spoken: str) -> None:
    with speaking(spoken):
        _plain, every = said()
        assert {due_words(kind).partition("{")[0].strip() for kind in RecordKind} <= set(every.split("|"))


def test_small_words_of_another_language_do_not_touch_english_promises() -> None:
    made = read_promise("List what is left to do 2026-12-01 @sam", TODAY)
    assert (made.text, made.owner, made.due) == ("List what is left to do", "sam", "2026-12-01")


OPTIONS = (Option("a", "Żółty pokój", "1"), Option("b", "Zielony ogród", "2"), Option("c", "Seòmar còmhla", "3"))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("żółty pokój", (0,)),
        ("zolty pokoj", (0,)),
        ("ZOL", (0,)),
        ("zie", (1,)),
        ("z", (1,)),
        ("seomar", (2,)),
        ("sèomar comhla", (2,)),
        ("2", (1,)),
        ("x", ()),
    ],
)
def test_an_answer_may_leave_out_what_stands_on_letters(text: str, places: tuple[int, ...]) -> None:
    assert fitting(OPTIONS, text) == places


def test_letters_with_marks_are_told_apart_where_both_are_there() -> None:
    options = (Option("a", "Sad", "1"), Option("b", "Są", "2"), Option("c", "Sa", "3"))
    assert fitting(options, "są") == (1,)
    assert fitting(options, "sa") == (2,)
    assert goes_on(OPTIONS, "zol")


def test_numbers_are_read_in_the_language_that_is_spoken() -> None:
    options = tuple(Option(str(n), f"Line {n}", str(n)) for n in range(1, 8))
    with speaking("pl"):
        assert fitting(options, "pięć") == fitting(options, "piec") == fitting(options, "five") == (4,)
    with speaking("gd"):
        assert fitting(options, "trì") == fitting(options, "tri") == (2,)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Nasze poranki: łąka", "laka", True),
        ("Nasze poranki: łąka", "ŁĄKA poranki", True),
        ("Nasze poranki: łąka", "lato", False),
        ("Ar madainn còmhla", "comhla", True),
        ("Наш ранок", "ранок наш", True),
        ("Наш ранок", "nash", True),
        ("Our trip", "日", False),
        ("日本語", "日本", True),
    ],
)
def test_what_is_looked_for_is_found_with_and_without_marks(text: str, words: str, found: bool) -> None:
    assert has_words(text, words) is found


def test_letters_are_written_in_latin_as_they_are_read() -> None:
    assert latin("Żółć, ŁÓDŹ") == "zolc, lodz"
    assert latin("Ròs, Dùbhlachd") == "ros, dubhlachd"
    assert latin("Мій ранок") == "miy ranok"


@pytest.mark.parametrize(
    "typed",
    [
        "acorn-alder-amber",
        "Acorn alder  amber",
        "acorn–alder—amber",
        "ａｃｏｒｎ－ａｌｄｅｒ－ａｍｂｅｒ",
        "acorn\u00a0alder\u3000amber",
    ],
)
def test_return_words_may_come_from_any_keyboard(typed: str) -> None:
    assert normal_words(typed) == "acorn-alder-amber"


def test_the_join_code_may_come_from_any_keyboard() -> None:
    door = SignIn("calm-otter")
    assert door.is_code("CALM – otter")
    assert door.is_code("ｃａｌｍ－ｏｔｔｅｒ")
    assert not door.is_code("calm-ottеr")  # a Cyrillic letter that looks the same is another letter


def test_text_from_right_to_left_stands_at_the_right_and_is_cut_nowhere() -> None:
    text = "كيف حالكم اليوم؟ يمكنكم المغادرة في أي وقت."
    assert is_right_to_left(text)
    assert is_right_to_left("1. שלום")
    assert not is_right_to_left("Łąka שלום")
    lines = flow(((text, "text"),), 20, "• ")
    assert [width_of(line) for line in lines] == [20] * len(lines)
    assert " ".join("".join(part for part, _style in line).strip(" •") for line in lines) == text
    assert all(cells("".join(part for part, _style in line)) == 20 for line in lines)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Czajnik @ola do pt.", Promised("Czajnik", "ola", "2026-12-04")),
        ("Kubki do śr. @ola", Promised("Kubki", "ola", "2026-12-02")),
        ("Mata — do Pn.", Promised("Mata", "", "2026-12-07")),
        ("Zadzwonić do pt. Nowak", Promised("Zadzwonić do pt. Nowak")),
        ("Wysłać do pt", Promised("Wysłać do pt")),
        ("Kubki @ola w pt.", Promised("Kubki", "ola", "2026-12-04")),
        ("Kubki @ola we wt.", Promised("Kubki", "ola", "2026-12-01")),
        ("Zawsze zimno w pt.", Promised("Zawsze zimno w pt.")),
    ],
)
def test_a_polish_day_cut_short_is_one_behind_the_word_for_by(line: str, read: Promised) -> None:
    with speaking("pl"):
        assert read_promise(line, TODAY) == read
    assert read_promise(line, TODAY).due == ""
