"""When Python may look for garbage: a full collection among 500 seats stops everybody for 0.2 s or more."""

from __future__ import annotations

import gc


def calm_garbage() -> None:
    """Make full collections rare, and leave what exists now out of them; called once, when the host has started."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
