"""What all sheets share: when and where, a page to print, and blocks of a workshop file as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tisu_tui.core.days import clock, in_words
from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.escaping import front, table, words
from tisu_tui.notes.pages import PRINTED
from tisu_tui.session.workshop import Block, Span

BLANK = "…" * 12
_MARKS = {"strong": "**", "emphasis": "*"}


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and where a session is to be, as far as it is known; what is not known is a line to fill in with a pen.

    `people` is how many are expected, 0 where nobody knows; `support` is who there is to talk to.
    """

    day: str = ""
    place: str = ""
    address: str = ""
    port: int = 2222
    people: int = 0
    support: tuple[str, ...] = ()
    begins: int | None = None
    """When it begins, in minutes since midnight."""

    @property
    def when(self) -> str:
        """The day in words with the time, as far as they are known, or a line to fill in."""
        known = [in_words(self.day)] if self.day else []
        if self.begins is not None:
            known = [*(known or [BLANK]), self.clock(0)]
        return ", ".join(known) or BLANK

    def clock(self, minutes: int) -> str:
        """Give the time so many minutes into the session: of the day where that is known, else from 0:00."""
        return clock((self.begins or 0) + minutes)

    @property
    def where(self) -> str:
        """The place, or a line to fill in."""
        return self.place or BLANK

    def line(self, name: str) -> str:
        """Give the command that a person types to join by a name."""
        port = "" if self.port == 22 else f"-p {self.port} "
        return f"ssh {port}{name}@{self.address or _('ADDRESS')}"

    @property
    def host(self) -> str:
        """The host as ssh names it in what it says and remembers."""
        address = self.address or _("ADDRESS")
        return address if self.port == 22 else f"[{address}]:{self.port}"


def page(*parts: str) -> bytes:
    """Put the parts of a page together, under a front matter that pandoc prints by."""
    return ("\n\n".join((front("tags: [tisu, sheet]", *PRINTED), *filter(None, parts))) + "\n").encode()


def written(blocks: Iterable[Block]) -> str:
    """Write blocks one under the other, headings as bold lines."""
    return "\n\n".join(_grouped(blocks))


def _grouped(blocks: Iterable[Block]) -> Iterator[str]:
    group: list[str] = []
    for block in blocks:
        if block.kind in {"bullet", "number"}:
            group.append(f"- {_said(block.spans)}")
            continue
        if group:
            yield "\n".join(group)
            group = []
        match block.kind:
            case "heading":
                yield f"**{words(block.text)}**"
            case "quote":
                yield f"> {_said(block.spans)}"
            case "table":
                head, *rows = block.rows
                yield table([*map(_said, head)], ([*map(_said, row)] for row in rows))
            case "image":
                yield _("Picture: {words}").format(words=_said(block.spans))
            case _:
                yield _said(block.spans)
    if group:
        yield "\n".join(group)


def _said(spans: tuple[Span, ...]) -> str:
    told = []
    for span in spans:
        bare = span.text.strip()
        if not bare:
            told.append(span.text)
            continue
        before, after = span.text[: len(span.text) - len(span.text.lstrip())], span.text[len(span.text.rstrip()) :]
        mark = _MARKS.get(span.style, "")
        text = words(bare)
        told.append(f"{before}{mark}{text}{mark}{after}")
    return "".join(told).strip()
