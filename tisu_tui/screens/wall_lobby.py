"""The lobby on the shared screen: how to join, who sees what, and how many screens are here."""

from __future__ import annotations

from functools import lru_cache

import segno

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens import steps
from tisu_tui.screens.layout import Lines, beside, in_the_middle, paragraph, spaced, width_of
from tisu_tui.screens.lettering import SMALL, large
from tisu_tui.screens.wall_pages import Space
from tisu_tui.view.arriving import screens_here
from tisu_tui.view.view import View

_NARROWEST = 36
"""Cells that the words of the lobby need beside the QR code."""


def lobby(view: View, invitation: Invitation, space: Space) -> Lines:
    """Draw the lobby: the line to type on one line, and the code large beside the QR."""
    width, rows = space.width, space.rows
    code = qr(invitation.address)
    side = width_of(code[0])
    text = width - side - 4
    after = spaced(steps.intro(view, width), steps.resumed(view, width))
    if text >= _NARROWEST:
        right = (*code, *_fingerprint(invitation, side))
        largest, *smaller = space.faces
        for face, title in ((largest, SMALL), (largest, ""), *((each, "") for each in smaller), ("", "")):
            left = _joining(view, invitation, text, face, title)
            if max(len(left), len(right)) <= rows:
                return spaced(beside(left, right, text), after)
    lines = spaced(_joining(view, invitation, width), _fingerprint(invitation, width))
    if len(lines) + len(code) + 1 <= rows:
        lines = spaced(lines, in_the_middle(code, width))
    return spaced(lines, after)


def _joining(view: View, invitation: Invitation, width: int, face: str = "", title: str = "") -> Lines:
    others = invitation.addresses[1:]
    also = _("or with {addresses}").format(addresses=", ".join(others)) if others else ""
    doors = (_("or at another door:"), *invitation.other_lines) if invitation.other_lines else ()
    return spaced(
        steps.failing(view, width),
        large(view.title, width, 9, "title", (title,) if title else (), lines=2),
        (
            *paragraph(_("To join, type this in any terminal:"), width, "dim"),
            *paragraph(invitation.slip_line if view.by_slip else invitation.line, width, "key"),
            *paragraph(also, width, "quiet"),
            # Each a line of its own, so that it can be typed as it stands.
            *(line for text in doors for line in paragraph(text, width, "quiet")),
        ),
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
def qr(text: str) -> Lines:
    """Draw a QR code, dark on light with the quiet zone that readers need, two rows of it to each of ours.

    Levels and quiet zone after ISO/IEC 18004; half blocks of light, so that it holds on a dark ground.
    """
    rows = [list(map(bool, row)) for row in segno.make(text, error="l", micro=False).matrix_iter(border=4)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    glyphs = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    return tuple(
        (("".join(glyphs[pair] for pair in zip(upper, lower, strict=True)), "text"),)
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )
