from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tisu_tui.activities import _asking, _counting, _picturing, _telling
from tisu_tui.core.activity import Activity, Given, Present, Tier
from tisu_tui.core.figure import Picture, Rated, Ruler
from tisu_tui.core.form import Answer, By, Form, Option, Pick, Write
from tisu_tui.core.released import Count, Finding, Released
from tisu_tui.core.shown import Shown
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _

_LINE = "line"


@dataclass(frozen=True, slots=True)
class Close(Activity):
    """People say how the session was for them, and take their leave."""

    tier = Tier.ROOM
    checks_out = True
    finds = _counting.FIRST

    def form(self, given: Given, size: Size) -> Form:
        aloud = Form(_fields(), By.NOBODY, _("One word each, if you like. You can pass."))
        return _asking.on_own_screens(_fields(), size, aloud)

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        told = _counting.answered(_fields(), answers)
        tallies = [_counting.tally(question, told) for question in _picks()]
        first = tuple(replace(tally, found=_counting.first(tally)) for tally in tallies)
        return Count(first, _counting.words(_LINE, told), among=sum(_LINE in each for each in told))

    def picture(self, given: Given, rounds: Sequence[Released]) -> Picture:
        points, questions = _points(), tuple(Option(question.id, question.title) for question in _picks())
        empty = _picturing.ruler(points, questions)
        asked = _telling.secret(rounds)
        if not asked:
            return Picture(empty)
        last = asked[-1]
        if _telling.silent(last):
            said = tuple(say.text for say in _telling.unsaid(last, _("Thank you for being here.")))
            return _picturing.withheld(empty, last, said)
        places = {option.id: n for n, option in enumerate(points)}
        rows = []
        for option in questions:
            first = last.finding(option.id, Finding.WINNER)
            note = "" if first else _("not shown") if first is None else _("no single answer came first")
            rows.append(
                Rated(
                    option.id, option.label, tuple(places[name] for group in first or () for name in group), note=note
                )
            )
        told = _("■ more of us said this than anything else")
        return Picture(Ruler(empty.points, tuple(rows), legend=told), _("Thank you"), under=last.kept)

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.secret(rounds)
        if not rounds:
            return ()
        aspects = ((_("More of us said this than anything else"), _telling.came_first),)
        questions = tuple(Option(question.id, question.title) for question in _picks())
        shown: list[Shown] = []
        shown += _telling.table(_("How it was"), _("Question"), questions, aspects, rounds)
        shown += _telling.quotes(_("In people's words"), rounds[-1].kept)
        if _telling.silent(rounds[-1]):
            shown += _telling.unsaid(rounds[-1], _("Thank you for being here."))
        return tuple(shown)


def _points() -> tuple[Option, ...]:
    labels = (_("Not at all"), _("A little"), _("Partly"), _("Mostly"), _("Fully"))
    return tuple(Option(str(n), f"{n} {label}", str(n), label) for n, label in enumerate(labels, 1))


def _picks() -> tuple[Pick, ...]:
    return (
        Pick("heard", _points(), _("Did you feel heard?")),
        Pick("useful", _points(), _("Was it worth your time?")),
        Pick("next", _points(), _("Do you know what happens next?")),
    )


def _fields() -> tuple[Pick | Write, ...]:
    return (*_picks(), Write(_LINE, _("Is there anything you would like to say?")))
