"""The pages on security: what they name is there, and the unit for a server is one that systemd takes."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import asyncssh
import pytest
from programs import program
from reliability import ROWS
from removed_controls import CONTROLS

from tisu_tui.ssh.server_options import Limits
from tisu_tui.ssh.sign_in import CODE_LENGTH, FREE_PASSPHRASES

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "security.md"
UNIT = ROOT / "docs" / "tisu@.service"


@pytest.mark.parametrize("page", [PAGE, ROOT / "SECURITY.md", ROOT / "docs" / "reliability.md"])
def test_tests_and_pages_that_are_named_are_there(page: Path) -> None:
    text = page.read_text()
    named = re.findall(r"`(tests/[\w/.]+)`", text)
    assert named or page != PAGE
    assert [each for each in named if not (ROOT / each).is_file()] == []
    linked = [each for each in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in each]
    assert [each for each in linked if not (page.parent / each).exists()] == []


def test_figures_on_the_page_are_those_of_the_door() -> None:
    text, limits = PAGE.read_text(), Limits()
    for words in (
        f"{limits.before_sign_in // 1024} KiB before somebody has signed in",
        f"{limits.half_open:,} half-open",
        f"{limits.waiting // 1024} KiB waiting",
        f"{limits.stalled:.0f} seconds",
        f"{limits.reserved} descriptors",
    ):
        assert words in " ".join(text.split())
    assert (CODE_LENGTH, FREE_PASSPHRASES, limits.first_word) == (7, 3, 10)


def test_each_row_of_the_programme_names_tests_that_are_there_and_has_its_line_on_the_page() -> None:
    short, _mark, long = (ROOT / "docs" / "reliability.md").read_text().partition("\n## Long runs\n")
    for row in ROWS:
        assert [each for each in (*row.tests, *row.script) if "/" in each and not (ROOT / each).exists()] == []
        for part in (short, long):
            assert part.count(f"\n| {row.name} |") == 1
    assert len(ROWS) == 15


def test_each_control_that_is_taken_out_stands_once_in_its_file_and_is_on_the_page() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text()
    for each in CONTROLS:
        assert (ROOT / "tisu_tui" / each.file).read_text().count(each.code) == 1, each.name
        assert f"- {each.name} (`{each.file}`)" in page
    assert len(CONTROLS) >= 20


def _unit(folder: Path) -> Path:
    """Write the unit with a program that is there."""
    path = folder / "tisu@.service"
    path.write_text(UNIT.read_text().replace("/usr/local/bin/tisu", sys.executable))
    return path


def test_systemd_takes_the_unit_and_finds_it_closed(tmp_path: Path) -> None:
    analyze, unit = program("systemd-analyze", "systemd"), str(_unit(tmp_path))
    done = subprocess.run(
        [analyze, "verify", "--recursive-errors=no", unit], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    done = subprocess.run(
        [analyze, "security", "--offline=true", "--no-pager", "--threshold=20", unit],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-600:]


async def test_the_unit_s_line_hosts_a_workshop_and_tells_administrators_alone_how_to_join(tmp_path: Path) -> None:
    [line] = re.findall("^ExecStart=(.*)$", UNIT.read_text(), re.MULTILINE)
    shell, option, script, name, _instance = shlex.split(line)
    script = script.replace("$$", "$").replace("/usr/local/bin/tisu", '"$TISU"').replace("--port 2222", "--port 0")
    folders = {}
    for each in ("CREDENTIALS", "STATE", "LOGS", "RUNTIME"):
        folders[f"{each}_DIRECTORY"] = str(tmp_path / each)
        (tmp_path / each).mkdir(mode=0o700)
    key = asyncssh.generate_private_key("ssh-ed25519")
    key.write_public_key(tmp_path / "CREDENTIALS" / "facilitator.pub")
    host = await asyncio.create_subprocess_exec(
        shell, option, script, name, "window-of-tolerance",
        env={**os.environ, **folders, "TISU": str(Path(sys.executable).with_name("tisu"))},
        preexec_fn=lambda: os.umask(0o077) and None,
    )  # fmt: skip
    try:
        joining = tmp_path / "RUNTIME" / "joining"
        async with asyncio.timeout(20):
            while not (joining.exists() and "fingerprint" in joining.read_text()):
                assert host.returncode is None
                await asyncio.sleep(0.01)
        said = dict(each.split(maxsplit=1) for each in joining.read_text().splitlines())
        assert {"listening", "code", "session", "fingerprint"} <= said.keys()
        assert joining.stat().st_mode & 0o077 == 0
        async with asyncssh.connect(
            "127.0.0.1", int(said["listening"].split()[1]), username="facilitator", client_keys=[key],
            known_hosts=None, config=None,
        ):  # fmt: skip
            pass
    finally:
        host.terminate()
        assert await asyncio.wait_for(host.wait(), 20) == 0
    assert said["code"] not in (tmp_path / "LOGS" / "tisu.log").read_text()
