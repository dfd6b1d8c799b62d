"""The options by which `host` and `door` are told where they meet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

_FILE = click.Path(path_type=Path)


def nats_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say where NATS is and how to be let in there."""
    for option in (
        click.option("--ca", type=_FILE, metavar="FILE", help="Certificates that NATS is trusted by."),
        click.option("--login", type=_FILE, metavar="FILE", help="File with NAME:PASSWORD for NATS."),
        click.option("--secret", type=_FILE, metavar="FILE", help="The secret that sessions and doors share."),
        click.option("--nats", metavar="URL", default="", help="NATS, by which sessions and doors find each other."),
    ):
        command = option(command)
    return command
