"""Contacts for support, and how long ago each was checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tisu_tui.core.days import day_named, in_words, read_day
from tisu_tui.core.translation import cache_by_language
from tisu_tui.core.translation import gettext as _

OLDEST_DAYS = 183
"""After so many days somebody should try a contact again."""


@cache_by_language()
def _checked() -> re.Pattern[str]:
    return re.compile(rf"\s*\(?\bchecked (\d{{4}}-\d{{2}}-\d{{2}}|{day_named()})\b\)?")


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone to talk to, and the day they were last checked, if known."""

    name: str
    checked: date | None = None

    def __str__(self) -> str:
        return f"{self.name} (checked {self.checked.isoformat()})" if self.checked else self.name

    @property
    def said(self) -> str:
        """The contact as people read it."""
        if self.checked is None:
            return self.name
        return _("{name} (checked {day})").format(name=self.name, day=in_words(self.checked.isoformat()))

    def is_stale(self, today: date) -> bool:
        """Tell whether it should be tried again."""
        return self.checked is None or (today - self.checked).days > OLDEST_DAYS


def read_contact(text: str) -> Contact:
    """Read a contact as it is written: `NHS 24, 111 (checked 2026-11-01)`."""
    found = _checked().search(text)
    try:
        checked = read_day(found[1]) if found else None
    except ValueError:
        checked = None
    if found is None or checked is None:
        return Contact(text.strip())
    return Contact(f"{text[: found.start()]}{text[found.end() :]}".strip(), checked)


def together(own: Iterable[str], teams: Iterable[str]) -> tuple[str, ...]:
    """List a workshop's own contacts, then those of the team that it does not name itself."""
    texts = tuple(own)
    known = {read_contact(text).name.casefold() for text in texts}
    return (*texts, *(text for text in teams if read_contact(text).name.casefold() not in known))


def whom_to_turn_to(contacts: Sequence[str]) -> str:
    """Say to everybody, at the end, where they can talk: the contacts, else whoever leads the session."""
    if not contacts:
        return _("If you want to talk to someone, turn to the person who leads this session.")
    who = "; ".join(read_contact(contact).name for contact in contacts)
    return _("If you want to talk to someone: {who}. Help has this too.").format(who=who)


def support_warnings(contacts: Iterable[str], today: date) -> tuple[str, ...]:
    """Say what is wrong with the contacts of a session before people come; nothing where all is well."""
    found = [read_contact(text) for text in contacts]
    if not found:
        return (
            _('Help names nobody to talk to yet. On the host computer, before the day: tisu support add "NHS 24, 111"'),
        )
    stale = [contact.name for contact in found if contact.is_stale(today)]
    if not stale:
        return ()
    words = _("Not tried for over six months, or nobody knows when: {who}. Please try it before people come.")
    return (words.format(who="; ".join(stale)),)
