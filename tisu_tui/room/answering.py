"""What answers do to the open Box: those that people send, take back, or give on paper."""

from __future__ import annotations

from gettext import gettext as _

from tisu_tui.core.form import By, Form, Pick, Write, is_beside
from tisu_tui.core.text import clean
from tisu_tui.core.typed import fitting
from tisu_tui.room import laptops
from tisu_tui.room.desk import Desk
from tisu_tui.session import commands
from tisu_tui.session.commands import Done, Outcome, Refused, Stale
from tisu_tui.session.session import State


def reply(desk: Desk, command: commands.Reply) -> Outcome:
    """Keep an answer to one field, or a pass."""
    if desk.box is None or desk.session.place.state is not State.OPEN:
        return Stale()
    form = desk.session.form(desk.seats)
    asked = {each.id for each in form.asked(desk.box.answer(command.seat))}
    field = form.field(command.field)
    if form.by is not By.EVERYONE or field is None or field.id not in asked:
        return Stale()
    value = command.value
    if value is not None:
        value = tuple(clean(text) for text in value)
        if problem := field.problem(value):
            return Refused(problem)
    if refused := laptops.count_in(desk, command.seat):
        return refused
    box = desk.box.put(command.seat, field.id, value)
    # A changed mind can make a follow-up question moot; its answer goes with the question.
    asked = {each.id for each in form.asked(box.answer(command.seat))}
    for name in [name for name in box.answer(command.seat) if name not in asked]:
        box = box.drop(command.seat, name)
    desk.box = box
    return Done(durable=not desk.is_private())


def withdraw(desk: Desk, seat: str) -> Outcome:
    """Take back what a seat answered."""
    if desk.box is None:
        return Stale()
    laptops.count_out(desk, seat)
    desk.box = desk.box.take_back(seat)
    return Done(durable=not desk.is_private())


def count_papers(desk: Desk, counts: tuple[tuple[str, int], ...]) -> Outcome:
    """Count answers given by hand or on paper into the Box."""
    if desk.box is None:
        return Refused(_("Paper is counted while a question is open to everyone."))
    field = _single_choice(desk.session.form(desk.seats))
    if field is None or desk.is_private():
        return Refused(
            _("Only one choice for each person can be counted on paper, and nothing about the person themselves.")
        )
    found = [fitting(field.options, text) for text, _people in counts]
    if wrong := [text for (text, _people), at in zip(counts, found, strict=True) if len(at) != 1]:
        return Refused(_("There is no choice {n}.").format(n=wrong[0]))
    people, hands = sum(each for _n, each in counts), desk.session.hands
    if people <= hands:
        repeated = zip(found, counts, strict=True)
        choices = [field.options[at].id for (at,), (_text, each) in repeated for _person in range(each)]
        box = desk.box.count_papers(desk.secret, field.id, choices)
        if (box.papers or 0) <= hands:
            desk.box = box
            return Done(said=_("Counted on paper: {n} of {hands}.").format(n=people, hands=hands))
    return Refused(_("That is more than the {n} people without a device. Count them first.").format(n=hands))


def _single_choice(form: Form) -> Pick | None:
    """Return the form's only single-choice field, or None."""
    own = [each for each in form.fields if not is_beside(each)]
    first = own[0] if own else None
    rest = all(isinstance(each, Write) for each in own[1:])
    return first if isinstance(first, Pick) and first.most == 1 and rest else None
