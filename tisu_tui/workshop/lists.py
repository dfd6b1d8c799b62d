"""The lists of a step: choices, statements and scales, for the kinds that work on them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tisu_tui.core.activity import ListLine, ScaleLine
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.scripts import slug, unused
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import Span
from tisu_tui.workshop.markdown import Node, spans
from tisu_tui.workshop.settings import ID
from tisu_tui.workshop.source import Report, Source

_BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
_POINT = re.compile(r"([-\N{MINUS SIGN}]?\d{1,4})(?:\s+to\s+([-\N{MINUS SIGN}]?\d{1,4}))?:(?:\s+|$)")
_NEARLY_A_POINT = re.compile(r"[-\N{MINUS SIGN}]?\d{1,4}\s*(?:[-\N{EN DASH}\N{EM DASH}:=]|\.\.|to\b)")

_MOST_LINES = 100
_NAMED = re.compile(rf"(?P<id>{ID.pattern})?(?P<mark>(?:^| )about leaders)?")


@dataclass(slots=True)
class Lists:
    """The list a kind works on, and the remaining blocks of text."""

    choices: list[ListLine] = field(default_factory=list)
    numbered: list[ListLine] = field(default_factory=list)
    scale: list[ScaleLine] = field(default_factory=list)
    rest: list[Node] = field(default_factory=list)
    is_sound: bool = True
    """Whether every line could be read."""

    @property
    def first(self) -> tuple[int, int] | None:
        """Position of the kind's first line."""
        places = [(line.line, line.column) for line in (*self.choices, *self.numbered)]
        places += [(line.line, line.column) for line in self.scale]
        return min(places, default=None)


@dataclass(slots=True)
class _Item:
    """One item of a list: the text as written, the words as runs, and where they begin."""

    raw: str
    words: tuple[Span, ...]
    place: tuple[int, int]
    more: Node | None


def read_lists(nodes: Iterable[Node], kind: str, used: frozenset[str], source: Source, report: Report) -> Lists:
    """Sort the lists of a step; `used` names those its kind works on."""
    found = Lists()
    before = report.count
    for node in nodes:
        if node.type in {"bullet_list", "ordered_list"} and used and len(node.children) > _MOST_LINES:
            message = _("a list of more than {n} lines").format(n=_MOST_LINES)
            report.add((node.line, 1), "T406", message, _("a list that people can read through"))
            continue
        if node.type == "bullet_list":
            items = [_item(child, source) for child in node.children]
            if any(_BOX.match(item.raw) for item in items):
                _read_choices(items, kind, used, found, report)
                continue
            if _is_scale(items, used):
                _read_scale(items, kind, used, found, report)
                continue
        elif node.type == "ordered_list" and "numbered" in used:
            for item in (_item(child, source) for child in node.children):
                if _is_one_line(item, item.words, report):
                    line = _line(item, item.words, found.numbered)
                    if line.about_leaders and "scale" not in used:
                        message = _("'about leaders' in a '{kind}' step").format(kind=kind)
                        report.add(item.place, "T419", message, _("it at a line that is rated on a scale"))
                    found.numbered.append(line)
            continue
        found.rest.append(node)
    found.is_sound = report.count == before
    return found


def _item(node: Node, source: Source) -> _Item:
    first = node.children[0] if node.children else None
    if first is None or first.type != "paragraph":
        return _Item("", (), (node.line, 1), first)
    more = node.children[1:]
    inline = first.children[0]
    raw = inline.token.content
    place = source.place(inline.line, raw.partition("\n")[0])
    return _Item(raw, spans(inline.inline), place, more[0] if more else None)


def _is_scale(items: list[_Item], used: frozenset[str]) -> bool:
    """Tell a scale by one line that is a point; where a scale is used, by lines that are nearly points too."""
    if any(_POINT.match(item.raw) for item in items):
        return True
    return "scale" in used and all(_NEARLY_A_POINT.match(item.raw) for item in items)


def _read_choices(items: list[_Item], kind: str, used: frozenset[str], found: Lists, report: Report) -> None:
    if "choices" not in used:
        first = next(item for item in items if _BOX.match(item.raw))
        message = _("a choice in a '{kind}' step").format(kind=kind)
        report.add(first.place, "T401", message, _("no '[ ]' here, or a kind like `choose 1` under the heading"))
        return
    for item in items:
        box = _BOX.match(item.raw)
        words = _without(item.words, box.end()) if box else item.words
        if box is None:
            message = _("{text} is not a choice").format(text=quoted(item.raw))
            report.add(item.place, "T405", message, _("'- [ ] ' before each line of the list"))
        elif _is_one_line(item, words, report):
            if box[1] != " ":
                place = item.place[0], item.place[1] + 1
                report.add(place, "T402", _("a ticked box, before anyone was asked"), "[ ]")
            found.choices.append(_line(item, words, found.choices))


def _read_scale(items: list[_Item], kind: str, used: frozenset[str], found: Lists, report: Report) -> None:
    if "scale" not in used:
        first = next(item for item in items if _POINT.match(item.raw))
        message = _("a point of a scale in a '{kind}' step").format(kind=kind)
        report.add(first.place, "T404", message, _("no '1: ' here, or a kind like `scale` under the heading"))
        return
    for item in items:
        point = _POINT.match(item.raw)
        if point is None:
            message = _("{text} is not a point of the scale").format(text=quoted(item.raw))
            report.add(item.place, "T403", message, _("a line like '- 1: not started' or '- 1 to 3: above'"))
            continue
        words = _without(item.words, point.end())
        if _is_one_line(item, words, report):
            low = _number(point[1])
            high = _number(point[2]) if point[2] else low
            found.scale.append(ScaleLine(low, high, _text(words), *item.place))


def _number(text: str) -> int:
    return int(text.replace("\N{MINUS SIGN}", "-"))


def _without(words: tuple[Span, ...], length: int) -> tuple[Span, ...]:
    """Drop a prefix, which never has a style."""
    if not words:
        return ()
    first = Span(words[0].text[length:], words[0].style)
    return (first, *words[1:]) if first.text else words[1:]


def _is_one_line(item: _Item, words: tuple[Span, ...], report: Report) -> bool:
    if not _text(words):
        report.add(item.place, "T407", _("a line without words"), _("a few words"))
        return False
    if item.more:
        message = _("more text under a line of the list")
        report.add((item.more.line, 1), "T408", message, _("one paragraph for each line"))
    return True


def _line(item: _Item, words: tuple[Span, ...], before: list[ListLine]) -> ListLine:
    """Make a line with the id it begins with, or with one made from its words."""
    first = words[0]
    is_apart = len(words) > 1 and first.style == "code" and words[1].text.startswith(" ")
    found = _NAMED.fullmatch(first.text) if is_apart else None
    about_leaders = bool(found and found["mark"])
    if found and found["id"]:
        return ListLine(found["id"], _text(words[1:]), *item.place, named=True, about_leaders=about_leaders)
    taken = {line.id for line in before}
    text = _text(words[1:] if found else words)
    name = unused(id_of(text, f"line-{len(before) + 1}"), taken)
    return ListLine(name, text, *item.place, about_leaders=about_leaders)


def _text(words: tuple[Span, ...]) -> str:
    return "".join(span.text for span in words).strip()


def id_of(text: str, otherwise: str) -> str:
    """Make an id of words; `otherwise` where none of their letters can stand in one."""
    name = slug(text)
    return name if name != slug("") or name in text.casefold() else otherwise
