"""Handshakes with bytes changed, cut or doubled: the door stays open for everybody else."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
from collections.abc import Callable
from pathlib import Path

import asyncssh
from ssh_guests import CODE, House, house

from tisu_tui.ssh.server_options import Limits

HANDSHAKES = round(20_000 * float(os.environ.get("TISU_SOAK", "0.1")))
AT_ONCE = 50


async def _spoken_by_a_client(home: House) -> bytes:
    """Listen to all that a real client says, in the clear and then encrypted."""
    said = bytearray()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, host = await asyncio.open_connection("127.0.0.1", home.door.port)

        async def back() -> None:
            while data := await answers.read(4096):
                writer.write(data)

        answering = asyncio.create_task(back())
        while data := await reader.read(4096):
            said.extend(data)
            host.write(data)
        host.close()
        writer.close()
        await answering

    async with await asyncio.start_server(meet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with asyncssh.connect("127.0.0.1", port, username=CODE, known_hosts=None, config=None, client_keys=None):
            return bytes(said)


def _mutated(said: bytes, chance: random.Random) -> bytes:
    data = bytearray(said)
    for _n in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        match chance.randrange(5):
            case 0:
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                data[at : at + 4] = chance.choice(
                    [b"\0\0\0\0", b"\xff\xff\xff\xff", b"\0\0\x00\x01", b"\x7f\xff\xff\xff"]
                )
            case 2:
                del data[at:]
            case 3:
                data[at:at] = data[at : at + chance.randint(1, 400)]
            case _:
                data[at : at + 8] = chance.randbytes(8)
        if not data:
            return b"\n"
    return bytes(data)


async def _knock(home: House, data: bytes) -> None:
    """Say it, and wait until the door has closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", home.door.port)
    with contextlib.suppress(OSError):
        writer.write(data)
        writer.write_eof()
        while await reader.read(4096):
            pass
    writer.close()


async def test_mutated_handshakes_close_their_own_connection_and_nothing_else(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(13)
    async with house(tmp_path, limits=Limits(first_word=0.5, sign_in=1.0)) as home:
        said = await _spoken_by_a_client(home)
        assert said.startswith(b"SSH-2.0-")
        assert len(said) > 1000
        for _batch in range(HANDSHAKES // AT_ONCE):
            knocks = [_knock(home, _mutated(said, chance)) for _n in range(AT_ONCE)]
            async with asyncio.timeout(20):
                await asyncio.gather(*knocks)
        async with await home.connect(CODE) as connection:
            process = await connection.create_process(term_type="xterm")
            assert (await asyncio.wait_for(process.stdout.readline(), 20)).startswith("participant")
        assert len(home.seats) == 1
    assert asyncio.all_tasks() == {asyncio.current_task()}
    record_property("figure", f"{HANDSHAKES:,} mutated handshakes, 0 came in, 0 tasks left")
