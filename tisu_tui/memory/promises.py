"""A team's promises and requests over all sessions, and their present status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tisu_tui.core.later import AFTER_AGREED, OF_REQUESTS, PAGE, ROOM, Request, Standing, Status, Turn, stands_at
from tisu_tui.core.promise_lines import read_promise
from tisu_tui.core.records import OF_REQUESTS as RECORDS_OF_REQUESTS
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.memory.past import Past
from tisu_tui.session.requests import same_words

BETWEEN = "actions"
"""Stands in ids where a session's id does, for what was promised between sessions."""

_LAST = "9999"
"""Stands after every date, for what has none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a team wrote about a promise outside sessions; `id` is `SESSION.RECORD`, `record` as it stands there now.

    `ticked` is None where there is no box: it counts as done since the last day that is named beside it. `box` is what
    a box says besides, that it was begun or dropped.
    """

    id: str
    record: Kept
    ticked: bool | None = None
    turns: tuple[Turn, ...] = ()
    reply: Turn | None = None
    """What was answered; its status is `SAID` where that is none of the four answers."""
    did: str = ""
    box: Status | None = None
    door: str = PAGE
    session: str = ""
    """The session in whose notes it was written; empty for what stands on a page of its own."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing promised or asked for, with everything that was said of it since, the earliest first.

    `made` is the day of its session, empty where nobody knows; `again` is the id of the same promise made later.
    """

    id: str
    record: Kept
    made: str
    title: str = ""
    of: str = ""
    """The decision that it is about, in one sentence; empty where it is about none."""
    history: tuple[Turn, ...] = ()
    reply: Turn | None = None
    did: str = ""
    again: str = ""
    moved: int = 0
    """How many days it has been due on before."""

    @property
    def is_request(self) -> bool:
        """Whether senior management was asked for it."""
        return self.record.kind is RecordKind.ASK

    @property
    def status(self) -> Status:
        """Where it stands."""
        if self.is_request:
            return stands_at(self.history)
        return self.history[-1].status if self.history else Status.NOT_STARTED

    @property
    def stood(self) -> Turn | None:
        """What was said as it came to stand where it does."""
        return self.request.stood if self.is_request else self.history[-1] if self.history else None

    @property
    def is_open(self) -> bool:
        """Whether it should be asked about again."""
        return self.status.is_open and not self.again

    @property
    def request(self) -> Request:
        """The same as a request, to be carried into a session and out of it."""
        record = self.record
        return Request(self.id, record.text, record.owner, self.made, record.due, self.title, self.history)


@dataclass(slots=True)
class _Found:
    promise: Promise
    turns: list[Turn] = field(default_factory=list)
    known: dict[str, set[str]] = field(default_factory=dict)
    """What it was ever known to say, who by and by when: what an old page still says of it is no change."""

    def __post_init__(self) -> None:
        self._note()

    def _note(self) -> None:
        for name in _CHANGED_BY_HAND:
            self.known.setdefault(name, set()).add(getattr(self.promise.record, name))

    @property
    def history(self) -> tuple[Turn, ...]:
        """Everything that was said of it; a request may be asked for twice on one day, with an answer between."""
        turns = _history(self.turns)
        return turns if self.promise.is_request else tuple(dict.fromkeys(turns))

    @property
    def moved(self) -> int:
        """How many days it has been due on before."""
        return max(0, len(self.known["due"] - {""}) - 1)

    def now(self, text: str = "", owner: str = "", due: str = "") -> None:
        """Take over what is said of it now; what is empty stays."""
        was = self.promise.record
        record = replace(was, text=text or was.text, owner=owner or was.owner, due=due or was.due)
        self.promise = replace(self.promise, record=record)
        self._note()

    def by_hand(self, record: Kept) -> None:
        """Take over what somebody changed on a page."""
        was = self.promise.record
        text, owner, due = (
            new if (new := getattr(record, name)) not in self.known[name] else getattr(was, name)
            for name in _CHANGED_BY_HAND
        )
        is_visible = was.visible or record.visible
        now = replace(was, text=text, owner=owner, due=due, visible=is_visible)
        self.promise = replace(self.promise, record=now)
        self._note()

    def say(self, turn: Turn) -> None:
        self.turns.append(turn)
        # An asking again, and an answer that is promised for a day, say when to look at it next.
        if self.promise.is_request and turn.by and turn.status in _WITH_A_DAY:
            self.now(due=turn.by)


_CHANGED_BY_HAND = ("text", "owner", "due")
_WITH_A_DAY = frozenset({Status.ASKED, Status.MORE, Status.AGREED, Status.IN_PART, Status.SAID, Status.UNDER_WAY})


def promises(pasts: Iterable[Past], entries: Iterable[Entry] = ()) -> tuple[Promise, ...]:
    """List all promises, open or not, the earliest due first.

    Promised are actions, asks, replies to concerns and to a send-back, whom to tell, and decisions to look at again.
    `entries` are what was written between sessions.
    """
    found = _Merged()
    for past in sorted(pasts, key=lambda each: (each.date, each.id)):
        found.take(past)
    # Of two sessions on one day nobody knows which was the first.
    for past, standing in found.early:
        at = found.all.get(standing.promise)
        if at and at.promise.made == past.date:
            found.stand(past, standing, {})
    for entry in entries:
        found.write(entry)
    # What was promised between sessions stands on the page alone, and sessions say what became of it.
    for past, standing in found.early:
        if _is_between(standing.promise) and standing.promise in found.all:
            found.stand(past, standing, {})
    found.renew()
    told = (replace(each.promise, history=each.history, moved=each.moved) for each in found.all.values())
    told = (replace(promise, reply=promise.request.answer) if promise.is_request else promise for promise in told)
    return tuple(sorted(told, key=lambda promise: (promise.record.due or _LAST, promise.made, promise.id)))


@dataclass(slots=True)
class _Merged:
    """All promises by their ids, and the last one that was made in the same words."""

    all: dict[str, _Found] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    """The id for life of what was asked again as if it were new."""
    early: list[tuple[Past, Standing]] = field(default_factory=list)
    """What was said of promises that are not known yet."""

    def take(self, past: Past) -> None:
        """Add what a session promised, and what it said of earlier promises."""
        for request in past.requests:
            self._carry(request)
        fresh = [record for record in past.records if _is_promise(record)]
        again = [each for each in fresh if each.kind is RecordKind.ASK and not self._ask(past, each)]
        before = {name: frozenset(each.turns) for name, each in self.all.items()}
        for standing in past.standings:
            self.stand(past, standing, before)
        for record in again:
            self._at(f"{past.id}.{record.id}").say(Turn(past.date, Status.ASKED, "", past.id, record.due, door=ROOM))
        for record in fresh:
            if record.kind is not RecordKind.ASK:
                promise = _made(past, record)
                self.made[same_words(record.text)] = promise.id
                self.all[promise.id] = _Found(promise)

    def _at(self, name: str) -> _Found:
        return self.all[self.same.get(name, name)]

    def _carry(self, request: Request) -> None:
        """Take over a request of an earlier session, as a later one knew it."""
        at = self.all.get(request.id)
        if at is None:
            at = self.all[request.id] = _Found(Promise(request.id, request.record, request.asked, request.title))
            self.asked[same_words(request.text)] = request.id
        else:
            at.now(text=request.text, owner=request.owner, due=request.due)
        at.turns += [entry for entry in request.history if not _is_said(at, entry)]

    def _ask(self, past: Past, record: Kept) -> bool:
        """Add a request; whether it is a new one, and not the same words asked again."""
        promise, words = _made(past, record), same_words(record.text)
        earlier = self.all.get(self.asked.get(words, ""))
        if promise.id in self.all:
            return True
        is_earlier = earlier and not earlier.promise.id.startswith(f"{past.id}.")
        if earlier and is_earlier and stands_at(_history(earlier.turns)) not in AFTER_AGREED[1:]:
            self.same[promise.id] = earlier.promise.id
            return False
        self.all[promise.id] = _Found(promise)
        self.asked[words] = promise.id
        return True

    def stand(self, past: Past, standing: Standing, before: Mapping[str, frozenset[Turn]]) -> None:
        """Add what a session said of an earlier promise; `before` is what a later session is known to have carried."""
        name = self.same.get(standing.promise, standing.promise)
        if name not in self.all and not _is_between(name):
            words = _known_by(standing.label)
            name = self.made.get(words) or self.asked.get(words, "")
        if name not in self.all:
            self.early.append((past, standing))
            return
        at = self.all[name]
        door = ROOM if at.promise.is_request else ""
        said = (standing.words, past.id, standing.by, standing.role, door, standing.seen)
        turn = Turn(past.date, standing.status, *said)
        if turn in before.get(name, ()):
            return
        last = at.turns[-1] if at.turns else None
        if last and turn.status is last.status is Status.ASKED and turn.date == last.date:
            # Asked twice on one day, and nothing was said between.
            at.now(due=turn.by)
            return
        at.say(turn)

    def renew(self) -> None:
        """Let a promise that is made again, with a new date, stand for the earlier one, in words of either."""
        last: dict[str, _Found] = {}
        ours = [at for at in self.all.values() if not at.promise.is_request and at.promise.made]
        for at in sorted(ours, key=lambda each: each.promise.made):
            made = at.promise.made
            for words in {*map(same_words, at.known["text"])}:
                if (was := last.get(words)) and was.promise.id != at.promise.id:
                    then = [turn for turn in was.history if turn.date <= made][-1:]
                    if all(turn.status.is_open for turn in then):
                        was.promise = replace(was.promise, again=at.promise.id)
                last[words] = at

    def _named(self, entry: Entry) -> str:
        """Give the id for life of what a line is about; one copied from notes to the page lacks that of its session."""
        if "." in entry.id:
            return self.same.get(entry.id, entry.id)
        words = same_words(entry.record.text)
        ours = (name for name in self.all if name.endswith(f".{entry.id}"))
        found = [name for name in ours if words in map(same_words, self.all[name].known["text"])]
        return found[-1] if found else entry.id

    def write(self, entry: Entry) -> None:
        """Merge what was written between sessions."""
        name = self._named(entry)
        at = self.all.get(name)
        if at is None:
            made = entry.turns[0].date if entry.turns else ""
            at = self.all[name] = _Found(Promise(name, entry.record, made))
        elif entry.id not in self.same:
            at.by_hand(entry.record)
        promise = at.promise
        if promise.is_request:
            _hear(at, entry)
        else:
            _move(at, entry)
            at.promise = replace(promise, reply=_later(promise.reply, entry.reply))
        at.promise = replace(at.promise, did=entry.did or promise.did)


def _is_between(name: str) -> bool:
    return name.startswith(f"{BETWEEN}.")


def _made(past: Past, record: Kept) -> Promise:
    of = dict(past.beside).get(record.id, "")
    return Promise(f"{past.id}.{record.id}", record, past.date, past.title, of)


def _hear(at: _Found, entry: Entry) -> None:
    """Add what was answered to a request between sessions."""
    for turn in entry.turns:
        heard = replace(turn, door=turn.door or entry.door)
        is_first = turn.status is Status.ASKED and turn.date == at.promise.made
        if turn.status in OF_REQUESTS and not is_first and not _is_said(at, heard):
            at.say(heard)
    reply = entry.reply
    if reply:
        turn = replace(reply, session=entry.session, door=entry.door)
        if not _is_said(at, turn):
            # Without a day, or with last year's, nobody knows when it was written: it was not there when a session last
            # spoke of it.
            last = max((each.date for each in at.turns), default=at.promise.made)
            has_day = reply.date and reply.date >= at.promise.made
            at.say(turn if has_day else replace(turn, date=last))
    if entry.ticked and stands_at(at.turns) not in AFTER_AGREED:
        last = max((each.date for each in at.turns), default=at.promise.made)
        at.say(Turn(last, Status.DONE, door=entry.door))


def _is_said(at: _Found, turn: Turn) -> bool:
    """Whether a turn is known already: by another door, or from a session that carried it."""
    return any(
        (each.status, each.words, each.by) == (turn.status, turn.words, turn.by)
        and (each.date == turn.date or (not turn.date and each.session == turn.session))
        for each in at.turns
    )


def open_promises(promised: Iterable[Promise]) -> tuple[Promise, ...]:
    """Keep what nobody has called finished."""
    return tuple(promise for promise in promised if promise.is_open)


def _is_promise(record: Kept) -> bool:
    # A decision without a day to look at it again promises none, and what is parked promises nothing.
    if record.kind in {RecordKind.PARK, *RECORDS_OF_REQUESTS}:
        return False
    return record.kind is not RecordKind.DECISION or bool(record.due)


def _known_by(text: str) -> str:
    """Matching key: the text without owner and date."""
    try:
        return same_words(read_promise(text).text or text)
    except ValueError:
        return same_words(text)


def _move(at: _Found, entry: Entry) -> None:
    """Add where a promise of the team's own was said to stand between sessions."""
    at.turns += entry.turns
    last = entry.turns[-1] if entry.turns else Turn(at.promise.made, Status.NOT_STARTED)
    if entry.ticked and last.status.is_open:
        # Nobody knows when it was ticked. A session that spoke of it later has the last word.
        at.turns.append(Turn(last.date, Status.DONE))
    elif entry.ticked is False and entry.turns and not last.status.is_open:
        at.turns.append(Turn(last.date, Status.UNDER_WAY))
    if entry.box and entry.box is not last.status:
        at.turns.append(Turn(last.date, entry.box))


def _later(one: Turn | None, other: Turn | None) -> Turn | None:
    if one is None or other is None:
        return other or one
    return other if other.date >= one.date else one


def _history(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """Return turns by date; those of one day stay in the order in which they became known."""
    return tuple(sorted(turns, key=lambda turn: turn.date))
