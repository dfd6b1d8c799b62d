"""Every road through the front door, and who is turned back."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncssh
import pytest
from ssh_guests import CODE, PASSPHRASE, Answers, house, needs_ssh, talk

from tisu_tui.ssh.sign_in import ADDRESSES, ALPHABET, BackOff, Guest, SignIn, SignInProblem, new_code


@needs_ssh
@pytest.mark.parametrize(
    ("name", "who"),
    [
        (CODE, "participant plain=False words="),
        (CODE.upper(), "participant plain=False words="),
        (f"{CODE}+plain", "participant plain=True words="),
        (f"{CODE}+amber-river-stone", "participant plain=False words=amber-river-stone"),
        (f"{CODE}+Amber.River.Stone+PLAIN", "participant plain=True words=amber-river-stone"),
        (f"{CODE}+plain+amber-river-stone", "participant plain=True words=amber-river-stone"),
    ],
)
async def test_a_code_as_user_name_asks_nothing(tmp_path: Path, name: str, who: str) -> None:
    async with house(tmp_path) as home:
        status, out, complaints = await talk(home.command(name, "-T", "-o", "BatchMode=yes"), b"quit")
        assert (status, complaints) == (0, "")
        assert out.startswith(who + " dumb 80x24 pty=False")
        assert home.pauses == []


@pytest.mark.parametrize(
    ("name", "answers", "guest"),
    [
        ("Margaret", [CODE], Guest("participant")),
        ("Margaret+plain", [" K7M N4P "], Guest("participant", plain=True)),
        ("k7mn4x+plain+amber-river-stone", [CODE], Guest("participant", plain=True, words="amber-river-stone")),
        ("margaret", ["k7", "", CODE], Guest("participant")),
        ("screen", [CODE], Guest("screen")),
        ("Screen+plain", [CODE], Guest("screen", plain=True)),
        ("facilitator", [PASSPHRASE], Guest("facilitator")),
        ("facilitator+plain", [PASSPHRASE], Guest("facilitator", plain=True)),
    ],
)
async def test_others_are_asked(tmp_path: Path, name: str, answers: list[str], guest: Guest) -> None:
    person = Answers(*answers)
    async with house(tmp_path) as home, await home.connect(name, client_factory=lambda: person) as connection:
        process = await connection.create_process(term_type="xterm")
        await asyncio.wait_for(process.stdout.readline(), 5)
        assert [seat.guest for seat in home.seats] == [guest]
    secret = guest.role == "facilitator"
    asked = "Facilitator's passphrase: " if secret else "Join code (on the shared screen): "
    again = [f"That was not it. {asked}"] * (len(answers) - 1)
    assert person.asked == [(each, not secret) for each in (asked, *again)]


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("margaret", ["k7mn4x", "no", PASSPHRASE, CODE]),
        ("screen", ["k7mn4x", "no", PASSPHRASE, CODE]),
        ("facilitator", [CODE, "no", "", PASSPHRASE]),
        ("facilitator+plain", [CODE, CODE, CODE, PASSPHRASE]),
    ],
)
async def test_three_wrong_answers_end_it(tmp_path: Path, name: str, answers: list[str]) -> None:
    person = Answers(*answers)
    async with house(tmp_path) as home:
        with pytest.raises(asyncssh.DisconnectError) as ended:
            await home.connect(name, client_factory=lambda: person)
        assert ended.value.code == asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE
        assert len(person.asked) == 3
        assert home.pauses == [0.25, 0.5, 1.0]
        assert home.seats == []


@needs_ssh
async def test_openssh_is_asked_for_the_code(tmp_path: Path) -> None:
    ask = tmp_path / "ask"
    ask.write_text(f"#!/bin/sh\necho \"$1\" >> '{tmp_path}/asked'\necho {CODE}\n")
    ask.chmod(0o700)
    async with house(tmp_path) as home:
        command = ["env", f"SSH_ASKPASS={ask}", "SSH_ASKPASS_REQUIRE=force", *home.command("margaret", "-T")]
        status, out, _complaints = await talk(command, b"quit")
        assert status == 0
        assert out.startswith("participant")
    assert "Join code (on the shared screen):" in (tmp_path / "asked").read_text()


async def test_a_facilitator_signs_in_with_a_key(tmp_path: Path) -> None:
    mine, other = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    async with house(tmp_path, keys=mine.export_public_key().decode(), passphrase=None) as home:
        async with await home.connect("facilitator", client_keys=[mine]) as connection:
            process = await connection.create_process()
            line = await asyncio.wait_for(process.stdout.readline(), 5)
            assert line.startswith("facilitator")
        for name, key in (("facilitator", other), ("margaret", mine), ("screen", mine)):
            with pytest.raises(asyncssh.PermissionDenied):
                await home.connect(name, client_keys=[key])
        assert len(home.seats) == 1


async def test_a_key_that_somebody_else_signs_for_opens_nothing(tmp_path: Path) -> None:
    mine, other = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    [stolen], [own] = asyncssh.load_keypairs([mine]), asyncssh.load_keypairs([other])
    stolen.sign = own.sign  # type: ignore[method-assign]  # what a thief of the public half can do
    async with house(tmp_path, keys=mine.export_public_key().decode(), passphrase=None) as home:
        with pytest.raises(asyncssh.PermissionDenied):
            await home.connect("facilitator", client_keys=[stolen])
        assert home.seats == []


async def test_without_key_or_passphrase_nobody_is_facilitator(tmp_path: Path) -> None:
    person = Answers(CODE, "", "None")
    async with house(tmp_path, passphrase=None) as home:
        for password in (CODE, "", "None"):
            with pytest.raises(asyncssh.PermissionDenied):
                await home.connect("facilitator", client_factory=lambda: person, password=password)
    assert person.asked == []


async def test_a_password_dialog_does_for_the_passphrase(tmp_path: Path) -> None:
    async with house(tmp_path) as home, await home.connect("facilitator", password=PASSPHRASE) as connection:
        await connection.create_process()
        assert [seat.guest.role for seat in home.seats] == ["facilitator"]


async def test_wrong_codes_wait_longer_and_right_ones_never(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        for _ in range(8):
            with pytest.raises(asyncssh.PermissionDenied):
                await home.connect("wrong6")
        assert home.pauses == [0.25, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0, 5.0]
        async with await home.connect(CODE) as connection:
            await connection.create_process()
        async with await home.connect("margaret", client_factory=lambda: Answers(CODE)):
            pass
        assert len(home.pauses) == 8


async def test_a_wrong_code_really_waits_and_leaving_ends_the_wait(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        started: asyncio.Event = asyncio.Event()
        forever: asyncio.Event = asyncio.Event()

        async def pause(_seconds: float) -> None:
            started.set()
            await forever.wait()

        home.sign_in._pause = pause
        joining = asyncio.create_task(home.connect("wrong6"))
        await asyncio.wait_for(started.wait(), 5)
        async with await home.connect(CODE):
            assert not joining.done()
        joining.cancel()
        await asyncio.gather(joining, return_exceptions=True)
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_one_connection_tries_one_name(tmp_path: Path) -> None:
    class Shifty(Answers):
        """Signs in as somebody else once the first name has been asked for its code."""

        def connection_made(self, conn: asyncssh.SSHClientConnection) -> None:
            self.connection = conn

        def kbdint_auth_requested(self) -> str:
            self.connection._username = CODE
            return ""

    async with house(tmp_path) as home:
        with pytest.raises(asyncssh.DisconnectError, match="One name at a time"):
            await home.connect("margaret", client_factory=Shifty)
        assert home.seats == []


def test_back_off_remembers_few_and_forgets() -> None:
    now = 0.0
    back_off = BackOff(lambda: now)
    assert [back_off.delay("192.0.2.1") for _ in range(3)] == [0.25, 0.5, 1.0]
    assert back_off.delay("192.0.2.2") == 0.25
    assert [back_off.delay(f"2001:db8::{n}") for n in (1, 2)] == [0.25, 0.5]
    assert back_off.delay("2001:db8:0:1::1") == 0.25
    assert back_off.delay("somewhere") == 0.25
    now = 601.0
    assert back_off.delay("192.0.2.1") == 0.25
    for n in range(ADDRESSES + 10):
        back_off.delay(f"10.0.{n // 256}.{n % 256}")
    assert len(back_off) == ADDRESSES
    assert max(back_off.delay("10.0.4.1") for _ in range(2000)) == 5.0


def test_codes_can_be_read_aloud() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 190
    assert all(len(code) == 7 and set(code) <= set(ALPHABET) for code in codes)
    assert not set(ALPHABET) & set("aeiouy01l5s2zv8b")
    assert {letter for code in codes for letter in code} == set(ALPHABET)


@pytest.mark.parametrize("code", ["", "facilitator", "Screen", "plain", "a b", "k7+mn", "é7mn4p", "x" * 33])
def test_a_code_must_do_as_a_user_name(code: str) -> None:
    with pytest.raises(SignInProblem, match="join code"):
        SignIn(code)


def test_keys_must_be_keys() -> None:
    with pytest.raises(ValueError, match=r"."):
        SignIn(CODE, "not a key")


async def test_guesses_at_the_passphrase_wait_for_each_other_wherever_they_come_from_and_are_told() -> None:
    waits: list[float] = []
    told: list[str] = []
    going = asyncio.Event()

    async def pause(seconds: float) -> None:
        waits.append(seconds)
        await going.wait()

    sign_in = SignIn(CODE, passphrase=PASSPHRASE, pause=pause, on_wrong=told.append)
    going.set()
    for n in range(3):
        await sign_in.may_try_passphrase(f"192.0.2.{n}")
        await sign_in.after_wrong(f"192.0.2.{n}", "passphrase")
    assert told == ["passphrase"] * 3
    waits.clear()
    going.clear()
    # Fifty at one address, ten elsewhere, the facilitator last: one is looked at, and of the fifty one is in line.
    order: list[str] = []

    async def guess(address: str) -> None:
        await sign_in.may_try_passphrase(address)
        order.append(address)

    places = [*["198.51.100.9"] * 50, *(f"203.0.113.{n}" for n in range(10)), "192.0.2.77"]
    tries = [asyncio.create_task(guess(place)) for place in places]
    for _turn in range(20):
        await asyncio.sleep(0)
    assert (len(waits), order) == (1, [])
    going.set()
    await asyncio.gather(*tries)
    assert set(waits) == {1.0}
    assert order.index("192.0.2.77") <= 12


async def test_whoever_hangs_up_while_a_passphrase_waits_leaves_the_line(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        async with home.sign_in._one_by_one:  # somebody else's turn
            guessing = asyncio.create_task(
                home.connect("facilitator", client_factory=lambda: Answers("a wrong passphrase"))
            )
            while not home.sign_in._one_by_one._waiters:
                await asyncio.sleep(0.001)
            guessing.cancel()
            while any(not waiter.done() for waiter in home.sign_in._one_by_one._waiters or ()):
                await asyncio.sleep(0.001)
        connection = await home.connect("facilitator", client_factory=lambda: Answers(PASSPHRASE))
        connection.abort()


@pytest.mark.parametrize(
    ("name", "role", "theme", "words"),
    [
        (f"{CODE}+light", "participant", "light", ""),
        (f"{CODE}+contrast+red-green-blue", "participant", "contrast", "red-green-blue"),
        (f"{CODE}+mono+laptop", "laptop", "mono", ""),
        ("facilitator+light", "facilitator", "light", ""),
        ("screen+contrast", "screen", "contrast", ""),
        (f"{CODE}+light-red-blue", "participant", "", "light-red-blue"),
        (CODE, "participant", "", ""),
    ],
)
def test_a_name_says_how_the_screen_is_coloured(name: str, role: str, theme: str, words: str) -> None:
    guest = SignIn(CODE).read(name).guest
    assert (guest.role, guest.theme, guest.words) == (role, theme, words)


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        (f"{CODE}+en", "en", ""),
        (f"{CODE}+plain+EN", "en", ""),
        (f"{CODE}+uk", "uk", ""),
        (f"{CODE}+plain+uk+red-blue-green", "uk", "red-blue-green"),
        ("facilitator+uk", "uk", ""),
        ("screen+en", "en", ""),
        (CODE, "", ""),
        (f"{CODE}+red-blue-green", "", "red-blue-green"),
    ],
)
def test_a_name_says_in_which_language_somebody_is_spoken_to(name: str, language: str, words: str) -> None:
    guest = SignIn(CODE, languages=["uk"]).read(name).guest
    assert (guest.language, guest.words) == (language, words)


def test_a_language_that_is_not_spoken_is_no_return_words() -> None:
    for name in (f"{CODE}+fr", f"{CODE}+plain+fr+red-blue-green", "facilitator+fr-ca"):
        guest = SignIn(CODE).read(name).guest
        assert (guest.language, guest.unspoken[:2]) == ("", "fr")
        assert guest.words in {"", "red-blue-green"}
    assert not SignIn(CODE).read(f"{CODE}+pl").guest.unspoken
    assert SignIn(CODE).read(f"{CODE}+script+pl").guest.language == "en"
    assert SignIn(CODE).read(f"{CODE}+script").guest.plain
