"""The rooms of the house: imports point one way, and each library is named in one room only."""

from __future__ import annotations

import ast
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from shipped import sources

import tisu_tui

PACKAGE = Path(tisu_tui.__file__).parent

ALLOWED = {
    "core": set(),
    "ballots": {"core"},
    "activities": {"core"},
    "privacy": {"core"},
    "session": {"privacy", "core"},
    "view": {"session", "privacy", "core"},
    "recount": {"session", "core"},
    "workshop": {"session", "activities", "core"},
    "store": {"session", "core"},
    "memory": {"session", "privacy", "core"},
    "room": {"view", "session", "privacy", "store", "workshop", "activities", "core"},
    "notes": {"memory", "view", "session", "core"},
    "sheets": {"notes", "session", "core"},
    "documents": {"core"},
    "desk": {"view", "session", "activities", "core"},
    "plain": {"desk", "room", "view", "session", "workshop", "activities", "core"},
    "screens": {"desk", "room", "memory", "view", "session", "workshop", "activities", "core"},
    "ssh": {"core"},
    "doors": {"room", "view", "session", "activities", "core"},
    "rehearsal": {"core"},
    "cli": {
        "screens",
        "plain",
        "desk",
        "ssh",
        "doors",
        "notes",
        "sheets",
        "documents",
        "rehearsal",
        "room",
        "store",
        "memory",
        "workshop",
        "view",
        "session",
        "privacy",
        "activities",
        "ballots",
        "recount",
        "core",
    },
}
"""Which rooms each room may import from."""

LIBRARIES = {
    "textual": {"screens", "cli"},
    "rich": {"screens", "cli"},
    "pyfiglet": {"screens", "cli"},
    "PIL": {"documents"},
    "polib": set(),
    "asyncssh": {"ssh", "rehearsal", "cli"},
    "tinydb": {"store", "room", "plain", "screens", "rehearsal", "cli"},
    "markdown_it": {"workshop", "notes", "documents", "sheets", "room", "plain", "screens", "rehearsal", "cli"},
    "yaml": {"workshop", "notes", "sheets", "room", "plain", "screens", "rehearsal", "cli"},
}
"""In which rooms a library may be loaded, directly or by a room below."""

NAMED = {
    "textual": {"screens"},
    "rich": {"screens"},
    "pyfiglet": {"screens"},
    "PIL": {"workshop", "documents"},
    "polib": {"core"},
    "asyncssh": {"ssh", "rehearsal"},
    "tinydb": {"store"},
    "markdown_it": {"workshop", "notes", "documents"},
    "docx": {"documents"},
    "resvg_py": {"documents"},
    "click": {"cli"},
    "cryptography": {"doors"},
    "nats": {"doors"},
}
"""In which rooms a library may be named."""


def _modules(room: str) -> list[str]:
    folder = PACKAGE / room
    return [f"tisu_tui.{room}.{each.name}" for each in pkgutil.iter_modules([str(folder)])]


RECORDING = """
import builtins, importlib, importlib.util, json, sys

imports, really, really_by_name = {}, builtins.__import__, importlib.import_module

def note(importer, name):
    # A module comes with the packages around it.
    while name:
        imports.setdefault(importer, []).append(name)
        name = name.rpartition(".")[0]

def by_statement(name, globals=None, locals=None, fromlist=(), level=0):
    found = really(name, globals, locals, fromlist, level)
    if level:
        name = importlib.util.resolve_name("." * level + name, globals["__package__"])
    for each in (name, *(f"{name}.{part}" for part in fromlist or ())):
        if each in sys.modules:
            note((globals or {}).get("__name__", ""), each)
    return found

def by_name(name, package=None):
    found = really_by_name(name, package)
    frame = sys._getframe(1)
    while frame.f_globals["__name__"].startswith(("importlib.", "functools")):
        frame = frame.f_back
    note(frame.f_globals["__name__"], found.__name__)
    return found

builtins.__import__, importlib.import_module = by_statement, by_name
"""
"""Code that loads modules after it, and keeps which module imports which, also where another loaded that before."""


@cache
def _imports() -> dict[str, list[str]]:
    """Load all rooms in one process, and find what each module imports while it loads."""
    every = [module for room in ALLOWED for module in _modules(room)]
    code = "\n".join([RECORDING, *(f"import {module}" for module in every), "print(json.dumps(imports))"])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    found: dict[str, list[str]] = json.loads(done.stdout)
    assert set(every) <= set(found["__main__"])
    return found


def _loaded(modules: Iterable[str]) -> set[str]:
    """Find all that is loaded where these modules are."""
    found, due = set[str](), list(modules)
    while due:
        module = due.pop()
        if module not in found:
            found.add(module)
            due += _imports().get(module, ())
    return found


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_a_room_loads_only_the_rooms_below_it(room: str) -> None:
    loaded = _loaded(_modules(room))
    rooms = {name.split(".")[1] for name in loaded if name.startswith("tisu_tui.")}
    below = set(ALLOWED[room])
    for each in ALLOWED[room]:
        below |= ALLOWED[each]
    assert rooms <= below | {room}
    libraries = {name.partition(".")[0] for name in loaded}
    assert [name for name, where in LIBRARIES.items() if name in libraries and room not in where] == []


_TABLES = {"unicodedata2", "anyascii"}


@pytest.mark.parametrize("room", ["core", "activities", "ballots", "memory", "privacy", "recount", "session", "view"])
def test_the_core_uses_the_standard_library_alone(room: str) -> None:
    for file in sorted((PACKAGE / room).glob("*.py")):
        for name in _imported(file):
            top = name.partition(".")[0]
            # Unicode's current table: that of Python is as old as the host, and drops what newer phones type. And one
            # of how letters are read, loaded only where there are others than from a to z.
            is_table = (room, file.name) in {("core", "text.py"), ("core", "scripts.py")} and top in _TABLES
            # Loaded only for who speaks another language than English.
            is_reader = (room, file.name, top) == ("core", "translation.py", "polib")
            assert top in sys.stdlib_module_names or top == "tisu_tui" or is_table or is_reader, (
                f"{file.name} imports {name}"
            )


def test_a_library_is_named_in_one_room_only() -> None:
    for file in sorted(PACKAGE.rglob("*.py")):
        room = file.relative_to(PACKAGE).parts[0]
        for name in _imported(file):
            rooms = NAMED.get(name.partition(".")[0])
            assert rooms is None or room in rooms, f"{file} imports {name}"


def test_only_the_room_holds_boxes_and_counts_them() -> None:
    """What is drawn or exported takes a View or what was released, so nothing else can reach an answer."""
    for file in sorted(PACKAGE.rglob("*.py")):
        room = file.relative_to(PACKAGE).parts[0]
        names = _imported(file)
        if room not in {"core", "room", "store", "cli"}:
            assert "tisu_tui.core.box" not in names, f"{file} reaches the Box"
        if room not in {"privacy", "session", "room"}:
            assert not names & {"tisu_tui.privacy.table", "tisu_tui.privacy.gate"}, f"{file} releases for itself"
        if room in {"screens", "plain"}:
            assert "tisu_tui.session.session.Session" not in names, f"{file} is given more than a View"


def test_nothing_hides_a_circle_from_the_type_checker() -> None:
    for file in sorted(PACKAGE.rglob("*.py")):
        assert "TYPE_CHECKING" not in file.read_text(), file


def test_whoever_does_not_ask_for_nats_needs_nothing_of_it() -> None:
    """It is an extra: without it everything else loads, and `--nats` is one clear line."""
    code = (
        f"import sys; sys.modules['nats'] = None\nfor m in {_modules('cli')!r}: __import__(m)\n"
        "assert not any('nats_w' in m or 'nats_r' in m for m in sys.modules)\n"
        "from tisu_tui.cli import main\n"
        "main(['door', '--nats', 'nats://127.0.0.1', '--secret', 'x'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "--nats needs one more package: pip install nats-py\n"


def test_help_of_no_command_loads_what_takes_long() -> None:
    code = (
        "import sys; from tisu_tui.cli import main\n"
        "for name in main.list_commands(None): main.get_command(None, name)\n"
        "sys.exit(bool({'textual', 'asyncssh', 'cattrs', 'markdown_it', 'yaml', 'asyncio'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60).returncode == 0


@cache
def _imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(sources()[file]):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names
