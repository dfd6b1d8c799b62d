"""What keeps the house one that its next owner can hold: its spine, its docstrings, its names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from shipped import PACKAGE, sources

NESTING = {"that", "who", "what", "where", "which"}
MOST = 0.06
"""Part of all docstrings whose first sentence may nest two clauses; well-read libraries have 0 to 6 %."""


def first_sentences() -> Iterator[tuple[str, str]]:
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                text = ast.get_docstring(node)
                if text:
                    name = getattr(node, "name", "")
                    yield f"{path.relative_to(PACKAGE)} {name}", re.split(r"(?<=[.:;])\s", text, maxsplit=1)[0]


def test_few_docstrings_nest_clause_in_clause() -> None:
    sentences = dict(first_sentences())
    nested = [
        f"{place}: {sentence}"
        for place, sentence in sentences.items()
        if sum(word.lower() in NESTING for word in re.findall(r"[A-Za-z]+", sentence)) > 1
    ]
    assert len(nested) <= MOST * len(sentences), "\n".join(nested)


def test_the_spine_can_be_read_in_an_afternoon() -> None:
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    files = re.findall(r"`(\w+/\w+\.py)`", page.partition("## The spine")[2].partition("\n## ")[0])
    assert len(files) > 30
    assert sum(len((PACKAGE / name).read_text(encoding="utf-8").splitlines()) for name in files) <= 6_000


def test_a_long_file_has_a_reason_and_no_reason_is_left_of_one_that_was_long() -> None:
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+/\w+\.py)`", page.partition("## Long files")[2].partition("\n## ")[0]))
    lengths = {
        path.relative_to(PACKAGE).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in PACKAGE.rglob("*.py")
    }
    assert {name for name, lines in lengths.items() if lines > 250} == named


PAGES = [PACKAGE.parent / "CONTRIBUTING.md", PACKAGE.parent / "SECURITY.md", *(PACKAGE.parent / "docs").glob("*.md")]


def test_every_file_that_a_page_names_is_there() -> None:
    root = PACKAGE.parent
    folders = (root / name for name in ("tisu_tui", "tests", "benchmarks", "docs"))
    known = {path.relative_to(root).as_posix() for folder in folders for path in folder.rglob("*.py")}
    for page in PAGES:
        for name in re.findall(r"`([\w/]+\.py)`", page.read_text(encoding="utf-8")):
            assert any(path == name or path.endswith(f"/{name}") for path in known), f"{page.name}: {name}"


SAME_ELSEWHERE = {"Answering", "Cover", "Grounding"}
"""Classes that are the same thing on another surface."""


def test_a_class_name_means_one_thing() -> None:
    named: dict[str, list[str]] = {}
    for path, tree in sources().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named.setdefault(node.name, []).append(str(path.relative_to(PACKAGE)))
    assert {name: where for name, where in named.items() if len(where) > 1 and name not in SAME_ELSEWHERE} == {}


SAME_FILE_ELSEWHERE = {
    "__init__", "actions", "answering", "door", "facilitator", "figures", "home", "laptop", "participant", "sessions",
    "shown", "signals", "support", "terminal", "trend",
}  # fmt: skip
"""Names of files that are the same thing in another room: drawn, stored, written or called from there."""


def test_a_file_name_means_one_thing() -> None:
    rooms: dict[str, int] = {}
    for path in sources():
        rooms[path.stem] = rooms.get(path.stem, 0) + 1
    assert {name for name, count in rooms.items() if count > 1} == SAME_FILE_ELSEWHERE
