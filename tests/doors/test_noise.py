"""The handshake, beside another implementation of the same specification."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tisu_tui.doors.noise import HandshakeFailed, Initiator, Responder, nonce

PSK = bytes(range(32))
PROLOGUE = b"tisu doors 1"
# Written by the package noiseprotocol 0.3.1 with these keys: both messages, their digest, and one message each way.
FIRST = "7d9c24316539825c1896e57f28197746793ce60cbee3ad47da9d07b85fa55e2a7418ea2f0a6786b99f779d3d27d2acfd7580555b9d"
SECOND = "4d5bab89b0733d9d8dcecf04f321c90b761b7765a6bdb2bddbfad3e7abdf1f66a466e3db9b174fa1912ca6e315fec0a3fcdb2b16f96e"
DIGEST = "d47d77f76bc5fca95e4101bf9c1810efe8ef913f9765295a1e650d623fa3290a"
UP, DOWN = "d00b9aadf830bc0cc57958cc7984247ddb8d", "757e325c2d246e984216d694797867e506ed2fa9"


def fixed(first: int) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(bytes(range(first, first + 32)))


def test_both_sides_write_what_another_implementation_writes() -> None:
    begun = Initiator(PSK, PROLOGUE, b"first", fixed(100))
    assert begun.first.hex() == FIRST
    answering = Responder(PSK, PROLOGUE, bytes.fromhex(FIRST), fixed(200))
    assert answering.payload == b"first"
    keys, second = answering.answer(b"second")
    assert second.hex() == SECOND
    assert begun.finish(bytes.fromhex(SECOND)) == (keys, b"second")
    assert keys.digest.hex() == DIGEST
    assert ChaCha20Poly1305(keys.up).encrypt(nonce(0), b"up", b"").hex() == UP
    assert ChaCha20Poly1305(keys.down).encrypt(nonce(0), b"down", b"").hex() == DOWN


@pytest.mark.parametrize("place", range(0, len(FIRST) // 2, 5))
def test_one_changed_byte_is_noticed(place: int) -> None:
    changed = bytearray.fromhex(FIRST)
    changed[place] ^= 1
    with pytest.raises(HandshakeFailed):
        Responder(PSK, PROLOGUE, bytes(changed))
    second = bytearray.fromhex(SECOND)
    second[place] ^= 1
    with pytest.raises(HandshakeFailed):
        Initiator(PSK, PROLOGUE, b"first", fixed(100)).finish(bytes(second))


@pytest.mark.parametrize(("psk", "prologue"), [(bytes(32), PROLOGUE), (PSK, b"tisu doors 2")])
def test_another_key_or_version_is_noticed(psk: bytes, prologue: bytes) -> None:
    with pytest.raises(HandshakeFailed):
        Responder(psk, prologue, Initiator(PSK, PROLOGUE).first)


@pytest.mark.parametrize("message", [b"", bytes(32), bytes(47)])
def test_what_is_too_short_is_noticed(message: bytes) -> None:
    with pytest.raises(HandshakeFailed):
        Responder(PSK, PROLOGUE, message)
    with pytest.raises(HandshakeFailed):
        Initiator(PSK, PROLOGUE).finish(message)


def test_a_public_key_that_makes_a_known_key_is_refused() -> None:
    with pytest.raises(HandshakeFailed):
        Initiator(PSK, PROLOGUE).finish(bytes(48))
