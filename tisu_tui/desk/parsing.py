"""What follows each of the facilitator's words, read into commands, and how it was read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from tisu_tui.core.days import in_words, weekday
from tisu_tui.core.enumerating import numbers_in
from tisu_tui.core.record_lines import read_record
from tisu_tui.core.records import OF_REQUESTS, RecordKind
from tisu_tui.core.translation import gettext as _
from tisu_tui.session import commands
from tisu_tui.session.commands import Command
from tisu_tui.session.flow import Move, why_no_two_looks, why_not
from tisu_tui.session.readback import Line
from tisu_tui.session.session import Fate, State
from tisu_tui.view.view import View

Read = tuple[Command, ...] | None
Parse = Callable[[str, View], Read]
"""Reads what follows a word; `None` if it isn't written like that. Raises ValueError if it can't be done now."""


def _alone(make: Callable[[View], Command]) -> Parse:
    """Read a word behind which nothing stands."""
    return lambda rest, view: None if rest else (make(view),)


def _numbered(make: Callable[[int], Command]) -> Parse:
    """Read a word behind which one number stands."""

    def read(rest: str, _view: View) -> Read:
        numbers = numbers_in(rest)
        return (make(numbers[0]),) if len(numbers) == 1 else None

    return read


def go(where: commands.Direction) -> Parse:
    """Read nothing more than where to go, if that can be done now."""

    def read(rest: str, view: View) -> Read:
        if rest:
            return None
        if why := why_not(where, view.place, view.total, paused=view.paused, is_asked=view.asks_everyone):
            raise ValueError(why)
        if where is commands.Direction.NEXT and view.next is Move.ACCEPT and view.desk:
            raise ValueError(_("This result waits. Type accept to show it, or again to ask once more."))
        return (commands.Go(view.place, where),)

    return read


accept = _alone(lambda view: commands.Accept(view.place))
undo = _alone(lambda view: commands.TakeBack(view.own_desk.undo))
closing = _alone(lambda view: commands.CloseSoon(view.place))
# Said again, each of these means the opposite.
pen = _alone(lambda view: commands.GivePen(view.place))
lock = _alone(lambda view: commands.Lock(not view.own_desk.locked))
careful = _alone(lambda view: commands.Careful(not view.careful))
pause = _alone(lambda view: commands.SetPaused(not view.paused))
people = _numbered(lambda n: commands.CountHeads(n or None))
hands = _numbered(commands.CountHands)
leaders = _numbered(commands.CountLeaders)
slips = _numbered(commands.GiveSlips)


def look_twice(rest: str, view: View) -> Read:
    """Read nothing more, as long as two looks can be announced."""
    if rest:
        return None
    if why := why_no_two_looks(view.place):
        raise ValueError(why)
    return (commands.LookTwice(view.place),)


def take(rest: str, view: View) -> Read:
    """Read nothing more, or `back`."""
    if rest.casefold() == "back":
        return undo("", view)
    return None if rest else (commands.Take(),)


def record(kind: RecordKind, rest: str, _view: View) -> Read:
    """Read a record of some kind; what is said of a request names it, and is refused with a list of them if not."""
    if kind in OF_REQUESTS:
        return (commands.WriteRecord(kind, rest),)
    return (commands.WriteRecord(kind, rest),) if rest else None


def note(rest: str, _view: View) -> Read:
    """Read a note to oneself."""
    return (commands.Jot(rest),) if rest else None


def strike(rest: str, view: View) -> Read:
    """Read numbers of words, or of lines of the notes."""
    numbers = numbers_in(rest)
    if not numbers:
        return None
    if view.reading:  # from the last, so that the numbers before it hold
        return tuple(commands.Strike(_line(view, n)) for n in sorted(set(numbers), reverse=True))
    return (commands.Judge(view.place, numbers, Fate.STRUCK),)


def keep(rest: str, view: View) -> Read:
    """Read numbers of words, or of lines of the notes, or `all`."""
    desk, takes_all = view.own_desk, rest.casefold() == "all"
    if view.reading:
        numbers = desk.asked if takes_all else numbers_in(rest)
        return tuple(commands.Stand(_line(view, n)) for n in numbers) or None
    held = tuple(n for n, line in enumerate(desk.held, 1) if line.fate is Fate.HELD)
    numbers = held if takes_all else numbers_in(rest)
    return (commands.Judge(view.place, numbers, Fate.KEPT),) if numbers else None


def reword(rest: str, view: View) -> Read:
    """Read the number of a line and its new words."""
    match = re.fullmatch(r"(\d{1,4}):\s*(.+)", rest)
    if match is None:
        return None
    if view.reading:
        return (commands.Reword(_line(view, int(match[1])), match[2]),)
    return (commands.Judge(view.place, (int(match[1]),), Fate.KEPT, match[2]),)


def theme(rest: str, view: View) -> Read:
    """Read the name of a theme and the numbers of its words."""
    # A name may have a colon too.
    name, _colon, numbers = (part.strip() for part in rest.rpartition(":"))
    members = numbers_in(numbers)
    return (commands.Group(view.place, name, members),) if name and (members or not numbers) else None


def leave_open(rest: str, view: View) -> Read:
    """Read `open`; `leave` alone is for the surface."""
    return (commands.LeaveOpen(view.place),) if rest.casefold() == "open" else None


def option(rest: str, view: View) -> Read:
    """Read one more choice, or the number of one and its new words."""
    if not rest:
        return None
    texts = [each.label for each in view.own_desk.options]
    match = re.fullmatch(r"(\d{1,3}):\s*(.+)", rest)
    if match is None:
        return (commands.Prepare(view.place, (*texts, rest)),)
    at = int(match[1])
    if not 1 <= at <= len(texts):
        raise ValueError(_("there is no choice {n}").format(n=at))
    texts[at - 1] = match[2]
    return (commands.Prepare(view.place, tuple(texts)),)


def propose(rest: str, view: View) -> Read:
    """Read the number of one thing that could be put to the group, or other words for it."""
    if not rest:
        return None
    # What people have seen is refused with the way on.
    if not (view.own_desk.proposes or (view.proposal and view.place.state is State.WAITING)):
        raise ValueError(_("a proposal is settled before its question opens"))
    if not (rest.isdecimal() and view.offered):
        return (commands.Prepare(view.place, (rest,)),)
    if not 1 <= int(rest) <= len(view.offered):
        raise ValueError(_("there is no choice {n}").format(n=rest))
    return (commands.Prepare(view.place, (view.offered[int(rest) - 1].label,)),)


def drop(rest: str, view: View) -> Read:
    """Read numbers of choices."""
    numbers = numbers_in(rest)
    left = tuple(each.label for n, each in enumerate(view.own_desk.options, 1) if n not in numbers)
    return (commands.Prepare(view.place, left),) if numbers else None


def add(rest: str, view: View) -> Read:
    """Read the kind of a step and its words."""
    kind, _space, words = rest.partition(" ")
    return (commands.Add(view.place, kind, words.strip()),) if kind else None


def move(rest: str, view: View) -> Read:
    """Read two numbers of the run sheet."""
    match = re.fullmatch(r"(\d{1,3})\s+(?:to\s+)?(\d{1,3})", rest)
    return (commands.Reorder(view.place, int(match[1]), int(match[2])),) if match else None


def paper(rest: str, view: View) -> Read:
    """Read how many chose what by hand or on paper."""
    counts = _counts(rest)
    return (commands.CountPapers(view.place, counts),) if counts else None


def signals(rest: str, view: View) -> Read:
    """Read nothing more, to ask the room about the first quiet signal, or `no`, to let it go."""
    waiting = view.own_desk.signals
    if rest.casefold() not in {"", "no"}:
        return None
    if not waiting:
        raise ValueError(_("Nobody has signalled anything just now."))
    return (commands.PutToRoom(waiting[0], asks=not rest),)


def _line(view: View, number: int) -> Line:
    line = view.line(number)
    if line is None:
        raise ValueError(_("there is no line {n}").format(n=number))
    return line


_COUNT = r"\s*([^:,]+?)\s*:\s*([0-9]{1,4})\s*"


def _counts(text: str) -> tuple[tuple[str, int], ...]:
    """Read `1: 3, 2: 4` as an option's number and people, again and again; nothing where it is written otherwise."""
    if not re.fullmatch(f"{_COUNT}(?:,{_COUNT})*", text):
        return ()
    return tuple((number, int(people)) for number, people in re.findall(_COUNT, text))


_WITHOUT_OWNER = frozenset({RecordKind.DECISION, RecordKind.SEND_BACK})


def echo(kind: RecordKind, text: str, date: str) -> str:
    """Say who and by when; empty if the line has neither and needs neither. Raises ValueError in plain words."""
    if kind in OF_REQUESTS:
        return ""
    kept = read_record(kind, 0, text, "", dt.date.fromisoformat(date) if date else None)
    when = f"{weekday(dt.date.fromisoformat(kept.due))} {in_words(kept.due)}" if kept.due else ""
    if kind is RecordKind.PARK or (kind is RecordKind.DECISION and not when):
        return ""
    if kind in _WITHOUT_OWNER:
        return when
    return _("{who}, {when}").format(who=kept.owner or _("nobody yet"), when=when or _("no day yet"))
