"""What was said and done about a promise, as lines under it: both directions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tisu_tui.core.days import day_named, in_words, stored
from tisu_tui.core.later import Status, Turn
from tisu_tui.core.translation import cache_by_language
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.due import read_status, turn_words
from tisu_tui.memory.replies import Answer, RequestReply, answer_label, promised_for, reply_words
from tisu_tui.notes.document import Item, one_line
from tisu_tui.notes.lines import answered, done, no_answer, replied
from tisu_tui.notes.markdown import words

_NOTHING = frozenset({"", "–", "-", "—"})


@cache_by_language()
def _day() -> str:
    # Older notes, and people, say it as it is typed.
    return rf"(?P<date>\d{{4}}-\d\d-\d\d|{day_named()})"


def turn_line(turn: Turn) -> str:
    """Write where a promise stood on a day, without the mark of an item."""
    return f"{in_words(turn.date)}: {turn_words(replace(turn, words=words(turn.words)))}"


def asked_line(day: str) -> str:
    """Write on which day a request was first made, without the mark of an item."""
    return f"{in_words(day)}: {_first()}"


def _first() -> str:
    return _("asked")


def read_turn(item: Item) -> Turn | None:
    """Read where a promise stood on a day; None for a line that says something else. Raises ValueError."""
    match = re.fullmatch(rf"{_day()}\s*[:,–-]?\s*(?P<said>.+)", item.text)
    if match is None:
        return None
    # A reason stands behind its word, and other words behind a colon; people write a comma.
    because = re.escape(_(", because {words}").format(words=""))
    status, said = (*re.split(rf"{because}|[:,]\s+", match["said"], maxsplit=1), "")[:2]
    stands = Status.ASKED if status.strip(" .") == _first() else read_status(status, tuple(Status))
    return Turn(stored(match["date"]), stands, one_line(said))


def reply_line(reply: RequestReply) -> str:
    """Write what was answered, without the mark of an item."""
    day = f" ({in_words(reply.date)})" if reply.date else ""
    return f"{answered()} {words(reply_words(reply))}{day}"


def read_reply_line(items: Iterable[Item], promise: str) -> tuple[RequestReply | None, str]:
    """Read the last answer to a request and its outcome."""
    reply, did = None, ""
    for item in items:
        text = item.text
        before = next((each for each in (answered(), replied()) if text.startswith(each)), "")
        if before:
            reply = _reply(promise, one_line(text.removeprefix(before))) or reply
        elif text.startswith(done()):
            told = one_line(text.removeprefix(done()))
            did = "" if told in _NOTHING else told
    return reply, did


def _reply(promise: str, told: str) -> RequestReply | None:
    if told in _NOTHING or told.casefold().rstrip(".") == no_answer():
        return None
    told, date = _split(told, rf"\s*\({_day()}\)$")
    before = "|".join(re.escape(each.partition("{")[0]) for each in promised_for())
    told, by = _split(told, rf"(?:{before}){_day()}$")
    # The longest first: one answer begins with another.
    for answer in sorted(Answer, key=lambda each: -len(answer_label(each))):
        for label in (answer_label(answer), answer_label(answer).partition(",")[0]):
            if told.casefold().startswith(label.casefold()) and not told[len(label) :][:1].isalnum():
                return RequestReply(promise, answer, told[len(label) :].lstrip(" :,"), date, by)
    return RequestReply(promise, None, told, date, by)


def _split(told: str, ending: str) -> tuple[str, str]:
    """Take a day off the end of what was said; what is no day of any month stays there, and no day is given."""
    found = re.search(ending, told)
    if found is None:
        return told, ""
    try:
        return told[: found.start()], stored(found["date"])
    except ValueError:
        return told, ""
