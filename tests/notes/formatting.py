"""Formatters that people run over their notes, each as a function from a text to a text."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
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


def _in_files(texts: Sequence[str], command: Sequence[str], *, may_fail: bool = False) -> list[str]:
    """Run a program that rewrites files in place."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{n:04}.md" for n, _text in enumerate(texts)]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [*command, *(path.name for path in paths)],
            cwd=folder, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert may_fail or done.returncode == 0, done.stderr
        return [path.read_text(encoding="utf-8") for path in paths]


def _with_prettier(texts: Sequence[str], wrap: str) -> list[str]:
    command = [_program("prettier", "npm install prettier"), "--write", "--prose-wrap", wrap, "--log-level", "error"]
    return _in_files(texts, command)


def _with_remark(texts: Sequence[str], settings: str = "") -> list[str]:
    remark = _program("remark", "npm install remark-cli remark-gfm remark-frontmatter")
    plugins = [str(NODE.parent / name) for name in ("remark-frontmatter", "remark-gfm")]
    uses = [part for plugin in plugins for part in ("--use", f"{plugin}/index.js")]
    wanted = ["--setting", settings] if settings else []
    return _in_files(texts, [remark, "--quiet", "--no-config", *uses, *wanted, "--output", "--"])


def _with_markdownlint(texts: Sequence[str]) -> list[str]:
    # It fails where something is left that it can't put right.
    command = [_program("markdownlint-cli2", "npm install markdownlint-cli2"), "--fix"]
    return _in_files(texts, command, may_fail=True)


def _with_pandoc(texts: Sequence[str], *options: str) -> list[str]:
    pandoc = _program("pandoc", "the Debian package pandoc")
    found = []
    for text in texts:
        # As an editor does that keeps front matter to itself.
        front, body = text[: text.index("---\n", 4) + 4], text[text.index("---\n", 4) + 4 :]
        done = subprocess.run(
            [pandoc, "-f", "gfm", "-t", "gfm", *options],
            input=body,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        found.append(f"{front}\n{done.stdout}")
    return found


FORMATTERS: dict[str, Callable[[Sequence[str]], list[str]]] = {
    "mdformat": partial(_with_mdformat, wrap="keep"),
    "mdformat, wrapped at 60": partial(_with_mdformat, wrap=60),
    "mdformat, never wrapped": partial(_with_mdformat, wrap="no"),
    "prettier": partial(_with_prettier, wrap="preserve"),
    "prettier, always wrapped": partial(_with_prettier, wrap="always"),
    "prettier, never wrapped": partial(_with_prettier, wrap="never"),
    "remark": _with_remark,
    "remark, with stars and indents": partial(_with_remark, settings='"bullet":"*","listItemIndent":"tab","rule":"_"'),
    "markdownlint --fix": _with_markdownlint,
    "pandoc at its default width": _with_pandoc,
    "pandoc without wrapping": lambda texts: _with_pandoc(texts, "--wrap=none"),
}
