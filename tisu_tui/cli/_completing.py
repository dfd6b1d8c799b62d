"""Names that a shell completes: workshops of the library, and sessions of the data folder."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem


def workshops(_context: click.Context, _argument: click.Parameter, begun: str) -> list[CompletionItem]:
    """Complete the name of a workshop of the library; a path is completed as a file."""
    from tisu_tui.workshop.library import library

    names = [path.stem for path in library() if path.stem.startswith(begun)]
    return [CompletionItem(name) for name in names] or [CompletionItem(begun, type="file")]


def sessions(context: click.Context, _argument: click.Parameter, begun: str) -> list[str]:
    """Complete the id of a session that this computer keeps."""
    from tisu_tui.store.files import StorageProblem
    from tisu_tui.store.folder import DataFolder

    try:
        return [
            each for each in DataFolder(context.params.get("data"), create=False).sessions() if each.startswith(begun)
        ]
    except StorageProblem:
        return []
