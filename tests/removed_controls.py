"""Takes each control out of a copy of the program, one at a time, and sees whether a test notices.

`python tests/removed_controls.py [WORD …]`: only those whose names hold a word. It exits 1 where one is not noticed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = ("tisu_tui", "tests", "workshops", "docs", "pyproject.toml", "requirements.lock", "README.md", "SECURITY.md")


@dataclass(frozen=True, slots=True)
class Control:
    """What is taken out: some code of a file, or what stands in its place; and the tests that have to notice."""

    name: str
    file: str
    code: str
    instead: str
    tests: tuple[str, ...]


DOOR, SIGN_IN = "tests/ssh/test_door.py", "tests/ssh/test_signing_in.py"
SEEN, PINNED = "tests/ssh/test_as_others_see_it.py", "tests/test_pinned_libraries.py"
STORED, LOST = "tests/store/test_atomic.py", "tests/store/test_power_loss.py"

CONTROLS = (
    Control(
        "a weak MAC is refused", "ssh/server_options.py", '"hmac-sha2-512-etm@openssh.com"]',
        '"hmac-sha2-512-etm@openssh.com", "hmac-sha1"]', (SEEN,),
    ),
    Control(
        "a SHA-1 key exchange is refused", "ssh/server_options.py", '"curve25519-sha256@libssh.org"]',
        '"curve25519-sha256@libssh.org", "diffie-hellman-group14-sha1"]', (SEEN,),
    ),
    Control(
        "a packet has a longest size", "ssh/guard.py", "self._max_recv_pktlen = hall.limits.packet", "pass", (PINNED,)
    ),
    Control(
        "bytes before signing in are numbered", "ssh/guard.py",
        "not self.signed_in and self._received > self.hall.limits.before_sign_in", "False", (PINNED,),
    ),
    Control(
        "half-open connections are capped", "ssh/door.py",
        "len(self._connections) - len(self._terminals) > self._most_half_open", "False", (DOOR, "-k", "half_open"),
    ),
    Control(
        "descriptors are kept for the store", "ssh/door.py", "len(self._connections) > self._most:", "False:",
        (DOOR, "-k", "descriptors"),
    ),
    Control(
        "whoever answers nothing is let go", "ssh/server_options.py", "keepalive_interval=limits.keepalive",
        "keepalive_interval=0", (DOOR, "-k", "answers_nothing"),
    ),
    Control(
        "whoever reads nothing is let go", "ssh/server_options.py", "if now - self._taken_at >= self._limits.stalled:",
        "if False:", (DOOR, "-k", "read"),
    ),
    Control(
        "wrong codes wait longer and longer", "ssh/sign_in.py", "await self._pause(self._back_off.delay(address))",
        "pass", (SIGN_IN,),
    ),
    Control(
        "passphrases are tried one by one", "ssh/sign_in.py", "if self._wrong_passphrases >= FREE_PASSPHRASES:",
        "if False:", (SIGN_IN,),
    ),
    Control("three wrong ones end it", "ssh/visit.py", "TRIES = 3", "TRIES = 10**9", (SIGN_IN, "-k", "three_wrong")),
    Control(
        "no command is run", "ssh/terminal.py",
        "self._loop.call_soon(self.close, 1)\n        return False", "return True", (DOOR, "-k", "only_a_shell"),
    ),
    Control(
        "a window has a largest size", "ssh/terminal.py", "min(columns, WIDEST)", "columns",
        (DOOR, "-k", "terminal_says or window_changes"),
    ),
    Control(
        "those who send a lot rest", "ssh/scheduler.py", "self._is_resting = True", "pass",
        (DOOR, "-k", "half_the_time"),
    ),
    Control(
        "a turn takes few keys", "ssh/scheduler.py", "KEYS = 8", "KEYS = 64", (DOOR, "-k", "few_keys"),
    ),
    Control(
        "an allowance outlasts a connection", "ssh/terminal.py",
        "self._typed.allowance = self._connection.hall.allowance(seat, self._typed.allowance)", "pass",
        (DOOR, "-k", "coming_back"),
    ),
    Control("a file is synced before its name is taken", "store/files.py", "self.sync(handle)", "pass", (LOST,)),
    Control(
        "after a failed sync nothing more is written", "store/atomic.py",
        "if self._refusal is not None:", "if False:", (STORED, "-k", "failed_sync"),
    ),
    Control(
        "files are the host's alone", "store/files.py", "system.CREATE, 0o600", "system.CREATE, 0o644", (STORED,),
    ),
    Control(
        "a session has one host", "store/folder.py", 'safe_name(session_id)}.lock", timeout=0',
        'safe_name(session_id)}.{id([])}.lock", timeout=0', ("tests/store/test_folder.py",),
    ),
    Control(
        "what a command prints is cleaned", "cli/_saying.py", "self._stream.write(printable(",
        "self._stream.write((lambda kept: kept)(", ("tests/cli/test_what_is_printed.py",),
    ),
    Control(
        "what people type is cleaned", "core/text.py", 'unicodedata.normalize("NFC", _allowed(text))',
        'unicodedata.normalize("NFC", text)', ("tests/test_text.py",),
    ),
    Control(
        "a fault is reported without its words", "core/failure.py", 'f"{type(cause).__name__}\\n"', 'f"{cause!r}\\n"',
        ("tests/acceptance/test_hardships.py", "-k", "fault_is_reported"),
    ),
    Control(
        "a crash leaves no memory on the disk", "core/system.py",
        "resource.setrlimit(resource.RLIMIT_CORE, (most, most))", "pass",
        ("tests/acceptance/test_nothing_left.py", "-k", "crashes"),
    ),
)  # fmt: skip


def is_noticed(control: Control, copy: Path) -> bool:
    """Run the tests that should notice, on a copy without the control."""
    path = copy / "tisu_tui" / control.file
    whole = path.read_text(encoding="utf-8")
    if whole.count(control.code) != 1:
        raise SystemExit(f"{control.name}: its code is not once in {control.file}; say here what it is now")
    path.write_text(whole.replace(control.code, control.instead), encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-qx", "-n", "0", "-p", "no:cacheprovider", "--timeout=45",
             *control.tests],
            cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        path.write_text(whole, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise SystemExit(f"{control.name}: its tests could not be run\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.returncode == 1


def main() -> int:
    """Take them out one by one, and say what came of each."""
    words = sys.argv[1:]
    wanted = [each for each in CONTROLS if not words or any(word in each.name for word in words)]
    found: dict[str, bool] = {}
    with tempfile.TemporaryDirectory(prefix="tisu-removed-") as name:
        for part in PARTS:
            whole = ROOT / part
            if whole.is_dir():
                shutil.copytree(whole, Path(name) / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(whole, Path(name) / part)
        for control in wanted:
            found[control.name] = is_noticed(control, Path(name))
            print("noticed    " if found[control.name] else "NOT NOTICED", control.name, flush=True)
    return 0 if all(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
