"""What goes wrong in a real room: hosts that are killed, terminals that are tiny, codes that are wrong."""

from __future__ import annotations

import json
import os
import resource
import shlex
import signal
import stat
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from command_line import tisu
from openssh import PATIENCE, Host, Lines, Seen, a_host, open_step, return_words, ssh
from programs import program

from tisu_tui.rehearsal.play import new_key

WORKSHOP = """---
tisu: 1
title: How it goes
---

# How it goes

## How far along are we?

`rate` `id rows`

> This asks about our service.

1. `R1` People can see that leaders care.
2. `R2` Leaders have been trained.

- 1: Not started
- 2: Early steps
- 3: Partly in place
- 4: In place
- 5: Kept up

## What else?

`gather` `id ideas`

> Leave out names.
"""


def _workshop(folder: Path) -> str:
    path = folder / "how-it-goes.md"
    path.write_text(WORKSHOP)
    return str(path)


async def _come_in(host: Host, stack: AsyncExitStack, people: int) -> tuple[Lines, list[Lines]]:
    desk = await host.desk(stack)
    crowd = await host.crowd(stack, people)
    return desk, crowd


async def test_a_host_that_is_killed_resumes_with_every_answer_it_said_was_recorded(tmp_path: Path) -> None:
    async with a_host(tmp_path, _workshop(tmp_path)) as host:
        async with AsyncExitStack() as stack:
            desk, crowd = await _come_in(host, stack, 10)
            words = [return_words("\n".join(each.heard)).replace(" ", "-") for each in crowd]
            await open_step(desk, "How far along")
            for each in crowd:
                await each.until("Answer:")
                each.say("2")
                await each.until("Recorded")
            crowd[0].say("3")
            await host.stop(signal.SIGKILL)
        code, session = host.code, host.said["session"]
        await host.start()
        assert (host.code, host.said["session"]) == (code, session)
        async with AsyncExitStack() as stack:
            desk = await stack.enter_async_context(Lines(host.way_in("facilitator+plain", "-T")))
            await desk.until("Next: close the question")
            for who in words:
                back = await stack.enter_async_context(Lines(host.way_in(f"{code}+plain+{who}", "-T")))
                # The first statement is answered already, unless the second had arrived as well.
                heard = await back.until("Question: ", "Waiting")
                assert "(1 of 2)" not in heard
                if heard.startswith("Question: "):
                    await back.until("Answer:")
                    back.say("4")
                    await back.until("Recorded")
            for then in ("show the result", "go to"):
                desk.say("next")
                await desk.until(f"Next: {then}")
            desk.say("end")
            await desk.until("Next: seal the notes and end")
            desk.say("end")
            path = Path((await desk.until("Notes: ")).removeprefix("Notes: "))
        results = json.loads((path.with_suffix("") / "results.json").read_text())
        questions = results["steps"][0]["rounds"][0]["questions"]
        assert [option["people"] for option in questions[0]["options"]][:5] == [0, 10, 0, 0, 0]


async def test_a_host_that_is_stopped_can_go_on(tmp_path: Path) -> None:
    async with a_host(tmp_path, _workshop(tmp_path)) as host:
        async with AsyncExitStack() as stack:
            desk, _crowd = await _come_in(host, stack, 6)
            await open_step(desk, "How far along")
        assert await host.stop(signal.SIGTERM) == 0
        await host.start("--resume", host.said["session"])
        async with AsyncExitStack() as stack:
            desk = await stack.enter_async_context(Lines(host.way_in("facilitator+plain", "-T")))
            await desk.until("Step 1 of 2")
            await desk.until("Now: open")


SECRET = "the night in April with Kim"
FAULTY = """
from tisu_tui.activities.gather import Gather
from tisu_tui.cli import main
def count(self, answers, present, given):
    raise ValueError(f"can't count {answers}")
Gather.count = count
main()
"""


async def test_a_fault_is_reported_by_its_place_and_never_by_somebodys_words(tmp_path: Path) -> None:
    with (tmp_path / "errors").open("wb") as errors:
        host = Host(tmp_path, _workshop(tmp_path), errors=errors.fileno(), tisu=(sys.executable, "-c", FAULTY))
        await host.start()
        async with AsyncExitStack() as stack:
            desk, crowd = await _come_in(host, stack, 6)
            await open_step(desk, "What else")
            await crowd[0].until("Question: What else?")
            await crowd[0].until("Answer:")
            crowd[0].say(f"> {SECRET}")
            await crowd[0].until("Recorded")
            desk.say("next")
            await desk.until("Not taken: This did not work, and nothing was changed.")
            crowd[0].say("withdraw")
            await crowd[0].until("Is that an idea")
            crowd[0].say("withdraw")
            await crowd[0].until("Your answer is taken back.")
        await host.stop()
    said = (tmp_path / "errors").read_text()
    assert "A command failed; nothing was changed by it.\nValueError\n" in said
    assert SECRET not in said


FAILING = f"""
from tisu_tui.cli import main
from tisu_tui.cli._hosting import Host
async def until_done(self):
    raise ValueError({SECRET!r})
Host.until_done = until_done
main()
"""


def test_a_host_that_fails_says_so_and_never_somebodys_words(tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_text(new_key().export_public_key().decode())
    done = subprocess.run(
        [sys.executable, "-c", FAILING, "host", _workshop(tmp_path), "--headless", "--console-key", "key.pub",
         "--port", "0", "--bind", "127.0.0.1", "--data", "data"],
        cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("tisu has failed. What was recorded is safe.\nValueError\n")
    assert SECRET not in done.stdout + done.stderr


async def test_a_second_host_of_the_same_session_is_refused(tmp_path: Path) -> None:
    async with a_host(tmp_path, _workshop(tmp_path)) as host:
        second = tisu(
            tmp_path, "host", host.workshop, "--headless", "--console-key", str(tmp_path / "key.pub"), "--port", "0",
            "--bind", "127.0.0.1", "--data", str(tmp_path / "data"), "--resume", host.said["session"],
        )  # fmt: skip
        assert (second.returncode, second.stdout) == (1, "")
        assert second.stderr == f"Session {host.said['session']} is open in another tisu. Close that one first.\n"
        third = tisu(
            tmp_path, "host", host.workshop, "--headless", "--console-key", str(tmp_path / "key.pub"),
            "--port", host.port, "--bind", "127.0.0.1", "--data", str(tmp_path / "data"), "--new",
        )  # fmt: skip
        assert (third.returncode, third.stdout) == (1, "")
        assert third.stderr.startswith(f"Port {host.port} is in use already, perhaps by a session that still runs.")
        again = f"--headless --console-key {tmp_path / 'key.pub'} --bind 127.0.0.1 --data {tmp_path / 'data'} --port"
        assert f" --new {again} " in third.stderr
        # Nothing is left of what did not begin.
        assert {path.stem for path in (tmp_path / "data").glob("*.lock")} == {host.said["session"]}


async def test_the_terminal_is_as_it_was_after_leaving(tmp_path: Path) -> None:
    tmux = program("tmux", "tmux")

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [tmux, "-S", str(tmp_path / "socket"), "-f", os.devnull, *arguments],
            capture_output=True, text=True, check=True, timeout=PATIENCE,
        )  # fmt: skip
        return done.stdout

    async def until(pane: Seen, wanted: str) -> str:
        return await pane.until(wanted)

    async with a_host(tmp_path, _workshop(tmp_path)) as host:
        way_in = shlex.join(host.way_in(host.code))
        # The pane is looked at through an attached client, so that nothing has to be polled.
        shell = [tmux, "-S", str(tmp_path / "socket"), "-f", os.devnull, "new-session", "env", "PS1=ready> ", "sh"]
        try:
            async with Seen(shell, 90, 30) as pane:
                await until(pane, "ready>")
                pane.type("stty -a | tr -d '\\n' | cksum; echo before\r")
                await pane.until(lambda text: text.count("before") > 1)
                before = run("capture-pane", "-p").rstrip()
                pane.type(way_in + "\r")
                await until(pane, "Your three words")
                assert run("display-message", "-p", "#{alternate_on}").strip() == "1"
                pane.type("\x18")
                await pane.until(lambda text: "ready>" in text.partition("Goodbye. Please close")[2])
                pane.type("stty -a | tr -d '\\n' | cksum; echo after\r")
                await pane.until(lambda text: text.count("after") > 1)
                state = run(
                    "display-message", "-p", "#{alternate_on}#{cursor_flag}#{mouse_any_flag}#{keypad_flag}"
                ).strip()
                assert state == "0100"
                after = run("capture-pane", "-p")
                sums = [line for line in after.splitlines() if line.strip().replace(" ", "").isdigit()]
                assert "Your three words" not in after
                assert len(set(sums)) <= 1
                assert before.splitlines()[-1].startswith("ready>")
        finally:
            run("kill-server")


async def test_wrong_codes_are_asked_again_calmly_and_then_sent_away(tmp_path: Path) -> None:
    async with a_host(tmp_path, _workshop(tmp_path)) as host:
        async with Seen(host.way_in("nobody")) as stranger:
            for _try in range(3):
                await stranger.until(lambda text: text.rstrip().endswith("screen):"))
                stranger.type("wrong1\r")
                await stranger.change()
            assert await stranger.gone() == 255
        async with Seen(host.way_in("nobody")) as stranger:
            await stranger.until("Join code")
            stranger.type(f"{host.code}\r")
            await stranger.until("Welcome")


async def test_hostile_names_are_asked_for_the_code_and_the_host_stays_up(tmp_path: Path) -> None:
    async with a_host(tmp_path, _workshop(tmp_path)) as host:
        for name in ("$(reboot)", "a'; DROP TABLE seats;--", "\x1b]52;c;aGk=\x07", "é" * 40, "x" * 900):
            way_in = ssh("-p", host.port, "-o", "BatchMode=yes", "-l", name, "127.0.0.1")
            async with Seen(way_in) as stranger:
                assert await stranger.gone() == 255, name
        async with Lines(host.way_in(f"{host.code}+plain", "-T")) as someone:
            await someone.until("Waiting")


async def test_a_tiny_window_says_so_and_works_again_when_it_grows(tmp_path: Path) -> None:
    async with a_host(tmp_path, _workshop(tmp_path)) as host:
        async with Seen(host.way_in(host.code), 10, 3) as someone:
            await someone.until("Window")
            someone.resize(80, 24)
            await someone.until("Your three words")


@pytest.mark.skipif(sys.platform != "linux", reason="setting another process's limits is Linux's own")
async def test_descriptors_that_run_out_for_a_moment_stop_no_saving(tmp_path: Path) -> None:
    async with a_host(tmp_path, _workshop(tmp_path)) as host, AsyncExitStack() as stack:
        desk, crowd = await _come_in(host, stack, 6)
        await open_step(desk, "How far along")
        await crowd[0].until("Answer:")
        assert host.process is not None
        pid = host.process.pid
        before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        taken = {int(path.name) for path in Path(f"/proc/{pid}/fd").iterdir()}
        free = next(n for n in range(len(taken) + 1) if n not in taken)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (free, before[1]))
        crowd[0].say("2")
        assert (await crowd[0].until("Not taken: ", "Recorded")).startswith("Not taken: Saving does not work just now")
        resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
        crowd[0].say("2")
        await crowd[0].until("Recorded")


def test_a_broken_workshop_is_refused_with_every_problem_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "broken.md"
    path.write_text(WORKSHOP.replace("`rate`", "`rat`").replace("`gather`", "`gather` `surenes`"))
    done = tisu(tmp_path, "host", path, "--headless", "--console-key", path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"{path}:10:2: T300 unknown kind 'rat'; did you mean 'rate'?" in done.stderr
    assert f"{path}:25:11: T304 unknown setting 'surenes'; did you mean 'sureness'?" in done.stderr


async def test_files_are_private_and_their_times_tell_only_the_date(tmp_path: Path) -> None:
    async with a_host(tmp_path, _workshop(tmp_path)) as host:
        async with AsyncExitStack() as stack:
            desk, crowd = await _come_in(host, stack, 6)
            await open_step(desk, "How far along")
            await crowd[0].until("Answer:")
            crowd[0].say("2")
            await crowd[0].until("Recorded")
        data = tmp_path / "data"
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        file = data / f"{host.said['session']}.json"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.stat().st_mtime % 86400 == 12 * 3600


async def test_the_other_ways_in_are_closed(tmp_path: Path) -> None:
    async with a_host(tmp_path, _workshop(tmp_path)) as host:
        for extra in (("uname",), ("-s", "sftp")):
            async with Seen([*host.way_in(host.code), *extra]) as someone:
                assert await someone.gone() != 0


async def test_of_two_interrupted_sessions_nobody_chooses_in_silence(tmp_path: Path) -> None:
    ids = []
    async with a_host(tmp_path, _workshop(tmp_path)) as host:
        ids.append(host.said["session"])
        await host.stop(signal.SIGTERM)
        await host.start("--new")
        ids.append(host.said["session"])
        await host.stop(signal.SIGTERM)
        refused = tisu(
            tmp_path, "host", host.workshop, "--headless", "--console-key", str(tmp_path / "key.pub"), "--port", "0",
            "--bind", "127.0.0.1", "--data", str(tmp_path / "data"),
        )  # fmt: skip
        assert (refused.returncode, refused.stdout) == (2, "")
        assert all(id_ in refused.stderr for id_ in ids)
        await host.start("--resume", ids[0])
        assert host.said["session"] == ids[0]
