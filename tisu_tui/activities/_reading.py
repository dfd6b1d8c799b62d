"""Reading a step: what its lists become, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

from tisu_tui.core.activity import ListLine, Problem, ScaleLine, StepSource, WorkshopProblem
from tisu_tui.core.enumerating import span_words
from tisu_tui.core.form import Option
from tisu_tui.core.translation import gettext as _


def options(lines: Sequence[ListLine]) -> tuple[Option, ...]:
    """Make options of the lines of a list; a code like R4b is how people will speak of its line, so they see it."""
    return tuple(Option(line.id, f"{line.id} {line.text}" if _is_code(line) else line.text) for line in lines)


def _is_code(line: ListLine) -> bool:
    return line.named and any(letter.isupper() or letter.isdigit() for letter in line.id)


def points(scale: Sequence[ScaleLine]) -> tuple[Option, ...]:
    """Make options of a scale; the number is part of what people read, and typed where each line is one point."""
    are_points = all(line.low == line.high for line in scale)
    return tuple(_point(line, is_typed=are_points) for line in scale)


def _point(line: ScaleLine, *, is_typed: bool) -> Option:
    number = _numbers(line)
    # Between the ends of a scale there may be nothing to say of a point but its number.
    is_bare = line.text in {number, str(line.low)}
    label, name = (number, number) if is_bare else (f"{number} {line.text}", line.text)
    return Option(line.id, label, number if is_typed else "", name)


def _numbers(line: ScaleLine) -> str:
    return span_words([str(number).replace("-", "−") for number in (line.low, line.high)])


def stop_at(problems: Sequence[Problem]) -> None:
    """Raise everything that is wrong at once; nothing when nothing is."""
    if problems:
        raise WorkshopProblem(*problems)


def at_step(step: StepSource, code: str, message: str, expected: str) -> Problem:
    """Make a problem of the whole step."""
    return Problem(step.line, step.column, code, message, expected)


def choice_problems(step: StepSource) -> list[Problem]:
    """Find too few choices, and the same one twice; none need stand where an earlier step brings them."""
    found = repeated(step.choices)
    if len(step.choices) < 2 and not step.takes_options:
        message = _("'{kind}' with fewer than two choices").format(kind=step.kind)
        found.insert(0, at_step(step, "T410", message, _("two or more lines like '- [ ] a choice'")))
    return found


def repeated(lines: Sequence[ListLine], taken: Sequence[str] = ()) -> list[Problem]:
    """Find lines that say the same as one before, or have its id; `taken` are ids that the kind needs itself."""
    found: list[Problem] = []
    words: dict[str, int] = {}
    ids: dict[str, int] = {}
    for line in lines:
        text = " ".join(line.text.casefold().split())
        if first := words.get(text) or ids.get(line.id):
            message = _("the same as line {n}").format(n=first)
            found.append(Problem(line.line, line.column, "T412", message, _("different words")))
        elif line.id in taken:
            message = _("the id '{id}' is taken").format(id=line.id)
            found.append(Problem(line.line, line.column, "T412", message, _("an id of its own, like `R1`")))
        words.setdefault(text, line.line)
        ids.setdefault(line.id, line.line)
    return found


def line_problems(step: StepSource, code: str, taken: Sequence[str] = ()) -> list[Problem]:
    """Find a missing numbered list or a repeated line."""
    if step.numbered or step.takes_options:
        return repeated(step.numbered, taken)
    message = _("'{kind}' with nothing to go through").format(kind=step.kind)
    return [at_step(step, code, message, _("a numbered list like '1. what helps'"))]


def scale_problems(step: StepSource) -> list[Problem]:
    """Find a scale with missing, too few, unordered or overlapping points."""
    if len(step.scale) < 2:
        message = _("a scale with one point") if step.scale else _("'{kind}' with no scale").format(kind=step.kind)
        return [at_step(step, "T413", message, _("two or more lines like '- 1: not started'"))]
    expected = _("numbers that go up, each in one line only")
    found: list[Problem] = []
    for before, line in zip((None, *step.scale), step.scale, strict=False):
        if line.high < line.low:
            message = _("a zone that runs from high to low")
            found.append(Problem(line.line, line.column, "T414", message, expected))
        elif before and line.low <= max(before.low, before.high):
            message = _("a point that overlaps or is out of order")
            found.append(Problem(line.line, line.column, "T414", message, expected))
    return found


def count(step: StepSource, usual: int, most: int, expected: str) -> tuple[int, list[Problem]]:
    """Read the count after the kind, `usual` without one; `most` is the largest that the choices allow."""
    if not step.argument:
        return usual, []
    digits = step.argument.removeprefix("up to ")
    number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 4 else 0
    # Choices that an earlier step brings, and too few of them, are counted elsewhere.
    if number and (number <= most or step.takes_options or len(step.choices) < 2):
        return number, []
    message = _("'{kind} {count}' can't be met").format(kind=step.kind, count=step.argument)
    return usual, [at_step(step, "T415", message, expected)]
