"""Every file that can't be counted says where, and what was expected."""

from __future__ import annotations

import time

import pytest
from ballot_files import counted, preflib, table

from tisu_tui.ballots import MOST_BYTES, BadBallots, Method, read

ABC = ["Ash", "Birch", "Cherry"]


def problems(content: bytes | str, ending: str = "csv", method: str = "schulze") -> list[str]:
    with pytest.raises(BadBallots) as caught:
        read(content.encode() if isinstance(content, str) else content, ending, Method(method))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "1:1: an option without a name, expected a name"),
        ("A\n1", "1:1: there are fewer than two options, expected their names, with commas between, in the first line"),
        (
            "count,A\n1,1",
            "1:1: there are fewer than two options, expected their names, with commas between, in the first line",
        ),
        ("A,,C\n1,2,3", "1:3: an option without a name, expected a name"),
        ("A,\u200b,C\n1,2,3", "1:3: an option without a name, expected a name"),
        ("A,B,A\n1,2,3", "1:5: two options have the name 'A', expected a name of its own for each option"),
        ("A,B\n", "2:1: there are no ballots, expected a line for each below the header"),
        ("A,B\n1,2\n1,2,3", "3:5: this line has 3 cells, expected 2, as in the header"),
        ("A,B\n1", "2:1: this line has 1 cell, expected 2, as in the header"),
        ("A,B\n1,first", "2:3: bad mark 'first', expected a rank from 1 or nothing"),
        ("A,B\n1,0", "2:3: bad mark '0', expected a rank from 1 or nothing"),
        ("A,B\n1,1.5", "2:3: bad mark '1.5', expected a rank from 1 or nothing"),
        ("A,B\n1,-2", "2:3: bad mark '-2', expected a rank from 1 or nothing"),
        ("A,B\n1,²", "2:3: bad mark '²', expected a rank from 1 or nothing"),
        ("A,count,B\n1,none,2", "2:3: bad count 'none', expected a whole number from 1"),
        ("count,A,B\n0,1,2", "2:1: bad count '0', expected a whole number from 1"),
        ("count,A,B\n,1,2", "2:1: bad count '', expected a whole number from 1"),
        ("count,A,B\n" + "9" * 6000 + ",1,2", f"2:1: bad count '{'9' * 39}…', expected a whole number from 1"),
        ('A,B\n1,"2', '2:3: a quote that is not closed, expected another "'),
        ('order\nA>B\n"A>B\nB>A', '3:1: a quote that is not closed, expected another "'),
        ('A,B\n"1"2,3', "2:4: something after a quote, expected a comma"),
        ("A,B\r\n\r\n1,2\r\nx,1", "4:1: bad mark 'x', expected a rank from 1 or nothing"),
    ],
)
def test_tables(content: str, problem: str) -> None:
    assert problems(content) == [problem]


def test_marks_for_the_other_methods() -> None:
    assert problems("A,B\nx,yes", method="approval") == [
        "2:3: bad mark 'yes', expected 1 or x for a choice, 0 or nothing for none"
    ]
    assert problems("A,B\n2,x", method="dots") == ["2:3: bad mark 'x', expected a number of dots or nothing"]


RANKED = ".csv .soc .soi .toc .toi .blt"
HEADER = (
    "# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 1: Ash\n# ALTERNATIVE NAME 2: Birch\n# ALTERNATIVE NAME 3: Cherry\n"
)


@pytest.mark.parametrize(
    ("kind", "line", "problem"),
    [
        ("soc", "1: 1,2,4", "5:8: there is no option '4', expected the number of an option above"),
        ("soc", "1: 1,2,1", "5:8: option 1 a second time, expected each option once"),
        ("soc", "1: 1,3", "5:7: option 2 is missing, expected every option on each line of a .soc file"),
        ("toc", "1: {1,3}", "5:9: option 2 is missing, expected every option on each line of a .toc file"),
        ("soc", "1: 1,{2,3}", "5:6: options that tie, expected none in a .soc file"),
        ("soi", "1: {2,3}", "5:4: options that tie, expected none in a .soi file"),
        ("toi", "1: {1, 2 ,1}", "5:11: option 1 a second time, expected each option once"),
        ("toi", "1: {1,,2}", "5:7: there is no option '', expected the number of an option above"),
        ("toi", "1: 1,{}", "5:6: a rank without options, expected an option"),
        ("toi", "1: 1,{2", "5:6: '{2' can't be read, expected the number of an option, or several in braces"),
        ("toi", "1: 1,2}", "5:6: '2}' can't be read, expected the number of an option, or several in braces"),
        ("toi", "1: 1,2,", "5:8: the line ends, expected the number of an option, or several in braces"),
        ("toi", "1:", "5:3: the line ends, expected the number of an option, or several in braces"),
        ("toi", "1: 1 2", "5:4: '1 2' can't be read, expected the number of an option, or several in braces"),
        ("toi", "1: Ash", "5:4: 'Ash' can't be read, expected the number of an option, or several in braces"),
        ("toi", "3", "5:2: nothing after the count, expected ':' and the numbers of options"),
        ("toi", "1,2,3", "5:1: bad count '1,2,3', expected a whole number from 1"),
        ("toi", "0: 1", "5:1: bad count '0', expected a whole number from 1"),
        ("toi", "-1: 1", "5:1: bad count '-1', expected a whole number from 1"),
        ("toi", "1.5: 1", "5:1: bad count '1.5', expected a whole number from 1"),
        ("toi", "", "5:1: there are no ballots, expected lines such as 3:1,2"),
    ],
)
def test_preflib_ballots(kind: str, line: str, problem: str) -> None:
    assert problems(HEADER + line, kind) == [problem]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("NUMBER ALTERNATIVES: 4", "3:24: NUMBER ALTERNATIVES is 4, expected 3, the number of options with a name"),
        ("NUMBER ALTERNATIVES: many", "3:24: bad number 'many', expected a whole number"),
        ("NUMBER VOTERS: 6", "4:18: NUMBER VOTERS is 6, expected 5, the sum of the counts"),
        ("NUMBER UNIQUE ORDERS: 3", "5:25: NUMBER UNIQUE ORDERS is 3, expected 2, the number of lines with ballots"),
        ("DATA TYPE: soc", "2:14: the data are of type 'soc', expected toi, as the file's name ends"),
        (
            "ALTERNATIVE NAME 2: Ash",
            "7:23: two options have the name 'Ash', expected a name of its own for each option",
        ),
        ("ALTERNATIVE NAME 2:", "7:22: an option without a name, expected a name"),
    ],
)
def test_preflib_metadata(said: str, problem: str) -> None:
    key, _colon, value = said.partition(":")
    content = preflib(
        "toi", ABC, ["3: 1,2", "2: 3"], {key: value.strip(), **({"NUMBER VOTERS": 5} if "VOTERS" not in key else {})}
    )
    assert problems(content, "toi") == [problem]


def test_preflib_options() -> None:
    assert problems("1: 1,2", "soi") == ["1:1: no option has a name, expected # ALTERNATIVE NAME 1: …"]
    assert problems("", "soi") == ["1:1: no option has a name, expected # ALTERNATIVE NAME 1: …"]
    twice = "# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 1: B\n1: 1"
    assert problems(twice, "soi") == ["2:1: option 1 has two names, expected each option once"]
    word = "# ALTERNATIVE NAME x: A\n1: 1"
    assert problems(word, "soi") == ["1:1: 'x' is not a number, expected the number of an option and its name"]


def test_categories() -> None:
    said = HEADER + "# NUMBER CATEGORIES: 2\n# CATEGORY NAME 1: Yes\n# CATEGORY NAME 2: No\n"
    assert problems(said + "1: 1,2,3", "cat", "approval") == ["8:3: this line has 3 categories, expected 2"]
    assert problems(said + "1: {1,2},2", "cat", "approval") == [
        "8:10: option 2 a second time, expected each option once"
    ]
    wrong = said.replace("CATEGORIES: 2", "CATEGORIES: 3") + "1: 1,2,3"
    assert problems(wrong, "cat", "approval") == [
        "5:22: NUMBER CATEGORIES is 3, expected 2, the number of categories with a name"
    ]


def test_the_format_of_before_2022() -> None:
    start = "2\n1,Ash\n2,Birch\n"
    assert problems(f"{start}5,5,1\n5,1,3", "soi") == [
        "5:5: there is no option '3', expected the number of an option above"
    ]
    assert problems(f"{start}6,6,1\n5,1,2", "soi") == ["4:3: NUMBER VOTERS is 6, expected 5, the sum of the counts"]
    assert problems(f"{start}5,5,2\n5,1,2", "soi") == [
        "4:5: NUMBER UNIQUE ORDERS is 2, expected 1, the number of lines with ballots"
    ]
    assert problems(f"{start}5,1,2", "soi")[0].startswith("4:1: there are no ballots")
    assert problems(f"{start}1,2", "soi") == [
        "4:1: '1,2' can't be read, expected the voters, the sum of the counts and the number of different orders"
    ]
    assert problems("3\n1,Ash", "soi")[0].startswith("1:1: NUMBER ALTERNATIVES is 3, expected 1")
    assert problems("999999999\n1,Ash", "soi") == ["1:1: too many options, expected at most 200"]


@pytest.mark.parametrize(
    ("method", "ending", "problem"),
    [
        (
            "approval",
            ".soc",
            "1:1: approval can't be counted from a file that ends in '.soc', expected one of .csv .cat",
        ),
        ("dots", "toi", "1:1: dots can't be counted from a file that ends in '.toi', expected .csv"),
        (
            "irv",
            ".cat",
            f"1:1: irv can't be counted from a file that ends in '.cat', expected one of {RANKED}",
        ),
        (
            "borda",
            "",
            f"1:1: borda can't be counted from a file that ends in '.', expected one of {RANKED}",
        ),
    ],
)
def test_the_wrong_kind_of_file(method: str, ending: str, problem: str) -> None:
    assert problems(HEADER + "1: 1,2,3", ending, method) == [problem]


def test_bytes_that_are_not_text() -> None:
    assert problems("Åsh,Birch\n1,2\n1,é".encode() + b"\xff,2") == ["3:4: these bytes are not text, expected UTF-8"]
    assert problems(b"\xef\xbb\xbfA,\xff") == ["1:3: these bytes are not text, expected UTF-8"]


def test_problems_come_together_but_not_without_end() -> None:
    assert problems("A,B\nx,1\n1,2\n1,y") == [
        "2:1: bad mark 'x', expected a rank from 1 or nothing",
        "4:3: bad mark 'y', expected a rank from 1 or nothing",
    ]
    assert len(problems("A,B\n" + "x,x\n" * 100_000)) == 20


def test_too_much_of_anything() -> None:
    many = [f"Option {n}" for n in range(201)]
    assert problems(table(many, [[""] * 201]))[0].endswith("too many options, expected at most 200")
    assert problems(preflib("soi", many, ["1: 1"]), "soi")[0].endswith("too many options, expected at most 200")
    assert problems(b"\n" * (MOST_BYTES + 1)) == ["1:1: the file is too large, expected at most 16 MiB"]


@pytest.mark.parametrize("line", ["1: " + "1," * 5_000_000, "1" * 10_000_000, "# " * 5_000_000, " " * 10_000_000])
def test_a_line_of_ten_megabytes_is_refused_at_once(line: str) -> None:
    began = time.process_time()
    assert problems(HEADER + line, "toi") == ["5:1000001: the line is too long, expected at most 1000000 characters"]
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("start", "part"),
    [
        ("1: ", "1,"), ("1: ", "{"), ("1: {", "1"), ("1: {", "1,"), ("1: {", " "), ("1: ", " "), ("1: 1", " "),
        ("1: ", "1"), ("", "1"), ("", ":"), ("# ALTERNATIVE NAME 4: ", "\u0301"), ("# ALTERNATIVE NAME ", "1"),
        ("#", " "),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["toi", "csv"])
def test_the_longest_lines_are_read_in_linear_time(kind: str, start: str, part: str) -> None:
    line = start + part * ((999_000 - len(start)) // len(part)) + "!"
    began = time.process_time()
    assert problems((HEADER if kind == "toi" else "A,B\n") + line, kind)
    assert time.process_time() - began < 2


def test_quotes_are_read_in_linear_time() -> None:
    began = time.process_time()
    assert problems('A,B\n1,"' + '""' * 490_000) == ['2:3: a quote that is not closed, expected another "']
    assert time.process_time() - began < 2


def test_a_billion_ballots_are_a_number() -> None:
    began = time.process_time()
    header = HEADER.encode() + b"# NUMBER VOTERS: 1000000001\n"
    outcome = counted("schulze", header + b"1000000000: 1,2,3\n1: 3,2,1", "soc")
    assert (outcome.voters, outcome.winners) == (1_000_000_001, ("Ash",))
    assert outcome.pairwise["Ash"]["Birch"] == 1_000_000_000
    assert time.process_time() - began < 1
