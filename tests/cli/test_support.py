"""`tisu support`: the team names who there is to talk to once, and every session has them at one key."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openssh import Lines, a_host

from tisu_tui.cli import main
from tisu_tui.core.contacts import read_contact, support_warnings, together
from tisu_tui.core.days import in_words
from tisu_tui.core.translation import speaking
from tisu_tui.session.session import Session
from tisu_tui.view.live import Live
from tisu_tui.view.view import Role, view
from tisu_tui.workshop.reader import read

TODAY = dt.date.today()
NHS = f"NHS 24, 111 (checked {in_words(TODAY.isoformat())})"


def tisu(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["support", "--data", str(folder), *arguments])


def test_contacts_are_added_checked_and_taken_off(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert tisu(data).stdout == ""
    assert tisu(data, "add", "NHS 24, 111").stdout == f" 1. {NHS}\n"
    tisu(data, "add", "Breathing Space, 0800 83 85 87 (checked 2026-01-01)")
    # The same again is the same, tried today.
    assert len(tisu(data, "add", "nhs 24, 111").stdout.splitlines()) == 2
    (data / "support.md").write_text("* NHS 24, 111 (checked 2025-01-01)\n\n- A friend\n")
    stale = " 1. NHS 24, 111 (checked 1 January 2025)  – try it again\n 2. A friend  – try it again\n"
    assert tisu(data).stdout == stale
    assert tisu(data, "check", "1").stdout.splitlines()[0] == f" 1. {NHS}"
    tisu(data, "remove", "2")
    assert json.loads(tisu(data, "--json").stdout) == [{"contact": "NHS 24, 111", "checked": TODAY.isoformat()}]
    assert (data / "support.md").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", " "], "Write who and how, like: tisu support add"),
        (["check", "1"], "There is no contact 1."),
        (["remove", "9"], "There is no contact 9."),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = tisu(tmp_path / "data", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "data" / "support.md").exists()


def test_a_line_that_is_no_contact_is_named_and_the_file_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    tisu(data)
    written = "- NHS 24, 111\nSamaritans, 116 123\n"
    (data / "support.md").write_text(written)
    done = tisu(data, "add", "A friend")
    assert done.exit_code == 1
    assert "support.md:2: expected a line like: - NHS 24, 111 (checked 2026-11-01)" in done.stderr
    assert (data / "support.md").read_text() == written
    host = CliRunner().invoke(main, ["rehearse", "readiness", "--headless", "--data", str(data)])
    assert host.exit_code == 1
    assert "support.md:2" in host.stderr


def test_what_goes_on_the_list_can_draw_nothing_on_a_screen(tmp_path: Path) -> None:
    tisu(tmp_path / "data", "add", "NHS\x1b[2J 24\u202e, 111\nnext")
    (line,) = (tmp_path / "data" / "support.md").read_text().splitlines()
    assert line.isprintable()
    assert line.startswith("- NHS")


def test_a_workshops_own_contacts_come_first_and_nobody_is_named_twice() -> None:
    own = ("NHS 24, 111 (checked 2026-10-01)",)
    assert together(own, (NHS, "A friend")) == (*own, "A friend")
    assert together((), (NHS,)) == (NHS,)


@pytest.mark.parametrize(
    ("tag", "said"), [("en", "checked 1 N"), ("pl", "sprawdzono 1 l"), ("gd", "air fheuchainn 1 ")]
)
def test_each_reads_in_their_language_when_it_was_checked(tag: str, said: str) -> None:
    with speaking(tag):
        assert read_contact("NHS 24, 111 (checked 2026-11-01)").said.startswith(f"NHS 24, 111 ({said}")


def test_the_facilitator_reads_in_the_lobby_what_nobody_has_tried_for_long() -> None:
    today = dt.date(2026, 11, 18)
    assert support_warnings([], today) == (
        'Help names nobody to talk to yet. On the host computer, before the day: tisu support add "NHS 24, 111"',
    )
    (said,) = support_warnings(
        ["Fresh (checked 2026-11-01)", "Stale (checked 2026-05-18)", "Unknown", "Odd (checked 2026-02-31)"], today
    )
    assert "Stale; Unknown; Odd" in said
    assert "Fresh" not in said

    found = read("---\ntisu: 1\ntitle: Moon\n---\n\n## The end\n\n`close`\n", "moon.md").workshop
    assert found is not None
    workshop = replace(found, support=("A friend",))
    session = Session("7k3m", "2026-11-18", workshop, support=("NHS 24, 111 (checked 2026-11-01)",))
    for role in Role:
        seen = view(session, role, Live())
        assert seen.support == ("A friend", "NHS 24, 111 (checked 1 November 2026)")
        assert (seen.desk is not None) is (role is Role.FACILITATOR)
    desk = view(session, Role.FACILITATOR, Live()).desk
    assert desk is not None
    assert "A friend" in desk.concerns[0]
    fine = view(replace(session, workshop=replace(workshop, support=())), Role.FACILITATOR, Live()).desk
    assert fine is not None
    assert fine.concerns == ()


def test_a_contact_reads_as_it_is_written() -> None:
    for text in ("NHS 24, 111 (checked 2026-11-01)", "A friend"):
        assert str(read_contact(text)) == text
        assert read_contact(read_contact(text).said) == read_contact(text)


async def test_a_session_keeps_its_list_whatever_becomes_of_the_file(tmp_path: Path) -> None:
    """Through the front door, before and after the host was stopped."""

    tisu(tmp_path / "data", "add", "NHS 24, 111")
    contact = f"If you want to talk to someone: {NHS}"
    async with a_host(tmp_path, "readiness") as host:
        async with Lines(host.way_in(f"{host.code}+plain", "-T")) as someone:
            await someone.until("Waiting")
            someone.say("help")
            assert await someone.until("If you want to talk") == contact
        await host.stop()
        tisu(tmp_path / "data", "remove", "1")
        await host.start()
        async with Lines(host.way_in("facilitator+plain", "-T")) as desk:
            await desk.until("Next: ")
            desk.say("help")
            assert await desk.until("If somebody is in distress:")
            assert (await desk.until("1. ")).startswith("1. Stop.")
            assert await desk.until("If you want to talk") == contact
