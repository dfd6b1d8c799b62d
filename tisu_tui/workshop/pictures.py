"""Pictures in a workshop: found in its folder, looked at, and kept as a few colours that any terminal can show."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from tisu_tui.core.enumerating import quoted
from tisu_tui.core.figure import Pixels
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import Block
from tisu_tui.workshop.markdown import Node
from tisu_tui.workshop.source import Report, Source

MOST_BYTES = 2 * 1024 * 1024
_MOST_PIXELS = 40_000_000
_SIZE = (240, 160)
"""The most pixels that are kept: more than the half blocks of a large terminal show."""
_FORMATS = {"PNG": b"\x89PNG", "JPEG": b"\xff\xd8"}
"""What files of the formats that are read begin with."""


@dataclass(frozen=True, slots=True)
class PictureProblem(Exception):
    """Why a picture can't be shown; `code` is that of the problem."""

    code: str
    message: str
    expected: str


Find = Callable[[str], Pixels | None]
"""Gives the picture of a name, or `None` where pictures are not looked for; raises PictureProblem."""


def in_folder(folder: Path) -> Find:
    """Look for pictures in one folder and those below it."""

    def find(name: str) -> Pixels:
        expected = _("a PNG or JPEG file beside the workshop, like `![a map](map.png)`")
        path = folder / name
        if "://" in name or not path.resolve().is_relative_to(folder.resolve()):
            raise PictureProblem(
                "T220", _("{name} is not in the workshop's folder").format(name=quoted(name)), expected
            )
        try:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        except (OSError, ValueError):
            raise PictureProblem("T220", _("there is no file {name}").format(name=quoted(name)), expected) from None
        return small(content, name)

    return find


def kept(bodies: Iterable[Sequence[Block]]) -> Find:
    """Give the pictures that blocks have already, by name; for a workshop that is read again without its folder."""
    found = {block.mark: block.pixels for body in bodies for block in body if block.kind == "image"}
    return found.get


def small(content: bytes, name: str) -> Pixels:
    """Make a picture of a file small; raises PictureProblem."""
    # Here, since few workshops have pictures, and the library takes its time.
    from PIL import Image, ImageOps

    expected = _("a PNG or JPEG picture of {n} MB at most").format(n=MOST_BYTES // 1024 // 1024)
    said = quoted(name)
    if len(content) > MOST_BYTES:
        raise PictureProblem("T221", _("{name} is too large").format(name=said), expected)
    if not content.startswith((*_FORMATS.values(),)):
        raise PictureProblem("T221", _("{name} is neither PNG nor JPEG").format(name=said), expected)
    try:
        # The library warns on stderr of what a camera wrote badly, and has readers for sixty formats more.
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(content), formats=[*_FORMATS]) as image:
            # A JPEG may have a preview behind the photo, which moves nothing.
            is_animated = image.format == "PNG" and bool(getattr(image, "is_animated", False))
            wrong = _wrong(image.size, said, is_animated=is_animated)
            # Nothing of a picture that is refused is unpacked.
            turned = None if wrong else ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise PictureProblem("T221", _("{name} can't be read").format(name=said), expected) from None
    if turned is None:
        raise PictureProblem("T221", wrong, expected)
    turned.thumbnail(_SIZE)
    paper = Image.new("RGBA", turned.size, "white")
    flat = Image.alpha_composite(paper, turned).convert("RGB")
    return Pixels(flat.width, flat.height, flat.tobytes())


def _wrong(size: tuple[int, int], name: str, *, is_animated: bool) -> str:
    """Say what is wrong with a picture, as far as its head tells."""
    if is_animated:
        return _("{name} moves").format(name=name)
    if size[0] * size[1] > _MOST_PIXELS:
        return _("{name} is too large").format(name=name)
    return ""


def check(nodes: Iterable[Node], find: Find, source: Source, report: Report) -> None:
    """Report every picture that can't be shown, where it stands, and those that nobody could be told of."""
    for inline in (each for node in nodes for each in node.walk() if each.type == "inline"):
        for token in (each for each in inline.inline if each.type == "image"):
            name = str(token.attrs.get("src", ""))
            line = next((n for n in range(inline.line, inline.end) if f"]({name}" in source.lines[n - 1]), inline.line)
            place = source.place(line, "![")
            if not token.content.strip():
                message = _("a picture without words")
                report.warn(place, "W520", message, _("what it shows in a few words: `![a map of the ward](map.png)`"))
            try:
                find(name)
            except PictureProblem as problem:
                report.add(place, problem.code, problem.message, problem.expected)


def shown(body: tuple[Block, ...], find: Find) -> tuple[Block, ...]:
    """Put pictures into their blocks, as far as they are found."""

    def pixels(name: str) -> Pixels | None:
        try:
            return find(name)
        except PictureProblem:
            return None

    return tuple(replace(block, pixels=pixels(block.mark)) if block.kind == "image" else block for block in body)
