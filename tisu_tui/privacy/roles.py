"""Voices: the roles people speak from, where enough speak from each for the group to see them side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _

from tisu_tui.core.counting import quantile
from tisu_tui.core.form import Answer, Option, Pick
from tisu_tui.core.released import Finding, Found, ReleasedTally, Tally
from tisu_tui.core.shown import WITHHELD
from tisu_tui.core.voice_attack import Part, words_are_safe

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
    """Say who begins where a vote is spoken: whoever speaks first leads the others, and most so from above."""
    return _("Anyone may start. If you manage people, please speak later.")


# What is said of each role, in words


def is_compared(tally: Tally) -> bool:
    """Tell whether a field is what the step is about, and not how sure people are, or a table of pairs."""
    return bool({each.finding for each in tally.found} & {Finding.MEDIAN, Finding.ORDER})


def on_a_scale(tally: Tally) -> bool:
    """Tell whether a field's answers have a middle."""
    return any(each.finding is Finding.MEDIAN for each in tally.found)


def in_words(tally: Tally, points: int) -> ReleasedTally:
    """Say of one role what is said without numbers: the middle, or what more than half of it chose.

    `points` is how many options are a scale. The middle is the lowest answer that half of the role do not go beyond:
    to say between which two it lies would be to say that exactly half are on either side.
    """
    ids = [option.id for option in tally.options]
    if points:
        found = Found(Finding.MEDIAN, ((ids[quantile(tally.counts[:points], 0.5)],),))
    else:
        over_half = tuple(each for each, n in zip(ids, tally.counts, strict=True) if 2 * n > tally.answered)
        found = Found(Finding.MAJORITY, (over_half,) if over_half else ())
    return replace(blank(tally), found=(found,))


def blank(tally: Tally) -> ReleasedTally:
    """Say nothing of one role."""
    return ReleasedTally(tally.field, tally.title, tally.options, (WITHHELD,) * len(tally.counts), WITHHELD)


def may_say_in_words(parts: Sequence[Tally], rest: Tally, points: int) -> bool:
    """Tell whether words about each role, beside the numbers of the whole, give away no number of 1 to 4 in any."""

    def part(tally: Tally, *, is_told: bool) -> Part:
        counts = tally.counts[:points] if points else tally.counts
        return Part(sum(counts) if points else tally.answered, counts, is_told)

    told = [part(each, is_told=True) for each in parts]
    untold = [part(rest, is_told=False)] if rest.answered else []
    if points and any(any(each.counts[points:]) for each in (*parts, rest)):
        # Words say that five of each role rated, and so of which role those are who said that they don't know.
        return False
    return words_are_safe(told + untold, is_scale=points > 0, most=parts[0].most)
