from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Self

from tisu_tui.activities import _asking, _counting, _reading, _telling
from tisu_tui.core.activity import Activity, Given, Present, StepSource
from tisu_tui.core.form import Answer, By, Form, Option, Pick
from tisu_tui.core.released import Count, Finding, Released
from tisu_tui.core.shown import Say, Shown
from tisu_tui.core.size import Size

_FIELD = "answer"


@dataclass(frozen=True, slots=True)
class Scale(Activity):
    """People answer one question about their service on a scale; the middle and the spread are shown."""

    lists = frozenset({"scale"})
    settings = frozenset({"by voice"})
    finds = _counting.RATINGS

    points: tuple[Option, ...]

    @classmethod
    def read(cls, step: StepSource) -> Self:
        _reading.stop_at(_reading.scale_problems(step))
        return cls(_reading.points(step.scale))

    def form(self, given: Given, size: Size) -> Form:
        aloud = Form((self._field(_("agreed aloud")),), By.SCRIBE, _asking.talk_it_over())
        return _asking.on_own_screens((self._field(),), size, aloud)

    def _field(self, title: str = "") -> Pick:
        return Pick(_FIELD, (*self.points, _asking.dont_know()), title)

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        field = self._field()
        return Count((_counting.rated(field, self.points, _counting.answered((field,), answers)),))

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        if not rounds:
            return ()
        shown: list[Shown] = []
        if len(rounds) == 1:
            shown += self._sentences(rounds[0])
        else:
            for each in rounds:
                shown += [
                    Say(_("Round {n}: {sentence}").format(n=each.round, sentence=sentence.text))
                    for sentence in self._sentences(each)
                ]
        asked = _telling.secret(rounds)
        shown += _telling.counts(_("How many people chose each"), _FIELD, asked, _telling.heads(asked, _("People")))
        if _telling.silent(rounds[-1]):
            shown += _telling.withheld()
        return tuple(shown)

    def _sentences(self, released: Released) -> list[Say]:
        if not _telling.is_secret(released):
            agreed = _telling.picked(released, _FIELD, self._field().options)
            if not agreed:
                return [_telling.nothing_written()]
            return [Say(_("Agreed aloud: {answer}.").format(answer=_telling.quoted(agreed[0].label)))]
        said: list[Say] = []
        if groups := _telling.finding(released, _FIELD, Finding.MEDIAN):
            answer = _between(released, groups[0])
            said.append(Say(_("The middle answer is {answer}.").format(answer=answer)))
        if groups := _telling.finding(released, _FIELD, Finding.QUARTILES):
            answers = _between(released, groups[0] + groups[1])
            said.append(Say(_("The middle half of the answers is {answers}.").format(answers=answers)))
        if groups := _telling.finding(released, _FIELD, Finding.SPREAD):
            said.append(Say(_telling.spread_sentence(groups[0][0])))
        return said


def _between(released: Released, ids: Sequence[str]) -> str:
    return _telling.between([_telling.quoted(_telling.label(released, _FIELD, each)) for each in ids])
