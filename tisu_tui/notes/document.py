"""A Markdown page as what memory looks for in it: its front matter, headings, list items and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tisu_tui.core.later import Status
from tisu_tui.core.records import RecordKind
from tisu_tui.core.text import line_ends
from tisu_tui.core.tick_boxes import BOX, read_box
from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.escaping import front_end, front_matter, plain
from tisu_tui.notes.task_fields import without_fields

MOST_BYTES = 1 << 20
"""The largest page that is read: many times what a session of five hundred people leaves."""

_DEEPEST = 60
_NAMES = re.compile(r"<!--\s*([^<>]*?)\s*-->")
_BULLET = re.compile(r"\s*(?:[-*+•·–—]|\d{1,3}[.)])\s*")

_MERGE = re.compile(r"^(?:<{7}|>{7})(?: .*)?\r?$", re.MULTILINE)

AT = "\ue000"
"""Stands for an @ that somebody's words have: a bare one says who does it."""


class NotReadable(ValueError):
    """A page can't be read as what it should be; the message gives the reason in plain words."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """Something with a place: `number` counts lines of the page from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class Trouble(PageLine):
    """An unreadable line of an otherwise readable page."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading(PageLine):
    """A heading, or a title in bold; `level` 0 is the bold one."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark(PageLine):
    """A comment that stands alone, with the names in it."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item(PageLine):
    """An item of a list: `text` is its words, with `AT` for an @ in them; `names` are those of its comment.

    `box` is None where it has none, and `loose` a box that words can begin with too; `end` is the number of the last
    line of its own words.
    """

    end: int
    text: str
    names: tuple[str, ...]
    box: Status | None = None
    inside: tuple[Item, ...] = ()
    loose: bool = False

    @property
    def ticked(self) -> bool | None:
        """Whether it is ticked; None where its box says neither, or there is none."""
        return None if self.box in {None, Status.DROPPED} else self.box is Status.DONE

    @property
    def begun_or_dropped(self) -> Status | None:
        """The text of a box with a mark other than open or ticked."""
        return self.box if self.box in {Status.UNDER_WAY, Status.DROPPED} else None


@dataclass(frozen=True, slots=True)
class Cells(PageLine):
    """A row of a table, with the names of the comment in its first cell."""

    cells: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table(PageLine):
    """A table with a head."""

    head: tuple[str, ...]
    rows: tuple[Cells, ...]


Part = Heading | Mark | Item | Table


@cache
def _parser() -> MarkdownIt:
    # What is left out takes time that grows with the square of a text made for it; words escape it all anyway.
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    return parser.disable(["link", "image", "autolink", "emphasis", "reference", "code", "text_join"])


def decoded(data: bytes) -> str:
    """Make text of a page's bytes; raises `NotReadable` for what is too long or no UTF-8."""
    if len(data) > MOST_BYTES:
        raise NotReadable(_("it is longer than {n} bytes").format(n=MOST_BYTES))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise NotReadable(_("it is not UTF-8 text: see line {n}").format(n=number)) from error
    if "\0" in text:
        raise NotReadable(_("it is not text"))
    if merge := _MERGE.search(text):
        number = text.count("\n", 0, merge.start()) + 1
        raise NotReadable(_("a merge was not finished: see line {n}").format(n=number))
    return text


def read_document(text: str) -> tuple[Part, ...]:
    """Read the parts of a page, whatever it is, in time that grows with its length only."""
    lines = line_ends(text).split("\n")
    if front_matter(text):
        end = front_end(lines)
        lines[:end] = [""] * end
    return tuple(_parts(_tree(_parser().parse("\n".join(lines)))))


@dataclass(slots=True)
class _Block:
    """A block of Markdown and the blocks in it; the words of a line of text are in its token."""

    type: str
    token: Token
    children: list[_Block] = field(default_factory=list)


def _tree(tokens: Iterable[Token]) -> list[_Block]:
    """Put blocks into those that they stand in: faster than the parser's own tree, which has a node for each word."""
    root: list[_Block] = []
    stack = [root]
    for token in tokens:
        if token.nesting == -1:
            stack.pop()
            continue
        block = _Block(token.type.removesuffix("_open"), token)
        stack[-1].append(block)
        if token.nesting == 1:
            stack.append(block.children)
    return root


def _parts(blocks: Iterable[_Block]) -> Iterator[Part]:
    """Give what is in some blocks; of lists, only the outermost items."""
    last: Item | None = None
    for block in blocks:
        found: Iterable[Part] = ()
        match block.type:
            case "heading":
                found = [Heading(_place(block.token), int(block.token.tag[1:]), one_line(_said(_inside(block))))]
            case "html_block":
                marks = [
                    Mark(_place(block.token), tuple(each[1].split())) for each in _NAMES.finditer(block.token.content)
                ]
                adopted = _adopted(last, marks[0]) if last and marks else None
                last, found = (adopted, marks[1:]) if adopted else (last, marks)
            case "paragraph":
                found = [*_title(block.children[0].token), *_loose_items(block.children[0].token)]
            case "bullet_list" | "ordered_list":
                found = _items(block)
            case "table":
                found = [_table(block)]
            case "blockquote":
                found = _parts(block.children)
        for part in found:
            if last:
                yield last
            last = part if isinstance(part, Item) else None
            if not last:
                yield part
    if last:
        yield last


def _adopted(item: Item, mark: Mark) -> Item | None:
    """Give an item the comment that a formatter put behind its list; None where it is not the item's."""
    if mark.names[:1] not in {("captured",), ("reply",), ("did",), *((kind.value,) for kind in RecordKind)}:
        return None
    if not item.names and (item.box is not None or not item.inside):
        return replace(item, names=mark.names)
    inner = _adopted(item.inside[-1], mark) if item.inside else None
    return replace(item, inside=(*item.inside[:-1], inner)) if inner else None


def _place(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _inside(block: _Block) -> list[Token]:
    """Give what stands in the line of a heading, a paragraph or a cell."""
    return block.children[0].token.children or []


def _title(inline: Token) -> Iterator[Heading]:
    raw = inline.content.strip()
    if len(raw) > 4 and raw.startswith(("**", "__")) and raw.endswith(raw[:2]):
        yield Heading(_place(inline), 0, one_line(_said(inline.children or ())[2:-2]))


def _items(items: _Block) -> Iterator[Item]:
    return (found for child in items.children for found in _of_item(child))


def _of_item(item: _Block) -> Iterator[Item]:
    """Read an item of a list, and those that were run into its words."""
    said: Token | None = None
    inner: list[Item] = []
    names: tuple[str, ...] = ()
    behind, end = "", 0
    for block in item.children:
        match block.type:
            case "paragraph" if said is None:
                said = block.children[0].token
            case "paragraph":
                names = names or _names(_inside(block))
            case "html_block":
                # A comment at the start of a line is a block of its own, with the words behind it.
                found = _NAMES.search(block.token.content)
                names = names or (tuple(found[1].split()) if found else ())
                behind += " " + _NAMES.sub(" ", block.token.content) if found else ""
                end = block.token.map[1] if block.token.map else 0
            case "bullet_list" | "ordered_list":
                inner += _items(block)
    words = list(_lines(said, names)) if said else []
    if not words and not names:
        yield from inner
        return
    first, *others = words or [Item(_place(item.token), _place(item.token), "", ())]
    # What would break the line before words is a letter before a comment that is a block.
    said_last = first.text.removesuffix("\\") if behind else first.text
    text = " ".join(f"{said_last} {behind}".split()) if not others else first.text
    yield replace(
        first,
        number=_place(item.token),
        end=max(first.end, end),
        text=text,
        names=first.names or names,
        inside=() if others else tuple(inner),
    )
    yield from others[:-1]
    yield from (replace(other, inside=tuple(inner)) for other in others[-1:])


def _loose_items(inline: Token) -> Iterator[Item]:
    """Find promises in a paragraph: lines with a box, or with the comment of a record."""
    return (item for item in _lines(inline) if item.box is not None or item.names)


def _lines(inline: Token, names: tuple[str, ...] = ()) -> Iterator[Item]:
    """Read words as an item, and as several where a line in them begins with a box of its own."""
    raw = inline.content.split("\n")
    names = names or _names(inline.children or ())
    # Of records only actions have a box: what others begin with is what somebody said.
    may = not names or names[0] == RecordKind.ACTION
    starts = [n for n, line in enumerate(raw) if not n or (may and BOX.match(_unmarked(line)))]
    parts: list[list[Token]] = [[]]
    number = 0
    for token in inline.children or ():
        if token.type in {"softbreak", "hardbreak"}:
            number += 1
            if number in starts:
                parts.append([])
                continue
        parts[-1].append(token)
    first = _place(inline)
    for part, start, end in zip(parts, starts, [*starts[1:], len(raw)], strict=False):
        box = BOX.match(_unmarked(raw[start]))
        box = box if box and (may or box["plain"]) else None
        text = _unmarked(_said(part)) if box else _said(part)
        said = BOX.match(text) if box else None
        yield Item(
            first + start,
            first + end - 1,
            without_fields(text[said.end() :].strip()) if said else text,
            _names(part),
            read_box(box) if box and said else None,
            loose=bool(box and not box["plain"]),
        )


def _unmarked(line: str) -> str:
    """Leave out a bullet before a box: after one that Markdown does not know, no list begins."""
    found = _BULLET.match(line)
    return line[found.end() :] if found and BOX.match(line, found.end()) else line.strip()


def _table(table: _Block) -> Table:
    head, *rows = (_cells(row) for part in table.children for row in part.children)
    return Table(_place(table.token), head.cells, tuple(rows))


def _cells(row: _Block) -> Cells:
    said = [_inside(cell) for cell in row.children]
    return Cells(_place(row.token), tuple(one_line(_said(each)) for each in said), _names(said[0]))


def _said(tokens: Iterable[Token]) -> str:
    """Give the words of a line or a cell as one line, without comments."""
    said: list[str] = []
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            said.append(" ")
        elif token.type in {"code_inline", "text_special"}:
            said.append(token.content.replace("@", AT))
        elif token.type != "html_inline" or not _NAMES.fullmatch(token.content):
            said.append(token.content.replace(AT, ""))
    return " ".join("".join(said).split())


def one_line(text: str) -> str:
    """Make clean words of an item's text, on one line."""
    return plain(text.replace(AT, "@"))


def _names(tokens: Iterable[Token]) -> tuple[str, ...]:
    found = (_NAMES.fullmatch(token.content) for token in tokens if token.type == "html_inline")
    return next((tuple(match[1].split()) for match in found if match), ())
