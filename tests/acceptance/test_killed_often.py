"""A real host that is killed again and again in the middle of answers: what was recorded is there, for each person."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

from one_question import LABELS, QUESTION, WORKSHOP
from openssh import a_host, open_step
from voters import HungUp, Voter

KILLS = round(1_000 * float(os.environ.get("TISU_SOAK", "0.02")))
PEOPLE = 6


async def _vote(voter: Voter, chance: random.Random, recorded: asyncio.Semaphore, *, is_new: bool) -> None:
    """Answer, and change one's mind, until the host is gone."""
    with contextlib.suppress(HungUp):
        while True:
            number = chance.randrange(len(LABELS))
            answer = voter.answer if is_new else voter.change
            await answer(str(number + 1), LABELS[number])
            is_new = False
            recorded.release()


async def test_every_answer_that_was_recorded_is_there_after_every_kill(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(11)
    (tmp_path / "far.md").write_text(WORKSHOP)
    counted = 0
    async with a_host(tmp_path, str(tmp_path / "far.md")) as host:
        voters = [Voter(int(host.port), host.code) for _n in range(PEOPLE)]
        async with AsyncExitStack() as stack:
            desk = await host.desk(stack)
            for voter in voters:
                await voter.come()
                await voter.until("Waiting")
            await open_step(desk, QUESTION)
            for voter in voters:
                await voter.until("Answer:")
            for kill in range(KILLS):
                recorded = asyncio.Semaphore(0)
                voting = [
                    asyncio.create_task(_vote(each, chance, recorded, is_new=each.acknowledged is None))
                    for each in voters
                ]
                for _answer in range(chance.randint(1, 3 * PEOPLE)):
                    await recorded.acquire()
                    counted += 1
                await host.stop(signal.SIGKILL)
                await asyncio.gather(*voting)
                while not recorded.locked():
                    await recorded.acquire()
                    counted += 1
                await host.start()
                for voter in voters:
                    voter.cut()
                    await voter.come(int(host.port))
                    heard = await voter.until("Waiting", "Answer:")
                    if voter.acknowledged is None and heard == "Answer:":
                        continue
                    mine = await voter.mine(QUESTION)
                    assert any(mine.endswith(each) for each in (voter.acknowledged, voter.under_way) if each), kill
                    # What had arrived before the kill counts, although nobody was told.
                    voter.acknowledged, voter.under_way = next(each for each in LABELS if mine.endswith(each)), None
        for voter in voters:
            voter.cut()
    record_property("figure", f"{KILLS} kills, {counted:,} recorded answers, 0 lost")
