"""What the facilitator sorts over the console: text they typed, people's words, lines of the notes, and choices."""

from __future__ import annotations

from tisu_tui.core.translation import gettext as _
from tisu_tui.desk.bindings import by_word
from tisu_tui.desk.previews import no_words
from tisu_tui.screens import step_words
from tisu_tui.screens.layout import Key, Line, Lines, Page, enumerated, flow, listed, numbered, paragraph, spaced
from tisu_tui.screens.panels import MakeCommand, OneLine, Panel, PanelKey, Picking, asked
from tisu_tui.screens.typed_text import LineBuffer
from tisu_tui.session import commands
from tisu_tui.session.commands import Command
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.session.session import Fate, Held
from tisu_tui.view.facilitator import Desk, asked_words
from tisu_tui.view.view import View

KINDS = ("action", "decide", "park", "note", "concern", "ask", "tell")
"""What text can be filed as, by the words of the table."""


class Filing(OneLine):
    """Keeps the text, and files it as what the arrows choose."""

    def __init__(self, text: str) -> None:
        self._at = -1
        super().__init__(
            _("You typed this. What is it?"),
            _("Choose with the arrows, then press enter. Nothing was done with it yet."),
            self._read,
            text,
        )

    @property
    def can_be_filed(self) -> bool:
        return False

    @property
    def word(self) -> str:
        """The word of what it is filed as; empty until that is chosen."""
        return KINDS[self._at] if self._at >= 0 else ""

    def press(self, view: View, key: str, character: str) -> Command | None:
        if key in {"up", "down", "tab", "shift+tab"}:
            self.said = self._echoed = ""
            self._at = (self._at + (1 if key in {"down", "tab"} else -1 if self._at > 0 else len(KINDS))) % len(KINDS)
            return None
        if key == "enter" and not self.word and self.typed:
            self.said = _("Choose with the arrows what it is.")
            return None
        return super().press(view, key, character)

    def _read(self, view: View, text: str) -> Command | str:
        row = by_word(self.word)
        return row.read(view, text) if row else ""

    def _above(self, view: View, width: int) -> Lines:
        lines: Lines = ()
        for n, word in enumerate(KINDS):
            here = n == self._at
            lines += paragraph(asked(word)[0], width, "title" if here else "text", "› " if here else "  ")
        return spaced(lines)

    def keys(self, view: View) -> tuple[Key, ...]:
        return (("↑ ↓", _("what it is")), ("enter", _("write it down")), ("esc", _("leave it; tab brings it back")))


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
        desk = view.own_desk
        named: Lines = ()
        for theme in desk.themes:
            members = " ".join(map(str, theme.members))
            named += flow(((theme.name, "result"), (f": {members}", "text")), width, "• ")
        return spaced(_held_lines(desk, width, -1).body, named)


def _in_other_words(text: str, hint: str, make: MakeCommand) -> PanelKey:
    box = OneLine(_("In other words"), hint, make, text)
    return PanelKey(_("reword"), _("Put “{text}” in other words?").format(text=text), box)


def _takes_its_place() -> str:
    return _("This takes the place of what was written.")


class Words(Picking):
    """People's words after a step has closed: each is kept, struck or put in other words."""

    def count(self, view: View) -> int:
        return len(view.own_desk.held)

    def letters(self, view: View) -> dict[str, PanelKey]:
        held = view.own_desk.held
        if not held:
            return {}
        self.here.stay_in(len(held))
        number, line = self.here.at + 1, held[self.here.at]
        waiting = tuple(n for n, each in enumerate(held, 1) if each.fate is Fate.HELD)

        def judge(fate: Fate, *numbers: int) -> Command:
            return commands.Judge(view.place, numbers, fate)

        def reword(now: View, text: str) -> Command:
            return commands.Judge(now.place, (number,), Fate.KEPT, text)

        keep, strike = _("Keep “{text}”?").format(text=line.text), _("Strike “{text}”?").format(text=line.text)
        is_struck = line.fate is Fate.STRUCK
        return {
            "k": PanelKey(_("keep"), keep, judge(Fate.KEPT, number)),
            "s": PanelKey(_("strike"), strike, judge(Fate.STRUCK, number)),
            "w": PanelKey(_("reword")) if is_struck else _in_other_words(line.text, _takes_its_place(), reword),
            "K": PanelKey(_("keep all"), _("Keep all that are left?"), judge(Fate.KEPT, *waiting) if waiting else None),
            "t": PanelKey(_("themes"), does=Themes()),
        }

    def told(self, command: Command, outcome: Outcome) -> None:
        super().told(command, outcome)
        if isinstance(outcome, Done) and isinstance(command, commands.Judge) and len(command.numbers) == 1:
            self.here.at += 1

    def page(self, view: View, width: int) -> Page:
        top = paragraph(_("People's words"), width, "title")
        desk = view.own_desk
        if not desk.held:
            return Page(spaced(top, paragraph(no_words(view), width)))
        before = spaced(
            top, paragraph(_("Only you see these. Keep a line only when the group says yes."), width, "dim")
        )
        self.here.stay_in(len(desk.held))
        return _held_lines(desk, width, self.here.at).under(before)


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
        return len(view.numbered)

    def letters(self, view: View) -> dict[str, PanelKey]:
        line = view.line(self.here.at + 1)
        if line is None:
            return {}
        strike, stand = _("Strike “{text}”?").format(text=line.text), _("Let “{text}” stand?").format(text=line.text)
        return {
            "s": PanelKey(_("strike"), strike, commands.Strike(line)),
            "w": _in_other_words(line.text, _takes_its_place(), lambda _now, text: commands.Reword(line, text)),
            "k": PanelKey(_("it stands") if view.own_desk.asked else "", stand, commands.Stand(line)),
        }

    def page(self, view: View, width: int) -> Page:
        self.here.stay_in(self.count(view))
        desk = view.own_desk
        before = spaced(
            paragraph(_("Change the notes"), width, "title"),
            paragraph(asked_words(desk.asked, desk.left_out), width, "result"),
        )
        marks = dict.fromkeys(desk.asked, _("somebody asks:"))
        return step_words.picked_line(view.reading, self.here.at, width, marks).under(before)

    def keys(self, view: View) -> tuple[Key, ...]:
        return ((_("arrows or digits"), _("choose")), *super().keys(view))


class Proposing(OneLine):
    """What is put to the group: one of several things, or its words changed."""

    def __init__(self, view: View) -> None:
        texts = _texts(view)
        super().__init__(*asked("propose"), texts[0] if len(texts) == 1 else "")

    def _above(self, view: View, width: int) -> Lines:
        return enumerated([option.label for option in view.offered], width, "text")


def _texts(view: View) -> list[str]:
    return [option.label for option in view.own_desk.options]


class Options(Picking):
    """Options of a step before it opens."""

    def count(self, view: View) -> int:
        return len(view.own_desk.options)

    def letters(self, view: View) -> dict[str, PanelKey]:
        texts = _texts(view)
        more = OneLine(_("One more choice"), "", lambda now, text: commands.Prepare(now.place, (*_texts(now), text)))
        adding = {"+": PanelKey(_("add"), does=more), "a": PanelKey("", does=more)}
        if not texts:
            return adding
        self.here.stay_in(len(texts))
        at, here = self.here.at, texts[self.here.at]

        def changed(now: View, text: str) -> Command:
            before = _texts(now)
            return commands.Prepare(now.place, (*before[:at], text, *before[at + 1 :]))

        left = commands.Prepare(view.place, (*texts[:at], *texts[at + 1 :]))
        return {
            **adding,
            "w": _in_other_words(here, "", changed),
            "s": PanelKey(_("take out"), _("Take “{text}” out?").format(text=here), left),
        }

    def page(self, view: View, width: int) -> Page:
        before = paragraph(_("Choices, before this opens"), width, "title")
        texts = _texts(view)
        if not texts:
            none = paragraph(_("There are no choices here yet. What the workshop file says stays as it is."), width)
            return Page(none).under(before)
        self.here.stay_in(len(texts))
        items = (flow(((text, "text"),), width, numbered(n, self.here.at, len(texts))) for n, text in enumerate(texts))
        return listed(items, self.here.at).under(before)
