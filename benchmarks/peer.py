"""What one would do without a loop of one's own: an SSH server that starts a Textual process for each person.

`python benchmarks/peer.py` listens on a free port of this computer and prints it; `python benchmarks/peer.py app`
is the process. Its question looks like a participant's, in the widgets that Textual comes with. It stores nothing and
knows no room, so that what is compared is the least that a process each can cost.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios

QUESTION = "How has our service been lately?"
OPTIONS = (
    "Worn out, going through the motions",
    "A bit flat",
    "Steady, able to think ahead",
    "Stretched, but coping",
    "Firefighting most of the time",
    "I don't know",
    "Pass",
)


def app() -> None:
    """Run the question on this terminal."""
    from textual.app import App, ComposeResult
    from textual.binding import Binding
    from textual.widgets import Footer, OptionList, Static

    class Question(App[None]):
        BINDINGS = [  # noqa: RUF012  # as stock apps have it
            *(Binding(str(n), f"choose({n - 1})", show=False, priority=True) for n in range(1, len(OPTIONS) + 1)),
            Binding("ctrl+g", "nothing", "pause"),
            Binding("f1", "nothing", "help"),
            Binding("ctrl+x", "quit", "leave"),
        ]

        def compose(self) -> ComposeResult:
            yield Static("Settling in: our window of tolerance")
            yield Static(QUESTION)
            yield OptionList(*OPTIONS)
            yield Static("Totals go in the team's notes, without names, if enough people answer.")
            yield Static("", id="state")
            yield Footer()

        def action_choose(self, n: int) -> None:
            self.query_one(OptionList).highlighted = n

        def on_option_list_option_selected(self) -> None:
            self.query_one("#state", Static).update("Recorded")

    # The session's leader takes the terminal, so that it is hung up with it.
    fcntl.ioctl(sys.stdin.fileno(), termios.TIOCSCTTY, 0)
    Question().run()


async def serve() -> None:
    """Start a process for everybody who comes, until SIGTERM."""
    import asyncssh

    running: set[subprocess.Popen[bytes]] = set()

    async def attend(process: asyncssh.SSHServerProcess[bytes]) -> None:
        ours, theirs = pty.openpty()
        columns, rows, _width, _height = process.term_size
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        child = subprocess.Popen(
            [sys.executable, __file__, "app"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "TERM": process.term_type or "xterm"},
        )
        running.add(child)
        os.close(theirs)
        gone = asyncio.Event()
        loop = asyncio.get_running_loop()

        def pump() -> None:
            try:
                data = os.read(ours, 65536)
            except OSError:
                data = b""
            if data and not process.channel.is_closing():
                process.stdout.write(data)
            else:
                loop.remove_reader(ours)
                gone.set()

        loop.add_reader(ours, pump)
        typing = asyncio.create_task(_type(process, ours))
        await asyncio.wait((asyncio.create_task(gone.wait()), typing), return_when=asyncio.FIRST_COMPLETED)
        typing.cancel()
        loop.remove_reader(ours)
        os.close(ours)
        child.terminate()
        await asyncio.to_thread(child.wait)
        running.discard(child)
        process.exit(0)

    class Open(asyncssh.SSHServer):
        def begin_auth(self, _username: str) -> bool:
            return False

    server = await asyncssh.create_server(
        Open,
        "127.0.0.1",
        0,
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
        process_factory=attend,
        encoding=None,
        line_editor=False,
        backlog=1024,
        login_timeout=0,
    )
    print(f"listening 127.0.0.1 {server.get_port()}", flush=True)
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    await stopped.wait()
    server.close()
    for child in running:
        child.kill()


async def _type(process: object, to: int) -> None:
    import asyncssh

    assert isinstance(process, asyncssh.SSHServerProcess)
    with contextlib.suppress(OSError, asyncssh.BreakReceived):
        while data := await process.stdin.read(4096):
            os.write(to, data)


if __name__ == "__main__":
    if sys.argv[1:] == ["app"]:
        app()
    else:
        asyncio.run(serve())
