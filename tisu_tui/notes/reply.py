"""The reply form: a page that a manager fills in within five minutes, without SSH, and that is read back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tisu_tui.core.days import in_words, read_day
from tisu_tui.core.later import ANSWERS, Request, Status, Turn
from tisu_tui.core.promise_lines import owners, read_promise
from tisu_tui.core.text import line_ends
from tisu_tui.core.translation import ENGLISH, known_language, language, later, speaking
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.due import answer_label, asked_on, last_answer, read_answer
from tisu_tui.memory.past import Past
from tisu_tui.memory.promises import promises
from tisu_tui.notes.document import NotReadable, Trouble, one_line
from tisu_tui.notes.escaping import comment, front, front_matter, words, yaml
from tisu_tui.session.requests import same_words

FORMAT = 1

_ASK = re.compile(r"<!--\s*ask\s+([\w.-]+)\s*-->")
_END = re.compile(r"<!--\s*end\s*-->")
# Editors and word processors make boxes of their own, and people tick with whatever is at hand.
_BOX = re.compile(r"\\?\[\s*(?P<mark>[^\]\\]?)\s*\\?\]|(?P<empty>[☐□])|(?P<full>[☑☒✓✔✅])")
_BULLET = re.compile(r"^[\s>]*(?:[-*+•·]\s+|\d{1,3}[.)]\s+)?")
_ANSWER = "Answer"
_TICKS = frozenset("xX✓✔✗✘*vV☑")


_REASON = later("Why, or what we should tell you:")
_WHEN = later("By when:")
_DAY = later("Day of this reply:")
_ASKED_OF = later("Asked of:")
_LAST = later("The team reads what you write here, and it stands in its notes.")


@dataclass(frozen=True, slots=True)
class Replies:
    """A form as it was filled in: `troubles` are lines that don't say one thing; all else is read."""

    session: str
    replies: tuple[tuple[str, Turn], ...]
    """Ids of requests with what was answered."""
    troubles: tuple[Trouble, ...] = ()
    says_day: bool = False
    """Whether a day of the reply is written, though it may be none; else it is the day on which the form is read."""


def reply_form(past: Past, asked: Sequence[Request] | None = None) -> str:
    """Write the form for every open request, those of earlier sessions among them; empty where none is open.

    Without `asked`, these are the requests that the session knew.
    """
    if asked is None:
        asked = [promise.request for promise in promises([past]) if promise.is_request and promise.is_open]
    return "\n\n".join(_blocks(past, asked)) + "\n" if asked else ""


def _blocks(past: Past, asks: Sequence[Request]) -> Iterator[str]:
    title = _("Your reply to what we asked for")
    known = (f"title: {yaml(title)}", f"date: {past.date}", f"tisu-reply: {FORMAT}", f"tisu-session: {yaml(past.id)}")
    own = (f"lang: {language()}",) if language() != ENGLISH else ()
    yield front(*known, *own)
    yield f"# {title}"
    asked = _("We met on {date} for “{title}”, and asked you for this. Five minutes are enough for an answer.")
    yield words(asked.format(date=in_words(past.date), title=past.title))
    yield _(
        "For each request, put an x between the brackets of one answer: `[x]`. Write what you want to say after the "
        "words that end in a colon. “Not agreed”, with a reason, is a real answer. Then send this file back."
    )
    yield _DAY.said()
    for number, request in enumerate(asks, 1):
        yield f"## {number}. {words(request.text)}"
        session, _dot, name = request.id.rpartition(".")
        yield comment("ask", name if session == past.id else request.id)
        if told := _told(request, past.date):
            yield f"{_ASKED_OF.said()} {words(told)}"
        yield "\n".join(f"- [ ] {answer_label(answer)}" for answer in ANSWERS)
        yield _REASON.said()
        yield _WHEN.said()
    yield comment("end")
    yield _LAST.said()


def _told(request: Request, today: str) -> str:
    """State whom it was asked of, by when and since when, and the last answer; it is one paragraph, not read back."""
    reply = _("reply by {date}").format(date=in_words(request.due)) if request.due else ""
    told = ", ".join(filter(None, (request.owner, reply)))
    return ". ".join(filter(None, (told, asked_on(request, today), last_answer(request))))


def read_reply(text: str, today: dt.date | None = None, known: Iterable[tuple[str, str]] = ()) -> Replies:
    """Read a form that was filled in, whatever an editor made of bullets, boxes and line ends; raises `NotReadable`.

    What stands under a request and is not of the form is part of what was said. A request without a tick and without
    words has no answer yet. `today` is the day of a form that says none. What is printed on it is in its own language.
    Where Word or a mail has dropped its marks, requests are found by their words: `known` are their ids and texts.
    """
    said = front_matter(text)
    with speaking(known_language(said.get("lang", "")) or ENGLISH):
        return _read(text, said, today, {same_words(asked): name for name, asked in known})


def _read(text: str, front: Mapping[str, str], today: dt.date | None, known: Mapping[str, str]) -> Replies:
    session = front.get("tisu-session", "")
    is_ours = "tisu-reply" in front and re.fullmatch(r"[a-z0-9-]{1,62}", session)
    if is_ours and front["tisu-reply"] != str(FORMAT):
        raise NotReadable(_("it was written by a newer tisu"))
    lines = line_ends(text).split("\n")
    marks = {n: found[1] for n, line in enumerate(lines) if is_ours and (found := _ASK.search(line))}
    starts = {n: name if "." in name else f"{session}.{name}" for n, name in marks.items()}
    # The paper for managers has the same headings, and what it says under them is no answer.
    if not starts and (is_ours or any(label in " ".join(text.split()) for label in (_DAY.said(), _REASON.said()))):
        starts = {n: known[asked] for n, line in enumerate(lines) if (asked := _heading(line)) in known}
    if not starts and is_ours:
        raise NotReadable(
            _("no request is known by its mark or its words; to write an answer yourself: tisu actions mark")
        )
    if not starts:
        raise NotReadable(_("it is not a reply form"))
    troubles: list[Trouble] = []
    number, said = _said_behind(_DAY.said(), lines)
    day = _day_of_reply(said, front.get("date", ""), number, troubles)
    today = dt.date.fromisoformat(day) if day else today
    replies = []
    for (start, name), stop in zip(starts.items(), [*list(starts)[1:], len(lines)], strict=True):
        section = lines[start + 1 : _stop(lines, start, stop)]
        reply = _reply(section, start + 1, troubles, today)
        if reply.status in ANSWERS or reply.words:
            replies.append((name, replace(reply, date=day)))
    return Replies(session, tuple(replies), tuple(sorted(troubles, key=lambda trouble: trouble.number)), bool(said))


def _heading(line: str) -> str:
    """Return the key of the request that a line may be the heading of."""
    return same_words(_plain(line.lstrip("#> ")))


def _stop(lines: Sequence[str], start: int, stop: int) -> int:
    """Find where a request ends: at the mark of the end, or at the heading of the next one."""
    ended = next((n for n in range(start, stop) if _END.search(lines[n]) or _plain(lines[n]) == _LAST.said()), stop)
    if ended < stop or stop == len(lines):
        return ended
    return max((n for n in range(start + 1, stop) if re.match(r"[\s>]*#", lines[n])), default=stop)


def _said_behind(label: str, lines: Sequence[str]) -> tuple[int, str]:
    """Find what is written behind a label, and the index of its line; nothing where the label is not there."""
    found = (
        (n, told.removeprefix(label).strip(" *_"))
        for n, told in enumerate(map(_plain, lines))
        if told.startswith(label)
    )
    return next(((n, said) for n, said in found if said), (0, ""))


def _day_of_reply(said: str, asked: str, number: int, troubles: list[Trouble]) -> str:
    """Read the day of a reply; without a year it is the first such day since the session's, `asked`."""
    if not said:
        return ""
    try:
        # A day of the week alone may be any since then.
        since = read_day(asked) if asked and re.search(r"\d", said) else None
        return read_day(said, since).isoformat()
    except ValueError as problem:
        troubles.append(Trouble(number + 1, str(problem)))
        return ""


def _by_when(said: str, today: dt.date | None) -> tuple[str, str]:
    """Read by when something will be; gives the day, and what else is said: who does it. Raises ValueError."""
    try:
        return read_day(said, today).isoformat(), ""
    except ValueError:
        found = read_promise(f"{_ANSWER}, {said}", today)
    if not found.due:
        raise ValueError(_("{due} is no date; write it like 2026-12-01").format(due=one_line(said)))
    rest = found.text.removeprefix(_ANSWER).strip(" ,—")
    return found.due, " ".join(filter(None, (rest, owners(found.owner))))


def _plain(line: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", _BULLET.sub("", line)).strip()


def _reply(section: Sequence[str], first: int, troubles: list[Trouble], today: dt.date | None) -> Turn:
    ticked: list[Status] = []
    said: list[str] = []
    skipping = False
    by = ""
    for number, line in enumerate(section, first + 1):
        told = _plain(line)
        found = _boxes(told)
        skipping = bool(told) and not found and (skipping or told.startswith(_ASKED_OF.said()))
        if skipping:
            continue
        if told.startswith(_WHEN.said()) and (when := told.removeprefix(_WHEN.said()).strip(" *_")) and not by:
            try:
                by, told = _by_when(when, today)
            except ValueError as problem:
                troubles.append(Trouble(number, str(problem)))
        ticked += [answer for answer, is_ticked, _rest in found if is_ticked]
        # A day that is none, like "after the summer", is something that was said.
        rest = told.removeprefix(_REASON.said()).strip() if told != _WHEN.said() else ""
        said += [behind for _answer, _ticked, behind in found if behind] if found else [rest]
    if len(ticked) > 1:
        labels = ", ".join(answer_label(each).rstrip(",") for each in ticked)
        troubles.append(Trouble(first, _("more than one answer is ticked: {labels}").format(labels=labels)))
    status = ticked[0] if len(ticked) == 1 else Status.SAID
    return Turn("", status, one_line(" ".join(filter(None, said))), by=by)


def _boxes(told: str) -> list[tuple[Status, bool, str]]:
    """Read the answers with a box on a line, and what was written behind each; several where an editor joined them."""
    boxes = list(_BOX.finditer(told))
    found: list[tuple[Status, bool, str]] = []
    ends = [*(box.start() for box in boxes[1:]), len(told)]
    for box, end in zip(boxes, ends, strict=False):
        behind = told[box.end() : end].strip(" -*+•")
        if answer := read_answer(behind):
            is_ticked = bool(box["full"]) or (box["mark"] or " ") in _TICKS
            found.append((answer[0], is_ticked, answer[1].strip(" :,.–-")))
    return found
