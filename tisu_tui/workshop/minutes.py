"""How long something takes, as people write it: `5 min`, `10–15 minutes`, `1.5 h`, `1 h 30`, `10:00–10:20`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

MOST_MINUTES = 480
"""The longest time that a step can take."""

# The time it takes to look grows with the square of what is looked at.
_LONGEST_HEADING = 300

_NUMBER = r"[0-9]{1,6}(?:[.,][0-9]{1,2})?"
_HOURS = r"(?:hours?|hrs?\.?|h)"
_MINUTES = r"(?:minutes?|mins?\.?|m)"
_SECONDS = r"(?:seconds?|secs?\.?|s)"
_SHORT = r"(?:['’′](?!\w))"
_TO = r"\s*(?:-|–|—|to)\s*"
_ABOUT = r"(?:[~≈]|(?:about|around|approximately|approx\.?|circa|ca?\.|up to|max\.?|maximum|roughly)(?=[\s\d]))?\s*"
_CLOCK = r"([01]?\d|2[0-4])[:.]([0-5]\d)\s*([ap]\.?m\.?)?"
_SPAN = re.compile(rf"{_CLOCK}{_TO}{_CLOCK}", re.IGNORECASE)
_HALVES = {
    "half an hour": 30,
    "half hour": 30,
    "an hour": 60,
    "a quarter of an hour": 15,
    "quarter of an hour": 15,
    "an hour and a half": 90,
}
_AMOUNT = (
    rf"(?:{_NUMBER}\s*-?{_HOURS}(?:\s*(?:and\s*)?[0-9]{{1,2}}\s*{_MINUTES}?)?"
    rf"|{_NUMBER}\s*-?(?:{_MINUTES}|{_SECONDS}|{_SHORT}))"
)
_ONE_TIME = (
    rf"(?:(?:(?:{_AMOUNT}|{_NUMBER}){_TO})?{_AMOUNT}(?![\w'’])|{'|'.join(sorted(_HALVES, key=len, reverse=True))})"
)
DURATION = rf"(?:{_ABOUT}{_ONE_TIME}(?:\s*(?:total|in all|each|max\.?))?)"
"""A pattern for a time with its unit."""
TIME_SPAN = _SPAN.pattern.replace("(", "(?:").replace("(?:?:", "(?:")
"""A pattern for two times of day with a dash between, without groups."""

_LABEL = r"(?:(?:minutes|mins?|times?|timing|duration|takes|length)\s*[:=]\s*)"
_BARE = re.compile(rf"{_LABEL}({_NUMBER})", re.IGNORECASE)
_WHOLE = re.compile(rf"{_LABEL}?({DURATION})", re.IGNORECASE)
_PART = re.compile(rf"({_NUMBER})\s*-?({_HOURS}|{_MINUTES}|{_SECONDS}|{_SHORT})?", re.IGNORECASE)
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75", " 1/2": ".5", " 1/4": ".25", " 3/4": ".75"}
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {
    **{word: str(number) for number, word in enumerate(_WORDS, 1)},
    "fifteen": "15",
    "twenty": "20",
    "thirty": "30",
    "forty-five": "45",
    "sixty": "60",
    "ninety": "90",
}
_IN_WORDS = re.compile(rf"^({'|'.join(_NUMBERS)})(?=\s+(?:{_HOURS}|{_MINUTES})\b)", re.IGNORECASE)
# Before a time, they make it a part of what is asked.
_ASKED = re.compile(
    r"\b(?:in|for|of|the|last|next|every|each|about|than|after|before|within|under|over|to|a|per|take|spend|give|use|"
    r"just|only)$",
    re.IGNORECASE,
)
_LABELLED = rf"\W*{_LABEL}[*_]*\s*({DURATION}|{TIME_SPAN}|{_NUMBER}(?=\W*$))"
# In a heading a time stands in brackets, or behind or before a mark: what is asked about may take time as well.
_AT_END = rf"[(\[{{]\s*(?P<a>{DURATION}|{TIME_SPAN})\s*[)\]}}]|(?:\s[-–—|:·/]|,)\s*(?P<b>{DURATION}|{TIME_SPAN})\s*$"
_AT_START = rf"^\W*(?P<c>{DURATION}|{TIME_SPAN})\s*(?:[-–—|:,·/)\]]|\s(?={_CLOCK.replace('(', '(?:')}))\s*"
_BARE_START = rf"^\W*(?P<f>{DURATION})\s+(?=(?-i:[A-ZÀ-Þ]))"
_BARE_END = rf"\s(?P<g>{_AMOUNT})$"
_IN_HEADING = rf"{_AT_START}|^\W*(?P<d>{TIME_SPAN})\s+|:\s*(?P<e>{DURATION})\s*$|\s*(?:{_AT_END})"
_MAY_BE_TIME = re.compile(r"\d|hour", re.IGNORECASE)
"""What every time has in it: most headings have none, and the other patterns take long to compile."""


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def read_minutes(text: str) -> int | None:
    """Read a time, for a range its upper end, rounded up to minutes; None for anything else."""
    text = _in_figures(" ".join(text[:_LONGEST_HEADING].split()))
    if span := _SPAN.fullmatch(text):
        return _between(span)
    if bare := _BARE.fullmatch(text):
        return _rounded(bare[1])
    if not (whole := _WHOLE.fullmatch(text)):
        return None
    for name in sorted(_HALVES, key=len, reverse=True):
        if name in whole[1].casefold():
            return _HALVES[name]
    upper = re.split(rf"(?<=[\d\s.hmnrsu]){_TO}(?=\d)", whole[1], flags=re.IGNORECASE)[-1]
    parts = [(found[1], found[2] or "") for found in _PART.finditer(upper)]
    times = {"h": 60.0, "s": 1 / 60}
    return math.ceil(sum(float(number.replace(",", ".")) * times.get(unit[:1].casefold(), 1) for number, unit in parts))


def _in_figures(text: str) -> str:
    """Write halves and small numbers in figures."""
    text = f" {text}"
    for fraction, figures in _FRACTIONS.items():
        text = text.replace(fraction, figures)
    text = re.sub(r"^\s*\.", "0.", text).strip()
    return _IN_WORDS.sub(lambda found: _NUMBERS[found[1].casefold()], text)


def minutes_in_heading(text: str) -> tuple[int, str] | None:
    """Find a time that stands beside the words of a heading; gives it, and the heading without it."""
    start = text[:_LONGEST_HEADING]
    if not _MAY_BE_TIME.search(start):
        return None
    for found in (*_pattern(_IN_HEADING).finditer(start), *_bare_in_heading(start)):
        said = next(filter(None, found.groupdict().values()), "")
        minutes = read_minutes(said.strip())
        rest = f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()
        if minutes and re.search(r"\w", rest):
            return minutes, re.sub(r"\s*[-–—|:·]$", "", rest)
    return None


def _bare_in_heading(text: str) -> Iterator[re.Match[str]]:
    """Find a time without a mark at either end of a heading, where it is no part of the words beside it."""
    if found := _pattern(_BARE_START).match(text):
        yield found
    found = None if "?" in text else _pattern(_BARE_END).search(text)
    if found and not _ASKED.search(text[: found.start()].rstrip()):
        yield found


def minutes_in_words(text: str) -> int | None:
    """Read a line such as `Time: 10 minutes`; None for anything else."""
    start = text[:_LONGEST_HEADING]
    found = _pattern(_LABELLED).match(start) if _MAY_BE_TIME.search(start) else None
    if not found:
        return None
    return read_minutes(found[1].strip()) or (_rounded(found[1]) if re.fullmatch(_NUMBER, found[1]) else None)


def _rounded(number: str) -> int:
    return math.ceil(float(number.replace(",", ".")))


def _between(span: re.Match[str]) -> int | None:
    """Give the minutes between two times of day."""
    hour, minute, half, to_hour, to_minute, to_half = span.groups()
    start, end = int(hour) * 60 + int(minute), int(to_hour) * 60 + int(to_minute)
    if half and to_half and half[0].casefold() != to_half[0].casefold() and end < start:
        end += 12 * 60
    if end <= start and end + 12 * 60 - start <= MOST_MINUTES:
        end += 12 * 60  # 11:30 to 1:00
    return end - start if 0 < end - start <= MOST_MINUTES else None
