"""What is allowed but unkind or unwise: warnings, which a strict check takes for errors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tisu_tui.core.activity import Tier
from tisu_tui.core.contacts import read_contact
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import AFTERCARE, Right
from tisu_tui.workshop.front_matter import FrontMatter
from tisu_tui.workshop.looks import advise_of_looks, texts
from tisu_tui.workshop.source import Report, Source, Text
from tisu_tui.workshop.steps import StepDraft

_LONGEST_STRETCH = 60
_SHORTEST_BREAK = 5
_LAST_STEPS = 3

# A guess, from the way sentences about one person are built: "@lea", "Dr Reid", "does Anna listen", "for Anna's".
_PERSONS = (
    re.compile(r"(?<![\w@])(?P<name>@\w+)"),
    re.compile(r"\b(?P<name>(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame)\.? [A-Z]\w+)"),
    re.compile(r"\b(?i:does|did|is|was|has|should|can|could|will|would) (?P<name>[A-Z][a-z]+) (?=[a-z])"),
    re.compile(r"(?<=[a-z] )(?P<name>[A-Z][a-z]+)['’]s\b"),
)
_NOT_PERSONS = re.compile(
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    "|Scotland|England|Britain|Europe|Orkney|Shetland|Parliament|Government|Council"
)


def advise(front: FrontMatter, drafts: Sequence[StepDraft], source: Source, today: date | None, report: Report) -> None:
    """Warn of what a good facilitator would put right before the day."""
    for draft in drafts:
        _of_step(draft, source, report)
    advise_of_looks(front, drafts, report)
    if today:
        for contact in front.support:
            _of_contact(contact, today, report)
    # Of a step that could not be read, nobody knows what it would have been.
    if all(draft.step for draft in drafts):
        _of_end(drafts, report)
        _of_times(drafts, report)
        _of_length(drafts, report)


def _of_step(draft: StepDraft, source: Source, report: Report) -> None:
    # Another round has the note and the right of the first.
    if draft.kind and draft.step and not draft.first:
        if draft.kind.asks_about_people and not draft.step.content_note:
            expected = _("a block quote first: '> This asks how you are just now. You can pass.'")
            report.warn(draft.place, "W501", _("a step about people with no content note"), expected)
        if draft.kind.is_vote and not draft.step.right:
            expected = "`we decide`, `leaders may send back once`, `we advise …`, `for information`"
            report.warn(draft.place, "W502", _("a vote that does not say who decides"), expected)
        if draft.step.right is Right.WE_ADVISE and draft.step.tier is not Tier.ORGANISATION:
            message = _("whoever is advised here is not sent what the group says: it stays in the team's notes")
            report.warn(draft.at("right"), "W509", message, "`for the organisation`")
        if "by voice" in draft.kind.settings and draft.step.by_voice and not draft.step.compares_roles:
            message = _("roles are never compared in such a step, so nobody is asked for theirs")
            report.warn(draft.at("by voice"), "W508", message, _("a step that is not kept in the room"))
    for words in _questions(draft):
        found = next((match for each in _PERSONS if (match := _person(each, words.text))), None)
        if found:
            place = source.place(words.line, found["name"], words.column - 1)
            message = _("{name} looks like one person's name in a question").format(name=quoted(found["name"]))
            report.warn(place, "W506", message, _("a question about how things are done, not about one person"))


def _questions(draft: StepDraft) -> Iterator[Text]:
    yield draft.section.title
    if not (draft.kind and draft.kind.plans_actions):
        yield from texts((*draft.lists.choices, *draft.lists.numbered))


def _person(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next((match for match in pattern.finditer(text) if not _NOT_PERSONS.fullmatch(match["name"])), None)


def _of_contact(contact: Text, today: date, report: Report) -> None:
    found = read_contact(contact.text)
    expected = _("the day somebody last tried it: '(checked {today})'").format(today=today.isoformat())
    if found.checked is None:
        report.warn(contact.place, "W505", _("a support contact that does not say when it was checked"), expected)
    elif found.is_stale(today):
        report.warn(contact.place, "W505", _("a support contact checked more than six months ago"), expected)


def _of_end(drafts: Sequence[StepDraft], report: Report) -> None:
    last = [draft.step for draft in drafts[-_LAST_STEPS:] if draft.step]
    if last and not any(step.activity.checks_out or step.id == AFTERCARE for step in last):
        expected = _("`close`, a last `check-in`, or a `talk` with `id aftercare`")
        report.warn(drafts[-1].place, "W503", _("no check-out or aftercare at the end"), expected)


def _of_times(drafts: Sequence[StepDraft], report: Report) -> None:
    # A setting that could not be read may have been the time.
    if drafts and not report.has_errors and not any(draft.step and draft.step.minutes for draft in drafts):
        report.warn(drafts[0].place, "W518", _("0 minutes in all: no step says how long it takes"), "`5 min`")


def _of_length(drafts: Sequence[StepDraft], report: Report) -> None:
    """Warn once of each stretch that has no break, at the step in which it gets too long."""
    minutes = 0
    for draft in drafts:
        if draft.step is None:
            continue
        if draft.step.activity.is_break and draft.step.minutes >= _SHORTEST_BREAK:
            minutes = 0
            continue
        before, minutes = minutes, minutes + draft.step.minutes
        if before <= _LONGEST_STRETCH < minutes:
            message = _("more than {n} minutes without a break").format(n=_LONGEST_STRETCH)
            expected = _("a `pause` of {n} minutes or more before it").format(n=_SHORTEST_BREAK)
            report.warn(draft.place, "W504", message, expected)
