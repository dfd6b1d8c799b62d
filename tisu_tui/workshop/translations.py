"""Finding the same workshop in other languages: `name.pl.md` beside `name.md`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tisu_tui.core.activity import Problem
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import known_language, languages
from tisu_tui.session.translations import untranslated
from tisu_tui.session.workshop import Workshop
from tisu_tui.workshop.pictures import in_folder
from tisu_tui.workshop.reader import Reading, read

_TAGGED = re.compile(r"(?P<name>.+)\.(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)")

_WORD = 3


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


def problems(workshop: Workshop, own: Translation) -> tuple[Problem, ...]:
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
    return problems(workshop, own) if workshop else ()


def spoken(workshop: Workshop) -> tuple[str, ...]:
    """List the languages in which somebody can be spoken to in a session of a workshop, its own first."""
    tags = (workshop.language, *(each.language for each in workshop.translations), *languages())
    return tuple(dict.fromkeys(tags))
