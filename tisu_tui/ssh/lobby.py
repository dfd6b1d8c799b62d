"""A door that leads to several rooms: people come to the one whose code they give."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

import asyncssh

from tisu_tui.core.translation import gettext as _
from tisu_tui.ssh.limits import Limits
from tisu_tui.ssh.sign_in import CODE_LENGTH, Guest, SignIn
from tisu_tui.ssh.terminal import SshTerminal
from tisu_tui.ssh.visit import Visit


class NoWay(Exception):
    """No room can be reached just now, and this says why to who wants to come in."""


class Rooms(Protocol):
    """The rooms that a door leads to."""

    async def find(self, code: str) -> SignIn | None:
        """Give the ways in to the room with this code, or `None` where there is none; raises `NoWay`."""

    @property
    def nowhere(self) -> SignIn:
        """Who keeps those waiting whose code is that of no room."""


def new_nowhere() -> SignIn:
    """Make ways in that lead nowhere, whatever is tried."""
    return SignIn(secrets.token_hex(16))


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
