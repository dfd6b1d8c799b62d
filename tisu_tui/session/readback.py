"""The notes as the group reads them before they are sealed, each line that may be changed with its number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tisu_tui.core.activity import Given
from tisu_tui.core.days import in_words
from tisu_tui.core.form import Option, Write
from tisu_tui.core.later import Status, status_label
from tisu_tui.core.promise_lines import owners
from tisu_tui.core.record_lines import reworded
from tisu_tui.core.records import OF_REQUESTS, Kept, RecordKind, due_words, to_do_words
from tisu_tui.core.released import renamed
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import later, speaking
from tisu_tui.session.session import Fate, Round, Session, asked_option
from tisu_tui.session.workshop import Step

_HEADINGS = {
    RecordKind.DECISION: later("What we decided"),
    RecordKind.SEND_BACK: later("Sent back by leaders"),
    RecordKind.CONCERN: later("Concerns and replies"),
    RecordKind.TELL: later("Who will be told"),
    RecordKind.ACTION: later("Actions"),
    RecordKind.ASK: later("Asks to senior management"),
    RecordKind.ANSWER: later("Answers to what we asked"),
    RecordKind.REASK: later("Asked again"),
    RecordKind.PARK: later("Parked"),
}
ORDER = tuple(_HEADINGS)
"""What is read out first: decisions with what belongs to them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as everybody reads it; a heading has no number."""

    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Noted:
    """One numbered line with what is done to it, for the room alone: what it rewrites holds words not yet kept."""

    key: str
    """What it is known by for as long as it stands as it is, in every language."""
    group: tuple[int, str]
    """Where its heading comes, and what it says."""
    text: str
    change: Callable[[str], Session]
    """Gives the session with it in other words, or with none struck; ValueError says why not."""
    is_record: bool = False
    """Whether it is the group's own, made aloud, and not what one person said or wrote."""
    record: str = ""
    """The id of the record that it is, where it is one."""


def heading(kind: RecordKind) -> str:
    """Name a group of records."""
    return _HEADINGS[kind].said()


def record_words(record: Kept) -> str:
    """Say a record in one line: what, who, by when."""
    if record.kind in OF_REQUESTS:
        return _of_request(record)
    owner = f" — {owners(record.owner)}" if record.owner else ""
    due = f", {to_do_words(record.kind).format(date=in_words(record.due))}" if record.due else ""
    seen = _("; people will see it") if record.visible else ""
    return f"{record.text}{owner}{due}{seen}"


def _of_request(record: Kept) -> str:
    """State an answer to a request, or that it is asked again."""
    status = status_label(Status(record.status)) if record.status else _("asked again")
    said = f"{status}: {record.text}" if record.text else status
    due = f", {due_words(record.kind).format(date=in_words(record.due))}" if record.due else ""
    return f"{record.asked} — {said}{due}"


def announced(record: Kept) -> str:
    """Say a record as news; what is no action, decision, ask or item to park says what it is."""
    words = record_words(record)
    if record.kind in {RecordKind.SEND_BACK, RecordKind.CONCERN, RecordKind.TELL}:
        return f"{heading(record.kind)}: {words}"
    return words


def reading(session: Session, decided: Sequence[tuple[str, Container[str]]] = ()) -> tuple[Line, ...]:
    """List what the notes will say in people's own words, to be read and struck together.

    `decided` are the decisions that stand, each in a sentence, with the ids of the reasons that were written down for
    it. Nobody can strike a sentence, so it has no number; but a reason says little without it.
    """
    numbered = [*enumerate(noted(session), 1)]
    result = _decided(numbered, decided)
    said = {line.number for line in result}
    left = (each for each in numbered if each[0] not in said)
    for (place, title), lines in groupby(left, key=lambda each: each[1].group):
        # Decisions that were written down by themselves come first, under the heading that is there already.
        is_there = decided and place == -len(ORDER)
        result += [] if is_there else [Line(title)]
        result += (Line(line.text, number) for number, line in lines)
    return tuple(result)


def _decided(numbered: Sequence[tuple[int, Noted]], decided: Sequence[tuple[str, Container[str]]]) -> list[Line]:
    result = [Line(heading(RecordKind.DECISION))] if decided else []
    for sentence, reasons in decided:
        result.append(Line(sentence))
        result += (Line(line.text, number) for number, line in numbered if line.record and line.record in reasons)
    return result


def noted(session: Session) -> tuple[Noted, ...]:
    """List the lines of the notes in the order of their numbers, the first of which is 1."""
    return (*_records(session), *_words(session))


def _records(session: Session) -> Iterator[Noted]:
    today, instead = dt.date.fromisoformat(session.date), _instead(session)
    for record in sorted(session.records, key=lambda each: ORDER.index(each.kind)):
        group = (ORDER.index(record.kind) - len(ORDER), heading(record.kind))

        def change(text: str, record: Kept = record) -> Session:
            at = session.records.index(record)
            now = (reworded(record, text, today),) if text else ()
            # Where a request was answered, what was asked is said again.
            asked = asked_option(session.id, now[0] if now else replace(record, text=instead, owner=""))
            records = tuple(
                replace(each, asked=asked.name) if each.request == asked.id else each
                for each in (*session.records[:at], *now, *session.records[at + 1 :])
            )

            def put(options: tuple[Option, ...]) -> tuple[Option, ...]:
                return tuple(asked if each.id == asked.id else each for each in options)

            rounds = tuple(replace(round_, options=put(round_.options)) for round_ in session.rounds)
            prepared = tuple((step, put(options)) for step, options in session.prepared)
            return _changed(replace(session, records=records, rounds=rounds, prepared=prepared), text)

        words = record_words(record)
        is_own = record.kind is not RecordKind.CONCERN
        as_it_stands = f"{record.text} {record.owner} {record.due} {record.status}"
        yield Noted(f"record {record.id} {as_it_stands}", group, words, change, is_own, record.id)


def _instead(session: Session) -> str:
    """Say what stands among options, and before an answer, whoever strikes the line."""
    with speaking(session.workshop.language):
        return _("A line that was taken out")


_Reworded = Callable[[str], Round]
"""Gives a round with one of its lines in other words, or with none struck."""
_Part = tuple[str, str, _Reworded]
"""What sort of line it is, what it says, and what gives its round with it in other words."""


def _words(session: Session) -> Iterator[Noted]:
    instead = _instead(session)
    for at, round_ in enumerate(session.rounds):
        if round_.closed is None:
            continue
        step = next(step for step in session.workshop.steps if step.id == round_.step)
        group = (at, step.title)
        for part, text, round_with in (*_themes(round_), *_kept(round_), *_typed(step, round_)):

            def change(now: str, at: int = at, was: str = text, round_with: _Reworded = round_with) -> Session:
                return _changed(_rewritten(session, at, round_with(now), was, now or instead), now)

            yield Noted(f"{at} {part} {text}", group, text, change)


def _rewritten(session: Session, at: int, new: Round, was: str, now: str) -> Session:
    # Where people chose between lines, the line is an option too: its count stays, and its words go.
    rounds = tuple(
        replace(
            round_, options=renamed(round_.options, was, now), closed=round_.closed and round_.closed.renamed(was, now)
        )
        for round_ in (*session.rounds[:at], new, *session.rounds[at + 1 :])
    )
    prepared = tuple((step, renamed(options, was, now)) for step, options in session.prepared)
    return replace(session, rounds=rounds, prepared=prepared)


def _changed(session: Session, text: str) -> Session:
    """Count a line that was put in other words, or with none struck."""
    return replace(session, struck=session.struck + (not text), softened=session.softened + bool(text))


def _themes(each: Round) -> Iterator[_Part]:
    for n, theme in enumerate(each.themes):

        def change(text: str, n: int = n) -> Round:
            was = each.themes[n]
            themes = each.themes[:n] + ((replace(was, name=text),) if text else ()) + each.themes[n + 1 :]
            held = tuple(replace(line, theme=text) if line.theme == was.name else line for line in each.held)
            return replace(each, themes=themes, held=held)

        yield "theme", theme.name, change


def _kept(each: Round) -> Iterator[_Part]:
    for n, line in enumerate(each.held):

        def change(text: str, n: int = n) -> Round:
            # Its place stays: themes know lines by their numbers.
            line = replace(each.held[n], text=text, fate=Fate.KEPT if text else Fate.STRUCK)
            return replace(each, held=(*each.held[:n], line, *each.held[n + 1 :]))

        if line.fate is Fate.KEPT:
            yield "words", line.text, change


def _typed(step: Step, each: Round) -> Iterator[_Part]:
    form = step.activity.form(Given(each.options, each.number), Size(each.people))
    for place, (name, texts) in enumerate(each.entries):
        for n, line in enumerate(texts if isinstance(form.field(name), Write) else ()):

            def change(text: str, n: int = n, place: int = place) -> Round:
                name, texts = each.entries[place]
                left = (name, texts[:n] + ((text,) if text else ()) + texts[n + 1 :])
                return replace(each, entries=(*each.entries[:place], left, *each.entries[place + 1 :]))

            yield name, line, change


def left_open_words() -> str:
    """Announce that the notes are not sealed, and the remaining options."""
    return _(
        "These notes stay open, so that we can think them over. Nothing is sealed. "
        "Until then, anyone may ask in private for a line to be softened or left out."
    )
