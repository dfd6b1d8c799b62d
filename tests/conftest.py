"""Being here makes what tests share, such as `terminal_double`, importable from every folder below."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Fixtures stand beside the helpers that they are made with.
pytest_plugins = ("rooms", "line_terminal", "rooms_on_screen")

# How long an example takes, or making one, hangs on what else the machine does.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

# Tests start hundreds of processes. Where Python is told to keep nothing that it compiled, each compiles all of tisu.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A durable write takes milliseconds on a disk, and the suite makes thousands of them. Where memory can stand in for the
# disk, and is no small corner of a container, tests have their folders there; `test_real_disk.py` has its own.
MEMORY = Path("/dev/shm")
if MEMORY.is_dir():
    volume = os.statvfs(MEMORY)
    if volume.f_bavail * volume.f_frsize > 2**30 and not volume.f_flag & os.ST_NOEXEC:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_finish() -> None:
    """Leave the hundreds of thousands of objects that collecting made out of every later search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_fork_left() -> Iterator[None]:
    """Fail a test whose forks outlive it, and end them: whoever runs the tests would wait for them without end."""
    yield
    left = multiprocessing.active_children()
    for each in left:
        each.kill()
    assert left == []


@pytest.fixture
def all_objects() -> Iterator[None]:
    """Have `gc.get_objects` list what was there before the tests as well: it may hold what a test made."""
    gc.unfreeze()
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Turn the garbage collector off: only reference counts free what a test makes."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what skips for want of a system program, where all of them have to be there."""
    report = yield
    if report.skipped and "package" in str(report.longrepr) and os.environ.get("TISU_REQUIRE_PROGRAMS"):
        report.outcome = "failed"
    return report
