"""A Markdown file in, a Workshop out, or every problem with its line and column."""
