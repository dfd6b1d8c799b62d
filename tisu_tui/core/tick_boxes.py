"""Boxes before promises: as they are written, and as editors and people make them."""

from __future__ import annotations

import re

from tisu_tui.core.later import Status

BOX = re.compile(
    r"(?P<plain>\[(?P<mark>[ \u00a0]|[xX\-/])\](?=\s|$))"
    r"|(?:\\?[\[［【]\s*(?P<loose>[^\s\w\\\[\]]|[xXvV])?\s*\\?[\]］】](?![(\[:])"
    r"|\(\s*(?P<round>[xXvV✓✔])?\s*\)(?=\s)|(?P<drawn>[☐□▢◻◽⬜🔲☑☒✓✔✅🗹])\ufe0f?)"
    r"|(?P<word>TODO|LATER|WAITING|DOING|NOW|DONE|CANCELL?ED)(?:\s+\[#[ABC]\])?(?=\s+\S)"
)
"""A box at the start of a line: `plain` as tisu writes it, else as an editor or a person made it, or Logseq's word."""
_OF_WORDS = {"DOING": Status.UNDER_WAY, "NOW": Status.UNDER_WAY, "DONE": Status.DONE}
_OF_WORDS |= {"CANCELED": Status.DROPPED, "CANCELLED": Status.DROPPED}


def read_box(match: re.Match[str]) -> Status:
    """Say what a box at the start of a line tells: ticked, begun (`[/]`), dropped (`[-]`), else open."""
    if match["word"]:
        return _OF_WORDS.get(match["word"], Status.NOT_STARTED)
    mark = match["mark"] or match["loose"] or match["round"] or match["drawn"] or " "
    if mark in "xXvV☑☒✓✔✅🗹✗✘*":
        return Status.DONE
    return {"/": Status.UNDER_WAY, "-": Status.DROPPED}.get(mark, Status.NOT_STARTED)
