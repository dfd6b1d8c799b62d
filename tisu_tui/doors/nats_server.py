"""Where NATS is and how to sign in there: TLS and credentials are needed for all but this computer."""

from __future__ import annotations

import ipaddress
import os
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tisu_tui.core.failure import OneLineProblem
from tisu_tui.core.translation import gettext as _

PORT = 4222


class NatsProblem(OneLineProblem):
    """NATS can't be used, in one line that says why."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where NATS is, and how to sign in there; see `server`."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: ssl.SSLContext | None = None


def server(url: str, login: Path | None = None, authority: Path | None = None) -> Server:
    """Read where NATS is; raises `NatsProblem` where TLS or credentials are missing and it is on another computer."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORT
    except ValueError:
        host, parts, port = "", urlsplit(""), PORT
    if parts.scheme not in {"nats", "tls"} or not host or parts.path not in {"", "/"}:
        raise NatsProblem(_("--nats {url}: write it like tls://nats.example.org:4222").format(url=url))
    if parts.username is not None:
        # A command line can be read by everybody on the computer.
        raise NatsProblem(_("--nats: leave name and password out of the address, and use --login FILE."))
    user, password = _read_login(login) if login else ("", "")
    if not _is_here(host):
        if parts.scheme != "tls":
            raise NatsProblem(_("--nats {url}: NATS on another computer needs TLS. Write tls://.").format(url=url))
        if not user:
            needs = _("--nats {url}: NATS on another computer needs --login FILE, with NAME:PASSWORD in it.")
            raise NatsProblem(needs.format(url=url))
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
    try:
        with path.open(encoding="utf-8") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & 0o077:
                others = _("{path}: others on this computer can read it. To close it: chmod 600 {path}")
                raise NatsProblem(others.format(path=path))
            user, colon, password = file.readline().strip().partition(":")
    except (OSError, UnicodeDecodeError) as error:
        raise NatsProblem(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    if not (user and colon and password):
        raise NatsProblem(_("{path}: expected one line, NAME:PASSWORD").format(path=path))
    return user, password


def _trusting(authority: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=authority)
    except (OSError, ssl.SSLError) as error:
        raise NatsProblem(f"{authority}: {getattr(error, 'strerror', None) or error}") from None
