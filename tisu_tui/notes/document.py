"""A Markdown page as what memory looks for in it: its front matter, headings, list items and tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tisu_tui.core.text import clean

MOST_BYTES = 1 << 20
"""The largest page that is read: many times what a session of five hundred people leaves."""

_LONGEST = 20_000
_DEEPEST = 12
_NAMES = re.compile(r"<!--\s*([^<>]*?)\s*-->")
_KEY = re.compile(r"([A-Za-z][\w-]*):[ \t]*(.*?)[ \t]*$")

AT = "\ue000"
"""Stands for an @ that somebody's words have: a bare one says who does it."""


class NotReadable(ValueError):
    """A page is no text that can be read, for a reason that is said in plain words."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something with a place: `number` counts lines of the page from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class Heading(Line):
    """A heading, or a title in bold; `level` 0 is the bold one."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark(Line):
    """A comment that stands alone, with the names in it."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item(Line):
    """An item of a list: `text` is its words, with `AT` for an @ in them; `names` are those of its comment.

    `ticked` is None where it has no box; `end` is the number of the last line of its own words.
    """

    end: int
    text: str
    names: tuple[str, ...]
    ticked: bool | None = None
    inside: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Cells(Line):
    """A row of a table, with the names of the comment in its first cell."""

    cells: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table(Line):
    """A table with a head."""

    head: tuple[str, ...]
    rows: tuple[Cells, ...]


Part = Heading | Mark | Item | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A page; of lists, only the outermost items are parts."""

    front: Mapping[str, str]
    parts: tuple[Part, ...]
    lines: tuple[str, ...] = ()


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
        raise NotReadable(_("it is not UTF-8 text")) from error
    if "\0" in text:
        raise NotReadable(_("it is not text"))
    return text


def front_matter(text: str) -> dict[str, str]:
    """Read the front matter of a page as it stands, values without their quotes; empty where there is none."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() != "---":
        return {}
    found: dict[str, str] = {}
    for line in lines[1:]:
        if line.rstrip() in {"---", "..."}:
            return found
        if match := _KEY.match(line):
            found[match[1]] = _unquoted(match[2])
    return {}


def _unquoted(value: str) -> str:
    if value[:1] == '"':
        try:
            text = json.loads(value)
        except ValueError:
            return value.strip('"')
        return text if isinstance(text, str) else value
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return value


def read_document(text: str) -> Document:
    """Read a page, whatever it is, in time that grows with its length only."""
    front = front_matter(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    body = list(lines)
    if front:
        end = next(n for n, line in enumerate(lines) if n and line.rstrip() in {"---", "..."})
        body[: end + 1] = [""] * (end + 1)
    tokens = _parser().parse("\n".join(body))
    return Document(front, tuple(_parts(tokens)), tuple(lines))


def _parts(tokens: Sequence[Token]) -> Iterator[Part]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = _closing(tokens, at)
        inside = tokens[at : end + 1]
        if token.type == "heading_open":
            yield Heading(_place(token), int(token.tag[1:]), one_line(_said(tokens[at + 1])))
        elif token.type == "html_block":
            for found in _NAMES.finditer(token.content):
                yield Mark(_place(token), tuple(found[1].split()))
        elif token.type == "paragraph_open":
            yield from _title(tokens[at + 1])
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            yield from _items(inside[1:-1])
        elif token.type == "table_open":
            yield _table(inside)
        elif token.type == "blockquote_open":
            yield from _parts(inside[1:-1])
        at = end + 1


def _closing(tokens: Sequence[Token], at: int) -> int:
    """Find the token that closes the one at a place: the next at its level that closes."""
    if tokens[at].nesting != 1:
        return at
    level = tokens[at].level
    return next(n for n in range(at + 1, len(tokens)) if tokens[n].level == level and tokens[n].nesting == -1)


def _place(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _title(inline: Token) -> Iterator[Heading]:
    raw = inline.content.strip()
    if len(raw) > 4 and raw.startswith(("**", "__")) and raw.endswith(raw[:2]):
        yield Heading(_place(inline), 0, one_line(_said(inline)[2:-2]))


def _items(tokens: Sequence[Token]) -> Iterator[Item]:
    at = 0
    while at < len(tokens):
        end = _closing(tokens, at)
        if tokens[at].type == "list_item_open" and (item := _item(tokens[at], tokens[at + 1 : end])):
            yield item
        at = end + 1


def _item(opening: Token, tokens: Sequence[Token]) -> Item | None:
    inline = next((each for each in tokens[:2] if each.type == "inline"), None)
    if inline is None:
        return None
    text = _said(inline)
    box = re.match(r"\[([ xX])\](?:[ \t]|$)", inline.content)
    end = inline.map[1] if inline.map else _place(opening)
    text = text[3:].strip() if box else text
    return Item(_place(opening), end, text, _names(inline), _ticked(box), tuple(_inner(tokens)))


def _inner(tokens: Sequence[Token]) -> Iterator[Item]:
    at = 0
    while at < len(tokens):
        end = _closing(tokens, at)
        if tokens[at].type in {"bullet_list_open", "ordered_list_open"}:
            yield from _items(tokens[at + 1 : end])
        at = end + 1


def _ticked(box: re.Match[str] | None) -> bool | None:
    return None if box is None else box[1] != " "


def _table(tokens: Sequence[Token]) -> Table:
    rows: list[Cells] = []
    cells: list[str] = []
    names: tuple[str, ...] = ()
    number = 0
    for n, token in enumerate(tokens):
        if token.type == "tr_open":
            cells, names, number = [], (), _place(token)
        elif token.type == "inline" and tokens[n - 1].type in {"td_open", "th_open"}:
            names = names if cells else _names(token)
            cells.append(one_line(_said(token)))
        elif token.type == "tr_close":
            rows.append(Cells(number, tuple(cells), names))
    return Table(_place(tokens[0]), rows[0].cells if rows else (), tuple(rows[1:]))


def _said(inline: Token) -> str:
    """Give the words of inline tokens as one line, without comments."""
    said: list[str] = []
    for each in inline.children or ():
        if each.type in {"softbreak", "hardbreak"}:
            said.append(" ")
        elif each.type in {"code_inline", "text_special"}:
            said.append(each.content.replace("@", AT))
        elif each.type != "html_inline" or not _NAMES.fullmatch(each.content):
            said.append(each.content.replace(AT, ""))
    return " ".join("".join(said).split())


def one_line(text: str) -> str:
    """Make clean words of an item's text, on one line."""
    return " ".join(clean(text.replace(AT, "@"), _LONGEST).split())


def _names(inline: Token) -> tuple[str, ...]:
    found = (_NAMES.fullmatch(each.content) for each in inline.children or () if each.type == "html_inline")
    return next((tuple(match[1].split()) for match in found if match), ())
