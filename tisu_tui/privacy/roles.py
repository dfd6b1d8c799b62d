"""Roles that people say they speak from, so that a result can be shown by role where enough speak from each."""

from __future__ import annotations

from collections.abc import Sequence

from tisu_tui.core.form import Answer, Option, Pick
from tisu_tui.core.translation import gettext as _

FIELD = "by voice"
"""The id of the question which role somebody speaks from; no id in a workshop has a space."""


def question(voices: Sequence[str]) -> Pick:
    """Ask which role somebody speaks from today: a question beside the step's own, and as easy to pass."""
    options = tuple(Option(voice, name(voice)) for voice in voices)
    return Pick(FIELD, options, _("Which of these do you mostly speak from today?"), is_beside=True)


def name(voice: str) -> str:
    """Write a role as the first word of a line."""
    return voice[:1].upper() + voice[1:]


def of_voice(answers: Sequence[Answer], voice: str) -> list[Answer]:
    """Keep the answers of one role; of those who named none where it is empty."""
    return [answer for answer in answers if (answer.get(FIELD) or ("",))[0] == voice]
