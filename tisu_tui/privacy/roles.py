"""Voices: the roles people speak from, where enough speak from each for the group to see them side by side."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from tisu_tui.core.form import Answer, Option, Pick

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
    """Keep the answers of those who speak from a role; of those who named none where it is empty."""
    return [each for each in answers if (each.get(FIELD) or ("",))[0] == voice]


def too_few() -> str:
    """Say why nobody is asked for their role."""
    return _("There are too few of us to compare roles, so we won't ask yours.")


def check_aloud(voices: Sequence[str]) -> str:
    """Ask everybody aloud what can't be asked in secret: whether each role is in the room, and was heard."""
    named = ", ".join(voices)
    return _("Let's check aloud: is each voice here, and was it heard? {voices}.").format(voices=name(named))


def leaders_last() -> str:
    """Recommend the order of speaking, with leaders last because first speakers sway others."""
    return _("Anyone may start. If you manage people, please speak later.")
