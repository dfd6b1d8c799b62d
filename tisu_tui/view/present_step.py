"""How the present step stands in the room: its size, what it settles or asks aloud first, what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tisu_tui.core.activity import Tier
from tisu_tui.core.days import in_words
from tisu_tui.core.figure import BoardRow, Figure, Items, Picture, Rated, RecordBoard, Ruler, VerdictFigure, code
from tisu_tui.core.form import By, Option, Write
from tisu_tui.core.promise_lines import owners
from tisu_tui.core.records import Kept, RecordKind, due_words
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Quotes, Say, Shown
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _
from tisu_tui.privacy.roles import name
from tisu_tui.session.decisions import decisions, sent_back_words, written
from tisu_tui.session.readback import heading, record_words
from tisu_tui.session.session import Fate, Session, State
from tisu_tui.session.workshop import Step
from tisu_tui.view.live import Live
from tisu_tui.view.remarks import remarks

_FEWEST_LINES = 2
"""The fewest lines that two steps share, for one to stand beside the other."""
_MOST_NAMED = 3
"""The most lines that a headline names."""


def size_now(session: Session, live: Live) -> Size:
    """Give the size of the room: of the step that was opened, or as people are connected."""
    step, at = session.step, session.round
    return Size(at.people) if step and at else session.size(live.seats)


def unsettled_words(session: Session, step: Step) -> str:
    """Ask the group for what is still missing."""
    if not step.activity.takes_one:
        return _("There is nothing to choose from yet. What could we choose from? Say it aloud.")
    if session.options(step):
        return _("Which of these shall we be asked about? We talk about it, and choose one.")
    return _("There is no proposal yet. What shall we be asked about? Say it aloud.")


def offered(session: Session, step: Step) -> tuple[Option, ...]:
    """Give what could be put to the group, where there is a choice."""
    is_waiting = session.place.state is State.WAITING
    taken = session.taken(step) if step.activity.takes_one and is_waiting else ()
    return taken if len(taken) > 1 else ()


def came_of(session: Session, step: Step, size: Size) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """Return a step's results and what was said about them since, and again without what a figure can stand for."""
    rounds = session.rounds_of(step)
    here = [decision for decision in decisions(session) if decision.step.counts_as == step.counts_as]
    # Whoever reads “carried” has read before that it does not stand.
    back = [said for decision in here for said in sent_back_words(decision)]
    after = [*remarks(session, step, rounds), *(said for decision in here for said in written(decision))]
    aloud = [Say(words) for words in asked_aloud(session, size)]
    made = _made(session, step, size)
    quotes = [Quotes(heading(kind), tuple(map(record_words, each))) for kind, each in made.items() if each]
    told = [*back, *step.activity.describe(rounds), *after, *quotes]
    if made and not told:
        told = [Say(_("Nothing was written down."))]
    return (*told, *aloud), (*back, *after, *aloud)


def pictured(session: Session, step: Step, size: Size) -> Picture | None:
    """Draw what a step asks or is about or, once it is shown, what came of it."""
    if session.place.state is not State.SHOWN:
        asked = step.activity.picture(session.given(step), ())
        return asked or (_talked_about(session, step, size) if session.place.state is State.OPEN else None)
    rounds = session.rounds_of(step)
    if picture := step.activity.picture(session.given(step), rounds):
        return _beside_earlier(session, step, picture)
    records = [record for made in _made(session, step, size).values() for record in made]
    return Picture(board(records)) if records and not step.activity.describe(rounds) else None


def board(records: Sequence[Kept]) -> RecordBoard:
    """Make a board of records."""
    return RecordBoard(
        tuple(
            BoardRow(
                record.text,
                owners(record.owner),
                due_words(record.kind).format(date=in_words(record.due)) if record.due else "",
            )
            for record in records
        )
    )


def _talked_about(session: Session, step: Step, size: Size) -> Picture | None:
    """Find what a time to talk is about: the figure of the result before it or, of many rows, those that stand out."""
    form = step.activity.form(session.given(step), size)
    if form.fields or form.by is not By.NOBODY or step.activity.is_break:
        return None
    for earlier, rounds in _shown_before(session):
        found = earlier.activity.picture(session.given(earlier), rounds)
        is_drawn = found is not None and not isinstance(found.figure, VerdictFigure)
        return replace(found, figure=_standing_out(found.figure)) if found and is_drawn else None
    return None


def talked_about(picture: Picture | None) -> tuple[str, ...]:
    """Give the statements or choices that people talk about, in words."""
    match picture.figure if picture else None:
        case Ruler(rows=rows):
            return tuple(row.label for row in rows if row.label)
        case Items(items=items):
            return tuple(item.label for item in items)
        case _:
            return ()


def _standing_out(figure: Figure) -> Figure:
    if not isinstance(figure, Ruler):
        return figure
    rows = tuple(row for row in figure.rows if row.far or row.id in figure.marked)
    return replace(figure, rows=rows or figure.rows)


def _shown_before(session: Session) -> Iterator[tuple[Step, Sequence[Released]]]:
    """Give the steps before this one whose results everybody saw, with their rounds, the latest first.

    What the facilitator passed by without showing it is not shown by the way.
    """
    for earlier in reversed(session.workshop.steps[: session.place.step]):
        if earlier.tier is not Tier.ROOM and earlier.id in session.shown and (rounds := session.rounds_of(earlier)):
            yield earlier, rounds


def _beside_earlier(session: Session, step: Step, picture: Picture) -> Picture:
    """Mark on the rows of a scale what an earlier step said of the same lines, the widest gap first."""
    now = picture.figure
    if not isinstance(now, Ruler) or len(now.rows) < _FEWEST_LINES or any(row.before for row in now.rows):
        return picture
    for earlier, rounds in _shown_before(session):
        # A picture takes a while.
        if earlier.again_id or type(earlier.activity) is not type(step.activity):
            continue
        found = earlier.activity.picture(session.given(earlier), rounds)
        were = found.figure if found else None
        if isinstance(were, Ruler) and len(were.points) == len(now.points) and _lines_of(were) == _lines_of(now):
            return _compared(picture, now, step.title, were, earlier.title)
    return picture


def _compared(picture: Picture, now: Ruler, title: str, were: Ruler, before_title: str) -> Picture:
    """Put the gaps between two figures of the same lines on a picture, each with its title: now, and before."""
    before = {row.id: row.middle for row in were.rows}
    rows = sorted((replace(row, before=before[row.id]) for row in now.rows), key=_distance, reverse=True)
    if not any(map(_distance, rows)):
        return picture
    widest = [row for row in rows if _distance(row) == _distance(rows[0])]
    marked = tuple(row.id for row in widest) if len(widest) <= _MOST_NAMED else ()
    legend = f"■ {title} · ○ {before_title}"
    legend += f" · {_('◀━▶ far apart')}" if any(row.far for row in rows) else ""
    over = _("Furthest from “{title}”").format(title=before_title) if marked else picture.over
    headline = ", ".join(code(row.label) for row in widest) if marked else picture.headline
    figure = replace(now, rows=tuple(rows), marked=marked or now.marked, legend=legend)
    return replace(picture, figure=figure, headline=headline, over=over)


def _lines_of(figure: Ruler) -> set[tuple[str, str]]:
    return {(row.id, row.label) for row in figure.rows}


def _distance(row: Rated) -> float:
    """Measure how many points lie between the middle answers of two looks, where both may be said."""
    if not row.middle or not row.before:
        return 0.0
    return abs(sum(row.middle) / len(row.middle) - sum(row.before) / len(row.before))


def _made(session: Session, step: Step, size: Size) -> dict[RecordKind, list[Kept]]:
    """Find the records of each kind that a step is for."""
    fields = step.activity.form(session.given(step), size).fields
    kinds = [RecordKind(field.record) for field in fields if isinstance(field, Write) and field.record]
    return {kind: [record for record in session.records if record.kind is kind] for kind in kinds}


def asked_aloud(session: Session, size: Size) -> tuple[str, ...]:
    """Give what is asked openly of the whole room, because there are too few people to ask it in secret."""
    step = session.step
    if step is None or not session.is_too_small_for_voices(step, size):
        return ()
    roles = name(", ".join(session.workshop.voices))
    return (_("Let's check aloud: is each voice here, and was it heard? {voices}.").format(voices=roles),)


def source_left_unsorted(session: Session) -> str:
    """Name the step whose words the present one could choose from if somebody sorted them; empty if there is none."""
    step = session.step
    if step is None or session.place.state is not State.WAITING or session.options(step):
        return ""
    rounds = [round_ for round_ in session.rounds if round_.counts_as == step.from_id]
    waits = bool(rounds) and any(line.fate is Fate.HELD for line in rounds[-1].held)
    return next(each.title for each in session.workshop.steps if each.id == step.from_id) if waits else ""
