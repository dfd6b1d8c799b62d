"""From the bytes of a file to the ballots in it."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence

from tisu_tui.ballots.blt import read_blt
from tisu_tui.ballots.election import Method, Profile
from tisu_tui.ballots.preflib import read_preflib
from tisu_tui.ballots.reading import BadBallots, BallotProblem
from tisu_tui.ballots.spreadsheet import read_table
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.translation import gettext as _

MOST_BYTES = 16 * 2**20
"""The largest file that is read."""

_LONGEST_LINE = 1_000_000

_RANKED = ("csv", "soc", "soi", "toc", "toi", "blt")
_ENDINGS = {Method.APPROVAL: ("csv", "cat"), Method.DOTS: ("csv",)}


def read(content: bytes, ending: str, method: Method, chosen: Sequence[str] = (), separator: str = "") -> Profile:
    """Read a file of ballots for a method; its ending, such as "soc", tells what is in it.

    Raises BadBallots with the first problems.
    """
    try:
        kind = _kind(ending, method)
        lines = _lines(content)
        match kind:
            case "csv":
                return read_table(lines, method, chosen, separator)
            case "blt":
                return read_blt(lines)
            case _:
                return read_preflib(lines, kind)
    except BallotProblem as problem:
        raise BadBallots((problem,)) from None


def _kind(ending: str, method: Method) -> str:
    kind = ending.lower().removeprefix(".")
    known = _ENDINGS.get(method, _RANKED)
    if kind in known:
        return kind
    message = _("{method} can't be counted from a file that ends in {ending}")
    expected = " ".join(f".{each}" for each in known)
    if len(known) > 1:
        expected = _("one of {endings}").format(endings=expected)
    raise BallotProblem(1, 1, message.format(method=method, ending=quoted(f".{kind}")), expected)


def _lines(content: bytes) -> list[str]:
    if len(content) > MOST_BYTES:
        expected = _("at most {n} MiB").format(n=MOST_BYTES // 2**20)
        raise BallotProblem(1, 1, _("the file is too large"), expected)
    # Without a mark, text in UTF-16 has a zero in every other byte.
    bare = {b"\0" + content[1:2]: "utf-16-be", content[:1] + b"\0": "utf-16-le"}.get(content[:2], "")
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or bare:
        try:
            content = content.decode(bare or "utf-16").encode()
        except UnicodeError:
            raise BallotProblem(1, 1, _("these bytes are not text"), "UTF-16") from None
    content = content.removeprefix(BOM_UTF8)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise BallotProblem(line, column, _("these bytes are not text"), _("UTF-8")) from None
    # Only what ends a line in an editor ends one here, or the numbers of lines would differ.
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    for number, each in enumerate(lines, 1):
        if len(each) > _LONGEST_LINE:
            expected = _("at most {n} characters").format(n=_LONGEST_LINE)
            raise BallotProblem(number, _LONGEST_LINE + 1, _("the line is too long"), expected)
    return lines
