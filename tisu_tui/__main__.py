"""`python -m tisu_tui`: the same as `tisu`."""

from tisu_tui.cli import main

main(prog_name="tisu")
