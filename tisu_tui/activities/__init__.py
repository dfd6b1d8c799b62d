"""The kinds of activity: one file each, and a file's name is the word people write in a workshop."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from tisu_tui.core.activity import Activity


@cache
def kinds() -> Mapping[str, type[Activity]]:
    """Find every kind by its file being here; `check_in.py` is `check-in`."""
    found: dict[str, type[Activity]] = {}
    for file in pkgutil.iter_modules(__path__):
        if file.name.startswith("_"):
            continue
        module = importlib.import_module(f"{__name__}.{file.name}")
        own = [
            each
            for each in vars(module).values()
            if isinstance(each, type) and issubclass(each, Activity) and each.__module__ == module.__name__
        ]
        if len(own) != 1:
            raise TypeError(f"activities/{file.name}.py has {len(own)} kinds in it, and should have one")
        found[file.name.replace("_", "-")] = own[0]
    return found
