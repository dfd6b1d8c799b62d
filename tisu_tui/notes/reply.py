"""The reply form: a page that a manager fills in within five minutes, without SSH, and that is read back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from tisu_tui.core.days import in_words, read_day
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.memory.past import Past
from tisu_tui.memory.replies import Answer, Reply, answer_label
from tisu_tui.notes.document import front_matter, one_line
from tisu_tui.notes.markdown import comment, words, yaml

FORMAT = 1

_ASK = re.compile(r"<!--\s*ask\s+([\w.-]+)\s*-->")
_END = re.compile(r"<!--\s*end\s*-->")
# Editors and word processors make boxes of their own, and people tick with whatever is at hand.
_BOX = re.compile(r"\\?\[\s*(?P<mark>[^\]\\]?)\s*\\?\]|(?P<empty>[☐□])|(?P<full>[☑☒✓✔✅])")
_BULLET = re.compile(r"^[\s>]*(?:[-*+•·]\s+|\d{1,3}[.)]\s+)?")
_TICKS = frozenset("xX✓✔✗✘*vV☑")


class NotReply(ValueError):
    """A page is not a reply form, for a reason that is said in plain words."""


@dataclass(frozen=True, slots=True)
class Replies:
    """A form as it was filled in: `troubles` are lines, by number, that don't say one thing; all else is read."""

    session: str
    replies: tuple[Reply, ...]
    troubles: tuple[tuple[int, str], ...] = ()


def _reason() -> str:
    return _("Why, or what we should tell you:")


def _when() -> str:
    return _("By when:")


def _day() -> str:
    return _("Day of this reply:")


def _asked_of() -> str:
    return _("Asked of:")


def reply_form(past: Past) -> str:
    """Write the form for what a session asked of senior management; empty where it asked for nothing."""
    asks = [each for each in past.records if each.kind is RecordKind.ASK]
    return "\n\n".join(_blocks(past, asks)) + "\n" if asks else ""


def _blocks(past: Past, asks: Sequence[Kept]) -> Iterator[str]:
    title = _("Your reply to what we asked for")
    front = (f"title: {yaml(title)}", f"date: {past.date}", f"tisu-reply: {FORMAT}", f"tisu-session: {yaml(past.id)}")
    yield "\n".join(["---", *front, "---"])
    yield f"# {title}"
    asked = _("We met on {date} for “{title}”, and asked you for this. Five minutes are enough for an answer.")
    yield words(asked.format(date=in_words(past.date), title=past.title))
    yield _(
        "For each request, put an x between the brackets of one answer: `[x]`. Write what you want to say after the "
        "words that end in a colon. “Not agreed”, with a reason, is a real answer. Then send this file back."
    )
    yield f"{_day()}"
    for number, each in enumerate(asks, 1):
        yield f"## {number}. {words(each.text)}"
        yield comment("ask", each.id)
        if each.owner or each.due:
            reply = _("reply by {date}").format(date=in_words(each.due)) if each.due else ""
            yield f"{_asked_of()} {words(', '.join(filter(None, (each.owner, reply))))}"
        yield "\n".join(f"- [ ] {answer_label(answer)}" for answer in Answer)
        yield _reason()
        yield _when()
    yield comment("end")
    yield _("The team reads what you write here, and it stands in its notes.")


def read_reply(text: str) -> Replies:
    """Read a form that was filled in, whatever an editor made of its bullets, boxes and line ends; raises `NotReply`.

    What stands under a request and is not of the form is part of what was said. A request without a tick and without
    words has no answer yet.
    """
    front = front_matter(text)
    session = front.get("tisu-session", "")
    if "tisu-reply" not in front or not re.fullmatch(r"[a-z0-9-]{1,62}", session):
        raise NotReply(_("it is not a reply form"))
    if front["tisu-reply"] != str(FORMAT):
        raise NotReply(_("it was written by a newer tisu"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    starts = [n for n, line in enumerate(lines) if _ASK.search(line)]
    if not starts:
        raise NotReply(_("the marks that say which request is which are gone from it"))
    troubles: list[tuple[int, str]] = []
    day = next((_day_in(told, _day()) for told in map(_plain, lines) if told.startswith(_day())), "")
    replies = []
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        name = _ASK.search(lines[start])
        assert name is not None
        section = lines[start + 1 : _stop(lines, start, stop)]
        reply = _reply(f"{session}.{name[1]}", section, start + 1, day, troubles)
        if reply.answer or reply.words:
            replies.append(reply)
    return Replies(session, tuple(replies), tuple(troubles))


def _stop(lines: Sequence[str], start: int, stop: int) -> int:
    """Find where a request ends: at the mark of the end, or at the heading of the next one."""
    ended = next((n for n in range(start, stop) if _END.search(lines[n])), stop)
    if ended < stop or stop == len(lines):
        return ended
    return max((n for n in range(start + 1, stop) if re.match(r"[\s>]*#", lines[n])), default=stop)


def _day_in(told: str, label: str) -> str:
    """Read the day behind a label; empty where there is none that can be read."""
    try:
        return read_day(told.removeprefix(label).strip(" .*_")).isoformat()
    except ValueError:
        return ""


def _plain(line: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", _BULLET.sub("", line)).strip()


def _reply(promise: str, section: Sequence[str], first: int, day: str, troubles: list[tuple[int, str]]) -> Reply:
    ticked: list[Answer] = []
    said: list[str] = []
    skipping = False
    for line in section:
        told = _plain(line)
        found = _boxes(told)
        skipping = bool(told) and not found and (skipping or told.startswith(_asked_of()))
        if skipping or (told.startswith(_when()) and _day_in(told, _when())):
            continue
        ticked += [answer for answer, is_ticked, _rest in found if is_ticked]
        # A day that is none, like "after the summer", is something that was said.
        rest = told.removeprefix(_reason()).strip() if told != _when() else ""
        said += [behind for _answer, _ticked, behind in found if behind] if found else [rest]
    if len(ticked) > 1:
        labels = ", ".join(answer_label(each).rstrip(",") for each in ticked)
        troubles.append((first, _("more than one answer is ticked: {labels}").format(labels=labels)))
    by = next((_day_in(told, _when()) for told in map(_plain, section) if told.startswith(_when())), "")
    answer = ticked[0] if len(ticked) == 1 else None
    return Reply(promise, answer, one_line(" ".join(filter(None, said))), day, by)


def _boxes(told: str) -> list[tuple[Answer, bool, str]]:
    """Read the answers with a box on a line, and what was written behind each; several where an editor joined them."""
    boxes = list(_BOX.finditer(told))
    found: list[tuple[Answer, bool, str]] = []
    ends = [*(box.start() for box in boxes[1:]), len(told)]
    for box, end in zip(boxes, ends, strict=False):
        behind = told[box.end() : end].strip(" -*+•")
        for answer in Answer:
            label = answer_label(answer)
            stem = label.partition(",")[0]
            if behind.casefold().startswith(stem.casefold()) and not _longer(behind, answer):
                is_ticked = bool(box["full"]) or (box["mark"] or " ") in _TICKS
                rest = behind[len(label) :] if behind.casefold().startswith(label.casefold()) else behind[len(stem) :]
                found.append((answer, is_ticked, rest.strip(" :,.–-")))
    return found


def _longer(behind: str, answer: Answer) -> bool:
    """Tell whether another answer that begins with the same words fits better, as "agreed in part" does."""
    stem = answer_label(answer).partition(",")[0].casefold()
    others = (answer_label(each).partition(",")[0].casefold() for each in Answer if each is not answer)
    return any(each.startswith(stem) and behind.casefold().startswith(each) for each in others)
