from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result
from files import step

from tisu_tui.cli.check import check
from tisu_tui.workshop.library import library


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


def test_a_clean_file_is_one_line_and_what_takes_two_pages_of_a_wall_is_named() -> None:
    result = run("--strict", "window-of-tolerance")
    assert result.exit_code == 0
    path = next(each for each in library() if each.stem == "window-of-tolerance")
    assert result.stdout.splitlines() == [
        f"{path}: fine. 12 steps, 45 minutes. Settling in: our window of tolerance (also in: gd, pl)",
        f"{path}: on a wall of 80 × 24, 1 step continues below (pgdn): “What helps our team get back to steady?”",
    ]
    assert not result.stderr


def test_a_step_with_a_long_text_continues_below_on_every_wall(tmp_path: Path) -> None:
    file, words = tmp_path / "long.md", "\n\n".join(["Some words that take a line."] * 20)
    file.write_text(step("`talk` `4 min`", words), "utf-8")
    result = run("--strict", file)
    assert result.exit_code == 0
    assert [line.partition(", ")[0].rpartition("wall of ")[2] for line in result.stdout.splitlines()[1:]] == [
        "100 × 30",
        "80 × 24",
    ]


def test_problems_are_data_and_every_file_is_checked(tmp_path: Path) -> None:
    broken, fine = tmp_path / "broken.md", tmp_path / "fine.md"
    broken.write_text(step("`talk` `4 minz`"), "utf-8")
    fine.write_text(step("`talk` `1 min`"), "utf-8")
    result = run(broken, fine)
    assert result.exit_code == 2
    assert result.stdout.splitlines()[0] == (f"{broken}:8:9: T304 unknown setting '4 minz'; did you mean '4 min'?")
    assert result.stdout.splitlines()[-1] == f"{fine}: fine. 2 steps, 4 minutes. A test"
    assert not result.stderr


def test_warnings_stop_only_a_strict_check(tmp_path: Path) -> None:
    file = tmp_path / "vote.md"
    file.write_text(step("`choose 1`", "- [ ] One\n- [ ] Two"), "utf-8")
    easy, strict = run(file), run("--strict", file)
    assert (easy.exit_code, strict.exit_code) == (0, 2)
    assert "W502" in easy.stdout
    assert easy.stdout == strict.stdout


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    for name in ("window-of-tolerence", tmp_path):
        result = run(name)
        assert result.exit_code == 2
        assert not result.stdout
        assert result.stderr.startswith("tisu check: ")
        assert result.stderr.count("\n") == 1
