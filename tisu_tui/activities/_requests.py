"""Requests: what is asked about each one, and what the scribe's entries say of it, in every kind that takes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tisu_tui.activities import _telling
from tisu_tui.core.form import Option, Pick, Write, bare
from tisu_tui.core.later import AFTER_AGREED, ANSWERS, BECAUSE, Standing, Status, reason, status_label
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Part, WordTable
from tisu_tui.core.translation import gettext as _

_LEFT = "left"
"""The choice that leaves a request as it stands."""

_WITH_WORDS = (Status.AGREED, Status.IN_PART, Status.MORE, *AFTER_AGREED)
_WITH_A_DAY = (Status.AGREED, Status.IN_PART, Status.MORE, Status.ASKED)


def to_answer(request: Option) -> tuple[Pick | Write, ...]:
    """Ask for the answer to a request."""
    return _fields(request, ANSWERS, _("No answer today"))


def to_follow(request: Option) -> tuple[Pick | Write, ...]:
    """Ask what came of a request: what can't be said of it where it stands is not offered."""
    stands = Status(request.group or Status.ASKED)
    if stands in {Status.AGREED, Status.IN_PART, *AFTER_AGREED}:
        return _fields(request, (*AFTER_AGREED, Status.ASKED, Status.WITHDRAWN), _("Agreed, and not begun yet"))
    return _fields(
        request, (*ANSWERS, Status.ASKED, Status.WITHDRAWN), status_label(Status(request.group or Status.ASKED))
    )


def to_ask_again(request: Option) -> tuple[Pick | Write, ...]:
    """Ask whether a request is made again."""
    return _fields(request, (Status.ASKED, Status.WITHDRAWN), _("We leave it as it stands"))


def _fields(request: Option, statuses: Sequence[Status], left: str) -> tuple[Pick | Write, ...]:
    options = (*(Option(status.value, _label(status)) for status in statuses), Option(_LEFT, left))
    words = tuple(status.value for status in statuses if status in _WITH_WORDS)
    reasons = tuple(status.value for status in statuses if status in BECAUSE)
    days = tuple(status.value for status in statuses if status in _WITH_A_DAY)
    found: list[Pick | Write] = [Pick(request.id, options, request.label)]
    if reasons:
        why = _("Why: {request}").format(request=bare(request))
        found.append(Write(f"{request.id}:because", why, many=5, after=request.id, when=reasons))
    if words:
        said = _("What was said: {request}").format(request=bare(request))
        found.append(Write(f"{request.id}:words", said, many=5, after=request.id, when=words))
    if days:
        day = _("By which day: {request}").format(request=bare(request))
        found.append(Write(f"{request.id}:by", day, after=request.id, when=days))
    return tuple(found)


def _label(status: Status) -> str:
    return _("We ask again") if status is Status.ASKED else status_label(status)


def standing(released: Released, request: Option, fields: Sequence[Pick | Write], role: str = "") -> Standing | None:
    """Return what the scribe entered for a request; None if it was left as it stands."""
    entered = dict(released.entries)
    status = next(iter(entered.get(request.id, ())), _LEFT)
    if status == _LEFT:
        return None
    asked = {question.id for question in fields if status in question.when}
    because, words, by = (
        entered.get(name, ()) if name in asked else ()
        for name in (f"{request.id}:because", f"{request.id}:words", f"{request.id}:by")
    )
    if f"{request.id}:because" in asked:
        # Before reasons had a field of their own they stood with all other words.
        words = because or entered.get(f"{request.id}:words", ())
    return Standing(request.id, request.label, Status(status), _telling.in_a_line(words), " ".join(by), role)


def _row(request: Option, found: Standing | None) -> tuple[str, str, str]:
    """Return the cells that tell what came of a request: what, where it stands, in which words."""
    if found is None:
        return request.label, status_label(Status(request.group or Status.ASKED)), _telling.EMPTY
    words = _("because {words}").format(words=found.words) if reason(found.status, found.words) else found.words
    said = [text for text in (words, _("by {date}").format(date=found.by) if found.by else "") if text]
    return request.label, _told(found.status), _telling.in_a_cell(said)


def table(title: str, heads: tuple[str, ...], options: Sequence[Option], found: Iterable[Standing]) -> WordTable:
    """Tell what came of each of some requests."""
    stands = {each.promise: each for each in found}
    rows = tuple(_row(option, stands.get(option.id)) for option in options)
    return WordTable(title, heads, rows, tuple(option.id for option in options))


def by_status(found: Sequence[Standing]) -> tuple[Part, ...]:
    """Put promises or requests that stand alike under one heading, with the words that were said of each."""
    parts = (
        Part(status_label(status), tuple(_with_words(each) for each in found if each.status is status))
        for status in Status
    )
    return tuple(part for part in parts if part.lines)


def _told(status: Status) -> str:
    return _("Asked again") if status is Status.ASKED else status_label(status)


def _with_words(found: Standing) -> str:
    return f"{found.label} ({found.words})" if found.words else found.label
