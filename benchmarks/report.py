"""What a run found, as the tables of docs/performance.md, and whether it is what was promised."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

CHECKED = 100
OURS, PROCESS_EACH, WISH = "tisu", "a process each", "Wish (Go)"
MOST_MIB, MOST_JOIN_CPU_MS, MOST_CLOSE_CPU_MS, MOST_IDLE_PERCENT, LEAST_TIMES = 0.5, 20.0, 100.0, 0.25, 45.0
"""What is promised for a hundred people; no idle CPU is at most one tick of /proc, a fifth of a percent in 5 s."""


@dataclass(slots=True)
class Figures:
    """One server with so many people; `nan` where a server has no such thing."""

    server: str
    people: int
    joined: int = 0
    mib: float = math.nan
    mib_resident: float = math.nan
    mib_played: float = math.nan
    join_cpu_ms: float = math.nan
    join_p50_ms: float = math.nan
    join_p99_ms: float = math.nan
    first_ms: float = math.nan
    single_ms: float = math.nan
    answer_cpu_ms: float = math.nan
    answer_p50_ms: float = math.nan
    answer_p99_ms: float = math.nan
    together_p50_ms: float = math.nan
    together_p99_ms: float = math.nan
    """Where both keys of an answer arrive in one piece."""
    close_cpu_ms: float = math.nan
    open_p99_ms: float = math.nan
    shown_p99_ms: float = math.nan
    stall_ms: float = math.nan
    idle_percent: float = math.nan
    client_share: float = math.nan
    join_client_ms: float = math.nan
    lost: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def most_mib(self) -> float:
        """The more of what somebody takes in the lobby and after playing."""
        return max(self.mib, self.mib_played)

    def as_dict(self) -> dict[str, object]:
        """Give every figure for a file, those that are missing as None."""
        return {
            name: None if isinstance(value, float) and math.isnan(value) else value
            for name, value in asdict(self).items()
        }


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command takes, in seconds: medians of several runs."""

    command: str
    wait: float
    cpu: float


_COSTS = (
    ("mib", "MiB in the lobby", 2),
    ("mib_played", "after playing", 2),
    ("join_cpu_ms", "join: CPU ms", 1),
    ("answer_cpu_ms", "answer: CPU ms", 1),
    ("close_cpu_ms", "close, all: CPU ms", 0),
    ("idle_percent", "idle CPU %", 1),
)
_AT_DOORS = (
    ("join_cpu_ms", "join: CPU ms", 1),
    ("join_client_ms", "its client's", 1),
    ("join_p50_ms", "all join: p50", 0),
    ("join_p99_ms", "p99", 0),
    ("answer_cpu_ms", "answer: CPU ms", 1),
    ("answer_p50_ms", "recorded: p50", 0),
    ("answer_p99_ms", "p99", 0),
    ("open_p99_ms", "opened p99", 0),
    ("shown_p99_ms", "shown p99", 0),
    ("stall_ms", "stall", 0),
    ("idle_percent", "idle CPU %", 1),
)
_WAITS = (
    ("single_ms", "alone", 0),
    ("join_p50_ms", "all join: p50", 0),
    ("join_p99_ms", "p99", 0),
    ("answer_p50_ms", "recorded: p50", 0),
    ("answer_p99_ms", "p99", 0),
    ("together_p50_ms", "in one piece: p50", 0),
    ("together_p99_ms", "p99", 0),
    ("open_p99_ms", "opened p99", 0),
    ("shown_p99_ms", "shown p99", 0),
    ("stall_ms", "stall", 0),
)


def page(found: Sequence[Figures], costs: Sequence[Cost], made: str) -> str:
    """Draw everything as Markdown; `made` says when and where it was measured."""
    parts = [
        made,
        "What a person costs the server:",
        _table(found, _COSTS),
        "How long people wait, in milliseconds:",
        _table(found, _WAITS),
        *(_compared(ours, theirs) for ours, theirs in _pairs(found)),
        *_beside_wish(found),
        *map(_faults, found),
    ]
    if costs:
        rows = [[cost.command, f"{cost.wait:.2f}", f"{cost.cpu:.2f}"] for cost in costs]
        parts += ["How long commands take, in seconds:", _aligned([["command", "wait", "CPU"], *rows])]
    return "\n\n".join(filter(None, parts))


def doors_page(found: Sequence[Figures], made: str, cores: int) -> str:
    """Draw one process, doors and Wish as Markdown, with what the cores allow at best."""
    compared = []
    for people in sorted({each.people for each in found}):
        there = [each for each in found if each.people == people]
        one = next(each for each in there if each.server == OURS)
        wishes = [each for each in there if each.server == WISH]
        compared += [_at_doors(each, one, wishes, cores) for each in there if each.server not in {OURS, WISH}]
    listed = "\n".join(f"- {each}" for each in compared)
    return "\n\n".join(filter(None, [made, _table(found, _AT_DOORS), listed, *map(_faults, found)]))


def _at_doors(doors: Figures, one: Figures, wishes: Sequence[Figures], cores: int) -> str:
    least = (doors.join_cpu_ms + doors.join_client_ms) * doors.people / cores
    said = (
        f"{doors.server.removeprefix('tisu, ')}, {doors.people} people: all are in after {doors.join_p99_ms:,.0f} ms "
        f"(p99), where the CPU of them and their clients takes {cores} cores {least:,.0f}; an answer takes "
        f"{_times(doors.answer_cpu_ms / one.answer_cpu_ms)} × the CPU of one process, and its p99 is "
        f"{_times(doors.answer_p99_ms / one.answer_p99_ms)} × that of one process"
    )
    for wish in wishes:
        said += f" and {_times(doors.answer_p99_ms / wish.answer_p99_ms)} × Wish's; joining is "
        said += f"{_times(doors.join_p99_ms / wish.join_p99_ms)} × Wish's"
    return f"{said}."


def misses(found: Sequence[Figures]) -> list[str]:
    """Say which promises for a hundred people are not kept."""
    pair = next(((ours, theirs) for ours, theirs in _pairs(found) if ours.people == CHECKED), None)
    if pair is None:
        return [f"Nothing to check: measure {CHECKED} people, as with --people {CHECKED}."]
    ours, theirs = pair
    kept = {
        f"everybody joins, not {ours.joined}": ours.joined == CHECKED,
        f"at most {MOST_MIB} MiB each, not {ours.most_mib:.2f}": ours.most_mib <= MOST_MIB,
        f"at most {MOST_JOIN_CPU_MS:.0f} ms of CPU for a join, not {ours.join_cpu_ms:.1f}": ours.join_cpu_ms
        <= MOST_JOIN_CPU_MS,
        f"at most {MOST_CLOSE_CPU_MS:.0f} ms of CPU to close, not {ours.close_cpu_ms:.0f}": ours.close_cpu_ms
        <= MOST_CLOSE_CPU_MS,
        f"no CPU while idle, not {ours.idle_percent:.1f} %": ours.idle_percent <= MOST_IDLE_PERCENT,
        f"{LEAST_TIMES:.0f} times less memory than a process each, not {theirs.mib / ours.most_mib:.0f}": theirs.mib
        >= LEAST_TIMES * ours.most_mib,
        f"every recorded answer on disk, and {ours.lost} were not": ours.lost <= 0,
        f"no problems, such as {ours.problems[:1]}": not ours.problems,
    }
    return [f"Missed: {what}" for what, is_kept in kept.items() if not is_kept]


def _table(found: Sequence[Figures], columns: Sequence[tuple[str, str, int]]) -> str:
    rows = [["served by", "people", *(title for _name, title, _digits in columns)]]
    rows += [
        [each.server, str(each.people), *(_number(getattr(each, name), digits) for name, _title, digits in columns)]
        for each in found
    ]
    return _aligned(rows)


def _compared(ours: Figures, theirs: Figures) -> str:
    ratios = ", ".join(
        f"{_times(theirs_value / max(ours_value, smallest))} × {what}"
        for what, ours_value, theirs_value, smallest in (
            ("the memory", ours.most_mib, theirs.mib, 0.01),
            ("the CPU for a join", ours.join_cpu_ms, theirs.join_cpu_ms, 0.1),
            ("the wait to join (p99)", ours.join_p99_ms, theirs.join_p99_ms, 1),
            ("the CPU for an answer", ours.answer_cpu_ms, theirs.answer_cpu_ms, 0.1),
        )
    )
    return f"At {ours.people} people a process each takes {ratios}."


def _beside_wish(found: Sequence[Figures]) -> list[str]:
    """Compare the means of our runs with those of Wish's, for each number of people that both had."""

    def mean(server: str, people: int, name: str) -> float:
        values = [getattr(each, name) for each in found if (each.server, each.people) == (server, people)]
        return sum(values) / len(values) if values else math.nan

    said = []
    for people in sorted({each.people for each in found if each.server == WISH}):
        ratios = ", ".join(
            f"{_times(mean(OURS, people, name) / max(mean(WISH, people, name), smallest))} × {what}"
            for name, what, smallest in (
                ("mib", "the memory", 0.01),
                ("join_cpu_ms", "the CPU for a join", 0.1),
                ("join_p99_ms", "the wait to join (p99)", 1),
                ("answer_cpu_ms", "the CPU for an answer", 0.1),
                ("answer_p99_ms", "the wait for an answer (p99)", 1),
                ("together_p50_ms", "the middle wait for one in one piece", 1),
            )
        )
        said.append(f"At {people} people tisu takes, beside Wish, {ratios}.")
    return said


def _faults(each: Figures) -> str:
    if not each.problems and not each.lost:
        return ""
    first = each.problems[0] if each.problems else "none"
    return (
        f"{each.server}, {each.people}: {len(each.problems)} problems (the first: {first}), "
        f"{each.lost} answers that said Recorded were not on disk."
    )


def _pairs(found: Sequence[Figures]) -> list[tuple[Figures, Figures]]:
    peers = {each.people: each for each in found if each.server == PROCESS_EACH}
    return [(each, peers[each.people]) for each in found if each.server == "tisu" and each.people in peers]


def _times(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}"


def _number(value: float, digits: int) -> str:
    return "–" if math.isnan(value) else f"{value:,.{digits}f}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(n) for cell, n in zip(row[1:], widths[1:], strict=True))]
        lines.append(f"| {' | '.join(cells)} |")
    lines.insert(1, f"|{'-' * (widths[0] + 2)}|{'|'.join('-' * (n + 1) + ':' for n in widths[1:])}|")
    return "\n".join(lines)
