"""Steps over time on a screen: statements down, sessions across, and what stands behind one of them beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tisu_tui.core.later import Row, spread_label
from tisu_tui.core.shown import WordTable
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.trend import (
    EMPTY,
    Trend,
    change,
    columns,
    empty_sentence,
    evidence_words,
    promised_words,
    reworded_sentence,
    same_people_sentence,
    told,
)
from tisu_tui.screens.layout import Key, Lines, Page, ends, keys_line, paragraph, side_by_side, spaced, stacked
from tisu_tui.screens.paging import PagingApp
from tisu_tui.screens.results import result_lines
from tisu_tui.session.last_time import middle_words

_WIDEST = 132
_LEAST_LABEL, _MOST_LABEL = 24, 56
_CELL = 15
"""The cells of a session's column: enough for the name of a stage on two lines."""
_GAP = 2


class TrendApp(PagingApp):
    """What sessions said of the same statements; the arrows choose one, enter shows what stands behind it."""

    widest = _WIDEST

    def __init__(self, trends: Sequence[Trend]) -> None:
        super().__init__()
        self._trends = trends
        self._at = 0
        self._chosen = 0
        self._behind = 0
        """How many of the latest sessions are to the right of what is seen."""
        self._opened = False
        self._helps = False

    def scrolls(self, key: str) -> bool:
        return self._opened or self._helps

    @property
    def _trend(self) -> Trend:
        return self._trends[self._at]

    # Keys

    def turn(self, key: str, character: str) -> None:
        self._follows = True
        if character == "q" or key in {"ctrl+q", "ctrl+x"}:
            self.exit()
        elif self._helps or self._opened:
            if key in {"escape", "enter", "left", "f1"} or character == "?":
                self._helps = self._opened = False
        elif key == "f1" or character == "?":
            self._helps = True
        elif key == "enter":
            self._opened = True
        elif key == "escape":
            self.exit()
        else:
            self._move(key)
        self.redraw()

    def _move(self, key: str) -> None:
        if key in {"up", "down"}:
            step = 1 if key == "down" else -1
            self._chosen = max(0, min(len(self._trend.lines) - 1, self._chosen + step))
        elif key in {"left", "right"}:
            most = max(0, len(self._trend.sessions) - 1)
            self._behind = max(0, min(most, self._behind + (1 if key == "left" else -1)))
        elif key in {"tab", "shift+tab"}:
            self._at = (self._at + (1 if key == "tab" else -1)) % len(self._trends)
            self._chosen = self._behind = 0

    # Pages

    def page(self, width: int, height: int) -> Page:
        if self._helps:
            return Page(_help(width), keys_line((("esc", _("back")),), width), about="help")
        if self._opened:
            keys = keys_line((("esc", _("back")), ("q", _("close"))), width)
            return Page(self._statement(width), keys, about="statement")
        return self._table(width)

    def _table(self, width: int) -> Page:
        trend = self._trend
        fit = max(1, min(len(trend.sessions), (width - _LEAST_LABEL) // (_CELL + _GAP)))
        self._behind = min(self._behind, len(trend.sessions) - fit)
        last = len(trend.sessions) - self._behind
        seen = slice(last - fit, last)
        label = min(_MOST_LABEL, width - fit * (_CELL + _GAP))
        body = list(self._head(seen, label, width))
        keep = (0, 0)
        for n, line in enumerate(trend.lines):
            is_chosen = n == self._chosen
            mark = "› " if is_chosen else "  "
            words = paragraph(line.label, label - _GAP, "chosen" if is_chosen else "text", mark, "  ")
            drawn = _row(words, map(_cell, line.cells[seen]), label)
            body.append(())
            if is_chosen:
                # With the first statement, what stands over the table is in sight too.
                keep = (len(body) if n else 0, len(body) + len(drawn) - 1)
            body += drawn
        return Page(tuple(body), keys_line(self._keys(fit), width), keep, about=self._at, is_begun=True)

    def _head(self, seen: slice, label: int, width: int) -> Lines:
        trend, where = self._trend, _("{n} of {all}").format(n=self._at + 1, all=len(self._trends))
        heads = [
            paragraph(held.date, _CELL, "dim") + paragraph(held.people, _CELL, "quiet") for held in trend.sessions[seen]
        ]
        return (
            *ends(_("Over time: {title}").format(title=trend.title), where, width, "title"),
            *paragraph(f"{same_people_sentence()} {empty_sentence()}", width, "dim"),
            (),
            *_row(paragraph(_("Statement"), label, "dim"), heads, label),
        )

    def _keys(self, fit: int) -> tuple[Key, ...]:
        keys = [("↑ ↓", _("choose")), ("enter", _("what stands behind it"))]
        if fit < len(self._trend.sessions):
            keys.append(("← →", _("other sessions")))
        if len(self._trends) > 1:
            keys.append(("tab", _("next step")))
        return (*keys, ("f1", _("help")), ("q", _("close")))

    def _statement(self, width: int) -> Lines:
        line, sessions = self._trend.lines[self._chosen], self._trend.sessions
        rows = tuple((held.date, *told(row)) for held, row in zip(sessions, line.cells, strict=True))
        said = [each for each in (change(line, sessions), reworded_sentence(line)) if each]
        evidence = [paragraph(evidence_words(evidence_line), width, "text", "• ") for evidence_line in line.evidence]
        promises = [paragraph(promised_words(promise), width, "text", "• ") for promise in line.promises]
        return spaced(
            paragraph(line.label, width, "title"),
            result_lines((WordTable("", (_("Date"), *columns()), rows),), width),
            *(paragraph(each, width, "result") for each in said),
            _listed(_("What was written down"), evidence, width),
            _listed(_("Actions and requests"), promises, width),
            paragraph(f"{same_people_sentence()} {empty_sentence()}", width, "dim"),
        )


def _listed(title: str, lines: Sequence[Lines], width: int) -> Lines:
    return (*paragraph(title, width, "title"), *stacked(lines)) if lines else ()


def _cell(row: Row | None) -> Lines:
    if row is None or not (row.middle or row.spread):
        return paragraph(EMPTY, _CELL)
    middle = paragraph(middle_words(row) if row.middle else EMPTY, _CELL, "result")
    return middle + (paragraph(spread_label(row.spread), _CELL, "quiet") if row.spread else ())


def _row(label: Lines, cells: Iterable[Lines], width: int) -> Lines:
    parts = (label, *cells)
    return side_by_side(parts, (width - _GAP, *[_CELL] * len(parts)), _GAP)


def _help(width: int) -> Lines:
    return spaced(
        paragraph(_("What this shows"), width, "title"),
        paragraph(
            _(
                "For each session: the middle answer, and a word for how far apart people were, as was shown then. "
                "Numbers of people are never put beside each other."
            ),
            width,
        ),
        paragraph(same_people_sentence(), width),
        paragraph(
            _("One step up is a lot. A step down can mean that people look more closely. It is no score of anybody."),
            width,
        ),
        paragraph(empty_sentence(), width),
    )
