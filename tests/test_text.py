"""Nothing that people type or files contain can act on a terminal, hide, pile up or outgrow its place."""

from __future__ import annotations

import random
import re
import sys

import pytest
import unicodedata2 as unicodedata
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from tisu_tui.core.scripts import slug
from tisu_tui.core.text import cells, clean, fit, is_narrow, wrap

HOSTILE = [
    "\x1b[31mred",
    "\x1b[2J\x1b[H\x1b[?1049h",
    "\x1b]52;c;c2VjcmV0\x07",
    "\x1b]52;c;c2VjcmV0\x1b\\",
    "\x1b]8;;https://example.invalid\x1b\\link\x1b]8;;\x1b\\",
    "\x1bPq#0;2;0;0;0\x1b\\",
    "\x9b31m",
    "\x9d52;c;c2VjcmV0\x9c",
    "\x90+q544e\x9c",
    "\x1b(0lqqk\x1b(B",
    "\x1bc\x1b7\x1b8",
    "\u202eevil\u202c",
    "\u2066isolated\u2069\u200e\u200f\u061c",
    "zero\u200bwidth\u200cjoin\u200der\ufeff",
    "soft\u00adhyphen",
    "tags\U000e0041\U000e007f",
    "selectors\ufe0f\U000e0100",
    "fillers\u3164\u115f\uffa0\u2800",
    "e" + "\u0301" * 60,
    "\u0301\u0301 \u0488",
    "\ud800 lone \udcff",
    "private\ue000 unassigned\U0003fffe",
    "\x00\x07\x08\x7f\x80\x85\u2028\u2029",
    "👩\u200d👩\u200d👧 a\u200db",
    "e\u200b\u0301",
    "\u1100\u1161\u1161\u1161\u11a8\u11a8",
    "가" + "\u11a8" * 60,
    "\u0958\u0344\ufb2c",
    "日本" * 300,
    "\n" * 500 + "x" + "\n" * 500,
    "[/nope] [@click=app.bell]x[/]",
]

CODE_POINTS = st.characters(codec=None, categories=None)
PIECES = st.one_of(
    CODE_POINTS,
    st.sampled_from(HOSTILE),
    st.sampled_from("\x1b\x9b\x9d\x9c[];0m\u0301\u0327\u200d\u202e\u3164\ufe0f👩❤ \n\r\t…e日\u0938\u093f\u1161"),
)
ANYTHING = st.lists(PIECES, max_size=40).map("".join)


def offending(text: str, *, lines: bool) -> list[str]:
    """List what must never reach a terminal: control, format, surrogate, private, unassigned, odd spaces."""
    text = without_flags(text)
    return [
        character
        for index, character in enumerate(text)
        if (unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Me"})
        and not (lines and character == "\n")
        and not (character == "\u200d" and min(text[index - 1 : index], text[index + 1 : index + 2]) > "\u2000")
        and not (
            character in "\u200c\u200d"
            and 0 < index < len(text) - 1
            and all(map(is_joined, (text[index - 1], text[index + 1])))
        )
    ]


def without_flags(text: str) -> str:
    """Leave the black flag alone of those that Unicode recommends: their tags are allowed nowhere else."""
    return re.sub(
        "🏴(?:\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067|\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074"
        "|\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073)\U000e007f",
        "🏴",
        text,
    )


def is_joined(letter: str) -> bool:
    """Tell whether a letter is of a script that joiners belong to: from Arabic to Burmese, Khmer and Mongolian."""
    return "\u0600" <= letter <= "\u109f" or "\u1780" <= letter <= "\u18af"


def highest_pile(text: str) -> int:
    """Count the marks without a cell of their own on the most burdened letter."""
    highest = pile = 0
    for character in without_flags(text):
        if cells(character):
            pile = 0 if unicodedata.category(character) != "Mc" else pile
        elif character != "\u200d":
            pile += 1
        highest = max(highest, pile)
    return highest


@settings(max_examples=600, deadline=None)
@given(ANYTHING, st.integers(1, 60), st.booleans())
def test_whatever_arrives_leaves_harmless_short_and_settled(text: str, most: int, lines: bool) -> None:
    cleaned = clean(text, most, lines=lines)
    assert not offending(cleaned, lines=lines)
    assert highest_pile(cleaned) <= 2
    assert cells(cleaned) <= most
    assert cleaned == cleaned.strip()
    assert unicodedata.normalize("NFC", cleaned) == cleaned
    assert clean(cleaned, most, lines=lines) == cleaned


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("lines", [False, True])
def test_hostile_text_is_harmless_and_settled(text: str, lines: bool) -> None:
    cleaned = clean(f"before {text} after", lines=lines)
    assert cleaned.startswith("before")
    assert not offending(cleaned, lines=lines)
    assert highest_pile(cleaned) <= 2
    assert cells(cleaned) <= 280
    assert clean(cleaned, lines=lines) == cleaned


def test_no_code_point_gets_through_anywhere() -> None:
    alone = [chr(code) for code in range(0x100)]
    groups = ["a".join(map(chr, range(start, start + 0x100))) for start in range(0x100, sys.maxunicode, 0x100)]
    for group in alone + groups:
        cleaned = clean(f"a{group}b", 2000)
        assert not offending(cleaned, lines=False), hex(ord(group[0]))
        assert clean(cleaned, 2000) == cleaned, hex(ord(group[0]))


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[31mred\x1b[0m alert", "red alert"),
        ("\x1b]52;c;c2VjcmV0\x07words", "words"),
        ("\x1b]0;title\x1b\\words", "words"),
        ("\x1bPdata\x1b\\words", "words"),
        ("\x1b_data\x9cwords", "words"),
        ("\x9b1;31mwords\x9d0;title\x9c!", "words!"),
        ("words\x1b]52;c;never closed", "words"),
        ("\x1b(0words\x1bc", "words"),
        ("one\ttwo\r\nthree\u2028four", "one two three four"),
        ("  padded\u00a0out\u3000 ", "padded out"),
        ("\u202eright-to-left\u202c", "right-to-left"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("a\u0316\u0301\u0317\u0302", "á\u0316\u0317"),
        ("\u0301start \u0301space", "start space"),
        ("a\u200db", "ab"),
        ("👩🏽\u200d💻 ❤\ufe0f\u200d🔥", "👩🏽\u200d💻 ❤\u200d🔥"),
        ("\udc80bytes\ud800", "\ufffdbytes\ufffd"),
        ("שלום سلام", "שלום سلام"),
        ("ज़िंदगी ကြောင့်", "ज़िंदगी ကြောင့်"),
        ("가" + "\u11a8" * 60, "각\u11a8\u11a8"),
        ("", ""),
        ("\u200b" * 9000, ""),
        ("[b]markup[/b] <i> & `code`", "[b]markup[/b] <i> & `code`"),
    ],
)
def test_words_stay_what_they_were(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_lines_are_kept_only_on_request() -> None:
    assert clean("one\r\n\ttwo\u2029\nthree\n", lines=True) == "one\n two\n\nthree"


def test_what_is_cut_says_so_and_keeps_whole_characters() -> None:
    assert clean("x" * 280) == "x" * 280
    assert clean("x" * 281) == "x" * 279 + "…"
    assert clean("日" * 141) == "日" * 139 + "…"
    assert clean("one two", 5) == "one…"
    assert clean("ae\u0323\u0302\u0317\u0316z", 3) == clean("ae\u0323\u0302\u0317\u0316z")
    assert clean("x" * 100_000, 10) == "x" * 9 + "…"
    assert clean("👩\u200d👩\u200d👧", 5) == "👩\u200d👩…"
    assert len(clean("a\n" * 300, lines=True).splitlines()) <= 140
    with pytest.raises(ValueError, match="at least 1"):
        clean("x", 0)


LETTERS = st.text(st.characters(categories=["Lu", "Ll", "Lt", "Lo", "Nd", "Po"]).filter(lambda c: len(clean(c)) == 1))


@settings(deadline=None)
@given(LETTERS)
@example("plain")
@example("日本語カタカナ한글")
@example("ﾊﾝｶｸ ＡＢＣ")
def test_cells_agree_with_wcwidth_for_letters(text: str) -> None:
    assert cells(text) == wcswidth(text)


def test_what_is_taken_for_narrow_takes_one_cell_each() -> None:
    narrow = [chr(code) for code in range(0x3000) if is_narrow(chr(code))]
    assert {"a", " ", "━", "█", "…"} <= set(narrow)
    assert {"ł", "ß", "ʯ"} <= set(narrow)
    assert {each for each in narrow if wcwidth(each) != 1} == set()
    # With a wide letter behind it every character is looked at, and comes out the same.
    assert [each for each in narrow if clean(f"a{each}b日") != f"a{each}b日"] == []


def test_marks_and_format_characters_take_no_cell() -> None:
    assert cells("e\u0323\u200d\u202e\u20dd\x07") == 1
    assert cells("日本") == 4
    assert cells("👩") == 2


@settings(max_examples=300, deadline=None)
@given(ANYTHING.map(clean), st.integers(-1, 50))
def test_fit_keeps_to_its_width(text: str, width: int) -> None:
    fitted = fit(text, width)
    assert cells(fitted) <= max(width, 0)
    assert fitted == text if cells(text) <= width else fitted.endswith("…") or width < 1


@settings(max_examples=300, deadline=None)
@given(ANYTHING.map(lambda text: clean(text, lines=True)), st.integers(0, 50))
def test_wrap_keeps_to_its_width_and_loses_nothing(text: str, width: int) -> None:
    wrapped = wrap(text, width)
    assert all(cells(line) <= max(width, 2) for line in wrapped)
    assert all(line == line.strip() for line in wrapped)
    assert len(wrapped) >= text.count("\n") + 1
    assert "".join("".join(wrapped).split()).replace("\u200d", "") == "".join(text.split()).replace("\u200d", "")


def test_wrap_breaks_at_spaces_and_inside_long_words() -> None:
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("a verylongword b", 5) == ["a", "veryl", "ongwo", "rd b"]
    assert wrap("日本語です", 5) == ["日本", "語で", "す"]
    assert wrap("ab\u0323cd", 2) == ["ab\u0323", "cd"]
    assert wrap("👩\u200d👩\u200d👧", 3) == ["👩", "👩", "👧"]
    assert wrap("one\n\ntwo", 10) == ["one", "", "two"]
    assert wrap("", 10) == [""]


@settings(max_examples=300, deadline=None)
@given(ANYTHING)
def test_slug_is_always_a_safe_name(text: str) -> None:
    name = slug(text)
    assert 1 <= len(name) <= 62
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(name) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Sharing power in the night team", "sharing-power-in-the-night-team"),
        ("../../etc/passwd", "etc-passwd"),
        ("Crème brûlée, Straße", "creme-brulee-strasse"),
        ("日本語", "ribenyu"),
        ("Наш ранок", "nash-ranok"),
        ("Nasze poranki: łąka, żółć", "nasze-poranki-laka-zolc"),
        ("Ar madainn còmhla", "ar-madainn-comhla"),
        ("صباحنا", "sbhn"),
        ("Το πρωινό μας", "to-proino-mas"),
        ("☕🙂", "session"),
        ("", "session"),
        ("---", "session"),
        ("CON", "con-x"),
        ("x" * 61 + " y", "x" * 61),
        ("-rf", "rf"),
    ],
)
def test_slug_of_titles(title: str, name: str) -> None:
    assert slug(title) == name


def test_nothing_gets_through_in_twenty_thousand_hostile_inputs() -> None:
    chance = random.Random(20_000)
    pieces = [
        *HOSTILE[:-2],
        *"\x1b\x9b\x9d\x9c[];0m\u0301\u0327\u200c\u200d\u202e\u3164\ufe0f👩❤ \n\r\t…e日\u0938\u093f\u1161🏴",
    ]
    pieces += ["\U000e0067", "\U000e007f", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "می\u200cروم", "\x1b[", "\ufffd", "🩷", "a" * 40]
    for _n in range(20_000):
        lines, most = chance.random() < 0.5, chance.randint(1, 60)
        anywhere = "".join(chr(chance.randrange(0x110000)) for _m in range(chance.randint(0, 4)))
        text = "".join(chance.choices(pieces, k=chance.randint(1, 6))) + anywhere
        cleaned = clean(text, most, lines=lines)
        assert not offending(cleaned, lines=lines), ascii(text)
        assert highest_pile(cleaned) <= 2, ascii(text)
        assert cells(cleaned) <= most, ascii(text)
        assert cleaned == cleaned.strip(), ascii(text)
        assert clean(cleaned, most, lines=lines) == cleaned, ascii(text)
