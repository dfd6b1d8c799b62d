from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from tisu_tui.activities import _asking, _counting, _picturing, _reading, _telling
from tisu_tui.core.activity import Activity, Given, Present, StepSource, Tier
from tisu_tui.core.figure import Picture, Window
from tisu_tui.core.form import Answer, By, Form, Option, Pick, bare, short
from tisu_tui.core.released import Count, Finding, Released
from tisu_tui.core.shown import Say, Shown
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _

_FIELD = "state"


@dataclass(frozen=True, slots=True)
class CheckIn(Activity):
    """Each person notices where they are just now; the room sees the whole only, and only in bigger groups."""

    tier = Tier.ROOM
    lists = frozenset({"scale"})
    finds = _counting.FIRST
    asks_about_people = True
    checks_out = True

    zones: tuple[Option, ...]

    @classmethod
    def read(cls, step: StepSource) -> Self:
        _reading.stop_at(_reading.scale_problems(step))
        return cls(_reading.points(step.scale))

    def form(self, given: Given, size: Size) -> Form:
        talk = _("Think about it on your own. Nothing is sent, and nobody will ask.")
        fields = (self._field(),)
        return _asking.on_own_screens(fields, size, aloud=Form(fields, By.NOBODY, talk))

    def _field(self) -> Pick:
        extras = (Option("mixed", _("Mixed"), "m"), Option("not-sure", _("Not sure"), "u"))
        return Pick(_FIELD, (*self.zones, *extras))

    def kept_in_the_room(self) -> str:
        return _("Check-in offered. Nothing about it is kept.")

    @classmethod
    def usual_scale(cls) -> str:
        return _(
            "- -3 to -2: Below the window — flat, foggy, far away\n"
            "- -1 to 1: In the window — settled enough to think and listen\n"
            "- 2 to 3: Above the window — wound up, racing, on edge"
        )

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        field = self._field()
        counted = _counting.tally(field, _counting.answered((field,), answers))
        return Count((replace(counted, found=_counting.first(counted)),))

    def picture(self, given: Given, rounds: Sequence[Released]) -> Picture:
        options = self._field().options
        asked = _telling.secret(rounds)
        bands = _picturing.zones(self.zones, options[len(self.zones) :], is_result=bool(asked))
        if not asked:
            return Picture(Window(bands))
        told = [released.finding(_FIELD, Finding.WINNER) for released in asked]
        before = next((group[0] for group in reversed(told[:-1]) if group), ())
        now, said = told[-1], _("more of us here than anywhere else")
        if now is None:
            if _telling.silent(asked[-1]):
                offer = _("A pause is there for anyone who would like one.")
                said_of_it = tuple(say.text for say in _telling.unsaid(asked[-1], offer))
                return _picturing.withheld(Window(bands), asked[-1], said_of_it)
            return Picture(Window(bands))
        if not now:
            figure = Window(bands, before=before, before_said=_("came first at the start"))
            return Picture(figure, _("No single answer came first"))
        tally = asked[-1].tally(_FIELD)
        share = _telling.share(tally) if tally else ""
        zone = next((band for band in bands if band.id == now[0][0]), None)
        figure = Window(bands, now[0], f"{said}: {share}" if share else said, before, _("came first at the start"))
        return Picture(figure, zone.name if zone else "", _("More of us chose this than anything else"))

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.secret(rounds)
        if not rounds:
            return ()
        between = [_("Then") for _each in rounds[1:-1]]
        names = [_("People")] if len(rounds) == 1 else [_("First"), *between, _("Now")]
        shown: list[Shown] = []
        for name, released in zip(names, rounds, strict=True):
            if sentence := self._said(released):
                shown.append(Say(sentence if len(rounds) == 1 else f"{name}: {sentence}"))
        if _telling.silent(rounds[-1]):
            shown += _telling.unsaid(rounds[-1], _("A pause is there for anyone who would like one."))
        return tuple(shown)

    def _said(self, released: Released) -> str:
        groups, tally = released.finding(_FIELD, Finding.WINNER), released.tally(_FIELD)
        if groups is None or tally is None:
            return ""
        if not groups:
            return _("No single answer came first.")
        came_first = next(option for option in tally.options if option.id == groups[0][0])
        # The points of a band are nobody's words: it is chosen by its place. What is typed stands in no file.
        answer = _telling.quoted(short(came_first.label if self.zones[0].key else bare(came_first)))
        if share := _telling.share(tally):
            sentence = _("More of us chose {answer} than anything else: {share}.")
            return sentence.format(answer=answer, share=share)
        return _("More of us chose {answer} than anything else.").format(answer=answer)
