"""Chains of sessions of one team, made by chance: what it asks of senior management, and what comes of it."""

from __future__ import annotations

import datetime as dt
import gettext
import random
import re
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

from rooms import workshop_of

from tisu_tui.cli._earlier import begin, read_promises
from tisu_tui.cli._options import Where
from tisu_tui.cli._team_page import mark_promise, read_form
from tisu_tui.core.later import ANSWERS, VISIBLE, Seen, Status, is_request, may_follow
from tisu_tui.core.records import RecordKind
from tisu_tui.core.released import Released
from tisu_tui.core.size import Way
from tisu_tui.core.translation import add_language
from tisu_tui.memory.due import status_words
from tisu_tui.memory.promises import Promise, promises
from tisu_tui.notes.kept import read_notes
from tisu_tui.notes.paper import paper, reply
from tisu_tui.notes.saving import replace_file, save
from tisu_tui.notes.write import render
from tisu_tui.room.laptops import Laptops
from tisu_tui.room.transaction import Transaction
from tisu_tui.room.writing import record
from tisu_tui.session import changes
from tisu_tui.session.outcomes import Done
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile

DAY = dt.date(2026, 1, 12)
BY = "2027-06-01"
STEPS = {
    "follow": "## What became of it?\n\n`follow` `id back`\n\n",
    "answers": "## Which answers are there?\n\n`answers` `id heard`\n\n",
    "escalate": "## What do we ask for?\n\n`escalate` `id ask`\n\n",
}
END = "## The end\n\n`close`\n"
LABELS = {
    Status.AGREED: "agreed",
    Status.IN_PART: "agreed in part",
    Status.NOT_AGREED: "not agreed, because",
    Status.MORE: "we need to know more",
}


def workshop(kinds: tuple[str, ...]) -> Workshop:
    front = "---\ntisu: 1\ntitle: Each month\n---\n\n"
    return workshop_of(front + "".join(STEPS[kind] for kind in kinds) + END, "month.md")


@dataclass
class Asked:
    """What is known of one request to somebody who was always there."""

    text: str
    status: Status = Status.ASKED
    answered: bool = False
    due: str = ""

    def say(self, status: Status) -> None:
        if may_follow(self.status, status):
            self.status = status
        self.answered = self.answered or status in ANSWERS


@dataclass
class Team:
    """One team with two laptops and one folder of notes, and what really happened."""

    folder: Path
    chance: random.Random
    asked: dict[str, Asked] = field(default_factory=dict)
    sessions: list[Session] = field(default_factory=list)
    did: list[str] = field(default_factory=list)
    """What was done, in order, to be read where a law is broken."""
    visible: dict[str, str | None] = field(default_factory=dict)
    """What people were told they would see, and what was said of that last; None until it was looked at."""
    finished: set[str] = field(default_factory=set)
    number: int = 0
    script: tuple[tuple[RecordKind, str], ...] | None = None
    """What is typed in the next session; without, chance says."""
    days: int = 0
    """How many days have gone by since the last session."""

    @property
    def exports(self) -> Path:
        return self.folder / "exports"

    def laptop(self) -> Path:
        """One of the two, mostly the first."""
        return self.folder / ("one" if self.script is not None else self.chance.choice(["one", "one", "two"]))

    @property
    def day(self) -> dt.date:
        return DAY + dt.timedelta(days=30 * self.number)

    def types(self, *said: tuple[RecordKind, str]) -> Session:
        """Hold a session on the first laptop in which these things are typed, and nothing else."""
        self.script = said
        return self.meets(("escalate",), elsewhere=False)

    def _later(self) -> str:
        self.days += 2
        return (self.day + dt.timedelta(days=self.days)).isoformat()

    def meets(self, kinds: tuple[str, ...] = (), elsewhere: bool | None = None) -> Session:
        """Hold a session to its sealed notes."""
        self.number += 1
        self.days = 0
        kinds = kinds or self.chance.choice(
            [("follow", "escalate"), ("answers", "escalate"), ("escalate", "answers"), ("escalate",), ("follow",)]
        )
        data = DataFolder(self.laptop())
        fresh = Session(f"s{self.number}", self.day.isoformat(), workshop(kinds))
        session = begin(data, fresh, self.exports)
        self.did.append(f"session {fresh.id} on {data.path.name}: {' '.join(kinds)}")
        for at, kind in enumerate(kinds):
            session = self._step(session, at, kind)
        session = changes.sealed(changes.moved(session, len(session.workshop.steps)))
        with data.lock(session.id):
            file = SessionFile(data.session_file(session.id), self.day)
            file.save(session)
            file.close()
        self._write(session, elsewhere=self.chance.random() < 0.2 if elsewhere is None else elsewhere)
        self.sessions.append(session)
        return session

    def _write(self, session: Session, *, elsewhere: bool) -> None:
        """Write the notes, now and then by a tisu that speaks another language."""
        if not elsewhere:
            save(render(session), self.exports)
            return
        self.did.append("its notes are in another language")
        add_language("xx", Altered())
        files = render(replace(session, workshop=replace(session.workshop, language="xx")))
        save(files, self.exports)

    def _step(self, session: Session, at: int, kind: str) -> Session:
        session = changes.moved(session, at)
        step = session.workshop.steps[at]
        options = session.options(step)
        session = changes.opened(session, 6, options)
        for typed, text in self.script or ():
            session = self._typed(session, typed, text)
        if self.script is not None:
            return _closed(session)
        form = session.form(6)
        for option in options:
            if option.id in self.visible and self.chance.random() < 0.5:
                session = self._looks_at(session, option.id)
        for option in options:
            if option.id in self.asked:
                session = self._entered(session, option.id, [each.id for each in form.field(option.id).options])  # type: ignore[union-attr]  # it is there
        if kind == "escalate":
            if self.chance.random() < 0.4:
                text = f"Show number {len(self.visible) + 1} @lea 2027-01-15 #visible"
                session = self._typed(session, RecordKind.ACTION, text)
                self.visible[f"{session.id}.{session.records[-1].id}"] = None
            for _n in range(self.chance.choice([0, 1, 1, 2])):
                session = self._asks(session)
        for _n in range(self.chance.choice([0, 0, 1])):
            session = self._by_word(session)
        return _closed(session)

    def _looks_at(self, session: Session, name: str) -> Session:
        """Say where something that people would see stands, and now and then whether they have."""
        status = self.chance.choice([Status.UNDER_WAY, Status.DONE])
        seen = self.chance.choice(["", *Seen])
        self.visible[name] = seen
        self.finished |= {name} if status is Status.DONE else set()
        self.did.append(f"in the room: {name} {status} {seen}")
        session = changes.entered(session, name, (status,))
        return changes.entered(session, f"{name}:seen", (seen,)) if seen else session

    def _entered(self, session: Session, name: str, choices: list[str]) -> Session:
        chosen = self.chance.choice(choices)
        if chosen == "left" or self.chance.random() < 0.3:
            return session
        status = Status(chosen)
        session = changes.entered(session, name, (chosen,))
        if status is not Status.ASKED:
            session = changes.entered(session, f"{name}:words", (self._words(),))
        if status in {Status.ASKED, Status.MORE, Status.AGREED}:
            session = changes.entered(session, f"{name}:by", (BY,))
        self.did.append(f"in the room: {name} {chosen}")
        self.asked[name].say(status)
        return session

    def _words(self) -> str:
        return f"{self.chance.choice(['From spring', 'No money', 'How many'])} {self.chance.randrange(10**6)}"

    def _typed(self, session: Session, kind: RecordKind, text: str) -> Session:
        tx = Transaction(session, None, Laptops(lambda _turn: None), self.chance, seats=dict.fromkeys("abcdef", 1))
        outcome = record(tx, kind, text)
        assert isinstance(outcome, Done), (outcome, text)
        self.did.append(f"{kind.value} {text}")
        return tx.session

    def _asks(self, session: Session) -> Session:
        open_ones = [name for name, each in self.asked.items() if each.status.is_open and self._knows(session, name)]
        if open_ones and self.chance.random() < 0.3:
            name = self.chance.choice(open_ones)
            self.asked[name].say(Status.ASKED)
            return self._typed(session, RecordKind.ASK, f"{self.asked[name].text.upper()}! @board {BY}")
        text = f"Ask number {len(self.asked) + 1}"
        session = self._typed(session, RecordKind.ASK, f"{text} @board 2026-12-15")
        self.asked[f"{session.id}.{session.records[-1].id}"] = Asked(text)
        return session

    def _knows(self, session: Session, name: str) -> bool:
        """Whether the laptop of the session knew a request when it began."""
        return name.startswith(f"{session.id}.") or name in {request.id for request in session.requests}

    def _by_word(self, session: Session) -> Session:
        known = [name for name in self.asked if self._knows(session, name)]
        if not known:
            return session
        name = self.chance.choice(known)
        if self.chance.random() < 0.3:
            self.asked[name].say(Status.ASKED)
            return self._typed(session, RecordKind.REASK, f"{name} {BY}")
        status = self.chance.choice(ANSWERS)
        self.asked[name].say(status)
        return self._typed(session, RecordKind.ANSWER, f"{name} {status_words(status)} {self._words()} {BY}")

    def sends_a_form(self) -> None:
        """Have a manager fill in the form of the last session, and read it."""
        session = self.sessions[-1]
        forms = reply(session, [promise.request for promise in self.now() if promise.is_request])
        if not forms:
            return
        (text,) = (form.decode() for form in forms.values())
        is_answered = False
        for name in re.findall(r"<!-- ask ([\w.-]+) -->", text):
            full = name if "." in name else f"{session.id}.{name}"
            if self.chance.random() < 0.6:
                status = self.chance.choice(ANSWERS)
                start = text.index(f"<!-- ask {name} -->")
                before, section = text[:start], text[start:]
                section = section.replace(f"- [ ] {LABELS[status]}\n", f"- [x] {LABELS[status]}\n", 1)
                section = section.replace("tell you:", f"tell you: {self._words()}", 1)
                text = before + section
                self.asked[full].say(status)
                self.did.append(f"form: {full} {status}")
                is_answered = True
        if not is_answered:
            return
        path = self.folder / "form.md"
        path.write_text(text, encoding="utf-8")
        where = Where(None, self.exports, self.folder / "one")
        read_form(where, path, self._later())

    def marks_on_the_page(self) -> None:
        """Say on the command line where a request stands."""
        name = self.chance.choice([*self.asked])
        status = self.chance.choice([*ANSWERS, Status.WITHDRAWN, Status.DONE])
        where = Where(None, self.exports, self.folder / "one")
        # A reason and words are two options, and either may be given.
        said = self.chance.choice([("", self._words()), (self._words(), ""), (self._words(), self._words())])
        mark_promise(where, name, status_words(status), said, self._later())
        self.asked[name].say(status)
        self.did.append(f"page: {name} {status}")

    def edits_notes(self) -> None:
        """Write an answer into the last notes by hand, or the next day of a request, and let an editor have its way."""
        session = self.sessions[-1]
        (path,) = self.exports.glob(f"*-{session.id}.md")
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"^  - (.*?: )([^\n]*?) (<!-- reply ([\w.]+) -->)$", text, re.MULTILINE)
        for before, said, mark, name in found:
            full = name if "." in name else f"{session.id}.{name}"
            if self.chance.random() < 0.5:
                status = self.chance.choice([Status.AGREED, Status.NOT_AGREED])
                # Without a day it counts from the session, before what the page says of a later day.
                day = f" ({self._later()})" if self.days else ""
                by_hand = f"  - You said: {LABELS[status]}: {self._words()}{day} {mark}"
                text = text.replace(f"  - {before}{said} {mark}", by_hand)
                self.asked[full].say(status)
                self.did.append(f"notes of {session.id}: {full} {status}")
        replace_file(path, re.sub(r"^- ", "* ", text, flags=re.MULTILINE).replace("\n", "\r\n").encode())

    def loses_a_store(self) -> None:
        name = self.chance.choice(["one", "two"])
        shutil.rmtree(self.folder / name, ignore_errors=True)
        self.did.append(f"laptop {name} is lost")

    def between(self) -> None:
        """Do one thing between two sessions."""
        deeds = [self.sends_a_form, self.edits_notes, self.loses_a_store]
        deeds += [self.marks_on_the_page] if self.asked else []
        self.chance.choice(deeds)()

    def now(self) -> tuple[Promise, ...]:
        """Read what `tisu actions` reads on the first laptop."""
        return read_promises(DataFolder(self.folder / "one"), self.exports)

    def check(self) -> None:
        """See that the laws hold."""
        session = self.sessions[-1]
        known = [promise for promise in self.now() if promise.is_request]
        kept = read_notes(self.exports)
        alone = [promise for promise in promises(kept.pasts, kept.entries) if promise.is_request]
        for found in (known, alone):
            said = {promise.id: promise.status for promise in found}
            assert said.keys() == self.asked.keys(), "a request is lost, or doubled"
            assert len({promise.record.text.casefold() for promise in found}) == len(found), "a request is doubled"
            assert said == {name: each.status for name, each in self.asked.items()}, "an answer has not arrived"
        asked = [promise.request for promise in known]
        still_open = {promise.id for promise in known if promise.is_open}
        (text,) = (each.decode() for each in paper(session, asked).values())
        on_paper = {
            request.id for request in asked if f"**{request.text}**" in text.partition("## What was answered")[0]
        }
        assert on_paper == still_open, "the paper has other requests than `tisu actions`"
        assert ("Nothing is asked of you" in text) <= (not still_open)
        later = Session("later", (self.day + dt.timedelta(days=29)).isoformat(), workshop(("follow",)))
        later = begin(DataFolder(self.folder / "one"), later, self.exports)
        options = later.options(later.workshop.steps[0])
        followed = {option.id for option in options if is_request(option)}
        assert followed == still_open, "`follow` has other requests than `tisu actions`"
        told = {option.id for option in options if option.group == VISIBLE}
        assert told == self.visible.keys() - self.finished, "what people were told they would see is not asked after"
        looked = {name: said for name, said in self.visible.items() if said is not None}
        for every in (self.now(), promises(kept.pasts, kept.entries)):
            seen = {
                promise.id: promise.history[-1].seen for promise in every if promise.record.visible and promise.history
            }
            assert seen == looked, "what people have seen is lost"
        forms = reply(session, asked)
        on_form = {each for form in forms.values() for each in re.findall(r"<!-- ask ([\w.]+) -->", form.decode())}
        assert {each if "." in each else f"{session.id}.{each}" for each in on_form} == still_open


class Altered(gettext.NullTranslations):
    """A catalogue in which every text has other letters, and its fields stay."""

    _LETTERS = str.maketrans("aeioudnrst", "äéîöüđñřšť")

    def gettext(self, message: str) -> str:
        parts = re.split(r"(\{[^}]*\})", message)
        return "".join(part if n % 2 else part.translate(self._LETTERS) for n, part in enumerate(parts))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def _closed(session: Session) -> Session:
    return changes.showed(changes.closed(session, Released(1, Way.SMALL, "5–7")))


def play(folder: Path, seed: int) -> Team:
    """Play a chain of two to six sessions, and see after each that the laws hold."""
    team = Team(folder, random.Random(seed))
    for _session in range(team.chance.randint(2, 6)):
        team.meets()
        team.check()
        for _deed in range(team.chance.choice([0, 1, 1, 2])):
            team.between()
            team.check()
    return team
