"""Says what of Textual's private parts is relied on, so that an upgrade fails here and not in a session."""

from __future__ import annotations

import inspect
from importlib.metadata import version

import pytest
import textual.app
from rich.console import Console
from textual._compositor import Compositor
from textual._parser import Parser
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.css.stylesheet import Stylesheet, StylesheetParseError
from textual.dom import DOMNode
from textual.driver import Driver
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tisu_tui.screens.painted import PaintedWidget
from tisu_tui.screens.seat_app import SeatApp
from tisu_tui.screens.textual_patches import SharedStylesheet


def test_the_version_is_the_one_that_was_read() -> None:
    assert version("textual") == "8.2.8"


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (App._thread_init, ["self"]),
        (App._context, ["self"]),
        (App._begin_batch, ["self"]),
        (App._end_batch, ["self"]),
        (App._ready, ["self"]),
        (App._shutdown, ["self"]),
        (App._fatal_error, ["self"]),
        (App._set_pointer_shape, ["self", "shape"]),
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
        (Stylesheet.__init__, ["self", "variables"]),
        (Stylesheet.set_variables, ["self", "variables"]),
        (Stylesheet.parse, ["self"]),
        (Stylesheet.reparse, ["self"]),
        (
            Stylesheet._parse_rules,
            ["self", "css", "read_from", "is_default_rules", "tie_breaker", "scope"],
        ),
        (Driver.__init__, ["self", "app", "debug", "mouse", "size"]),
        (Widget.render_lines, ["self", "crop"]),
        (Screen._compositor_refresh, ["self"]),
        (Stylesheet.apply, ["self", "node", "animate", "cache"]),
        (Compositor._arrange_root, ["self", "root", "size", "visible_only"]),
        (DOMNode._get_component_classes, ["cls"]),
        (Strip.divide, ["self", "cuts"]),
        (Widget.get_line_filters, ["self"]),
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
    app = App[None]()
    pump = {"_closing", "_closed", "_task", "_classes"}
    assert (
        pump
        | {
            "_animator",
            "_registry",
            "_exception",
            "_loop",
            "_clipboard",
            "_disable_tooltips",
            "_disable_notifications",
            "_registered_themes",
            "driver_class",
            "stylesheet",
            "console",
            "error_console",
        }
        <= vars(app).keys()
    )
    screen = pump | {"_compositor", "_dirty_widgets", "_repaint_required", "_layout_required"}
    assert screen <= vars(Screen[None]()).keys()
    assert {"_rules", "_rules_map", "_require_parse", "_variables"} <= vars(Stylesheet()).keys()
    assert "_timeout_time" in vars(XTermParser())


async def test_the_rules_of_a_node_are_looked_up_once_for_all_apps(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SeatApp().run_test():
        pass

    def unexpected(*_rule: object) -> None:
        raise AssertionError("looked up again")

    monkeypatch.setattr(Stylesheet, "_check_rule", unexpected)
    async with SeatApp().run_test():
        pass


def test_the_same_css_is_parsed_once_for_all_apps() -> None:
    sheets = [SharedStylesheet(variables={"calm": "#9cc9b5"}) for _ in range(2)]
    for sheet in sheets:
        sheet.add_source("Widget { color: $calm; }", read_from=("here", ""))
    assert sheets[0].rules is sheets[1].rules
    assert sheets[0].rules_map is sheets[1].rules_map
    for sheet in sheets:
        sheet.add_source("Widget { width: 5; }", read_from=("there", ""))
        sheet.reparse()
    assert len(sheets[0].rules) == 2
    assert sheets[0].rules is sheets[1].rules
    sheets[1].set_variables({"calm": "#a9cfe8"})
    sheets[1].reparse()
    assert sheets[0].rules is not sheets[1].rules
    sheets[1].add_source("Widget { width: ; }", read_from=("wrong", ""))
    with pytest.raises(StylesheetParseError):
        sheets[1].reparse()


def test_no_attribute_of_ours_hides_one_of_textual_s() -> None:
    stock = {*vars(Widget()), *vars(Screen[None]()), *dir(Widget)}
    assert not {"_lines", "_cursor", "cursor", "show", "_depth", "_line", "_follow_cursor"} & stock
    assert "show" in dir(PaintedWidget)
    assert not {"depth", "adapt", "freeze", "thaw", "_paint_all"} & {*dir(App), *vars(App[None]())}
    assert "adapt" in dir(SeatApp)
