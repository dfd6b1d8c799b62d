"""`tisu host`: run a session that people join over SSH."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import click

from tisu_tui.cli._options import BIND, DATA, LOG, exports, nats_options, port, workshops
from tisu_tui.core.translation import gettext as _

_LEVELS = ("error", "warning", "info")


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
    "--also", multiple=True, metavar="DOOR", help="Name this door on the screens, like door.example.org:2222."
)
@click.option("--headless", is_flag=True, help="No screen here: everybody comes in over SSH.")
@click.option("--at", default="", metavar="TIME", help="When the session is to begin, like 10:00, for the run sheet.")
@click.option("--code", default="", help="Use this join code.")
@DATA
@click.option(
    "--console-key",
    type=click.Path(path_type=Path),
    metavar="PUB",
    help="Public key file that opens the facilitator's private screen.",
)
@click.option("--new", is_flag=True, help="Start afresh, even if a session of this workshop was interrupted.")
@click.option("--resume", metavar="ID", default="", help="Go on with this session.")
@exports("Folder for the notes.")
@LOG
@click.option("--log-level", type=click.Choice(_LEVELS), default="info", show_default=True, help="How much is logged.")
def host(
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
    from tisu_tui.cli._opening import open_folder, open_workshop, refuse
    from tisu_tui.core.days import read_clock

    if new and resume:
        refuse(_("Choose --new or --resume, not both."))
    try:
        planned = read_clock(at) if at else -1
    except ValueError:
        refuse(_("--at {time} is no time of day. Write it like 10:00.").format(time=at))
    read = open_workshop(workshop)
    if not headless and not (sys.stdin.isatty() and sys.stdout.isatty()):
        refuse(_("There is no terminal here for the shared screen. Use --headless --console-key PUB."))
    if headless and console_key is None:
        refuse(_("--headless needs --console-key PUB: without a screen, only the facilitator's key can start it."))
    if doors and os.name != "posix":
        refuse(_("--doors needs a system that can hand a listening port to another process: Linux or macOS."))
    meets = None
    if (secret or login or ca or also) and not nats:
        named = "--secret" if secret else "--login" if login else "--ca" if ca else "--also"
        refuse(_("{option} needs --nats URL.").format(option=named))
    if nats:
        from tisu_tui.cli._meeting import meeting

        meets = meeting(nats, secret, login, ca, also)
    keys = _keys(console_key)
    far = _far(nats, secret, login, ca, also)
    typed = _typed(bind, doors, far, headless=headless, data=data, console_key=console_key, exports=exports, log=log)

    from tisu_tui.cli import _before
    from tisu_tui.cli._network import why_not

    if not doors and (error := why_not(bind, port)):
        begun = ("--new",) if new else ("--resume", resume) if resume else ()
        command = ("tisu", "host", workshop, *begun, *typed)
        _before.refuse_for_doors(data, ("--port", str(port)) if port != 2222 else (), command)
        _before.refuse_port(error, bind, port, command)
    folder = open_folder(data)

    from tisu_tui.cli import _session
    from tisu_tui.cli._logging import LogProblem, logging_to

    today = dt.date.today()
    chosen = _session.choose(folder, read, new=new, resume=resume, today=today, asks=not headless)
    if not (headless or chosen):
        _before.ask_for_contacts(folder, read.support, today)
    passphrase = None if keys else _before.ask_for_passphrase()
    wish = _session.HostOptions(workshop, bind, port, keys, passphrase, code, exports, typed, planned, doors, meets)
    try:
        with logging_to(log, log_level):
            status = _session.run(folder, chosen, read, wish, headless=headless)
    except LogProblem as problem:
        refuse(str(problem), 1)
    sys.exit(status)


def _typed(
    bind: str,
    doors: int,
    far: tuple[str, ...],
    *,
    headless: bool,
    data: Path | None,
    console_key: Path | None,
    exports: Path,
    log: Path | None,
) -> tuple[str, ...]:
    """Give the options that the same session is hosted with again, but for its port."""
    given: dict[str, object] = {"--bind": bind, "--data": data, "--console-key": console_key, "--log": log}
    given["--doors"] = doors
    if exports != Path("exports"):
        given["--exports"] = exports
    named = (each for name, value in given.items() if value for each in (name, str(value)))
    return (*(("--headless",) if headless else ()), *named, *far)


def _far(
    nats: str, secret: Path | None, login: Path | None, authority: Path | None, also: tuple[str, ...]
) -> tuple[str, ...]:
    """Give the options about doors on other computers, as they were typed."""
    given = (("--nats", nats), ("--secret", secret), ("--login", login), ("--ca", authority))
    named = (each for name, value in given if value for each in (name, str(value)))
    return (*named, *(each for door in also for each in ("--also", door)))


def _keys(path: Path | None) -> str:
    from tisu_tui.cli._opening import refuse

    if path is None:
        return ""
    try:
        keys = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        refuse(f"{path}: {getattr(error, 'strerror', None) or error}")
    if not keys.strip() or "PRIVATE KEY" in keys:
        refuse(_("{path}: this is no public key; it is the file whose name ends in .pub").format(path=path))
    return keys
