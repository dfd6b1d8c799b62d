"""Who may come in: the join code, return words, and the facilitator's key or passphrase."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal
from weakref import WeakValueDictionary

import asyncssh

from tisu_tui.core.failure import OneLineProblem
from tisu_tui.core.scripts import typed_on_any_keyboard
from tisu_tui.core.translation import ENGLISH
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import languages as known_languages

Role = Literal["participant", "laptop", "facilitator", "screen"]

# Read aloud and typed from a projector: nothing that looks like something else (0o 1li 2z 5s 6b 8b 9gq uv),
# and no vowel, y included, so that no code is a word.
ALPHABET = "cdfhjkmnprtwx34679"
CODE_LENGTH = 7
LONGEST_SECRET = 256
LONGEST_WORDS = 64

FIRST_DELAY = 0.25
LONGEST_DELAY = 5.0
FORGOTTEN_AFTER = 600.0
ADDRESSES = 1024
FREE_PASSPHRASES = 3
"""Wrong passphrases that cost no more than their own wait; after them every try waits, from wherever it comes."""
EACH_PASSPHRASE = 1.0


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who has signed in; `words` are the return words in the user name, or ""."""

    role: Role
    plain: bool = False
    words: str = ""
    theme: str = ""
    """How the screen is to be coloured; empty for the usual way."""
    language: str = ""
    """The tag of the language to be spoken to in; empty for that of the workshop."""
    unspoken: str = ""
    """What looks like the tag of a language, and of none that is spoken here."""
    room: str = ""
    """The code of the session they came to, at a door that leads to several."""

    @property
    def is_staff(self) -> bool:
        """Whether this is the facilitator or a shared screen, whom everybody waits for."""
        return self.role in {"facilitator", "screen"}


@dataclass(frozen=True, slots=True)
class Name:
    """A user name as it was understood.

    `known` names carry the right code and need no question; a `guess` might have been meant as the code.
    """

    guest: Guest
    known: bool = False
    guess: bool = False


def new_code() -> str:
    """Draw a join code to read aloud."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


class BackOff:
    """How long a wrong code waits: twice as long each time from one address, up to five seconds."""

    __slots__ = ("_clock", "_wrong")

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._wrong)

    def delay(self, address: str) -> float:
        """Count a wrong code and say how many seconds its answer waits."""
        place = _neighbourhood(address)
        count, last = self._wrong.pop(place, (0, 0.0))
        now = self._clock()
        if now - last > FORGOTTEN_AFTER:
            count = 0
        self._wrong[place] = (count + 1, now)
        if len(self._wrong) > ADDRESSES:
            self._wrong.popitem(last=False)
        return min(FIRST_DELAY * 2.0 ** min(count, 16), LONGEST_DELAY)


THEMES = frozenset({"dark", "light", "contrast", "mono"})
_TAG = re.compile(r"[a-z]{2}(?:-[a-z]{2})?")
_WISHES = THEMES | {"plain", "laptop", "script"}
_TAKEN = ("facilitator", "screen", "plain", "laptop")
"""User names that mean something already."""


class SignInProblem(OneLineProblem):
    """People could not come in by this, in one sentence that says why."""

    status = 2


class SignIn:
    """The ways in to one session.

    `facilitator_keys` is text in the form of OpenSSH's authorized_keys, and `languages` are those of the workshop
    beside those that tisu speaks. Raises `SignInProblem` where the code can't be a user name, `ValueError` where no
    key can be read.
    """

    def __init__(
        self,
        code: str,
        facilitator_keys: str = "",
        passphrase: str | None = None,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        on_wrong: Callable[[Literal["code", "passphrase"]], None] = lambda _what: None,
        languages: Sequence[str] = (),
    ) -> None:
        self._code = code.casefold()
        if not re.fullmatch(r"[a-z0-9-]{1,32}", self._code) or self._code in _TAKEN:
            raise SignInProblem(
                _("The join code has to be 1 to 32 letters, digits or hyphens, and none of: {names}.").format(
                    names=", ".join(_TAKEN)
                )
            )
        self._keys = asyncssh.import_authorized_keys(facilitator_keys) if facilitator_keys.strip() else None
        self._passphrase = passphrase or None
        self._on_wrong = on_wrong
        self._languages = {tag.casefold(): tag for tag in (*known_languages(), *languages)}
        self._wrong_passphrases = 0
        self._one_by_one = asyncio.Lock()
        self._next_of: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._pause = pause
        self._back_off = BackOff()

    @property
    def has_keys(self) -> bool:
        """Whether a facilitator can sign in with a public key."""
        return self._keys is not None

    @property
    def has_passphrase(self) -> bool:
        """Whether a facilitator can sign in with a passphrase."""
        return self._passphrase is not None

    def read(self, name: str) -> Name:
        """Understand what a user name asks for."""
        head, *wishes = name.casefold().split("+")
        # Programs read plain lines, whose beginnings are the same in every session.
        is_script = "script" in wishes
        plain, theme = is_script or "plain" in wishes, next((wish for wish in wishes if wish in THEMES), "")
        language = next((self._languages[wish] for wish in wishes if wish in self._languages), "")
        language = ENGLISH if is_script else language
        # Two letters are no return words.
        unspoken = next((wish for wish in wishes if _TAG.fullmatch(wish) and wish not in self._languages), "")
        if head == "facilitator":
            return Name(Guest("facilitator", plain=plain, theme=theme, language=language, unspoken=unspoken))
        if head == "screen":
            return Name(Guest("screen", plain=plain, theme=theme, language=language, unspoken=unspoken))
        # Whatever separates them: people remember the words, not the hyphens.
        named = (wish for wish in wishes if wish not in _WISHES and wish not in self._languages and wish != unspoken)
        words = next(("-".join(re.findall(r"[^\W\d_]+", wish)) for wish in named), "")
        role: Role = "laptop" if "laptop" in wishes else "participant"
        guest = Guest(role, plain=plain, words=words[:LONGEST_WORDS], theme=theme, language=language, unspoken=unspoken)
        known = self.is_code(head)
        # A login name is not a guess, and its owner is asked at once. Only a name as long as the code could have
        # been meant as one; how long codes are is no secret.
        return Name(guest, known=known, guess=not known and len(head) == len(self._code))

    def is_code(self, given: str) -> bool:
        """Whether this is the join code, however it is spaced and capitalised."""
        return _same("".join(typed_on_any_keyboard(given).split()), self._code)

    async def opens(self, given: str) -> bool:
        """Tell whether a passphrase opens the facilitator's screen; whoever knows it may be somebody else to ask."""
        return self._passphrase is not None and _same(given, self._passphrase)

    def is_key(self, key: asyncssh.SSHKey, address: str) -> bool:
        """Whether a facilitator may prove who they are with this key; nothing is proven yet."""
        return self._keys is not None and self._keys.validate(key, "", address) is not None

    async def may_try_passphrase(self, address: str) -> None:
        """Wait until a passphrase may be tried: after a few wrong ones, one at a time for all, right ones too.

        Looked at while others wait, it could be guessed as fast as connections are made. Of those at one address only
        one stands in the line, so that the facilitator's own try is never behind a crowd.
        """
        here = self._next_of.setdefault(_neighbourhood(address), asyncio.Lock())
        async with here, self._one_by_one:
            if self._wrong_passphrases >= FREE_PASSPHRASES:
                await self._pause(EACH_PASSPHRASE)

    async def after_wrong(self, address: str, what: Literal["code", "passphrase"]) -> None:
        """Keep somebody waiting after a wrong code; a right one never waits, as a whole room shares one address."""
        self._wrong_passphrases += what == "passphrase"
        self._on_wrong(what)
        await self._pause(self._back_off.delay(address))


def _same(given: str, secret: str) -> bool:
    return hmac.compare_digest(given[:LONGEST_SECRET].encode("utf-8", "replace"), secret.encode())


def _neighbourhood(address: str) -> str:
    """One household: an IPv4 address, or the /64 that one IPv6 subscriber can number at will."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))
