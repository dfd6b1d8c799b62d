from __future__ import annotations

import os
import random
import time

import pytest
from files import FRONT

from tisu_tui.workshop.library import library
from tisu_tui.workshop.reader import read
from tisu_tui.workshop.source import display, render

SIZE = 64 * 1024
SPOILED = round(20_000 * float(os.environ.get("TISU_SOAK", "0.004")))
"""Copies that are spoiled: 80 here, and 20,000 in the long form."""
PIECES = [
    *("![", "[", "*", "_", "`", ">", "> ", "- ", "1. ", "<", "<!--", "<a ", "&", "\\", "[a](", "![a](", "[a]: b\n"),
    *("*a ", "**a", "_*", "a\n", "- a\n", "- [ ] a\n", "1. a\n", "- 1: a\n", "## a\n", "## a\n\n`rate` `5 min`\n\n"),
    *("`a` ", "|", "a|b\n-|-\n", "|-", "- - \n", "> - ", "a\n=\n", "***\n", "```\n", "\x00\n", "\u202e", "&#0;", "\t"),
    *("## a\n`dnace` `surenes` `4 minz`\n", "## a\n`from ab`\n", "## a\n- [ ] b\n\n", "a: b\n", "## Does Anna do\n"),
    *("- [ ] " + "ab" * 5 + "\n", "1. " + "ab" * 5 + "\n", "- 1: " + "ab" * 5 + "\n", "<!-- " + "ab" * 5 + "\n"),
    *("## a\n\n`again a`\n\n", "::: a\n\n", "<b>", "<!-- a -->\n", "[[]", "e\u0301", "会"),
]
WORDS = [
    *(
        "`rate`",
        "`again arrive`",
        "`from ideas`",
        "## A\n",
        "# B\n",
        "- [ ] ",
        "- [x] c\n",
        "<!--",
        "-->",
        ":::",
        "---\n",
    ),
    *(
        "\n",
        "\x1b[2J",
        "\u202e",
        "\ufeff",
        "> ",
        "```\n",
        "- 1: a\n",
        "1. ",
        "`id arrive`",
        "`floor 10`",
        "&a ",
        "{",
        "<b>",
    ),
]


def read_quickly(text: bytes | str) -> None:
    started = time.process_time()
    reading = read(text, "x")
    spent = time.process_time() - started
    lines = display(text)
    assert spent < 1
    assert (reading.workshop is None) == any(not problem.warning for problem in reading.problems)
    for problem in reading.problems[:20]:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert "\x1b" not in render(problem, "x.md", lines)
    if reading.workshop:
        assert read(reading.workshop.source, "x").workshop == reading.workshop


@pytest.mark.parametrize("piece", PIECES)
def test_no_file_takes_long(piece: str) -> None:
    for head in (FRONT + "## A\n\n`choose 1`\n\n", "---\ntisu: 1\ntitle: "):
        times = (SIZE - len(head.encode()) - 1) // len(piece.encode())
        read_quickly(head + piece * times)
        if lines := piece.count("\n"):
            read_quickly(head + piece * min(times, 3990 // lines))


@pytest.mark.parametrize("nest", ["  ", " ", ">", "- ", "\t"])
def test_no_depth_takes_long(nest: str) -> None:
    text = FRONT
    depth = 0
    while len(text) < SIZE - 4 * depth - 200:
        depth += 1
        text += nest * depth + "- a\n"
    read_quickly(text)


def test_spoiled_copies_of_the_library_give_problems_and_never_a_traceback() -> None:
    chance = random.Random(1)
    originals = [path.read_text("utf-8") for path in library()]
    for _ in range(SPOILED):
        text = chance.choice(originals)
        for _change in range(chance.randint(1, 4)):
            at, length = chance.randrange(len(text)), chance.choice([0, 1, 3, 40])
            put = chance.choice([*WORDS, "", chr(chance.randrange(1, 0x3000))])
            text = text[:at] + put + text[at + length :]
        read_quickly(text)


def test_spoiled_bytes_give_problems_and_never_a_traceback() -> None:
    chance = random.Random(2)
    original = library()[0].read_bytes()
    for _ in range(50):
        at = chance.randrange(len(original))
        read_quickly(original[:at] + chance.randbytes(3) + original[at + 2 :])
    read_quickly("## \ud800\n")
    read_quickly("")
