"""All that is needed to answer is on one screen of the usual size, and a smaller one says that more is to come."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rooms_on_screen import INVITATION, a_gathering

from tisu_tui.core.form import Field, Option, Value, Write, bare, is_beside, keys
from tisu_tui.screens.layout import FittedPage, Page, column, fit_page, leaf
from tisu_tui.screens.seat import Seat
from tisu_tui.session.commands import Prepare
from tisu_tui.session.session import Place, Round, Session, State
from tisu_tui.view.live import Live
from tisu_tui.view.view import Role, View, view
from tisu_tui.workshop.library import find, library
from tisu_tui.workshop.reader import read

PEOPLE = 18
TAKEN = (Option("rota", "Everybody sees the rota two weeks ahead, and can swap a shift without asking anyone"),)
VOTE = """---
tisu: 1
title: "Sharing power: decide one thing together"
---

# Sharing power: decide one thing together

## Shall we try it for three months?

`consent` `id try-it` `leaders may send back once` `for the organisation`

> This asks if you see harm in the proposal. An objection is for all of us to solve, and nobody asks whose it is.

Is it good enough for now, and safe enough to try? Standing aside is fine. So is an objection: it is a worry that we all
help to solve.

We decide this. Leaders who could not be here may send it back once, with their reasons. Then we decide again, and that
stands.
"""


def questions(path: Path) -> Iterator[View]:
    """Open each step of a workshop in a room of many, and give what somebody sees who is asked something."""
    workshop = read(path.read_bytes(), path.name, today=dt.date(2026, 11, 18)).workshop
    assert workshop is not None
    for n, step in enumerate(workshop.steps):
        taken = TAKEN if step.from_id else step.activity.own_options
        at = Round(step.id, step.counts_as, 1, PEOPLE, taken)
        session = Session("7k3m", "2026-11-18", workshop, place=Place(n, 1, State.OPEN), rounds=(at,))
        seen = view(session, Role.PARTICIPANT, Live(seats=PEOPLE))
        if seen.asks_everyone:
            yield seen


@pytest.mark.parametrize("path", library(), ids=lambda path: path.stem)
def test_every_question_of_the_library_can_be_answered_without_scrolling(path: Path) -> None:
    for seen in questions(path):
        seat = Seat("ginger-kayak-carrot", INVITATION)
        seat.see(seen)
        page = seat.page(column(80), 24)
        sheet = fit_page(page, 80, 24)
        shown = "\n".join("".join(text for text, _style in line) for line in sheet.lines)
        assert page.needed <= sheet.scroll + sheet.rows, f"{seen.heading}:\n{shown}"
        assert "ctrl+x quick exit" in shown


def met(seen: View) -> Iterator[tuple[View, Field]]:
    """Give each question of a step as somebody meets it who chose the first answer to each before."""
    answer: dict[str, Value | None] = {}
    assert seen.form is not None
    while (field := seen.form.pending(answer)) is not None:
        yield replace(seen, answer=dict(answer)), field
        answer[field.id] = ("a few words",) if isinstance(field, Write) else (field.options[0].id,)


def sheets(page: Page, width: int, height: int) -> Iterator[FittedPage]:
    """Read a page from its top to its end, as `pgdn` turns it."""
    sheet = fit_page(page, width, height, 0)
    yield sheet
    while sheet.scroll < sheet.most:
        sheet = fit_page(page, width, height, sheet.scroll + leaf(sheet.rows))
        yield sheet


def text_of(sheet: FittedPage) -> str:
    return "\n".join("".join(text for text, _style in line) for line in sheet.lines)


@pytest.mark.parametrize(("width", "height"), [(45, 20), (40, 15)])
@pytest.mark.parametrize("path", library(), ids=lambda path: path.stem)
def test_on_a_phone_every_answer_is_in_sight_or_it_says_on_which_page(path: Path, width: int, height: int) -> None:
    for opened in questions(path):
        for n, (seen, field) in enumerate(met(opened)):
            seat = Seat("ginger-kayak-carrot", INVITATION)
            seat.see(seen)
            page = replace(seat.page(column(width), height), keep=None)
            first, *others = sheets(page, width, height)
            shown = text_of(first)
            assert "ctrl+x exit" in shown
            assert field.title.split()[0] in shown if field.title else True
            if page.needed > first.rows:
                # From the second question on, what was read before is folded, and only the lowest windows turn pages.
                assert n == 0 or is_beside(field) or height < 20 or isinstance(field, Write), f"{field.id}:\n{shown}"
                assert "the answers go on, page 2 of " in shown, shown
                assert f"page 2 of {len(others) + 1}" in shown
            if not isinstance(field, Write):
                turned = re.sub(r"\[ *\] ", "", "\n".join(map(text_of, (first, *others))))
                for sign, option in zip(keys(field.options), field.options, strict=True):
                    assert f" {sign}  {bare(option).split()[0]}" in turned, turned
                assert " p  Pass" in turned


async def test_a_consent_question_shows_its_proposal_the_promise_and_every_answer(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, VOTE) as gathering:
        someone = await gathering.participant()
        await gathering.go_to("try-it")
        await someone.sees("nobody asks whose it is", "We decide this here. Leaders may send it back once")
        await someone.sees("“Shall we try it for three months?”", "we see whether it is agreed")
        await someone.sees("1  Agree:", "4  Object:", "p  Pass", "Nobody sees who passed", "ctrl+x quick exit")
        await someone.press("1")
        # What there was no room for is below, and nothing of it is lost.
        someone.terminal.type(b"\x1b[6~\x1b[6~")
        await someone.sees("Is it good enough for now", "It is carried when nobody objects")


async def test_the_shared_screen_shows_what_is_asked_before_what_was_read_beforehand(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, VOTE) as gathering:
        wall = gathering.shared()
        await gathering.go_to("try-it")
        await wall.sees("1  Agree:", "4  Object:", "p  Pass", "may go to senior managers", "8 screens")
        wall.terminal.type(b"\x1b[6~\x1b[6~")
        await wall.sees("An objection is for all of us", "It is carried when nobody objects")


async def test_what_the_answers_go_on_with_stands_before_them(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, find("window-of-tolerance").read_text("utf-8")) as gathering:
        someone = await gathering.participant(80, 24)
        await gathering.go_to("service-lately")
        await someone.sees("Our service has mostly been…", "1  Worn out")
        page = someone.terminal.text()
        assert page.index("Our service has mostly been…") < page.index("1  Worn out")


async def test_a_small_window_says_that_the_answers_go_on_below(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, VOTE) as gathering:
        someone = await gathering.participant(40, 22)
        await gathering.go_to("try-it")
        await someone.sees("1  Agree:", "the answers go on, page 2 of", "ctrl+x exit")
        await someone.press("p")
        await someone.sees("› p  Pass", "4  Object:", "ctrl+x exit")


async def test_a_proposal_can_be_read_before_it_is_asked_about(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, VOTE) as gathering:
        someone, console = await gathering.participant(), gathering.console(100, 40)
        await gathering.go_to("try-it", "waiting")
        await gathering.room.submit(Prepare(gathering.room.session.place, ("We share the rota in March.",)))
        for each in (someone, console):
            await each.sees("The proposal is: “We share the rota in March.”")
        await gathering.go_to("try-it")
        await someone.sees("1  Agree:", "“We share the rota in March.”")
        await someone.sees_no("The proposal is:")
