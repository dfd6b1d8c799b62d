"""Notes of format 1, which have no data at their end: what they leave is read from their sentences and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from tisu_tui.core.enumerating import between, span_words
from tisu_tui.core.form import short
from tisu_tui.core.later import Captured, Row, Standing, Status, spread_label, status_label
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.past import Past
from tisu_tui.notes.document import Cells, Heading, Item, Mark, PageLine, Part, Table, one_line
from tisu_tui.notes.escaping import plain
from tisu_tui.notes.rows import EMPTY, columns

_SPREADS = ("close", "far", "agree", "some", "spread", "split")
_NUMBER = re.compile(r"\d{1,6}")
_IN_AGENDA = re.compile(r"^\d+\. ")


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
            texts = (cells.get(name, "") for name in columns())
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
