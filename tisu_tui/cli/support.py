"""`tisu support`: the team's list of who there is to talk to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from tisu_tui.cli._options import DATA
from tisu_tui.cli._saying import hint, refuse, say, say_json
from tisu_tui.core.contacts import Contact, read_contact
from tisu_tui.core.enumerating import numbers_in
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.support import LONGEST, load_support, save_support

_PUBLIC_LINES = ("NHS 24, 111", "Breathing Space, 0800 83 85 87", "Samaritans, 116 123")
"""Scotland's public lines, offered to be tried and confirmed."""
_NUMBERED = dict(enumerate(_PUBLIC_LINES, 1))
_NUMBER = click.argument("number", type=click.IntRange(1))


@click.group(invoke_without_command=True)
@DATA
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for scripts.")
@click.pass_context
def support(context: click.Context, data: Path | None, *, as_json: bool) -> None:
    """Show who there is to talk to, and when somebody last made sure.

    Every session that begins in the data folder has this list on its help key, beside the contacts that a workshop
    names itself. Try a contact before you add it, and again every six months.
    """
    context.obj = data
    if context.invoked_subcommand:
        return
    contacts = load_support(DataFolder(data))
    if as_json:
        rows = [
            {"contact": contact.name, "checked": contact.checked and contact.checked.isoformat()}
            for contact in contacts
        ]
        say_json(rows)
        return
    if not contacts:
        hint(_("Nobody is on the list yet. Try somebody, then:"), 'tisu support add "NHS 24, 111"', err=True)
    for n, contact in enumerate(contacts, 1):
        stale = _("  – try it again") if contact.is_stale(dt.date.today()) else ""
        click.echo(f"{n:>2}. {contact.said}{stale}")


@support.command()
@click.argument("contact")
@DATA
@click.pass_obj
def add(whole: Path | None, contact: str, data: Path | None) -> None:
    """Put CONTACT on the list, like "NHS 24, 111", as checked today."""
    folder = DataFolder(data or whole)
    contacts = load_support(folder)
    name = read_contact(clean(contact, LONGEST)).name
    if not name:
        refuse(_('Write who and how, like: tisu support add "NHS 24, 111"'))
    others = tuple(each for each in contacts if each.name.casefold() != name.casefold())
    _save(folder, (*others, _checked(name)))


@support.command()
@_NUMBER
@DATA
@click.pass_obj
def check(whole: Path | None, number: int, data: Path | None) -> None:
    """Say that contact NUMBER was tried today, and still answers."""
    folder = DataFolder(data or whole)
    contacts = _load(folder, number)
    _save(folder, tuple(_checked(contact.name) if n == number else contact for n, contact in enumerate(contacts, 1)))


@support.command()
@_NUMBER
@DATA
@click.pass_obj
def remove(whole: Path | None, number: int, data: Path | None) -> None:
    """Take contact NUMBER off the list."""
    folder = DataFolder(data or whole)
    contacts = _load(folder, number)
    _save(folder, tuple(contact for n, contact in enumerate(contacts, 1) if n != number))


def _checked(name: str) -> Contact:
    return Contact(name, dt.date.today())


def _load(folder: DataFolder, number: int) -> tuple[Contact, ...]:
    """Load a list that has a contact of this number, or refuse in one line."""
    contacts = load_support(folder)
    if number > len(contacts):
        refuse(_("There is no contact {n}. To see them: tisu support").format(n=number))
    return contacts


def _save(folder: DataFolder, contacts: tuple[Contact, ...]) -> None:
    save_support(folder, contacts)
    for n, contact in enumerate(contacts, 1):
        click.echo(f"{n:>2}. {contact.said}")


def ask_for_contacts(folder: DataFolder, own: Sequence[str]) -> None:
    """Ask whom people can talk to, where neither the workshop nor the team's list names anybody."""
    if own or load_support(folder):
        return
    say(_("Whom can people talk to afterwards? They stand on everybody's help key, and nobody is on your list yet."))
    for n, each in _NUMBERED.items():
        click.echo(f"{n:>2}. {each}")
    say(_("Give the numbers of those that somebody tried today, like 1 3, or a name and a number of your own."))
    answer, before = _prompted(), ""
    while answer and (problem := _problem(answer, before)):
        say(problem)
        before, answer = answer, _prompted()
    if contacts := tuple(map(_checked, _named(clean(answer, LONGEST)))):
        save_support(folder, contacts)
        who = "; ".join(contact.said for contact in contacts)
        say(_("On the list: {who}. To change it: tisu support").format(who=who))


def _problem(answer: str, before: str) -> str:
    """Say why an answer is asked for once more; nothing where it is fine."""
    numbers = set(numbers_in(answer))
    if numbers <= set(range(10)) and not numbers <= set(_NUMBERED):
        return _("The numbers are 1 to {n}. Anybody else needs a name, like: NHS 24, 111").format(n=len(_NUMBERED))
    if answer != before and not any(map(str.isdigit, answer)):
        return _("There is no number in that. Type it once more to keep it as it is, or with one, like: NHS 24, 111")
    return ""


def _prompted() -> str:
    return str(click.prompt(_("Enter goes on without"), default="", show_default=False)).strip()


def _named(answer: str) -> Sequence[str]:
    """List who is meant: public lines by their numbers, or somebody by name."""
    chosen = numbers_in(answer)
    if chosen and set(chosen) <= set(_NUMBERED):
        return [_NUMBERED[each] for each in dict.fromkeys(chosen)]
    name = read_contact(answer).name
    return [name] if name else []
