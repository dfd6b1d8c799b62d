"""`tisu doctor`: look at this computer the way a session will need it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from tisu_tui.cli._options import DATA, port
from tisu_tui.cli._saying import say
from tisu_tui.core.translation import gettext as _

_SYNCED = (
    *("dropbox", "onedrive", "icloud", "mobile documents", "cloudstorage", "google drive", "googledrive"),
    *("nextcloud", "owncloud", "pcloud", "syncthing"),
)
"""Names in a path of folders that programs copy to other computers."""
_WIDE = 132
"""Columns from which letters are too small to be read from the back of a room."""
_MARKS = (".stfolder", ".dropbox.cache", ".nextcloudsync.log", ".owncloudsync.log")
"""Files by which such programs mark a folder of any name."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `grade` is fine, note or problem."""

    grade: str
    what: str
    said: str


@click.command
@port("The port that host will listen on.")
@DATA
def doctor(port: int, data: Path | None) -> None:
    """Check terminal, port, addresses, clock, disk and data folder before people come."""
    findings = [*_terminal(), *_port(port), *_addresses(port), *_clock(), *_folder(data), *_support(data), *_by_hand()]
    for check in findings:
        say(f"{check.grade:<8} {check.what:<12} {check.said}", hang=22)
    sys.exit(any(check.grade == "problem" for check in findings))


def _terminal() -> Iterator[Check]:
    if not sys.stdout.isatty():
        yield Check("note", _("terminal"), _("none here; the shared screen needs one, --headless does not"))
        return
    columns, rows = shutil.get_terminal_size()
    small = columns < 80 or rows < 24
    size = _("{columns}×{rows}; the shared screen wants 80×24 or more")
    yield Check("problem" if small else "fine", _("terminal"), size.format(columns=columns, rows=rows))
    if columns > _WIDE:
        said = _("its letters are small; on a projector make them larger, until about 100 fit on a line")
        yield Check("note", _("terminal"), said)
    if os.environ.get("TERM", "dumb") == "dumb":
        yield Check("problem", "TERM", _("dumb; set it to what your terminal is, like xterm-256color"))


def _port(port: int) -> Iterator[Check]:
    from tisu_tui.ssh.listening import why_not

    if error := why_not("", port):
        said = _("{port} can't be had: {reason}; choose another with --port")
        yield Check("problem", _("port"), said.format(port=port, reason=error.strerror or error))
    else:
        yield Check("fine", _("port"), _("{port} is free; a firewall may still close it").format(port=port))


def _addresses(port: int) -> Iterator[Check]:
    from tisu_tui.ssh.listening import addresses

    found = addresses("")
    only_here = all(each.startswith("127.") for each in found)
    said = _("people join with: ssh -p {port} CODE@{address}").format(port=port, address=found[0])
    if only_here:
        said = _("this computer is on no network, so nobody else can join")
    yield Check("problem" if only_here else "fine", _("address"), said)


def _clock() -> Iterator[Check]:
    year = time.localtime().tm_year
    right = 2026 <= year < 2100
    yield Check("fine" if right else "problem", _("clock"), time.strftime("%Y-%m-%d %H:%M"))


def _folder(data: Path | None) -> Iterator[Check]:
    from tisu_tui.store.files import StorageProblem
    from tisu_tui.store.folder import DataFolder

    try:
        folder = DataFolder(data)
    except StorageProblem as problem:
        yield Check("problem", _("data"), str(problem))
        return
    free = shutil.disk_usage(folder.path).free // 2**20
    writable = os.access(folder.path, os.W_OK)
    yield Check("fine" if writable else "problem", _("data"), str(folder.path))
    if free < 100:
        yield Check("problem", _("disk"), _("{n} MiB free; make room first").format(n=free))
    else:
        yield Check("fine", _("disk"), _("{n} MiB free").format(n=free))
    if _is_synced(folder.path):
        said = _("this folder is synced to other computers; choose another with --data")
        yield Check("problem", _("data"), said)


def _is_synced(path: Path) -> bool:
    # A link leads to where the files really are.
    places = [path, path.resolve()]
    if any(name in str(place).casefold() for place in places for name in _SYNCED):
        return True
    return any((each / mark).exists() for place in places for each in (place, *place.parents) for mark in _MARKS)


def _support(data: Path | None) -> Iterator[Check]:
    from tisu_tui.core.contacts import support_warnings
    from tisu_tui.store.files import StorageProblem
    from tisu_tui.store.folder import DataFolder
    from tisu_tui.store.support import load_support

    try:
        contacts = load_support(DataFolder(data))
    except StorageProblem as problem:
        yield Check("problem", _("support"), str(problem))
        return
    warnings = support_warnings(map(str, contacts), dt.date.today())
    for warning in warnings:
        yield Check("note", _("support"), warning)
    if not warnings:
        yield Check("fine", _("support"), "; ".join(contact.said for contact in contacts))


def _by_hand() -> Iterator[Check]:
    yield Check("note", _("sleep"), _("can't be seen from here: keep this computer awake and plugged in"))
    said = _("can't be seen from here: some Wi-Fi keeps its guests apart; try one join from a phone first")
    yield Check("note", _("Wi-Fi"), said)
