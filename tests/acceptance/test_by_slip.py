"""A vote by slip over real SSH: given out on the private screen, used on a terminal, in lines and on the laptop."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from pathlib import Path

from openssh import Host, Lines, Seen, a_host, open_step
from test_shared_laptop import WORKSHOP


async def _give(desk: Lines, number: int) -> list[str]:
    desk.say(f"slips {number}")
    await desk.until(f"{number} slips were made.")
    made = [(await desk.until(f"Slip {n}: ")).partition(": ")[2] for n in range(1, number + 1)]
    assert all(re.fullmatch("[a-z]+ [a-z]+ [a-z]+", words) for words in made)
    await desk.until("They come in with: ssh ")
    return made


def _everything(host: Host) -> bytes:
    return b"".join(path.read_bytes() for path in (host.folder / "data").rglob("*") if path.is_file())


async def test_seven_slips_are_seven_ballots_however_they_are_used(tmp_path: Path) -> None:
    path = tmp_path / "how-it-goes.md"
    path.write_text(WORKSHOP)
    async with AsyncExitStack() as stack:
        host = await stack.enter_async_context(a_host(tmp_path, str(path)))
        desk = await host.desk(stack)
        made = await _give(desk, 7)
        desk.say("hands 1")
        await desk.until("Done")

        # Without one, or with a wrong one, nobody comes in; with the right words they do, from the same window.
        late = await stack.enter_async_context(Seen(host.way_in(host.code)))
        await late.until("This session is by slip")
        late.type("acorn acorn acorn\r")
        await late.until("We don't know these three words. Check them.")
        await late.until("Type your three words, or type leave.")
        assert "press Enter" not in late.text
        late.type(f"{made[0]}\r")
        await late.until("Waiting for the facilitator")
        assert "I was here before" not in late.text
        others = []
        for words in made[1:6]:
            name = f"{host.code}+plain+{words.replace(' ', '-')}"
            others.append(await stack.enter_async_context(Lines(host.way_in(name, "-T"))))
            await others[-1].until("Waiting")
        laptop = await stack.enter_async_context(Seen(host.way_in(f"{host.code}+laptop")))
        await laptop.until("This laptop goes from hand to hand")
        wall = await stack.enter_async_context(Seen(host.way_in("screen"), 100, 34))
        await wall.until("code")
        wall.type(f"{host.code}\r")
        await wall.until("your-three-words@")

        await open_step(desk)
        for other in others:
            await other.until("Answer:")
            other.say("1 2")
            await other.until("Recorded")
        await late.until("Question 1 of 2")
        late.type("1\r")
        await late.until("Question 2 of 2")
        late.type("1\r")
        await late.until("Recorded")

        # The seventh has no device, and the first tries the laptop too: it is their one ballot, changed.
        for words, keys in ((made[6], "2"), (made[0], "2")):
            await laptop.until("Then type the three words")
            laptop.type("\r")
            await laptop.until("This session is by slip")
            laptop.type(f"{words}\r")
            if words == made[0]:
                await laptop.until("hand the laptop on")
                laptop.type("w")
                await laptop.until("take back all I answered")
                laptop.type("\r")
            await laptop.until("Question 1 of 2")
            laptop.type("1\r")
            await laptop.until("Question 2 of 2")
            laptop.type(f"{keys}\r")
            await laptop.until("hand the laptop on")
            laptop.type("\r")
        await late.until("This screen has ended.")
        assert not any(words.replace(" ", "-").encode() in _everything(host) for words in made)
        assert not any(words in wall.text for words in made)

        desk.say("next")
        await desk.until("Now: closed")
        desk.say("show")
        await desk.until("R2 Leaders have been trained. Middle answer: 2 Early steps.")
        await desk.until("People without a device were asked")
        desk.say("who")
        assert "7" in await desk.until("Slips given out: 7.")
