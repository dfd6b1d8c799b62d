"""What leaders sent back and what was promised with a decision, from the vote to the next session, over real SSH."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from command_line import tisu
from openssh import Lines, a_host
from voting import Script, lead, voters

IDEAS = "What would you like us to decide differently?"
VOTES = {
    "Which of these could you support?",
    "Which of these could you support now?",
    "Shall we try it for three months?",
}
CONSENT = "Shall we try it for three months?"
LED: Script = {
    (IDEAS, "closed"): [["theme Share the night rota: 1 2", "theme Meet before the shift: 3", "theme A quiet room: 4"]],
    (CONSENT, "shown"): [
        ["send-back The bank staff are not asked yet 2026-12-20", "again"],
        [
            "decide It is fair, and we can undo it 2027-03-02",
            "concern Nights are thin @lea 2026-12-09",
            "tell the night team @sam 2026-12-01",
        ],
    ],
}
NEXT_TIME = """---
tisu: 1
title: Six weeks on
---

# Six weeks on

## What became of it?

`follow`

## The end

`close`
"""


def says(title: str, _times: int) -> Sequence[str]:
    if title == IDEAS:
        return ["> Who works which night", ""]
    return ["1"] if title in VOTES else ["p"]


def verified(folder: Path, session: str) -> str:
    done = tisu(folder, "verify", session, "--exports", folder / "exports")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


async def test_six_decide_again_what_leaders_sent_back_and_next_time_somebody_asks(tmp_path: Path) -> None:
    async with a_host(tmp_path, "sharing-power") as host, voters(host, [says] * 6) as everybody:
        async with Lines(host.way_in("facilitator+plain", "-T")) as desk:
            path = await lead(desk, everybody, LED)
            heard = "\n".join(everybody[0].lines.heard)
            desk_heard = "\n".join(desk.heard)
        session = host.said["session"]
    assert "We decide this here. Leaders may send it back once, with reasons and a date.\nConsent. It is" in heard
    assert "Leaders have sent this back, once. Their reasons: The bank staff are not asked yet." in heard
    assert "The group has decided again, and that stands." in heard
    # While the notes are read, a reason stands under what it is the reason for.
    read = desk_heard.rpartition("Reading the notes together\n")[2]
    assert "“Share the night rota”: Carried.\n1. It is fair, and we can undo it, to look at again on" in read
    assert "Result: Reading the notes together\n7 lines: type more" in heard
    assert "\nWhat we decided\n" in read
    # What stands is said before what was carried, which on a small screen is all that is seen.
    told = heard.rpartition("Result: Shall we try it")[2]
    assert told.index("Leaders have sent this back") < told.index("Carried")
    assert (
        "Written down: Sent back by leaders: The bank staff are not asked yet, to be answered by 20 December 2026"
        in heard
    )
    agreed = path.read_text(encoding="utf-8").partition("## What we agreed")[2]
    record = agreed[agreed.index("- “Share the night rota”: Carried.") :].split("\n- ")[0].partition("\n## ")[0]
    assert [line.strip().partition(" <!--")[0] for line in record.splitlines()[1:] if line] == [
        "- Who decides: We decide this here. Leaders may send it back once, with reasons and a date.",
        "- In our words: It is fair, and we can undo it, review on 2 March 2027",
        "- Concerns that wait for a reply are under “Concerns and replies”.",
        "- Who will be told: the night team — @sam, by 1 December 2026",
        "- Sent back once by leaders: The bank staff are not asked yet, answer by 20 December 2026",
        "- The group has decided again, and that stands.",
    ]
    assert "## Concerns and replies\n\n- Nights are thin — @lea, reply by 9 December 2026" in agreed
    told = verified(tmp_path, session)
    assert f"{CONSENT}: " in told
    assert told.endswith("Everything agrees.\n")
    await next_time(tmp_path)


async def next_time(folder: Path) -> None:
    (folder / "next.md").write_text(NEXT_TIME, encoding="utf-8")
    async with (
        a_host(folder, str(folder / "next.md")) as host,
        Lines(host.way_in(f"{host.code}+plain", "-T")) as one,
        Lines(host.way_in(f"{host.code}+plain", "-T")) as other,
        Lines(host.way_in("facilitator+plain", "-T")) as desk,
    ):
        await asyncio.gather(one.until("Waiting"), other.until("Waiting"), desk.until("Next: "))
        for state in ("Now: waiting", "Now: open"):
            desk.say("next")
            await desk.until(state)
        for told in (
            "Were they told? the night team, about “Share the night rota”: Carried. — @sam, by 1 December 2026",
            "Was it answered? A concern: Nights are thin — @lea, reply by 9 December 2026",
            (
                "Was it answered? Leaders sent it back: “Share the night rota”: Carried. "
                "The bank staff are not asked yet, to be answered by 20 December 2026"
            ),
            (
                "Was it honoured? We decided: “Share the night rota”: Carried. It is fair, and we can undo it, "
                "to look at again on 2 March 2027"
            ),
        ):
            assert told in await one.until(told)
