"""Which files of a folder are pages: those that are read, in the order in which they count, and what is passed over."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext

_ENDINGS = (".md", ".markdown")
_DEEPEST = 8
_MOST = 10_000
_MOST_NAMED = 5

# What programs that share folders call a second copy, and what people and their computers call one.
_COPY = re.compile(
    r"\(\d{1,3}\)$|\([^)]*\b(?:conflict|conflicted|copy)\b[^)]*\)$|[._ -](?:sync-)?conflict(?:ed)?\b|"
    r" - copy(?: \(\d+\))?$| copy(?: \d+)?$|^copy of |\.orig$|_conflict-| \d$",
    re.IGNORECASE,
)


def is_copy(path: Path) -> bool:
    """Tell whether a file is named as a copy of another is."""
    return _COPY.search(path.stem) is not None


def pages_in(folder: Path) -> tuple[list[Path], list[str]]:
    """Find the pages of a folder and of those inside it, the copies last; raises OSError where there is no folder.

    Also gives sentences about what else lies there.
    """
    found: list[Path] = []
    others: list[Path] = []
    hidden: list[Path] = []
    for path in _walk(folder, 0, hidden):
        (found if path.suffix.casefold() in _ENDINGS else others).append(path)
        if len(found) >= _MOST:
            break
    found.sort(key=lambda each: (is_copy(each), len(each.parts), each))
    return found, [*_passed(folder, others, hidden)]


def _walk(folder: Path, depth: int, hidden: list[Path]) -> Iterator[Path]:
    below: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            hidden.append(path)
        elif path.suffix.casefold() in _ENDINGS or not path.is_dir():
            yield path
        elif path.is_symlink() or depth == _DEEPEST:
            hidden.append(path)
        else:
            below.append(path)
    for path in below:
        try:
            yield from _walk(path, depth + 1, hidden)
        except PermissionError:
            hidden.append(path)


def _passed(folder: Path, others: list[Path], hidden: list[Path]) -> Iterator[str]:
    if others:
        endings = Counter(path.suffix.casefold() or _("none") for path in others)
        told = ngettext(
            "Passed over: {n} file that is no page ({endings}). Pages end in {known}.",
            "Passed over: {n} files that are no pages ({endings}). Pages end in {known}.",
            len(others),
        )
        common = ", ".join(each for each, _n in endings.most_common(_MOST_NAMED))
        yield told.format(n=len(others), endings=common, known=" ".join(_ENDINGS))
    for path in hidden[:_MOST_NAMED]:
        yield _("Passed over: {path}").format(path=os.fspath(path.relative_to(folder)))
