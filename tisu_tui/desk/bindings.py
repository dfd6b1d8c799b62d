"""The one table of what the facilitator can do: plain words, keys of the console, hints and docs come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from tisu_tui.activities import kinds
from tisu_tui.core.records import RecordKind
from tisu_tui.core.translation import cache_by_language
from tisu_tui.core.translation import gettext as _
from tisu_tui.desk import parsing, previews
from tisu_tui.desk.parsing import Parse
from tisu_tui.session.commands import Command, Direction
from tisu_tui.view.view import View


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the console asks before it has a line for `parse`: a title, and how to write the line."""

    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Binding:
    """A row of the table.

    Several rows may share a key: the first of them is what the key does, and leads to the others. A row without a
    word is done by its key alone, a row without a key by its word alone.
    """

    word: str
    key: str
    parse: Parse | None = None
    """Nothing for what is only read or opened: each surface has its own way of that."""
    preview: Callable[[View], str] | None = None
    """What the console asks before a letter changes the room; only Enter then does it."""
    takes: str = ""
    """What is written after the word, like `WHAT @OWNER DUE`."""
    stays: bool = False
    """Whether its box stays open for the next line."""
    on_wall: bool = False
    """Whether the host's own terminal, which everybody sees, has this key too."""
    help: str = ""
    prompt: Prompt | None = None
    footer: str = ""
    """What the foot of the console says, if the key always belongs there."""

    @property
    def written(self) -> str:
        """How the word is written in plain mode."""
        return f"{self.word} {self.takes}".strip()

    @property
    def usage(self) -> str:
        """How the word is written, and what it does."""
        return f"{self.written}: {self.help}"

    def read(self, view: View, text: str = "") -> Command | str:
        """Read what was typed on the console into a command, or say why not."""
        try:
            made = self.parse(text.strip(), view) if self.parse else None
        except ValueError as problem:
            return str(problem)
        return made[0] if made else _("Write it like: {like}").format(like=self.takes)


def _record(word: str, key: str, kind: RecordKind, takes: str) -> Binding:
    return Binding(word, key, partial(parsing.record, kind), takes=takes, stays=True)


_ROWS = (
    # To pace the session
    Binding("next", "space", parsing.go(Direction.NEXT), on_wall=True),
    Binding("back", "b", parsing.go(Direction.BACK), preview=previews.back, on_wall=True),
    Binding("again", "r", parsing.go(Direction.AGAIN), preview=previews.again, on_wall=True),
    Binding("twice", "q", parsing.look_twice, preview=previews.look_twice),
    Binding("skip", "s", parsing.go(Direction.SKIP), preview=previews.skip),
    Binding("pause", "p", parsing.pause, preview=previews.pause),
    Binding("closing", "c", parsing.closing, preview=previews.closing),
    Binding("signals", "q", parsing.signals),
    Binding("accept", "y", parsing.accept, preview=previews.accept),
    Binding("end", "e", parsing.go(Direction.END), preview=previews.end, on_wall=True),
    Binding("undo", "u", parsing.undo, preview=previews.undo),
    Binding("take", "f", parsing.take, preview=previews.take),
    # To write down what is said
    Binding("", "i"),
    _record("action", "a", RecordKind.ACTION, "WHAT @OWNER DUE"),
    _record("decide", "d", RecordKind.DECISION, "WORDS DUE"),
    _record("send-back", "z", RecordKind.SEND_BACK, "REASONS DUE"),
    _record("concern", "w", RecordKind.CONCERN, "WORDS @WHO DUE"),
    _record("tell", "g", RecordKind.TELL, "WHOM @WHO DUE"),
    _record("park", "k", RecordKind.PARK, "WORDS"),
    _record("ask", "x", RecordKind.ASK, "WHAT @WHOM DUE"),
    _record("answer", "y", RecordKind.ANSWER, "ID ANSWER WORDS DUE"),
    _record("reask", "", RecordKind.REASK, "ID DUE"),
    Binding("pen", "@", parsing.pen, preview=previews.pen),
    Binding("note", "n", parsing.note, takes="WORDS", stays=True),
    # To sort people's words, and lines of the notes
    Binding("words", "m"),
    Binding("keep", "m", parsing.keep, takes="1 4"),
    Binding("strike", "m", parsing.strike, takes="1 4"),
    Binding("reword", "m", parsing.reword, takes="2: WORDS"),
    Binding("theme", "t", parsing.theme, takes="NAME: 1 4 7"),
    # To change what is asked, and the run sheet
    Binding("options", "o"),
    Binding("option", "o", parsing.option, takes="WORDS"),
    Binding("drop", "o", parsing.drop, takes="2"),
    Binding("propose", "o", parsing.propose, takes="2"),
    Binding("leave", "o", parsing.leave_open, preview=previews.leave_open, takes="open"),
    Binding("add", "+", parsing.add, takes="KIND TITLE: LINE | LINE"),
    Binding("move", "v", parsing.move, takes="6 to 4"),
    # To say who is here
    Binding("people", "h", parsing.people, takes="9"),
    Binding("hands", "h", parsing.hands, takes="2"),
    Binding("leaders", "h", parsing.leaders, takes="4"),
    Binding("paper", "h", parsing.paper, takes="1: 3, 2: 4"),
    Binding("slips", "j", parsing.slips, takes="12"),
    Binding("careful", "h", parsing.careful),
    Binding("lock", "l", parsing.lock, preview=previews.lock),
    # To hear, in plain mode
    Binding("who", ""),
    Binding("plan", ""),
    Binding("show", ""),
    Binding("notes", ""),
)
"""Each row but for its sentences, in the order of the help page."""


@cache_by_language()  # looking up a hundred sentences takes milliseconds, and every press of a key asks for the table
def table() -> tuple[Binding, ...]:
    """List the available commands in the order of the help page."""
    help_, prompts, footers = _help(), _prompts(), _footers()
    return tuple(
        replace(row, help=help_[row.word], prompt=prompts.get(row.word), footer=footers.get(row.word, ""))
        for row in _ROWS
    )


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


def _help() -> Mapping[str, str]:
    """Say what each word does."""
    return {
        "next": _("does the next natural thing, which the screen names."),
        "back": _("goes to the step before."),
        "again": _("runs this step once more, as a new round."),
        "twice": _("before a question opens, says that we look at it twice: a small group is told part each time."),
        "skip": _("goes past this step; answers already given are counted."),
        "pause": _("lets everybody pause: answers and drafts stay. Again, it goes on."),
        "closing": _("tells people that the open question closes soon; only you close it."),
        "signals": _("asks the room about what somebody signalled quietly, like a break; signals no lets it go."),
        "accept": _("lets a result be shown that waits, as more people answered than are here."),
        "end": _(
            "ends the session: the notes are read together, and a second end seals them. Until then back goes on."
        ),
        "undo": _(
            "takes back what was changed last (also: take back); all but closing, accepting, showing, sealing "
            "and leaving open. Paper and slips are mended by counting and calling in."
        ),
        "take": _("leads from this screen, if another private screen leads."),
        "": _("writes down what is said in this step; in plain mode any line does."),
        "action": _("writes an action down."),
        "decide": _("writes a decision down, and the day on which you look at it again."),
        "send-back": _("leaders send the last decision back, once. The date is for the answer."),
        "concern": _("keeps a concern in the group's words, with who replies and by when."),
        "tell": _("writes down who will be told, by whom and by when."),
        "park": _("keeps something for later."),
        "ask": _("writes down what you ask senior management."),
        "answer": _(
            "writes down the answer to a request: agreed, in part, not agreed, need to know more; "
            "then under way, done or withdrawn. Alone, it lists the requests."
        ),
        "reask": _("asks for a request again, by another day."),
        "pen": _("gives a guest the pen, to write the answers of this step themselves; again, takes it back."),
        "note": _("writes a note to yourself; it is gone when the session is sealed."),
        "words": _("reads people's words, with numbers, once a question has closed."),
        "keep": _(
            "keeps words as they were written, when the group says yes (keep all: all of them); "
            "while the notes are read, lets lines stand that somebody asked about."
        ),
        "strike": _("takes words out, or lines of the notes while the group reads them."),
        "reword": _("puts a line in other words, and keeps it; also a line of the notes."),
        "theme": _("puts words under a theme; with no numbers it takes the theme away."),
        "options": _("lists the choices that the next question will have."),
        "option": _("adds a choice; option 2: WORDS changes one."),
        "drop": _("takes a choice out."),
        "propose": _("settles which of several things is put to the group; propose WORDS puts it in other words."),
        "leave": _(
            "leaves the notes unsealed while they are read, to think them over. "
            "leave alone closes this window, and the session goes on."
        ),
        "add": _("adds a step after this one, like: add gather What else?"),
        "move": _("moves a step that is still to come to another place in the run sheet."),
        "people": _("says how many are in the room; people 0 goes by who has joined."),
        "hands": _("says how many have no device: they answer by hand, on paper or on a shared laptop."),
        "leaders": _("says how many lead others; with fewer than three, lines about leaders are only thought about."),
        "paper": _("counts answers given by hand or on paper; say it again to correct it."),
        "slips": _(
            "makes slips, each for one person to come in with, and reads them to you once. "
            "slips 0 calls in those that nobody has used."
        ),
        "careful": _(
            "before the session starts, has results told in words only; again, in numbers too. Everybody reads it."
        ),
        "lock": _("lets no one new in; again, it lets people in."),
        "who": _("says how many are here, and what a room of this size means."),
        "plan": _("reads the run sheet, with the numbers of its steps."),
        "show": _("reads the result to you, before or after the room sees it."),
        "notes": _("reads the notes that this step has for you."),
    }


def _prompts() -> Mapping[str, Prompt]:
    """Say what the console asks where a word takes something."""
    return {
        "action": Prompt(_("An action"), _("What, @who and a date, like: Book the room @sam 2026-12-01")),
        "decide": Prompt(
            _("A decision"),
            _("In the group's words, and the day on which we look at it again, like: We try it 2027-03-02"),
        ),
        "send-back": Prompt(
            _("Leaders send the last decision back"),
            _("Their reasons, and by when we answer, like: No cover at night yet 2026-12-01"),
        ),
        "concern": Prompt(
            _("A concern"),
            _("In the group's words, nobody's name; then who replies and by when, like: Nights @lea 2026-12-01"),
        ),
        "tell": Prompt(_("Who will be told"), _("Whom, @who tells them and a date, like: Night team @sam 2026-12-01")),
        "park": Prompt(_("Park for later"), _("In the group's words.")),
        "ask": Prompt(
            _("An ask to senior management"), _("What, @whom and a date, like: More staff @board 2026-12-01")
        ),
        "answer": Prompt(
            _("An answer to a request"),
            _("Its id, the answer and the words, like: q3 agreed From January. ? lists the requests."),
        ),
        "reask": Prompt(_("A request again"), _("Its id and the day, like: q5 2027-03-01")),
        "note": Prompt(_("A note to yourself"), _("Only you see it, and it is gone when the session is sealed.")),
        "theme": Prompt(
            _("Themes"), _("A name, a colon and numbers, like: Time together: 1 4 7. No numbers takes the theme away.")
        ),
        "propose": Prompt(_("What is put to the group?"), _("A number, or other words.")),
        "add": Prompt(
            _("One more step after this one"),
            _(
                "The kind and the words, like: gather What else? Lines go after a colon: "
                "choose Which first?: swap shifts | two rotas. Kinds: {kinds}"
            ).format(kinds=", ".join(kinds())),
        ),
        "move": Prompt(
            _("Move a step that is still to come"),
            _("Its number in the run sheet and the number it should have, like: 6 to 4"),
        ),
        "people": Prompt(_("How many people are in the room?"), _("0 goes by who has joined.")),
        "hands": Prompt(_("How many of them have no device?")),
        "leaders": Prompt(_("How many people in the room lead others?")),
        "paper": Prompt(
            _("Answers given by hand or on paper"),
            _("The number of a choice and how many chose it, like: 1: 3, 2: 4. Do it again to correct it."),
        ),
        "slips": Prompt(
            _("How many slips?"),
            _(
                "A slip is three words for one person to come in with, once and again. With slips given out "
                "nobody comes in without one. 0 calls in those that nobody has used."
            ),
        ),
    }


def _footers() -> Mapping[str, str]:
    """Name what the foot of the console always has."""
    return {
        "back": _("back"),
        "again": _("again"),
        "pause": _("pause"),
        "end": _("end"),
        "undo": _("take back"),
        "action": _("action"),
        "decide": _("decision"),
        "park": _("park"),
        "ask": _("ask"),
        "note": _("note"),
        "words": _("words"),
        "theme": _("themes"),
        "lock": _("lock"),
    }
