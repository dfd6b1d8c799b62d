"""Changes the team's page of promises between sessions."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from tisu_tui.cli._earlier import read_kept, read_promises
from tisu_tui.cli._options import Where
from tisu_tui.cli._saying import naming, refuse
from tisu_tui.core.days import in_words, stored
from tisu_tui.core.later import BECAUSE, NEEDS_WORDS, OF_ACTIONS, OF_REQUESTS, Status, Turn, may_follow
from tisu_tui.core.record_lines import read_record
from tisu_tui.core.records import RecordKind, no_owner_or_date
from tisu_tui.core.text import REPLACEMENT, not_read
from tisu_tui.core.translation import gettext as _
from tisu_tui.documents import words_in
from tisu_tui.memory.due import read_status, reply_words, status_words, turn_words
from tisu_tui.memory.promises import BETWEEN, Promise, promises
from tisu_tui.notes.document import NotReadable
from tisu_tui.notes.kept import read_text
from tisu_tui.notes.lines import derived_id
from tisu_tui.notes.page import new_page, page_name, read_page, with_reply, with_turn
from tisu_tui.notes.reply import read_reply
from tisu_tui.notes.saving import replace_file
from tisu_tui.session.readback import record_words
from tisu_tui.store.folder import DataFolder

_NEAR = 0.5


def promised(where: Where) -> tuple[Promise, ...]:
    """Read everything that was promised."""
    if where.notes is None:
        return read_promises(
            DataFolder(where.data, create=where.data is None), where.folder, rehearsal=where.rehearsals
        )
    kept = read_kept(where.notes, rehearsal=where.rehearsals)
    return promises(kept.pasts, kept.entries)


def mark_promise(where: Where, wanted: str, typed: str, said: tuple[str, str], day: str) -> None:
    """Write where a promise stands, with what was `said` and why; refuses what it does not know, in one line."""
    promise = _chosen(promised(where), wanted)
    try:
        status = read_status(typed, OF_REQUESTS if promise.is_request else OF_ACTIONS)
    except ValueError as problem:
        refuse(str(problem))
    words = _(", because {words}").format(words=said[1]).join((said[0], "")) if all(said) else "".join(said)
    _refuse_bytes(words)
    if status is Status.DROPPED and not words:
        refuse(_("Say why it was dropped: --because WORDS"))
    if status in NEEDS_WORDS and not words:
        why, what = _("Say why: --because WORDS"), _("Say in what part, or what they need to know: --words WORDS")
        refuse(why if status in BECAUSE else what)
    if promise.is_request and not may_follow(promise.status, status):
        refuse(_("{id} is not agreed yet, or is agreed already.").format(id=promise.id))
    turn = Turn(_day_that_was(day), status, words)
    _change(where, lambda text: with_turn(text, promise.id, promise.record, turn))
    click.echo(_("{id}: {status}").format(id=promise.id, status=status_words(status)))
    _say_what_stands(promise, turn.date)


def add_promise(where: Where, typed: str, day: str, *, ask: bool) -> None:
    """Write something new on the page."""
    _refuse_bytes(typed)
    kind = RecordKind.ASK if ask else RecordKind.ACTION
    known = {promise.id.partition(".")[2] for promise in promised(where) if promise.id.startswith(f"{BETWEEN}.")}
    made = _day_that_was(day)
    try:
        record = read_record(kind, 0, typed, "", dt.date.fromisoformat(made))
        record = replace(record, id=derived_id(record.text.casefold(), known))
    except ValueError as problem:
        refuse(str(problem))
    name = f"{BETWEEN}.{record.id}"
    turn = Turn(made, Status.ASKED if ask else Status.NOT_STARTED)
    _change(where, lambda text: with_turn(text, name, record, turn))
    click.echo(name)
    click.echo(record_words(record), err=True)
    if not (record.owner and record.due):
        click.echo(no_owner_or_date(record), err=True)


def _refuse_bytes(typed: str) -> None:
    """Refuse words that the terminal sent as something else than UTF-8; they stand in arguments as surrogates."""
    try:
        typed.encode()
    except UnicodeEncodeError:
        refuse(_("Not taken: {why}.").format(why=not_read(REPLACEMENT)))


def read_form(where: Where, file: Path, day: str) -> None:
    """Write the answers of a reply form on the page; nothing where one of them can't be read."""
    known = {each.id: each for each in promised(where)}
    requests = [(each.id, each.record.text) for each in known.values() if each.is_request]
    try:
        with naming(file):
            text = words_in(file.read_bytes()) if file.suffix.casefold() == ".docx" else read_text(file)
        form = read_reply(text, dt.date.fromisoformat(read_day(day)), requests)
    except ValueError as problem:
        refuse(_("{path}: {reason}").format(path=file, reason=problem))
    for trouble in form.troubles:
        click.echo(f"{file}:{trouble.number}: {trouble.text}", err=True)
    if missing := [promise for promise, _reply in form.replies if promise not in known]:
        refuse(_("{path}: nothing is known of {ids}").format(path=file, ids=", ".join(missing)))
    if not form.replies:
        refuse(_("{path}: no request has an answer yet").format(path=file), 1)
    # What is written and can't be read is no reason to make up another day.
    answers = [(name, reply if form.says_day else replace(reply, date=read_day(day))) for name, reply in form.replies]
    for _name, answer in answers:
        _day_that_was(answer.date, file)

    def answered(text: str) -> str:
        for name, answer in answers:
            last = known[name].reply
            if last is None or replace(answer, session=last.session, role=last.role, door=last.door) != last:
                text = with_reply(text, name, known[name].record, answer)
        return text

    _change(where, answered)
    for name, answer in answers:
        click.echo(_("{id}: {answer}").format(id=name, answer=reply_words(answer)))
        _say_what_stands(known[name], answer.date)


def _say_what_stands(promise: Promise, day: str) -> None:
    """Say if something was said of a promise after this day, and so stands."""
    last = promise.history[-1] if promise.history else None
    if last and day >= promise.made and day < last.date:
        said = _("{id}: what was said on {day} is later, and stands: {words}")
        click.echo(said.format(id=promise.id, day=in_words(last.date), words=turn_words(last)), err=True)


def read_day(typed: str) -> str:
    """Parse a typed day, with today as the default; refuse anything else in one line."""
    if not typed:
        return dt.date.today().isoformat()
    try:
        return stored(typed, dt.date.today())
    except ValueError as problem:
        refuse(str(problem))


def _day_that_was(typed: str, file: Path | None = None) -> str:
    """Parse the day on which something was said, in a file or as it was typed; refuse one that is still to come."""
    day = read_day(typed)
    if day > dt.date.today().isoformat():
        said = _("{day} is still to come: nothing was said then yet").format(day=in_words(day))
        refuse(_("{path}: {reason}").format(path=file, reason=said) if file else said)
    return day


def _chosen(found: Sequence[Promise], wanted: str) -> Promise:
    """Find a promise by its id or by an unambiguous end of it, where several have it among those that are open."""
    exact = [promise for promise in found if promise.id == wanted]
    named = [promise for promise in found if promise.id.rpartition(".")[2] == wanted]
    ending = [promise for promise in named if promise.is_open] or named
    if len(exact or ending) == 1:
        return (exact or ending)[0]
    if ending:
        refuse(_("{id} could be: {ids}").format(id=wanted, ids=", ".join(promise.id for promise in ending)))
    near = difflib.get_close_matches(wanted, [promise.id for promise in found], 1, _NEAR)
    meant = _(" Did you mean {id}?").format(id=near[0]) if near else ""
    return refuse(
        _("Nothing was promised as {id}.").format(id=ascii(wanted)[1:-1])
        + (meant or _(" To see what was: tisu actions"))
    )


def _change(where: Where, change: Callable[[str], str]) -> None:
    """Change the page, and leave every byte that the change is not about."""
    page = where.folder / page_name(rehearsal=where.rehearsals)
    try:
        if page.is_symlink():
            refuse(_("{path} is a link to somewhere else. Move it away first.").format(path=page), 1)
        text = page.read_bytes() if page.exists() else new_page(rehearsal=where.rehearsals).encode()
        mark = b"\xef\xbb\xbf" if text.startswith(b"\xef\xbb\xbf") else b""
        before = read_text(page) if page.exists() else text.decode()
        read_page(before)
        changed = mark + change(before).encode()
        if changed != text or not page.exists():
            page.parent.mkdir(parents=True, exist_ok=True)
            replace_file(page, changed)
    except NotReadable as problem:
        refuse(_("{path}: {reason}").format(path=page, reason=problem), 1)
    except OSError as error:
        refuse(f"{page}: {error.strerror or error}", 1)
