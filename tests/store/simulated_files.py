"""File systems to test storage on: one that loses power as badly as is allowed, and one that fails a call."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tisu_tui.store.files import Files

SECTOR = 512


class PowerCut(BaseException):
    """The process stops here, whatever handlers it has."""


class Inode:
    """A file's bytes: as every process sees them, and as the drive holds them."""

    def __init__(self, stored: bytes = b"") -> None:
        self.seen = self.stored = stored

    def after_power_loss(self, chance: random.Random) -> bytes:
        """Pick what is found: any length between the two, each unsynced sector old, new or empty."""
        shorter, longer = sorted((len(self.stored), len(self.seen)))
        size = chance.choice([shorter, longer, chance.randint(shorter, longer)])
        found = bytearray(size)
        for start in range(0, size, SECTOR):
            sector = chance.choice([self.stored, self.seen])[start : min(start + SECTOR, size)]
            found[start : start + len(sector)] = sector
        return self.stored if self.stored == self.seen else bytes(found)


class SimulatedFiles(Files):
    """Files in memory, of which only what was synced is sure to survive a power loss.

    Each name has a list of what it stood for since its folder was last synced; after a power loss it is any of them.
    """

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.names: dict[Path, list[Inode | None]] = {}
        self.handles: dict[int, Inode] = {}
        self.opened = 0
        self.steps_left: int | None = None

    def step(self) -> None:
        """Lose power when it is time, and stay without from then on."""
        if self.steps_left is not None:
            self.steps_left -= 1
            if self.steps_left <= 0:
                raise PowerCut

    def inode(self, path: Path) -> Inode | None:
        return self.names[path][-1] if path in self.names else None

    def name(self, path: Path, inode: Inode | None) -> None:
        self.names.setdefault(path, [None]).append(inode)

    def open(self, inode: Inode) -> int:
        self.opened += 1
        self.handles[self.opened] = inode
        return self.opened

    def read(self, path: Path) -> bytes | None:
        inode = self.inode(path)
        return inode.seen if inode else None

    def create(self, path: Path) -> int:
        self.step()
        if self.inode(path):
            raise FileExistsError(path)
        inode = Inode()
        self.name(path, inode)
        self.step()
        return self.open(inode)

    def write(self, handle: int, data: memoryview) -> int:
        self.step()
        count = self.chance.choice([len(data), self.chance.randint(1, len(data))])
        self.handles[handle].seen += bytes(data[:count])
        return count

    def set_times(self, target: int | Path, seconds: float) -> None:
        self.step()

    def sync(self, handle: int) -> None:
        self.step()
        self.handles[handle].stored = self.handles[handle].seen
        self.step()

    def close(self, handle: int) -> None:
        self.step()
        del self.handles[handle]

    def rename(self, old: Path, new: Path) -> None:
        self.step()
        inode = self.inode(old)
        if inode is None:
            raise FileNotFoundError(old)
        self.name(new, inode)
        self.name(old, None)
        self.step()

    def sync_folder(self, path: Path) -> None:
        self.step()
        self.names = {name: inodes[-1:] for name, inodes in self.names.items()}
        self.step()

    def remove(self, path: Path) -> None:
        self.step()
        if self.inode(path):
            self.name(path, None)

    def kill(self) -> None:
        """Go on after the process was killed: the kernel still has everything."""
        self.handles.clear()
        self.steps_left = None

    def lose_power(self, *, unsynced_survives: bool = True) -> None:
        """Go on after a power loss, with what is left."""
        self.kill()
        remaining: dict[Inode, Inode] = {}
        for path, inodes in self.names.items():
            inode = self.chance.choice(inodes) if unsynced_survives else inodes[0]
            if inode is not None and inode not in remaining:
                found = inode.after_power_loss(self.chance) if unsynced_survives else inode.stored
                remaining[inode] = Inode(found)
            self.names[path] = [remaining[inode] if inode else None]


class NeverSyncsFiles(SimulatedFiles):
    def sync(self, handle: int) -> None:
        self.step()


class NeverSyncsFolders(SimulatedFiles):
    def sync_folder(self, path: Path) -> None:
        self.step()


class WritesInPlace(SimulatedFiles):
    def create(self, path: Path) -> int:
        self.step()
        real = path.with_suffix("")
        inode = self.inode(real)
        if inode is None:
            inode = Inode()
            self.name(real, inode)
        inode.seen = b""
        self.step()
        return self.open(inode)

    def rename(self, old: Path, new: Path) -> None:
        self.step()


class AcknowledgesBeforeSyncing(SimulatedFiles):
    """Syncs in the background: a write's syncs are done when the next write begins."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__(chance)
        self.due: list[tuple[Inode, bytes]] = []

    def create(self, path: Path) -> int:
        self.step()
        for inode, seen in self.due:
            inode.stored = seen
        if self.due:
            super().sync_folder(path.parent)
        self.due.clear()
        return super().create(path)

    def sync(self, handle: int) -> None:
        self.step()
        self.due.append((self.handles[handle], self.handles[handle].seen))

    def sync_folder(self, path: Path) -> None:
        self.step()

    def kill(self) -> None:
        super().kill()
        self.due.clear()


class FailingFiles(Files):
    """The file calls of this machine, of which the one with a certain number fails.

    `late` lets the call do its work before it reports the failure; otherwise a failing write writes half.
    """

    def __init__(self, failing: int, failure: BaseException, *, late: bool = False) -> None:
        self.failing = failing
        self.failure = failure
        self.late = late
        self.calls: list[str] = []
        self.real = Files()

    @contextmanager
    def call(self, name: str) -> Iterator[None]:
        """Count a call, and fail it before or after its work."""
        self.calls.append(name)
        fails = len(self.calls) == self.failing
        if fails and not self.late:
            raise self.failure
        yield
        if fails:
            raise self.failure

    def read(self, path: Path) -> bytes | None:
        with self.call("read"):
            return self.real.read(path)

    def create(self, path: Path) -> int:
        with self.call("create"):
            handle = self.real.create(path)
            if len(self.calls) == self.failing:
                self.real.close(handle)
            return handle

    def write(self, handle: int, data: memoryview) -> int:
        if len(self.calls) + 1 == self.failing:
            self.real.write(handle, data[: len(data) // 2])
        with self.call("write"):
            return self.real.write(handle, data)

    def set_times(self, target: int | Path, seconds: float) -> None:
        with self.call("set_times"):
            self.real.set_times(target, seconds)

    def sync(self, handle: int) -> None:
        with self.call("sync"):
            self.real.sync(handle)

    def close(self, handle: int) -> None:
        # A close that fails has closed the file all the same.
        self.real.close(handle)
        with self.call("close"):
            pass

    def rename(self, old: Path, new: Path) -> None:
        with self.call("rename"):
            self.real.rename(old, new)

    def sync_folder(self, path: Path) -> None:
        with self.call("sync_folder"):
            self.real.sync_folder(path)

    def remove(self, path: Path) -> None:
        with self.call("remove"):
            self.real.remove(path)
