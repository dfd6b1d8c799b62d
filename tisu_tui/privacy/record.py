"""The record of results already told, by question and not by step; nothing in it hangs on an answer left untold."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tisu_tui.core.activity import Tier
from tisu_tui.core.form import Option
from tisu_tui.core.released import Finding, Released, own_question

Moved = tuple[int, int] | None
"""How many screens left since, and how many came; `None` where nobody can tell any more."""


def digest(name: str) -> str:
    """Give what stands in files for the name of a question."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Question:
    """What all questions of one step have in common; `step` is the one that its rounds are kept beside."""

    step: str = ""
    kind: str = ""
    title: str = ""
    tier: Tier = Tier.TEAM
    finds: frozenset[Finding] = frozenset()

    def names(self, field: str, title: str, options: Iterable[Option]) -> tuple[str, ...]:
        """Name one question by everything that makes another one the same; both share a name where they are.

        The names are digests, so that a later session keeps nothing of the words.
        """
        labels = [folded(option.label, option.id) for option in options]
        if Finding.CARRIED in self.finds:
            # A proposal in other words is another proposal.
            found = {f"proposal {folded(title or self.title)}"}
        else:
            found = {f"step {self.step} {field}"}
            if self.tier is Tier.ROOM:
                # Zones that were put together differently are about the same people.
                found.add(f"about a person {self.kind} {field}")
            if Finding.ORDER in self.finds:
                found.add(f"options {'|'.join(sorted(labels))}")
            else:
                found.add(f"line {folded(title or self.title, field)}|{'|'.join(labels)}")
        return tuple(sorted(map(digest, found)))


@dataclass(frozen=True, slots=True)
class Look:
    """One time that a question was asked: how many answered, at most, and whether that was told in numbers."""

    names: tuple[str, ...]
    answers: int
    in_numbers: bool = False
    in_words: bool = False
    worry: bool = False
    """Whether a worry was told."""
    met: bool = False
    """Whether it is written how that worry, and all before it, were met."""
    earlier: bool = False
    """Whether it was in an earlier session."""
    moved: Moved = None

    @property
    def is_told(self) -> bool:
        """Whether anything was told."""
        return self.in_numbers or self.in_words

    def is_apart(self, least: int | None) -> bool:
        """Tell whether the same screens take part, or so many left or came that none of them stands alone."""
        return self.moved is not None and all(not n or (least is not None and n >= least) for n in self.moved)


@dataclass(frozen=True, slots=True)
class Record:
    """All looks at the questions of a step, and what the group was told of how it looks."""

    question: Question = Question()
    looks: tuple[Look, ...] = ()
    twice: bool = False
    careful: bool = False
    trend: bool = False

    def of(self, field: str, title: str, options: Sequence[Option]) -> tuple[Look, ...]:
        """Find the looks at one question."""
        if not self.looks:
            return ()
        names = set(self.question.names(field, title, options))
        return tuple(look for look in self.looks if not names.isdisjoint(look.names))


def worry_stands(looks: Sequence[Look]) -> bool:
    """Tell whether a worry was told that nobody has met, and somebody may have left since."""
    met = max((n for n, look in enumerate(looks, 1) if look.met), default=0)
    return any(look.worry and (look.moved is None or look.moved[0]) for look in looks[met:])


NEW = Record()
"""Nothing was ever told, and nothing is said beforehand."""


def looks(question: Question, released: Released, people: int, moved: Moved = None, *, met: bool = False) -> list[Look]:
    """Take from a round of so many people what it told of each question; `met` where a worry was answered."""
    found = []
    for tally in (each for each in released.tallies if own_question(each.field) == each.field):
        verdict = tally.finding(Finding.CARRIED)
        # Told in words, how many answered is nobody's to know but in tens.
        answers = tally.answered if isinstance(tally.answered, int) else people // 10 * 10 + 9
        # That too few of us were here tells of nobody's answer.
        is_told = bool(tally.found) and verdict != (("absent",),)
        in_numbers, worry = isinstance(tally.answered, int), verdict == (("worry",),)
        names = question.names(tally.field, tally.title, tally.options)
        found.append(Look(names, answers, in_numbers, is_told and not in_numbers, worry, met, moved=moved))
    return found


_MARKS = str.maketrans(dict.fromkeys("‘’‚‛ʼ`´′", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
"""What programs put in place of the marks on a keyboard."""


def folded(text: str, name: str = "") -> str:
    """Normalise case, spaces, marks, final punctuation and a leading id."""
    plain = unicodedata.normalize("NFKC", text.removeprefix(f"{name} ").translate(_MARKS))
    return " ".join(plain.casefold().split()).strip(" .!?;:,\"'")
