"""A workshop in a session's file: the text it was read from, and that of its translations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tisu_tui.session.workshop import Workshop

ReadWorkshop = Callable[[str, str], Workshop]
"""Reads a workshop again from its source and the name of its file."""


def stored_workshop(workshop: Workshop) -> dict[str, object]:
    """Store the text: its kinds are code, not data. Lists want its title at once."""
    stored: dict[str, object] = {"name": workshop.name, "title": workshop.title, "source": workshop.source}
    if workshop.translations:
        stored["translations"] = [{"name": each.name, "source": each.source} for each in workshop.translations]
    return stored


def read_workshop(stored: dict[str, Any], read: ReadWorkshop) -> Workshop:
    """Read a workshop and its translations again."""
    workshop = read(stored["source"], stored["name"])
    own = tuple(read(each["source"], each["name"]) for each in stored.get("translations", ()))
    return replace(workshop, translations=own) if own else workshop
