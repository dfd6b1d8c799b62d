"""Answers and the open Box: sent, taken back, given on paper, not sent yet; and how many have answered."""

from __future__ import annotations

from dataclasses import replace

from tisu_tui.core.form import By, Form, Pick, Write, is_beside
from tisu_tui.core.text import clean
from tisu_tui.core.translation import Sentence
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.typed import fitting
from tisu_tui.room import laptops
from tisu_tui.room.transaction import Transaction
from tisu_tui.session import commands
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale
from tisu_tui.session.session import State
from tisu_tui.view import phrases


def reply(tx: Transaction, command: commands.Reply) -> Outcome:
    """Keep an answer to one field, or a pass."""
    if tx.box is None or tx.session.place.state is not State.OPEN:
        return Stale()
    form, answer = tx.form, tx.box.answer(command.seat)
    field = next((question for question in form.asked(answer) if question.id == command.field), None)
    if form.by is not By.EVERYONE or field is None:
        return Stale()
    value = command.value
    if value is not None:
        value = tuple(clean(text) for text in value)
        if problem := field.problem(value):
            return Refused(problem)
    if refused := _count_in(tx, command.seat):
        return refused
    answer = {**answer, field.id: value}
    # A changed mind can make a follow-up question moot; its answer goes with the question.
    asked = {question.id for question in form.asked(answer)}
    tx.box = tx.box.put(command.seat, {name: each for name, each in answer.items() if name in asked})
    return Done()


def keep(tx: Transaction, command: commands.Keep) -> Outcome:
    """Keep what somebody had not sent until they send something, or nothing any more."""
    if command.unsent is None:
        tx.unsent.pop(command.seat, None)
    else:
        tx.unsent[command.seat] = replace(command.unsent, text=clean(command.unsent.text))
    return Done()


def withdraw(tx: Transaction, seat: str) -> Outcome:
    """Take back what a seat answered."""
    if tx.box is None:
        return Stale()
    _count_out(tx, seat)
    tx.box = tx.box.put(seat, {})
    return Done()


def count_papers(tx: Transaction, counts: tuple[tuple[str, int], ...]) -> Outcome:
    """Count answers given by hand or on paper into the Box."""
    if tx.box is None:
        return Refused(_("Paper is counted while a question is open to everyone."))
    field = _single_choice(tx.form)
    if field is None or tx.is_private:
        return Refused(
            _("Only one choice for each person can be counted on paper, and nothing about the person themselves.")
        )
    found = [fitting(field.options, text) for text, _people in counts]
    if wrong := [text for (text, _people), at in zip(counts, found, strict=True) if len(at) != 1]:
        return Refused(_("There is no choice {n}.").format(n=wrong[0]))
    people, hands = sum(each for _n, each in counts), tx.session.hands
    if people <= hands:
        repeated = zip(found, counts, strict=True)
        choices = [field.options[at].id for (at,), (_text, each) in repeated for _person in range(each)]
        box = tx.box.count_papers(tx.secret, field.id, choices)
        if (box.papers or 0) <= hands:
            tx.box = box
            return Done(said=_("Counted on paper: {n} of {hands}.").format(n=people, hands=hands))
    return Refused(_("That is more than the {n} people without a device. Count them first.").format(n=hands))


def _single_choice(form: Form) -> Pick | None:
    """Return the form's only single-choice field, or None."""
    own = [question for question in form.fields if not is_beside(question)]
    first = own[0] if own else None
    rest = all(isinstance(question, Write) for question in own[1:])
    return first if isinstance(first, Pick) and first.most == 1 and rest else None


def _count_in(tx: Transaction, seat: str) -> Refused | None:
    """Count somebody's first answer to this question on a laptop; nothing where it is not the first, or no laptop."""
    if tx.box is None or not seat.startswith(laptops.MARK) or tx.box.answer(seat):
        return None
    if refused := laptops.refusal(tx.box, tx.session.hands):
        return refused
    tx.box = replace(tx.box, papers=(tx.box.papers or 0) + 1)
    return None


def _count_out(tx: Transaction, seat: str) -> None:
    """Count nobody for what is about to be taken back on a laptop."""
    if tx.box is not None and seat.startswith(laptops.MARK) and tx.box.answer(seat):
        tx.box = replace(tx.box, papers=(tx.box.papers or 0) - 1)


def progress_words(tx: Transaction) -> str:
    """Say how many of those at seats have answered; who has no device is in sight, and stands for nobody else."""
    box, form = tx.box, tx.form
    if box is None:
        return ""
    finished = sum(form.pending(box.answer(words)) is None for words in tx.seats)
    share = finished / max(1, tx.people)
    stage = 0 if not finished else 1 if share < 0.5 else 2 if share < 0.8 else 3
    return Sentence(lambda: phrases.progress_stages()[stage])
