"""Results on a scale as a table, and what notes of format 1, which have no data at their end, say in such tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tisu_tui.core.enumerating import between, span_words
from tisu_tui.core.form import short
from tisu_tui.core.later import Captured, Row, Standing, Status, spread_label, status_label
from tisu_tui.core.shown import WITHHELD, Withheld, WordTable, cell_words
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.memory.past import Past
from tisu_tui.notes.document import Cells, Heading, Item, Mark, PageLine, Part, Table, one_line
from tisu_tui.notes.escaping import comment, plain, table, words

EMPTY = "–"
_SPREADS = ("close", "far", "agree", "some", "spread", "split")
_NUMBER = re.compile(r"\d{1,6}")
_IN_AGENDA = re.compile(r"^\d+\. ")


def _columns() -> tuple[str, ...]:
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
    yield table([_("Statement"), *(_columns()[n] for n in used)], lines)
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
    names = {name: n for n, name in enumerate(_columns())}
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


def with_sentences(past: Past, page: Iterable[Part], trouble: Callable[[PageLine, str], None]) -> Past:
    """Add to what a session left what its page says of its steps; `trouble` is told what can't be read."""
    found = _Sentences(trouble)
    for part in page:
        found.read(part)
    standings = tuple(found.standings.values())
    return replace(past, standings=standings, rows=tuple(found.rows), captured=tuple(found.captured))


@dataclass(slots=True)
class _Sentences:
    """What has been found in the steps of a page so far, going down."""

    trouble: Callable[[PageLine, str], None]
    standings: dict[str, Standing] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    captured: list[Captured] = field(default_factory=list)
    step: str = ""
    _asked: str = ""
    """The title of the step."""
    _section: str = ""
    _title: str = ""
    _scale: tuple[str, ...] = ()

    def read(self, part: Part) -> None:
        """Read the next part."""
        match part:
            case Mark(names=("step", step, *_rest)):
                self.step, self._title, self._scale = step, "", ()
                self._asked = _IN_AGENDA.sub("", self._section)
            case Heading(level=level, text=text):
                self._title = text
                if level:
                    self.step, self._section = "", text
            case Item(names=(), text=text) if self.step and self._title == _("The scale"):
                self._scale = (*self._scale, one_line(text))
            case Item(names=("captured",), text=text) if self.step:
                self.captured.append(Captured(self._title, one_line(text)))
            case Table():
                self._read_table(part)
            case _:
                pass

    def _read_table(self, table: Table) -> None:
        if any(row.names[:1] == ("row",) for row in table.rows):
            self._read_rows(table)
            self._scale = ()
        for row in table.rows:
            if row.names[:1] == ("promise",) and len(row.names) == 2:
                self._read_standing(row)

    def _read_rows(self, table: Table) -> None:
        """Read the rows of a table by its column titles; unreadable cells are reported and left empty."""
        pairs = [(low, high) for n, low in enumerate(self._scale) for high in self._scale[n:]]
        middles = {plain(between([short(low), short(high)])): (low, high)[: 1 + (low != high)] for low, high in pairs}
        halves = {plain(span_words([short(low), short(high)])): (low, high) for low, high in pairs}
        spreads = {spread_label(word): word for word in _SPREADS}
        for line in table.rows:
            if line.names[:1] != ("row",) or len(line.names) != 2:
                continue
            cells = dict(zip(table.head[1:], line.cells[1:], strict=False))
            texts = (cells.get(name, "") for name in _columns())
            told = ("" if text in {EMPTY, _("not shown")} else text for text in texts)
            middle, aloud, half, spread, unknown, counts = told
            for known, text in ((middles, middle or aloud), (halves, half), (spreads, spread)):
                if text and text not in known:
                    self.trouble(line, _("“{text}” is not one of the answers of this table").format(text=text))
            numbers = tuple(int(each) for each in _NUMBER.findall(counts))
            share = [int(each) for each in _NUMBER.findall(unknown)]
            row = Row(
                step=self.step,
                asked=self._asked,
                id=line.names[1],
                label=line.cells[0],
                scale=self._scale,
                middle=middles.get(middle or aloud, ()),
                quartiles=halves.get(half, ()),
                spread=spreads.get(spread, ""),
                unknown=(share[0], share[1]) if len(share) == 2 else None,
                counts=numbers if len(numbers) == len(self._scale) else (),
                aloud=bool(aloud),
            )
            self.rows.append(row)

    def _read_standing(self, row: Cells) -> None:
        label, told, said = (*row.cells, "", "", "")[:3]
        if told in {"", "–"}:
            return
        known = {**{status_label(each).casefold(): each for each in Status}, **{each.value: each for each in Status}}
        short_ = {each.partition(":")[0]: status for each, status in known.items()}
        status = known.get(told.casefold()) or short_.get(told.casefold().partition(":")[0])
        if status is None:
            self.trouble(row, _("“{text}” does not say where it stands").format(text=told))
            return
        self.standings[row.names[1]] = Standing(row.names[1], label, status, "" if said == "–" else said)
