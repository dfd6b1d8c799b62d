"""Pictures in a workshop: what can be shown is kept small, and what can't is a problem with its place."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tisu_tui.session.workshop import Block
from tisu_tui.workshop.edit import move_step
from tisu_tui.workshop.pictures import in_folder, small
from tisu_tui.workshop.reader import Reading, read

HEAD = "---\ntisu: 1\ntitle: A map\n---\n\n# A map\n\n## Where are we?\n\n`talk` `5 min`\n\n"


def picture(name: str = "PNG", size: tuple[int, int] = (30, 20), **more: object) -> bytes:
    into = io.BytesIO()
    Image.new("RGB", size, (200, 40, 90)).save(into, name, **more)
    return into.getvalue()


def vast() -> bytes:
    """Draw a picture of a row too many, in black and white so that it is drawn soon."""
    into = io.BytesIO()
    Image.new("1", (8000, 5001)).save(into, "PNG")
    return into.getvalue()


def moving(name: str) -> bytes:
    into = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), (shade, 0, 0)) for shade in (0, 90, 200)]
    frames[0].save(into, name, save_all=True, append_images=frames[1:])
    return into.getvalue()


def reading(folder: Path, text: str) -> Reading:
    return read(HEAD + text, "map.md", find=in_folder(folder))


def found(folder: Path, text: str) -> list[tuple[int, int, str, str]]:
    problems = reading(folder, text).problems
    return [
        (problem.line, problem.column, problem.code, problem.message) for problem in problems if problem.code != "W503"
    ]


def image(read_: Reading) -> Block:
    assert read_.workshop is not None
    return next(block for block in read_.workshop.steps[0].body if block.kind == "image")


@pytest.mark.parametrize("name", ["PNG", "JPEG"])
def test_a_picture_beside_the_workshop_is_kept_small_with_its_words(tmp_path: Path, name: str) -> None:
    (tmp_path / "map.png").write_bytes(picture(name, (2000, 500)))
    block = image(reading(tmp_path, "Look.\n\n![a map of the ward](map.png)\n"))
    assert block.text == "a map of the ward"
    assert block.pixels is not None
    assert (block.pixels.width, block.pixels.height) == (240, 60)
    assert len(block.pixels.colours) == 240 * 60 * 3
    assert all(abs(a - b) < 6 for a, b in zip(block.pixels.colours[:3], (200, 40, 90), strict=True))


def test_what_is_clear_in_a_picture_stands_on_white(tmp_path: Path) -> None:
    into = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(into, "PNG")
    (tmp_path / "map.png").write_bytes(into.getvalue())
    pixels = image(reading(tmp_path, "![a map](map.png)\n")).pixels
    assert pixels is not None
    assert set(pixels.colours) == {255}


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (None, "T220", "there is no file 'map.png'"),
        (b"", "T221", "'map.png' is neither PNG nor JPEG"),
        (b"\x89PNG\r\n\x1a\n broken", "T221", "'map.png' can't be read"),
        (picture()[:60], "T221", "'map.png' can't be read"),
        (picture("PNG") + bytes(2 * 1024 * 1024), "T221", "'map.png' is too large"),
        (vast(), "T221", "'map.png' is too large"),
        (picture("GIF"), "T221", "'map.png' is neither PNG nor JPEG"),
        (moving("GIF"), "T221", "'map.png' is neither PNG nor JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "T221", "'map.png' is neither PNG nor JPEG"),
        (moving("PNG"), "T221", "'map.png' moves"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_a_problem_at_its_place(
    tmp_path: Path, content: bytes | None, code: str, message: str
) -> None:
    if content is not None:
        (tmp_path / "map.png").write_bytes(content)
    assert found(tmp_path, "Look here.\nAnd ![a map](map.png) there.\n") == [(13, 5, code, message)]


def test_what_a_camera_wrote_badly_is_nobodys_to_read() -> None:
    """The library would warn of it on stderr, which is an error in tests."""
    image, made = Image.new("RGB", (30, 20), "teal"), io.BytesIO()
    image.save(made, "JPEG", exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x05\x00\x12\x01")
    found = small(made.getvalue(), "map.jpg")
    assert found.width > found.height


def test_of_a_camera_that_keeps_a_preview_behind_the_photo_the_photo_is_shown() -> None:
    image, made = Image.new("RGB", (30, 20), "teal"), io.BytesIO()
    image.save(made, "MPO", save_all=True, append_images=[Image.new("RGB", (3, 2))])
    found = small(made.getvalue(), "map.jpg")
    assert (found.width, found.height) == (30, 20)


@pytest.mark.parametrize("name", ["../map.png", "/etc/hostname", "https://example.org/map.png", "below/../../map.png"])
def test_a_picture_outside_the_folder_is_never_opened(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "workshops"
    folder.mkdir()
    (tmp_path / "map.png").write_bytes(picture())
    ((line, column, code, message),) = found(folder, f"![a map]({name})\n")
    assert (line, column, code) == (12, 1, "T220")
    assert "is not in the workshop's folder" in message


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "workshops"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(picture())
    (folder / "map.png").symlink_to(tmp_path / "secret.png")
    assert [code for _line, _column, code, _message in found(folder, "![a map](map.png)\n")] == ["T220"]


def test_a_picture_without_words_is_warned_of(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(picture())
    assert (12, 1, "W520", "a picture without words") in found(tmp_path, "![](map.png)\n")


def test_words_around_a_picture_stay_and_it_follows_them(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(picture())
    workshop = reading(tmp_path, "Before ![a map](map.png) after.\n").workshop
    assert workshop is not None
    assert [(block.kind, block.text) for block in workshop.steps[0].body] == [
        ("paragraph", "Before after."),
        ("image", "a map"),
    ]


def test_a_picture_stays_when_steps_are_moved_in_a_session(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(picture())
    whole = reading(tmp_path, "![a map](map.png)\n\n## And now?\n\n`talk` `5 min`\n")
    assert whole.workshop is not None
    (tmp_path / "map.png").unlink()
    moved = move_step(whole.workshop, 1, 0)
    assert moved.steps[1].body == whole.workshop.steps[0].body
    assert moved.steps[1].body[0].pixels is not None


def test_check_says_it_with_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "map.md").write_text(HEAD + "![a map](mpa.png)\n")
    done = subprocess.run(
        [Path(sys.executable).with_name("tisu"), "check", tmp_path / "map.md"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "map.md:12:1: T220 there is no file 'mpa.png'" in done.stdout + done.stderr
    assert done.returncode == 2


def test_an_unknown_figure_is_a_problem_with_the_nearest_one(tmp_path: Path) -> None:
    step = "## How is it?\n\n`scale` `5 min` `id how` `figure windo`\n\n- 1: Low\n- 2: Steady\n- 3: High\n"
    problems = [problem for problem in reading(tmp_path, step).problems if problem.code == "T316"]
    assert [(problem.line, problem.column) for problem in problems] == [(14, 27)]
    assert "did you mean 'window'?" in problems[0].message


def test_a_scale_can_be_drawn_as_a_window_and_other_kinds_cannot(tmp_path: Path) -> None:
    step = "## How is it?\n\n`{kind}` `5 min` `figure window`\n\n- 1: Low\n- 2: Steady\n- 3: High\n\n- [ ] a\n- [ ] b\n"
    assert not any(problem.code.startswith("T3") for problem in reading(tmp_path, step.format(kind="scale")).problems)
    assert "T307" in {problem.code for problem in reading(tmp_path, step.format(kind="choose")).problems}
