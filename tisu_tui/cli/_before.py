"""What is settled before anybody comes: that the port is free, and the facilitator's passphrase."""

from __future__ import annotations

import contextlib
import errno
import getpass
import os
import secrets
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from tisu_tui.cli._saying import hint, refuse, say
from tisu_tui.core.translation import gettext as _
from tisu_tui.room.return_words import new_words
from tisu_tui.ssh.listening import why_not
from tisu_tui.store.files import StorageProblem
from tisu_tui.store.folder import DataFolder

LEAST_PASSPHRASE = 12
"""Letters that a passphrase has at least: who knows it sees what people write."""


def refuse_port(error: OSError, bind: str, port: int, command: Sequence[str]) -> NoReturn:
    """Say why the door can't be opened there, and with what it can; `command` is what was typed, without the port."""
    if error.errno != errno.EADDRINUSE:
        refuse(
            _("Can't listen on {where}: {reason}.").format(
                where=f"{bind or '*'}:{port}", reason=error.strerror or error
            ),
            1,
        )
    free = next((each for each in range(port + 1, port + 20) if each < 65536 and not why_not(bind, each)), 0)
    used = _("Port {port} is in use already, perhaps by a session that still runs. With another port:")
    hint(used.format(port=port), shlex.join((*command, "--port", str(free))), err=True)
    sys.exit(1)


def refuse_for_doors(data: Path | None, where: Sequence[str], command: Sequence[str]) -> None:
    """Where doors of a host that was killed wait for it, and may have the port, say how to go on through them."""
    try:
        waiting = [*DataFolder(data, create=False).path.glob("*.doors")]
    except StorageProblem:
        return
    if waiting:
        said = _("Doors of a session that was interrupted wait there. To go on through them:")
        hint(said, shlex.join((*command, *where, "--doors", "2")), err=True)
        sys.exit(1)


def ask_for_passphrase() -> str:
    """Ask for the passphrase of the facilitator's private screen; Enter takes one that is ready made."""
    made = ""
    while len(made) < LEAST_PASSPHRASE:
        made = new_words(secrets.SystemRandom()).replace("-", " ")
    say(_("A passphrase opens your private screen. Nobody else needs it, so let nobody read along."))
    say(_("Write these three words down and press Enter, or type one of your own. The screen then clears them."))
    while True:
        # getpass stops the echo before it asks; click asks first, and quick fingers would be seen on a projector.
        prompt = _("Passphrase [{words}]: ").format(words=made)
        chosen = getpass.getpass(prompt)
        _rub_out(prompt)
        if not chosen:
            return made
        if len(chosen) < LEAST_PASSPHRASE:
            few = _("It has to have {n} letters or more. A few words are easy to keep in mind.")
            click.echo(few.format(n=LEAST_PASSPHRASE))
        elif getpass.getpass(_("Once more: ")) == chosen:
            return chosen
        else:
            click.echo(_("These two were not the same."))


def _rub_out(prompt: str) -> None:
    """Take what was asked off the terminal: everybody may see it a moment later."""
    if sys.stdout.isatty():
        rows = -(-len(prompt) // max(1, shutil.get_terminal_size().columns))
        # Around what keeps escapes out of all that is printed.
        with contextlib.suppress(OSError):
            os.write(sys.stdout.fileno(), f"\x1b[{rows}A\r\x1b[J".encode())
