"""The gallery is drawn of moments that there are, and the wall of the main sessions is filled."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from draw_gallery import empty_rows, moments, still
from gallery_moments import SHOTS, STEADY

from tisu_tui.screens.lettering import SMALL, letters
from tisu_tui.screens.wall_layout import Space
from tisu_tui.screens.wall_pages import wall
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
    # Decisions, actions, asks and what was parked are one page, which the room leaves with.
    end = wall(found["ended"], Space(96, 27))
    assert len(end) <= 27
    assert all(record.text.split()[-1] in str(end) for record in found["ended"].records)


async def test_a_proposal_is_large_and_the_end_of_its_session_one_page() -> None:
    found = await moments("sharing-power", 9, dict(STEADY))
    proposal = letters("“Take turns in leading the team meeting.”", 96, 9, "title", (SMALL,))
    page = wall(found["try-it-open"], Space(96, 25))
    assert proposal
    assert [line in page[:25] for line in proposal if line] == [True] * sum(map(bool, proposal))
    assert len(wall(found["ended"], Space(96, 27))) <= 27
