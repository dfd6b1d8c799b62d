"""Dates: in sentences like 1 December 2026; stored, typed, in file names and in columns like 2026-12-01."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from gettext import gettext as _
from gettext import ngettext

_NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([^\W\d_]{3,})\.?,?\s+(\d{4})")


def _months() -> tuple[str, ...]:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )


def weekday(day: dt.date) -> str:
    """Name the day of the week."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[day.weekday()]


def in_words(day: str) -> str:
    """Say a date like 2026-12-01 as a day, a month and a year; what is no date comes back as it is."""
    try:
        found = dt.date.fromisoformat(day)
    except ValueError:
        return day
    return _("{day} {month} {year}").format(day=found.day, month=_months()[found.month - 1], year=found.year)


def read_day(text: str) -> dt.date:
    """Read `2026-12-01`, `1/12/2026` (the day first), `1 December 2026` or `1 Dec 2026`; raises ValueError."""
    text = text.strip().rstrip(".")
    if numbers := _NUMBERS.fullmatch(text):
        day, month, year = map(int, numbers.groups())
        return dt.date(year, month, day)
    if named := _NAMED.fullmatch(text):
        found = [n for n, month in enumerate(_months(), 1) if month.casefold().startswith(named[2].casefold())]
        if len(found) == 1:
            return dt.date(int(named[3]), found[0], int(named[1]))
    return dt.date.fromisoformat(text)


@cache
def day_named() -> str:
    """Give a pattern for a day like `1 December 2026` or `1 Dec 2026`, whether or not the month has so many days."""
    months = "|".join(dict.fromkeys(re.escape(name) for month in _months() for name in (month, month[:3])))
    return rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?i:{months})\.?,?\s+\d{{4}}"


def stored(text: str) -> str:
    """Read a day as `read_day` does, into the form in which it is kept; raises ValueError in plain words."""
    try:
        return read_day(text).isoformat()
    except ValueError:
        raise ValueError(_("{due} is no date; write it like 2026-12-01").format(due=text)) from None


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
