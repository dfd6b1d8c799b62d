"""Results on a scale as a table for people and for later comparison: written and read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from tisu_tui.core.later import Row, spread_label
from tisu_tui.core.released import between, short
from tisu_tui.core.shown import WITHHELD, Record, Withheld
from tisu_tui.notes.document import Cells, Line, Table
from tisu_tui.notes.markdown import comment, plain, table, words

_EMPTY = "–"
_SPREADS = ("close", "far", "agree", "some", "spread", "split")
_NUMBER = re.compile(r"\d{1,6}")


def _columns() -> tuple[str, ...]:
    return (
        _("Middle answer"),
        _("Agreed aloud"),
        _("Middle half"),
        _("How far apart"),
        _("Don't know"),
        _("How many chose each"),
    )


def _half(ends: Sequence[str]) -> str:
    low, high = ends[0], ends[-1]
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def _counts(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _cells(row: Row) -> tuple[str, ...]:
    """Tell a row column by column; nothing where there is nothing to say."""
    middle = between([*map(short, row.middle)]) if row.middle else ""
    unknown = _("{n} of {all}").format(n=row.unknown[0], all=row.unknown[1]) if row.unknown else ""
    return (
        "" if row.aloud else middle,
        middle if row.aloud else "",
        _half([*map(short, row.quartiles)]) if row.quartiles else "",
        spread_label(row.spread) if row.spread else "",
        unknown,
        _counts(row.counts),
    )


def is_scale(title: str) -> bool:
    """Tell whether a title stands before the points of a scale."""
    return title == _("The scale")


def to_compare(rows: Sequence[Row], labels: Sequence[str] = ()) -> Iterator[str]:
    """Write rows of one step as blocks of Markdown: the scale, and a table with what was said.

    `labels` are those of all statements; one that has no row says nothing.
    """
    told = {row.label: (row, _cells(row)) for row in rows}
    used = [n for n, column in enumerate(zip(*(cells for _row, cells in told.values()), strict=True)) if any(column)]
    yield f"**{_('The scale')}**"
    yield "\n".join(f"- {words(point)}" for point in rows[0].scale)
    yield f"**{_('To compare with other sessions')}**"
    lines = []
    for label in labels or told:
        if label in told:
            row, cells = told[label]
            lines.append([f"{words(label)} {comment('row', row.id)}", *(words(_told(row, cells[n])) for n in used)])
        else:
            lines.append([words(label), *(_("not shown") for _n in used)])
    yield table([_("Statement"), *(_columns()[n] for n in used)], lines)


def _told(row: Row, cell: str) -> str:
    return cell or (_EMPTY if row.aloud else _("not shown"))


def says_all_of(rows: Sequence[Row], shown: Record) -> bool:
    """Whether the table of rows already contains all of a small table."""
    names = {name: n for n, name in enumerate(_columns())}
    if not rows or not set(shown.columns[1:]) <= set(names):
        return False
    known = {row.label: row for row in rows}
    return set(known) <= {cells[0] for cells in shown.rows} and all(
        _same(known.get(str(label)), [names[each] for each in shown.columns[1:]], cells) for label, *cells in shown.rows
    )


def _same(row: Row | None, columns: Sequence[int], cells: Sequence[str | Withheld]) -> bool:
    told = [_("not shown") if each is WITHHELD else each for each in cells]
    if row is None:
        return all(each is WITHHELD for each in cells)
    return told == [_told(row, _cells(row)[n]) for n in columns]


@dataclass(frozen=True, slots=True)
class _Words:
    """What may stand in the columns of a table with this scale."""

    middles: Mapping[str, tuple[str, ...]]
    halves: Mapping[str, tuple[str, ...]]
    spreads: Mapping[str, str]

    @classmethod
    def of(cls, scale: Sequence[str]) -> _Words:
        pairs = [(low, high) for n, low in enumerate(scale) for high in scale[n:]]
        return cls(
            {plain(between([short(low), short(high)])): (low, high)[: 1 + (low != high)] for low, high in pairs},
            {plain(_half([short(low), short(high)])): (low, high) for low, high in pairs},
            {spread_label(word): word for word in _SPREADS},
        )


def read_rows(step: str, scale: Sequence[str], found: Table, trouble: Callable[[Line, str], None]) -> Iterator[Row]:
    """Read the rows of a table again, by the names of its columns; a cell that can't be is told and left empty."""
    known = _Words.of(scale)
    for line in found.rows:
        if line.names[:1] == ("row",) and len(line.names) == 2:
            told = dict(zip(found.head[1:], line.cells[1:], strict=False))
            yield _row(step, tuple(scale), known, line, told, trouble)


def _row(
    step: str,
    scale: tuple[str, ...],
    known: _Words,
    line: Cells,
    told: Mapping[str, str],
    trouble: Callable[[Line, str], None],
) -> Row:
    texts = (told.get(name, "") for name in _columns())
    middle, aloud, half, spread, unknown, counts = ("" if text in {_EMPTY, _("not shown")} else text for text in texts)
    for words_known, text in ((known.middles, middle or aloud), (known.halves, half), (known.spreads, spread)):
        if text and text not in words_known:
            trouble(line, _("“{text}” is not one of the answers of this table").format(text=text))
    numbers = tuple(int(each) for each in _NUMBER.findall(counts))
    share = [int(each) for each in _NUMBER.findall(unknown)]
    return Row(
        step=step,
        id=line.names[1],
        label=line.cells[0],
        scale=scale,
        middle=known.middles.get(middle or aloud, ()),
        quartiles=known.halves.get(half, ()),
        spread=known.spreads.get(spread, ""),
        unknown=(share[0], share[1]) if len(share) == 2 else None,
        counts=numbers if len(numbers) == len(scale) else (),
        aloud=bool(aloud),
    )
