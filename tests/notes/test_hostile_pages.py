"""Pages that nobody wrote in good faith take as long as they are long, and whatever they hold is read or refused.

Work is counted in calls, and not measured in seconds: a busy machine counts the same.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tisu_tui.notes.document import NotReadable
from tisu_tui.notes.page import new_page, read_page
from tisu_tui.notes.read import read_note
from tisu_tui.notes.reply import read_reply

NOTE = "---\ntisu-note: 1\ntisu-session: abcd\ndate: 2026-11-18\ntitle: x\nstatus: sealed\n---\n\n"
REPLY = "---\ntisu-reply: 1\ntisu-session: abcd\n---\n\n"
REPEATED = [
    *("![", "[", "](", "[](", "![](", "[a](", "![a](", "[a](<", "[a][", "![[](", "[a]: b\n", "[a\n", "]]]"),
    *("*", "_", "*a ", "**a", "_*", "*a **b ", "a*b_c*", "`", "`a", "```\n", "~~~\n", "```a\n```\n"),
    *("<", "</", "<?", "<a ", "<a\n", "<a href='", "<!--", "<!--\n", "<!-- a ", "-->", "<!A", "<![CDATA[", "<div>\n\n"),
    *("<!-- action a1 -->", "<!-- step x -->\n\n", "- [ ] a <!-- action a1 -->\n", "<!-- ask a1 -->\n"),
    *(
        "- ",
        "-\n",
        "-\n\n",
        "- a\n",
        "- - \n",
        "- a\n  - b\n",
        "+ a\n\n  b\n\n",
        "1. ",
        "1. a\n",
        "- [ ] a\n",
        "- [ ] - [ ] ",
    ),
    *(
        "> ",
        ">",
        "> - ",
        "#",
        "# a\n",
        "a\n=\n",
        "***\n",
        "**a**\n\n",
        "    a\n",
        "    ",
        "\t",
        "\n\n",
        "  \n",
        "\r",
        "\\",
        "\\\n",
    ),
    *("|", "|a|", "|-", "|\n", "a|b\n-|-\n", "x\n| a |\n|-|\n", "| a | b |\n|---|---|\n"),
    *("&", "&#", "&amp;", "http://a ", "a@", "\u0301", "e\u0301\u0301", "会", "\u202e"),
]
"""What begins something that may never end, each as often as there is room for it."""
NESTED = [("[", "]"), ("![", "]"), ("[", "](a)"), ("![", "](a)"), ("*", "*"), ("*a ", "b*"), ("**a *b ", "c* d**"),
          ("[a](", ")"), ("<a ", "' "), ("[\\", "]"), ("<!--", "-->"), ("[ ", "]: x\n")]  # fmt: skip
"""What opens, and after that what closes, as often."""


def repeated(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece))


def nested(opening: str, closing: str) -> Callable[[int], str]:
    return lambda size: repeated(opening)(size // 2) + repeated(closing)(size // 2)


def lines(line: str) -> Callable[[int], str]:
    """Give a line with a number in it, so that no two are the same."""
    return lambda size: "".join(f"{line.format(n=n)}\n" for n in range(size // (len(line) + 2)))


def deeper(mark: str) -> Callable[[int], str]:
    """Give lists each inside the one before."""

    def page(size: int) -> str:
        depth, text = 0, ""
        while len(text) < size:
            depth += 1
            text += mark * depth + "- a\n"
        return text

    return page


SHAPES = {
    **{repr(piece): repeated(piece) for piece in REPEATED},
    **{f"{opening}…{closing}": nested(opening, closing) for opening, closing in NESTED},
    **{
        line: lines(line)
        for line in ("- [ ] a{n}", "- [ ] a{n} <!-- action a{n} -->", "- Asked: a{n}", "<!-- ask q{n} -->")
    },
    **{f"deeper {mark!r}": deeper(mark) for mark in ("  ", " ", "> ", "- ", "\t")},
}
READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "notes": (NOTE, read_note),
    "actions": (new_page(), read_page),
    "reply": (REPLY, read_reply),
}
LINES = ("- [ ] a{n}", "- [ ] a{n} <!-- action a{n} -->", "- Asked: a{n}", "<!-- ask q{n} -->")
MOST = 160
"""Calls for each character of a page, of which the dearest, a table of empty cells, takes about 100."""


def work(read: Callable[[str], object], text: str) -> int:
    """Count the calls that reading a page takes, of Python's functions and of the library's."""
    calls = 0

    def count(_frame: object, _event: str, _argument: object) -> None:
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(text)
    except NotReadable:
        pass
    finally:
        sys.setprofile(before)
    return calls


def check(reader: str, shape: Callable[[int], str], size: int) -> None:
    front, read = READERS[reader]
    work(read, front + shape(64))  # what is made once is made now
    least, most = work(read, front + shape(size)), work(read, front + shape(2 * size))
    assert most <= 2.3 * least
    assert most <= MOST * 2 * size + least // 2


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_twice_as_long_takes_twice_the_work_and_never_much_for_a_character(shape: str) -> None:
    check("notes", SHAPES[shape], 1024)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("line", LINES)
def test_a_page_of_twice_as_many_lines_takes_twice_the_work(reader: str, line: str) -> None:
    check(reader, lines(line), 8192)


def test_the_same_line_a_thousand_times_is_told_line_by_line_and_breaks_nothing() -> None:
    same = "- [ ] Buy tea\n" * 1000
    note, page = read_note(NOTE + same), read_page(new_page() + "\n" + same)
    for read, found in ((len(note.past.records), note.troubles), (len(page.entries), page.troubles)):
        assert 1 < read < 100
        assert read + len(found) == 1000
        assert {trouble.text for trouble in found} == {"the same words stand on this page too often"}


def test_a_form_whose_marks_an_editor_has_taken_out_is_refused_in_one_line() -> None:
    with pytest.raises(NotReadable, match=r"^no request is known by its mark or its words; "):
        read_reply(f"{REPLY}## 1. Paid cover\n\n- [x] Agreed\n")
