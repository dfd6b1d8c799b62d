from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tisu_tui.activities import _asking, _picturing, _requests, _telling
from tisu_tui.core.activity import Activity, Given
from tisu_tui.core.figure import Picture
from tisu_tui.core.form import Form, Option, Pick, Write, bare
from tisu_tui.core.later import OF_ACTIONS, VISIBLE, Seen, Standing, Status, is_request, status_label
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Part, Shown, WordTable
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _

_HINDERED = (Status.NOT_STARTED, Status.UNDER_WAY, Status.STUCK, Status.DROPPED)
"""Where something may have got in the way."""

_MAY_BE_SEEN = (Status.UNDER_WAY, Status.DONE, Status.NORMAL)

_PROMISED = "promised"


@dataclass(frozen=True, slots=True)
class Follow(Activity):
    """The group reviews its earlier promises: where each stands, and what got in the way."""

    follows_up = True

    def form(self, given: Given, size: Size) -> Form:
        if not given.options:
            fields = (Write(_PROMISED, _("What did we promise last time?"), many=40),)
            talk = _("We say what we promised last time and what came of it. The scribe writes it down.")
            return _asking.by_scribe(fields, size, talk)
        talk = _(
            "We go through what we promised. Stuck is information, not failure. The scribe enters where each stands."
        )
        if any(option.group == VISIBLE for option in given.options):
            talk += " " + _(
                "Some of us promised something that we would see. They say how it went, and whether they want to hear "
                "if anybody saw it. If they don't, we leave that question out."
            )
        # What is ours to do comes first, then what was asked of others.
        options = sorted(given.options, key=is_request)
        return _asking.by_scribe([field for option in options for field in _fields(option)], size, talk)

    def picture(self, given: Given, rounds: Sequence[Released]) -> Picture | None:
        return _picturing.board(self.describe(rounds[-1:]))

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        shown: list[Shown] = []
        for title, released in _telling.headed(rounds, _("What we promised")):
            shown += _telling.quotes(title, released.entry(_PROMISED))
            ours = [option for option in released.options if not is_request(option)]
            if standings := [status for option in ours if (status := _standing(released, option.id))]:
                if released is rounds[-1]:
                    shown += _telling.how_many(_statuses(), standings)
                columns = (_("What"), _("Where it stands"), _("In our words"))
                rows = tuple(_row(released, option) for option in ours)
                shown.append(WordTable(title, columns, rows, tuple(option.id for option in ours)))
            if asked := [option for option in released.options if is_request(option)]:
                columns = (_("What we asked"), _("Where it stands"), _("What was said"))
                shown.append(_requests.table(_("What we asked for"), columns, asked, self.standings(released)))
        return tuple(shown) or ((_telling.nothing_written(),) if rounds else ())

    def page(self, last: Released) -> Sequence[Part]:
        if not last.options:
            return (Part("", last.entry(_PROMISED)),)
        return _requests.by_status(self.standings(last))

    def offers(self, last: Released) -> tuple[Option, ...]:
        finished = {standing.promise for standing in self.standings(last) if not standing.status.is_open}
        return tuple(option for option in last.options if option.id not in finished)

    def standings(self, last: Released) -> tuple[Standing, ...]:
        found = (_of_request(last, option) if is_request(option) else _of_ours(last, option) for option in last.options)
        return tuple(standing for standing in found if standing)


def _of_ours(last: Released, option: Option) -> Standing | None:
    status = _standing(last, option.id)
    said = _telling.in_a_line(_said(last, option))
    seen = _standing(last, f"{option.id}:seen") if status in _MAY_BE_SEEN else ""
    return Standing(option.id, option.label, Status(status), said, seen=seen) if status else None


def _seen() -> tuple[Option, ...]:
    return (Option(Seen.YES, _("People here have seen it")), Option(Seen.NOT_YET, _("Not seen yet")))


def _of_request(last: Released, option: Option) -> Standing | None:
    return _requests.standing(last, option, _requests.to_follow(option))


def _standing(released: Released, option: str) -> str:
    return next(iter(released.entry(option)), "")


def _statuses() -> tuple[Option, ...]:
    return tuple(Option(status, status_label(status)) for status in OF_ACTIONS)


def _fields(promise: Option) -> tuple[Pick | Write, ...]:
    if is_request(promise):
        return _requests.to_follow(promise)
    way = _("What got in the way: {promise}").format(promise=promise.label)
    where = _("Where is it written, and who checks: {promise}").format(promise=promise.label)
    # Of the thing and not of who promised it: nobody is marked by what others noticed.
    seen, is_visible = _("Have you seen it? {promise}").format(promise=bare(promise)), promise.group == VISIBLE
    return (
        Pick(promise.id, _statuses(), promise.label),
        Write(f"{promise.id}:way", way, many=5, after=promise.id, when=_HINDERED),
        Write(f"{promise.id}:where", where, many=5, after=promise.id, when=(Status.NORMAL,)),
        *((Pick(f"{promise.id}:seen", _seen(), seen, after=promise.id, when=_MAY_BE_SEEN),) if is_visible else ()),
    )


def _said(released: Released, promise: Option) -> list[str]:
    """List what was written of a promise, as far as its status still asks for it."""
    entered = dict(released.entries)
    asked = Form(_fields(promise)).asked(entered)
    return [text for field in asked if isinstance(field, Write) for text in entered.get(field.id, ())]


def _row(released: Released, promise: Option) -> tuple[str, str, str]:
    status = _telling.picked(released, promise.id, _statuses())
    seen = _telling.picked(released, f"{promise.id}:seen", _seen()) if status and status[0].id in _MAY_BE_SEEN else ()
    said = _telling.in_a_cell([*_said(released, promise), *(option.label for option in seen)])
    return promise.label, status[0].label if status else _telling.EMPTY, said
