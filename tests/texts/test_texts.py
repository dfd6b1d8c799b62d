"""What `make texts` finds, and that the catalogues that ship have nothing for it to find."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from catalogues import _UNREAD, FOR_HOSTS, PACKAGE, faults, forms, originals, read, tags, texts_of, untranslated

from tisu_tui.core.text import cells
from tisu_tui.core.translation import remark, speaking

SCRIPT = Path(__file__).parent / "catalogues.py"

CODE = '''
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext


def said(n: int) -> tuple[str, ...]:
    """Say something that nobody reads but who works on this."""
    return (
        _("Welcome, {name}."),
        ngettext("{n} dot left", "{n} dots left", n),
        f"{_('Nobody asks why.')}",
    )
'''
CATALOGUE = """
msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=n == 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2;\\n"

msgid "Welcome, {name}."
msgstr "Witaj, {name}."

msgid "{n} dot left"
msgid_plural "{n} dots left"
msgstr[0] "została {n} kropka"
msgstr[1] "zostały {n} kropki"
msgstr[2] "zostało {n} kropek"

msgid "Nobody asks why."
msgstr "Nikt nie pyta dlaczego."
"""


def _run(package: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(package)], capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def _planted(folder: Path, *, code: tuple[str, str] = ("", ""), catalogue: tuple[str, str] = ("", "")) -> Path:
    (folder / "screens").mkdir()
    (folder / "screens" / "seat.py").write_text(CODE.replace(*code) if code[0] else CODE, encoding="utf-8")
    file = folder / "locale" / "pl" / "LC_MESSAGES" / "tisu.po"
    file.parent.mkdir(parents=True)
    file.write_text(CATALOGUE.replace(*catalogue) if catalogue[0] else CATALOGUE, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("Witaj, {name}.", "Witaj.", "'Welcome, {name}.' has {name}, its translation no placeholder"),
        ("Witaj, {name}.", "Witaj, {imię}.", "'Welcome, {name}.' has {name}, its translation {imię}"),
        ("Witaj, {name}.", "Witaj, {name.", "'Welcome, {name}.': expected '}' before end of string"),
        ('msgstr[2] "zostało {n} kropek"\n', "", "'{n} dot left' lacks a plural form"),
        ("nplurals=3", "nplurals=2", "the header says 2 plural forms"),
        ("Nikt nie pyta dlaczego.", "", "untranslated: 'Nobody asks why.' (screens/seat.py)"),
        ("Nikt nie pyta dlaczego.", " Nikt.", "'Nobody asks why.' begins or ends with other spaces"),
    ],
)
def test_a_planted_fault_of_a_translation_is_found(tmp_path: Path, before: str, after: str, found: str) -> None:
    status, said = _run(_planted(tmp_path, catalogue=(before, after)))
    assert status == 1
    assert found in said


def test_a_planted_sentence_that_is_not_marked_is_found(tmp_path: Path) -> None:
    status, said = _run(_planted(tmp_path, code=('f"{_(', 'f"You can leave. {_(')))
    assert status == 1
    assert "not marked for translation: screens/seat.py:11: 'You can leave. '" in said


def test_nothing_is_found_where_nothing_is_planted(tmp_path: Path) -> None:
    status, said = _run(_planted(tmp_path))
    assert said == (
        "pl (Polish): 0 new, 0 untranslated for people who take part, 0 untranslated for who leads or hosts, 0 wrong\n"
    )
    assert status == 0


@pytest.mark.parametrize("tag", ["zz", "pt-BR", "../pl"])
def test_what_is_no_language_is_refused_in_one_line_and_nothing_is_begun(tmp_path: Path, tag: str) -> None:
    package = _planted(tmp_path)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--new", tag, str(package)],
        capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith(
        f"error: {tag} is no language that Babel knows by two or three letters, like uk"
    )
    assert tags(package) == ["pl"]


@pytest.mark.parametrize("name", [*FOR_HOSTS, *_UNREAD])
def test_what_is_said_of_a_file_is_said_of_one_that_is_there(name: str) -> None:
    assert (PACKAGE / name).exists()


def test_a_sentence_that_is_new_is_put_into_the_catalogue_and_one_that_has_gone_is_taken_out(tmp_path: Path) -> None:
    package = _planted(tmp_path, code=("Nobody asks why.", "Take your time."))
    status, said = _run(package)
    assert status == 1
    assert "1 new, 1 untranslated for people who take part" in said
    text = (package / "locale" / "pl" / "LC_MESSAGES" / "tisu.po").read_text(encoding="utf-8")
    assert 'msgid "Take your time."\nmsgstr ""' in text
    assert "Nobody asks why." not in text


def test_the_same_sentences_leave_the_catalogue_as_it_is(tmp_path: Path) -> None:
    package = _planted(tmp_path)
    _run(package)
    file = package / "locale" / "pl" / "LC_MESSAGES" / "tisu.po"
    before = file.read_bytes()
    _run(package)
    assert file.read_bytes() == before


def test_each_sentence_that_people_read_is_marked() -> None:
    assert not texts_of(PACKAGE).unmarked, (
        "mark them with _(), or say in tests/texts/catalogues.py why nobody reads them"
    )


@pytest.mark.parametrize("tag", tags(PACKAGE))
def test_no_translation_breaks_where_it_is_used(tag: str) -> None:
    assert not list(faults(read(PACKAGE, tag))), "mend them in the catalogue; `make texts` lists them again"


@pytest.mark.parametrize("tag", tags(PACKAGE))
def test_what_keys_do_fits_on_a_line_of_a_phone(tag: str) -> None:
    """A line of keys is cut where one of them alone is wider than a window of 40 columns, less its margin and key."""
    shown = {"screens/seat_overlays.py", "screens/layout.py", "screens/seat.py"}
    wrapped = {"Tell the facilitator quietly", "Which line should be softened or left out?"}
    too_long = [
        (form, cells(form))
        for message in read(PACKAGE, tag)
        if message.id and shown & {file for file, _line in message.locations}
        if originals(message)[0][-1] != "." and originals(message)[0] not in wrapped
        for form in forms(message)
        if cells(form.replace("{last}", "10").replace("{n}", "10")) > max(30, cells(originals(message)[0]))
    ]
    assert too_long == []


@pytest.mark.parametrize("tag", tags(PACKAGE))
def test_all_that_people_who_take_part_read_is_translated(tag: str) -> None:
    missing = [originals(each)[0] for each in untranslated(read(PACKAGE, tag), texts_of(PACKAGE).template)]
    assert missing == [], f"run `make texts`, and say these in tisu_tui/locale/{tag}/LC_MESSAGES/tisu.po"


@pytest.mark.parametrize("tag", tags(PACKAGE))
def test_a_draft_says_in_its_own_language_that_it_is_one(tag: str) -> None:
    with speaking(tag):
        assert remark()
    assert not remark()
