"""Who is in the room, over the facilitator's console: heads, people without a device, newcomers, slips, signals."""

from __future__ import annotations

from tisu_tui.core import signals
from tisu_tui.core.size import Way
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.desk_pages import people_lines
from tisu_tui.screens.layout import Key, Lines, Page, paragraph, spaced
from tisu_tui.screens.panels import OneLine, Panel, PanelKey, asked
from tisu_tui.screens.typed_text import LineBuffer
from tisu_tui.session.commands import Careful, Command, PutToRoom
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.view.view import View


def _way_words(way: Way) -> str:
    words = {Way.ALONE: _("alone"), Way.ALOUD: _("aloud"), Way.SMALL: _("small room"), Way.FULL: _("full")}
    return words[way]


class People(Panel):
    """How many people there are, with and without a device, and whether more may come."""

    def letters(self, view: View) -> dict[str, PanelKey]:
        tell = _("tell numbers") if view.careful else _("tell words, no numbers")
        asks = _("Tell numbers again, where the room allows it?") if view.careful else _("Tell words, and no numbers?")
        lock = _("let newcomers in") if view.own_desk.locked else _("lock the room")
        return {
            "1": PanelKey(_("count heads"), does=OneLine(*asked("people"))),
            "2": PanelKey(_("count people without a device"), does=OneLine(*asked("hands"))),
            "3": PanelKey(_("count answers on paper"), does=OneLine(*asked("paper"))),
            **({"4": PanelKey(tell, asks, Careful(not view.careful))} if view.is_lobby else {}),
            "5": PanelKey(_("count who leads others"), does=OneLine(*asked("leaders"))),
            "l": PanelKey(lock),
        }

    def is_key_of_console(self, character: str) -> bool:
        return character == "l"

    def press(self, view: View, key: str, character: str) -> Command | None:
        self.said = ""
        command = self.act(view, key, character)
        self.is_done = self.opens is None
        return command

    def page(self, view: View, width: int) -> Page:
        rows = people_lines(view.own_desk, width)
        runs = _("A room of {people} runs as: {way}.").format(people=view.people, way=_way_words(view.way))
        return Page(spaced(paragraph(_("People"), width, "title"), rows, paragraph(runs, width)))


class Signalled(Panel):
    """What somebody signalled quietly: the room is asked about it, or it is let go."""

    def letters(self, view: View) -> dict[str, PanelKey]:
        waiting = view.own_desk.signals
        if not waiting:
            return {}
        put = _("Put “{question}” to the room?").format(question=signals.asked(waiting[0]))
        return {
            "1": PanelKey(_("ask the room"), put, PutToRoom(waiting[0], asks=True)),
            "2": PanelKey(_("let it go"), _("Let it go, and ask nobody?"), PutToRoom(waiting[0], asks=False)),
        }

    def press(self, view: View, key: str, character: str) -> Command | None:
        self.is_done = True
        return self.act(view, key, character)

    def page(self, view: View, width: int) -> Page:
        waiting = view.own_desk.signals
        return Page(paragraph(signals.asked(waiting[0]) if waiting else "", width, "title"))


_COLUMN = 34
"""Cells of a slip with its number."""


class Slips(OneLine):
    """Asks how many, and shows the words until it is closed; they are in this object and nowhere else."""

    def __init__(self) -> None:
        super().__init__(*asked("slips"))
        self._words: tuple[str, ...] = ()

    @property
    def takes_text(self) -> bool:
        return not self._words

    def told(self, command: Command, outcome: Outcome) -> None:
        Panel.told(self, command, outcome)
        if isinstance(outcome, Done):
            self._words, self._draft = outcome.slips, LineBuffer()
            self.is_done = not self._words

    def press(self, view: View, key: str, character: str) -> Command | None:
        if not self._words:
            return super().press(view, key, character)
        self.is_done = key == "escape"
        return None

    def keys(self, view: View) -> tuple[Key, ...]:
        if not self._words:
            return (("enter", _("make them")), ("esc", _("go back")))
        return (("pgup pgdn", _("scroll")), ("esc", _("close; they are not shown again")))

    def page(self, view: View, width: int) -> Page:
        if not self._words:
            return super().page(view, width)
        return Page(
            spaced(
                paragraph(_("Slips"), width, "title"),
                paragraph(
                    _("Write them on paper now, one for each person. They are shown once, and kept nowhere."),
                    width,
                    "warning",
                ),
                self._rows(width),
                paragraph(_("They come in as CODE+the-three-words@, or type the words when they are asked."), width),
            )
        )

    def _rows(self, width: int) -> Lines:
        # Made here: what helps elsewhere to wrap texts also remembers them.
        across = max(1, width // _COLUMN)
        size = len(str(len(self._words)))
        cells = [f"{n:>{size}}  {words.replace('-', ' ')}" for n, words in enumerate(self._words, 1)]
        down = -(-len(cells) // across)
        rows = ("".join(f"{cell:<{_COLUMN}}" for cell in cells[row::down]).rstrip() for row in range(down))
        return tuple(((row, "own"),) for row in rows)
