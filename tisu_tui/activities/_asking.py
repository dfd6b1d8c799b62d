"""Asking: how the same fields run in rooms of different sizes, and options that more than one kind adds."""

from __future__ import annotations

from collections.abc import Sequence

from tisu_tui.core.form import By, Field, Form, Option, Pick
from tisu_tui.core.scripts import slug
from tisu_tui.core.size import Size, Way
from tisu_tui.core.translation import gettext as _


def on_own_screens(fields: Sequence[Field], size: Size, aloud: Form) -> Form:
    """Ask everyone where answers can be secret; `aloud` is how it runs with fewer people."""
    if size.is_secret:
        return Form(tuple(fields))
    return aloud if size.way is Way.ALOUD else Form(tuple(fields), By.NOBODY, _alone())


def by_scribe(fields: Sequence[Field], size: Size, talk: str) -> Form:
    """Have the scribe write down what is said, whatever the size of the room."""
    if size.way is Way.ALONE:
        return Form(tuple(fields), By.NOBODY, _alone())
    return Form(tuple(fields), By.SCRIBE, talk)


def _alone() -> str:
    return _("This is for you alone. Think about it in your own time. Nothing is sent.")


def talk_it_over() -> str:
    """Say how a rating runs in a room too small for secret answers."""
    return _("Think about it first. Then we talk it over, and the scribe enters one answer we agree on.")


def talk_and_decide() -> str:
    """Say how a choice runs in a room too small for secret answers."""
    return _("Think about it first. Then we talk it over, and the scribe enters what we agree on.")


def dont_know() -> Option:
    """Offer not knowing as an answer."""
    return Option("dont-know", _("Don't know"), "d")


def nothing_to_take() -> Pick:
    """Ask what can't be asked, because no options came: a session talks about it instead."""
    return Pick("nothing", ())


def crossed(options: Sequence[Option], lines: Sequence[Option]) -> tuple[Option, ...]:
    """Ask each line of each option; the ones there are, where there are only options or only lines."""
    if not (options and lines):
        return tuple(options or lines)
    # No id has a colon, so that no two pairs make one.
    return tuple(
        Option(f"{option.id}:{line.id}", _("{option}: {line}").format(option=option.label, line=line.label))
        for option in options
        for line in lines
    )


def from_texts(texts: Sequence[str]) -> tuple[Option, ...]:
    """Make options of texts, with ids that come from their words; the same words twice make one."""
    made: dict[str, Option] = {}
    for text in {" ".join(each.casefold().split()): each for each in texts}.values():
        base = name = slug(text)
        n = 2
        while name in made:
            name, n = f"{base}-{n}", n + 1
        made[name] = Option(name, text)
    return tuple(made.values())
