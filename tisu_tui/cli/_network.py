"""Under which addresses this computer can be reached."""

from __future__ import annotations

import contextlib
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
