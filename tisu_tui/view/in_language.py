"""A session as it is told in another language than its own: ids and numbers stay, and labels are put in its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tisu_tui.core.activity import Given
from tisu_tui.core.form import Form, Option, Pick, Write
from tisu_tui.core.later import Row
from tisu_tui.core.released import Released, ReleasedTally, ReleasedVoice
from tisu_tui.core.size import Size
from tisu_tui.core.translation import speaking
from tisu_tui.privacy.roles import FIELD as VOICE
from tisu_tui.session.last_time import Earlier
from tisu_tui.session.session import Round, Session
from tisu_tui.session.translations import in_words_of
from tisu_tui.session.workshop import Workshop

_SIZES = (Size(1), Size(3), Size(6), Size(12))
"""One of each way in which a step runs: what is asked differs by it."""

Words = Mapping[tuple[str, str], str]
"""The words for a label, by the step that it is asked in and, where that step does not know it, by no step."""


class Telling:
    """Tells one room's session in other languages; what hangs on the workshop alone is worked out once."""

    def __init__(self) -> None:
        self._workshops: dict[str, tuple[Workshop, Workshop, Words]] = {}

    def told(self, session: Session, tag: str) -> Session:
        """Give the session as people read it who are spoken to in a language."""
        if tag == session.workshop.language:
            return session
        known = self._workshops.get(tag)
        if known is None or known[0] is not session.workshop:
            own = in_words_of(session.workshop, tag)
            known = self._workshops[tag] = (session.workshop, own, _words(session.workshop, own, tag))
        _base, own, words = known
        return replace(
            session,
            workshop=own,
            rounds=tuple(_round(round_, words, _voices(session.workshop, own)) for round_ in session.rounds),
            prepared=tuple((step, _options(options, step, words)) for step, options in session.prepared),
            earlier=tuple(_earlier(earlier, words) for earlier in session.earlier),
        )


def _words(base: Workshop, own: Workshop, tag: str) -> Words:
    """Put each label of a workshop beside the one with the same id in another language."""
    found: dict[tuple[str, str], str] = {}
    for was, now in zip(base.steps, own.steps, strict=True):
        with speaking(base.language):
            before = [was.activity.form(Given(), size) for size in _SIZES]
        with speaking(tag):
            after = [now.activity.form(Given(), size) for size in _SIZES]
        pairs = [*_pairs(before, after), *_labels(was.activity.own_options, now.activity.own_options)]
        for text, said in ((was.title, now.title), *pairs):
            if text and said:
                found.setdefault((was.id, text), said)
                found.setdefault(("", text), said)
    return found


def _pairs(before: Iterable[Form], after: Iterable[Form]) -> Iterator[tuple[str, str]]:
    for was, now in zip(before, after, strict=True):
        for field in was.fields:
            own = now.field(field.id)
            if own is None:
                continue
            yield field.title, own.title
            if not isinstance(field, Write) and not isinstance(own, Write):
                yield from _labels(field.options, own.options)


def _labels(before: Iterable[Option], after: Iterable[Option]) -> Iterator[tuple[str, str]]:
    own = {each.id: each for each in after}
    for option in before:
        if option.id in own:
            yield option.label, own[option.id].label
            yield option.name, own[option.id].name


def _said(text: str, step: str, words: Words) -> str:
    return words.get((step, text)) or words.get(("", text)) or text


def _options(options: tuple[Option, ...], step: str, words: Words) -> tuple[Option, ...]:
    return tuple(
        replace(option, label=_said(option.label, step, words), name=_said(option.name, step, words))
        for option in options
    )


def _round(each: Round, words: Words, voices: Mapping[str, str]) -> Round:
    closed = each.closed and _released(each.closed, each.counts_as, words, voices)
    return replace(each, closed=closed, options=_options(each.options, each.counts_as, words))


def _released(released: Released, step: str, words: Words, voices: Mapping[str, str]) -> Released:
    return replace(
        released,
        tallies=_tallies(released.tallies, step, words),
        options=_options(released.options, step, words),
        voices=tuple(
            ReleasedVoice(voices.get(voice.voice, voice.voice), _tallies(voice.tallies, step, words))
            for voice in released.voices
        ),
    )


def _tallies(tallies: tuple[ReleasedTally, ...], step: str, words: Words) -> tuple[ReleasedTally, ...]:
    return tuple(
        replace(tally, title=_said(tally.title, step, words), options=_options(tally.options, step, words))
        for tally in tallies
    )


def _earlier(each: Earlier, words: Words) -> Earlier:
    def own(row: Row) -> Row:
        scale = tuple(_said(point, each.step, words) for point in row.scale)
        middle = tuple(_said(point, each.step, words) for point in row.middle)
        return replace(row, label=_said(row.label, each.step, words), scale=scale, middle=middle)

    return replace(each, rows=tuple(map(own, each.rows)))


def _voices(base: Workshop, own: Workshop) -> Mapping[str, str]:
    return dict(zip(base.voices, own.voices, strict=True))


def in_own_roles(own: Session, told: Session, form: Form) -> Form:
    """Let roles be chosen by the ids that they have in the workshop's own language."""
    asked = form.field(VOICE)
    if not isinstance(asked, Pick) or told.workshop.voices == own.workshop.voices:
        return form
    ids = zip(own.workshop.voices, asked.options, strict=True)
    roles = replace(asked, options=tuple(replace(option, id=voice) for voice, option in ids))
    return replace(form, fields=tuple(roles if question is asked else question for question in form.fields))
