"""How to join: one page for each person, with the two warnings that an SSH client may show."""

from __future__ import annotations

from collections.abc import Iterator

from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import language_name, languages, speaking
from tisu_tui.notes.markdown import table, words
from tisu_tui.session.workshop import Workshop
from tisu_tui.sheets.blocks import page
from tisu_tui.sheets.invitation import Occasion


def joining(workshop: Workshop, occasion: Occasion) -> bytes:
    """Write the sheet for participants."""
    return page(*_parts(workshop, occasion))


def _in_each(workshop: Workshop) -> Iterator[str]:
    """Say in each language how to be spoken to in it."""
    tags = (*languages(), *(translation.language for translation in workshop.translations))
    for tag in dict.fromkeys(tags):
        if tag != workshop.language:
            with speaking(tag):
                said = _("{language}: type {wish} after the code, or press {key} later.")
                yield f"- {said.format(language=language_name(tag), wish=f'`+{tag}`', key='`f4`')}"


def _parts(workshop: Workshop, occasion: Occasion) -> Iterator[str]:
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
