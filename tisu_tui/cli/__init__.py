"""The command line: one file per command, found by its name and imported only when it is called."""

from __future__ import annotations

import importlib
import pkgutil

import click

from tisu_tui.core.translation import remember_catalogues


class _Commands(click.Group):
    """Commands found by their files being here, so that `tisu --help` imports none of what they need."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(file.name for file in pkgutil.iter_modules(__path__) if not file.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = getattr(importlib.import_module(f"{__name__}.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(package_name="tisu-tui", prog_name="tisu")
@click.option("--plain", is_flag=True, help="Without a command: what there is in plain lines, and no screen.")
@click.pass_context
def main(context: click.Context, *, plain: bool) -> None:
    """Run facilitated team workshops in the terminal.

    The facilitator paces the session on a shared screen, everyone answers from a plain SSH terminal, and the team
    leaves with notes in Markdown. Without a command: workshops, past sessions, and what there is to do.
    """
    remember_catalogues()
    if context.invoked_subcommand is None:
        from tisu_tui.cli._looking import stay

        stay(lambda command: main.main(list(command), prog_name="tisu"), plain=plain)
