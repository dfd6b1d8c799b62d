"""What goes to people: the invitation, with what will be asked and who sees the answers, and how to join."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tisu_tui.core.contacts import read_contact
from tisu_tui.core.form import Order, Pick
from tisu_tui.core.size import FLOOR, Size, Way
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import language_name, languages, ngettext, speaking
from tisu_tui.notes.escaping import table, words
from tisu_tui.privacy.record import Record
from tisu_tui.session.decisions import right_words
from tisu_tui.session.workshop import Step, Workshop
from tisu_tui.sheets.blocks import BLANK, Occasion, page, written
from tisu_tui.view.arriving import careful_sentence

# Between two sentences; a very short one stays with the one before it.
_ENDS = re.compile(r"(?<=\.) (?=[^.]{16})")
_SIZES = (FLOOR + 5, FLOOR, FLOOR - 2)
"""A room of each way to run: in full, small, and aloud."""


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
    return bool(step.form_for(_SIZES[0]).fields)


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
    fields = [question for question in step.form_for(_SIZES[0]).fields if isinstance(question, Pick | Order)]
    titles = list(dict.fromkeys(question.title for question in fields if question.title))
    if len(titles) > 1:
        return titles
    return [option.label for option in fields[0].options if option.label] if len(fields) == 1 else []


def _promises(workshop: Workshop, occasion: Occasion) -> Iterator[str]:
    for people in (occasion.people,) if occasion.people else _SIZES:
        size = Size(people)
        which, way = _by_size(size)
        if not occasion.people:
            yield f"**{which}**"
        yield way
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
        record = Record(step.question, twice=twice, careful=workshop.careful, trend=workshop.trend_numbers)
        said = step.promised(Size(people), step.form_for(people, workshop.voices, careful=workshop.careful), record)
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


def _by_size(size: Size) -> tuple[str, str]:
    """Say for how many people something holds, and what that is."""
    match size.way:
        case Way.FULL:
            which = _("If eight or more of us come")
            way = _("Answers are secret. The room sees results after a question has closed. Some may not show.")
        case Way.SMALL:
            which = _("If five to seven of us come")
            way = _("Answers are secret, and no numbers show. With so few people that is normal.")
        case _:
            which = _("If fewer of us come")
            way = _("We talk, and nothing secret is asked on screens. The scribe writes down what we agree.")
    return which, way


def joining(workshop: Workshop, occasion: Occasion) -> bytes:
    """Write the sheet for participants."""
    return page(*_joining(workshop, occasion))


def _joining(workshop: Workshop, occasion: Occasion) -> Iterator[str]:
    code = _("CODE")
    yield f"# {_('How to join')}"
    yield words(f"{workshop.title}. {occasion.when}, {occasion.where}.")
    yield f"## {_('On a laptop')}"
    yield _("1. Open the program called **Terminal** (on Windows, **Terminal** or **PowerShell**).")
    yield _("2. Type the line that is on the big screen, and press Enter. It looks like this:")
    yield f"       {occasion.line(code)}"
    yield f"## {_('On a phone')}"
    yield _(
        "Before the day, put an app for SSH on it: on Android for example *ConnectBot* or *Termux*, on an iPhone for "
        "example *Termius* or *Blink*. On the day, read the QR code on the big screen, or type what stands beside it."
    )
    yield f"## {_('It asks about a fingerprint. What do I do?')}"
    yield _("The first time, it says something like this, and waits:")
    yield (
        f"    The authenticity of host '{occasion.host}' can't be established.\n"
        "    ED25519 key fingerprint is SHA256:…\n"
        "    Are you sure you want to continue connecting (yes/no/[fingerprint])?"
    )
    yield _(
        "Look at the fingerprint on the big screen. If it is the same, type `yes` and press Enter. If it is not, type "
        "`no` and tell the person who leads the session."
    )
    yield f"## {_('It says that identification has changed. What do I do?')}"
    yield "    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!"
    yield _(
        "You did nothing wrong. Most often another laptop had this address before. Tell the person who leads the "
        "session. If they say that it is fine, type this line, then join again and look at the fingerprint as above:"
    )
    yield f"    ssh-keygen -R '{occasion.host}'"
    yield f"## {_('While you are there')}"
    rows = (
        ("p", _("pass, on any question; while typing, ctrl+k. Nobody sees who passed")),
        ("space, enter", _("choose, then send")),
        ("c, w", _("change or take back an answer, until the question closes")),
        ("ctrl+g", _("a quiet moment for yourself. It leaves no trace")),
        ("ctrl+x", _("leave at once. The window is cleared")),
        ("f1, ?", _("help, and who there is to talk to")),
    )
    yield table([_("Key"), _("What it does")], [(f"`{key}`", words(told)) for key, told in rows])
    yield _(
        "**Keep the three words** that it shows you. If your phone locks or the line drops, they bring you back to "
        "your answer: type a plus and the words after the code, like this:"
    )
    yield f"    {occasion.line(_('CODE+three-of-these-words'))}"
    yield f"## {_('With a screen reader, or a very simple window')}"
    yield _("Type `+plain` after the code: the same session, as numbered lines. The window keeps what you typed.")
    yield f"    {occasion.line(_('CODE+plain'))}"
    yield f"## {_('In another language')}"
    yield "\n".join(_in_each(workshop))
    yield f"## {_('Without a device')}"
    yield _("That is fine. Say so at the door: a laptop goes round, or there is a paper ballot.")
    yield _("Your own computer may keep the line that you typed. It does not keep your answers.")


def _in_each(workshop: Workshop) -> Iterator[str]:
    """Say in each language how to be spoken to in it."""
    tags = (*languages(), *(translation.language for translation in workshop.translations))
    for tag in dict.fromkeys(tags):
        if tag != workshop.language:
            with speaking(tag):
                said = _("{language}: type {wish} after the code, or press {key} later.")
                yield f"- {said.format(language=language_name(tag), wish=f'`+{tag}`', key='`f4`')}"
