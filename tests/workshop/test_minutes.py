"""Times as people write them in plans: read as minutes, and found beside the words of a heading."""

from __future__ import annotations

import pytest
from files import step, workshop

from tisu_tui.workshop.minutes import minutes_in_heading, minutes_in_words, read_minutes
from tisu_tui.workshop.reader import read


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *((text, 5) for text in ("5 min", "5 minutes", "5 mins.", "5min", "5m", "5'", "5’", "~5 min", "5-minute",
                                 "minutes: 5", "Time: 5 min", "about 5 minutes")),
        *((text, 10) for text in ("5–10 min", "5-10 minutes", "5 to 10 mins", "10:00–10:10", "9.50 to 10.00")),
        *((text, 60) for text in ("1 h", "1h", "1 hour", "an hour", "30 min – 1 hour", "11:30am–12:30pm")),
        *((text, 90) for text in ("1.5 h", "1,5 hours", "1h30", "1 h 30 min", "1 hour and 30 minutes", "11:30-1:00")),
        *((text, 2) for text in ("90 s", "90 sec", "90 seconds", "two minutes")),
        ("quarter of an hour", 15), ("a quarter of an hour", 15),
        *((text, 30) for text in ("½ h", "1/2 hour", "half an hour", "thirty minutes")),
        *((text, 75) for text in ("1¼ h", "1 1/4 hours")), ("30 sec", 1), ("forty-five minutes", 45),
        ("2.5 min", 3), ("0 min", 0), ("5", None), ("4 minz", None), ("5 min 10", None), ("5 mines", None),
    ],
)  # fmt: skip
def test_a_time_is_read_as_minutes_for_a_range_its_upper_end(text: str, minutes: int | None) -> None:
    assert read_minutes(text) == minutes
    reading = read(step(f"`pause` `{text}`"), "x")
    if minutes:
        assert reading.workshop is not None
        assert (reading.workshop.steps[0].minutes, reading.problems) == (minutes, ())
    else:
        assert reading.workshop is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Set the stage (5 minutes)", (5, "Set the stage")),
        ("Gather what happened [10–15 min]", (15, "Gather what happened")),
        ("10:00–10:20 Check-in", (20, "Check-in")),
        ("5 min – Warm up", (5, "Warm up")),
        ("Warm-up | 1 h", (60, "Warm-up")),
        ("Warm-up: 20 mins", (20, "Warm-up")),
        ("Break, 15 min", (15, "Break")),
        ("Hello (5') and welcome", (5, "Hello and welcome")),
        ("5' Warm-up", (5, "Warm-up")),
        ("10 min Check-in", (10, "Check-in")),
        ("Gather data 10 min", (10, "Gather data")),
        ("Walk for 10 minutes", None),
        ("Silence of 2 min", None),
        ("What can we do in 5 minutes?", None),
        ("Five minutes of silence", None),
        ("Who works 12 h shifts", None),
        ("24/7: what is it for?", None),
        ("(5 min)", None),
    ],
)
def test_a_heading_has_a_time_only_beside_its_words(text: str, found: tuple[int, str] | None) -> None:
    assert minutes_in_heading(text) == found


def test_a_line_that_says_the_time_is_no_other_line() -> None:
    said = ("**Time:** 10 min", "Duration: 1 h", "minutes: 10", "Timing: 10:00 - 10:20", "Time to think: 10", "10 min")
    assert [minutes_in_words(text) for text in said] == [10, 60, 10, 20, None, None]


def test_a_time_in_a_heading_counts_and_the_warning_says_what_to_write() -> None:
    reading = read(workshop("## Hello (10–15 min)\n\n`talk` `id a`\n\n## Bye\n\n`close` `3 min`\n"), "x")
    assert reading.workshop is not None
    assert [each.minutes for each in reading.workshop.steps] == [15, 3]
    assert [problem.expected for problem in reading.problems] == ["`15 min` in the settings line, and not here"]


@pytest.mark.parametrize("text", ["5 " * 9000, "(5-" * 9000, "5 h and " * 5000, "12:30 - " * 5000, "1" * 60000])
def test_long_words_are_looked_at_in_no_time(text: str) -> None:
    for look in (read_minutes, minutes_in_heading, minutes_in_words):
        assert look(text) is None
