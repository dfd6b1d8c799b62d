"""How a door and a room that share a secret greet each other over NATS, on which subjects, and who is refused."""

from __future__ import annotations

import base64
import enum
import struct
import time
from collections.abc import Callable
from hashlib import sha256

from tisu_tui.core.translation import gettext as _
from tisu_tui.doors.noise import HandshakeFailed, Initiator, Opener, Responder, Sealer

VERSION = 1
"""Of the greeting and of what is sealed; a room and a door of two versions turn each other away."""
PROLOGUE = b"tisu doors " + bytes([VERSION])
_LETTERS = 26


class Kind(enum.IntEnum):
    """What a sealed message is; the first byte of it."""

    NAME = 0
    """From a door, first: a name that only it can have."""
    REQUEST = 1
    REPLY = 2
    FRAME = 3
    TAKEN = 4
    """From a door: it has taken so many frames. From the room: it has taken the name."""
    ANEW = 5
    """From the room: something got lost, so let us begin anew."""
    BYE = 6


_HEAD = struct.Struct(">BQ")
"""Before each message: its kind and a number."""


class SealedLink:
    """One end of a link that began with a greeting: all that goes over it is sealed, and known by its kind."""

    def __init__(self, name: str, out: bytes, back: bytes) -> None:
        self.name = name
        self._sealer, self._opener = Sealer(out), Opener(back)

    @property
    def has_lost(self) -> bool:
        """Whether a message of the other end never came."""
        return self._opener.has_lost

    def seal(self, kind: Kind, number: int = 0, rest: bytes = b"") -> bytes:
        """Write a message that only the other end can open."""
        return self._sealer.seal(_HEAD.pack(kind, number) + rest)

    def open(self, sealed: bytes) -> tuple[int, int, bytes]:
        """Read the kind, the number and the rest of a message; raises `NotOpened`."""
        message = self._opener.open(sealed)
        if len(message) < _HEAD.size:
            return -1, 0, b""
        kind, number = _HEAD.unpack_from(message)
        return kind, number, message[_HEAD.size :]


class GreetingRefused(Exception):
    """A greeting that is not answered with keys; the message says why in a few words."""


class Stranger(GreetingRefused):
    """Whoever greets lacks the secret."""

    def __init__(self) -> None:
        super().__init__(_("it does not hold this session's secret"))


class OtherVersion(GreetingRefused):
    """Room and door speak different versions."""

    def __init__(self) -> None:
        super().__init__(_("it speaks another version"))


QUIET = 60.0
"""Seconds for which the same reason is only counted."""


class Refusals:
    """Counts what was refused, and says each reason now and then; `say` takes a line."""

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._say, self._clock = say, clock
        self._said: dict[str, float] = {}
        self._more: dict[str, int] = {}

    def add(self, line: str) -> None:
        """Take note of one."""
        now = self._clock()
        if now - self._said.get(line, -QUIET) < QUIET:
            self._more[line] = self._more.get(line, 0) + 1
            return
        self._said[line] = now
        more = self._more.pop(line, 0)
        self._say(f"{line} (+{more})" if more else line)


def room_subject(name: str) -> str:
    """Where a room waits for greetings."""
    return f"tisu.room.{name}"


def up_subject(name: str, link: str) -> str:
    """Where a room hears the door of a link; `*` for all of them."""
    return f"tisu.up.{name}.{link}"


def down_subject(link: str) -> str:
    """Where a door hears its room."""
    return f"tisu.down.{link}"


def _link_name(greeting: bytes) -> str:
    """Name a link after the greeting it begins with, so that both sides know it without a word."""
    return base64.b32encode(sha256(greeting).digest()).decode().lower()[:_LETTERS]


class DoorGreeting:
    """A door's side of a greeting: `first` is sent to the room, whose answer `finish` takes."""

    def __init__(self, psk: bytes, version: int = VERSION) -> None:
        self._begun = Initiator(psk, b"tisu doors " + bytes([version]))
        self.first = bytes([version]) + self._begun.first
        self.link = _link_name(self.first)

    def finish(self, answer: bytes) -> SealedLink:
        """Give the door's end of the link; raises `GreetingRefused`."""
        if answer[:1] != self.first[:1]:
            raise OtherVersion
        try:
            keys, _payload = self._begun.finish(answer[1:])
        except HandshakeFailed:
            raise Stranger from None
        return SealedLink(self.link, keys.up, keys.down)


def answer_greeting(psk: bytes, first: bytes) -> tuple[SealedLink, bytes]:
    """Give the room's end of a new link and what to answer; raises `GreetingRefused`."""
    if first[:1] != bytes([VERSION]):
        raise OtherVersion
    try:
        keys, second = Responder(psk, PROLOGUE, first[1:]).answer()
    except HandshakeFailed:
        raise Stranger from None
    return SealedLink(_link_name(first), keys.down, keys.up), bytes([VERSION]) + second
