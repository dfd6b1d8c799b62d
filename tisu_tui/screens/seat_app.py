from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import ClassVar

from rich.console import Console, RenderableType
from textual.app import App, SystemCommand
from textual.filter import LineFilter
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme

from tisu_tui.core.terminal import Facts
from tisu_tui.screens.palette import Depth, filters
from tisu_tui.screens.textual_patches import SharedStylesheet

_THEME = "textual-dark"


@lru_cache(maxsize=1)
def _console() -> Console:
    # Textual asks its console how many colours there are. The depth of each terminal is applied before, by palette
    # and line filters, since Textual remembers the codes of a style for all apps at once.
    return Console(
        file=io.StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False, _environ={}
    )


@lru_cache(maxsize=64)
def _css_variables(app: type[App[None]], theme: str) -> dict[str, str]:
    del app, theme  # only the key
    return {}


class SeatApp(App[None], inherit_bindings=False):
    """An app that is served to somebody else's terminal: it takes nothing from the host's environment and does
    nothing to the host's machine.

    A subclass binds its own keys, leaving included, and may set `ENABLE_COMMAND_PALETTE` and `NOTICES`.
    """

    ENABLE_COMMAND_PALETTE = False
    NOTICES: ClassVar[bool] = False
    """Whether toasts and tooltips may appear: two more widgets on every screen."""

    # The environment may name another theme; `init=False` as the stylesheet starts with this theme's variables anyway.
    theme: Reactive[str] = Reactive(_THEME, init=False)

    def __init__(self) -> None:
        super().__init__()
        self.features = frozenset()
        self.console = self.error_console = _console()
        self.animation_level = "none"
        self.depth = Depth.TRUECOLOUR
        self.no_color = False
        self.stylesheet = SharedStylesheet(variables=self.get_css_variables())
        self._disable_tooltips = self._disable_notifications = not self.NOTICES

    def adapt(self, facts: Facts) -> None:
        """Draw with as many colours as the terminal has."""
        self.depth = Depth.of(facts)
        self.no_color = self.depth is Depth.NONE

    @property
    def painted(self) -> bool:
        raise NotImplementedError
