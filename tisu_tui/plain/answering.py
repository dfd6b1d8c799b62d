"""Going through the questions of one form, one at a time: what to read out, and what a line answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tisu_tui.core import typed
from tisu_tui.core.figure import code
from tisu_tui.core.form import By, Field, Form, Option, Order, Pick, Value, Write, is_beside, keys
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.core.typed import NotTaken
from tisu_tui.plain.shown import how, introduction, option_lines
from tisu_tui.view.view import View

_PAIR = 2

Given = Mapping[str, Value | None]


class Answering:
    """Where somebody is in a form; `answer` holds what was given so far.

    What was `heard` before it opened is not read again, nor that a pass is an answer to who `knows_pass`.
    A scale is read once and then on request, and so is who sees the answers. `is_saved` is whether an answer is on disk
    once it is recorded; where not, it is in memory only.
    """

    def __init__(
        self,
        form: Form,
        answer: Given,
        *,
        heard: Collection[str] = (),
        knows_pass: bool = False,
        is_saved: bool = True,
    ) -> None:
        self.form = form
        self._heard = heard
        self._knows_pass = knows_pass
        self._has_told_all = False
        self.answer = dict(answer)
        self._is_scribe = form.by is By.SCRIBE
        self._typed: dict[str, str] = {}  # what was read last as an answer to each question
        self._owed: dict[str, Value | None] = {}  # what was recorded and not confirmed yet
        self._is_saved = is_saved
        self._again: set[str] = set()
        self._more = ""  # the field that can take one more text
        self._told: dict[tuple[Option, ...], set[str]] = {}  # with which questions choices were read
        self._introduced = False
        self._asked: Field | None = None

    @property
    def current(self) -> Field | None:
        """The question to ask now, if any is left."""
        if self._more:
            return self.form.field(self._more)
        return next(filter(self._is_due, self.form.asked(self.answer)), None)

    @property
    def has_more(self) -> bool:
        """Whether the present question has been answered and can take more words."""
        return bool(self._more)

    @property
    def is_first_line(self) -> bool:
        """Whether the words given last were the first to this question."""
        return len(self.answer.get(self._more) or ()) == 1

    def restart(self) -> None:
        """Ask everything again from the first; what was given stays until it is given anew."""
        self._again, self._more = set(self.answer), ""

    def take_back(self) -> None:
        """Forget what was given."""
        self.answer, self._again, self._more, self._owed = {}, set(), "", {}

    def forget(self, name: str) -> None:
        """Discard the answer to one question, so that it is asked again."""
        self._more = ""
        self.answer.pop(name, None)

    def go_back_to(self, field: Field) -> None:
        """Ask a question again that has an answer; words go on after those that were sent."""
        if isinstance(field, Write) and 0 < len(self.answer.get(field.id) or ()) < field.many:
            self._more = field.id
        elif field.id in self.answer:
            self._again.add(field.id)

    def keep(self) -> bool:
        """Go on from a question that was answered before; tells whether it was."""
        field = self.current
        if field is None or field.id not in self.answer:
            return False
        self._more = ""
        self._again.discard(field.id)
        return True

    def settle(self, given: Given) -> None:
        """Note what was accepted."""
        self._more = ""
        self._again -= set(given)
        self.answer |= given
        asked = {question.id for question in self.form.asked(self.answer)}
        self.answer = {name: value for name, value in self.answer.items() if name in asked}
        for name, value in given.items():
            field = self.form.field(name)
            if isinstance(field, Write) and value is not None and len(value) < field.many:
                self._more = name

    def read(self, line: str) -> Given:
        """Read a line as an answer to the present question, or to all that remain; raises NotTaken."""
        match self.current:
            case None:
                raise NotTaken(_("you have answered; type change to answer again"))
            case Write() as field:
                before = self.answer.get(field.id) or () if field.many > 1 else ()
                given: Given = {field.id: _checked(field, (*before, line))}
            case field:
                given = self._read_with_what_follows(field, line) or self._read_choice(field, line)
        self._typed |= zip(given, line.split("/"), strict=False)
        return given

    def _read_choice(self, field: Pick | Order, line: str) -> Given:
        """Read an answer, or one for each of the statements that remain where each is a single choice."""
        words = typed.parts(field, line)
        if len(words) > 1 and isinstance(field, Pick) and field.most == 1 and not is_beside(field):
            return self._read_all(words)
        return {field.id: typed.read(field, line)}

    def mend(self, number: int, words: str) -> tuple[Given, str]:
        """Put one line of several into other words, or take it out where there are none; raises NotTaken."""
        given_words = (
            question
            for question in reversed(self.form.fields)
            if isinstance(question, Write) and question.id in self.answer
        )
        field = self.current or next(given_words, None)
        lines = list(self.answer.get(field.id) or ()) if isinstance(field, Write) else []
        if field is None or not 1 <= number <= len(lines):
            raise NotTaken(_("there is no line {n} of yours").format(n=number))
        before = lines.pop(number - 1)
        if words:
            lines.insert(number - 1, words)
        given = {field.id: _checked(field, tuple(lines)) if lines else None}
        return given, _("Recorded: {text} Line {n} was: {before}").format(
            text=f"{words}." if words else _("Taken out."), n=number, before=before
        )

    def mine(self, heading: str) -> list[str]:
        """Give what this person answered so far; raises NotTaken."""
        met = [field for field in self.form.asked(self.answer) if field.id in self.answer]
        if not met:
            raise NotTaken(_("you have answered nothing here yet"))
        lines: list[str] = []
        for field in met:
            words = typed.answer_words(field, self.answer[field.id])
            if isinstance(field, Write) and len(words) > 1:
                words = tuple(f"{n}. {text}" for n, text in enumerate(words, 1))
            title = field.title or heading
            lines.append(f"{title}{'' if title.endswith(('.', '?', '!', ':')) else ':'} {'; '.join(words)}")
        return lines

    def all_lines(self) -> list[str]:
        """Read every statement that is left, to be answered on one line; raises NotTaken."""
        rest = self.remaining
        if self.current not in rest or len(rest) < 2:
            raise NotTaken(_("there is only this one to answer"))
        # The present one was heard a moment ago.
        heard, self._has_told_all = (0 if self._has_told_all else 1), True
        return [*(field.title for field in rest[heard:]), _("Answer:")]

    def again(self, view: View) -> list[str]:
        """Read the present question once more, with all that was said only once."""
        self._told.clear()
        self._introduced, self._heard, self._knows_pass = False, (), False
        return self.lines(view, in_full=True)

    def receipt(self, given: Given) -> str:
        """Say what was recorded; nothing yet where what is asked next follows on it and has been heard before."""
        self._owed |= given
        follow_up = self.current
        is_half = follow_up is not None and follow_up.after in given and self._is_known(follow_up)
        return "" if is_half else self.owed()

    def owed(self) -> str:
        """Say what was recorded since the last receipt; of several statements each answer, without the follow-ups."""
        given, self._owed = self._owed, {}
        fields = [field for name in given if (field := self.form.field(name))]
        if not fields:
            return ""
        if len(fields) == 1 or (len(fields) == _PAIR and fields[1].after == fields[0].id):
            # Who types the number of what they know need not be read its name each time.
            known = {field: self._typed.get(field.id, "").strip() for field in fields if self._is_known(field)}
            return typed.receipt(
                {question: given[question.id] for question in fields}, durable=self._is_saved, numbers=known
            )
        statements = [field for field in fields if isinstance(field, Pick) and not field.after]
        return typed.receipt_of_all({field: given[field.id] for field in statements}, durable=self._is_saved)

    def _read_all(self, words: list[str]) -> Given:
        rest = self.remaining
        if len(rest) != len(words):
            left = max(1, len(rest))
            told = ngettext("give 1 number", "give 1 number, or {n} numbers for the {n} that are left", left)
            raise NotTaken(told.format(n=left))
        given = {field.id: typed.read(field, word) for field, word in zip(rest, words, strict=True)}
        follow_ups = [question for question in self.form.asked({**self.answer, **given}) if question.after]
        return given | {question.id: None for question in follow_ups if self._is_due(question)}

    def _read_with_what_follows(self, field: Pick | Order, line: str) -> Given:
        """Read an answer and the one that is asked after it, parted by a slash; empty where they are not."""
        first, slash, second = line.rpartition("/")
        if not slash or not first.strip() or len(typed.fitting(typed.with_pass(field.options), line)) == 1:
            return {}
        given = {field.id: typed.read(field, first)}
        after = [question for question in self.form.asked({**self.answer, **given}) if question.after == field.id]
        if len(after) != 1 or isinstance(after[0], Write):
            return {}
        return given | {after[0].id: typed.read(after[0], second)}

    @property
    def remaining(self) -> list[Pick]:
        """List the statements still to be answered with one number, without what follows on them."""
        picks = (question for question in self.form.statements if isinstance(question, Pick) and question.most == 1)
        return list(filter(self._is_due, picks))

    def _is_due(self, question: Field) -> bool:
        """Tell whether a question is still to be answered, or to be answered again."""
        return question.id in self._again or question.id not in self.answer

    # What is read out

    def lines(self, view: View, *, in_full: bool = False) -> list[str]:
        """Give the lines of the present question: from `Question: ` to `Answer:`, or one line where that is enough."""
        field = self.current
        assert field is not None
        is_known, is_again, self._asked = self._is_known(field), field == self._asked, field
        # What is asked again comes after something else, so that one line is not enough.
        alone = self._alone(field) if is_known and not is_again else ""
        lines = [alone or self._opening(field, view.heading, is_again=is_again)]
        if is_beside(field):
            lines += [_("This comes before “{title}”.").format(title=view.heading)]
        elif not self._introduced:
            lines += [line for line in introduction(view) if line not in self._heard]
        if not alone and not lines[0].endswith(field.title):
            lines.append(field.title)
        lines += self._instructions(field, in_full=in_full)
        is_told = is_known or (bool(field.after) and self._introduced and not isinstance(field, Write))
        if view.promise and not self._is_scribe and not is_told:
            lines.append(_("Who sees it: as before.") if self._introduced else view.promise)
        self._introduced = self._introduced or not is_beside(field)
        return [*filter(None, lines), *([] if alone else [_("Answer:")])]

    def _alone(self, field: Field) -> str:
        """Give a question whose choices are known in one line that says what it is; empty where it has none."""
        if isinstance(field, Pick) and field.after:
            return field.brief
        is_first = field is self.form.statements[0] or not self._introduced
        if is_first or self._is_scribe or field not in self.form.statements or code(field.title) == field.title:
            return ""
        # Its own code says that it is a question, and where we are.
        is_last = field is self.form.statements[-1]
        return _("Last one: {statement}").format(statement=field.title) if is_last else field.title

    def _opening(self, field: Field, heading: str, *, is_again: bool) -> str:
        if len(self.form.statements) == 1 or field not in self.form.statements:
            own = field.title if is_beside(field) or field.after else ""
            before = self.form.field(field.after)
            # A request is named in what is asked after it.
            is_named = before is not None and before.title.partition(" — ")[0] in own
            if before and (is_again or not self._introduced) and not is_named:
                own = f"{before.title} {own}".strip()  # which is not what was heard last
            return _("Question: {title}").format(title=own or heading)
        n, count, title = self.form.statements.index(field) + 1, len(self.form.statements), field.title
        if n == 1 or not self._introduced or not title or self._is_scribe:
            title = _("{title} ({n} of {all})").format(title=heading, n=n, all=count)
        else:
            title = _("{n} of {all}. {statement}").format(n=n, all=count, statement=title)
        return _("Question: {title}").format(title=title)

    def _instructions(self, field: Field, *, in_full: bool) -> Iterator[str]:
        if field.id in self.answer:
            yield _("You answered this before. Press Enter to leave it as it is.")
        options = () if isinstance(field, Write) else field.options
        heard = self._told.setdefault(options, set())
        is_heard = bool(heard)
        heard.add(field.id)
        if isinstance(field, Write):
            yield _("Write on one line.")
            if field.many > 1:
                yield _("You can send {n} lines, one at a time.").format(n=field.many)
            yield self._pass_line
        elif is_heard:
            return
        else:
            yield from how(field)
            # A long scale is heard by its names, as the shared screen shows it; what explains them is in labels.
            yield from option_lines(options, are_short=not in_full and self._is_first_of_several(field))
            if before := self._asked_after(field):
                both = f"{keys(before.options)[0]} / {keys(options)[-1]}"
                yield _("Both at once: {both}").format(both=both)
            else:
                yield self._pass_line
        if self._is_first_of_several(field):
            is_cut = not in_full and option_lines(options) != option_lines(options, are_short=True)
            told = _("labels: hear these in full. all: hear all {n}.") if is_cut else _("all: hear all {n}.")
            yield told.format(n=len(self.remaining))

    def _is_first_of_several(self, field: Field) -> bool:
        is_follow_up = self._introduced or is_beside(field) or bool(field.after)
        return not is_follow_up and not self._is_scribe and len(self.remaining) > 1

    def _is_known(self, field: Field) -> bool:
        """Whether its choices were heard with another question, so that they are not read again."""
        return not isinstance(field, Write) and bool(self._told.get(field.options, set()) - {field.id})

    def _asked_after(self, field: Field) -> Pick | None:
        """Find the statement that a question follows on, if the same is asked after others that are left."""
        before = self.form.field(field.after) if field.after else None
        return before if isinstance(before, Pick) and self.remaining and not self._is_scribe else None

    @property
    def _pass_line(self) -> str:
        if self._is_scribe:
            return _("p. Go on without this one.")
        if self._introduced or self._knows_pass:
            return _("p. Pass.")
        return _("p. Pass is a real answer. Nobody sees who passed.")

    def labels(self, promise: str) -> list[str]:
        """Read the present question's choices again, and who sees the answer; raises NotTaken."""
        field = self.current
        if field is None or isinstance(field, Write):
            raise NotTaken(_("there are no numbers to choose from just now"))
        return [*how(field), *option_lines(field.options), self._pass_line, *([promise] if promise else [])]


def _checked(field: Field, value: Value) -> Value:
    if problem := field.problem(value):
        raise NotTaken(problem)
    return value
