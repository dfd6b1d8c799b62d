"""Sockets that listen for people, and the addresses at which this computer can be reached."""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Callable
from typing import Any

from tisu_tui.core import system

BACKLOG = 1024
SEND_BUFFER = 128 * 1024  # the kernel's share of what a slow reader costs


def listen(bind: str, port: int) -> list[socket.socket]:
    """Listen on `bind`, or on all interfaces if it is empty; raises `OSError` if none is available."""
    return _at_each(bind, port, lambda each: each.listen(BACKLOG))


def hold(bind: str, port: int) -> list[socket.socket]:
    """Keep a port for processes of the same user that listen `beside` what is given; raises `OSError`."""
    # Or another session could listen here while no door does; it was needed only for what earlier ones have left.
    return _at_each(bind, port, lambda each: each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0), shared=True)


def why_not(bind: str, port: int) -> OSError | None:
    """Try whether the door can be opened there; gives the error where it can't."""
    try:
        for each in _at_each(bind, port, lambda _each: None):
            each.close()
    except OSError as error:
        return error
    return None


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


def beside(held: socket.socket) -> socket.socket:
    """Bind at a port that is held, for another process to listen there.

    On Linux each such socket has a queue of its own, and the kernel divides people among those that listen: of one
    queue, who is quickest would take nearly all. Elsewhere they share one.
    """
    if not system.DIVIDES_A_PORT:
        return held.dup()
    return _bound(held.family, held.type, held.getsockname(), shared=True)


def _at_each(
    bind: str, port: int, prepare: Callable[[socket.socket], object], *, shared: bool = False
) -> list[socket.socket]:
    """Bind at every address that `bind` stands for, on one port, and prepare each socket."""
    found = socket.getaddrinfo(
        bind or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE, proto=socket.IPPROTO_TCP
    )
    made: list[socket.socket] = []
    absent: OSError | None = None
    try:
        for family, kind, _protocol, _canonical, address in found:
            first = made[0].getsockname()[1] if made else port
            try:
                made.append(_bound(family, kind, (address[0], first, *address[2:]), shared=shared))
            except OSError as problem:
                # A machine without IPv6 still lists its address.
                if problem.errno not in (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL):
                    raise
                absent = problem
            else:
                prepare(made[-1])
    except BaseException:
        for each in made:
            each.close()
        raise
    if absent and not made:
        raise absent
    return made


def _bound(family: int, kind: int, address: Any, *, shared: bool = False) -> socket.socket:
    bound = socket.socket(family, kind)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        if shared:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if bound.family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind(address)
    except BaseException:
        bound.close()
        raise
    return bound
