"""What the room reads on the shared screen: nothing private, one thing at a time, the finding in large letters."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain

from tisu_tui.core.figure import Figure, Items, Pixels, RecordBoard, VerdictFigure
from tisu_tui.core.form import By, Form, Pick, Write, is_beside
from tisu_tui.core.shown import Quotes, Say, withheld_sentence
from tisu_tui.core.text import ELLIPSIS, in_quotes
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens import step_words
from tisu_tui.screens.figure_cards import TONES, cards, large_cards
from tisu_tui.screens.figures import drawn, rows_needed
from tisu_tui.screens.large_sentences import enlarged
from tisu_tui.screens.layout import Lines, blocks, ends, flow, itemized, paragraph, paragraphs, spaced, stacked
from tisu_tui.screens.lettering import FACES, letters
from tisu_tui.screens.palette import StyleName
from tisu_tui.screens.results import result_lines
from tisu_tui.screens.wall_layout import Space, filled
from tisu_tui.screens.wall_words import (
    CardsWay,
    RecordsWay,
    first_to_fit,
    in_columns,
    in_one_column,
    quoted,
    worded,
    written_down,
)
from tisu_tui.session.session import State
from tisu_tui.view import phrases
from tisu_tui.view.view import View

_LETTERS = 6
"""Rows that a line of the smallest letters takes, with those around it."""


def wall(view: View, space: Space) -> Lines:
    """Draw the shared screen of a session that has begun."""
    if view.is_ended:
        return _ending(view, space)
    top = spaced(
        ends(view.heading, _where(view), space.width, "title"),
        step_words.failing(view, space.width),
        step_words.resumed(view, space.width),
    )
    if view.paused:
        words, stays = step_words.pause_words()
        return filled(top, words, None, space, under=paragraph(stays, space.width))
    if view.is_reading:
        return _reading(view, top, space)
    match view.place.state:
        case State.OPEN:
            return _open(view, top, space)
        case State.SHOWN:
            return _shown(view, top, space)
        case State.CLOSED:
            return _closed(view, top, space)
        case _:
            return _waiting(view, top, space)


def _where(view: View) -> str:
    states = {
        State.WAITING: _("not open yet"),
        State.OPEN: _("open") if view.asks_everyone else "",
        State.CLOSED: _("closed"),
        State.SHOWN: _("result") if view.shown else "",
    }
    state = "" if view.paused else states.get(view.place.state, "")
    return " · ".join(filter(None, (state, step_words.where(view))))


# Before and while people answer


def _image(view: View) -> tuple[Pixels | None, View]:
    """Take the first image out of what people read, to be drawn as large as there is room; its words stay."""
    image = next((block for block in view.body if block.pixels), None)
    if image is None:
        return None, view
    body = tuple(replace(block, pixels=None) if block is image else block for block in view.body)
    return image.pixels, replace(view, body=body)


def _waiting(view: View, top: Lines, space: Space) -> Lines:
    image, view = _image(view)
    # It is as large as it is once the question is open.
    told = step_words.intro(replace(view, proposal=""), space.prose)
    headline = in_quotes(view.proposal) if view.proposal else view.heading
    figure: Figure | None = image or (view.picture.figure if view.picture else None)
    if isinstance(figure, VerdictFigure):
        figure = None
    if figure and space.rows - len(top) - len(told) - 2 < rows_needed(figure, space.width).enough:
        figure = None
    pages = (filled(top, headline, each, space, under=told, heading=view.heading) for each in (figure, None))
    return next(page for page in pages if not _is_cut(page))


def _open(view: View, top: Lines, space: Space) -> Lines:
    form, width = view.form, space.prose
    if form is None:
        return top
    if view.rest and not form.fields:
        return _break(view, form, top, space)
    if form.by is not By.EVERYONE:
        return _talked_about(view, form, top, space)
    picks = [question for question in form.fields if isinstance(question, Pick) and not is_beside(question)]
    # Where a step asks to choose one thing, that leads it.
    choice = picks[0] if len(picks) == 1 and picks[0].options else None
    figure = view.picture.figure if view.picture else Items.to_choose(choice.options) if choice else None
    headline = choice.title if choice and choice.title else view.heading
    beside = stacked(step_words.beside_lines(question, width) for question in form.fields if is_beside(question))
    titles = [question.title for question in form.fields if isinstance(question, Write) and not question.after]
    written = paragraphs(titles, width)
    if figure is None:
        beside = spaced(beside, step_words.form_lines(form, view.entries, width))
        written = ()
    note, right = step_words.content_note(view, width), paragraph(view.right, width, "result")
    words = _("Answer on your own screen. Take your time. Nobody sees who passed.")
    answer = flow(((_("Pass"), "title"), (" · ", "dim"), (words, "result")), width, "p  ")
    asked = spaced(beside, written, (*answer, *step_words.closing(view, width), *_progress(view.progress, width)))
    promise, body, rule = step_words.promise(view, width), blocks(view.body, width), paragraph(view.rule, width)
    # What was read while the room waited goes first where there is no room for it beside large letters.
    ways = ((note, body, right, rule), (note, body, right), (note, right), (note,), (right,), ())
    pages: list[Lines] = []
    for has_letters in (True, False):
        # A proposal stands nowhere else: large, it is worth what was read before. So is the promise, whole.
        for way in ways[:3] if has_letters and headline == view.heading else ways:
            rest = [each for each in (note, body, right, rule) if each and each not in way]
            first, under = space.first_of_two if rest else space, spaced(*way, asked, promise)
            page = filled(top, headline, figure, first, under=under, heading=view.heading, must=has_letters)
            if len(page) <= first.rows:
                # What goes on below begins there, and is not cut by the end of the page.
                gap = ((),) * max(1, first.rows - len(page)) if rest else ()
                pages.append((*page, *gap, *spaced(*rest)))
                if not _is_cut(page):
                    return pages[-1]
    if pages:
        return pages[0]
    picture = drawn(figure, space.width, rows_needed(figure, space.width).enough) if figure else ()
    title = () if headline == view.heading else paragraph(headline, space.width, "title")
    return spaced(top, title, note, right, picture, asked, promise, body, rule)


def _is_cut(page: Lines) -> bool:
    """Tell whether a choice or a statement ends in an ellipsis because there was no room for it."""
    return any((ELLIPSIS, "card") in line for line in page)


def _break(view: View, form: Form, top: Lines, space: Space) -> Lines:
    told = spaced(blocks(view.body, space.prose), itemized(form.talk, space.prose, "quiet"))
    if not space.until:
        return filled(top, view.heading, None, space, under=told, heading=view.heading)
    back = _("Back at {time}").format(time=space.until)
    return filled(top, back, None, space, under=told, faces=FACES)


def _talked_about(view: View, form: Form, top: Lines, space: Space) -> Lines:
    width = space.width
    image, view = _image(view)
    figure = image or (view.picture.figure if view.picture and form.by is By.NOBODY else None)
    is_asked = view.picture is not None and form.by is By.NOBODY and form.fields
    kinds = step_words.kinds_made(form)

    def page(way: RecordsWay) -> Lines:
        asked = spaced(
            () if is_asked else step_words.form_lines(form, view.entries, width),
            written_down(view.records, kinds, width, way),
            (
                *itemized(form.talk, space.prose, "result"),
                *paragraph(phrases.pen_words(view.pen), space.prose, "result"),
            ),
            step_words.closing(view, space.prose),
        )
        under = spaced(step_words.intro(view, space.prose), step_words.promise(view, space.prose), asked)
        # What is being written down is there to be put right: it needs the room of the largest heading.
        faces = space.faces[-3:] if way is RecordsWay.LETTERS else ()
        return filled(top, view.heading, figure, space, under=under, heading=view.heading, faces=faces)

    has_made = any(record.kind in kinds for record in view.records)
    return first_to_fit(map(page, [RecordsWay.LETTERS] * has_made + [RecordsWay.CARDS]), space.rows)


def _progress(said: str, width: int) -> Lines:
    """Draw how far the room is as a line that grows on the tick, in the same few stages as the words."""
    if said not in phrases.progress_stages():
        return paragraph(said, width, "quiet")
    long = min(36, width - len(said) - 3)
    if long < 8:
        return paragraph(said, width, "quiet")
    done = long * phrases.progress_stages().index(said) // len(phrases.progress_stages())
    return ((("━" * done, "mark"), ("┈" * (long - done), "dim"), (f"  {said}", "quiet")),)


# After they have


def _closed(view: View, top: Lines, space: Space) -> Lines:
    """Draw what was asked as it was, which the result will be drawn on."""
    # It is the same where a result waits because more people answered than are here.
    words = _("The facilitator looks first at what can be shown, and at the count. This can take a moment.")
    said = paragraph(words, space.width)
    figure = view.picture.figure if view.picture else None
    if isinstance(figure, VerdictFigure):
        figure = None
    return filled(top, phrases.has_closed(), figure, space, under=said)


def _shown(view: View, top: Lines, space: Space) -> Lines:
    width = space.width
    if view.picture is None:
        return _words(view, top, space)
    picture = view.picture
    style: StyleName = "title"
    faces: tuple[str, ...] = ()
    over = paragraph(picture.over, width, "quiet")
    if isinstance(picture.figure, VerdictFigure):
        style, faces = TONES[picture.figure.tone], FACES
        asked = picture.figure.asked
        # Where nothing was proposed, what is asked stands on top already.
        over = paragraph(in_quotes(asked), width, "title") if asked != view.heading else ()
    headline = picture.headline or (view.heading if isinstance(picture.figure, RecordBoard) else "")
    said = paragraphs(picture.under, space.prose, "result")
    beside = result_lines(view.beside, space.prose)
    # Its tables stand on everybody's own screen: the figure has all of them that a room can read.
    pages = (
        filled(
            top, headline, picture.figure, space, over=over, under=under, style=style, heading=view.heading, faces=faces
        )
        for under in (spaced(said, beside), (*said, *beside))
    )
    return first_to_fit(pages, space.rows)


def _words(view: View, top: Lines, space: Space) -> Lines:
    """Draw a result that is words: what leads it large, quotes as cards, tables as tables."""
    width, shown = space.width, view.shown
    if not shown:
        return filled(top, _("This step is finished."), None, space)
    first = shown[0]
    if isinstance(first, Quotes) and not first.under and len(shown) == 1:
        return _quotes(view.heading, first, top, space)
    if isinstance(first, Say) and len(first.text) <= 60 and first.text != withheld_sentence():
        return filled(top, first.text.rstrip("."), None, space, under=worded(shown[1:], width))
    rows = space.rows - len(top)
    ways = (worded(shown, width, rows - _LETTERS, way) for way in CardsWay)
    under = first_to_fit(filter(None, ways), rows - 1)
    return filled(top, view.heading, None, space, under=under, heading=view.heading)


def _quotes(heading: str, said: Quotes, top: Lines, space: Space) -> Lines:
    """Draw people's words: in letters if they can be, else in one column, and what was asked as large as it can be."""
    width, title = space.width, paragraph(said.title, space.width, "title")
    asked = [large for face in space.faces if (large := letters(heading, width, 99, "title", (face,), lines=2))]
    tops = [spaced(top, each, title) for each in (*asked, ())]
    for draw, aboves in ((large_cards, tops), (in_one_column, tops[:-1] or tops), (quoted, tops)):
        for above in aboves:
            rows = space.rows - len(above) - 1
            if 0 < len(texts := draw(said.texts, width, rows)) <= rows:
                return spaced(above, texts)
    return spaced(tops[-1], quoted(said.texts, width, 0))


# The end


def _reading(view: View, top: Lines, space: Space) -> Lines:
    width = space.width
    words = _(
        "This is what the notes will say. Any line can be softened or taken out: say its number, or ask in private."
    )
    above = spaced(top, step_words.left_open(view, width), paragraph(words, width, "result"))
    if not view.reading:
        return spaced(above, paragraph(_("There is nothing to read in people's words."), width))
    rows = space.rows - len(above) - 1
    ways = (partial(step_words.notes_lines, view.reading, is_apart=each) for each in (True, False))
    return spaced(above, first_to_fit((in_columns(way, width, rows) for way in ways), rows))


def _ending(view: View, space: Space) -> Lines:
    """Draw what a room remembers: what it agreed, who does what, what happens next, and thanks."""
    width = space.width
    top, made = ends(view.title, view.heading, width), frozenset(record.kind for record in view.records)
    following = _("The notes say what we agreed and who will do what. They do not say how anyone was.")
    after = spaced(paragraph(following, width, "result"), step_words.aftercare(view, width))

    def told(size: int, way: RecordsWay, agreed: Lines = ()) -> Lines:
        parts = (paragraph(_("What we agreed"), size, "title") if view.agreed else (), agreed)
        drawn_records = written_down(view.records, made, size, way)
        return spaced(stacked(parts) if way is RecordsWay.CLOSE else spaced(*parts), drawn_records)

    def close(size: int) -> Lines:
        return told(size, RecordsWay.CLOSE, cards(view.agreed, size, 1))

    def page(told: Lines, after: Lines, *, must: bool = True) -> Lines:
        under = spaced(told, after)
        return filled(top, thanks, None, space, under=under, must=must, faces=space.faces[-3:])

    thanks = _("Thank you")
    small, large = cards(view.agreed, width), large_cards(view.agreed, width, space.rows)
    apart = [(way, each) for way in list(RecordsWay)[:-1] for each in (large, small) if each or not view.agreed]
    ways = (told(width, *each) for each in apart)
    pages = (page(way, each) for way in ways for each in (enlarged(after, width, space.rows), after) if each)
    # What was agreed and who does what is worth more than a large thanks.
    left = space.rows - len(spaced(top, paragraph(thanks, width), after)) - 1
    last = (page(way(width), after, must=False) for way in (close, partial(in_columns, close, rows=left)))
    found = (each for each in chain(pages, last) if len(each) <= space.rows)
    return next(found, page(told(width, RecordsWay.CARDS, small), after))
