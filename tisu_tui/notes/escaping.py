"""Words as Markdown that shows exactly those words, whoever typed them, in cmark-gfm and in pandoc."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from tisu_tui.core.shown import Quotes
from tisu_tui.core.text import cells, clean, line_ends

# What programs turn into something else in spite of a backslash, which they remove before they look: addresses,
# mentions and emoji names. In a code span it stays as it is. No backtick and no bar can be in it.
_AS_CODE = (
    r"(?P<code>[^\s`|(<\[{\"'“‘]*(?:://|www\.|mailto:|xmpp:|@(?=[^\s`|]))"
    r"(?:[^\s`|]*[^\s`|.,;:!?)\]}>\"'”’*_~])?"
    r"|(?::[a-z+-][\w+-]*:)+|(?<!\w)(?::\d+:)+)"
)
# What has a meaning anywhere in a line: emphasis, brackets, HTML, entities, footnotes, formulas, highlights and
# comments (Obsidian), the bars of a table, and dashes and dots that pandoc would join.
_ACTIVE = r"[\\`*\[\]<~#|$^{}@]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|-(?=-)|(?<=-)-|\.(?=\.\.)|=(?==)|%(?=%)"
_SPECIAL = re.compile(f"{_AS_CODE}|{_ACTIVE}", re.IGNORECASE)
# What has a meaning at the start of a line: lists of every sort, quotes, rules, definitions, captions of tables.
_MARK = r"(?:[0-9]{1,9}|[a-z]|[ivxlcdm]+)"
_START = re.compile(rf"(?=[-+>=%:])|(?=\({_MARK}\))|{_MARK}(?=[.)](?:\s|$))|table(?=:)", re.IGNORECASE)


_KEY = re.compile(r"([A-Za-z][\w-]*):[ \t]*(.*?)[ \t]*$")
_NOT_A_NAME = re.compile(r"[^\w.]{2,}|[^\w.-]")

# Far more than a sentence that names every line of a step takes.
_MOST_CELLS = 20_000


def plain(text: str) -> str:
    """Make a text the one line of words that is to be read."""
    return " ".join(clean(text, _MOST_CELLS).split())


def words(text: str) -> str:
    """Write one line of words so that they show as they are: no link, heading, list, HTML, formula or table break."""
    line = plain(text)
    marked = _SPECIAL.sub(lambda found: f"`{found['code']}`" if found["code"] else f"\\{found[0]}", line)
    start = _START.match(marked)
    return f"{marked[: start.end()]}\\{marked[start.end() :]}" if start else marked


def quoted(quotes: Quotes) -> str:
    """Write people's words as a list, those of a theme in a list of its own under it."""
    lines: list[str] = []
    for text, under in quotes.lines():
        lines += [f"- {words(text)}", *(f"  - {words(child)}" for child in under)]
    return "\n".join(lines)


_PANDOC_LINE = 72
_NARROWEST, _WIDEST = 11, 28
"""Dashes under a column of a wide table: pandoc shares a page among columns by them, and each needs eight letters."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers: frozenset[int] = frozenset()) -> str:
    """Write a table padded by cells; columns named in `numbers` stand to the right. Its texts are Markdown already."""
    lines = [list(head), *map(list, rows)]
    widths = [max(3, *(cells(line[column]) for line in lines)) for column in range(len(head))]

    def padded(line: Sequence[str]) -> str:
        gaps = [" " * (width - cells(text)) for text, width in zip(line, widths, strict=True)]
        told = [
            gap + text if n in numbers else text + gap for n, (text, gap) in enumerate(zip(line, gaps, strict=True))
        ]
        return f"| {' | '.join(told)} |"

    ruled = widths
    if len(padded(lines[0])) > _PANDOC_LINE:
        ruled = [min(max(width, _NARROWEST), _WIDEST) for width in widths]
    rule = ["-" * (width - 1) + (":" if n in numbers else "-") for n, width in enumerate(ruled)]
    return "\n".join([padded(lines[0]), f"| {' | '.join(rule)} |", *map(padded, lines[1:])])


def comment(*parts: str) -> str:
    """Write machine-readable names in an HTML comment, without its end marker."""
    names = [_NOT_A_NAME.sub("-", part) for part in parts]
    return f"<!-- {' '.join(names)} -->"


def front(*lines: str) -> str:
    """Write the front matter of a page."""
    return "\n".join(("---", *lines, "---"))


def yaml(text: str) -> str:
    """Write words as a value of a front matter."""
    # A JSON string is a YAML string, and needs no thought about what else YAML might see in it.
    return json.dumps(plain(text), ensure_ascii=False)


def front_matter(text: str) -> dict[str, str]:
    """Read the front matter of a page as it stands, values without their quotes; empty where there is none."""
    lines = line_ends(text).split("\n")
    matches = map(_KEY.match, lines[: front_end(lines)])
    return {match[1]: _unquoted(match[2]) for match in matches if match}


def front_end(lines: Sequence[str]) -> int:
    """Count the lines of the front matter, with blank ones before it, which an editor may have put there."""
    begin = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines[begin].rstrip() != "---":
        return 0
    return next((n for n, line in enumerate(lines[begin + 1 :], begin + 2) if line.rstrip() in {"---", "..."}), 0)


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
