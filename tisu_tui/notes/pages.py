"""Pages of their own, for a wall or a folder: what some steps wrote down and no numbers, as Markdown and as a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from math import ceil

from tisu_tui.core.days import in_words
from tisu_tui.core.records import Kept
from tisu_tui.core.scripts import slug
from tisu_tui.core.shown import Part
from tisu_tui.core.text import wrap
from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.drawing import A4, sheet
from tisu_tui.notes.escaping import front, plain, words, yaml
from tisu_tui.notes.told import lists
from tisu_tui.session.decisions import decisions
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Step

FORMAT = 1
"""The version of the pages' format, in their front matter under `tisu-page`."""

PRINTED = (
    "papersize: a4",
    "geometry: margin=2cm",
    "fontsize: 10pt",
    "linestretch: 1.1",
    "maxwidth: 46em",
    "margin-top: 0",
    "margin-bottom: 0",
    "margin-left: 0",
    "margin-right: 0",
)
"""Flat lines of a front matter that pandoc knows, for what it makes by way of HTML and of LaTeX."""

_LETTERS, _LINES = 95, 56
"""How many letters stand on a line, and lines on a page, as it is printed."""

_WIDTH, _HEIGHT = A4
# What most printers can't reach, and some air.
_EDGE = 64
_LARGEST, _SMALLEST = 44, 13
# How wide a letter is on average, for wide fonts; letters are measured by no one before they are drawn.
_EM = 0.56
_LEADING = 1.32
_STYLE = (
    "text{font-family:system-ui,-apple-system,'Segoe UI',sans-serif;fill:#1b1b1b}"
    ".h{font-weight:700}.q{fill:#44494d}.r{fill:#fff}.o{fill:none;stroke:#1b1b1b;stroke-width:1.5}"
)


@dataclass(frozen=True, slots=True)
class HandoutSection:
    """What one step put on a page; `title` is empty where it is the only one."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Handout:
    """One page: `about` says where it is from; with `boxes`, each line can be ticked with a pen."""

    title: str
    about: str
    sections: tuple[HandoutSection, ...]
    boxes: bool = False

    @property
    def name(self) -> str:
        """The base name of its files, distinct from any picture's."""
        return f"page-{slug(self.title)}"

    @property
    def again(self) -> str:
        """A line to be filled in with a pen: what nobody looks at again is a decoration."""
        return _("We look at this again on:") + " " + "." * 30


def pages(session: Session) -> tuple[Handout, ...]:
    """Give the pages of a session that has ended, in the order of its agenda; one with nothing on it is none."""
    if not session.is_ended:
        return ()
    together: dict[str, list[Step]] = {}
    for step in session.workshop.steps:
        if step.sheet:
            together.setdefault(step.sheet.title, []).append(step)
    made = (_page(session, title, steps) for title, steps in together.items())
    return tuple(
        handout for handout in made if any(part.lines for section in handout.sections for part in section.parts)
    )


def _page(session: Session, title: str, steps: list[Step]) -> Handout:
    sections = [HandoutSection(step.title, parts) for step in steps if (parts := _parts(session, step))]
    if len(sections) == 1:
        sections = [HandoutSection("", sections[0].parts)]
    boxes = any(step.sheet.boxes for step in steps if step.sheet)
    return Handout(title, _about(session, steps), tuple(sections), boxes)


def _about(session: Session, steps: list[Step]) -> str:
    """Describe a page's origin and the conditions for displaying it."""
    if session.rehearsal:
        return _("This was a rehearsal. Nobody said or decided this.")
    votes = {decision.step.counts_as: decision for decision in decisions(session)}
    asked = [step.counts_as for step in steps if type(step.activity).is_vote]
    if not all(name in votes and votes[name].stands for name in asked):
        return _("A draft of {date}. It is not agreed yet.").format(date=in_words(session.date))
    if asked:
        return _("Agreed by the group on {date}.").format(date=in_words(session.date))
    return _("Written together on {date}.").format(date=in_words(session.date))


def _parts(session: Session, step: Step) -> tuple[Part, ...]:
    if kinds := lists(step):
        lines = tuple(_promise(record) for record in session.records if record.kind in kinds)
        return (Part("", lines),) if lines else ()
    rounds = session.rounds_of(step)
    return tuple(step.activity.page(rounds[-1])) if rounds else ()


def _promise(record: Kept) -> str:
    due = _("by {date}").format(date=in_words(record.due)) if record.due else ""
    told = ", ".join(filter(None, (record.owner.replace("-", " "), due)))
    return f"{record.text} ({told})" if told else record.text


def written(page: Handout, session: Session) -> bytes:
    """Write a page as Markdown."""
    return ("\n\n".join(_blocks(page, session)) + "\n").encode()


def _blocks(page: Handout, session: Session) -> Iterator[str]:
    yield front(
        f"date: {session.date}",
        "tags: [tisu, page]",
        f"tisu-page: {FORMAT}",
        f"tisu-session: {yaml(session.id)}",
        "status: sealed",
        *PRINTED,
    )
    yield f"# {words(page.title)}"
    yield f"*{page.about}*"
    for section in page.sections:
        if section.title:
            yield f"## {words(section.title)}"
        for part in section.parts:
            if part.heading:
                yield f"{'###' if section.title else '##'} {words(part.heading)}"
            box = "[ ] " if page.boxes else ""
            yield "\n".join(f"- {box}{words(line)}" for line in part.lines) or f"*{nothing_yet()}*"
    yield page.again


def nothing_yet() -> str:
    """Mark a heading as still empty."""
    return _("Nothing yet.")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of words: its size, its style, how far it is set in, the space above, and what stands before it."""

    text: str
    size: float
    style: str = ""
    indent: float = 0.0
    above: float = 0.0
    mark: str = ""


def poster(page: Handout) -> bytes | None:
    """Draw a page as one sheet; `None` where its words would not fit in letters that can be read."""
    for size in range(_LARGEST, _SMALLEST - 1, -1):
        lines = list(_lines(page, size))
        if sum(line.above + line.size * _LEADING for line in lines) <= _HEIGHT - 2 * _EDGE:
            return _drawn(page, lines)
    return None


def _lines(page: Handout, size: int) -> Iterator[_Line]:
    yield from _broken(page.title, size * 1.5, "h")
    small = max(_SMALLEST, size * 0.6)
    yield from _broken(page.about, small, "q", above=small * 0.3)
    for section in page.sections:
        if section.title:
            yield from _broken(section.title, size * 1.2, "h", above=size * 0.9)
        for part in section.parts:
            if part.heading:
                yield from _broken(part.heading, size, "h", above=size * 0.7)
            for line in part.lines:
                mark = "box" if page.boxes else "dot"
                yield from _broken(line, size, indent=size * 1.1, above=size * 0.3, mark=mark)
            if not part.lines:
                yield from _broken(nothing_yet(), size, "q", indent=size * 1.1, above=size * 0.3)
    yield from _broken(page.again, small, "q", above=size)


def _broken(
    text: str, size: float, style: str = "", *, indent: float = 0.0, above: float = 0.0, mark: str = ""
) -> Iterator[_Line]:
    for n, line in enumerate(wrap(plain(text), int((_WIDTH - 2 * _EDGE - indent) / (size * _EM)))):
        yield _Line(line, size, style, indent, 0.0 if n else above, "" if n else mark)


def _drawn(page: Handout, lines: list[_Line]) -> bytes:
    marks: list[str] = []
    y = float(_EDGE)
    for line in lines:
        y += line.above
        base = y + line.size
        if line.mark == "box":
            side = line.size * 0.7
            marks.append(f'<rect class="o" x="{_EDGE}" y="{base - side:.1f}" width="{side:.1f}" height="{side:.1f}"/>')
        elif line.mark:
            x, middle, radius = _EDGE + line.size * 0.35, base - line.size * 0.33, line.size * 0.12
            marks.append(f'<circle cx="{x:.1f}" cy="{middle:.1f}" r="{radius:.1f}"/>')
        kind = f' class="{line.style}"' if line.style else ""
        place = f'x="{_EDGE + line.indent:.1f}" y="{base:.1f}" font-size="{line.size:g}"'
        marks.append(f"<text{kind} {place}>{escape(line.text)}</text>")
        y += line.size * _LEADING
    return sheet(page.title, marks, page.name, _STYLE)


def pages_of(content: bytes) -> int:
    """Guess how many pages something takes in print."""
    text = content.decode().split("---\n", 2)[-1]
    lines = sum(max(1, ceil(len(line) / _LETTERS)) for line in text.rstrip("\n").split("\n"))
    return ceil(lines / _LINES)
