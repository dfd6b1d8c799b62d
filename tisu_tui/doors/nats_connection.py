"""One connection to NATS, from the library's client, for as long as it lasts."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable, Iterator
from collections.abc import Set as AbstractSet

import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from tisu_tui.core.failure import LOG
from tisu_tui.core.translation import gettext as _
from tisu_tui.doors.link import LinkDown
from tisu_tui.doors.nats_access import NatsProblem, Server

CONNECTING = 1.0
"""Seconds that a connection to NATS may take to be made, before another try."""
AGAIN = 0.25
"""Seconds between two tries."""
PING = 1.0
"""Seconds between two looks whether NATS is still there, and for which it may be silent."""

Heard = Callable[[str, bytes, str], Awaitable[None]]
"""Takes the subject that a message was sent to, the message, and the subject to answer it on."""


class NobodyThere(LinkDown):
    """Nobody listens on a subject."""


class Connection:
    """The library's client for the time of one connection."""

    def __init__(self, at: Server) -> None:
        self._at = at
        self._client = Client()
        self._lost = asyncio.Event()
        self._failure: Exception | None = None
        self._subscriptions: dict[str, Subscription] = {}

    async def connect(self) -> None:
        """Connect; raises `NatsProblem` where NATS turns us away, `OSError` where nobody answers."""
        try:
            await self._client.connect(
                self._at.url,
                user=self._at.user or None,
                password=self._password if self._at.password else None,
                tls=self._at.tls,
                allow_reconnect=False,
                max_reconnect_attempts=1,
                reconnect_time_wait=AGAIN,  # type: ignore[arg-type]  # seconds, of any sort
                connect_timeout=CONNECTING,  # type: ignore[arg-type]  # seconds, of any sort
                ping_interval=3600,  # `until_lost` looks more often
                error_cb=self._heard_of,
                disconnected_cb=self._was_lost,
            )
        except (nats.errors.Error, OSError) as error:
            raise self._problem(self._failure or error) from None
        self._insist_on_tls()

    def _password(self) -> str:
        """Give the password away only where nobody on the way can have switched TLS off."""
        self._insist_on_tls()
        return self._at.password

    def _insist_on_tls(self) -> None:
        # The library goes by what the server says before there is any TLS, whatever the address says.
        if self._at.tls is not None and not self._client._server_info.get("tls_required"):  # noqa: SLF001 - it has no name for it
            raise unreachable(self._at, _("it offers no TLS"))

    def _problem(self, error: Exception) -> NatsProblem:
        number = getattr(error, "errno", None)
        why = os.strerror(number) if number else str(error).removeprefix("nats: ").strip("'") or _("no answer")
        return unreachable(self._at, why)

    @property
    def subjects(self) -> AbstractSet[str]:
        """What this connection is subscribed to."""
        return self._subscriptions.keys()

    async def until_lost(self) -> None:
        """Wait until the connection is gone, or NATS does not answer any more."""
        while not self._lost.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._lost.wait(), PING)
                return
            try:
                await self.flush()
            except (nats.errors.Error, OSError):
                return

    async def flush(self) -> None:
        """Wait until NATS has taken everything."""
        await self._client.flush(PING)  # type: ignore[arg-type]  # seconds, of any sort

    async def subscribe(self, subject: str, hear: Heard) -> None:
        async def take(message: Msg) -> None:
            await hear(message.subject, message.data, message.reply)

        with _as_link_down():
            self._subscriptions[subject] = await self._client.subscribe(subject, cb=take)

    async def unsubscribe(self, subject: str) -> None:
        if subscription := self._subscriptions.pop(subject, None):
            with contextlib.suppress(nats.errors.Error, OSError):
                await subscription.unsubscribe()

    async def publish(self, subject: str, data: bytes) -> None:
        with _as_link_down():
            await self._client.publish(subject, data)

    async def ask(self, subject: str, data: bytes, within: float) -> bytes:
        with _as_link_down():
            return bytes((await self._client.request(subject, data, timeout=within)).data)

    async def close(self) -> None:
        """Leave; a network that is cut is waited for by nobody."""
        with contextlib.suppress(nats.errors.Error, OSError, asyncio.CancelledError):
            await self._client.close()

    async def _heard_of(self, error: Exception) -> None:
        self._failure = error
        if self._client.is_connected:
            LOG.warning("NATS: %s", error)  # such as what it does not allow

    async def _was_lost(self) -> None:
        self._lost.set()


@contextlib.contextmanager
def _as_link_down() -> Iterator[None]:
    try:
        yield
    except nats.errors.NoRespondersError:
        raise NobodyThere(_("Nobody listens there.")) from None
    except (nats.errors.Error, OSError) as error:
        raise LinkDown(str(error)) from None


def unreachable(at: Server, why: str) -> NatsProblem:
    """Say in a line that NATS can't be reached, and why."""
    return NatsProblem(_("{url}: NATS can't be reached: {why}").format(url=at.url, why=why))
