"""Sockets that listen for people."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from typing import Any

from tisu_tui.core import system

BACKLOG = 1024
SEND_BUFFER = 128 * 1024  # the kernel's share of what a slow reader costs


async def listen(bind: str, port: int) -> list[socket.socket]:
    """Listen on `bind`, or on all interfaces if it is empty; raises `OSError` if none is available."""
    return await _at_each(bind, port, _listener)


async def hold(bind: str, port: int) -> list[socket.socket]:
    """Keep a port for processes of the same user that listen `beside` what is given; raises `OSError`."""
    return await _at_each(bind, port, _held)


def beside(held: socket.socket) -> socket.socket:
    """Bind at a port that is held, for another process to listen there.

    On Linux each such socket has a queue of its own, and the kernel divides people among those that listen: of one
    queue, who is quickest would take nearly all. Elsewhere they share one.
    """
    if not system.DIVIDES_A_PORT:
        return held.dup()
    return _bound(held.family, held.type, held.getsockname(), shared=True)


async def _at_each(
    bind: str, port: int, make: Callable[[int, int, tuple[str | int, ...]], socket.socket]
) -> list[socket.socket]:
    found = await asyncio.get_running_loop().getaddrinfo(
        bind or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE, proto=socket.IPPROTO_TCP
    )
    made: list[socket.socket] = []
    absent: OSError | None = None
    try:
        for family, kind, _protocol, _canonical, address in found:
            first = made[0].getsockname()[1] if made else port
            try:
                made.append(make(family, kind, (address[0], first, *address[2:])))
            except OSError as problem:
                # A machine without IPv6 still lists its address.
                if problem.errno not in (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL):
                    raise
                absent = problem
    except BaseException:
        for each in made:
            each.close()
        raise
    if absent and not made:
        raise absent
    return made


def _listener(family: int, kind: int, address: tuple[str | int, ...]) -> socket.socket:
    listener = _bound(family, kind, address)
    try:
        listener.listen(BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


def _held(family: int, kind: int, address: tuple[str | int, ...]) -> socket.socket:
    held = _bound(family, kind, address, shared=True)
    # Or another session could listen here while no door does; it was needed only for what earlier ones have left.
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
    return held


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
