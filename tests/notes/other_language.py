"""Writes notes in a language that nobody speaks, in which every sentence of ours reads differently.

Run as a program: it prints pairs of what a session left and its notes, pickled, as one line of base64.
"""

from __future__ import annotations

import base64
import gettext
import pickle
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tisu_tui.core.translation import add_language, speaking
from tisu_tui.memory.past import Past

_LETTERS = str.maketrans("aeioudnrst", "äéîöüđñřšť")


class Altered(gettext.NullTranslations):
    """A catalogue in which every text has other letters, and its fields stay."""

    def gettext(self, message: str) -> str:
        parts = re.split(r"(\{[^}]*\})", message)
        return "".join(part if n % 2 else part.translate(_LETTERS) for n, part in enumerate(parts))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def written_elsewhere() -> list[tuple[Past, str]]:
    """Give what sessions left, and their notes, written by a tisu that speaks the other language."""
    done = subprocess.run(
        [sys.executable, __file__], cwd=Path(__file__).parent, capture_output=True, check=True, timeout=120
    )
    pairs: list[tuple[Past, str]] = pickle.loads(base64.b64decode(done.stdout))
    return pairs


def _main() -> None:
    add_language("xx", Altered())
    with speaking("xx"):
        _write_pairs()


def _write_pairs() -> None:
    from any_session import sessions
    from build import aloud_room, full_room, small_room
    from hypothesis import HealthCheck, given, settings

    from tisu_tui.core.later import Request
    from tisu_tui.core.records import Kept, RecordKind
    from tisu_tui.memory.past import past
    from tisu_tui.notes.write import render
    from tisu_tui.session.session import Session

    pairs: list[tuple[Past, str]] = []

    def write(session: Session) -> None:
        # Notes are in the language of the workshop.
        session = replace(session, workshop=replace(session.workshop, language="xx"))
        (text,) = (content for name, content in render(session).items() if "/" not in name)
        pairs.append((past(session), text.decode()))

    concerned = full_room()
    concern = Kept("c9", RecordKind.CONCERN, "Nobody is on the desk")
    waits = Request("5abc.q1", "A second phone", "board", "2026-10-02", "2026-12-15")
    concerned = replace(concerned, records=(*concerned.records, concern), requests=(waits,))
    for session in (concerned, small_room(), aloud_room()):
        write(session)
    given(sessions())(
        settings(deadline=None, max_examples=25, derandomize=True, database=None, suppress_health_check=[*HealthCheck])(
            write
        )
    )()
    sys.stdout.write(base64.b64encode(pickle.dumps(pairs)).decode())


if __name__ == "__main__":
    _main()
