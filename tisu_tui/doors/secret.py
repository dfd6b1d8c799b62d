"""The secret that rooms and doors share: its file, and what is derived from it for each room."""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tisu_tui.core.failure import OneLineProblem
from tisu_tui.core.translation import gettext as _

LENGTH = 32
"""Bytes of a secret; those of its file are written as 43 letters."""
_LONGEST_FILE = 4096
_NAME_LETTERS = 26


class SecretProblem(OneLineProblem):
    """A file is no secret, in one line that says what to do."""

    status = 2


@dataclass(frozen=True, slots=True)
class RoomKeys:
    """What a room and its doors know each other by: a name that tells nobody the code, and a pre-shared key."""

    name: str
    psk: bytes = field(repr=False)


class Secret:
    """A shared secret; whoever holds it can reach every room that is hosted with it, by its code."""

    def __init__(self, value: bytes) -> None:
        if len(value) < LENGTH:
            raise ValueError(len(value))
        self._value = value

    def room(self, code: str) -> RoomKeys:
        """Derive the name and the key of the room with this join code."""
        name = hmac.digest(self._derive(b"name"), code.casefold().encode(), sha256)
        letters = base64.b32encode(name).decode().lower()[:_NAME_LETTERS]
        return RoomKeys(letters, self._derive(b"room " + code.casefold().encode()))

    def _derive(self, use: bytes) -> bytes:
        return HKDF(SHA256(), LENGTH, salt=None, info=b"tisu doors 1: " + use).derive(self._value)


def make_secret(path: Path) -> None:
    """Write a new secret that only its owner can read; raises `SecretProblem`."""
    letters = base64.urlsafe_b64encode(secrets.token_bytes(LENGTH)).rstrip(b"=")
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as writing:
            writing.write(letters + b"\n")
    except FileExistsError:
        raise SecretProblem(_("{path}: there is a file already. Choose another name.").format(path=path)) from None
    except OSError as error:
        raise SecretProblem(f"{path}: {error.strerror or error}") from None


def read_secret(path: Path) -> Secret:
    """Read a secret; raises `SecretProblem` where others can read its file, or where it holds none."""
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & 0o077:
                others = _("{path}: others on this computer can read it. To close it: chmod 600 {path}")
                raise SecretProblem(others.format(path=path))
            text = file.read(_LONGEST_FILE).strip()
    except OSError as error:
        raise SecretProblem(f"{path}: {error.strerror or error}") from None
    try:
        return Secret(base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        no_secret = _("{path}: this is no secret. To make one: tisu door --new-secret FILE")
        raise SecretProblem(no_secret.format(path=path)) from None
