"""Paper ballots to cut: for each vote, a sheet of them that are all alike, with pass as the last answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from html import escape

from tisu_tui.core.beforehand import asked_of
from tisu_tui.core.form import Order, Pick
from tisu_tui.core.size import FLOOR
from tisu_tui.core.text import slug, wrap
from tisu_tui.core.workshop import Step, Workshop
from tisu_tui.notes.markdown import plain, words
from tisu_tui.sheets.blocks import page

# A4 at 96 dots an inch, as browsers print it.
_WIDTH, _HEIGHT, _MARGIN, _PAD = 794, 1123, 28, 16
_COLUMNS = 2
_SIZE, _LEADING, _SPACE, _BOX = 14, 18, 8, 13
_EM = 0.56
_STYLE = (
    "text{font:14px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#1b1b1b}.h{font-weight:700}"
    ".r{fill:#fff}.o{fill:none;stroke:#1b1b1b;stroke-width:1.5}.c{stroke:#777;stroke-dasharray:5 5}"
)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ballot: its question, what to do, and the lines with a box, of which the last is pass."""

    name: str
    title: str
    told: str
    lines: tuple[str, ...]


def ballots(workshop: Workshop) -> tuple[Ballot, ...]:
    """Give a ballot for each vote; what is asked about people themselves is never asked on paper."""
    return tuple(ballot for step in workshop.steps if type(step.activity).is_vote for ballot in _of(step))


def _of(step: Step) -> Iterator[Ballot]:
    for field in asked_of(step, FLOOR).fields:
        if not isinstance(field, Pick | Order) or field.after:
            continue
        # Choices that are known only on the day stand on the screen with their numbers.
        comes = not any(each.label for each in field.options)
        lines = [str(n) if comes else each.label for n, each in enumerate(field.options, 1)]
        told = f"{_told(field)} {_('The numbers are those on the screen.')}" if comes else _told(field)
        yield Ballot(f"ballot-{slug(step.id)}", step.title, told, (*lines, _("Pass")))


def _told(field: Pick | Order) -> str:
    if isinstance(field, Order):
        return _("Write 1 for your first, 2 for your second, and so on. You need not fill all.")
    if field.each > 1:
        told = ngettext("{n} cross in all", "{n} crosses in all", field.most)
        return _("{crosses}, at most {each} on one line.").format(crosses=told.format(n=field.most), each=field.each)
    return ngettext("One cross.", "Up to {n} crosses.", field.most).format(n=field.most)


def index(workshop: Workshop, people: int) -> bytes:
    """Write which sheets to print, how often, and how they are counted."""
    lines = [_printed(each, people) for each in ballots(workshop)]
    return page(
        f"# {_('Paper ballots, for people without a device')}",
        _(
            "All ballots of one question are alike: no number, no colour, no name. Ask for crosses only, since "
            "handwriting can be known. One box for all; nobody watches it. Give everybody the same pen."
        ),
        "\n".join(lines) or _("There is no vote in this workshop, so there are no ballots."),
        _(
            "When the question is open, say how many share paper (`h`, or `hands N`). Where each has one cross, "
            "enter what was counted: `c`, or `paper 1: 3, 2: 4`. For anything else, pass the laptop. A ballot with no "
            "cross, or with one at “Pass”, counts as a pass and is not entered. Then tear them up."
        ),
    )


def _printed(ballot: Ballot, people: int) -> str:
    each = _rows(ballot) * _COLUMNS
    sheets = -(-people // each)
    times = ngettext("print it once", "print it {n} times", sheets).format(n=sheets)
    told = _("{n} on a sheet; for {people} people, {times}").format(n=each, people=people, times=times)
    return f"- **{words(ballot.title)}**: [{ballot.name}.svg]({ballot.name}.svg), {told}."


def sheets(workshop: Workshop) -> Mapping[str, bytes]:
    """Draw a sheet of ballots for each vote, by file name."""
    return {f"{each.name}.svg": _drawn(each) for each in ballots(workshop)}


def _laid_out(ballot: Ballot) -> tuple[list[tuple[str, str, bool]], float]:
    """Break a ballot into lines of (words, style, with a box); gives its height too."""
    wide = (_WIDTH / _COLUMNS) - 2 * _PAD - _MARGIN / 2
    room = int(wide / (_SIZE * _EM))
    laid = [(line, "h", False) for line in wrap(plain(ballot.title), room - 2)]
    laid += [(line, "", False) for line in wrap(plain(ballot.told), room)]
    for text in ballot.lines:
        laid += [(line, "", n == 0) for n, line in enumerate(wrap(plain(text), room - 3))]
    boxes = sum(box for *_rest, box in laid)
    return laid, 2 * _PAD + _LEADING * len(laid) + _SPACE * boxes


def _rows(ballot: Ballot) -> int:
    return max(1, int((_HEIGHT - 2 * _MARGIN) // _laid_out(ballot)[1]))


def _drawn(ballot: Ballot) -> bytes:
    laid, _high = _laid_out(ballot)
    rows = _rows(ballot)
    high, wide = (_HEIGHT - 2 * _MARGIN) / rows, _WIDTH / _COLUMNS
    marks = [f'<line class="c" x1="{wide:g}" y1="0" x2="{wide:g}" y2="{_HEIGHT}"/>']
    for row in range(1, rows):
        y = _MARGIN + high * row
        marks.append(f'<line class="c" x1="0" y1="{y:.1f}" x2="{_WIDTH}" y2="{y:.1f}"/>')
    for row in range(rows):
        for column in range(_COLUMNS):
            left = wide * column + (_PAD if column else _MARGIN)
            marks += _one(laid, left, _MARGIN + high * row + _PAD)
    title = escape(plain(ballot.title))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="210mm" height="297mm" '
        f'role="img" aria-labelledby="{ballot.name}-title">\n<title id="{ballot.name}-title">{title}</title>\n'
        f'<style>{_STYLE}</style>\n<rect class="r" width="{_WIDTH}" height="{_HEIGHT}"/>\n'
        + "\n".join(marks)
        + "\n</svg>\n"
    ).encode()


def _one(laid: list[tuple[str, str, bool]], x: float, y: float) -> Iterator[str]:
    indent = 0.0
    for text, style, box in laid:
        if box:
            y += _SPACE
            indent = 2.0 * _BOX
            yield f'<rect class="o" x="{x:.1f}" y="{y + 2:.1f}" width="{_BOX}" height="{_BOX}"/>'
        kind = f' class="{style}"' if style else ""
        yield f'<text{kind} x="{x + indent:.1f}" y="{y + _SIZE:.1f}">{escape(text)}</text>'
        y += _LEADING
