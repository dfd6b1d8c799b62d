"""Results as lines that are read aloud."""

from __future__ import annotations

import pytest

from tisu_tui.core.form import Option
from tisu_tui.core.released import renamed
from tisu_tui.core.shown import (
    WITHHELD,
    Counts,
    Quotes,
    Say,
    Shown,
    WordTable,
    partly_withheld_sentence,
    withheld_sentence,
)
from tisu_tui.core.size import Way
from tisu_tui.core.translation import speaking
from tisu_tui.plain.shown import adds_only, shown_lines
from tisu_tui.session.session import Place
from tisu_tui.view.view import Role, View

ONE_COLUMN = Counts("People", ("Rota", "Budget"), ("People",), ((6,), (0,)))
TABLE = Counts("How many people chose each", ("We listen.",), ("Fine", "Not sure"), ((7, 3),))
HIDDEN = Counts("", ("Rota", "Budget"), ("People",), ((WITHHELD,), (WITHHELD,)))
RECORD = WordTable(
    "Where we are",
    ("Statement", "Middle answer", "How far apart"),
    (("Leaders show it.", "3 Partly in place", "mostly agree"), ("HR is part of it", WITHHELD, "–")),
)


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        ([Say("Carried.")], ["Carried."]),
        ([ONE_COLUMN], ["People.", "Rota: 6", "Budget: 0"]),
        ([TABLE], ["How many people chose each.", "We listen. Fine: 7, Not sure: 3."]),
        ([Quotes("Kept as written", ("tea", "cake"))], ["Kept as written.", "“tea”", "“cake”"]),
        (
            [Quotes("What we said", ("Rest", "Time", "Air"), (("tea", "cake"), ("an hour",), ()))],
            ["What we said.", "“Rest”: “tea”, “cake”", "“Time”: “an hour”", "“Air”"],
        ),
        ([HIDDEN], ["Rota: not shown", "Budget: not shown", partly_withheld_sentence()]),
        (
            [RECORD],
            [
                "Where we are.",
                "Leaders show it. Middle answer: 3 Partly in place. How far apart: mostly agree.",
                "HR is part of it. Middle answer: not shown.",
                partly_withheld_sentence(),
            ],
        ),
        (
            [Say(withheld_sentence()), Say("Let us talk."), Say(withheld_sentence())],
            [withheld_sentence(), "Let us talk."],
        ),
        ([HIDDEN, Say(withheld_sentence())], ["Rota: not shown", "Budget: not shown", withheld_sentence()]),
        ([], []),
    ],
)
def test_each_result_is_read_as_lines(shown: list[Shown], wanted: list[str]) -> None:
    assert shown_lines(shown) == wanted


def test_what_the_group_said_stands_in_the_marks_of_the_language() -> None:
    with speaking("pl"):
        assert shown_lines([Quotes("", ("herbata",), (("czarna",),))]) == ["„herbata”: „czarna”"]
    was = (Option("a", "Zostaje „Cichy pokój”"), Option("b", "It is “Cichy pokój”"))
    assert [each.label for each in renamed(was, "Cichy pokój", "Pokój")] == ["Zostaje „Pokój”", "It is “Pokój”"]
    was = (Option("c", "« Une pièce calme »"), Option("d", "Une pièce calme et du thé"))
    assert [each.label for each in renamed(was, "Une pièce calme", "Une pièce")] == ["« Une pièce »", was[1].label]


SAID = Quotes("What we said", ("tea",))
THEME = Quotes("What we said", ("Rest",), (("tea",),))


@pytest.mark.parametrize(
    ("before", "now", "adds"),
    [
        ([SAID], [Quotes("What we said", ("tea", "cake"))], True),
        ([], [Quotes("What we said", ("cake",))], True),
        ([SAID, Say("Carried.")], [Quotes("What we said", ("cake", "tea")), Say("Carried.")], True),
        ([SAID], [Quotes("What we said", ("tea", "an hour"))], False),
        ([SAID], [Quotes("What we want", ("tea",))], False),
        ([SAID], [Quotes("What we said", ("cake",))], False),
        ([SAID], [SAID, Say("Carried.")], False),
        ([THEME], [Quotes("What we said", ("Rest",), (("tea", "cake"),))], False),
        ([THEME], [Quotes("What we said", ("Rest", "cake"), (("tea",), ("an hour",)))], False),
        ([SAID], [THEME], False),
    ],
)
def test_what_was_heard_is_not_read_again_where_nothing_else_has_changed(
    before: list[Shown], now: list[Shown], adds: bool
) -> None:
    def seen(shown: list[Shown]) -> View:
        return View(Role.PARTICIPANT, Place(1), "Rest", 2, Way.FULL, "8 to 11", shown=tuple(shown))

    assert adds_only(seen(before), seen(now), ["cake"]) is adds
