"""A page as one file for browsers: its pictures in it, nothing fetched, light and dark, and fit for A4."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from html import escape

from markdown_it.tree import SyntaxTreeNode

from tisu_tui.core.translation import gettext as _
from tisu_tui.documents.tree import WIDEST_UPRIGHT, box_of, columns, is_title, read, words_of

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #ffffff; --soft: #f1f1ee; --line: #6b6b6b; --link: #0b4f9e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --paper: #161616; --soft: #262626; --line: #9a9a9a; --link: #9cc7ff; }
}
html { font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
body { margin: 0 auto; padding: 1.25rem; max-width: 48rem; color: var(--ink); background: var(--paper); }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.75em 0 .5em; }
h1 { margin-top: 0; }
a { color: var(--link); }
ul { padding-left: 1.5em; }
ol { padding-left: 2.25em; }
li { margin: .25em 0; }
li.box { list-style: none; text-indent: -1.4em; }
li.box > * { text-indent: 0; }
blockquote { margin: 1em 0; padding-left: 1em; border-left: .25em solid var(--line); }
pre { overflow-x: auto; padding: .75em; background: var(--soft); }
.table { overflow-x: auto; margin: 1em 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { padding: .35em .6em; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line);
  min-width: 5em; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; min-width: 3.5em; }
th:first-child, td:first-child { min-width: 12em; }
thead th { background: var(--soft); }
figure { margin: 1em 0; padding: .5rem; background: #ffffff; }
figure img { display: block; max-width: 100%; height: auto; }
@page { size: A4; margin: 1.6cm; }
@page across { size: A4 landscape; }
@media print {
  :root { --ink: #000000; --paper: #ffffff; --soft: #f1f1ee; --line: #555555; --link: #000000; }
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.3; }
  h1, h2, h3, h4 { break-after: avoid; margin: 1em 0 .3em; }
  h1 { font-size: 16pt; margin-top: 0; }
  h2 { font-size: 13pt; }
  p { margin: .5em 0; }
  ul, ol { margin: .3em 0; }
  li { margin: .12em 0; }
  tr, figure { break-inside: avoid; }
  thead { display: table-header-group; }
  .table { overflow: visible; }
  .wide { page: across; }
  th, td, td.number, th.number { min-width: 5.75em; padding: .3em .4em; }
}
"""

_TAGS = {"strong": "strong", "em": "em", "bullet_list": "ul", "ordered_list": "ol", "blockquote": "blockquote"}


def web_page(text: str, pictures: Mapping[str, bytes]) -> bytes:
    """Make a page of Markdown into one HTML file; `pictures` are SVG by the path that the page names."""
    document = read(text)
    body = "\n".join(filter(None, (_block(node, pictures) for node in document.root.children)))
    # Whoever opens it far from the team learns nothing about who else did: nothing is fetched.
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        'img-src data:">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(document.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    ).encode()


def _block(node: SyntaxTreeNode, pictures: Mapping[str, bytes]) -> str:
    inside = "".join(_block(child, pictures) for child in node.children)
    match node.type:
        case "heading":
            return f"<{node.tag}>{inside}</{node.tag}>"
        case "paragraph" if node.parent is not None and node.parent.type == "list_item":
            return inside
        case "paragraph" if is_title(node):
            level = _below(node)
            return f"<h{level}>{escape(words_of(node))}</h{level}>"
        case "paragraph":
            return inside if inside.startswith("<figure>") else f"<p>{inside}</p>"
        case "list_item":
            sign, _length = box_of(node)
            return f'<li class="box">{inside}</li>' if sign else f"<li>{inside}</li>"
        case "strong" | "em" | "bullet_list" | "ordered_list" | "blockquote":
            tag = _TAGS[node.type]
            start = f' start="{node.attrs["start"]}"' if "start" in node.attrs else ""
            return f"<{tag}{start}>{inside}</{tag}>"
        case "table":
            # It can be scrolled by keyboard, so it has a name that no other has.
            name = escape(_name(node))
            kind = "table wide" if columns(node) > WIDEST_UPRIGHT else "table"
            return f'<div class="{kind}" role="region" tabindex="0" aria-label="{name}"><table>{inside}</table></div>'
        case "thead" | "tbody" | "tr":
            return f"<{node.tag}>{inside}</{node.tag}>"
        case "th" | "td":
            return _cell(node, inside)
        case "image":
            return _picture(node, pictures)
        case "text":
            return _text(node)
        case "code_inline":
            # A code span in our pages keeps an address or a name from becoming a link; people read the words.
            return escape(node.content)
        case "code_block" | "fence":
            return f"<pre>{escape(node.content)}</pre>"
        case "softbreak":
            return "\n"
        case "hardbreak":
            return "<br>"
        case "hr":
            return "<hr>"
    return inside


def _text(node: SyntaxTreeNode) -> str:
    line = node.parent
    item = line.parent.parent if line is not None and line.parent is not None else None
    if line is not None and item is not None and item.type == "list_item" and line.children[0] is node:
        sign, length = box_of(item)
        if sign:
            done = _("done") if sign == "☑" else _("open")
            return f'<span role="img" aria-label="{done}">{sign}</span> {escape(node.content[length:])}'
    return escape(node.content)


def _cell(node: SyntaxTreeNode, inside: str) -> str:
    numeric = ' class="number"' if "right" in str(node.attrs.get("style", "")) else ""
    row = node.parent
    is_first = row is not None and row.children[0] is node
    if node.type == "th":
        return f'<th scope="col"{numeric}>{inside}</th>'
    return f'<th scope="row"{numeric}>{inside}</th>' if is_first else f"<td{numeric}>{inside}</td>"


def _picture(node: SyntaxTreeNode, pictures: Mapping[str, bytes]) -> str:
    alt = escape(node.content or words_of(node))
    content = pictures.get(str(node.attrs["src"]))
    if content is None:
        return f"<em>{alt}</em>"
    data = base64.b64encode(content).decode()
    return f'<figure><img alt="{alt}" src="data:image/svg+xml;base64,{data}"></figure>'


def _before(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """List the blocks before one, beside it."""
    assert node.parent is not None
    return node.parent.children[: node.parent.children.index(node)]


def _name(table: SyntaxTreeNode) -> str:
    """Name a table after the heading before it, with its number on the page."""
    before = _before(table)
    number = 1 + sum(node.type == "table" for node in before)
    heading = next((words_of(node) for node in reversed(before) if node.type == "heading"), "")
    return _("Table {n}: {heading}").format(n=number, heading=heading)


def _below(node: SyntaxTreeNode) -> int:
    """Return the level for a heading in bold words: one below the heading before it."""
    level = next((int(each.tag[1]) for each in reversed(_before(node)) if each.type == "heading"), 1)
    return min(level + 1, 6)
