"""Sockets that listen for people."""

from __future__ import annotations

import asyncio
import errno
import socket

BACKLOG = 1024
SEND_BUFFER = 128 * 1024  # the kernel's share of what a slow reader costs


async def listen(bind: str, port: int, *, shared: bool = False) -> list[socket.socket]:
    """Listen on `bind`, or on all interfaces if it is empty; raises `OSError` if none is available.

    A `shared` port may be listened on by other processes of the same user too.
    """
    found = await asyncio.get_running_loop().getaddrinfo(
        bind or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE, proto=socket.IPPROTO_TCP
    )
    listeners: list[socket.socket] = []
    absent: OSError | None = None
    try:
        for family, kind, _protocol, _canonical, address in found:
            first = listeners[0].getsockname()[1] if listeners else port
            try:
                listeners.append(_listener(family, kind, (address[0], first, *address[2:]), shared=shared))
            except OSError as problem:
                # A machine without IPv6 still lists its address.
                if problem.errno not in (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL):
                    raise
                absent = problem
    except BaseException:
        for each in listeners:
            each.close()
        raise
    if absent and not listeners:
        raise absent
    return listeners


def _listener(family: int, kind: int, address: tuple[str | int, ...], *, shared: bool) -> socket.socket:
    listener = socket.socket(family, kind)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        if shared:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if listener.family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener
