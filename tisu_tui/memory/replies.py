"""What senior managers answer to a request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _


class Answer(StrEnum):
    """The four answers that a request can have."""

    AGREED = "agreed"
    IN_PART = "in-part"
    NOT_AGREED = "not-agreed"
    MORE = "need-to-know-more"


def answer_label(answer: Answer) -> str:
    """Say an answer as it is ticked and told."""
    return {
        Answer.AGREED: _("agreed"),
        Answer.IN_PART: _("agreed in part"),
        Answer.NOT_AGREED: _("not agreed, because"),
        Answer.MORE: _("we need to know more"),
    }[answer]


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered to a request, known by `SESSION.RECORD`; `answer` is None where none was ticked.

    `words` are a reason, or a question; `date` is the day of the answer, `by` the day it is promised for.
    """

    promise: str
    answer: Answer | None
    words: str = ""
    date: str = ""
    by: str = ""


def reply_words(reply: Reply) -> str:
    """Say a reply in one line, without its day."""
    label = answer_label(reply.answer) if reply.answer else ""
    said = f"{label}: {reply.words}" if label and reply.words else label or reply.words
    if reply.answer is Answer.NOT_AGREED and reply.words:
        said = f"{label} {reply.words}"
    return _("{said}, by {date}").format(said=said, date=reply.by) if reply.by else said
