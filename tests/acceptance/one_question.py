"""A workshop of one question, for tests of many people."""

from __future__ import annotations

QUESTION = "How far along are we?"
LABELS = ("Not started", "Early steps", "Partly in place", "In place", "Kept up")
WORKSHOP = f"""---
tisu: 1
title: How it goes
---

# How it goes

## {QUESTION}

`scale` `id far`

{"".join(f"- {n}: {label}" + chr(10) for n, label in enumerate(LABELS, 1))}
"""
