"""`tisu host`: run a session that people join over SSH."""

from __future__ import annotations

import datetime as dt
import getpass
import sys
from gettext import gettext as _
from pathlib import Path

import click

LEAST_PASSPHRASE = 12
"""Letters that a passphrase has at least: who knows it sees what people write."""


@click.command(short_help="Run a session with people.")
@click.argument("workshop", metavar="FILE")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=2222,
    metavar="PORT",
    show_default=True,
    help="Port to listen on; 0: any.",
)
@click.option("--bind", default="", metavar="ADDR", help="Listen on this address only.")
@click.option("--headless", is_flag=True, help="No screen here: everybody comes in over SSH.")
@click.option("--code", default="", help="Use this join code.")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder, instead of $TISU_DATA or your own.")
@click.option(
    "--console-key",
    type=click.Path(path_type=Path),
    metavar="PUB",
    help="Public key file that opens the facilitator's private screen.",
)
@click.option("--new", is_flag=True, help="Start afresh, even if a session of this workshop was interrupted.")
@click.option("--resume", metavar="ID", default="", help="Go on with this session.")
@click.option("--exports", type=click.Path(path_type=Path), default=Path("exports"), help="Folder for the notes.")
def host(
    workshop: str,
    port: int,
    bind: str,
    *,
    headless: bool,
    code: str,
    data: Path | None,
    console_key: Path | None,
    new: bool,
    resume: str,
    exports: Path,
) -> None:
    """Run a session of the workshop FILE, a path or a name from the library.

    People join with the line on the shared screen. The facilitator has a private screen at facilitator@ this
    computer, opened by a key or a passphrase.
    """
    from tisu_tui.cli._opening import open_folder, open_workshop, refuse

    if new and resume:
        refuse(_("Choose --new or --resume, not both."))
    read = open_workshop(workshop)
    if not headless and not (sys.stdin.isatty() and sys.stdout.isatty()):
        refuse(_("There is no terminal here for the shared screen. Use --headless --console-key PUB."))
    if headless and console_key is None:
        refuse(_("--headless needs --console-key PUB: without a screen, only the facilitator's key can start it."))
    keys = _keys(console_key)
    folder = open_folder(data)

    from tisu_tui.cli import _session

    chosen = _session.choose(folder, read, new=new, resume=resume, today=dt.date.today())
    passphrase = None if keys else _passphrase()
    sys.exit(
        _session.run(
            folder,
            chosen,
            read,
            _session.Wish(
                file=workshop, bind=bind, port=port, keys=keys, passphrase=passphrase, code=code, exports=exports
            ),
            headless=headless,
        )
    )


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


def _passphrase() -> str:
    click.echo(_("Choose a passphrase for the facilitator's private screen. Nobody else needs it."))
    while True:
        # getpass stops the echo before it asks; click asks first, and quick fingers would be seen on a projector.
        chosen = getpass.getpass(_("Passphrase: "))
        if len(chosen) < LEAST_PASSPHRASE:
            few = _("It has to have {n} letters or more. A few words are easy to keep in mind.")
            click.echo(few.format(n=LEAST_PASSPHRASE))
            continue
        if getpass.getpass(_("Once more: ")) == chosen:
            return chosen
        click.echo(_("These two were not the same."))
