"""Limits on what a connection may ask of the host, set below the sign-in.

Where asyncssh has no option for one, this module subclasses its connection and its channel and relies on private
names, which is why its version is pinned; tests/test_pinned_libraries.py fails when one of them moves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Protocol

import asyncssh
from asyncssh.constants import MSG_IGNORE
from asyncssh.packet import SSHPacket, SSHPacketLogger, String

from tisu_tui.ssh.scheduler import Allowance, Priority, Scheduler
from tisu_tui.ssh.server_options import Limits

ENVIRONMENT = frozenset({b"COLORTERM", b"NO_COLOR"})
LONGEST_VALUE = 32
KNOW_GCM = (b"SSH-2.0-OpenSSH_", b"SSH-2.0-AsyncSSH_")
"""Clients that have AES in GCM or in CTR mode, in every version."""
PIECE = 2 * 1024
"""Bytes off the wire that are worked through in one turn: the smallest packets make about fifty of them."""
_AROUND = 64
"""Room for what stands around the filling of a packet."""


class Hall(Protocol):
    """What keeps an eye on all connections."""

    limits: Limits
    wire: Scheduler
    """Turns of connections with bytes to `proceed` with."""
    inputs: Scheduler
    """Turns of those who have typed something."""

    def arrived(self, connection: GuardedConnection) -> None:
        """Hear of a new connection."""

    def gone(self, connection: GuardedConnection) -> None:
        """Hear that its socket is being closed."""

    def allowance(self, seat: str, own: Allowance) -> Allowance:
        """Give what a seat has left to type; one that has no allowance yet gets this one."""


class GuardedConnection(asyncssh.SSHServerConnection):
    """One client's connection: what it sends is metered, and before it has signed in also queued."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, settings: asyncssh.SSHServerConnectionOptions, hall: Hall
    ) -> None:
        super().__init__(loop, settings)
        self._max_recv_pktlen = hall.limits.packet
        self.hall = hall
        self._wire: asyncio.Transport | None = None
        self._unread = bytearray()
        self._received = 0
        self._is_queued = False
        self._allowance = Allowance(hall.limits.burst, hall.limits.rate)
        self._impatience: asyncio.TimerHandle | None = None
        self.flow: Callable[[bool], None] | None = None
        """Hears whether the network takes no more for now."""
        self.started = False
        self.keys_exchanged = False
        self.signed_in = False
        self.is_staff = False
        self.let_go = False
        self._gathered: bytearray | None = None

    def _update_recv_pktlen(self, max_pktsize: int) -> None:
        """Keep the limit: a channel's packets are smaller than it in any case."""

    async def reload_config(self) -> None:
        """Read nothing: there is no file with rules by user name, and looking costs a thread's turn a join."""

    def _get_extra_kex_algs(self) -> list[bytes]:
        # Dropbear's client guesses how keys will be exchanged and sends its part along. asyncssh takes the guess for
        # right when the client's first choice is chosen, which is what this name says. By RFC 4253, section 7.1, it
        # would have to be the server's first choice too, and the client would send its part again.
        return [*super()._get_extra_kex_algs(), b"kexguess2@matt.ucc.asn.au"]

    def _send_kexinit(self) -> None:
        # OpenSSH would choose ChaCha20 before AES-GCM. Neither is weaker, and asyncssh needs four times as long for it.
        if self._client_version.startswith(KNOW_GCM):
            self._enc_algs = [algorithm for algorithm in self._enc_algs if not algorithm.startswith(b"chacha20")]
        super()._send_kexinit()

    def send_packet(self, pkttype: int, *args: bytes, handler: SSHPacketLogger | None = None) -> None:
        # asyncssh sends a packet to be ignored before each one: RFC 4251, section 9.3.1, asks for that with ciphers in
        # CBC mode. We offer none, and it would make every screen two packets.
        if pkttype != MSG_IGNORE:
            super().send_packet(pkttype, *args, handler=handler)

    def _send(self, data: bytes) -> None:
        if self._gathered is None:
            super()._send(data)
        else:
            self._gathered += data

    def send_filled(self, write: Callable[[], None], unit: int) -> int:
        """Send `write`'s output as one piece padded to a multiple of `unit` on the wire; returns its size.

        What fills it up is a packet that every client ignores (RFC 4253, section 11.2). `unit` is a multiple of the
        blocks of every cipher.
        """
        self._gathered = bytearray()
        try:
            write()
            super().send_packet(MSG_IGNORE, String(bytes(-(len(self._gathered) + _AROUND) % unit)))
        finally:
            piece, self._gathered = bytes(self._gathered), None
        super()._send(piece)
        return len(piece)

    def when_heard(self, to_tell: Iterable[Callable[[], None]]) -> None:
        """Tell when the far end has all that was sent so far, before anything that it sends from then on is read."""
        self._global_request_waiters.append(_AtOnce(to_tell))  # type: ignore[arg-type]  # as much of a future as is used
        self._send_global_request(b"keepalive@openssh.com", want_reply=True)

    @property
    def unsent(self) -> int:
        """Bytes not yet taken by the network or held back during a key exchange."""
        deferred = sum(len(part) for _kind, parts in self._deferred_packets for part in parts)
        return deferred + (self._wire.get_write_buffer_size() if self._wire else 0)

    @property
    def is_open(self) -> bool:
        """Whether anything that is sent can still arrive."""
        return self._wire is not None and not self._wire.is_closing() and not self.is_closed()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._wire = transport
        self._be_impatient()
        try:
            super().connection_made(transport)
        except OSError:
            # The client has already gone, and some systems then refuse socket options.
            transport.abort()
        self.hall.arrived(self)

    def connection_lost(self, exc: Exception | None = None) -> None:
        super().connection_lost(exc)
        self._calm_down()
        self._unread.clear()
        # A method of its own would keep it, and all that it knows, until a full garbage collection, which is rare.
        self._recv_handler = lambda: False
        # And so would one of the transport's own keep the transport.
        if self._wire is not None and self._wire.is_closing():
            self._loop.call_soon(_let_go, self._wire)
        # asyncssh calls this too when it gives up by itself; the transport's own call comes with the closing.
        if self._wire is None or self._wire.is_closing():
            self.hall.gone(self)

    def data_received(self, data: bytes, _datatype: asyncssh.DataType = None) -> None:
        self._received += len(data)
        if not self.signed_in and self._received > self.hall.limits.before_sign_in:
            self.abort()
            return
        self._unread += data
        if len(self._unread) > PIECE and self._wire is not None:
            self._wire.pause_reading()
        self._has_work()

    def _has_work(self) -> None:
        if self._is_queued:
            return
        self._is_queued = True
        self.hall.wire.join(self, self._allowance.wait())

    @property
    def rank(self) -> Priority:
        """Its rank among all recent senders."""
        if not self.signed_in:
            return Priority.UNDER_WAY if self.started else Priority.NEW
        if self._allowance.is_low:
            return Priority.GREEDY
        return Priority.STAFF if self.is_staff else Priority.SEATED

    def abort(self) -> None:
        self.let_go = True
        super().abort()

    def proceed(self) -> None:
        """Work through a piece of what has arrived."""
        self.started, self._is_queued = True, False
        piece = bytes(self._unread[:PIECE])
        del self._unread[:PIECE]
        self._allowance.spend(len(piece))
        if not self.is_open:
            return
        super().data_received(piece)
        if self._unread:
            self._has_work()
        elif self._wire is not None:
            self._wire.resume_reading()

    def welcome(self, *, is_staff: bool) -> None:
        """Lift the limits that hold until somebody has signed in."""
        self.signed_in, self.is_staff = True, is_staff
        self._allowance = Allowance(self.hall.limits.burst, self.hall.limits.rate)  # signing in is not sending a lot
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
            self.flow(True)  # a callback with one thing to say

    def resume_writing(self) -> None:
        if self.flow:
            self.flow(False)  # as above

    def _be_impatient(self) -> None:
        self._calm_down()
        self._impatience = self._loop.call_later(self.hall.limits.first_word, self._give_up)

    def _give_up(self) -> None:
        """Let go of a client that was silent for too long; where what it said waits for its turn, it was not silent."""
        if self._is_queued:
            self._be_impatient()
        else:
            self.abort()

    def _calm_down(self) -> None:
        if self._impatience:
            self._impatience.cancel()
            self._impatience = None


class _AtOnce:
    """Waits for an answer and calls back at once, where a future would after what follows on the answer was read."""

    def __init__(self, to_tell: Iterable[Callable[[], None]]) -> None:
        self._to_tell = to_tell

    def cancelled(self) -> bool:
        return False

    def set_result(self, _result: object) -> None:
        for tell in self._to_tell:
            tell()


def _let_go(wire: asyncio.Transport) -> None:
    """Take away what a closed transport of asyncio's refers to itself by, where it does."""
    if getattr(wire, "_sock", wire) is None:
        vars(wire)["_read_ready_cb"] = None


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

    @property
    def waiting(self) -> int:
        """How many bytes have come in while reading was paused."""
        return sum(len(data) for data, _kind in self._recv_buf)

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
