"""Lines of the facilitator, the scribe and a guest with the pen, and the fate of people's words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tisu_tui.core.enumerating import enumerated
from tisu_tui.core.form import By, Option
from tisu_tui.core.record_lines import read_record
from tisu_tui.core.records import LETTER, Kept, RecordKind, no_owner_or_date
from tisu_tui.core.released import Theme
from tisu_tui.core.size import Way
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.room.return_words import new_word, normal_word
from tisu_tui.room.transaction import Transaction
from tisu_tui.session import changes, commands
from tisu_tui.session.decisions import concerned
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale
from tisu_tui.session.pen import Pen
from tisu_tui.session.requests import asked_before, read_answer, read_reask
from tisu_tui.session.session import Fate, State
from tisu_tui.view.phrases import no_word_of_the_pen, pen_is_not_given, pen_is_yours, was_seen

_WITH_OWNER = frozenset({RecordKind.ACTION, RecordKind.ASK, RecordKind.CONCERN, RecordKind.TELL})
"""Records that come to nothing unless somebody does them by a day."""

_MOST_RECORDS = 500
_MOST_OPTIONS = 60


def enter(tx: Transaction, name: str, texts: tuple[str, ...], *, adds: bool) -> Outcome:
    """Fill in a field as the scribe."""
    form = tx.form
    field = form.field(name)
    if tx.session.place.state is not State.OPEN or form.by is not By.SCRIBE or field is None:
        return Stale()
    stands = dict(tx.session.round.entries).get(name, ()) if adds and tx.session.round else ()
    texts = (*stands, *(clean(text) for text in texts))
    if texts and (problem := field.problem(texts)):
        return Refused(problem)
    return tx.become(changes.entered(tx.session, name, texts))


def _read(tx: Transaction, kind: RecordKind, text: str) -> Kept:
    """Read what was typed into a record; raises ValueError in plain words."""
    session = tx.session
    if kind is RecordKind.ANSWER:
        return read_answer(session, clean(text))
    if kind is RecordKind.REASK:
        return read_reask(session, clean(text))
    today = dt.date.fromisoformat(session.date)
    made = read_record(kind, session.made + 1, clean(text), concerned(session, kind), today)
    step = session.step
    is_visible = made.visible or (kind is RecordKind.ACTION and step is not None and step.activity.is_seen)
    made = replace(made, step=step.id if step else "", visible=is_visible)
    again = asked_before(session, made) if kind is RecordKind.ASK else None
    return again or made


def plan(tx: Transaction, text: str) -> str:
    """Make a record of an action of the file; where its day can't be read, its words are kept, and that is said."""
    said = ""
    try:
        made = _read(tx, RecordKind.ACTION, text)
    except ValueError as problem:
        said = str(problem)
        made = Kept(f"{LETTER[RecordKind.ACTION]}{tx.session.made + 1}", RecordKind.ACTION, clean(text))
    tx.become(changes.recorded(tx.session, made))
    return said


def record(tx: Transaction, kind: RecordKind, text: str) -> Outcome:
    """Make a record of what was said."""
    if tx.session.step is not None and tx.session.size(tx.people).way is Way.ALONE:
        return Refused(_("You are alone here, so nothing is written down."))
    if len(tx.session.records) >= _MOST_RECORDS:
        return Refused(_("{n} records at most").format(n=_MOST_RECORDS))
    try:
        made = _read(tx, kind, text)
    except ValueError as error:
        return Refused(str(error))
    tx.become(changes.recorded(tx.session, made))
    if kind is RecordKind.ASK and made.kind is RecordKind.REASK:
        return Done(said=_("This was asked before. It is asked again, as {id}.").format(id=made.request))
    if kind is RecordKind.SEND_BACK:
        return Done(said=_("It does not stand now. Ask again as a new round: what the group decides then stands."))
    missing = kind in _WITH_OWNER and not (made.owner and made.due)
    return Done(said=no_owner_or_date(made) if missing else "")


def prepare(tx: Transaction, texts: tuple[str, ...]) -> Outcome:
    """Set the options of a step before it opens."""
    step = tx.session.step
    if step is None or tx.session.place.state is not State.WAITING:
        return Refused(_("Options are set before a question opens."))
    if tx.session.round is not None:
        return Refused(was_seen())
    if not tx.session.takes_choices(step):
        return Refused(_("This step has no choices to set. Its answers stay as the workshop file has them."))
    labels = list(filter(None, map(clean, texts)))
    if len(labels) > _MOST_OPTIONS:
        return Refused(_("{n} options at most").format(n=_MOST_OPTIONS))
    if step.activity.takes_one and len(labels) > 1:
        return Refused(_("One thing is asked at a time. Ask about the next one in a new round."))
    kept = {option.label: option for option in (*tx.session.taken(step), *tx.session.choices(step))}
    # An option that was there before keeps its id, by which rounds are compared.
    taken = {option.id for option in kept.values()}
    fresh = (f"n{n}" for n in range(1, _MOST_OPTIONS * 2) if f"n{n}" not in taken)
    named = tuple(kept.get(label) or Option(next(fresh), label) for label in labels)
    return tx.become(changes.prepared(tx.session, step.id, named))


def judge(tx: Transaction, command: commands.Judge) -> Outcome:
    """Keep, strike or reword lines of words."""
    if problem := _no_such_words(tx, command.numbers):
        return Refused(problem)
    return tx.become(changes.decided(tx.session, command.numbers, command.fate, clean(command.text)))


def group(tx: Transaction, name: str, numbers: tuple[int, ...]) -> Outcome:
    """Give lines of words a theme."""
    name = clean(name)
    if problem := _no_such_words(tx, numbers):
        return Refused(problem)
    if not name:
        return Refused(_("give the theme a name, like: theme Time together: 1 4 7"))
    tx.become(changes.themed(tx.session, Theme(name, tuple(sorted(set(numbers))))))
    return Done(said=_left_over(tx))


def _left_over(tx: Transaction) -> str:
    """Say which lines later steps will not choose from, because others have themes."""
    at = tx.session.round
    if at is None or not at.themes:
        return ""
    grouped = {n for theme in at.themes for n in theme.members}
    left = [n for n, line in enumerate(at.held, 1) if line.fate is not Fate.STRUCK and n not in grouped]
    if not left:
        return ""
    said = _("No theme yet: {numbers}. Later steps choose from themes only, once there are some.")
    return said.format(numbers=enumerated(left))


def _no_such_words(tx: Transaction, numbers: tuple[int, ...]) -> str:
    at = tx.session.round
    if at is None or at.released is None or tx.session.place.state not in {State.CLOSED, State.SHOWN} or not at.held:
        return _("There are no words to sort here.")
    wrong = [n for n in numbers if not 1 <= n <= len(at.held) or at.held[n - 1].fate is Fate.STRUCK]
    if wrong:
        return _("There is no line {n}.").format(n=wrong[0])
    return ""


def give_pen(tx: Transaction) -> Outcome:
    """Make a word for the pen; again, take the pen back."""
    if tx.pen is not None:
        taken, tx.pen = bool(tx.pen.seat), None
        stays = _("The pen is with you again. What the guest sent stays.")
        return Done(said=stays if taken else _("The pen is with you again, and its word is worth nothing."))
    step, place = tx.session.step, tx.session.place
    if step is None or not step.activity.answers_requests:
        return Refused(_("The pen is for a step in which a guest answers requests."))
    if place.state is not State.OPEN:
        return Refused(_("Open this step first. The pen is good for this step alone."))
    # After a restart the guest may be the only one who is back; the step goes on in the size that it was opened in.
    if tx.form.by is not By.SCRIBE or not tx.session.size(tx.people).people:
        return Refused(_("There is nobody here to give the pen to."))
    tx.pen = Pen(new_word(tx.chance), place)
    return Done()  # the private screen says the word for as long as it is good


def take_pen(tx: Transaction, seat: str, word: str) -> Outcome:
    """Give the pen to the first seat that has its word."""
    pen = tx.pen
    if pen is None:
        return Refused(pen_is_not_given())
    if pen.seat or normal_word(word) != pen.word:
        return Refused(no_word_of_the_pen())
    tx.pen = replace(pen, seat=seat)
    return Done(said=pen_is_yours())


def write_with_pen(tx: Transaction, pen: Pen, reply: commands.Reply) -> Outcome:
    """Fill in a field as the guest, or go past it."""
    form = tx.form
    field = next((question for question in form.asked(pen.answer(tx.session)) if question.id == reply.field), None)
    if form.by is not By.SCRIBE or field is None:
        return Stale()
    value = tuple(map(clean, reply.value or ()))
    if reply.value is not None and (problem := field.problem(value)):
        return Refused(problem)
    name = {field.id}
    wrote, passed = (pen.wrote | name, pen.passed - name) if value else (pen.wrote - name, pen.passed | name)
    tx.pen = replace(pen, wrote=wrote, passed=passed)
    # Going past a question that the scribe has filled in leaves what stands there.
    if value or field.id in pen.wrote:
        tx.become(changes.entered(tx.session, field.id, value))
    return Done()


def withdraw_with_pen(tx: Transaction, pen: Pen) -> Outcome:
    """Take out what the guest wrote, and nothing of the scribe's."""
    tx.pen = replace(pen, wrote=frozenset(), passed=frozenset())
    for name in pen.wrote:
        tx.become(changes.entered(tx.session, name, ()))
    return Done()


def lend_with_pen(tx: Transaction, asked: commands.Lend) -> Outcome:
    """Begin the turn of a guest who has no device and has the word for the pen."""
    outcome = take_pen(tx, "", asked.words)
    if not isinstance(outcome, Done) or tx.pen is None:
        return outcome
    turn = tx.laptops.lend(asked.laptop)
    tx.pen = replace(tx.pen, seat=turn, is_lent=True)
    return replace(outcome, seat=turn)
