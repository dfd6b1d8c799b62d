"""Promises in words: what, who, by when and since when, without blame."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from tisu_tui.core.days import in_words, say_ago
from tisu_tui.core.enumerating import ended, in_a_row
from tisu_tui.core.form import Option
from tisu_tui.core.later import ANSWERS, OF_ACTIONS, VISIBLE, Request, Seen, Status, Turn
from tisu_tui.core.promise_lines import owners
from tisu_tui.core.records import Kept, RecordKind, to_do_words
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import later
from tisu_tui.memory.promises import Promise
from tisu_tui.session.workshop import Step, Workshop

_ANSWERED = frozenset({RecordKind.ASK, RecordKind.CONCERN, RecordKind.SEND_BACK})


def is_asked(promise: Promise) -> bool:
    """Tell whether it waits for somebody's answer."""
    return promise.record.kind in _ANSWERED


def remembered(
    workshop: Workshop, promised: Iterable[Promise], today: dt.date
) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """Return the options that steps of a new session begin with, by step: what is open, or the open requests alone."""
    steps = [step for step in workshop.steps if not step.again_id and _begins_with(step)]
    known = tuple(promised)
    given = ((step.id, due_options((promise for promise in known if _is_for(step, promise)), today)) for step in steps)
    return tuple((step, found) for step, found in given if found)


def follows_up(workshop: Workshop) -> bool:
    """Whether any step asks about earlier promises or requests."""
    return any(map(_begins_with, workshop.steps))


def _begins_with(step: Step) -> bool:
    return type(step.activity).follows_up or type(step.activity).takes_requests


def _is_for(step: Step, promise: Promise) -> bool:
    if not type(step.activity).takes_requests:
        return True
    return promise.is_request and step.activity.is_about(promise.record.owner)


def due_options(promised: Iterable[Promise], today: dt.date) -> tuple[Option, ...]:
    """Make options of promises, in words of today; their ids are those by which later sessions know them again."""
    return tuple(
        Option(
            promise.id,
            promise_words(promise, today),
            name=promise.record.text,
            group=promise.status.value if promise.is_request else VISIBLE if promise.record.visible else "",
        )
        for promise in promised
    )


def promise_words(promise: Promise, today: dt.date) -> str:
    """Say a promise in one line: what, who and by when, and for a request whether there is an answer."""
    record = promise.record
    owner = f" — {owners(record.owner)}" if record.owner else ""
    due = f", {_due_words(record, today)}" if record.due else ""
    answer = answer_words(promise, today) if is_asked(promise) else ""
    said = f"{_asked(record, promise.of)}{owner}{due}"
    return f"{ended(said)} {answer}" if answer else said


def _asked(record: Kept, of: str) -> str:
    about = " ".join(filter(None, (of, record.text)))
    match record.kind:
        case RecordKind.ASK:
            return _("We asked: {words}").format(words=record.text)
        case RecordKind.DECISION:
            return _("Was it honoured? We decided: {words}").format(words=about)
        case RecordKind.SEND_BACK:
            return _("Was it answered? Leaders sent it back: {words}").format(words=about)
        case RecordKind.CONCERN:
            return _("Was it answered? A concern: {words}").format(words=record.text)
        case RecordKind.TELL:
            whom = _("{whom}, about {decision}").format(whom=record.text, decision=of) if of else record.text
            return _("Were they told? {words}").format(words=whom)
        case _:
            return record.text


def _due_words(record: Kept, today: dt.date) -> str:
    """Say by when, and how long ago that was: `due 1 December, 2 weeks ago`."""
    ago = say_ago(dt.date.fromisoformat(record.due), today)
    said = to_do_words(record.kind).format(date=in_words(record.due))
    return f"{said}, {ago}" if ago else said


def answer_label(answer: Status) -> str:
    """Say one of the four answers as it is ticked and told."""
    return {
        Status.AGREED: _("agreed"),
        Status.IN_PART: _("agreed in part"),
        Status.NOT_AGREED: _("not agreed, because"),
        Status.MORE: _("we need to know more"),
    }[answer]


def read_answer(said: str) -> tuple[Status, str] | None:
    """Read the answer that words begin with, and what stands behind it."""
    labels = {answer_label(answer): answer for answer in ANSWERS}
    labels |= {label.partition(",")[0]: answer for label, answer in labels.items()}
    # The longest first: one answer begins with another.
    for label in sorted(labels, key=len, reverse=True):
        if said.casefold().startswith(label.casefold()) and not said[len(label) :][:1].isalnum():
            return labels[label], said[len(label) :]
    return None


def reply_words(reply: Turn) -> str:
    """Say a reply in one line, without its day."""
    said = reply.words
    if reply.status in ANSWERS:
        label = answer_label(reply.status)
        # A no is told with its reason, or without either.
        reason, otherwise = (" ", label.partition(",")[0]) if reply.status is Status.NOT_AGREED else (": ", label)
        said = f"{label}{reason}{reply.words}" if reply.words else otherwise
    if not reply.by:
        return said
    by, after_a_sentence = promised_for()
    return said + (after_a_sentence if said.endswith((".", "!", "?", "…")) else by).format(date=in_words(reply.by))


def promised_for() -> tuple[str, str]:
    """Say by when an answer is promised: behind words, and behind a whole sentence."""
    return _(", by {date}"), _(" By {date}")


def answer_words(promise: Promise, today: dt.date) -> str:
    """State what was answered to a request and what came of it, or since when it is asked."""
    said = _("You said: {words}").format(words=reply_words(promise.reply)) if promise.reply else ""
    if not promise.is_request:
        return said or _no_answer(promise, today)
    request = promise.request
    if request.status is Status.ASKED:
        before = _("Before that: {words}").format(words=said) if said else ""
        return ". ".join(filter(None, (_no_answer(promise, today).rstrip("."), before)))
    if request.status in {*ANSWERS, Status.SAID}:
        return said
    return ". ".join(filter(None, (said.rstrip("."), stands_words(request.stood))))


def _no_answer(promise: Promise, today: dt.date) -> str:
    if not promise.made:
        return _("No answer yet")
    since = say_ago(dt.date.fromisoformat(promise.made), today)
    again = promise.request.again[-1:] if promise.is_request else ()
    if since and again and (ago := say_ago(dt.date.fromisoformat(again[0]), today)):
        if promise.reply and promise.reply.date <= again[0]:
            return _("Asked again {again}, and no answer to that yet.").format(again=ago)
        return _("No answer yet, asked {ago}, and again {again}").format(ago=since, again=ago)
    return _("No answer yet, asked {ago}").format(ago=since) if since else _("No answer yet")


_STATUS_WORDS = {
    Status.NOT_STARTED: later("not started"),
    Status.UNDER_WAY: later("under way"),
    Status.DONE: later("done"),
    Status.NORMAL: later("now normal"),
    Status.STUCK: later("stuck"),
    Status.DROPPED: later("dropped"),
    Status.ASKED: later("asked again"),
    Status.AGREED: later("agreed"),
    Status.IN_PART: later("agreed in part"),
    Status.NOT_AGREED: later("not agreed"),
    Status.MORE: later("need to know more"),
    Status.SAID: later("answered"),
    Status.WITHDRAWN: later("withdrawn"),
}


def status_words(status: Status) -> str:
    """State a promise's status in the words of the commands."""
    return _STATUS_WORDS[status].said()


def turn_words(turn: Turn) -> str:
    """State where something stands with what was said: why, or what; and whether people have seen it."""
    stands = status_words(turn.status)
    if turn.seen:
        seen = {Seen.YES: _("{status}, and people have seen it"), Seen.NOT_YET: _("{status}, and not seen yet")}
        stands = seen[Seen(turn.seen)].format(status=stands)
    if turn.because:
        return stands + _(", because {words}").format(words=turn.because)
    return _("{status}: {words}").format(status=stands, words=turn.words) if turn.words else stands


def asked_on(request: Request, today: str) -> str:
    """Say when a request was made, and made again; empty if that was on this day."""
    if not request.asked or (request.asked == today and not request.again):
        return ""
    if not request.again:
        return _("Asked on {date}").format(date=in_words(request.asked))
    days = in_a_row([*map(in_words, request.again)])
    return _("Asked on {date}, and again on {days}").format(date=in_words(request.asked), days=days)


def last_answer(request: Request) -> str:
    """Say to whoever answered what they said last; empty where they never did."""
    turn = request.answer
    said = _("Your answer of {date}: {words}")
    return said.format(date=in_words(turn.date), words=reply_words(turn)) if turn else ""


def stands_words(turn: Turn | None) -> str:
    """The same as a sentence of its own, without its full stop; empty where nothing was said."""
    said = turn_words(turn) if turn else ""
    return said[:1].upper() + said[1:]


def read_status(text: str, known: Sequence[Status] = OF_ACTIONS) -> Status:
    """Read where a promise stands, as it is said or as it is stored; raises ValueError, in plain words."""
    wanted = " ".join(text.casefold().replace("-", " ").split()).rstrip(",.")
    for status in known:
        if wanted in {status_words(status), status.value.replace("-", " ")}:
            return status
    words = ", ".join(status_words(each) for each in known)
    raise ValueError(_("{text} is no status; it is one of: {known}").format(text=text, known=words))
