"""What is allowed but unkind or unwise, in one step or in several together: warnings, errors to a strict check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tisu_tui.core.activity import Activity, ListLine, ScaleLine, Tier
from tisu_tui.core.contacts import read_contact
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import AFTERCARE, Right, Step
from tisu_tui.workshop.front_matter import FrontMatter
from tisu_tui.workshop.source import Report, Source, Text
from tisu_tui.workshop.steps import StepDraft

_LONGEST_STRETCH = 60
_SHORTEST_BREAK = 5
_LAST_STEPS = 3
_MOST_LOOKS = 2
_FEWEST_CUTS = 3

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
_ONE_OF_US = re.compile(r"\b(?:(?i:you|your|yours|yourself|my|myself)|I|(?<!like )[Mm]e)\b")
_SPAN = re.compile(r"(\d{1,3}) ?(?:-|–|to) ?(\d{1,3})")
_LIMIT = re.compile(
    r"(?:at least|at most|below|above|under|over|up to|(?:more|less|fewer|higher|lower) than) \d+"
    r"|\d+ (?:or|and) (?:more|less|fewer|higher|lower|above|below|over|under)"
)
# What leaders do is about them; what they get or have is about the service.
_LEADERS = re.compile(
    r"(?:(?:our|the|my) )?(?:leaders?|managers?|team leads?|supervisors?|boss(?:es)?)(?: here)? "
    r"(?!can get\b|gets?\b|have\b|has\b|had\b|are (?:given|offered|trained)\b)",
    re.IGNORECASE,
)
_ROLES = ("leader", "manager", "staff", "service user", "lived experience", "peer worker", "nurse", "volunteer")

_Sound = tuple[StepDraft, type[Activity], Step]
"""A step that could be read, with its kind."""


def advise(front: FrontMatter, drafts: Sequence[StepDraft], source: Source, today: date | None, report: Report) -> None:
    """Warn of what a good facilitator would put right before the day."""
    sound = [(each, each.kind, each.step) for each in drafts if each.kind and each.step]
    # Another round has the note, the right and the lines of the first.
    own = [each for each in sound if not each[0].first]
    rated = [(draft, kind) for draft, kind, _step in own if "scale" in kind.lists]
    about_us = [draft for draft, kind in rated if kind.tier is not Tier.ROOM]
    for draft in drafts:
        _of_names(draft, source, report)
    for draft, kind, step in own:
        _of_step(draft, kind, step, report)
        _of_roles(draft, front.workshop.voices, report)
    for draft in about_us:
        _of_persons(draft, report)
    _of_check_ins([draft for draft, kind in rated if kind.tier is Tier.ROOM], report)
    _of_twins(about_us, report)
    _of_rounds(sound, own, report)
    _of_cuts([draft for draft, kind, _step in own if kind.is_vote and draft.lists.choices], report)
    if today:
        _of_contacts(front.support, today, report)
    # Of a step that could not be read, nobody knows what it would have been.
    if sound and len(sound) == len(drafts):
        _of_end(sound, report)
        _of_length(sound, report)


def _of_step(draft: StepDraft, kind: type[Activity], step: Step, report: Report) -> None:
    if kind.asks_about_people and not step.content_note:
        expected = _("a block quote first: '> This asks how you are just now. You can pass.'")
        report.warn(draft.place, "W501", _("a step about people with no content note"), expected)
    if kind.is_vote and not step.right:
        expected = "`we decide`, `leaders may send back once`, `we advise …`, `for information`"
        report.warn(draft.place, "W502", _("a vote that does not say who decides"), expected)
    if step.right is Right.WE_ADVISE and step.tier is not Tier.ORGANISATION:
        message = _("whoever is advised here is not sent what the group says: it stays in the team's notes")
        report.warn(draft.at("right"), "W509", message, "`for the organisation`")
    if "by voice" in kind.settings and step.by_voice and not step.compares_roles:
        message = _("roles are never compared in such a step, so nobody is asked for theirs")
        report.warn(draft.at("by voice"), "W508", message, _("a step that is not kept in the room"))


def _of_names(draft: StepDraft, source: Source, report: Report) -> None:
    is_plan = draft.kind and draft.kind.plans_actions
    lines = () if is_plan else _texts((*draft.lists.choices, *draft.lists.numbered))
    for words in (draft.section.title, *lines):
        matches = (match for each in _PERSONS for match in each.finditer(words.text))
        if found := next((match for match in matches if not _NOT_PERSONS.fullmatch(match["name"])), None):
            place = source.place(words.line, found["name"], words.column - 1)
            message = _("{name} looks like one person's name in a question").format(name=quoted(found["name"]))
            report.warn(place, "W506", message, _("a question about how things are done, not about one person"))


def _texts(lines: Iterable[ListLine | ScaleLine]) -> list[Text]:
    """Give the words of lists with their places."""
    return [Text(line.text, line.line, line.column) for line in lines]


def _of_contacts(contacts: Iterable[Text], today: date, report: Report) -> None:
    expected = _("the day somebody last tried it: '(checked {today})'").format(today=today.isoformat())
    for contact in contacts:
        found = read_contact(contact.text)
        if found.checked is None:
            report.warn(contact.place, "W505", _("a support contact that does not say when it was checked"), expected)
        elif found.is_stale(today):
            report.warn(contact.place, "W505", _("a support contact checked more than six months ago"), expected)


def _of_end(sound: Sequence[_Sound], report: Report) -> None:
    steps = [step for _draft, _kind, step in sound]
    if not any(step.activity.checks_out or step.id == AFTERCARE for step in steps[-_LAST_STEPS:]):
        expected = _("`close`, a last `check-in`, or a `talk` with `id aftercare`")
        report.warn(sound[-1][0].place, "W503", _("no check-out or aftercare at the end"), expected)
    # A setting that could not be read may have been the time.
    if not report.has_errors and not any(step.minutes for step in steps):
        report.warn(sound[0][0].place, "W518", _("0 minutes in all: no step says how long it takes"), "`5 min`")


def _of_length(sound: Sequence[_Sound], report: Report) -> None:
    """Warn once of each stretch that has no break, at the step in which it gets too long."""
    minutes = 0
    for draft, _kind, step in sound:
        if step.activity.is_break and step.minutes >= _SHORTEST_BREAK:
            minutes = 0
            continue
        before, minutes = minutes, minutes + step.minutes
        if before <= _LONGEST_STRETCH < minutes:
            message = _("more than {n} minutes without a break").format(n=_LONGEST_STRETCH)
            expected = _("a `pause` of {n} minutes or more before it").format(n=_SHORTEST_BREAK)
            report.warn(draft.place, "W504", message, expected)


def _of_check_ins(drafts: Sequence[StepDraft], report: Report) -> None:
    for draft in drafts[1:]:
        message = _("a second check-in that is no other round of the one on line {line}")
        report.warn(draft.place, "W510", message.format(line=drafts[0].place[0]), f"`again {drafts[0].id}`")


def _of_twins(drafts: Sequence[StepDraft], report: Report) -> None:
    known: dict[tuple[str, int, int], tuple[StepDraft, tuple[str, ...]]] = {}
    for draft in drafts:
        scale = draft.lists.scale
        span = scale[0].low, scale[-1].high
        points = tuple(_folded(each.text) for each in scale)
        for line in _asked(draft):
            before, were = known.setdefault((_folded(line.text), *span), (draft, points))
            # Zones that were merged are the same scale, and other words for as many points are another.
            if before is not draft and (points == were or len(points) != len(were)):
                message = _("the same question on the same scale as in {id}").format(id=quoted(before.id))
                report.warn(line.place, "W511", message, _("`again {id}`, or other words").format(id=before.id))
                break


def _asked(draft: StepDraft) -> list[Text]:
    return _texts(draft.lists.numbered) or [draft.section.title]


def _of_rounds(sound: Sequence[_Sound], own: Sequence[_Sound], report: Report) -> None:
    looks: dict[str, int] = {}
    for draft, _kind, _step in sound:
        first = draft.first
        if not first or not first.kind or not first.step or "twice" not in first.kind.settings:
            continue
        looks[first.id] = looks.get(first.id, 1) + 1
        # A setting that the first step lacks is an error of its own.
        if not first.step.twice and "twice" not in draft.settings.said:
            message = _("a second look that nobody is told of before the first")
            expected = _("`twice` at the step {id}").format(id=quoted(first.id))
            report.warn(draft.at("again"), "W512", message, expected)
        elif first.step.twice and looks[first.id] > _MOST_LOOKS:
            message = _("a third look, which a small group will not be told")
            report.warn(draft.at("again"), "W512", message, _("two looks at most"))
    if any("again" in draft.settings.said for draft, _kind, _step in own):
        return  # an error, which may be about the second look
    for draft, kind, step in own:
        if "twice" in kind.settings and step.twice and draft.id not in looks:
            # A small group is told only the second look at a vote, and so nothing at all.
            message = _("a second look is announced, and no step takes it")
            expected = _("a later step with `again {id}`, or no `twice`").format(id=draft.id)
            report.warn(draft.at("twice"), "W512", message, expected)


def _of_cuts(votes: Sequence[StepDraft], report: Report) -> None:
    """Find votes that ask for a scale in pieces: one question with other limits, or one list in other bundles."""
    seen: dict[object, int] = {}
    for draft in votes:
        title = _folded(draft.section.title.text)
        pieces = frozenset(piece for line in draft.lists.choices for piece in _pieces(line.text))
        is_limit, is_bundled = _LIMIT.search(title), len(pieces) > len(draft.lists.choices)
        if not is_limit and not is_bundled:
            continue
        key = _LIMIT.sub("", title) if is_limit else pieces
        seen[key] = seen.get(key, 0) + 1
        if seen[key] >= _FEWEST_CUTS:
            message = _("vote number {n} that cuts one scale in two").format(n=seen[key])
            report.warn(draft.place, "W513", message, _("one question with all of its points: `scale`"))


def _pieces(text: str) -> Iterator[str]:
    """Take a choice apart: "1 to 3" is three answers, and "calm or steady" is two."""
    for part in re.split(r",|/|\bor\b|\band\b", _folded(text)):
        if span := _SPAN.fullmatch(part.strip()):
            yield from map(str, range(int(span[1]), int(span[2]) + 1))
        elif part.strip():
            yield part.strip()


def _of_persons(draft: StepDraft, report: Report) -> None:
    for text in (draft.section.title, *_asked(draft), *_texts(draft.lists.scale)):
        if found := _ONE_OF_US.search(text.text):
            message = _("{word} makes this a question about a person").format(word=quoted(found[0]))
            report.warn(text.place, "W514", message, _("words about how things are here, or a `check-in`"))
            break
    for line in draft.lists.numbered:
        if not line.about_leaders and _LEADERS.match(line.text):
            message = _("a line about leaders, which judges one person where only one leads")
            report.warn((line.line, line.column), "W521", message, _("`about leaders` before it, or behind its name"))


def _of_roles(draft: StepDraft, voices: Sequence[str], report: Report) -> None:
    """Find options revealing a role: "Staff: yes", "I lead, and I agree"."""
    roles = "|".join(
        sorted({re.escape(each.casefold().rstrip("s")) + "s?" for each in (*_ROLES, *voices)}, reverse=True)
    )
    speaker = re.compile(rf"(?:(?:i am|i['’]m|as|we are) )(?:an? )?({roles})\b|({roles})\s*[:,–—-]|.*\(({roles})\)$")
    found = [
        (text, next(filter(None, match.groups())).rstrip("s"))
        for text in _texts((*draft.lists.choices, *draft.lists.scale))
        if (match := speaker.match(_folded(text.text)))
    ]
    if len({role for _text, role in found}) > 1:
        text, role = found[0]
        message = _("a choice that also says who speaks: {role}").format(role=quoted(role))
        report.warn(text.place, "W515", message, _("answers alone, and `by voice` for roles"))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .!?:")
