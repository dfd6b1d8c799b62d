"""The lines by which people come back, at the door they came in by and at another one."""

from __future__ import annotations

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import speaking


def test_every_way_back_keeps_how_somebody_was_here() -> None:
    doors = (("door.example.org", 2222, "SHA256:def"), ("192.0.2.7", 2222, ""))
    invitation = Invitation("k7mn4pr", ("192.0.2.7",), 2222, "SHA256:abc", doors=doors)
    with speaking("pl"):
        ways = (
            invitation.return_line("amber-otter-lamp", plain=True),
            *invitation.other_ways_back("amber-otter-lamp", plain=True),
        )
    name = "ssh -p 2222 k7mn4pr+plain+pl+amber-otter-lamp"
    assert ways == (f"{name}@192.0.2.7", f"{name}@door.example.org")
    assert invitation.other_lines == ("ssh -p 2222 k7mn4pr@door.example.org", "SHA256:def")
