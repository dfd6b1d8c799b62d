"""Slips for votes that matter, to be cut and written on: the words come from the room, and stand in no file."""

from __future__ import annotations

from tisu_tui.core.text import wrap
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.sheets.blocks import page
from tisu_tui.sheets.cutting import ROOM, Cut, drawn, on_a_sheet

_FOR_A_PEN = " ".join(["_" * 12] * 3)
"""A line for three words."""


def index(people: int) -> bytes:
    """Write how many sheets to print, what to write on them, and how they are given out."""
    each = on_a_sheet(_laid_out())
    sheets = -(-people // each)
    times = ngettext("Print it once", "Print it {n} times", sheets).format(n=sheets)
    return page(
        f"# {_('Slips, for votes that matter')}",
        _(
            "With a slip each person comes in once, and nobody comes in without one. The sheet to cut is "
            "[slips.svg](slips.svg). {times}: it has {n} slips."
        ).format(times=times, n=each),
        "\n".join(
            (
                _("1. On the day, make them on your private screen: `j`, or `slips {n}` in plain lines.").format(
                    n=people
                ),
                _("2. It shows you three words for each slip, once. Write them on the paper by hand."),
                _("3. Fold the slips, mix them and let people draw. Then nobody knows whose words are whose."),
                _("4. Keep no list and no photograph. What is left over is torn up: `slips 0` calls those in."),
            )
        ),
        _(
            "The words are written on paper alone: tisu puts them in no file, and this sheet has none. Whoever saw the "
            "words of a slip could vote in its place before its person does, so hand the slips out yourself."
        ),
    )


def sheet() -> bytes:
    """Draw a page of slips, with room for three words on each."""
    return drawn("slips", _("Slips"), _laid_out())


def _laid_out() -> tuple[Cut, ...]:
    told = (
        ("h", _("Your slip, for you alone")),
        ("", ""),
        ("", _FOR_A_PEN),
        ("", ""),
        ("", _("On your own device, type the line on the big screen with these words in it:")),
        ("h", _("… CODE+word-word-word@ …")),
        ("", _("On the laptop that goes round, type the words.")),
        ("", ""),
        ("", _("If you drop out, they bring you back. Show them to nobody, and tear this up at the end.")),
    )
    return tuple(Cut(line, style) for style, text in told for line in wrap(text, ROOM))
