"""A draft of a workshop out of any agenda in Markdown, with every guess marked for its author."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from tisu_tui.core.scripts import unused
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.workshop.guessed_kinds import Before, Guess, guess, remember
from tisu_tui.workshop.lists import id_of
from tisu_tui.workshop.markdown import as_markdown
from tisu_tui.workshop.plan import Plan, read_plan
from tisu_tui.workshop.plan_phase import LONGEST_TITLE, Phase
from tisu_tui.workshop.reader import GUESS, read
from tisu_tui.workshop.source import Report, open_text

_MOST_PHASES = 150


@dataclass(slots=True)
class _Step:
    phase: Phase
    guess: Guess
    id: str
    is_plain: bool = False
    """Whether its text went to the facilitator's notes, because as Markdown it means something else here."""

    def text(self) -> str:
        phase, made = self.phase, self.guess
        settings = ["talk" if self.is_plain else made.kind]
        settings += [f"{phase.minutes} min"] if 1 <= phase.minutes <= 480 else []
        settings += [f"id {self.id}", *([] if self.is_plain else made.settings)]
        parts = [f"## {as_markdown(phase.title)}", " ".join(f"`{setting}`" for setting in settings)]
        notes, said = list(phase.notes), list(made.said)
        if self.is_plain:
            notes = [*phase.text, *notes]
            said = [_("it could be no other kind than `talk`, so all that it says stands in your notes")]
        else:
            parts += [f"> {made.content_note}"] if made.content_note else []
            # Lists that became lines of the step stand nowhere else.
            parts += [each for each in phase.text if not (made.uses_lines and each.lstrip().startswith("- "))]
            parts += made.lists
        parts += [_comment("\n\n".join(notes))] if notes else []
        parts += [_comment(f"{GUESS} {'; '.join(said)}.")] if said else []
        return "\n\n".join(parts)


@dataclass(frozen=True, slots=True)
class ImportedDraft:
    """A draft of a workshop: its title, its text, and how many guesses are in it."""

    title: str
    text: str
    steps: int
    minutes: int
    guesses: int


@dataclass(slots=True)
class _Writer:
    plan: Plan
    steps: list[_Step] = field(default_factory=list)
    intro_is_plain: bool = False

    def text(self) -> str:
        plan = self.plan
        title = clean(plan.title, LONGEST_TITLE)
        front = f"---\ntisu: 1\ntitle: {json.dumps(title, ensure_ascii=False)}\nlanguage: en\n---"
        notes = [*plan.intro, *plan.notes] if self.intro_is_plain else plan.notes
        intro = [] if self.intro_is_plain else plan.intro
        about = [_comment("\n\n".join(notes))] if notes else []
        return (
            "\n\n".join([front, f"# {as_markdown(title)}", *intro, *about, *(step.text() for step in self.steps)])
            + "\n"
        )

    def mend(self) -> bool:
        """Make plain what can't be read as it stands; tells whether there was anything to mend."""
        text = self.text()
        problems = [each for each in read(text, "draft.md").problems if not each.warning]
        if not problems:
            return False
        starts = [n for n, line in enumerate(text.split("\n"), 1) if line.startswith("## ")]
        for problem in problems:
            at = sum(start <= problem.line for start in starts) - 1
            if at < 0:
                if self.intro_is_plain:
                    raise ValueError(problem.message)
                self.intro_is_plain = True
            elif len(starts) != len(self.steps):
                # A heading of the text became a step.
                for step in self.steps:
                    step.is_plain = True
            elif self.steps[at].is_plain:
                self.steps[at].phase = Phase(self.steps[at].phase.title, self.steps[at].phase.minutes)
            else:
                self.steps[at].is_plain = True
        return True


def draft(content: bytes, name: str) -> ImportedDraft:
    """Make a draft of a workshop; raises ValueError, in plain words, for what is no agenda."""
    report = Report()
    source = open_text(content, report)
    if source is None:
        first = report.problems()[0]
        raise ValueError(_("{message}, expected {expected}").format(message=first.message, expected=first.expected))
    try:
        plan = read_plan(source, name)
    except ValueError:
        expected = _("headings for its phases, a list, or a table with times")
        raise ValueError(_("no agenda can be found in it, expected {expected}").format(expected=expected)) from None
    if len(plan.phases) > _MOST_PHASES:
        raise ValueError(_("it has more than {n} phases").format(n=_MOST_PHASES))
    writer = _Writer(plan)
    _add_steps(writer)
    for _turn in range(4):
        if not writer.mend():
            break
    else:
        raise ValueError(_("no workshop can be made of it"))
    text = writer.text()
    guesses = text.count(f"<!-- {GUESS}")
    return ImportedDraft(plan.title, text, len(writer.steps), sum(step.phase.minutes for step in writer.steps), guesses)


def _add_steps(writer: _Writer) -> None:
    phases, before, taken = list(writer.plan.phases), Before(), set[str]()
    for n, phase in enumerate(phases):
        made = guess(phase, len(phases) - n - 1, before)
        name = unused(id_of(phase.title, f"step-{n + 1}"), taken)
        taken.add(name)
        writer.steps.append(_Step(phase, made, name))
        remember(before, made.kind, name)
    if "close" not in before:
        said = [_("the plan has no ending, so this step was added: three short questions about how it was")]
        writer.steps.append(
            _Step(Phase(_("How was this for you?"), 3), Guess("close", said=said), unused("close", taken))
        )


def _comment(text: str) -> str:
    """Write a note for the facilitator; what could end it is taken apart."""
    safe = text.replace("-->", "→").replace("<!--", "")
    return f"<!-- {safe} -->" if "\n" not in safe else f"<!--\n{safe}\n-->"
