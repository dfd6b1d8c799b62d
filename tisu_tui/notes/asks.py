"""What was said and done about a promise, as lines under it: both directions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from gettext import gettext as _

from tisu_tui.memory.due import read_status, status_words
from tisu_tui.memory.promises import Turn
from tisu_tui.memory.replies import Answer, Reply, answer_label, reply_words
from tisu_tui.notes.document import Item, one_line
from tisu_tui.notes.lines import answered, done, no_answer, replied
from tisu_tui.notes.markdown import words

_DAY = r"\d{4}-\d\d-\d\d"
_TURN = re.compile(rf"(?P<date>{_DAY})\s*[:,–-]?\s*(?P<said>.+)")
_SAID_ON = re.compile(rf"\s*\((?P<date>{_DAY})\)$")
_NOTHING = frozenset({"", "–", "-", "—"})


def turn_line(turn: Turn) -> str:
    """Write where a promise stood on a day, without the mark of an item."""
    because = _(", because {words}").format(words=words(turn.words)) if turn.words else ""
    return f"{turn.date}: {status_words(turn.status)}{because}"


def read_turn(item: Item) -> Turn | None:
    """Read where a promise stood on a day; None for a line that says something else. Raises ValueError."""
    match = _TURN.fullmatch(item.text)
    if match is None:
        return None
    status, _comma, because = match["said"].partition(_(", because {words}").format(words=""))
    if not because:
        status, _comma, because = match["said"].partition(", ")
    return Turn(match["date"], read_status(status), one_line(because))


def reply_line(reply: Reply) -> str:
    """Write what was answered, without the mark of an item."""
    day = f" ({reply.date})" if reply.date else ""
    return f"{answered()} {words(reply_words(reply))}{day}"


def read_reply_line(items: Iterable[Item], promise: str) -> tuple[Reply | None, str]:
    """Read what was answered to a request, and what was done; of several answers the last stands."""
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


def _reply(promise: str, told: str) -> Reply | None:
    if told in _NOTHING or told.casefold().rstrip(".") == no_answer():
        return None
    said_on = _SAID_ON.search(told)
    told = told[: said_on.start()] if said_on else told
    by = re.search(_(", by {date}").format(date=rf"(?P<by>{_DAY})$"), told)
    told = told[: by.start()] if by else told
    # The longest first: one answer begins with another.
    for answer in sorted(Answer, key=lambda each: -len(answer_label(each))):
        for label in (answer_label(answer), answer_label(answer).partition(",")[0]):
            if told.casefold().startswith(label.casefold()) and not told[len(label) :][:1].isalnum():
                rest = told[len(label) :].lstrip(" :,")
                return Reply(promise, answer, rest, said_on["date"] if said_on else "", by["by"] if by else "")
    return Reply(promise, None, told, said_on["date"] if said_on else "", by["by"] if by else "")
