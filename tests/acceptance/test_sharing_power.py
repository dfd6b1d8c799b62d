"""Leaders, staff and people with lived experience decide one thing together: eighteen, nine, and four aloud."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from openssh import Lines, a_host
from voting import Script, Voter, lead, voters

IDEAS = "What would you like us to decide differently?"
FIRST, SECOND = "Which of these could you support?", "Which of these could you support now?"
ROLE = "Which of these do you mostly speak from today?"
CONSENT = "Shall we try it for three months?"
REASON = "Would you like to add a few words? You need not."
HARM = "Nights would have nobody who knows the ward"
AGREE, WORRY, OBJECT = "1", "2", "4"
TOO_FEW = "There are too few of us to compare roles, so we won't ask yours."
GAP = (
    "People in different roles see this differently. Let's listen before we decide. You need not say how you answered."
)
ALOUD = "Let's check aloud: is each voice here, and was it heard? Leader, staff, lived experience."
LAST = "Anyone may start. If you manage people, please speak later."


class Member:
    """One of a team: the number of their role, what they choose before and after the talk, and whether they object."""

    def __init__(self, role: int, before: str, after: str, *, objects: bool) -> None:
        self._role, self._choices, self._objects = role, (before, after), objects

    def says(self, title: str, times: int) -> Sequence[str]:
        """Answer a question, passing most."""
        if title == ROLE:
            return [str(self._role)]
        if title in {FIRST, SECOND}:
            return [self._choices[title == SECOND]]
        if title == IDEAS:
            return ["> Who works which night", ""]
        if title == CONSENT:
            return [OBJECT if self._objects and times == 1 else AGREE]
        if title == REASON and times == 1:
            return [f"> {HARM}"] if self._objects else ["p"]
        return ["p"]


def team(people: int, objector: int) -> list[Member]:
    """Make a team of as many leaders, staff and people with lived experience, who come closer as they talk."""
    before = ("1", "1 2", "1 3")
    found = []
    for n in range(people):
        far = n >= people - 3
        found.append(Member(n % 3 + 1, "2 3" if far else before[n % 3], "1 2" if far else "1", objects=n == objector))
    return found


AMENDED = ["again", "option 1: Share the night rota, with a ward nurse on each night"]
LED: Script = {
    (IDEAS, "closed"): [["theme Share the night rota: 1 2", "theme Meet before the shift: 3", "theme A quiet room: 4"]],
    (CONSENT, "closed"): [["keep all"]],
    (CONSENT, "shown"): [AMENDED],
}


async def played(folder: Path, people: Sequence[Member], script: Script) -> tuple[str, list[Voter], Lines]:
    async with a_host(folder, "sharing-power") as host, voters(host, [person.says for person in people]) as everybody:
        async with Lines(host.way_in("facilitator+plain", "-T")) as desk:
            path = await lead(desk, everybody, script)
            return path.read_text(encoding="utf-8"), everybody, desk


def heard_as_result(voter: Voter, title: str, which: int = 1) -> str:
    """Find what somebody was read as a result of a step, the first, second … time."""
    heard = "\n".join(voter.lines.heard)
    ends = "Waiting|Question: |Result: |The end"
    found = re.findall(rf"^Result: {re.escape(title)}\n(.*?)^(?:{ends})", heard, re.MULTILINE | re.DOTALL)
    return str(found[which - 1])


def section(notes: str, title: str) -> str:
    """Find what the notes say of one step."""
    return notes.partition(f". {title}\n\n")[2].partition("\n## ")[0]


async def test_eighteen_are_too_few_for_roles_and_carry_what_was_amended(tmp_path: Path) -> None:
    notes, everybody, _desk = await played(tmp_path, team(18, objector=7), LED)
    heard = "\n".join(everybody[0].lines.heard)
    assert ROLE not in heard
    assert heard.count(TOO_FEW) == 2
    assert LAST in heard
    second = heard_as_result(everybody[0], SECOND)
    # Both rounds are there: what came of them, the last first, and the numbers for whoever wants to hear more.
    assert second.startswith("Round 2: “Share the night rota” was chosen most.\n")
    assert "\nRound 1: “Share the night rota” was chosen most.\n" in second
    assert re.search(r"Share the night rota\W+15\W+18", section(notes, SECOND))
    assert "A worry has been raised. It is now for all of us to solve." in heard_as_result(everybody[0], CONSENT)
    assert "Round 2: “Share the night rota, with a ward nurse on each night”: Carried." in notes
    assert f"Kept beside it: {HARM}" in notes


SENT_BACK: Script = {
    **LED,
    (CONSENT, "shown"): [AMENDED, ["send-back The bank staff are not asked yet 2026-12-20", "again"]],
}


async def test_nine_are_asked_for_no_role_and_decide_again_what_leaders_sent_back(tmp_path: Path) -> None:
    """Three leaders, four staff and two people with lived experience."""

    people = [Member(role, "1 2", "1", objects=n == 4) for n, role in enumerate((1, 1, 1, 2, 2, 2, 2, 3, 3))]
    notes, everybody, _desk = await played(tmp_path, people, SENT_BACK)
    heard = "\n".join(everybody[0].lines.heard)
    assert ROLE not in heard
    assert heard.count(TOO_FEW) == 2
    assert ALOUD in heard_as_result(everybody[0], FIRST)
    assert "By role" not in heard + notes
    consent = section(notes, CONSENT)
    # No number of people stands anywhere: one would be the number of those who objected.
    assert "Where people stand" not in notes
    assert "Round 1: “Share the night rota”: A worry was raised." in consent
    assert "Round 3: “Share the night rota, with a ward nurse on each night”: Carried." in consent
    assert "Their reasons: The bank staff are not asked yet. We answer by 20 December 2026." in heard
    assert "The bank staff are not asked yet" in notes
    assert f"Kept beside it: {HARM}" in notes


SPOKEN: Script = {
    (IDEAS, "open"): [["Share the night rota", "Meet before the shift", ""]],
    (FIRST, "open"): [["1 2"]],
    (SECOND, "open"): [["1"]],
    (CONSENT, "open"): [["3", HARM], ["2", "Try it first on one ward"]],
    (CONSENT, "shown"): [AMENDED],
}


async def test_four_decide_aloud_and_leave_the_same_record(tmp_path: Path) -> None:
    notes, everybody, _desk = await played(tmp_path, team(4, objector=9), SPOKEN)
    heard = "\n".join(everybody[0].lines.heard)
    assert ROLE not in heard
    assert "Answer:" not in heard
    assert f"Talk: We go round. Each person speaks or passes. The scribe enters where we end up. {LAST}" in heard
    assert ALOUD in heard_as_result(everybody[0], FIRST)
    assert "Round 1: “Share the night rota”: A worry is raised, so it is not carried yet." in notes
    carried = "“Share the night rota, with a ward nurse on each night”: Carried, with worries kept."
    assert f"Round 2: {carried}" in notes
    summary = notes.partition("## What we agreed")[2].partition("\n## ")[0]
    assert carried in summary
    assert f"Kept beside it: {HARM}" in summary
    assert "Kept beside it: Try it first on one ward" in summary


async def left_by(folder: Path, objector: int) -> tuple[dict[str, str], list[list[str]]]:
    """Play nine people of whom one objects; gives every file, and what the facilitator and all others were told."""
    folder.mkdir()
    people = [Member(role, "1", "1", objects=n == objector) for n, role in enumerate((1, 1, 1, 2, 2, 2, 2, 3, 3))]
    notes, everybody, desk = await played(folder, people, LED)
    session = str(re.search(r'^tisu-session: "(\w+)"', notes, re.MULTILINE)[1])  # type: ignore[index]  # all notes have it
    code = str(re.search(r" (\w+)@127", "\n".join(desk.heard))[1])  # type: ignore[index]  # it says how people join

    def alike(text: str) -> str:
        # What chance alone made differs between any two sessions.
        text = text.replace(str(folder), "FOLDER").replace(session, "ID").replace(code, "CODE")
        return re.sub(
            r"-p \d+|SHA256:\S+|[0-9a-f]{64}|(?<=\"page\":\")[0-9a-f]+|CODE\+[a-z+-]+|(?<=words: )[a-z ]+", "…", text
        )

    files = {
        alike(str(path.relative_to(folder))): alike(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {"key", "key.pub"} and "host" not in path.name
    }
    others = [each.lines.heard for n, each in enumerate(everybody) if n not in {2, 6}]
    # Whoever is told late is told less often; what they are told is the same.
    return files, [
        sorted({alike(line) for line in lines if "Progress: " not in line}) for lines in (*others, desk.heard)
    ]


async def test_nobody_can_tell_who_objected(tmp_path: Path) -> None:
    """A leader objects in one session, somebody of staff in the other, and all else is the same."""

    leader, staff = await left_by(tmp_path / "one", 2), await left_by(tmp_path / "two", 6)
    assert leader[0].keys() == staff[0].keys()
    assert len(leader[0]) >= 4
    for name in leader[0]:
        assert leader[0][name] == staff[0][name], name
    for one, other in zip(leader[1], staff[1], strict=True):
        assert one == other
