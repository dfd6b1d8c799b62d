"""What people read, in the language of whoever it is said to.

A catalogue is a file of gettext, `locale/<tag>/LC_MESSAGES/tisu.po`, which the build compiles to `tisu.mo`. It is read
from the disk once and lies in memory from then on. Which one is asked hangs on the context (`contextvars`), so that
people who are served at the same time by one process each read their own language. The default is English: the texts as
they stand in the code.
"""

from __future__ import annotations

import gettext as _library
import io
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import ParamSpec, Self, TypeVar, overload

P = ParamSpec("P")
R = TypeVar("R")

ENGLISH = "en"
_FOLDER = Path(__file__).parents[1] / "locale"

_catalogues: dict[str, _library.NullTranslations | None] = {ENGLISH: None}
"""By tag. There is none for English, which needs no looking up."""


def _catalogue(tag: str) -> _library.NullTranslations | None:
    if tag not in _catalogues:
        # A workshop may be in a language that tisu does not speak: what tisu says itself is English then.
        _catalogues[tag] = _read(tag) if tag in languages() else None
    return _catalogues[tag]


def _read(tag: str) -> _library.NullTranslations:
    """Read a catalogue; what nobody has translated yet, or only guessed, is said in English."""
    source, compiled = (_FOLDER / tag / "LC_MESSAGES" / name for name in ("tisu.po", "tisu.mo"))
    if compiled.exists() and not (source.exists() and source.stat().st_mtime > compiled.stat().st_mtime):
        return _library.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    # Only for who works on a translation, or runs a folder that was never installed.
    import polib

    return _library.GNUTranslations(io.BytesIO(polib.pofile(str(source)).to_binary()))


class _Listener:
    """Somebody whom tisu speaks to.

    Tasks inherit the context they are started in, so all that run for one seat share one listener, and a language that
    is changed in one of them is changed in all.
    """

    __slots__ = ("catalogue", "language")

    def __init__(self, language: str) -> None:
        self.catalogue = _catalogue(language)
        self.language = language


_listener: ContextVar[_Listener] = ContextVar("listener")
_NOBODY = _Listener(ENGLISH)


def gettext(text: str) -> str:
    """Say a text of ours in the language of this context."""
    catalogue = _listener.get(_NOBODY).catalogue
    return text if catalogue is None else catalogue.gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """Say a text that has a number in it, in the form that goes with `n`."""
    catalogue = _listener.get(_NOBODY).catalogue
    if catalogue is None:
        return one if n == 1 else many
    return catalogue.ngettext(one, many, n)


class Sentence(str):
    """Something that is said to several people: English as a str, and by `said` to each in their own language."""

    __slots__ = ("_say",)
    _say: Callable[[], str]

    def __new__(cls, say: Callable[[], str]) -> Self:
        with speaking(ENGLISH):
            made = super().__new__(cls, say())
        made._say = say
        return made

    def format(self, *args: object, **fields: object) -> Sentence:
        """Put values in its fields; those that are sentences are said in the same language."""
        say = self._say
        return Sentence(lambda: say().format(*args, **{name: said(each) for name, each in fields.items()}))

    def said(self) -> str:
        """Say it in the language of this context."""
        return self._say()


def later(text: str) -> Sentence:
    """Make a sentence of a text of ours."""
    return Sentence(lambda: gettext(text))


@overload
def said(what: str) -> str: ...


@overload
def said(what: object) -> object: ...


def said(what: object) -> object:
    """Say a sentence in the language of this context; anything else comes back as it is."""
    return what.said() if isinstance(what, Sentence) else what


def language() -> str:
    """The tag of the language that is spoken in this context."""
    return _listener.get(_NOBODY).language


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Speak a language inside, and in every task that is started inside."""
    before = _listener.set(_Listener(tag))
    try:
        yield
    finally:
        _listener.reset(before)


def change_language(tag: str) -> None:
    """Speak another language to whom this context speaks to, from now on and in all of their tasks."""
    listener = _listener.get(_NOBODY)
    if listener is _NOBODY:
        raise RuntimeError("the language of everybody can't be changed; say `speaking` around what is for one of them")
    listener.language, listener.catalogue = tag, _catalogue(tag)


def cache_by_language(most: int | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Remember up to `most` results of a function that says something, each for the language it was said in."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @lru_cache(most)
        def remembered(_language: Hashable, *args: P.args, **kwargs: P.kwargs) -> R:
            return function(*args, **kwargs)

        @wraps(function)
        def ask(*args: P.args, **kwargs: P.kwargs) -> R:
            return remembered(language(), *args, **kwargs)  # type: ignore[arg-type]  # P can't say: hashable

        return ask

    return decorate


@cache
def languages() -> tuple[str, ...]:
    """Tags of the languages that tisu speaks, English first."""
    shipped = {file.parents[1].name for file in _FOLDER.glob("*/LC_MESSAGES/tisu.[mp]o")}
    return (ENGLISH, *sorted(shipped))


def known_language(said: str) -> str:
    """Find the tag of a language that tisu speaks, like `pl` for `PL` and `pl-PL`; empty for any other."""
    tags = {tag.casefold(): tag for tag in languages()}
    return tags.get(said.casefold()) or tags.get(said.partition("-")[0].casefold(), "")


def loading_catalogues() -> Iterator[None]:
    """Read one catalogue after the other, so that nobody who comes waits for theirs."""
    for tag in languages():
        _catalogue(tag)
        yield


def language_name(tag: str) -> str:
    """The name of a language in that language."""
    with speaking(tag):
        # For translators: the name of your own language, as in a list that people choose from: "polski", "Gàidhlig".
        return gettext("English")


def remark() -> str:
    """Say what people should know of this translation, such as that it is a draft; empty for English."""
    english = "This is in the language it was written in."
    # For translators: until somebody has read your translation whose own language it is, say here that it is a draft.
    said_of_it = gettext("This is in the language it was written in.")
    return "" if said_of_it == english else said_of_it


def add_language(tag: str, catalogue: _library.NullTranslations) -> None:
    """Speak one more language, of which there is no file: for tests."""
    _catalogues[tag] = catalogue
