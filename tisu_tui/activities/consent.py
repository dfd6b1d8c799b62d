from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import Self

from tisu_tui.activities import _asking, _counting, _reading, _telling
from tisu_tui.core import figure
from tisu_tui.core.activity import Activity, Given, Present, StepSource
from tisu_tui.core.form import Answer, By, Form, Option, Pick, Write
from tisu_tui.core.released import Count, Finding, Found, Released, Tally, Unsaid
from tisu_tui.core.shown import Say, Shown
from tisu_tui.core.size import Size, Way
from tisu_tui.core.text import in_quotes, within_quotes
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.verdict import Rule, Verdict


@dataclass(frozen=True, slots=True)
class Consent(Activity):
    """The group asks whether anyone sees harm in trying one proposal; one objection holds it."""

    settings = frozenset({"quorum", "from"})
    finds = frozenset({Finding.CARRIED})
    is_vote = True
    takes_one = True

    question: str
    """The proposal, where no earlier step brings one."""
    quorum: Fraction = Fraction(2, 3)
    """The share of the people present at the start who must still be there at the end."""
    takes_options: bool = False
    """Whether the proposal comes from an earlier step; where none came, there is nothing to consent to."""

    @classmethod
    def read(cls, step: StepSource) -> Self:
        if not step.quorum:
            return cls(step.title, takes_options=step.takes_options)
        parts = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})", step.quorum)
        top, bottom = map(int, parts.groups()) if parts else (0, 0)
        if not 0 < top <= bottom:
            message = _("'{quorum}' is not a share of the people").format(quorum=step.quorum)
            _reading.stop_at([_reading.at_step(step, "T417", message, _("`quorum 2/3`"))])
        return cls(step.title, Fraction(top, bottom), step.takes_options)

    def form(self, given: Given, size: Size) -> Form:
        if self.takes_options and not given.options:
            return Form((_asking.nothing_to_take(),))
        proposal = in_quotes(self._proposal(given.options))
        aloud = (Pick("outcome", _outcomes(), proposal), Write("worries", _("Worries to keep"), many=10))
        talk = _("We go round. Each person speaks or passes. The scribe enters where we end up.")
        return _asking.on_own_screens(_fields(proposal), size, aloud=Form(aloud, By.SCRIBE, talk))

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        position, reason = _fields(in_quotes(self._proposal(given.options)))
        told = _counting.answered((position, reason), answers)
        counted = _counting.tally(position, told)
        if counted.answered:
            verdict = self._verdict(counted, present)
            counted = replace(counted, found=(Found(Finding.CARRIED, ((verdict,),)),))
        return Count((counted,), _counting.words(reason.id, told), among=counted.answered)

    def _verdict(self, counted: Tally, present: Present) -> str:
        chosen = dict(zip((option.id for option in counted.options), counted.counts, strict=True))
        if present.at_close < ceil(self.quorum * present.at_open):
            return "absent"
        if chosen["object"]:
            return "worry"
        return "thin" if 3 * chosen["aside"] > counted.answered else "carried"

    def proposal(self, given: Given) -> str:
        # Where no other step brings one, the step's own title is the proposal, and stands above.
        return within_quotes(self._proposal(given.options)) if len(given.options) == 1 else ""

    def rule(self, given: Given, size: Size) -> Rule | None:
        if size.way is Way.ALONE:
            return None
        carries = _("It is carried when nobody objects. Where more than a third stand aside, it is carried, but thin.")
        quorum = _("{share} of the people here at the start must be here at the end. Whoever passes counts as here.")
        return Rule(_("Consent"), carries, quorum.format(share=_share(self.quorum)), self.quorum)

    def picture(self, given: Given, rounds: Sequence[Released]) -> figure.Picture | None:
        asked = _telling.told(rounds)
        if not asked:
            return None
        last = asked[-1]
        word, proposal = _word(last), within_quotes(self._proposal(last.options))
        kept = tuple(dict.fromkeys(words for released in asked for words in _concerns(released)))
        if not word:
            if not last.is_secret:
                return None
            said = tuple(say.text for say in _telling.unsaid(last))
            return figure.Picture(figure.VerdictFigure(proposal, figure.Tone.WAIT), _("Not shown"), under=said)
        tone, headline, under = _large(word)
        if last.unsaid is Unsaid.WORRY:
            under = (_standing(),)
        return figure.Picture(figure.VerdictFigure(proposal, tone, kept), headline, under=under)

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        shown: list[Shown] = []
        for released in rounds:
            text = self._told(released, is_last=released is rounds[-1])
            if text and len(rounds) > 1:
                text = _("Round {n}: {sentence}").format(n=released.round, sentence=text)
            shown += [Say(text)] if text else []
        for released in rounds[-1:]:
            shown += _telling.unsaid(released) if _telling.silent(released) else ()
            # A worry that was solved in a later round is part of how the decision came about.
            kept = dict.fromkeys(words for round_ in rounds for words in _concerns(round_))
            shown += _telling.quotes(_("Worries and reasons kept"), tuple(kept))
        return tuple(shown)

    def verdict(self, last: Released) -> Verdict | None:
        word = _word(last)
        if not word:
            return None
        labels = {option.id: option.label for option in _outcomes()}
        return Verdict(labels[word], word in _CARRIED, self._proposal(last.options), _concerns(last))

    def is_held_up(self, last: Released) -> bool:
        return _word(last) == "worry"

    def _told(self, released: Released, *, is_last: bool) -> str:
        word, is_secret = _word(released), released.is_secret
        if not word:
            return "" if is_secret else _telling.nothing_written().text
        said = next(option.label for option in _outcomes() if option.id == word)
        if is_secret and word == "worry":
            said = _worry() if is_last else _("A worry was raised.")
        if is_last and released.unsaid is Unsaid.WORRY:
            said = _standing()
        return f"{in_quotes(self._proposal(released.options))}: {said}"

    def _proposal(self, options: Sequence[Option]) -> str:
        return options[0].label if options else self.question


_CARRIED = frozenset({"carried", "carried-worries", "thin"})


def _concerns(released: Released) -> tuple[str, ...]:
    return (*released.kept, *released.entry("worries"))


def _word(released: Released) -> str:
    """Find the verdict: what was counted or, aloud, what the scribe entered; empty where there is none."""
    if not released.is_secret:
        return next((option.id for option in _telling.picked(released, "outcome", _outcomes())), "")
    groups = released.finding("position", Finding.CARRIED)
    return groups[0][0] if groups else ""


def _share(quorum: Fraction) -> str:
    named = {
        Fraction(1, 2): _("At least half"),
        Fraction(1, 3): _("At least a third"),
        Fraction(2, 3): _("At least two thirds"),
        Fraction(3, 4): _("At least three quarters"),
        Fraction(1): _("All"),
    }
    return named.get(quorum) or _("At least {top} in {bottom}").format(top=quorum.numerator, bottom=quorum.denominator)


def _fields(proposal: str) -> tuple[Pick, Write]:
    options = (
        Option("agree", _("Agree: it is good enough for now, and safe enough to try")),
        Option("worry", _("Agree, with a worry: go ahead, and keep my worry beside it")),
        Option("aside", _("Stand aside: I leave this one to the others, and won't stop it")),
        Option("object", _("Object: I see harm in it, and we need to change it first")),
    )
    reason = Write("reason", _("Would you like to add a few words? You need not."), after="position")
    return Pick("position", options, proposal), reason


def _outcomes() -> tuple[Option, ...]:
    return (
        Option("carried", _("Carried.")),
        Option("carried-worries", _("Carried, with worries kept.")),
        Option("worry", _("A worry is raised, so it is not carried yet.")),
        Option("thin", _("Carried, but thin: set an early review.")),
        Option("absent", _("Not enough people present to decide. Ask again when more of us are here.")),
    )


def _standing() -> str:
    return _(
        "The worry that was raised stands, as we may not be the same people now. "
        "Once somebody writes down how it was met, we can ask again."
    )


def _worry() -> str:
    return _(
        "A worry has been raised. It is now for all of us to solve. "
        "Please don't ask or guess whose it is. What would make this safe enough to try?"
    )


def _large(word: str) -> tuple[figure.Tone, str, tuple[str, ...]]:
    """Give a verdict in a few large words, with what it means and what happens next."""
    match word:
        case "carried":
            return figure.Tone.YES, _("Carried"), (_("Nobody objected. It is agreed, and good enough for now."),)
        case "carried-worries":
            kept = _("It is agreed. The worries are kept beside it, and looked at when we look at it again.")
            return figure.Tone.YES, _("Carried, with worries kept"), (kept,)
        case "thin":
            thin = _("Nobody objected, and many of us stood aside. It is agreed, and it needs an early review.")
            return figure.Tone.THIN, _("Carried, but thin"), (thin, _("On which day do we look at it again?"))
        case "worry":
            return figure.Tone.HELD, _("A worry is raised"), (_worry(),)
        case _:
            few = _("Nothing is decided. We ask again when more of us are here.")
            return figure.Tone.WAIT, _("Not enough of us"), (few,)
