"""Blocks of text: what people read in a step, free of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import Block, Span
from tisu_tui.workshop.markdown import Node

# A whole file fits: nothing that an author wrote is cut, only what may not be drawn is dropped.
_LONGEST = 64 * 1024


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
            images = [each for each in inline if each.type == "image"] if node.type == "paragraph" else []
            if found := spans([each for each in inline if each not in images]):
                yield Block("heading" if node.type == "heading" else kind, found, mark)
            for each in images:
                words = clean(each.content, _LONGEST) or _("a picture")
                yield Block("image", (Span(words),), str(each.attrs.get("src", "")))
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
