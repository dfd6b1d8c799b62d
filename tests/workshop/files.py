from __future__ import annotations

FRONT = "---\ntisu: 1\ntitle: A test\n---\n\n"
"""Five lines, so that a body begins on line 6."""

GATHER = "## Ideas\n\n`gather` `id ideas`\n\n"
"""Four lines."""


def workshop(body: str) -> str:
    return FRONT + body


def step(settings: str, body: str = "", title: str = "A step") -> str:
    """Make a file of one step: the heading is line 6, its settings line 8, its body begins on line 10."""
    return workshop(f"## {title}\n\n{settings}\n\n{body}\n\n## The end\n\n`close` `3 min`\n")
