"""Results on a scale as a table, for people and to compare with other sessions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tisu_tui.core.enumerating import between, span_words
from tisu_tui.core.form import short
from tisu_tui.core.later import Row, spread_label
from tisu_tui.core.shown import WITHHELD, Withheld, WordTable, cell_words
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.notes.escaping import comment, table, words

EMPTY = "–"


def columns() -> tuple[str, ...]:
    """Return the titles of the columns beside the statements."""
    return (
        _("Middle answer"),
        _("Agreed aloud"),
        _("Middle half"),
        _("How far apart"),
        _("Don't know"),
        _("How many chose each"),
    )


def _cells(row: Row) -> tuple[str, ...]:
    """Tell a row column by column; nothing where there is nothing to say."""
    middle = between([*map(short, row.middle)]) if row.middle else ""
    unknown = _("{n} of {all}").format(n=row.unknown[0], all=row.unknown[1]) if row.unknown else ""
    return (
        "" if row.aloud else middle,
        middle if row.aloud else "",
        span_words([*map(short, row.quartiles)]) if row.quartiles else "",
        spread_label(row.spread) if row.spread else "",
        unknown,
        ", ".join(map(str, row.counts)),
    )


def to_compare(rows: Sequence[Row], labels: Sequence[str] = ()) -> Iterator[str]:
    """Write rows of one step as blocks of Markdown: the scale, and a table with what was said.

    `labels` are those of all statements; those that may not say anything are counted below the table.
    """
    told = {row.label: (row, _cells(row)) for row in rows}
    used = [n for n, column in enumerate(zip(*(cells for _row, cells in told.values()), strict=True)) if any(column)]
    yield f"**{_('The scale')}**"
    yield "\n".join(f"- {words(point)}" for point in rows[0].scale)
    yield f"**{_('To compare with other sessions')}**"
    lines = [
        [f"{words(label)} {comment('row', row.id)}", *(words(_told(row, cells[n])) for n in used)]
        for label, (row, cells) in told.items()
    ]
    yield table([_("Statement"), *(columns()[n] for n in used)], lines)
    if left := len({*labels} - {*told}):
        yield not_shown(left)


def not_shown(number: int) -> str:
    """Say how many statements a table leaves out because nothing of them may be shown."""
    said = ngettext("{n} more statement is not shown.", "{n} more statements are not shown.", number)
    return said.format(n=number)


def _told(row: Row, cell: str) -> str:
    return cell or (EMPTY if row.aloud else _("not shown"))


def says_all_of(rows: Sequence[Row], shown: WordTable) -> bool:
    """Whether the table of rows already contains all of a small table."""
    names = {name: n for n, name in enumerate(columns())}
    if not rows or not set(shown.columns[1:]) <= set(names):
        return False
    known = {row.label: row for row in rows}
    return set(known) <= {cells[0] for cells in shown.rows} and all(
        _same(known.get(str(label)), [names[column] for column in shown.columns[1:]], cells)
        for label, *cells in shown.rows
    )


def _same(row: Row | None, columns: Sequence[int], cells: Sequence[str | Withheld]) -> bool:
    told = [*map(cell_words, cells)]
    if row is None:
        return all(cell is WITHHELD for cell in cells)
    return told == [_told(row, _cells(row)[n]) for n in columns]
