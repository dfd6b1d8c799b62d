"""The workshops that come with tisu, and finding one by its name or its path."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from tisu_tui.core.translation import ENGLISH
from tisu_tui.core.translation import gettext as _
from tisu_tui.workshop.problems import guess, quoted
from tisu_tui.workshop.translations import is_translation, original

_PATH = ("window-of-tolerance", "recommendations", "sharing-power", "did-we-do-it")
"""A way through the library for a team that begins; these stand before the rest."""


class NoSuchWorkshopError(LookupError):
    """Neither a file nor a workshop of the library has this name."""


def library() -> Sequence[Path]:
    """List the workshop files that come with tisu, each in English: those to begin with, then the rest by name."""
    return sorted((path for path in _files() if not is_translation(path)), key=_place)


def in_language(path: Path, tag: str) -> Path | None:
    """Give the file of the same workshop in a language; `None` where there is none."""
    first = original(path)
    own = first if tag == ENGLISH else first.with_name(f"{first.stem}.{tag}{first.suffix}")
    return own if own.is_file() else None


def _files() -> Sequence[Path]:
    package = Path(str(resources.files("tisu_tui")))
    installed = package / "library"
    folder = installed if installed.is_dir() else package.parent / "workshops"
    return sorted(folder.glob("*.md"))


def _place(path: Path) -> tuple[int, str]:
    return (_PATH.index(path.stem) if path.stem in _PATH else len(_PATH), path.stem)


def along_the_way(path: Path) -> str:
    """Say in a word or two when a team that begins comes to a workshop; empty for those that are beside the way."""
    words = dict(zip(_PATH, (_("first"), _("next"), _("then"), _("six weeks later")), strict=True))
    return words.get(path.stem, "") if path in library() else ""


def blank(tag: str = ENGLISH) -> str:
    """Give the text of a short workshop that explains itself, to begin a new one from, in a language tisu speaks."""
    name = "blank.md" if tag == ENGLISH else f"blank.{tag}.md"
    return resources.files("tisu_tui.workshop").joinpath(name).read_text("utf-8")


def find(name: str) -> Path:
    """Find a workshop by its path, else by its name in the library; raises NoSuchWorkshopError."""
    path = Path(name)
    if path.is_file():
        return path
    known = {each.stem: each for each in _files()}
    if name in known:
        return known[name]
    if path.is_dir():
        raise NoSuchWorkshopError(_("{name} is a folder, not a workshop file").format(name=quoted(name)))
    message = _("there is no file {name}, and no workshop of that name in the library").format(name=quoted(name))
    raise NoSuchWorkshopError(message + (guess(path.stem, known) or _("; to see them: tisu --plain")))
