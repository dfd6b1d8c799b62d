"""A port that is held for several processes: who listens there, and who comes to whom."""

from __future__ import annotations

import socket
import sys

import pytest

from tisu_tui.ssh.listening import beside, hold, listen

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all processes have one queue")


def test_people_are_divided_among_all_who_listen_and_nobody_waits_for_one_who_is_gone() -> None:
    (held,) = hold("127.0.0.1", 0)
    address = held.getsockname()
    with held, beside(held) as first:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)
        with beside(held) as second:
            came = [0, 0]
            for each in (first, second):
                each.listen()
                each.setblocking(False)
            for _n in range(64):
                with socket.create_connection(address):
                    for n, each in enumerate((first, second)):
                        try:
                            each.accept()[0].close()
                        except BlockingIOError:
                            continue
                        came[n] += 1
            assert sum(came) == 64
            assert min(came) > 8
        for _n in range(16):
            with socket.create_connection(address):
                first.accept()[0].close()


def test_nobody_else_can_have_a_port_that_is_held() -> None:
    (held,) = hold("127.0.0.1", 0)
    with held, pytest.raises(OSError, match="in use"):
        listen(*held.getsockname())
