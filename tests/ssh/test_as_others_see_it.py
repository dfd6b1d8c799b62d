"""The front door as other people's programs find it: an auditor of algorithms, and a client of another library."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import paramiko
from ssh_guests import CODE, PASSPHRASE, House, house

KNOWN_WARNING = "does not provide protection against post-quantum attacks"
"""What is said of every exchange that all older clients have; newer ones are offered another first."""


async def _audited(home: House) -> dict[str, Any]:
    command = (sys.executable, "-m", "ssh_audit.ssh_audit", "--skip-rate-test", "-j", "-p", str(home.door.port))
    audit = await asyncio.create_subprocess_exec(*command, "127.0.0.1", stdout=asyncio.subprocess.PIPE)
    out, _err = await audit.communicate()
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def _said(audit: dict[str, Any], level: str) -> Iterator[tuple[str, str]]:
    for part in ("kex", "key", "enc", "mac"):
        for each in audit[part]:
            for note in each["notes"].get(level, ()):
                yield each["algorithm"], note


async def test_an_auditor_finds_nothing_weak(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        audit = await _audited(home)
    assert [*_said(audit, "fail")] == []
    assert {note for _name, note in _said(audit, "warn")} == {KNOWN_WARNING}
    assert [name for name, _note in _said(audit, "warn") if "curve25519" not in name] == ["kexguess2@matt.ucc.asn.au"]
    assert audit["kex"][0]["algorithm"] == "mlkem768x25519-sha256"
    assert audit["cves"] == []
    assert "kex-strict-s-v00@openssh.com" in {each["algorithm"] for each in audit["kex"]}
    # The name in front says nothing of versions.
    assert audit["banner"]["raw"] == "SSH-2.0-tisu"


def _with_paramiko(port: int, user: str, answer: str) -> str:
    transport = paramiko.Transport(("127.0.0.1", port))
    try:
        transport.start_client(timeout=20)
        if answer:
            transport.auth_interactive(user, lambda _title, _words, asked: [answer for _each in asked])
        else:
            transport.auth_none(user)
        channel = transport.open_session(timeout=20)
        channel.get_pty("xterm", 100, 30)
        channel.invoke_shell()
        channel.sendall(b"quit")
        with channel.makefile("rb") as said:
            return bytes(said.read()).decode()
    finally:
        transport.close()


async def test_paramiko_comes_in_by_code_and_as_facilitator(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        for user, answer, role in (
            (CODE, "", "participant"),
            ("margaret", CODE, "participant"),
            ("facilitator", PASSPHRASE, "facilitator"),
        ):
            said = await asyncio.to_thread(_with_paramiko, home.door.port, user, answer)
            assert said.startswith(f"{role} plain=False words= xterm 100x30 pty=True")
            assert "goodbye" not in said
