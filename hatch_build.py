"""What a build makes: compiled catalogues, and the README for package indexes, which see nothing of this folder."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

_LOCAL = re.compile(r"(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)\s]+)\)")


def portable(text: str, base: str) -> str:
    """Return Markdown with local pictures and links below `base`; without one, they become their words."""

    def moved(found: re.Match[str]) -> str:
        picture, words, path = found.groups()
        if base:
            return f"{picture}[{words}]({base.rstrip('/')}/{path})"
        return f"*{words}*" if picture else words

    return _LOCAL.sub(moved, text)


class ReadmeHook(MetadataHookInterface):
    """Puts the README into the package, for the address in TISU_FILES_URL where the files can be seen."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the readme of the package."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": portable(text, os.environ.get("TISU_FILES_URL", "")),
        }


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles the catalogues, so that no command has to parse them."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write a `.mo` beside each catalogue, for the wheel or, in an editable installation, for this folder."""
        del version, build_data
        for catalogue in Path(self.root, "tisu_tui", "locale").glob("*/LC_MESSAGES/*.po"):
            polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))
