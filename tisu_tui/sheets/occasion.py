"""When and where a session is to be, as far as it is known; what is not known is a line to fill in with a pen."""

from __future__ import annotations

from dataclasses import dataclass

from tisu_tui.core.clock import clock
from tisu_tui.core.days import in_words
from tisu_tui.core.translation import gettext as _

BLANK = "…" * 12


@dataclass(frozen=True, slots=True)
class Occasion:
    """The day, the place, the host's address and port, how many people are expected, and who there is to talk to.

    `people` is 0 where nobody knows.
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
