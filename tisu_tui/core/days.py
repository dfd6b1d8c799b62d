"""Dates, in sentences like 1 December 2026 and everywhere else like 2026-12-01, and times of day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from tisu_tui.core import day_words
from tisu_tui.core.day_words import AT, NEXT, NOON, OF, ORDINAL, THE, THIS, TODAY, TOMORROW, YEAR, months, weekdays
from tisu_tui.core.translation import cache_by_language, ngettext
from tisu_tui.core.translation import gettext as _


def weekday(day: dt.date) -> str:
    """Name the day of the week."""
    return day_words.weekday_names()[day.weekday()]


def in_words(day: str) -> str:
    """Say a date like 2026-12-01 as a day, a month and a year; what is no date comes back as it is."""
    try:
        found = dt.date.fromisoformat(day)
    except ValueError:
        return day
    month = day_words.month_names()[found.month - 1]
    return _("{day} {month} {year}").format(day=found.day, month=month, year=found.year)


_CENTURY = r"(?:19|20)\d\d(?!\d)"
"""A year in full; other numbers of four digits behind a day begin what is a telephone number, like 0131."""
_TIME = (
    rf"(?:(?:T|,?\s+(?:(?:{AT})\s+)?)\d\d?[:.]\d\d(?:[:.]\d+)*(?:Z|[+-]\d\d:?\d\d|\s?[ap]\.?m\b)?"
    rf"|,?\s+(?:(?:{AT})\s+)?(?:\d\d?\s?[ap]\.?m\b|(?:{NOON})\b))?"
)


@cache_by_language()
def _forms() -> tuple[str, ...]:
    """Give patterns for a day: with its year, in numbers; in words; and by what it depends on when it was said."""
    month, weekday = f"(?:{months()})(?![^\\W\\d_])", f"(?:{weekdays()})(?![^\\W\\d_])"
    year = rf"(?P<year>{_CENTURY}|['’]?\d\d(?![\d:])){YEAR}"
    day = rf"(?P<day>\d\d?){ORDINAL}\.?(?:\s+(?:{OF}))?"
    named = rf"(?:(?P<weekday>{weekday})\.?,?\s+)?"
    in_words = rf"(?:(?P<weekday>{weekday}|{day_words.cut_short()})\.?,?\s+)?(?:(?:{THE})\s+)?"
    return (
        rf"{named}(?P<year>{_CENTURY})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?!\d){_TIME}",
        rf"{named}(?P<day>\d\d?)(?P<mark>[./-])(?P<month>\d\d?)(?P=mark){year}{_TIME}",
        rf"{in_words}{day}[\s-]*(?P<month>{month})\.?(?:,?[\s-]+{year})?{_TIME}",
        rf"{named}(?P<month>{month})\.?\s+(?:the\s+)?(?P<day>\d\d?)(?![\d:]){ORDINAL}(?:,?\s+{year})?{_TIME}",
        rf"{named}(?P<day>\d\d?)[./](?P<month>\d\d?)\.?(?![\d/.])",
        rf"(?:(?P<next>{NEXT})\s+|(?:{THIS})\s+)?(?P<weekday>{weekday})\.?(?!,?\s+\d+[./\s]){_TIME}(?!\s+\d)",
        rf"(?:(?P<today>{TODAY})|{TOMORROW}){_TIME}",
    )


@cache_by_language()
def _compiled() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in _forms())


def _pattern(forms: tuple[str, ...]) -> str:
    """Join patterns into one without names, so that it can stand in a larger one."""
    marks = [re.sub(r"\(\?P=mark\)", "[-/.]", form) for form in forms]
    whole = "|".join(re.sub(r"\?P<\w+>", "?:", mark) for mark in marks)
    return f"(?i:{whole})"


@cache_by_language()
def day_in_numbers() -> str:
    """Give a pattern for a whole day in numbers, like `2026-12-01` and `1/12/2026`."""
    return _pattern(_forms()[:2])


@cache_by_language()
def day_named() -> str:
    """Give a pattern for a day like `1 December 2026` or `Dec 1`, whether or not the month has so many days."""
    return _pattern(_forms()[2:4])


@cache_by_language()
def day_from_today() -> str:
    """Give a pattern for a day that depends on when it was said: `1/12`, `Friday`, `next Tuesday`, `tomorrow`."""
    return _pattern(_forms()[4:])


def is_ahead(text: str) -> bool:
    """Tell whether a day that depends on when it was said can only be one to come: `next Tuesday`, `tomorrow`."""
    return re.match(rf"(?:{NEXT})\s|(?:{TOMORROW})\b", text, re.IGNORECASE) is not None


def read_day(text: str, today: dt.date | None = None) -> dt.date:
    """Read a day as people write it, the day before the month: `2026-12-01`, `1/12/2026`, `Tue 1 Dec 2026`, `Dec 1`.

    Without a year, and for `Friday`, `next Tuesday` and `tomorrow`, it is the next such day from `today`. Raises
    ValueError, in plain words, for what is no day, and for a day that needs `today` where nobody knows it.
    """
    text = " ".join(text.split()).strip(" .,;:!()[]*_")
    for form in _compiled():
        if match := form.fullmatch(text):
            try:
                return _day(match.groupdict(), text, today)
            except OverflowError:
                break
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(_no_date(text)) from None


def _no_date(text: str) -> str:
    return _("{due} is no date; write it like 2026-12-01").format(due=text)


def _day(said: dict[str, str | None], text: str, today: dt.date | None) -> dt.date:
    on = day_words.weekday(name) if (name := said.get("weekday")) else None
    if said.get("day") and said.get("year"):
        year = int((said["year"] or "").strip("'’"))
        found = _date(year if year > 99 else 2000 + year, said, text)
    elif today is None:
        raise ValueError(
            _("{due} depends on the day it was said; write the whole date, like 2026-12-01").format(due=text)
        )
    elif said.get("day"):
        # The 29th of February may be four years off, or eight.
        days = (_exact(today.year + n, said) for n in range(9))
        later = next((day for day in days if day and day >= today), None)
        if later is None:
            raise ValueError(_no_date(text))
        found = later
    elif on is not None:
        ahead = 7 - today.weekday() + on if said.get("next") else (on - today.weekday() - 1) % 7 + 1
        return today + dt.timedelta(ahead)
    else:
        return today + dt.timedelta(0 if said.get("today") else 1)
    if on is not None and found.weekday() != on:
        raise ValueError(
            _("{due} is a {weekday}; write the date alone, like 2026-12-01").format(due=text, weekday=weekday(found))
        )
    return found


def _date(year: int, said: dict[str, str | None], text: str) -> dt.date:
    found = _exact(year, said)
    if found is None:
        raise ValueError(_no_date(text))
    return found


def _exact(year: int, said: dict[str, str | None]) -> dt.date | None:
    """Make a date; None where the month has no such day."""
    month = said["month"] or ""
    number = int(month) if month.isdecimal() else day_words.month(month)
    try:
        return dt.date(year, number, int(said["day"] or 0))
    except ValueError:
        return None


def times_behind_days(text: str) -> tuple[str, ...]:
    """Find the times of day, like `at 10:00` and `2pm`, that somebody wrote behind a day."""
    clock = r"\d\d?[:.]\d\d(?:\s?[ap]\.?m\b)?|\d\d?\s?[ap]\.?m\b"
    times = re.finditer(rf"(?<=\s)(?:(?:{AT})\s+)?(?:{clock}|(?:{NOON})\b)", text, re.IGNORECASE)
    day = rf"(?<!\w)(?:{day_in_numbers()}|{day_named()}|{day_from_today()}),?\s$"
    return tuple(time[0] for time in times if re.search(day, text[: time.start()]))


def stored(text: str, today: dt.date | None = None) -> str:
    """Read a day as `read_day` does, into the form in which it is kept."""
    return read_day(text, today).isoformat()


def may_be(text: str, day: str, today: dt.date | None = None) -> bool:
    """Tell whether a day as people write it can be that day like 2026-12-01, in whichever year."""
    try:
        return stored(text, today)[5:] == day[5:]
    except ValueError:
        return True


def say_ago(day: dt.date, today: dt.date) -> str:
    """Say how long ago a day was, roughly; an empty string for one to come."""
    days = (today - day).days
    if days < 0:
        return ""
    if days == 0:
        return _("today")
    if days < 14:
        return ngettext("{n} day ago", "{n} days ago", days).format(n=days)
    if days < 92:
        return ngettext("{n} week ago", "{n} weeks ago", days // 7).format(n=days // 7)
    return ngettext("{n} month ago", "{n} months ago", days // 30).format(n=days // 30)


DAY = 24 * 60
"""Minutes of a day; a time of day is so many of them from midnight."""


@dataclass(frozen=True, slots=True)
class Times:
    """When a session was planned to begin, when it began, when its present step did, and now; -1 where unknown."""

    now: int = -1
    planned: int = -1
    began: int = -1
    since: int = -1

    def moved(self, left: int, step: int, now: int) -> Times:
        """Note when the session and its present step begin; both are places in the agenda, -1 for the lobby."""
        if left == step:
            return self
        return replace(self, now=now, since=now, began=now if left < 0 else self.began)


UNKNOWN = Times()


def clock(minutes: int) -> str:
    """Write a time of day, such as 09:05."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def read_clock(text: str) -> int:
    """Read a time of day such as 9:05; raises ValueError."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", text.strip())
    if found is None:
        raise ValueError(text)
    return 60 * int(found[1]) + int(found[2])
