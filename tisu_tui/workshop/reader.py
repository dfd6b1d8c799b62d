"""Reading a workshop file: a Workshop, or everything that is wrong with it at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tisu_tui.core.activity import Problem
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import Workshop
from tisu_tui.workshop.advice import advise
from tisu_tui.workshop.front_matter import read_front_matter
from tisu_tui.workshop.markdown import blocks, parse
from tisu_tui.workshop.pictures import Find, check, shown
from tisu_tui.workshop.sections import cut
from tisu_tui.workshop.source import Report, open_text
from tisu_tui.workshop.steps import read_steps


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file; there is no workshop when there is any error."""

    workshop: Workshop | None
    problems: tuple[Problem, ...]


def read(text: bytes | str, name: str, today: date | None = None, find: Find | None = None) -> Reading:
    """Read a workshop file; with `today`, support contacts that were checked too long ago are warned of.

    `find` gives the pictures it names; without it they are words.
    """
    report = Report()
    workshop = _read(text, name, today, report, find)
    return Reading(None if report.has_errors else workshop, report.problems())


def _read(text: bytes | str, name: str, today: date | None, report: Report, find: Find | None) -> Workshop | None:
    source = open_text(text, report)
    front = read_front_matter(source, report) if source else None
    if source is None or front is None or front.newer:
        return None
    front.is_sound = not report.has_errors
    nodes = parse(source.below(front.end), report)
    if find:
        check(nodes, find, source, report)
    intro, sections = cut(nodes, source, report)
    drafts = read_steps(sections, front, source, report)
    if not drafts and not report.found("T204") and not report.found("T207"):
        report.add((1, 1), "T200", _("no steps"), _("at least one '## question'"))
    advise(front, drafts, source, today, report)
    steps = tuple(draft.step for draft in drafts if draft.step)
    if find:
        steps = tuple(
            replace(step, content_note=shown(step.content_note, find), body=shown(step.body, find)) for step in steps
        )
    return replace(
        front.workshop,
        source=source.text,
        name=name,
        intro=shown(blocks(intro.nodes), find) if find else blocks(intro.nodes),
        notes=tuple(intro.notes),
        steps=steps,
    )
