"""The settings line of a step: its kind, then settings in any order, all of them code spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from tisu_tui.activities import kinds
from tisu_tui.core.activity import Tier
from tisu_tui.core.did_you_mean import guess, nearest
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import Right, Sheet
from tisu_tui.workshop.front_matter import careful_instead
from tisu_tui.workshop.markdown import Node
from tisu_tui.workshop.minutes import MOST_MINUTES, read_minutes
from tisu_tui.workshop.source import Report, Source, Text

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,61}")
FLAGS = ("by voice", "sureness", "random order", "twice", "visible")
FIGURES = ("window",)
"""The figures that a step may be drawn as, where its kind does not say."""
_OLD = re.compile(r"floor [0-9]{1,6}")
"""A setting that files of earlier versions may have: it does nothing, and says so."""
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_BETWEEN = re.compile(r"[\s,;·]*")
_QUOTES = "'\"‘’‚‛“”„´`"
_ENDS_A_SENTENCE = (".", "!", "?", ":", "…")
_LONGEST_LINE = 100


@dataclass(frozen=True, slots=True)
class _Setting:
    """One setting: its name in problems, and the words that it is, or opens with.

    What follows the opening looks like the `example`, and is read where it has the `form`.
    """

    name: str
    opening: str
    example: str = ""
    form: str = r"(\S.*)"
    of_a_kind: bool = False
    """Whether only some kinds take it."""

    @property
    def word(self) -> str:
        """How it is written, for instance."""
        return f"{self.opening} {self.example}".strip()

    def said_in(self, text: str) -> str | None:
        """Return what stands behind the opening of such a setting; `None` for any other text."""
        if not self.example:
            return "" if text == self.opening else None
        found = re.fullmatch(f"{self.opening} {self.form}", text)
        return found[1] if found else None


_MINUTES = _Setting("min", "", "5 min")
SETTINGS = (
    *(_Setting("tier", each.value) for each in Tier),
    *(_Setting("right", each.value) for each in Right if each is not Right.WE_ADVISE),
    *(_Setting(each, each, of_a_kind=True) for each in FLAGS),
    _MINUTES,
    _Setting("id", "id", "name"),
    _Setting("from", "from", "id", of_a_kind=True),
    _Setting("again", "again", "id"),
    _Setting("quorum", "quorum", "2/3", r"([0-9]{1,6}/[0-9]{1,6})", of_a_kind=True),
    _Setting("figure", "figure", "window", of_a_kind=True),
    _Setting("right", Right.WE_ADVISE.value, "who"),
    _Setting("page", "page", "title"),
    _Setting("page", "checklist", "title"),
    _Setting("of", "of", "@who", r"@(\S.*)", of_a_kind=True),
)


@dataclass(slots=True)
class Settings:
    """What the settings line of a step says; `said` has each setting as it is written, by its name."""

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
    said: dict[str, Text] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the kind; a step that names none is talk."""
        return self.kind.text if self.kind else "talk"

    @property
    def of_a_kind(self) -> frozenset[str]:
        """The settings that only some kinds take."""
        return frozenset(setting.name for setting in SETTINGS if setting.of_a_kind and setting.name in self.said)


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
    return _is_kind(spans[0].text) or _find(spans[0].text) is not None or bool(_OLD.fullmatch(spans[0].text))


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
        first = span.text.partition(" ")[0]
        if found := _find(span.text):
            _read_setting(settings, *found, span, report)
        elif _OLD.fullmatch(span.text):
            report.warn(span.place, "W516", *careful_instead())
        elif example := next(
            (setting.word for setting in SETTINGS if setting.example and setting.opening == first), ""
        ):
            _wrong(span, report, f"`{example}`")
        elif number == 0 and not names_a_kind:
            message = _("unknown kind {kind}").format(kind=quoted(span.text))
            # A kind may stand before words of its own: `choose up to 3`.
            message += guess(span.text, kinds()) or guess(first, kinds())
            report.add(span.place, "T300", message, ", ".join(sorted(kinds())))
            settings.is_sound = False
        else:
            known = _known(span.text)
            message = _("unknown setting {setting}").format(setting=quoted(span.text)) + guess(span.text, known)
            near = nearest(span.text, known)
            meant = [near] if near else [setting.word for setting in SETTINGS]
            report.add(span.place, "T304", message, ", ".join(f"`{each}`" for each in meant))
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
    known = [*(setting.word for setting in SETTINGS if not setting.example), *kinds()]
    if rest:
        words = (setting.opening for setting in SETTINGS if setting.example and setting.opening)
        # What follows is the writer's own, and is like itself behind any word.
        known += [f"{each} {rest}" for each in words if nearest(word, [each])]
    return known


def _find(text: str) -> tuple[_Setting, str] | None:
    """Find which setting is written, and what it says behind its opening."""
    if read_minutes(text) is not None:
        return _MINUTES, text
    return next(((setting, said) for setting in SETTINGS if (said := setting.said_in(text)) is not None), None)


def _read_setting(settings: Settings, own: _Setting, said: str, span: Text, report: Report) -> None:
    """Read one setting; of two that have one name, the second is a problem and changes nothing."""
    before = settings.said.setdefault(own.name, span)
    if before is span:
        _take(settings, own, said, span, report)
    elif before.text != span.text and own.name in {"tier", "right"}:
        is_tier = own.name == "tier"
        expected = _("one place where answers are kept") if is_tier else _("one way to say who decides")
        message = _("{one} and {other}").format(one=quoted(before.text), other=quoted(span.text))
        report.add(span.place, "T306", message, expected)
    else:
        report.add(span.place, "T305", _("{name} stands here twice").format(name=quoted(own.name)), _("once"))


def _wrong(span: Text, report: Report, expected: str) -> None:
    report.add(span.place, "T302", _("{setting} can't be").format(setting=quoted(span.text)), expected)


def _take(settings: Settings, own: _Setting, said: str, span: Text, report: Report) -> None:
    """Take over what a setting says, or report that it can't be."""
    match own.name:
        case "tier":
            settings.tier = Tier(own.opening)
        case "right":
            settings.right, settings.advises = Right(own.opening), clean(said, 100)
        case "min":
            minutes = read_minutes(said) or 0
            if 1 <= minutes <= MOST_MINUTES:
                settings.minutes = minutes
            else:
                _wrong(span, report, _("from 1 to 480 minutes"))
        case "id":
            settings.id = said
            if not ID.fullmatch(said):
                _wrong(span, report, _("letters, numbers, '-', '_' and '.', like `id first-round`"))
        case "from":
            settings.from_id = said
        case "again":
            settings.again_id = said
        case "quorum":
            part, whole = map(int, said.split("/"))
            if 1 <= part <= whole <= 99:
                settings.quorum = f"{part}/{whole}"
            else:
                _wrong(span, report, _("a part of the people present, like `quorum 2/3`"))
        case "figure" if said in FIGURES:
            settings.figure = said
        case "figure":
            message = _("unknown figure {figure}").format(figure=quoted(said)) + guess(said, FIGURES)
            report.add(span.place, "T316", message, ", ".join(f"`figure {each}`" for each in FIGURES))
        case "page":
            settings.sheet = Sheet(clean(said, 100), boxes=own.opening == "checklist")
        case "of":
            settings.of = clean(said, 100)
        case flag if not own.example:
            settings.flags.add(flag)
        case name:
            raise AssertionError(f"nothing takes over what {name!r} says: it needs a case here")
