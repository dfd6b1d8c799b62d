"""Who hosts without doors elsewhere loads nothing of them."""

from __future__ import annotations

import subprocess
import sys


def test_hosting_alone_loads_nothing_of_doors() -> None:
    code = (
        "import sys, tisu_tui.cli.host, tisu_tui.cli._session, tisu_tui.cli._hosting, tisu_tui.cli._reception\n"
        "print(*(each for each in sys.modules if each.startswith(('tisu_tui.doors', 'nats'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == []
