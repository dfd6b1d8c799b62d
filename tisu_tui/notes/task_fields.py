"""What task lists write into a line beside its words: Obsidian Tasks, Dataview and Logseq."""

from __future__ import annotations

import datetime as dt
import re

from tisu_tui.core.text import clean
from tisu_tui.memory.promises import Promise
from tisu_tui.notes.escaping import comment, words

_DAY = r"(\d{4}-\d\d-\d\d)"
_DUE = rf"[📅📆🗓]\ufe0f?\s*{_DAY}|[\[(]due::\s*{_DAY}[\])]|DEADLINE:\s*<{_DAY}[^<>]*>"
_PLANNED = rf"[⏳⌛]\ufe0f?\s*{_DAY}|[\[(]scheduled::\s*{_DAY}[\])]|SCHEDULED:\s*<{_DAY}[^<>]*>"
# When it was made, begun, done or dropped, how urgent it is, and what a program finds it by.
_OTHER = (
    rf"[✅❌➕🛫]\ufe0f?\s*{_DAY}|[⏫🔼🔽🔺⏬]\ufe0f?|[🆔⛔]\ufe0f?\s*[\w,-]+"
    r"|[\[(](?:completion|created|start|cancelled|priority|id|dependsOn)::[^\[\]()]*[\])]"
    r"|:LOGBOOK:.*:END:|(?:id|collapsed)::\s*\S+"
)
# A name or a day as a link to a page of its own, and what Obsidian finds a line by.
_LINK = re.compile(rf"\[\[(?:{_DAY}(?:\|[^\[\]]*)?|[^\[\]|]*\|(@[^\[\]|]+)|(@[^\[\]|]+))\]\]|@\[\[([^\[\]|]+)\]\]")
_BLOCK_ID = re.compile(r"\s\^[\w-]+\s*$")
_TAGS = r"(?P<tags>(?:\s+#[^\s#]+)*)\s*$"
_LAST = re.compile(rf"(?:^|\s+)(?:(?P<due>{_DUE})|(?P<planned>{_PLANNED})|{_OTHER}){_TAGS}")
_MOST = 12
_WINDOW = 400


def without_fields(text: str) -> str:
    """Return a line's words, with the day by which it is due behind them in one form."""
    text = _LINK.sub(_linked, _BLOCK_ID.sub("", text))
    days: dict[str, str] = {}
    head, tail = text[:-_WINDOW], text[-_WINDOW:]
    for _n in range(_MOST):
        if not (found := _LAST.search(tail)):
            break
        day = next((group for group in found.groups() if group and re.fullmatch(_DAY, group)), "")
        days |= {kind: day for kind in ("due", "planned") if found[kind]}
        tail = tail[: found.start()] + found["tags"]
    due = days.get("due") or days.get("planned")
    return f"{head}{tail} 📅 {due}" if due else head + tail


def _linked(link: re.Match[str]) -> str:
    """Give the day or the `@name` that a link stands for."""
    day, *names = link.groups()
    return day or "@" + "-".join(next(filter(None, names)).removeprefix("@").split())


def obsidian_line(promise: Promise) -> str:
    """Write a promise as Obsidian Tasks reads it."""
    record = promise.record
    due = f" 📅 {record.due}" if record.due else ""
    box = "[ ]" if promise.is_open else "[x]"
    return f"- {box} {_said(promise)}{due} {comment(record.kind.value, promise.id)}"


def logseq_line(promise: Promise) -> str:
    """Write a promise as Logseq reads it."""
    record = promise.record
    line = f"- {'TODO' if promise.is_open else 'DONE'} {_said(promise)} {comment(record.kind.value, promise.id)}"
    if not record.due:
        return line
    # Its week days are English in every language.
    week_day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][dt.date.fromisoformat(record.due).weekday()]
    return f"{line}\n  DEADLINE: <{record.due} {week_day}>"


def _said(promise: Promise) -> str:
    owners = ", ".join(f"@{each.strip()}" for each in promise.record.owner.split(",") if each.strip())
    return " ".join(filter(None, (words(promise.record.text), clean(owners))))
