"""Under which addresses this computer can be reached, and whether a port of it is free."""

from __future__ import annotations

import contextlib
import errno
import socket


def addresses(bind: str) -> tuple[str, ...]:
    """List the addresses to tell people, the likeliest first."""
    if bind not in {"", "0.0.0.0", "::"}:  # noqa: S104 - compared with, not bound to
        return (bind,)
    found = []
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            # Connecting a datagram socket sends nothing; it only asks which address would be used.
            probe.connect((far, 9))
            found.append(probe.getsockname()[0])
    return tuple(found) or ("127.0.0.1",)


def why_not(bind: str, port: int) -> OSError | None:
    """Try whether the door can be opened there; gives the error where it can't."""
    try:
        found = socket.getaddrinfo(bind or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        return error
    for family, kind, _protocol, _canonical, address in found:
        try:
            with socket.socket(family, kind) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                probe.bind(address)
        except OSError as error:
            if error.errno not in (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL):
                return error
    return None
