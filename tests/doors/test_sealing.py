"""What is sealed for one connection, and derived for one room, is of use in no other."""

from __future__ import annotations

import contextlib
import stat
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tisu_tui.doors.greeting import QUIET, DoorGreeting, Kind, OtherVersion, Refusals, Stranger, answer_greeting
from tisu_tui.doors.nats_access import BadAccess, Secret, make_secret, read_secret
from tisu_tui.doors.noise import OVERHEAD, Foreign, NotOpened, Opener, Sealer

SECRETS = st.binary(min_size=32, max_size=64)
CODES = st.from_regex(r"[a-z0-9-]{1,32}", fullmatch=True)


@given(SECRETS, SECRETS, CODES, CODES)
def test_two_rooms_never_have_a_name_or_a_key_in_common(first: bytes, second: bytes, one: str, other: str) -> None:
    here, there = Secret(first).room(one), Secret(second).room(other)
    is_same = (first, one) == (second, other)
    assert (here.name == there.name) is is_same
    assert (here.psk == there.psk) is is_same
    greeting = DoorGreeting(here.psk)
    if is_same:
        assert greeting.finish(answer_greeting(there.psk, greeting.first)[1])
    else:
        with pytest.raises(Stranger):
            answer_greeting(there.psk, greeting.first)


@given(SECRETS, CODES, CODES)
def test_the_subject_of_a_room_depends_on_the_secret_and_the_code_alone(value: bytes, one: str, other: str) -> None:
    secret = Secret(value)
    assert secret.room(one) == Secret(value).room(one.upper())
    assert (secret.room(one).name == secret.room(other).name) is (one == other)
    assert (secret.room(one).name == Secret(value[::-1] + b"x").room(one).name) is False


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=6))
def test_each_message_is_taken_once_and_in_order(said: list[bytes]) -> None:
    sealer, opener = Sealer(bytes(32)), Opener(bytes(32))
    sealed = [sealer.seal(each) for each in said]
    assert [len(each) for each in sealed] == [len(each) + OVERHEAD for each in said]
    assert [opener.open(each) for each in sealed] == said
    assert not opener.has_lost
    for each in sealed:
        with pytest.raises(NotOpened, match="it was sent before"):
            opener.open(each)


def test_swapped_messages_lose_the_earlier_one_and_it_is_noticed() -> None:
    sealer = Sealer(bytes(32))
    sealed = [sealer.seal(each) for each in (b"a", b"b", b"c")]
    for order in permutations(range(3)):
        opener, taken = Opener(bytes(32)), []
        for each in order:
            with contextlib.suppress(NotOpened):
                taken.append(opener.open(sealed[each]))
        assert taken == sorted(taken)
        assert opener.has_lost is (order != (0, 1, 2))


@given(st.binary(max_size=100), st.integers(min_value=0), st.integers(1, 255))
def test_a_changed_byte_or_another_connection_is_noticed(said: bytes, place: int, change: int) -> None:
    sealed = bytearray(Sealer(bytes(32)).seal(said))
    with pytest.raises(NotOpened):
        Opener(bytes(31) + b"\1").open(bytes(sealed))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(Foreign):
        Opener(bytes(32)).open(bytes(sealed))


def test_every_greeting_has_keys_of_its_own() -> None:
    psk = Secret(bytes(32)).room("k").psk
    sealed = set()
    for _n in range(8):
        greeting = DoorGreeting(psk)
        room, answer = answer_greeting(psk, greeting.first)
        door = greeting.finish(answer)
        up, down = door.seal(Kind.NAME), room.seal(Kind.NAME)
        assert door.name == room.name
        assert door.open(down) == room.open(up) == (Kind.NAME, 0, b"")
        sealed |= {up, down}
    assert len(sealed) == 16


def test_another_version_is_named_on_both_sides() -> None:
    psk = Secret(bytes(32)).room("k").psk
    newer = DoorGreeting(psk, version=2)
    with pytest.raises(OtherVersion):
        answer_greeting(psk, newer.first)
    with pytest.raises(OtherVersion):
        newer.finish(bytes([1]))


def test_a_secret_is_private_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    make_secret(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_secret(path).room("k") == read_secret(path).room("k")
    with pytest.raises(BadAccess, match="already"):
        make_secret(path)
    other = tmp_path / "other"
    make_secret(other)
    assert read_secret(other).room("k") != read_secret(path).room("k")
    path.chmod(0o640)
    with pytest.raises(BadAccess, match="chmod 600"):
        read_secret(path)


@pytest.mark.parametrize(
    "text", ["", "short", "a" * 40, "not a secret, but long enough to be one, surely", "\udcff" * 50]
)
def test_a_file_that_is_no_secret_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "secret"
    path.write_bytes(text.encode(errors="surrogateescape"))
    path.chmod(0o600)
    with pytest.raises(BadAccess, match="--new-secret"):
        read_secret(path)


def test_refusals_are_said_once_a_minute_and_counted() -> None:
    said: list[str] = []
    now = 0.0
    refusals = Refusals(said.append, lambda: now)
    for _n in range(1000):
        refusals.add("a")
    refusals.add("b")
    now = QUIET
    refusals.add("a")
    assert said == ["a", "b", "a (+999)"]
