"""What stands beside a result on every screen and in the notes: how it came about, by role, and last time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from tisu_tui.core.days import in_words
from tisu_tui.core.form import Option, short
from tisu_tui.core.released import NOT_RATED, Finding, Released, ReleasedTally, ReleasedVoice, pair_field
from tisu_tui.core.shown import WITHHELD, Say, Shown, Withheld, WordTable, on_paper_sentence
from tisu_tui.core.size import FEWEST_LEADERS
from tisu_tui.core.text import in_quotes
from tisu_tui.core.translation import gettext as _
from tisu_tui.privacy.roles import name
from tisu_tui.session.last_time import last_time
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Step


def remarks(session: Session, step: Step, rounds: Sequence[Released]) -> Iterator[Shown]:
    """Return remarks to show beside the results of a step's rounds."""
    yield from by_voice(rounds)
    if rounds and (carried := carried_sentence(session, step)):
        yield Say(carried, is_aside=True)
    if any(released.on_paper for released in rounds):
        yield Say(on_paper_sentence(), is_aside=True)
    yield from last_time(session.earlier, step, rounds)


def thought_about_sentence(session: Session, step: Step) -> str:
    """Name the lines that are only thought about, as an answer would be about one or two people; else nothing."""
    lines = step.activity.about_leaders if (session.leaders or 0) < FEWEST_LEADERS else ()
    if not lines:
        return ""
    labels = " ".join(in_quotes(line.label) for line in lines)
    return _("Only think about this, nobody is asked: {lines}").format(lines=labels)


def carried_sentence(session: Session, step: Step) -> str:
    """Date the lines taken over from an earlier session; else nothing."""
    carried = dict(session.carried)
    date = carried.get(step.id) or carried.get(step.again_id, "")
    return _("Our own lines are carried from {date}.").format(date=in_words(date)) if date else ""


GAP = 25
"""Percentage points of support, or of a scale's length, from which on roles are far apart."""


def by_voice(rounds: Sequence[Released]) -> Iterator[Shown]:
    """Report roles far apart, and show each round asked by role, role beside role."""
    asked = [released for released in rounds if released.voices]
    # First, because on a small screen what stands below the tables is not seen.
    if asked and has_gap(asked[-1].voices):
        yield Say(
            _(
                "People in different roles see this differently. Let's listen before we decide. "
                "You need not say how you answered."
            )
        )
    for released in asked:
        title = _("By role") if len(rounds) == 1 else _("By role, round {n}").format(n=released.round)
        yield _table(title, released)


def has_gap(voices: Sequence[ReleasedVoice]) -> bool:
    """Tell whether two roles are far apart in anything that was released of them."""
    fields = zip(*(voice.tallies for voice in voices), strict=True)
    return any(_is_apart(one, other) for tallies in fields for one, other in combinations(tallies, 2))


def _is_apart(one: ReleasedTally, other: ReleasedTally) -> bool:
    if (middles := one.finding(Finding.MEDIAN)) is not None:
        ids = [option.id for option in one.options]
        others = other.finding(Finding.MEDIAN) or middles
        steps = abs(ids.index(middles[0][0]) - ids.index(others[0][0]))
        return 100 * steps >= GAP * max(1, _points(one) - 1)
    if (shares := _shares(one)) and (others_shares := _shares(other)):
        far = any(abs(a - b) >= GAP for a, b in zip(shares, others_shares, strict=True))
        return far or not (_top(shares) & _top(others_shares))
    return False


def _points(tally: ReleasedTally) -> int:
    return sum(option.id not in NOT_RATED for option in tally.options)


def _shares(tally: ReleasedTally) -> list[float]:
    counts = [n for n in tally.counts if isinstance(n, int)]
    return [100 * n / tally.answered for n in counts] if isinstance(tally.answered, int) else []


def _top(shares: Sequence[float]) -> set[int]:
    return {n for n, share in enumerate(shares) if share == max(shares)}


def _table(title: str, released: Released) -> WordTable:
    voices = released.voices
    first = voices[0].tallies
    names = [name(voice.voice) for voice in voices]
    if not any(isinstance(each.answered, int) for each in first):
        return WordTable(title, (_("Role"), _("Answer")), tuple((each, WITHHELD) for each in names))
    whole = released.tally(first[0].field)
    if whole is not None and whole.finding(Finding.ORDER) is not None:
        (tally,) = first
        lines = [[_chosen(voice.tallies[0], option) for voice in voices] for option in tally.options]
        rows = tuple((option.label, *line) for option, line in zip(tally.options, lines, strict=True))
        is_ranked = any(released.tally(pair_field(tally.field, each.id)) for each in tally.options)
        return WordTable(title, (_("Put first by") if is_ranked else _("Choice"), *names), rows)
    if len(first) == 1:
        middles = [_middle(voice.tallies[0]) for voice in voices]
        return WordTable(title, (_("Role"), _("Middle answer")), tuple(zip(names, middles, strict=True)))
    cells = zip(*(map(_middle, voice.tallies) for voice in voices), strict=True)
    rows = tuple((_headed(each.title), *line) for each, line in zip(first, cells, strict=True))
    return WordTable(_("{title}: the middle answer").format(title=title), (_("Statement"), *names), rows)


def _headed(title: str) -> str:
    return title.partition(" — ")[0]


def _middle(tally: ReleasedTally) -> str | Withheld:
    groups = tally.finding(Finding.MEDIAN)
    return short(tally.label(groups[0][0])) if groups else WITHHELD


def _chosen(tally: ReleasedTally, option: Option) -> str | Withheld:
    if isinstance(tally.answered, int) and isinstance(n := tally.count(option.id), int):
        share = round(100 * n / tally.answered)
        return _("{share}% ({n} of {all})").format(share=share, n=n, all=tally.answered)
    return WITHHELD
