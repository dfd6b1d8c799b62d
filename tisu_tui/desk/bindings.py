"""The one table of what the facilitator can do: plain words, keys of the console, hints and docs come from it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from tisu_tui.activities import kinds
from tisu_tui.core.records import RecordKind
from tisu_tui.core.translation import cache_by_language
from tisu_tui.core.translation import gettext as _
from tisu_tui.desk import parsing, previews
from tisu_tui.desk.binding import Binding, Prompt
from tisu_tui.session.commands import Command, Direction
from tisu_tui.view.view import View


@cache_by_language()  # looking up a hundred sentences takes milliseconds, and every press of a key asks for the table
def table() -> tuple[Binding, ...]:
    """List the available commands in the order of the help page."""
    return (*_pace(), *_write(), *_sort(), *_plan(), *_people(), *_hear())


def by_key(key: str) -> Binding | None:
    """Find what a key of the console does."""
    return next((row for row in table() if row.key == key), None) if key else None


def by_word(word: str) -> Binding | None:
    """Find what a word of plain mode does."""
    return next((row for row in table() if row.word == word), None) if word else None


def keyed() -> tuple[Binding, ...]:
    """List what each key does, one row a key."""
    first: dict[str, Binding] = {}
    for row in table():
        first.setdefault(row.key, row)
    return tuple(row for key, row in first.items() if key)


def read_command(line: str, view: View) -> tuple[Command, ...] | None:
    """Read a line of plain mode; `None` if it is no command. Raises ValueError if it can't be done now."""
    word, _space, rest = line.partition(" ")
    row = by_word(word.casefold())
    return row.parse(rest.strip(), view) if row and row.parse else None


def _pace() -> tuple[Binding, ...]:
    go = parsing.go
    back, again, end = (
        _("goes to the step before."),
        _("runs this step once more, as a new round."),
        _("ends the session: the notes are read together, and a second end seals them. Until then back goes on."),
    )
    return (
        Binding(
            "next", "space", _("does the next natural thing, which the screen names."), go(Direction.NEXT), on_wall=True
        ),
        Binding("back", "b", back, go(Direction.BACK), footer=_("back"), on_wall=True, preview=previews.back),
        Binding("again", "r", again, go(Direction.AGAIN), footer=_("again"), on_wall=True, preview=previews.again),
        Binding(
            "twice",
            "q",
            _("before a question opens, says that we look at it twice: a small group is told part each time."),
            parsing.look_twice,
            preview=previews.look_twice,
        ),
        Binding(
            "skip",
            "s",
            _("goes past this step; answers already given are counted."),
            go(Direction.SKIP),
            preview=previews.skip,
        ),
        Binding(
            "pause",
            "p",
            _("lets everybody pause: answers and drafts stay. Again, it goes on."),
            parsing.pause,
            footer=_("pause"),
            preview=previews.pause,
        ),
        Binding(
            "closing",
            "c",
            _("tells people that the open question closes soon; only you close it."),
            parsing.closing,
            preview=previews.closing,
        ),
        Binding(
            "signals",
            "q",
            _("asks the room about what somebody signalled quietly, like a break; signals no lets it go."),
            parsing.signals,
            preview=previews.signals,
        ),
        Binding(
            "accept",
            "y",
            _("lets a result be shown that waits, as more people answered than are here."),
            parsing.accept,
            preview=previews.accept,
        ),
        Binding("end", "e", end, go(Direction.END), footer=_("end"), on_wall=True, preview=previews.end),
        Binding(
            "undo",
            "u",
            _(
                "takes back what was changed last (also: take back); all but closing, showing, sealing and leaving "
                "open. Paper and slips are mended by counting and calling in."
            ),
            parsing.undo,
            footer=_("take back"),
            preview=previews.undo,
        ),
        Binding(
            "take",
            "f",
            _("leads from this screen, if another private screen leads."),
            parsing.take,
            preview=previews.take,
        ),
    )


def _write() -> tuple[Binding, ...]:
    def row(kind: RecordKind, key: str, takes: str, help_: str, prompt: Prompt, footer: str = "") -> Binding:
        word = "decide" if kind is RecordKind.DECISION else kind.value
        return Binding(
            word,
            key,
            help_,
            partial(parsing.record, kind),
            takes=takes,
            prompt=replace(prompt, stays=True),
            footer=footer,
        )

    return (
        Binding("", "i", _("writes down what is said in this step; in plain mode any line does.")),
        row(
            RecordKind.ACTION,
            "a",
            "WHAT @OWNER DUE",
            _("writes an action down."),
            Prompt(_("An action"), _("What, @who and a date, like: Book the room @sam 2026-12-01")),
            _("action"),
        ),
        row(
            RecordKind.DECISION,
            "d",
            "WORDS DUE",
            _("writes a decision down, and the day on which you look at it again."),
            Prompt(
                _("A decision"),
                _("In the group's words, and the day on which we look at it again, like: We try it 2027-03-02"),
            ),
            _("decision"),
        ),
        row(
            RecordKind.SEND_BACK,
            "z",
            "REASONS DUE",
            _("leaders send the last decision back, once. The date is for the answer."),
            Prompt(
                _("Leaders send the last decision back"),
                _("Their reasons, and by when we answer, like: No cover at night yet 2026-12-01"),
            ),
        ),
        row(
            RecordKind.CONCERN,
            "w",
            "WORDS @WHO DUE",
            _("keeps a concern in the group's words, with who replies and by when."),
            Prompt(
                _("A concern"),
                _("In the group's words, nobody's name; then who replies and by when, like: Nights @lea 2026-12-01"),
            ),
        ),
        row(
            RecordKind.TELL,
            "g",
            "WHOM @WHO DUE",
            _("writes down who will be told, by whom and by when."),
            Prompt(_("Who will be told"), _("Whom, @who tells them and a date, like: Night team @sam 2026-12-01")),
        ),
        row(
            RecordKind.PARK,
            "k",
            "WORDS",
            _("keeps something for later."),
            Prompt(_("Park for later"), _("In the group's words.")),
            _("park"),
        ),
        row(
            RecordKind.ASK,
            "x",
            "WHAT @WHOM DUE",
            _("writes down what you ask senior management."),
            Prompt(_("An ask to senior management"), _("What, @whom and a date, like: More staff @board 2026-12-01")),
            _("ask"),
        ),
        row(
            RecordKind.ANSWER,
            "y",
            "ID ANSWER WORDS DUE",
            _(
                "writes down the answer to a request: agreed, in part, not agreed, need to know more; "
                "then under way, done or withdrawn. Alone, it lists the requests."
            ),
            Prompt(
                _("An answer to a request"),
                _("Its id, the answer and the words, like: q3 agreed From January. ? lists the requests."),
            ),
        ),
        row(
            RecordKind.REASK,
            "",
            "ID DUE",
            _("asks for a request again, by another day."),
            Prompt(_("A request again"), _("Its id and the day, like: q5 2027-03-01")),
        ),
        Binding(
            "pen",
            "@",
            _("gives a guest the pen, to write the answers of this step themselves; again, takes it back."),
            parsing.pen,
            preview=previews.pen,
        ),
        Binding(
            "note",
            "n",
            _("writes a note to yourself; it is gone when the session is sealed."),
            parsing.note,
            takes="WORDS",
            prompt=Prompt(
                _("A note to yourself"), _("Only you see it, and it is gone when the session is sealed."), stays=True
            ),
            footer=_("note"),
        ),
    )


def _sort() -> tuple[Binding, ...]:
    return (
        Binding("words", "m", _("reads people's words, with numbers, once a question has closed."), footer=_("words")),
        Binding(
            "keep",
            "m",
            _(
                "keeps words as they were written, when the group says yes (keep all: all of them); "
                "while the notes are read, lets lines stand that somebody asked about."
            ),
            parsing.keep,
            takes="1 4",
        ),
        Binding(
            "strike",
            "m",
            _("takes words out, or lines of the notes while the group reads them."),
            parsing.strike,
            takes="1 4",
        ),
        Binding(
            "reword",
            "m",
            _("puts a line in other words, and keeps it; also a line of the notes."),
            parsing.reword,
            takes="2: WORDS",
        ),
        Binding(
            "theme",
            "t",
            _("puts words under a theme; with no numbers it takes the theme away."),
            parsing.theme,
            takes="NAME: 1 4 7",
            prompt=Prompt(
                _("Themes"),
                _("A name, a colon and numbers, like: Time together: 1 4 7. No numbers takes the theme away."),
            ),
            footer=_("themes"),
        ),
    )


def _plan() -> tuple[Binding, ...]:
    return (
        Binding("options", "o", _("lists the choices that the next question will have.")),
        Binding("option", "o", _("adds a choice; option 2: WORDS changes one."), parsing.option, takes="WORDS"),
        Binding("drop", "o", _("takes a choice out."), parsing.drop, takes="2"),
        Binding(
            "propose",
            "o",
            _("settles which of several things is put to the group; propose WORDS puts it in other words."),
            parsing.propose,
            takes="2",
            prompt=Prompt(_("What is put to the group?"), _("A number, or other words.")),
        ),
        Binding(
            "leave",
            "o",
            _(
                "leaves the notes unsealed while they are read, to think them over. "
                "leave alone closes this window, and the session goes on."
            ),
            parsing.leave_open,
            takes="open",
            preview=previews.leave_open,
        ),
        Binding(
            "add",
            "+",
            _("adds a step after this one, like: add gather What else?"),
            parsing.add,
            takes="KIND TITLE: LINE | LINE",
            prompt=Prompt(
                _("One more step after this one"),
                _(
                    "The kind and the words, like: gather What else? Lines go after a colon: "
                    "choose Which first?: swap shifts | two rotas. Kinds: {kinds}"
                ).format(kinds=", ".join(kinds())),
            ),
        ),
        Binding(
            "move",
            "v",
            _("moves a step that is still to come to another place in the run sheet."),
            parsing.move,
            takes="6 to 4",
            prompt=Prompt(
                _("Move a step that is still to come"),
                _("Its number in the run sheet and the number it should have, like: 6 to 4"),
            ),
        ),
    )


def _people() -> tuple[Binding, ...]:
    return (
        Binding(
            "people",
            "h",
            _("says how many are in the room; people 0 goes by who has joined."),
            parsing.people,
            takes="9",
            prompt=Prompt(_("How many people are in the room?"), _("0 goes by who has joined.")),
        ),
        Binding(
            "hands",
            "h",
            _("says how many have no device: they answer by hand, on paper or on a shared laptop."),
            parsing.hands,
            takes="2",
            prompt=Prompt(_("How many of them have no device?")),
        ),
        Binding(
            "leaders",
            "h",
            _("says how many lead others; with fewer than three, lines about leaders are only thought about."),
            parsing.leaders,
            takes="4",
            prompt=Prompt(_("How many people in the room lead others?")),
        ),
        Binding(
            "paper",
            "h",
            _("counts answers given by hand or on paper; say it again to correct it."),
            parsing.paper,
            takes="1: 3, 2: 4",
            prompt=Prompt(
                _("Answers given by hand or on paper"),
                _("The number of a choice and how many chose it, like: 1: 3, 2: 4. Do it again to correct it."),
            ),
        ),
        Binding(
            "slips",
            "j",
            _(
                "makes slips, each for one person to come in with, and reads them to you once. "
                "slips 0 calls in those that nobody has used."
            ),
            parsing.slips,
            takes="12",
            prompt=Prompt(
                _("How many slips?"),
                _(
                    "A slip is three words for one person to come in with, once and again. With slips given out "
                    "nobody comes in without one. 0 calls in those that nobody has used."
                ),
            ),
        ),
        Binding(
            "careful",
            "h",
            _("before the session starts, has fewer than twelve told words; again, numbers. Everybody reads it."),
            parsing.careful,
        ),
        Binding(
            "lock",
            "l",
            _("lets no one new in; again, it lets people in."),
            parsing.lock,
            footer=_("lock"),
            preview=previews.lock,
        ),
    )


def _hear() -> tuple[Binding, ...]:
    return (
        Binding("who", "", _("says how many are here, and what a room of this size means.")),
        Binding("plan", "", _("reads the run sheet, with the numbers of its steps.")),
        Binding("show", "", _("reads the result to you, before or after the room sees it.")),
        Binding("notes", "", _("reads the notes that this step has for you.")),
    )
