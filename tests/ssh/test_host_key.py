from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import asyncssh
import pytest

from tisu_tui.ssh.host_key import HostKeyProblem, load_host_key


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "host_key"
    made = load_host_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert made.get_algorithm() == "ssh-ed25519"
    assert load_host_key(path).public_data == made.public_data
    assert made.get_fingerprint().startswith("SHA256:")


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="install the package openssh-client")
def test_the_fingerprint_is_the_one_that_openssh_shows(tmp_path: Path) -> None:
    key = load_host_key(tmp_path / "host_key")
    shown = subprocess.run(
        ["ssh-keygen", "-lf", str(tmp_path / "host_key")], capture_output=True, text=True, check=True
    ).stdout
    assert key.get_fingerprint() in shown.split()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "host_key"
    load_host_key(path)
    path.chmod(mode)
    with pytest.raises(HostKeyProblem, match=r"^\S+host_key: other people can .*: chmod 600 \S+$"):
        load_host_key(path)


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    empty, link, protected = tmp_path / "empty", tmp_path / "link", tmp_path / "protected"
    empty.touch(0o600)
    load_host_key(tmp_path / "host_key")
    link.symlink_to(tmp_path / "host_key")
    key = asyncssh.generate_private_key("ssh-ed25519")
    protected.touch(0o600)
    protected.write_bytes(key.export_private_key("pkcs8-pem", passphrase="x"))
    for path, what in ((empty, "no usable"), (link, "link"), (protected, "no usable"), (tmp_path, "not a file")):
        with pytest.raises(HostKeyProblem, match=what) as problem:
            load_host_key(path)
        assert "\n" not in str(problem.value)


def test_a_missing_folder_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_host_key(tmp_path / "missing" / "host_key")
