"""How made-up people answer: each in their own way, around what the group leans to, from the seed and mood alone."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from zlib import crc32

from tisu_tui.rehearsal import ideas
from tisu_tui.rehearsal.ideas import Said
from tisu_tui.rehearsal.question import HeardQuestion

_SUPPORT = (0.9, 0.5, 0.35, 0.25)
"""How likely somebody supports the group's first, second, third … choice."""

_HOPEFUL = {"Agree:": 12.0, "Agree, with a worry": 0.5, "Stand aside": 0.0, "Don't know": 0.0, "Does not apply": 0.0}
_OBJECTS = {"Object:": 1.0, "Needs a change": 1.0, "A worry is raised": 1.0}
_FEW = 4
"""How many of a tired group answer at most, to every other question; nothing is told of so few."""


class Mood(StrEnum):
    """What a group is like; `plain` is as groups mostly are."""

    PLAIN = "plain"
    SPLIT = "split"
    """Two camps of one size: ties, and ratings far apart."""
    TIRED = "tired"
    """Most pass, so that results are withheld, and one leaves for good."""
    HOPEFUL = "hopeful"
    """People see much that is there, and carry what is put to them."""
    OBJECTING = "objecting"
    """Whatever is put to the group meets an objection, until its words are changed."""


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    """What all made-up people of a rehearsal have in common."""

    seed: int
    mood: Mood = Mood.PLAIN
    said: Said = field(default_factory=Said)


@dataclass(frozen=True, slots=True)
class OpinionTurn:
    """Whose turn it is to answer, from 0, out of how many who answer, and for which time the question is asked."""

    number: int = 0
    people: int = 1
    times: int = 1


def chance(*parts: object) -> random.Random:
    """Make a source of chance that gives the same for the same parts."""
    return random.Random(":".join(map(str, parts)))  # noqa: S311 - a rehearsal is repeatable, and guards nothing


def is_awake(question: HeardQuestion, group: OpinionGroup, turn: OpinionTurn) -> bool:
    """Tell whether somebody answers at all; in a tired group many do not."""
    which = crc32(question.title.encode())
    one_in = max(2, -(-turn.people // _FEW)) if which % 2 else 2
    return group.mood is not Mood.TIRED or (turn.number + which) % one_in == 0


def choice(question: HeardQuestion, group: OpinionGroup, turn: OpinionTurn, own: random.Random) -> str:
    """Answer a question that has options with a line of numbers."""
    options = question.options
    objects = [n for n, label in enumerate(options) if any(label.startswith(each) for each in _OBJECTS)]
    is_vote = not _is_scale(question) and _known(options[0], ideas.LIKELY) is None
    if group.mood is Mood.OBJECTING and objects and turn.number == 0 and turn.times == 1:
        chosen = objects[:1]
    elif group.mood is Mood.SPLIT and is_vote and len(options) > 1:
        chosen = _in_camps(_liked(options, group), question, turn)
    elif question.in_order:
        liked = _liked(options, group)
        chosen = sorted(liked, key=lambda n: liked.index(n) + own.uniform(0, 2))
    elif question.each > 1:
        chosen = _dots(_liked(options, group), question, own)
    elif question.most > 1:
        liked = _liked(options, group)
        chosen = [n for n, share in zip(liked, _shares(len(liked)), strict=True) if own.random() < share]
        chosen = sorted((chosen or liked[:1])[: question.most])
    else:
        chosen = own.choices(range(len(options)), _weights(question, group, turn))
    return " ".join(question.keys[n] for n in chosen)


def written(question: HeardQuestion, group: OpinionGroup, turn: OpinionTurn, own: random.Random) -> list[str]:
    """Answer a question for words with some lines; none is a pass."""
    found = ideas.stock(question.text, group.said.in_step(question.title))
    if own.random() >= found.writers:
        return []
    texts, number = found.texts, turn.number
    chance(group.seed, question.title).shuffle(texts)
    mine = [texts[number % len(texts)]]
    # A few people write two lines, from the other end, so that most lines are written once.
    if question.many > 1 and number % 4 == 0:
        mine.append(texts[-1 - number % len(texts)])
    return list(dict.fromkeys(mine))[: question.many]


def theme(text: str, said: Said) -> str:
    """Find the theme that a text belongs to; empty where it is never grouped."""
    return said.theme(text) or ideas.theme(text)


def _liked(options: Sequence[str], group: OpinionGroup) -> list[int]:
    """Put options in the order in which the group likes them."""
    return sorted(range(len(options)), key=lambda n: _appeal(options[n], group), reverse=True)


def _in_camps(liked: Sequence[int], question: HeardQuestion, turn: OpinionTurn) -> list[int]:
    """Choose as one of two camps that are equally large; whoever would make one larger likes something else."""
    odd_one = turn.people % 2 and turn.number == turn.people - 1
    mine = liked[-1] if odd_one and len(liked) > 2 else liked[turn.number % 2]
    if question.in_order:
        return [mine, *(n for n in liked if n != mine)]
    return [mine] * min(question.each, question.most)


def _appeal(label: str, group: OpinionGroup) -> tuple[bool, float]:
    return group.said.favours(label), _taste(group.seed, label)


# Everybody weighs every option, and making a source of chance takes longer than all the rest.
@lru_cache(maxsize=512)
def _taste(seed: int, label: str) -> float:
    return chance(seed, label).random()


def _shares(options: int) -> Sequence[float]:
    return [_SUPPORT[min(n, len(_SUPPORT) - 1)] for n in range(options)]


def _dots(liked: Sequence[int], question: HeardQuestion, own: random.Random) -> list[int]:
    chosen: list[int] = []
    while len(chosen) < min(question.most, question.each * len(liked)):
        (n,) = own.choices(liked, _shares(len(liked)))
        if chosen.count(n) < question.each:
            chosen.append(n)
    return sorted(chosen)


def _is_scale(question: HeardQuestion) -> bool:
    return "d" in question.keys or question.keys[0] != "1" or question.options[0] == ideas.FIRST_POINT


def _known(label: str, weights: Mapping[str, float]) -> float | None:
    return next((weight for opening, weight in weights.items() if label.startswith(opening)), None)


def _weights(question: HeardQuestion, group: OpinionGroup, turn: OpinionTurn) -> list[float]:
    lean = chance(group.seed, question.title)
    points = sum(not key.isalpha() for key in question.keys) if _is_scale(question) else 0
    known_centre = next((centre for words, centre in ideas.LEANINGS.items() if words in question.text), None)
    centre = lean.triangular(0, points - 1) if known_centre is None else known_centre
    # The group leans to one point of a scale, or here and there to two.
    centres = [centre] if known_centre is not None or lean.random() < 0.85 else [0.4, points - 1.4]
    width = lean.choice((0.6, 0.9, 1.4))
    match group.mood:
        case Mood.SPLIT:
            centres, width = [(0.0, points - 1.0)[turn.number % 2]], 0.4
        case Mood.HOPEFUL:
            centres = [points - 1.8]
        case Mood.TIRED:
            centres = [0.6]
    likely = ideas.LIKELY | (_HOPEFUL if group.mood is Mood.HOPEFUL else {})
    weights = []
    for n, label in enumerate(question.options):
        if (known := _known(label, likely)) is not None:
            weights.append(known)
        elif n < points:
            weights.append(2 * sum(math.exp(-(((n - centre) / width) ** 2)) for centre in centres))
        else:
            favoured, appeal = _appeal(label, group)
            weights.append(10.0 if favoured else 0.3 + appeal)
    return weights
