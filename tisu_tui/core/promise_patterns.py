"""What who and by when look like, as people write them: the patterns of `promise_lines`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tisu_tui.core.day_words import cut_short_alone, is_day_name
from tisu_tui.core.days import day_from_today, day_in_numbers, day_named
from tisu_tui.core.records import RecordKind, due_words
from tisu_tui.core.translation import cache_by_language, language
from tisu_tui.core.translation import gettext as _

EDGES = " ,;:|([—–*_-→=><^📅⏳"
"""What stands between words and an ending."""

AT = r"[@\ue000]"
"""An @ as it is typed, and as notes are read, in whose words it names nobody."""
_CLOSING = r"[\s.,;:!)\]}>*_⏫🔼🔽🔺⏬]*$"
_CAPITAL = r"(?-i:[A-ZÀ-Þ][a-zà-ÿ'’-][\w'’-]*)"
_FULL_NAME = rf"{_CAPITAL}(?:\s{_CAPITAL})?"
_NO_NAMES = re.compile(
    "the|we|us|our|my|it|all|this|that|an?|no|not|nobody|somebody|someone|urgent|please|thanks|nie|nikt|ktoś|proszę|dzięki",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns for the words around who and when, in one language."""

    due: str
    of_notes: str
    """Words before a day that need no break before them, as our notes have them."""
    on: str
    and_: str
    owners: str
    before_times: str
    times: str
    dangling: str
    """Words before a day that no promise is due on."""
    of: str
    """Words behind the first part of a name: `@head of service`."""


_ENGLISH = _Words(
    due="due by|due on|due date|due|no later than|not later than|at the latest|latest|by when|by|before|until|till|"
    "deadline|target date|target|eta|complete by|completed by|done by|finished by",
    of_notes="reply by|answer by|review on|back on|when",
    on="on",
    and_="and",
    owners="owners?|who|lead|led by|responsible|assigned to|assignee|person",
    before_times="by|before|after|in|within|until|till|from|at|during|around|about|the|of|next|this|coming|early|mid|"
    "late|end|middle|start|beginning|first|second|third|last|a|an|one|two|three|four|five|six|couple|few",
    times="weeks?|fortnight|months?|quarter|years?|days?|spring|summer|autumn|winter|easter|christmas|new year|"
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "meeting|session|supervision|handover|asap|a\\.s\\.a\\.p|soon|tbc|tbd|eow|eom|q[1-4]|half[- ]term|holidays",
    dangling="to|and|or|between|from|w/?c|w/?b|week commencing|week of|not before|not|but|after|since|as of|every|each|"
    "last",
    of="of",
)
# They are read beside the English ones.
_OTHERS = {
    "pl": _Words(
        due="do dnia|do|najpóźniej do|najpóźniej|nie później niż|przed|termin do|termin",
        of_notes="odpowiedź do|odpisać do|przegląd|z powrotem|kiedy",
        on="w|we",
        and_="i|oraz",
        owners="kto|odpowiada|odpowiedzialny|odpowiedzialna|osoba",
        before_times="do|przed|po|w|we|za|od|około|na|koniec|końca|końcem|początek|początku|połow[ay]|przyszł\\w+|"
        "następn\\w+|ten|tego|tym|jeden|dwa|trzy|cztery|pięć|sześć|kilka",
        times="tydzień|tygodni[eau]?|miesiąc[ae]?|miesięcy|miesiącu|kwartału?|roku?|dni|dzień|dnia|wiosn[ay]|wiosną|lato|"
        "lata|latem|jesieni?|jesień|jesienią|zim[ay]|zimą|wielkanocy?|świąt|święta|zebrani[eau]|spotkani[eau]|"
        "superwizj[aię]|wkrótce|niedługo|jak najszybciej|wakacj[ei]|ferii",
        dangling="do|i|lub|albo|między|od|nie przed|nie|po|co|każd\\w+|ostatni\\w*",
        of="ds\\.|do spraw",
    ),
    "gd": _Words(
        due="ron latha|ron|ro|gu ruige|gus|aig a' char as fhaide|ceann-latha",
        of_notes="freagairt ro|freagairt ron latha|ath-sgrùdadh|air ais|cuin",
        on="air",
        and_="agus",
        owners="cò|neach|an urra",
        before_times="ro|ron|às dèidh|ann an|an|am|na|a'|gus|gu|bho|mu|deireadh|toiseach|meadhan|ath|aon|dà|trì|"
        "ceithir|còig|sia|beagan",
        times="t?-?sh?eachdain|seachdainean|cola-deug|mh?ìos|mìosan|ràithe|bliadhna|latha|làithean|earrach|samhradh|"
        "foghar|geamhradh|càisg|nollaig|coinneamh|seisean|a dh'aithghearr|saor-làithean",
        dangling="gu|agus|no|eadar|bho|às dèidh|gach",
        of="na|nan|nam",
    ),
}


def _words(name: str) -> str:
    """Give a pattern for words of one sort: the English ones, and those of the language that is spoken."""
    others = (_OTHERS[language()],) if language() in _OTHERS else ()
    return "|".join(getattr(each, name) for each in (_ENGLISH, *others))


def and_() -> str:
    """Give a pattern for the word between two names."""
    return f"(?-i:{_words('and_')}|AND)"


def is_on(word: str) -> bool:
    """Tell whether a word before a day only says that something is on that day."""
    return word in _words("on").split("|")


@cache_by_language()
def said() -> tuple[str, str]:
    """Give patterns for the words before a day by which something is due: those that need a break before them, too."""
    plain = _words("due")
    dues = {due_words(kind).partition("{")[0].strip() for kind in RecordKind}
    every = {*plain.split("|"), *_words("of_notes").split("|"), *_words("on").split("|"), *dues}
    return plain, "|".join(sorted(every, key=lambda each: (-len(each), each)))


@cache_by_language()
def _names() -> str:
    with_at = r"@(?=[^\W_])(?![\w-]+\()[^\s!-&(-,/:-@\[-^`{-~\ue000|]+"
    other = rf"(?:{with_at}|[^\W\d_][\w'’-]*)"
    # One way alone to read each of them: a line of many names takes twice as long for each name where there are two.
    joined = rf"(?:(?:\s++(?:,\s*+)?|,\s*+)(?={with_at})|\s*[&+/]\s*|\s+{and_()}\s+)"
    return rf"[*_]{{0,2}}{with_at}(?:{joined}{other})*"


@cache_by_language()
def _time_words() -> str:
    """Give a pattern for words that say when, and name no day: `end of March`, `next week`, `soon`."""
    return (
        rf"(?:(?:{_words('before_times')}|\d\d?(?:st|nd|rd|th)?|[a-z]+th)[\s-]+)*(?:{_words('times')})(?:\s+\d{{4}})?"
    )


@cache_by_language()
def patterns() -> dict[str, re.Pattern[str]]:
    """Give the patterns by what they find."""
    _plain, every = said()
    # What was taken is not given back (`*+`): a line of nothing but marks is gone through once from each of them.
    edges = r"[\s,;:|(\[—–*_→=><^📅⏳-]*+"
    gap = rf"(?P<gap>(?:^|(?<=[\s,;:.|()\[—–→>-])){edges})"
    label = rf"(?P<label>(?:{_words('owners')})\s*:[*_]*\s*)"
    name = rf"(?!(?:{every}|{and_()})\b)[^\W\d_][\w'’-]*"
    person = rf"{name}(?:\s{name}){{0,2}}"
    also = rf"(?:\s*[,&+/]\s*|\s+{and_()}\s+)"
    # Commas stand in a list of anything: “Invite Police, Housing and Health by Friday”.
    people = rf"(?P<people>{_FULL_NAME}(?:(?:\s*[&+/]\s*|\s+{and_()}\s+){_FULL_NAME})*)"
    numbers, rest = day_in_numbers(), day_from_today()
    spoken = rf"@?(?P<said>{every})\b\s*(?:::?|\?)?\s*[*_(<]*"
    day = (
        rf"(?:{spoken})?(?:(?P<numbers>{numbers})|(?P<named>{day_named()})|(?P<rest>{rest})"
        rf"|(?P<cut>{cut_short_alone()}))"
    )
    sources = {
        "day": rf"{gap}{day}{_CLOSING}",
        "inner day": rf"(?P<gap>[,;(|—–-]\s*|\s)(?P<said>{every})\b\s*:?\s*"
        rf"(?P<day>{numbers}|{day_named()})(?P<after>[\s,;:.)|—–-].*)?$",
        "owner": rf"{gap}(?:{label}?(?P<names>{_names()})|{label.replace('<label>', '<label2>')}"
        rf"(?P<people>{person}(?:{also}{person})*)){_CLOSING}",
        "full name": rf"{gap}{label}?@(?P<names>{_CAPITAL}\s{_CAPITAL}){_CLOSING}",
        "bracket": rf"\s*[(\[]{people}[)\]]{_CLOSING}",
        "bare": rf"(?P<gap>\s*[—–|;→]\s*|\s+-\s+|\s+=>\s*|\s+by\s+){people}{_CLOSING}",
        "both": r"\s*\((?P<inner>[^()]{3,80})\)\W*$",
        "remark": r"\s*(?P<remark>\([^()]{1,80}\))\W*$",
        "first": rf"^[*_]*(?:{label}?(?P<names>{_names()}))[*_]*(?P<apart>\s*[:,;—–-]+)?\s+(?=\w)",
        "mention": rf"(?<![^\s(*_])(?P<names>{_names()})",
        "unread": rf"(?:[,;(|—–-]\s*|@\S+\s+)(?:due|deadline|termin|ceann-latha)(?!\s+to\b)\b\s*:?\s*"
        rf"(?P<rest>[^@\ue000]{{1,60}})$"
        rf"|(?<!\w)@[^\s,;:]+,?\s+(?P<rest2>(?:{every})\s+[^@\ue000]{{1,60}}|\d[^@\ue000]{{0,60}})$"
        rf"|(?<!\w)@[^\s,;:]+[\s,;:—–-]+(?P<rest3>(?:(?:{every})\s*:\s*)?{_time_words()}){_CLOSING}",
        "numbers": r"(?:^|[\s(])(?P<rest>\d{1,4}([/.-])\d\d?\2\d{1,4})[\s.,;:!)]*$",
        "dangling": rf"(?:^|[\s,(])(?P<rest>{_words('dangling')})$",
        "day before": r"(?<!\w)(?P<rest>\d+(?:st|nd|rd|th)?|(?:[^\W\d_]+))\s*[&+/,–—-]\s*$",
        "when": rf"(?<!\w)(?:{numbers}|{day_named()}|{rest})",
        "goes on": rf"\s+(?:(?:{_words('of')})\s|(?P<capital>(?-i:[A-ZÀ-Þ])[\w'’-]+)"
        r"|(?P<last>\w[\w'’-]*)\s*(?:[.,;:!?)—–]|$))",
    }
    return {name: re.compile(source, re.IGNORECASE) for name, source in sources.items()}


def may_be_name(text: str) -> bool:
    """Tell whether words in capitals can be somebody's name: no month, no day, no pronoun, no `Please`."""
    words = (each.strip(" ,&+/") for each in text.split())
    return not any(_NO_NAMES.fullmatch(each) or is_day_name(each) for each in words)


def groups(text: str) -> list[re.Match[str]]:
    """Find who is named by an `@` in the words; names that stand together are one group."""
    return [*patterns()["mention"].finditer(text)]


def may_go_on(text: str) -> bool:
    """Tell whether what follows a name may belong to it: `@Team Leader`, `@team leader.` and `@head of service`."""
    match = patterns()["goes on"].match(text)
    return match is not None and may_be_name(match["capital"] or match["last"] or "")


def refuse_unread(text: str) -> None:
    """Reject words in the place of a date that are not a date."""
    match = patterns()["unread"].search(text) or patterns()["numbers"].search(text)
    rest = next(filter(None, match.groupdict().values()), "").strip(EDGES + ".)!") if match else ""
    if rest:
        raise ValueError(_("{due} is no date; write it like 2026-12-01").format(due=rest))


def refuse_dangling(text: str, tail: str) -> None:
    """Refuse a day that is only the end of what was said, like that of `5 to 7 March`; not one after `, due`."""
    gap = tail[len(text) :]
    whole = re.match(rf"\s*[,—]\s*({said()[1]})\b", gap, re.IGNORECASE)
    match = None if whole and not is_on(whole[1].casefold()) else patterns()["dangling"].search(text)
    if match is None and (day := patterns()["when"].search(gap)):
        # Another day or number before it, with nothing but a mark between: “10–12 March”, “Mon - Fri”.
        match = patterns()["day before"].search(text + gap[: day.start()])
        match = match if match and (match["rest"][0].isdecimal() or is_day_name(match["rest"])) else None
    if match:
        rest = tail[match.start("rest") :].strip(EDGES + ".)!")
        raise ValueError(_("{due} is no date; write it like 2026-12-01").format(due=rest))


def people_of(text: str) -> str:
    """Name people without marks, with commas between; a name of two words is written as one, as after an `@`."""
    parts = re.split(rf"\s*[,&+/]\s*|\s+{and_()}\s+|\s+(?=@)", text.strip(), flags=re.IGNORECASE)
    names = (re.sub(r"['’]s$", "", "-".join(part.strip(" @*_.,;:!)-").split())) for part in parts)
    found = dict.fromkeys(filter(None, names))
    if found.keys() & {"the", "our", "a", "an", "my"}:
        raise ValueError(_("a name of several words has dashes between them, like @night-team"))
    return ", ".join(found)
