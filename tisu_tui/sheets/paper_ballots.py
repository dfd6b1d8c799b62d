"""Paper ballots to cut: for each vote, a sheet of them that are all alike, with pass as the last answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tisu_tui.core.form import Order, Pick, bare, keys
from tisu_tui.core.size import FLOOR
from tisu_tui.core.text import slug, wrap
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.core.typed import with_pass
from tisu_tui.notes.markdown import plain, words
from tisu_tui.session.asking import asked_of
from tisu_tui.session.workshop import Step, Workshop
from tisu_tui.sheets.blocks import page
from tisu_tui.sheets.cutting import ROOM, Cut, drawn, on_a_sheet


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ballot: its question, what to do, and the lines with a box; they begin with what is typed for them."""

    name: str
    title: str
    told: str
    lines: tuple[str, ...]


def ballots(workshop: Workshop) -> tuple[Ballot, ...]:
    """Give a ballot for each vote; what is asked about people themselves is never asked on paper."""
    return tuple(ballot for step in workshop.steps if type(step.activity).is_vote for ballot in _of(step))


def _of(step: Step) -> Iterator[Ballot]:
    for field in asked_of(step, FLOOR).fields:
        if not isinstance(field, Pick | Order) or field.after:
            continue
        # Choices that are known only on the day stand on the screen with their numbers.
        comes = not any(each.label for each in field.options)
        options = with_pass(field.options)
        lines = tuple(
            f"{key}. {bare(each)}" if each.label else key for key, each in zip(keys(options), options, strict=True)
        )
        told = f"{_told(field)} {_('The numbers are those on the screen.')}" if comes else _told(field)
        yield Ballot(f"ballot-{slug(step.id)}", step.title, told, lines)


def _told(field: Pick | Order) -> str:
    if isinstance(field, Order):
        return _("Write 1 for your first, 2 for your second, and so on. You need not fill all.")
    if field.each > 1:
        told = ngettext("{n} cross in all", "{n} crosses in all", field.most)
        return _("{crosses}, at most {each} on one line.").format(crosses=told.format(n=field.most), each=field.each)
    return ngettext("One cross.", "Up to {n} crosses.", field.most).format(n=field.most)


def index(workshop: Workshop, people: int) -> bytes:
    """Write which sheets to print, how often, and how they are counted."""
    lines = [_printed(each, people) for each in ballots(workshop)]
    return page(
        f"# {_('Paper ballots, for people without a device')}",
        _(
            "All ballots of one question are alike: no number, no colour, no name. Ask for crosses only, since "
            "handwriting can be known. One box for all; nobody watches it. Give everybody the same pen."
        ),
        "\n".join(lines) or _("There is no vote in this workshop, so there are no ballots."),
        _(
            "When the question is open, say how many share paper (`h`, or `hands N`). Where each has one cross, "
            "enter what was counted: `h`, or `paper 1: 3, 2: 4`. For anything else, pass the laptop. A ballot with no "
            "cross, or with one at “Pass”, counts as a pass and is not entered. Then tear them up."
        ),
    )


def _printed(ballot: Ballot, people: int) -> str:
    each = on_a_sheet(_laid_out(ballot))
    sheets = -(-people // each)
    times = ngettext("print it once", "print it {n} times", sheets).format(n=sheets)
    told = _("{n} on a sheet; for {people} people, {times}").format(n=each, people=people, times=times)
    return f"- **{words(ballot.title)}**: [{ballot.name}.svg]({ballot.name}.svg), {told}."


def sheets(workshop: Workshop) -> Mapping[str, bytes]:
    """Draw a sheet of ballots for each vote, by file name."""
    return {f"{each.name}.svg": drawn(each.name, each.title, _laid_out(each)) for each in ballots(workshop)}


def _laid_out(ballot: Ballot) -> tuple[Cut, ...]:
    """Break a ballot into lines, those of the answers with a box."""
    laid = [Cut(line, "h") for line in wrap(plain(ballot.title), ROOM - 2)]
    laid += [Cut(line) for line in wrap(plain(ballot.told), ROOM)]
    for text in ballot.lines:
        laid += [Cut(line, box=n == 0) for n, line in enumerate(wrap(plain(text), ROOM - 3))]
    return tuple(laid)
