"""What people type for an option is that option, in full screen, on a passed laptop and in lines."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from shipped import workshops

from tisu_tui.core.form import Form, Option, Order, Pick, Value, bare, keys, short
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.size import Way
from tisu_tui.core.typed import NotTaken, fitting, receipt, with_pass
from tisu_tui.plain.answering import Answering
from tisu_tui.screens.seat import Seat
from tisu_tui.session.commands import Reply
from tisu_tui.session.session import Place, State
from tisu_tui.session.workshop import Workshop
from tisu_tui.view.view import Role, View
from tisu_tui.workshop.reader import read

HERE = Path(__file__).parent
INVITATION = Invitation("rain42", ("192.0.2.7",), 2222, "SHA256:abc")
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
POINTS = tuple(Option(n, f"{n} {label}", n, label) for n, label in (("0", "Not"), ("5", "Half"), ("10", "All of it")))
AWAY = tuple(Option(str(n), f"{n} {label}".replace("-", "−"), str(n).replace("-", "−"), label)
             for n, label in ((-1, "Less"), (0, "As it was"), (1, "More of it")))  # fmt: skip
NURSES = Pick(
    "nurses", (Option("a", "2 nurses"), Option("b", "One nurse and a porter"), Option("c", "Option A, later"))
)


def known() -> Iterator[Workshop]:
    """Give the library, and the workshop of every kind's story."""
    yield from workshops().values()
    for path in sorted((HERE / "stories").glob("*.md")):
        (text,) = re.findall(r"^```workshop\n(.*?)^```$", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
        found = read(text, path.name, today=dt.date(2026, 11, 18)).workshop
        assert found is not None
        yield found


def fields() -> list[Pick | Order]:
    """Give everything that can be chosen from in them, once for all fields that look alike."""
    found: dict[object, Pick | Order] = {
        "points": Pick("points", POINTS),
        "away": Pick("away", AWAY),
        "nurses": NURSES,
    }
    for workshop in known():
        for step in workshop.steps:
            for field in step.form_for(30, workshop.voices).fields:
                if isinstance(field, Pick | Order) and field.options and all(option.label for option in field.options):
                    most = field.most if isinstance(field, Pick) else 0
                    found.setdefault((field.options, keys(field.options), most), replace(field, after="", when=()))
    return list(found.values())


def shortest(options: tuple[Option, ...], at: int) -> str:
    """Find the shortest beginning of a label that means this option alone."""
    label = options[at].label if not options[at].name else options[at].name
    beginnings = (label[:size] for size in range(1, len(label) + 1))
    return next(text for text in beginnings if text.strip() == text and fitting(with_pass(options), text) == (at,))


def ways(options: tuple[Option, ...], at: int) -> Iterator[str]:
    option, key = options[at], keys(options)[at]
    yield from (
        key,
        f"{key}.",
        f"{key})",
        f"option {key}",
        f" {key} ",
        option.label,
        bare(option),
        option.label.upper(),
    )
    yield f"{bare(option)}."
    yield shortest(options, at)
    if key.isdecimal() and int(key) < len(WORDS):
        yield from (WORDS[int(key)], WORDS[int(key)].title(), key.translate(FULL_WIDTH))
    yield key.replace("−", "-")


def in_lines(field: Pick | Order, text: str) -> Value | None:
    return Answering(Form((field,)), {}).read(text.strip())[field.id]


def in_full_screen(field: Pick | Order, text: str) -> Value | None:
    """Type on a seat's screen, and press Enter until something is sent; a laptop's turn is such a seat too."""
    seat = Seat("rain-lamp-fox", INVITATION, is_lent=True)
    place = Place(0, 1, State.OPEN)
    seat.see(View(Role.PARTICIPANT, place, "Today", 1, Way.FULL, "", heading="Which?", form=Form((field,))))
    for character in text.strip():
        assert seat.press("space" if character == " " else character, character) is None
    for _time in range(2):
        command = seat.press("enter", "")
        if isinstance(command, Reply):
            return command.value
    raise AssertionError(f"{text!r} sends nothing: {seat._answering.said}")


@pytest.mark.parametrize("field", fields(), ids=lambda field: field.id)
def test_an_option_is_meant_however_it_is_typed(field: Pick | Order) -> None:
    for at, option in enumerate(field.options):
        for text in ways(field.options, at):
            assert in_lines(field, text) == (option.id,), text
        # Key by key it takes longer, so that only the fields made up here are gone through with everything.
        own = field.id in {"points", "away", "nurses"}
        for text in ways(field.options, at) if own else (keys(field.options)[at], shortest(field.options, at)):
            assert in_full_screen(field, text) == (option.id,), text
        named = short(option.label if option.key else option.name) if option.name else option.label
        assert receipt({field: (option.id,)}, durable=True).rstrip(".") == f"Recorded: {named}".rstrip(".")
    for text in ("p", "P", "Pass."):
        assert in_lines(field, text) is None
        assert in_full_screen(field, text) is None


def test_the_number_typed_is_the_number_on_the_scale() -> None:
    points = Pick("points", POINTS)
    assert in_lines(points, "5") == in_full_screen(points, "5") == ("5",)
    assert in_lines(points, "10") == in_full_screen(points, "10") == ("10",)
    for wrong in ("1", "3", "4", "11", "-5", "five hundred"):
        with pytest.raises(NotTaken):
            in_lines(points, wrong)
        with pytest.raises(AssertionError, match="sends nothing"):
            in_full_screen(points, wrong)


def test_a_label_with_a_number_in_it_is_a_label() -> None:
    assert in_lines(NURSES, "2 nurses") == in_full_screen(NURSES, "2 nurses") == ("a",)
    assert in_lines(NURSES, "2") == in_full_screen(NURSES, "2") == ("b",)
    assert in_lines(NURSES, "option a later") == in_full_screen(NURSES, "option a later") == ("c",)


def test_a_beginning_of_two_labels_is_neither() -> None:
    field = Pick("which", (Option("a", "Talk first"), Option("b", "Talk later")))
    with pytest.raises(NotTaken, match="Talk first; Talk later"):
        in_lines(field, "talk")
    with pytest.raises(AssertionError, match="sends nothing"):
        in_full_screen(field, "talk")
    assert in_lines(field, "talk f") == in_full_screen(field, "talk f") == ("a",)
