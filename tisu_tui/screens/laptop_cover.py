"""What lies between two people on a shared laptop."""

from __future__ import annotations

from dataclasses import replace

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.layout import Key, Lines, Page, ends, keys_line, paragraph, spaced
from tisu_tui.screens.line_buffer import LineBuffer, draft_page, edited
from tisu_tui.screens.seat import Seat
from tisu_tui.screens.steps import support, where
from tisu_tui.session.commands import Ask, Command, Lend
from tisu_tui.session.outcomes import Outcome, Refused
from tisu_tui.session.pen import PenState
from tisu_tui.view import phrases
from tisu_tui.view.view import View


class Cover(Seat):
    """Where the session is, and how to take a turn: the laptop's own seat, which answers nothing."""

    rests = False

    def __init__(self, laptop: str, invitation: Invitation, said: str = "") -> None:
        super().__init__(laptop, invitation, is_lent=True)
        self.said = said
        self._helps = False
        self._slip = LineBuffer()

    def see(self, view: View) -> None:
        if self.view is not None and self.view.place != view.place:
            self.said = ""  # it was about a question that is past
        super().see(view)

    def hush(self) -> None:
        super().hush()
        self.said = ""

    @property
    def _reads(self) -> bool:
        return self.view is not None and bool(self.view.reading) and not self._helps

    @property
    def _asks(self) -> bool:
        view = self.view
        return view is not None and view.asks_everyone and not view.paused

    @property
    def _takes_pen(self) -> bool:
        view = self.view
        return view is not None and view.pen is PenState.OFFERED and not view.paused and not self._helps

    @property
    def _by_slip(self) -> bool:
        return self._asks and not self._helps and self.view is not None and self.view.by_slip

    def press(self, key: str, character: str) -> Command | None:
        self.said = ""
        helps = key == "f1" or character == "?"
        if self._reads and not helps:
            # Whoever has no device can ask in private about a line of the notes, as anybody can.
            return super().press(key, character) if self.is_softening or character == "s" else None
        if key == "enter" and ((self._asks and not self._helps) or (self._takes_pen and not self._slip.is_empty)):
            words, self._slip = self._slip.sent, LineBuffer()
            return Lend(self.words, words)
        if (self._by_slip or self._takes_pen) and not helps:
            self._slip = edited(self._slip, key, character)
        else:
            self._helps = not self._helps and helps
        return None

    def _spell(self, text: str) -> None:
        """Let a letter close a list, and do no more."""

    def told(self, command: Command, outcome: Outcome) -> None:
        if isinstance(command, Ask):
            self.said = phrases.said(outcome, phrases.notes_moved_on())
        elif isinstance(command, Lend) and isinstance(outcome, Refused):
            self.said = outcome.why

    def paste(self, text: str) -> None:
        if self._by_slip or self._takes_pen:
            self._slip = self._slip.typed(text)

    def page(self, width: int, height: int) -> Page:
        view = self.view
        if self.is_over or view is None:
            return super().page(width, height)
        return replace(self._cover(view, width, height), about=("cover", view.place, self._helps, self.is_softening))

    def _cover(self, view: View, width: int, height: int) -> Page:
        leave: tuple[Key, ...] = (("ctrl+x", _("take this laptop out")),)
        if self._helps:
            foot = keys_line(((_("any key"), _("go back")), *leave), width)
            return Page(self._help(view, width), foot)
        if self._reads:
            page = super().page(width, height)
            foot = spaced(
                paragraph(self.said, width, "warning"),
                keys_line((*self._reading_keys, ("f1", _("help")), *leave), width),
            )
            return replace(page, foot=foot, cursor=None)
        turn: tuple[Key, ...] = (("enter", _("my turn")),) if self._asks else ()
        foot = spaced(paragraph(self.said, width, "warning"), keys_line((*turn, ("f1", _("help")), *leave), width))
        if self._takes_pen:
            return self._for_the_pen(view, width)
        if not self._asks:
            return Page(spaced(paragraph(phrases.about_laptop(), width, "dim"), super().page(width, height).body), foot)
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
        if self.is_softening:
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
