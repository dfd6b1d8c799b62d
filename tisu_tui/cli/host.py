"""`tisu host`: run a session that people join over SSH."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from tisu_tui.cli._options import (
    BIND,
    DATA,
    LOG,
    PATH,
    PORT,
    exports,
    nats_options,
    port,
    read_begin,
    typed_again,
    workshops,
)
from tisu_tui.cli._saying import naming, refuse
from tisu_tui.core.translation import gettext as _

_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_LEVELS = ("error", "warning", "info")
_ONCE = frozenset({"workshop", "port", "at", "code", "new", "resume"})
"""What is not said again to go on with a session: it is known by then, or named anew."""


@click.command
@click.argument("workshop", metavar="FILE", shell_complete=workshops)
@port("Port to listen on; 0: any.")
@BIND
@click.option(
    "--doors",
    type=click.IntRange(0, 16),
    default=0,
    metavar="N",
    help="Let people in by N processes beside the room, for more than one core.",
)
@nats_options
@click.option(
    "--also",
    multiple=True,
    metavar="DOOR=PRINT",
    help="Name this door on the screens, like door.example.org:2222=SHA256:…, with its fingerprint.",
)
@click.option("--headless", is_flag=True, help="No screen here: everybody comes in over SSH.")
@click.option("--at", default="", metavar="TIME", help="When the session is to begin, like 10:00, for the run sheet.")
@click.option("--code", default="", help="Use this join code.")
@DATA
@click.option(
    "--console-key", type=PATH, metavar="PUB", help="Public key file that opens the facilitator's private screen."
)
@click.option("--new", is_flag=True, help="Start afresh, even if a session of this workshop was interrupted.")
@click.option("--resume", metavar="ID", default="", help="Go on with this session.")
@exports("Folder for the notes.")
@LOG
@click.option("--log-level", type=click.Choice(_LEVELS), default="info", show_default=True, help="How much is logged.")
@click.pass_context
def host(
    context: click.Context,
    workshop: str,
    port: int,
    bind: str,
    doors: int,
    nats: str,
    secret: Path | None,
    login: Path | None,
    ca: Path | None,
    also: tuple[str, ...],
    *,
    headless: bool,
    at: str,
    code: str,
    data: Path | None,
    console_key: Path | None,
    new: bool,
    resume: str,
    exports: Path,
    log: Path | None,
    log_level: str,
) -> None:
    """Run a session of the workshop FILE, a path or a name from the library.

    People join with the line on the shared screen. The facilitator has a private screen at facilitator@ this
    computer, opened by a key or a passphrase.
    """
    from tisu_tui.cli._opening import open_workshop

    if new and resume:
        refuse(_("Choose --new or --resume, not both."))
    begins = read_begin(at)
    read = open_workshop(workshop)
    if not headless and not (sys.stdin.isatty() and sys.stdout.isatty()):
        refuse(_("There is no terminal here for the shared screen. Use --headless --console-key PUB."))
    if headless and console_key is None:
        refuse(_("--headless needs --console-key PUB: without a screen, only the facilitator's key can start it."))
    if doors and os.name != "posix":
        refuse(_("--doors needs a system that can hand a listening port to another process: Linux or macOS."))
    meets = None
    if nats:
        from tisu_tui.doors.nats_access import meeting

        meets = meeting(nats, secret, login, ca)
    elif secret or login or ca or also:
        named = "--secret" if secret else "--login" if login else "--ca" if ca else "--also"
        refuse(_("{option} needs --nats URL.").format(option=named))
    named_doors, keys, typed = tuple(map(_door, also)), _keys(console_key), typed_again(context, _ONCE)

    from tisu_tui.cli import _before, _session
    from tisu_tui.cli._hosting import Doorway
    from tisu_tui.cli._logging import logging_to
    from tisu_tui.cli.support import ask_for_contacts
    from tisu_tui.ssh.listening import why_not
    from tisu_tui.store.folder import DataFolder

    if not doors and (error := why_not(bind, port)):
        begun = ("--new",) if new else ("--resume", resume) if resume else ()
        command = ("tisu", "host", workshop, *begun, *typed)
        _before.refuse_for_doors(data, ("--port", str(port)) if port != PORT else (), command)
        _before.refuse_port(error, bind, port, command)
    folder, today = DataFolder(data), dt.date.today()
    chosen = _session.choose(folder, read, new=new, resume=resume, today=today, asks=not headless)
    if not (headless or chosen):
        ask_for_contacts(folder, read.support)
    passphrase = None if keys else _before.ask_for_passphrase()
    planned = -1 if begins is None else begins
    doorway = Doorway(bind, port, keys, passphrase, planned=planned, doors=doors, also=named_doors)
    if meets:
        from tisu_tui.cli._doors import far_doors

        doorway = replace(doorway, far=partial(far_doors, meets))
    wish = _session.HostOptions(workshop, doorway, code, exports, typed)
    with logging_to(log, log_level):
        sys.exit(_session.run(folder, chosen, read, wish, headless=headless))


def _door(typed: str) -> tuple[str, int, str]:
    """Read the address, the port and the fingerprint of a door that screens name, or refuse in one line."""
    place, equals, fingerprint = typed.partition("=")
    address, colon, port = place.rpartition(":")
    if not colon or "]" in port or (":" in address.strip("[]") and not address.startswith("[")):
        address, port = place, "22"
    if not address or not port.isdecimal() or not 0 < int(port) < 65536:
        refuse(_("--also {address}: write it like door.example.org:2222").format(address=typed))
    if equals and not _FINGERPRINT.fullmatch(fingerprint):
        refuse(_("--also {address}: after = comes the fingerprint that tisu door says, SHA256:…").format(address=typed))
    return address.strip("[]"), int(port), fingerprint


def _keys(path: Path | None) -> str:
    if path is None:
        return ""
    with naming(path):
        keys = path.read_text(encoding="utf-8")
    if not keys.strip() or "PRIVATE KEY" in keys:
        refuse(_("{path}: this is no public key; it is the file whose name ends in .pub").format(path=path))
    return keys
