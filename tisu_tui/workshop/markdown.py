"""Markdown as a tree of nodes with their lines, made in bounded time whatever the text is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from tisu_tui.core.translation import gettext as _
from tisu_tui.workshop.problems import Report

_DEEPEST = 20
_MOST_COLUMNS = 64
# The parser's time grows with the square of what may begin a link, an image or an emphasis in one paragraph.
_MOST_MARKERS = 400
_MARKERS = re.compile(r"[\[*_<`]")
_TABLE_RULE = re.compile(r"\s*[|:-][\s|:-]*")


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
    wide = [number for number, line in enumerate(lines, 1) if _columns(line) > _MOST_COLUMNS]
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
        _refuse_depth(block, report)
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


def _columns(line: str) -> int:
    return line.count("|") if _TABLE_RULE.fullmatch(line) else 0


def _refuse_depth(block: Node, report: Report) -> None:
    deep = next((node for node in block.walk() if node.type != "inline" and node.token.level > _DEEPEST), None)
    if deep:
        message = _("nested deeper than {n}").format(n=_DEEPEST)
        report.add((deep.line, 1), "T004", message, _("a list in a list, no deeper"))
