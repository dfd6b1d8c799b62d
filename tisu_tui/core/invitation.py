"""How people join: what the shared screen, the facilitator's help and the printed lines all say."""

from __future__ import annotations

from dataclasses import dataclass

from tisu_tui.core.translation import ENGLISH, language
from tisu_tui.core.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Invitation:
    """The join code, the addresses that answer, the port, and the host key's fingerprint (`SHA256:…`)."""

    code: str
    addresses: tuple[str, ...]
    port: int
    fingerprint: str
    language: str = ENGLISH
    """That of the workshop, in which everybody is spoken to who asks for no other."""

    @property
    def line(self) -> str:
        """The command that a person types to join."""
        return self._line(self.code)

    @property
    def laptop_line(self) -> str:
        """The command that makes a laptop one to pass round."""
        return self._line(f"{self.code}+laptop")

    @property
    def slip_line(self) -> str:
        """The command that brings somebody in by the words of their slip."""
        return self._line(f"{self.code}+{_('your-three-words')}")

    def return_line(self, words: str, *, plain: bool = False) -> str:
        """The command that brings a person back to their seat by its return words."""
        wishes = [*(["plain"] if plain else []), *([language()] if language() != self.language else []), words]
        return self._line("+".join((self.code, *wishes)))

    def line_in(self, tag: str) -> str:
        """The command that a person types to join and be spoken to in a language."""
        return self.line if tag == self.language else self._line(f"{self.code}+{tag}")

    @property
    def facilitator_line(self) -> str:
        """The command that opens the facilitator's private screen."""
        return self._line("facilitator")

    @property
    def address(self) -> str:
        """The address to join by for phones and QR codes (the ssh URI scheme of draft-salowey-secsh-uri)."""
        return f"ssh://{self.code}@{self.addresses[0]}:{self.port}"

    def _line(self, name: str) -> str:
        port = "" if self.port == 22 else f"-p {self.port} "
        return f"ssh {port}{name}@{self.addresses[0]}"
