"""What somebody writes for themselves alone: it is in this object and nowhere else, and goes when the step does."""

from __future__ import annotations

from tisu_tui.core.form import By, Write
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.choosing import Writing
from tisu_tui.screens.line_buffer import LineBuffer
from tisu_tui.view import phrases
from tisu_tui.view.view import View


class Scratchpad:
    """Goes through questions that nobody hears the answers to; there is nothing in it that could send."""

    def __init__(self, questions: tuple[Write, ...]) -> None:
        self._pages = tuple(Writing(question) for question in questions)
        self._at = 0

    @staticmethod
    def of(view: View) -> Scratchpad | None:
        """Begin where a step asks for words and nobody sends any; `None` in every other step."""
        if view.form is None or view.form.by is not By.NOBODY:
            return None
        questions = tuple(field for field in view.form.fields if isinstance(field, Write))
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
