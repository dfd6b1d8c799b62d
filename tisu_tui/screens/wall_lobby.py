"""The lobby on the shared screen: how to join, who sees what, and how many screens are here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import segno

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens import step_words
from tisu_tui.screens.large_sentences import led
from tisu_tui.screens.layout import Lines, in_the_middle, paragraph, paragraphs, side_by_side, spaced, width_of
from tisu_tui.screens.lettering import HUGE, SMALL, large, letters
from tisu_tui.screens.wall_layout import Space
from tisu_tui.view.arriving import screens_here
from tisu_tui.view.view import View

_NARROWEST = 36
"""Cells that the words of the lobby need beside the QR code."""


def lobby(view: View, invitation: Invitation, space: Space) -> Lines:
    """Draw the lobby: the line to type on one line, and the code large beside the QR."""
    width, rows = space.width, space.rows
    for large_page in _large(view, invitation, width):
        if len(large_page) <= rows:
            return large_page
    code = qr(invitation.address)
    side = width_of(code[0])
    text = width - side - 4
    after = spaced(step_words.intro(view, width), step_words.resumed(view, width))
    if text >= _NARROWEST:
        right = (*code, *_fingerprint(invitation, side))
        largest, *smaller = space.faces
        for face, title in ((largest, SMALL), (largest, ""), *((each, "") for each in smaller), ("", "")):
            left = spaced(_title(view, text, title), _line(view, invitation, text), _told(view, invitation, text, face))
            if max(len(left), len(right)) <= rows:
                break
        # What is said goes on below sooner than the code does, in a wordy language or over a message.
        if len(code) <= rows:
            return spaced(side_by_side((left, right), (text,), gap=4), after)
    told = spaced(_title(view, width), _line(view, invitation, width), _told(view, invitation, width))
    lines = spaced(told, _fingerprint(invitation, width))
    if len(lines) + len(code) + 1 <= rows:
        lines = spaced(lines, in_the_middle(code, width))
    return spaced(lines, after)


def _large(view: View, invitation: Invitation, width: int) -> Iterator[Lines]:
    """Draw the lobby for the back row: the line in large letters, a code twice as high, and what can be in letters."""
    line = _line(view, invitation, width, SMALL)
    code = qr(invitation.address, is_large=True)
    side = width_of(code[0])
    text = width - side - 4
    if text < 2 * _NARROWEST or not line:
        return
    told = spaced(_told(view, invitation, text), step_words.intro(view, text), step_words.resumed(view, text))
    name, right = large(invitation.code, text, 9, "key", (HUGE,), lines=1), (*code, *_fingerprint(invitation, side))
    for each in (*led(told, text, 99), told):
        both = side_by_side((spaced(name, each), right), (text,), gap=4)
        yield spaced(_title(view, width, SMALL), line, both)


def _title(view: View, width: int, face: str = "") -> Lines:
    return spaced(
        step_words.failing(view, width), large(view.title, width, 9, "title", (face,) if face else (), lines=2)
    )


def _line(view: View, invitation: Invitation, width: int, face: str = "") -> Lines:
    words = invitation.slip_line if view.by_slip else invitation.line
    line = letters(words, width, 9, "key", (face,), lines=1) if face else paragraph(words, width, "key")
    return (*paragraph(_("To join, type this in any terminal:"), width, "dim"), *line) if line else ()


def _told(view: View, invitation: Invitation, width: int, face: str = "") -> Lines:
    others = invitation.addresses[1:]
    also = _("or with {addresses}").format(addresses=", ".join(others)) if others else ""
    doors = (_("or at another door:"), *invitation.other_lines) if invitation.other_lines else ()
    return spaced(
        # Each a line of its own, so that it can be typed as it stands.
        paragraphs(filter(None, (also, *doors)), width, "quiet"),
        large(invitation.code, width, 9, "key", (face,), lines=1) if face else (),
        *(paragraph(text, width) for text in view.lobby),
        paragraph(_here(view.screens), width, "result"),
    )


def _here(screens: int) -> str:
    """Count the screens, in a line as short as the room beside the code."""
    return _("{screens} As many people?").format(screens=screens_here(screens)) if screens else _("Nobody is here yet.")


def _fingerprint(invitation: Invitation, width: int) -> Lines:
    return (
        *paragraph(_("Say yes to this fingerprint:"), width, "dim"),
        *paragraph(invitation.fingerprint, width, "dim"),
    )


@lru_cache(maxsize=4)
def qr(text: str, *, is_large: bool = False) -> Lines:
    """Draw a QR code, dark on light with the quiet zone that readers need, two rows of it to each of ours.

    Levels and quiet zone after ISO/IEC 18004; half blocks of light, so that it holds on a dark ground. A large one
    is twice as wide and as high.
    """
    rows = [list(map(bool, row)) for row in segno.make(text, error="l", micro=False).matrix_iter(border=4)]
    if is_large:
        return tuple((("".join("  " if dark else "██" for dark in row), "code"),) for row in rows)
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    glyphs = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    return tuple(
        (("".join(glyphs[pair] for pair in zip(upper, lower, strict=True)), "code"),)
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )
