"""Counts of a kind, and their released part."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

from tisu_tui.core.form import Option
from tisu_tui.core.shown import Number
from tisu_tui.core.size import Way
from tisu_tui.core.text import within_quotes


class Finding(StrEnum):
    """Something that can be said of answers without their numbers."""

    MEDIAN = "median"
    QUARTILES = "quartiles"
    SPREAD = "spread"
    ORDER = "order"
    MAJORITY = "majority"
    WINNER = "winner"
    CARRIED = "carried"
    CLOSE = "close"
    UNRATED = "unrated"
    READY = "ready"
    SHARE = "share"


class Unsaid(StrEnum):
    """Why less is told than a room of this size may be told: nothing that an answer decides."""

    LOOKED = "looked"
    """It was told before."""
    FIRST = "first of two"
    """Two looks were announced, and only the second is told."""
    WORRY = "worry stands"
    """Somebody may have left since a worry was raised."""


NOT_RATED = frozenset({"dont-know", "not-here"})
"""The answers beside a scale, in no median."""


def pair_field(field: str, option: str) -> str:
    """Name the field counting how many people ranked one option above another."""
    return f"{field}:{option}"


def sure_field(line: str) -> str:
    """Name the field that holds how sure people are of a line."""
    return f"{line}.sureness"


def own_question(field: str) -> str:
    """Name the question that a field stands beside; a question's own field names itself."""
    return field.partition(":")[0].removesuffix(sure_field(""))


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: `groups` of option ids or of the finding's own words.

    median: one group of one id, or of two to say "between"; quartiles: two groups; spread: a word;
    close: close or far, for answers within a step of the middle; unrated: nothing, where half or fewer rated;
    order: groups of tied ids, best first; winner: what came first, ties all, or no group where nothing did alone;
    majority: that same one where more than half chose it, else no group; share: its nearest quarter of 4;
    ready: ready or not yet; carried: one of carried, thin, worry, absent.
    """

    finding: Finding
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """One field counted on its own: how many people chose each option, before the gate.

    `answered` counts everyone who answered, don't know included; `rated` those a median is made of, who chose among
    the first `scale` options.
    `dots` are in `weights` where an option can be chosen more than once.
    """

    field: str
    title: str
    options: tuple[Option, ...]
    counts: tuple[int, ...]
    answered: int
    rated: int = 0
    found: tuple[Found, ...] = ()
    weights: tuple[int, ...] = ()
    scale: int = 0

    @property
    def question(self) -> str:
        """The field of the question that it is, or stands beside."""
        return own_question(self.field)

    @property
    def is_of_its_own(self) -> bool:
        """Whether it is a question of its own: not how sure people are of one, and no table of pairs."""
        return self.question == self.field


@dataclass(frozen=True, slots=True)
class Count:
    """What the answers to a step add up to; `words` are sorted and came from `among` people's answers."""

    tallies: tuple[Tally, ...] = ()
    words: tuple[str, ...] = ()
    among: int = 0


@dataclass(frozen=True, slots=True)
class VoiceCount:
    """Count of the people of one role; the empty role is for those who named none."""

    voice: str
    count: Count


@dataclass(frozen=True, slots=True)
class ReleasedTally:
    """One field after the gate: a count that may not be said is withheld, a finding that may not is gone."""

    field: str
    title: str
    options: tuple[Option, ...]
    counts: tuple[Number, ...]
    answered: Number
    found: tuple[Found, ...] = ()
    weights: tuple[Number, ...] = ()

    def finding(self, name: Finding) -> tuple[tuple[str, ...], ...] | None:
        """Look a finding up; `None` when it was not released."""
        return next((found.groups for found in self.found if found.finding == name), None)

    def label(self, option: str) -> str:
        """Give the words of an option."""
        return next((each.label for each in self.options if each.id == option), option)

    def count(self, option: str) -> Number:
        """Give the count of an option."""
        return next(n for each, n in zip(self.options, self.counts, strict=True) if each.id == option)


@dataclass(frozen=True, slots=True)
class ReleasedVoice:
    """Released results of one role: the same fields for all roles or for none."""

    voice: str
    tallies: tuple[ReleasedTally, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A name the group gave to some of its ideas; `members` number the words held, from 1."""

    name: str
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Released:
    """One round of a step as everybody may see it: the only thing results are ever drawn from.

    `entries` are what the scribe typed, as (field id, texts or option ids); they are spoken in the room and
    pass no gate. `kept` are people's words that the group said yes to, with their `kept_themes`. `people` is a band.
    """

    round: int
    way: Way
    people: str
    tallies: tuple[ReleasedTally, ...] = ()
    nothing: bool = False
    themes: tuple[Theme, ...] = ()
    kept: tuple[str, ...] = ()
    kept_themes: tuple[str, ...] = ()
    entries: tuple[tuple[str, tuple[str, ...]], ...] = ()
    options: tuple[Option, ...] = ()
    on_paper: bool = False
    """Whether people without a device were asked by hand, on paper or on a shared laptop."""
    voices: tuple[ReleasedVoice, ...] = ()
    """The roles side by side; empty where nobody was asked for theirs."""
    unsaid: Unsaid | None = None
    """Why less is told than a room of this size may be told."""

    @property
    def is_secret(self) -> bool:
        """Whether people answered on their own screens; the room may have grown smaller since."""
        return self.nothing or bool(self.tallies)

    def entry(self, field: str) -> tuple[str, ...]:
        """Give what the scribe typed in a field."""
        return next((texts for name, texts in self.entries if name == field), ())

    def kept_under(self, theme: str) -> tuple[str, ...]:
        """Give the kept words of a theme; with no name, those without one."""
        return tuple(text for text, name in zip_longest(self.kept, self.kept_themes, fillvalue="") if name == theme)

    def tally(self, field: str) -> ReleasedTally | None:
        """Look up what was released for a field."""
        return next((tally for tally in self.tallies if tally.field == field), None)

    def finding(self, field: str, name: Finding) -> tuple[tuple[str, ...], ...] | None:
        """Look up a finding of a field; `None` where it may not be said."""
        tally = self.tally(field)
        return tally.finding(name) if tally else None

    def label(self, field: str, option: str) -> str:
        """Give the words of an option of a field."""
        tally = self.tally(field)
        return tally.label(option) if tally else option

    def renamed(self, was: str, now: str) -> Released:
        """Put what could be chosen in other words, wherever it was called just so; every number stays."""

        def told(tallies: tuple[ReleasedTally, ...]) -> tuple[ReleasedTally, ...]:
            return tuple(
                replace(tally, title=_renamed(tally.title, was, now), options=renamed(tally.options, was, now))
                for tally in tallies
            )

        voices = tuple(replace(voice, tallies=told(voice.tallies)) for voice in self.voices)
        return replace(self, tallies=told(self.tallies), voices=voices, options=renamed(self.options, was, now))


def renamed(options: tuple[Option, ...], was: str, now: str) -> tuple[Option, ...]:
    """Put options in other words, wherever one is called just so."""
    return tuple(replace(option, label=_renamed(option.label, was, now)) for option in options)


def _renamed(text: str, was: str, now: str) -> str:
    # Between the quotation marks of whichever language.
    quoted = rf"([“”„«»「]\s?){re.escape(within_quotes(was))}(?=\s?[”“«»」])"
    return now if text == was else re.sub(quoted, lambda found: f"{found[1]}{within_quotes(now)}", text)
