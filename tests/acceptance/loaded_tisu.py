"""What a host and a door load in their lives, loaded once for all that are forked by `forked_tisu`."""

from tisu_tui.activities import kinds
from tisu_tui.cli import _doors, _reception, _rooms_by_code, _session, door, host  # noqa: F401 - only to be loaded
from tisu_tui.notes import saving, write  # noqa: F401 - only to be loaded

kinds()
_reception.warm()
