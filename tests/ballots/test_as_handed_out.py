"""Ballots as other programs hand them out: read as they are meant, or refused by name, never taken for another."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from ballot_files import counted
from test_count_command import run, written

from tisu_tui.ballots import BadBallots, Method, read

TENNESSEE = ("42 1 2 3 4 0", "26 2 3 4 1 0", "15 3 4 2 1 0", "17 4 3 2 1 0")
NAMES = '"Memphis"\n"Nashville"\n"Chattanooga"\n"Knoxville"\n"Capital of Tennessee"\n'


def refusal(content: str, ending: str = "csv", method: str = "irv") -> str:
    with pytest.raises(BadBallots) as bad:
        read(content.encode(), ending, Method(method))
    return str(bad.value.problems[0])


def test_a_blt_file_is_counted_and_says_what_it_was_taken_for(tmp_path: Path) -> None:
    file = written(tmp_path, "t.blt", "4 2 # four towns\n" + "\n".join(TENNESSEE) + "\n0\n" + NAMES)
    done = run("schulze", file)
    assert done.stdout.splitlines()[:5] == [
        "Options: Memphis, Nashville, Chattanooga, Knoxville",
        "How many people cast each ballot: the first number of each line",
        "Method: schulze",
        "Voters: 100",
        "Winner: Nashville",
    ]
    assert done.stderr == "The file is for 2 seats; here one winner is counted.\n"
    assert counted("irv", file.read_bytes(), "blt").winners == ("Knoxville",)


def test_a_blt_file_may_have_ties_gaps_numbers_of_ballots_and_options_that_withdrew(tmp_path: Path) -> None:
    content = '3 1\n-2\n(a1) 3 1=3 2 0\n(a2) 2 2 - 3 0\n1 0\n0\n"Ash"\n"Birch"\n"Cherry"\n"Trees"\n'
    done = run("borda", written(tmp_path, "t.blt", content))
    assert "Options: Ash, Cherry\n" in done.stdout
    assert "Withdrawn, and left out: Birch\n" in done.stdout
    assert "Voters: 6\nWinner: Cherry\n" in done.stdout
    assert "Ranks that were skipped" in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "1:1: the first line is not two numbers"),
        ("A>B", "1:1: the first line is not two numbers"),
        ("2 1\n1 1 2\n0\n", "2:5: the line does not end in 0"),
        ("2 1\n1 1 3 0\n0\n", "2:5: there is no option '3', expected a number from 1 to 2"),
        ("2 1\n1 1 1 0\n0\n", "2:5: option 1 a second time"),
        ("2 1\n0.5 1 0\n0\n", "2:1: bad count '0.5'"),
        ("2 1\n1 1 0\n", "3:1: the ballots do not end, expected a line with 0 alone"),
        ('2 1\n1 1 0\n0\n"Ash"\n', "4:1: 1 name, expected 2, and a title"),
        ('2 1\n1 1 0\n0\n"Ash\n', "4:1: a quote that is not closed"),
        ('2 1\n0\n"A" "B" "T"\n', "2:1: there are no ballots"),
    ],
)
def test_a_blt_file_that_is_wrong_says_where(content: str, said: str) -> None:
    assert refusal(content, "blt").startswith(said)


@pytest.mark.parametrize(
    "content",
    [
        "Which day?\nTea > Cake > Nuts\nTea > Nuts\nCake > Tea = Nuts\n",
        "Which day?\nTea;Cake;Nuts;\nTea;Nuts;\nCake;Tea;Nuts;\n",
        'Which day?\n"Tea, Cake, Nuts"\n"Tea, Nuts"\n"Cake, Tea, Nuts"\n',
        "Which day?\n1. Tea; 2. Cake; 3. Nuts\n1. Tea; 2. Nuts\n1. Cake; 2. Tea; 3. Nuts\n",
        "Count,Order\n2,Tea>Cake>Nuts\n1,Cake>Tea>Nuts\n",
    ],
)
def test_rankings_may_stand_in_one_column(tmp_path: Path, content: str) -> None:
    done = run("irv", written(tmp_path, "one.csv", content))
    assert done.exit_code == 0, done.stderr
    assert "Options: Tea, Cake, Nuts\n" in done.stdout
    assert "Rankings, the best first: column '" in done.stdout
    assert "Voters: 3\nWinner: Tea\n" in done.stdout


def test_a_column_of_choices_is_chosen_from_a_form(tmp_path: Path) -> None:
    text = "Id,Start time,Name,What helps?\n1,9:00,Ann,Tea;Cake;\n2,9:01,Ben,Tea;\n3,9:05,Kim,\n"
    file = written(tmp_path, "form.csv", text)
    assert "'Id' looks like no option, expected --options 'What helps?'" in run("approval", file).stderr
    done = run("approval", file, "--options", "What helps?")
    assert "Choices: column 'What helps?', with ';' between the options\n" in done.stdout
    assert "Voters: 3\nWinner: Tea\n" in done.stdout
    assert "Left out: 'Id', 'Start time', 'Name'\n" in done.stderr
    assert "1 empty row (line 4)" in done.stderr


@pytest.mark.parametrize(
    ("content", "method", "said"),
    [
        ("Tea>Cake\nCake>Tea\n", "irv", "1:1: the first line is a ballot, expected the question above it"),
        ("1,2,3\n2,1,3\n", "borda", "1:1: the first line has no names"),
        ("Slip,Tea,Cake\n1,1,2\n2,1,2\n", "irv", "1:1: 'Slip' looks like no option"),
        ("Zettel,Tea,Cake\n11,1,2\n12,1,2\n13,2,1\n14,1,2\n", "irv", "1:1: 'Zettel' counts up by one"),
        ("Tea,Cake,lfd\n3,1,1\n1,1,2\n2,1,3\n1,0,4\n", "dots", "1:1: 'lfd' counts up by one"),
        ("Email Address,Tea,Cake\na@b,1,2\n", "irv", "1:1: 'Email Address' looks like no option"),
        ("Which?\nTea;Cake\n", "dots", "1:1: dots can't be counted from the names in one column"),
    ],
)
def test_what_is_no_option_is_refused_and_named(content: str, method: str, said: str) -> None:
    assert refusal(content, method=method).startswith(said)


def test_what_a_spreadsheet_adds_is_read(tmp_path: Path) -> None:
    assert counted("irv", b"Tea,Cake,,\n1.0,2,,\n1st choice,2nd choice,,\n2,1st,,\n").winners == ("Tea",)
    assert counted("approval", b"Tea,Cake\nTRUE,FALSE\nTRUE,\n").winners == ("Tea",)
    for encoding in ("utf-16-le", "utf-16-be"):
        assert counted("irv", "Tea,Café\n1,2\n".encode(encoding)).winners == ("Tea",)
    sums = run("borda", written(tmp_path, "sums.csv", "A,B\n1,2\n2,1\n1,2\n4,5\n"))
    assert "Line 5 is the sum of the others" in sums.stderr


def test_the_category_that_counts_is_named_before_the_winner(tmp_path: Path) -> None:
    content = (
        "# NUMBER CATEGORIES: 2\n# CATEGORY NAME 1: Fine by me\n# CATEGORY NAME 2: No\n"
        "# ALTERNATIVE NAME 1: Tea\n# ALTERNATIVE NAME 2: Cake\n3: 1,2\n2: {1,2},{}\n"
    )
    assert run("approval", written(tmp_path, "c.cat", content)).stdout.splitlines()[:7] == [
        "Options: Tea, Cake",
        "How many people cast each ballot: the number before ':'",
        "Counted as chosen: the first category, 'Fine by me'",
        "Not counted: 'No'",
        "Method: approval",
        "Voters: 5",
        "Winner: Tea",
    ]


@pytest.mark.parametrize("part", ["a ", "a>", "a=", "a/1,", "[", "9", ":", " ", "a:", '"', "(", "1 "])
def test_long_lines_take_no_time(part: str) -> None:
    content = (part * 600_000)[:600_000].encode()
    began = time.process_time()
    for ending in ("blt", "csv"):
        with contextlib.suppress(BadBallots):
            read(b"=" + content + b"\n" + content, ending, Method.IRV)
    # It takes half a second at most; going over the rest of the line at each letter would take a minute.
    assert time.process_time() - began < 4
