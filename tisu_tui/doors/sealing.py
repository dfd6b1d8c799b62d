"""Seals what goes between a room and a door, so that whoever carries it can neither read, change nor repeat it.

Frames come padded (`link.py`); sealing adds the same to each.
"""

from __future__ import annotations

import enum
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tisu_tui.core.translation import gettext as _
from tisu_tui.doors.noise import TAG_LENGTH, nonce

_COUNT = struct.Struct(">Q")
OVERHEAD = _COUNT.size + TAG_LENGTH
"""Bytes that sealing adds."""


class Fault(enum.Enum):
    """Why a message was not taken."""

    REPEATED = enum.auto()
    FOREIGN = enum.auto()

    @property
    def words(self) -> str:
        """Say it in a few words."""
        if self is Fault.REPEATED:
            return _("it was sent before")
        return _("it was sealed for another connection, or changed on the way")


class NotOpened(ValueError):
    """A message that may not be acted on; nothing came of it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.words)
        self.fault = fault


class Sealer:
    """Seals the messages that go one way over one connection."""

    def __init__(self, key: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)
        self._count = 0

    def seal(self, data: bytes) -> bytes:
        """Give a message that only the other side can open, and only once."""
        count, self._count = self._count, self._count + 1
        return _COUNT.pack(count) + self._cipher.encrypt(nonce(count), data, None)


class Opener:
    """Opens the messages that come one way over one connection: each once, and none after a later one."""

    def __init__(self, key: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)
        self._next = 0
        self.has_lost = False
        """Whether a message never came."""

    def open(self, sealed: bytes) -> bytes:
        """Give what is in a message; raises `NotOpened`."""
        if len(sealed) < OVERHEAD:
            raise NotOpened(Fault.FOREIGN)
        (count,) = _COUNT.unpack_from(sealed)
        try:
            data = self._cipher.decrypt(nonce(count), sealed[_COUNT.size :], None)
        except InvalidTag:
            raise NotOpened(Fault.FOREIGN) from None
        if count < self._next:
            raise NotOpened(Fault.REPEATED)
        self.has_lost |= count > self._next
        self._next = count + 1
        return data
