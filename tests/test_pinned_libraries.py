"""What the front door relies on in asyncssh beyond its documented interface, so that an upgrade that moves it fails."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from tisu_tui.ssh import guard
from tisu_tui.ssh.door import FrontDoor, open_door
from tisu_tui.ssh.server_options import Limits
from tisu_tui.ssh.sign_in import SignIn

SOON = 20
LIMIT = 64 * 1024


async def _answer_to(port: int, *sent: bytes) -> bytes:
    """Everything the door says to these bytes until it closes; the sender never closes first."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for each in sent:
            writer.write(each)
        return await asyncio.wait_for(reader.read(), SOON)
    finally:
        writer.close()


def _open(folder: Path, **limits: Any) -> Any:
    async def run(_guest: object, _terminal: object) -> None:
        """Let everybody go at once."""

    # Whoever is still connected after this was not cut off by a limit on sizes.
    patient = Limits(first_word=3600, **limits)
    return open_door(SignIn("k7mn4p"), folder / "host_key", "127.0.0.1", 0, run, limits=patient)


async def test_a_packet_that_announces_more_than_the_limit_is_refused_at_its_first_bytes(tmp_path: Path) -> None:
    async with _open(tmp_path) as door:
        said = await _answer_to(door.port, b"SSH-2.0-test\r\n", (LIMIT + 1).to_bytes(4, "big") + b"\0" * 4)
        assert b"Max packet size exceeded" in said


async def test_a_packet_of_the_limit_is_waited_for(tmp_path: Path) -> None:
    async with _open(tmp_path) as door:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(
                _answer_to(door.port, b"SSH-2.0-test\r\n", LIMIT.to_bytes(4, "big") + b"\0" * 4), 0.3
            )


async def test_bytes_before_signing_in_are_numbered(tmp_path: Path) -> None:
    async with _open(tmp_path) as door:
        ignored = (12).to_bytes(4, "big") + b"\x06\x02" + b"\0\0\0\0" + b"\0" * 6
        # No single one is too long.
        await _answer_to(door.port, b"SSH-2.0-test\r\n", ignored * (LIMIT // len(ignored) + 1))


async def test_a_channel_does_not_raise_the_limit(tmp_path: Path) -> None:
    seen: list[int] = []
    door: FrontDoor
    async with _open(tmp_path) as door:
        connect = asyncssh.connect(
            "127.0.0.1", door.port, username="k7mn4p", known_hosts=None, config=None, client_keys=None
        )
        async with connect as client:
            [connection] = door._connections
            connection._update_recv_pktlen(1024 * 1024)
            seen.append(connection._max_recv_pktlen)
            await client.create_process(term_type="xterm")
    assert seen == [LIMIT]


def test_the_names_we_rely_on_are_there() -> None:
    connection, channel = asyncssh.SSHServerConnection, asyncssh.SSHServerChannel
    ours = {guard.GuardedConnection: connection, guard.GuardedChannel: channel}
    overridden = {
        connection: {"_update_recv_pktlen", "reload_config", "send_newkeys", "connection_made", "connection_lost"}
        | {
            "data_received",
            "pause_writing",
            "resume_writing",
            "abort",
            "close",
            "is_closed",
            "wait_closed",
            "_get_extra_kex_algs",
            "_send_kexinit",
            "_send_global_request",
            "send_packet",
        },
        channel: {"_process_env_request", "_process_x11_req_request", "get_write_buffer_size", "is_closing", "exit"}
        | {"_process_auth_agent_req_at_openssh_dot_com_request", "get_environment_bytes"},
    }
    for own, theirs in ours.items():
        assert issubclass(own, theirs)
        for name in overridden[theirs]:
            assert callable(getattr(theirs, name)), name
    assert "self._recv_handler()" in inspect.getsource(connection._recv_data)
    assert "_max_recv_pktlen" in inspect.getsource(connection._recv_pkthdr)
    assert "_deferred_packets.append((pkttype, args))" in inspect.getsource(connection.send_packet)
    assert "self._kex.algorithm != peer_kex_algs[0]" in inspect.getsource(connection._process_kexinit)
    assert "NameList(self._enc_algs)" in inspect.getsource(connection._send_kexinit)
    assert "self._client_version = version" in inspect.getsource(connection._recv_version)
    # A request is answered by calling what waits first, in the turn in which the answer is read.
    answered = inspect.getsource(connection._process_global_response)
    assert "waiter = self._global_request_waiters.pop(0)" in answered
    assert "waiter.set_result((pkttype, packet))" in answered
    assert list(inspect.signature(connection).parameters)[:2] == ["loop", "options"]
    assert list(inspect.signature(channel).parameters) == [
        *("conn", "loop", "allow_pty", "line_editor", "line_echo", "line_history", "max_line_length"),
        *("encoding", "errors", "window", "max_pktsize"),
    ]
