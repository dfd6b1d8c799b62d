"""The steps of a workshop: settings, lists and what one step takes from another, read by their kinds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from tisu_tui.activities import kinds
from tisu_tui.core.activity import Activity, Given, StepSource, Tier, WorkshopProblem
from tisu_tui.core.did_you_mean import guess
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.form import Write
from tisu_tui.core.promise_lines import read_promise
from tisu_tui.core.size import FLOOR, Size
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking
from tisu_tui.session.workshop import Block, Step
from tisu_tui.workshop.front_matter import FrontMatter
from tisu_tui.workshop.lists import Lists, id_of, read_lists
from tisu_tui.workshop.markdown import Node, Section, blocks, plain
from tisu_tui.workshop.minutes import MOST_MINUTES, minutes_in_heading, minutes_in_words
from tisu_tui.workshop.settings import (
    Settings,
    code_spans,
    looks_like_settings,
    looks_like_settings_in_words,
    read_settings,
    starts_like_settings,
)
from tisu_tui.workshop.source import Report, Source

_ANY_DAY = dt.date(2026, 1, 1)
"""Stands for the day of the session, from which a day like Friday will count."""


@dataclass(slots=True)
class StepDraft:
    """A step while it is read; `step` is missing as long as something is wrong with it."""

    section: Section
    settings: Settings
    id: str
    nodes: list[Node]
    kind: type[Activity] | None = None
    lists: Lists = field(default_factory=Lists)
    first: StepDraft | None = None
    """The step that this one runs again."""
    step: Step | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Where the heading stands."""
        return self.section.title.line, 1

    def at(self, name: str) -> tuple[int, int]:
        """Position of a setting, or else of its heading."""
        return self.settings.said[name].place if name in self.settings.said else self.place


def read_steps(sections: Sequence[Section], front: FrontMatter, source: Source, report: Report) -> list[StepDraft]:
    """Read every step, in order."""
    drafts = [_draft(section, n, source, report) for n, section in enumerate(sections, 1)]
    earlier: dict[str, StepDraft] = {}
    all_ = {each.id: each for each in reversed(drafts)}
    for draft in drafts:
        _StepReader(draft, earlier, all_, front, source, report).read()
        if draft.id in earlier:
            line = earlier[draft.id].section.title.line
            message = _("the id {id} is already used by the step on line {line}")
            expected = _("another heading, or a setting like `id second-vote`")
            report.add(draft.at("id"), "T210", message.format(id=quoted(draft.id), line=line), expected)
        earlier.setdefault(draft.id, draft)
    return drafts


def _draft(section: Section, number: int, source: Source, report: Report) -> StepDraft:
    """Find the settings line: the first paragraph, when it is nothing but code spans."""
    settings = Settings()
    nodes = section.nodes
    above = len(list(takewhile(lambda node: node.type == "blockquote", nodes)))
    spans = code_spans(nodes[above], source) if above < min(len(nodes), 2) else None
    if spans:
        settings = read_settings(spans, report)
        nodes = [*nodes[:above], *nodes[above + 1 :]]
    elif above < len(nodes) and starts_like_settings(nodes[above]):
        message = _("words in the settings line")
        expected = _("nothing but settings there, and the words in a paragraph below")
        report.add((nodes[above].line, 1), "T312", message, expected)
        settings.is_sound = False
    elif above < len(nodes) and looks_like_settings_in_words(nodes[above], source):
        message = _("this looks like a settings line without its backticks, and is shown to people as words")
        report.warn((nodes[above].line, 1), "W526", message, _("each setting between backticks: `talk` `5 min`"))
    for node in nodes:
        late = code_spans(node, source)
        if late and looks_like_settings(late):
            report.add(late[0].place, "T311", _("a settings line that does not come first"), _("it under the heading"))
            settings.is_sound = False
    _read_time_beside(section, settings, nodes, report)
    name = settings.id or id_of(section.title.text, f"step-{number}")
    return StepDraft(section, settings, name, nodes)


def _read_time_beside(section: Section, settings: Settings, nodes: list[Node], report: Report) -> None:
    """Take a time that stands in a heading or behind `Time:`, and warn that people read it there."""
    title = section.title
    found = minutes_in_heading(title.text)
    place, minutes = title.place, found[0] if found else 0
    for node in nodes if not minutes else ():
        if node.type == "paragraph" and node.children and (told := minutes_in_words(plain(node.children[0].inline))):
            place, minutes = (node.line, 1), told
            break
    if not 1 <= minutes <= MOST_MINUTES:
        return
    expected = _("`{n} min` in the settings line, and not here").format(n=settings.minutes or minutes)
    report.warn(place, "W517", _("a time among the words that people read"), expected)
    settings.minutes = settings.minutes or minutes


@dataclass(slots=True)
class _StepReader:
    """Reads one step, with the others at hand by their ids: those before it, and all."""

    draft: StepDraft
    earlier: dict[str, StepDraft]
    all: dict[str, StepDraft]
    front: FrontMatter
    source: Source
    report: Report

    @property
    def settings(self) -> Settings:
        return self.draft.settings

    def read(self) -> None:
        """Read the step as far as it can be understood, and report all that is wrong with it."""
        draft, settings = self.draft, self.settings
        self._take_requests()
        giver = self._find("from", settings.from_id, "T211")
        if giver and giver.kind and giver.kind.offers is Activity.offers:
            message = _("the step {id} has nothing to give").format(id=quoted(settings.from_id))
            self.report.add(draft.at("from"), "T213", message, _("a step that gathers or chooses"))
        if settings.again_id:
            first = self._find("again", settings.again_id, "T212")
            if first and first.kind and settings.is_sound:
                draft.first, draft.kind = first.first or first, first.kind
                self._read_again(draft.first)
            return
        if not settings.is_sound:
            return
        kind = draft.kind = kinds()[settings.name]
        self._check_kind_settings(kind)
        self._check_tier(kind)
        self._check_giver(kind, giver)
        self._read_lists(kind)
        argument = self._argument(kind)
        written = StepSource(
            kind=settings.name,
            title=draft.section.title.text,
            line=draft.place[0],
            argument=argument,
            choices=tuple(draft.lists.choices),
            numbered=tuple(draft.lists.numbered),
            scale=tuple(draft.lists.scale),
            settings=frozenset(settings.flags),
            takes_options=bool(settings.from_id),
            of=settings.of,
            quorum=settings.quorum,
            figure=settings.figure,
        )
        try:
            # What a kind adds to the labels that people choose from is in the language of the file.
            with speaking(self.front.workshop.language):
                activity = kind.read(written)
        except WorkshopProblem as wrong:
            # That the step has too few lines follows from a line that could not be read.
            self.report.extend(
                problem for problem in wrong.problems if draft.lists.is_sound or problem.line != draft.place[0]
            )
            return
        self._check_sheet(kind, activity)
        if not draft.lists.is_sound:
            return
        draft.step = self._step(activity, kind)

    def _take_requests(self) -> None:
        """Leave out `from requests` where a kind takes them anyway."""
        kind = kinds().get(self.settings.name)
        if self.settings.from_id == "requests" and kind and kind.takes_requests:
            self.settings.from_id = ""
            self.settings.said.pop("from", None)

    def _step(self, activity: Activity, kind: type[Activity]) -> Step:
        draft, settings = self.draft, self.settings
        note, body = _note_and_body(draft.lists.rest)
        return Step(
            id=draft.id,
            title=draft.section.title.text,
            kind=settings.name,
            activity=activity,
            tier=settings.tier or kind.tier,
            minutes=settings.minutes,
            from_id=_rounds_of(self.earlier.get(settings.from_id)),
            by_voice="by voice" in settings.flags,
            random_order="random order" in settings.flags,
            twice="twice" in settings.flags,
            right=settings.right,
            advises=settings.advises,
            content_note=note,
            body=body,
            notes=tuple(draft.section.notes),
            sheet=settings.sheet,
            planned=self._planned() if kind.plans_actions else (),
        )

    def _planned(self) -> tuple[str, ...]:
        """Give the actions of the file as they are written there; who and by when are read once the day is known."""
        for line in self.draft.lists.choices:
            try:
                read_promise(line.text, _ANY_DAY)
            except ValueError as problem:
                expected = _("who and by when, like: Book the room — @sam, due 2026-12-01")
                self.report.add((line.line, line.column), "T418", str(problem), expected)
        return tuple(line.text for line in self.draft.lists.choices)

    def _read_again(self, first: StepDraft) -> None:
        """Make another round of an earlier step: the same activity, with its own words, time and notes."""
        draft, settings, of_first = self.draft, self.settings, first.settings
        again = quoted(settings.again_id)
        written = settings.kind
        differs = (settings.argument or of_first.argument) != of_first.argument
        if written and (written.text != of_first.name or differs):
            kind = f"{of_first.name} {of_first.argument}".strip()
            message = _("another kind than the step {id} it runs again").format(id=again)
            self.report.add(written.place, "T214", message, _("`{kind}`, or no kind").format(kind=kind))
        for name in ("tier", *sorted(settings.of_a_kind)):
            if name in settings.said and _value(settings, name) != _value(of_first, name):
                message = _("another setting than the step {id} it runs again has").format(id=again)
                self.report.add(draft.at(name), "T306", message, _("the same one, or none"))
        if settings.sheet:
            message = _("a page for a step that runs {id} again").format(id=again)
            self.report.add(draft.at("page"), "T314", message, _("it at that step: the page has the last round"))
        self._read_lists(first.kind)
        if draft.lists.first:
            message = _("a list in a step that runs {id} again").format(id=again)
            self.report.add(draft.lists.first, "T409", message, _("no list: that step's list is used"))
        if not first.step:
            return
        note, body = _note_and_body(draft.lists.rest)
        draft.step = replace(
            first.step,
            id=draft.id,
            title=draft.section.title.text,
            minutes=settings.minutes,
            again_id=first.step.counts_as,
            right=settings.right or first.step.right,
            advises=settings.advises if settings.right else first.step.advises,
            content_note=note or first.step.content_note,
            body=body or first.step.body,
            notes=tuple(draft.section.notes),
            sheet=None,
            planned=(),
        )

    def _find(self, name: str, wanted: str, code: str) -> StepDraft | None:
        """Find the earlier step that a setting names."""
        if not wanted or wanted in self.earlier:
            return self.earlier.get(wanted)
        if wanted in self.all:
            line = self.all[wanted].section.title.line
            message = _("the step {id} is on line {line}, not before this one")
            message = message.format(id=quoted(wanted), line=line)
        else:
            message = _("no step has the id {id}").format(id=quoted(wanted)) + guess(wanted, self.earlier)
        expected = _("an earlier step: {ids}").format(ids=", ".join(list(self.earlier)[-8:]) or _("there is none"))
        self.report.add(self.draft.at(name), code, message, expected)
        return None

    def _argument(self, kind: type[Activity]) -> str:
        """Check what follows the kind's name; gives what the kind should read."""
        argument = self.settings.argument
        if any(_fits(argument, form) for form in kind.arguments):
            return argument
        name = self.settings.name
        written = [f"`{name} {form.replace('N', '3')}`".replace(" `", "`") for form in kind.arguments]
        message = _("{kind} is not how it is written").format(kind=quoted(f"{name} {argument}".strip()))
        place = self.settings.kind.place if self.settings.kind else self.draft.place
        self.report.add(place, "T301", message, ", ".join(written))
        # The kind still reads the rest, with a count that causes no problem of its own.
        return kind.arguments[0].replace("N", "1")

    def _check_kind_settings(self, kind: type[Activity]) -> None:
        for name in sorted(self.settings.of_a_kind - kind.settings):
            message = _("{kind} has no setting {name}").format(kind=quoted(self.settings.name), name=quoted(name))
            others = ", ".join(sorted(kind.settings)) or _("none of its own")
            self.report.add(self.draft.at(name), "T307", message, others)
        if "by voice" in self.settings.flags & kind.settings and self.front.is_sound and not self.front.workshop.voices:
            message = _("by voice, but the front matter names no voices")
            self.report.add(self.draft.at("by voice"), "T310", message, _("voices: [leader, staff] at the top"))

    def _check_sheet(self, kind: type[Activity], activity: Activity) -> None:
        """Check that a step with its own page has words for it that may leave the room."""
        if not self.settings.sheet:
            return
        tier = self.settings.tier or kind.tier
        fields = activity.form(Given(), Size(FLOOR)).fields
        has_words = kind.page is not Activity.page or any(
            isinstance(question, Write) and question.record for question in fields
        )
        if tier is Tier.ROOM or not (has_words or kind.is_vote):
            message = _("nothing of this step can stand on a page of its own")
            expected = _("a step that writes something down for the team, like `draft`, `capture` or `review`")
            self.report.add(self.draft.at("page"), "T314", message, expected)

    def _check_tier(self, kind: type[Activity]) -> None:
        if kind.tier is Tier.ROOM and self.settings.tier not in {None, Tier.ROOM}:
            message = _("what is about a person can't leave the room")
            self.report.add(self.draft.at("tier"), "T313", message, _("`kept in the room`, or nothing"))

    def _check_giver(self, kind: type[Activity], giver: StepDraft | None) -> None:
        """Check that words kept in the room never become options elsewhere."""
        stays = giver is not None and giver.step is not None and giver.step.tier is Tier.ROOM
        if stays and (self.settings.tier or kind.tier) is not Tier.ROOM:
            message = _("what is kept in the room would leave it in the choices of this step")
            self.report.add(self.draft.at("from"), "T315", message, _("`kept in the room` here too, or not there"))

    def _read_lists(self, kind: type[Activity] | None) -> None:
        used = kind.lists if kind else frozenset()
        name = self.settings.name
        self.draft.lists = read_lists(self.draft.nodes, name, used, self.source, self.report)


def _rounds_of(draft: StepDraft | None) -> str:
    """Return the id of a step's rounds, so that later steps use the last of them."""
    if draft is None:
        return ""
    return draft.step.counts_as if draft.step else draft.id


def _value(settings: Settings, name: str) -> object:
    """Give a setting as it compares between a step and another round of it."""
    if name == "tier":
        return settings.tier or kinds()[settings.name].tier
    own = {"from": settings.from_id, "quorum": settings.quorum, "figure": settings.figure, "of": settings.of}
    return own.get(name, name in settings.flags)


def _fits(argument: str, form: str) -> bool:
    return re.fullmatch(re.escape(form).replace("N", r"[0-9]{1,3}"), argument) is not None


def _note_and_body(nodes: list[Node]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Part the block quote at the start of a step, its content note, from what follows."""
    if nodes and nodes[0].type == "blockquote":
        return blocks(nodes[:1]), blocks(nodes[1:])
    return (), blocks(nodes)
