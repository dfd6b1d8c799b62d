"""A session's data in the one comment that its notes end with: later sessions read it, and never sentences."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import JsonConverter, make_converter

from tisu_tui.core.days import in_words
from tisu_tui.core.later import ANSWERS
from tisu_tui.core.records import Kept, RecordKind, due_words
from tisu_tui.core.text import line_ends
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.due import answer_label
from tisu_tui.memory.past import Past
from tisu_tui.notes.document import Item, read_document
from tisu_tui.notes.lines import ANSWERED, ASKED, DONE, NO_ANSWER, REPLIED, before
from tisu_tui.privacy.record import Look
from tisu_tui.session.readback import heading

FORMAT = 2
"""The version of the data, which is that of the notes."""

_OPENING, _CLOSING = "<!-- tisu ", " -->"
_HELD_BY_RECORDS = frozenset(kind.value for kind in RecordKind)

_SECTIONS = {f"under {kind.value}": kind for kind in (RecordKind.ACTION, RecordKind.ASK)}

# It is found without reading the rest, whatever became of that: a session begins at once beside years of notes.
_IN_DATA = re.compile(r'(?<!\\)"told":\s*\[([0-9a-z.",\s]*)\]')
_MARK = re.compile(r"<!--\s*told\b([^<>]*?)-->")
"""The comment of its own that it had in notes of format 1."""
_LOOK = re.compile(r"([0-9]{1,19})([nw])(o?)(m?)((?:\.[0-9a-f]{16})+)")


@dataclass(frozen=True, slots=True)
class Embedded:
    """What a session left, and how its page said it, so that what somebody changed there is seen.

    `page` is a digest of the whole page, `lines` has one of each line with an id, `days` the words in which a line
    says its day, and `words` the page's own words for what people fill in, in whatever language it is.
    """

    past: Past
    page: str = ""
    lines: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def records(self) -> dict[str, Kept]:
        """The records of the session by their ids, and the requests of earlier ones by their whole ids."""
        return {record.id: record for record in self.past.records} | {
            request.id: request.record for request in self.past.requests
        }

    def is_as_written(self, item: Item) -> bool:
        """Whether a line is as it was written."""
        return self.lines.get(line_name(item.names)) == _digest(item.text)

    def in_our_words(self, item: Item, ours: Mapping[str, str]) -> Item:
        """Return the item with the page's own words around people's text put into this process's language."""
        if self.words in ({}, ours):
            return item
        text, name = item.text, line_name(item.names)
        if (day := self.days.get(name)) and (iso := self._day_of(name)):
            text = text.replace(day, due_words(RecordKind(item.names[0])).format(date=iso))
        # The longest first: one answer begins with another.
        for word, theirs in sorted(self.words.items(), key=lambda each: (-len(each[1]), each)):
            before, found, after = text.partition(theirs)
            may_stand_within = word.startswith("due ") or (word in ANSWERS and name.startswith("reply "))
            if word in ours and found and (may_stand_within or not before):
                text = f"{before}{ours[word]}{after}"
        return replace(item, text=text)

    def heading_in_our_words(self, text: str, ours: Mapping[str, str]) -> str:
        """Return a heading of the page as it is in this process's language, if people add lines below it."""
        return next((ours[word] for word, theirs in self.words.items() if theirs == text and word in _SECTIONS), text)

    def _day_of(self, name: str) -> str:
        record = self.records.get(name.partition(" ")[2])
        return record.due if record and name.startswith(record.kind.value) else ""


def line_name(names: Iterable[str]) -> str:
    """Return the key of a line: its kind and id."""
    return " ".join([*names][:2])


def with_data(page: str, past: Past) -> str:
    """Return the page with its data in a comment at the end."""
    lines = {
        line_name(item.names): _digest(item.text) for item in _items(read_document(_with_ids(page))) if _is_ours(item)
    }
    days = {
        f"{record.kind.value} {name}": due_words(record.kind).format(date=in_words(record.due))
        for name, record in Embedded(past).records.items()
        if record.due
    }
    data = Embedded(replace(past, told=()), _digest(page), lines, days, our_words())
    document = {"format": FORMAT, "told": look_names(past.told), **_converter().unstructure(data)}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character, escape in (("<", "\\u003c"), (">", "\\u003e"), ("--", "-\\u002d")):
        text = text.replace(character, escape)
    return f"{page}\n{_OPENING}{text}{_CLOSING}\n"


def _with_ids(page: str) -> str:
    """Return the blocks of a page that have lines with ids; the others, most of a large page, take long to parse."""
    return "\n\n".join(block for block in page.split("\n\n") if "<!--" in block)


def read_data(text: str) -> tuple[Embedded | None, bool]:
    """Return the data of notes, or None if unreadable, and whether the page is unchanged."""
    page, _opening, rest = line_ends(f"\n{text}").rpartition(f"\n{_OPENING}")
    found, closing, after = rest.partition(_CLOSING)
    if not closing:
        return None, False
    try:
        # An editor that wraps lines breaks the data where a space was.
        document = json.loads(re.sub(r"\s*\n\s*", " ", found))
        data = _converter().structure(document, Embedded)
    except (ValueError, BaseValidationError, KeyError, TypeError, AttributeError, RecursionError):
        return None, False
    return data, not after.strip() and _digest(page.removeprefix("\n\ufeff")) == data.page


def _is_ours(item: Item) -> bool:
    return item.names[:1] in {("reply",), ("did",), *((each,) for each in _HELD_BY_RECORDS)}


def _items(parts: Iterable[object]) -> Iterable[Item]:
    for part in parts:
        if isinstance(part, Item):
            yield part
            yield from _items(part.inside)


def _digest(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


@cache
def _converter() -> JsonConverter:
    return make_converter(omit_if_default=True)


def our_words() -> dict[str, str]:
    """Return the words that stand beside what people fill in, and above what they add."""
    day = "{date}"
    return {
        "asked": ASKED.said(),
        "answered": ANSWERED.said(),
        "did": DONE.said(),
        "no answer": NO_ANSWER.said(),
        "reply": REPLIED.said(),
        **{word: heading(kind) for word, kind in _SECTIONS.items()},
        **{f"before {kind.value}": said for kind in RecordKind if (said := before(kind))},
        **{f"due {kind.value}": due_words(kind).partition(day)[0] for kind in RecordKind},
        **{status.value: answer_label(status) for status in ANSWERS},
        "because": _(", because {words}").partition("{")[0],
    }


def look_names(looks: Sequence[Look]) -> list[str]:
    """Write how many answered each question, whether numbers were told, and digests of its words.

    A question in words has the most that can have answered; `o` is a worry, and `m` one that was met.
    """
    told = (("n" if look.in_numbers else "w") + "o" * look.worry + "m" * look.met for look in looks)
    return [".".join((f"{look.answers}{how}", *look.names)) for look, how in zip(looks, told, strict=True)]


def _look(found: re.Match[str]) -> Look:
    answers, told, worry, met, names = found.groups()
    is_counted = told == "n"
    return Look(
        tuple(names[1:].split(".")),
        int(answers),
        in_numbers=is_counted,
        in_words=not is_counted,
        worry=bool(worry),
        met=bool(met),
        earlier=True,
    )


def looks_in(text: str) -> tuple[Look, ...] | None:
    """Find what was told of each question in notes; None where it was taken out, or was never there."""
    found = [*_IN_DATA.findall(text), *_MARK.findall(text)]
    # What somebody changed is left out.
    names = (_LOOK.fullmatch(name) for each in found for name in re.split(r"[\s\",]+", each))
    return tuple(_look(name) for name in names if name) if found else None
