from __future__ import annotations

import json
import random
import re
import time
from pathlib import Path

import click
import pytest
from ballot_files import counted, preflib, table
from click.testing import CliRunner, Result

from tisu_tui.ballots import Method, count, read
from tisu_tui.cli.count import count as command

CYCLE = "count,Ash,Birch,Cherry\n14,1,2,3\n11,3,1,2\n7,2,3,1\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def written(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def data(method: str, file: Path) -> dict[str, object]:
    result = run(method, file, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_schulze_in_words(tmp_path: Path) -> None:
    result = run("schulze", written(tmp_path, "cycle.csv", CYCLE))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "Options: Ash, Birch, Cherry\n"
        "How many people cast each ballot: column 'count'\n"
        "Method: schulze\n"
        "Voters: 32\n"
        "Winner: Ash\n"
        "\n"
        "How many put the option of the line above the option of the column:\n"
        "      1   2   3\n"
        "  1   -  21  14  Ash\n"
        "  2  11   -  25  Birch\n"
        "  3  18   7   -  Cherry\n"
        "No option beats every other one, so the strongest paths decide.\n"
        "\n"
        "Strongest path from the option of the line to the option of the column:\n"
        "      1   2   3\n"
        "  1   -  21  21  Ash\n"
        "  2  18   -  25  Birch\n"
        "  3  18  18   -  Cherry\n"
    )


def test_a_winner_over_all_others_is_named(tmp_path: Path) -> None:
    result = run("schulze", written(tmp_path, "clear.csv", "A,B,C\n1,2,3\n1,,\n"))
    assert "A beats every other option.\n" in result.stdout
    assert "decide" not in result.stdout


def test_a_tie_is_left_to_the_group(tmp_path: Path) -> None:
    result = run("borda", written(tmp_path, "tie.csv", "Zinnia,Aster,Lily\n1,2,\n2,1,\n"))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[3:] == [
        "Tie: Zinnia, Aster",
        "This method can't tell them apart. The group chooses.",
        "",
        "Scores:",
        "  3  Zinnia",
        "  3  Aster",
        "  0  Lily",
    ]


def test_rounds_in_words(tmp_path: Path) -> None:
    result = run("irv", written(tmp_path, "shares.csv", "A,B,C,D\n1,1,1,2\n1,2,,\n,,1,\n,,,1\n2,,,1\n"))
    assert result.stdout.splitlines()[3:] == [
        "Winner: D",
        "",
        "Round 1: 5 ballots in play",
        "      2  D",
        "  1 1/3  A",
        "  1 1/3  C",
        "    1/3  B",
        "Dropped: B",
        "",
        "Round 2: 5 ballots in play",
        "      2  D",
        "  1 1/2  A",
        "  1 1/2  C",
        "Dropped: A, C",
        "",
        "Round 3: 3 ballots in play",
        "  3  D",
    ]


def test_dots_go_by_people_first(tmp_path: Path) -> None:
    file = written(tmp_path, "dots.csv", "count,A,B,C\n1,2,1,\n2,,1,2\n")
    assert run("dots", file).stdout.splitlines()[4:] == [
        "Winner: B",
        "",
        "People, then dots:",
        "  3  3  B",
        "  2  4  C",
        "  1  2  A",
    ]
    found = data("dots", file)
    assert found["scores"] == {"A": 2, "B": 3, "C": 4}
    assert found["supporters"] == {"A": 1, "B": 3, "C": 2}


def test_json_has_what_the_method_has(tmp_path: Path) -> None:
    file = written(tmp_path, "cycle.csv", CYCLE)
    options = ["Ash", "Birch", "Cherry"]
    assert data("schulze", file) == {
        "method": "schulze",
        "options": options,
        "voters": 32,
        "winners": ["Ash"],
        "condorcet": None,
        "pairwise": {
            "Ash": {"Birch": 21, "Cherry": 14},
            "Birch": {"Ash": 11, "Cherry": 25},
            "Cherry": {"Ash": 18, "Birch": 7},
        },
        "paths": {
            "Ash": {"Birch": 21, "Cherry": 21},
            "Birch": {"Ash": 18, "Cherry": 25},
            "Cherry": {"Ash": 18, "Birch": 18},
        },
    }
    assert data("borda", file) == {
        "method": "borda",
        "options": options,
        "voters": 32,
        "winners": ["Birch"],
        "scores": {"Ash": 35, "Birch": 36, "Cherry": 25},
    }
    assert data("irv", file) == {
        "method": "irv",
        "options": options,
        "voters": 32,
        "winners": ["Ash"],
        "rounds": [
            {"votes": {"Ash": 14, "Birch": 11, "Cherry": 7}, "in_play": 32, "dropped": ["Cherry"]},
            {"votes": {"Ash": 21, "Birch": 11}, "in_play": 32, "dropped": []},
        ],
    }


def test_winners_in_json_are_sorted_and_halves_are_numbers(tmp_path: Path) -> None:
    found = data("borda", written(tmp_path, "tie.csv", "Zinnia,Aster\n1,1\n"))
    assert found["winners"] == ["Aster", "Zinnia"]
    assert found["options"] == ["Zinnia", "Aster"]
    assert found["scores"] == {"Zinnia": 0.5, "Aster": 0.5}


def test_approval_counts_those_who_chose_nothing(tmp_path: Path) -> None:
    same = {"method": "approval", "options": ["A", "B"], "voters": 5, "winners": ["A"], "scores": {"A": 3, "B": 1}}
    assert data("approval", written(tmp_path, "a.csv", "A,B,count\nx,1,1\nX,,1\n1,0,1\n,,1\n0,0,1\n")) == same
    said = {
        "NUMBER VOTERS": 5,
        "NUMBER CATEGORIES": 3,
        "CATEGORY NAME 1": "Yes",
        "CATEGORY NAME 2": "No",
        "CATEGORY NAME 3": "?",
    }
    cat = preflib("cat", ["A", "B"], ["1: {1,2},{},{}", "2: 1,2,{}", "1: {},{1},2", "1: {},{},{}"], said)
    assert data("approval", written(tmp_path, "a.cat", cat)) == same


@pytest.mark.parametrize("ending", ["soc", "toc", "soi", "toi"])
def test_preflib_orders(ending: str) -> None:
    ballots = {
        "soc": ["2: 1,2,3", "1: 3,2,1"],
        "toc": ["2: {1},{2},3", "1: 3,{2,1}"],
        "soi": ["2: 1,2", "1: 3"],
        "toi": ["2: 1, { 2 , 3 }", "1: {3}"],
    }[ending]
    outcome = counted("schulze", preflib(ending, ["A", "B", "C"], ballots), f".{ending.upper()}")
    assert (outcome.voters, outcome.winners) == (3, ("A",))
    assert outcome.pairwise["A"] == {"B": 2, "C": 2}
    assert outcome.pairwise["B"] == {"A": int(ending == "soc"), "C": 0 if ending == "toi" else 2}


def test_preflib_as_it_was_before_2022() -> None:
    old = counted("borda", b"3\n1,Ash\n2,Birch\n3,Cherry, wild\n5,5,2\n3,1,{2,3}\n2,2,1\n", "toi")
    new = counted("borda", preflib("toi", ["Ash", "Birch", "Cherry, wild"], ["3: 1,{2,3}", "2: 2,1"]), "toi")
    assert old == new
    assert old.voters == 5


def test_names_in_quotes_and_other_alphabets(tmp_path: Path) -> None:
    file = written(tmp_path, "names.csv", '\ufeff"Move, in June","The ""quiet"" room",Łódź\r\n1,2,\r\n\r\n1,,2\r\n')
    assert data("irv", file)["options"] == ["Move, in June", 'The "quiet" room', "Łódź"]


def test_hostile_names_reach_neither_terminal_nor_json(tmp_path: Path) -> None:
    name = "\x1b]52;c;aGk=\x07\x1b[31mRed\u202e\x9b2J"
    for file in (
        written(tmp_path, "a.csv", f"{name},Blue\n1,2\n"),
        written(tmp_path, "a.soc", preflib("soc", [name, "Blue"], ["1: 1,2"])),
    ):
        for result in (run("schulze", file), run("schulze", file, "--json")):
            assert result.exit_code == 0
            assert "Red" in result.stdout
            assert not set(result.stdout) & set("\x1b\x07\x9b\u202e")
    bad = run("schulze", written(tmp_path, "b.csv", f"A,B\n1,{name}\n"))
    assert not set(bad.stderr) & set("\x1b\x07\x9b\u202e")


def test_bad_files_say_where_on_stderr(tmp_path: Path) -> None:
    file = written(tmp_path, "bad.toi", preflib("toi", ["A", "B"], ["1: 1,7", "1: 2,2"]))
    result = run("irv", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        f"{file}:8:6: there is no option '7', expected the number of an option above",
        f"{file}:9:6: option 2 a second time, expected each option once",
    ]


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for name in (tmp_path / "none.csv", tmp_path):
        result = run("borda", name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"tisu count: {name}: ")
        assert result.stderr.count("\n") == 1


def test_the_command_offers_every_method() -> None:
    methods = command.params[0].type
    assert isinstance(methods, click.Choice)
    assert list(methods.choices) == [each.value for each in Method]
    assert run("plurality", "a.csv").exit_code == 2


@pytest.mark.parametrize("method", ["schulze", "borda", "irv"])
def test_ten_thousand_ballots_of_ten_options_take_under_a_second(method: str) -> None:
    chance = random.Random(10)
    orders = ["1: " + ",".join(map(str, chance.sample(range(1, 11), 10))) for _ in range(10_000)]
    content = preflib("soc", [f"Option {n}" for n in range(10)], orders)
    began = time.process_time()
    assert count(Method(method), read(content, "soc", Method(method))).voters == 10_000
    assert time.process_time() - began < 1


def test_ten_thousand_lines_of_a_table_take_under_a_second() -> None:
    chance = random.Random(10)
    content = table(
        [f"Option {n}" for n in range(10)], [[chance.randint(0, 3) for _ in range(10)] for _ in range(10_000)]
    )
    began = time.process_time()
    assert counted("dots", content).voters == 10_000
    assert time.process_time() - began < 1


def test_the_samples_of_the_documentation_are_counted(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "counting.md").read_text("utf-8")
    samples = re.findall(r"^```(\w+) (\w+)\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    found = {method: data(method, written(tmp_path, f"a.{ending}", text)) for ending, method, text in samples}
    assert {method: (each["voters"], each["winners"]) for method, each in found.items()} == {
        "schulze": (7, ["Monday"]),
        "irv": (6, ["Monday"]),
        "approval": (8, ["Monday", "Tuesday"]),
    }


def test_columns_that_are_no_options_are_named_and_chosen(tmp_path: Path) -> None:
    file = written(tmp_path, "ids.csv", "id,Tea,Cake\n1,1,0\n2,1,0\n3,1,2\n")
    refused = run("dots", file)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "'id' looks like no option, expected --options 'Tea,Cake'" in refused.stderr
    chosen = run("dots", file, "--options", "Tea,Cake")
    assert "Winner: Tea" in chosen.stdout
    assert chosen.stderr == "Left out: 'id'\n"
    assert run("approval", written(tmp_path, "yes.csv", "Yes,No\n1,0\n1,0\n0,1\n")).exit_code == 0


@pytest.mark.parametrize("name", ["Count", "COUNT", " count ", "n", "Weight", "Votes", "Number"])
def test_weights_have_many_names(tmp_path: Path, name: str) -> None:
    found = data("schulze", written(tmp_path, "w.csv", f"{name},Monday,Tuesday\n4,1,2\n3,2,1\n"))
    assert (found["winners"], found["voters"]) == (["Monday"], 7)


def test_empty_rows_and_rows_of_sums_are_named(tmp_path: Path) -> None:
    empty = run("irv", written(tmp_path, "e.csv", "A,B\n1,2\n1,2\n,\n,\n"))
    assert "Voters: 4" in empty.stdout
    assert empty.stderr.startswith("2 empty rows (the first is line 4) count as people who chose nothing.")
    sums = run("dots", written(tmp_path, "s.csv", "A,B\n1,2\n3,0\n4,2\n"))
    assert "Line 4 is the sum of the others" in sums.stderr
    assert "has no names" in run("irv", written(tmp_path, "h.csv", "1,2\n2,1\n1,2\n")).stderr


@pytest.mark.parametrize(
    "content",
    [
        b"A;B\n1;2\n1;2\n",
        b"A\tB\n1\t2\n1\t2\n",
        b"sep=;\nA;B\n1;2\n1;2\n",
        "A,B\n1,2\n1,2\n".encode("utf-16"),
        b'"A\nlong",B\n1,2\n1,2\n',
    ],
)
def test_tables_as_spreadsheets_write_them(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(content)
    found = data("irv", file)
    assert found["voters"] == 2
    assert found["winners"] in (["A"], ["A long"])
