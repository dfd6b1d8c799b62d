"""Runs the programme of `docs/reliability.md`, row by row, and writes what came of it there.

`python benchmarks/reliability.py --help`. The short form is what `make test` runs; the long one takes hours.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reliability.md"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what is done, the tests that do it or the script that does, and what counts as passed."""

    name: str
    done: str
    passes: str
    tests: tuple[str, ...] = ()
    script: tuple[str, ...] = ()
    p99: int = 0
    """Milliseconds that the p99 among its figures may be, where it has one."""


ROWS = (
    Row(
        "power loss",
        "500 lives (long: 200,000) on a simulated disk that keeps or loses each unsynced sector and name; "
        "four planted bugs",
        "0 lost, 0 invented, 0 unreadable; each planted bug found in half of 200 lives",
        ("tests/store/test_power_loss.py",),
    ),
    Row(
        "kill -9",
        "a real host, six people over SSH who answer and change their minds, killed 20 times (long: 1,000)",
        "every answer that said “Recorded” is there for that person",
        ("tests/acceptance/test_killed_often.py", "tests/store/test_real_disk.py"),
    ),
    Row(
        "failing disk, clock, sleep",
        "every file call fails in turn; a real host whose disk is full, read-only, out of descriptors or failing; "
        "its clock set back and forward by 400 days; stopped for half a second (long: a minute)",
        "nothing recorded is lost, every screen and every newcomer is told what to do, saving goes on where it may",
        ("tests/store/test_atomic.py", "tests/acceptance/test_recovering.py"),
    ),
    Row(
        "changed bytes",
        "bytes of sealed sessions, notes, data and pictures are changed",
        "each change is found and named",
        ("tests/cli/test_verify.py",),
    ),
    Row(
        "model of a session",
        "people join, answer, leave, come back and everything is pressed in any order, 12 histories (long: 20,000); "
        "6 in which the host dies twice (long: 10,000, of 100 people)",
        "each recorded answer counts once, what is stored is what is shown",
        ("tests/room/test_laws.py",),
    ),
    Row(
        "load, and a bad network",
        "100 people join and answer at once, 20 more over a proxy with 150 ± 50 ms that cuts off a quarter; one "
        "reads nothing, one sends a byte (long: 300, and 50 at 300 ± 100 ms)",
        "100 % joined and counted; others' p99 ≤ 500 ms",
        ("tests/acceptance/test_a_crowd.py",),
        p99=500,
    ),
    Row(
        "floods and fast typists",
        "three people send without end, at a screen, in lines and at a laptop; others paste, dictate, hold keys",
        "no letter is lost, floods get half of the time at most (waits: performance.md)",
        ("tests/acceptance/test_fast_typists.py", "tests/ssh/test_door.py"),
    ),
    Row(
        "hostile SSH",
        "2,000 mutated handshakes (long: 20,000), 300 half-open, endless packets, guesses, unsigned keys, exec, sftp, "
        "forwarding, thousands of variables; ten people who send junk",
        "host up, others answer, nothing left behind",
        (
            "tests/ssh/test_mutated_handshakes.py",
            "tests/ssh/test_signing_in.py",
            "tests/test_pinned_libraries.py",
            "tests/acceptance/test_hostile_people.py",
        ),
    ),
    Row(
        "auditor and other clients",
        "ssh-audit looks at the door; paramiko, OpenSSH, PuTTY and Dropbear come in",
        "0 fails, and no warning but that older exchanges are not post-quantum",
        (
            "tests/ssh/test_as_others_see_it.py",
            "tests/ssh/test_door.py",
            "-k",
            "openssh or clients or auditor or paramiko",
        ),
    ),
    Row(
        "hostile text",
        "20,000 texts, every code point, every command over hostile notes, pages, names and folders (long: 250 times)",
        "0 bytes that act on a terminal, no crash",
        ("tests/test_text.py", "tests/cli/test_what_is_printed.py", "tests/notes/test_hostile_pages.py"),
    ),
    Row(
        "workshop files",
        "80 spoiled copies of the library (long: 20,000), deep and long files",
        "problems with their lines, no traceback, time in proportion",
        ("tests/workshop/test_hostile_files.py",),
    ),
    Row(
        "privacy",
        "small rooms laid out whole, linkage, differencing, fourteen leaks of other tools (long: more rooms and seeds)",
        "no more than privacy.md says",
        ("tests/privacy",),
    ),
    Row(
        "chains of requests",
        "4 chains of two to six sessions (long: 500): notes edited, two laptops, lost ones, notes in another language",
        "no request is lost, doubled or called unanswered; paper, actions, follow and form name the same ones",
        ("tests/cli/test_requests_in_chains.py",),
    ),
    Row(
        "doors elsewhere",
        "12 people (long: 60) at the host's own door and two others over NATS, while a door is killed, NATS restarted, "
        "the host killed and a network cut for 3 s (long: 5 and 60 s); 2 sessions (long: 20) through two doors",
        "every answer that said “Recorded” counts once, everybody is back soon, and nothing in between can be read",
        (
            "tests/acceptance/test_doors_over_nats.py",
            "tests/acceptance/test_a_door_for_many.py",
            "tests/doors/test_nats_links.py",
        ),
    ),
    Row(
        "removed controls",
        "24 controls are taken out of a copy, one at a time",
        "a test notices each",
        script=("tests/removed_controls.py",),
    ),
)
LONG_ONLY = (
    Row(
        "the whole library",
        "each workshop in each size and mood to its notes, and every View of it through the codec of doors",
        "no vote opens empty, no sentence is untrue, everything comes through whole",
        ("tests/rehearsal/test_moods.py", "tests/doors/test_codec.py"),
    ),
    Row(
        "an hour of 500",
        "500 people, of whom 5 % leave and are followed by others each minute",
        "memory grows by 1 MiB in ten minutes at most, no task and no descriptor is left",
        script=("benchmarks/churn.py",),
    ),
)


def _run(row: Row, share: float) -> tuple[bool, str]:
    """Run a row, or this share of its long form where it is not 0; gives whether it passed, and what it found."""
    begun, is_long = monotonic(), share > 0
    environment = {**os.environ, **({"TISU_SOAK": str(share)} if is_long else {})}
    if row.script:
        script = subprocess.run(
            [sys.executable, *row.script], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
        )
        found = [line for line in script.stdout.splitlines() if line.strip()]
        noticed = sum(line.startswith("noticed") for line in found)
        figure = f"{noticed} of {len(found)} noticed" if noticed else found[-1] if found else "it said nothing"
        return script.returncode == 0, f"{figure}; {monotonic() - begun:.0f} s"
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        workers = ("-n", "2") if len(row.tests) > 1 or is_long else ("-n", "0")
        command = (
            sys.executable,
            "-m",
            "pytest",
            "-q",
            *workers,
            *(("--timeout=0",) if is_long else ()),
            "-o",
            "junit_family=xunit1",
            f"--junitxml={report.name}",
        )
        tests = subprocess.run(
            [*command, *row.tests], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False
        )
        cases = [*ET.parse(report.name).getroot().iter("testcase")]
    skipped = sum(each.find("skipped") is not None for each in cases)
    figures = [
        each.get("value", "") for case in cases for each in case.iter("property") if each.get("name") == "figure"
    ]
    run = len(cases) - skipped
    count = f"{run} test{'' if run == 1 else 's'}" + (f", {skipped} skipped" if skipped else "")
    if share < 1 and is_long:
        figures.append(f"{share:.0%} of the long form")
    return tests.returncode == 0, "; ".join((*figures, f"{count}, {monotonic() - begun:.0f} s"))


def _line(row: Row, found: str, verdict: str) -> str:
    return f"| {row.name} | {row.done} | {row.passes} | {found} | {verdict} | {dt.date.today().isoformat()} |"


def _put(line: str, name: str, *, is_long: bool) -> None:
    """Put a row in its place on the page."""
    text = PAGE.read_text(encoding="utf-8")
    short, mark, long = text.partition("\n## Long runs\n")
    part = long if is_long else short
    new, number = re.subn(rf"^\| {re.escape(name)} \|.*$", lambda _found: line, part, flags=re.MULTILINE)
    if number != 1:
        raise SystemExit(f"{PAGE}: no line for {name}")
    PAGE.write_text(short + mark + new if is_long else new + mark + long, encoding="utf-8")


def main() -> int:
    """Run rows, say what came of each, and put it on the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    names = [each.name for each in (*ROWS, *LONG_ONLY)]
    parser.add_argument("--long", action="store_true", help="the long form, which takes hours")
    parser.add_argument("--row", action="append", choices=names, help="only this row; may be given several times")
    parser.add_argument("--share", type=float, default=1.0, help="how much of the long form, of one")
    wishes = parser.parse_args()
    has_failed = False
    for row in (*ROWS, *(LONG_ONLY if wishes.long else ())):
        if wishes.row and row.name not in wishes.row:
            continue
        passed, found = _run(row, wishes.share if wishes.long else 0.0)
        if row.p99:
            late = re.search(r" / (\d+) ms", found)
            passed = passed and late is not None and int(late[1]) <= row.p99
        has_failed = has_failed or not passed
        print(f"{'passed' if passed else 'FAILED'}  {row.name}: {found}", flush=True)
        _put(_line(row, found, "passed" if passed else "**failed**"), row.name, is_long=wishes.long)
    return int(has_failed)


if __name__ == "__main__":
    sys.exit(main())
