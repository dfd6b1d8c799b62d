"""One connection to NATS, made again for as long as it is wanted; messages go at most once and are stored nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tisu_tui.core.failure import LOG
from tisu_tui.core.translation import gettext as _
from tisu_tui.doors.link import LinkDown, Tasks, end
from tisu_tui.doors.nats_access import NatsProblem, Server
from tisu_tui.doors.nats_connection import AGAIN, CONNECTING, Connection, Heard, unreachable


class Wire:
    """A connection to NATS; subscriptions outlast the connection that they were made on.

    The library's own reconnecting waits for the old connection to close, which takes half a minute where a network is
    cut. So each connection is a client of its own, and the old one is let go in the background.
    """

    def __init__(self, at: Server) -> None:
        self._at = at
        self._connection: Connection | None = None
        self._heard: dict[str, Heard] = {}
        self._changed: set[Callable[[], None]] = set()
        self._up = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None
        self._leaving = Tasks()

    @property
    def is_up(self) -> bool:
        """Whether NATS can be reached."""
        return self._up.is_set()

    async def until_up(self) -> None:
        """Wait until NATS can be reached."""
        await self._up.wait()

    def on_change(self, hear: Callable[[], None]) -> None:
        """Have something called when NATS is lost and when it is back; calls stop with `off_change`."""
        self._changed.add(hear)

    def off_change(self, hear: Callable[[], None]) -> None:
        """Stop calling."""
        self._changed.discard(hear)

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
        if self._connection is None:
            raise LinkDown(_("NATS can't be reached."))
        await self._connection.publish(subject, data)

    async def ask(self, subject: str, data: bytes, within: float) -> bytes:
        """Send a message and wait for the answer; raises `LinkDown`, or `NobodyThere` where nobody listens."""
        if self._connection is None:
            raise LinkDown(_("NATS can't be reached."))
        return await self._connection.ask(subject, data, within)

    async def _keep(self, connection: Connection) -> None:
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

    def _adopt(self, connection: Connection) -> None:
        self._connection = connection
        self._up.set()
        for hear in list(self._changed):
            hear()

    def _lose(self, connection: Connection) -> None:
        if self._connection is not None:
            self._connection = None
            self._up.clear()
            self._leaving.begin(connection.close())
            for hear in list(self._changed):
                hear()

    async def _connect_again(self) -> Connection:
        while True:
            try:
                return await self._connect()
            except (NatsProblem, LinkDown):
                await asyncio.sleep(AGAIN)

    async def _connect(self) -> Connection:
        connection = Connection(self._at)
        try:
            async with asyncio.timeout(2 * CONNECTING):
                await connection.connect()
                # What is subscribed meanwhile is too.
                while missing := self._heard.keys() - connection.subjects:
                    for subject in missing:
                        await connection.subscribe(subject, self._heard[subject])
                    await connection.flush()
        except BaseException as failure:
            self._leaving.begin(connection.close())
            if isinstance(failure, TimeoutError):
                raise unreachable(self._at, _("no answer")) from None
            raise
        return connection
