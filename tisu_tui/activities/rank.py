from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from tisu_tui.activities import _asking, _choosing, _counting, _reading, _telling
from tisu_tui.core.activity import Activity, Given, Present, StepSource
from tisu_tui.core.enumerating import in_a_row
from tisu_tui.core.figure import FigureItem, Items, Picture
from tisu_tui.core.form import Answer, By, Form, Option, Order, bare
from tisu_tui.core.ranking import Pairwise, condorcet, pairwise, strongest_paths
from tisu_tui.core.released import Count, Finding, Found, Released, Tally, pair_field
from tisu_tui.core.shown import Number, Say, Shown, WordTable
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.verdict import Rule, Verdict

_FIELD = _choosing.FIELD
_WIDEST = 12
"""The most options whose table of pairs anybody could still read."""


@dataclass(frozen=True, slots=True)
class Rank(Activity):
    """People put options in order; what beats every other one, or else has the strongest wins, comes first."""

    lists = frozenset({"choices"})
    settings = frozenset({"random order", "by voice", "from", "twice"})
    finds = frozenset({Finding.ORDER, Finding.WINNER})
    is_vote = True

    options: tuple[Option, ...] = ()

    @classmethod
    def read(cls, step: StepSource) -> Self:
        _reading.stop_at(_reading.choice_problems(step))
        return cls(_reading.options(step.choices))

    def form(self, given: Given, size: Size) -> Form:
        options = given.options or self.options
        field = Order(_FIELD, options) if options else _asking.nothing_to_take()
        agreed = Order(_FIELD, options, _("What we agree on, best first")) if options else field
        return _asking.on_own_screens((field,), size, Form((agreed,), By.SCRIBE, _asking.talk_and_decide()))

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        options = given.options or self.options
        ids = [option.id for option in options]
        told = _counting.answered((Order(_FIELD, options),), answers)
        orders = [each[_FIELD] for each in told if _FIELD in each]
        table = pairwise(ids, Counter(tuple((name,) for name in order) for order in orders))
        best_first = _best_first(table) if orders else ()
        first = Tally(
            field=_FIELD,
            title="",
            options=options,
            counts=tuple(sum(order[0] == name for order in orders) for name in ids),
            answered=len(orders),
            found=(Found(Finding.ORDER, best_first), Found(Finding.WINNER, best_first[:1])) if orders else (),
        )
        return Count((first, *_pairs(table, options, len(orders))))

    def rule(self, given: Given, size: Size) -> Rule | None:
        carries = _(
            "The choices are compared two at a time. One that beats every other comes first. "
            "Where none does, the strongest wins decide (Schulze's method)."
        )
        return _choosing.rule(size, _("Ranking"), carries)

    def verdict(self, last: Released) -> Verdict | None:
        if last.is_secret:
            return _choosing.verdict(last, self.options)
        agreed = self._aloud(last)
        return Verdict(agreed, is_agreed=True) if agreed else None

    def _aloud(self, last: Released) -> str:
        labels = {option.id: option.label for option in last.options or self.options}
        agreed = [_telling.quoted(labels[name]) for name in last.entry(_FIELD) if name in labels]
        return _("Agreed aloud, best first: {answer}.").format(answer=in_a_row(agreed)) if agreed else ""

    def picture(self, given: Given, rounds: Sequence[Released]) -> Picture:
        options = given.options or self.options
        asked = _telling.told(rounds)
        last = asked[-1] if asked else None
        groups = last.finding(_FIELD, Finding.ORDER) if last else None
        if last is None or not groups:
            return _choosing.picture(rounds, options)
        found = _choosing.picture(rounds, options)
        labels = {option.id: bare(option) for option in last.options or options}
        placed = [(sum(map(len, groups[:n])) + 1, name) for n, group in enumerate(groups) for name in group]
        tally = last.tally(_FIELD)
        counts = dict(zip((option.id for option in tally.options), tally.counts, strict=True)) if tally else {}
        items = tuple(
            FigureItem(labels.get(name, name), str(place), _put_first(counts.get(name)), place == 1)
            for place, name in placed
        )
        return replace(found, figure=Items(items))

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        if not rounds:
            return ()
        last, asked = rounds[-1], _telling.secret(rounds)
        shown: list[Shown] = []
        if asked:
            lines = _choosing.best_first(asked)
            aspects = ((_("Place"), _choosing.place),)
            shown += _telling.table(_("In order"), _("Choice"), lines, aspects, asked) if lines else ()
        names = _telling.heads(asked, _("People"))
        shown += _telling.counts(_("How many people put each first"), _FIELD, asked, names)
        if not last.is_secret:
            told = self._aloud(last)
            return (*shown, Say(told) if told else _telling.nothing_written())
        if _telling.silent(last):
            return (*shown, *_telling.unsaid(last))
        return (*shown, *_choosing.outcome(rounds), *_compared(last))

    @property
    def own_options(self) -> tuple[Option, ...]:
        return self.options

    def offers(self, last: Released) -> tuple[Option, ...]:
        if last.is_secret:
            return _choosing.winners(last, self.options)
        first = last.entry(_FIELD)[:1]
        return tuple(option for option in last.options or self.options if option.id in first)


def _put_first(number: Number | None) -> str:
    return _("first for {n}").format(n=number) if isinstance(number, int) else ""


def _best_first(table: Pairwise) -> tuple[tuple[str, ...], ...]:
    """Put options in Schulze's order: those that no other one left has a stronger path to, then those of the rest."""
    paths = strongest_paths(table)
    left, groups = list(paths), []
    while left:
        best = tuple(each for each in left if all(paths[each][o] >= paths[o][each] for o in left if o != each))
        groups.append(best)
        left = [each for each in left if each not in best]
    return tuple(groups)


# The table of pairs goes through the gate a row at a time, each the question whom people put an option above.


def _pairs(table: Pairwise, options: Sequence[Option], answered: int) -> Iterator[Tally]:
    if len(options) < 2:
        return
    for option in options:
        others = tuple(each for each in options if each != option)
        counts = tuple(table[option.id][other.id] for other in others)
        title = _("How many people put “{option}” above each of these").format(option=option.label)
        yield Tally(pair_field(_FIELD, option.id), title, others, counts, answered)


def _said_pairs(released: Released, options: Sequence[Option]) -> dict[str, dict[str, int]]:
    """Put the table together again from what was released; empty where any of it may not be said."""
    table: dict[str, dict[str, int]] = {}
    for option in options:
        tally = released.tally(pair_field(_FIELD, option.id))
        if tally is None:
            return {}
        numbers = zip((each.id for each in tally.options), tally.counts, strict=True)
        table[option.id] = {other: number for other, number in numbers if isinstance(number, int)}
        if len(table[option.id]) < len(tally.options):
            return {}
    return table


def _compared(released: Released) -> list[Shown]:
    """Tell the pairs, whether one option beats all others, and whether counting points comes to the same."""
    options = _choosing.best_first([released])
    first = released.tally(_FIELD)
    table = _said_pairs(released, options)
    if not table or first is None or not isinstance(first.answered, int):
        return []
    said: list[Shown] = [_beaten(table, options)]
    points = {
        each: sum(wins + first.answered - table[other][each] for other, wins in row.items())
        for each, row in table.items()
    }
    most = [option for option in options if points[option.id] == max(points.values())]
    winners = [name for group in released.finding(_FIELD, Finding.WINNER) or () for name in group]
    if {each.id for each in most} == set(winners):
        said.append(Say(_("Counting points (Borda) agrees with this.")))
    else:
        names = in_a_row([_telling.quoted(each.label) for each in most])
        told = _("Counting points (Borda) disagrees: it puts {names} first. Points are only shown beside the result.")
        said.append(Say(told.format(names=names)))
    if len(options) <= _WIDEST:
        rows = tuple(
            (each.label, *(str(table[each.id].get(other.id, _telling.EMPTY)) for other in options)) for each in options
        )
        columns = (_("Choice"), *(each.label for each in options))
        said.append(WordTable(_("How many people put the one on the left above the one at the top"), columns, rows))
    return said


def _beaten(table: Pairwise, options: Sequence[Option]) -> Say:
    best = condorcet(table)
    if best is None:
        return Say(
            _("No choice beats every other one, two at a time. So the strongest wins decide (Schulze's method).")
        )
    name = next(_telling.quoted(option.label) for option in options if option.id == best)
    return Say(_("{name} beats every other choice, two at a time.").format(name=name))
