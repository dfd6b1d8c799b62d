"""How the SSH server is set up: what it offers, and how much of the host one connection can take up.

Of those limits the one for output that nobody takes is kept by the `Reader` of each connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import asyncssh


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the host one connection can take up; times in seconds, sizes in bytes."""

    packet: int = 64 * 1024  # RFC 4253 §6.1 asks for 35,000 at least
    before_sign_in: int = 64 * 1024
    burst: int = 32 * 1024
    rate: int = 8 * 1024  # a second, once the burst is used up: people type and paste, they do not upload
    # What is typed, in letters; line ends and the like have a price in letters. Who pastes a paragraph, or holds a key
    # down, stays below it.
    typed: int = 2048
    typed_rate: float = 256
    first_word: float = 10.0  # for a client's part of the key exchange, and later for asking for a shell
    sign_in: float = 120.0  # people read a fingerprint and look for the code meanwhile
    half_open: int = 1000
    reserved: int = 64  # descriptors that are nobody's connection
    waiting: int = 256 * 1024  # output that its reader has not taken
    stalled: float = 45.0
    keepalive: float = 15.0  # between questions whether anybody is there; the third that nobody answers is the last
    quiet: float = 2.0  # without a window and with no more input coming, silence that counts as the end
    leaving: float = 5.0


def options(
    key: asyncssh.SSHKey, server_factory: Callable[[], asyncssh.SSHServer], limits: Limits
) -> asyncssh.SSHServerConnectionOptions:
    """Set the server up: current algorithms only, small windows, and nothing but a shell."""
    return asyncssh.SSHServerConnectionOptions(
        server_factory=server_factory,
        # An object: from a path, the key would be read and checked again for every connection.
        server_host_keys=[key],
        server_version="tisu",
        kex_algs=["mlkem768x25519-sha256", "curve25519-sha256", "curve25519-sha256@libssh.org"],
        # ChaCha20 is what small clients have that know no GCM; asyncssh and they have strict key exchange.
        encryption_algs=[
            "aes256-gcm@openssh.com",
            "aes128-gcm@openssh.com",
            "aes256-ctr",
            "chacha20-poly1305@openssh.com",
        ],
        mac_algs=["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com"],
        compression_algs=["none"],
        signature_algs=[
            "ssh-ed25519",
            "sk-ssh-ed25519@openssh.com",
            "ecdsa-sha2-nistp256",
            "sk-ecdsa-sha2-nistp256@openssh.com",
            "rsa-sha2-512",
            "rsa-sha2-256",
        ],
        public_key_auth=True,
        kbdint_auth=True,
        password_auth=True,
        host_based_auth=False,
        gss_host=None,
        gss_kex=False,
        gss_auth=False,
        agent_forwarding=False,
        rdns_lookup=False,
        utf8_decode_errors="replace",
        login_timeout=limits.sign_in,
        keepalive_interval=limits.keepalive,
        keepalive_count_max=3,
        tcp_keepalive=True,
    )


class Reader:
    """Watches whether the far end takes what is written, and lets it go when too much waits or it waits too long."""

    __slots__ = ("_let_go", "_limits", "_loop", "_taken", "_taken_at", "_timer", "_unsent", "_written")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        unsent: Callable[[], int],
        limits: Limits,
        let_go: Callable[[], None],
    ) -> None:
        self._loop = loop
        self._unsent = unsent
        self._limits = limits
        self._let_go = let_go
        self._written = 0
        self._taken = 0  # the most of it that was seen to have left
        self._taken_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def wrote(self, size: int) -> None:
        """Note that bytes were written."""
        self._written += size
        unsent = self._unsent()
        if unsent > self._limits.waiting:
            self._let_go()
        elif unsent and self._timer is None:
            self._taken, self._taken_at = self._written - unsent, self._loop.time()
            self._look_later()

    def left(self) -> None:
        """Stop watching, and let go of who told how much was unsent."""
        if self._timer is not None:
            self._timer.cancel()
        self._unsent = lambda: 0

    def _look_later(self) -> None:
        self._timer = self._loop.call_later(self._limits.stalled / 6, self._look)

    def _look(self) -> None:
        self._timer = None
        unsent, now = self._unsent(), self._loop.time()
        if not unsent:
            return
        if self._written - unsent > self._taken:
            self._taken, self._taken_at = self._written - unsent, now
        if now - self._taken_at >= self._limits.stalled:
            self._let_go()
        else:
            self._look_later()
