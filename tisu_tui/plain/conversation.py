"""The turn-taking that every plain session has: lines come in, views come in, and lines go before views."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from enum import Enum, auto
from typing import Protocol

from tisu_tui.plain.editor import LineEditor
from tisu_tui.plain.words import in_english
from tisu_tui.view.view import View


class Ending(Enum):
    """How a conversation came to its end."""

    QUIT = auto()
    LEFT = auto()
    GONE = auto()
    OVER = auto()
    STOPPED = auto()
    MOVED = auto()


class Speaker(Protocol):
    """One side of a conversation."""

    @property
    def is_listening(self) -> bool:
        """Whether a new view may be told now."""

    async def hear(self, view: View) -> None:
        """Tell the person what is new in a view."""

    async def answer(self, line: str) -> Ending | None:
        """Do what a line asks; an ending ends the conversation."""


async def converse(editor: LineEditor, views: AsyncIterator[View], speaker: Speaker) -> Ending:
    """Talk until somebody leaves.

    Lines that have come in are answered before a newer view is told: they belong to what the person has read.
    Leaving and hanging up wait for nothing.
    """
    leaving = asyncio.create_task(editor.leaving.wait())
    turns = asyncio.create_task(_take_turns(editor, views, speaker))
    try:
        await asyncio.wait({leaving, turns}, return_when=asyncio.FIRST_COMPLETED)
        if leaving.done():
            return Ending.GONE if editor.gone else Ending.QUIT
        return turns.result()
    finally:
        leaving.cancel()
        turns.cancel()
        await asyncio.gather(leaving, turns, return_exceptions=True)


async def _take_turns(editor: LineEditor, views: AsyncIterator[View], speaker: Speaker) -> Ending:
    latest: View | None = None
    is_news = False

    async def follow() -> None:
        nonlocal latest, is_news
        async for view in views:
            latest, is_news = view, True
            editor.changed.set()

    following = asyncio.create_task(follow())
    following.add_done_callback(lambda _: editor.changed.set())
    begun = False
    try:
        while True:
            editor.changed.clear()
            if begun and (line := editor.take()) is not None:
                was_listening = speaker.is_listening
                ending = await speaker.answer(in_english(line))
                if ending is not None:
                    return ending
                # Whoever did not listen for a while is told where things stand, new or not.
                is_news = is_news or speaker.is_listening > was_listening
            elif latest and is_news and speaker.is_listening and (editor.is_quiet or not begun):
                begun, is_news = True, False
                await speaker.hear(latest)
            elif following.done():
                following.result()
                if latest is None or not latest.stopped:
                    return Ending.OVER
                if is_news:  # a pause or half a line no longer keeps anything back
                    await speaker.hear(latest)
                return Ending.STOPPED
            else:
                await editor.changed.wait()
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
