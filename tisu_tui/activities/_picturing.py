"""Picturing: how kinds turn what they ask and what was released into rows of a scale, which last, and into figures.

None of it says more than their words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tisu_tui.activities import _telling
from tisu_tui.core import later
from tisu_tui.core.enumerating import span_words
from tisu_tui.core.figure import BoardRow, FigureItem, Items, Picture, Rated, RecordBoard, Ruler, Side, Window, Zone
from tisu_tui.core.form import Option, bare, keys, short
from tisu_tui.core.released import Finding, Released, ReleasedTally
from tisu_tui.core.shown import Say, Shown, WordTable
from tisu_tui.core.translation import gettext as _

_MOST_NAMED = 3
_UNKNOWN = "dont-know"


def zones(options: Sequence[Option], beside: Sequence[Option] = (), *, is_result: bool = False) -> tuple[Zone, ...]:
    """Make bands of a scale that goes from low to high, the highest on top, and what stands beside them.

    A result has no keys: a number beside a band would pass for how many chose it.
    """
    everything = (*options, *beside)
    typed = dict(zip((option.id for option in everything), keys(everything), strict=True))
    typed = dict.fromkeys(typed, "") if is_result else typed
    middle = (len(options) - 1) / 2
    found = []
    for n, option in enumerate(options):
        side = Side.IN if n == middle else Side.ABOVE if n > middle else Side.BELOW
        words = bare(option)
        name = short(words)
        rest = words.removeprefix(name).lstrip(" .—")
        found.append(Zone(option.id, side, name, rest, typed[option.id]))
    others = (Zone(option.id, Side.BESIDE, bare(option), "", typed[option.id]) for option in beside)
    return (*reversed(found), *others)


def ruler(points: Sequence[Option], lines: Sequence[Option] = ()) -> Ruler:
    """Make an empty scale of points, with a row for each line."""
    rows = tuple(Rated(option.id, option.label) for option in lines) or (Rated("", ""),)
    return Ruler(tuple(short(bare(option)) for option in points), rows, keys(points))


def rows(released: Released, lines: Sequence[Option], points: Sequence[Option]) -> tuple[later.Row, ...]:
    """Give a row for each line that something may be said of; the kind does not know its step's id."""
    make = _measured if released.is_secret else _agreed
    return tuple(row for line in lines if (row := make(released, line, points)))


def _agreed(released: Released, line: Option, points: Sequence[Option]) -> later.Row | None:
    labels = tuple(option.label for option in points)
    said = tuple(option.label for option in _telling.picked(released, line.id, points))
    return later.Row("", line.id, line.label, labels, said, aloud=True) if said else None


def _measured(released: Released, line: Option, points: Sequence[Option]) -> later.Row | None:
    tally = released.tally(line.id)
    if tally is None:
        return None
    labels = {option.id: option.label for option in points}

    def said(name: Finding) -> tuple[str, ...]:
        return tuple(labels[member] for group in tally.finding(name) or () for member in group)

    middle, quartiles = said(Finding.MEDIAN), said(Finding.QUARTILES)
    spread, unknown, counts = _telling.spread_word(released, line.id), _unknown(tally), _counts(tally, points)
    if not (middle or quartiles or spread or unknown or counts):
        return None
    return later.Row("", line.id, line.label, tuple(labels.values()), middle, quartiles, spread, unknown, counts)


def _unknown(tally: ReleasedTally) -> tuple[int, int] | None:
    if _UNKNOWN not in {option.id for option in tally.options}:
        return None
    number, answered = tally.count(_UNKNOWN), tally.answered
    return (number, answered) if isinstance(number, int) and isinstance(answered, int) else None


def _counts(tally: ReleasedTally, points: Sequence[Option]) -> tuple[int, ...]:
    numbers = [tally.count(option.id) for option in points]
    known = tuple(number for number in numbers if isinstance(number, int))
    return known if len(known) == len(numbers) else ()


def measured(
    points: Sequence[Option], lines: Sequence[Option], now: Sequence[later.Row], before: Sequence[later.Row] = ()
) -> tuple[Rated, ...]:
    """Put what was said of each line into places on the scale."""
    place = {option.label: n for n, option in enumerate(points)}
    told, earlier = {each.id: each for each in now}, {each.id: each for each in before}

    def places(labels: Sequence[str]) -> tuple[int, ...]:
        return tuple(place[label] for label in labels if label in place)

    rows = []
    for line in lines:
        row = told.get(line.id)
        was = places(earlier[line.id].middle) if line.id in earlier else ()
        if row is None:
            rows.append(Rated(line.id, line.label, before=was))
            continue
        note = later.spread_label(row.spread) if row.spread else ""
        far = row.spread in {"far", "split", "spread"}
        rows.append(
            Rated(
                line.id,
                line.label,
                places(row.middle),
                places(row.quartiles),
                row.counts,
                was,
                note,
                far=far,
                aloud=row.aloud,
            )
        )
    return tuple(rows)


def window_of(points: Sequence[Option], row: Rated, middle: str, said: str) -> Window:
    """Draw a scale whose middle is the steady place as a window, with the middle answer in it."""
    first = tuple(points[n].id for n in row.middle)
    before = tuple(points[n].id for n in row.before)
    return Window(zones(points, is_result=True), first, middle, before, said)


def withheld(figure: Ruler | Window | Items, last: Released, said: Sequence[str] = ()) -> Picture:
    """Show what was asked as it was but for what was typed, with the one sentence for everything withheld."""
    figure = replace(figure, keys=()) if isinstance(figure, Ruler) else figure
    sentences = said or tuple(say.text for say in _telling.unsaid(last))
    return Picture(figure, _("Not shown"), under=tuple(sentences))


def chosen(options: Sequence[Option], first: Sequence[str] = (), mark: str = "") -> Items:
    """List choices in the order of the file; `first` are the ids of what stands out, and `mark` says why.

    Nothing is typed any more, and a number beside a result would pass for how many chose it.
    """
    return Items(
        tuple(
            FigureItem(bare(option), "", mark if option.id in first else "", option.id in first) for option in options
        )
    )


def scale_headline(row: Rated, points: Sequence[str]) -> str:
    """Give the middle of a scale in a few words."""
    return span_words([points[n] for n in row.middle]) if row.middle else ""


def rows_picture(figure: Ruler, names: Mapping[str, str], legend: str) -> Picture:
    """Find what leads a page of many rows: what people see differently, else what has furthest to go."""
    rows = [row for row in figure.rows if row.middle]
    far = [row for row in figure.rows if row.far]
    low = min((row.middle[0] for row in rows), default=-1)
    lowest = [row for row in rows if row.middle[0] == low]
    if far and len(far) <= _MOST_NAMED:
        over, marked = _("Worth talking about first: we see this differently"), far
    elif lowest and len(lowest) <= _MOST_NAMED and len(lowest) < len(rows):
        over, marked = _("Furthest to go"), lowest
    else:
        over, marked = "", []
    headline = ", ".join(names[row.id] for row in marked)
    if not headline and far:
        over = _("Worth talking about first: the lines marked here")
        headline = _("We see much of this differently")
        marked = far
    if not headline and rows:
        headline = _("All at: {point}").format(point=figure.points[low])
        if len(rows) < len(figure.rows):
            headline = _("All that can be shown: {point}").format(point=figure.points[low])
        if len(lowest) < len(rows):
            headline = _("Many at: {point}").format(point=figure.points[low])
    drawn = replace(figure, marked=tuple(row.id for row in marked), legend=legend)
    return Picture(drawn, headline, over)


def board(shown: Sequence[Shown]) -> Picture | None:
    """Put tables of promises and requests on a board: what, where it stands, and what was said of it."""
    tables = [part for part in shown if isinstance(part, WordTable) and part.promises]
    rows = [tuple(map(str, row)) for table in tables for row in table.rows]
    found = tuple(
        BoardRow(what, "", *("" if cell == _telling.EMPTY else cell for cell in (stands, said)))
        for what, stands, said in rows
    )
    said = tuple(part.text for part in shown if isinstance(part, Say))
    return Picture(RecordBoard(found), under=said) if found else None


def legend(rows: Sequence[Rated]) -> str:
    """Say what the marks on rows mean, as far as there are any."""
    said = [_("■ the middle answer")] if any(row.middle and not row.aloud for row in rows) else []
    said += [_("■ agreed aloud")] if any(row.middle and row.aloud for row in rows) else []
    said += [_("━ the middle half")] if any(row.half for row in rows) else []
    said += [_("◀━▶ far apart")] if any(row.far for row in rows) else []
    said += [_("numbers: people")] if any(row.counts for row in rows) else []
    said += [_("○ before")] if any(row.before for row in rows) else []
    return " · ".join(said)
