"""A simulated facilitator: signs in, paces a session in plain lines, and is its scribe."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from tisu_tui.rehearsal import ideas
from tisu_tui.rehearsal.line import Call, OpenLine
from tisu_tui.rehearsal.opinion import OpinionTurn, chance, choice, theme
from tisu_tui.rehearsal.people import RehearsalPlan
from tisu_tui.rehearsal.question import Ear, HeardQuestion

_OPENINGS = ("Step ", "Lobby: ")
_FENCE, _FENCED = "who", "Joined: "
_HELD = re.compile(r"(\d+)\. (.+) \(held\)")
_PROPOSAL = re.compile(r"The proposal is: “(.+)”")
_CHOOSE = "choose or type what we ask about"
_TYPE = ("type what we ask about", "type what there is to choose from")
_AGAIN, _ASK_AGAIN = "change the words, and ask again", "ask again"
_IN_OTHER_WORDS = "for four weeks, and then we look again"
_WEEKS = (2, 4, 6)
_ABOUT_LEADERS = "Some lines are about leaders."
_THEMES = 5


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the session is, as the facilitator hears it: the line that names the step, and its state."""

    opening: str
    state: str

    @property
    def is_step(self) -> bool:
        """Whether it is past the lobby."""
        return self.opening.startswith("Step ")


class SimulatedFacilitator:
    """One facilitator on one plain line; what they type follows from the seed and the date."""

    def __init__(self, line: OpenLine, lines: asyncio.Queue[str], plan: RehearsalPlan) -> None:
        self._line = line
        self._lines = lines
        self._group = plan.group
        self._asked_before: Counter[str] = Counter()
        self._dates = [(plan.date + dt.timedelta(weeks=weeks)).isoformat() for weeks in _WEEKS]
        self._ear = Ear()
        self._opening = ""
        self._has_decided = False
        self._next_is = ""
        self._proposal = ""
        self._leaders = plan.leaders
        self._asks_who_leads = False
        self.now = Moment("", "")

    async def moment_after(self, last: Moment) -> Moment:
        """Wait until the session is somewhere else than it was."""
        while self.now == last:
            await self._next()
        return self.now

    async def notes(self) -> str:
        """Wait for the path of the notes, which are written once the session has ended."""
        while not (line := await self._next()).startswith("Notes: "):
            pass
        return line.removeprefix("Notes: ")

    def go_on(self) -> None:
        """Do the next natural thing; what is still held up after other words were tried is left alone."""
        gives_up = self._next_is == _AGAIN and _IN_OTHER_WORDS in self._proposal
        self._line.say("skip" if gives_up else "next")

    async def attend(self) -> None:
        """Do what falls to the facilitator at this moment: read people's words, or fill a step in."""
        at = self.now
        if self._asks_who_leads and not at.is_step:
            self._line.say(f"leaders {self._leaders}")
            await self._fenced()
        if at.state == "closed":
            await self._sort_words()
        elif at.state == "waiting" and at.is_step:
            await self._settle()
        elif at.state == "open":
            question = await self._asked()
            while question is not None and self.now == at:
                question = await self._fill_in(question)

    async def _next(self) -> str:
        line = await self._lines.get()
        if line.startswith(_OPENINGS):
            self._opening = line
        elif line.startswith("Now: "):
            self.now = Moment(self._opening, line.removeprefix("Now: "))
        elif _ABOUT_LEADERS in line:
            self._asks_who_leads = True
        elif line.startswith("Next: "):
            self._next_is = line.removeprefix("Next: ")
        elif match := _PROPOSAL.fullmatch(line):
            self._proposal = match[1]
        return line

    async def _fenced(self) -> list[str]:
        """Return everything printed before the answer to a question available at any time."""
        self._line.say(_FENCE)
        lines: list[str] = []
        while not (line := await self._next()).startswith(_FENCED):
            lines.append(line)
        return lines

    # The scribe's part

    async def _asked(self) -> HeardQuestion | None:
        question = None
        for line in await self._fenced():
            question = self._ear.hear(line) or question
        return question

    async def _fill_in(self, question: HeardQuestion) -> HeardQuestion | None:
        if question.options:
            # What is agreed aloud is one answer.
            agreed = replace(question, most=1, each=1)
            self._asked_before[question.title] += 1
            turn = OpinionTurn(times=self._asked_before[question.title])
            self._line.say(choice(agreed, self._group, turn, chance(self._group.seed, "scribe", question.text)))
            return await self._asked()
        # After `Step 3 of 9: ` stands its title.
        for text in ideas.scribed(question, self._group.said.in_step(self._opening.partition(": ")[2])):
            self._line.say(f">{text.format(*self._dates)}")
        # An empty line goes on to the next heading; where one line is all, that went on by itself.
        if not ideas.takes_one_line(question):
            self._line.say("")
        if "@who," in question.text and not self._has_decided:
            self._has_decided = True
            self._line.say(f"decide {ideas.DECISION.format(*self._dates)}")
        return await self._asked()

    async def _settle(self) -> None:
        """Put a waiting proposal to the group, reworded if it was held up."""
        await self._fenced()
        if self._next_is == _CHOOSE:
            self._line.say("propose 1")
        elif self._next_is in _TYPE:
            word, texts = ("propose", ideas.PROPOSALS[:1]) if self._next_is == _TYPE[0] else ("option", ideas.PROPOSALS)
            for text in texts:
                self._line.say(f"{word} {text}")
        elif self._next_is == _ASK_AGAIN and self._proposal and _IN_OTHER_WORDS not in self._proposal:
            self._line.say(f"propose {self._proposal.removesuffix('.')}, {_IN_OTHER_WORDS}")
        await self._fenced()

    async def _sort_words(self) -> None:
        """Group ideas by theme, keep a few unchanged, and keep all words of other steps."""
        self._line.say("words")
        held = [match.groups() for line in await self._fenced() if (match := _HELD.fullmatch(line))]
        themes: defaultdict[str, list[str]] = defaultdict(list)
        for number, text in held:
            themes[theme(text, self._group.said)].append(number)
        # What several people wrote alike is kept once.
        once = {text: number for number, text in reversed(held)}
        keep = [number for number in themes.pop("", []) if number in once.values()]
        largest = sorted(themes, key=lambda name: (-len(themes[name]), name))[:_THEMES]
        for name in largest:
            self._line.say(f"theme {name}: {' '.join(themes[name])}")
        keep += [themes[name][0] for name in largest[:2]]
        if keep:
            self._line.say(f"keep {' '.join(keep)}")
        await self._fenced()


@asynccontextmanager
async def facilitator(call: Call, plan: RehearsalPlan) -> AsyncIterator[SimulatedFacilitator]:
    """Sign a facilitator in for as long as the context lasts."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    async with call("facilitator+script", lines.put_nowait) as line:
        yield SimulatedFacilitator(line, lines, plan)
