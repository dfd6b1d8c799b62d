"""The three named sessions, from the join line to the sealed notes, over the real OpenSSH client."""

from __future__ import annotations

from pathlib import Path

import pytest
from openssh import a_host
from people_at_terminals import play


@pytest.mark.parametrize(
    ("workshop", "people"),
    [
        ("window-of-tolerance", 12),
        ("recommendations", 12),
        ("sharing-power", 12),
        ("window-of-tolerance", 3),
    ],
)
async def test_a_session_is_played_to_its_notes(tmp_path: Path, workshop: str, people: int) -> None:
    async with a_host(tmp_path, workshop) as host:
        notes = await play(tmp_path, host, people)
        text = notes.read_text(encoding="utf-8")
        assert "status: sealed" in text
        assert {3: "2–4", 12: "12–19"}[people] in text
