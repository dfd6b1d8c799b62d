"""A manager fills the form in with any editor, and it is read back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from any_session import LINES
from build import full_room
from hypothesis import given, settings
from hypothesis import strategies as st

from tisu_tui.core.later import ANSWERS, Status, Turn
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.translation import gettext, languages, speaking
from tisu_tui.memory.due import answer_label
from tisu_tui.memory.past import Past, past
from tisu_tui.notes.document import NotReadable
from tisu_tui.notes.reply import read_reply, reply_form

EDITS: list[Callable[[str], str]] = [
    str,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("- [", "* ["),
    lambda text: text.replace("- [", "+ [").replace("[x]", "[X]"),
    lambda text: text.replace("- [x]", "☒").replace("- [ ]", "☐"),
    lambda text: text.replace("- [x]", "- [ x ]").replace("- [ ]", "- []"),
    lambda text: text.replace("- [x]", r"- \[x\]").replace("- [ ]", r"- \[ \]"),
    lambda text: re.sub(r"\n- \[", " - [", text),
    lambda text: text.replace("\n\n", "\n\n\n"),
    lambda text: re.sub(r"^", "> ", text.partition("\n# ")[2], flags=re.MULTILINE).join(
        [text.partition("\n# ")[0] + "\n# ", ""]
    ),
]


def asks(*texts: str) -> Past:
    made = tuple(Kept(f"q{n}", RecordKind.ASK, text, "board", "2026-12-16") for n, text in enumerate(texts, 1))
    return Past("7k3m", "2026-11-18", "x.md", "Sharing power", "5–7", records=made)


def ticked(form: str, number: int, answer: Status, reason: str, by: str) -> str:
    """Fill in one request as a person would."""
    parts = re.split(r"(?=^## )", form, flags=re.MULTILINE)
    part = parts[number].replace(f"- [ ] {answer_label(answer)}\n", f"- [x] {answer_label(answer)}\n")
    part = part.replace("tell you:", f"tell you: {reason}").replace("By when:", f"By when: {by}")
    return "".join([*parts[:number], part, *parts[number + 1 :]])


@pytest.mark.parametrize("written", languages())
@pytest.mark.parametrize("read_by", languages())
def test_a_form_is_read_in_the_language_it_was_written_in(written: str, read_by: str) -> None:
    with speaking(written):
        form = reply_form(asks("More cover at night", "A quiet room"))
        for answer, by in ((Status.IN_PART, "1 December 2026"), (Status.MORE, "2026-12-02")):
            label = f"- [ ] {answer_label(answer)}\n"
            before, _found, after = form.rpartition(label) if answer is Status.MORE else form.partition(label)
            form = f"{before}{label.replace('[ ]', '[x]')}{after}"
            reason, when = gettext("Why, or what we should tell you:"), gettext("By when:")
            head, found, tail = form.rpartition(reason) if answer is Status.MORE else form.partition(reason)
            form = f"{head}{found} Powód{tail}"
            head, found, tail = form.rpartition(when) if answer is Status.MORE else form.partition(when)
            form = f"{head}{found} {by}{tail}"
    with speaking(read_by):
        found_there = read_reply(form)
    assert found_there.troubles == ()
    assert [(reply.status, reply.words, reply.by) for _name, reply in found_there.replies] == [
        (Status.IN_PART, "Powód", "2026-12-01"),
        (Status.MORE, "Powód", "2026-12-02"),
    ]


PLAIN = st.text("abcdefgh éß,;()-", max_size=40).map(lambda text: " ".join(text.split()).strip("- "))


@settings(deadline=None, max_examples=80)
@given(st.lists(LINES, min_size=1, max_size=3), st.sampled_from(ANSWERS), PLAIN, st.sampled_from(EDITS), st.data())
def test_what_was_ticked_and_written_is_read_whatever_was_asked_and_whatever_an_editor_did(
    texts: list[str], answer: Status, reason: str, edit: Callable[[str], str], data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, len(texts)))
    form = ticked(reply_form(asks(*texts)), number, answer, reason, "14 January 2027")
    form = form.replace("Day of this reply:", "Day of this reply: 14/12/2026")
    read = read_reply(edit(form))
    assert read.troubles == ()
    assert read.replies == ((f"7k3m.q{number}", Turn("2026-12-14", answer, reason, by="2027-01-14")),)


def test_an_empty_form_says_that_there_is_no_answer_yet() -> None:
    assert read_reply(reply_form(past(full_room()))).replies == ()
    assert reply_form(Past("7k3m", "2026-11-18", "x.md", "No asks", "5–7")) == ""


def test_two_ticks_are_told_and_the_words_are_kept() -> None:
    form = ticked(reply_form(asks("Cover")), 1, Status.AGREED, "see below", "after the summer")
    read = read_reply(form.replace("- [ ] we need", "- [x] we need"))
    ((_name, reply),) = read.replies
    assert reply.status is Status.SAID
    assert reply.words == "see below By when: after the summer"
    assert "agreed, we need to know more" in read.troubles[0].text


@pytest.mark.parametrize(
    ("day", "by", "read", "named"),
    [
        ("14 December", "by Friday", ("2026-12-14", "2026-12-18"), []),
        ("Monday 14 December 2026", "@sam, 5/1/2027", ("2026-12-14", "2027-01-05"), []),
        ("14 Jan", "1/2", ("2027-01-14", "2027-02-01"), []),
        ("", "next Tuesday", ("", "2026-12-08"), []),
        ("12/14/2026", "5 January", ("", "2027-01-05"), ["day"]),
        ("Friday", "2027-01-05", ("", "2027-01-05"), ["day"]),
        ("14.12.2026", "after the summer", ("2026-12-14", ""), ["by"]),
        ("Tuesday 14 December 2026", "2027-02-30", ("", ""), ["day", "by"]),
    ],
)
def test_a_day_is_read_whole_or_named_with_its_line(day: str, by: str, read: tuple[str, str], named: list[str]) -> None:
    form = ticked(reply_form(asks("Cover")), 1, Status.AGREED, "", by)
    form = form.replace("Day of this reply:", f"Day of this reply: {day}")
    begins = [line[:6] for line in form.split("\n")]
    places = {"day": begins.index("Day of") + 1, "by": begins.index("By whe") + 1}
    found = read_reply(form, dt.date(2026, 12, 1))
    assert [trouble.number for trouble in found.troubles] == [places[each] for each in named]
    ((_name, reply),) = found.replies
    assert (reply.date, reply.by, found.says_day) == (*read, bool(day))
    # What is no day is kept among the words, and so is who does it.
    assert reply.words == ("@sam" if by.startswith("@") else "" if reply.by else f"By when: {by}")


def test_words_written_anywhere_under_a_request_are_read() -> None:
    form = ticked(reply_form(asks("Cover")), 1, Status.NOT_AGREED, "", "")
    form = form.replace("not agreed, because", "not agreed, because there is no money").replace(
        "By when:", "By when:\n\nBut ask again in March.\n\nYours, the board"
    )
    assert read_reply(form).replies[0][1].words == "there is no money But ask again in March. Yours, the board"


@pytest.mark.parametrize("text", ["", "# Notes\n", "---\ntisu-note: 1\n---\n", "---\ntisu-reply: 1\n---\n"])
def test_another_page_is_no_reply(text: str) -> None:
    with pytest.raises(NotReadable):
        read_reply(text)


def test_the_paper_with_the_same_heading_is_no_form() -> None:
    paper = "# What we ask of you\n\n## Two more hours of cover\n\nYour answer of 30 November 2026: not agreed\n"
    with pytest.raises(NotReadable, match="not a reply form"):
        read_reply(paper, None, [("7k3m.q2", "Two more hours of cover")])
