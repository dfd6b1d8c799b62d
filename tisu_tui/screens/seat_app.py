"""The base of every app we run: on the host's own terminal, and on the terminals of people who came over SSH."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import ClassVar

from rich.console import Console
from textual.app import App, SystemCommand
from textual.filter import LineFilter
from textual.geometry import Region
from textual.reactive import Reactive
from textual.screen import Screen
from textual.strip import Strip

from tisu_tui.core.terminal import Facts
from tisu_tui.screens.palette import ColourTheme, Depth, TextLook, filters
from tisu_tui.screens.textual_patches import SeatCompositor, SharedStylesheet

_variables: dict[tuple[type[App[None]], str], dict[str, str]] = {}


@lru_cache(maxsize=1)
def _console() -> Console:
    # One depth for all: Textual remembers the escape codes of a style for every app at once, so that what a terminal
    # can't show is taken out of the styles beforehand, by the palette and the line filters.
    nothing: Mapping[str, str] = {}
    return Console(
        file=io.StringIO(),
        quiet=True,
        color_system="truecolor",
        force_terminal=True,
        legacy_windows=False,
        _environ=nothing,
    )


class SeatScreen(Screen[None]):
    """A screen whose own background is one row shared by all seats, as it is mostly covered."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._compositor = SeatCompositor()

    @classmethod
    def _get_component_classes(cls) -> frozenset[str]:  # type: ignore[override]  # the original is cached
        # The one that a stock screen has is for what is selected with the mouse: a node more for each seat.
        return frozenset()

    @property
    def is_due(self) -> bool:
        """Whether something waits to be drawn at the next tick."""
        return self._repaint_required or self._layout_required or bool(self._dirty_widgets)

    def _compositor_refresh(self) -> None:
        # Textual would draw all while drawing is held back, and throw it away, and three times as it begins.
        app = self.app
        if not (self._repaint_required or (isinstance(app, SeatApp) and app.is_held_back)):
            super()._compositor_refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        row = Strip.blank(crop.width, self.visual_style.rich_style)
        for line_filter in self.get_line_filters():
            row = row.apply_filter(line_filter, self.background_colors[1])
        return [row] * crop.height


class SeatApp(App[None], inherit_bindings=False):
    """An app of which hundreds run side by side: it takes nothing from the host's environment, and does nothing to
    the host's machine.

    A subclass binds its own keys, leaving included, and may set `ENABLE_COMMAND_PALETTE` and `NOTICES`.
    """

    ENABLE_COMMAND_PALETTE = False
    NOTICES: ClassVar[bool] = False
    """Whether toasts and tooltips can appear: two more widgets on every screen."""
    PACKETS_ARE_TEXT: ClassVar[bool] = False
    """Whether letters that arrive in one packet are a paste: nobody presses one key and reads what it did so fast."""

    # The environment could name another one; without `init` as the stylesheet starts from this theme anyway.
    theme: Reactive[str] = Reactive("textual-dark", init=False)

    def __init__(self) -> None:
        super().__init__()
        self.goodbye: Sequence[str] = ()
        """What remains on the terminal once the app is gone."""
        self.has_cursor = False
        """Whether its terminal can show a cursor of its own; where it can't, the cell under it is reversed."""
        self.shows_cursor = False
        """Whether something is typed or highlighted, for the cursor to stand on: magnifiers and speech follow it."""
        self.look = TextLook()
        self.no_color = False
        self.features = frozenset()
        self.animation_level = "none"
        self.console = self.error_console = _console()
        self.stylesheet = SharedStylesheet(variables=self.get_css_variables())
        self._disable_tooltips = self._disable_notifications = not self.NOTICES
        # The first paint is held until everything is mounted: one frame instead of several.
        self._begin_batch()

    def adapt(self, facts: Facts) -> None:
        """Draw with as many colours as this terminal has."""
        self.look = TextLook.of(facts, self.look.theme)
        self.no_color = self.look.is_plain

    def wear(self, theme: ColourTheme) -> None:
        """Draw everything in another theme from here on."""
        self.look = TextLook(self.look.depth, theme)
        self.no_color = self.look.is_plain

    def freeze(self) -> None:
        """Draw nothing until `thaw`; what is shown meanwhile is not lost, only the frames in between."""
        self._begin_batch()

    def thaw(self) -> None:
        """Draw again, all of it."""
        self.call_later(self._paint_all)

    @property
    def is_held_back(self) -> bool:
        """Whether nothing is drawn for now."""
        return bool(self._batch_count)

    @property
    def can_paint(self) -> bool:
        """Whether rows can be sent at once: the terminal is one of ours, and Textual is not about to draw it all."""
        if not self.has_cursor or not self._running or self._closed or self.is_held_back:
            return False
        return isinstance(self.screen, SeatScreen) and not self.screen.is_due

    def paint(self, rows: Sequence[tuple[int, Strip]]) -> None:
        """Send whole rows of the screen now, where `can_paint`.

        Textual would wait for its next tick, up to a sixtieth of a second, and make every row of the widget for one.
        """
        drawn = [f"\x1b[{y + 1};1H{strip.render(self.console)}" for y, strip in rows]
        column, row = self.cursor_position
        if self._driver is not None:
            self._driver.write(f"{''.join(drawn)}\x1b[{row + 1};{column + 1}H")

    async def _ready(self) -> None:
        await super()._ready()
        # Behind what mounting has put into the screen's queue.
        self.screen.call_later(self.screen.call_later, self._paint_all)

    def _paint_all(self) -> None:
        self._end_batch()
        self.screen.refresh()

    def get_default_screen(self) -> Screen[None]:
        return SeatScreen(id="_default")

    # What a stock app works out again for every instance, or for every line it draws.

    def get_css_variables(self) -> dict[str, str]:
        key = (type(self), self.theme)
        if key not in _variables:
            _variables[key] = super().get_css_variables()
        self.theme_variables = _variables[key]
        return self.theme_variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        return filters(Depth.NONE if self.look.is_plain else self.look.depth)

    # What a stock app does when it fails: it prints the locals of every frame, people's words among them, on the
    # host. Here the exception is kept for whoever runs the app.

    def panic(self, *_renderables: object) -> None:
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    # What a stock app does to the machine it runs on, which is the host's, or to the terminal beyond drawing.

    def bell(self) -> None:
        """Stay quiet."""

    def _set_pointer_shape(self, shape: str) -> None:
        """Leave the pointer alone: nothing would set it back after a dropped connection."""

    def copy_to_clipboard(self, text: str) -> None:
        """Keep `text` inside the app: a computer may be shared, and its clipboard outlives the session."""
        self._clipboard = text

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing: the browser would be the host's."""

    def deliver_text(self, *_args: object, **_options: object) -> None:
        """Save nothing: the disk would be the host's."""

    def deliver_binary(self, *_args: object, **_options: object) -> None:
        """Save nothing: the disk would be the host's."""

    def deliver_screenshot(self, *_args: object, **_options: object) -> None:
        """Save nothing: the disk would be the host's."""

    def save_screenshot(self, *_args: object, **_options: object) -> str:
        raise PermissionError("screenshots would be saved on the host")

    def action_screenshot(self, *_args: object, **_options: object) -> None:
        """Save nothing: the disk would be the host's."""

    def action_suspend_process(self) -> None:
        """Keep running: the process is everybody's."""

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer nothing of Textual's own: a subclass with a command palette fills it."""
        del screen
        return ()
