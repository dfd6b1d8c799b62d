"""What `host` settles before anybody comes: the port, whom people can talk to, and the facilitator's passphrase."""

from __future__ import annotations

import contextlib
import datetime as dt
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
from tisu_tui.core.contacts import Contact, read_contact
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.room.return_words import new_words
from tisu_tui.ssh.listening import why_not
from tisu_tui.store.files import StorageProblem
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.support import LONGEST, load_support, save_support

LEAST_PASSPHRASE = 12
"""Letters that a passphrase has at least: who knows it sees what people write."""
PUBLIC_LINES = ("NHS 24, 111", "Breathing Space, 0800 83 85 87", "Samaritans, 116 123")
"""Scotland's public lines, offered to be tried and confirmed."""


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


def ask_for_contacts(folder: DataFolder, own: Sequence[str], today: dt.date) -> None:
    """Ask whom people can talk to, where neither the workshop nor the team's list names anybody."""
    if own or load_support(folder):
        return
    say(_("Whom can people talk to afterwards? They stand on everybody's help key, and nobody is on your list yet."))
    for n, each in enumerate(PUBLIC_LINES, 1):
        click.echo(f"{n:>2}. {each}")
    say(_("Give the numbers of those that somebody tried today, like 1 3, or a name and a number of your own."))
    answer = click.prompt(_("Enter goes on without"), default="", show_default=False)
    if contacts := _contacts(clean(answer, LONGEST), today):
        save_support(folder, contacts)
        say(
            _("On the list: {who}. To change it: tisu support").format(
                who="; ".join(contact.said for contact in contacts)
            )
        )


def _contacts(answer: str, today: dt.date) -> tuple[Contact, ...]:
    chosen = answer.replace(",", " ").split()
    numbers = [str(n) for n in range(1, len(PUBLIC_LINES) + 1)]
    if chosen and all(each in numbers for each in chosen):
        return tuple(Contact(PUBLIC_LINES[int(each) - 1], today) for each in dict.fromkeys(chosen))
    name = read_contact(answer).name
    return (Contact(name, today),) if name else ()


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
