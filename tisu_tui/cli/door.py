"""`tisu door`: let people in to sessions that run on other computers."""

from __future__ import annotations

from pathlib import Path

import click

from tisu_tui.cli._options import BIND, DATA, LOG, PATH, nats_options, port, typed_again
from tisu_tui.core.translation import gettext as _


@click.command
@nats_options
@port("Port to listen on; 0: any.")
@BIND
@click.option("--address", default="", metavar="NAME", help="Name of this computer in the lines that people type.")
@DATA
@click.option("--new-secret", type=PATH, metavar="FILE", help="Make a secret, and do nothing else.")
@LOG
@click.pass_context
def door(
    context: click.Context,
    nats: str,
    secret: Path | None,
    login: Path | None,
    ca: Path | None,
    port: int,
    bind: str,
    *,
    address: str,
    data: Path | None,
    new_secret: Path | None,
    log: Path | None,
) -> None:
    """Be a front door for every session that is hosted with --nats and the same secret.

    People join with ssh CODE@ this computer, whichever session the code belongs to. The facilitator's private screen is
    at facilitator+CODE@ this computer.
    """
    import asyncio

    from tisu_tui.cli._saying import refuse
    from tisu_tui.doors.nats_access import make_secret, meeting
    from tisu_tui.store.folder import DataFolder

    if new_secret is not None:
        make_secret(new_secret)
        click.echo(
            _("Give {path} to every host and every door, by a way that nobody else sees.").format(path=new_secret)
        )
        return
    if not nats:
        refuse(_("tisu door needs --nats URL and --secret FILE. To make a secret: tisu door --new-secret FILE"))
    at = meeting(nats, secret, login, ca)
    folder = DataFolder(data)

    from tisu_tui.cli._logging import logging_to
    from tisu_tui.cli._rooms_by_code import keep_door

    try:
        with logging_to(log, "info"):
            asyncio.run(keep_door(at, folder.path / "host_key", bind, port, address))
    except OSError as error:
        from tisu_tui.cli._before import refuse_port

        refuse_port(error, bind, port, ("tisu", "door", *typed_again(context, {"port"})))
