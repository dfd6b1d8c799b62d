"""From `tisu` to the first question: what is asked on the way, and how few keys it takes."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest
from openssh import TISU, Seen

from tisu_tui.cli._before import LEAST_PASSPHRASE, ask_for_passphrase
from tisu_tui.core.contacts import Contact
from tisu_tui.rehearsal.play import new_key
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.support import load_support, save_support

AT_ONCE = (
    TISU[0],
    "-c",
    """
from tisu_tui.cli import main
from tisu_tui.cli.host import host
from tisu_tui.screens import shared
shared.PATIENCE = 0
next(each for each in host.params if each.name == "port").default = 0
main()
""",
)
"""`tisu` on any port, for somebody whose presses of space are two seconds apart, without the two seconds."""


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TISU_DATA", str(tmp_path / "data"))


async def to_the_first_question(answer: str = "") -> tuple[int, str]:
    """Go from the home screen to the first question that people answer; gives the keys it took and what was drawn.

    `answer` is what is typed where somebody is asked whom people can talk to; nothing if that is not to be asked.
    """
    keys = 0
    async with Seen(AT_ONCE, 100, 40) as someone:
        await someone.until("› Settling in: our window of tolerance")
        waits = ["Run it with people now", *(["Enter goes on without"] if answer else []), "Passphrase [", "To join,"]
        typed = ["\r", "\r", *([answer] if answer else []), "\r"]
        for keystrokes, text in zip(typed, waits, strict=True):
            someone.type(keystrokes)
            keys += len(keystrokes)
            await someone.until(text)
        # Twice as many as are needed would still be too many.
        for text in ("What the window is", "What we need from each other", "finish this step"):
            someone.type(" ")
            keys += 1
            await someone.until(text)
        return keys, someone.raw.decode(errors="replace")


async def test_with_contacts_set_the_first_question_is_eight_keys_away(tmp_path: Path) -> None:
    save_support(DataFolder(tmp_path / "data"), (Contact("NHS 24, 111"),))
    keys, raw = await to_the_first_question()
    assert keys <= 8
    assert "Enter goes on without" not in raw
    # The words were there to be written down, and were taken off before everybody saw the screen.
    assert re.search(r"Passphrase \[[a-z]+ [a-z]+ [a-z]+\]: \r?\n\x1b\[1A\r\x1b\[J", raw)


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("A\rA\r", ["A"]),
        ("no\rx\r\r", []),
        ("1 3\r", ["NHS 24, 111", "Samaritans, 116 123"]),
        ("4\r1\r", ["NHS 24, 111"]),
        ("2+3\r", ["Breathing Space, 0800 83 85 87", "Samaritans, 116 123"]),
    ],
)
async def test_on_a_fresh_machine_it_asks_whom_people_can_talk_to_and_is_twelve_keys_away(
    tmp_path: Path, answer: str, names: list[str]
) -> None:
    keys, _raw = await to_the_first_question(answer)
    assert keys <= 12
    kept = load_support(DataFolder(tmp_path / "data"))
    assert [contact.name for contact in kept] == names
    assert all(contact.checked for contact in kept)


async def test_a_port_that_is_in_use_is_found_before_anything_is_asked_and_leaves_nothing(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = (*TISU, "host", "window-of-tolerance", "--bind", "127.0.0.1", "--port", str(port))
        async with Seen(command, 100, 24) as someone:
            assert await someone.gone() == 1
            while await someone.change():
                pass
            assert f"Port {port} is in use already" in someone.text
            assert re.search(r"tisu host window-of-tolerance --bind 127.0.0.1 --port \d+", someone.text)
            assert "Passphrase" not in someone.text
    assert not (tmp_path / "data").exists()


async def test_a_headless_host_asks_nothing_also_at_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_text(new_key().export_public_key().decode())
    folder = DataFolder(tmp_path / "data")
    (tmp_path / "own.md").write_text("---\ntisu: 1\ntitle: Own\n---\n\n## What is new?\n\n`gather` `5 min`\n")
    command = (*TISU, "host", "own.md", "--headless", "--console-key", "key.pub", "--bind", "127.0.0.1", "--port", "0")
    for goes_on in (False, True):
        async with Seen(command, 120, 24) as someone:
            await someone.until("fingerprint SHA256:")
            assert ("Going on with session" in someone.text) is goes_on
            assert "?" not in someone.text.partition("listening")[0]
    (name,) = folder.sessions()
    folder.session_file(name).write_text("{")
    async with Seen(command, 120, 24) as someone:
        assert await someone.gone() == 1
        while await someone.change():
            pass
        assert "or say --new" in someone.text


def test_a_short_passphrase_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["x", "elevenchars", "four grey geese", "four grey goose", "four grey geese", "four grey geese"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert ask_for_passphrase() == "four grey geese"
    said = capsys.readouterr().out
    assert said.count("12 letters or more") == 2
    assert said.count("not the same") == 1


def test_enter_takes_a_ready_made_passphrase_that_is_another_one_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def enter(prompt: str) -> str:
        asked.append(prompt)
        return ""

    monkeypatch.setattr("getpass.getpass", enter)
    made = [ask_for_passphrase() for _n in range(20)]
    assert asked == [f"Passphrase [{words}]: " for words in made]
    assert all(len(words) >= LEAST_PASSPHRASE and len(words.split()) == 3 for words in made)
    assert len(set(made)) == 20
