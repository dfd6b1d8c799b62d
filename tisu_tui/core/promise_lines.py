"""The one reader of promise lines: what is promised, who does it and by when, as people write them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from tisu_tui.core.day_words import in_full
from tisu_tui.core.days import day_from_today, is_ahead, may_be, stored, times_behind_days
from tisu_tui.core.promise_patterns import (
    AT,
    EDGES,
    groups,
    is_on,
    may_be_name,
    may_go_on,
    patterns,
    people_of,
    refuse_dangling,
    refuse_unread,
    said,
)

# An ending is looked for in so many characters only: what is longer is words, and time stays that of the length.
_WINDOW = 160


@dataclass(frozen=True, slots=True)
class Promised:
    """What a line promises; `owner` names several people with commas between."""

    text: str
    owner: str = ""
    due: str = ""


def read_promise(line: str, today: dt.date | None = None) -> Promised:
    """Split a line into commitment, owners and due date, in any order or notation.

    A day like `Friday` counts from `today`; a time of day stays in the words, and so does the first part of a longer
    name. Raises ValueError, in plain words, for a day that is none.
    """
    line = " ".join(line.split()).strip(" ,—")
    at = max(0, len(line) - _WINDOW)
    read = _Ending(line[:at], today, has_at=_has_at(line))
    found = read.whole(line[at:])
    times = times_behind_days(line[at:]) if found.text and found.due else ()
    return replace(found, text=", ".join((found.text, *(time for time in times if time not in found.text))))


@dataclass(frozen=True, slots=True)
class _Ending:
    """Reads the end of a line, behind `head`. Where an @ stands in it, nobody else is named."""

    head: str
    today: dt.date | None
    has_at: bool

    def whole(self, tail: str) -> Promised:
        """Read who and by when off the end, or else in the words."""
        bare = tail.rstrip(EDGES)
        found = self.peeled(bare) or self.with_remark(bare)
        if found is None:
            refuse_unread(tail)
            found = Promised(tail)
        text, owner = (self.head + found.text).strip(" ,—"), found.owner
        if not owner and (first := _first(text)):
            owner, text = first
        near = text.rstrip(EDGES)[-_WINDOW:]
        due = found.due or _inner_due(near, self.today)
        if not due:
            refuse_unread(near)
        if owner or due:
            # One may stand before what ended the line, and a day that alone is only a word may follow its owner.
            text = text.rstrip(EDGES) or text
            if rest := self.peeled(text[-_WINDOW:], owner, due, head=text[:-_WINDOW]):
                text, owner, due = text[:-_WINDOW] + rest.text, rest.owner, rest.due
        owner = owner or _mentioned(text)
        return Promised((text.rstrip(EDGES) or text) if owner or due else text, owner, due)

    def peeled(self, tail: str, owner: str = "", due: str = "", head: str | None = None) -> Promised | None:
        """Take an owner and a day off the end, in whichever order, where they are not known; None if there is none."""
        text, head = tail, self.head if head is None else head
        for _turn in range(2):
            if not owner and (person := _owner_at_end(text) or self.owner_beside_day(text, due, head)):
                owner, text = person
            elif not due and (day := self.due_at_end(text, after_owner=bool(owner))):
                due, text = day
                refuse_dangling(text, tail)
        if not owner and not due:
            for person, has_at in ((_full_name(tail), True), (self.bare_owner(tail), False)):
                if person and (day := self.due_at_end(person[1], after_owner=has_at)):
                    refuse_dangling(day[1], person[1])
                    return Promised(day[1], person[0], day[0])
        if not owner and (both := patterns()["both"].search(tail)):
            inner = self.of_bracket(both["inner"])
            if inner:
                return replace(inner, text=tail[: both.start()].rstrip(EDGES))
        return Promised(text, owner, due) if text != tail else None

    def of_bracket(self, inner: str) -> Promised | None:
        """Read a bracket with only an owner and a date, like `(Lea, 5 March)`."""
        day = self.due_at_end(f", {inner}", after_owner=True)
        if day is None:
            return None
        who = day[1].strip(EDGES)
        person = _owner_at_end(who) or self.bare_owner(f"({who})")
        return Promised("", person[0], day[0]) if person and not person[1] else None

    def owner_beside_day(self, text: str, due: str, head: str) -> tuple[str, str] | None:
        """Take a name off the end that is one only beside a day: one of two words after an `@`, or one without."""
        if not due:
            return None
        if person := _full_name(text):
            return person
        # Words with that very day of their own are not said of the name: “by 5 March to the council — Dundee”.
        inner = patterns()["inner day"].search((head + text)[-_WINDOW:])
        has_own = inner and (not is_on(inner["said"].casefold()) or inner["gap"].strip())
        return None if inner and has_own and may_be(inner["day"], due, self.today) else self.bare_owner(text)

    def bare_owner(self, text: str) -> tuple[str, str] | None:
        """Take a name without an `@` off the end, as people write it beside a day: `– Lea –`, `by Lea`, `(Lea)`."""
        if self.has_at:
            return None
        for name in ("bracket", "bare"):
            match = patterns()[name].search(text)
            # In “by Friday — Lea” the day is no name, and what follows it is.
            while match and not may_be_name(match["people"]):
                match = patterns()[name].search(text, match.start() + 1)
            if match:
                return people_of(match["people"]), _before(text, match)
        return None

    def due_at_end(self, text: str, *, after_owner: bool = False) -> tuple[str, str] | None:
        """Take a due date off the end; days of the past stay part of the words."""
        if not re.search(r"[\d]|day|orrow|\b(do|we?)\s", text) and not re.search(day_from_today(), text, re.IGNORECASE):
            return None
        match = patterns()["day"].search(text)
        if match is None:
            return None
        plain, _every = said()
        word = (match["said"] or "").casefold()
        gap = text[max(0, match.start() - 1) : match.end("gap")]
        before = text[: match.start()].rstrip(EDGES)
        if ")" in match[0] and re.search(r"(?:^|\s)\([^()]*$", before):
            # It is said in a bracket, with more: “(she is back on Friday)”.
            return None
        apart = not before or re.search(r"[,;:|(\[—–-]", gap) is not None
        # Where an @ stands in the words, the day may be of what they say of that person.
        is_next_to_owner = after_owner and not _has_at(before)
        of_owner = is_next_to_owner or (_owner_at_end(before) or self.bare_owner(before)) is not None
        is_plain = bool(re.fullmatch(plain, word, re.IGNORECASE))
        if match["numbers"]:
            counts = not word or not is_on(word) or apart or of_owner
        elif match["named"]:
            counts = is_plain or of_owner or (apart and bool(word))
        elif match["cut"]:  # where no Polish is spoken, `do pt.` is something else
            counts = is_plain or (of_owner and bool(word))
        else:
            counts = is_plain or (of_owner and (bool(word) or not match["rest"].isdecimal())) or is_ahead(match["rest"])
        day = match["numbers"] or match["named"] or match["rest"] or in_full(match["cut"])
        return (stored(day, self.today), _before(text, match)) if counts else None

    def with_remark(self, tail: str) -> Promised | None:
        """Read an ending before a remark in brackets, which stays in the words."""
        match = patterns()["remark"].search(tail)
        found = self.peeled(tail[: match.start()].rstrip(EDGES)) if match else None
        if found and match:
            return replace(found, text=f"{found.text} {match['remark']}".strip())
        inner = [None, *patterns()["inner day"].finditer(tail)][-1]
        if inner is None or not inner["gap"].strip():
            return None
        text = tail[: inner.start()].rstrip(EDGES)
        before = _owner_at_end(text)
        # A bracket that opened with the day closes with it; one that opens behind it is whole.
        after = (inner["after"] or "").lstrip(")" if "(" in inner["gap"] else "").rstrip(EDGES + ".")
        text = f"{before[1] if before else text} {after.lstrip(EDGES.replace('([', '') + '.')}".strip()
        if not before and self.bare_owner(text):
            # Without the day, the last word would be taken for a name when it is read again.
            return Promised(tail, "", stored(inner["day"], self.today))
        return Promised(text, before[0] if before else "", stored(inner["day"], self.today))


def _has_at(text: str) -> bool:
    return re.search(rf"(?<!\w){AT}\w", text) is not None


def _owner_at_end(text: str) -> tuple[str, str] | None:
    """Take an owner off the end who is named by an `@` or behind a word like `owner:`."""
    match = patterns()["owner"].search(text)
    people = people_of(match["names"] or match["people"]) if match else ""
    return (people, _before(text, match)) if match and people else None


def _full_name(text: str) -> tuple[str, str] | None:
    """Take a name of two words after an `@` off the end."""
    match = patterns()["full name"].search(text)
    # What follows an @ is a name, Jan or April too.
    if match is None or not may_be_name(match["names"].partition(" ")[2]):
        return None
    return people_of(match["names"]), _before(text, match)


def _first(text: str) -> tuple[str, str] | None:
    """Take an owner off the beginning, if nobody else is named and it is no first part of a longer name."""
    match = patterns()["first"].match(text)
    if match is None or len(groups(text)) > 1 or (not match["apart"] and may_go_on(text[match.end("names") :])):
        return None
    return people_of(match["names"]), text[match.end() :]


def _mentioned(text: str) -> str:
    """Name who is named in the words by an `@`, if nobody else is and it is no first part of a longer name."""
    found = groups(text)
    people = people_of(found[0]["names"]) if len(found) == 1 else ""
    return people if people and not may_go_on(text[found[0].end() :]) else ""


def _before(text: str, match: re.Match[str]) -> str:
    """Give the words before an ending, which may be nothing but a dash."""
    return text[: match.start()].rstrip(EDGES) or match.groupdict().get("gap", "").strip(" ,—(")


def _inner_due(text: str, today: dt.date | None) -> str:
    """Find a due date in the middle of the words, which stay unchanged."""
    match = patterns()["inner day"].search(text)
    return stored(match["day"], today) if match and re.fullmatch(said()[0], match["said"], re.IGNORECASE) else ""


def owners(owner: str) -> str:
    """Write who does something as it is read back: `@lea, @ben`."""
    return ", ".join(f"@{each}" for each in owner.split(", ")) if owner else ""
