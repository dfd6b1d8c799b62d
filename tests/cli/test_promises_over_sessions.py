"""What a team promised over three sessions, changed by hand and by command: never lost, made up or doubled."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from rooms import workshop_of

from tisu_tui.cli._earlier import begin, read_promises
from tisu_tui.cli._options import Where
from tisu_tui.cli._team_page import mark_promise
from tisu_tui.core.form import Option
from tisu_tui.core.later import OF_ACTIONS, Status
from tisu_tui.core.records import RecordKind
from tisu_tui.core.released import Released
from tisu_tui.core.size import Way
from tisu_tui.memory.due import status_words
from tisu_tui.memory.promises import Promise, promises
from tisu_tui.notes.kept import read_notes
from tisu_tui.notes.saving import save
from tisu_tui.notes.write import render
from tisu_tui.room.laptops import Laptops
from tisu_tui.room.transaction import Transaction
from tisu_tui.room.writing import record
from tisu_tui.session import changes
from tisu_tui.session.outcomes import Done
from tisu_tui.session.session import Session
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile

MONTHLY = (
    "---\ntisu: 1\ntitle: Each month\n---\n\n## What came of it?\n\n`follow` `id back`\n\n## Who does what?\n\n"
    "`actions` `id do`\n\n## The end\n\n`close`\n"
)
DAYS = ("2026-08-31", "2026-10-05", "2026-11-09")
SCRIBES = (
    "ring estates about the locks @sam fri",
    "NEW ROTA UP ON WALL @SAM FRIDAY",
    "Night team to write handover sheet by end of month",
    "Lea + Ben: new rota w/c 7 Dec",
    "Ask the landlord about the lift?? who",
    "@lea or @ben to ring the GP",
    "Invite Police, Housing and Health by 4 Dec",
    "Fix the buzzer (Urgent)",
    "Book room 5 @lea 1 dec 2pm",
    "Email estates (estates@trust.nhs.uk) re *locks* @sam 4 Dec",
    "see https://trust.nhs.uk/rota?d=2026-12-01 @kim",
    "get 🪴 for hallway @mo 🙏 by Fri",
    "fix the lift @lea (she's back fri)",
    "@night-shift / @day-shift read the _policy_ | form 4 dec",
)


@dataclass(frozen=True)
class Known:
    """What was promised, and where it stands."""

    text: str
    owner: str
    due: str
    status: Status = Status.NOT_STARTED
    again: str = ""


@dataclass
class Team:
    """A team, and what it knows that it promised."""

    folder: Path
    chance: random.Random
    known: dict[str, Known] = field(default_factory=dict)

    @property
    def data(self) -> DataFolder:
        return DataFolder(self.folder / "data")

    @property
    def exports(self) -> Path:
        return self.folder / "exports"

    def change(self, name: str, **changed: str) -> None:
        self.known[name] = replace(self.known[name], **changed)  # type: ignore[arg-type]  # a status is a string, too

    def check(self) -> None:
        """See that the data, and the notes alone, say what the team knows."""
        kept = read_notes(self.exports)
        assert all("its line is gone" in problem for problem in kept.problems)
        for found in (self.now(), {each.id: each for each in promises(kept.pasts, kept.entries)}):
            said = {name: (*_said(each), each.status) for name, each in found.items()}
            assert said == {name: (each.text, each.owner, each.due, each.status) for name, each in self.known.items()}

    def now(self) -> Mapping[str, Promise]:
        return {each.id: each for each in read_promises(self.data, self.exports)}

    def meets(self, number: int, lines: tuple[str, ...]) -> None:
        """Hold a session: what is open is followed up, something is promised again, and these lines are typed."""
        session = begin(self.data, Session(f"s{number}", DAYS[number], workshop_of(MONTHLY, "month.md")), self.exports)
        session = self._follows(changes.moved(session, 0))
        session = changes.opened(changes.moved(session, 1), 6, ())
        may = [name for name, each in self.known.items() if _is_open(each) and each.due and "@" not in each.text]
        for name in self.chance.sample(sorted(may), min(2, len(may))):
            session = self._types(session, f"{self.known[name].text} — @new, due 2027-07-07")
            self.change(name, again=f"{session.id}.{session.records[-1].id}")
        for line in lines:
            session = self._types(session, line)
        session = _closed(session)
        session = changes.sealed(changes.moved(session, len(session.workshop.steps)))
        with self.data.lock(session.id):
            file = SessionFile(self.data.session_file(session.id), dt.date.fromisoformat(session.date))
            file.save(session)
            file.close()
        save(render(session), self.exports)

    def _follows(self, session: Session) -> Session:
        options = session.options(session.workshop.steps[0])
        names = [option.id for option in options]
        assert sorted(names) == sorted(name for name, each in self.known.items() if _is_open(each))
        session = changes.opened(session, 6, options)
        for name in names:
            if (status := self.chance.choice(["", *OF_ACTIONS])) and status is not Status.NORMAL:
                session = changes.entered(session, name, (status,))
                session = changes.entered(session, f"{name}:way", ("No key on Friday, ask @lea",))
                self.change(name, status=Status(status))
        return _closed(session, options)

    def _types(self, session: Session, line: str) -> Session:
        tx = Transaction(session, None, Laptops(lambda _turn: None), self.chance, seats=dict.fromkeys("abcdef", 1))
        assert isinstance(record(tx, RecordKind.ACTION, line), Done)
        made = tx.session.records[-1]
        self.known[f"{session.id}.{made.id}"] = Known(made.text, made.owner, made.due)
        return tx.session

    def edits_notes(self, number: int) -> None:
        """Tick, reword, hand on, move or delete lines of the last notes, and add one."""
        (path,) = self.exports.glob(f"*-s{number}.md")
        lines = []
        for line in path.read_text(encoding="utf-8").split("\n"):
            found = re.fullmatch(r"- \[ \] .* <!-- action (a\d+) -->", line)
            edited = self._edited(line, f"s{number}.{found[1]}") if found else line
            lines += [edited] if edited or not found else []
        last = max(n for n, line in enumerate(lines) if "<!-- action a" in line)
        lines.insert(last + 1, f"- [ ] Written by hand {number} @ivy by 5 June 2027")
        path.write_text("\n".join(lines), encoding="utf-8")
        (name,) = self.now().keys() - self.known.keys()
        self.known[name] = Known(f"Written by hand {number}", "ivy", "2027-06-05")

    def _edited(self, line: str, name: str) -> str:
        known = self.known[name]
        match self.chance.choice(["", "tick", "owner", "due", "words", "gone"]):
            case "tick":
                self.change(name, status=Status.DONE)
                return line.replace("- [ ]", "* [X]")
            case "owner" if known.owner and "," not in known.owner:
                self.change(name, owner="zoe")
                return line.replace(f" — @{known.owner}", " — @zoe")
            case "due" if known.due:
                self.change(name, due="2027-05-03")
                return re.sub(r", due [^,]* <!--", ", due Mon 3 May 2027 <!--", line)
            case "words":
                self.change(name, text=f"Also {known.text}")
                return line.replace("- [ ] ", "- [ ] Also ")
            case "gone":
                del self.known[name]
                for other in (other for other, each in self.known.items() if each.again == name):
                    self.change(other, again="")
                return ""
        return line

    def marks(self, number: int) -> None:
        """Say on the command line where some stand, and write a new one on the page by hand."""
        day = dt.date.fromisoformat(DAYS[number]) + dt.timedelta(days=5)
        for name in self.chance.sample(sorted(self.known), 3):
            status = self.chance.choice([Status.DONE, Status.UNDER_WAY, Status.STUCK, Status.DROPPED])
            where = Where(None, self.exports, self.folder / "data")
            mark_promise(where, name, status_words(status), ("", "no money"), day.isoformat())
            self.change(name, status=status)
        page = self.exports / "actions.md"
        line = f"\n- [ ] Paint door {number} @mo by 5 June 2027\n  - {day}: not started\n"
        page.write_text(page.read_text(encoding="utf-8") + line, encoding="utf-8")
        (name,) = self.now().keys() - self.known.keys()
        self.known[name] = Known(f"Paint door {number}", "mo", "2027-06-05")


def _closed(session: Session, options: tuple[Option, ...] = ()) -> Session:
    assert session.round is not None
    released = Released(1, Way.SMALL, "5–7", options=options, entries=session.round.entries)
    return changes.showed(changes.closed(session, released))


def _said(promise: Promise) -> tuple[str, str, str]:
    return promise.record.text, promise.record.owner, promise.record.due


def _is_open(known: Known) -> bool:
    return known.status.is_open and not known.again


@pytest.mark.parametrize("seed", range(4))
def test_what_was_promised_is_never_lost_made_up_or_doubled(seed: int, tmp_path: Path) -> None:
    team = Team(tmp_path, random.Random(seed))
    for number in range(len(DAYS)):
        team.meets(number, SCRIBES if number == 0 else (f"Tidy up after {number} @lea by 5 June 2027",))
        team.check()
        team.edits_notes(number)
        team.check()
        team.marks(number)
        team.check()
