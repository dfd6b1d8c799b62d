"""A session as notes: Markdown for people, pictures, and the same results for programs."""

from __future__ import annotations

from collections.abc import Iterator

from tisu_tui.core.days import in_words
from tisu_tui.core.form import By, Write
from tisu_tui.core.scripts import slug
from tisu_tui.core.size import Way, band
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext, speaking
from tisu_tui.memory.past import Past, past, rows
from tisu_tui.notes.data import records_csv, results_csv, results_json
from tisu_tui.notes.embedded import FORMAT, with_data
from tisu_tui.notes.escaping import front, words, yaml
from tisu_tui.notes.pages import Handout, pages, poster, written
from tisu_tui.notes.saving import Files
from tisu_tui.notes.step_sections import Before, Pictures, section
from tisu_tui.notes.summary import summary
from tisu_tui.notes.told import Ran, Told, lists, told, usual_form
from tisu_tui.session.changes import without_asked
from tisu_tui.session.decisions import decisions
from tisu_tui.session.readback import heading
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Step


def render(session: Session) -> Files:
    """Write a session's notes in the language of its workshop; the same session gives the same bytes.

    A draft goes without people's words that somebody asked to have softened or left out.
    """
    with speaking(session.workshop.language):
        return _rendered(session)


def _rendered(session: Session) -> Files:
    session = without_asked(session)
    stem = stem_of(session)
    steps = told(session)
    pictures = Pictures(stem)
    left = past(session)
    made = pages(session)
    text = with_data("\n\n".join(_blocks(session, left, steps, pictures, made)) + "\n", left)
    sheets = {f"{handout.name}.svg": drawn for handout in made if (drawn := poster(handout))}
    beside = {
        **{f"{name}.svg": drawn for name, drawn in pictures.drawn.items()},
        **{f"{handout.name}.md": written(handout, session) for handout in made},
        **sheets,
        "results.json": results_json(session, steps, left),
        "results.csv": results_csv(session, steps),
        "records.csv": records_csv(session, left),
    }
    return {**{f"{stem}/{name}": content for name, content in beside.items()}, f"{stem}.md": text.encode()}


def stem_of(session: Session) -> str:
    """Name a session's files: by date, title and id."""
    return "-".join((slug(session.date), slug(session.workshop.title), slug(session.id)))


def _blocks(
    session: Session, left: Past, steps: tuple[Told, ...], pictures: Pictures, made: tuple[Handout, ...]
) -> Iterator[str]:
    yield _front_matter(session)
    yield f"# {words(session.workshop.title)}"
    yield _about(session)
    if session.workshop.summary:
        yield words(session.workshop.summary)
    if not session.is_ended:
        yield _("**This is a draft.** The group has not read it to the end yet, and may still strike lines.")
    if session.rehearsal:
        yield _("**This was a rehearsal.** The people in it were made up by a computer. Nobody said or decided this.")
    above: set[str] = set()
    for title, lines in summary(session, left):
        above.add(title)
        yield f"## {title}"
        yield "\n".join(lines)
    decided = {decision.step.id: decision for decision in decisions(session)}
    before: list[Before] = []
    came: list[str] = []
    for step in steps:
        came += section(step, pictures, decided.get(step.step.id), before, above)
        # Rounds of one step stand side by side already.
        if step.rounds and not step.step.again_id:
            before.append((step.step.title, rows(step.step, step.rounds[-1])))
    if came:
        yield f"## {_('Step by step')}"
        yield _("What came of each step. What was decided, promised and asked for stands above.")
        yield from came
    yield f"## {_('How the session went')}"
    yield "\n".join(f"{step.number}. {words(step.step.title)} – {_how(step, session, above)}" for step in steps)
    yield f"## {_('What was not kept')}"
    yield "\n".join(f"- {line}" for line in _not_kept(session, steps))
    yield "---"
    if made:
        yield _("Pages of their own, to print, to hang up or to hand on:")
        yield "\n".join(f"- [{words(handout.title)}]({pictures.folder}/{handout.name}.md)" for handout in made)
    data = _("For programs: [results.json]({json}), [results.csv]({csv}) and [records.csv]({records}).")
    json, results, records = (f"{pictures.folder}/{name}" for name in ("results.json", "results.csv", "records.csv"))
    yield data.format(json=json, csv=results, records=records)
    yield _("This is not therapy, not an assessment and not an official programme tool.")


def _front_matter(session: Session) -> str:
    lines = [
        f"title: {yaml(session.workshop.title)}",
        f"date: {session.date}",
        "tags: [tisu, workshop]",
        f"tisu-note: {FORMAT}",
        f"tisu-session: {yaml(session.id)}",
        f"tisu-workshop: {yaml(session.workshop.name)}",
        f"people: {yaml(band(session.largest))}",
        f"status: {'sealed' if session.is_ended else 'draft'}",
    ]
    if session.rehearsal:
        lines.append("rehearsal: true")
    return front(*lines)


def _about(session: Session) -> str:
    if session.largest < 2:
        return _("Held on {date}.").format(date=in_words(session.date))
    about = _("Held on {date}, with {people} people.").format(date=in_words(session.date), people=band(session.largest))
    if session.hands:
        about += " " + _("Some had no device and were asked by hand, on paper or on a shared laptop.")
    return about


def _how(told: Told, session: Session, above: set[str]) -> str:
    match told.ran:
        case Ran.ROOM:
            return told.step.activity.kept_in_the_room()
        case Ran.LINE:
            return told.step.activity.without_result()
        case Ran.NOTHING:
            return _("Nothing was written down.")
        case Ran.UNREACHED:
            return _("Not reached.") if session.is_ended else _("Not reached yet.")
        case Ran.RESULT:
            pass
    if told.by_scribe and (told.rounds[-1].entries or not above.isdisjoint(map(heading, lists(told.step)))):
        return _("Talked through aloud, and written down by the scribe.")
    ways = {
        Way.ALONE: _("Thought about alone."),
        Way.ALOUD: _("Talked through aloud."),
        Way.SMALL: _("Answered in secret, in a small room."),
        Way.FULL: _("Answered in secret."),
    }
    return " ".join(dict.fromkeys(ways[way] for way in told.ways))


def _not_kept(session: Session, steps: tuple[Told, ...]) -> Iterator[str]:
    ways = {way for step in steps for way in step.ways}
    if ways & {Way.SMALL, Way.FULL}:
        yield _("Who answered what, and who passed. Answers were deleted when each question closed.")
    if any(step.ran is Ran.ROOM for step in steps):
        yield _("Check-ins, and everything else that stays in the room.")
    if any(_asks_for_words(step.step) for step in steps if set(step.ways) & {Way.SMALL, Way.FULL}):
        yield _("Words that people wrote and the group did not say yes to.")
    if session.struck:
        struck = ngettext("{n} line that was struck.", "{n} lines that were struck.", session.struck)
        yield struck.format(n=session.struck)
    if session.softened:
        softened = ngettext(
            "What {n} line said before it was softened.",
            "What {n} lines said before they were softened.",
            session.softened,
        )
        yield softened.format(n=session.softened)
    if Way.ALOUD in ways:
        yield _("What was said in the steps that were talked through aloud, but for what the scribe wrote down.")
    if Way.SMALL in ways:
        yield _("Numbers, in the steps that ran as a small room of 5 to 7 people. That is normal.")


def _asks_for_words(step: Step) -> bool:
    form = usual_form(step)
    return form.by is By.EVERYONE and any(isinstance(question, Write) for question in form.fields)
