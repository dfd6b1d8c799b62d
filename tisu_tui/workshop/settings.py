"""The settings line of a step: its kind, then settings in any order, all of them code spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from tisu_tui.activities import kinds
from tisu_tui.core.activity import Tier
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import Right, Sheet
from tisu_tui.workshop.front_matter import Text, careful_instead
from tisu_tui.workshop.markdown import Node
from tisu_tui.workshop.minutes import MOST_MINUTES, read_minutes
from tisu_tui.workshop.problems import Report, guess, nearest, quoted
from tisu_tui.workshop.source import Source

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,61}")
FLAGS = ("by voice", "sureness", "random order", "twice", "visible")
FIGURES = ("window",)
"""The figures that a step may be drawn as, where its kind does not say."""
_OF_A_KIND = frozenset({*FLAGS, "quorum", "from", "figure", "of"})
_RIGHTS = {right.value: right for right in Right if right is not Right.WE_ADVISE}
_TIERS = {tier.value: tier for tier in Tier}
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_BETWEEN = re.compile(r"[\s,;·]*")
_EXAMPLES = (
    "5 min",
    "id name",
    "from id",
    "again id",
    "quorum 2/3",
    "figure window",
    "we advise who",
    "page title",
    "checklist title",
    "of @who",
)
_SETTINGS = (*_TIERS, *_RIGHTS, *FLAGS, *_EXAMPLES)
_WRITTEN_LIKE = {each.partition(" ")[0]: each for each in _EXAMPLES[4:] if not each.startswith("we ")}
_QUOTES = "'\"‘’‚‛“”„´`"
_ENDS_A_SENTENCE = (".", "!", "?", ":", "…")
_LONGEST_LINE = 100


@dataclass(slots=True)
class Settings:
    """What the settings line of a step says; `places` tells where each setting stands, by its first word."""

    kind: Text | None = None
    argument: str = ""
    is_sound: bool = True
    """Whether the kind is one, written as it should be, so that more can be said of the step."""
    minutes: int = 0
    id: str = ""
    tier: Tier | None = None
    from_id: str = ""
    again_id: str = ""
    right: Right | None = None
    advises: str = ""
    quorum: str = ""
    figure: str = ""
    of: str = ""
    sheet: Sheet | None = None
    flags: set[str] = field(default_factory=set)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the kind; a step that names none is talk."""
        return self.kind.text if self.kind else "talk"

    @property
    def of_a_kind(self) -> frozenset[str]:
        """The settings that only some kinds take."""
        return frozenset(self.places) & _OF_A_KIND


def code_spans(node: Node, source: Source) -> list[Text] | None:
    """List the code spans of a paragraph that is nothing else; `None` for any other block."""
    inline = node.children[0].inline if node.type == "paragraph" and node.children else []
    if not any(token.type == "code_inline" for token in inline):
        return None
    for token in inline:
        between = token.type in {"text", "text_special"} and _BETWEEN.fullmatch(token.content)
        if token.type not in {"code_inline", "softbreak", "hardbreak"} and not between:
            return None
    return list(_spans(node, source))


def starts_like_settings(node: Node) -> bool:
    """Tell a settings line that runs on into words, on the same line or on the next."""
    inline = node.children[0].inline if node.type == "paragraph" and node.children else []
    if not inline or inline[0].type != "code_inline" or not _is_kind(inline[0].content):
        return False
    line = list(takewhile(lambda token: token.type not in {"softbreak", "hardbreak"}, inline))
    is_all_code = all(token.type == "code_inline" or _BETWEEN.fullmatch(token.content) for token in line)
    is_two_spans = [token.type for token in line[:3] if token.content.strip()][:2] == ["code_inline"] * 2
    is_time = len(line) == 2 and read_minutes(line[1].content.strip(" ,;·")) is not None
    return is_all_code or is_two_spans or is_time


def looks_like_settings_in_words(node: Node, source: Source) -> bool:
    """Guess that a line is a settings line without its backticks: a kind between quotes, or with a time behind it."""
    line = source.lines[node.line - 1].strip()
    words = line.translate({ord(each): " " for each in f"{_QUOTES}*_,;"}).split()
    if node.type != "paragraph" or len(line) > _LONGEST_LINE or line.endswith(_ENDS_A_SENTENCE) or not words:
        return False
    has_time = any(read_minutes(" ".join(words[n : n + 2])) is not None for n in range(1, len(words)))
    is_quoted = line[0] in _QUOTES and line[-1] in _QUOTES
    return _is_kind(words[0].casefold()) and (has_time or is_quoted)


def looks_like_settings(spans: list[Text]) -> bool:
    """Tell a settings line from a paragraph of code by its first span."""
    return _is_kind(spans[0].text) or any(form(spans[0].text) for form, _read in _FORMS)


def _spans(node: Node, source: Source) -> Iterator[Text]:
    raw = "\n".join(source.lines[node.line - 1 : node.end - 1])
    for match in _SPAN.finditer(raw):
        before = raw[: match.start(2)]
        column = len(before) - (before.rfind("\n") + 1) + 1
        yield Text(" ".join(match[2].split()), node.line + before.count("\n"), column)


def _is_kind(text: str) -> bool:
    return text.partition(" ")[0] in kinds()


def read_settings(spans: list[Text], report: Report) -> Settings:
    """Read the code spans of a settings line."""
    settings = Settings()
    names_a_kind = any(_is_kind(span.text) for span in spans)
    for number, span in enumerate(spans):
        if _is_kind(span.text):
            _read_kind(settings, span, report, is_first=number == 0)
            continue
        match, read = next(((m, read) for form, read in _FORMS if (m := form(span.text))), (None, None))
        if match and read:
            read(settings, span, match, report)
        elif example := _WRITTEN_LIKE.get(span.text.partition(" ")[0]):
            _wrong(span, report, f"`{example}`")
        elif number == 0 and not names_a_kind:
            message = _("unknown kind {kind}").format(kind=quoted(span.text))
            # A kind may stand before words of its own: `choose up to 3`.
            meant = guess(span.text, kinds()) or guess(span.text.partition(" ")[0], kinds())
            report.add(span.place, "T300", message + meant, ", ".join(sorted(kinds())))
            settings.is_sound = False
        else:
            known = _known(span.text)
            message = _("unknown setting {setting}").format(setting=quoted(span.text)) + guess(span.text, known)
            near = nearest(span.text, known)
            report.add(span.place, "T304", message, ", ".join(f"`{each}`" for each in ([near] if near else _SETTINGS)))
    if settings.is_sound and not settings.kind and not settings.again_id:
        report.add(spans[0].place, "T309", _("no kind before the settings"), _("a kind first, like `talk`"))
        settings.is_sound = False
    return settings


def _read_kind(settings: Settings, span: Text, report: Report, *, is_first: bool) -> None:
    word, _space, argument = span.text.partition(" ")
    if settings.kind:
        message = _("{kind}: this step is already {first}")
        message = message.format(kind=quoted(span.text), first=quoted(settings.kind.text))
        report.add(span.place, "T303", message, _("one kind in each step"))
        settings.is_sound = False
        return
    if not is_first:
        report.add(span.place, "T309", _("the kind does not come first"), _("the kind, then the settings"))
    settings.kind = Text(word, span.line, span.column)
    settings.argument = argument


def _known(text: str) -> list[str]:
    """List what a setting may have meant to be, with the writer's own number or name in it."""
    if number := re.match(r"\d+", text):
        return [f"{number[0]} min"]
    word, _space, rest = text.partition(" ")
    known = [*_TIERS, *_RIGHTS, *FLAGS, *kinds()]
    if rest:
        words = (each.rpartition(" ")[0] for each in _EXAMPLES[1:])
        # What follows is the writer's own, and is like itself behind any word.
        known += [f"{each} {rest}" for each in words if nearest(word, [each])]
    return known


def _is_repeated(settings: Settings, name: str, span: Text, report: Report) -> bool:
    """Note where a setting stands; one that stands there twice is a problem and changes nothing."""
    if name not in settings.places:
        settings.places[name] = span.place
        return False
    report.add(span.place, "T305", _("{name} stands here twice").format(name=quoted(name)), _("once"))
    return True


def _wrong(span: Text, report: Report, expected: str) -> None:
    report.add(span.place, "T302", _("{setting} can't be").format(setting=quoted(span.text)), expected)


_Match = re.Match[str]


def _minutes(settings: Settings, span: Text, match: _Match, report: Report) -> None:
    if _is_repeated(settings, "min", span, report):
        return
    minutes = read_minutes(match[0]) or 0
    if 1 <= minutes <= MOST_MINUTES:
        settings.minutes = minutes
    else:
        _wrong(span, report, _("from 1 to 480 minutes"))


def _id(settings: Settings, span: Text, match: _Match, report: Report) -> None:
    if _is_repeated(settings, "id", span, report):
        return
    settings.id = match[1]
    if not ID.fullmatch(match[1]):
        _wrong(span, report, _("letters, numbers, '-', '_' and '.', like `id first-round`"))


def _tier(settings: Settings, span: Text, match: _Match, report: Report) -> None:
    tier = _TIERS[match[0]]
    if settings.tier and settings.tier is not tier:
        message = _("{one} and {other}").format(one=quoted(settings.tier.value), other=quoted(tier.value))
        report.add(span.place, "T306", message, _("one place where answers are kept"))
    elif not _is_repeated(settings, "tier", span, report):
        settings.tier = tier


def _floor(_settings: Settings, span: Text, _match: _Match, report: Report) -> None:
    report.warn(span.place, "W516", *careful_instead())


def _from(settings: Settings, span: Text, match: _Match, report: Report) -> None:
    if not _is_repeated(settings, "from", span, report):
        settings.from_id = match[1]


def _again(settings: Settings, span: Text, match: _Match, report: Report) -> None:
    if not _is_repeated(settings, "again", span, report):
        settings.again_id = match[1]


def _quorum(settings: Settings, span: Text, match: _Match, report: Report) -> None:
    if _is_repeated(settings, "quorum", span, report):
        return
    if 1 <= int(match[1]) <= int(match[2]) <= 99:
        settings.quorum = f"{int(match[1])}/{int(match[2])}"
    else:
        _wrong(span, report, _("a part of the people present, like `quorum 2/3`"))


def _figure(settings: Settings, span: Text, match: _Match, report: Report) -> None:
    if _is_repeated(settings, "figure", span, report):
        return
    if match[1] in FIGURES:
        settings.figure = match[1]
    else:
        message = _("unknown figure {figure}").format(figure=quoted(match[1])) + guess(match[1], FIGURES)
        report.add(span.place, "T316", message, ", ".join(f"`figure {each}`" for each in FIGURES))


def _right(settings: Settings, span: Text, match: _Match, report: Report) -> None:
    right = _RIGHTS.get(match[0], Right.WE_ADVISE)
    if settings.right and settings.right is not right:
        message = _("{one} and {other}").format(one=quoted(settings.right.value), other=quoted(right.value))
        report.add(span.place, "T306", message, _("one way to say who decides"))
    elif not _is_repeated(settings, "right", span, report):
        settings.right = right
        settings.advises = clean(match[1], 100) if right is Right.WE_ADVISE else ""


def _sheet(settings: Settings, span: Text, match: _Match, report: Report) -> None:
    if not _is_repeated(settings, "page", span, report):
        settings.sheet = Sheet(clean(match[2], 100), boxes=match[1] == "checklist")


def _of(settings: Settings, span: Text, match: _Match, report: Report) -> None:
    if not _is_repeated(settings, "of", span, report):
        settings.of = clean(match[1], 100)


def _flag(settings: Settings, span: Text, match: _Match, report: Report) -> None:
    if not _is_repeated(settings, match[0], span, report):
        settings.flags.add(match[0])


def _words(*texts: str) -> Callable[[str], _Match | None]:
    return re.compile("|".join(map(re.escape, texts))).fullmatch


def _time(text: str) -> _Match | None:
    return re.fullmatch(r".+", text) if read_minutes(text) is not None else None


_FORMS: tuple[tuple[Callable[[str], _Match | None], Callable[[Settings, Text, _Match, Report], None]], ...] = (
    (_time, _minutes),
    (re.compile(r"id (\S.*)").fullmatch, _id),
    (_words(*_TIERS), _tier),
    (re.compile(r"floor ([0-9]{1,6})").fullmatch, _floor),
    (re.compile(r"from (\S.*)").fullmatch, _from),
    (re.compile(r"again (\S.*)").fullmatch, _again),
    (re.compile(r"quorum ([0-9]{1,6})/([0-9]{1,6})").fullmatch, _quorum),
    (re.compile(r"figure (\S.*)").fullmatch, _figure),
    (_words(*_RIGHTS), _right),
    (re.compile(r"we advise (\S.*)").fullmatch, _right),
    (re.compile(r"(page|checklist) (\S.*)").fullmatch, _sheet),
    (re.compile(r"of @(\S.*)").fullmatch, _of),
    (_words(*FLAGS), _flag),
)
