"""What a team finds when it opens tisu: shelves of things, and what can be done with each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tisu_tui.core.scripts import has_words


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done: in words, and as what is typed after `tisu`."""

    words: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomeItem:
    """One thing on a shelf; `detail` is short and stands beside the title, `about` under it."""

    title: str
    detail: str = ""
    about: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    words: str = ""
    """What else it is found by."""
    more: tuple[str, ...] = ()
    """What is read once it is opened, or where there is room for it."""

    def has(self, words: str) -> bool:
        """Tell whether each of some words stands somewhere in it."""
        return has_words("\n".join((self.title, self.detail, *self.about, *self.more, self.words)), words)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Things of one sort; `empty` is what to say where there are none."""

    name: str
    items: tuple[HomeItem, ...] = ()
    empty: str = ""

    def found(self, words: str) -> Shelf:
        """Leave only what has these words."""
        return replace(self, items=tuple(item for item in self.items if item.has(words)))
