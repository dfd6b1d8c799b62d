"""`tisu docs`: the pages that come with tisu, read in the terminal."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import click

from tisu_tui.cli._saying import refuse, show
from tisu_tui.core.translation import gettext as _

_ORDER = (
    *("first-session", "facilitating", "afterwards", "for-participants", "devices", "writing-a-workshop", "problems"),
    *("counting", "verifying", "privacy", "security", "coverage"),
)
"""The order in which people need them; a page that is not named here is listed after them."""


def pages() -> dict[str, Path]:
    """Find the pages by topic, in the order in which people need them."""
    package = Path(str(resources.files("tisu_tui")))
    installed = package / "docs"
    folder = installed if installed.is_dir() else package.parent / "docs"
    found = {path.stem: path for path in sorted(folder.glob("*.md")) if path.stem != "index"}
    return {topic: found[topic] for topic in [*filter(found.__contains__, _ORDER), *sorted(set(found) - set(_ORDER))]}


def _topics(_context: click.Context, _argument: click.Parameter, begun: str) -> list[str]:
    return [topic for topic in pages() if topic.startswith(begun)]


@click.command
@click.argument("topic", default="", shell_complete=_topics)
def docs(topic: str) -> None:
    """Read the page about TOPIC; without one, list the topics."""
    found = pages()
    if not topic:
        width = max(map(len, found))
        for name, path in found.items():
            title = re.search(r"^# (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            click.echo(f"{name:<{width}}   {title[1] if title else ''}".rstrip())
        return
    if topic not in found:
        from tisu_tui.core.did_you_mean import guess
        from tisu_tui.core.enumerating import quoted

        unknown = _("There is no page about {topic}{guess} To see them all: tisu docs")
        refuse(unknown.format(topic=quoted(topic), guess=guess(topic, list(found)) or "."))
    show(found[topic].read_text(encoding="utf-8").rstrip("\n"))
