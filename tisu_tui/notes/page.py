"""The page of what changes between sessions: what was promised and where it stands, what was asked and answered.

It is the team's, and is edited by hand: what is written here changes the lines it has to, and no other byte.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tisu_tui.core.later import Status, Turn
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.tick_boxes import BOX
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.promises import BETWEEN, Entry
from tisu_tui.notes.document import Heading, Item, NotReadable, Trouble, read_document
from tisu_tui.notes.escaping import front, front_matter, yaml
from tisu_tui.notes.lines import (
    ANSWERED,
    DONE,
    NO_ANSWER,
    Understood,
    asked_line,
    derived_id,
    is_without_box,
    no_box,
    read_record_line,
    read_reply_line,
    read_turn,
    record_line,
    record_name,
    reply_line,
    turn_line,
)
from tisu_tui.session.readback import heading

FORMAT = 1

_MARK = re.compile(r"^(?P<indent>\s*)(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap>\s+)")


@dataclass(frozen=True, slots=True)
class ActionsPage:
    """The page as it was read; `troubles` are lines that can't be, all others are."""

    entries: tuple[Entry, ...]
    troubles: tuple[Trouble, ...] = ()
    understood: tuple[Understood, ...] = ()


def page_name(*, rehearsal: bool = False) -> str:
    """Name the page in the folder for notes; rehearsals have one of their own, since nobody promised anything there."""
    return "actions-rehearsed.md" if rehearsal else "actions.md"


def new_page(*, rehearsal: bool = False) -> str:
    """Begin the page."""
    title = _("What we promised, and where it stands")
    told = _(
        "This page is yours: change a name or a date, tick a box, add a line like “- [ ] what — @who, due 2026-12-01”. "
        "`tisu actions` reads it, and keeps every word you write."
    )
    known = (f"title: {yaml(title)}", "tags: [tisu]", f"tisu-actions: {FORMAT}")
    head = front(*known, *(["rehearsal: true"] if rehearsal else []))
    return f"{head}\n\n# {title}\n\n{told}\n"


def read_page(text: str) -> ActionsPage:
    """Read the page; raises `NotReadable` for one that is another, or that a newer tisu has written."""
    version = front_matter(text).get("tisu-actions", "")
    if not version.isdecimal() or int(version) > FORMAT:
        raise NotReadable(_("it was written by a newer tisu") if version else _("it is not the page of actions"))
    troubles: list[Trouble] = []
    found = tuple(_entries(text, troubles))
    understood = tuple(Understood(item.number, replace(entry.record, id=entry.id), item.box) for item, entry in found)
    return ActionsPage(tuple(entry for _item, entry in found), tuple(troubles), understood)


def _entries(text: str, troubles: list[Trouble]) -> Iterator[tuple[Item, Entry]]:
    """Return an entry for each readable promise line; report the others as troubles."""
    names: set[str] = set()
    ids: set[str] = set()
    for item, kind, name in _items(text, troubles):
        turns, unread = _turns(item)
        try:
            # A day like Friday counts from the first day that is named under the line.
            today = dt.date.fromisoformat(turns[0].date) if turns else None
            record = read_record_line(item, kind, name.rpartition(".")[2], "", today)
            # What was added by hand gets an id of its words.
            record = record if name else replace(record, id=derived_id(record.text.casefold(), ids))
            known = name or f"{BETWEEN}.{record.id}"
            troubles += unread
            if known in names:
                raise ValueError(_("{id} stands here twice").format(id=known))  # noqa: TRY301 - told like the others
        except ValueError as problem:
            troubles.append(Trouble(item.number, str(problem)))
            continue
        names.add(known)
        ids.add(record.id)
        reply, did = read_reply_line(item.inside)
        yield item, Entry(known, record, item.ticked, tuple(turns), reply, did, item.begun_or_dropped)


def _turns(item: Item) -> tuple[list[Turn], list[Trouble]]:
    """Read what was said of a promise under its line, and what can't be read of that."""
    turns: list[Turn] = []
    unread: list[Trouble] = []
    for each in item.inside:
        try:
            turn = read_turn(each)
        except ValueError as problem:
            unread.append(Trouble(each.number, str(problem)))
        else:
            turns += [turn] if turn else []
    return turns, unread


def _items(text: str, troubles: list[Trouble]) -> Iterator[tuple[Item, RecordKind, str]]:
    title = ""
    for part in read_document(text):
        if isinstance(part, Heading):
            title = part.text
        elif isinstance(part, Item):
            if record_name(part, title) is None and is_without_box(part, title):
                troubles.append(Trouble(part.number, no_box()))
            yield from _of_item(part, title)


def _of_item(item: Item, title: str) -> Iterator[tuple[Item, RecordKind, str]]:
    """Yield an item and its descendants that are promises."""
    if named := record_name(item, title):
        yield item, named[0], named[1]
    for each in item.inside:
        yield from _of_item(each, title)


def with_turn(text: str, promise: str, record: Kept, turn: Turn) -> str:
    """Write where a promise stands under its line, and its box; the line is added where there is none."""
    lines, item = _at(text, promise, record)
    if item.box is not None and (item.ticked is None or item.ticked is turn.status.is_open or item.begun_or_dropped):
        at = item.number - 1
        mark = _MARK.match(lines[at])
        if box := BOX.match(lines[at], mark.end() if mark else 0):
            is_open, is_done = ("TODO", "DONE") if box["word"] else ("[ ]", "[x]")
            told = is_open if turn.status.is_open else is_done
            lines[at] = f"{lines[at][: box.start()]}{told}{lines[at][box.end() :]}"
    again = turn_line(turn)
    first = again if turn.words or turn.status is not Status.ASKED else asked_line(turn.date)
    last = lines[item.inside[-1].number - 1] if item.inside else ""
    # Said twice is said once.
    if (mark := _MARK.match(last)) and last[mark.end() :].rstrip() in {first, again}:
        return "".join(lines)
    return _insert(lines, item, again if item.inside else first)


def with_reply(text: str, promise: str, record: Kept, reply: Turn) -> str:
    """Write what was answered to a request under its line, in place of "no answer yet"."""
    lines, item = _at(text, promise, record)
    for each in item.inside:
        before, label, said = each.text.partition(ANSWERED.said())
        if label and not before and said.strip() in {"", NO_ANSWER.said()}:
            at = each.number - 1
            mark = _MARK.match(lines[at])
            lines[at] = f"{mark[0] if mark else '  - '}{reply_line(reply)}{_end_of(lines[at])}"
            return "".join(lines)
    text = _insert(lines, item, reply_line(reply))
    if any(each.text.startswith(DONE.said()) for each in item.inside):
        return text
    lines, item = _at(text, promise, record)
    return _insert(lines, item, f"{DONE.said()} –")


def _lines(text: str) -> list[str]:
    """Split a page into lines with their ends, as those who read it count them."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


def _end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _at(text: str, promise: str, record: Kept) -> tuple[list[str], Item]:
    """Find a promise's line, adding it to the end of its section if missing."""
    item = _find(text, promise, record)
    if item is None:
        said = f"{record.text} {_('#visible')}" if record.visible else record.text
        text = _appended(text, heading(record.kind), record_line(replace(record, id=promise, about="", text=said)))
        item = _find(text, promise, record)
    assert item is not None, "what was added is found"
    return _lines(text), item


def _find(text: str, promise: str, record: Kept) -> Item | None:
    """Find a promise's line; one copied from notes has the id that it has there, and the same words."""
    copied = promise.rpartition(".")[2], record.text
    found = _entries(text, [])
    return next((item for item, entry in found if entry.id == promise or (entry.id, entry.record.text) == copied), None)


def _appended(text: str, title: str, line: str) -> str:
    """Append an item to its section, creating the section if missing."""
    parts, lines = read_document(text), _lines(text)
    end = next(filter(None, map(_end_of, lines)), "\n")
    headings = [part for part in parts if isinstance(part, Heading) and part.level]
    own = next((each for each in headings if each.text == title), None)
    following = next((each.number - 1 for each in headings if own and each.number > own.number), len(lines))
    stop = following
    while stop and not lines[stop - 1].strip():
        stop -= 1
    if stop and not _end_of(lines[stop - 1]):
        lines[stop - 1] += end
    in_list = any(isinstance(part, Item) and _last(part) == stop for part in parts)
    new = [f"{line}{end}"] if own and in_list else [end, f"{line}{end}"]
    lines[stop:stop] = new if own else [end, f"## {title}{end}", *new]
    return "".join(lines)


def _insert(lines: list[str], item: Item, told: str) -> str:
    """Put a line under an item, after what stands under it, with the marks and line ends of its neighbours."""
    own = _MARK.match(lines[item.number - 1])
    below = _MARK.match(lines[item.inside[0].number - 1]) if item.inside else None
    if below:
        mark = f"{below['indent']}{below['mark']}{below['gap']}"
    elif own:
        mark = f"{own['indent']}{' ' * len(own['mark'])} {own['mark']} "
    else:
        mark = "  - "
    last = _last(item)
    end = _end_of(lines[last - 1])
    if not end:
        end = next(filter(None, map(_end_of, lines)), "\n")
        lines[last - 1] += end
    lines[last:last] = [f"{mark}{told}{end}"]
    return "".join(lines)


def _last(item: Item) -> int:
    return max([item.end, *map(_last, item.inside)])
