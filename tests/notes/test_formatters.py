"""Whatever formatter ran over notes and the page of actions, the same promises are read, under the same ids."""

from __future__ import annotations

import random
from functools import cache
from itertools import pairwise

import pytest
from build import aloud_room, full_room, small_room
from formatting import FORMATTERS
from test_notes_read import note_of

from tisu_tui.core.later import Status, Turn
from tisu_tui.core.records import LETTER, Kept, RecordKind
from tisu_tui.notes.document import decoded
from tisu_tui.notes.lines import record_line, turn_line
from tisu_tui.notes.page import new_page, read_page
from tisu_tui.notes.read import read_note
from tisu_tui.session.readback import heading

WORDS = (
    "Write what we chose in two sentences", "Ask HR", "Book the room", "Ring *the* board", "Put a break in, and say so",
    "<b>no</b>", "Two_of_us", "1. first", "- a dash", "# not a title", "Tea | milk", "a@b.example", "C:\\temp",
    "“quoted”, it’s", "https://example.org/x_y", "50 % & more", "`code`", "[link](x)", "Wait… then go", "x--y", "a  b",
    "+1", "Straße 5",
    "We meet on the first Monday of each month in the small room upstairs, and whoever can't come says so beforehand",
)  # fmt: skip
WHO = ("", "sam", "night-team", "lea, ben", "Lea")
WHEN = ("", "2026-12-01", "2027-02-28", "2026-05-01")
BY_HAND = (
    "Ring the day team @lea by Friday", "Tidy the cupboard (Lea, 5 March)", "Buy a kettle — @ben, due 5/3/2026.",
    "Write to the board – Kim – 5 March 2026", "Put up the poster", "Ask about the key @sam due 1.12.2026 (Ann helps)",
)  # fmt: skip
KINDS = (RecordKind.ACTION, RecordKind.DECISION, RecordKind.PARK, RecordKind.ASK)


def _record(chance: random.Random, kind: RecordKind, name: str) -> Kept:
    words = " ".join(chance.choices(WORDS, k=chance.randint(1, 4))).strip()
    return Kept(name, kind, words, chance.choice(WHO), chance.choice(WHEN))


def _ticked(chance: random.Random, line: str) -> str:
    return line.replace("- [ ]", f"- [{chance.choice(' x')}]", 1)


def _notes(chance: random.Random) -> str:
    parts = ['---\ndate: 2026-01-15\ntisu-note: 1\ntisu-session: "9b5s"\nstatus: sealed\n---\n\n# A session']
    number = 0
    for kind in KINDS:
        lines = []
        for _n in range(chance.randint(1, 5)):
            number += 1
            lines.append(_ticked(chance, record_line(_record(chance, kind, f"{LETTER[kind]}{number}"))))
        if kind is RecordKind.ACTION:
            lines += [f"- [{chance.choice(' x')}] {each}" for each in chance.sample(BY_HAND, 2)]
        parts += [f"## {heading(kind)}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n\nThe results for programs: results.json\n"


def _page(chance: random.Random) -> str:
    lines = []
    for number in range(chance.randint(1, 6)):
        lines.append(_ticked(chance, record_line(_record(chance, RecordKind.ACTION, f"7k3m.a{number}"))))
        turns = (Turn(f"2026-02-0{n + 1}", chance.choice([*Status]), "no key yet") for n in range(chance.randint(0, 2)))
        lines += [f"  - {turn_line(turn)}" for turn in turns]
    lines += [f"- [ ] {each}\n  - 3 February 2026: under way" for each in chance.sample(BY_HAND, 2)]
    return new_page() + f"\n## {heading(RecordKind.ACTION)}\n\n" + "\n".join(lines) + "\n"


@cache
def _corpus() -> tuple[str, ...]:
    chance = random.Random(7)
    rooms = (note_of(full_room()), note_of(small_room()), note_of(aloud_room()))
    made = [*(_notes(chance) for _n in range(20)), *(_page(chance) for _n in range(12))]
    # Half of them as an editor may have left them that formatters are meant to tidy up after.
    untidy = [text.replace("\n- ", "\n* ").replace("\n\n* ", "\n* ").replace("\n## ", "\n\n##  ") for text in made[::2]]
    return (*rooms, *made[1::2], *untidy)


def _read(text: str) -> object:
    """Give what counts of a page: promises with who, by when, where they stand and what was said since."""
    text = decoded(text.encode())
    if "tisu-actions" in text[:200]:
        page = read_page(text)
        return page.entries, [trouble.text for trouble in page.troubles]
    note = read_note(text)
    return (
        note.past.records,
        note.entries,
        note.past.standings,
        note.past.captured,
        [each.text for each in note.troubles],
    )


@pytest.mark.parametrize("formatter", FORMATTERS)
def test_the_same_promises_are_read_under_the_same_ids(formatter: str) -> None:
    texts = _corpus()
    left = [_read(text) for text in texts]
    outcomes = FORMATTERS[formatter](texts)
    assert all(one != other for one, other in pairwise(outcomes)), "a setting was not heeded"
    for formatted in outcomes:
        assert formatted != list(texts)
        for before, after in zip(left, formatted, strict=True):
            assert _read(after) == before, after
