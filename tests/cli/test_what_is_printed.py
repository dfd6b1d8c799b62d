"""Whatever is in files, names and folders: nothing that a command prints acts on the terminal it is read on."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import unicodedata2 as unicodedata
from kept_sessions import keep, promised, workshop

from tisu_tui.cli import main
from tisu_tui.cli._opening import load
from tisu_tui.core.records import RecordKind
from tisu_tui.core.text import printable
from tisu_tui.notes.read import read_note
from tisu_tui.notes.reply import reply_form
from tisu_tui.notes.saving import save
from tisu_tui.notes.write import render
from tisu_tui.store.folder import DataFolder

ROUNDS = 250 if os.environ.get("TISU_SOAK") else 4
RATED = "## How far?\n\n`rate` `id rows`\n\n1. `R1` People see it.\n\n- 1: Not yet\n- 2: Partly\n- 3: Always\n\n"
PIECES = [
    *("\x1b]52;c;aGFjaw==\x07", "\x1b]0;title\x1b\\", "\x1b[2J", "\x1b[31m", "\x1bc", "\x1bP1$r0m\x1b\\", "\x9b5n"),
    *("\x9d0;t\x9c", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\u2029", "\x85", "\x08", "\x7f", "\x07", "\r"),
    *("\x0e", "\x1b", "e" + "\u0301" * 60, "\U000e0041", "\ue000", "\u0378", "zebra", "@sam 2026-01-05", "| - [ ] **"),
    *("<!-- id ", " -->", "1,2"),
]  # fmt: skip


def hostile(chance: random.Random) -> str:
    return "".join(chance.choices(PIECES, k=chance.randint(2, 5)))


def named(chance: random.Random) -> str:
    """Make a name that a file can have; bytes that are no text are among them."""
    text = hostile(chance).replace("/", "").encode()[:120].decode(errors="ignore")
    return os.fsdecode(text.encode() + chance.choice([b"", b"\xff", b"\xed\xa0\x80"]))


def foreign(printed: bytes) -> list[str]:
    """Find what acts on a terminal, and was no line end of ours."""
    text = printed.decode().replace("\r\n", "\n").replace("\n", "")
    return [each for each in text if unicodedata.category(each) in {"Cc", "Cf", "Cn", "Co", "Cs", "Me", "Zl", "Zp"}]


def planted(text: str, chance: random.Random) -> str:
    """Put hostile pieces into a text, at the ends of words."""
    words = text.split(" ")
    for _n in range(6):
        words.insert(chance.randrange(len(words) + 1), hostile(chance))
    return " ".join(words)


def wicked_folder(folder: Path, chance: random.Random) -> Iterator[list[str]]:
    """Write hostile files of every sort, and give every command that reads them."""
    data, notes, exports = folder / named(chance), folder / named(chance), folder / "exports"
    made = [promised(1, "Book the room @sam 2026-01-05"), promised(2, "Cover @board 2026-01-09", RecordKind.ASK)]
    of = workshop(f"Sharing {hostile(chance)}", name="sharing.md", body=RATED)
    keep(DataFolder(data), "aaaa", "2025-12-01", of, made)
    session = load(DataFolder(data), "aaaa")
    past = read_note(save(render(session), folder / "as-they-were").read_text()).past
    for where in (exports, notes):
        where.mkdir(exist_ok=True)
        path = save(render(session), where)
        path.write_text(planted(path.read_text(), chance))
    broken = data / "bbbb.json"
    broken.write_text(hostile(chance))
    broken.chmod(0o600)
    page = exports / "actions.md"
    page.write_text(f"# Actions\n\n- [ ] Book {hostile(chance)} @sam 2026-01-05 <!-- id {hostile(chance)} -->\n")
    reply = folder / named(chance)
    reply.write_text(planted(reply_form(past), chance))
    file, ballots = folder / f"{named(chance)}.md", folder / f"{named(chance)}.csv"
    file.write_text(planted(of.source, chance))
    ballots.write_text(f"a,b,{hostile(chance)}\n1,,1\n{hostile(chance)}\n")
    word = named(chance) or "x"
    yield ["check", str(file)]
    yield ["check", word]
    yield ["count", "approval", str(ballots)]
    yield ["count", "approval", str(ballots), "--json"]
    yield ["sheets", str(file), "--place", word]
    yield ["host", str(file), "--headless"]
    yield ["host", word]
    yield ["rehearse", word]
    yield ["new", word, "--to", str(folder / "new.md")]
    yield ["actions", "reply", str(reply), "--data", str(data), "--exports", str(exports)]
    yield ["actions", "add", word, "--data", str(data), "--exports", str(exports)]
    yield ["actions", "mark", word, "done", "--data", str(data), "--exports", str(exports)]
    for more in ([], ["--json"], ["--all"], ["--ical", "-"], ["--json", "--all"], ["--on", word]):
        yield ["actions", *more, "--data", str(data), "--exports", str(exports)]
        yield ["actions", *more, "--from", str(notes)]
    for name in ("sharing", word):
        for more in ([], ["--json"], ["--step", word]):
            yield ["trend", name, *more, "--data", str(data)]
            yield ["trend", name, *more, "--from", str(notes)]
    for name in ("aaaa", "bbbb", word):
        yield ["verify", name, "--data", str(data), "--exports", str(exports)]
        yield ["verify", name, "--json", "--data", str(data), "--exports", str(notes)]
        yield ["notes", name, "--data", str(data), "--to", str(notes)]
        yield ["seal", name, "--data", str(data)]
        yield ["forget", name, "--data", str(data)]
    yield ["sessions", "--data", str(data)]
    yield ["sessions", "--json", "--data", str(data)]
    yield ["sessions", "--data", str(folder / word / "none")]
    yield ["support", "add", f"Ring {word}", "--data", str(data)]
    yield ["support", "--data", str(data)]
    yield ["support", "--json", "--data", str(data)]
    yield [word]
    yield ["sessions", f"--{word}"]
    yield ["--plain"]


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_command_prints_what_acts_on_a_terminal(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TISU_DATA", str(tmp_path / "own"))
    said = 0
    for arguments in wicked_folder(tmp_path, random.Random(seed)):
        with pytest.raises(SystemExit):
            main.main(arguments, prog_name="tisu")
        printed = b"".join(capsysbinary.readouterr())
        assert not foreign(printed), (arguments, printed)
        said += bool(printed)
    assert said > 40


def test_what_is_printed_keeps_its_layout_its_letters_and_the_names_of_files() -> None:
    kept = "  a  b\n\ncafe\u0301 née 猫 한 👩\u200d🚒 │█▀\r\nnext"
    assert printable(kept) == kept
    assert printable("a\x1b[2Jb\rc\td\ue000\udcff") == "a[2Jb c d\ufffd"


def test_nothing_foreign_is_left_of_five_thousand_texts() -> None:
    chance = random.Random(7)
    for _n in range(5_000):
        text = printable(hostile(chance) + chr(chance.randrange(0x11_0000)))
        assert not foreign(text.encode())
