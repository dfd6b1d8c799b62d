"""The command line: one file per command, found by its name and imported only when it is called."""

from __future__ import annotations

import gc
import importlib
import keyword
from typing import Any

import click
from click.shell_completion import CompletionItem

from tisu_tui.cli._saying import printing_safely, refuse
from tisu_tui.core.failure import OneLineProblem
from tisu_tui.core.translation import gettext as _

_COMMANDS = {
    "Before the day": {
        "rehearse": _("Try a workshop with made-up people."),
        "new": _("Begin a workshop file of your own."),
        "import": _("Make a draft of a workshop out of any agenda in Markdown."),
        "check": _("Find every problem in a workshop file."),
        "sheets": _("Write what to print or send before the day."),
        "support": _("See who there is to talk to, on everybody's help key."),
        "doctor": _("See whether this computer is ready for people."),
    },
    "With people": {
        "host": _("Run a session with people."),
        "door": _("Let people in to sessions on other computers."),
    },
    "Afterwards": {
        "notes": _("Write the notes of a session, or its paper for managers."),
        "seal": _("Seal notes that were left open to think them over."),
        "actions": _("See what was promised and asked for, and where it stands."),
        "trend": _("See how answers changed over time."),
        "sessions": _("List the sessions on this computer."),
        "verify": _("Count a session again, and see that nothing was changed."),
        "forget": _("Delete sessions; it asks first."),
    },
    "To read": {
        "docs": _("Read the guides, one topic at a time."),
    },
    "Also": {
        "count": _("Count a file of ballots."),
    },
}
"""What each is for, in the order in which people need them: `tisu --help` loads none of them."""
_ALL = {name: told for some in _COMMANDS.values() for name, told in some.items()}


class _Commands(click.Group):
    """Commands found by file name, so `tisu --help` imports none of their dependencies."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run a command; nothing that is said, by click either, can act on the terminal where it is read."""
        # Nearly all that a command loads stays until it ends: looking for garbage in it takes a tenth of the time.
        gc.set_threshold(100_000)
        with printing_safely():
            return super().main(*arguments, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and say in one line why it can't be done where it lets that through."""
        try:
            return super().invoke(ctx)
        except OneLineProblem as problem:
            refuse(str(problem), problem.status)

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(_ALL)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _ALL:
            return None
        # A word of Python's own, like import, has a file and a function with a line behind it.
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command = getattr(importlib.import_module(f"{__name__}.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        names = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in names:
            from tisu_tui.core.did_you_mean import guess
            from tisu_tui.core.enumerating import quoted

            word = args[0].lower()
            known = _("{word} is no command of tisu{guess} To see them all: tisu --help")
            meant = guess(word, names) or "."
            click.echo(known.format(word=quoted(args[0]), guess=meant), err=True)
            ctx.exit(2)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        for title, commands in _COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([*commands.items()], col_spacing=3)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        found = [CompletionItem(name, help=told) for name, told in _ALL.items() if name.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]


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
        from tisu_tui.cli._home_screen import stay

        stay(lambda command: main.main(list(command), prog_name="tisu"), plain=plain)
