"""Limits on what a connection may ask of the host, set below the sign-in.

Where asyncssh has no option for one, this module subclasses its connection and its channel and relies on private
names, which is why its version is pinned; tests/test_pinned_libraries.py fails when one of them moves.
"""

from __future__ import annotations

import asyncio
import time
from typing import Protocol

import asyncssh
from asyncssh.constants import MSG_IGNORE
from asyncssh.packet import SSHPacket, SSHPacketLogger

from tisu_tui.ssh.settings import Limits

ENVIRONMENT = frozenset({b"COLORTERM", b"NO_COLOR"})
LONGEST_VALUE = 32


class Flow(Protocol):
    """What wants to know whether the network takes what is written."""

    def network_full(self) -> None:
        """Hear that the network takes no more for now."""

    def network_free(self) -> None:
        """Hear that the network takes more."""


class Hall(Protocol):
    """What keeps an eye on all connections."""

    limits: Limits

    def arrived(self, connection: GuardedConnection) -> None:
        """Hear of a new connection."""

    def gone(self, connection: GuardedConnection) -> None:
        """Hear that its socket is being closed."""

    def has_work(self, connection: GuardedConnection) -> None:
        """Hear that it has bytes to `proceed` with."""


class GuardedConnection(asyncssh.SSHServerConnection):
    """One client's connection: what it sends is metered, and before it has signed in also queued."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, settings: asyncssh.SSHServerConnectionOptions, hall: Hall
    ) -> None:
        super().__init__(loop, settings)
        self._max_recv_pktlen = hall.limits.packet
        self._hall = hall
        self._wire: asyncio.Transport | None = None
        self._unread = b""
        self._received = 0
        self._credit = float(hall.limits.burst)
        self._credited = 0.0
        self._impatience: asyncio.TimerHandle | None = None
        self.flow: Flow | None = None
        self.started = False
        self.keys_exchanged = False
        self.signed_in = False
        self.let_go = False

    def _update_recv_pktlen(self, max_pktsize: int) -> None:
        """Keep the limit: a channel's packets are smaller than it in any case."""

    async def reload_config(self) -> None:
        """Read nothing: there is no file with rules by user name, and looking costs a thread's turn a join."""

    def _get_extra_kex_algs(self) -> list[bytes]:
        # Dropbear's client guesses how keys will be exchanged and sends its part along. asyncssh takes the guess for
        # right when the client's first choice is chosen, which is what this name says. By RFC 4253, section 7.1, it
        # would have to be the server's first choice too, and the client would send its part again.
        return [*super()._get_extra_kex_algs(), b"kexguess2@matt.ucc.asn.au"]

    def send_packet(self, pkttype: int, *args: bytes, handler: SSHPacketLogger | None = None) -> None:
        # asyncssh sends a packet to be ignored before each one: RFC 4251, section 9.3.1, asks for that with ciphers in
        # CBC mode. We offer none, and it would make every screen two packets.
        if pkttype != MSG_IGNORE:
            super().send_packet(pkttype, *args, handler=handler)

    @property
    def unsent(self) -> int:
        """Bytes that the network has not taken yet, or that wait for a client to finish changing keys."""
        deferred = sum(len(part) for _kind, parts in self._deferred_packets for part in parts)
        return deferred + (self._wire.get_write_buffer_size() if self._wire else 0)

    @property
    def is_open(self) -> bool:
        """Whether anything that is sent can still arrive."""
        return self._wire is not None and not self._wire.is_closing() and not self.is_closed()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._wire = transport
        self._credited = time.monotonic()
        self._be_impatient()
        try:
            super().connection_made(transport)
        except OSError:
            # The client has already gone, and some systems then refuse socket options.
            transport.abort()
        self._hall.arrived(self)

    def connection_lost(self, exc: Exception | None = None) -> None:
        super().connection_lost(exc)
        self._calm_down()
        # A method of its own would keep it, and all that it knows, until a full garbage collection, which is rare.
        self._recv_handler = lambda: False
        # asyncssh calls this too when it gives up by itself; the transport's own call comes with the closing.
        if self._wire is None or self._wire.is_closing():
            self._hall.gone(self)

    def data_received(self, data: bytes, datatype: asyncssh.DataType = None) -> None:
        if not self._can_afford(len(data)):
            self.abort()
        elif self.signed_in and not self._unread:
            super().data_received(data, datatype)
        else:
            if not self._unread:
                self._hall.has_work(self)
            self._unread += data

    def abort(self) -> None:
        self.let_go = True
        super().abort()

    def proceed(self) -> None:
        """Work through what has arrived."""
        self.started = True
        data, self._unread = self._unread, b""
        if self.is_open:
            super().data_received(data)

    def welcome(self) -> None:
        """Lift the limits that hold until somebody has signed in."""
        self.signed_in = True
        self._be_impatient()

    def settle(self) -> None:
        """Let it stay: it is in use."""
        self._calm_down()

    def send_newkeys(self, k: bytes, h: bytes) -> None:
        if not self.keys_exchanged:
            self.keys_exchanged = True
            self._calm_down()
        super().send_newkeys(k, h)

    def pause_writing(self) -> None:
        if self.flow:
            self.flow.network_full()

    def resume_writing(self) -> None:
        if self.flow:
            self.flow.network_free()

    def _can_afford(self, size: int) -> bool:
        limits, now = self._hall.limits, time.monotonic()
        self._received += size
        self._credit = min(limits.burst, self._credit + (now - self._credited) * limits.rate) - size
        self._credited = now
        return self._credit >= 0 and (self.signed_in or self._received <= limits.before_sign_in)

    def _be_impatient(self) -> None:
        self._calm_down()
        self._impatience = self._loop.call_later(self._hall.limits.first_word, self.abort)

    def _calm_down(self) -> None:
        if self._impatience:
            self._impatience.cancel()
            self._impatience = None


class GuardedChannel(asyncssh.SSHServerChannel[bytes]):
    """A session's channel that keeps two known variables and answers every request at once."""

    def __init__(self, connection: GuardedConnection, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            connection,
            loop,
            allow_pty=True,
            line_editor=False,
            line_echo=False,
            line_history=0,
            max_line_length=0,
            encoding=None,
            errors="strict",
            window=16 * 1024,
            max_pktsize=8 * 1024,
        )

    def _process_env_request(self, packet: SSHPacket) -> bool:
        key, value = packet.get_string(), packet.get_string()
        packet.check_end()
        if key not in ENVIRONMENT or len(value) > LONGEST_VALUE:
            return False
        self._env[key] = value
        return True

    def _process_x11_req_request(self, _packet: SSHPacket) -> bool:
        return False

    def _process_auth_agent_req_at_openssh_dot_com_request(self, _packet: SSHPacket) -> bool:  # type: ignore[override]  # the library answers None when it answers later
        return False
