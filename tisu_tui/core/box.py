"""Where answers lie while a step is open, and nowhere else."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, takewhile

from tisu_tui.core.form import Answer

Token = str
"""What an answer is kept under: only the person's own words, with the box's key, make it again."""


@dataclass(frozen=True, slots=True)
class Box:
    """The answers to one open step under tokens that name nobody; closing the step destroys it.

    `key` is 32 random bytes in hex, and `token = HMAC-SHA256(key, return words)` (RFC 2104). A fresh key for every
    round keeps rounds apart.
    """

    key: str
    answers: Mapping[Token, Answer] = field(default_factory=dict)
    papers: int | None = None
    """How many answers are of people without a device: counted by hand, on paper or given on a shared laptop.

    `None` where nobody was asked so.
    """
    by_hand: int = 0
    """How many of those were counted by hand or on paper, and so seen by whoever counted them."""

    def token(self, words: str) -> Token:
        """Make the token of a person from their return words."""
        return hmac.new(bytes.fromhex(self.key), words.encode(), hashlib.sha256).hexdigest()

    def answer(self, words: str) -> Answer:
        """Find a person's own answers; empty when there are none."""
        return self.answers.get(self.token(words), {})

    def put(self, words: str, answer: Answer) -> Box:
        """Keep a person's answer in place of what they gave before; an empty one is forgotten."""
        token = self.token(words)
        answers = {**self.answers, token: answer}
        if not answer:
            del answers[token]
        return replace(self, answers=answers)

    def count_papers(self, secret: str, name: str, choices: Sequence[str]) -> Box:
        """Keep answers to a field that were counted by hand or on paper, in place of those with the same secret.

        The secret is the host's own and is stored nowhere, so that the file does not tell which answers they are.
        """
        old = set(takewhile(self.answers.__contains__, (self._paper(secret, n) for n in count())))
        answers = {token: answer for token, answer in self.answers.items() if token not in old}
        answers |= {self._paper(secret, n): {name: (choice,)} for n, choice in enumerate(choices)}
        more = len(choices) - len(old)
        return replace(self, answers=answers, papers=(self.papers or 0) + more, by_hand=self.by_hand + more)

    def unseen(self, seats: int) -> int:
        """Say how many people could answer, beside so many at seats of their own, without anybody seeing what."""
        return seats + (self.papers or 0) - self.by_hand

    def _paper(self, secret: str, number: int) -> Token:
        return self.token(f"{secret} {number}")

    def counted(self) -> tuple[Answer, ...]:
        """Return the answers for counting, in an order independent of arrival."""
        return tuple(answer for _token, answer in sorted(self.answers.items()))
