"""What who and by when look like, as people write them: the patterns of `promise_lines`."""

from __future__ import annotations

import re

from tisu_tui.core.days import day_from_today, day_in_numbers, day_named, is_day_name
from tisu_tui.core.records import RecordKind, due_words
from tisu_tui.core.translation import cache_by_language
from tisu_tui.core.translation import gettext as _

EDGES = " ,;:|([—–*_-→=><^📅⏳"
"""What stands between words and an ending."""

_CLOSING = r"[\s.,;:!)\]}>*_⏫🔼🔽🔺⏬]*$"
_CAPITAL = r"(?-i:[A-ZÀ-Þ][a-zà-ÿ'’-][\w'’-]*)"
_FULL_NAME = rf"{_CAPITAL}(?:\s{_CAPITAL})?"
_PRONOUNS = frozenset({"the", "we", "our", "my", "it", "all", "this", "that", "a", "an"})


@cache_by_language()
def said() -> tuple[str, str]:
    """Give patterns for the words before a day by which something is due: those that need a break before them, too."""
    plain = _(
        "due by|due on|due date|due|no later than|not later than|at the latest|latest|by when|by|before|until|till|"
        "deadline|target date|target|eta|complete by|completed by|done by|finished by"
    )
    dues = {due_words(kind).partition("{")[0].strip() for kind in RecordKind}
    every = "|".join(sorted({*plain.split("|"), *dues, _("on"), _("when")}, key=lambda each: (-len(each), each)))
    return plain, every


@cache_by_language()
def _names() -> str:
    with_at = r"@(?=[^\W_])(?![\w-]+\()[^\s!-&(-,/:-@\[-^`{-~\ue000|]+"
    other = rf"(?:{with_at}|[^\W\d_][\w'’-]*)"
    joined = rf"(?:\s*[,&+/]\s*(?={with_at})|\s*[&+/]\s*|\s+{_('and')}\s+)"
    return rf"[*_]{{0,2}}{with_at}(?:{joined}{other})*"


@cache_by_language()
def _time_words() -> str:
    """Give a pattern for words that say when, and name no day: `end of March`, `next week`, `soon`."""
    before = _(
        "by|before|after|in|within|until|till|from|at|during|around|about|the|of|next|this|coming|early|mid|late|end|"
        "middle|start|beginning|first|second|third|last|a|an|one|two|three|four|five|six|couple|few"
    )
    times = _(
        "weeks?|fortnight|months?|quarter|years?|days?|spring|summer|autumn|winter|easter|christmas|new year|"
        "january|february|march|april|may|june|july|august|september|october|november|december|"
        "meeting|session|supervision|handover|asap|a\\.s\\.a\\.p|soon|tbc|tbd|eow|eom|q[1-4]|half[- ]term|holidays"
    )
    return rf"(?:(?:{before}|\d\d?(?:st|nd|rd|th)?|[a-z]+th)[\s-]+)*(?:{times})(?:\s+\d{{4}})?"


@cache_by_language()
def patterns() -> dict[str, re.Pattern[str]]:
    """Give the patterns by what they find."""
    _plain, every = said()
    edges = r"[\s,;:|(\[—–*_→=><^📅⏳-]*"
    gap = rf"(?P<gap>(?:^|(?<=[\s,;:.|()\[—–→>-])){edges})"
    label = (
        rf"(?P<label>(?:{_('owners?|who|lead|led by|responsible|assigned to|assignee|person')})\s*"
        rf"(?::|{_('is')}\s)[*_]*\s*)"
    )
    name = r"[^\W\d_][\w'’-]*"
    person = rf"{name}(?:\s(?!(?:{every}|{_('and')})\b){name}){{0,2}}"
    also = rf"(?:\s*[,&+/]\s*|\s+{_('and')}\s+)"
    people = rf"(?P<people>{_FULL_NAME}(?:{also}{_FULL_NAME})*)"
    numbers, rest = day_in_numbers(), day_from_today()
    spoken = rf"@?(?P<said>{every})\b\s*(?:::?|\?)?\s*[*_(<]*"
    day = rf"(?:{spoken})?(?:(?P<numbers>{numbers})|(?P<named>{day_named()})|(?P<rest>{rest}))"
    sources = {
        "day": rf"{gap}{day}{_CLOSING}",
        "inner day": rf"(?P<gap>[,;(|—–-]\s*|\s)(?P<said>{every})\b\s*:?\s*"
        rf"(?P<day>{numbers}|{day_named()})(?P<after>[\s,;:.)|—–-].*)?$",
        "owner": rf"{gap}(?:{label}?(?P<names>{_names()})|{label.replace('<label>', '<label2>')}"
        rf"(?P<people>{person}(?:{also}{person})*)){_CLOSING}",
        "bracket": rf"\s*[(\[]{people}[)\]]{_CLOSING}",
        "bare": rf"(?P<gap>\s*[—–|;:→,]\s*|\s+-\s+|\s+=>\s*|\s+{_('by')}\s+){people}{_CLOSING}",
        "both": r"\s*\((?P<inner>[^()]{3,80})\)\W*$",
        "remark": r"\s*(?P<remark>\([^()]{1,80}\))\W*$",
        "first": rf"^[*_]*(?:{label}?(?P<names>{_names()}))[*_]*(?:\s*[:,;—–-]+)?\s+(?=\w)",
        "mention": rf"(?<![^\s(*_])(?P<names>{_names()})",
        "unread": rf"(?:[,;(|—–-]\s*|@\S+\s+)(?:{_('due|deadline')})(?!\s+{_('to')}\b)\b\s*:?\s*"
        rf"(?P<rest>[^@\ue000]{{1,60}})$"
        rf"|@[^\s,;:]+,?\s+(?P<rest2>(?:{every})\s+[^@\ue000]{{1,60}}|\d[^@\ue000]{{0,60}})$"
        rf"|@[^\s,;:]+[\s,;:—–-]+(?P<rest3>(?:(?:{every})\s*:\s*)?{_time_words()}){_CLOSING}",
        "numbers": r"(?:^|[\s(])(?P<rest>\d{1,4}([/.-])\d\d?\2\d{1,4})[\s.,;:!)]*$",
        "dangling": rf"(?:^|[\s,(])(?P<rest>{_('to|and|or|between|from|w/c|week commencing|not before|after')})$",
    }
    return {name: re.compile(source, re.IGNORECASE) for name, source in sources.items()}


def may_be_name(text: str) -> bool:
    """Tell whether words in capitals can be somebody's name: no month, no day of the week, no pronoun."""
    return not any(each.casefold() in _PRONOUNS or is_day_name(each) for each in text.split())
