"""The README can't rot: every command in it is run, and what it shows of a file is a file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from command_line import tisu
from openssh import FRESH, PATIENCE, Lines, Seen, a_host, return_words

ROOT = Path(__file__).parent.parent

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    re.sub(r"\s+#.*", "", line)
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines()
    if line
]
JOINING = re.findall(r"`ssh -p 2222 (\S+)@192\.168\.1\.20`", TEXT)
(WORKSHOP,) = re.findall(r"```markdown\n(.*?)```", TEXT, re.DOTALL)


def _run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE * 3, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def _tisu(folder: Path, *arguments: str) -> str:
    done = tisu(folder, *arguments)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_every_command_of_the_readme_is_run_here() -> None:
    assert set(COMMANDS) == {
        "make demo",
        "tisu host window-of-tolerance",
        "tisu check how-we-share.md",
        "tisu rehearse how-we-share.md",
        "tisu",
        "tisu sessions",
        "tisu notes 7k3m",
        "tisu notes 7k3m --for organisation",
        "tisu sheets how-we-share.md",
        "tisu verify 7k3m",
        "tisu actions",
        "tisu trend did-we-do-it",
        "tisu seal 7k3m",
        "tisu forget 7k3m",
        "tisu doctor",
        'tisu support add "NHS 24, 111"',
        # The two that run these very tests and the benchmarks; the first is how we got here.
        "make test",
        "make bench",
    }
    assert JOINING == [
        "k7mn4pr",
        "k7mn4pr+plain",
        "k7mn4pr+pl",
        "k7mn4pr+three-return-words",
        "k7mn4pr+laptop",
        "facilitator",
        "screen",
    ]


def test_the_demo_rehearses_and_names_its_notes(tmp_path: Path) -> None:
    out = _run(ROOT, "make", "--no-print-directory", "demo", f"EXPORTS={tmp_path}")
    path = Path(out.strip().splitlines()[-1].removeprefix("Notes: "))
    assert path.parent == tmp_path
    assert "This was a rehearsal" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("target", ["test", "bench"])
def test_the_other_targets_exist(target: str) -> None:
    assert _run(ROOT, "make", "--no-print-directory", "--dry-run", target)


def test_the_workshop_of_the_readme_is_fine_and_can_be_rehearsed(tmp_path: Path) -> None:
    (tmp_path / "how-we-share.md").write_text(WORKSHOP, encoding="utf-8")
    assert "fine" in _tisu(tmp_path, "check", "how-we-share.md")
    assert "fine" in _tisu(tmp_path, "check", "window-of-tolerance")
    out = _tisu(tmp_path, "rehearse", "how-we-share.md", "--seed", "1", "--data", str(tmp_path / "data"))
    assert Path(tmp_path, out.removeprefix("Notes: ").strip()).exists()
    assert "How we share the work (rehearsal)" in _tisu(tmp_path)
    session = _tisu(tmp_path, "sessions").split()[0]
    again = _tisu(tmp_path, "notes", session, "--to", "again").strip()
    assert "How we share the work" in Path(tmp_path, again).read_text(encoding="utf-8")
    paper = _tisu(tmp_path, "notes", session, "--for", "organisation", "--to", "again").strip()
    assert "For senior management: How we share the work" in Path(tmp_path, paper).read_text(encoding="utf-8")
    assert "sheets/how-we-share/invitation.md" in _tisu(tmp_path, "sheets", "how-we-share.md")
    assert _tisu(tmp_path, "verify", session, "--exports", "again").endswith("Everything agrees.\n")
    assert _tisu(tmp_path, "actions", "add", "Tea @kim 2099-01-01").strip() in _tisu(tmp_path, "actions")
    assert "(step sharing)" in _tisu(tmp_path, "trend", "how-we-share", "--rehearsals")
    assert _tisu(tmp_path, "forget", session, "--yes").startswith(f"Deleted: {session}\n")


def test_the_team_names_who_there_is_to_talk_to(tmp_path: Path) -> None:
    assert "NHS 24, 111 (checked " in _tisu(tmp_path, "support", "add", "NHS 24, 111")


def test_the_doctor_looks_at_this_computer(tmp_path: Path) -> None:
    done = tisu(tmp_path, "doctor", "--port", "0")
    assert "disk" in done.stdout
    assert done.returncode in {0, 1}


async def test_a_host_starts_on_a_terminal_and_shows_how_to_join(tmp_path: Path) -> None:
    command = [
        *FRESH, "host", "window-of-tolerance", "--port", "0", "--bind", "127.0.0.1",
        "--data", str(tmp_path / "data"),
    ]  # fmt: skip
    async with Seen(command, 100, 34) as laptop:
        await laptop.until("Enter goes on without")
        laptop.type("\r")
        for prompt in ("Passphrase [", "Once more:"):
            await laptop.until(prompt)
            laptop.type("a long passphrase\r")
        await laptop.until("To join, type this in any terminal:")
        assert b"a long passphrase" not in laptop.raw
        laptop.type("\x11")
        await laptop.until("Stop hosting?")
        laptop.type("\r")
        assert await laptop.gone() == 0
        assert "To go on:" in laptop.text
        assert "tisu host window-of-tolerance --resume" in laptop.text


async def test_everybody_comes_in_as_the_readme_says(tmp_path: Path) -> None:
    async with a_host(tmp_path, "window-of-tolerance") as host:
        async with Lines(host.way_in(f"{host.code}+plain", "-T")) as plain:
            await plain.until("Waiting")
            words = return_words("\n".join(plain.heard)).replace(" ", "-")
        async with (
            Seen(host.way_in(host.code)) as someone,
            Seen(host.way_in(f"{host.code}+{words}")) as back,
            Seen(host.way_in(f"{host.code}+laptop")) as laptop,
            Seen(host.way_in("facilitator"), 120, 40) as desk,
            Seen(host.way_in("screen"), 100, 34) as wall,
        ):
            await someone.until("Welcome")
            await back.until("Welcome")
            await laptop.until("goes from hand to hand")
            await desk.until("Run sheet")
            await wall.until("code")
            wall.type(f"{host.code}\r")
            await wall.until("To join")


def test_every_link_and_picture_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (ROOT / target).exists(), target
