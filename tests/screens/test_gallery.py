"""The gallery is drawn of moments that there are, and the wall of the main sessions is filled."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from draw_gallery import SHOTS, empty_rows, moments, still

from tisu_tui.session.session import State

DOCS = Path(__file__).parents[2] / "docs"


def test_every_picture_of_the_page_is_drawn_and_they_are_few() -> None:
    page = (DOCS / "gallery.md").read_text("utf-8")
    drawn = {f"wall-{shot.name}.svg" for _title, shots in SHOTS for shot in shots}
    assert {path.name for path in (DOCS / "pictures").glob("wall-*.svg")} == drawn
    assert all(f"(pictures/{name})" in page for name in drawn)
    assert page.count("![") <= 40


async def test_the_wall_of_questions_and_results_is_little_more_than_a_third_empty() -> None:
    found = await moments("recommendations", 6)
    wanted = {shot.moment for _title, shots in SHOTS for shot in shots if shot.workshop == "recommendations"}
    assert wanted <= {*found}
    shares = {}
    for name, view in found.items():
        is_question = view.place.state is State.OPEN and view.asks_everyone
        if is_question or (view.place.state is State.SHOWN and view.shown):
            shares[name] = empty_rows(await still(view, (100, 30)))
    assert len(shares) > 12
    assert median(shares.values()) <= 0.35, shares
