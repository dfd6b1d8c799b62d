"""What lies over the facilitator's console: a line to type, words to sort, options to set, people to count."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from gettext import gettext as _
from gettext import ngettext

from tisu_tui.core import commands
from tisu_tui.core.commands import Command, Done, Outcome, Refused, Stale
from tisu_tui.core.desk import Desk, asked_words, laptop_words
from tisu_tui.core.session import Fate
from tisu_tui.core.view import View
from tisu_tui.screens import steps
from tisu_tui.screens.choosing import TypedNumber
from tisu_tui.screens.draft import Draft, counter, draft_lines, edited
from tisu_tui.screens.layout import Key, Lines, Page, flow, paragraph, spaced
from tisu_tui.screens.painted import Line as Row

MakeCommand = Callable[[View, str], "Command | str"]
"""Makes a command of what was typed, or says why it can't."""


class Panel(ABC):
    """Something that has the keys until it is done; what it sends is told back to it."""

    is_done = False
    said = ""
    opens: Panel | None = None
    """What takes its place for a while."""

    @abstractmethod
    def press(self, view: View, key: str, character: str) -> Command | None:
        """Do what a key means here."""

    @abstractmethod
    def page(self, view: View, width: int) -> Page:
        """Draw it."""

    @abstractmethod
    def keys(self, view: View) -> tuple[Key, ...]:
        """Say what keys do here."""

    def paste(self, text: str) -> None:
        """Put in what was pasted; nothing where nothing is typed."""
        del text

    def told(self, command: Command, outcome: Outcome) -> None:
        """Take in what became of a command."""
        del command
        match outcome:
            case Done(said=said):
                self.said = said
            case Stale():
                self.said = _("Already done.")
            case Refused(why):
                self.said = _("Not taken: {why}").format(why=why)


class OneLine(Panel):
    """One line of text; enter sends it, and it stays until it was taken."""

    def __init__(self, title: str, hint: str, make: MakeCommand, text: str = "") -> None:
        self._title, self._hint, self._make = title, hint, make
        self._draft = Draft(text, len(text))

    def press(self, view: View, key: str, character: str) -> Command | None:
        self.said = ""
        if key == "escape":
            self.is_done = True
        elif key == "enter":
            return self._send(view)
        else:
            self._draft = edited(self._draft, key, character)
        return None

    def paste(self, text: str) -> None:
        self._draft = self._draft.typed(text)

    def told(self, command: Command, outcome: Outcome) -> None:
        super().told(command, outcome)
        self.is_done = isinstance(outcome, Done)

    def page(self, view: View, width: int) -> Page:
        before = spaced(self._above(view, width), paragraph(self._title, width, "title"))
        drawn, (row, column) = draft_lines(self._draft, width)
        at = (len(before) + 1 + row, column)
        hints = (*paragraph(self._hint, width, "dim"), *paragraph(counter(self._draft), width, "dim"))
        return Page((*before, (), *drawn, (), *hints), keep=(at[0], at[0]), cursor=at)

    def keys(self, view: View) -> tuple[Key, ...]:
        del view
        return (("enter", _("write it down")), ("esc", _("go back")))

    def _above(self, view: View, width: int) -> Lines:
        del view, width
        return ()

    def _send(self, view: View) -> Command | None:
        if self._draft.is_empty:
            self.said = _("Write a few words, or press esc.")
            return None
        made = self._make(view, self._draft.sent)
        if isinstance(made, str):
            self.said = made
            return None
        return made


class Themes(OneLine):
    """Names of themes and the numbers of the words under them."""

    def __init__(self) -> None:
        hint = _("A name, a colon and numbers, like: Time together: 1 4 7. No numbers takes the theme away.")
        super().__init__(_("Themes"), hint, _theme)

    def told(self, command: Command, outcome: Outcome) -> None:
        Panel.told(self, command, outcome)
        if isinstance(outcome, Done):
            self._draft = Draft()

    def keys(self, view: View) -> tuple[Key, ...]:
        del view
        return (("enter", _("set the theme")), ("esc", _("go back")))

    def _above(self, view: View, width: int) -> Lines:
        desk = view.desk
        if desk is None:
            return ()
        named: Lines = ()
        for theme in desk.themes:
            members = " ".join(map(str, theme.members))
            named += flow(((theme.name, "result"), (f": {members}", "text")), width, "• ")
        return spaced(_held_lines(desk, width, -1)[0], named)


def _theme(view: View, text: str) -> Command | str:
    name, colon, numbers = text.rpartition(":")
    words = numbers.replace(",", " ").split()
    if not colon or not all(word.isdecimal() for word in words):
        return _("Write a name, a colon and numbers, like: Time together: 1 4 7")
    return commands.Group(view.place, name.strip(), tuple(map(int, words)))


class Picking(Panel):
    """A list in which one line is highlighted."""

    def __init__(self) -> None:
        self.at = 0
        self._numbers = TypedNumber()

    @abstractmethod
    def count(self, view: View) -> int:
        """Tell how many lines there are."""

    @abstractmethod
    def act(self, view: View, key: str, character: str) -> Command | None:
        """Do something with the highlighted line."""

    def press(self, view: View, key: str, character: str) -> Command | None:
        self.said = ""
        count = self.count(view)
        if character.isdecimal():
            number = self._numbers.digit(character, count)
            self.at = number - 1 if number else self.at
            return None
        self._numbers.forget()
        if key == "escape":
            self.is_done = True
        elif key in {"up", "down"}:
            self.at = max(0, min(count - 1, self.at + (1 if key == "down" else -1)))
        else:
            self.at = max(0, min(count - 1, self.at))
            return self.act(view, key, character)
        return None


class Words(Picking):
    """People's words after a step has closed: each is kept, struck or put in other words."""

    def count(self, view: View) -> int:
        return len(view.desk.held) if view.desk else 0

    def act(self, view: View, key: str, character: str) -> Command | None:
        del key
        if view.desk is None or not view.desk.held:
            return None
        number = self.at + 1
        line = view.desk.held[self.at]
        if character == "k":
            return commands.Judge(view.place, (number,), Fate.KEPT)
        if character == "s":
            return commands.Judge(view.place, (number,), Fate.STRUCK)
        if character == "K":
            held = tuple(n for n, each in enumerate(view.desk.held, 1) if each.fate is Fate.HELD)
            return commands.Judge(view.place, held, Fate.KEPT) if held else None
        if character == "w" and line.fate is not Fate.STRUCK:

            def reworded(now: View, text: str) -> Command | str:
                return commands.Judge(now.place, (number,), Fate.KEPT, text)

            self.opens = OneLine(
                _("In other words"), _("This takes the place of what was written."), reworded, line.text
            )
        elif character == "t":
            self.opens = Themes()
        return None

    def told(self, command: Command, outcome: Outcome) -> None:
        super().told(command, outcome)
        if isinstance(outcome, Done) and isinstance(command, commands.Judge) and len(command.numbers) == 1:
            self.at += 1

    def page(self, view: View, width: int) -> Page:
        top = paragraph(_("People's words"), width, "title")
        if view.desk is None or not view.desk.held:
            return Page(spaced(top, paragraph(view.no_words, width)))
        before = spaced(
            top, paragraph(_("Only you see these. Keep a line only when the group says yes."), width, "dim")
        )
        self.at = min(self.at, len(view.desk.held) - 1)
        rows, keep = _held_lines(view.desk, width, self.at)
        start = len(before) + 1
        return Page((*before, (), *rows), keep=(start + keep[0], start + keep[1]))

    def keys(self, view: View) -> tuple[Key, ...]:
        del view
        return (
            ("k", _("keep")),
            ("s", _("strike")),
            ("w", _("reword")),
            ("K", _("keep all")),
            ("t", _("themes")),
            ("esc", _("go back")),
        )


def _held_lines(desk: Desk, width: int, at: int) -> tuple[Lines, tuple[int, int]]:
    fates = {Fate.HELD: "", Fate.KEPT: _("kept"), Fate.STRUCK: _("struck")}
    rows: list[Row] = []
    keep = (0, 0)
    size = len(str(len(desk.held)))
    for n, line in enumerate(desk.held):
        start = len(rows)
        fate = fates[line.fate]
        spans: Row = (((f"{fate}: ", "result"),) if fate else ()) + ((line.text, "own"),)
        if line.fate is Fate.STRUCK:
            spans = ((fate, "quiet"),)
        rows += flow(spans, width, f"{'›' if n == at else ' '} {n + 1:>{size}}  ")
        if n == at:
            keep = (start, len(rows) - 1)
    return tuple(rows), keep


class Striking(Picking):
    """The notes while the group reads them: a line is taken out, put in other words, or stands although asked about."""

    def count(self, view: View) -> int:
        return sum(1 for line in view.reading if line.number)

    def act(self, view: View, key: str, character: str) -> Command | None:
        del key
        line = next((line for line in view.reading if line.number == self.at + 1), None)
        if line is None:
            return None
        if character == "s":
            return commands.Strike(line)
        if character == "k":
            return commands.Stand(line)
        if character == "w":

            def reworded(_now: View, text: str) -> Command | str:
                return commands.Reword(line, text)

            self.opens = OneLine(
                _("In other words"), _("This takes the place of what was written."), reworded, line.text
            )
        return None

    def page(self, view: View, width: int) -> Page:
        self.at = max(0, min(self.at, self.count(view) - 1))
        asked = view.desk.asked if view.desk else ()
        before = spaced(
            paragraph(_("Change the notes"), width, "title"),
            paragraph(asked_words(asked, view.desk.left_out if view.desk else ()), width, "result"),
        )
        rows, keep = steps.picked_line(view.reading, self.at, width, dict.fromkeys(asked, _("somebody asks:")))
        start = len(before) + 1
        return Page((*before, (), *rows), keep=(start + keep[0], start + keep[1]))

    def keys(self, view: View) -> tuple[Key, ...]:
        stands: tuple[Key, ...] = (("k", _("it stands")),) if view.desk and view.desk.asked else ()
        return (
            (_("arrows or digits"), _("choose")),
            ("s", _("strike")),
            ("w", _("reword")),
            *stands,
            ("esc", _("go back")),
        )


class Options(Picking):
    """What can be chosen in a step that has not opened yet."""

    def count(self, view: View) -> int:
        return len(view.desk.options) if view.desk else 0

    def act(self, view: View, key: str, character: str) -> Command | None:
        del key
        texts = [option.label for option in view.desk.options] if view.desk else []
        if character in {"+", "a"}:

            def added(now: View, text: str) -> Command | str:
                before = [option.label for option in now.desk.options] if now.desk else []
                return commands.Prepare(now.place, (*before, text))

            self.opens = OneLine(_("One more choice"), "", added)
        elif character == "w" and texts:
            at = self.at

            def changed(now: View, text: str) -> Command | str:
                before = [option.label for option in now.desk.options] if now.desk else []
                return commands.Prepare(now.place, (*before[:at], text, *before[at + 1 :]))

            self.opens = OneLine(_("In other words"), "", changed, texts[at])
        elif character == "s" and texts:
            return commands.Prepare(view.place, (*texts[: self.at], *texts[self.at + 1 :]))
        return None

    def page(self, view: View, width: int) -> Page:
        rows: list[Row] = [*paragraph(_("Choices, before this opens"), width, "title"), ()]
        options = view.desk.options if view.desk else ()
        size = len(str(len(options)))
        for n, option in enumerate(options):
            rows += flow(((option.label, "text"),), width, f"{'›' if n == self.at else ' '} {n + 1:>{size}}  ")
        if not options:
            rows += paragraph(_("There are no choices here yet. What the workshop file says stays as it is."), width)
        return Page(tuple(rows), keep=(min(len(rows) - 1, self.at + 2),) * 2)

    def keys(self, view: View) -> tuple[Key, ...]:
        del view
        return (("+", _("add")), ("w", _("reword")), ("s", _("take out")), ("esc", _("go back")))


class People(Panel):
    """How many people there are, with and without a device, and whether more may come."""

    def press(self, view: View, key: str, character: str) -> Command | None:
        del key
        self.said = ""
        if character == "1":
            self.opens = OneLine(_("How many people are in the room?"), _("0 goes by who has joined."), _heads)
        elif character == "2":
            self.opens = OneLine(_("How many of them have no device?"), "", _hands)
        elif character == "l" and view.desk:
            return commands.Lock(not view.desk.locked)
        else:
            self.is_done = True
        return None

    def page(self, view: View, width: int) -> Page:
        rows = people_lines(view.desk, width) if view.desk else ()
        way = paragraph(
            _("A room of {people} runs as: {way}.").format(people=view.people, way=_(view.way.value)), width
        )
        return Page(spaced(paragraph(_("People"), width, "title"), rows, way))

    def keys(self, view: View) -> tuple[Key, ...]:
        lock = _("let newcomers in") if view.desk and view.desk.locked else _("lock the room")
        return (("1", _("count heads")), ("2", _("count people without a device")), ("l", lock), ("esc", _("go back")))


def people_lines(desk: Desk, width: int) -> Lines:
    """Say how many people there are, as the facilitator may know it."""
    heads = _("In the room, as you counted: {n}") if desk.people is not None else _("In the room: not counted")
    return (
        *paragraph(ngettext("{n} has joined", "{n} have joined", desk.seats).format(n=desk.seats), width),
        *paragraph(heads.format(n=desk.people), width),
        *paragraph(_("Without a device: {n}").format(n=desk.hands), width),
        *(paragraph(laptop_words(desk), width, "text" if desk.hands else "warning") if desk.laptops else ()),
        *paragraph(desk.slips, width),
        *(paragraph(_("The room is locked: nobody new comes in."), width, "warning") if desk.locked else ()),
    )


def _heads(view: View, text: str) -> Command | str:
    del view
    return commands.CountHeads(int(text) or None) if text.isdecimal() else _("Write a number.")


def _hands(view: View, text: str) -> Command | str:
    del view
    return commands.CountHands(int(text)) if text.isdecimal() else _("Write a number.")
