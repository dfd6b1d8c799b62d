"""Write the tables of `docs/privacy.md` again: what is shown how often, and what two results tell together."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill

import sequences
import usefulness

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"


def written(page: str) -> str:
    """Put both tables into a page, each between its two comments."""
    several = "\n".join([*sequences.table(), "", fill(sequences.in_chains(), 120)])
    for name, text in (("usefulness", usefulness.table()), ("two results", several)):
        begin, end = f"<!-- {name}: written by `make figures` -->", "<!-- end -->"
        before, found, rest = page.partition(begin)
        _was, ends, after = rest.partition(end)
        if not found or not ends:
            raise SystemExit(f"{PAGE} has no {begin} … {end}")
        page = f"{before}{begin}\n\n{text}\n\n{end}{after}"
    return page


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
