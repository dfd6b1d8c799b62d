"""What senior managers answer to a request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tisu_tui.core.days import in_words
from tisu_tui.core.translation import gettext as _


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
class RequestReply:
    """What was answered to a request, known by `SESSION.RECORD`; `answer` is None where none was ticked.

    `words` are a reason, or a question; `date` is the day of the answer, `by` the day it is promised for.
    """

    promise: str
    answer: Answer | None
    words: str = ""
    date: str = ""
    by: str = ""


def reply_words(reply: RequestReply) -> str:
    """Say a reply in one line, without its day."""
    label = answer_label(reply.answer) if reply.answer else ""
    if reply.answer is Answer.NOT_AGREED and not reply.words:
        label = label.partition(",")[0]  # a no without a reason
    said = f"{label}: {reply.words}" if label and reply.words else label or reply.words
    if reply.answer is Answer.NOT_AGREED and reply.words:
        said = f"{label} {reply.words}"
    if not reply.by:
        return said
    by, after_a_sentence = promised_for()
    return said + (after_a_sentence if said.endswith((".", "!", "?", "…")) else by).format(date=in_words(reply.by))


def promised_for() -> tuple[str, str]:
    """Say by when an answer is promised: behind words, and behind a whole sentence."""
    return _(", by {date}"), _(" By {date}")
