"""Being here makes what tests share, such as `terminal_double`, importable from every folder below."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what skips for want of a system program, where all of them have to be there."""
    report = yield
    if report.skipped and "package" in str(report.longrepr) and os.environ.get("TISU_REQUIRE_PROGRAMS"):
        report.outcome = "failed"
    return report
