"""Says what of Textual's private parts is relied on, so that an upgrade fails here and not in a session."""

from __future__ import annotations

import inspect
from importlib.metadata import version

import pytest
import textual.app
from rich.console import Console
from textual._parser import Parser
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.message_pump import MessagePump
from textual.widget import Widget


def test_the_version_is_the_one_that_was_read() -> None:
    assert version("textual") == "8.2.8"


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (App._thread_init, ["self"]),
        (App._context, ["self"]),
        (App._shutdown, ["self"]),
        (App._fatal_error, ["self"]),
        (
            App._process_messages,
            [
                "self",
                "ready_callback",
                "headless",
                "inline",
                "inline_no_clear",
                "mouse",
                "terminal_size",
                "message_hook",
            ],
        ),
        (MessagePump._close_messages_no_wait, ["self"]),
        (XTermParser._parse_extended_key, ["self", "sequence"]),
        (XTermParser._sequence_to_key_events, ["self", "sequence", "alt"]),
        (Parser.tick, ["self"]),
        (Parser.feed, ["self", "data"]),
        (Widget.render_lines, ["self", "crop"]),
        (Console.__init__, None),
    ],
)
def test_a_method_has_the_signature_that_is_relied_on(function: object, parameters: list[str] | None) -> None:
    assert callable(function)
    found = list(inspect.signature(inspect.unwrap(function)).parameters)
    if parameters is None:
        assert "_environ" in found
    else:
        assert found == parameters


@pytest.mark.parametrize("name", ["redirect_stdout", "redirect_stderr"])
def test_the_process_s_streams_are_taken_by_these_names(name: str) -> None:
    assert callable(getattr(textual.app, name))
    assert f"with {name}(" in inspect.getsource(App._process_messages)


async def test_instances_have_the_attributes_that_are_relied_on() -> None:
    assert {"_exception", "_loop", "console", "error_console"} <= vars(App[None]()).keys()
    assert "_timeout_time" in vars(XTermParser())


def test_no_attribute_of_ours_hides_one_of_textual_s() -> None:
    stock = {*vars(Widget()), *dir(Widget), *vars(App[None]()), *dir(App)}
    assert not {"_rows", "_shown", "_sheet", "paint", "has_cursor", "close"} & stock
