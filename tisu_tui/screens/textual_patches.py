# ruff: noqa: SLF001  # private names are what this module is for
"""What Textual 8.2.8 does not offer publicly and many apps in one process need; each piece says why it exists.

Everything here leans on private names. The version is pinned, and `tests/test_pinned_textual.py` fails when an
upgrade moves one of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import IO

import textual.app
from textual import events
from textual._compositor import Compositor, CompositorMap
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.css.model import RuleSet
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.dom import DOMNode
from textual.geometry import NULL_SPACING, Size
from textual.keys import Keys
from textual.map_geometry import MapGeometry
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

_COMPLETE_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;:<=>?]*[ -/]*[@-Z\\-~]|O[ -~])")
_MOUSE_START = "\x1b[M"
_STRING_STARTS = "]PX^_"
_STRING_ENDS = "\x07\x9c"
_NEVER_IN_A_STRING = "\r\x03\x18"
_ALT_AND_A_LETTER = "\x1bp"


class SeatKeys(XTermParser):
    """Turns what a terminal sends into Textual's keys, without keeping apps alive or typing stray reports."""

    _string = ""
    """What came last of a string that has not ended."""

    @property
    def is_undecided(self) -> bool:
        """Whether an escape waits for the time to pass, so that `tick` is due."""
        return self._timeout_time is not None

    def feed(self, data: str) -> Iterable[Message]:
        typed = self._without_strings(data)
        return super().feed(typed) if typed or not data else ()

    def _without_strings(self, data: str) -> str:
        """Leave out what a terminal reports in strings (OSC, DCS, SOS, PM, APC); Enter and leaving never are in one."""
        kept: list[str] = []
        for character in data:
            if self._string:
                ended = character in _STRING_ENDS or (self._string == "\x1b" and character == "\\")
                self._string = "" if ended or character in _NEVER_IN_A_STRING else character
                kept += character if character in _NEVER_IN_A_STRING else ""
            elif kept[-1:] == ["\x1b"] and character in _STRING_STARTS:
                kept.pop()
                # Alt and a letter come alone, and mean nothing here.
                self._string = character if len(data) > len(_ALT_AND_A_LETTER) else ""
            else:
                kept.append(character)
        return "".join(kept)

    def end(self) -> None:
        """Forget the last event, and with it the app that it was sent to."""
        if not self.is_eof:
            for _ in self.feed(""):
                pass

    def _parse_extended_key(self, sequence: str) -> None:  # type: ignore[override]  # it may return None
        # The kitty protocol is never asked for, so nothing is lost. The original is an `lru_cache` on `self`, which
        # keeps the apps of people who left, and raises for code points that don't exist.
        del sequence

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:  # noqa: FBT001, FBT002  # Textual's signature
        keys = list(super()._sequence_to_key_events(sequence, alt))
        if not keys and self._is_unknown(sequence):
            # Textual would go on reading and then type the sequence: a report that ends in "p" would be a pass.
            return [events.Key(Keys.Ignore, sequence)]
        return keys

    def _is_unknown(self, sequence: str) -> bool:
        return sequence != _MOUSE_START and _COMPLETE_SEQUENCE.fullmatch(sequence) is not None


class _Shared:
    """What all stylesheets with the same variables have in common."""

    def __init__(self) -> None:
        self.parsed: dict[tuple[object, ...], list[RuleSet]] = {}
        self.whole: dict[tuple[object, ...], tuple[list[RuleSet], dict[str, list[RuleSet]]]] = {}
        self.applied: dict[tuple[object, ...], RulesMap] = {}


@lru_cache(maxsize=16)
def _shared(variables: frozenset[tuple[str, str]]) -> _Shared:
    del variables  # only the key
    return _Shared()


class SharedStylesheet(Stylesheet):
    """A stylesheet that parses the same CSS once for all apps: parsing is most of what starting an app costs."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._shared = _shared(frozenset(self._variables.items()))

    def set_variables(self, variables: dict[str, str]) -> None:
        super().set_variables(variables)
        self._shared = _shared(frozenset(variables.items()))

    def parse(self) -> None:
        key = tuple((where, source) for where, source in self.source.items())
        found = self._shared.whole.get(key)
        if found is None:
            super().parse()
            found = self._shared.whole[key] = (self._rules, self.rules_map)
        self._rules, self._rules_map = found
        self._require_parse = False

    def reparse(self) -> None:
        # The original does it in a sheet of its own, for every screen that brings CSS. When parsing fails, the rules
        # stay as they are here too.
        self.parse()

    @property
    def rules_map(self) -> dict[str, list[RuleSet]]:
        # The original forgets the map that parsing has just brought.
        if self._require_parse:
            self.parse()
        return super().rules_map

    def apply(
        self, node: DOMNode, *, animate: bool = False, cache: dict[tuple[object, ...], RulesMap] | None = None
    ) -> None:
        # The original looks through all rules, for each node of each app. What it finds hangs on these, unless a rule
        # counts the nodes beside it.
        path = (
            (each._css_type_name, each._id, each.classes, frozenset(each.get_pseudo_classes()))
            for each in node.css_path_nodes
        )
        key = (id(self.rules), *path)
        known = self._shared.applied.get(key)
        if known is None or node._get_component_classes():
            super().apply(node, animate=animate, cache=cache)
            if not (node._has_order_style or node._has_odd_or_even or node._has_focus_within or node._has_hover_style):
                self._shared.applied[key] = node.styles.base._rules.copy()
        elif known != node.styles.base._rules:
            self.replace_rules(node, known, animate=animate)

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,  # noqa: FBT001, FBT002  # Textual's signature
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        key = (css, read_from, is_default_rules, tie_breaker, scope)
        rules = self._shared.parsed.get(key)
        if rules is None:
            rules = super()._parse_rules(css, read_from, is_default_rules, tie_breaker, scope)
            self._shared.parsed[key] = rules
        return rules


class SeatCompositor(Compositor):
    """A compositor for a screen that one widget fills, as it does on all of ours."""

    def _arrange_root(
        self,
        root: Widget,
        size: Size,
        visible_only: bool = True,  # noqa: FBT001, FBT002  # Textual's signature
    ) -> tuple[CompositorMap, set[Widget]]:
        # The original measures each widget by its styles, five times while an app starts, and does it in a function
        # that refers to itself, so that what it found stays until a full garbage collection.
        nodes = [*root._nodes]
        if len(nodes) != 1 or not isinstance(nodes[0], Filling) or not (root._is_mounted and nodes[0]._is_mounted):
            return super()._arrange_root(root, size, visible_only)
        area, first = size.region, (0, 0, 0)
        below = MapGeometry(area, (first,), area, size, size, area, NULL_SPACING)
        return {nodes[0]: below._replace(order=(first, first)), root: below}, {nodes[0], root}


class Filling(Widget):
    """A widget that fills its screen and has nothing around or beside it, whatever a stylesheet says."""


def _leave_alone(_capture: IO[str]) -> contextlib.AbstractContextManager[None]:
    return contextlib.nullcontext()


def install() -> None:
    """Replace what can't be replaced by a subclass; doing it again changes nothing."""
    # An app takes the whole process's stdout and stderr while it runs. Apps that come and go in any order would give
    # back each other's, and the last one to leave would stay there for ever.
    vars(textual.app)["redirect_stdout"] = _leave_alone
    vars(textual.app)["redirect_stderr"] = _leave_alone


_FOR_REPR = {"_classes", "_registered_themes"}


@lru_cache(maxsize=1)
def _attributes() -> frozenset[str]:
    app, screen, widget = App[None](), Screen[None](), Widget()
    return frozenset((*vars(app), *vars(screen), *vars(widget))) - _FOR_REPR


async def run(app: App[None]) -> Exception | None:
    """Run `app` in this task until it exits or the task is cancelled, and return what it failed with."""
    # `App.run_async` would do, if it did not replace the task factory of a loop that belongs to everybody.
    install()
    task = asyncio.current_task()
    vars(app)["_loop"] = asyncio.get_running_loop()
    app._thread_init()  # type: ignore[no-untyped-call]  # it has no annotations
    with app._context():
        try:
            await app._process_messages(mouse=False)
        finally:
            nodes = [*app._registry, app]  # also those on screens that are not on top
            waiting: list[asyncio.Task[None]] = []
            if task is not None and task.cancelling():
                # Nobody is there any more for whom a handler should be waited for.
                waiting += [node._task for node in nodes if node._task is not None]
                for handler in waiting:
                    handler.cancel()
            waiting.append(asyncio.create_task(app._shutdown(), name="seat closes"))
            while any(not other.done() for other in waiting):
                with contextlib.suppress(asyncio.CancelledError):  # being told twice to end changes nothing
                    await asyncio.wait(waiting)
            waiting[-1].result()
    failure = app._exception
    _dissolve(nodes)
    return failure


def _dissolve(nodes: Sequence[DOMNode]) -> None:
    """Take an ended app's nodes apart, so that reference counts free them at once.

    An app is one large knot of references, which only a full garbage collection would find, and that takes 0.4 s
    among 500 seats. What a subclass has added stays, and late calls of `post_message` or `call_later` do nothing.
    """
    for node in nodes:
        attributes = vars(node)
        if isinstance(node, App):
            vars(node._animator).clear()  # its timer calls it
        for name in _attributes() & attributes.keys():
            if gc.is_tracked(attributes[name]):  # flags stay, so that what is called late finds the node closed
                attributes[name] = None
        node._closing = node._closed = True
