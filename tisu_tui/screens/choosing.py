"""One person's way through one question: what is marked or typed and not sent yet. Nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tisu_tui.core import typed
from tisu_tui.core.enumerating import ended
from tisu_tui.core.form import Field, Option, Order, Pick, Value, Write, keys
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.screens.palette import StyleName
from tisu_tui.screens.typed_text import LineBuffer, Writing

_MINUS = {"-", "−"}


@dataclass(slots=True)
class Highlight:
    """The line of a list that is highlighted, from 0: the arrows move it, or its number, typed digit by digit."""

    at: int = 0
    _digits: str = ""

    def moves(self, key: str, character: str, count: int) -> bool:
        """Move where a key leads to in a list of so many lines; false for a key that moves nothing."""
        if character.isdecimal():
            # A digit ends the number that was begun, or else begins one.
            for number in (self._digits + character, character):
                if 1 <= int(number) <= count:
                    self._digits, self.at = number, int(number) - 1
                    break
            return True
        self._digits = ""
        if key not in {"up", "down"}:
            return False
        self.at += 1 if key == "down" else -1
        self.stay_in(count)
        return True

    def stay_in(self, count: int) -> None:
        """Stay in a list of so many lines, of which some may be gone."""
        self.at = max(0, min(count - 1, self.at))


@dataclass(slots=True)
class Choosing:
    """Choosing among the options of a field; the last row is the pass."""

    question: Pick | Order
    at: int = -1
    """The row that is highlighted, from 0; -1 before any key."""
    marked: list[str] = field(default_factory=list)
    """Ids in the order they were chosen."""
    passing: bool = False
    is_changing: bool = False
    """Whether an answer that was given is being changed."""
    text: str = ""
    """What was typed of a number or a label, since the last key that was neither."""

    @property
    def is_single(self) -> bool:
        """Whether going to an option chooses it."""
        return isinstance(self.question, Pick) and self.question.most == 1

    @property
    def gives_places(self) -> bool:
        """Whether a number gives its option the next place at once; not where a second digit could follow."""
        return isinstance(self.question, Order) and self.rows <= 10

    @property
    def options(self) -> tuple[Option, ...]:
        """The options, and the pass as the last."""
        return typed.with_pass(self.question.options)

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

    def press(self, key: str, character: str) -> str:
        """Do what a key means to what is marked or typed; says why where it can't be done."""
        if key == "space" and not self.takes_space:
            return self.toggle()
        if key == "backspace":
            self.backspace()
        elif key in {"up", "down"}:
            self.move(1 if key == "down" else -1)
        elif character and character.isprintable():
            return self.type(character)
        return ""

    def move(self, step: int) -> None:
        """Go up or down; from nowhere to the first or the last."""
        self.text = ""
        start = self.at if self.at >= 0 else (-1 if step > 0 else self.rows)
        self._go(max(0, min(self.rows - 1, start + step)))

    def goes_on(self, character: str) -> bool:
        """Tell whether a character goes on with a number or label, rather than being a key of its own."""
        text = self.text + character
        if self.is_word or self.text in _MINUS or typed.goes_on(self.options, text):
            return True
        return len(typed.fitting(self.options, text)) == 1

    def means(self, text: str) -> bool:
        """Tell whether a text, or its last letter after what was typed before, can be one of the options."""
        return any(
            typed.fitting(self.options, each) or typed.goes_on(self.options, each)
            for each in (text, *((self.text + text[-1:],) if self.text else ()))
        )

    @property
    def is_word(self) -> bool:
        """Whether a label is being typed: until it is clear or taken back, no letter is a key."""
        return any(map(str.isalpha, self.text)) and self.text not in typed.signs(self.options)

    def type(self, character: str) -> str:
        """Move to the option matching the typed text; return the reason if none can match."""
        self.text = self.text + character if self.goes_on(character) else character
        found = typed.fitting(self.options, self.text)
        if len(found) != 1:
            self._go_nowhere()
            return "" if found or typed.goes_on(self.options, self.text) else self._unread()
        self._go(found[0])
        if self.at == self.rows - 1:
            self.passing = True
            self.marked.clear()
        elif self.gives_places and character.isdecimal():
            return self.toggle()
        return ""

    def _unread(self) -> str:
        """Say why what was typed means none of the options; a number is forgotten then, and words can be mended."""
        text = self.text
        if not (self.is_word or self.text in _MINUS):
            self.text = ""
        try:
            typed.one(self.question, text)
        except typed.NotTaken as problem:
            return _("“{text}”: {why}.").format(text=text, why=problem)
        return ""

    @property
    def takes_space(self) -> bool:
        """Whether a space goes on with what was typed: a label of several words, or words that mean nothing yet."""
        if typed.goes_on(self.options, f"{self.text} "):
            return bool(self.text)
        return self.is_word and not typed.fitting(self.options, self.text)

    def enter(self) -> str:
        """Choose the typed option of a multiple choice; empty if the answer can be sent."""
        if self.text and self.at < 0:
            return self._unread()
        if self.text and not self.is_single and self.at < self.rows - 1:
            option = self.question.options[self.at]
            if option.id not in self.marked:
                return self.toggle() or _("Chosen: {label} Enter sends it.").format(label=ended(option.label))
        if self.is_ready:
            return ""
        if self.is_single or self.at < 0:
            return _("Choose first, or press p to pass.")
        return _("Choose first: space chooses this line. Or press p to pass.")

    def backspace(self) -> None:
        """Take back the last character that was typed; where there is none, a mark of the highlighted option."""
        text, self.text = self.text, ""
        if not text:
            self._remove()
        elif text[:-1]:
            self._go_nowhere()
            for character in text[:-1]:
                self.type(character)
        else:
            self._go_nowhere()

    def toggle(self) -> str:
        """Choose what is highlighted, or take it back; says why where it can't be chosen."""
        self.text = ""
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

    def _remove(self) -> None:
        if 0 <= self.at < self.rows - 1 and (option := self.question.options[self.at].id) in self.marked:
            self.marked.remove(option)

    def drawn(self) -> Iterator[tuple[Option, str, StyleName]]:
        """Give each option, what stands before it, and its style."""
        signs = keys(self.options)
        size = max(map(len, signs))
        for n, (sign, option) in enumerate(zip(signs, self.options, strict=True)):
            here = n == self.at
            chosen = option.id in self.marked if option.id else self.passing
            first = f"{'›' if here else ' '} {sign:>{size}}  {self.mark(n)}"
            yield option, first, "chosen" if chosen else "title" if here else "choice"

    def mark(self, row: int) -> str:
        """Draw whether an option is chosen, how often, or which place it has: in one width, so that labels line up."""
        if self.is_single:
            return ""
        size = len(str(self.rows - 1)) if isinstance(self.question, Order) else self.question.each
        return f"[{self._sign(row):<{size}}] "

    def _sign(self, row: int) -> str:
        if row == self.rows - 1:
            return "x" if self.passing else ""
        option = self.question.options[row].id
        times = self.marked.count(option)
        if isinstance(self.question, Order):
            return str(self.marked.index(option) + 1) if times else ""
        return "•" * times if self.question.each > 1 else "x" * times

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

    def _go_nowhere(self) -> None:
        self.at = -1
        if self.is_single:
            self.passing = False
            self.marked.clear()

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


Asking = Choosing | Writing


def asking(question: Field, answer: Value | None = None, *, met: bool = False) -> Asking:
    """Begin with a question; `answer` is what this person had answered, where they `met` it before."""
    if isinstance(question, Write):
        lines = list(answer or ())
        if question.many == 1:
            text = lines[0] if lines else ""
            return Writing(question, LineBuffer.of(text))
        return Writing(question, lines=lines, sent=tuple(lines))
    chosen = Choosing(question, marked=list(answer or ()), passing=met and answer is None)
    if chosen.is_single and answer:
        chosen.at = next((n for n, option in enumerate(question.options) if option.id == answer[0]), -1)
    elif chosen.passing:
        chosen.at = chosen.rows - 1
    return chosen
