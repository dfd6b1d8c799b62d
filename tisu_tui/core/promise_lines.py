"""The one reader of promise lines: a box, what is promised, who does it and by when, as people write them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from tisu_tui.core.day_words import in_full
from tisu_tui.core.days import day_from_today, is_ahead, may_be, stored
from tisu_tui.core.later import Status
from tisu_tui.core.promise_patterns import (
    EDGES,
    POLITE,
    is_on,
    may_be_name,
    patterns,
    people_of,
    refuse_dangling,
    refuse_unread,
    said,
)
from tisu_tui.core.records import LETTER, OF_REQUESTS, Kept, RecordKind, tagged
from tisu_tui.core.text import category_of
from tisu_tui.core.translation import gettext as _

# An ending is looked for in so many characters only: what is longer is words, and time stays that of the length.
_WINDOW = 160

BOX = re.compile(
    r"(?P<plain>\[(?P<mark>[ \u00a0]|[xX\-/])\](?=\s|$))"
    r"|(?:\\?[\[［【]\s*(?P<loose>[^\s\w\\\[\]]|[xXvV])?\s*\\?[\]］】](?![(\[:])"
    r"|\(\s*(?P<round>[xXvV✓✔])?\s*\)(?=\s)|(?P<drawn>[☐□▢◻◽⬜🔲☑☒✓✔✅🗹])\ufe0f?)"
    r"|(?P<word>TODO|LATER|WAITING|DOING|NOW|DONE|CANCELL?ED)(?:\s+\[#[ABC]\])?(?=\s+\S)"
)
"""A box at the start of a line: `plain` as tisu writes it, else as an editor or a person made it, or Logseq's word."""
_OF_WORDS = {"DOING": Status.UNDER_WAY, "NOW": Status.UNDER_WAY, "DONE": Status.DONE}
_OF_WORDS |= {"CANCELED": Status.DROPPED, "CANCELLED": Status.DROPPED}


@dataclass(frozen=True, slots=True)
class Promised:
    """What a line promises; `owner` names several people with commas between."""

    text: str
    owner: str = ""
    due: str = ""


def read_box(match: re.Match[str]) -> Status:
    """Say what a box at the start of a line tells: ticked, begun (`[/]`), dropped (`[-]`), else open."""
    if match["word"]:
        return _OF_WORDS.get(match["word"], Status.NOT_STARTED)
    mark = match["mark"] or match["loose"] or match["round"] or match["drawn"] or " "
    if mark in "xXvV☑☒✓✔✅🗹✗✘*":
        return Status.DONE
    return {"/": Status.UNDER_WAY, "-": Status.DROPPED}.get(mark, Status.NOT_STARTED)


def read_promise(line: str, today: dt.date | None = None) -> Promised:
    """Split a line into commitment, owners and due date, in any order or notation.

    A day like `Friday` counts from `today`. Raises ValueError, in plain words, for a day that is none.
    """
    line = " ".join(line.split()).strip(" ,—")
    at = max(0, len(line) - _WINDOW)
    head, tail = line[:at], line[at:]
    bare = tail.rstrip(EDGES)
    found = _peeled(bare, today, head=head) or _with_remark(bare, today, head)
    if found is None:
        refuse_unread(tail)
        found = Promised(tail)
    text, owner = (head + found.text).strip(" ,—"), found.owner
    first = None if owner else patterns()["first"].match(text)
    if first and text[first.end() :]:
        text, owner = text[first.end() :], people_of(first["names"])
    near = text.rstrip(EDGES)[-_WINDOW:]
    owner, due = owner or _mentioned(near), found.due or _inner_due(near, today)
    if not due:
        refuse_unread(near)
    if not owner and not due:
        return Promised(text)
    # One of the two may stand before what ended the line, and a day that alone is only a word may follow its owner.
    text = text.rstrip(EDGES) or text
    if rest := _peeled(text[-_WINDOW:], today, owner, due, text[:-_WINDOW]):
        text, owner, due = text[:-_WINDOW] + rest.text, rest.owner, rest.due
    return Promised(text.rstrip(EDGES) or text, owner, due)


def _peeled(tail: str, today: dt.date | None, owner: str = "", due: str = "", head: str = "") -> Promised | None:
    """Take an owner and a day off the end, in whichever order, where they are not known; None where there is none."""
    text = tail
    for _turn in range(2):
        if not owner and (person := _owner_at_end(text) or _owner_beside_day(text, head, due, today)):
            owner, text = person
        elif not due and (day := _due_at_end(text, today, after_owner=bool(owner))):
            due, text = day
            refuse_dangling(text, tail)
    if not owner and not due:
        for person, has_at in ((_full_name(tail), True), (_bare_owner(tail), False)):
            if person and (day := _due_at_end(person[1], today, after_owner=has_at)):
                refuse_dangling(day[1], person[1])
                return Promised(day[1], person[0], day[0])
    if not owner and (both := patterns()["both"].search(tail)):
        inner = _of_bracket(both["inner"], today)
        if inner:
            return replace(inner, text=tail[: both.start()].rstrip(EDGES))
    return Promised(text, owner, due) if text != tail else None


def _of_bracket(inner: str, today: dt.date | None) -> Promised | None:
    """Read a bracket with only an owner and a date, like `(Lea, 5 March)`."""
    day = _due_at_end(f", {inner}", today, after_owner=True)
    if day is None:
        return None
    who = day[1].strip(EDGES)
    person = _owner_at_end(who) or _owner_at_end(f"({who})")
    return Promised("", person[0], day[0]) if person and not person[1] else None


def _owner_at_end(text: str) -> tuple[str, str] | None:
    for name in ("owner", "bracket"):
        match = patterns()[name].search(text)
        if match and (told := match.groupdict()):
            people = people_of(told.get("names") or told["people"] or "")
            if name == "bracket" and re.search(rf"\b(?:{day_from_today()}|{POLITE})\b", people, re.IGNORECASE):
                continue
            if people:
                return people, _before(text, match)
    return None


def _owner_beside_day(text: str, head: str, due: str, today: dt.date | None) -> tuple[str, str] | None:
    """Take a name off the end that is one only beside a day: one of two words after an `@`, or one without."""
    if not due:
        return None
    if person := _full_name(text):
        return person
    # Words with that very day of their own are not said of the name: “by 5 March to the council, Dundee”.
    inner = patterns()["inner day"].search((head + text)[-_WINDOW:])
    has_own = inner and (not is_on(inner["said"].casefold()) or inner["gap"].strip())
    return None if inner and has_own and may_be(inner["day"], due, today) else _bare_owner(text)


def _full_name(text: str) -> tuple[str, str] | None:
    """Take a name of two words after an `@` off the end."""
    match = patterns()["full name"].search(text)
    # What follows an @ is a name, Jan or April too.
    if match is None or not may_be_name(match["names"].partition(" ")[2]):
        return None
    return people_of(match["names"]), _before(text, match)


def _bare_owner(text: str) -> tuple[str, str] | None:
    """Take a name without an `@` off the end, as people write it beside a day: `– Lea –`, `by Lea`."""
    match = patterns()["bare"].search(text)
    # In “by Friday, Lea” the day is no name, and what follows it is.
    while match and not may_be_name(match["people"]):
        match = patterns()["bare"].search(text, match.start() + 1)
    return (people_of(match["people"]), _before(text, match)) if match else None


def _before(text: str, match: re.Match[str]) -> str:
    """Give the words before an ending, which may be nothing but a dash."""
    return text[: match.start()].rstrip(EDGES) or match.groupdict().get("gap", "").strip(" ,—(")


def _due_at_end(text: str, today: dt.date | None, *, after_owner: bool = False) -> tuple[str, str] | None:
    """Take a due date off the end; days of the past stay part of the words."""
    if not re.search(r"[\d]|day|orrow|\bdo\s", text) and not re.search(day_from_today(), text, re.IGNORECASE):
        return None
    match = patterns()["day"].search(text)
    if match is None:
        return None
    plain, _every = said()
    word = (match["said"] or "").casefold()
    gap = text[max(0, match.start() - 1) : match.end("gap")]
    before = text[: match.start()].rstrip(EDGES)
    apart = not before or re.search(r"[,;:|(\[—–-]", gap) is not None
    of_owner = after_owner or (_owner_at_end(before) or _bare_owner(before)) is not None
    is_plain = bool(re.fullmatch(plain, word, re.IGNORECASE))
    if match["numbers"]:
        counts = not word or not is_on(word) or apart or of_owner
    elif match["named"]:
        counts = is_plain or of_owner or (apart and bool(word))
    elif match["cut"]:  # where no Polish is spoken, `do pt.` is something else
        counts = is_plain
    else:
        counts = is_plain or (of_owner and (bool(word) or not match["rest"].isdecimal())) or is_ahead(match["rest"])
    day = match["numbers"] or match["named"] or match["rest"] or in_full(match["cut"])
    return (stored(day, today), _before(text, match)) if counts else None


def _with_remark(tail: str, today: dt.date | None, head: str) -> Promised | None:
    """Read an ending before a remark in brackets, which stays in the words."""
    match = patterns()["remark"].search(tail)
    found = _peeled(tail[: match.start()].rstrip(EDGES), today, head=head) if match else None
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
    if not before and _bare_owner(text):
        # Without the day, the last word would be taken for a name when it is read again.
        return Promised(tail, "", stored(inner["day"], today))
    return Promised(text, before[0] if before else "", stored(inner["day"], today))


def _inner_due(text: str, today: dt.date | None) -> str:
    """Find a due date in the middle of the words, which stay unchanged."""
    match = patterns()["inner day"].search(text)
    return stored(match["day"], today) if match and re.fullmatch(said()[0], match["said"], re.IGNORECASE) else ""


def _mentioned(text: str) -> str:
    return people_of(", ".join(found["names"] for found in patterns()["mention"].finditer(text)))


def owners(owner: str) -> str:
    """Write who does something as it is read back: `@lea, @ben`."""
    return ", ".join(f"@{each}" for each in owner.split(", ")) if owner else ""


def read_record(kind: RecordKind, number: int, text: str, about: str = "", today: dt.date | None = None) -> Kept:
    """Read `WHAT @OWNER DUE` as it was typed; raises ValueError, in plain words, for no words or no such date.

    A send-back without a date is none: whoever asked for it waits for an answer.
    """
    is_visible, text = tagged(text) if kind is RecordKind.ACTION else (False, text)
    found = read_promise(text, today)
    if kind is RecordKind.SEND_BACK and not (found.text and found.due):
        raise ValueError(_("say why, and by when we answer, like: No cover at night yet 2026-12-01"))
    if all(category_of(character).startswith(("P", "Z")) for character in found.text):
        raise ValueError(_("say what, then @who and a date, like: Book the room @sam 2026-12-01"))
    return Kept(f"{LETTER[kind]}{number}", kind, found.text, found.owner, found.due, about, visible=is_visible)


def reworded(record: Kept, text: str, today: dt.date | None = None) -> Kept:
    """Put a record in other words; owner and date stay unless others are typed. Raises ValueError in plain words."""
    if record.kind in OF_REQUESTS:
        return replace(record, text=text)
    has_day = read_promise(text, today).due or not record.due
    new = read_record(record.kind, 0, text if has_day else f"{text} {record.due}", "", today)
    return replace(record, text=new.text, owner=new.owner or record.owner, due=new.due)
