"""Choosing among options: what `choose`, `dots` and `rank` share in asking and telling."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tisu_tui.activities import _asking, _counting, _picturing, _telling
from tisu_tui.core.activity import Activity, Given, Present
from tisu_tui.core.enumerating import in_a_row
from tisu_tui.core.figure import Bar, Bars, Items, Picture
from tisu_tui.core.form import Answer, By, Form, Option, Pick, bare
from tisu_tui.core.released import Count, Finding, Released
from tisu_tui.core.shown import WITHHELD, Counts, Number, Say, Shown
from tisu_tui.core.size import Size, Way
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.core.verdict import Rule, Verdict

FIELD = "choice"


@dataclass(frozen=True, slots=True)
class OptionVote(Activity):
    """A vote on options, those of the file or of an earlier step, by picking some of them."""

    lists = frozenset({"choices"})
    settings = frozenset({"random order", "by voice", "from", "twice"})
    finds = _counting.CHOICES
    is_vote = True

    options: tuple[Option, ...] = ()

    @abstractmethod
    def field(self, given: Given) -> Pick:
        """Ask each person for their choice."""

    def form(self, given: Given, size: Size) -> Form:
        field = self.field(given)
        # Aloud, the scribe enters what was agreed, each option once.
        agreed = Pick(field.id, field.options, _("What we agree on"), most=min(field.most, max(1, len(field.options))))
        return _asking.on_own_screens((field,), size, Form((agreed,), By.SCRIBE, _asking.talk_and_decide()))

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        field = self.field(given)
        counted = _counting.tally(field, _counting.answered((field,), answers))
        return Count((replace(counted, found=_counting.decided(counted)),))

    def verdict(self, last: Released) -> Verdict | None:
        return verdict(last, self.options)

    def picture(self, given: Given, rounds: Sequence[Released]) -> Picture:
        return picture(rounds, given.options or self.options)

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        if not rounds:
            return ()
        asked, last = _telling.secret(rounds), rounds[-1]
        names = _telling.heads(asked, _("People"))
        shown: list[Shown] = list(_telling.counts(_("How many people chose each"), FIELD, asked, names))
        shown += _dots(last)
        if last.is_secret:
            return (*shown, *outcome(asked))
        agreed = _agreed(last, self.options)
        return (*shown, Say(_agreed_aloud(agreed)) if agreed else _telling.nothing_written())

    @property
    def own_options(self) -> tuple[Option, ...]:
        return self.options

    def offers(self, last: Released) -> tuple[Option, ...]:
        return winners(last, self.options)


def rule(size: Size, method: str, carries: str) -> Rule | None:
    """Say how a choice is decided, and that no tie is broken; nothing where somebody is alone."""
    if size.way is Way.ALONE:
        return None
    if size.way is Way.ALOUD:
        return Rule(
            method, _("We talk it over, and what we agree on goes forward. Until we agree, nothing is decided.")
        )
    return Rule(method, carries, _("A tie stays a tie: the group talks about it and chooses."))


def verdict(last: Released, options: Sequence[Option]) -> Verdict | None:
    """Say what was chosen; agreed is what came first alone."""
    if not last.is_secret:
        agreed = _agreed(last, options)
        return Verdict(_agreed_aloud(agreed), is_agreed=True) if agreed else None
    said = _outcome(last)
    return Verdict(said, is_agreed=len(_first(last) or ()) == 1) if said else None


def _agreed(released: Released, options: Sequence[Option]) -> list[str]:
    return [_telling.quoted(option.label) for option in _telling.picked(released, FIELD, released.options or options)]


def _agreed_aloud(names: Sequence[str]) -> str:
    return _("Agreed aloud: {answer}.").format(answer=in_a_row(names))


def _dots(released: Released) -> tuple[Counts, ...]:
    tally = released.tally(FIELD)
    if not tally or not tally.weights:
        return ()
    rows = tuple(option.label for option in tally.options)
    return (Counts(_("How many dots"), rows, (_("Dots"),), tuple((weight,) for weight in tally.weights)),)


def picture(rounds: Sequence[Released], options: Sequence[Option]) -> Picture:
    """Draw the choices; then the numbers where they may be told, else what was chosen most and nothing else marked."""
    asked = _telling.told(rounds)
    if not asked:
        return Picture(Items.to_choose(options))
    last = asked[-1]
    options = last.options or options
    if not last.is_secret:
        agreed = [option.id for option in _telling.picked(last, FIELD, options)]
        names = in_a_row([bare(option) for option in options if option.id in agreed])
        return Picture(_picturing.chosen(options, agreed), names or _("Nothing was written down"), _("Agreed aloud"))
    tally, first = last.tally(FIELD), _first(last)
    if tally is None or first is None:
        return _picturing.withheld(_picturing.chosen(options), last)
    names = in_a_row([bare(option) for option in tally.options if option.id in first])
    numbers = [(option, n) for option, n in zip(tally.options, tally.counts, strict=True) if isinstance(n, int)]
    if len(numbers) == len(tally.options):
        found = sorted(numbers, key=lambda pair: -pair[1])
        dots = dict(zip((option.id for option in tally.options), tally.weights, strict=False))
        figure = Bars(
            tuple(Bar(bare(option), n, option.id in first, _dots_said(n, dots.get(option.id))) for option, n in found)
        )
        is_single = len(first) == 1
        over = _("Chosen most") if is_single else ""
        return Picture(figure, names if is_single else _("A tie"), over, _following(last, first))
    if len(first) == 1:
        marked = _picturing.chosen(tally.options, first, _("chosen most"))
        return Picture(marked, names, _("Chosen most"), _following(last, first))
    headline = _("A tie") if len(tally.options) == _TWO else _("No single choice came first")
    return Picture(_picturing.chosen(tally.options), headline, under=_following(last, first))


def _following(last: Released, first: Sequence[str]) -> tuple[str, ...]:
    """Say what a headline leaves out: how many chose it, or what a tie asks of the group."""
    tally = last.tally(FIELD)
    if len(first) != 1:
        return (_("The group can talk about it and choose."),)
    return (_outcome(last),) if tally and _telling.says_how_many(tally) else ()


def _dots_said(people: int, dots: Number | None) -> str:
    if not isinstance(dots, int):
        return ""
    said = ngettext("{n} person", "{n} people", people).format(n=people)
    return f"{said} · {ngettext('{n} dot', '{n} dots', dots).format(n=dots)}"


def best_first(rounds: Sequence[Released]) -> tuple[Option, ...]:
    """Order options as the last round did, followed by those of earlier rounds only."""
    found = {
        name: Option(name, released.label(FIELD, name))
        for released in reversed(rounds)
        for group in released.finding(FIELD, Finding.ORDER) or ()
        for name in group
    }
    return tuple(found.values())


def place(released: Released, option: str) -> _telling.Cell:
    """Tell the place of an option in the order, and whether it is tied there."""
    groups = released.finding(FIELD, Finding.ORDER)
    if groups is None:
        return WITHHELD
    number = 1
    for group in groups:
        if option in group:
            return str(number) if len(group) == 1 else _("{place}, tied").format(place=number)
        number += len(group)
    return _telling.EMPTY


def outcome(asked: Sequence[Released]) -> tuple[Say, ...]:
    """Say what came first, round by round, and of the last one why it is not said."""
    said = [
        told if len(asked) == 1 else _("Round {n}: {sentence}").format(n=released.round, sentence=told)
        for released in asked
        if (told := _outcome(released))
    ]
    return (*map(Say, said), *(_telling.unsaid(asked[-1]) if _telling.silent(asked[-1]) else ()))


def _first(released: Released) -> tuple[str, ...] | None:
    """Return the leading options, all of them on a released tie, or `None` if nothing was released."""
    groups = released.finding(FIELD, Finding.WINNER)
    return None if groups is None else tuple(name for group in groups for name in group)


def _outcome(released: Released) -> str:
    first, tally = _first(released), released.tally(FIELD)
    if first is None or tally is None:
        return ""
    labels = {option.id: option.label for option in tally.options}
    names = [_telling.quoted(labels.get(each, each)) for each in first]
    if len(names) > 1:
        sentence = _("{names} are tied in first place. The group can talk about it and choose.")
        return sentence.format(names=in_a_row(names))
    if not names:
        between_two = _("It is a tie between the two. The group can talk about it and choose.")
        return (
            between_two
            if len(tally.options) == _TWO
            else _("No single choice came first. The group can talk about it and choose.")
        )
    return _telling.chosen_most(tally, names[0])


_TWO = 2


def leading(released: Released, options: Sequence[Option], most: int) -> tuple[Option, ...]:
    """List the choices that most people chose, as many as one could choose, where the numbers were told.

    A tie is not settled: of choices that are level all go on or, where that would be too many, none of them.
    """
    tally = released.tally(FIELD)
    numbers = {option.id: n for option, n in zip(tally.options, tally.counts, strict=True)} if tally else {}
    told = {n for n in numbers.values() if isinstance(n, int)}
    found: list[str] = []
    if released.is_secret and all(isinstance(n, int) for n in numbers.values()):
        for least in sorted(told - {0}, reverse=True):
            level = [name for name, n in numbers.items() if n == least]
            if len(found) + len(level) > most:
                break
            found += level
    by_id = {option.id: option for option in released.options or options}
    return tuple(by_id[name] for name in found if name in by_id) or winners(released, options)


def winners(released: Released, options: Sequence[Option]) -> tuple[Option, ...]:
    """List what a later step can take: what was agreed aloud or came first alone; all, where nothing did."""
    options = released.options or options
    if not released.is_secret:
        return _telling.picked(released, FIELD, options)
    first = _first(released)
    if first is None or len(first) == 1:
        return tuple(option for option in options if option.id in (first or ()))
    return tuple(options)
