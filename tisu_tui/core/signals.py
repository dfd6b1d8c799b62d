"""Quiet signals: what somebody can tell the facilitator without being seen to, in words for each who reads it."""

from __future__ import annotations

from enum import StrEnum

from tisu_tui.core.translation import gettext as _


class Signal(StrEnum):
    """What is signalled; the value is the word typed for it."""

    SLOWER = "slower"
    BREAK = "break"
    LOST = "lost"
    QUESTION = "question"


def offered(signal: Signal) -> str:
    """Say it as it is chosen."""
    return {
        Signal.SLOWER: _("Slower, please"),
        Signal.BREAK: _("A break, please"),
        Signal.LOST: _("I don't follow"),
        Signal.QUESTION: _("I have a question for the room"),
    }[signal]


def told(signal: Signal) -> str:
    """Say it to the facilitator: never who, and never how many."""
    return {
        Signal.SLOWER: _("Somebody would like it slower."),
        Signal.BREAK: _("Somebody would like a break."),
        Signal.LOST: _("Somebody does not follow."),
        Signal.QUESTION: _("Somebody has a question for the room."),
    }[signal]


def asked(signal: Signal) -> str:
    """Say what the room is asked, once the facilitator takes it up."""
    return {
        Signal.SLOWER: _("Shall we go slower?"),
        Signal.BREAK: _("Shall we take a break?"),
        Signal.LOST: _("Shall we go over this once more?"),
        Signal.QUESTION: _("Is there a question? Anyone may ask it."),
    }[signal]


def received() -> str:
    """Say to somebody that their signal is on its way, and why it takes a while."""
    return _("Sent. The facilitator is told in a while, so that nobody can see it was you.")
