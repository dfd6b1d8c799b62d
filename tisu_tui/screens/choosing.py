"""One person's way through one question: what is marked or typed and not sent yet. Nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from gettext import ngettext

from tisu_tui.core.form import Field, Order, Pick, Value, Write
from tisu_tui.screens.draft import Draft


@dataclass(slots=True)
class TypedNumber:
    """A number of one or more digits, typed key by key, without anyone waiting for the next."""

    _digits: str = ""

    def digit(self, digit: str, most: int) -> int:
        """Give the number that a digit ends, or else begins; 0 where neither is from 1 to `most`."""
        for typed in (self._digits + digit, digit):
            if 1 <= int(typed) <= most:
                self._digits = typed
                return int(typed)
        return 0

    def forget(self) -> None:
        """Begin a new number."""
        self._digits = ""


@dataclass(slots=True)
class Choosing:
    """Choosing among the options of a field; the last row is the pass."""

    question: Pick | Order
    at: int = -1
    """The row that is highlighted, from 0; -1 before any key."""
    marked: list[str] = field(default_factory=list)
    """Ids in the order they were chosen."""
    passing: bool = False
    _number: TypedNumber = field(default_factory=TypedNumber)

    @property
    def is_single(self) -> bool:
        """Whether going to an option chooses it."""
        return isinstance(self.question, Pick) and self.question.most == 1

    @property
    def gives_places(self) -> bool:
        """Whether a number gives its option the next place at once; not where a second digit could follow."""
        return isinstance(self.question, Order) and self.rows < 10

    @property
    def rows(self) -> int:
        """How many rows there are, the pass included."""
        return len(self.question.options) + 1

    @property
    def left(self) -> int:
        """How many more can be chosen."""
        if isinstance(self.question, Order):
            return len(self.question.options) - len(self.marked)
        return min(self.question.most, self.question.each * len(self.question.options)) - len(self.marked)

    @property
    def is_ready(self) -> bool:
        """Whether there is something to send."""
        return self.passing or bool(self.marked)

    @property
    def value(self) -> Value | None:
        """What is sent; `None` is a pass."""
        return None if self.passing else tuple(self.marked)

    def move(self, step: int) -> None:
        """Go up or down; from nowhere to the first or the last."""
        self._number.forget()
        start = self.at if self.at >= 0 else (-1 if step > 0 else self.rows)
        self._go(max(0, min(self.rows - 1, start + step)))

    def digit(self, digit: str) -> bool:
        """Go to the option with this number, or with the number that it ends; false where there is none."""
        number = self._number.digit(digit, self.rows)
        if number:
            self._go(number - 1)
        if self.gives_places and 0 < number < self.rows:
            self.toggle()
        return number > 0

    def toggle(self) -> str:
        """Choose what is highlighted, or take it back; says why where it can't be chosen."""
        self._number.forget()
        if self.at < 0:
            return _("Go to a line first, with the arrows or its number.")
        if self.at == self.rows - 1:
            self.passing = not self.passing
            self.marked.clear()
            return ""
        self.passing = False
        if self.is_single:
            self._go(self.at)
            return ""
        return self._mark(self.question.options[self.at].id)

    def remove(self) -> None:
        """Take one mark off the highlighted option."""
        if 0 <= self.at < self.rows - 1 and (option := self.question.options[self.at].id) in self.marked:
            self.marked.remove(option)

    def mark(self, row: int) -> str:
        """Draw what stands before a row: whether it is chosen, how often, or which place it has."""
        if self.is_single:
            return ""
        if row == self.rows - 1:
            return "[x] " if self.passing else "[ ] "
        option = self.question.options[row].id
        times = self.marked.count(option)
        if isinstance(self.question, Order):
            return f"[{self.marked.index(option) + 1}] " if times else "[ ] "
        if self.question.each > 1:
            return f"[{'•' * times}{' ' * (self.question.each - times)}] "
        return "[x] " if times else "[ ] "

    def _mark(self, option: str) -> str:
        each = self.question.each if isinstance(self.question, Pick) else 1
        count = self.marked.count(option)
        if count < each and self.left > 0:
            self.marked.append(option)
        elif count:
            self.marked = [other for other in self.marked if other != option]
        else:
            return _("None left. Take one off another line first.")
        return ""

    def _go(self, row: int) -> None:
        self.at = row
        if self.is_single:
            self.passing = row == self.rows - 1
            self.marked = [] if self.passing else [self.question.options[row].id]

    def left_words(self) -> str:
        """Say how many more can be chosen, where there is a limit to say."""
        if isinstance(self.question, Order):
            return _("Best first. What you leave out is tied last.")
        if self.question.each > 1:
            return ngettext("{n} dot left", "{n} dots left", self.left).format(n=self.left)
        if self.question.most < len(self.question.options):
            return ngettext("You can choose {n} more", "You can choose {n} more", self.left).format(n=self.left)
        return _("Choose as many as you like.")


@dataclass(slots=True)
class Writing:
    """Writing one or more short texts."""

    question: Write
    draft: Draft = field(default_factory=Draft)
    lines: list[str] = field(default_factory=list)
    sent: tuple[str, ...] = ()
    """The lines that were acknowledged."""

    @property
    def is_full(self) -> bool:
        """Whether as many lines are written as are taken."""
        return len(self.lines) >= self.question.many


Asking = Choosing | Writing


def asking(question: Field, answer: Value | None = None, *, met: bool = False) -> Asking:
    """Begin with a question; `answer` is what this person had answered, where they `met` it before."""
    if isinstance(question, Write):
        lines = list(answer or ())
        if question.many == 1:
            text = lines[0] if lines else ""
            return Writing(question, Draft(text, len(text)))
        return Writing(question, lines=lines, sent=tuple(lines))
    chosen = Choosing(question, marked=list(answer or ()), passing=met and answer is None)
    if chosen.is_single and answer:
        chosen.at = next((n for n, each in enumerate(question.options) if each.id == answer[0]), -1)
    elif chosen.passing:
        chosen.at = chosen.rows - 1
    return chosen


def answer_words(question: Field, answer: Value | None) -> Sequence[str]:
    """Put an answer into the words of its options."""
    if answer is None:
        return (_("Pass"),)
    if isinstance(question, Write):
        return answer
    labels = {option.id: option.label for option in question.options}
    if isinstance(question, Order):
        return tuple(f"{n}. {labels.get(each, each)}" for n, each in enumerate(answer, 1))
    return tuple(
        labels.get(each, each) + (f" ×{answer.count(each)}" if answer.count(each) > 1 else "")
        for each in dict.fromkeys(answer)
    )
