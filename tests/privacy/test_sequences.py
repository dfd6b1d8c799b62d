"""Several results together: each chain that once named somebody, played in a room to its notes, data and screens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from pathlib import Path

import pytest
from attacked_room import DATE, House, house
from lookalikes import Counts, kind, of_one_answer
from rooms import workshop_of
from sequences import FIGURES, RATING, VOTE, Asked, borrowed, cuts, in_chains, is_never, leaver, never, row, ten_cuts

from tisu_tui.core.form import Value
from tisu_tui.core.released import Finding, Released
from tisu_tui.core.shown import WITHHELD
from tisu_tui.memory.earlier import told as told_before
from tisu_tui.session.commands import Direction, Join, Leave, Prepare
from tisu_tui.session.outcomes import Done
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Workshop
from tisu_tui.view.view import Role
from tisu_tui.workshop.reader import read

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")


AGREE, ASIDE, OBJECT = "agree", "aside", "object"
FRONT = "---\ntisu: 1\ntitle: A day on the moon\n---\n\n"
SCALE = "- 1: never\n- 2: seldom\n- 3: at times\n- 4: mostly\n- 5: always\n\n"
ZONES = "- 1: below\n- 2: inside\n- 3: above\n\n"
BUNDLED = "- 1 to 2: below or inside\n- 3: above\n\n"
END = "## Aftercare\n\n`talk` `id aftercare`\n"


def asked(settings: str, lists: str = "", title: str = "How is it here?") -> str:
    return f"## {title}\n\n{settings}\n\n> You can pass.\n\n{lists}"


def workshop(*steps: str, front: str = FRONT) -> Workshop:
    return workshop_of(front + "".join(steps) + END)


@dataclass
class Play:
    """What happened in a room: all that anybody but the answering person saw, what was released, and every file."""

    shown: list[str] = field(default_factory=list)
    released: list[Released] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    sessions: list[Session] = field(default_factory=list)

    @property
    def texts(self) -> str:
        return "\n".join([*self.shown, *(file.decode("utf-8", "replace") for file in self.files.values())])


Act = tuple[str, Sequence[object]]


async def play(folder: Path, played: Workshop, people: int, *acts: Act, before: Sequence[Session] = ()) -> Play:
    """Play a session: the name of a step asks it and each seat answers, `again` runs it again, `leave` takes seats."""
    told = Play()
    session = Session("7k3m", DATE.isoformat(), played, code="rain42", told=told_before(before))
    async with house(folder, people, session=session) as here:
        for name, values in acts:
            await _act(here, told, name, values)
        await here.seal()
        told.files = here.left_behind()
        told.sessions = [*before, here.room.session]
    return told


async def _act(here: House, told: Play, name: str, values: Sequence[object]) -> None:
    if name == "leave":
        for seat in [here.seats[int(str(each))] for each in values]:
            await here.submit(Leave(seat))
            here.seats.remove(seat)
        return
    if name == "join":
        await here.join(len(values))
        return
    if name.startswith("options of "):
        await here.go_to(name.removeprefix("options of "), "waiting")
        await here.submit(Prepare(here.room.session.place, tuple(map(str, values))))
        return
    if name == "again":
        await here.press(Direction.AGAIN)
        await here.press()
    else:
        await here.go_to(name)
    asked_now = here.room.session.form(len(here.seats)).fields
    for seat, value in zip(here.seats, values, strict=True):
        # An answer, or one to each question of the step.
        given = value if isinstance(value, tuple) else (value,)
        for question, one in zip_longest(asked_now, given):
            answer: Value | None = None if one is None else (str(one),)
            outcome = await here.say(seat, question.id, answer)
            assert isinstance(outcome, Done), outcome
    for _state in ("closed", "shown"):
        await here.press()
        told.shown += [repr(await here.seen(role, "nobody")) for role in Role]
    released = here.room.session.rounds[-1].released
    assert released is not None
    told.released.append(released)


def has_numbers(released: Released) -> bool:
    return any(isinstance(n, int) for tally in released.tallies for n in (*tally.counts, tally.answered))


def says_anything(released: Released) -> bool:
    return has_numbers(released) or any(tally.found for tally in released.tallies)


def some(*counts: int) -> list[str]:
    """Give the answers of so many people for each point of a scale."""
    return [str(point) for point, n in enumerate(counts, 1) for _each in range(n)]


CONSENT = workshop(asked("`consent` `id try` `we decide`"))


async def test_an_objector_who_left_a_room_of_twenty_is_not_named(tmp_path: Path) -> None:
    """Whoever leaves between two rounds, and however many object in the first, every screen and file is the same."""
    twenty = [OBJECT, *[ASIDE] * 4, *[AGREE] * 15]
    found = []
    for n, (first, gone) in enumerate(((twenty, 0), (twenty, 19), ([OBJECT, OBJECT, *twenty[2:]], 0))):
        then = [value for seat, value in enumerate(first) if seat != gone]
        played = await play(tmp_path / str(n), CONSENT, 20, ("try", first), ("leave", [gone]), ("again", then))
        assert not any(map(has_numbers, played.released))
        found.append((played.shown, played.files))
    assert found[0] == found[1] == found[2]
    assert any(name.endswith(".csv") for name in found[0][1])
    assert b"A worry was raised" in b"".join(found[0][1].values())


@pytest.mark.parametrize("counts", [(15, 0, 4, 1), (1, 0, 18, 1), (19, 0, 0, 1), (10, 9, 0, 1)])
async def test_nothing_counts_who_objects_or_stands_aside_in_any_room(counts: Counts, tmp_path: Path) -> None:
    twenty = [name for name, n in zip((AGREE, "worry", ASIDE, OBJECT), counts, strict=True) for _each in range(n)]
    played = await play(tmp_path / "one", CONSENT, 20, ("try", twenty))
    other = await play(tmp_path / "two", CONSENT, 20, ("try", [OBJECT] * 20))
    assert (played.shown, played.files) == (other.shown, other.files)


@pytest.mark.parametrize("came", [0, 1])
async def test_a_rating_asked_again_does_not_name_who_left_or_came(came: int, tmp_path: Path) -> None:
    scale = workshop(asked("`scale` `id now`", SCALE))
    twenty = some(2, 5, 6, 5, 2)
    acts: list[Act] = [
        ("now", twenty),
        ("leave", [0]),
        *([("join", [0])] if came else []),
        ("again", twenty[1:] + ["5"] * came),
    ]
    first, second = (await play(tmp_path / "one", scale, 20, *acts)).released
    assert has_numbers(first)
    assert not has_numbers(second)
    both = (await play(tmp_path / "two", scale, 20, ("now", twenty), ("again", some(1, 5, 7, 5, 2)))).released
    assert all(map(has_numbers, both))


@pytest.mark.parametrize("goes_first", [False, True])
async def test_who_drops_out_of_an_open_question_without_an_answer_takes_no_part(
    goes_first: bool, tmp_path: Path
) -> None:
    """Everybody sees who goes: between two results in numbers, their answer would be the difference."""
    scale = workshop(asked("`scale` `id now`", SCALE))
    session = Session("7k3m", DATE.isoformat(), scale, code="rain42")
    told = []
    async with house(tmp_path, 12, session=session) as here:
        await here.go_to("now")
        for is_away in (goes_first, not goes_first):
            goes, *stay = here.seats
            for seat, value in zip(stay, some(0, 2, 6, 3, 0), strict=True):
                await here.say(seat, "answer", (value,))
            if is_away:
                await here.submit(Leave(goes))
            else:
                await here.submit(*([Join(goes)] if goes_first else []))
                await here.say(goes, "answer", ("1",))
            for _state in ("closed", "shown"):
                await here.press()
            released = here.room.session.rounds[-1].released
            assert released is not None
            told.append(has_numbers(released))
            await here.press(Direction.AGAIN)
            await here.press()
    assert told == [True, False]


async def test_who_drops_out_once_they_have_answered_takes_part(tmp_path: Path) -> None:
    """Phones do, whenever their screen goes dark."""
    scale = workshop(asked("`scale` `id now`", SCALE))
    session = Session("7k3m", DATE.isoformat(), scale, code="rain42")
    async with house(tmp_path, 12, session=session) as here:
        await here.go_to("now")
        for _round in range(2):
            await here.all_say("answer", [(value,) for value in some(1, 2, 6, 3, 0)])
            await here.submit(Leave(here.seats[0]))
            for _state in ("closed", "shown"):
                await here.press()
            released = here.room.session.rounds[-1].released
            assert released is not None
            assert has_numbers(released)
            await here.submit(Join(here.seats[0]))
            await here.press(Direction.AGAIN)
            await here.press()


async def test_a_vote_asked_again_does_not_name_who_left(tmp_path: Path) -> None:
    votes = workshop(asked("`choose 1` `id which` `we decide`", "- [ ] Ann\n- [ ] Ben\n- [ ] Cat\n\n"))
    values = [*["ann"] * 8, *["ben"] * 3, "cat"]
    first, second = (
        await play(tmp_path, votes, 12, ("which", values), ("leave", [11]), ("again", values[:-1]))
    ).released
    assert has_numbers(first)
    assert not says_anything(second)


@pytest.mark.parametrize(
    ("step", "value", "people", "told"),
    [
        (asked("`check-in` `id it`", ZONES), "2", [20, 15, 14], ["words", "words", ""]),
        (asked("`sense` `id it`"), "4", [30, 20, 19], ["words", "words", ""]),
        (asked("`scale` `id it`", SCALE), "3", [30, 20, 19], ["numbers", "numbers", "words"]),
        (asked("`scale` `id it`", SCALE), "3", [9, 19, 18], ["words", "numbers", ""]),
    ],
)
async def test_a_third_look_stands_apart_from_each_before_it(
    step: str, value: str, people: list[int], told: list[str], tmp_path: Path
) -> None:
    acts: list[Act] = [("it", [value] * people[0])]
    for was, now in pairwise(people):
        acts += [("leave", range(was - now)) if now < was else ("join", range(now - was)), ("again", [value] * now)]
    rounds = (await play(tmp_path, workshop(step), people[0], *acts)).released
    assert ["numbers" if has_numbers(each) else "words" if says_anything(each) else "" for each in rounds] == told


async def test_a_scale_that_stays_in_the_room_is_told_in_words(tmp_path: Path) -> None:
    kept = workshop(asked("`scale` `id it` `kept in the room`", SCALE))
    (released,) = (await play(tmp_path, kept, 20, ("it", some(16, 4)))).released
    assert (says_anything(released), has_numbers(released)) == (True, False)


@pytest.mark.parametrize("people", [8, 20])
@pytest.mark.parametrize(
    "second",
    ["`check-in` `id then` `again now`\n\n", f"`check-in` `id then`\n\n{ZONES}", f"`check-in` `id then`\n\n{BUNDLED}"],
)
async def test_two_check_ins_are_one_question_with_zones_put_together_or_under_another_name(
    second: str, people: int, tmp_path: Path
) -> None:
    steps = workshop(asked("`check-in` `id now`", ZONES, "Where are you now?"), f"## And now?\n\n{second}")
    values = some(people - 5, 3, 2)
    last = {"1": "1 to 2", "2": "1 to 2", "3": "3"} if "to" in second else {each: each for each in "123"}
    then = [last[value] for value in values]
    first, later = (
        await play(tmp_path / "one", steps, people, ("now", values), ("leave", [0]), ("then", then[1:]))
    ).released
    assert says_anything(first)
    assert not has_numbers(first)
    assert not says_anything(later)
    stayed = (await play(tmp_path / "two", steps, people, ("now", values), ("then", then))).released[1]
    assert says_anything(stayed) == (people == 20)
    assert not has_numbers(stayed)


@pytest.mark.parametrize(
    ("step", "values"),
    [
        (asked("`scale` `id it`", SCALE), some(1, 3, 1, 0, 0)),
        (asked("`choose 1` `id it` `we decide`", "- [ ] a\n- [ ] b\n- [ ] c\n\n"), ["a", "a", "a", "b", "c"]),
        (asked("`check-in` `id it`", ZONES), some(4, 0, 1)),
    ],
)
async def test_silent_seats_choose_no_row(step: str, values: list[str], tmp_path: Path) -> None:
    """Five people and five silent seats are told what five people are told: words."""
    steps = workshop(step)
    (alone,) = (await play(tmp_path / "one", steps, 5, ("it", values))).released
    (beside,) = (await play(tmp_path / "two", steps, 10, ("it", [*values, *[None] * 5]))).released
    assert not has_numbers(beside)
    assert beside.tallies == alone.tallies


async def test_seats_that_somebody_moves_find_nothing_by_asking_again(tmp_path: Path) -> None:
    """Five people and four seats of the facilitator's own, which move each round: only the first round tells."""
    people = some(1, 1, 1, 1, 1)
    rounds: list[Act] = [("again", [*people, *some(*([0] * at), 4, *([0] * (4 - at)))]) for at in range(5)]
    scale = workshop(asked("`scale` `id now`", SCALE))
    played = await play(tmp_path, scale, 9, ("now", [*people, "1", "1", "1", "1"]), *rounds)
    first, *others = played.released
    assert says_anything(first)
    assert not any(map(says_anything, others))


def test_ten_votes_that_cut_one_scale_are_warned_of() -> None:
    steps = (
        f"## Vote {'abcdefghij'[n]}\n\n`choose 1` `we decide`\n\n"
        f"- [ ] {', '.join(str(each + 1) for each in sorted(cut))}\n"
        f"- [ ] {', '.join(str(each + 1) for each in range(5) if each not in cut)}\n\n"
        for n, cut in enumerate(ten_cuts())
    )
    found = read(FRONT + "".join(steps) + END, "moon.md", today=DATE)
    assert [problem.code for problem in found.problems].count("W513") == 8


async def test_careful_hides_what_a_raised_floor_did_not(tmp_path: Path) -> None:
    scale = asked("`scale` `id now`", "- 1: no\n- 2: a bit\n- 3: yes\n- 4: very\n\n")
    floor = read(FRONT.replace("title", "floor: 10\ntitle") + scale + END, "moon.md", today=DATE)
    assert "W516" in [problem.code for problem in floor.problems]
    careful = workshop(scale, front=FRONT.replace("title", "careful: yes\ntitle"))
    (released,) = (await play(tmp_path, careful, 12, ("now", some(1, 5, 6, 0)))).released
    assert not has_numbers(released)
    assert released.tallies[0].finding(Finding.MEDIAN) == (("2",),)


@pytest.mark.parametrize("again", [("Ann.", "BEN", " cat "), ("Cat", "Ann", "Ben")])
async def test_another_name_for_a_step_or_a_full_stop_behind_an_option_makes_no_new_question(
    again: tuple[str, ...], tmp_path: Path
) -> None:
    gathers = asked("`gather` `id ideas`", title="Who could lead it?")
    votes = [
        asked(f"`choose 1` `id {name}` `from ideas` `we decide`", title=f"Which, {name}?")
        for name in ("first", "other")
    ]
    acts: list[Act] = [
        ("options of first", ("Ann", "Ben", "Cat")),
        ("first", ["n1"] * 4 + ["n2"] * 2),
        ("options of other", again),
    ]
    first, second = (
        await play(tmp_path, workshop(gathers, *votes), 6, *acts, ("other", ["n1"] * 4 + ["n2"] * 2))
    ).released
    assert says_anything(first)
    assert not says_anything(second)


@pytest.mark.parametrize(
    ("settings", "lists", "answer"),
    [
        ("`rank` `we decide`", "- [ ] Ann\n- [ ] Ben\n- [ ] Cat\n\n", "ann"),
        ("`rate` `sureness`", f"1. `R1` We are asked.\n\n{SCALE}", ("1", "guess")),
    ],
)
async def test_what_stands_beside_a_question_goes_with_it_under_another_name_too(
    settings: str, lists: str, answer: object, tmp_path: Path
) -> None:
    """The pairs of a ranking, and how sure people are, told twice would be those of whoever came."""
    steps = [asked(f"{settings} `id {name}`", lists) for name in ("first", "other")]
    acts: list[Act] = [("first", [answer] * 12), ("join", [0]), ("other", [answer] * 13)]
    first, second = (await play(tmp_path, workshop(*steps), 12, *acts)).released
    assert all(isinstance(tally.answered, int) for tally in first.tallies)
    assert len(first.tallies) > 1
    assert not has_numbers(second)


@pytest.mark.parametrize(
    ("then", "now", "front", "is_told"),
    [
        (20, 19, FRONT, False),
        (20, 20, FRONT, False),
        (20, 30, FRONT, True),
        (20, 10, FRONT, True),
        (20, 19, FRONT.replace("title", "trend: numbers\ntitle"), True),
        (9, 14, FRONT, False),
        (9, 18, FRONT, False),
        (9, 19, FRONT, True),
    ],
)
async def test_the_next_session_does_not_name_who_came_or_left(
    then: int, now: int, front: str, is_told: bool, tmp_path: Path
) -> None:
    """The question is known again under another id and with another full stop, in another workshop."""
    once = workshop(asked("`scale` `id now`", SCALE))
    later = workshop(asked("`scale` `id other`", SCALE, "How is  it HERE."), front=front)
    first = await play(tmp_path / "one", once, then, ("now", some(0, 2, then - 4, 2, 0)))
    values = some(0, 2, now - 4, 2, 0)
    (released,) = (await play(tmp_path / "two", later, now, ("other", values), before=first.sessions)).released
    assert has_numbers(released) == is_told
    # The middle is told all the same: over weeks people change their minds.
    assert released.tallies[0].finding(Finding.MEDIAN) == (("3",),)


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("Don't we say 'no' - ever?", "Don’t we say ‘no’ – ever?"),
        ('Don\'t we say "no"...  ever', "Don`t we say “no”… ever?"),
        ("What is “fair”", 'What is "fair"?'),
        ("A well-kept file", "A well‑kept ﬁle"),
    ],
)
async def test_marks_that_word_processors_put_in_place_of_others_make_no_new_question(
    then: str, now: str, tmp_path: Path
) -> None:
    once, later = (workshop(asked(f"`scale` `id s{n}`", SCALE, title)) for n, title in enumerate((then, now)))
    first = await play(tmp_path / "one", once, 12, ("s0", some(0, 2, 8, 2, 0)))
    assert has_numbers(first.released[0])
    (released,) = (await play(tmp_path / "two", later, 11, ("s1", some(0, 2, 7, 2, 0)), before=first.sessions)).released
    assert not has_numbers(released)


@pytest.mark.parametrize("name", ["scale", "rate", "choose", "check-in", "sense"])
@pytest.mark.parametrize("people", range(5, 10))
def test_whether_something_is_said_depends_on_no_answer(name: str, people: int) -> None:
    """Silence would tell as much as words do, where data decided whether to speak."""
    rooms = of_one_answer(kind(name, 3, argument="1" if name == "choose" else ""), people)
    kept = {
        tuple((bool(tally.found), *(n is WITHHELD for n in tally.counts)) for tally in told.tallies)
        for _counts, told in rooms.told
        if isinstance(told, Released)
    }
    assert len(kept) == 1


async def test_what_is_not_told_is_not_called_half_or_fewer(tmp_path: Path) -> None:
    """A result in words has no line about choices that nobody could choose, and is not followed by a withheld one."""
    votes = workshop(asked("`choose 1` `id which` `we decide`", "- [ ] Ann\n- [ ] Ben\n- [ ] Cat\n\n"))
    texts = (await play(tmp_path, votes, 6, ("which", ["ann", "ann", "ben", "ben", "cat", "cat"]))).texts
    assert "We are not showing this one" not in texts
    assert not re.search("half or fewer|more than half", texts)
    assert "o single choice" in texts


@pytest.mark.parametrize("name", FIGURES)
def test_the_documentation_says_what_two_results_tell_together(name: str) -> None:
    assert (never(name) if is_never(name) else row(name)) in PAGE


def test_the_documentation_says_what_ten_sessions_tell() -> None:
    assert in_chains() in " ".join(PAGE.split())


def test_second_looks_tell_little_or_nothing() -> None:
    announced, *others = list(FIGURES.values())[:6]
    assert announced(5) < 0.115
    assert announced(9) < 0.005
    assert [figure(people) for figure in others for people in (5, 6, 8)] == [0] * 15


def test_votes_that_cut_a_scale_tell_as_much_as_the_warning_says() -> None:
    assert cuts(ten_cuts(), 6) > 0.5


@pytest.mark.parametrize("asked_again", [RATING, VOTE])
def test_four_seats_of_nine_in_one_hand_find_no_count_of_the_five(asked_again: Asked) -> None:
    assert borrowed(asked_again, 9, 4, 1) == 0


def test_the_middle_after_numbers_seldom_tells_who_left() -> None:
    assert 0 < leaver(RATING, 11) < 0.03
