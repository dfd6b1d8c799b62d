"""What everybody may see is drawn on each surface: a field that one of them leaves out has its reason here."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import fields

import pytest
from shipped import PACKAGE, sources

from tisu_tui.view.view import View

LEFT_OUT = {
    "screens": {"role"},
    "plain": {
        "role",
        "way",  # the lobby says it, and `who` to the facilitator
        "choice_promise",  # of the promise, which is read whole
        "beside",  # what no figure stands for: there are no figures
        "far",  # the promise says it
        "agreed",  # read out with the notes, just before
    },
}


def _names(trees: Iterable[ast.AST]) -> set[str]:
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def _properties() -> dict[str, set[str]]:
    """Give what each property of a View reads."""
    tree = sources()[PACKAGE / "view" / "view.py"]
    (view,) = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "View")
    return {node.name: _names([node]) for node in view.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("surface", LEFT_OUT)
def test_a_surface_has_all_that_may_be_seen(surface: str) -> None:
    # What the facilitator can do is said for both by the desk.
    read = _names(tree for file, tree in sources().items() if file.parent.name in {surface, "desk"})
    for name, behind in _properties().items():
        read |= behind if name in read else set()
    assert {field.name for field in fields(View)} - read == LEFT_OUT[surface]
