"""Agrees on keys for one connection, by the handshake `Noise_NNpsk0_25519_ChaChaPoly_SHA256`, and seals with them.

Both sides hold a pre-shared key, and make a new pair of keys for each connection. So whoever lacks the pre-shared key
gets nowhere, and whoever finds it later still can't read what was recorded before. Whoever carries what is sealed can
neither read, change nor repeat it. Frames come padded (`link.py`); sealing adds the same to each.
The specification: https://noiseprotocol.org/noise.html
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tisu_tui.core.translation import gettext as _

NAME = b"Noise_NNpsk0_25519_ChaChaPoly_SHA256"
KEY_LENGTH = 32
TAG_LENGTH = 16


class HandshakeFailed(ValueError):
    """The other side does not hold the pre-shared key, or what it sent was changed on the way."""


def nonce(count: int) -> bytes:
    """Give the nonce of a message, by its number on its way."""
    return bytes(4) + count.to_bytes(8, "little")


@dataclass(frozen=True, slots=True)
class Keys:
    """What both sides hold after a handshake: a key each way, and a digest of the whole handshake."""

    up: bytes = field(repr=False)
    """From who began to who answered."""
    down: bytes = field(repr=False)
    digest: bytes


class _State:
    """The running digest and keys of a handshake; names in the specification: `h`, `ck` and `k`."""

    def __init__(self, prologue: bytes, psk: bytes) -> None:
        self._digest = hashlib.sha256(NAME).digest()
        self._chain = self._digest
        self._key, self._sent = b"", 0
        self._mix(prologue)
        self._chain, mixed, self._key = self._derive(psk, 3)
        self._mix(mixed)

    def _mix(self, data: bytes) -> None:
        self._digest = hashlib.sha256(self._digest + data).digest()

    def _derive(self, data: bytes, parts: int) -> list[bytes]:
        made = HKDF(SHA256(), KEY_LENGTH * parts, salt=self._chain, info=b"").derive(data)
        return [made[each : each + KEY_LENGTH] for each in range(0, len(made), KEY_LENGTH)]

    def mix_key(self, data: bytes) -> None:
        self._chain, self._key = self._derive(data, 2)
        self._sent = 0

    def mix_public(self, public: bytes) -> None:
        self._mix(public)
        self.mix_key(public)

    def encrypt(self, data: bytes) -> bytes:
        sealed = ChaCha20Poly1305(self._key).encrypt(nonce(self._sent), data, self._digest)
        self._sent += 1
        self._mix(sealed)
        return sealed

    def decrypt(self, sealed: bytes) -> bytes:
        try:
            data = ChaCha20Poly1305(self._key).decrypt(nonce(self._sent), sealed, self._digest)
        except InvalidTag:
            raise HandshakeFailed("not sealed with the shared secret") from None
        self._sent += 1
        self._mix(sealed)
        return data

    def keys(self) -> Keys:
        up, down = self._derive(b"", 2)
        return Keys(up, down, self._digest)


def _public(pair: X25519PrivateKey) -> bytes:
    return pair.public_key().public_bytes_raw()


def _agree(pair: X25519PrivateKey, public: bytes) -> bytes:
    try:
        return pair.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:  # a point of low order, which would make a key that everybody knows
        raise HandshakeFailed("no public key") from None


class Initiator:
    """The side that begins; `first` is its message, with `payload` in it for who holds the pre-shared key."""

    def __init__(self, psk: bytes, prologue: bytes, payload: bytes = b"", pair: X25519PrivateKey | None = None) -> None:
        self._pair = pair or X25519PrivateKey.generate()
        self._state = _State(prologue, psk)
        public = _public(self._pair)
        self._state.mix_public(public)
        self.first = public + self._state.encrypt(payload)

    def finish(self, second: bytes) -> tuple[Keys, bytes]:
        """Take the answer in; gives the keys and the payload, or raises `HandshakeFailed`."""
        public, sealed = second[:KEY_LENGTH], second[KEY_LENGTH:]
        if len(sealed) < TAG_LENGTH:
            raise HandshakeFailed("too short")
        self._state.mix_public(public)
        self._state.mix_key(_agree(self._pair, public))
        payload = self._state.decrypt(sealed)
        return self._state.keys(), payload


class Responder:
    """The side that answers; raises `HandshakeFailed` where the first message is not from who holds the same key."""

    def __init__(self, psk: bytes, prologue: bytes, first: bytes, pair: X25519PrivateKey | None = None) -> None:
        self._pair = pair or X25519PrivateKey.generate()
        self._state = _State(prologue, psk)
        self._theirs, sealed = first[:KEY_LENGTH], first[KEY_LENGTH:]
        if len(sealed) < TAG_LENGTH:
            raise HandshakeFailed("too short")
        self._state.mix_public(self._theirs)
        self.payload = self._state.decrypt(sealed)

    def answer(self, payload: bytes = b"") -> tuple[Keys, bytes]:
        """Give the keys, and the message that lets the other side have them too."""
        public = _public(self._pair)
        self._state.mix_public(public)
        self._state.mix_key(_agree(self._pair, self._theirs))
        sealed = self._state.encrypt(payload)
        return self._state.keys(), public + sealed


_COUNT = struct.Struct(">Q")
OVERHEAD = _COUNT.size + TAG_LENGTH
"""Bytes that sealing adds."""


class NotOpened(ValueError):
    """A message that may not be acted on; nothing came of it, and the text says why in a few words."""


class Foreign(NotOpened):
    """Not sealed for this connection, or changed on the way."""

    def __init__(self) -> None:
        super().__init__(_("it was sealed for another connection, or changed on the way"))


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
            raise Foreign
        (count,) = _COUNT.unpack_from(sealed)
        try:
            data = self._cipher.decrypt(nonce(count), sealed[_COUNT.size :], None)
        except InvalidTag:
            raise Foreign from None
        if count < self._next:
            raise NotOpened(_("it was sent before"))
        self.has_lost |= count > self._next
        self._next = count + 1
        return data
