"""The page on many doors: its three sites are set up from its own lines, at other addresses."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from unittest.mock import patch

import asyncssh
from nats_servers import nats_server
from openssh import FRESH, TISU, started, told_to_stop
from programs import program

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "many-doors.md").read_text()
UNIT = ROOT / "docs" / "tisu-door@.service"
PASSWORDS = {"PASSWORD-OF-HOSTS": "a" * 48, "PASSWORD-OF-DOORS": "b" * 48}


def block(name: str) -> str:
    found = re.search(rf"<!-- {re.escape(name)} -->\n\n```\w*\n(.*?)```", PAGE, re.DOTALL)
    assert found, name
    return found[1]


def at_home(text: str, folder: Path, port: int) -> str:
    """Give lines of the page with the addresses and folders of this test."""
    here = {
        "nats.example.org:4222": f"localhost:{port}",
        "0.0.0.0:4222": f"127.0.0.1:{port}",
        "nats.example.org": "localhost",
        "door.example.org": "127.0.0.1",
        "/etc/nats": str(folder),
        **PASSWORDS,
    }
    for written, meant in here.items():
        text = text.replace(written, meant)
    return text


def _private(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(text)
    path.chmod(0o600)


async def _begin(command: list[str], folder: Path, stack: AsyncExitStack, tisu: Sequence[str] = TISU) -> dict[str, str]:
    """Start a command of the page; gives the lines that it prints once it listens."""
    assert command[0].rpartition("/")[2] == "tisu"
    with contextlib.chdir(folder), patch.dict(os.environ, TISU_DATA=str(folder / "d")):
        process = await started((*tisu, *command[1:]))
    stack.push_async_callback(told_to_stop, process, signal.SIGKILL)
    assert process.stdout is not None
    said = {}
    while "fingerprint" not in said:
        line = (await asyncio.wait_for(process.stdout.readline(), 30)).decode().split(maxsplit=1)
        said[line[0]] = line[1].strip()
    return said


async def _hears(port: str, name: str, words: str) -> None:
    async with asyncssh.connect(
        "127.0.0.1", int(port), username=name, known_hosts=None, config=None, client_keys=None, agent_path=None
    ) as person:
        process = await person.create_process()
        async with asyncio.timeout(20):
            while words not in await process.stdout.readline():
                pass


async def test_three_sites_are_set_up_as_the_page_says(tmp_path: Path) -> None:
    nats, door = tmp_path / "nats", tmp_path / "door"
    sites = {name: tmp_path / name for name in ("kirkwall", "dumfries")}
    for folder in (nats, door, *sites.values()):
        folder.mkdir()
    subprocess.run(["sh", "-ec", at_home(block("certificate"), nats, 0)], check=True, capture_output=True)
    async with AsyncExitStack() as stack:
        # The port is known once the server is there, and its file names it.
        config = nats / "nats-server.conf"
        server = stack.enter_context(
            nats_server(config, write=lambda port: at_home(block("nats-server.conf"), nats, port))
        )
        making = shlex.split(block("secret"))
        subprocess.run([str(Path(sys.executable).with_name("tisu")), *making[1:]], cwd=tmp_path, check=True)
        for folder, who, password in (
            (door, "door", PASSWORDS["PASSWORD-OF-DOORS"]),
            *((site, "host", PASSWORDS["PASSWORD-OF-HOSTS"]) for site in sites.values()),
        ):
            _private(folder, "login", f"{who}:{password}\n")
            _private(folder, "doors.secret", (tmp_path / "doors.secret").read_text())
            _private(folder, "nats.crt", (nats / "nats.crt").read_text())
        by_hand = shlex.split(at_home(block("door"), door, server.port))
        first = await _begin([*by_hand, "--port", "0", "--data", "data"], door, stack)
        second = await _begin(_of_the_unit(door, server.port), door, stack, FRESH)
        for (site, folder), tisu in zip(sites.items(), (TISU, FRESH), strict=True):
            key = asyncssh.generate_private_key("ssh-ed25519")
            key.write_public_key(folder / "key.pub")
            line = shlex.split(at_home(block("host").replace("\\\n", " "), folder, server.port))
            host = await _begin(
                [*line, "--headless", "--console-key", "key.pub", "--port", "0", "--code", site], folder, stack, tisu
            )
            assert host["code"] == site
        for each in (first, second):
            for site in sites:
                await _hears(each["listening"].split()[1], f"{site}+plain", "window of tolerance")


def _of_the_unit(folder: Path, port: int) -> list[str]:
    """Give the command of the unit, as systemd would put it together."""
    [line] = re.findall("^ExecStart=(.*)$", UNIT.read_text(), re.MULTILINE)
    logs = folder / "logs" / "tisu-door"
    logs.mkdir(parents=True)
    meant = {
        "${NATS}": f"tls://localhost:{port}",
        "${ADDRESS}": "127.0.0.1",
        "%i": "0",
        "%d": str(folder),
        "%S": str(folder / "state"),
        "%L": str(folder / "logs"),
    }
    for written, each in meant.items():
        line = line.replace(written, each)
    (folder / "state").mkdir()
    return shlex.split(line)


def test_systemd_takes_the_unit_of_a_door_and_finds_it_closed(tmp_path: Path) -> None:
    analyze, unit = program("systemd-analyze", "systemd"), tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/usr/local/bin/tisu", sys.executable))
    done = subprocess.run(
        [analyze, "verify", "--recursive-errors=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    done = subprocess.run(
        [analyze, "security", "--offline=true", "--no-pager", "--threshold=20", str(unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-600:]


def test_what_the_page_names_is_there() -> None:
    assert [each for each in re.findall(r"`(tests/[\w/.]+)`", PAGE) if not (ROOT / each).is_file()] == []
    linked = [each for each in re.findall(r"\]\(([^)#]+)\)", PAGE) if "://" not in each]
    assert [each for each in linked if not (ROOT / "docs" / each).exists()] == []
