"""Names of months and days as they are said and as people type them, and the words around them.

What the language that is spoken says itself is read; all that stands here is read in any language: a page of notes may
be mended by somebody who writes another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from tisu_tui.core.scripts import latin
from tisu_tui.core.translation import cache_by_language
from tisu_tui.core.translation import gettext as _

# English names may be cut to three letters; the others are known whole and by the abbreviations that CLDR gives.
_MONTHS = (
    ("January", "styczeń stycznia styczniu sty", "Faoilleach Fhaoilleach Fhaoillich Faoi"),
    ("February", "luty lutego lutym lut", "Gearran Ghearran Ghearrain Gearr"),
    ("March", "marzec marca marcu mar", "Màrt Mhàrt Mhàirt"),
    ("April", "kwiecień kwietnia kwietniu kwi", "Giblean Ghiblean Ghiblein Gibl"),
    ("May", "maj maja maju", "Cèitean Chèitean Chèitein Cèit"),
    ("June", "czerwiec czerwca czerwcu cze", "Ògmhios Ògmhìos Ògmhiosa Ògmh"),
    ("July", "lipiec lipca lipcu lip", "Iuchar Iuchair Iuch"),
    ("August", "sierpień sierpnia sierpniu sie", "Lùnastal Lùnastail Lùna"),
    ("September", "wrzesień września wrześniu wrz", "Sultain t-Sultain Sult"),
    ("October", "październik października październiku paź", "Dàmhair Dàmh"),
    ("November", "listopad listopada listopadzie lis", "Samhain t-Samhain Samh"),
    ("December", "grudzień grudnia grudniu gru", "Dùbhlachd Dùbh"),
)
_WEEKDAYS = (
    ("Monday", "poniedziałek poniedziałku pon", "Diluain Dhiluain"),
    ("Tuesday", "wtorek wtorku", "Dimàirt Dhimàirt"),
    ("Wednesday", "środa środę środy", "Diciadain Dhiciadain"),
    ("Thursday", "czwartek czwartku czw", "Diardaoin Dhiardaoin"),
    ("Friday", "piątek piątku", "Dihaoine Dhihaoine"),
    ("Saturday", "sobota sobotę soboty", "Disathairne Dhisathairne"),
    ("Sunday", "niedziela niedzielę niedzieli niedz", "Didòmhnaich Dhidòmhnaich"),
)
_CUT_SHORT = {"pn": 0, "wt": 1, "śr": 2, "sr": 2, "pt": 4, "sob": 5}
"""Polish days of the week that are other words elsewhere: `pt` is a patient, and `SOB` short of breath."""
_PEOPLE = frozenset({"jan", "lis", "maj", "maja"})
"""Names of people, too, who may have promised something."""

TODAY = "today|dziś|dzis|dzisiaj|an[- ]diugh"
TOMORROW = "tomorrow|jutro|a[- ]m[àa]ireach"
NEXT = r"next|następn\w+|nastepn\w+|przyszł\w+|przyszl\w+|an ath"
THIS = "this|ten|tę|tej|ta"
THE = "the|an|am|a'"
OF = "of|dhen|den|de"
AT = "at|o|aig"
NOON = r"noon|midday|południe|poludnie|meadhan-l[àa]tha"
YEAR = r"(?:\s*r\b\.?|\s+roku)?"
"""What Polish puts after a year."""
ORDINAL = "(?:st|nd|rd|th|mh|na|d|s)?"


def month_names() -> tuple[str, ...]:
    """Say the months as they stand in a date."""
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


def weekday_names() -> tuple[str, ...]:
    """Say the days of the week, Monday first."""
    return _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")


@cache_by_language()
def _known_months() -> dict[str, int]:
    return _known(_MONTHS, month_names())


@cache_by_language()
def _known_weekdays() -> dict[str, int]:
    return _known(_WEEKDAYS, weekday_names())


def _known(names: tuple[tuple[str, ...], ...], said: tuple[str, ...]) -> dict[str, int]:
    """Give the place of each name, in small letters as it is written and from a to z."""
    found: dict[str, int] = {}
    for place, (english, *others) in enumerate(names):
        found |= {english[:n].casefold(): place for n in range(3, len(english) + 1)}
        found |= {spelt: place for name in " ".join(others).split() for spelt in (name.lower(), latin(name))}
    return found | {spelt: place for place, name in enumerate(said) for spelt in (name.lower(), latin(name))}


def _any_of(words: Iterable[str]) -> str:
    """Give a pattern for any of these words, letter by letter: in a list, each would be tried at every place."""
    after: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        after[word[:1]].add(word[1:])
    ends = after.pop("", None)
    pattern = "|".join(re.escape(letter) + _any_of(rest) for letter, rest in sorted(after.items()))
    return f"(?:{pattern})?" if ends and pattern else f"(?:{pattern})" if len(after) > 1 else pattern


def months() -> str:
    """Give a pattern for the name of a month or its beginning, like `Sept`."""
    return _any_of(_known_months())


def weekdays() -> str:
    """Give a pattern for the name of a day of the week or its beginning, like `Tue`."""
    return _any_of(_known_weekdays())


def cut_short() -> str:
    """Give a pattern for Polish days of the week that are read only before a Polish month: `pt. 12 marca`."""
    english = {row[0][:n].casefold() for row in _MONTHS for n in range(3, len(row[0]) + 1)}
    polish = {spelt for row in _MONTHS for name in row[1].split() for spelt in (name, latin(name))} - english
    return rf"(?:{_any_of(_CUT_SHORT)})(?=[.,]\s+\d\d?\.?\s+(?:{_any_of(polish)})(?![^\W\d_]))"


def cut_short_alone() -> str:
    """Give a pattern for Polish days of the week that are read without a date only behind a word: `do pt.`."""
    return rf"(?:(?<=\bdo\s)|(?<=\bw\s)|(?<=\bwe\s))(?:{_any_of(_CUT_SHORT)})(?=\.)"


def in_full(name: str) -> str:
    """Give a Polish day of the week that was cut short as its whole word."""
    return _WEEKDAYS[_CUT_SHORT[name.casefold()]][1].split()[0]


def month(name: str) -> int:
    """Give the number of a month by its name, from 1; 0 where no month is called so."""
    return _known_months().get(latin(name), -1) + 1


def weekday(name: str) -> int:
    """Give the number of a day of the week by its name, 0 for Monday."""
    return {**_CUT_SHORT, **_known_weekdays()}[latin(name)]


def is_day_name(word: str) -> bool:
    """Tell whether a word names a month or a day, or begins like one, and is nobody's name."""
    plain = latin(word.strip(".,"))
    if re.fullmatch(f"{TODAY}|{TOMORROW}", plain):
        return True
    return plain not in _PEOPLE and (plain in _known_months() or plain in _known_weekdays())
