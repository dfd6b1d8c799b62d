"""What a participant is told when they come, when the session moves, and when something is added."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tisu_tui.core.form import By, Option, Order, Pick
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import remark
from tisu_tui.plain.shown import adds_only, introduction, option_lines, reading_news, result_lines
from tisu_tui.plain.words import own_word
from tisu_tui.session.pen import PenState
from tisu_tui.session.readback import announced, left_open_words, record_words
from tisu_tui.session.session import State
from tisu_tui.view import phrases
from tisu_tui.view.arriving import closing_sentence, paused_sentence, screens_words
from tisu_tui.view.present_step import talked_about
from tisu_tui.view.view import View

_HEARD_AGAIN = 60
"""The most words of what is talked about that are said once more."""


def welcome_lines(view: View, come_back: Sequence[str]) -> list[str]:
    """Greet somebody, whenever they come; `come_back` says how they find their seat again, empty on a shared laptop."""
    lines = [
        phrases.welcome(),
        # A shared laptop is handed on, and its cover says what it keeps.
        _("This window keeps what is typed and read in it. Close it when you are done.") if come_back else "",
        *([phrases.can_come_back(), *come_back] if come_back else []),
        _("Type help to hear what you can type."),
        remark() if view.is_lobby else "",
        view.failing,
        *view.recap,
    ]
    if view.resumed:
        lines.append(phrases.back_again(asks_again=view.asks_again))
    if view.paused:
        lines.append(paused_sentence())
    if view.closes_soon:
        lines.append(closing_sentence())
    return list(filter(None, lines))


def help_lines(view: View | None, come_back: Sequence[str]) -> list[str]:
    """List the commands, the effect of leaving, and contacts for support; `come_back` is empty on a shared laptop."""
    support = "; ".join(view.support) if view else ""
    of_a_seat = [
        _("signal: tell the facilitator quietly that you would like a break, or it slower. Nobody can see who did."),
        _("language: be spoken to in another language."),
        _("leave: leave, and hear how to come back."),
        _("back and your three words: come back to the seat you had before."),
        _("control X: leave at once. It empties this screen and says only goodbye."),
        _("What you sent stays in unless you take it back first. You can come back."),
        phrases.cut_words(),
    ]
    return [
        _("Answer with a number, with several numbers, or with words, as the question says."),
        _("p or pass: pass. Pass is a real answer. Nobody sees who passed."),
        _("repeat: hear the question again, with its choices and who sees the answer."),
        _("labels: hear the choices alone. mine: hear your own answer, while the question is open."),
        _("more, or more 3: hear the rest of a result, or one part of it."),
        _("drop 2, or mend 2: new words: take out or mend a line of your own, where you can send several."),
        _("change: answer again from the first question of this step."),
        _("withdraw: take back all you answered in this step, until it closes."),
        _("soften 4: while the notes are read, asks in private for a line to be softened or left out."),
        _("too many screens: says in private that there are more screens than people."),
        _("pause, or control G: something to steady you. Nobody sees it."),
        _("A line that begins with > is always your words, even if it is one of these."),
        *(of_a_seat if come_back else [hand_on_words()]),
        *([screens_words(view.screens)] if view and view.screens else []),
        *come_back,
        *([_("If you want to talk to someone: {who}").format(who=support)] if support else []),
        *filter(None, [remark()]),
    ]


def hand_on_words() -> str:
    """Say how a shared laptop is handed on."""
    return _("next: clears this window and hands the laptop on, in the middle of a turn too.")


def arrival_lines(view: View, heard: Collection[str] = ()) -> list[str]:
    """Say where the session is now, without what was `heard` of a step before it opened.

    A question for everyone is asked elsewhere.
    """
    if view.is_ended:
        return ended_lines(view)
    if view.is_lobby:
        texts = (view.title, *(line for block in view.body for line in block.lines), *view.lobby[1:])
        return [*filter(None, texts), _("Waiting")]
    match view.place.state:
        case State.OPEN:
            return [] if view.asks_everyone else _talk_lines(view, heard)
        case State.SHOWN:
            return result_lines(view)
        case State.CLOSED:
            return [_("Waiting"), phrases.has_closed()]
        case _:
            return [
                _("Waiting"),
                _("Next is: {title}").format(title=view.heading),
                *filter(None, introduction(view)),
                *unsettled_lines(view),
            ]


def unsettled_lines(view: View) -> list[str]:
    """Say what is proposed, list the choices to settle before a question opens, and the available proposals."""
    unsettled = [view.unsettled, *option_lines(view.offered)] if view.unsettled else []
    return [*filter(None, [phrases.proposal_words(view.proposal)]), *unsettled]


def _talk_lines(view: View, heard: Collection[str]) -> list[str]:
    form = view.form
    assert form is not None
    lines = [_("Question: {title}").format(title=view.heading)]
    lines += [line for line in introduction(view) if line not in heard]
    about = talked_about(view.picture) if not form.fields else ()
    # Many of them were heard not long ago, and can be heard again.
    lines += about if sum(len(text.split()) for text in about) <= _HEARD_AGAIN else ()
    read: tuple[Option, ...] = ()
    # What is only asked after something else would be heard before its time.
    for field in (question for question in form.fields if not question.after):
        lines.append(field.title)
        options = field.options if isinstance(field, Pick | Order) else read
        if options != read:
            lines += option_lines(options)
            read = options
    talk = form.talk or _("We talk about this together.")
    lines += [*entry_lines(view, ()), view.promise, *_("Talk: {talk}").format(talk=talk).split("\n")]
    lines += _pen_lines(view.pen, PenState.WITH_SCRIBE) if view.pen is not PenState.WITH_SCRIBE else []
    return list(filter(None, lines))


def is_it_an_idea(word: str) -> str:
    """Ask whether a word of command is meant as words; empty where it is no such word."""
    meant = {
        "leave": _("or do you want to leave?"),
        "help": _("or do you want to hear what you can type?"),
        "signal": _("or do you want to signal something quietly?"),
        "too many screens": _("or do you want heads to be counted?"),
        "pause": _("or do you want to pause?"),
        "labels": _("or do you want to hear the question again?"),
        "repeat": _("or do you want to hear the question again?"),
        "mine": _("or do you want to hear your answers?"),
        "all": _("or do you want to hear all that is asked?"),
        "more": _("or do you want to hear more of a result?"),
        "change": _("or do you want to answer again from the first question?"),
        "withdraw": _("or do you want to take your answers back?"),
        "next": _("or do you want to hand the laptop on?"),
    }.get(word)
    if meant is None:
        return ""
    asked = _("Is that an idea, {meant} Type > {word} to send it, or {word} once more.")
    return asked.format(meant=meant, word=own_word(word))


def ended_lines(view: View) -> list[str]:
    """Say goodbye with care."""
    support = "; ".join(view.support)
    return [
        _("The end"),
        phrases.afterwards(),
        *([_("If you want to talk to someone: {who}").format(who=support)] if support else []),
        _("You can type leave now."),
    ]


def news_lines(before: View, view: View) -> list[str]:
    """Say what was written down, struck or shown since; empty when nothing was."""
    lines: list[str] = []
    if view.failing != before.failing:
        lines.append(view.failing or _("All is well again."))
    if view.counting and not before.counting:
        lines.append(view.counting)
    if view.asks and view.asks != before.asks:
        lines.append(view.asks)
    if view.resumed and not before.resumed:
        lines.append(phrases.back_again(asks_again=view.asks_again))
    if view.left_open and not before.left_open:
        lines += (left_open_words(), *ended_lines(view)[1:])
    if view.paused != before.paused:
        lines.append(paused_sentence() if view.paused else _("We go on."))
    if view.closes_soon and not before.closes_soon:
        lines.append(closing_sentence())
    written = [record for record in view.records if record not in before.records]
    is_read = view.place == before.place and bool(view.reading or before.reading)
    if is_read:
        lines += reading_news(before.reading, view.reading)
    elif not view.is_ended:
        lines += (_("Written down: {text}").format(text=announced(record)) for record in written)
        gone = [] if written else before.records
        lines += (_("Taken back: {text}").format(text=announced(each)) for each in gone if each not in view.records)
    if view.place != before.place:
        return lines
    if view.pen != before.pen:
        lines += _pen_lines(view.pen, before.pen)
    if (view.unsettled, view.proposal) != (before.unsettled, before.proposal):
        lines += unsettled_lines(view)
    lines += entry_lines(view, before.entries)
    is_changed = not is_read and (view.shown, view.reading) != (before.shown, before.reading)
    # What is written down beside a result was read out a line ago, and the result before.
    if is_changed and not adds_only(before, view, list(map(record_words, written))):
        lines += result_lines(view)
    if view.is_lobby:
        lines += _lobby_news(before, view)
    return lines


def _lobby_news(before: View, view: View) -> list[str]:
    """List what changed about the room; the way questions run stands for what no longer holds."""
    # How many screens there are is in help: with every arrival it would be read out once more.
    fresh = [line for line in view.lobby if line not in (*before.lobby, screens_words(view.screens))]
    return fresh or ([view.lobby[1]] if before.careful and not view.careful else [])


def _pen_lines(now: PenState, before: PenState) -> list[str]:
    """Say where the pen went; who took it has heard so already, and a line that was cut is nobody's news."""
    if now is PenState.OFFERED:
        return [phrases.pen_offered(), _("If that is you, type the word.")]
    if now is PenState.HELD and before is not PenState.AWAY:
        return [phrases.pen_is_out()]
    return [phrases.scribe_writes_again()] if now is PenState.WITH_SCRIBE else []


def entry_lines(view: View, before: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    """List the scribe's changed lines by heading."""
    if view.form is None or view.form.by is not By.SCRIBE or view.pen is PenState.MINE:
        return []  # whoever has the pen knows what they sent
    known, now = dict(before), dict(view.entries)
    lines: list[str] = []
    for title in {**now, **known}:
        texts = now.get(title, ())
        if known.get(title, ()) == texts:
            continue
        field = next((question for question in view.form.fields if question.title == title), None)
        labels = {option.id: option.label for option in field.options} if isinstance(field, Pick | Order) else {}
        heard = () if isinstance(field, Order) else known.get(title, ())
        fresh = [labels.get(text, text) for text in texts if text not in heard]
        said = "; ".join(fresh or (labels.get(text, text) for text in texts)) or _("nothing now")
        lines.append(_("Written down: {text}").format(text=_under(title, said)))
    return lines


def _under(title: str, said: str) -> str:
    if not title:
        return said
    return f"{title} {said}" if title.endswith((".", "?", "!", ":")) else f"{title}: {said}"
