"""People's words and the lines of the notes, over the facilitator's console: kept, struck, reworded, grouped."""

from __future__ import annotations

from tisu_tui.core.translation import gettext as _
from tisu_tui.screens import steps
from tisu_tui.screens.layout import Key, Lines, Page, flow, paragraph, spaced
from tisu_tui.screens.layout import Line as Row
from tisu_tui.screens.line_buffer import LineBuffer
from tisu_tui.screens.panels import OneLine, Panel, Picking, asked
from tisu_tui.session import commands
from tisu_tui.session.commands import Command
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.session.session import Fate
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
        return spaced(_held_lines(desk, width, -1)[0], named)


class Words(Picking):
    """People's words after a step has closed: each is kept, struck or put in other words."""

    def count(self, view: View) -> int:
        return len(view.desk.held) if view.desk else 0

    def takes(self, text: str) -> bool:
        return super().takes(text) or text == "t"

    def asks(self, view: View, character: str) -> str:
        if view.desk is None or not view.desk.held:
            return ""
        line = view.desk.held[min(self.at, len(view.desk.held) - 1)]
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
        return Page(rows, keep=keep, cursor=(keep[0], 0)).under(before)

    def keys(self, view: View) -> tuple[Key, ...]:
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

    def asks(self, view: View, character: str) -> str:
        line = next((line for line in view.reading if line.number == self.at + 1), None)
        asked = {
            "s": _("Strike “{text}”?"),
            "k": _("Let “{text}” stand?"),
            "w": _("Put “{text}” in other words?"),
        }.get(character, "")
        return asked.format(text=line.text) if line else ""

    def act(self, view: View, key: str, character: str) -> Command | None:
        line = next((line for line in view.reading if line.number == self.at + 1), None)
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
        self.at = max(0, min(self.at, self.count(view) - 1))
        asked = view.desk.asked if view.desk else ()
        before = spaced(
            paragraph(_("Change the notes"), width, "title"),
            paragraph(asked_words(asked, view.desk.left_out if view.desk else ()), width, "result"),
        )
        rows, keep = steps.picked_line(view.reading, self.at, width, dict.fromkeys(asked, _("somebody asks:")))
        return Page(rows, keep=keep, cursor=(keep[0], 0)).under(before)

    def keys(self, view: View) -> tuple[Key, ...]:
        stands: tuple[Key, ...] = (("k", _("it stands")),) if view.desk and view.desk.asked else ()
        return (
            (_("arrows or digits"), _("choose")),
            ("s", _("strike")),
            ("w", _("reword")),
            *stands,
            ("esc", _("go back")),
        )
