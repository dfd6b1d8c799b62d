"""A day that is typed as an option."""

from __future__ import annotations

import datetime as dt

import click

from tisu_tui.core.translation import gettext as _


class Day(click.DateTime):
    """A day like 2026-12-01; anything else is refused in the words that other commands use for it."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """Read a day, at midnight; raises click.BadParameter."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(_("{due} is no date; write it like 2026-12-01").format(due=value), param, ctx)
