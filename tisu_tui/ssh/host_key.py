"""The key by which people's SSH clients recognise this host."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import asyncssh

from tisu_tui.core import system
from tisu_tui.core.failure import OneLineProblem
from tisu_tui.core.translation import gettext as _

_LARGEST_KEY_FILE = 64 * 1024


class HostKeyProblem(OneLineProblem):
    """The host key can't be used; the message says why in one line."""


def load_host_key(path: Path) -> asyncssh.SSHKey:
    """Load the key in this file, made on first use and readable by its owner only.

    Raises `HostKeyProblem` where others can read the file or it holds no key, `OSError` where it can't be opened.
    """
    try:
        descriptor = os.open(path, system.CREATE, 0o600)
    except FileExistsError:
        return _read(path)
    key = asyncssh.generate_private_key("ssh-ed25519", comment="tisu")
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.export_private_key())
        file.flush()
        os.fsync(file.fileno())
    return key


def _read(path: Path) -> asyncssh.SSHKey:
    try:
        descriptor = os.open(path, system.READ | getattr(os, "O_NONBLOCK", 0))
    except OSError as problem:
        if path.is_symlink():
            raise HostKeyProblem(_("{path}: the host key may not be a link").format(path=path)) from problem
        raise
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise HostKeyProblem(_("{path}: the host key is not a file").format(path=path))
        if system.others_can_read(found.st_mode):
            raise HostKeyProblem(
                _("{path}: other people can read the host key; run: chmod 600 {path}").format(path=path)
            )
        text = os.read(descriptor, _LARGEST_KEY_FILE)
    finally:
        os.close(descriptor)
    try:
        return asyncssh.import_private_key(text)
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as problem:
        raise HostKeyProblem(
            _("{path}: no usable host key; delete the file and a new one is made").format(path=path)
        ) from problem
