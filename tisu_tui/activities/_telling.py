"""Telling: pieces that kinds put results together from; whatever they say was released."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tisu_tui.core.enumerating import between
from tisu_tui.core.form import Option, short
from tisu_tui.core.later import spread_label
from tisu_tui.core.released import Finding, Released, ReleasedTally, Unsaid
from tisu_tui.core.shown import WITHHELD, Counts, Quotes, Say, Withheld, WordTable, withheld_sentence
from tisu_tui.core.size import Way
from tisu_tui.core.text import in_quotes
from tisu_tui.core.translation import gettext as _

EMPTY = "–"
"""A cell that has nothing to say, because nothing was asked or entered there."""

Cell = str | Withheld
Tell = Callable[[Released, str], Cell]
Aspect = tuple[str, Tell]
"""The name of something that can be told of a field, and how to tell it of one round."""


def secret(rounds: Sequence[Released]) -> list[Released]:
    """Keep the rounds that people answered on their own screens."""
    return [released for released in rounds if released.is_secret]


def told(rounds: Sequence[Released]) -> list[Released]:
    """Leave out the rounds in which somebody was alone: nothing of them left the screen."""
    return [released for released in rounds if released.is_secret or released.way is not Way.ALONE]


def heads(rounds: Sequence[Released], one: str) -> tuple[str, ...]:
    """Name the rounds; `one` is the name where there is only one."""
    if len(rounds) == 1:
        return (one,)
    return tuple(_("Round {n}").format(n=released.round) for released in rounds)


def headed(rounds: Sequence[Released], one: str) -> Iterator[tuple[str, Released]]:
    """Put its name before each round; `one` is the name where there is only one."""
    return zip(heads(rounds, one), rounds, strict=True)


def withheld(offer: str = "") -> tuple[Say, ...]:
    """Say that nothing is shown, and offer something else; the same whatever the cause."""
    return Say(withheld_sentence()), Say(offer or _("If you like, we can talk about it instead."))


def silent(released: Released) -> bool:
    """Tell whether people answered in secret and nothing of it may be said."""
    return released.is_secret and not any(tally.found or _has_number(tally) for tally in released.tallies)


def _has_number(tally: ReleasedTally) -> bool:
    return any(isinstance(number, int) for number in tally.counts)


def unsaid(released: Released, offer: str = "") -> tuple[Say, ...]:
    """Say why less is told, where everybody may know it; else that nothing is shown, whatever the cause."""
    talk = Say(offer or _("If you like, we can talk about it instead."))
    match released.unsaid:
        case Unsaid.LOOKED:
            return Say(_("We have looked at this. A second look would tell too much.")), talk
        case Unsaid.FIRST:
            return (Say(_("We look at this twice, and only the second look is shown.")),)
        case _:
            return withheld(offer)


def says_how_many(tally: ReleasedTally) -> bool:
    """Tell whether an approximate share of what was chosen most was released."""
    return tally.finding(Finding.MAJORITY) is not None or bool(share(tally))


def chosen_most(tally: ReleasedTally, name: str) -> str:
    """State the most chosen options, with their approximate share if it was released."""
    over_half = tally.finding(Finding.MAJORITY)
    if over_half is not None:
        told = (
            _("{name} was chosen most, by more than half of those who answered.")
            if over_half
            else _("{name} was chosen most, by half or fewer of those who answered.")
        )
        return told.format(name=name)
    if about := share(tally):
        return _("{name} was chosen most, by {share} of those who answered.").format(name=name, share=about)
    return _("{name} was chosen most.").format(name=name)


def share(tally: ReleasedTally) -> str:
    """State the approximate share of the most chosen options, or nothing if it was not released."""
    groups = tally.finding(Finding.SHARE)
    words = (
        _("fewer than a quarter"),
        _("about a quarter"),
        _("about half"),
        _("about three quarters"),
        _("nearly all"),
    )
    return words[int(groups[0][0])] if groups else ""


def nothing_written() -> Say:
    """Say that the scribe entered nothing."""
    return Say(_("Nothing was written down."))


def counts(title: str, field: str, rounds: Sequence[Released], names: Sequence[str]) -> tuple[Counts, ...]:
    """Draw one field's numbers, rounds side by side where they asked the same; nothing where no number is said."""
    columns = [(name, round_.tally(field)) for name, round_ in zip(names, rounds, strict=True)]
    asked = {tally.options for _name, tally in columns if tally}
    if len(asked) > 1:
        return tuple(
            each
            for name, released in zip(names, rounds, strict=True)
            for each in counts(title, field, (released,), (name,))
        )
    if not any(tally and _has_number(tally) for _name, tally in columns):
        return ()
    (options,) = asked
    numbers = tuple(
        tuple(tally.counts[row] if tally else WITHHELD for _name, tally in columns) for row in range(len(options))
    )
    return (Counts(title, tuple(option.label for option in options), tuple(names), numbers),)


def heat(title: str, lines: Sequence[Option], columns: Sequence[Option], released: Released) -> tuple[Counts, ...]:
    """Draw the numbers of many fields with the same options: a row for each field."""
    tallies = [released.tally(line.id) for line in lines]
    if not any(tally and _has_number(tally) for tally in tallies):
        return ()
    numbers = tuple(tuple(tally.count(column.id) if tally else WITHHELD for column in columns) for tally in tallies)
    rows, heading = tuple(line.label for line in lines), tuple(short(column.label) for column in columns)
    return (Counts(title, rows, heading, numbers),)


def table(
    title: str, head: str, lines: Sequence[Option], aspects: Sequence[Aspect], rounds: Sequence[Released]
) -> tuple[WordTable, ...]:
    """Tell aspects of many lines: side by side in one round, a table each with rounds side by side in more."""
    if len(rounds) == 1:
        return _record(title, head, lines, [(name, rounds[0], tell) for name, tell in aspects])
    names = heads(rounds, "")
    return tuple(
        record
        for title_of_one, tell in aspects
        for record in _record(
            title_of_one, head, lines, [(name, released, tell) for name, released in zip(names, rounds, strict=True)]
        )
    )


def _record(
    title: str, head: str, lines: Sequence[Option], columns: Sequence[tuple[str, Released, Tell]]
) -> tuple[WordTable, ...]:
    filled = [(name, [tell(released, line.id) for line in lines]) for name, released, tell in columns]
    kept = [(name, cells) for name, cells in filled if set(cells) - {WITHHELD, EMPTY}]
    if not kept:
        return ()
    rows = tuple((line.label, *(cells[row] for _name, cells in kept)) for row, line in enumerate(lines))
    return (WordTable(title, (head, *(name for name, _cells in kept)), rows),)


def middle(options: Sequence[Option]) -> Tell:
    """Tell the middle answer, or what was agreed aloud; `options` are all that could be answered."""

    def tell(released: Released, field: str) -> Cell:
        if not released.is_secret:
            agreed = picked(released, field, options)
            return _("{answer} (agreed aloud)").format(answer=short(agreed[0].label)) if agreed else EMPTY
        if released.finding(field, Finding.UNRATED) is not None:
            return unrated()
        groups = released.finding(field, Finding.MEDIAN)
        return between([short(released.label(field, group)) for group in groups[0]]) if groups else WITHHELD

    return tell


def unrated() -> str:
    """Say that there is no middle answer in a room without numbers."""
    return _("half of us or more could not rate this")


def apart(released: Released, field: str) -> Cell:
    """Tell in a few words how far apart answers are."""
    if not released.is_secret:
        return EMPTY
    word = spread_word(released, field)
    return spread_label(word) if word else WITHHELD


def came_first(released: Released, field: str) -> Cell:
    """Name the single first choice, or say that there is none."""
    groups, tally = released.finding(field, Finding.WINNER), released.tally(field)
    if groups is None or tally is None:
        return WITHHELD
    if not groups:
        return _("no single answer came first")
    name, about = short(tally.label(groups[0][0])), share(tally)
    return _("{answer}, {share}").format(answer=name, share=about) if about else name


def rated(rounds: Sequence[Released], field: str, options: Sequence[Option]) -> tuple[Say, ...]:
    """Say in sentences what came of one rated field, round by round."""
    if len(rounds) == 1:
        return tuple(Say(text) for text in _rated(rounds[0], field, options))
    sentence = _("Round {n}: {sentence}")
    return tuple(
        Say(sentence.format(n=released.round, sentence=text))
        for released in rounds
        for text in _rated(released, field, options)
    )


def _rated(released: Released, field: str, options: Sequence[Option]) -> list[str]:
    if not released.is_secret:
        agreed = picked(released, field, options)
        if not agreed:
            return [nothing_written().text]
        return [_("Agreed aloud: {answer}.").format(answer=quoted(short(agreed[0].label)))]

    def ends(ids: Sequence[str]) -> str:
        return between([quoted(short(released.label(field, id_))) for id_ in ids])

    said: list[str] = []
    first = came_first(released, field)
    if isinstance(first, str):
        said.append(_("Chosen most: {answer}.").format(answer=first))
    if released.finding(field, Finding.UNRATED) is not None:
        said.append(_("Half of us or more could not rate this."))
    if groups := released.finding(field, Finding.MEDIAN):
        said.append(_("The middle answer is {answer}.").format(answer=ends(groups[0])))
    if groups := released.finding(field, Finding.QUARTILES):
        said.append(_("The middle half of the answers is {answers}.").format(answers=ends(groups[0] + groups[1])))
    return [*said, *(say.text for say in spread_of(released, field))]


def spread_of(released: Released, field: str) -> tuple[Say, ...]:
    """Say what the spread of a field may mean, where it may be said."""
    word = spread_word(released, field)
    return (Say(spread_sentence(word)),) if word else ()


def spread_word(released: Released, field: str) -> str:
    """Give the word for the spread of a field; empty where it may not be said."""
    groups = released.finding(field, Finding.SPREAD) or released.finding(field, Finding.CLOSE)
    return groups[0][0] if groups else ""


def spread_sentence(word: str) -> str:
    """Say what a spread may mean, in whole sentences."""
    return {
        "close": _("The answers are close together."),
        "far": _("The answers are far apart. What might we each be seeing?"),
        "agree": _("People mostly agree."),
        "some": _("There is some agreement."),
        "spread": _("People see this in many ways. What might we each be seeing?"),
        "split": _("People see this in two ways. Both can be true. What might each side be seeing?"),
    }[word]


def how_many(options: Sequence[Option], entered: Sequence[str]) -> tuple[Say, ...]:
    """Say how often the scribe entered each option, those that were entered at all."""
    told = [
        _("{answer}: {n}.").format(answer=option.label.partition(":")[0], n=entered.count(option.id))
        for option in options
        if option.id in entered
    ]
    return (Say(" ".join(told)),) if told else ()


def quotes(title: str, texts: Sequence[str], under: tuple[tuple[str, ...], ...] = ()) -> tuple[Quotes, ...]:
    """Show words that may be shown; nothing where there are none."""
    return (Quotes(title, tuple(texts), under),) if texts else ()


def in_a_line(texts: Sequence[str]) -> str:
    """Put people's lines one after the other, each as it was written."""
    ended = (text if text.endswith((".", "!", "?", "…", ";")) else f"{text};" for text in texts[:-1])
    return " ".join((*ended, *texts[-1:]))


def in_a_cell(texts: Sequence[str]) -> str:
    """Put people's lines into one cell."""
    return in_a_line(texts) or EMPTY


def quoted(label: str) -> str:
    """Put a label in quotation marks, without what explains it after a dash, and without a full stop of its own."""
    return in_quotes(label.partition(" — ")[0].removesuffix("."))


def picked(released: Released, field: str, options: Sequence[Option]) -> tuple[Option, ...]:
    """Find the options that the scribe entered as agreed aloud."""
    entered = released.entry(field)
    return tuple(option for option in options if option.id in entered)
