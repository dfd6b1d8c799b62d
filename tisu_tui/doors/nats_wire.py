"""A connection to NATS, made again for as long as it is wanted; messages go at most once and are stored nowhere."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable, Iterator

import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from tisu_tui.core.failure import LOG
from tisu_tui.core.translation import gettext as _
from tisu_tui.doors.link import LinkDown, Tasks, end
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


class Wire:
    """A connection to NATS; subscriptions outlast the connection that they were made on.

    The library's own reconnecting waits for the old connection to close, which takes half a minute where a network is
    cut. So each connection is a client of its own, and the old one is let go in the background.
    """

    def __init__(self, at: Server) -> None:
        self._at = at
        self._connection: _Connection | None = None
        self._heard: dict[str, Heard] = {}
        self.up = asyncio.Event()
        """Set while NATS can be reached."""
        self.changed: set[Callable[[], None]] = set()
        """Whom to call when NATS is lost, and when it is back."""
        self._keeping: asyncio.Task[None] | None = None
        self._leaving = Tasks()

    async def open(self) -> None:
        """Connect for the first time; raises `NatsProblem`."""
        try:
            connection = await self._connect()
        except BaseException:
            await self.close()
            raise
        self._adopt(connection)
        self._keeping = asyncio.create_task(self._keep(connection))

    async def close(self) -> None:
        """Send what is outstanding, and leave."""
        if self._keeping:
            await end((self._keeping,))
        if self._leaving:
            await asyncio.wait(self._leaving, timeout=CONNECTING)

    async def subscribe(self, subject: str, hear: Heard) -> None:
        """Hear what is sent to a subject, through all connections."""
        self._heard[subject] = hear
        if self._connection:
            await self._connection.subscribe(subject, hear)

    async def unsubscribe(self, subject: str) -> None:
        """Hear no more of a subject."""
        self._heard.pop(subject, None)
        if self._connection:
            await self._connection.unsubscribe(subject)

    async def publish(self, subject: str, data: bytes) -> None:
        """Send a message; raises `LinkDown` where NATS can't be reached."""
        with _as_link_down():
            await self._client.publish(subject, data)

    async def ask(self, subject: str, data: bytes, within: float) -> bytes:
        """Send a message and wait for the answer; raises `LinkDown`, or `NobodyThere` where nobody listens."""
        with _as_link_down():
            return bytes((await self._client.request(subject, data, timeout=within)).data)

    @property
    def _client(self) -> Client:
        if self._connection is None:
            raise LinkDown(_("NATS can't be reached."))
        return self._connection.client

    async def _keep(self, connection: _Connection) -> None:
        try:
            while True:
                await connection.until_lost()
                LOG.warning("NATS can't be reached")
                self._lose(connection)
                connection = await self._connect_again()
                LOG.info("NATS can be reached again")
                self._adopt(connection)
        finally:
            self._lose(connection)

    def _adopt(self, connection: _Connection) -> None:
        self._connection = connection
        self.up.set()
        for hear in list(self.changed):
            hear()

    def _lose(self, connection: _Connection) -> None:
        if self._connection is not None:
            self._connection = None
            self.up.clear()
            self._leaving.begin(connection.close())
            for hear in list(self.changed):
                hear()

    async def _connect_again(self) -> _Connection:
        while True:
            try:
                return await self._connect()
            except (NatsProblem, LinkDown):
                await asyncio.sleep(AGAIN)

    async def _connect(self) -> _Connection:
        connection = _Connection(self._at)
        try:
            async with asyncio.timeout(2 * CONNECTING):
                await connection.connect()
                # What is subscribed meanwhile is too.
                while missing := self._heard.keys() - connection.subscriptions.keys():
                    for subject in missing:
                        await connection.subscribe(subject, self._heard[subject])
                    await connection.flush()
        except BaseException as failure:
            self._leaving.begin(connection.close())
            if isinstance(failure, TimeoutError):
                raise connection.unreachable(_("no answer")) from None
            raise
        return connection


class _Connection:
    """The library's client for the time of one connection."""

    def __init__(self, at: Server) -> None:
        self._at = at
        self.client = Client()
        self._lost = asyncio.Event()
        self._failure: Exception | None = None
        self.subscriptions: dict[str, Subscription] = {}

    async def connect(self) -> None:
        """Connect; raises `NatsProblem` where NATS turns us away, `OSError` where nobody answers."""
        try:
            await self.client.connect(
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
            failure = self._failure or error
            number = getattr(failure, "errno", None)
            why = os.strerror(number) if number else str(failure).removeprefix("nats: ").strip("'")
            raise self.unreachable(why or _("no answer")) from None
        self._insist_on_tls()

    def _password(self) -> str:
        """Give the password away only where nobody on the way can have switched TLS off."""
        self._insist_on_tls()
        return self._at.password

    def _insist_on_tls(self) -> None:
        # The library goes by what the server says before there is any TLS, whatever the address says.
        if self._at.tls is not None and not self.client._server_info.get("tls_required"):  # noqa: SLF001 - it has no name for it
            raise self.unreachable(_("it offers no TLS"))

    def unreachable(self, why: str) -> NatsProblem:
        """Say in a line that NATS can't be reached, and why."""
        return NatsProblem(_("{url}: NATS can't be reached: {why}").format(url=self._at.url, why=why))

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
        await self.client.flush(PING)  # type: ignore[arg-type]  # seconds, of any sort

    async def subscribe(self, subject: str, hear: Heard) -> None:
        async def take(message: Msg) -> None:
            await hear(message.subject, message.data, message.reply)

        with _as_link_down():
            self.subscriptions[subject] = await self.client.subscribe(subject, cb=take)

    async def unsubscribe(self, subject: str) -> None:
        if subscription := self.subscriptions.pop(subject, None):
            with contextlib.suppress(nats.errors.Error, OSError):
                await subscription.unsubscribe()

    async def close(self) -> None:
        """Leave; a network that is cut is waited for by nobody."""
        with contextlib.suppress(nats.errors.Error, OSError, asyncio.CancelledError):
            await self.client.close()

    async def _heard_of(self, error: Exception) -> None:
        self._failure = error
        if self.client.is_connected:
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
