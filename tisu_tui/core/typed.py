"""Reads what somebody typed as the options it means, for every surface alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from tisu_tui.core.enumerating import ended
from tisu_tui.core.form import Field, Option, Order, Pick, Value, Write, bare, keys, short
from tisu_tui.core.scripts import latin
from tisu_tui.core.translation import gettext as _

PASSES = frozenset({"p", "pass"})
_APOSTROPHES = str.maketrans("", "", "'’ʼ`")
_MINUS = re.compile(r"(?<!\w)[-−–](?=\d)|^[-−–]$")
_NUMBER = re.compile(r"-?\d{1,6}")
_PUNCTUATION = re.compile(r"""[!"#%&'()*,\-./:;?@\[\\\]_{}]""")
_BETWEEN = re.compile(r"[\s,;]+")


class NotTaken(ValueError):
    """A line can't be taken, as where it means none of the options or more than one; this says why."""


def with_pass(options: Sequence[Option]) -> tuple[Option, ...]:
    """Add the pass as the last choice; its id is empty."""
    return (*options, Option("", _("Pass"), "p"))


def fitting(options: Sequence[Option], text: str) -> tuple[int, ...]:
    """Find the places of the options that a text can mean: one where it is clear.

    A whole label comes before a number or letter, and that before the beginning of a label. What stands on letters
    counts, unless nothing fits with it: `zolty` means `żółty` where no option is `zolty`.
    """
    said = _folded(text)
    if not said:
        return ()
    index = _index_of(options)
    found = _fitting(index, said)
    return found or (() if said.isascii() and index.is_plain else _fitting(_in_latin(index), latin(said)))


def _fitting(index: _Index, said: str) -> tuple[int, ...]:
    number = _number(said)
    whole = (
        _places(said in each for each in index.labels)
        or _places(said == line for line in index.lines)
        or _places(number == each for each in index.numbers)
    )
    if whole or (_NUMBER.fullmatch(number) and any(map(str.isdigit, said))):
        return whole  # a number that is not there is no beginning of anything
    return _places(any(label.startswith(said) for label in each) for each in index.labels)


@dataclass(frozen=True, slots=True)
class _Index:
    """The words and signs of options that a text is compared with, each in its place."""

    labels: tuple[frozenset[str], ...]
    lines: tuple[str, ...]
    numbers: tuple[str, ...]
    is_plain: bool
    """Whether all of it is written with the letters from a to z."""
    beginnings: frozenset[str]
    """What a text can be the beginning of: labels, also in the letters from a to z, and signs."""


def _index_of(options: Sequence[Option]) -> _Index:
    # Options that differ only in what is typed for them are equal.
    return _index(tuple(options), keys(options), tuple(option.name for option in options))


# Every key that somebody presses asks, and all of a room ask about the same options.
@lru_cache(maxsize=64)
def _index(options: tuple[Option, ...], shown: tuple[str, ...], _names: tuple[str, ...]) -> _Index:
    labels = tuple(frozenset(map(_folded, _named(option))) for option in options)
    lines = tuple(_folded(f"{sign} {bare(option)}") for sign, option in zip(shown, options, strict=True))
    numbers = tuple(_number(_folded(sign)) for sign in shown)
    names = frozenset[str]().union(*labels)
    beginnings = names | frozenset(map(latin, names)) | frozenset(map(_folded, shown))
    return _Index(labels, lines, numbers, all(map(str.isascii, (*lines, *names))), beginnings)


@lru_cache(maxsize=64)
def _in_latin(index: _Index) -> _Index:
    return _Index(
        tuple(frozenset(map(latin, label)) for label in index.labels),
        tuple(map(latin, index.lines)),
        index.numbers,
        True,
        index.beginnings,
    )


def signs(options: Sequence[Option]) -> frozenset[str]:
    """Give the letters and numbers that each mean an option."""
    return frozenset(_index_of(options).numbers)


def goes_on(options: Sequence[Option], text: str) -> bool:
    """Tell whether a text is the beginning of something longer: of a number of two digits, or of a label."""
    said = _folded(text) + " " * (text != text.rstrip())
    return any(name != said and name.startswith(said) for name in _index_of(options).beginnings)


def parts(field: Pick | Order, text: str) -> list[str]:
    """Cut a line into what is chosen with it: the whole of it where that is an option, else numbers, else at commas."""
    options = with_pass(field.options)
    if len(fitting(options, text)) == 1:
        return [text]
    words = [word for word in _BETWEEN.split(text.strip()) if word]
    if all(_number(_folded(word)) in signs(options) | PASSES for word in words):
        return words
    return [part for part in re.split("[,;]", text) if part.strip()] or [text]


def one(field: Pick | Order, text: str) -> str:
    """Read the id of the one option that a text means; empty for a pass. Raises `NotTaken`."""
    options = with_pass(field.options)
    found = fitting(options, text)
    if len(found) == 1:
        return options[found[0]].id
    if found:
        several = "; ".join(options[n].label for n in found[:4])
        raise NotTaken(_("that could be: {several}. Type more of it, or its number").format(several=several))
    raise NotTaken(field.problem(()))


def read(field: Pick | Order, text: str) -> Value | None:
    """Read a line as the whole answer to a field; `None` is a pass. Raises `NotTaken`."""
    value = tuple(one(field, part) for part in parts(field, text))
    if value == ("",):
        return None
    if problem := field.problem(value):
        raise NotTaken(problem)
    return value


def answer_words(field: Field, value: Value | None) -> tuple[str, ...]:
    """Put an answer into the words that people read."""
    if value is None:
        return (_("Pass"),)
    if isinstance(field, Write):
        return value
    labels = {option.id: option.label for option in field.options}
    if isinstance(field, Order):
        return tuple(f"{n}. {labels.get(each, each)}" for n, each in enumerate(value, 1))
    return tuple(
        labels.get(each, each) + (f" ×{value.count(each)}" if value.count(each) > 1 else "")
        for each in dict.fromkeys(value)
    )


def receipt(
    given: Mapping[Field, Value | None], *, durable: bool, numbers: Mapping[Field, str] = MappingProxyType({})
) -> str:
    """Say what was recorded of a question, and of the one that follows on it where both were answered.

    Of words it is the last, of a scale's point or zone the name without what explains it. What can be chosen is named
    by its number alone where that is what somebody typed, as `numbers` has it.
    """
    said = [
        typed if (typed := numbers.get(field)) and typed == _point(field, value) else _recorded(field, value)
        for field, value in given.items()
    ]
    are_numbers = all(each.isdigit() for each in said)
    return _receipt((", " if are_numbers else ". ").join(said), durable=durable)


def _point(field: Field, value: Value | None) -> str:
    """Give the number of what was chosen, on a scale or of a question that follows on another; else nothing."""
    if isinstance(field, Write):
        return ""
    named = zip(field.options, keys(field.options), strict=True)
    return next((key for option, key in named if (option.name or field.after) and (option.id,) == value), "")


def receipt_of_all(given: Mapping[Pick | Order, Value | None], *, durable: bool) -> str:
    """Confirm the answers to many statements at once, with the key of each."""
    return _receipt(", ".join(_sign(field, value) for field, value in given.items()), durable=durable)


def _sign(field: Pick | Order, value: Value | None) -> str:
    names = {option.id: key for option, key in zip(field.options, keys(field.options), strict=True)}
    return " ".join(names[each] for each in value) if value is not None else _("pass")


def _receipt(said: str, *, durable: bool) -> str:
    text = ended(said)
    kept = _("Recorded: {answer}") if durable else _("Kept until this closes: {answer}")
    return kept.format(answer=text)


def _recorded(field: Field, value: Value | None) -> str:
    if value is None or isinstance(field, Write):
        return answer_words(field, value)[-1]
    names = {
        option.id: short(option.label if option.key else option.name) if option.name else option.label
        for option in field.options
    }
    if isinstance(field, Order):
        return "; ".join(names[each] for each in value)
    times = ((names[each], value.count(each)) for each in dict.fromkeys(value))
    return "; ".join(name if number == 1 else f"{name} ×{number}" for name, number in times)


def _named(option: Option) -> tuple[str, ...]:
    return (option.label, option.name, short(option.name)) if option.name else (option.label,)


def _places(fits: Iterable[bool]) -> tuple[int, ...]:
    return tuple(n for n, fit in enumerate(fits) if fit)


def _folded(text: str) -> str:
    """Make texts alike that people read alike: width, case, quotes, punctuation and spaces do not count."""
    plain = (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold().translate(_APOSTROPHES)
    plain = _MINUS.sub("\x00", plain)
    if plain.isascii():
        kept = _PUNCTUATION.sub(" ", plain)
    else:
        kept = "".join(" " if unicodedata.category(letter)[0] in "PZ" else letter for letter in plain)
    return " ".join(kept.replace("\x00", "-").split()) or plain.strip()


def _number(said: str) -> str:
    """Give the number that words like `option two` or `minus 3` say, in digits; other words as they are."""
    if len(said) == 1 or _NUMBER.fullmatch(said):
        return str(int(said)) if _NUMBER.fullmatch(said) else said
    words = said.removeprefix("option ").removeprefix(_("option") + " ").split()
    minus = bool(words) and words[0] in {"minus", _("minus")}
    word = " ".join(words[minus:]).removeprefix("+")
    for names in (_IN_ENGLISH, latin(_("zero one two three four five six seven eight nine ten eleven twelve"))):
        if latin(word) in names.split():
            word = str(names.split().index(latin(word)))
    if minus:
        word = f"-{word}"
    return str(int(word)) if _NUMBER.fullmatch(word) else said if minus else word


_IN_ENGLISH = "zero one two three four five six seven eight nine ten eleven twelve"
