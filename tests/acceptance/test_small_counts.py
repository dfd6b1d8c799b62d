"""What somebody leaves behind who goes between two rounds, and what silent seats change: over real SSH."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from openssh import PATIENCE, Host, Lines, Seen, a_host
from voting import Says, Voter, voters

FRONT = "---\ntisu: 1\ntitle: A small count\n---\n\n"
END = "\n## Aftercare\n\n`talk` `id aftercare`\n"
PROPOSAL = "## Do we start at nine?\n\n`consent` `id try` `we decide`\n"
COUNTS = r'"(?:counts|answered)": ?(?:\[[^\]]*\]|[^,}]*)'
RATING = "## How calm are our mornings?\n\n`scale` `id calm`\n\n- 1: never\n- 2: seldom\n- 3: at times\n- 4: mostly\n"
AGREE, ASIDE, OBJECT = "1", "3", "4"
COUNTED = re.compile(
    r"(?:object|stand aside|worry)[^.\n|]*[:|] *\d|\b\d+ (?:objected|stood aside|worr)|round 1: \d", re.IGNORECASE
)
"""How a number of people would stand beside what they chose."""


def choosing(option: str) -> Says:
    return lambda title, _times: [option] if "?" in title and not title.startswith("Would") else ["p"]


async def onward(desk: Lines, state: str, word: str = "next") -> None:
    desk.say(word)
    await desk.until(f"Now: {state}")
    await desk.until("Next: ")


async def asked(desk: Lines, everybody: Sequence[Voter], times: int) -> None:
    await asyncio.gather(*(each.until_finished(times) for each in everybody))
    for state in ("closed", "shown"):
        await onward(desk, state)


async def sealed(desk: Lines) -> None:
    for _press in range(20):
        desk.say("next")
        if (await desk.until("Now: ")) == "Now: ended":
            await desk.until("Notes: ")
            return
    raise AssertionError("it never ended:\n" + "\n".join(desk.heard[-40:]))


def everything(folder: Path, heard: Sequence[Lines]) -> dict[str, str]:
    """Gather what is in every file, and what everybody was told."""
    files = {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for part in ("data", "exports")
        for path in sorted((folder / part).rglob("*"))
        if path.is_file() and "host" not in path.name
    }
    return files | {f"person {n}": "\n".join(each.heard) for n, each in enumerate(heard)}


def assert_no_counts(found: dict[str, str]) -> None:
    """The session and its data hold no number of people who chose anything."""
    held = [each for name, text in found.items() if name.endswith(".json") for each in re.findall(COUNTS, text)]
    assert held
    assert not [each for each in held if re.search(r"\d", each)]


def own(folder: Path, text: str) -> str:
    path = folder / "small.md"
    path.write_text(FRONT + text + END, encoding="utf-8")
    return str(path)


async def coming(stack: AsyncExitStack, host: Host) -> Lines:
    lines = await stack.enter_async_context(Lines(host.way_in(f"{host.code}+plain", "-T")))
    await lines.until("Waiting")
    return lines


async def test_nothing_gives_the_number_where_an_objector_leaves_a_room_of_twenty(tmp_path: Path) -> None:
    says = [*[choosing(AGREE)] * 14, *[choosing(ASIDE)] * 4]

    async with AsyncExitStack() as stack:
        host = await stack.enter_async_context(a_host(tmp_path, own(tmp_path, PROPOSAL)))
        objector = await coming(stack, host)
        wall = await stack.enter_async_context(Seen(host.way_in("screen"), 100, 34))
        await wall.until("Join code")
        wall.type(f"{host.code}\r")
        await wall.until("Say yes to this")
        passer = await stack.enter_async_context(Seen(host.way_in(host.code)))
        await passer.until("Welcome")
        others = await stack.enter_async_context(voters(host, says))
        desk = await host.desk(stack)
        for state in ("waiting", "open"):
            await onward(desk, state)
        for line in (OBJECT, "p"):
            await objector.until("Answer:")
            objector.say(line)
        await objector.until("Recorded")
        await objector.until("Waiting")
        await asked(desk, others, 1)
        pages = [await wall.until("result ·"), await passer.until("A worry has been raised")]
        objector.say("leave")
        await asyncio.wait_for(objector.ended(), PATIENCE)
        heard = ""
        while not heard.startswith("Joined: 19."):
            # Somebody is let go before their seat is.
            desk.say("who")
            heard = await desk.until("Joined: ")
        await onward(desk, "waiting", "again")
        await onward(desk, "open")
        await asked(desk, others, 2)
        pages += [await wall.until("result ·"), await passer.until("Round 2:")]
        # A worry stands: the group could change the words next, and goes on without it instead.
        await onward(desk, "open", "skip")
        await sealed(desk)
        found = everything(tmp_path, [desk, objector, *(other.lines for other in others)])
        found |= {f"screen {n}": page for n, page in enumerate(pages)}
    assert {name.rpartition(".")[2] for name in found} >= {"csv", "json", "md"}
    for name, text in ((name, text) for name, text in found.items() if not name.endswith(".json")):
        assert not COUNTED.search(text), (name, COUNTED.search(text))
    assert_no_counts(found)
    # Carried now would say whose worry it was.
    (notes,) = (text for name, text in found.items() if re.fullmatch(r"exports/[^/]*\.md", name))
    assert "A worry was raised" in notes
    assert "Carried" not in notes


async def test_five_people_and_five_silent_seats_are_told_words_only(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        host = await stack.enter_async_context(a_host(tmp_path, own(tmp_path, RATING)))
        silent = [await coming(stack, host) for _seat in range(5)]
        everybody = await stack.enter_async_context(voters(host, [choosing(each) for each in "23334"]))
        desk = await host.desk(stack)
        for state in ("waiting", "open"):
            await onward(desk, state)
        await asked(desk, everybody, 1)
        await sealed(desk)
        found = everything(tmp_path, [desk, *silent, *(each.lines for each in everybody)])
    told = found["person 1"]
    assert "The middle answer is “3 at times”" in told
    assert "How many people chose each" not in "\n".join(found.values())
    assert_no_counts(found)
