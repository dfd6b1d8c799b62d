"""The wall over whole sessions: what it shows fits it, the finding leads, and every state looks like itself."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from rooms_on_screen import INVITATION, Gathering, Someone, a_gathering

from tisu_tui.core.figure import BoardRow, RecordBoard, Ruler, VerdictFigure, Window
from tisu_tui.core.form import Pick
from tisu_tui.core.records import RecordKind
from tisu_tui.core.shown import Quotes, Say
from tisu_tui.core.translation import speaking
from tisu_tui.plain.news import arrival_lines
from tisu_tui.screens.figure_cards import board, cards
from tisu_tui.screens.large_sentences import enlarged, led
from tisu_tui.screens.layout import Lines, blocks, paragraph, spaced, width_of
from tisu_tui.screens.lettering import FACES, LARGE, MEDIUM, SMALL, large
from tisu_tui.screens.palette import ColourTheme
from tisu_tui.screens.results import framed, result_lines
from tisu_tui.screens.seat_pages import step
from tisu_tui.screens.shared import SharedScreenApp, back_at
from tisu_tui.screens.wall_layout import Space
from tisu_tui.screens.wall_lobby import lobby, qr
from tisu_tui.screens.wall_pages import wall
from tisu_tui.screens.wall_words import worded
from tisu_tui.session.commands import Direction, Enter, Go, Group, Judge, Prepare, WriteRecord
from tisu_tui.session.outcomes import Refused
from tisu_tui.session.readback import Line as NotesLine
from tisu_tui.session.session import Fate
from tisu_tui.session.workshop import Block, Span
from tisu_tui.view.view import Role, View
from tisu_tui.workshop.library import find, library

SIZES = ((76, 20), (96, 26), (116, 36), (190, 56))
CONSENT = """---
tisu: 1
title: The rota
---

# The rota

## Shall we try it?

`consent` `id try-it` `we decide`

## Which first?

`choose 1` `id which` `we decide`

- [ ] Nights
- [ ] Weekends
- [ ] Holidays

## A break

`pause` `10 min` `id break`
"""


def text(lines: Lines) -> str:
    return "\n".join("".join(part for part, _style in line) for line in lines)


def source(name: str) -> str:
    return find(name).read_text("utf-8")


async def seen(gathering: Gathering) -> View:
    return await gathering.view(Role.SCREEN)


async def walk(gathering: Gathering) -> Sequence[View]:
    """Go through a session without an answer, and keep what the wall shows on the way."""
    views: list[View] = []
    for _press in range(200):
        view = await seen(gathering)
        if view.is_ended:
            return views
        if not view.is_lobby:
            views.append(view)
        if isinstance(await gathering.room.submit(Go(view.place, Direction.NEXT)), Refused):
            await gathering.room.submit(Go(view.place, Direction.SKIP))
    raise AssertionError("it never ended")


@pytest.mark.parametrize("name", [path.stem for path in library()])
async def test_every_step_of_the_library_fits_the_wall_or_goes_on_below(tmp_path: Path, name: str) -> None:
    async with a_gathering(tmp_path, 8, source(name)) as gathering:
        views = await walk(gathering)
    assert len({view.place.step for view in views}) > 3
    for view in views:
        for width, rows in SIZES:
            lines = wall(view, Space(width, rows))
            assert max(map(width_of, lines)) <= width, (view.heading, width)
            # What the room looks at is on the first page, whatever else goes on below.
            top = text(lines[:rows])
            assert view.heading.split()[0] in top
            if view.asks_everyone and rows > 20:
                assert "Answer on your own screen" in top, (view.heading, width)
            if view.asks_everyone and 20 < rows < 50:  # a large wall has it in letters
                assert view.promise in " ".join(top.replace("▎ ", "").split()), (view.heading, width)
                cards = [part.rstrip() for line in lines for part, style in line if style == "card"]
                assert not [part for part in cards if part.endswith("…")], (view.heading, width)


@pytest.mark.parametrize("people", [5, 6, 8, 9, 14])
async def test_all_recommendations_stand_in_one_picture(tmp_path: Path, people: int) -> None:
    async with a_gathering(tmp_path, people, source("recommendations")) as gathering:
        await gathering.go_to("recommendations")
        view = await seen(gathering)
        assert view.form is not None
        for n, field in enumerate(view.form.fields):
            if not field.after:
                for seat in gathering.seats:
                    await gathering.reply(seat, field.id, (str(1 + n % 4),))
                    await gathering.reply(seat, f"{field.id}.sureness", None)
        await gathering.go_to("recommendations", "shown")
        view = await seen(gathering)
    codes = ["R1", "R2", "R3a", "R3b", "R4a", "R4b", "R5", "R6a", "R6b", "R7a", "R7b"]
    for width, rows in SIZES[1:]:
        lines = wall(view, Space(width, rows))
        assert len(lines) <= rows
        page = [text((line,)) for line in lines]
        found = [code for code in codes if any(line.startswith(f"{code} ") for line in page)]
        assert found == codes, (width, rows)
        marked = [line for line in lines if {"mark", "far", "filled", "above-first"} & {style for _text, style in line}]
        assert len(marked) >= len(codes) - 1  # R1 is about leaders, of whom there are too few to ask


async def test_words_stand_in_the_largest_letters_that_take_them_all(tmp_path: Path) -> None:
    """What has no place in the largest ones goes to smaller ones, and only then to bold text."""
    words = "More training and time for leaders to lead change"
    workshop = (
        f"{CONSENT}\n## Which one?\n\n`choose 1` `id one` `we decide`\n\n- [ ] {words}\n- [ ] Another\n- [ ] A third\n"
    )
    async with a_gathering(tmp_path, 8, workshop) as gathering:
        await gathering.go_to("one")
        assert gathering.room.session.step
        options = gathering.room.session.form(8).fields[0]
        assert isinstance(options, Pick)
        for seat in gathering.seats:
            await gathering.reply(seat, options.id, (options.options[0].id,))
        await gathering.go_to("one", "shown")
        lines = wall(await seen(gathering), Space(96, 26))
    expected = large(words, 96, 9, "title", (SMALL,))
    assert len(expected) > 4
    assert text(expected) in text(lines)


async def test_what_was_written_down_is_a_board(tmp_path: Path) -> None:
    async with a_gathering(
        tmp_path, 8, CONSENT.replace("## A break", "## Who does what?\n\n`actions` `id do`\n\n## A break")
    ) as gathering:
        await gathering.go_to("do")
        for words in ("Call the meeting @Ann 2027-01-04", "Move the posters @Sam"):
            await gathering.room.submit(WriteRecord(RecordKind.ACTION, words))
        open_page = wall(await seen(gathering), Space(96, 26))
        # On a large wall what is being written down can be read from the back, and put right.
        large_page = text(wall(await seen(gathering), Space(190, 56)))
        assert text(large("Call the meeting", 187, 9, "card", (SMALL,))).splitlines()[0] in large_page
        assert len(large_page.splitlines()) <= 56
        await gathering.go_to("do", "shown")
        for lines in (open_page, wall(await seen(gathering), Space(96, 16))):
            (call,) = (line for line in text(lines).splitlines() if "Call the meeting" in line)
            (move,) = (line for line in text(lines).splitlines() if "Move the posters" in line)
            assert "due 4 January 2027" in call
            assert call.index("@Ann") == move.index("@Sam")


def test_a_card_has_one_ground_under_its_note_too() -> None:
    figure = RecordBoard((BoardRow("Write the date", "@Jo", "7 December", "No pen"),))
    for line in board(figure, 90, 1):
        assert {style for _text, style in line} <= {"card", "card-edge"}


async def test_a_note_on_an_item_shows_once_it_is_written(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, source("place-walk-through")) as gathering:
        await gathering.go_to("place")
        place, form = gathering.room.session.place, gathering.room.session.form(8)
        assert "A note on" not in text(wall(await seen(gathering), Space(96, 26)))
        item, note = (question for question in form.fields if form.fields[0].id in {question.id, question.after})
        await gathering.room.submit(Enter(place, item.id, ("partly",)))
        await gathering.room.submit(Enter(place, note.id, ("The bell is too high",)))
        page = text(wall(await seen(gathering), Space(96, 36)))
    assert page.count("A note on") == 1
    assert "The bell is too high" in page


async def test_lines_stand_once_under_their_heading(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, source("sharing-power")) as gathering:
        await gathering.go_to("told")
        place, form = gathering.room.session.place, gathering.room.session.form(8)
        for field in form.fields:
            texts = tuple(f"{field.title}: {n}" for n in range(4))
            await gathering.room.submit(Enter(place, field.id, texts))
        await gathering.go_to("told", "shown")
        view = await seen(gathering)
    pages = [text(wall(view, Space(width, rows))) for width, rows in SIZES]
    for page in (*pages, text(result_lines(view.shown, 76)), text(result_lines(view.shown, 41))):
        for field in form.fields:
            assert len([line for line in page.splitlines() if line.strip().startswith(field.title)]) <= 1, page
            assert all(f"{field.title}: {n}".split()[-1] in page for n in range(4))


def test_cards_and_lists_are_never_run_together_in_letters() -> None:
    block = blocks((Block("bullet", (Span("Tea"),)), Block("bullet", (Span("Air"),))), 96)
    entries = (*paragraph("What helps", 96, "title"), *framed("Tea", 96), *framed("Air", 96))
    for lines in (block, entries, worded([Quotes("", ("Tea",), (("Air",),))], 96), cards(("Tea", "Air"), 96, 2)):
        assert enlarged(lines, 190, 56) == ()
        told = spaced(paragraph("We talk.", 96), lines)
        assert [each[-len(lines) :] for each in led(told, 190, 56)] == [lines]


async def test_a_proposal_is_what_is_large_before_it_is_asked_about_and_while_it_is(tmp_path: Path) -> None:
    proposal = "R2 Training about trauma for senior managers"
    async with a_gathering(tmp_path, 9, source("recommendations")) as gathering:
        await gathering.go_to("start-here", "waiting")
        await gathering.room.submit(Prepare(gathering.room.session.place, (proposal,)))
        waiting = await seen(gathering)
        await gathering.go_to("start-here")
        views = (waiting, await seen(gathering))
    for width, rows in SIZES[1:]:
        drawn = [large(f"“{proposal}”", width, 99, "title", (face,)) for face in FACES]
        for view in views:
            lines = wall(view, Space(width, rows))
            assert any(set(filter(None, each)) <= set(lines[:rows]) for each in drawn), (width, view.state)
    with speaking("pl"):
        assert f"„{proposal}”" in text(wall(waiting, Space(76, 20)))


async def test_the_code_to_scan_stays_in_sight_however_much_is_said_beside_it(gathering: Gathering) -> None:
    view = await seen(gathering)
    wordy = replace(view, lobby=("Dh'fhaodadh nach nochd cuid dhiubh. " * 12,))
    for each in (view, wordy):
        for rows in (18, 20):  # with a message below and without
            page = lobby(each, INVITATION, Space(76, rows))
            assert sum(style == "code" for line in page[:rows] for _text, style in line) == len(qr(INVITATION.address))
            assert INVITATION.line in text(page[:rows])


async def test_the_promise_is_not_cut_and_what_was_read_before_begins_below_it(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 9, source("recommendations")) as gathering:
        await gathering.go_to("first")
        view = await seen(gathering)
    lines = wall(view, Space(76, 20))
    page, below = (" ".join(text(part).replace("▎ ", "").split()) for part in (lines[:19], lines[19:]))
    assert view.promise in page
    assert below.startswith("You have three dots.")


def test_headings_under_each_other_have_letters_of_one_size() -> None:
    heads = [paragraph(words, 96, "title") for words in ("What helps", "What gets in the way", "One small next step")]
    pages = list(led(spaced(paragraph("We talk.", 96), *heads, paragraph("漢", 96)), 190, 56))
    assert [[head[0] in page for head in heads] for page in pages] == [[False] * 3, [True] * 3]


def test_lines_stand_under_their_theme_on_a_wall_and_on_a_screen() -> None:
    under = (("Ask before a time is moved.",), (), ("A quiet corner.", "A second chair."))
    quotes = Quotes("In the group's words", ("When appointments are", "Letters", "Where we wait"), under)
    wanted = [each for theme, lines in quotes.lines() for each in (theme, *lines)]
    for page in (text(worded([quotes], 90, 30)), text(worded([quotes], 40)), text(result_lines((quotes,), 60))):
        assert sorted(wanted, key=page.index) == wanted
        assert all(page.count(each) == 1 for each in wanted)
    half = text(worded([quotes], 90, 8)).splitlines()
    assert any("When appointments are" in line and "Where we wait" in line for line in half)


async def test_lines_that_are_all_kept_are_in_letters_behind_their_ticks(tmp_path: Path) -> None:
    step = "## Our ways\n\n`agree` `id ways`\n\n1. Anyone can pass.\n2. We listen.\n\n## A break"
    async with a_gathering(tmp_path, 8, CONSENT.replace("## A break", step)) as gathering:
        await gathering.go_to("ways")
        for seat in gathering.seats:
            for question in gathering.room.session.form(8).fields:
                await gathering.reply(seat, question.id, ("fine",) if isinstance(question, Pick) else None)
        await gathering.go_to("ways", "shown")
        page = text(wall(await seen(gathering), Space(190, 56)))
    assert page.count("✓") == 2
    assert "We listen." not in page


GATHERED = """---
tisu: 1
title: What helps
---

# What helps

## What helps us?

`gather` `id helps`
"""


@pytest.mark.parametrize(
    "text_of_one",
    ["Tea at eleven", "Somebody else takes the phone for an hour, so that a break is a break for all of us"],
)
async def test_lines_under_themes_are_in_letters_on_a_large_wall_all_of_them_or_none(
    tmp_path: Path, text_of_one: str
) -> None:
    async with a_gathering(tmp_path, 6, GATHERED) as gathering:
        await gathering.go_to("helps")
        texts = [f"{text_of_one} {n}" for n in range(1, 7)]
        for seat, words in zip(gathering.seats, texts, strict=True):
            await gathering.reply(seat, "ideas", (words,))
        await gathering.go_to("helps", "closed")
        place = gathering.room.session.place
        await gathering.room.submit(Judge(place, tuple(range(1, 7)), Fate.KEPT))
        for name, numbers in (("Together", (1, 2)), ("In turn", (3, 4, 5, 6))):
            await gathering.room.submit(Group(place, name, numbers))
        await gathering.go_to("helps", "shown")
        page = text(wall(await seen(gathering), Space(190, 56)))
    is_plain = [line in page for line in ("Together", "In turn", *texts)]
    assert all(is_plain) or not any(is_plain)
    assert all(is_plain) == (len(text_of_one) > 60)
    assert "…" not in page


async def consented(tmp_path: Path, people: int, answers: Mapping[int, str]) -> View:
    async with a_gathering(tmp_path, people, CONSENT) as gathering:
        await gathering.go_to("try-it")
        for n, seat in enumerate(gathering.seats):
            await gathering.reply(seat, "position", (answers.get(n, "agree"),))
            await gathering.reply(seat, "reason", None)
        await gathering.go_to("try-it", "shown")
        return await seen(gathering)


@pytest.mark.parametrize(
    ("answers", "headline", "sign"),
    [
        ({}, "Carried", "yes"),
        (dict.fromkeys(range(4), "aside"), "Carried, but thin", "thin"),
        ({0: "object"}, "A worry is raised", "held"),
    ],
)
async def test_each_verdict_is_said_large_in_a_tone_of_its_own(
    tmp_path: Path, answers: Mapping[int, str], headline: str, sign: str
) -> None:
    view = await consented(tmp_path, 8, answers)
    assert view.picture is not None
    assert view.picture.headline == headline
    assert isinstance(view.picture.figure, VerdictFigure)
    lines = wall(view, Space(96, 26))
    assert sum(any(style == sign for _text, style in line) for line in lines) >= 4
    assert text(lines).count("Shall we try it?") == 1, "what is asked stands on top already"


async def test_a_worry_looks_the_same_whoever_and_however_many_raised_it(tmp_path: Path) -> None:
    one, many = tmp_path / "one", tmp_path / "many"
    one.mkdir()
    many.mkdir()
    first, second = (
        await consented(one, 8, {0: "object"}),
        await consented(many, 8, {3: "object", 5: "object", 6: "aside"}),
    )
    assert wall(first, Space(96, 26)) == wall(second, Space(96, 26))


async def test_a_tie_is_said_and_nothing_is_put_in_an_order(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6, CONSENT) as gathering:
        await gathering.go_to("which")
        for n, seat in enumerate(gathering.seats):
            await gathering.reply(seat, "choice", ((("nights", "weekends", "holidays"))[n % 3],))
        await gathering.go_to("which", "shown")
        lines = wall(await seen(gathering), Space(96, 26))
    assert "No single choice came first" in text(lines) or sum("▌" in text((line,)) for line in lines) > 3
    assert not any(style == "filled" for line in lines for _text, style in line)
    assert [text(lines).index(each) for each in ("Nights", "Weekends", "Holidays")] == sorted(
        text(lines).index(each) for each in ("Nights", "Weekends", "Holidays")
    )


async def test_what_may_not_be_told_leaves_the_window_as_it_was_asked(tmp_path: Path) -> None:
    chance = random.Random(3)
    pages = set()
    for n in range(3):
        folder = tmp_path / str(n)
        folder.mkdir()
        async with a_gathering(folder, 6) as gathering:
            await gathering.go_to("arrive")
            for seat in gathering.seats:
                await gathering.reply(seat, "state", (chance.choice(("-3 to -2", "-1 to 1", "2 to 3")),))
            await gathering.go_to("arrive", "shown")
            view = await seen(gathering)
            assert view.picture is not None
            assert isinstance(view.picture.figure, Window)
            pages.add(wall(view, Space(96, 26)))
    (page,) = pages
    assert "We are not showing this one, to protect privacy." in text(page)
    assert {"above", "in", "below"} <= {style for line in page for _text, style in line}


async def test_a_question_keeps_its_picture_from_the_asking_to_the_result(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8) as gathering:
        await gathering.go_to("arrive")
        asked = await seen(gathering)
        await gathering.all_answer("state", ("-1 to 1",))
        await gathering.go_to("arrive", "shown")
        told = await seen(gathering)
    assert asked.picture is not None
    assert told.picture is not None
    assert isinstance(asked.picture.figure, Window)
    assert isinstance(told.picture.figure, Window)
    before, after = asked.picture.figure.zones, told.picture.figure.zones
    assert [replace(zone, key="") for zone in before] == list(after)
    assert all(zone.key for zone in before), "and nothing beside a result that would pass for a number of people"
    assert asked.picture.figure.first == ()
    assert told.picture.figure.first == ("-1 to 1",)


async def test_a_scale_is_read_before_its_question_opens_on_a_small_wall_too(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 9, source("window-of-tolerance")) as gathering:
        await gathering.go_to("service-lately", "waiting")
        page = text(wall(await seen(gathering), Space(76, 20)))
        await gathering.go_to("leave", "waiting")
        window = text(wall(await seen(gathering), Space(76, 20)))
    assert all(name in window for name in ("Above the window", "In the window", "Below the window"))
    assert all(name in page for name in ("Firefighting most", "Stretched", "Steady", "A bit flat", "Worn out"))


async def test_a_statement_that_ends_in_an_ellipsis_of_its_own_is_not_taken_for_cut(tmp_path: Path) -> None:
    long = "When one of us is tired, somebody else takes the phone…"
    lines = f"- 1: No\n- 2: So so\n- 3: Yes\n\n1. {long}\n2. We talk.\n"
    source = f"---\ntisu: 1\ntitle: T\n---\n\n# T\n\n## How true is it?\n\n`rate` `id rows`\n\n{lines}"
    async with a_gathering(tmp_path, 9, source) as gathering:
        await gathering.go_to("rows", "waiting")
        page = text(wall(await seen(gathering), Space(76, 20)))
    assert long in page


async def test_statements_are_a_ruler_and_say_nothing_before_they_are_shown(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8) as gathering:
        await gathering.go_to("rows")
        await gathering.all_answer("R1", ("2",))
        view = await seen(gathering)
    assert view.picture is not None
    assert isinstance(view.picture.figure, Ruler)
    assert all(not (row.middle or row.counts or row.note) for row in view.picture.figure.rows)


async def test_a_headline_says_nothing_of_statements_that_are_not_shown(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8) as gathering:
        await gathering.go_to("rows")
        await gathering.all_answer("R1", ("2",))
        await gathering.go_to("rows", "shown")
        view = await seen(gathering)
    assert view.picture is not None
    assert view.picture.headline == "All that can be shown: Early steps"


def test_a_break_ends_at_the_next_whole_minute() -> None:
    at = dt.datetime(2026, 11, 29, 10, 29, 31, tzinfo=dt.UTC)
    assert back_at(at, 10) == "10:40"
    assert back_at(at.replace(second=0), 10) == "10:39"
    assert back_at(at.replace(hour=23, minute=55), 10) == "00:06"


async def test_a_break_shows_the_time_people_are_back_and_it_stays(tmp_path: Path) -> None:
    clock = [dt.datetime(2026, 11, 29, 10, 30, tzinfo=dt.UTC)]
    async with a_gathering(tmp_path, 6, CONSENT) as gathering:
        wall_ = Someone(SharedScreenApp(gathering.room, INVITATION, can_drive=True, now=lambda: clock[0]), 100, 30)
        gathering.people.append(wall_)
        await wall_.sees("To join")
        await gathering.go_to("break")
        await wall_.sees("A break")
        before = wall_.terminal.text()
        clock[0] += dt.timedelta(minutes=4)
        await wall_.press("f1")
        await wall_.sees("Nothing private is ever shown here")
        await wall_.press("f1")
        await wall_.sees("A break")
        await wall_.terminal.until(lambda: wall_.terminal.text() == before)
        assert wall_.app.look.theme is ColourTheme.DARK


async def test_a_key_goes_through_four_themes_and_comes_back(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        wall_ = gathering.shared(columns=100, rows=30)
        await wall_.sees("To join")
        screen = wall_.terminal.screen
        grounds = [screen.buffer[2][2].bg]
        for _press in range(4):
            wall_.terminal.type(b"\x1bOR")
            await wall_.terminal.until(lambda: screen.buffer[2][2].bg != grounds[-1])
            grounds.append(screen.buffer[2][2].bg)
        assert grounds[0] == grounds[4]
        assert len(set(grounds)) == 4


async def test_whoever_comes_late_finds_the_line_to_join_in_every_state(gathering: Gathering) -> None:
    wall_ = gathering.shared(columns=120, rows=36)
    for state in ("waiting", "open", "closed", "shown"):
        await gathering.go_to("arrive", state)
        await wall_.sees(f"join: {INVITATION.line}")


def _is_light(someone: Someone) -> bool:
    return bool(someone.terminal.screen.buffer[5][5].bg == "fbfaf6")


async def test_each_person_chooses_colours_for_their_own_screen_alone(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        one, other, console = await gathering.participant(), await gathering.participant(), gathering.console()
        for each in (one, other, console):
            await each.sees("A day on the moon")
        ground = other.terminal.screen.buffer[5][5].bg
        for each in (one, console):
            each.terminal.type(b"\x1bOR")
            await each.terminal.until(partial(_is_light, each))
        assert other.terminal.screen.buffer[5][5].bg == ground


TALK = """---
tisu: 1
title: A talk
---

# A talk

## How far along are we?

`rate` `id rows`

1. `R1` People can see that leaders care.
2. `R2` Leaders have been trained.
3. `R3` There is a plan.

- 1: Not started
- 2: Early steps
- 3: Partly in place
- 4: In place
- 5: Kept up

## What do we see?

`talk` `id talk`
"""


@pytest.mark.parametrize("is_shown", [True, False])
async def test_what_is_talked_about_stays_on_the_wall_if_it_was_shown(tmp_path: Path, is_shown: bool) -> None:
    async with a_gathering(tmp_path, 8, TALK) as gathering:
        await gathering.go_to("rows")
        for n, seat in enumerate(gathering.seats):
            await gathering.reply(seat, "R1", (str(1 + 4 * (n % 2)),))
            await gathering.reply(seat, "R2", ("3",))
            await gathering.reply(seat, "R3", ("4",))
        await gathering.go_to("rows", "shown" if is_shown else "closed")
        await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT if is_shown else Direction.SKIP))
        await gathering.go_to("talk")
        page = text(wall(await seen(gathering), Space(96, 26)))
        view = await gathering.view(Role.PARTICIPANT)
    # Of many rows those that stand out, and of a result that was passed by nothing; who sees no wall has them whole.
    for told in (page, text(step(view, 40)), "\n".join(arrival_lines(view))):
        assert ("R1 People can see" in told) is is_shown
        assert "R2 Leaders" not in told
    assert ("• R1 People can see that leaders care." in text(step(view, 60))) is is_shown


async def test_two_maps_of_the_same_lines_stand_on_one_axis_with_the_widest_gap_first(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, source("who-decides-what")) as gathering:
        wall = gathering.shared(columns=100, rows=30)
        for step, answer, other in (("today", "1", "2"), ("wish", "2", "5")):
            await gathering.go_to(step)
            for n in range(1, 10):
                await gathering.all_answer(f"D{n}", (other if n in {2, 8} else answer,))
            await gathering.go_to(step, "shown")
        await wall.sees("Furthest from “Who decides today?”", "○ Who decides today?")
        drawn = wall.terminal.text().splitlines()
        lines = [line for line in drawn if line.strip().startswith(tuple(f"D{n} " for n in range(1, 10)))]
        assert [line.split()[0] for line in lines[:3]] == ["D2", "D8", "D1"]
        assert all("○" in line and line.index("○") < line.index("■") for line in lines)
        figure = (await gathering.view(Role.SCREEN)).picture
        assert figure
        assert isinstance(figure.figure, Ruler)
        assert figure.headline == "D2, D8"


async def test_a_map_that_was_passed_by_is_not_drawn_beside_the_next(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, source("who-decides-what")) as gathering:
        for step in ("today", "wish"):
            await gathering.go_to(step)
            for n in range(1, 10):
                await gathering.all_answer(f"D{n}", ("2" if step == "today" else "4",))
            if step == "today":
                await gathering.go_to(step, "closed")
                await gathering.room.submit(Go(gathering.room.session.place, Direction.SKIP))
        await gathering.go_to("wish", "shown")
        picture = (await gathering.view(Role.SCREEN)).picture
        assert picture
        assert isinstance(picture.figure, Ruler)
        assert not any(row.before for row in picture.figure.rows)


async def test_what_was_asked_stays_while_it_is_closed_and_lets_nothing_out(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8) as gathering:
        await gathering.go_to("arrive")
        await gathering.all_answer("state", ("-1 to 1",))
        await gathering.go_to("arrive", "closed")
        lines = wall(await seen(gathering), Space(96, 26))
    assert "and at the count. This can take a moment." in text(lines)
    styles = {style for line in lines for _text, style in line}
    assert {"above", "in", "below"} <= styles
    assert not {"above-first", "in-first", "below-first"} & styles


async def test_a_result_says_nothing_twice(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, CONSENT) as gathering:
        await gathering.go_to("which")
        for seat in gathering.seats:
            await gathering.reply(seat, "choice", ("nights",))
        await gathering.go_to("which", "shown")
        view = await seen(gathering)
    page = text(wall(view, Space(96, 26)))
    assert any(text(large("Nights", 96, 9, "title", (face,))) in page for face in (LARGE, MEDIUM, SMALL))
    assert "chosen most" in page
    assert view.picture
    assert view.picture.under == (), "the headline and the mark say it"
    assert Say("“Nights” was chosen most.") in view.shown


async def test_the_end_is_one_page_and_actions_are_letters_on_a_large_wall(tmp_path: Path) -> None:
    actions = CONSENT.replace("## A break", "## Who does what?\n\n`actions` `id do`\n\n## A break")
    async with a_gathering(tmp_path, 8, actions) as gathering:
        await gathering.go_to("do")
        for n in range(5):
            await gathering.room.submit(WriteRecord(RecordKind.ACTION, f"Call meeting {n} @Ann 2027-01-0{n + 1}"))
        while not gathering.room.session.is_ended:
            if isinstance(await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT)), Refused):
                await gathering.room.submit(Go(gathering.room.session.place, Direction.SKIP))
        view = await seen(gathering)
    for space in (Space(76, 21), Space(96, 26), Space(190, 57)):
        assert len(wall(view, space)) <= space.rows, space
    assert "Call meeting 4" in text(wall(view, Space(76, 21)))
    assert "Call meeting" not in text(wall(view, Space(190, 57)))


async def test_notes_are_read_in_two_columns_where_nobody_follows_a_line(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8) as gathering:
        await gathering.go_to("arrive")
        view = await seen(gathering)
    lines = [NotesLine(f"Line {n}", n) for n in range(1, 6)]
    reading = (NotesLine("Actions", 0), *lines[:4], NotesLine("Parked", 0), lines[4])
    read = replace(view, reading=reading, place=replace(view.place, step=view.total))
    rows = text(wall(read, Space(190, 56))).splitlines()
    first, second, fifth = (next(n for n, row in enumerate(rows) if f"Line {n_}" in row) for n_ in (1, 2, 5))
    assert rows[fifth].index("Line 5") > 95
    assert "Actions" in rows[first - 1]
    assert second - first == 2
    lines = [NotesLine(f"Line {n}", n) for n in range(1, 9)]
    reading = (NotesLine("Actions", 0), *lines[:3], NotesLine("Our words", 0), *lines[3:])
    top = text(wall(replace(read, reading=reading), Space(190, 56))).splitlines()[4]
    assert "Actions" in top  # no column begins under the heading of another
    assert "Our words" in top


async def test_what_stands_over_letters_is_clear_of_them_where_there_is_a_row(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8) as gathering:
        await gathering.go_to("arrive")
        await gathering.all_answer("state", ("-1 to 1",))
        await gathering.go_to("arrive", "shown")
        view = await seen(gathering)
    for rows in (20, 26):
        lines = text(wall(view, Space(76, rows))).splitlines()
        (over,) = (n for n, line in enumerate(lines) if "More of us chose this" in line)
        assert not lines[over + 1].strip()
        assert len(lines) <= rows
