"""What can be said of a step before anybody is there: what it will ask, and who will see the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tisu_tui.core.activity import Given
from tisu_tui.core.form import By, Form, Option, Order, Pick, Write
from tisu_tui.core.released import NOT_RATED
from tisu_tui.core.size import Size
from tisu_tui.privacy.notice import promise
from tisu_tui.privacy.record import NEW, Record
from tisu_tui.privacy.roles import FIELD as VOICE
from tisu_tui.privacy.roles import question
from tisu_tui.privacy.table import asks_voice
from tisu_tui.session.workshop import Step

_TO_COME = tuple(Option(f"to-come-{n}", "") for n in range(1, 9))


def asked_of(step: Step, people: int, voices: Sequence[str] = (), *, careful: bool = False) -> Form:
    """Give what a step asks in a room of so many people; what it takes from another are options without words.

    With `voices` it asks for somebody's role as well, where it would.
    """
    given, size = Given(_TO_COME) if step.from_id else Given(), Size(people)
    return with_role(step.activity.form(given, size), step, size, voices, careful=careful)


def with_role(form: Form, step: Step, size: Size, voices: Sequence[str], *, careful: bool) -> Form:
    """Ask for the role first, if the step shows roles and enough people of each can be here."""
    asks = step.by_voice and asks_voice(step.tier, size, step.activity.finds, len(voices), careful=careful)
    return replace(form, fields=(question(voices), *form.fields)) if asks and form.by is By.EVERYONE else form


def promised(step: Step, size: Size, form: Form, record: Record = NEW, *, far: bool = False) -> str:
    """Return the privacy notice of a form after earlier looks; empty if it asks nothing.

    `far` is whether people may come in by doors on other computers.
    """
    if not form.fields:
        return ""
    if form.by is By.NOBODY:
        # What nobody answers is for each person alone, in a room of any size.
        size = Size(1)
    asked = [each for each in form.fields if isinstance(each, Pick | Order) and each.id != VOICE and each.options]
    seen = [record.of(each.id, each.title, each.options) for each in asked]
    labels = asked[0].options if asked else ()
    return promise(
        step.tier,
        size,
        step.activity.finds,
        record,
        max(seen, key=len, default=()),
        words=any(isinstance(each, Write) for each in form.fields),
        asks=form.by is By.EVERYONE,
        by_voice=form.field(VOICE) is not None,
        options=len(labels),
        points=sum(option.id not in NOT_RATED for option in labels),
        far=far,
    )
