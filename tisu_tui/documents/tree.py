"""A page of ours as a tree of Markdown, without its front matter, its comments and what only programs read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from tisu_tui.core.text import clean

_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_COMMENT = re.compile(r"[ \t]*<!--.*?-->", re.DOTALL)
_KEPT = re.compile(r"^(title|lang|date|tisu-reply): *(.+)$", re.MULTILINE)
_BOX = re.compile(r"\[([ xX])\]\s+")

WIDEST_UPRIGHT = 6
"""Columns that still leave the first one room for a statement on an upright page."""


@dataclass(frozen=True, slots=True)
class MarkdownPage:
    """A page to be shown: its title, its language and the tree of its blocks; a form comes back filled in."""

    title: str
    language: str
    root: SyntaxTreeNode
    is_form: bool = False


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "maxNesting": 60}).enable("table")


def read(text: str) -> MarkdownPage:
    """Read a page of Markdown."""
    front = _FRONT.match(text)
    settings = dict(_KEPT.findall(front[1])) if front else {}
    body = _COMMENT.sub("", text[front.end() :] if front else text)
    root = SyntaxTreeNode(_parser().parse(body))
    heads = (words_of(node) for node in root.walk() if node.type == "heading")
    title = next(heads, "") or settings.get("title", "").strip('"')
    return MarkdownPage(clean(title), settings.get("lang", "en").strip('"'), root, "tisu-reply" in settings)


def words_of(node: SyntaxTreeNode) -> str:
    """Return the words of a node and all below it."""
    return "".join(each.content for each in node.walk() if each.type in {"text", "code_inline"})


def is_title(paragraph: SyntaxTreeNode) -> bool:
    """Whether a paragraph is nothing but bold words, which people read as a heading."""
    (line,) = paragraph.children
    parts = [node for node in line.children if not (node.type == "text" and not node.content.strip())]
    return len(parts) == 1 and parts[0].type == "strong"


def columns(node: SyntaxTreeNode) -> int:
    """Return how many columns a table has; nothing else has any."""
    return len(node.children[0].children[0].children) if node.type == "table" else 0


def box_of(item: SyntaxTreeNode) -> tuple[str, int]:
    """Return the sign for the box that an item begins with, and how many letters of it to leave out."""
    if item.children and item.children[0].type == "paragraph":
        found = _BOX.match(words_of(item.children[0]))
        if found:
            return ("☐" if found[1] == " " else "☑"), found.end()
    return "", 0
