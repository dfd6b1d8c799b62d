"""What the scribe writes down about a request at any time: an answer to it, or that it is asked again."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from tisu_tui.core.later import NEEDS_WORDS, OF_REQUESTS, Request, Status, Turn, may_follow, status_label
from tisu_tui.core.promise_lines import read_promise
from tisu_tui.core.records import LETTER, Kept, RecordKind
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.session import Session


def requests(session: Session) -> tuple[Request, ...]:
    """Return the requests of earlier sessions and of this one, with what was written down about each so far."""
    own = (
        Request(f"{session.id}.{each.id}", each.text, each.owner, session.date, each.due, session.workshop.title)
        for each in session.records
        if each.kind is RecordKind.ASK
    )
    said: dict[str, list[Turn]] = {}
    for record in session.records:
        if record.request:
            status = Status(record.status) if record.status else Status.ASKED
            said.setdefault(record.request, []).append(Turn(session.date, status, record.text, session.id, record.due))
    return tuple(
        replace(request, history=(*request.history, *said.get(request.id, ()))) for request in (*session.requests, *own)
    )


def request_words(request: Request) -> str:
    """State a request with its id and where it stands."""
    return f"{request.id}: {request.text} ({status_label(request.status)})"


def read_answer(session: Session, text: str) -> Kept:
    """Read `ID ANSWER WORDS DATE`; raises ValueError, in plain words."""
    request, rest = _request(session, text)
    status, said = _status(rest)
    if not may_follow(request.status, status):
        raise ValueError(_("{id} is not agreed yet, so nothing can be under way").format(id=request.id))
    found = read_promise(said, dt.date.fromisoformat(session.date)) if said else None
    words, by = (found.text, found.due) if found else ("", "")
    if status in NEEDS_WORDS and not words:
        raise ValueError(_("say in what part, why, or what they need to know, after the answer"))
    if status is Status.MORE and not by:
        raise ValueError(
            _("say by when they will answer, like: answer q3 need to know more How many shifts? 2027-01-10")
        )
    return _made(session, RecordKind.ANSWER, request, words, by, status)


def read_reask(session: Session, text: str) -> Kept:
    """Read `ID DATE`; raises ValueError, in plain words."""
    request, rest = _request(session, text)
    found = read_promise(rest, dt.date.fromisoformat(session.date)) if rest else None
    if found is None or not found.due or found.text:
        raise ValueError(_("say by when we need an answer now, like: reask q3 2027-03-01"))
    return _made(session, RecordKind.REASK, request, "", found.due, None)


def asked_before(session: Session, record: Kept) -> Kept | None:
    """Return the asking again that a request in the same words is; None for a new one."""
    words = same_words(record.text)
    same = next(
        (request for request in requests(session) if request.status.is_open and same_words(request.text) == words), None
    )
    return _made(session, RecordKind.REASK, same, "", record.due, None) if same else None


def same_words(text: str) -> str:
    """Return the key by which the same promise is known: its letters and numbers."""
    return " ".join(re.findall(r"\w+", text.casefold())) or text


def _made(session: Session, kind: RecordKind, request: Request, text: str, due: str, status: Status | None) -> Kept:
    name = f"{LETTER[kind]}{session.made + 1}"
    step = session.step.id if session.step else ""
    said = status.value if status else ""
    return Kept(name, kind, text, "", due, "", step, request.id, request.text, said)


def _request(session: Session, text: str) -> tuple[Request, str]:
    name, _space, rest = text.strip().partition(" ")
    known = requests(session)
    # An id is said as it is written, or by its end where no other request has that.
    exact = [request for request in known if request.id == name]
    ending = [request for request in known if request.id.rpartition(".")[2] == name]
    if len(exact or ending) == 1:
        return (exact or ending)[0], rest.strip()
    if ending:
        raise ValueError(_("{id} could be: {ids}").format(id=name, ids=", ".join(request.id for request in ending)))
    if not known:
        raise ValueError(_("no request is open"))
    raise ValueError(_("which request? {requests}").format(requests="; ".join(map(request_words, known))))


def _status(text: str) -> tuple[Status, str]:
    said = " ".join(text.split())
    spoken = sorted(
        ((word, status) for status in OF_REQUESTS for word in _words(status)), key=lambda each: -len(each[0])
    )
    for word, status in spoken:
        if re.match(rf"{re.escape(word)}(?!\w)", said, re.IGNORECASE):
            return status, said[len(word) :].strip(" ,:;.–—-")
    raise ValueError(
        _("say the answer after the id: agreed, in part, not agreed, need to know more; or under way, done, withdrawn")
    )


def _words(status: Status) -> tuple[str, ...]:
    """Return how an answer is typed."""
    return {
        Status.AGREED: (_("agreed"), _("yes")),
        Status.IN_PART: (_("agreed in part"), _("in part")),
        Status.NOT_AGREED: (_("not agreed, because"), _("not agreed because"), _("not agreed"), _("no")),
        Status.MORE: (_("need to know more"), _("they need to know more"), _("more")),
        Status.UNDER_WAY: (_("under way"),),
        Status.DONE: (_("done"),),
        Status.NORMAL: (_("now normal"),),
        Status.WITHDRAWN: (_("withdrawn, because"), _("withdrawn because"), _("withdrawn")),
    }.get(status, ())
