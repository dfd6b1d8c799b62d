"""How a made-up group is disposed, so that a facilitator can practise what is hard."""

from __future__ import annotations

from enum import StrEnum


class Mood(StrEnum):
    """What a group is like; `plain` is as groups mostly are."""

    PLAIN = "plain"
    SPLIT = "split"
    """Two camps of one size: ties, and ratings far apart."""
    TIRED = "tired"
    """Most pass, so that results are withheld, and one leaves for good."""
    HOPEFUL = "hopeful"
    """People see much that is there, and carry what is put to them."""
    OBJECTING = "objecting"
    """Whatever is put to the group meets an objection, until its words are changed."""
