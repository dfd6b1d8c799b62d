"""Warnings of what several questions of one file can tell together, though none of them would alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tisu_tui.core.activity import ListLine, ScaleLine, Tier
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.translation import gettext as _
from tisu_tui.workshop.front_matter import FrontMatter
from tisu_tui.workshop.source import Report, Text
from tisu_tui.workshop.steps import StepDraft

_MOST_LOOKS = 2
_FEWEST_CUTS = 3

_PERSON = re.compile(r"\b(?:(?i:you|your|yours|yourself|my|myself)|I|(?<!like )[Mm]e)\b")
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


def texts(lines: Iterable[ListLine | ScaleLine]) -> list[Text]:
    """Give the words of lists with their places."""
    return [Text(line.text, line.line, line.column) for line in lines]


def advise_of_looks(front: FrontMatter, drafts: Sequence[StepDraft], report: Report) -> None:
    """Warn of questions looking twice at the same answers, and of words about a person."""
    sound = [each for each in drafts if each.kind and each.step]
    for warn in (_of_check_ins, _of_twins, _of_rounds, _of_cuts):
        warn(sound, report)
    for draft in sound:
        if not draft.first:
            _of_persons(draft, report)
            _of_leaders(draft, report)
            _of_roles(draft, front.workshop.voices, report)


def _of_check_ins(drafts: Sequence[StepDraft], report: Report) -> None:
    first: StepDraft | None = None
    for draft in drafts:
        if not draft.kind or draft.first or "scale" not in draft.kind.lists or draft.kind.tier is not Tier.ROOM:
            continue
        if first:
            message = _("a second check-in that is no other round of the one on line {line}")
            report.warn(draft.place, "W510", message.format(line=first.place[0]), f"`again {first.id}`")
        first = first or draft


def _of_twins(drafts: Sequence[StepDraft], report: Report) -> None:
    known: dict[tuple[str, int, int], tuple[StepDraft, tuple[str, ...]]] = {}
    for draft in drafts:
        scale = draft.lists.scale
        if draft.first or not _is_about_us(draft):
            continue
        span = scale[0].low, scale[-1].high
        points = tuple(_folded(each.text) for each in scale)
        for line in _asked(draft):
            before, were = known.setdefault((_folded(line.text), *span), (draft, points))
            # Zones that were merged are the same scale, and other words for as many points are another.
            if before is not draft and (points == were or len(points) != len(were)):
                message = _("the same question on the same scale as in {id}").format(id=quoted(before.id))
                report.warn(line.place, "W511", message, _("`again {id}`, or other words").format(id=before.id))
                break


def _is_about_us(draft: StepDraft) -> bool:
    return draft.kind is not None and "scale" in draft.kind.lists and draft.kind.tier is not Tier.ROOM


def _asked(draft: StepDraft) -> list[Text]:
    return texts(draft.lists.numbered) or [draft.section.title]


def _of_rounds(drafts: Sequence[StepDraft], report: Report) -> None:
    looks: dict[str, int] = {}
    for draft in drafts:
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
    if any("again" in draft.settings.said and not draft.first for draft in drafts):
        return  # an error, which may be about the second look
    for draft in drafts:
        can_be = draft.kind and "twice" in draft.kind.settings and not draft.first
        if can_be and draft.step and draft.step.twice and draft.id not in looks:
            # A small group is told only the second look at a vote, and so nothing at all.
            message = _("a second look is announced, and no step takes it")
            expected = _("a later step with `again {id}`, or no `twice`").format(id=draft.id)
            report.warn(draft.at("twice"), "W512", message, expected)


def _of_cuts(drafts: Sequence[StepDraft], report: Report) -> None:
    """Find votes that ask for a scale in pieces: one question with other limits, or one list in other bundles."""
    seen: dict[object, int] = {}
    for draft in drafts:
        if not (draft.kind and draft.kind.is_vote) or draft.first or not draft.lists.choices:
            continue
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
    if not _is_about_us(draft):
        return
    for text in (draft.section.title, *_asked(draft), *texts(draft.lists.scale)):
        if found := _PERSON.search(text.text):
            message = _("{word} makes this a question about a person").format(word=quoted(found[0]))
            report.warn(text.place, "W514", message, _("words about how things are here, or a `check-in`"))
            break


def _of_leaders(draft: StepDraft, report: Report) -> None:
    if not _is_about_us(draft):
        return
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
        for text in texts((*draft.lists.choices, *draft.lists.scale))
        if (match := speaker.match(_folded(text.text)))
    ]
    if len({role for _text, role in found}) > 1:
        text, role = found[0]
        message = _("a choice that also says who speaks: {role}").format(role=quoted(role))
        report.warn(text.place, "W515", message, _("answers alone, and `by voice` for roles"))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .!?:")
