"""What a step asks, in a closed vocabulary for drawing and for checking answers."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import count

from tisu_tui.core.enumerating import enumerated
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext

Value = tuple[str, ...]
"""An answer to one field: the ids of what was chosen (an id twice for two dots), or the lines written."""

Answer = Mapping[str, Value | None]
"""A person's answers by field id; `None` is a pass, a missing id is a question not yet met."""


class By(StrEnum):
    """Who fills in a form."""

    EVERYONE = "everyone"
    SCRIBE = "scribe"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen: the id that is stored and the words that people read.

    Beside the label stand the `name`, which is the label without a number of its own, and the `key` that people type
    where it is not the place in the list: the point of a scale, or a letter. `group` is where a request stands, and
    empty for anything else.
    """

    id: str
    label: str
    key: str = field(default="", compare=False)
    name: str = field(default="", compare=False)
    group: str = field(default="", compare=False)


def keys(options: Sequence[Option]) -> tuple[str, ...]:
    """List what people type for each option; those without a key of their own count from 1."""
    places = count(1)
    return tuple(option.key or str(next(places)) for option in options)


def bare(option: Option) -> str:
    """Give an option's words without its own number."""
    return option.name or option.label


def short(point: str) -> str:
    """Shorten the label of a scale's point to its name, without what explains it."""
    return re.split(r" — |\. ", point, maxsplit=1)[0].rstrip(".")


def keys_said(options: Sequence[Option]) -> str:
    """Name what can be typed, in a row: `1 to 5`, `0, 5 and 10`, `1 to 5, d and x`."""
    numbers = [int(key.replace("−", "-")) for key in keys(options) if not key.isalpha()]
    letters = [key for key in keys(options) if key.isalpha()]
    said = enumerated(numbers).replace("-", "−")
    return ", ".join(filter(None, (said, *letters)))


@dataclass(frozen=True, slots=True)
class Pick:
    """Choose among options: at most `most` choices in all, at most `each` on one option.

    A field with `after` is asked only once that field was answered with one of the ids in `when`
    (any answer that is not a pass, where `when` is empty), by its `brief` title once the other was heard.
    """

    id: str
    options: tuple[Option, ...]
    title: str = ""
    most: int = 1
    each: int = 1
    after: str = ""
    when: tuple[str, ...] = ()
    is_beside: bool = False
    """Whether it is a question beside the step's own ones, and none of them."""
    brief: str = ""

    def problem(self, value: Value) -> str:
        """Say what is wrong with an answer; an empty string means nothing is."""
        known = {option.id for option in self.options}
        if not value or any(choice not in known for choice in value):
            return _("choose {numbers}, or p to pass").format(numbers=keys_said(self.options))
        if len(value) > self.most:
            return ngettext("choose {n} at most", "choose {n} at most", self.most).format(n=self.most)
        if max(Counter(value).values()) > self.each:
            return (
                _("choose each line once only")
                if self.each == 1
                else _("put {n} at most on one line").format(n=self.each)
            )
        return ""


@dataclass(frozen=True, slots=True)
class Order:
    """Put options in order, best first; what is left out is tied last."""

    id: str
    options: tuple[Option, ...]
    title: str = ""
    after: str = ""
    when: tuple[str, ...] = ()

    def problem(self, value: Value) -> str:
        """Say what is wrong with an answer; an empty string means nothing is."""
        known = {option.id for option in self.options}
        if not value or any(choice not in known for choice in value):
            return _("give the numbers in your order, best first: {numbers}").format(numbers=keys_said(self.options))
        if len(set(value)) < len(value):
            return _("use each number once only")
        return ""


@dataclass(frozen=True, slots=True)
class Write:
    """Write up to `many` short texts; `record` names the kind of record each one becomes, if any."""

    id: str
    title: str = ""
    many: int = 1
    record: str = ""
    after: str = ""
    when: tuple[str, ...] = ()

    def problem(self, value: Value) -> str:
        """Say what is wrong with an answer; an empty string means nothing is."""
        if not value or not all(text.strip() for text in value):
            return _("write a few words, or p to pass")
        if len(value) > self.many:
            return ngettext("{n} line at most", "{n} lines at most", self.many).format(n=self.many)
        return ""


Field = Pick | Order | Write


def is_beside(each: Field) -> bool:
    """Tell whether a field is asked beside the step's own questions, and is none of them."""
    return isinstance(each, Pick) and each.is_beside


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one step, in order, and who fills them in."""

    fields: tuple[Field, ...] = ()
    by: By = By.EVERYONE
    talk: str = ""
    """What happens instead where nobody answers on a screen of their own; several lines are a list."""

    def field(self, name: str) -> Field | None:
        """Find a field by its id."""
        return next((question for question in self.fields if question.id == name), None)

    def asked(self, answer: Answer) -> tuple[Field, ...]:
        """List the fields that these answers lead to, met or not."""
        return tuple(question for question in self.fields if _is_asked(question, answer))

    @property
    def is_empty(self) -> bool:
        """Whether something is to be chosen and there is nothing to choose from."""
        return any(not isinstance(question, Write) and not question.options for question in self.fields)

    @property
    def statements(self) -> list[Field]:
        """The step's own questions, without what follows on them."""
        return [question for question in self.fields if not question.after and not is_beside(question)]

    def in_own_order(self, seed: str) -> Form:
        """Put the statements, or the choices of a single question, in the order that belongs to a seed.

        Points of a scale stay where they are, and so do options with a letter of their own.
        """

        def place(thing: Field | Option) -> bytes:
            return hashlib.sha256(f"{seed} {thing.id}".encode()).digest()

        def mixed(each: Field) -> Field:
            if isinstance(each, Write) or each.after or is_beside(each) or any(option.key for option in each.options):
                return each
            return replace(each, options=tuple(sorted(each.options, key=place)))

        heads = self.statements
        if len(heads) == 1:
            return replace(self, fields=tuple(map(mixed, self.fields)))
        own = [question for question in self.fields if is_beside(question)]
        for head in sorted(heads, key=place):
            own += [question for question in self.fields if head.id in {question.id, question.after}]
        return replace(self, fields=tuple(own))

    def pending(self, answer: Answer) -> Field | None:
        """Find the first question this person has not yet answered or passed."""
        return next((question for question in self.asked(answer) if question.id not in answer), None)


def _is_asked(each: Field, answer: Answer) -> bool:
    if not each.after:
        return True
    value = answer.get(each.after)
    return value is not None and (not each.when or any(choice in each.when for choice in value))
