"""System programs that some tests use."""

from __future__ import annotations

import shutil

import pytest


def program(name: str, package: str) -> str:
    """Give the path of a program, or skip naming its package (`conftest.py` says where that is a failure)."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed; install the package {package}")
    return path
