"""Files of workshops: those that come with tisu, one by its name or path, and the same one in other languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from tisu_tui.core.activity import Problem
from tisu_tui.core.did_you_mean import guess
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.failure import OneLineProblem
from tisu_tui.core.translation import ENGLISH, known_language, languages
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.translations import untranslated
from tisu_tui.session.workshop import Workshop
from tisu_tui.workshop.pictures import in_folder
from tisu_tui.workshop.reader import Reading, read

_PATH = ("window-of-tolerance", "recommendations", "sharing-power", "did-we-do-it")
"""A way through the library for a team that begins; these stand before the rest."""

_TAGGED = re.compile(r"(?P<name>.+)\.(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)")
_WORD = 3


class NoSuchWorkshopError(OneLineProblem):
    """Neither a file nor a workshop of the library has this name."""

    status = 2


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
    """Give the text of a short workshop that explains itself, to begin a new one from, in a language tisu speaks.

    Where nobody has put it into that language it is the English one, to be put into it.
    """
    files = resources.files("tisu_tui.workshop")
    own = files.joinpath(f"blank.{tag}.md")
    if tag != ENGLISH and own.is_file():
        return own.read_text("utf-8")
    english = files.joinpath("blank.md").read_text("utf-8")
    return english.replace(f"language: {ENGLISH}", f"language: {tag}", 1)


def find(name: str) -> Path:
    """Find a workshop by its path, else by its name in the library; raises NoSuchWorkshopError."""
    path = Path(name)
    if path.is_file():
        return path
    known = {file.stem: file for file in _files()}
    if name in known:
        return known[name]
    if path.is_dir():
        raise NoSuchWorkshopError(_("{name} is a folder, not a workshop file").format(name=quoted(name)))
    message = _("there is no file {name}, and no workshop of that name in the library").format(name=quoted(name))
    raise NoSuchWorkshopError(message + (guess(path.stem, known) or _("; to see them: tisu --plain")))


@dataclass(frozen=True, slots=True)
class Translation:
    """One file of a workshop that is there in several languages."""

    path: Path
    content: bytes
    reading: Reading


def original(path: Path) -> Path:
    """Give the file of the same workshop whose name has no language in it; itself where there is none."""
    tagged = _TAGGED.fullmatch(path.stem)
    # `my.day.md` is a workshop of its own: tags of three letters have to be of a language that is spoken here.
    if tagged is None or (len(tagged["tag"]) == _WORD and not known_language(tagged["tag"])):
        return path
    first = path.with_name(f"{tagged['name']}{path.suffix}")
    return first if first.is_file() else path


def is_translation(path: Path) -> bool:
    """Tell whether a file is the same workshop as another one, in the language that its name says."""
    return original(path) != path


def translations(path: Path, today: date) -> list[Translation]:
    """Read the files beside a workshop that are the same in other languages; raises OSError."""
    first = original(path)
    beside = sorted(each for each in first.parent.glob(f"*{first.suffix}") if original(each) == first)
    found = []
    for each in beside:
        if each == path:
            continue
        content = each.read_bytes()
        found.append(Translation(each, content, read(content, each.name, today, in_folder(each.parent))))
    return found


def translation_problems(workshop: Workshop, own: Translation) -> tuple[Problem, ...]:
    """List what a translation lacks, beside what is wrong with its file."""
    there = own.reading.workshop
    if there is None:
        return ()
    found = []
    tagged = _TAGGED.fullmatch(own.path.stem)
    tag = known_language(tagged["tag"]) or tagged["tag"].casefold() if tagged else there.language
    if tag != there.language:
        message = _("the name of the file says {tag}, and the file itself {language}")
        expected = f"language: {tag}"
        found.append(Problem(1, 1, "W523", message.format(tag=tag, language=there.language), expected, warning=True))
    missing, other = untranslated(workshop, there)
    if missing:
        message = _("not in this language, and so shown in another: {ids}").format(ids=", ".join(missing))
        found.append(Problem(1, 1, "W524", message, _("a step with `id {id}`").format(id=missing[0]), warning=True))
    if other:
        message = _("not asked here as in the other language, and so shown in that: {ids}")
        expected = _("the same kind, with as many lines")
        found.append(Problem(1, 1, "W525", message.format(ids=", ".join(other)), expected, warning=True))
    return tuple(found)


def beside_original(own: Translation, today: date) -> tuple[Problem, ...]:
    """List what a translation lacks beside its original; nothing where that can't be read. Raises OSError."""
    first = original(own.path)
    workshop = read(first.read_bytes(), first.name, today, in_folder(first.parent)).workshop
    return translation_problems(workshop, own) if workshop else ()


def spoken(workshop: Workshop) -> tuple[str, ...]:
    """List the languages in which somebody can be spoken to in a session of a workshop, its own first."""
    tags = (workshop.language, *(translation.language for translation in workshop.translations), *languages())
    return tuple(dict.fromkeys(tags))
