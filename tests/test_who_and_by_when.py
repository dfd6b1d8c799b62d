"""Who and by when, in 47 spellings and six places: read whole, or named with its line; the same in all six."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rooms import a_room, go_to, join

from tisu_tui.cli import main
from tisu_tui.core.days import in_words
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.memory.past import Past
from tisu_tui.notes.reply import reply_form
from tisu_tui.session.commands import WriteRecord
from tisu_tui.session.outcomes import Refused
from tisu_tui.session.session import Session
from tisu_tui.workshop.reader import Reading, read

TODAY = dt.date(2026, 1, 15)
MARCH = "2026-03-05"
NAMED = None

Read = tuple[str, str] | None
"""The owner and the day that were read; None for a line that was named instead."""

SPELLINGS: dict[str, Read] = {
    **dict.fromkeys(
        (
            "@lea 2026-03-05", "— @lea, due 5 March 2026", "@lea 5/3/2026", "@lea 05.03.2026.", "@lea by 5/3",
            "— @lea, due Thursday 5 March 2026", "@lea 5 Mar 26", "@lea on March 5, 2026", "@lea, 5th of March!",
            "@lea 2026/03/05", "@lea 2026-03-05T09:00", "@lea Due: 2026-03-05", "@lea due:2026-03-05",
            "@lea (2026-03-05)", "2026-03-05 @lea", "- Owner: @lea - Due: 5 March", "by 5 March 2026 (@lea)",
            "— **@lea** — by 5 March 2026", "@lea 📅 2026-03-05", "@lea no later than 5-Mar-26",
            "→ @lea → 5 March 2026", "@lea deadline: 5 March 2026", "due 5 March 2026 — @lea.",
        ),
        ("lea", MARCH),
    ),
    **dict.fromkeys(
        ("(Lea, 5 March)", "– Lea – 5 March", "who: Lea; by: 5 March", "[Lea] by 5/3/26", "by Lea on 5 March 2026"),
        ("Lea", MARCH),
    ),
    "@Lea Smith by 5 March": ("Lea-Smith", MARCH),
    "by 5 March @Lea Smith": ("Lea-Smith", MARCH),
    "(by 5 March) @Lea Smith": ("Lea-Smith", MARCH),
    "@lea and @ben by 5 March": ("lea, ben", MARCH),
    "@lea, @ben: 5 March 2026": ("lea, ben", MARCH),
    "(Lea & Ben) due 5 March": ("Lea, Ben", MARCH),
    "@lea by Friday": ("lea", "2026-01-16"),
    "@lea next Tuesday": ("lea", "2026-01-20"),
    "@lea tomorrow": ("lea", "2026-01-16"),
    "@lea Fri 16/1": ("lea", "2026-01-16"),
    **dict.fromkeys(
        (
            "@lea 2026-02-30", "@lea 12/14/2026", "@lea 2026-12", "@lea due end of March", "@lea by Fri 5 March 2026",
            "@lea asap", "@lea next week", "@lea due 5–7 March", "@the night team by 5 March",
        ),
        NAMED,
    ),
}  # fmt: skip

FRONT = 'date: 2026-01-15\ntisu-note: 1\ntisu-session: "9b5s"\ntisu-workshop: "x.md"\nstatus: sealed\n---\n\n# X\n\n'


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def words(number: int) -> str:
    return f"Book room {number}"


def lines() -> list[str]:
    return [f"{words(number)} {spelling}" for number, spelling in enumerate(SPELLINGS)]


def by_number(listed: str) -> dict[int, Read]:
    found: dict[int, Read] = {}
    for each in json.loads(listed):
        assert re.fullmatch(r"Book room \d+", each["text"]), each["text"]
        found[int(each["text"].split()[-1])] = (each["owner"], each["due"])
    return found


def named(told: str, file: str, first: int, every: int = 1) -> set[int]:
    """Give the numbers of the lines that a file's problems are about."""
    return {(int(at) - first) // every for at in re.findall(rf"{file}:(\d+):", told)}


def of_file(folder: Path, name: str, text: str, *, first: int, every: int) -> dict[int, Read]:
    (folder / name).write_text(text, encoding="utf-8")
    done = run("actions", "--from", folder, "--all", "--json")
    said = dict.fromkeys(named(done.stderr, name, first, every))
    read_ones = by_number(done.stdout)
    assert not said.keys() & read_ones.keys()
    return {**said, **read_ones}


def in_room(folder: Path) -> dict[int, Read]:
    async def play() -> dict[int, Read]:
        found: dict[int, Read] = {}
        async with a_room(folder, session()) as room:
            for number, line in enumerate(lines()):
                outcome = await room.submit(WriteRecord(RecordKind.ACTION, line))
                if isinstance(outcome, Refused):
                    found[number] = NAMED
            records = room.session.records
        return {**found, **_of_records(records)}

    return asyncio.run(play())


def _of_records(records: Sequence[Kept]) -> dict[int, Read]:
    assert all(re.fullmatch(r"Book room \d+", record.text) for record in records)
    return {int(record.text.split()[-1]): (record.owner, record.due) for record in records}


def checked(planned: Sequence[str]) -> Reading:
    text = "".join(f"- [ ] {each}\n" for each in planned)
    front = "---\ntisu: 1\ntitle: X\n---\n\n## Who does what?\n\n`actions` `5 min`\n\n"
    return read(f"{front}{text}\n## The end\n\n`close`\n", "x.md")


def session(planned: Sequence[str] = (), date: str = "2026-01-15") -> Session:
    found = checked(planned).workshop
    assert found is not None
    return Session("7k3m", date, found, code="rain42")


def in_plans(folder: Path) -> dict[int, Read]:
    problems = checked(lines()).problems
    said = {problem.line - 10 for problem in problems}
    assert {problem.code for problem in problems} == {"T418"}

    async def play() -> tuple[Kept, ...]:
        sound = [line for number, line in enumerate(lines()) if number not in said]
        async with a_room(folder, session(sound)) as room:
            await join(room, 6)
            await go_to(room, "who-does-what")
            return room.session.records

    return {**dict.fromkeys(said), **_of_records(asyncio.run(play()))}


def added(folder: Path) -> dict[int, Read]:
    found: dict[int, Read] = {}
    (folder / "data").mkdir(mode=0o700)
    for number, line in enumerate(lines()):
        done = run("actions", "--exports", folder, "--data", folder / "data", "add", line, "--on", TODAY)
        assert done.exit_code in {0, 2}
        if done.exit_code:
            assert len(done.stderr.splitlines()) == 1
            found[number] = NAMED
    listed = run("actions", "--exports", folder, "--data", folder / "data", "--json", "--all")
    return {**found, **by_number(listed.stdout)}


def on_page(folder: Path) -> dict[int, Read]:
    text = "---\ntisu-actions: 1\n---\n\n# Ours\n\n## Actions\n\n"
    text += "".join(f"- [ ] {line}\n  - 15 January 2026: not started\n" for line in lines())
    return of_file(folder, "actions.md", text, first=9, every=2)


def in_notes(folder: Path) -> dict[int, Read]:
    text = f"---\n{FRONT}## Actions\n\n" + "".join(f"- [ ] {line}\n" for line in lines())
    return of_file(folder, "n.md", text + "\nresults.json\n", first=13, every=1)


def in_form(folder: Path) -> dict[int, Read]:
    asks = tuple(Kept(f"q{n:02}", RecordKind.ASK, words(n)) for n in range(len(SPELLINGS)))
    listed = "".join(f"- We asked: {record.text} <!-- ask {record.id} -->\n" for record in asks)
    (folder / "n.md").write_text(f"---\n{FRONT}## Asks to senior management\n\n{listed}\nresults.json\n", "utf-8")
    form = reply_form(Past("9b5s", TODAY.isoformat(), "x.md", "X", "5–7", records=asks))
    for spelling in SPELLINGS:
        form = form.replace("By when:\n", f"By when : {spelling}\n", 1)
    form = form.replace("By when :", "By when:").replace("- [ ] agreed\n", "- [x] agreed\n")
    form = form.replace("this reply:", "this reply: 15 January 2026")
    (folder / "form.txt").write_text(form, encoding="utf-8")
    starts = [n for n, line in enumerate(form.split("\n"), 1) if line.startswith("By when:")]
    done = run("actions", "--from", folder, "reply", folder / "form.txt")
    said = {starts.index(int(at)) for at in re.findall(r"form\.txt:(\d+):", done.stderr)}
    found: dict[int, Read] = dict.fromkeys(said)
    for number, told in re.findall(r"^9b5s\.q(\d+): agreed(.*)$", done.stdout, re.MULTILINE):
        if int(number) not in said:
            who = re.fullmatch(r": (@.*?), by (.*)", told)
            assert who, told
            found[int(number)] = (who[1].replace("@", ""), who[2])
    return found


PLACES: Mapping[str, Callable[[Path], dict[int, Read]]] = {
    "the room": in_room,
    "actions add": added,
    "the page of actions": on_page,
    "notes": in_notes,
    "planned actions": in_plans,
    "reply forms": in_form,
}


def test_there_are_47_spellings() -> None:
    assert len(SPELLINGS) == 47


@pytest.mark.parametrize("place", PLACES)
def test_who_and_by_when_are_read_whole_or_named_in_each_place(place: str, tmp_path: Path) -> None:
    expected = dict(SPELLINGS)
    if place == "reply forms":
        expected = {spelling: each and (each[0], in_words(each[1])) for spelling, each in expected.items()}
    found = PLACES[place](tmp_path)
    assert {spelling: found[n] for n, spelling in enumerate(SPELLINGS)} == expected


async def test_a_plan_that_can_not_be_read_on_the_day_keeps_its_words_and_is_said(tmp_path: Path) -> None:
    # The first of January is a Thursday in 2026, and none in 2027.
    plan = ["Book it @lea by Thursday 1 January", "Ring the board @ben 2026-03-05"]
    async with a_room(tmp_path, session(plan, "2026-06-15")) as room:
        await join(room, 6)
        await go_to(room, "who-does-what")
        first, second = room.session.records
    assert (first.text, first.owner, first.due) == ("Book it @lea by Thursday 1 January", "", "")
    assert (second.text, second.due) == ("Ring the board", MARCH)
