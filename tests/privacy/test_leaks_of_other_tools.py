"""Fourteen leaks that other tools shipped: none of them here, by name."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import logging
import re
from collections.abc import AsyncGenerator, Sequence
from dataclasses import fields
from pathlib import Path

import pytest
from attacked_room import House, house

from tisu_tui.core.form import Value
from tisu_tui.core.released import Released, ReleasedTally
from tisu_tui.core.shown import WITHHELD, Counts, Say, withheld_sentence
from tisu_tui.notes.write import render
from tisu_tui.room.return_words import hashed
from tisu_tui.session.commands import Direction, Join, Leave, Reply, Withdraw
from tisu_tui.session.outcomes import Done
from tisu_tui.session.session import Held, Round
from tisu_tui.view.view import Role, View

SPLIT: list[Value | None] = [("1",), ("1",), ("5",), ("5",), ("3",), ("3",)]


async def others_see(here: House) -> list[str]:
    """Look at every screen but those of the people in the room."""
    return [repr(await here.seen(role, "nobody")) for role in Role]


class Watching:
    """Screens that are watched while somebody else does something."""

    def __init__(self, here: House, seat: str) -> None:
        self._watched: list[AsyncGenerator[View, None]] = [
            here.room.watch(Role.SCREEN),
            here.room.watch(Role.PARTICIPANT, seat),
        ]
        self._next: list[asyncio.Task[View]] = []

    async def begin(self) -> None:
        for each in self._watched:
            await anext(each)
        self._next = [asyncio.ensure_future(anext(each)) for each in self._watched]
        await asyncio.sleep(0)

    async def end(self) -> list[View]:
        """Give what was shown meanwhile."""
        shown = [each.result() for each in self._next if each.done()]
        for task in self._next:
            task.cancel()
        await asyncio.gather(*self._next, return_exceptions=True)
        return shown


async def what_is_seen(here: House, step: str, field: str, values: Sequence[Value | None]) -> list[str]:
    """Have a step answered, and note what all other screens show until it is shown."""
    await here.go_to(step)
    await here.all_say(field, values)
    noted = []
    for state in ("closed", "shown"):
        await here.go_to(step, state)
        noted += await others_see(here)
    return noted


async def whoever(folder: Path, step: str, field: str, values: list[Value | None]) -> bool:
    """Tell whether everything looks the same when the same answers come from other people."""
    noted: list[list[str]] = []
    for turned in (values, values[1:] + values[:1], values[::-1]):
        async with house(folder / f"room{len(noted)}", len(values)) as here:
            noted.append([*await what_is_seen(here, step, field, turned), *map(repr, here.left_behind().items())])
    return noted[0] == noted[1] == noted[2]


async def test_1_typing_or_presence_names_no_writer(tmp_path: Path) -> None:
    async with house(tmp_path, 6) as here:
        await here.go_to("ideas")
        watching = Watching(here, here.seats[1])
        await watching.begin()
        await here.say(here.seats[0], "ideas", ("mine",))
        await here.say(here.seats[0], "ideas", ("mine, and more",))
        assert await watching.end() == []
    assert await whoever(tmp_path, "ideas", "ideas", [("zebra",), ("apple",), None, ("moon",), ("b",), ("c",)])


async def test_2_no_author_comes_back_after_something_was_sent(tmp_path: Path) -> None:
    # A theme is what the facilitator made of several lines, whoever wrote them.
    assert [field_.name for field_ in fields(Held)] == ["text", "fate", "theme"]

    async with house(tmp_path, 6) as here:
        await here.go_to("ideas")
        await here.all_say("ideas", [(f"idea {n}",) for n in range(6)])
        await here.room.submit(Leave(here.seats[2]))
        await here.room.submit(Join(here.seats[2]))
        await here.say(here.seats[2], "ideas", ("idea changed",))
        await here.go_to("ideas", "closed")
        desk = (await here.seen(Role.FACILITATOR)).desk
        assert desk is not None
        assert [line.text for line in desk.held] == sorted(line.text for line in desk.held)
        assert (await here.seen(Role.PARTICIPANT, here.seats[2])).answer == {}


async def test_3_no_reaction_or_objection_is_attributed(tmp_path: Path) -> None:
    agree: Value = ("agree",)
    assert await whoever(tmp_path, "try", "position", [("object",), agree, agree, agree, ("aside",), agree])


async def test_4_no_notice_carries_a_name(tmp_path: Path) -> None:
    async with house(tmp_path, 6) as here:
        before = await others_see(here)
        joined = await here.room.submit(Join(is_new=True))
        assert isinstance(joined, Done)
        during = await others_see(here)
        await here.room.submit(Leave(joined.seat))
        for text in (*before, *during, *await others_see(here)):
            assert joined.seat not in text
            assert hashed(joined.seat) not in text


@pytest.mark.parametrize("step", ["rows", "which"])
async def test_5_no_result_hides_in_another_place_before_it_is_shown(step: str, tmp_path: Path) -> None:
    async with house(tmp_path, 12) as here:
        await here.go_to(step)
        if step == "rows":
            await here.all_say("R1", SPLIT * 2)
        else:
            await here.all_say("choice", [("rota",)] * 12)
        await here.go_to(step, "closed")
        for role in (Role.SCREEN, Role.PARTICIPANT):
            view = await here.seen(role, here.seats[0])
            assert view.shown == ()
            assert "split in two" not in repr(view)
            assert "More than half" not in repr(view)


async def test_6_no_vote_of_whoever_presents_is_on_the_shared_screen(tmp_path: Path) -> None:
    async with house(tmp_path, 6) as here:
        await here.go_to("rows")
        empty = await others_see(here)
        await here.say(here.seats[0], "R1", ("5",))
        assert await others_see(here) == empty
        assert (await here.seen(Role.PARTICIPANT, here.seats[0])).answer == {"R1": ("5",)}
        # Not even with that person's own seat named does another role show their answer.
        for role in (Role.SCREEN, Role.FACILITATOR):
            assert (await here.seen(role, here.seats[0])).answer == {}


async def test_7_what_is_hidden_is_not_there_not_only_not_drawn(tmp_path: Path) -> None:
    async with house(tmp_path, 12) as here:
        await here.go_to("arrive")
        await here.all_say("state", [("-1 to 1",)] * 7 + [("2 to 3",)] * 3 + [("mixed",)] * 2)
        await here.go_to("arrive", "shown")
        (tally,) = here.room.session.rounds_of(here.room.session.workshop.steps[0])[0].tallies
        assert {*tally.counts, tally.answered} == {WITHHELD}
        for role in Role:
            shown = (await here.seen(role, "nobody")).shown
            assert shown == (Say("More of us chose “In the window” than anything else."),)


async def test_8_nothing_stored_joins_a_voter_and_a_vote(tmp_path: Path) -> None:
    names = {field_.name for kind in (Round, Released, ReleasedTally) for field_ in fields(kind)}
    assert not names & {"seat", "seats", "answers", "token", "tokens", "time", "at", "who", "by"}
    assert await whoever(
        tmp_path, "which", "choice", [("rota",), ("rota",), ("budget",), None, ("rota",), ("handover",)]
    )


async def test_9_no_log_can_rebuild_a_vote(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    async with house(tmp_path, 6) as here:
        await what_is_seen(here, "rows", "R1", SPLIT)
        await here.room.submit(Reply(here.room.session.place, "not-a-seat", "R1", ("5",)))
    logged = [record.getMessage() for record in caplog.records if record.name != "asyncio"]
    assert all(re.fullmatch(r"session 7k3m: step \d of 6, round 1, [a-z]+", each) for each in logged)


@pytest.mark.parametrize("comes", [True, False])
async def test_10_a_late_joiner_or_a_leaver_is_not_found_by_subtraction(tmp_path: Path, *, comes: bool) -> None:
    async with house(tmp_path, 12) as here:
        states: list[Value | None] = [*[("rota",)] * 6, *[("budget",)] * 6]
        await here.go_to("which")
        await here.all_say("choice", states)
        await here.go_to("which", "shown")
        assert any(isinstance(part, Counts) for part in (await here.seen(Role.SCREEN)).shown)
        if comes:
            await here.join(1)
            states.append(("budget",))
        else:
            await here.room.submit(Leave(here.seats.pop()))
            states.pop()
        await here.press(Direction.AGAIN)
        await here.go_to("which")
        await here.all_say("choice", states)
        await here.go_to("which", "shown")
        shown = (await here.seen(Role.SCREEN)).shown
        assert Say("We have looked at this. A second look would tell too much.") in shown
        assert all(now is WITHHELD for part in shown if isinstance(part, Counts) for _first, now in part.numbers)


async def test_11_no_count_ticks_as_somebody_presses_a_key(tmp_path: Path) -> None:
    values: tuple[Value | None, ...] = (("mixed",), None, ("2 to 3",), None)

    async with house(tmp_path, 12) as here:
        await here.go_to("arrive")
        watching = Watching(here, here.seats[11])
        await watching.begin()
        for value in values:
            await here.say(here.seats[0], "state", value)
        await here.submit(Withdraw(here.room.session.place, here.seats[0]))
        assert await watching.end() == []


async def test_12_no_export_ignores_what_was_withheld(tmp_path: Path) -> None:
    async with house(tmp_path, 6) as here:
        await what_is_seen(here, "arrive", "state", [("-1 to 1",)] * 6)
        await what_is_seen(here, "rows", "R1", [("2",)] * 3 + [("3",)] * 3)
        await what_is_seen(here, "which", "choice", [("rota",)] * 4 + [None] * 2)
        files = render(here.room.session)
        by_name = {path.rpartition("/")[2]: content for path, content in files.items()}
        rows = list(csv.DictReader(io.StringIO(by_name["results.csv"].decode("utf-8-sig"))))
        assert {(row["people"], row["withheld"]) for row in rows} == {("", "yes")}
        steps = {each["id"]: each for each in json.loads(by_name["results.json"])["steps"]}
        assert "rounds" not in steps["arrive"]
        (chosen,) = steps["which"]["rounds"][0]["questions"]
        assert (chosen["findings"], {each["people"] for each in chosen["options"]}) == ({}, {None})
        (rated,) = (step for step in steps["rows"]["rounds"][0]["questions"] if step["id"] == "R1")
        assert rated["findings"]
        assert (rated["answered"], rated["withheld"]) == (None, True)
        assert {each["people"] for each in rated["options"]} == {None}
        pictures = {name: content.decode() for name, content in by_name.items() if name.endswith(".svg")}
        # The middle may be drawn, since it may be said; how many people answered what is in no picture.
        assert {*pictures} == {"rows.svg"}
        assert re.findall(r">\d+<", pictures["rows.svg"]) == [">2<"], "the middle answer's own number on its scale"
        (notes,) = (content.decode() for path, content in files.items() if path.endswith(".md"))
        assert withheld_sentence() in notes
        assert "In the window" not in notes


async def test_13_no_order_id_or_time_of_a_row_tells_whose_it_is(tmp_path: Path) -> None:
    async with house(tmp_path, 12) as here:
        document = (here.folder / "data" / "7k3m.json").read_text()
        register = json.loads(document)["session"]["1"]["register"]
        assert register == sorted(register)
        joined = [hashed(seat) for seat in here.seats]
        assert register != joined
        assert set(register) == set(joined)
    assert await whoever(tmp_path, "rows", "R1", [*SPLIT])


async def test_14_a_surface_added_later_has_no_name_to_print(tmp_path: Path) -> None:
    async with house(tmp_path, 9) as here:
        secrets = [*here.seats, *map(hashed, here.seats)]
        for _press in range(60):
            if here.room.session.is_ended:
                break
            box = here.room._kept.box
            if box is not None:
                form = here.room.session.form(9)
                await here.all_say(form.fields[0].id, [None] * 9)
                secrets += [box.key, *here.room._kept.box.answers] if here.room._kept.box else []
            for role in Role:
                for seat in ("nobody", here.seats[0]):
                    text = repr(await here.seen(role, seat))
                    assert not [secret for secret in secrets if secret in text]
            await here.press()
        assert here.room.session.is_ended
