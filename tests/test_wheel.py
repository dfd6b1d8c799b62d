"""What `pip install .` gives: a `tisu` that works anywhere, with the library of workshops inside."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = "https://example.org/tisu/files"


def test_the_wheel_holds_the_library_and_works_from_an_empty_folder(tmp_path: Path) -> None:
    quiet = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
    make = ("-m", "pip", "wheel", *quiet, "--no-build-isolation", "--wheel-dir", str(tmp_path), ".")
    _run(ROOT, *make)
    (wheel,) = tmp_path.glob("tisu_tui-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    about = f"{wheel.name.split('-py3')[0]}.dist-info"
    assert {name for name in names if name.startswith(about)} == {
        f"{about}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    }
    # Package pages know nothing of the folder that a picture or another page lies in.
    described = zipfile.ZipFile(wheel).read(f"{about}/METADATA").decode()
    assert "# tisu" in described
    assert "*The lobby: one line to type, a QR code, a fingerprint, and who will see what.*" in described
    assert re.findall(r"\]\((?!https?:|#)[^)]*\)", described) == []
    # Nothing but the package as it stands here, with its catalogues compiled, and the library in it.
    package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tisu_tui").rglob("*") if path.is_file()}
    package = {name for name in package if "__pycache__" not in name and not name.endswith(".po")}
    library = {f"tisu_tui/library/{path.name}" for path in (ROOT / "workshops").glob("*.md")}
    docs = {f"tisu_tui/docs/{path.name}" for path in (ROOT / "docs").glob("*.md") if path.stem != "index"}
    assert {name for name in names if not name.startswith(about)} == package | library | docs | {
        f"{wheel.name.split('-py3')[0]}.data/data/share/man/man1/tisu.1"
    }
    assert {Path(name).suffix for name in package} <= {".py", ".md", ".json", ".mo", ".toml", ".typed"}

    described = _run(ROOT, "-m", "hatchling", "metadata", "readme", TISU_FILES_URL=FILES)
    assert f"]({FILES}/docs/pictures/lobby.svg)" in described

    installed, empty = tmp_path / "installed", tmp_path / "empty"
    empty.mkdir()
    _run(empty, "-m", "pip", "install", *quiet, "--target", str(installed), str(wheel))
    code = "import tisu_tui; from tisu_tui.cli import main; assert 'installed' in tisu_tui.__file__; main()"
    out = _run(empty, "-c", code, "check", "window-of-tolerance", PYTHONPATH=str(installed))
    assert f"{Path('tisu_tui', 'library', 'window-of-tolerance.md')}: fine." in out
    assert _run(empty, "-m", "tisu_tui", "--version", PYTHONPATH=str(installed)).startswith("tisu")
    assert "# Leading a session" in _run(empty, "-m", "tisu_tui", "docs", "facilitating", PYTHONPATH=str(installed))
    assert list(empty.iterdir()) == []


def _run(folder: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
