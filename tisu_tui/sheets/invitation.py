"""The invitation: when and where, what will be asked, and who will see the answers, before anybody says yes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tisu_tui.core.contacts import read_contact
from tisu_tui.core.days import clock, in_words
from tisu_tui.core.form import Order, Pick
from tisu_tui.core.size import FLOOR, Size, Way
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.notes.markdown import words
from tisu_tui.privacy.record import Record
from tisu_tui.session.asking import asked_of, promised
from tisu_tui.session.decisions import right_words
from tisu_tui.session.session import question_of
from tisu_tui.session.workshop import Step, Workshop
from tisu_tui.sheets.blocks import page, written
from tisu_tui.view.arriving import careful_sentence

# Between two sentences; a very short one stays with the one before it.
_ENDS = re.compile(r"(?<=\.) (?=[^.]{16})")
_SIZES = (FLOOR + 5, FLOOR, FLOOR - 2)
"""A room of each way to run: in full, small, and aloud."""

BLANK = "…" * 12


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and where a session is to be, as far as it is known; what is not known is a line to fill in with a pen.

    `people` is how many are expected, 0 where nobody knows; `support` is who there is to talk to.
    """

    day: str = ""
    place: str = ""
    address: str = ""
    port: int = 2222
    people: int = 0
    support: tuple[str, ...] = ()
    begins: int | None = None
    """When it begins, in minutes since midnight."""

    @property
    def when(self) -> str:
        """The day in words with the time, as far as they are known, or a line to fill in."""
        known = [in_words(self.day)] if self.day else []
        if self.begins is not None:
            known = [*(known or [BLANK]), self.clock(0)]
        return ", ".join(known) or BLANK

    def clock(self, minutes: int) -> str:
        """Give the time so many minutes into the session: of the day where that is known, else from 0:00."""
        return clock((self.begins or 0) + minutes)

    @property
    def where(self) -> str:
        """The place, or a line to fill in."""
        return self.place or BLANK

    def line(self, name: str) -> str:
        """Give the command that a person types to join by a name."""
        port = "" if self.port == 22 else f"-p {self.port} "
        return f"ssh {port}{name}@{self.address or _('ADDRESS')}"

    @property
    def host(self) -> str:
        """The host as ssh names it in what it says and remembers."""
        address = self.address or _("ADDRESS")
        return address if self.port == 22 else f"[{address}]:{self.port}"


def invitation(workshop: Workshop, occasion: Occasion) -> bytes:
    """Write the invitation as one page or two of Markdown."""
    return page(*_parts(workshop, occasion))


def _parts(workshop: Workshop, occasion: Occasion) -> Iterator[str]:
    minutes = sum(step.minutes for step in workshop.steps)
    yield f"# {words(workshop.title)}"
    yield _("You are invited. You need not come, and nobody asks why.")
    about = [
        f"- **{_('When:')}** {words(occasion.when)}",
        f"- **{_('Where:')}** {words(occasion.where)}",
        *([f"- **{_('How long:')}** {_('{n} minutes').format(n=minutes)}"] if minutes else []),
        f"- **{_('Bring:')}** {_('a laptop or a phone, if you have one. It also works without.')}",
    ]
    yield "\n".join(about)
    yield written(workshop.intro)
    yield f"## {_('What you will be asked')}"
    yield _("Read it beforehand, if you like. You can pass on any of it, pause, or leave, at any time.")
    yield "\n".join(_question(n, step) for n, step in enumerate(filter(_asks, workshop.steps), 1))
    yield f"## {_('Who sees what you answer')}"
    yield from _promises(workshop, occasion)
    yield f"## {_('What happens afterwards')}"
    yield _(
        "The group reads the notes together before anybody else does, and can strike any line. Everybody who was there "
        "gets them. Senior management gets one page: what we ask of them, and what is marked here as going to them."
    )
    yield f"## {_('If you would like to talk to somebody')}"
    people = (*workshop.support, *occasion.support)
    yield "\n".join(f"- {words(read_contact(person).said)}" for person in dict.fromkeys(people)) or f"- {BLANK}"


def _asks(step: Step) -> bool:
    return bool(asked_of(step, _SIZES[0]).fields)


def _question(number: int, step: Step) -> str:
    edge = " " * len(f"{number}. ")
    lines = [f"{number}. **{words(step.title)}**"]
    lines += [f"{edge}*{words(block.text)}*" for block in step.content_note]
    if right := right_words(step):
        lines.append(f"{edge}{words(right)}")
    if step.from_id:
        lines.append(f"{edge}{_('The choices come from what we say before.')}")
    lines += [f"{edge}- {words(thing)}" for thing in _things(step)]
    return "\n".join(lines)


def _things(step: Step) -> list[str]:
    """List what is asked about: the statements, or the choices of a single question."""
    fields = [question for question in asked_of(step, _SIZES[0]).fields if isinstance(question, Pick | Order)]
    titles = list(dict.fromkeys(question.title for question in fields if question.title))
    if len(titles) > 1:
        return titles
    return [option.label for option in fields[0].options if option.label] if len(fields) == 1 else []


def _promises(workshop: Workshop, occasion: Occasion) -> Iterator[str]:
    for people in (occasion.people,) if occasion.people else _SIZES:
        size = Size(people)
        if not occasion.people:
            yield f"**{_which(size)}**"
        yield _way(size)
        if size.is_secret and workshop.careful:
            yield careful_sentence()
        if size.is_secret:
            yield "\n".join(_sentences(workshop, people))


def _sentences(workshop: Workshop, people: int) -> Iterator[str]:
    """Say each thing once, with the questions that it goes for; what goes for the same ones stands together."""
    questions: dict[str, list[int]] = {}
    asked = [*filter(_asks, workshop.steps)]
    places = {step.id: number for number, step in enumerate(asked, 1)}
    for number, step in enumerate(asked, 1):
        twice = any(question.twice for question in asked if question.counts_as == step.counts_as)
        record = Record(question_of(step), twice=twice, careful=workshop.careful, trend=workshop.trend_numbers)
        said = promised(step, Size(people), asked_of(step, people, workshop.voices, record), record)
        if step.again_id in places:
            # What may be told then depends on who takes part both times.
            again = _("This asks the same as question {n} once more. Your screen says beforehand what is shown then.")
            said = again.format(n=places[step.again_id])
        for sentence in _whole(said):
            questions.setdefault(sentence, []).append(number)
    together: dict[tuple[int, ...], list[str]] = {}
    for sentence, numbers in questions.items():
        together.setdefault(tuple(numbers), []).append(sentence)
    for same, sentences in sorted(together.items()):
        which = ngettext("Question {numbers}", "Questions {numbers}", len(same))
        yield f"- **{which.format(numbers=', '.join(map(str, same)))}:** {words(' '.join(sentences))}"


def _whole(said: str) -> list[str]:
    """Part a notice into sentences; one that says what is so if not stays behind the one that it is about."""
    others = (
        _("If not, only {words}."),
        _("If not, nothing is shown."),
        _("If not, the worry that was raised stands."),
    )
    begins = tuple(other.partition("{")[0] for other in others)
    found: list[str] = []
    for sentence in _ENDS.split(said):
        if found and sentence.startswith(begins):
            found[-1] += f" {sentence}"
        else:
            found.append(sentence)
    return found


def _which(size: Size) -> str:
    match size.way:
        case Way.FULL:
            return _("If eight or more of us come")
        case Way.SMALL:
            return _("If five to seven of us come")
        case _:
            return _("If fewer of us come")


def _way(size: Size) -> str:
    match size.way:
        case Way.FULL:
            return _("Answers are secret. The room sees totals after a question has closed. Some may not show.")
        case Way.SMALL:
            return _("Answers are secret, and no numbers show. With so few people that is normal.")
        case _:
            return _("We talk, and nothing secret is asked on screens. The scribe writes down what we agree.")
