"""The same workshop in several languages: found by its name, put together by ids, and checked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from click.testing import CliRunner

from tisu_tui.cli._opening import open_workshop
from tisu_tui.cli.check import check
from tisu_tui.core.activity import Activity, Given
from tisu_tui.core.form import By, Form, Pick
from tisu_tui.core.size import Size
from tisu_tui.session.session import Session
from tisu_tui.session.translations import in_words_of, put_into, untranslated
from tisu_tui.session.workshop import Step, Workshop
from tisu_tui.store.sessions import SessionFile
from tisu_tui.workshop.edit import add_step
from tisu_tui.workshop.reader import read

ENGLISH = """---
tisu: 1
title: Our week
voices: [leader, staff]
---

Welcome.

## How are you?

`check-in` `id arrive` `3 min`

> You can pass.

- 1: Low
- 2: High

## What first?

`choose 1` `id first` `we decide` `3 min`

- [ ] Rotas
- [ ] Breaks

## How far are we?

`rate` `id rows` `3 min`

1. `R1` We meet
2. `R2` We listen

- 1: Not yet
- 2: Yes

## The end

`close` `id end` `3 min`
"""

POLISH = """---
tisu: 1
title: Nasz tydzień
language: pl
voices: [lider, personel]
---

Witamy.

## Co najpierw?

`choose 1` `id first` `we decide` `3 min`

- [ ] Grafiki
- [ ] Przerwy

## Jak się masz?

`check-in` `id arrive` `3 min`

> Można nie odpowiadać.

- 1: Nisko
- 2: Wysoko

## Jak daleko jesteśmy?

`rate` `id rows` `3 min`

1. `R2` Słuchamy
2. `R1` Spotykamy się

- 1: Jeszcze nie
- 2: Tak

## Koniec

`close` `id end` `3 min`
"""


def files(folder: Path, polish: str = POLISH) -> Path:
    path = folder / "week.md"
    path.write_text(ENGLISH, "utf-8")
    (folder / "week.pl.md").write_text(polish, "utf-8")
    (folder / "other.pl.md").write_text(polish, "utf-8")
    (folder / "week.of.rest.md").write_text(ENGLISH, "utf-8")
    return path


def workshop(folder: Path) -> Workshop:
    return open_workshop(str(files(folder)))


@dataclass(frozen=True, slots=True)
class _Thanks(Activity):
    settings = frozenset({"of"})
    words: str
    of: str

    def form(self, given: Given, size: Size) -> Form:
        return Form(by=By.NOBODY, talk=self.words)


def test_words_that_a_kind_has_of_its_own_are_put_into_those_of_the_translation_and_its_settings_are_not() -> None:
    step = Step("end", "Thanks", "thanks", _Thanks("Thank you all", "board"))
    own = replace(step, title="Dziękujemy", activity=_Thanks("Dziękujemy wszystkim", "zarząd"))
    told = put_into(step, own)
    assert told
    assert (told.title, told.activity) == ("Dziękujemy", _Thanks("Dziękujemy wszystkim", "board"))


def test_it_is_found_beside_the_file_and_keeps_the_order_and_ids_of_that(tmp_path: Path) -> None:
    made = workshop(tmp_path)
    assert [(translation.language, translation.title) for translation in made.translations] == [("pl", "Nasz tydzień")]
    own = in_words_of(made, "pl")
    assert [(step.id, step.title) for step in own.steps] == [
        ("arrive", "Jak się masz?"),
        ("first", "Co najpierw?"),
        ("rows", "Jak daleko jesteśmy?"),
        ("end", "Koniec"),
    ]
    assert own.voices == ("lider", "personel")
    for before, after in zip(made.steps, own.steps, strict=True):
        asked, told = (step.activity.form(Given(), Size(9)) for step in (before, after))
        assert [question.id for question in asked.fields] == [question.id for question in told.fields]
        for field in asked.fields:
            other = told.field(field.id)
            if isinstance(field, Pick) and isinstance(other, Pick):
                assert [option.id for option in field.options] == [option.id for option in other.options]
    # Lines with an id of their own go by that, others by their place.
    rows = own.steps[2].activity.form(Given(), Size(9))
    assert [question.title for question in rows.fields if question.id in {"R1", "R2"}] == [
        "R1 Spotykamy się",
        "R2 Słuchamy",
    ]
    first = own.steps[1].activity.form(Given(), Size(9)).fields[0]
    assert isinstance(first, Pick)
    assert [option.label for option in first.options] == ["Grafiki", "Przerwy"]
    assert in_words_of(made, "gd") is made


def test_the_translation_can_be_the_one_that_is_hosted(tmp_path: Path) -> None:
    made = open_workshop(str(files(tmp_path).with_name("week.pl.md")))
    assert (made.language, [translation.title for translation in made.translations]) == ("pl", ["Our week"])
    assert in_words_of(made, "en").steps[0].title == "What first?"


def test_what_is_missing_or_asks_something_else_stays_as_it_is_and_is_said(tmp_path: Path) -> None:
    polish = POLISH.replace("- [ ] Przerwy\n", "- [ ] Przerwy\n- [ ] Wakacje\n").replace("`id arrive`", "`id come`")
    path = files(tmp_path, polish)
    made = open_workshop(str(path))
    assert untranslated(made, made.translations[0]) == (["arrive"], ["first"])
    assert put_into(made.steps[1], made.translations[0].steps[0]) is None
    own = in_words_of(made, "pl")
    assert [step.title for step in own.steps] == ["How are you?", "What first?", "Jak daleko jesteśmy?", "Koniec"]
    for name in ("week.md", "week.pl.md"):
        said = CliRunner().invoke(check, [str(tmp_path / name)]).stdout
        assert "week.pl.md:1:1: W524 not in this language, and so shown in another: arrive" in said, name
        assert "week.pl.md:1:1: W525 not asked here as in the other language, and so shown in that: first" in said


def test_a_name_and_a_file_that_speak_of_two_languages_are_said(tmp_path: Path) -> None:
    path = files(tmp_path, POLISH.replace("language: pl\n", ""))
    said = CliRunner().invoke(check, [str(path)]).stdout
    assert "week.pl.md:1:1: W523 the name of the file says pl, and the file itself en" in said


def test_a_broken_translation_is_named_and_left_out(tmp_path: Path) -> None:
    path = files(tmp_path, POLISH.replace("`choose 1`", "`chose 1`"))
    result = CliRunner().invoke(check, [str(path)])
    assert (result.exit_code, "week.pl.md:12:2: T3" in result.stdout) == (2, True), result.stdout
    assert open_workshop(str(path)).translations == ()


def test_a_sound_one_is_named(tmp_path: Path) -> None:
    said = CliRunner().invoke(check, [str(files(tmp_path))]).stdout
    assert "Our week (also in: pl)" in said


def test_it_is_kept_with_the_session_and_when_a_step_is_added(tmp_path: Path) -> None:
    made = workshop(tmp_path)
    file = SessionFile(tmp_path / "s.json", dt.date(2026, 11, 30))
    file.save(Session("s", "2026-11-30", made))
    file.close()

    def again(source: str, name: str) -> Workshop:
        found = read(source, name).workshop
        assert found is not None
        return found

    held, _box = SessionFile(tmp_path / "s.json", read_only=True).load(again)
    assert held.workshop.translations == made.translations
    added = add_step(made, 0, "talk", "A word?")
    assert [step.title for step in in_words_of(added, "pl").steps[:3]] == ["Jak się masz?", "A word?", "Co najpierw?"]
