"""Dates as people say them; everything that is stored or read back by a program is written like 2026-12-01."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _


def in_words(day: str) -> str:
    """Say a date like 2026-12-01 as a day, a month and a year; what is no date comes back as it is."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    months = (
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
    return _("{day} {month} {year}").format(day=found.day, month=months[found.month - 1], year=found.year)
