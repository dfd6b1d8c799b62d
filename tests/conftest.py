"""Being here makes what tests share, such as `terminal_double`, importable from every folder below."""
