"""The facilitator's words, read into commands."""

from __future__ import annotations

import re
from gettext import gettext as _

from tisu_tui.core.records import RecordKind
from tisu_tui.plain.asking import NotTaken, line_of
from tisu_tui.session import commands
from tisu_tui.session.commands import Command, read_counts
from tisu_tui.session.session import Fate
from tisu_tui.view.facilitator import Desk
from tisu_tui.view.view import View
from tisu_tui.workshop.edit import kind_and_words

_KINDS = {
    "action": RecordKind.ACTION,
    "decide": RecordKind.DECISION,
    "send-back": RecordKind.SEND_BACK,
    "concern": RecordKind.CONCERN,
    "tell": RecordKind.TELL,
    "ask": RecordKind.ASK,
    "park": RecordKind.PARK,
}


def usage() -> dict[str, str]:
    """Say how each word is written and what it does, in the order in which help reads them."""
    return {
        "next": _("next: does the next natural thing. The line Next says what that is."),
        "back": _("back: goes to the step before."),
        "again": _("again: runs this step once more, as a new round."),
        "skip": _("skip: goes past this step."),
        "end": _("end: seals the notes and ends the session."),
        "who": _("who: says how many are here, and what a room of this size means."),
        "show": _("show: reads the result to you, before or after the room sees it."),
        "notes": _("notes: reads the notes that this step has for you."),
        "action": _("action WHAT @OWNER DUE: writes an action down."),
        "decide": _("decide WORDS DUE: writes a decision down, and the day on which you look at it again."),
        "send-back": _("send-back REASONS DUE: leaders send the last decision back, once. The date is for the answer."),
        "concern": _("concern WORDS @WHO DUE: keeps a concern in the group's words, with who replies and by when."),
        "tell": _("tell WHOM @WHO DUE: writes down who will be told, by whom and by when."),
        "park": _("park WORDS: keeps something for later."),
        "ask": _("ask WHAT @WHOM DUE: writes down what you ask senior management."),
        "words": _("words: reads people's words to you, with numbers, once a question has closed."),
        "theme": _("theme NAME: 1 4 7 puts words under a theme. With no numbers it takes the theme away."),
        "keep": _(
            "keep 1 4, or keep all: keeps words as they were written, when the group says yes; "
            "while the notes are read, lets lines stand that somebody asked about."
        ),
        "strike": _("strike 1 4: takes words out, or lines of the notes while the group reads them."),
        "reword": _("reword 2: WORDS puts a line in other words, and keeps it; also a line of the notes."),
        "options": _("options: reads the choices that the next question will have."),
        "option": _("option WORDS adds a choice. option 2: WORDS changes one."),
        "drop": _("drop 2: takes a choice out."),
        "add": _(
            "add KIND WORDS: adds a step after this one, like: add gather What else? "
            "Lines go after a colon: add choose Which first?: swap shifts | two rotas"
        ),
        "plan": _("plan: reads the run sheet, with the numbers of its steps."),
        "move": _("move 6 to 4: moves a step that is still to come to another place in the run sheet."),
        "people": _("people 9: says how many are in the room. people 0 goes by who has joined."),
        "hands": _("hands 2: says how many have no device: they answer by hand, on paper or on a shared laptop."),
        "paper": _("paper 1: 3, 2: 4 counts answers given by hand or on paper. Say it again to correct it."),
        "slips": _(
            "slips 12: makes slips, each for one person to come in with, and reads them to you once. "
            "slips 0 calls in those that nobody has used."
        ),
        "lock": _("lock: lets no one new in. Say it again to let people in."),
        "take": _("take: leads the session from this screen, where another private screen leads."),
        "note": _("note WORDS: writes a note to yourself."),
        "leave": _(
            "leave: closes this window only. The session goes on. "
            "leave open: while the notes are read, leaves them unsealed, to think them over."
        ),
    }


def read_order(line: str, view: View) -> tuple[Command, ...] | None:
    """Read a line as commands; `None` where it is none, raises NotTaken where it can't be done."""
    word, _space, rest = line.partition(" ")
    word, rest, at = word.casefold(), rest.strip(), view.place
    desk = view.desk
    assert desk is not None
    match word:
        case "next" | "back" | "again" | "skip" | "end" if not rest:
            return (commands.Go(at, commands.Step(word)),)
        case _ if word in _KINDS and rest:
            return (commands.Write(_KINDS[word], rest),)
        case "strike" if numbers := _numbers(rest):
            if view.reading:  # from the last, so that the numbers before it hold
                return tuple(commands.Strike(line_of(view, n)) for n in sorted(set(numbers), reverse=True))
            return (commands.Judge(at, numbers, Fate.STRUCK),)
        case "keep" if view.reading and (numbers := desk.asked if rest.casefold() == "all" else _numbers(rest)):
            return tuple(commands.Stand(line_of(view, n)) for n in numbers)
        case "keep" if numbers := _held(desk) if rest.casefold() == "all" else _numbers(rest):
            return (commands.Judge(at, numbers, Fate.KEPT),)
        case "reword" if match := re.fullmatch(r"(\d{1,4}):\s*(.+)", rest):
            if view.reading:
                return (commands.Reword(line_of(view, int(match[1])), match[2]),)
            return (commands.Judge(at, (int(match[1]),), Fate.KEPT, match[2]),)
        case "leave" if rest.casefold() == "open":
            return (commands.LeaveOpen(at),)
        case "theme" if match := re.fullmatch(r"(.+?):([\d\s,]*)", rest):
            return (commands.Group(at, match[1].strip(), _numbers(match[2])),)
        case "people" if len(numbers := _numbers(rest)) == 1:
            return (commands.CountHeads(numbers[0] or None),)
        case "hands" if len(numbers := _numbers(rest)) == 1:
            return (commands.CountHands(numbers[0]),)
        case "paper" if counts := read_counts(rest):
            return (commands.CountPapers(at, counts),)
        case "slips" if len(numbers := _numbers(rest)) == 1:
            return (commands.GiveSlips(numbers[0]),)
        case "lock" if not rest:
            return (commands.Lock(not desk.locked),)
        case "take" if not rest:
            return (commands.Take(),)
        case "note" if rest:
            return (commands.Jot(rest),)
        case "add" if (step := kind_and_words(rest))[0]:
            return (commands.Add(at, *step),)
        case "move" if match := re.fullmatch(r"(\d{1,3}) to (\d{1,3})", rest):
            return (commands.Reorder(at, int(match[1]), int(match[2])),)
        case "option" if rest:
            return (commands.Prepare(at, _with_option(desk, rest)),)
        case "drop" if numbers := _numbers(rest):
            texts = tuple(option.label for n, option in enumerate(desk.options, 1) if n not in numbers)
            return (commands.Prepare(at, texts),)
    return None


def _numbers(text: str) -> tuple[int, ...]:
    """Read numbers from 0 on; nothing where something else stands among them."""
    words = re.split(r"[\s,]+", text.strip())
    return tuple(map(int, words)) if all(re.fullmatch(r"[0-9]{1,4}", word) for word in words) else ()


def _held(desk: Desk) -> tuple[int, ...]:
    return tuple(n for n, line in enumerate(desk.held, 1) if line.fate is Fate.HELD)


def _with_option(desk: Desk, text: str) -> tuple[str, ...]:
    texts = [option.label for option in desk.options]
    match = re.fullmatch(r"(\d{1,3}):\s*(.+)", text)
    if match is None:
        return (*texts, text)
    at = int(match[1])
    if not 1 <= at <= len(texts):
        raise NotTaken(_("there is no choice {n}").format(n=at))
    texts[at - 1] = match[2]
    return tuple(texts)
