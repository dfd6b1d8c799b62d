"""The command line: one file per command, found by its name and imported only when it is called."""

from __future__ import annotations

import importlib
import keyword
import pkgutil
from typing import Any

import click

from tisu_tui.cli._saying import printing_safely
from tisu_tui.core.translation import gettext as _

_ORDER = {
    "Before the day": ("rehearse", "new", "import", "check", "sheets", "support", "doctor"),
    "With people": ("host", "door"),
    "Afterwards": ("notes", "seal", "actions", "trend", "sessions", "verify", "forget"),
    "To read": ("docs",),
}
"""The order in which people need them; a command that is not named here is listed after them."""


class _Commands(click.Group):
    """Commands found by file name, so `tisu --help` imports none of their dependencies."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run a command; nothing that is said, by click either, can act on the terminal where it is read."""
        with printing_safely():
            return super().main(*arguments, **settings)

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        # A word of Python's own, like import, has a file and a function with a line behind it.
        return sorted(file.name.rstrip("_") for file in pkgutil.iter_modules(__path__) if file.name[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command = getattr(importlib.import_module(f"{__name__}.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        names = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in names:
            from tisu_tui.workshop.problems import guess, quoted

            word = args[0].lower()
            known = _("{word} is no command of tisu{guess} To see them all: tisu --help")
            meant = guess(word, names) or "."
            click.echo(known.format(word=quoted(args[0]), guess=meant), err=True)
            ctx.exit(2)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        left = set(self.list_commands(ctx))
        for title, names in (
            *_ORDER.items(),
            ("Also", sorted(left - {each for some in _ORDER.values() for each in some})),
        ):
            found = [(name, self.get_command(ctx, name)) for name in names if name in left]
            rows = [(name, command.get_short_help_str(limit=66)) for name, command in found if command]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows, col_spacing=3)


_NEW_HERE = "\b\nNew here? Watch a session with made-up people:\n  tisu rehearse window-of-tolerance"


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    epilog=_NEW_HERE,
)
@click.version_option(package_name="tisu-tui", prog_name="tisu")
@click.option("--plain", is_flag=True, help="Without a command: what there is in plain lines, and no screen.")
@click.pass_context
def main(context: click.Context, *, plain: bool) -> None:
    """Run facilitated team workshops in the terminal.

    The facilitator paces the session on a shared screen, everyone answers from a plain SSH terminal, and the team
    leaves with notes in Markdown. Without a command: workshops, past sessions, and what there is to do.
    """
    if context.invoked_subcommand is None:
        from tisu_tui.cli._looking import stay

        stay(lambda command: main.main(list(command), prog_name="tisu"), plain=plain)
