"""Blocks of a workshop file, rendered as the Markdown they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.markdown import front, table, words
from tisu_tui.notes.pages import PRINTED
from tisu_tui.session.workshop import Block, Span

_MARKS = {"strong": "**", "emphasis": "*"}


def page(*parts: str) -> bytes:
    """Put the parts of a page together, under a front matter that pandoc prints by."""
    return ("\n\n".join((front("tags: [tisu, sheet]", *PRINTED), *filter(None, parts))) + "\n").encode()


def written(blocks: Iterable[Block]) -> str:
    """Write blocks one under the other, headings as bold lines."""
    return "\n\n".join(_grouped(blocks))


def _grouped(blocks: Iterable[Block]) -> Iterator[str]:
    group: list[str] = []
    for block in blocks:
        if block.kind in {"bullet", "number"}:
            group.append(f"- {_said(block.spans)}")
            continue
        if group:
            yield "\n".join(group)
            group = []
        match block.kind:
            case "heading":
                yield f"**{words(block.text)}**"
            case "quote":
                yield f"> {_said(block.spans)}"
            case "table":
                head, *rows = block.rows
                yield table([*map(_said, head)], ([*map(_said, row)] for row in rows))
            case "image":
                yield _("Picture: {words}").format(words=_said(block.spans))
            case _:
                yield _said(block.spans)
    if group:
        yield "\n".join(group)


def _said(spans: tuple[Span, ...]) -> str:
    told = []
    for span in spans:
        bare = span.text.strip()
        if not bare:
            told.append(span.text)
            continue
        before, after = span.text[: len(span.text) - len(span.text.lstrip())], span.text[len(span.text.rstrip()) :]
        mark = _MARKS.get(span.style, "")
        text = words(bare)
        told.append(f"{before}{mark}{text}{mark}{after}")
    return "".join(told).strip()
