"""A calendar file that is written again moves a day in a calendar, and shows it once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import vobject  # type: ignore[import-untyped]  # it ships no types
from command_line import tisu
from icalendar import Calendar
from kept_sessions import keep, promised, workshop

from tisu_tui.core.records import RecordKind
from tisu_tui.store.folder import DataFolder


@pytest.fixture
def team(tmp_path: Path) -> Path:
    made = [
        promised(1, "Book the room @sam 2099-01-05"),
        promised(2, "Cover @board 2099-01-09", RecordKind.ASK),
    ]
    keep(DataFolder(tmp_path / "data"), "aaaa", "2025-12-01", workshop(), made)
    return tmp_path


@dataclass
class Entry:
    """One event, as a calendar reads it."""

    summary: str
    day: dt.date
    number: int
    changed: dt.date
    reminder: dt.timedelta


def with_icalendar(text: bytes) -> Iterator[tuple[str, Entry]]:
    for event in Calendar.from_ical(text).walk("VEVENT"):
        (alarm,) = event.walk("VALARM")
        day, stamp = event.decoded("DTSTART"), event.decoded("LAST-MODIFIED")
        summary, number = str(event["SUMMARY"]), int(str(event["SEQUENCE"]))
        yield str(event["UID"]), Entry(summary, day, number, stamp.date(), alarm.decoded("TRIGGER"))


def with_vobject(text: bytes) -> Iterator[tuple[str, Entry]]:
    for event in vobject.readOne(text.decode()).vevent_list:
        day, stamp, number = event.dtstart.value, event.last_modified.value, int(event.sequence.value)
        yield event.uid.value, Entry(event.summary.value, day, number, stamp.date(), event.valarm.trigger.value)


def read(team: Path) -> dict[str, Entry]:
    """Write the calendar file, and read it as two calendars do, which read the same."""
    written = tisu(team, "actions", "--ical", "days.ics", "--on", "2026-01-10")
    assert written.returncode == 0, written.stderr
    text = (team / "days.ics").read_bytes()
    one, other = [*with_icalendar(text)], [*with_vobject(text)]
    assert one == other
    assert len(dict(one)) == len(one), "one thing stands there twice"
    return dict(one)


@dataclass
class Diary:
    """What somebody's calendar has after it took files in, as RFC 5546 says: a higher number replaces what is there."""

    events: dict[str, Entry] = field(default_factory=dict)

    def take(self, found: dict[str, Entry]) -> None:
        for name, event in found.items():
            if name not in self.events or event.number > self.events[name].number:
                self.events[name] = event

    @property
    def days(self) -> list[tuple[str, dt.date]]:
        return sorted((event.summary, event.day) for event in self.events.values())


def test_a_moved_day_is_moved_and_stands_there_once(team: Path) -> None:
    diary = Diary()
    diary.take(read(team))
    assert diary.days == [("Book the room", dt.date(2099, 1, 5)), ("Reply due: Cover", dt.date(2099, 1, 9))]
    page = team / "exports" / "actions.md"
    assert tisu(team, "actions", "mark", "a1", "under", "way", "--on", "2026-01-08").returncode == 0
    for day in ("2099-02-05", "2099-03-05", "2099-02-05"):
        text = page.read_text(encoding="utf-8")
        (line,) = (each for each in text.splitlines() if "aaaa.a1" in each)
        page.write_text(text.replace(line, f"- [ ] Book the room — @sam, due {day} <!-- action aaaa.a1 -->"), "utf-8")
        diary.take(read(team))
        assert ("Book the room", dt.date.fromisoformat(day)) in diary.days
        assert len(diary.days) == 2


def test_a_file_that_says_the_same_again_is_the_same_bytes(team: Path) -> None:
    read(team)
    before = (team / "days.ics").read_bytes()
    read(team)
    assert (team / "days.ics").read_bytes() == before


def test_each_day_has_a_reminder_a_week_before_and_says_when_it_was_changed(team: Path) -> None:
    for event in read(team).values():
        assert event.reminder == dt.timedelta(days=-7)
        assert (event.changed, event.number) == (dt.date(2025, 12, 1), 0)
