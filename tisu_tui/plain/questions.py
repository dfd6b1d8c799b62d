"""What is read out of a question: what stands before it, its choices, and how a line answers it."""

from __future__ import annotations

from collections.abc import Iterator

from tisu_tui.core.form import Option, Order, Pick, bare, keys, short
from tisu_tui.core.translation import gettext as _
from tisu_tui.view.view import View


def introduction(view: View) -> list[str]:
    """Give what stands before a step's question: its content note, its text, who decides and how."""
    note = " ".join(block.text for block in view.content_note)
    return [_("Please note: {note}").format(note=note) if note else "", *body_lines(view), view.right, view.rule]


def body_lines(view: View) -> list[str]:
    """Give a step's text in lines."""
    return [f"{block.mark} {line}".strip() for block in view.body for line in block.lines]


def option_lines(options: tuple[Option, ...], *, are_short: bool = False) -> list[str]:
    """Give options with what is typed for each; short ones leave out what explains a point of a scale."""
    told = [short(option.name) if are_short and option.name else bare(option) for option in options]
    return [f"{key}. {words}" for key, words in zip(keys(options), told, strict=True)]


def how(field: Pick | Order) -> Iterator[str]:
    """Say how several are chosen, or put in order, on one line."""
    if isinstance(field, Order):
        yield _("Give the numbers in your order, best first, like: 2 1. What you leave out is tied last.")
    elif field.most > 1:
        yield _("Choose up to {n}, like: 1 2.").format(n=field.most)
        if field.each > 1:
            yield _("You can put up to {n} on one line, like: 1 1.").format(n=field.each)
