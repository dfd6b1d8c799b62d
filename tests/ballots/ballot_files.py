"""Ballots written down briefly, and the files that hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tisu_tui.ballots import ElectionResult, Method, count, read
from tisu_tui.core.ranking import Ranking


def ranking(text: str) -> Ranking:
    """Read `A>BC>D` as a ranking with B and C tied."""
    return tuple(tuple(group) for group in text.split(">")) if text else ()


def profile(text: str) -> dict[Ranking, int]:
    """Read lines such as `14 A>B>C`."""
    pairs = (line.split() for line in text.strip().splitlines())
    return {ranking(order): int(weight) for weight, order in pairs}


def table(options: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Write a CSV file of ballots."""
    return "\n".join(",".join(map(str, row)) for row in [options, *rows]).encode()


def preflib(
    kind: str, options: Sequence[str], ballots: Sequence[str], metadata: Mapping[str, object] | None = None
) -> bytes:
    """Write a PrefLib file with true metadata, or some of it as given."""
    said = {
        "FILE NAME": f"test.{kind}",
        "DATA TYPE": kind,
        "NUMBER ALTERNATIVES": len(options),
        "NUMBER VOTERS": sum(int(ballot.partition(":")[0]) for ballot in ballots) if metadata is None else 1,
        "NUMBER UNIQUE ORDERS": len(ballots),
        **{f"ALTERNATIVE NAME {n}": name for n, name in enumerate(options, 1)},
        **(metadata or {}),
    }
    return "\n".join([*(f"# {key}: {value}" for key, value in said.items()), *ballots]).encode()


def counted(method: str, content: bytes, ending: str = "csv") -> ElectionResult:
    return count(Method(method), read(content, ending, Method(method)))
