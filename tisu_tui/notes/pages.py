"""Pages of their own beside the notes, for a wall or a folder: what some steps wrote down, and no numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from tisu_tui.core.activity import Given
from tisu_tui.core.days import in_words
from tisu_tui.core.form import Write
from tisu_tui.core.records import Kept
from tisu_tui.core.shown import Part
from tisu_tui.core.size import FLOOR, Size
from tisu_tui.core.text import slug
from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.markdown import plain, words
from tisu_tui.notes.sheet_style import PRINTED
from tisu_tui.session.decisions import decisions
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Step

FORMAT = 1
"""The version of the pages' format, in their front matter under `tisu-page`."""


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
    return tuple(each for each in made if any(part.lines for section in each.sections for part in section.parts))


def _page(session: Session, title: str, steps: list[Step]) -> Handout:
    sections = [HandoutSection(each.title, parts) for each in steps if (parts := _parts(session, each))]
    if len(sections) == 1:
        sections = [HandoutSection("", sections[0].parts)]
    boxes = any(each.sheet.boxes for each in steps if each.sheet)
    return Handout(title, _about(session, steps), tuple(sections), boxes)


def _about(session: Session, steps: list[Step]) -> str:
    """Describe a page's origin and the conditions for displaying it."""
    if session.rehearsal:
        return _("This was a rehearsal. Nobody said or decided this.")
    votes = {each.step.counts_as: each for each in decisions(session)}
    asked = [each.counts_as for each in steps if type(each.activity).is_vote]
    if not all(name in votes and votes[name].stands for name in asked):
        return _("A draft of {date}. It is not agreed yet.").format(date=in_words(session.date))
    if asked:
        return _("Agreed by the group on {date}.").format(date=in_words(session.date))
    return _("Written together on {date}.").format(date=in_words(session.date))


def _parts(session: Session, step: Step) -> tuple[Part, ...]:
    fields = step.activity.form(Given(), Size(FLOOR)).fields
    lists = {each.record for each in fields if isinstance(each, Write) and each.record}
    if lists:
        lines = tuple(_promise(each) for each in session.records if each.kind.value in lists)
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
    head = (
        f"date: {session.date}",
        "tags: [tisu, page]",
        f"tisu-page: {FORMAT}",
        f"tisu-session: {json.dumps(plain(session.id))}",
        "status: sealed",
        *PRINTED,
    )
    yield "\n".join(("---", *head, "---"))
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
