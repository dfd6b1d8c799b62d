"""`tisu notes`: write a session's notes, or the page of them that goes to senior management."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import click

from tisu_tui.cli._options import DATA, HTML, WORD, exports, sessions, with_folders, write_documents
from tisu_tui.cli._saying import hint, refuse, say, show
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.saving import EditedSince, NotesProblem, exported, save
from tisu_tui.session.session import Session
from tisu_tui.store.folder import DataFolder

TEAM, ORGANISATION = "team", "organisation"


@click.command
@click.argument("session", shell_complete=sessions)
@click.option(
    "--for",
    "reader",
    type=click.Choice([TEAM, ORGANISATION]),
    default=TEAM,
    show_default=True,
    help="Everything, for the team; or one page for senior management, without names or numbers of people.",
)
@exports("Folder for what is written.", "--to")
@HTML
@WORD
@click.option("--read", "is_read", is_flag=True, help="Read them here, as they stand in the folder; write nothing.")
@DATA
def notes(
    session: str, reader: str, exports: Path, *, html: bool, word: bool, is_read: bool, data: Path | None
) -> None:
    """Write the notes of SESSION as Markdown, with its pictures and data.

    The same session gives the same bytes. One that has not ended gives a draft, which says so; it has no page for
    senior management and no document yet, since the group reads what is written before anybody else does. A web page or
    a file for Word is made of the notes as they stand in the folder, with what the team has written into them since.
    """
    from tisu_tui.cli._opening import load, session_file
    from tisu_tui.notes.write import render

    folder = DataFolder(data, create=data is None)
    session_file(folder, session)
    held = load(folder, session)
    if reader == ORGANISATION and not held.is_ended:
        refuse(
            _("Session {id} has not ended. The group reads its notes first; then there is a paper.").format(id=session)
        )
    if (html or word) and not held.is_ended:
        # A document would outlive a line that is struck while the notes are read.
        early = _("Session {id} has not ended. The group reads its notes first; then there are documents.")
        refuse(early.format(id=session))
    if is_read and (html or word or reader == ORGANISATION):
        refuse(_("Choose --read, which is for the team, or --for organisation, --html and --word."))
    if is_read:
        read_here(held, exports)
        return
    forms: Mapping[str, bytes] = {}
    try:
        if reader == TEAM:
            written = [_save(render(held), exports, reader, as_documents=html or word)]
        else:
            from tisu_tui.cli._earlier import read_requests
            from tisu_tui.notes.paper import paper, reply

            asked = read_requests(folder, held, exports)
            written = [_save(paper(held, asked), exports, reader, as_documents=html or word)]
            forms = reply(held, asked)
            for name, form in forms.items():
                if (exports / name).exists() and (exports / name).read_bytes() != form:
                    # Somebody may have filled it in.
                    say(_("{path} is there already, and is left as it is.").format(path=exports / name), err=True)
                else:
                    click.echo(save({name: form}, exports))
                written.append(exports / name)
        for page in written:
            write_documents(page, html=html, word=word)
    except OSError as error:
        refuse(f"{error.filename or exports}: {error.strerror or error}", 1)
    _say_who_gets_it(held, reader, has_form=bool(forms))


def _save(files: Mapping[str, bytes], exports: Path, reader: str, *, as_documents: bool) -> Path:
    """Save notes and name them; a document can also be made of notes that the team has edited since."""
    try:
        page = save(files, exports)
    except EditedSince as edited:
        if reader == ORGANISATION:
            # A paper says what was answered, so it is another one after each answer.
            other = _("{path} is there from before. Move it away for one with what was answered since.")
            raise NotesProblem(other.format(path=edited.path)) from edited
        if not as_documents:
            raise
        say(_("{path} has been edited since, and is left as it is.").format(path=edited.path), err=True)
        return edited.path
    click.echo(page)
    return page


def _say_who_gets_it(held: Session, reader: str, *, has_form: bool) -> None:
    if reader == ORGANISATION and not has_form:
        say(_("Read it once for names that somebody typed. Then send it to senior management."), err=True)
    elif reader == ORGANISATION:
        say(
            _(
                "Read it once for names that somebody typed. Then send it to senior management, with the form for "
                "their reply."
            ),
            err=True,
        )
        actions = with_folders("tisu actions --rehearsals" if held.rehearsal else "tisu actions")
        hint(_("What comes back is read by:"), f"{actions} reply FILE", err=True)
    else:
        say(
            _(
                "For everybody who was there, and for nobody else. Pages in the folder beside it are for the wall, if "
                "the group said yes."
            ),
            err=True,
        )
        again = with_folders(f"tisu notes {held.id} --for organisation", "--to")
        hint(_("For senior management:"), again, err=True)


_COMMENT = re.compile(r" ?<!--.*?-->", re.DOTALL)
_MOST = 1 << 20


def read_here(session: Session, exports: Path) -> None:
    """Show a session's notes page by page, without what only programs read."""
    text = _as_they_stand(session, exports) or _as_written(session)
    head, _mark, body = text.replace("\r\n", "\n").partition("\n---\n")
    lines = (clean(line, _MOST) for line in _COMMENT.sub("", body or head).splitlines())
    show(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n")


def _as_they_stand(session: Session, exports: Path) -> str:
    from tisu_tui.notes.document import NotReadable
    from tisu_tui.notes.escaping import front_matter
    from tisu_tui.notes.kept import read_text

    for path in exported(exports).get(session.id, ()):
        try:
            text = read_text(path)
        except (OSError, NotReadable):
            continue
        if "tisu-note" in front_matter(text):
            return text
    return ""


def _as_written(session: Session) -> str:
    from tisu_tui.notes.write import render

    return next(content.decode() for name, content in render(session).items() if "/" not in name)
