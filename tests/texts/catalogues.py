"""Brings the catalogues up to date with the sentences in the code, and says what is wrong with them: `make texts`."""

from __future__ import annotations

import argparse
import ast
import datetime as dt
import re
import string
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[2] / "tisu_tui"

# Who reads a sentence goes by the file it comes from. All that is not listed here is read by people who take part, on
# their own screens or on the wall, and has to be translated; these are read by who prepares, leads or hosts a session.
FOR_HOSTS = (
    *("ballots", "cli", "desk", "documents", "recount", "rehearsal", "workshop"),
    *(f"sheets/{each}.py" for each in ("blocks", "cutting", "run_sheet")),
    *(f"store/{each}.py" for each in ("files", "folder", "listing", "sessions", "support")),
    *(
        "doors/idempotency.py",
        "doors/greeting.py",
        "doors/noise.py",
        "doors/remote.py",
        "doors/service.py",
    ),
    *(f"doors/nats_{each}.py" for each in ("access", "door", "room", "wire")),
    *("core/did_you_mean.py", "plain/desk.py", "plain/facilitator.py", "view/facilitator.py"),
    *("room/planning.py", "room/reading_notes.py", "room/room.py"),
    *("room/undoing.py", "room/writing.py"),
    *("screens/console.py", "screens/console_keys.py", "screens/desk_pages.py"),
    *("screens/opening.py", "screens/home.py", "screens/people_panels.py", "screens/sorting.py"),
)

# What is read with `gettext` is a call by one of these names.
_MARKS = frozenset({"_", "gettext", "ngettext", "later"})

# Where a text in quotes that looks like a sentence reaches nobody, or is no sentence of ours to translate.
_UNREAD = (
    *("cli", "recount"),  # the manual in English, and what `tisu verify` compares
    "rehearsal",  # what made-up people say and read
    *("core/day_words.py", "core/promise_patterns.py"),  # words that people type, in all languages
    *(
        "core/translation.py",
        "core/text.py",
        "activities/_counting.py",
        "core/typed.py",
    ),  # for who writes code, and numbers
    *("notes/outward.py", "room/return_words.py"),  # lists of words
    *("notes/data.py", "notes/told.py", "notes/embedded.py"),  # data, the same in each language
    *("workshop/settings.py", "workshop/front_matter.py"),  # words of workshop files
    *("desk/bindings.py", "screens/palette.py", "ballots"),  # names of arguments, of colours and of columns
    *("doors/greeting.py", "doors/noise.py", "doors/local.py"),  # what doors and their room say to each other
    *("documents/web.py", "documents/word.py", "sheets/cutting.py"),  # styles
    *("core/activity.py", "session/workshop.py", "workshop/minutes.py"),  # words of workshop files
    *("ssh/door.py", "room/room.py", "desk/parsing.py"),  # what is logged, or said to who writes code
)
# As above, one by one.
_UNREAD_TEXTS = frozenset(
    {
        "asked in other words",  # in a table of data
        "as it was written",  # a value of an Enum
        # What ssh prints, in English everywhere.
        "The authenticity of host '",
        (
            "' can't be established.\n    ED25519 key fingerprint is SHA256:…\n"
            "    Are you sure you want to continue connecting (yes/no/[fingerprint])?"
        ),
        "`we decide`, `leaders may send back once`, `we advise …`, `for information`",  # words of workshop files
    }
)


def is_for_hosts(file: str) -> bool:
    """Tell whether a file of the package has sentences only for who prepares, leads or hosts."""
    return any(file == each or file.startswith(f"{each}/") for each in FOR_HOSTS)


@dataclass
class Texts:
    """The sentences of the package, those that are marked and those that should be."""

    template: Catalog = field(default_factory=lambda: Catalog(project="tisu", charset="utf-8"))
    unmarked: list[str] = field(default_factory=list)


@cache
def texts_of(package: Path) -> Texts:
    """Find all sentences in the code."""
    texts = Texts()
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        lines = source.splitlines()
        marked: set[ast.AST] = set()
        for call in _marked(tree):
            marked.update(ast.walk(call))
            ids = [
                each.value for each in call.args[:2] if isinstance(each, ast.Constant) and isinstance(each.value, str)
            ]
            many = getattr(call.func, "id", "") == "ngettext"
            if ids:
                texts.template.add(
                    tuple(ids) if many else ids[0], locations=[(name, 0)], auto_comments=_comments(lines, call.lineno)
                )
        if not any(name == each or name.startswith(f"{each}/") for each in _UNREAD):
            texts.unmarked += [f"{name}:{line}: {text!r}" for line, text in _sentences(tree, marked)]
    return texts


def _marked(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKS:
            yield node


def _comments(lines: list[str], number: int) -> list[str]:
    """Read what is said to translators in the comment above a line."""
    found: list[str] = []
    for line in reversed(lines[: number - 1]):
        if not line.strip().startswith("#"):
            break
        found.insert(0, line.strip("# "))
    return found if found and found[0].startswith("For translators:") else []


# Gettext's header asks for one; a catalogue changes only when its texts do.
_NO_DATE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
_CODE = re.compile(r"[<\\]|\(\?|\w\{\}|=\"|\[\^")


def _sentences(tree: ast.AST, marked: set[ast.AST]) -> Iterator[tuple[int, str]]:
    """Find texts that read like sentences of ours and are not marked."""
    skipped = set(marked)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(node.value)  # a docstring
        elif isinstance(node, ast.Raise | ast.Assert) or (isinstance(node, ast.Call) and _is_log(node)):
            # Problems that people read are marked; the others are for who writes code.
            skipped.update(ast.walk(node))
    for node in ast.walk(tree):
        if node in skipped or not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        text = node.value.strip()
        reads_like_one = text[:1].isupper() or text[-1:] in tuple(".?!") or text.count(" ") >= 3
        if text in _UNREAD_TEXTS or text.isupper() or _CODE.search(text):
            continue
        if _WORDS.search(text) and reads_like_one:
            yield node.lineno, node.value


def _is_log(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in {"exception", "info", "warning", "error", "debug"}


def catalogue_file(package: Path, tag: str) -> Path:
    """The file of a language."""
    return package / "locale" / tag / "LC_MESSAGES" / "tisu.po"


def tags(package: Path) -> list[str]:
    """The languages there are catalogues for."""
    return sorted(path.parents[1].name for path in package.glob("locale/*/LC_MESSAGES/tisu.po"))


def read(package: Path, tag: str) -> Catalog:
    """Read the catalogue of a language."""
    with catalogue_file(package, tag).open("rb") as file:
        return read_po(file, locale=tag)


def write(package: Path, tag: str, catalogue: Catalog) -> None:
    """Write a catalogue so that a sentence that moves to another line changes nothing."""
    catalogue.creation_date = _NO_DATE
    path = catalogue_file(package, tag)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100_000, ignore_obsolete=True, include_lineno=False, sort_output=True)


def forms(message: Message) -> tuple[str, ...]:
    """What a message says in its language, in all its plural forms."""
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(each or "" for each in said)


def originals(message: Message) -> tuple[str, ...]:
    """What a message says in English, in one form or two."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def is_translated(message: Message) -> bool:
    """Tell whether a message says something, in all forms, that somebody chose."""
    return all(forms(message)) and not message.fuzzy


def placeholders(text: str) -> list[str]:
    """The names in braces in a text, each as often as it is there."""
    return sorted(name for _before, name, _spec, _how in string.Formatter().parse(text) if name is not None)


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def faults(catalogue: Catalog) -> Iterator[str]:
    """Find translations that would break where they are used."""
    known = get_plural(str(catalogue.locale))
    if catalogue.num_plurals != known.num_plurals:
        yield f"the header says {catalogue.num_plurals} plural forms; this language has {known.num_plurals}"
    for message in catalogue:
        if not message.id or not any(forms(message)):
            continue
        first, last = originals(message)[0], originals(message)[-1]
        many = isinstance(message.id, tuple | list)
        if many and len(forms(message)) != known.num_plurals:
            yield f"{first!r} has {len(forms(message))} plural forms; this language has {known.num_plurals}"
        elif not all(forms(message)):
            yield f"{first!r} lacks a plural form"
        for form in filter(None, forms(message)):
            try:
                said = placeholders(form)
            except ValueError as error:
                yield f"{first!r}: {error}: {form!r}"
                continue
            if said not in (_names(first), _names(last)):
                yield f"{first!r} has {_listed(_names(last))}, its translation {_listed(said)}: {form!r}"
            if _edges(form) != _edges(first):
                yield f"{first!r} begins or ends with other spaces than its translation: {form!r}"


def _names(text: str) -> list[str] | None:
    """The placeholders of one of our texts; None for a pattern, which has other braces."""
    try:
        return placeholders(text)
    except ValueError:
        return None


def _listed(names: list[str] | None) -> str:
    return ", ".join(f"{{{name}}}" for name in names or ()) or "no placeholder"


def for_people(message: Message) -> bool:
    """Tell whether people who take part read a message."""
    return any(not is_for_hosts(file) for file, _line in message.locations)


def untranslated(catalogue: Catalog, template: Catalog) -> list[Message]:
    """The sentences of people who take part that a catalogue does not say."""
    found = []
    for message in template:
        if message.id and for_people(message):
            said = catalogue.get(message.id)
            if said is None or not is_translated(said):
                found.append(message)
    return found


def merged(told: Iterable[Message]) -> list[tuple[str, str]]:
    """Pairs of different sentences that say the same in translation."""
    seen: dict[str, str] = {}
    pairs = []
    for message in told:
        for form in set(filter(None, forms(message))):
            other = seen.setdefault(form, originals(message)[0])
            if other != originals(message)[0]:
                pairs.append((other, originals(message)[0]))
    return pairs


def main() -> int:
    """Update the catalogues and print what is new, missing or wrong."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--new", metavar="TAG", help="begin the catalogue of another language")
    arguments.add_argument("package", nargs="?", type=Path, default=PACKAGE)
    given = arguments.parse_args()
    if given.new and given.new not in Locale("en").languages:
        arguments.error(f"{given.new} is no language that Babel knows by two or three letters, like uk")
    texts = texts_of(given.package)
    bad = len(texts.unmarked)
    for each in texts.unmarked:
        print(f"not marked for translation: {each}")
    if given.new and given.new not in tags(given.package):
        write(given.package, given.new, Catalog(locale=given.new, project="tisu", charset="utf-8", fuzzy=False))
    for tag in tags(given.package):
        catalogue = read(given.package, tag)
        before = {message.id for message in catalogue if message.id}
        catalogue.update(texts.template, no_fuzzy_matching=True)
        write(given.package, tag, catalogue)
        wrong, missing = list(faults(catalogue)), untranslated(catalogue, texts.template)
        new = [message for message in catalogue if message.id and message.id not in before]
        rest = sum(bool(message.id) and not for_people(message) and not is_translated(message) for message in catalogue)
        name = Locale.parse(tag).english_name
        print(
            f"{tag} ({name}): {len(new)} new, {len(missing)} untranslated for people who take part, "
            f"{rest} untranslated for who leads or hosts, {len(wrong)} wrong"
        )
        for each in wrong:
            print(f"  wrong: {each}")
        for message in missing:
            print(f"  untranslated: {originals(message)[0]!r} ({message.locations[0][0]})")
        bad += len(wrong) + len(missing)
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
