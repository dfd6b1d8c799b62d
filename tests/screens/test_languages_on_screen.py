"""A language is chosen on the screen: everything is said anew, and what was begun stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rooms_on_screen import INVITATION, KEYS, Gathering, Someone, a_gathering

from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import language, languages, speaking
from tisu_tui.screens.participant import ParticipantApp
from tisu_tui.session.commands import Join
from tisu_tui.session.outcomes import Done

SEVERAL = replace(INVITATION, languages=("en", "pl"))


@pytest.fixture(autouse=True)
def _has_f4(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KEYS, "f4", "\x1bOS")


async def somebody(gathering: Gathering, tag: str = "en") -> Someone:
    with speaking(tag):
        outcome = await gathering.room.submit(Join(is_new=True))
        assert isinstance(outcome, Done)
        gathering.people.append(Someone(ParticipantApp(gathering.room, outcome.seat, SEVERAL)))
    return gathering.people[-1]


def said(text: str, tag: str) -> str:
    with speaking(tag):
        return _(text)


async def test_the_key_says_everything_in_the_next_language_and_keeps_what_was_chosen(tmp_path: Path) -> None:
    assert "pl" in languages()
    async with a_gathering(tmp_path, 8) as gathering:
        anna, ben = await somebody(gathering), await somebody(gathering)
        await gathering.go_to("arrive")
        await anna.press("f1")
        await anna.sees(said("Help", "en"), "f4")
        await anna.press("x", "2")
        await anna.sees("Pass")
        await anna.press("f4")
        await anna.sees(said("Mixed", "pl"), said("Pass", "pl"))
        await anna.sees_no(said("Not sure", "en"))
        # What was marked before is still marked: enter sends it.
        await anna.press("enter")
        await anna.sees(said("Kept until this closes: {answer}", "pl").partition("{")[0].strip())
        await ben.sees(said("Mixed", "en"))
        await anna.press("f4")
        await anna.sees(said("Waiting for the others. Take your time.", "en"))
        await anna.sees_no(said("Kept until this closes: {answer}", "pl").partition("{")[0].strip())
    assert language() == "en"


async def test_words_that_were_begun_stay_when_the_language_changes(gathering: Gathering) -> None:
    anna = await somebody(gathering, "pl")
    await gathering.go_to("ideas")
    await anna.press(*"tea")
    await anna.sees("tea")
    await anna.press("f4")
    await anna.sees("tea", said("pass", "en"))
