"""What a process and its children cost, read from /proc, so that the clients' own work is not in any figure."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """List a process and everything it started."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (fields := _stat(int(folder.name))):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def _stat(pid: int) -> list[str]:
    """Read the fields of a process from its state on; none where it has gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return text[text.rindex(")") + 2 :].split()


@dataclass(frozen=True, slots=True)
class Counters:
    """One server: its process, and with `deep` what it starts for each person."""

    pid: int
    deep: bool = False

    def pids(self) -> list[int]:
        return tree(self.pid) if self.deep else [self.pid]

    def cpu(self) -> float:
        """Give the seconds of CPU used so far, in steps of a hundredth."""
        ticks = 0
        for pid in self.pids():
            if fields := _stat(pid):
                ticks += sum(map(int, fields[11:15] if self.deep else fields[11:13]))
        return ticks / _TICK

    def memory(self) -> float:
        """Give the MiB that are its own share: what processes have in common is divided among them (PSS)."""
        return sum(_pss(pid) for pid in self.pids()) / 1024

    def resident(self) -> float:
        """Give the MiB resident, in which what processes have in common counts for each (RSS)."""
        return sum(_kib(pid, "Rss:") for pid in self.pids()) / 1024

    def descriptors(self) -> int:
        """Count what it has open."""
        return sum(1 for pid in self.pids() for _each in Path(f"/proc/{pid}/fd").iterdir())


def _pss(pid: int) -> int:
    return _kib(pid, "Pss:")


def _kib(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)


def spent(counters: Counters) -> Callable[[], float]:
    """Begin to count CPU; what this gives tells the seconds since."""
    begun = counters.cpu()
    return lambda: counters.cpu() - begun
