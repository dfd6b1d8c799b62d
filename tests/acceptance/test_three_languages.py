"""Nine people and three languages in one room, over real SSH: each reads their own, and there is one set of notes."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from pathlib import Path

from openssh import Host, Lines, Seen, a_host, return_words

from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking
from tisu_tui.view import phrases

STEPS = """
## {first}

`choose 1` `id first` `we decide` `3 min`

- [ ] {rotas}
- [ ] {breaks}

## {far}

`scale` `id far` `3 min`

- 1: {low}
- 2: {middle}
- 3: {high}

## {end}

`close` `id end` `3 min`
"""
WORDS = {
    "en": ("Our week", "What first?", "Rotas", "Breaks", "How far?", "Seldom", "Sometimes", "Always", "The close"),
    "pl": ("Nasz plan", "Co najpierw?", "Grafiki", "Przerwy", "Jak daleko?", "Rzadko", "Czasem", "Zawsze", "Koniec"),
    "gd": (
        "Ar plana",
        "Dè an toiseach?",
        "Clàran",
        "Fois",
        "Dè cho fada?",
        "Ainneamh",
        "Uaireannan",
        "Daonnan",
        "Crìoch",
    ),
}


def write_workshop(folder: Path) -> Path:
    for tag, (title, first, rotas, breaks, far, low, middle, high, end) in WORDS.items():
        steps = STEPS.format(
            first=first, rotas=rotas, breaks=breaks, far=far, low=low, middle=middle, high=high, end=end
        )
        name = "week.md" if tag == "en" else f"week.{tag}.md"
        (folder / name).write_text(f"---\ntisu: 1\ntitle: {title}\nlanguage: {tag}\n---\n{steps}", "utf-8")
    return folder / "week.md"


class OnScreen:
    """Somebody at a full screen, who answers by its keys."""

    def __init__(self, seen: Seen, tag: str) -> None:
        self.seen, self.tag = seen, tag

    async def reads(self, text: str) -> None:
        await self.seen.until(lambda shown: text in " ".join(shown.split()))

    async def answers(self, heading: str, option: str) -> None:
        await self.reads(heading)
        await self.reads(option)
        self.seen.type("1\r")
        with speaking(self.tag):
            done = _("Recorded: {answer}").format(answer="").strip()
        await self.reads(done)

    @property
    def everything(self) -> str:
        return self.seen.raw.decode(errors="replace")


class InLines:
    """Somebody on `ssh -T CODE+plain@`."""

    def __init__(self, lines: Lines, tag: str) -> None:
        self.lines, self.tag = lines, tag

    async def reads(self, text: str) -> None:
        await self.lines.until(text)

    async def answers(self, heading: str, option: str) -> None:
        with speaking(self.tag):
            question, answer = _("Question: {title}").format(title=heading), _("Answer:")
            recorded = _("Recorded: {answer}").format(answer="").strip()
        await self.lines.until(question)
        await self.lines.until(answer)
        self.lines.say(option)
        await self.lines.until(recorded)

    @property
    def everything(self) -> str:
        return "\n".join(self.lines.heard)


async def enter(stack: AsyncExitStack, host: Host) -> list[OnScreen | InLines]:
    people: list[OnScreen | InLines] = []
    for tag in WORDS:
        wish = "" if tag == "en" else f"+{tag}"
        for _n in range(2):
            seen = await stack.enter_async_context(Seen(host.way_in(f"{host.code}{wish}")))
            people.append(OnScreen(seen, tag))
        lines = await stack.enter_async_context(Lines(host.way_in(f"{host.code}+plain{wish}", "-T")))
        people.append(InLines(lines, tag))
    for person in people:
        with speaking(person.tag):
            welcome = phrases.welcome()
        await person.reads(welcome.split(".")[0])
    return people


async def test_each_reads_their_own_language_and_there_is_one_set_of_notes(tmp_path: Path) -> None:
    async with a_host(tmp_path, str(write_workshop(tmp_path))) as host, AsyncExitStack() as stack:
        people = await enter(stack, host)
        desk = await host.desk(stack)

        async def onward(until: str) -> None:
            desk.say("next")
            await desk.until(until)

        for at, option in ((1, 2), (4, 5)):
            await onward("Now: waiting")
            await onward("Now: open")
            await asyncio.gather(
                *(person.answers(WORDS[person.tag][at], WORDS[person.tag][option]) for person in people)
            )
            await onward("Now: closed")
            await onward("Now: shown")
            # Everybody chose the first one.
            await asyncio.gather(
                *(person.reads(WORDS[person.tag][option]) for person in people if isinstance(person, OnScreen))
            )
        # Somebody comes back to their seat in another language.
        pole = next(person for person in people if isinstance(person, InLines) and person.tag == "pl")
        pole.lines.say("pomoc")
        with speaking("pl"):
            words = return_words("\n".join(pole.lines.heard).replace("Twoje trzy słowa", "three words"))
            await pole.lines.until(_("Come back with: {line}").format(line="")[:8])
        pole.lines.say("język gd")
        with speaking("gd"):
            await pole.lines.until(phrases.welcome())
        assert words.replace(" ", "-") in "\n".join(pole.lines.heard[-60:])
        pole.lines.say("fàg")
        await pole.lines.ended()
        desk.say("end")
        await desk.until("Next: seal")
        desk.say("end")
        notes = Path((await desk.until("Notes: ")).removeprefix("Notes: "))
    for person in people:
        others = [tag for tag in WORDS if tag != person.tag and (person is not pole or tag != "gd")]
        for tag in others:
            with speaking(tag):
                ours = (phrases.welcome().split(".")[0], _("Pass"), _("Waiting"))
            foreign = [text for text in (*WORDS[tag], *ours) if len(text) > 4 and text in person.everything]
            assert not foreign, (person.tag, tag, foreign)
    text = notes.read_text("utf-8")
    assert "language" not in text or "Our week" in text
    assert not any(word in text for tag in ("pl", "gd") for word in WORDS[tag] if len(word) > 4)
    results = (notes.with_suffix("") / "results.json").read_text("utf-8")
    assert json.loads(results)
    assert "Rotas" in results
    assert "Grafiki" not in results
