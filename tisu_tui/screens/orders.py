"""Everything the facilitator can do from the console, each with its key and what it opens or asks of the room."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _

from tisu_tui.activities import kinds
from tisu_tui.core.records import RecordKind
from tisu_tui.screens.options import Options
from tisu_tui.screens.panels import OneLine, Panel
from tisu_tui.screens.people import People
from tisu_tui.screens.scribing import Scribing
from tisu_tui.screens.slips import Slips
from tisu_tui.screens.sorting import Striking, Themes, Words
from tisu_tui.session import commands
from tisu_tui.session.commands import Command, Step, read_counts
from tisu_tui.session.session import State
from tisu_tui.view.view import View
from tisu_tui.workshop.edit import kind_and_words

Act = Callable[[View], "Command | Panel | str"]
"""Does something: asks something of the room, opens a panel, or says why it can't be done now."""


@dataclass(frozen=True, slots=True)
class Order:
    """One thing the facilitator can do; `footer` is what the foot of the screen says, if it belongs there."""

    key: str
    words: str
    act: Act
    footer: str = ""


def orders() -> tuple[Order, ...]:
    """List what can be done, in the order in which it is listed."""
    return (
        Order("space", _("do the next thing"), lambda view: commands.Go(view.place, Step.NEXT)),
        Order("b", _("go back to the step before"), lambda view: commands.Go(view.place, Step.BACK), _("back")),
        Order(
            "r", _("run this step again, as a new round"), lambda view: commands.Go(view.place, Step.AGAIN), _("again")
        ),
        Order("s", _("skip this step"), lambda view: commands.Go(view.place, Step.SKIP)),
        Order("i", _("write down what is said in this step"), _scribe),
        Order("m", _("read and sort people's words; strike or soften lines of the notes"), _moderate, _("words")),
        Order("t", _("themes: group people's words under names"), _themes, _("themes")),
        Order("o", _("set the choices of a step before it opens; leave the notes open, to think them over"), _options),
        Order("a", _("write down an action"), lambda _view: _record(RecordKind.ACTION), _("action")),
        Order("d", _("write down a decision"), lambda _view: _record(RecordKind.DECISION), _("decision")),
        Order(
            "z",
            _("write down that leaders send the last decision back, once"),
            _send_back,
        ),
        Order("w", _("write down a concern, and who replies to it"), lambda _view: _record(RecordKind.CONCERN)),
        Order("g", _("write down who will be told"), lambda _view: _record(RecordKind.TELL)),
        Order("k", _("park something for later"), lambda _view: _record(RecordKind.PARK), _("park")),
        Order("x", _("write down what you ask senior management"), lambda _view: _record(RecordKind.ASK), _("ask")),
        Order("n", _("write a note to yourself"), lambda _view: _note(), _("note")),
        Order("+", _("add a step after this one"), lambda _view: _add()),
        Order("v", _("move a step that is still to come"), lambda _view: _reorder()),
        Order("h", _("count people, with and without a device"), lambda _view: People()),
        Order("c", _("count answers given by hand or on paper"), lambda _view: _papers()),
        Order("j", _("give out slips, without which nobody comes in"), lambda _view: Slips()),
        Order("l", _("lock the room, or let newcomers in"), _lock, _("lock")),
        Order("f", _("take the lead, where another private screen leads"), lambda _view: commands.Take()),
        Order("e", _("end the session; it asks first"), lambda view: commands.Go(view.place, Step.END), _("end")),
    )


def _scribe(view: View) -> Panel | str:
    return Scribing(view) if Scribing.is_for(view) else _("There is nothing to write down in this step just now.")


def _moderate(view: View) -> Panel | str:
    if view.reading:
        return Striking()
    return Words() if view.desk and view.desk.held else view.no_words


def _themes(view: View) -> Panel | str:
    return Themes() if view.desk and view.desk.held else view.no_words


def _options(view: View) -> Command | Panel | str:
    if view.reading or view.place.step >= view.total:
        return commands.LeaveOpen(view.place)
    if view.is_lobby or view.place.state is not State.WAITING:
        return _("Choices are set before a question opens.")
    if view.desk is None or not view.desk.sets_choices:
        return _("This step has no choices to set.")
    return Options()


def _lock(view: View) -> Command | str:
    return commands.Lock(not view.desk.locked) if view.desk else ""


def _record(kind: RecordKind) -> Panel:
    titles = {
        RecordKind.ACTION: (_("An action"), _("What, @who and a date, like: Book the room @sam 2026-12-01")),
        RecordKind.DECISION: (
            _("A decision"),
            _("In the group's words, and the day on which we look at it again, like: We try it 2027-03-02"),
        ),
        RecordKind.SEND_BACK: (
            _("Leaders send the last decision back"),
            _("Their reasons, and by when we answer, like: No cover at night yet 2026-12-01"),
        ),
        RecordKind.CONCERN: (
            _("A concern"),
            _("In the group's words, and nobody's name; then who replies and by when, like: Nights @lea 2026-12-01"),
        ),
        RecordKind.TELL: (
            _("Who will be told"),
            _("Whom, @who tells them and a date, like: Night team @sam 2026-12-01"),
        ),
        RecordKind.PARK: (_("Park for later"), _("In the group's words.")),
        RecordKind.ASK: (
            _("An ask to senior management"),
            _("What, @whom and a date, like: More staff @board 2026-12-01"),
        ),
    }
    return OneLine(*titles[kind], lambda _view, text: commands.Write(kind, text))


def _send_back(view: View) -> Panel | str:
    if view.desk is None or not view.desk.may_send_back:
        return _("There is no decision here that leaders may send back now.")
    return _record(RecordKind.SEND_BACK)


def _note() -> Panel:
    hint = _("Only you see it, and it is gone when the session is sealed.")
    return OneLine(_("A note to yourself"), hint, lambda _view, text: commands.Jot(text))


def _add() -> Panel:
    hint = _(
        "The kind and the words, like: gather What else? Lines go after a colon: "
        "choose Which first?: swap shifts | two rotas. Kinds: {kinds}"
    ).format(kinds=", ".join(kinds()))
    return OneLine(_("One more step after this one"), hint, _added)


def _added(view: View, text: str) -> Command | str:
    kind, words = kind_and_words(text)
    if not kind:
        return _("There is no kind “{name}”.").format(name=text.partition(" ")[0])
    return commands.Add(view.place, kind, words)


def _papers() -> Panel:
    hint = _("The number of a choice and how many chose it, like: 1: 3, 2: 4. Do it again to correct it.")
    return OneLine(_("Answers given by hand or on paper"), hint, _counted)


def _counted(view: View, text: str) -> Command | str:
    counts = read_counts(text)
    return commands.CountPapers(view.place, counts) if counts else _("Write it like: 1: 3, 2: 4")


def _reorder() -> Panel:
    hint = _("Its number in the run sheet and the number it should have, like: 6 to 4")
    return OneLine(_("Move a step that is still to come"), hint, _reordered)


def _reordered(view: View, text: str) -> Command | str:
    match = re.fullmatch(r"\s*(\d{1,3})\s+(?:to\s+)?(\d{1,3})\s*", text)
    if match is None:
        return _("Write two numbers, like: 6 to 4")
    return commands.Reorder(view.place, int(match[1]), int(match[2]))
