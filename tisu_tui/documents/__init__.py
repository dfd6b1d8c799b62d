"""Pages of ours as documents that offices use: a web page, or a file for Word."""
