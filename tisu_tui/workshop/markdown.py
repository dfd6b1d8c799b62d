"""Markdown as a tree of nodes with their lines, made in bounded time, and as the blocks that people read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import Block, Span
from tisu_tui.workshop.source import Report, Text

_DEEPEST = 20
_MOST_COLUMNS = 64
# The parser's time grows with the square of what may begin a link, an image or an emphasis in one paragraph.
_MOST_MARKERS = 400
_MARKERS = re.compile(r"[\[*_<`]")
_MARKUP = re.compile(r"([\\`*_\[\]<>&#~|])")
_LIST_MARK = re.compile(r"^(\d{1,9})([.)])|^([-+])")
_TABLE_RULE = re.compile(r"\s*[|:-][\s|:-]*")
# A whole file fits: nothing that an author wrote is cut, only what may not be drawn is dropped.
_LONGEST = 64 * 1024


@dataclass(slots=True)
class Node:
    """A block with its first line, the line after it, and its blocks or its inline tokens."""

    type: str
    token: Token
    line: int
    end: int
    children: list[Node] = field(default_factory=list)
    inline: list[Token] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Give this block and all blocks inside it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class Section:
    """A heading with the blocks and the facilitator's notes under it."""

    title: Text
    nodes: list[Node] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@cache
def _blocks(*, tables: bool) -> MarkdownIt:
    # Twice the depth that is allowed, so that what is too deep is seen and not silently dropped.
    parser = MarkdownIt("commonmark", {"maxNesting": 2 * _DEEPEST})
    parser.core.ruler.disable(["inline", "text_join"])
    return parser.enable("table") if tables else parser


@cache
def _inlines() -> MarkdownIt:
    return MarkdownIt("commonmark")


def parse(lines: list[str], report: Report) -> list[Node]:
    """Parse Markdown; what is too wide, too deep or too tangled is a problem and left unread."""
    rules = ((number, line) for number, line in enumerate(lines, 1) if _TABLE_RULE.fullmatch(line))
    wide = [number for number, line in rules if line.count("|") > _MOST_COLUMNS]
    for number in wide:
        message = _("a table with more than {n} columns").format(n=_MOST_COLUMNS)
        report.add((number, 1), "T003", message, _("a narrower table"))
    env: EnvType = {}
    tokens = _blocks(tables=not wide).parse("\n".join(lines), env)
    root: list[Node] = []
    stack: list[list[Node]] = [root]
    for token in tokens:
        start, end = token.map or (0, 0)
        if token.nesting == -1:
            stack.pop()
        elif token.type == "inline":
            _add_inline(stack[-1], token, start + 1, env, report)
        else:
            node = Node(token.type.removesuffix("_open"), token, start + 1, end + 1)
            stack[-1].append(node)
            if token.nesting == 1:
                stack.append(node.children)
    for block in root:
        deep = (node for node in block.walk() if node.type != "inline" and node.token.level > _DEEPEST)
        if first := next(deep, None):
            message = _("nested deeper than {n}").format(n=_DEEPEST)
            report.add((first.line, 1), "T004", message, _("a list in a list, no deeper"))
    return root


def _add_inline(into: list[Node], token: Token, line: int, env: EnvType, report: Report) -> None:
    node = Node("inline", token, line, line + token.content.count("\n") + 1)
    into.append(node)
    if len(_MARKERS.findall(token.content)) > _MOST_MARKERS:
        message = _("too many brackets, stars or the like in one place")
        report.add((line, 1), "T005", message, _("{n} at most in one paragraph").format(n=_MOST_MARKERS))
        return
    parser = _inlines()
    parser.inline.parse(token.content, parser, env, node.inline)


def as_markdown(words: str) -> str:
    """Write words so that Markdown shows them as they are."""
    marked = _MARKUP.sub(r"\\\1", words)
    return _LIST_MARK.sub(lambda mark: f"{mark[1] or ''}\\{mark[2] or mark[3]}", marked)


def blocks(nodes: Iterable[Node]) -> tuple[Block, ...]:
    """Turn nodes into blocks: lists and quotes become one block for each of their paragraphs."""
    return tuple(block for node in nodes for block in _of(node, "paragraph", "", 0))


def plain(inline: Sequence[Token]) -> str:
    """Give the words of a paragraph or heading on one line, without their styles."""
    return "".join(span.text for span in spans(inline))


def spans(inline: Sequence[Token]) -> tuple[Span, ...]:
    """Turn inline tokens into runs of words; a link shows its words and its address, an image its description."""
    styles: list[str] = []
    links: list[tuple[str, int]] = []
    found: list[Span] = []
    for token in inline:
        text = ""
        style = styles[-1] if styles else ""
        match token.type:
            case "text" | "text_special" | "image":
                text = token.content
            case "code_inline":
                text, style = token.content, "code"
            case "softbreak" | "hardbreak":
                text = " "
            case "strong_open":
                styles.append("strong")
            case "em_open":
                styles.append("strong" if style == "strong" else "emphasis")
            case "strong_close" | "em_close":
                styles.pop()
            case "link_open":
                links.append((str(token.attrs.get("href", "")), len(found)))
            case "link_close":
                address, first = links.pop()
                words = "".join(span.text for span in found[first:])
                text = "" if address in {words, f"mailto:{words}"} else f" ({address})"
            case _:
                pass
        if text:
            found.append(Span(text, style))
    return _tidy(found)


def _tidy(found: Iterable[Span]) -> tuple[Span, ...]:
    """Join runs of one style, clean them, and keep one space where two runs met at one."""
    joined: list[Span] = []
    for span in found:
        if joined and joined[-1].style == span.style:
            joined[-1] = Span(joined[-1].text + span.text, span.style)
        else:
            joined.append(span)
    kept: list[Span] = []
    for span in joined:
        text = " ".join(clean(span.text, _LONGEST).split())
        before = " " if span.text[:1].isspace() else ""
        after = " " if text and span.text[-1:].isspace() else ""
        if text or (before and kept):
            kept.append(Span(f"{before}{text}{after}", span.style))
    if kept:
        kept[0] = Span(kept[0].text.lstrip(), kept[0].style)
        kept[-1] = Span(kept[-1].text.rstrip(), kept[-1].style)
    return tuple(span for span in kept if span.text)


def _of(node: Node, kind: str, mark: str, depth: int) -> Iterator[Block]:
    match node.type:
        case "paragraph" | "heading":
            inline = node.children[0].inline if node.children else []
            images = [token for token in inline if token.type == "image"] if node.type == "paragraph" else []
            if found := spans([token for token in inline if token not in images]):
                yield Block("heading" if node.type == "heading" else kind, found, mark)
            for token in images:
                words = clean(token.content, _LONGEST) or _("a picture")
                yield Block("image", (Span(words),), str(token.attrs.get("src", "")))
        case "blockquote":
            for child in node.children:
                yield from _of(child, "quote", mark, depth)
        case "bullet_list" | "ordered_list":
            yield from _list(node, depth)
        case "fence" | "code_block":
            for line in node.token.content.splitlines():
                text = clean(line, _LONGEST)
                if text:
                    yield Block(kind, (Span(text, "code"),), mark)
        case "table":
            yield _table(node, mark)
        case _:
            pass


def _list(node: Node, depth: int) -> Iterator[Block]:
    start = int(node.token.attrs.get("start", 1)) if node.type == "ordered_list" else 0
    indent = "  " * depth
    for number, item in enumerate(node.children, start):
        kind, mark = ("number", f"{indent}{number}.") if node.type == "ordered_list" else ("bullet", f"{indent}-")
        for child in item.children:
            yield from _of(child, kind, mark, depth + 1)
            # What follows the first paragraph of an item belongs to it and has no mark of its own.
            mark = " " * len(mark)


def _table(node: Node, mark: str) -> Block:
    rows = (each for each in node.walk() if each.type == "tr")
    cells = (tuple(spans(cell.children[0].inline) if cell.children else () for cell in row.children) for row in rows)
    return Block("table", (), mark, tuple(cells))
