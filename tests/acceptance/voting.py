"""People who vote in plain lines over the real OpenSSH client, and a facilitator who leads them from a script."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from openssh import PATIENCE, Host, Lines

Says = Callable[[str, int], Sequence[str]]
"""What somebody types when they are asked a question, by its title and how often they have been asked it."""
Script = Mapping[tuple[str, str], Sequence[Sequence[str]]]
"""What the facilitator types when a step comes to a state, by its title and the state: the first, second … time."""


class Voter:
    """Somebody on `ssh -T CODE+plain@`, who answers whatever they are asked."""

    def __init__(self, lines: Lines, says: Says) -> None:
        self.lines = lines
        self._says = says
        self._asked: dict[str, int] = {}
        self.finished = 0
        """How many questions to everybody they have come to the end of."""
        self.news = asyncio.Condition()

    async def play(self) -> None:
        title, is_answering = "", False
        while True:
            heard = await self.lines.until("Question: ", "Answer:", "Waiting", "The end")
            if heard.startswith("Question: "):
                title = heard.removeprefix("Question: ")
            elif heard.startswith("Answer:"):
                is_answering = True
                times = self._asked[title] = self._asked.get(title, 0) + 1
                for line in self._says(title, times):
                    self.lines.say(line)
            elif heard.startswith("Waiting") and is_answering:
                is_answering = False
                async with self.news:
                    self.finished += 1
                    self.news.notify_all()
            elif heard.startswith("The end"):
                return

    async def until_finished(self, times: int) -> None:
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(lambda: self.finished >= times), PATIENCE)


@asynccontextmanager
async def voters(host: Host, says: Sequence[Says]) -> AsyncIterator[list[Voter]]:
    """Let some people join, each of whom says what they say."""
    async with AsyncExitStack() as stack:
        everybody = []
        for each in says:
            lines = await stack.enter_async_context(Lines(host.way_in(f"{host.code}+plain", "-T")))
            await lines.until("Waiting")
            everybody.append(Voter(lines, each))
        tasks = [asyncio.create_task(each.play()) for each in everybody]
        try:
            yield everybody
        finally:
            for task in tasks:
                task.cancel()
            for result in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(result, Exception):
                    raise result


async def lead(desk: Lines, everybody: Sequence[Voter], script: Script) -> Path:
    """Press on to the end, and say what the script says on the way; gives the path of the notes."""
    await desk.until("Next: ")
    asked, been = 0, Counter[tuple[str, str]]()
    while True:
        desk.say("next")
        step = await desk.until("Step ", "Now: ended")
        state = step if step.startswith("Now: ") else await desk.until("Now: ")
        if state == "Now: ended":
            return Path((await desk.until("Notes: ")).removeprefix("Notes: "))
        following = await desk.until("Next: ")
        if "close the question" in following:
            asked += 1
            await asyncio.gather(*(each.until_finished(asked) for each in everybody))
        at = (step.partition(": ")[2], state.removeprefix("Now: "))
        been[at] += 1
        for line in (line for lines in script.get(at, ())[been[at] - 1 : been[at]] for line in lines):
            desk.say(line)
            # A word that does nothing would be a script that is not what it says.
            heard = await desk.until("Next: ", "Not taken: ", "Recorded", "Written down", "1. ", "Kept", "That was")
            assert not heard.startswith("Not taken: "), (line, heard)
