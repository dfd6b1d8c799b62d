"""A house behind the front door, and people who come in; shared by the tests in this folder."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import asyncssh
import pytest

from tisu_tui.core.terminal import Terminal
from tisu_tui.ssh.door import FrontDoor, open_door
from tisu_tui.ssh.server_options import Limits
from tisu_tui.ssh.sign_in import Guest, SignIn

CODE = "k7mn4p"
PASSPHRASE = "four grey geese"

needs_ssh = pytest.mark.skipif(shutil.which("ssh") is None, reason="install the package openssh-client")


class Seat:
    """Says who came in, repeats what they send, and obeys a few words."""

    def __init__(self, guest: Guest, terminal: Terminal) -> None:
        self.guest = guest
        self.terminal = terminal
        self.heard: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.told = 0
        self.pauses = 0
        self.bytes = self.turns = self.resizes = 0
        self.flowing = asyncio.Event()
        self.flowing.set()

    def received(self, data: bytes) -> None:
        self.bytes += len(data)
        self.turns += 1
        self.heard.put_nowait(data)

    def resized(self, columns: int, rows: int) -> None:
        self.resizes += 1
        self.heard.put_nowait(b"resized %dx%d" % (columns, rows))

    def paused(self) -> None:
        self.pauses += 1
        self.flowing.clear()

    def resumed(self) -> None:
        self.flowing.set()

    def hung_up(self) -> None:
        self.told += 1
        self.heard.put_nowait(None)

    async def sit(self) -> None:
        self.terminal.listen(self)
        if self.guest.words:
            self.terminal.belongs_to(self.guest.words)
        facts, guest = self.terminal.facts, self.guest
        self.say(
            f"{guest.role} plain={guest.plain} words={guest.words} {facts.term} {facts.columns}x{facts.rows} "
            f"pty={facts.pty} colour={facts.colour} true={facts.truecolour}"
        )
        while (data := await self.heard.get()) is not None:
            if data.startswith(b"quit"):
                return
            if data.startswith(b"break"):
                raise RuntimeError("private words")
            if data.startswith(b"flood"):
                while not self.told:
                    self.terminal.write(b"x" * 16 * 1024)
                    await asyncio.sleep(0)
            if data.startswith(b"chatter"):
                for word in range(6):
                    await asyncio.sleep(0.1)
                    if not self.told:
                        self.say(f"word {word}")
            if data.startswith(b"trickle"):
                self.terminal.write(b"x" * 8 * 1024)
            self.say(f"heard {data.decode()}")
        self.say("goodbye")

    def say(self, text: str) -> None:
        self.terminal.write(text.encode() + b"\r\n")


class House:
    """The open door and everybody who has come in through it."""

    def __init__(
        self, door: FrontDoor, sign_in: SignIn, awake: asyncio.Event, seats: list[Seat], pauses: list[float]
    ) -> None:
        self.door = door
        self.sign_in = sign_in
        self.awake = awake  # while it is clear, nobody listens to who comes in
        self.seats = seats
        self.pauses = pauses

    def command(self, name: str, *flags: str, after: Sequence[str] = ()) -> list[str]:
        """How OpenSSH is called here, without the settings of whoever runs the tests."""
        plain = ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR"]
        apart = ["-F", "/dev/null", "-o", "IdentityAgent=none", "-o", "ControlPath=none"]
        return ["ssh", *apart, *plain, "-p", str(self.door.port), *flags, f"{name}@127.0.0.1", *after]

    async def connect(self, name: str, **more: object) -> asyncssh.SSHClientConnection:
        settings: dict[str, object] = {"client_keys": None, "agent_path": None, **more}
        return await asyncssh.connect(
            "127.0.0.1",
            self.door.port,
            username=name,
            known_hosts=None,
            config=None,
            preferred_auth="none,publickey,keyboard-interactive,password",
            **settings,
        )


@asynccontextmanager
async def house(
    folder: Path,
    *,
    keys: str = "",
    passphrase: str | None = PASSPHRASE,
    limits: Limits | None = None,
) -> AsyncIterator[House]:
    """Open a door whose waits after wrong codes are written down and not waited for."""
    seats: list[Seat] = []
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    awake = asyncio.Event()
    awake.set()

    async def run(guest: Guest, terminal: Terminal) -> None:
        seats.append(Seat(guest, terminal))
        await awake.wait()
        await seats[-1].sit()

    sign_in = SignIn(CODE, keys, passphrase, pause=pause)
    async with open_door(sign_in, folder / "host_key", "127.0.0.1", 0, run, limits=limits or Limits()) as door:
        yield House(door, sign_in, awake, seats, pauses)


class Answers(asyncssh.SSHClient):
    """A person at a client who types prepared answers, and remembers what was asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, bool]] = []
        self.lost: Exception | None = None

    def kbdint_auth_requested(self) -> str | None:
        return "" if self.answers else None

    def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: Sequence[tuple[str, bool]]
    ) -> list[str] | None:
        self.asked += prompts
        return [self.answers.pop(0)] if self.answers and prompts else None

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = exc


async def talk(command: list[str], said: bytes = b"") -> tuple[int, str, str]:
    """Run OpenSSH with something piped into it; its exit status, output and complaints."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, complaints = await asyncio.wait_for(process.communicate(said), 15)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    assert process.returncode is not None
    return process.returncode, out.decode(), complaints.decode()
