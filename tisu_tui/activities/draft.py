from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from tisu_tui.activities import _asking, _reading, _telling
from tisu_tui.core.activity import Activity, Given, StepSource
from tisu_tui.core.form import Form, Option, Write
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Part, Shown, WordTable
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _

_BLANK = Option("lines", "")


@dataclass(frozen=True, slots=True)
class Draft(Activity):
    """The group finds words together, and the scribe writes each line where all can see and change it."""

    lists = frozenset({"numbered"})
    settings = frozenset({"from"})

    lines: tuple[Option, ...] = ()
    """What is to be written; asked of each option where an earlier step brings some."""

    @classmethod
    def read(cls, step: StepSource) -> Self:
        _reading.stop_at(_reading.repeated(step.numbered))
        return cls(_reading.options(step.numbered))

    def form(self, given: Given, size: Size) -> Form:
        headings = _asking.crossed(given.options, self.lines) or (_BLANK,)
        fields = tuple(Write(heading.id, heading.label, many=10) for heading in headings)
        talk = _("We look for the words together. The scribe writes each line, and anyone can ask to change it.")
        return _asking.by_scribe(fields, size, talk)

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        if not rounds:
            return ()
        shown = [part for name, one in _telling.headed(rounds, _("Our words")) for part in self._written(name, one)]
        return tuple(shown) or (_telling.nothing_written(),)

    def _written(self, title: str, released: Released) -> tuple[Shown, ...]:
        if not (released.options or self.lines):
            return _telling.quotes(title, released.entry(_BLANK.id))
        if not (released.options and self.lines):
            headings = released.options or self.lines
            told = tuple((heading.label, text) for heading in headings for text in released.entry(heading.id))
            return (WordTable(title, (_("About"), _("Our words")), told),) if told else ()
        columns = (_("About"), *(line.label for line in self.lines))
        rows = tuple(
            (option.label, *(_telling.in_a_cell(self._texts(released, option, line)) for line in self.lines))
            for option in self._begun(released)
        )
        return (WordTable(title, columns, rows),) if rows else ()

    def page(self, last: Released) -> Sequence[Part]:
        if last.options and self.lines:
            return tuple(
                Part(
                    option.label,
                    tuple(_begun(line, text) for line in self.lines for text in self._texts(last, option, line)),
                )
                for option in self._begun(last)
            )
        headings = last.options or self.lines or (_BLANK,)
        return (Part("", tuple(_begun(heading, text) for heading in headings for text in last.entry(heading.id))),)

    def _texts(self, released: Released, option: Option, line: Option) -> tuple[str, ...]:
        return released.entry(_asking.crossed((option,), (line,))[0].id)

    def _begun(self, released: Released) -> tuple[Option, ...]:
        """Find the options that something was written about."""
        return tuple(
            option for option in released.options if any(self._texts(released, option, line) for line in self.lines)
        )

    def _with_words(self, released: Released, option: Option) -> Option:
        # Whoever is asked about it next has only this on their screen to go by.
        words = _telling.in_a_cell([text for line in self.lines for text in self._texts(released, option, line)])
        return Option(option.id, _("{option} — {words}").format(option=option.label, words=words))

    def offers(self, last: Released) -> tuple[Option, ...]:
        if last.options and self.lines:
            return tuple(self._with_words(last, option) for option in self._begun(last))
        headings = last.options or self.lines or (_BLANK,)
        return _asking.from_texts([text for heading in headings for text in last.entry(heading.id)])


def _begun(line: Option, text: str) -> str:
    """Join a line with what begins it: `We will…` and `tell people early` make one sentence."""
    begin = line.label.removesuffix("…").rstrip()
    if text.casefold().startswith(begin.casefold()):
        return text
    if begin == line.label:
        return _("{heading}: {text}").format(heading=line.label, text=text)
    if "…" in begin:
        return f"{line.label} {text}"
    first, _space, rest = text.partition(" ")
    if rest and first.casefold() == begin.rpartition(" ")[2].casefold():
        # Who reads the heading aloud writes its last word down once more: `That happens every…`, “Every month”.
        return f"{begin} {rest}"
    is_a_name = text[1:2].isupper() or text.startswith(("I ", "I'", "I’"))
    return f"{begin} {text if is_a_name else text[:1].lower() + text[1:]}"
