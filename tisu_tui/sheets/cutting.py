"""Papers to cut: ballots for each vote, all alike and with pass as the last answer, and slips for votes that matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from tisu_tui.core.form import Order, Pick, bare, keys
from tisu_tui.core.scripts import slug
from tisu_tui.core.size import FLOOR
from tisu_tui.core.text import wrap
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.core.typed import with_pass
from tisu_tui.notes.drawing import A4, sheet
from tisu_tui.notes.escaping import plain, words
from tisu_tui.session.workshop import Step, Workshop
from tisu_tui.sheets.blocks import page

_WIDTH, _HEIGHT = A4
_MARGIN, _PAD = 28, 16
_COLUMNS = 2
_SIZE, _LEADING, _SPACE, _BOX = 14, 18, 8, 13
_EM = 0.56
_STYLE = (
    "text{font:14px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#1b1b1b}.h{font-weight:700}"
    ".r{fill:#fff}.o{fill:none;stroke:#1b1b1b;stroke-width:1.5}.c{stroke:#777;stroke-dasharray:5 5}"
)
_ROOM = int(((_WIDTH / _COLUMNS) - 2 * _PAD - _MARGIN / 2) / (_SIZE * _EM))
"""How many letters fit on a line."""
_FOR_A_PEN = " ".join(["_" * 12] * 3)
"""A line for three words."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ballot: its question, what to do, and the lines with a box; they begin with what is typed for them."""

    name: str
    title: str
    told: str
    lines: tuple[str, ...]


def ballots(workshop: Workshop) -> tuple[Ballot, ...]:
    """Give a ballot for each vote; what is asked about people themselves is never asked on paper."""
    return tuple(ballot for step in workshop.steps if type(step.activity).is_vote for ballot in _of(step))


def _of(step: Step) -> Iterator[Ballot]:
    for field in step.form_for(FLOOR).fields:
        if not isinstance(field, Pick | Order) or field.after:
            continue
        # Choices that are known only on the day stand on the screen with their numbers.
        comes = not any(option.label for option in field.options)
        options = with_pass(field.options)
        lines = tuple(
            f"{key}. {bare(option)}" if option.label else key
            for key, option in zip(keys(options), options, strict=True)
        )
        told = f"{_told(field)} {_('The numbers are those on the screen.')}" if comes else _told(field)
        yield Ballot(f"ballot-{slug(step.id)}", step.title, told, lines)


def _told(field: Pick | Order) -> str:
    if isinstance(field, Order):
        return _("Write 1 for your first, 2 for your second, and so on. You need not fill all.")
    if field.each > 1:
        told = ngettext("{n} cross in all", "{n} crosses in all", field.most)
        return _("{crosses}, at most {each} on one line.").format(crosses=told.format(n=field.most), each=field.each)
    return ngettext("One cross.", "Up to {n} crosses.", field.most).format(n=field.most)


def ballots_index(workshop: Workshop, people: int) -> bytes:
    """Write which sheets to print, how often, and how they are counted."""
    lines = [_printed(ballot, people) for ballot in ballots(workshop)]
    return page(
        f"# {_('Paper ballots, for people without a device')}",
        _(
            "All ballots of one question are alike: no number, no colour, no name. Ask for crosses only, since "
            "handwriting can be known. One box for all; nobody watches it. Give everybody the same pen."
        ),
        "\n".join(lines) or _("There is no vote in this workshop, so there are no ballots."),
        _(
            "Before the question opens, say how many share paper (`h`, or `hands N`), so that they belong to the "
            "room's size. Where each has one cross, enter what was counted: `h`, or `paper 1: 3, 2: 4`. For anything "
            "else, pass the laptop. A ballot with no cross, or with one at “Pass”, counts as a pass and is not "
            "entered. Then tear them up."
        ),
    )


def _printed(ballot: Ballot, people: int) -> str:
    each = _on_a_sheet(_ballot_lines(ballot))
    sheets = -(-people // each)
    times = ngettext("print it once", "print it {n} times", sheets).format(n=sheets)
    told = _("{n} on a sheet; for {people} people, {times}").format(n=each, people=people, times=times)
    return f"- **{words(ballot.title)}**: [{ballot.name}.svg]({ballot.name}.svg), {told}."


def ballot_sheets(workshop: Workshop) -> Mapping[str, bytes]:
    """Draw a sheet of ballots for each vote, by file name."""
    return {
        f"{ballot.name}.svg": _drawn(ballot.name, ballot.title, _ballot_lines(ballot)) for ballot in ballots(workshop)
    }


def slips_index(people: int) -> bytes:
    """Write how many sheets of slips to print, what to write on them, and how they are given out."""
    each = _on_a_sheet(_slip_lines())
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


def slips_sheet() -> bytes:
    """Draw a page of slips, with room for three words on each: the words come from the room, and stand in no file."""
    return _drawn("slips", _("Slips"), _slip_lines())


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a paper, already short enough: `style` is empty or `h`, and a `box` before it is for a cross."""

    text: str
    style: str = ""
    box: bool = False


def _ballot_lines(ballot: Ballot) -> list[_Line]:
    laid = [_Line(line, "h") for line in wrap(plain(ballot.title), _ROOM - 2)]
    laid += [_Line(line) for line in wrap(plain(ballot.told), _ROOM)]
    for text in ballot.lines:
        laid += [_Line(line, box=n == 0) for n, line in enumerate(wrap(plain(text), _ROOM - 3))]
    return laid


def _slip_lines() -> list[_Line]:
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
    return [_Line(line, style) for style, text in told for line in wrap(text, _ROOM)]


def _rows(laid: Sequence[_Line]) -> int:
    boxes = sum(each.box for each in laid)
    return max(1, int((_HEIGHT - 2 * _MARGIN) // (2 * _PAD + _LEADING * len(laid) + _SPACE * boxes)))


def _on_a_sheet(laid: Sequence[_Line]) -> int:
    return _rows(laid) * _COLUMNS


def _drawn(name: str, title: str, laid: Sequence[_Line]) -> bytes:
    """Draw a page of papers that are all alike, with lines to cut along."""
    rows = _rows(laid)
    high, wide = (_HEIGHT - 2 * _MARGIN) / rows, _WIDTH / _COLUMNS
    marks = [f'<line class="c" x1="{wide:g}" y1="0" x2="{wide:g}" y2="{_HEIGHT}"/>']
    for row in range(1, rows):
        y = _MARGIN + high * row
        marks.append(f'<line class="c" x1="0" y1="{y:.1f}" x2="{_WIDTH}" y2="{y:.1f}"/>')
    for row in range(rows):
        for column in range(_COLUMNS):
            left = wide * column + (_PAD if column else _MARGIN)
            marks += _one(laid, left, _MARGIN + high * row + _PAD)
    return sheet(title, marks, name, _STYLE)


def _one(laid: Sequence[_Line], x: float, y: float) -> Iterator[str]:
    indent = 0.0
    for each in laid:
        if each.box:
            y += _SPACE
            indent = 2.0 * _BOX
            yield f'<rect class="o" x="{x:.1f}" y="{y + 2:.1f}" width="{_BOX}" height="{_BOX}"/>'
        kind = f' class="{each.style}"' if each.style else ""
        yield f'<text{kind} x="{x + indent:.1f}" y="{y + _SIZE:.1f}">{escape(each.text)}</text>'
        y += _LEADING
