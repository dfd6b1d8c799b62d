"""What lies between two people on a shared laptop."""

from __future__ import annotations

from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.layout import Key, Lines, Page, ends, keys_line, paragraph, spaced
from tisu_tui.screens.line_buffer import LineBuffer, draft_page, edited
from tisu_tui.screens.seat import Seat
from tisu_tui.screens.steps import support, where
from tisu_tui.session.commands import Command, Lend
from tisu_tui.session.outcomes import Outcome
from tisu_tui.session.pen import PenState
from tisu_tui.view import phrases
from tisu_tui.view.view import View


class Cover:
    """Where the session is, and how to take a turn; `seat` is the laptop's own, which answers nothing."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.said = ""
        self._helps = False
        self._slip = LineBuffer()

    @property
    def _reads(self) -> bool:
        return self.seat.view is not None and bool(self.seat.view.reading) and not self._helps

    @property
    def _asks(self) -> bool:
        view = self.seat.view
        return view is not None and view.asks_everyone and not view.paused

    @property
    def _takes_pen(self) -> bool:
        view = self.seat.view
        return view is not None and view.pen is PenState.OFFERED and not view.paused and not self._helps

    @property
    def _by_slip(self) -> bool:
        return self._asks and not self._helps and self.seat.view is not None and self.seat.view.by_slip

    def press(self, key: str, character: str) -> Command | None:
        """Do what a key means; a command is what it asks of the room."""
        self.said = ""
        helps = key == "f1" or character == "?"
        if self._reads and not helps:
            # Whoever has no device can ask in private about a line of the notes, as anybody can.
            return self.seat.press(key, character) if self.seat.is_softening or character == "s" else None
        if key == "enter" and ((self._asks and not self._helps) or (self._takes_pen and not self._slip.is_empty)):
            words, self._slip = self._slip.sent, LineBuffer()
            return Lend(self.seat.words, words)
        if (self._by_slip or self._takes_pen) and not helps:
            self._slip = edited(self._slip, key, character)
        else:
            self._helps = not self._helps and helps
        return None

    def told(self, outcome: Outcome) -> None:
        """Process the outcome of a private request about the notes."""
        self.said = phrases.said(outcome, phrases.notes_moved_on())

    def paste(self, text: str) -> None:
        """Insert pasted text into the words of a slip."""
        if self._by_slip or self._takes_pen:
            self._slip = self._slip.typed(text)

    def page(self, width: int, height: int) -> Page:
        """Draw it, in a column of this width."""
        view = self.seat.view
        if self.seat.is_over or view is None:
            return self.seat.page(width, height)
        leave: tuple[Key, ...] = (("ctrl+x", _("take this laptop out")),)
        if self._helps:
            foot = keys_line(((_("any key"), _("go back")), *leave), width)
            return Page(self._help(view, width), foot)
        if self._reads:
            page = self.seat.page(width, height)
            foot = spaced(
                paragraph(self.said, width, "warning"),
                keys_line((*self._reading_keys, ("f1", _("help")), *leave), width),
            )
            return Page(page.body, foot, page.keep)
        turn: tuple[Key, ...] = (("enter", _("my turn")),) if self._asks else ()
        foot = spaced(paragraph(self.said, width, "warning"), keys_line((*turn, ("f1", _("help")), *leave), width))
        if self._takes_pen:
            return self._for_the_pen(view, width)
        if not self._asks:
            return Page(
                spaced(paragraph(phrases.about_laptop(), width, "dim"), self.seat.page(width, height).body), foot
            )
        body = spaced(
            ends(view.title, where(view), width),
            paragraph(view.heading, width, "title"),
            paragraph(phrases.free_to_go(), width),
            paragraph(_("A question is open. Whose turn is it?"), width),
            paragraph(
                _("Hold the laptop so that only you see the screen. Then type the three words of your slip.")
                if view.by_slip
                else _("Hold the laptop so that only you see the screen. Then press enter."),
                width,
                "result",
            ),
            paragraph(
                _(
                    "Your answer goes with everybody else's. When you are done the screen is cleared, and nobody "
                    "after you can see it or change it."
                ),
                width,
            ),
        )
        if not view.by_slip:
            return Page(body, foot)
        return draft_page(self._slip, width, foot).under(body)

    def _for_the_pen(self, view: View, width: int) -> Page:
        body = spaced(
            ends(view.title, where(view), width),
            paragraph(view.heading, width, "title"),
            paragraph(phrases.pen_offered(), width),
            paragraph(_("If that is you, type the word. Then press enter."), width, "result"),
        )
        keys: tuple[Key, ...] = (("enter", _("take the pen")), ("f1", _("help")), ("ctrl+x", _("take this laptop out")))
        foot = spaced(paragraph(self.said, width, "warning"), keys_line(keys, width))
        return draft_page(self._slip, width, foot).under(body)

    @property
    def _reading_keys(self) -> tuple[Key, ...]:
        if self.seat.is_softening:
            return ((_("arrows or digits"), _("choose")), ("enter", _("ask in private")), ("esc", _("go back")))
        return (("s", _("ask in private to soften a line")),)

    def _help(self, view: View, width: int) -> Lines:
        return spaced(
            paragraph(_("Help"), width, "title"),
            support(view, width, _("If you want to talk to someone")),
            paragraph(phrases.about_laptop(), width),
            paragraph(phrases.free_to_go(), width),
            paragraph(
                _("A turn that nobody types in for a few minutes is cleared. What said Recorded stays in."), width
            ),
        )
