"""The front matter of a workshop file: `key: value` lines between two lines of `---`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import yaml

from tisu_tui.core.did_you_mean import guess, nearest
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.text import clean
from tisu_tui.core.translation import ENGLISH, known_language, languages
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import GroupSize, Workshop
from tisu_tui.workshop.source import Report, Source, Text

FORMAT = 1
KEYS = (
    "tisu",
    "title",
    "language",
    "summary",
    "people",
    "tags",
    "voices",
    "support",
    "delete-after",
    "careful",
    "trend",
)
OLD_KEY = "floor"
"""A key that files of earlier versions may have: it does nothing, and says so."""
# Far more than all keys need; beyond it PyYAML alone would take a second.
_MOST_CHARACTERS = 8_000
_DEEPEST = 20
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NUMBER = re.compile(r"[0-9]{1,5}")
_PEOPLE = re.compile(r"([0-9]{1,4})(?: ?(?:-|\N{EN DASH}|to) ?([0-9]{1,4}))?")


_NOTHING_SAID = Workshop(source="", name="", title="")


@dataclass(slots=True)
class FrontMatter:
    """What the front matter says; `end` is the line after it."""

    end: int = 1
    newer: bool = False
    """Whether the file is of a version that may mean anything."""
    is_sound: bool = True
    """Whether nothing is wrong with it, so that what is missing was left out."""
    workshop: Workshop = _NOTHING_SAID
    """The workshop, as far as it is said here."""
    support: tuple[Text, ...] = ()
    """Its contacts with their places."""


class _Refused(Exception):
    def __init__(self, place: tuple[int, int], code: str, message: str, expected: str) -> None:
        super().__init__(message)
        self.problem = place, code, message, expected


def read_front_matter(source: Source, report: Report) -> FrontMatter | None:
    """Read the front matter; `None` when it never ends, so that nothing can be said of the rest."""
    opening = next((n for n, line in enumerate(source.lines, 1) if line.strip()), 1)
    expected = _("the file to begin with '---', 'tisu: {version}', 'title: …', '---'").format(version=FORMAT)
    if not _is_fence(source, opening):
        report.add((1, 1), "T100", _("no front matter"), expected)
        return FrontMatter()
    if opening > 1:
        report.add((opening, 1), "T100", _("the front matter does not begin on the first line"), expected)
    closing = next((n for n in range(opening + 1, len(source.lines) + 1) if _is_fence(source, n)), 0)
    if not closing:
        report.add((opening, 1), "T100", _("the front matter never ends"), _("a second line '---'"))
        return None
    front = FrontMatter(end=closing + 1)
    try:
        pairs = _pairs(source.lines[opening : closing - 1], opening)
    except _Refused as refused:
        report.add(*refused.problem)
        return front
    if not _is_our_version(pairs, report):
        front.newer = True
        return front
    values, meant = _known(pairs, report)
    _fill(front, values, report)
    for key, expected in (("tisu", f"tisu: {FORMAT}"), ("title", _("title: a few words"))):
        if key not in values and key not in meant:
            report.add((opening, 1), "T105", _("{key} is missing").format(key=quoted(key)), expected)
    return front


def _is_fence(source: Source, line: int) -> bool:
    return source.lines[line - 1].rstrip() == "---"


def _pairs(lines: Sequence[str], above: int) -> list[tuple[Text, yaml.Node]]:
    """Read texts and lists of texts; everything else that YAML can do is refused."""
    # With the lines that stand above, so that YAML's places are those of the file.
    text = "\n" * above + "\n".join(lines)
    if len(text) - above > _MOST_CHARACTERS:
        raise _Refused((above, 1), "T108", _("the front matter is too long"), _("a few lines 'key: value'"))
    try:
        _refuse_the_clever(text)
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        is_unclosed = "quoted scalar" in (error.context or "")
        mark = (error.context_mark if is_unclosed else error.problem_mark) or error.context_mark
        place = (above, 1)
        if mark is not None:
            place = mark.line + 1, mark.column + 1
        expected = _("'key: value' lines; put a value that holds ': ' or ' #' between quotes")
        if is_unclosed:
            expected = _("the same quote again at the end of the value")
        raise _Refused(place, "T101", _("the front matter can't be read as YAML"), expected) from error
    except (yaml.YAMLError, ValueError) as error:
        expected = _("'key: value' lines")
        raise _Refused((above, 1), "T101", _("the front matter can't be read as YAML"), expected) from error
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise _Refused(_place(root), "T101", _("no 'key: value' lines"), "title: …")
    return [(_text(key), value) for key, value in root.value]


def _known(pairs: list[tuple[Text, yaml.Node]], report: Report) -> tuple[dict[str, yaml.Node], set[str]]:
    """Keep what has a known key; gives also the keys that were probably meant by unknown ones."""
    values: dict[str, yaml.Node] = {}
    meant: set[str] = set()
    for key, value in pairs:
        if key.text not in {*KEYS, OLD_KEY}:
            report.add(
                key.place,
                "T102",
                _("unknown key {key}").format(key=quoted(key.text)) + guess(key.text, KEYS),
                ", ".join(KEYS),
            )
            meant.add(nearest(key.text, KEYS))
        elif key.text in values:
            report.add(key.place, "T107", _("{key} stands here twice").format(key=quoted(key.text)), _("once"))
        else:
            values[key.text] = value
    return values, meant


def _refuse_the_clever(text: str) -> None:
    """Refuse aliases, anchors, tags, depth and second documents, before anything is built of them."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        place = _place(event)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Refused(place, "T101", _("a second document in the front matter"), _("one only"))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.NodeEvent):
            # A bare `!` in front of a value is a tag too, though it changes nothing.
            if event.anchor or getattr(event, "tag", None):
                message = _("an alias, an anchor or a tag")
                raise _Refused(place, "T106", message, _("the value itself, between quotes if it begins like one"))
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEEPEST:
                    message = _("nested deeper than {n}").format(n=_DEEPEST)
                    raise _Refused(place, "T004", message, _("texts, and lists of texts"))


def _text(node: yaml.Node) -> Text:
    value = node.value if isinstance(node, yaml.ScalarNode) else ""
    return Text(clean(value, _MOST_CHARACTERS), *_place(node))


def _place(at: yaml.Event | yaml.Node) -> tuple[int, int]:
    return (at.start_mark.line + 1, at.start_mark.column + 1) if at.start_mark else (1, 1)


def _fill(front: FrontMatter, values: dict[str, yaml.Node], report: Report) -> None:
    """Validate each setting and keep the valid ones."""

    def one(key: str, fits: Callable[[str], object], expected: str) -> str:
        if key not in values:
            return ""
        text = _text(values[key])
        if text.text and fits(text.text):
            return text.text
        message = _("{key} can't be {value}").format(key=key, value=quoted(text.text))
        report.add(text.place, "T104", message, expected)
        return ""

    def several(key: str, expected: str) -> tuple[Text, ...]:
        if key not in values:
            return ()
        node = values[key]
        texts = [_text(each) for each in node.value] if isinstance(node, yaml.SequenceNode) else []
        known: set[str] = set()
        for text in texts:
            if not text.text or text.text in known:
                what = quoted(text.text) if text.text else _("something that is not a text")
                report.add(text.place, "T104", _("{key} can't hold {value}").format(key=key, value=what), expected)
            known.add(text.text)
        if not texts:
            report.add(_place(node), "T104", _("{key} is not a list").format(key=key), expected)
        return tuple(text for text in texts if text.text)

    said = one("language", _LANGUAGE.fullmatch, _known_languages())
    # The tag of a language, without the country that may stand after it.
    language = known_language(said) or said.partition("-")[0].casefold() or ENGLISH
    if language not in languages():
        message = _("tisu has no {language} of its own, so what it says itself is in English")
        report.warn(_place(values["language"]), "W522", message.format(language=quoted(said)), _known_languages())
    if OLD_KEY in values:
        report.warn(_place(values[OLD_KEY]), "W516", *careful_instead())
    days = one("delete-after", lambda text: _NUMBER.fullmatch(text) and int(text), _("a number of days, like 90"))
    front.support = several("support", _("a list of texts, each once, between quotes where they hold ': '"))
    front.workshop = Workshop(
        source="",
        name="",
        title=one("title", bool, _("title: a few words")),
        language=language,
        summary=one("summary", bool, _("summary: a sentence")),
        people=_group_size(one("people", _group_size, _("people: 5-16"))),
        tags=tuple(each.text for each in several("tags", _("tags: [wellbeing, leadership], each once"))),
        voices=tuple(each.text for each in several("voices", _("voices: [leader, staff], each once"))),
        support=tuple(each.text for each in front.support),
        delete_after=int(days or 0),
        careful=one("careful", {"yes", "no"}.__contains__, _("careful: yes")) == "yes",
        trend_numbers=one("trend", {"words", "numbers"}.__contains__, _("trend: numbers")) == "numbers",
    )


def _known_languages() -> str:
    """Give the languages that can be asked for, as an example."""
    return _("`language: {tags}`").format(tags=_(" or ").join(languages()))


def _group_size(text: str) -> GroupSize | None:
    found = _PEOPLE.fullmatch(text)
    least = int(found[1]) if found else 0
    most = int(found[2] or least) if found else 0
    return GroupSize(least, most) if 1 <= least <= most <= 1000 else None


def careful_instead() -> tuple[str, str]:
    """Explain that there is no floor any more, and suggest the probable intention."""
    return _("there is no floor any more, as it hid no small number"), _("`careful: yes` at the top of the file")


def _is_our_version(pairs: list[tuple[Text, yaml.Node]], report: Report) -> bool:
    """Look at the version; a newer file may mean anything, so nothing else is said about it."""
    version = next((_text(value) for key, value in pairs if key.text == "tisu"), None)
    if version is None or version.text == str(FORMAT):
        return True
    newer = bool(_NUMBER.fullmatch(version.text)) and int(version.text) > FORMAT
    message = (
        _("this file is of version {version}, and this tisu reads version {known}")
        if newer
        else _("{version} is not a version; this tisu reads version {known}")
    ).format(version=version.text if newer else quoted(version.text), known=FORMAT)
    expected = _("a newer tisu, or `tisu: {known}`").format(known=FORMAT) if newer else f"tisu: {FORMAT}"
    report.add(version.place, "T103", message, expected)
    return not newer
