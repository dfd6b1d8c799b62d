"""`tisu new`: a file that is fine from the start, and never one that was there."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tisu_tui.cli import main
from tisu_tui.core.translation import languages
from tisu_tui.session.translations import untranslated
from tisu_tui.workshop.edit import retitle
from tisu_tui.workshop.library import blank, find, library
from tisu_tui.workshop.reader import read

TITLES = [
    "Our mornings",
    "Who: we & <us> # {#x} — a *start*, [now](then)",
    "# - 'one' \"two\"",
    "NULL",
    "Смена",
    "1. First",
    "w" * 300,
]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def strictly_fine(path: Path) -> bool:
    return run("check", "--strict", path).exit_code == 0


@pytest.mark.parametrize("title", TITLES)
def test_a_new_file_is_a_fine_workshop_under_its_title(tmp_path: Path, title: str) -> None:
    result = run("new", "--to", tmp_path, "--", title)
    assert result.exit_code == 0, result.output
    (path,) = tmp_path.iterdir()
    assert result.stdout == f"{path}\n"
    assert result.stderr.rstrip().endswith(f"tisu check --watch {shlex.quote(str(path))}")
    assert path.suffix == ".md"
    assert len(path.name) < 80
    assert strictly_fine(path)
    found = read(path.read_bytes(), path.name).workshop
    assert found
    assert found.title == title[:79] + "…" * (len(title) > 80)


@pytest.mark.parametrize("name", [path.stem for path in library()])
def test_any_workshop_of_the_library_can_be_the_beginning(tmp_path: Path, name: str) -> None:
    assert run("new", "our-own", "--from", name, "--to", tmp_path).exit_code == 0
    path = tmp_path / "our-own.md"
    assert strictly_fine(path)
    theirs = next(each for each in library() if each.stem == name).read_text("utf-8").splitlines()
    ours = path.read_text("utf-8").splitlines()
    changed = [(was, line) for was, line in zip(theirs, ours, strict=True) if was != line]
    assert [line for _was, line in changed] == ['title: "Our own"', "# Our own"]
    assert [was.partition(" ")[0] for was, _line in changed] == ["title:", "#"]


@pytest.mark.parametrize("tag", languages())
def test_a_new_file_may_be_in_each_language(tmp_path: Path, tag: str) -> None:
    assert run("new", "Наш ранок", "--language", tag, "--to", tmp_path).exit_code == 0
    path = tmp_path / "nash-ranok.md"
    assert strictly_fine(path)
    found, english = read(path.read_bytes(), path.name).workshop, read(blank(), "x").workshop
    assert found
    assert english
    assert found.language == tag
    assert untranslated(english, found) == ([], [])


@pytest.mark.parametrize("tag", ["pl", "gd"])
@pytest.mark.parametrize("name", ["window-of-tolerance", "sharing-power"])
def test_a_workshop_of_the_library_may_be_begun_from_in_another_language(tmp_path: Path, name: str, tag: str) -> None:
    assert run("new", "Ours", "--from", name, "--language", tag, "--to", tmp_path).exit_code == 0
    found = read((tmp_path / "ours.md").read_bytes(), "ours.md").workshop
    theirs = read(find(name).read_bytes(), name).workshop
    assert found
    assert theirs
    assert (found.title, found.language) == ("Ours", tag)
    assert untranslated(theirs, found) == ([], [])
    assert strictly_fine(tmp_path / "ours.md")
    assert run("check", "--strict", find(f"{name}.{tag}")).exit_code == 0


def test_a_language_that_is_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    for words, said in (
        (("--language", "xx"), f"--language xx: tisu has no such language; it has: {', '.join(languages())}"),
        (("--from", "readiness", "--language", "pl"), "--language pl: readiness is not there in that language"),
    ):
        result = run("new", "Ours", *words, "--to", tmp_path)
        assert result.exit_code == 2
        assert result.stderr.strip() == said
    assert not list(tmp_path.iterdir())


def test_a_title_is_replaced_however_it_was_written() -> None:
    source = (
        "---\ntisu: 1\ntitle: >\n  Long\n  one\nlanguage: en\n# end\n---\n\n"
        "Long\ntitle\n===\n\n## Bye\n\n`close` `3m`\n"
    )
    text = retitle(source, "Short")
    assert text == '---\ntisu: 1\ntitle: "Short"\nlanguage: en\n# end\n---\n\n# Short\n\n## Bye\n\n`close` `3m`\n'
    found = read(text, "x")
    assert found.problems == ()


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "our-mornings.md"
    path.write_text("mine")
    dangling = tmp_path / "elsewhere.md"
    dangling.symlink_to(tmp_path / "nowhere")
    for name in ("Our mornings", "our-mornings", "our-mornings.md", "Elsewhere"):
        result = run("new", name, "--to", tmp_path)
        assert result.exit_code == 1
        assert "is there already" in result.stderr
        assert not result.stdout
    assert path.read_text() == "mine"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["elsewhere.md", "our-mornings.md"]


@pytest.mark.parametrize("name", ["../out", "a/b", "a\\b", "", " ", "\x1b[2J", ".md"])
def test_what_is_no_name_makes_no_file(tmp_path: Path, name: str) -> None:
    result = run("new", "--to", tmp_path, name)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_beginning_that_is_not_there_or_not_sound_makes_no_file(tmp_path: Path) -> None:
    broken = tmp_path / "broken.md"
    broken.write_text("---\ntisu: 1\ntitle: x\n---\n\n## A\n\n`rate`\n")
    for source in ("window-of-tolerence", broken):
        assert run("new", "Mine", "--from", source, "--to", tmp_path).exit_code == 2
    assert list(tmp_path.iterdir()) == [broken]
