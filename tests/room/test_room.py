"""The room: what is acknowledged is stored, what is late changes nothing, and nobody sees what is not theirs."""

from __future__ import annotations

import asyncio
import json
import random
from contextlib import aclosing
from pathlib import Path

import pytest
from rooms import (
    SOURCE,
    a_room,
    all_answer,
    any_answer,
    go_to,
    join,
    new_session,
    press,
    reply,
    seen,
    stored,
    submit_all,
)

from tisu_tui.core.form import Pick
from tisu_tui.core.records import RecordKind
from tisu_tui.core.shown import WITHHELD, Quotes, Say
from tisu_tui.core.size import Way
from tisu_tui.room.pacing import resumed
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import (
    Accept,
    Add,
    Command,
    CountHands,
    CountHeads,
    Direction,
    Enter,
    Go,
    Group,
    Join,
    Judge,
    Leave,
    Lock,
    Prepare,
    Reply,
    Reword,
    Sent,
    Strike,
    TakeBack,
    Withdraw,
    WriteRecord,
)
from tisu_tui.session.outcomes import Done, Refused, Stale
from tisu_tui.session.session import Fate, Session, State
from tisu_tui.view.facilitator import Desk
from tisu_tui.view.view import Role, View


async def test_an_answer_is_on_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await go_to(room, "rows")
        assert await reply(room, seats[0], "R1", ("3",)) == Done()
        _session, box = stored(tmp_path)
        assert box is not None
        assert box.answer(seats[0]) == {"R1": ("3",)}


async def test_an_answer_about_a_person_is_never_on_disk(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await go_to(room, "arrive")
        outcome = await reply(room, seats[0], "state", ("2 to 3",))
        assert outcome == Done()
        assert "box" not in json.loads((tmp_path / "7k3m.json").read_text())
        view = await seen(room, Role.PARTICIPANT, seats[0])
        assert (view.answer, view.is_saved) == ({"state": ("2 to 3",)}, False)


async def test_nothing_in_the_file_joins_answers_to_people(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await go_to(room, "rows")
        await all_answer(room, seats, random.Random(1))
        text = (tmp_path / "7k3m.json").read_text()
        assert not [seat for seat in seats if seat in text]
        await press(room)
        assert "box" not in json.loads((tmp_path / "7k3m.json").read_text())


async def test_a_killed_room_comes_back_with_every_acknowledged_answer(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await go_to(room, "rows")
        await reply(room, seats[2], "R1", ("4",))
    session, box = resumed(*stored(tmp_path), random.Random(1))
    async with a_room(tmp_path, session, box) as room:
        assert room.session.place.state is State.OPEN
        assert await room.submit(Join(seats[2].replace("-", " "))) == Done(seats[2])
        view = await seen(room, Role.PARTICIPANT, seats[2])
        assert view.answer == {"R1": ("4",)}
        assert view.resumed
        assert not view.asks_again, "nobody is told that something is gone"


async def test_a_killed_room_asks_again_what_it_never_stored(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await go_to(room, "arrive")
        await reply(room, seats[0], "state", ("2 to 3",))
    session, box = resumed(*stored(tmp_path), random.Random(1))
    async with a_room(tmp_path, session, box) as room:
        await room.submit(Join(seats[0]))
        view = await seen(room, Role.PARTICIPANT, seats[0])
        assert view.answer == {}
        assert view.asks_again
        assert await reply(room, seats[0], "state", None) == Done()


@pytest.mark.parametrize("band", ["-1 to 1", "0"])
async def test_a_killed_room_says_its_results_in_the_same_words(tmp_path: Path, band: str) -> None:
    source = SOURCE.replace("-3 to -2", "-3").replace("2 to 3", "3") if band == "0" else SOURCE
    async with a_room(tmp_path, new_session(source.replace("-1 to 1", band))) as room:
        seats = await join(room, 10)
        for step in ("arrive", "rows", "leave"):
            await go_to(room, step)
            form = room.session.form(len(seats))
            for seat in seats:
                for field in form.fields:
                    assert isinstance(field, Pick)
                    await reply(room, seat, field.id, (field.options[1].id,))
            await go_to(room, step, "shown")
            before = await seen(room, Role.SCREEN)
            other = tmp_path / step
            other.mkdir()
            async with a_room(other, resumed(*stored(tmp_path), random.Random(1))[0]) as again:
                after = await seen(again, Role.SCREEN)
            assert (after.shown, after.picture) == (before.shown, before.picture)


async def test_late_commands_change_nothing(room: LiveRoom) -> None:
    seats = await join(room, 6)
    await go_to(room, "rows")
    place = room.session.place
    double = await submit_all(room, [Go(place, Direction.NEXT), Go(place, Direction.NEXT)])
    assert double == [Done(), Stale()]
    assert room.session.place.state is State.CLOSED
    before = room.session
    late: list[Command] = [
        Reply(place, seats[0], "R1", ("3",)),
        Withdraw(place, seats[0]),
        Go(place, Direction.BACK),
        Enter(place, "R1", ("3",)),
        Prepare(place, ("one",)),
        Judge(place, (1,), Fate.KEPT),
        Group(place, "theme", (1,)),
        Add(place, "talk", "more"),
    ]
    assert set(await submit_all(room, late)) == {Stale()}
    assert room.session == before


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (0, "You have missed nothing you need to know."),
        (1, "1 thing is written down so far."),
        (2, "2 things are written down so far."),
    ],
)
async def test_whoever_comes_late_reads_how_far_it_is(room: LiveRoom, records: int, said: str) -> None:
    seats = await join(room, 6)
    assert (await seen(room, Role.PARTICIPANT, seats[0])).recap == ()
    await go_to(room, "rows")
    for n in range(records):
        await room.submit(WriteRecord(RecordKind.PARK, f"Tea {n}"))
    (_title, step, last) = (await seen(room, Role.PARTICIPANT, seats[0])).recap
    assert step == "We are at step 3 of 9: How far along are we?"
    assert last == said


async def test_notes_to_the_facilitator_stand_where_they_belong_and_on_their_screen_alone(tmp_path: Path) -> None:
    source = SOURCE.replace("# A day on the moon\n", "# A day on the moon\n\n<!-- Bring water. -->\n", 1)
    async with a_room(tmp_path, new_session(source)) as room:
        await join(room, 6)
        told = []
        for step in ("", "arrive", "rows"):
            if step:
                await go_to(room, step)
            desk = (await seen(room, Role.FACILITATOR)).desk
            assert desk is not None
            told.append(desk.notes)
            others = repr([await seen(room, role) for role in (Role.SCREEN, Role.PARTICIPANT)])
            assert not any(note in others for note in desk.notes)
        await press(room, Direction.END)
        desk = (await seen(room, Role.FACILITATOR)).desk
        assert desk is not None
        assert [*told, desk.notes] == [("Bring water.",), ("Never ask who.",), (), ()]


@pytest.mark.parametrize("state", ["waiting", "open", "closed", "shown"])
async def test_taken_up_again_people_are_asked_where_they_were_and_nowhere_else(tmp_path: Path, state: str) -> None:
    async with a_room(tmp_path) as room:
        await join(room, 6)
        await go_to(room, "arrive", state)
    _session, box = resumed(*stored(tmp_path), random.Random(1))
    assert (box is not None) == (state == "open")


@pytest.mark.parametrize(
    ("step", "state", "where", "why"),
    [
        ("", "", Direction.BACK, "This is the beginning."),
        ("arrive", "open", Direction.BACK, "Close this question and show it first."),
        ("arrive", "closed", Direction.BACK, "Close this question and show it first."),
        ("arrive", "open", Direction.AGAIN, "Only a step that has been shown can be run again."),
    ],
)
async def test_where_it_cannot_go_it_stays_and_says_why(
    room: LiveRoom, step: str, state: str, where: Direction, why: str
) -> None:
    seats = await join(room, 6)
    if step:
        await go_to(room, step)
        assert await reply(room, seats[0], room.session.form(6).fields[0].id, None) == Done()
        await go_to(room, step, state)
    before = room.session
    assert await press(room, where) == Refused(why)
    assert room.session == before


@pytest.mark.parametrize(
    ("people", "way"), [(1, Way.ALONE), (2, Way.ALOUD), (4, Way.ALOUD), (5, Way.SMALL), (7, Way.SMALL), (8, Way.FULL)]
)
async def test_the_size_of_the_room_decides(room: LiveRoom, people: int, way: Way) -> None:
    await join(room, people)
    await go_to(room, "rows")
    view = await seen(room, Role.SCREEN)
    assert view.way is way
    assert view.asks_everyone == (people >= 5)


async def test_hands_make_the_room_larger_and_the_head_count_smaller(room: LiveRoom) -> None:
    await join(room, 4)
    await room.submit(CountHands(2))
    assert (await seen(room, Role.SCREEN)).way is Way.SMALL
    await room.submit(CountHeads(4))
    assert (await seen(room, Role.SCREEN)).way is Way.ALOUD
    for wrong in (CountHands(-1), CountHands(2001), CountHeads(-1), CountHeads(2001)):
        assert await room.submit(wrong) == Refused("a number from 0 to 2000")


@pytest.mark.parametrize("leave", [0, 2])
async def test_people_who_leave_can_only_lower_what_is_shown(room: LiveRoom, leave: int) -> None:
    seats = await join(room, 6)
    await go_to(room, "rows")
    for seat, stage in zip(seats, "222333", strict=True):
        await reply(room, seat, "R1", (stage,))
    await submit_all(room, [Leave(seat) for seat in seats[:leave]])
    await press(room)
    released = room.session.rounds[-1].released
    assert released is not None
    assert released.nothing is (leave > 0)


async def test_people_who_come_late_make_no_room_that_shows_more(room: LiveRoom) -> None:
    seats = await join(room, 7)
    await go_to(room, "rows")
    seats += await join(room, 3)
    for seat, stage in zip(seats, "2222233333", strict=True):
        await reply(room, seat, "R1", (stage,))
    await press(room)
    released = room.session.rounds[-1].released
    assert released is not None
    assert not released.nothing
    assert {tally.answered for tally in released.tallies} == {WITHHELD}


async def test_a_seat_that_came_back_before_its_dead_connection_ended_is_one_person_and_stays(tmp_path: Path) -> None:
    async def seats_taken(room: LiveRoom) -> int:
        desk = (await seen(room, Role.FACILITATOR)).desk
        assert desk is not None
        return desk.seats

    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await go_to(room, "rows")
        assert await room.submit(Join(seats[0])) == Done(seats[0])
        assert await seats_taken(room) == 6
        # The host hears only now that the first connection was cut.
        await room.submit(Leave(seats[0]))
        assert await seats_taken(room) == 6
        assert await reply(room, seats[0], "R1", ("3",)) == Done()
        await room.submit(Leave(seats[0]))
        assert await seats_taken(room) == 5
        assert isinstance(await reply(room, seats[0], "R1", ("4",)), Refused)


async def test_coming_back_is_the_same_seat_and_no_second_ballot(room: LiveRoom) -> None:
    seats = await join(room, 6)
    await go_to(room, "rows")
    await reply(room, seats[0], "R1", ("3",))
    async with aclosing(room.watch(Role.PARTICIPANT, seats[0])) as old:
        assert (await anext(old)).answer
        await room.submit(Join(seats[0]))
        async with aclosing(room.watch(Role.PARTICIPANT, seats[0])) as new:
            assert (await anext(new)).answer == {"R1": ("3",)}
            with pytest.raises(StopAsyncIteration):
                await anext(old)
    desk = (await seen(room, Role.FACILITATOR)).desk
    assert desk is not None
    assert desk.seats == 6
    assert isinstance(await room.submit(Join("never-given-out")), Refused)


async def test_a_locked_room_takes_back_who_was_there_and_nobody_new(room: LiveRoom) -> None:
    seats = await join(room, 2)
    await room.submit(Lock(locked=True))
    await room.submit(Leave(seats[0]))
    assert isinstance(await room.submit(Join(is_new=True)), Refused)
    assert await room.submit(Join(seats[0])) == Done(seats[0])


async def test_an_answer_moves_nothing_but_its_own_screen(room: LiveRoom) -> None:
    seats = await join(room, 6)
    await go_to(room, "rows")
    others = [room.watch(Role.SCREEN), room.watch(Role.PARTICIPANT, seats[1])]
    for other in others:
        await anext(other)
    waiting = [asyncio.ensure_future(anext(other)) for other in others]
    await reply(room, seats[0], "R1", ("3",))
    await reply(room, seats[0], "R1", None)
    assert [task.done() for task in waiting] == [False, False]
    await reply(room, seats[1], "R1", ("1",))
    assert (await waiting[1]).answer == {"R1": ("1",)}
    waiting[0].cancel()


async def test_progress_is_words_on_a_tick_and_never_for_participants(room: LiveRoom) -> None:
    seats = await join(room, 6)
    await go_to(room, "rows")
    screen = room.watch(Role.SCREEN)
    await all_answer(room, seats, random.Random(1))
    async for view in screen:
        if "Nearly all" in view.progress:
            break
    assert (await seen(room, Role.PARTICIPANT, seats[0])).progress == ""


async def test_words_reach_the_facilitator_sorted_after_the_close_and_nobody_else(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await go_to(room, "ideas")
        for n, seat in enumerate(seats):
            await reply(room, seat, "ideas", (f"idea {9 - n}",))
        assert _desk(await seen(room, Role.FACILITATOR)).held == ()
        await press(room)
        assert [line.text for line in _desk(await seen(room, Role.FACILITATOR)).held] == [
            f"idea {n}" for n in range(4, 10)
        ]
        for role, seat in ((Role.SCREEN, ""), (Role.PARTICIPANT, seats[0])):
            assert "idea" not in repr(await seen(room, role, seat)).replace("'ideas'", "")
        at = room.session.place
        await room.submit(Judge(at, (1,), Fate.STRUCK))
        await room.submit(Judge(at, (2,), Fate.KEPT))
        grouped = await room.submit(Group(at, "Time together", (3, 4)))
        assert isinstance(grouped, Done)
        # What has no theme goes no further: that is said while it can be put right.
        assert grouped.said.startswith("No theme yet: 2, 5 and 6.")
        assert isinstance(await room.submit(Group(at, "Gone", (1,))), Refused)
        await press(room)
        text = repr(await seen(room, Role.SCREEN))
        assert "Time together" in text
        assert "idea 5" in text
        assert "idea 7" not in text
        await press(room)
        options = _desk(await seen(room, Role.FACILITATOR)).options
        assert [option.label for option in options] == ["Time together"]
        assert "idea 4" not in (tmp_path / "7k3m.json").read_text()


async def test_a_kept_line_stands_once_under_its_theme_in_the_sealed_file_too(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await go_to(room, "ideas")
        for n, seat in enumerate(seats, 1):
            await reply(room, seat, "ideas", (f"idea {n}",))
        await press(room)
        at = room.session.place
        await room.submit(Group(at, "Time", (3, 5)))
        await room.submit(Group(at, "Rest", (2, 5)))
        await room.submit(Group(at, "Rest", (2, 5, 6)))
        await room.submit(Judge(at, (1, 3, 5, 6), Fate.KEPT))
        await room.submit(Judge(at, (4,), Fate.STRUCK))
        await press(room)
        words, others = (await seen(room, Role.SCREEN)).shown
        assert isinstance(words, Quotes)
        assert words.lines() == (("Time", ("idea 3", "idea 5")), ("Rest", ("idea 6",)))
        assert isinstance(others, Quotes)
        assert others.texts == ("idea 1",)
        await press(room, Direction.END)
        lines = {line.text: line for line in (await seen(room, Role.SCREEN)).reading if line.number}
        await room.submit(Strike(lines["idea 3"]))
        lines = {line.text: line for line in (await seen(room, Role.SCREEN)).reading if line.number}
        await room.submit(Reword(lines["Time"], "Hours"))
        lines = {line.text: line for line in (await seen(room, Role.SCREEN)).reading if line.number}
        await room.submit(Strike(lines["Rest"]))
        await press(room)
        await room.until_ended()
    path, whole = tmp_path / "7k3m.json", {"Hours": ("idea 5",), "": ("idea 1", "idea 6")}
    assert kept_under(stored(tmp_path)[0]) == whole
    assert "idea 3" not in path.read_text()
    # Files had no themes of lines before; what was kept stands beside the themes.
    document = json.loads(path.read_text())
    for each in document["rounds"].values():
        each["held"] = [{"text": line["text"], "fate": line["fate"]} for line in each["held"]]
    path.write_text(json.dumps(document))
    assert kept_under(stored(tmp_path)[0]) == {"Hours": (), "": ("idea 1", "idea 5", "idea 6")}


def kept_under(session: Session) -> dict[str, tuple[str, ...]]:
    ideas = next(round_.released for round_ in session.rounds if round_.step == "ideas")
    assert ideas is not None
    return {name: ideas.kept_under(name) for name in (*(theme.name for theme in ideas.themes), "")}


async def test_a_whole_session_is_sealed_with_nothing_that_was_not_kept(tmp_path: Path) -> None:
    chance = random.Random(5)
    async with a_room(tmp_path) as room:
        seats = await join(room, 12)
        for _n in range(100):
            if room.session.is_reading:
                break
            form = room.session.form(len(seats))
            if room.session.place.state is State.OPEN and room._kept.box is not None:
                await all_answer(room, seats, chance)
            elif room.session.place.state is State.OPEN and form.field("helps"):
                await room.submit(Enter(room.session.place, "helps", ("Cover on Fridays",)))
            step = room.session.step
            if room.session.place.state is State.CLOSED and step and step.id == "ideas":
                await room.submit(Group(room.session.place, "Shared rota", (1, 2)))
            await press(room)
        await room.submit(WriteRecord(RecordKind.ACTION, "Write the rota @kim 2026-12-09"))
        view = await seen(room, Role.SCREEN)
        numbered = {line.text: line for line in view.reading if line.number}
        await room.submit(Strike(numbered["Book the room — @sam, due 1 December 2026"]))
        view = await seen(room, Role.SCREEN)
        await room.submit(Strike(next(line for line in view.reading if line.text == "Cover on Fridays")))
        assert await press(room) == Done()
        await room.until_ended()
    session, box = stored(tmp_path)
    assert box is None
    assert session == room.session
    assert session.is_ended
    assert session.register == frozenset()
    assert [record.text for record in session.records] == ["Write the rota"]
    text = (tmp_path / "7k3m.json").read_text()
    assert "words " not in text
    assert "Cover on Fridays" not in text
    assert "rain42" not in text
    assert (tmp_path / "7k3m.json.sha256").exists()


async def test_a_step_with_nothing_to_choose_from_does_not_open(room: LiveRoom) -> None:
    await join(room, 6)
    await go_to(room, "which", "waiting")
    assert isinstance(await press(room), Refused)
    assert (await seen(room, Role.SCREEN)).unsettled.startswith("There is nothing to choose from yet.")
    assert isinstance(await room.submit(Prepare(room.session.place, ("Swap shifts", "Two rotas"))), Done)
    await press(room)
    assert (await seen(room, Role.SCREEN)).asks_everyone


async def test_the_facilitator_hears_of_more_answers_than_people_and_nobody_else_does(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await go_to(room, "rows")
        await all_answer(room, seats, random.Random(1))
        # Somebody answers, leaves, comes in afresh and answers once more: the room is no larger for it.
        await room.submit(Leave(seats[0]))
        await all_answer(room, await join(room, 1), random.Random(2))
        await press(room)
        (concern,) = _desk(await seen(room, Role.FACILITATOR)).concerns
        assert concern.startswith("More people answered than are here, so the result waits.")
        for role in (Role.SCREEN, Role.PARTICIPANT):
            assert "More people" not in repr(await seen(room, role, seats[1]))
        # Everybody may read why it goes no further: whoever presses space on the wall is told in public.
        refused = await room.submit(Go(room.session.place, Direction.NEXT))
        assert isinstance(refused, Refused)
        assert "people" not in refused.why
        assert room.session.place.state is State.CLOSED
        assert _desk(await seen(room, Role.FACILITATOR)).next_words == "accept the result, or ask again"
        assert isinstance(await room.submit(Accept(room.session.place)), Done)
        assert isinstance(await room.submit(Accept(room.session.place)), Refused)
        await press(room)
        assert (await seen(room, Role.SCREEN)).shown
        await press(room)
        assert not _desk(await seen(room, Role.FACILITATOR)).concerns
        await press(room, Direction.END)
        await press(room, Direction.END)
    assert not any(round_.crowded for round_ in stored(tmp_path)[0].rounds)


@pytest.mark.parametrize("where", [Direction.AGAIN, Direction.SKIP, Direction.END])
async def test_a_result_that_nobody_accepted_is_told_nowhere(room: LiveRoom, where: Direction) -> None:
    seats = await join(room, 6)
    await go_to(room, "rows")
    await all_answer(room, seats, random.Random(1))
    await room.submit(Leave(seats[0]))
    await all_answer(room, await join(room, 1), random.Random(2))
    await press(room)
    crowded = room.session
    assert crowded.rounds[-1].closed is not None
    assert crowded.rounds[-1].closed.tallies
    await press(room, where)
    assert room.session.rounds[-1].closed is not None
    assert not room.session.rounds[-1].closed.tallies
    assert not room.session.rounds[-1].crowded
    desk = _desk(await seen(room, Role.FACILITATOR))
    assert isinstance(await room.submit(Sent("mine", TakeBack(desk.undo))), Done)
    assert room.session == crowded


async def test_somebody_who_comes_late_or_leaves_early_is_no_second_answer(room: LiveRoom) -> None:
    seats = await join(room, 6)
    await go_to(room, "rows")
    await all_answer(room, seats, random.Random(1))
    await all_answer(room, await join(room, 2), random.Random(2))
    await press(room)
    assert not _desk(await seen(room, Role.FACILITATOR)).concerns


async def test_after_a_crash_the_facilitator_is_asked_to_wait_until_people_are_back(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await go_to(room, "rows")
        await all_answer(room, seats, random.Random(1))
    session, box = resumed(*stored(tmp_path), random.Random(1))
    async with a_room(tmp_path, session, box) as room:
        for words in seats:
            (concern,) = _desk(await seen(room, Role.FACILITATOR)).concerns
            assert concern.startswith("Not everybody is back.")
            assert isinstance(await room.submit(Join(words)), Done)
        assert not _desk(await seen(room, Role.FACILITATOR)).concerns


async def test_a_step_for_records_shows_them_or_says_that_there_are_none(room: LiveRoom) -> None:
    await join(room, 6)
    await go_to(room, "who-does-what", "shown")
    planned = Quotes("Actions", ("Book the room — @sam, due 1 December 2026",))
    for role in Role:
        assert (await seen(room, role)).shown == (planned,)
    await room.submit(Add(room.session.place, "park", "What waits?"))
    await press(room)
    await press(room)
    await press(room)
    assert (await seen(room, Role.SCREEN)).shown == (Say("Nothing was written down."),)


async def test_a_choice_is_added_to_those_of_the_file_and_a_scale_has_none_to_set(room: LiveRoom) -> None:
    await join(room, 6)
    await go_to(room, "arrive", "waiting")
    view = await seen(room, Role.FACILITATOR)
    assert view.desk is not None
    assert not view.desk.sets_choices
    assert isinstance(await room.submit(Prepare(room.session.place, ("Something else",))), Refused)
    await room.submit(Add(room.session.place, "choose", "Which?: Swap shifts | Two rotas"))
    await press(room, Direction.SKIP)
    view = await seen(room, Role.FACILITATOR)
    assert view.desk is not None
    assert view.desk.sets_choices
    before = [option.label for option in view.desk.options]
    assert before == ["Swap shifts", "Two rotas"]
    assert isinstance(await room.submit(Prepare(room.session.place, (*before, "Neither"))), Done)
    await press(room)
    form = room.session.form(6)
    assert isinstance(form.fields[0], Pick)
    assert [option.label for option in form.fields[0].options] == [*before, "Neither"]


async def test_a_step_can_be_added_and_run_again(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await press(room)
        outcome = await room.submit(Add(room.session.place, "gather", "What else is on your mind?"))
        assert outcome == Done()
        await press(room)
        assert room.session.step is not None
        assert room.session.step.title == "What else is on your mind?"
        await press(room)
        await all_answer(room, seats, random.Random(2))
        await press(room)
        await press(room, Direction.AGAIN)
        assert room.session.place.round == 2
        assert stored(tmp_path)[0] == room.session
        assert isinstance(await room.submit(Add(room.session.place, "rate", "Which first?")), Refused)


async def test_answers_given_are_counted_when_a_step_is_skipped(room: LiveRoom) -> None:
    seats = await join(room, 12)
    await go_to(room, "rows")
    await all_answer(room, seats, random.Random(2))
    await press(room, Direction.SKIP)
    assert [round_.step for round_ in room.session.rounds if round_.closed and not round_.closed.nothing] == ["rows"]


async def test_a_room_that_is_closed_says_so(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        pass
    assert isinstance(await room.submit(Join(is_new=True)), Refused)


async def test_bad_answers_are_refused_in_words(room: LiveRoom) -> None:
    seats = await join(room, 6)
    await go_to(room, "rows")
    outcome = await reply(room, seats[0], "R1", ("9",))
    assert isinstance(outcome, Refused)
    assert "1 to 5, d, x" in outcome.why
    assert await reply(room, seats[0], "R1.sureness", ("sure",)) == Stale()
    assert await reply(room, seats[0], "nowhere", None) == Stale()
    assert isinstance(await reply(room, "no-such-seat", "R1", None), Refused)


async def test_a_changed_mind_takes_its_follow_up_along(room: LiveRoom) -> None:
    seats = await join(room, 6)
    await go_to(room, "rows")
    form = room.session.form(6)
    answer = any_answer(form, random.Random(0))
    sure = next(name for name in answer if name.endswith(".sureness"))
    rated = sure.removesuffix(".sureness")
    for name in (rated, sure):
        await reply(room, seats[0], name, answer[name])
    await reply(room, seats[0], rated, None)
    assert (await seen(room, Role.PARTICIPANT, seats[0])).answer == {rated: None}


def _desk(view: View) -> Desk:
    assert view.desk is not None
    return view.desk
