"""What somebody types: a line of text, the lines of an answer, and what they write for themselves alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from tisu_tui.core.form import By, Write
from tisu_tui.core.text import REPLACEMENT, cells, clean, is_continued, is_hidden, is_text, not_read
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.layout import Lines, Page
from tisu_tui.view import phrases
from tisu_tui.view.view import View

CELLS = 280
"""The longest text that is taken."""
_NEAR = 40
"""How many cells before the end the counter shows: before that it only presses."""
_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class LineBuffer:
    """Text typed so far, and the cursor's position in it."""

    text: str = ""
    at: int = 0
    unread: str = ""
    """What was typed and can't be kept: it is said once, before anything is sent."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Begin with a text, and the cursor at its end."""
        return cls(text, len(text))

    def without_unread(self) -> LineBuffer:
        """Go on with what is kept, once it was said that something is not."""
        return LineBuffer(self.text, self.at)

    @property
    def problem(self) -> str:
        """Say what was typed and is not in the text, where that matters; else nothing."""
        return not_read(self.unread) if REPLACEMENT in self.unread or (self.unread and self.is_empty) else ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to send."""
        return not self.text.strip()

    @property
    def sent(self) -> str:
        """The text as it is sent."""
        return clean(self.text, CELLS)

    def typed(self, text: str) -> LineBuffer:
        """Put text in where the cursor stands, as much as there is room for."""
        if is_continued(self.text[: self.at], text):
            return LineBuffer(self.text[: self.at] + text + self.text[self.at :], self.at + len(text), self.unread)
        # Between two full stops, so that spaces at the ends stay and a mark typed on its own has a letter to stand on.
        lost = REPLACEMENT if REPLACEMENT in text else text if is_hidden(text) else ""
        kept = clean(f".{text.replace(REPLACEMENT, '')}.", 4 * CELLS)[1:-1]
        while kept and cells(self.text) + cells(kept) > CELLS:
            kept = kept[:-1].rstrip(_JOINER)
        unread = self.unread + ("" if lost in self.unread else lost)
        return LineBuffer(self.text[: self.at] + kept + self.text[self.at :], self.at + len(kept), unread)

    def key(self, key: str) -> LineBuffer | None:
        """Move or delete; `None` for a key that does neither."""
        match key:
            case "left":
                return self._with(self.text, self._before())
            case "right":
                return self._with(self.text, self._after())
            case "home" | "ctrl+a":
                return self._with(self.text, 0)
            case "end" | "ctrl+e":
                return self._with(self.text, len(self.text))
            case "backspace" | "ctrl+h":
                before = self._before()
                return self._with(self.text[:before] + self.text[self.at :], before)
            case "delete" | "ctrl+d":
                return self._with(self.text[: self.at] + self.text[self._after() :], self.at)
            case "ctrl+w":
                before = len(self.text[: self.at].rstrip().rpartition(" ")[0])
                before += 1 if before else 0
                return self._with(self.text[:before] + self.text[self.at :], before)
            case "ctrl+u":
                return self._with(self.text[self.at :], 0)
            case _:
                return None

    def _with(self, text: str, at: int) -> LineBuffer:
        return LineBuffer(text, at, self.unread if text or self.is_empty else "")

    def _before(self) -> int:
        at = max(0, self.at - 1)
        while at > 0 and not self._starts(at):
            at -= 1
        return at

    def _after(self) -> int:
        at = min(len(self.text), self.at + 1)
        while at < len(self.text) and not self._starts(at):
            at += 1
        return at

    def _starts(self, at: int) -> bool:
        """Whether what people see as one character begins here."""
        return cells(self.text[at]) > 0 and self.text[at - 1] != _JOINER


def edited(draft: LineBuffer, key: str, character: str) -> LineBuffer:
    """Do what a key means to a draft: move, delete or type."""
    moved = draft.key(key)
    if moved is not None:
        return moved
    return draft.typed(character) if is_text(character) else draft


@dataclass(slots=True)
class Writing:
    """Writing one or more short texts."""

    question: Write
    draft: LineBuffer = field(default_factory=LineBuffer)
    lines: list[str] = field(default_factory=list)
    sent: tuple[str, ...] = ()
    """The lines that were acknowledged."""
    is_changing: bool = False
    """Whether an answer that was given is being changed."""
    goes_on: bool = False
    """Whether it is asked on although it has an answer: more lines can be added to it."""

    @property
    def is_full(self) -> bool:
        """Whether as many lines are written as are taken."""
        return len(self.lines) >= self.question.many

    def edit(self, key: str, character: str) -> None:
        """Change what is typed; where nothing is, backspace takes the last line up again."""
        if key == "backspace" and not self.draft.text and self.lines:
            last = self.lines.pop()
            self.draft = LineBuffer.of(last)
        else:
            self.draft = edited(self.draft, key, character)


class Scratchpad:
    """Goes through questions that nobody hears the answers to, and can send nothing; it goes when the step does."""

    def __init__(self, questions: tuple[Write, ...]) -> None:
        self._pages = tuple(Writing(question) for question in questions)
        self._at = 0

    @staticmethod
    def of(view: View) -> Scratchpad | None:
        """Begin where a step asks for words and nobody sends any; `None` in every other step."""
        if view.form is None or view.form.by is not By.NOBODY:
            return None
        questions = tuple(each for each in view.form.fields if isinstance(each, Write))
        return Scratchpad(questions) if questions and len(questions) == len(view.form.fields) else None

    @property
    def writing(self) -> Writing:
        """The question that is written about now."""
        return self._pages[self._at]

    @property
    def place(self) -> tuple[int, int]:
        """Which question it is, from 1, and of how many."""
        return self._at + 1, len(self._pages)

    def press(self, key: str, character: str) -> str:
        """Write, or go to another question; says why a line can't be added."""
        page = self.writing
        if key in {"tab", "shift+tab"} or (key == "enter" and page.draft.is_empty and not page.draft.problem):
            self._at = (self._at + (-1 if key == "shift+tab" else 1)) % len(self._pages)
        elif key == "enter" and (problem := page.draft.problem):
            page.draft = page.draft.without_unread()
            return phrases.not_taken(problem)
        elif key == "enter" and page.is_full:
            return _("That is as many lines as there can be.")
        elif key == "enter":
            page.lines.append(page.draft.sent)
            page.draft = LineBuffer()
        else:
            page.edit(key, character)
        return ""


# How it is drawn


def draft_lines(draft: LineBuffer, width: int) -> tuple[Lines, tuple[int, int]]:
    """Draw a draft wrapped to `width` cells, and say at which row and column its cursor stands."""
    prompt = "> "
    room = max(2, width - len(prompt) - 1)
    starts = _row_starts(draft.text, room)
    lines: Lines = ()
    cursor = (0, len(prompt))
    for row, start in enumerate(starts):
        end = starts[row + 1] if row + 1 < len(starts) else len(draft.text)
        before = prompt if row == 0 else " " * len(prompt)
        # A space under the cursor at the end, so that there is a cell to reverse.
        lines += (((before, "key"), (draft.text[start:end] + " ", "own")),)
        if start <= draft.at and (draft.at < end or row + 1 == len(starts)):
            cursor = (row, len(before) + cells(draft.text[start : draft.at]))
    return lines, cursor


def draft_page(draft: LineBuffer, width: int) -> Page:
    """Draw a draft as a page in which its line is kept in sight."""
    drawn, cursor = draft_lines(draft, width)
    return Page(drawn, keep=(cursor[0], cursor[0]), cursor=cursor)


def _row_starts(text: str, room: int) -> list[int]:
    starts, used, space = [0], 0, 0
    for at, character in enumerate(text):
        size = cells(character)
        if used + size > room and character != " ":
            start = space if space > starts[-1] else at
            starts.append(start)
            used = cells(text[start:at])
        used += size
        if character == " ":
            space = at + 1
    return starts


def counter(draft: LineBuffer) -> str:
    """Say how much room is left, only near the end."""
    left = CELLS - cells(draft.text)
    if left > _NEAR:
        return ""
    return _("{n} letters left").format(n=left) if left else _("This is as long as it can be.")
