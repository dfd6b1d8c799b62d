"""What `pip install .` gives: a `tisu` that works anywhere, with the library of workshops inside."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_holds_the_library_and_works_from_an_empty_folder(tmp_path: Path) -> None:
    quiet = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
    _run(ROOT, "-m", "pip", "wheel", *quiet, "--no-build-isolation", "--wheel-dir", str(tmp_path), ".")
    (wheel,) = tmp_path.glob("tisu_tui-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    library = {Path(name).name for name in names if name.startswith("tisu_tui/library/")}
    assert library == {path.name for path in (ROOT / "workshops").glob("*.md")}
    assert {Path(name).parts[0] for name in names} == {"tisu_tui", f"{wheel.name.split('-py3')[0]}.dist-info"}
    assert any(name.endswith("LICENSE") for name in names)

    installed, empty = tmp_path / "installed", tmp_path / "empty"
    empty.mkdir()
    _run(empty, "-m", "pip", "install", *quiet, "--target", str(installed), str(wheel))
    code = "import tisu_tui; from tisu_tui.cli import main; assert 'installed' in tisu_tui.__file__; main()"
    out = _run(empty, "-c", code, "check", "window-of-tolerance", PYTHONPATH=str(installed))
    assert "fine. 12 steps, 45 minutes." in out
    assert list(empty.iterdir()) == []


def _run(folder: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
