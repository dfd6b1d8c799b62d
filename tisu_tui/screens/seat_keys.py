"""The footer of a participant's screen: the keys of the moment."""

from __future__ import annotations

from enum import Enum

from tisu_tui.core.form import keys_said
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.answering import Answering
from tisu_tui.screens.choosing import Choosing, Writing
from tisu_tui.screens.layout import Key
from tisu_tui.session.pen import PenState
from tisu_tui.view.view import View


class Over(Enum):
    """What lies over the page."""

    NOTHING = "nothing"
    HELP = "help"
    PAUSE = "pause"
    RETURN = "return"
    ANSWERS = "answers"
    TAKE_BACK = "take back"
    SOFTEN = "soften"
    SIGNAL = "signal"
    QUESTION = "question"
    LEAVE = "leave"


def own(over: Over, view: View | None, answering: Answering, *, came_late: bool, is_lent: bool) -> tuple[Key, ...]:
    """Name the keys of what has them now; `is_lent` is a turn on a shared laptop."""
    match over:
        case Over.HELP:
            return (("m", _("more screens than people?")), (_("any other key"), _("go back")))
        case Over.RETURN:
            takes_pen = view is not None and view.pen is PenState.OFFERED
            return (("enter", _("take the pen") if takes_pen else _("come back")), ("esc", _("not now")))
        case Over.ANSWERS:
            return ((_("arrows or digits"), _("choose")), ("enter", _("change it")), ("esc", _("go back")))
        case Over.TAKE_BACK:
            return (("enter", _("take back all I answered in this step")), (_("any other key"), _("keep it")))
        case Over.LEAVE:
            return (("enter", _("leave")), (_("any other key"), _("stay")))
        case Over.QUESTION:
            return (("enter", _("send")), ("esc", _("not now")))
        case Over.SIGNAL:
            return ((_("arrows or digits"), _("choose")), ("enter", _("send quietly")), ("esc", _("go back")))
        case Over.SOFTEN:
            return ((_("arrows or digits"), _("choose")), ("enter", _("ask in private")), ("esc", _("go back")))
    if answering.musing is not None:
        _number, several = answering.musing.place
        return (("enter", _("a new line")), *((("tab", _("next question")),) if several > 1 else ()))
    if answering.asking is not None:
        return _asked(answering)
    if view is not None and view.asks_everyone:
        on: tuple[Key, ...] = (("enter", _("clear it and hand it on")),) if is_lent else ()
        return (*on, ("c", _("change")), ("w", _("take back")))
    if view is not None and any(line.number for line in view.reading):
        return (("s", _("ask in private to soften a line")),)
    if view is not None and view.pen is PenState.OFFERED and not is_lent:
        return (("f2", _("I know the word for the pen")),)
    is_new = view is not None and not is_lent and (view.is_lobby or came_late)
    return (("f2", _("I was here before")),) if is_new else ()


def _asked(answering: Answering) -> tuple[Key, ...]:
    back: tuple[Key, ...] = (("esc", _("keep it as it is")),) if answering.changing else ()
    match answering.asking:
        case Choosing() as asked:
            going = _("choose") if asked.is_single else _("give a place") if asked.gives_places else _("go to")
            between = _("{first} to {last}").format(first="", last="")
            go = (keys_said(asked.question.options).replace(between, "–").replace(",", ""), going)
            mark: tuple[Key, ...] = () if asked.is_single else (("space", _("choose")),)
            change: tuple[Key, ...] = (("c", _("change an answer")),) if answering.met and not back else ()
            return (go, *mark, ("enter", _("send")), ("p", _("pass")), *change, *back)
        case Writing(question=field, draft=draft):
            kept: tuple[Key, ...] = (("ctrl+y", _("put in kept words")),) if answering.kept and draft.is_empty else ()
            return (("enter", _("send") if field.many == 1 else _("add a line")), ("ctrl+k", _("pass")), *kept, *back)
    return ()
