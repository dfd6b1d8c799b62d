"""Web pages in a browser: axe-core finds nothing at phone and desk width, light and dark, and nothing runs over."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from test_documents import PAGES, pictures

from tisu_tui.documents.web import web_page

AXE = Path(__file__).parents[2] / ".formatters" / "node_modules" / "axe-core" / "axe.min.js"
"""Where `make system` puts it."""
WIDTHS = {"phone": 360, "desk": 1280}
SCHEMES = {"light": 1, "dark": 0}
CHECK = """
addEventListener("load", async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const over = Math.max(0, document.documentElement.scrollWidth - innerWidth);
  const violations = found.violations.map(rule => rule.id + ": " + rule.nodes.map(node => node.html).join(" "));
  parent.postMessage({name: window.name, width: innerWidth, dark, over, rules: found.passes.length, violations}, "*");
});
"""
GATHER = """
const told = [];
addEventListener("message", each => {
  if (told.push(each.data) == frames.length) document.title = JSON.stringify(told);
});
"""


def _browser() -> str:
    found = (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    if (path := next(found, None)) is None:
        pytest.skip("there is no chromium on this machine")
    if not AXE.exists():
        pytest.skip("axe-core is not on this machine; `make system` brings it where there is npm")
    return path


def _frame(name: str, width: int, page: bytes) -> str:
    # Its own policy lets no script run, so the copy that is looked at has none.
    text = re.sub(r'<meta http-equiv="Content-Security-Policy".*?>', "", page.decode())
    text = text.replace("</head>", f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{CHECK}</script></head>")
    return f'<iframe name="{name}" width="{width}" height="900" srcdoc="{html.escape(text)}"></iframe>'


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_and_nothing_runs_over(scheme: str, tmp_path: Path) -> None:
    browser = _browser()
    frames = [
        _frame(f"{page.stem} {name}", width, web_page(page.read_text(encoding="utf-8"), pictures(page)))
        for page in (PAGES[0], PAGES[1], PAGES[2], PAGES[-1])
        for name, width in WIDTHS.items()
    ]
    whole = tmp_path / "frames.html"
    whole.write_text(f"<!doctype html><title></title><script>{GATHER}</script>{''.join(frames)}", encoding="utf-8")
    done = subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={tmp_path}",
            f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}", "--virtual-time-budget=60000", "--dump-dom",
            whole.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    told = json.loads(html.unescape(title[1])) if title else []
    assert len(told) == len(frames)
    assert {each["width"] for each in told} == set(WIDTHS.values())
    for each in told:
        assert each["dark"] is (scheme == "dark")
        assert each["violations"] == []
        assert each["over"] == 0, each["name"]
