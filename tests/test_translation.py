"""One program speaks several languages at once, each to whom it is for."""

from __future__ import annotations

import ast
import asyncio
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from shipped import sources

import tisu_tui
from tisu_tui.core import translation
from tisu_tui.core.translation import (
    add_language,
    cache_by_language,
    change_language,
    known_language,
    language,
    languages,
    ngettext,
    speaking,
)
from tisu_tui.core.translation import gettext as _

PACKAGE = Path(tisu_tui.__file__).parent


class Marked(gettext.NullTranslations):
    """A language in which each text is its English one with a mark."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self._mark = mark

    def gettext(self, message: str) -> str:
        return f"{self._mark} {message}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{self._mark}{n} {msgid2}"


@pytest.fixture(autouse=True)
def _two_languages() -> None:
    add_language("xa", Marked("A"))
    add_language("xb", Marked("B"))


def test_english_is_spoken_where_nothing_else_was_asked_for() -> None:
    assert (_("Pass"), ngettext("one", "many", 1), ngettext("one", "many", 2)) == ("Pass", "one", "many")
    assert (language(), languages()[0]) == ("en", "en")


async def test_each_task_speaks_its_own_language_and_so_do_those_it_starts() -> None:
    heard: dict[str, list[str]] = {"en": [], "xa": [], "xb": []}

    async def one(tag: str) -> None:
        async def started() -> None:
            await asyncio.sleep(0)
            heard[tag].append(_("Pass"))

        with speaking(tag):
            for _turn in range(5):
                await asyncio.create_task(started())
                heard[tag].append(ngettext("one", "many", 3))

    await asyncio.gather(*(one(tag) for tag in heard))
    assert {tag: set(texts) for tag, texts in heard.items()} == {
        "en": {"Pass", "many"},
        "xa": {"A Pass", "A3 many"},
        "xb": {"B Pass", "B3 many"},
    }
    assert _("Pass") == "Pass"


async def test_a_language_that_is_changed_is_changed_for_all_that_runs_for_this_one_person() -> None:
    texts: list[str] = []
    asked = asyncio.Event()

    async def goes_on() -> None:
        await asked.wait()
        texts.append(_("Pass"))

    with speaking("xa"):
        tasks = [asyncio.create_task(goes_on()) for _n in range(3)]
        await asyncio.sleep(0)
        change_language("xb")
        asked.set()
        await asyncio.gather(*tasks)
    assert texts == ["B Pass"] * 3
    with pytest.raises(RuntimeError):
        change_language("xa")
    assert _("Pass") == "Pass"


def test_in_a_language_that_is_not_there_english_is_spoken() -> None:
    with speaking("xx"):
        assert (language(), _("Pass")) == ("xx", "Pass")


def test_a_language_is_known_with_its_country_and_in_capitals() -> None:
    assert [known_language(said) for said in ("en", "EN-gb", "en-US", "xx", "")] == ["en", "en", "en", "", ""]


def test_a_catalogue_is_read_once() -> None:
    for tag in languages():
        with speaking(tag):
            first = translation._catalogue(tag)
        with speaking(tag):
            assert translation._catalogue(tag) is first


def test_what_is_remembered_is_remembered_for_each_language() -> None:
    made: list[str] = []

    @cache_by_language(8)
    def words(n: int) -> str:
        made.append(language())
        return ngettext("one", "many", n)

    for _turn in range(2):
        assert words(1) == "one"
        with speaking("xa"):
            assert words(1) == "A1 many"
    assert made == ["en", "xa"]


def said_too_early(tree: ast.Module) -> Iterator[ast.Call]:
    """Find texts that are said while a module is imported, or once for everybody in a function that remembers."""

    def walk(node: ast.AST, *, early: bool) -> Iterator[ast.Call]:
        for name, value in ast.iter_fields(node):
            later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and name == "body"
            remembers = isinstance(node, ast.FunctionDef) and any(
                re.search(r"\b(cache|lru_cache)\b", ast.unparse(decorator)) for decorator in node.decorator_list
            )
            for child in value if isinstance(value, list) else [value]:
                if not isinstance(child, ast.AST):
                    continue
                is_early = remembers or (early and not later)
                if isinstance(child, ast.Call) and ast.unparse(child.func) in {"_", "ngettext"} and is_early:
                    yield child
                yield from walk(child, early=is_early)

    return walk(tree, early=True)


def test_nothing_is_said_before_it_is_known_to_whom() -> None:
    early = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}: {ast.unparse(call)}"
        for path, tree in sources().items()
        for call in said_too_early(tree)
        # A command's module is imported when the command is called, in the language of who called it.
        if path.parent.name != "cli"
    ]
    assert early == []


@pytest.mark.parametrize(
    "code",
    [
        "A = _('Pass')",
        "class A:\n    words = {1: _('Pass')}",
        "def f(word=_('Pass')): ...",
        "@cache\ndef f():\n    return _('Pass')",
        "A = [ngettext('one', 'many', 1)]",
    ],
)
def test_what_is_said_too_early_is_found(code: str) -> None:
    assert len(list(said_too_early(ast.parse(code)))) == 1


def test_what_is_said_in_time_is_not_found() -> None:
    code = "def f():\n    return _('Pass')\nA = lambda: _('Pass')\nclass B:\n    def f(self): return _('x')"
    assert list(said_too_early(ast.parse(code))) == []
