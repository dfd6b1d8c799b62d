from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tisu_tui.activities import _asking, _counting, _telling
from tisu_tui.core.activity import Activity, Given, Present
from tisu_tui.core.form import Answer, By, Form, Option, Write
from tisu_tui.core.released import Count, Released
from tisu_tui.core.shown import Say, Shown
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _

_FIELD = "ideas"


@dataclass(frozen=True, slots=True)
class Gather(Activity):
    """People write down ideas; the group names themes and says which words may be kept."""

    def form(self, given: Given, size: Size) -> Form:
        talk = _("Think about it first. Then we say our ideas, and the scribe writes them down.")
        aloud = Form((Write(_FIELD, many=40),), By.SCRIBE, talk)
        return _asking.on_own_screens((_field(),), size, aloud)

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        told = _counting.answered((_field(),), answers)
        return Count(words=_counting.words(_FIELD, told), among=sum(_FIELD in each for each in told))

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        shown: list[Shown] = []
        for name, released in _telling.headed(rounds, ""):
            told: list[Shown] = []
            themes = tuple(dict.fromkeys(theme.name for theme in released.themes))
            under = tuple(map(released.kept_under, themes))
            words, kept = _("What we said, in the group's words"), _("Kept as written")
            if any(under):
                words, kept = _("In the group's words, with lines kept as written"), _("Other lines kept as written")
            for title, texts, below in (
                (words, themes, under if any(under) else ()),
                (kept, released.kept_under(""), ()),
                (_("What we said aloud"), released.entry(_FIELD), ()),
            ):
                told += _telling.quotes(f"{title} ({name})" if name else title, texts, below)
            shown += told
            if not told and released is rounds[-1]:
                empty = Say(_("Nothing was kept as written."))
                shown += _telling.withheld() if released.nothing else (empty,)
        return tuple(shown)

    def offers(self, last: Released) -> tuple[Option, ...]:
        themes = tuple(theme.name for theme in last.themes)
        return _asking.from_texts(themes or last.kept or last.entry(_FIELD))


def _field() -> Write:
    return Write(_FIELD, many=10)
