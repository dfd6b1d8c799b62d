"""The scribe's panel: one heading at a time, and everything typed is projected so that people can correct it."""

from __future__ import annotations

from tisu_tui.core.form import Answer, Field, Option, Value, bare, keys_said
from tisu_tui.core.form import Write as WriteField
from tisu_tui.core.records import RecordKind
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens import step_words
from tisu_tui.screens.choosing import Choosing, asking
from tisu_tui.screens.layout import Key, Lines, Page, flow, listed, paragraph, spaced, stacked
from tisu_tui.screens.palette import StyleName
from tisu_tui.screens.panels import Panel
from tisu_tui.screens.results import framed
from tisu_tui.screens.typed_text import LineBuffer, Writing, draft_page, edited
from tisu_tui.session import commands
from tisu_tui.session.commands import Command
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.view import phrases
from tisu_tui.view.view import View


class Scribing(Panel):
    """Fills in the form of a step that is talked through."""

    def __init__(self, view: View) -> None:
        self._place = view.place
        self._asking = self._ask(view, self._fields(view)[0])

    @property
    def takes_text(self) -> bool:
        return isinstance(self._asking, Writing)

    @property
    def typed(self) -> str:
        if isinstance(self._asking, Writing):
            return self._asking.draft.sent
        return self._asking.text if self._asking.is_word else ""

    def takes(self, view: View, text: str) -> bool:
        return isinstance(self._asking, Choosing) and self._asking.means(text)

    def forget(self) -> None:
        if isinstance(self._asking, Choosing):
            self._asking.text = ""

    def press(self, view: View, key: str, character: str) -> Command | None:
        self.said = ""
        if key == "escape" or view.place != self._place or not view.is_scribed:
            self.is_done = True
            return None
        if isinstance(self._asking, Writing):
            return self._press_writing(view, self._asking, key, character)
        return self._press_choosing(view, self._asking, key, character)

    def paste(self, text: str) -> None:
        if isinstance(self._asking, Writing):
            self._asking.draft = self._asking.draft.typed(text)

    def told(self, command: Command, outcome: Outcome) -> None:
        super().told(command, outcome)
        if not isinstance(outcome, Done) or not isinstance(self._asking, Writing):
            return
        self.said = self.said or _("Recorded")
        if isinstance(command, commands.WriteRecord) or (isinstance(command, commands.Enter) and command.texts):
            self._asking.draft, self.opened_by = LineBuffer(), ""

    def _ask(self, view: View, field: Field) -> Choosing | Writing:
        value = self._typed(view, field)
        if isinstance(field, WriteField):
            return Writing(field)
        return asking(field, value or None)

    @staticmethod
    def _fields(view: View, also: Answer | None = None) -> tuple[Field, ...]:
        """List the fields resulting from the typed text; `also` is the line being stored."""
        if view.form is None:
            return ()
        return view.form.asked({**step_words.typed_in(view.form, view.entries), **(also or {})})

    @staticmethod
    def _typed(view: View, field: Field) -> Value:
        return step_words.typed_in(view.form, view.entries).get(field.id, ()) if view.form else ()

    def _move(self, view: View, step: int, also: Answer | None = None) -> None:
        fields = self._fields(view, also)
        to = next((n for n, question in enumerate(fields) if question.id == self._asking.question.id), 0) + step
        if to >= len(fields):
            self.said = _("That was the last one. esc goes back.")
            return
        self._asking = self._ask(view, fields[max(0, to)])

    def _press_writing(self, view: View, writing: Writing, key: str, character: str) -> Command | None:
        field = writing.question
        typed = self._typed(view, field)
        if key in {"up", "down"}:
            self._move(view, 1 if key == "down" else -1)
        elif key == "enter" and (problem := writing.draft.problem):
            self.said = phrases.not_taken(problem)
            writing.draft = writing.draft.without_unread()
        elif key == "enter" and writing.draft.is_empty:
            self._move(view, 1)
        elif key == "enter" and not self.asks_once():
            text = writing.draft.sent
            if field.record:
                return commands.WriteRecord(RecordKind(field.record), text)
            return commands.Enter(view.place, field.id, (text,), adds=field.many > 1)
        elif key == "backspace" and not writing.draft.text and typed and not field.record:
            writing.draft = LineBuffer.of(typed[-1])
            return commands.Enter(view.place, field.id, typed[:-1])
        else:
            writing.draft = edited(writing.draft, key, character)
        return None

    def _press_choosing(self, view: View, choosing: Choosing, key: str, character: str) -> Command | None:
        if key == "tab":
            self._move(view, 1)
        elif key == "shift+tab":
            self._move(view, -1)
        elif key == "backspace" and not choosing.text:
            return commands.Enter(view.place, choosing.question.id, ())
        elif key == "enter":
            self.said = choosing.enter()
            if choosing.passing:
                self._move(view, 1)
            elif not self.said:
                value = choosing.value or ()
                question = choosing.question
                self._move(view, 1, {question.id: value})
                return commands.Enter(view.place, question.id, value)
        else:
            self.said = choosing.press(key, character)
        return None

    def page(self, view: View, width: int) -> Page:
        if not view.is_scribed or view.place != self._place:
            return Page(paragraph(_("This step has moved on. Press any key."), width))
        field = self._asking.question
        fields = self._fields(view)
        at = next((n for n, question in enumerate(fields, 1) if question.id == field.id), 0)
        count = _("{n} of {total}").format(n=at, total=len(fields)) if at else ""
        before = spaced(
            paragraph(view.heading, width, "title"),
            paragraph(_("Everybody sees what you type here, once you press enter."), width, "dim"),
            (*paragraph(count, width, "dim"), *paragraph(field.title or _("In the group's words"), width, "title")),
        )
        if isinstance(self._asking, Writing):
            return self._writing_page(view, self._asking, before, width)
        return self._choosing_page(view, self._asking, before, width)

    def _writing_page(self, view: View, writing: Writing, before: Lines, width: int) -> Page:
        field = writing.question
        typed: Lines = stacked(framed(text, width) for text in self._typed(view, field))
        if field.record:
            typed = step_words.made_here(view.records, frozenset({RecordKind(field.record)}), width)
        top = spaced(before, typed)
        return draft_page(writing.draft, width).under(top)

    def _choosing_page(self, view: View, choosing: Choosing, before: Lines, width: int) -> Page:
        entered = self._typed(view, choosing.question)

        def row(option: Option, first: str, style: StyleName) -> Lines:
            label = bare(option) if option.id else _("Leave this one open")
            *lines, last = flow(((label, style),), width, first)
            return (*lines, (*last, ("  " + _("(entered)"), "result")) if option.id in entered else last)

        return listed((row(*picture) for picture in choosing.drawn()), choosing.at).under(before)

    def keys(self, view: View) -> tuple[Key, ...]:
        if isinstance(self._asking, Writing):
            more = _("add a line; on an empty line the next heading")
            return (("enter", more), ("up down", _("headings")), ("esc", _("go back")))
        many: tuple[Key, ...] = () if self._asking.is_single else (("space", _("choose")),)
        return (
            (keys_said(self._asking.options), _("choose")),
            *many,
            ("enter", _("write it down")),
            ("tab", _("next one")),
            ("esc", _("go back")),
        )
