"""Where NATS is, how to sign in there, and the secret that rooms and doors share over it.

TLS and credentials are needed for all but this computer; what is derived from the secret is another key for each room.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hmac
import ipaddress
import os
import secrets
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tisu_tui.core import system
from tisu_tui.core.failure import OneLineProblem
from tisu_tui.core.translation import gettext as _

PORT = 4222
LENGTH = 32
"""Bytes of a secret; those of its file are written as 43 letters."""
_LONGEST_FILE = 4096
_NAME_LETTERS = 26


class NatsProblem(OneLineProblem):
    """NATS can't be used, in one line that says why."""


class BadAccess(NatsProblem):
    """What was given to reach NATS, or to share over it, can't be used; in one line that says what to do."""

    status = 2


@dataclass(frozen=True, slots=True)
class Server:
    """Where NATS is, and how to sign in there; see `server`."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: ssl.SSLContext | None = None


def server(url: str, login: Path | None = None, authority: Path | None = None) -> Server:
    """Read where NATS is; raises `BadAccess` where TLS or credentials are missing and it is on another computer."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORT
    except ValueError:
        host, parts, port = "", urlsplit(""), PORT
    if parts.scheme not in {"nats", "tls"} or not host or parts.path not in {"", "/"}:
        raise BadAccess(_("--nats {url}: write it like tls://nats.example.org:4222").format(url=url))
    if parts.username is not None:
        # A command line can be read by everybody on the computer.
        raise BadAccess(_("--nats: leave name and password out of the address, and use --login FILE."))
    user, password = _read_login(login) if login else ("", "")
    if not _is_here(host):
        if parts.scheme != "tls":
            raise BadAccess(_("--nats {url}: NATS on another computer needs TLS. Write tls://.").format(url=url))
        if not user:
            needs = _("--nats {url}: NATS on another computer needs --login FILE, with NAME:PASSWORD in it.")
            raise BadAccess(needs.format(url=url))
    tls = _trusting(authority) if parts.scheme == "tls" else None
    place = f"[{host}]" if ":" in host else host
    return Server(f"{parts.scheme}://{place}:{port}", user, password, tls)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _read_login(path: Path) -> tuple[str, str]:
    with _naming(path):
        user, colon, password = _read_private(path).decode().partition("\n")[0].strip().partition(":")
    if not (user and colon and password):
        raise BadAccess(_("{path}: expected one line, NAME:PASSWORD").format(path=path))
    return user, password


def _read_private(path: Path) -> bytes:
    """Read a small file that only its owner can read; raises `OSError`, or `BadAccess` where others can."""
    with path.open("rb") as file:
        if system.others_can_read(os.fstat(file.fileno()).st_mode):
            others = _("{path}: others on this computer can read it. To close it: chmod 600 {path}")
            raise BadAccess(others.format(path=path))
        return file.read(_LONGEST_FILE)


def _trusting(authority: Path | None) -> ssl.SSLContext:
    with _naming(authority):
        return ssl.create_default_context(cafile=authority)


@contextlib.contextmanager
def _naming(path: Path | None) -> Iterator[None]:
    """Say by which file something went wrong; raises `BadAccess`."""
    try:
        yield
    except (OSError, UnicodeDecodeError) as error:
        raise BadAccess(f"{path}: {getattr(error, 'strerror', None) or error}") from None


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
    """Write a new secret that only its owner can read; raises `BadAccess`."""
    letters = base64.urlsafe_b64encode(secrets.token_bytes(LENGTH)).rstrip(b"=")
    with _naming(path):
        try:
            file = os.open(path, system.CREATE, 0o600)
        except FileExistsError:
            raise BadAccess(_("{path}: there is a file already. Choose another name.").format(path=path)) from None
        with os.fdopen(file, "wb") as writing:
            writing.write(letters + b"\n")


def read_secret(path: Path) -> Secret:
    """Read a secret; raises `BadAccess` where others can read its file, or where it holds none."""
    with _naming(path):
        text = _read_private(path).strip()
    try:
        return Secret(base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        no_secret = _("{path}: this is no secret. To make one: tisu door --new-secret FILE")
        raise BadAccess(no_secret.format(path=path)) from None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where sessions and doors meet, and by which secret."""

    at: Server
    secret: Secret


def meeting(nats: str, secret: Path | None, login: Path | None, authority: Path | None) -> Meeting:
    """Read where sessions and doors meet; raises `NatsProblem`."""
    if not _has_library():
        raise NatsProblem(_("--nats needs one more package: pip install nats-py"))
    if secret is None:
        raise BadAccess(_("--nats needs --secret FILE. To make one: tisu door --new-secret FILE"))
    return Meeting(server(nats, login, authority), read_secret(secret))


def _has_library() -> bool:
    try:
        return find_spec("nats") is not None
    except ValueError:  # somebody has put nothing in its place
        return False
