"""Each step of a session: its heading, sentences, tables and pictures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from tisu_tui.core.activity import Given
from tisu_tui.core.figure import Bars, Figure, Ruler
from tisu_tui.core.later import Row, captured_columns, is_request
from tisu_tui.core.records import RecordKind
from tisu_tui.core.scripts import slug, unused
from tisu_tui.core.shown import (
    WITHHELD,
    Counts,
    Number,
    Quotes,
    Say,
    Shown,
    WordTable,
    cell_words,
    partly_withheld_sentence,
    withheld_sentence,
    withholds,
)
from tisu_tui.core.size import Way
from tisu_tui.core.text import in_quotes
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.past import rows
from tisu_tui.memory.trend import TrendLine
from tisu_tui.notes.escaping import comment, quoted, table, words
from tisu_tui.notes.figures import figure_svg, of_counts
from tisu_tui.notes.rows import not_shown, says_all_of, to_compare
from tisu_tui.notes.stages import stages
from tisu_tui.notes.summary import how
from tisu_tui.notes.told import Ran, Told, lists
from tisu_tui.session.decisions import Decision, right_words
from tisu_tui.session.last_time import middle_words
from tisu_tui.session.readback import heading
from tisu_tui.session.workshop import Step

_PAIR = 2
_LONGEST_CELL = 70
"""Letters in a cell beyond which a table of words can't be read on a phone, nor on paper."""


@dataclass(slots=True)
class Pictures:
    """The pictures drawn so far, by the names of their files without `.svg`, no two with one name."""

    folder: str
    drawn: dict[str, bytes] = field(default_factory=dict)

    def add(self, wanted: str, text: str, draw: Callable[[str], bytes | None]) -> Iterator[str]:
        """Draw a picture under a name that is free, and show it; nothing where what it is of is words."""
        name = unused(slug(wanted), self.drawn)
        if drawn := draw(name):
            self.drawn[name] = drawn
            yield f"![{text}]({self.folder}/{name}.svg)"


Before = tuple[str, tuple[Row, ...]]
"""The title of an earlier step, and what was said on its scale."""


def section(
    told: Told,
    pictures: Pictures,
    decision: Decision | None = None,
    before: Sequence[Before] = (),
    above: Collection[str] = (),
) -> Iterator[str]:
    """Write a step as blocks of Markdown; nothing for a step that has only its line in the agenda.

    `above` are the titles of the lists on the first page.
    """
    if told.ran not in {Ran.RESULT, Ran.ROOM}:
        return
    step = told.step
    yield f"## {told.number}. {words(step.title)}"
    yield comment("step", step.id, step.kind)
    if told.ran is Ran.ROOM:
        yield step.activity.kept_in_the_room()
        return
    if purpose := next((block.text for block in step.body if block.kind == "paragraph"), ""):
        yield words(purpose)
    for block in step.body:
        if block.kind == "table":
            head, *lines = ([*map(words, row)] for row in block.cells)
            yield table(head, lines)
        elif block.kind == "image":
            yield _("Picture: {words}").format(words=words(block.text))
    # Who decides stands with the decision, on the first page; how it was made stands here.
    if decision and (said := how(decision)):
        yield f"{_('How:')} {words(said)}"
    elif right := right_words(step):
        yield words(right)
    if told.ways[-1] is Way.ALOUD and not told.by_scribe:
        yield _("Talked through aloud.")
    if told.ways[-1] is Way.ALONE:
        yield _("Thought about alone. Nothing about it is kept.")
    shown = tuple(part for part in told.shown if not decision or part != Say(decision.told))
    yield from _results(told, shown, pictures)
    yield from _beside(told, pictures, before)
    if any(withholds(part) for part in shown) and Say(withheld_sentence()) not in shown:
        yield words(partly_withheld_sentence())
    if not shown and (named := [heading(kind) for kind in lists(step)]):
        if there := [in_quotes(each) for each in named if each in above]:
            yield _("What was said is at the top of these notes, under {lists}.").format(lists=", ".join(there))
        else:
            yield _("Nothing was written down.")


def _results(told: Told, shown: tuple[Shown, ...], pictures: Pictures) -> Iterator[str]:
    drawn = told.step.activity.picture(Given(), told.beside)
    figure = drawn.figure if drawn else None
    left = found = rows(told.step, told.rounds[-1])
    asked = {option.id for released in told.rounds for option in released.options if is_request(option)}
    above = [part for part in shown if isinstance(part, WordTable) and part.promises and {*part.promises} <= asked]
    for each in (part for part in shown if part not in above):
        if isinstance(each, WordTable) and says_all_of(left, each):
            yield from to_compare(left, [str(line[0]) for line in each.rows])
            left = ()
        else:
            yield from _blocks(each, told.step, pictures, figure)
    if left:
        yield from to_compare(left)
    if above:
        said = _("What was asked and answered stands at the top of these notes, under “{title}”.")
        yield said.format(title=heading(RecordKind.ASK))
    if any(isinstance(part, Counts) for part in shown):
        return
    if figure:
        is_spoken = bool(found) and all(row.aloud for row in found)
        text = _("What was agreed aloud, as a picture.") if is_spoken else _("The middle answers above, as a picture.")
        yield from pictures.add(told.step.id, text, partial(figure_svg, told.step.title, figure))


def _beside(told: Told, pictures: Pictures, before: Sequence[Before]) -> Iterator[str]:
    """Put the middle answers of a step beside those of an earlier one that asked the same lines, on as long a scale."""
    now = {row.id: row for row in rows(told.step, told.rounds[-1]) if row.middle}
    for title, were in before:
        same = [(was, now[was.id]) for was in were if was.middle and was.id in now and _is_same(was, now[was.id])]
        if len(same) < _PAIR:
            continue
        heads = (title, told.step.title)
        yield f"**{words(_('“{one}” beside “{other}”').format(one=title, other=told.step.title))}**"
        lines = [[words(each.label), *(words(middle_words(row)) for row in (was, each))] for was, each in same]
        yield table([_("Statement"), *map(words, heads)], lines)
        drawn = tuple(TrendLine(was.id, was.label, was.scale, (was, _on(was.scale, each))) for was, each in same)
        draw = partial(stages, told.step.title, heads, drawn)
        yield from pictures.add(f"{told.step.id}-beside", _("The table above, as a picture."), draw)


def _is_same(one: Row, other: Row) -> bool:
    return (one.label, len(one.scale)) == (other.label, len(other.scale))


def _on(scale: tuple[str, ...], row: Row) -> Row:
    """Move a row to another scale of as many points, to be drawn on it."""
    place = dict(zip(row.scale, scale, strict=True))
    middle, quartiles = (tuple(place[each] for each in found) for found in (row.middle, row.quartiles))
    return replace(row, scale=scale, middle=middle, quartiles=quartiles)


def _blocks(shown: Shown, step: Step, pictures: Pictures, figure: Figure | None) -> Iterator[str]:
    match shown:
        case Say(text):
            yield words(text)
        case Quotes(title):
            yield f"**{words(title)}**"
            yield quoted(shown)
        case WordTable(title, columns, lines, promises):
            kept = [line for line in lines if len(line) < _PAIR or {*line[1:]} != {WITHHELD}]
            if not kept:
                return
            yield f"**{words(title)}**"
            cells = [[_cell(each) for each in line] for line in kept]
            if columns == captured_columns():
                # Each with a mark for finding it again.
                yield from _under(((head, f"{text} {comment('captured')}") for head, text in cells), "**")
                return
            if len(columns) > 1 and not promises and _is_told_better(cells):
                heads = ["" if len(columns) == _PAIR else f"{words(column)} " for column in columns]
                told = (
                    (line[0], head + cell) for line in cells for head, cell in zip(heads[1:], line[1:], strict=True)
                )
                yield from _under(told, "*")
                return
            for line, promise in zip(cells, promises, strict=False):
                line[0] = f"{line[0]} {comment('promise', promise)}"
            yield table([*map(words, columns)], cells)
            if left := len(lines) - len(kept):
                yield not_shown(left)
        case Counts():
            yield from _counts(shown, step, pictures, figure)


def _is_told_better(cells: list[list[str]]) -> bool:
    """Tell whether a table would say one thing again and again, or be wider than anybody can read."""
    first = [line[0] for line in cells]
    return len(set(first)) < len(first) or any(len(cell) > _LONGEST_CELL for line in cells for cell in line[1:])


def _under(lines: Iterable[tuple[str, str]], mark: str) -> Iterator[str]:
    """Write lines under what they are about, each heading once, between marks."""
    said: dict[str, list[str]] = {}
    for head, text in lines:
        said.setdefault(head, []).append(f"- {text}")
    for head, texts in said.items():
        yield f"{mark}{head}{mark}"
        yield "\n".join(texts)


def _counts(counts: Counts, step: Step, pictures: Pictures, figure: Figure | None) -> Iterator[str]:
    if all(cell is WITHHELD for row in counts.numbers for cell in row):
        return
    lines = [[words(row), *map(_cell, numbers)] for row, numbers in zip(counts.rows, counts.numbers, strict=True)]
    right = frozenset(range(1, len(counts.columns) + 1))
    yield table([words(counts.title), *map(words, counts.columns)], lines, right)
    drawn = figure if figure and _says(figure, counts) else of_counts(counts)
    if drawn:
        draw = partial(figure_svg, counts.title, drawn)
        yield from pictures.add(step.id, _("The table above, as a picture."), draw)


def _says(figure: Figure, counts: Counts) -> bool:
    """Tell whether a figure has all numbers of a table, and nothing else."""
    column = [row[0] for row in counts.numbers] if len(counts.columns) == 1 else []
    match figure:
        case Bars(bars=bars):
            return sorted(column, key=str) == sorted((bar.number for bar in bars), key=str)
        case Ruler(rows=(row,)) if not row.label:
            return column == [*row.counts]
        case Ruler():
            return [*counts.numbers] == [row.counts for row in figure.rows if row.counts]
    return False


def _cell(value: str | Number) -> str:
    return words(cell_words(value))
