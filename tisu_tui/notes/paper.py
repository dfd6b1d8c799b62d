"""The paper: one page for senior management, with what is asked of them and by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from tisu_tui.core.days import in_words
from tisu_tui.core.enumerating import ended
from tisu_tui.core.later import ANSWERS, Request, Status
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.shown import Counts, Quotes, Say, Shown, WordTable, cell_words, withheld_sentence
from tisu_tui.core.size import band
from tisu_tui.core.text import in_quotes
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking
from tisu_tui.memory.due import asked_on, last_answer, stands_words
from tisu_tui.memory.past import past
from tisu_tui.memory.promises import promises
from tisu_tui.notes.escaping import front, plain, quoted, table, words, yaml
from tisu_tui.notes.outward import nameless, outward
from tisu_tui.notes.pages import PRINTED, pages
from tisu_tui.notes.reply import reply_form
from tisu_tui.notes.saving import Files
from tisu_tui.notes.told import Ran, told
from tisu_tui.notes.write import stem_of
from tisu_tui.session.decisions import Decision, decisions, right_words
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Right

FORMAT = 1
"""The version of the paper's format, in its front matter under `tisu-paper`."""

_THING_AND_PLACE = 2
_NEED_THEM = frozenset({Right.SEND_BACK, Right.WE_ADVISE})


def paper(session: Session, asked: Iterable[Request] | None = None) -> Files:
    """Write the one-page paper of a sealed session; nothing reaches it but what `outward` leaves.

    `asked` are all requests as they stand now; without, those that the session knew.
    """
    name = f"{stem_of(session)}-paper.md"
    with speaking(session.workshop.language):
        text = "\n\n".join(_blocks(outward(session), _asked(session, asked))) + "\n"
    return {name: text.encode()}


def reply(session: Session, asked: Iterable[Request] | None = None) -> Files:
    """Write the form that goes with the paper, to be filled in and sent back; empty where nothing is open."""
    left = past(outward(session))
    with speaking(session.workshop.language):
        form = reply_form(left, [request for part in _open(session, _asked(session, asked)) for request in part])
    return {f"{stem_of(session)}-reply.md": form.encode()} if form else {}


def _asked(session: Session, asked: Iterable[Request] | None) -> list[Request]:
    """Return the requests of a session and before, without the names of people."""
    if asked is None:
        asked = (promise.request for promise in promises([past(session)]) if promise.is_request)
    return [nameless(request, session) for request in asked]


def _open(session: Session, asked: Sequence[Request]) -> tuple[list[Request], ...]:
    """Part open requests into those that have waited since before, those that are new, and those that were agreed."""
    is_open = [request for request in asked if request.status.is_open]
    waiting = [request for request in is_open if request.waits]
    before = [request for request in waiting if request.asked != session.date]
    return (
        before,
        [request for request in waiting if request not in before],
        [request for request in is_open if not request.waits],
    )


def _blocks(session: Session, asked: Sequence[Request]) -> Iterator[str]:
    title = _("For senior management: {title}").format(title=plain(session.workshop.title))
    made = decisions(session)
    theirs = [decision for decision in made if decision.right in _NEED_THEM and decision.stands]
    behind = list(_behind(session, made))
    before, fresh, agreed = _open(session, asked)
    answered = [request for request in asked if not request.status.is_open and _is_news(request, session)]
    yield _front_matter(session)
    yield f"# {words(title)}"
    yield _about(session)
    number = count(1)
    if before:
        yield f"## {_('Still open')}"
        yield "\n".join(_ask(next(number), request, session.date) for request in before)
    if fresh:
        yield f"## {_('What we ask of you')}"
        yield "\n".join(_ask(next(number), request, session.date) for request in fresh)
    if before or fresh:
        yield _(
            "One answer for each, please: **agreed**, **agreed in part**, **not agreed, because**, or **I need to know "
            "more, and will answer by** a date. All four are fair. A no with a reason helps us more than silence. The "
            "form that comes with this page takes five minutes."
        )
    if agreed:
        yield f"## {_('Answered, and not done yet')}"
        yield "\n".join(_ask(next(number), request, session.date) for request in agreed)
    if theirs:
        yield f"## {_('What we decided, and what needs you')}"
        yield "\n".join(_decision(decision, session) for decision in theirs)
    if answered:
        yield f"## {_('What was answered')}"
        yield "\n".join(f"- **{words(request.text)}**\n  - {words(_stands(request))}" for request in answered)
    if behind:
        yield f"## {_('What stands behind it')}"
        yield from behind
    if others := dict.fromkeys(page.title for page in pages(session)):
        titles = ", ".join(in_quotes(title) for title in others)
        yield _("With this comes a page of its own: {titles}.").format(titles=words(titles))
    if actions := [record for record in session.records if record.kind is RecordKind.ACTION]:
        yield f"## {_('What we do ourselves')}"
        yield "\n".join(f"- {words(record.text)}{_by(record)}" for record in actions)
    if not (before or fresh or agreed or theirs or behind or others):
        yield _("Nothing is asked of you this time, and nothing here waits for your decision.")
    yield _(
        "*The group was told that what is on this page would go to you, and nothing else. Please do not ask who said "
        "what. This is not an assessment, and not an official programme tool.*"
    )


def _is_news(request: Request, session: Session) -> bool:
    """Whether it was finished in this session, or since the one before it that is known."""
    sessions = {turn.date for turn in request.history if turn.session and turn.date < session.date}
    return not request.history or request.history[-1].date >= max(sessions, default="")


def _front_matter(session: Session) -> str:
    return front(
        f"date: {session.date}",
        "tags: [tisu, paper]",
        f"tisu-paper: {FORMAT}",
        f"tisu-session: {yaml(session.id)}",
        "status: sealed",
        *PRINTED,
        *(["rehearsal: true"] if session.rehearsal else []),
    )


def _about(session: Session) -> str:
    about = _("From a workshop on {date}, with {people} people.").format(
        date=in_words(session.date), people=band(session.largest)
    )
    if session.largest < 2:
        about = _("From a workshop on {date}.").format(date=in_words(session.date))
    if session.rehearsal:
        about += " " + _("**This was a rehearsal.** Nobody said or decided this.")
    return about


def _ask(number: int, request: Request, today: str) -> str:
    what, _because, why = (part.strip(" ,;") for part in _parted(request.text))
    lines = [f"{number}. **{words(what)}**"]
    if why:
        lines.append(f"   - {_('Why:')} {words(why)}")
    to = _("To: {who}").format(who=words(request.owner))
    if not request.waits:
        lines += [f"   - {to}", f"   - {words(_stands(request))}"]
        return "\n".join(lines)
    reply = _("please reply by {date}").format(date=in_words(request.due)) if request.due else _("please name a date")
    lines.append(f"   - {to}; {reply}")
    if since := _since(request, today):
        lines.append(f"   - {since}")
    return "\n".join(lines)


def _since(request: Request, today: str) -> str:
    """Say since when it is asked and what was said to it; empty for a request that is new."""
    said = asked_on(request, "" if request.history else today)
    if request.asked and not said:
        return ""
    if request.status is Status.ASKED and not request.answer:
        return _("{asked}. No answer yet.").format(asked=said)
    return f"{said}. {words(_stands(request))}"


def _stands(request: Request) -> str:
    """Say the last answer and what came of it since."""
    since = "" if request.status in {*ANSWERS, Status.SAID, Status.ASKED} else stands_words(request.stood)
    return " ".join(map(ended, filter(None, (last_answer(request), since))))


def _parted(text: str) -> tuple[str, str, str]:
    found = re.search(rf"\b{re.escape(_('because'))}\b", text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _by(record: Kept) -> str:
    due = ", " + _("by {date}").format(date=in_words(record.due)) if record.due else ""
    seen = _("; people will see it") if record.visible else ""
    return f" ({record.owner}{due}{seen})"


def _decision(made: Decision, session: Session) -> str:
    """State a vote's verdict and final decision maker in one line."""
    verdict = made.verdict
    said = [f"{in_quotes(verdict.asked)}: {verdict.result}" if verdict.asked else verdict.result]
    for shown in made.step.activity.describe(session.rounds_of(made.step)[-1:]):
        # An order and nothing else; a wider table says in other words what the sentence says already.
        if isinstance(shown, WordTable) and len(shown.columns) == _THING_AND_PLACE:
            order = "; ".join(f"{place}: {thing}" for thing, place in shown.rows)
            said.append(_("In order: {order}.").format(order=order))
    title = "" if verdict.asked == made.step.title else f"**{words(made.step.title)}** "
    return f"- {title}{words(' '.join(said))} {words(right_words(made.step, made.right))}"


def _behind(session: Session, made: tuple[Decision, ...]) -> Iterator[str]:
    """Tell the other steps; a vote says all it has to say above, and nothing where it does not stand."""
    votes = {decision.step.counts_as for decision in made}
    for each in told(session):
        if each.ran is not Ran.RESULT or each.step.counts_as in votes or each.rounds[-1].nothing or each.step.sheet:
            continue
        # What was asked and answered stands above, whole.
        if each.step.activity.takes_requests:
            continue
        if blocks := [block for shown in each.shown for block in _written(shown)]:
            yield f"**{words(each.step.title)}**"
            yield from blocks


def _written(shown: Shown) -> list[str]:
    match shown:
        case Say(text):
            return [words(text)] if text != withheld_sentence() else []
        case Quotes():
            return [quoted(shown)]
        case WordTable(_title, columns, rows):
            cells = [[words(cell_words(cell)) for cell in row] for row in rows]
            return [table([*map(words, columns)], cells)]
        case Counts():
            # There are no numbers in what is left of a session here.
            return []
