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
    doors: tuple[tuple[str, int, str], ...] = ()
    """Doors on other machines by which people can come in too: address, port, and fingerprint if the host knows it."""
    leads_to_many: bool = False
    """Whether this door leads to other sessions too, so that the facilitator has to name this one."""
    languages: tuple[str, ...] = (ENGLISH,)
    """Those in which somebody can be spoken to, the workshop's first."""

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
        return self._line(self._way_back(words, plain=plain))

    def _way_back(self, words: str, *, plain: bool) -> str:
        wishes = [*(["plain"] if plain else []), *([language()] if language() != self.language else []), words]
        return "+".join((self.code, *wishes))

    @property
    def facilitator_line(self) -> str:
        """The command that opens the facilitator's private screen."""
        return self._line(self._facilitator)

    @property
    def plain_facilitator_line(self) -> str:
        """The command that opens it in plain lines."""
        return self._line(f"{self._facilitator}+plain")

    @property
    def _facilitator(self) -> str:
        return f"facilitator+{self.code}" if self.leads_to_many else "facilitator"

    @property
    def other_lines(self) -> tuple[str, ...]:
        """The commands by which a person joins at other doors, each before the fingerprint of its door."""
        lines = ((_ssh(self.code, address, port), fingerprint) for address, port, fingerprint in self._other_doors)
        return tuple(text for line in lines for text in line if text)

    def other_ways_back(self, words: str, *, plain: bool = False) -> tuple[str, ...]:
        """The commands by which a person comes back to their seat where this door is gone."""
        name = self._way_back(words, plain=plain)
        return tuple(_ssh(name, address, port) for address, port, _fingerprint in self._other_doors)

    @property
    def _other_doors(self) -> list[tuple[str, int, str]]:
        return [door for door in self.doors if door[0] not in self.addresses or door[1] != self.port]

    @property
    def address(self) -> str:
        """The address to join by for phones and QR codes (the ssh URI scheme of draft-salowey-secsh-uri)."""
        return f"ssh://{self.code}@{self.addresses[0]}:{self.port}"

    def _line(self, name: str) -> str:
        return _ssh(name, self.addresses[0], self.port)


def _ssh(name: str, address: str, port: int) -> str:
    return f"ssh {'' if port == 22 else f'-p {port} '}{name}@{address}"
