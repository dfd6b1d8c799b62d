"""Any session at all: any words, any answers, rooms of any size."""

from __future__ import annotations

from build import Play, source, step
from hostile_text import ANYTHING
from hypothesis import strategies as st

from tisu_tui.activities.actions import Actions
from tisu_tui.activities.capture import Capture
from tisu_tui.activities.consent import Consent
from tisu_tui.activities.follow import Follow
from tisu_tui.activities.gather import Gather
from tisu_tui.activities.rate import Rate
from tisu_tui.activities.scale import Scale
from tisu_tui.activities.sense import Sense
from tisu_tui.core.form import Option
from tisu_tui.core.later import Status
from tisu_tui.core.record_lines import read_record
from tisu_tui.core.records import OF_REQUESTS, RecordKind
from tisu_tui.core.released import Released
from tisu_tui.core.size import Size, band
from tisu_tui.core.text import clean
from tisu_tui.session import changes
from tisu_tui.session.session import Fate, Session
from tisu_tui.session.workshop import Right, Workshop


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


LINES = ANYTHING.map(_one_line).filter(bool)
"""What a workshop file, a form or an order may hold: one clean line of words."""

ENDINGS = (
    "1 May 2026",
    "by 1 December 2026",
    "@sam 3 Mar 2026",
    ", back on 2 May 2026",
    ", by 31 February 2026",
    "review on 1 May 2026",
)
"""Days in words at the end of a line: some say by when, and some are part of what is said."""

TYPED = [each for each in RecordKind if each not in OF_REQUESTS]
RECORDS = st.builds(
    "{} {} {}".format,
    LINES,
    st.one_of(st.just(""), LINES.map(lambda text: f"@{text.split()[0]}")),
    st.sampled_from(["", "2026-12-01", "due 2027-01-31", "by 2026-02-28", "2026-13-01", *ENDINGS]),
)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Make a sealed session: three ratings, words, promises looked back at, and records of every kind."""
    scale = draw(st.lists(LINES, min_size=2, max_size=6, unique=True))
    statements = draw(st.lists(LINES, min_size=1, max_size=4, unique=True))
    workshop = Workshop(
        "",
        f"{draw(LINES)}.md",
        draw(LINES),
        steps=(
            step("back", draw(LINES), "follow", Follow()),
            step("rated", draw(LINES), "rate", Rate.read(source("rate", numbered=statements, scale=scale))),
            step("one", draw(LINES), "scale", Scale.read(source("scale", scale=scale))),
            step("ready", draw(LINES), "sense", Sense()),
            step("words", draw(LINES), "gather", Gather.read(source("gather"))),
            step("vote", draw(LINES), "consent", Consent(draw(LINES)), right=Right.SEND_BACK),
            step("behind", draw(LINES), "capture", Capture.read(source("capture", numbered=statements))),
            step("do", draw(LINES), "actions", Actions.read(source("actions"))),
        ),
    )
    people = draw(st.sampled_from([1, 3, 6, 9, 12]))
    play = Play(Session("7k3m", "2026-11-18", workshop), people)
    _look_back(play, draw)
    for name, fields, points in (
        ("rated", [f"R{n}" for n in range(1, len(statements) + 1)], [*map(str, range(1, len(scale) + 1)), "dont-know"]),
        ("one", ["answer"], [*map(str, range(1, len(scale) + 1)), "dont-know"]),
        ("ready", ["sense"], [*map(str, range(6))]),
    ):
        answer = st.fixed_dictionaries(
            {question: st.sampled_from(points).map(lambda point: (point,)) for question in fields}
        )
        for _round in range(draw(st.integers(0, 2))):
            if Size(people).is_secret:
                play.answered(name, draw(st.lists(answer, min_size=people, max_size=people)))
            else:
                play.aloud(name, **draw(answer))
    if Size(people).is_secret:
        play.answered("words", [{"words": (draw(LINES),)} for _person in range(people)])
        play.decide(Fate.KEPT, *range(1, 1 + len(play.session.round.held if play.session.round else ())))
    if Size(people).is_secret:
        stands = st.sampled_from(["agree", "worry", "object"])
        play.answered("vote", [{"position": (draw(stands),)} for _person in range(people)])
    said = st.lists(LINES, max_size=2).map(tuple)
    for _round in range(draw(st.integers(0, 2))):
        play.aloud("behind", **{f"R{n}": draw(said) for n in range(1, len(statements) + 1)})
    abouts = st.sampled_from(["", "vote.1", "none.1"])
    for kind, text, about in draw(st.lists(st.tuples(st.sampled_from(TYPED), RECORDS, abouts), max_size=5)):
        try:
            play.session = changes.recorded(play.session, read_record(kind, play.session.made + 1, text, about))
        except ValueError:
            continue
    play.end()
    return play.session


def _look_back(play: Play, draw: st.DrawFn) -> None:
    labels = draw(st.lists(LINES, max_size=3))
    options = tuple(Option(f"aaaa.a{n}", label) for n, label in enumerate(labels, 1))
    for number in range(1, 1 + draw(st.integers(0, 2))):
        play.at("back")
        session = changes.opened(play.session, play.people, options)
        for option in options:
            status = draw(st.sampled_from([*Status, ""]))
            if status:
                session = changes.entered(session, option.id, (status,))
                session = changes.entered(session, f"{option.id}:way", tuple(draw(st.lists(LINES, max_size=2))))
        released = Released(number, Size(play.people).way, band(play.people))
        play.session = changes.showed(changes.closed(session, released))
