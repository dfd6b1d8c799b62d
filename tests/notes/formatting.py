"""Formatters that people run over their notes."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import mdformat
import pytest

ROOT = Path(__file__).parents[2]
NODE = ROOT / ".formatters" / "node_modules" / ".bin"
"""Where `make system` puts what comes from npm."""


def _program(name: str, origin: str) -> str:
    path = shutil.which(name, path=str(NODE)) or shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not on this machine; {origin} brings it")
    return path


def _with_mdformat(texts: Sequence[str], wrap: str | int) -> list[str]:
    return [mdformat.text(text, options={"wrap": wrap}, extensions={"gfm", "frontmatter"}) for text in texts]


def _in_files(
    texts: Sequence[str], command: Sequence[str], rules: str = "", *settings: object, may_fail: bool = False
) -> list[list[str]]:
    """Run a program that rewrites files in place: once, on a folder for each of its settings, which are in a file."""
    with tempfile.TemporaryDirectory() as place:
        paths = []
        for number, wanted in enumerate(settings or [None]):
            folder = Path(place) / str(number)
            folder.mkdir()
            if rules:
                (folder / rules).write_text(json.dumps(wanted), encoding="utf-8")
            paths.append([folder / f"{n:04}.md" for n, _text in enumerate(texts)])
            for path, text in zip(paths[-1], texts, strict=True):
                path.write_text(text, encoding="utf-8")
        names = [path.relative_to(place).as_posix() for each in paths for path in each]
        done = subprocess.run([*command, *names], cwd=place, capture_output=True, text=True, timeout=120, check=False)
        assert may_fail or done.returncode == 0, done.stderr
        return [[path.read_text(encoding="utf-8") for path in each] for each in paths]


def _with_prettier(texts: Sequence[str], *wraps: str) -> list[list[str]]:
    command = [_program("prettier", "npm install prettier"), "--write", "--log-level", "error"]
    return _in_files(texts, command, ".prettierrc", *({"proseWrap": wrap} for wrap in wraps))


def _with_remark(texts: Sequence[str], *settings: Mapping[str, str]) -> list[list[str]]:
    remark = _program("remark", "npm install remark-cli remark-gfm remark-frontmatter")
    plugins = [str(NODE.parent / name / "index.js") for name in ("remark-frontmatter", "remark-gfm")]
    rules = ({"plugins": plugins, "settings": each} for each in settings)
    return _in_files(texts, [remark, "--quiet", "--output", "--"], ".remarkrc.json", *rules)


def _with_markdownlint(texts: Sequence[str]) -> list[list[str]]:
    # It fails where something is left that it can't put right.
    command = [_program("markdownlint-cli2", "npm install markdownlint-cli2"), "--fix"]
    return _in_files(texts, command, may_fail=True)


def _with_pandoc(texts: Sequence[str], *options: str) -> list[str]:
    pandoc = _program("pandoc", "the Debian package pandoc")
    # As an editor does that keeps front matter to itself; a word between the texts tells them apart again.
    ends = [text.index("---\n", 4) + 4 for text in texts]
    together = f"\n\n{_BETWEEN}\n\n".join(text[end:] for text, end in zip(texts, ends, strict=True))
    done = subprocess.run(
        [pandoc, "-f", "gfm", "-t", "gfm", *options],
        input=together, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    bodies = done.stdout.split(f"\n{_BETWEEN}\n")
    return [f"{text[:end]}\n{body}" for text, end, body in zip(texts, ends, bodies, strict=True)]


_BETWEEN = "betweentexts"
_STARS = {"bullet": "*", "listItemIndent": "tab", "rule": "_"}
FORMATTERS: dict[str, Callable[[Sequence[str]], list[list[str]]]] = {
    "mdformat, as it is, at 60 and never wrapped": lambda texts: [
        _with_mdformat(texts, wrap) for wrap in ("keep", 60, "no")
    ],
    "prettier, as it is, always and never wrapped": lambda texts: _with_prettier(texts, "preserve", "always", "never"),
    "remark, as it is, with stars and indents": lambda texts: _with_remark(texts, {}, _STARS),
    "markdownlint --fix": _with_markdownlint,
    "pandoc, at its default width and without wrapping": lambda texts: [
        _with_pandoc(texts),
        _with_pandoc(texts, "--wrap=none"),
    ],
}
"""What each of them makes of texts, for each of its settings that are tried."""
