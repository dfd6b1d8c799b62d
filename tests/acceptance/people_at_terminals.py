"""Whole sessions played by people at real terminals, each with a habit of their own."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from pathlib import Path

from openssh import PATIENCE, Host, Lines, Seen, return_words

FINISHED = ("Waiting for the others", "Waiting. ")


class Person:
    """Somebody at a terminal who answers, or passes, whatever they are asked."""

    def __init__(self, seen: Seen, number: int, *, passes: bool = False) -> None:
        self.seen = seen
        self._number = number
        self._passes = passes
        self._acted = ""
        self._met: set[str] = set()
        self.answered = asyncio.Event()

    async def play(self) -> None:
        """Answer until the connection ends."""
        while True:
            keys = self._keys(self.seen.text)
            if keys:
                self.answered.clear()
                self.seen.type(keys)
            if "Waiting for the others" in self.seen.text:
                self._acted = ""
                self.answered.set()
            if not await self.seen.change():
                return

    def _keys(self, text: str) -> str:
        # Each question is answered once: the same screen drawn again is no new question.
        found = re.search(r"^ *(\d[\d–, and]*?)(?: [a-z])* (choose|go to)  ", text, re.MULTILINE)
        asked = " ".join(re.findall(r"Step \d+ of \d+|[Qq]uestion \d+ of \d+|Write another line", text))
        if found and "p pass" in text:
            if asked + found[0] == self._acted:
                return ""
            self._acted = asked + found[0]
            if self._passes:
                return "p\r"
            numbers = [*map(int, re.findall(r"\d+", found[1]))]
            if "–" in found[1]:
                numbers = [*range(numbers[0], numbers[1] + 1)]
            # What is asked once more, since somebody objected, finds everybody of one mind.
            choice = numbers[0 if self._acted in self._met else self._number % len(numbers)]
            self._met.add(self._acted)
            return f"{choice}\r" if found[2] == "choose" else f"{choice} \r"
        if "ctrl+k pass" in text or "ctrl+k  pass" in text:
            has_written = "Write another line" in text or re.search(r"^ *1  We talk", text, re.MULTILINE) is not None
            doing = asked.replace("Write another line", "") + f"words {has_written}"
            if doing == self._acted:
                return ""
            self._acted = doing
            if self._passes:
                return "\x0b"
            return "\r" if has_written else f"We talk before a hard visit, all {self._number}\r"
        return ""


ASKED = ("Answer:", "Sure?", "Last one: ", *(f"R{n}" for n in range(2, 8)))
"""How the last line of a question begins; of the statements with a code of their own, the first has an Answer."""


class PlainPerson:
    """Somebody on `ssh -T CODE+plain@`, who chooses the first line and writes a few words."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.answered = asyncio.Event()

    async def play(self) -> None:
        """Answer until the end."""
        is_in_words = False
        while True:
            heard = await self.lines.until(
                "Question: ", "Write on one line", "You can send another line", "Waiting", "The end", *ASKED
            )
            if heard.startswith("Question: "):
                self.answered.clear()
                is_in_words = False
            elif heard.startswith("Write on one line"):
                is_in_words = True
            elif heard.startswith("You can send another line"):
                self.lines.say("")
            elif heard.startswith(ASKED):
                self.lines.say("> A quiet room to write up" if is_in_words else "1")
            elif heard.startswith("Waiting"):
                self.answered.set()
            else:
                return


async def facilitate(host: Host, desk: Lines, everybody: list[Person | PlainPerson], late: Late) -> str:
    """Press on to the end, each question closing once everybody has answered; gives the path of the notes."""
    await desk.until("Next: ")
    while True:
        for each in everybody:
            each.answered.clear()  # what their screens show may be the question before
        desk.say("next")
        step = await desk.until("Step ", "Now: ended")
        if step.startswith("Now: ended"):
            return (await desk.until("Notes: ")).removeprefix("Notes: ")
        state = await desk.until("Now: ")
        if state == "Now: ended":
            return (await desk.until("Notes: ")).removeprefix("Notes: ")
        await late.come(step)
        following = await desk.until("Next: ")
        if "close the question" in following:
            await _all_answered(everybody)
            await late.leave_and_return()
        if "type what there is to choose from" in following:
            for words in ("A quiet room", "A longer break"):
                desk.say(f"option {words}")
                await desk.until("Next: ")
        elif "choose or type" in following:
            desk.say("propose 1")
            await desk.until("Next: ")
        if state == "Now: closed":
            desk.say("theme Talking to each other: 1 2 3")
            heard = await desk.until("Next: ", "Not taken: ")
            if heard.startswith("Next: "):
                desk.say("theme Room to breathe: 4 5")
                await desk.until("Next: ", "Not taken: ")


async def _all_answered(everybody: list[Person | PlainPerson]) -> None:
    try:
        await asyncio.wait_for(asyncio.gather(*(each.answered.wait() for each in everybody)), PATIENCE)
    except TimeoutError:
        screens = [
            each.seen.text if isinstance(each, Person) else "\n".join(each.lines.heard[-20:])
            for each in everybody
            if not each.answered.is_set()
        ]
        raise AssertionError("these have not answered:\n" + "\n======\n".join(screens)) from None


class Late:
    """Whoever comes in the middle, and whoever goes and comes back."""

    def __init__(self, host: Host, stack: AsyncExitStack, everybody: list[Person | PlainPerson]) -> None:
        self._host, self._stack, self._everybody = host, stack, everybody
        self._tasks: list[asyncio.Task[None]] = []
        self._has_come = False
        self.has_returned = False

    def plays(self, person: Person | PlainPerson) -> None:
        self._everybody.append(person)
        self._tasks.append(asyncio.create_task(person.play()))

    async def come(self, step: str) -> None:
        if not self._has_come and step.startswith("Step 3 "):
            self._has_come = True
            seen = await self._stack.enter_async_context(Seen(self._host.way_in(self._host.code)))
            await seen.until("Have you been here before?")
            seen.type("\r")
            await seen.until("We are at step 3")
            self.plays(Person(seen, 11))

    async def leave_and_return(self) -> None:
        if self.has_returned or not self._has_come:
            return
        self.has_returned = True
        person = self._everybody[1]
        assert isinstance(person, Person)
        person.seen.type("\x18")
        assert await person.seen.gone() == 0
        assert "Goodbye" in person.seen.raw.decode(errors="replace")
        name = f"{self._host.code}+{self.words.replace(' ', '-')}"
        again = await self._stack.enter_async_context(Seen(self._host.way_in(name)))
        await again.until("Waiting for the others")
        back = Person(again, 1)
        self._everybody[1] = back
        self._tasks.append(asyncio.create_task(back.play()))

    async def over(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    words = ""


async def play(folder: Path, host: Host, people: int) -> Path:
    """Play a session with some people: one passes, one leaves and returns, one is late, one plain, one on a phone."""
    async with AsyncExitStack() as stack:
        everybody: list[Person | PlainPerson] = []
        late = Late(host, stack, everybody)
        early = people - 1 if people > 4 else people
        for n in range(early - 1):
            phone = n == 2
            size = (45, 26) if phone else (80, 24)
            seen = await stack.enter_async_context(Seen(host.way_in(host.code), *size))
            await seen.until("Welcome")
            if n == 1:
                late.words = return_words(await seen.until("three words"))
            late.plays(Person(seen, n, passes=n == 0))
        plain = await stack.enter_async_context(Lines(host.way_in(f"{host.code}+plain", "-T")))
        await plain.until("Waiting")
        late.plays(PlainPerson(plain))
        desk = await stack.enter_async_context(Lines(host.way_in("facilitator+plain", "-T")))
        if people <= 4:
            late._has_come = late.has_returned = True
        path = await facilitate(host, desk, everybody, late)
        for each in everybody:
            if isinstance(each, Person):
                await each.seen.until("The end")
        await late.over()
        assert late.has_returned
        return Path(path)
