"""System programs that some tests use."""

from __future__ import annotations

import os
import shutil

import pytest


def program(name: str, package: str) -> str:
    """Give the path of a program, or skip naming its package; on the project's own machines that is a failure."""
    path = shutil.which(name)
    if path is None:
        text = f"{name} is not installed; install the package {package}"
        if os.environ.get("TISU_REQUIRE_PROGRAMS"):
            pytest.fail(text)
        pytest.skip(text)
    return path
