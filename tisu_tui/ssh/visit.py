"""One connection's way from its user name to its terminal, at a door to one room or to several."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Literal, Protocol

import asyncssh

from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import language, speaking
from tisu_tui.ssh.guard import GuardedChannel, GuardedConnection
from tisu_tui.ssh.server_options import Limits
from tisu_tui.ssh.sign_in import CODE_LENGTH, Guest, Name, SignIn
from tisu_tui.ssh.terminal import SshTerminal

TRIES = 3


class NoWay(Exception):
    """No room can be reached just now, and this says why to who wants to come in."""


class Rooms(Protocol):
    """The rooms that a door leads to."""

    nowhere: SignIn
    """Who keeps those waiting whose code is that of no room."""

    async def find(self, code: str) -> SignIn | None:
        """Give the ways in to the room with this code, or `None` where there is none; raises `NoWay`."""


class Visit(asyncssh.SSHServer):
    """Signs one client in, and gives it one terminal.

    Who they are is taken from the user name, and only once the library says that signing in is complete: a public
    key is looked up here before anybody has proven that it is theirs.
    """

    def __init__(self, sign_in: SignIn, limits: Limits, begin: Callable[[Guest, SshTerminal], None]) -> None:
        self._sign_in = sign_in
        self._limits = limits
        self._begin = begin
        self._connection: GuardedConnection | None = None
        self._address = ""
        self._name: Name | None = None
        self._guest: Guest | None = None
        self._wrong = 0
        self._waiting: asyncio.Task[object] | None = None
        self._has_terminal = False

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        assert isinstance(conn, GuardedConnection)
        self._connection = conn
        self._address = str(conn.get_extra_info("peername", ("",))[0])

    def connection_lost(self, _exc: Exception | None) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        self._connection = None

    def begin_auth(self, username: str) -> bool | Awaitable[bool]:
        name = self._take_name(username)
        return self._refuse() if name.guess else not name.known

    def _take_name(self, username: str) -> Name:
        if self._name is not None:
            # Nobody changes their name half-way, and each name could be a guess.
            raise asyncssh.DisconnectError(asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, _("One name at a time."))
        self._name = self._sign_in.read(username)
        return self._name

    def auth_completed(self) -> None:
        if self._name is not None and self._connection is not None:
            self._guest = self._name.guest
            self._connection.welcome(is_staff=self._guest.is_staff)

    def public_key_auth_supported(self) -> bool:
        return self._is_facilitator and self._sign_in.has_keys

    def validate_public_key(self, _username: str, key: asyncssh.SSHKey) -> bool:
        return self._sign_in.is_key(key, self._address)

    def password_auth_supported(self) -> bool:
        return self._is_facilitator and self._sign_in.has_passphrase

    async def validate_password(self, _username: str, password: str) -> bool:
        return await self._check(password)

    def kbdint_auth_supported(self) -> bool:
        return self._name is not None and (not self._is_facilitator or self._sign_in.has_passphrase)

    def get_kbdint_challenge(
        self, _username: str, _lang: str, _submethods: str
    ) -> tuple[str, str, str, list[tuple[str, bool]]]:
        with speaking(self._name.guest.language if self._name and self._name.guest.language else language()):
            again = _("That was not it. ") if self._wrong else ""
            if self._is_facilitator:
                return "", "", "", [(again + _("Facilitator's passphrase: "), False)]
            return "", "", "", [(again + _("Join code (on the shared screen): "), True)]

    async def validate_kbdint_response(self, _username: str, responses: Sequence[str]) -> bool:
        return len(responses) == 1 and await self._check(responses[0])

    def session_requested(self) -> tuple[GuardedChannel, SshTerminal] | bool:
        if self._has_terminal or self._guest is None or self._connection is None:
            return False
        self._has_terminal = True
        guest = self._guest
        terminal = SshTerminal(self._connection, self._limits, lambda ready: self._begin(guest, ready))
        return GuardedChannel(self._connection, asyncio.get_running_loop()), terminal

    @property
    def _is_facilitator(self) -> bool:
        return self._name is not None and self._name.guest.role == "facilitator"

    async def _check(self, given: str) -> bool:
        if self._is_facilitator:
            await self._wait(self._sign_in.may_try_passphrase(self._address))
        if await self._sign_in.opens(given) if self._is_facilitator else self._sign_in.is_code(given):
            return True
        self._wrong += 1
        await self._refuse()
        if self._wrong >= TRIES and self._connection is not None:
            self._connection.disconnect(
                asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE,
                _("That was not it. Check the shared screen, and join again."),
            )
        return False

    async def _refuse(self) -> bool:
        """Ask again, after a while; ends at once when the client goes."""
        what: Literal["code", "passphrase"] = "passphrase" if self._is_facilitator else "code"
        await self._wait(self._sign_in.after_wrong(self._address, what))
        return True

    async def _wait(self, until: Awaitable[None]) -> None:
        self._waiting = asyncio.current_task()
        try:
            await until
        finally:
            self._waiting = None


class LobbyVisit(Visit):
    """Signs one client in to one of several rooms; the facilitator and shared screens name it behind a plus."""

    def __init__(self, rooms: Rooms, limits: Limits, begin: Callable[[Guest, SshTerminal], None]) -> None:
        super().__init__(rooms.nowhere, limits, begin)
        self._rooms = rooms
        self._typed = ""
        self._found = ""

    def begin_auth(self, username: str) -> bool | Awaitable[bool]:
        self._typed = username
        return self._enter(is_staff=self._take_name(username).guest.is_staff)

    async def _enter(self, *, is_staff: bool) -> bool:
        head, *wishes = self._typed.casefold().split("+")
        for code in wishes if is_staff else [head]:
            if await self._goes_to(code):
                assert self._name is not None
                # Who gave the code as a wish needs not be asked for it again.
                return not (self._name.known or self._name.guest.role == "screen")
        if is_staff and not wishes:
            self._turn_away(_("Say which session: {name}+CODE").format(name=head))
        elif is_staff:
            # A name that is turned away could be a guess at a code, and waits like one.
            await self._refuse()
            self._turn_away(_("There is no session with this code. Write {name}+CODE.").format(name=head))
        elif len(head) == CODE_LENGTH:
            await self._refuse()
        return True

    async def _check(self, given: str) -> bool:
        if not self._found and await self._goes_to("".join(given.split()).casefold()):
            return True
        return await super()._check(given)

    async def _goes_to(self, code: str) -> bool:
        try:
            found = await self._rooms.find(code)
        except NoWay as problem:
            self._turn_away(str(problem))
            return False
        if found is None:
            return False
        self._sign_in, self._found = found, code
        name = found.read(self._typed)
        self._name = replace(name, guest=replace(name.guest, room=code))
        return True

    def _turn_away(self, why: str) -> None:
        if self._connection is not None:
            self._connection.disconnect(asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, why)
