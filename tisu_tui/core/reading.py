"""The notes as the group reads them before they are sealed, each line that may be struck with its number."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _

from tisu_tui.core.activity import Given
from tisu_tui.core.events import Event, Rewritten, Unrecorded
from tisu_tui.core.form import Write
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.session import Fate, Round, Session
from tisu_tui.core.size import Size
from tisu_tui.core.workshop import Step

_ORDER = (
    RecordKind.DECISION,
    RecordKind.SEND_BACK,
    RecordKind.CONCERN,
    RecordKind.TELL,
    RecordKind.ACTION,
    RecordKind.ASK,
    RecordKind.PARK,
)
"""What is read out first: decisions with what belongs to them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a heading has no number and nothing that strikes it."""

    text: str
    number: int = 0
    strikes: Event | None = None


def heading(kind: RecordKind) -> str:
    """Name a group of records."""
    match kind:
        case RecordKind.DECISION:
            return _("What we decided")
        case RecordKind.SEND_BACK:
            return _("Sent back by leaders")
        case RecordKind.CONCERN:
            return _("Concerns and replies")
        case RecordKind.TELL:
            return _("Who will be told")
        case RecordKind.ACTION:
            return _("Actions")
        case RecordKind.ASK:
            return _("Asks to senior management")
        case RecordKind.PARK:
            return _("Parked")


def record_words(record: Kept) -> str:
    """Say a record in one line: what, who, by when."""
    owner = f" — @{record.owner}" if record.owner else ""
    due = _(", due {date}").format(date=record.due) if record.due else ""
    return f"{record.text}{owner}{due}"


def announced(record: Kept) -> str:
    """Say a record as news; what is no action, decision, ask or item to park says what it is."""
    words = record_words(record)
    if record.kind in {RecordKind.SEND_BACK, RecordKind.CONCERN, RecordKind.TELL}:
        return f"{heading(record.kind)}: {words}"
    return words


def reading(session: Session) -> tuple[Line, ...]:
    """List what the notes will say in people's own words, to be read and struck together."""
    groups: list[tuple[str, list[tuple[str, Event]]]] = []
    for kind in _ORDER:
        made = [r for r in session.records if r.kind is kind]
        groups.append((heading(kind), [(record_words(r), Unrecorded(r.id)) for r in made]))
    for at, each in enumerate(session.rounds):
        if each.closed is None:
            continue
        step = next(step for step in session.workshop.steps if step.id == each.step)
        lines: list[tuple[str, Event]] = [
            (theme.name, Rewritten(at, themes=each.themes[:n] + each.themes[n + 1 :]))
            for n, theme in enumerate(each.themes)
        ]
        lines += [
            (line.text, Rewritten(at, held=each.held[:n] + each.held[n + 1 :]))
            for n, line in enumerate(each.held)
            if line.fate is Fate.KEPT
        ]
        lines += _typed(step, at, each)
        groups.append((step.title, lines))
    result: list[Line] = []
    number = 0
    for title, group in groups:
        if group:
            result.append(Line(title))
        for text, event in group:
            number += 1
            result.append(Line(text, number, event))
    return tuple(result)


def _typed(step: Step, at: int, each: Round) -> list[tuple[str, Event]]:
    form = step.activity.form(Given(each.options, each.number), Size(each.people, step.floor))
    lines: list[tuple[str, Event]] = []
    for place, (name, texts) in enumerate(each.entries):
        if isinstance(form.field(name), Write):
            for n, text in enumerate(texts):
                left = (name, texts[:n] + texts[n + 1 :])
                lines.append((text, Rewritten(at, entries=(*each.entries[:place], left, *each.entries[place + 1 :]))))
    return lines
