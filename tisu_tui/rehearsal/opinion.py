"""How made-up people answer: each in their own way, around what the group leans to, from the seed alone."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from tisu_tui.rehearsal import ideas
from tisu_tui.rehearsal.question import Question

_SUPPORT = (0.9, 0.5, 0.35, 0.25)
"""How likely somebody supports the group's first, second, third … choice."""


def chance(*parts: object) -> random.Random:
    """Make a source of chance that gives the same for the same parts."""
    return random.Random(":".join(map(str, parts)))  # noqa: S311 - a rehearsal is repeatable, and guards nothing


def choice(question: Question, seed: int, own: random.Random) -> str:
    """Answer a question that has options with a line of numbers."""
    options = question.options
    liked = sorted(range(len(options)), key=lambda n: _appeal(options[n], seed), reverse=True)
    if question.in_order:
        chosen = sorted(liked, key=lambda n: liked.index(n) + own.uniform(0, 2))
    elif question.each > 1:
        chosen = _dots(liked, question, own)
    elif question.most > 1:
        chosen = [n for n, share in zip(liked, _shares(len(liked)), strict=True) if own.random() < share]
        chosen = sorted((chosen or liked[:1])[: question.most])
    else:
        chosen = own.choices(range(len(options)), _weights(question, seed))
    return " ".join(question.keys[n] for n in chosen)


def written(question: Question, seed: int, number: int, own: random.Random) -> list[str]:
    """Answer a question for words with some lines; none is a pass. `number` is whose turn it is, from 0."""
    found = ideas.stock(question.text)
    if own.random() >= found.writers:
        return []
    texts = found.texts
    chance(seed, question.title).shuffle(texts)
    mine = [texts[number % len(texts)]]
    # A few people write two lines, from the other end, so that most lines are written once.
    if question.many > 1 and number % 4 == 0:
        mine.append(texts[-1 - number % len(texts)])
    return list(dict.fromkeys(mine))[: question.many]


def _appeal(label: str, seed: int) -> tuple[bool, float]:
    return ideas.is_favoured(label), chance(seed, label).random()


def _shares(options: int) -> Sequence[float]:
    return [_SUPPORT[min(n, len(_SUPPORT) - 1)] for n in range(options)]


def _dots(liked: Sequence[int], question: Question, own: random.Random) -> list[int]:
    chosen: list[int] = []
    while len(chosen) < min(question.most, question.each * len(liked)):
        (n,) = own.choices(liked, _shares(len(liked)))
        if chosen.count(n) < question.each:
            chosen.append(n)
    return sorted(chosen)


def _is_scale(question: Question) -> bool:
    return "d" in question.keys or question.keys[0] != "1" or question.options[0] == ideas.FIRST_POINT


def _weights(question: Question, seed: int) -> list[float]:
    lean = chance(seed, question.title)
    points = sum(not key.isalpha() for key in question.keys) if _is_scale(question) else 0
    known_centre = next((centre for words, centre in ideas.LEANINGS.items() if words in question.text), None)
    centre = lean.triangular(0, points - 1) if known_centre is None else known_centre
    # The group leans to one point of a scale, or here and there to two.
    centres = [centre] if known_centre is not None or lean.random() < 0.85 else [0.4, points - 1.4]
    width = lean.choice((0.6, 0.9, 1.4))
    weights = []
    for n, label in enumerate(question.options):
        known = next((weight for opening, weight in ideas.LIKELY.items() if label.startswith(opening)), None)
        if known is not None:
            weights.append(known)
        elif n < points:
            weights.append(2 * sum(math.exp(-(((n - centre) / width) ** 2)) for centre in centres))
        else:
            favoured, appeal = _appeal(label, seed)
            weights.append(10.0 if favoured else 0.3 + appeal)
    return weights
