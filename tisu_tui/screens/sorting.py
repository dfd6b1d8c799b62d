"""What the facilitator sorts over the console: people's words, lines of the notes, and choices not yet open."""

from __future__ import annotations

from tisu_tui.core.translation import gettext as _
from tisu_tui.screens import steps
from tisu_tui.screens.layout import Key, Line, Lines, Page, flow, listed, numbered, paragraph, spaced
from tisu_tui.screens.line_buffer import LineBuffer
from tisu_tui.screens.panels import OneLine, Panel, Picking, asked
from tisu_tui.session import commands
from tisu_tui.session.commands import Command
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.session.session import Fate, Held
from tisu_tui.view.facilitator import Desk, asked_words
from tisu_tui.view.view import View


class Themes(OneLine):
    """Names of themes and the numbers of the words under them."""

    def __init__(self) -> None:
        super().__init__(*asked("theme"))

    def told(self, command: Command, outcome: Outcome) -> None:
        Panel.told(self, command, outcome)
        if isinstance(outcome, Done):
            self._draft = LineBuffer()

    def keys(self, view: View) -> tuple[Key, ...]:
        return (("enter", _("set the theme")), ("esc", _("go back")))

    def _above(self, view: View, width: int) -> Lines:
        desk = view.desk
        if desk is None:
            return ()
        named: Lines = ()
        for theme in desk.themes:
            members = " ".join(map(str, theme.members))
            named += flow(((theme.name, "result"), (f": {members}", "text")), width, "• ")
        return spaced(_held_lines(desk, width, -1).body, named)


class Words(Picking):
    """People's words after a step has closed: each is kept, struck or put in other words."""

    def count(self, view: View) -> int:
        return len(view.desk.held) if view.desk else 0

    def takes(self, text: str) -> bool:
        return super().takes(text) or text == "t"

    def asks(self, view: View, character: str) -> str:
        if view.desk is None or not view.desk.held:
            return ""
        line = view.desk.held[min(self.here.at, len(view.desk.held) - 1)]
        if character == "w" and line.fate is Fate.STRUCK:
            return ""
        asked = {
            "k": _("Keep “{text}”?"),
            "s": _("Strike “{text}”?"),
            "w": _("Put “{text}” in other words?"),
            "K": _("Keep all that are left?"),
        }.get(character, "")
        return asked.format(text=line.text)

    def act(self, view: View, key: str, character: str) -> Command | None:
        if view.desk is None or not view.desk.held:
            return None
        number = self.here.at + 1
        line = view.desk.held[self.here.at]
        if character == "k":
            return commands.Judge(view.place, (number,), Fate.KEPT)
        if character == "s":
            return commands.Judge(view.place, (number,), Fate.STRUCK)
        if character == "K":
            held = tuple(n for n, each in enumerate(view.desk.held, 1) if each.fate is Fate.HELD)
            return commands.Judge(view.place, held, Fate.KEPT) if held else None
        if character == "w" and line.fate is not Fate.STRUCK:
            self.opens = OneLine(
                _("In other words"),
                _("This takes the place of what was written."),
                lambda now, text: commands.Judge(now.place, (number,), Fate.KEPT, text),
                line.text,
            )
        elif character == "t":
            self.opens = Themes()
        return None

    def told(self, command: Command, outcome: Outcome) -> None:
        super().told(command, outcome)
        if isinstance(outcome, Done) and isinstance(command, commands.Judge) and len(command.numbers) == 1:
            self.here.at += 1

    def page(self, view: View, width: int) -> Page:
        top = paragraph(_("People's words"), width, "title")
        if view.desk is None or not view.desk.held:
            return Page(spaced(top, paragraph(view.no_words, width)))
        before = spaced(
            top, paragraph(_("Only you see these. Keep a line only when the group says yes."), width, "dim")
        )
        self.here.stay_in(len(view.desk.held))
        return _held_lines(view.desk, width, self.here.at).under(before)

    def keys(self, view: View) -> tuple[Key, ...]:
        return (
            ("k", _("keep")),
            ("s", _("strike")),
            ("w", _("reword")),
            ("K", _("keep all")),
            ("t", _("themes")),
            ("esc", _("go back")),
        )


def _held_lines(desk: Desk, width: int, at: int) -> Page:
    def spans(line: Held) -> Line:
        if line.fate is Fate.STRUCK:
            return ((_("struck"), "quiet"),)
        return (*(((f"{_('kept')}: ", "result"),) if line.fate is Fate.KEPT else ()), (line.text, "own"))

    count = len(desk.held)
    return listed((flow(spans(line), width, numbered(n, at, count)) for n, line in enumerate(desk.held)), at)


class Striking(Picking):
    """The notes while the group reads them: a line is taken out, put in other words, or stands although asked about."""

    def count(self, view: View) -> int:
        return sum(1 for line in view.reading if line.number)

    def asks(self, view: View, character: str) -> str:
        line = view.line(self.here.at + 1)
        asked = {
            "s": _("Strike “{text}”?"),
            "k": _("Let “{text}” stand?"),
            "w": _("Put “{text}” in other words?"),
        }.get(character, "")
        return asked.format(text=line.text) if line else ""

    def act(self, view: View, key: str, character: str) -> Command | None:
        line = view.line(self.here.at + 1)
        if line is None:
            return None
        if character == "s":
            return commands.Strike(line)
        if character == "k":
            return commands.Stand(line)
        if character == "w":
            self.opens = OneLine(
                _("In other words"),
                _("This takes the place of what was written."),
                lambda _now, text: commands.Reword(line, text),
                line.text,
            )
        return None

    def page(self, view: View, width: int) -> Page:
        self.here.stay_in(self.count(view))
        asked = view.desk.asked if view.desk else ()
        before = spaced(
            paragraph(_("Change the notes"), width, "title"),
            paragraph(asked_words(asked, view.desk.left_out if view.desk else ()), width, "result"),
        )
        marks = dict.fromkeys(asked, _("somebody asks:"))
        return steps.picked_line(view.reading, self.here.at, width, marks).under(before)

    def keys(self, view: View) -> tuple[Key, ...]:
        stands: tuple[Key, ...] = (("k", _("it stands")),) if view.desk and view.desk.asked else ()
        return (
            (_("arrows or digits"), _("choose")),
            ("s", _("strike")),
            ("w", _("reword")),
            *stands,
            ("esc", _("go back")),
        )


class Proposing(OneLine):
    """What is put to the group: one of several things, or its words changed."""

    def __init__(self, view: View) -> None:
        options = view.desk.options if view.desk else ()
        super().__init__(*asked("propose"), options[0].label if len(options) == 1 else "")

    def _above(self, view: View, width: int) -> Lines:
        lines: Lines = ()
        for n, option in enumerate(view.offered, 1):
            lines += flow(((option.label, "text"),), width, f"{n:>2}  ")
        return lines


def _texts(view: View) -> list[str]:
    return [option.label for option in view.desk.options] if view.desk else []


class Options(Picking):
    """Options of a step before it opens."""

    def count(self, view: View) -> int:
        return len(view.desk.options) if view.desk else 0

    def takes(self, text: str) -> bool:
        return super().takes(text) or text in {"+", "a"}

    def asks(self, view: View, character: str) -> str:
        texts = _texts(view)
        asked = {"w": _("Put “{text}” in other words?"), "s": _("Take “{text}” out?")}.get(character, "")
        return asked.format(text=texts[min(self.here.at, len(texts) - 1)]) if texts else ""

    def act(self, view: View, key: str, character: str) -> Command | None:
        texts = _texts(view)
        if character in {"+", "a"}:
            self.opens = OneLine(
                _("One more choice"), "", lambda now, text: commands.Prepare(now.place, (*_texts(now), text))
            )
        elif character == "w" and texts:
            at = self.here.at

            def changed(now: View, text: str) -> Command | str:
                before = _texts(now)
                return commands.Prepare(now.place, (*before[:at], text, *before[at + 1 :]))

            self.opens = OneLine(_("In other words"), "", changed, texts[at])
        elif character == "s" and texts:
            return commands.Prepare(view.place, (*texts[: self.here.at], *texts[self.here.at + 1 :]))
        return None

    def page(self, view: View, width: int) -> Page:
        before = paragraph(_("Choices, before this opens"), width, "title")
        texts = _texts(view)
        if not texts:
            none = paragraph(_("There are no choices here yet. What the workshop file says stays as it is."), width)
            return Page(none).under(before)
        self.here.stay_in(len(texts))
        items = (flow(((text, "text"),), width, numbered(n, self.here.at, len(texts))) for n, text in enumerate(texts))
        return listed(items, self.here.at).under(before)

    def keys(self, view: View) -> tuple[Key, ...]:
        return (("+", _("add")), ("w", _("reword")), ("s", _("take out")), ("esc", _("go back")))
