"""`tisu new`: a new workshop file to edit."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from tisu_tui.cli._saying import hint, refuse
from tisu_tui.core.scripts import slug
from tisu_tui.core.text import clean
from tisu_tui.core.translation import ENGLISH, known_language, languages
from tisu_tui.core.translation import gettext as _

TO = click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help=_("Folder for the file, instead of this one."),
)


@click.command()
@click.argument("name")
@click.option("--from", "source", metavar="WORKSHOP", default="", help=_("Begin from this workshop, a path or a name."))
@TO
@click.option(
    "--language",
    "tag",
    metavar="TAG",
    default="",
    help=_("Write it in this language, like pl, instead of English or that of --from."),
)
def new(name: str, source: str, folder: Path, tag: str) -> None:
    """Make a new workshop file to edit, called NAME: a title like "Our mornings", or a file name.

    It begins as a short workshop with comments that explain it, or with --from as any workshop of the library under
    a title of your own. A file that is there already is left alone.
    """
    from tisu_tui.cli._opening import open_workshop
    from tisu_tui.workshop.edit import retitle

    if {"/", "\\"} & set(name):
        refuse(_("NAME is a name and no path. Say with --to FOLDER where the file goes."))
    title = _title(name.removesuffix(".md"))
    if not title:
        refuse(_("Give it a name, like: {example}").format(example='tisu new "Our mornings"'))
    text = retitle(open_workshop(_in_language(source, tag)).source if source else _blank(tag), title)
    path = folder / f"{slug(title)}.md"
    write_new(path, text, _("{path} is there already. Choose another name."))
    again = _("Edit it, and see what is wrong each time you save:")
    hint(again, f"tisu check --watch {shlex.quote(str(path))}", err=True)


def _blank(tag: str) -> str:
    """Give the short workshop to begin from in a language, or refuse in one line."""
    from tisu_tui.workshop.library import blank

    known = known_language(tag or ENGLISH)
    if not known:
        message = _("--language {tag}: tisu has no such language; it has: {tags}")
        refuse(message.format(tag=tag, tags=", ".join(languages())))
    return blank(known)


def _in_language(source: str, tag: str) -> str:
    """Name the same workshop in a language, or refuse in one line."""
    from tisu_tui.workshop.library import find, in_language

    if not tag:
        return source
    own = in_language(find(source), known_language(tag) or tag)
    if own is None:
        refuse(_("--language {tag}: {source} is not there in that language").format(tag=tag, source=source))
    return str(own)


def _title(name: str) -> str:
    """Make a title of what was typed: a file name becomes words again."""
    title = clean(name, 80)
    return title.replace("-", " ").capitalize() if title == slug(title) else title


def write_new(path: Path, text: str, taken: str) -> None:
    """Write a workshop file that is not there yet, whole or not at all; `taken` is said where there is one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            try:
                file.write(text)
                file.flush()
            except OSError:
                path.unlink()
                raise
    except FileExistsError:
        refuse(taken.format(path=click.format_filename(path)), 1)
    except OSError as error:
        refuse(f"{click.format_filename(path)}: {error.strerror or error}", 1)
    click.echo(path)
