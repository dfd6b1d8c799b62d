"""Participant, shared screen and console, drawn from Views.

Whatever imports one of them imports this first, and so before Textual is loaded.
"""

from __future__ import annotations

import os

for _name in [each for each in os.environ if each.startswith("TEXTUAL")]:
    # Textual reads these as it is loaded: they would write what people do to a file, take pictures or press keys.
    del os.environ[_name]
