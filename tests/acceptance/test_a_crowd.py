"""A crowd that joins and answers at once, some of it over a network that is slow, cuts lines, or does not read."""

from __future__ import annotations

import asyncio
import json
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from time import perf_counter

import asyncssh
from one_question import LABELS, QUESTION, WORKSHOP
from openssh import FRESH, Host, a_host, open_step
from voters import HungUp, Voter

SOAK = bool(os.environ.get("TISU_SOAK"))
PEOPLE, FAR_AWAY = (300, 50) if SOAK else (100, 20)
DELAY, SPREAD = (0.3, 0.1) if SOAK else (0.15, 0.05)


@asynccontextmanager
async def _far_away(port: int) -> AsyncIterator[int]:
    """Stand between people and the host: every piece takes its time, and keeps its place."""
    chance = random.Random(5)
    writers: list[asyncio.StreamWriter] = []
    passing: set[asyncio.Task[None]] = set()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop, last = asyncio.get_running_loop(), 0.0
        try:
            while data := await reader.read(4096):
                last = max(last + 1e-4, loop.time() + chance.uniform(DELAY - SPREAD, DELAY + SPREAD))
                loop.call_at(last, _write, writer, data)
        except OSError:
            pass
        loop.call_later(2 * DELAY, writer.close)

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, ours = await asyncio.open_connection("127.0.0.1", port)
        writers.extend((writer, ours))
        for each in (carry(reader, ours), carry(theirs, writer)):
            task = asyncio.create_task(each)
            passing.add(task)
            task.add_done_callback(passing.discard)

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()
        await asyncio.gather(*passing, return_exceptions=True)


def _write(writer: asyncio.StreamWriter, data: bytes) -> None:
    if not writer.is_closing():
        writer.write(data)


async def _answer(voter: Voter, number: int, waits: list[float]) -> None:
    await voter.until("Answer:")
    begun = perf_counter()
    await voter.answer(str(number + 1), LABELS[number])
    waits.append(perf_counter() - begun)


async def _answer_over_a_line_that_breaks(voter: Voter, number: int, port: int) -> None:
    """Answer, lose the line before it is said to be recorded, come back, and see to it."""
    await voter.until("Answer:")
    voter.say(str(number + 1))
    voter.cut()
    await voter.come(port)
    if await voter.until("Answer:", "Waiting") == "Answer:":
        await voter.answer(str(number + 1), LABELS[number])
    assert (await voter.mine(QUESTION)).endswith(LABELS[number])


async def _reads_nothing(host: Host) -> asyncssh.SSHClientConnection:
    connection = await asyncssh.connect(
        "127.0.0.1", int(host.port), username=host.code, known_hosts=None, config=None, client_keys=None
    )
    await connection.create_process(term_type="xterm", encoding=None)
    transport = connection._transport
    assert isinstance(transport, asyncio.Transport)
    transport.pause_reading()
    return connection


def _late(waits: list[float]) -> str:
    ordered = sorted(waits)
    return f"{ordered[len(ordered) // 2] * 1000:.0f} / {ordered[int(len(ordered) * 0.99)] * 1000:.0f} ms"


async def test_a_crowd_joins_and_answers_at_once_over_good_lines_and_bad_and_everybody_counts(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(3)
    (tmp_path / "far.md").write_text(WORKSHOP)
    async with AsyncExitStack() as stack:
        host = await stack.enter_async_context(a_host(tmp_path, str(tmp_path / "far.md"), tisu=FRESH))
        desk = await host.desk(stack)
        far = await stack.enter_async_context(_far_away(int(host.port)))
        near = [Voter(int(host.port), host.code) for _n in range(PEOPLE)]
        away = [Voter(far, host.code) for _n in range(FAR_AWAY)]
        begun = perf_counter()
        await asyncio.gather(*(each.come() for each in (*near, *away)))
        for each in (*near, *away):
            stack.callback(each.cut)
        await asyncio.gather(*(each.until("Waiting") for each in (*near, *away)))
        joined = perf_counter() - begun
        stack.callback((await _reads_nothing(host)).abort)
        # Somebody whose every byte takes for ever.
        _slow, dripping = await asyncio.open_connection("127.0.0.1", int(host.port))
        stack.callback(dripping.close)
        dripping.write(b"S")
        await open_step(desk, QUESTION)
        waits: list[float] = []
        said = [chance.randrange(len(LABELS)) for _each in (*near, *away)]
        broken = FAR_AWAY // 4
        try:
            await asyncio.gather(
                *(_answer(each, number, waits) for each, number in zip(near, said, strict=False)),
                *(
                    _answer_over_a_line_that_breaks(each, number, far)
                    for each, number in zip(away[:broken], said[PEOPLE:], strict=False)
                ),
                *(
                    _answer(each, number, [])
                    for each, number in zip(away[broken:], said[PEOPLE + broken :], strict=True)
                ),
            )
        except HungUp:
            raise AssertionError("the host let somebody go who was answering") from None
        desk.say("next")
        desk.say("accept")  # whoever reads nothing is here too
        await desk.until("Now: closed")
        for _press in range(2):
            desk.say("end")
        await desk.until("Next: seal the notes and end")
        desk.say("end")
        path = Path((await desk.until("Notes: ")).removeprefix("Notes: "))
    results = json.loads((path.with_suffix("") / "results.json").read_text())
    options = results["steps"][0]["rounds"][0]["questions"][0]["options"]
    told = Counter({option["label"].partition(" ")[2] or option["label"]: option["people"] for option in options})
    assert {label: n for label, n in told.items() if label in LABELS} == Counter(LABELS[number] for number in said)
    record_property(
        "figure", f"{PEOPLE + FAR_AWAY} joined in {joined:.1f} s, all counted; recorded {_late(waits)} (middle / p99)"
    )
