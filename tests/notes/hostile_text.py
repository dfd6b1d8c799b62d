"""Texts made to be something else in Markdown than the words they are."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = st.one_of(
    st.characters(codec="utf-8"),
    st.sampled_from("\\`*_{}[]()<>#+-.!|~$^&@:=%\"'/ \n\t1ai"),
    st.sampled_from(
        [
            "https://e.org/a_b",
            "www.e.org",
            "a@b.org",
            "@sam",
            "mailto:a@b.org",
            "xmpp:a@b.org",
            "javascript:x",
            "[x](y)",
            "![x](y)",
            "[^1]",
            "<b>",
            "<!-- x -->",
            "<a@b.org>",
            "&amp;",
            "&#35;",
            "# ",
            "1. ",
            "- [ ] ",
            "---",
            "***",
            "```",
            "$x$",
            "| --- |",
            ":smile:",
            "{.c}",
            "{=html}",
            "  \n",
        ]
    ),
)
ANYTHING = st.lists(PIECES, min_size=1, max_size=14).map("".join)

HOSTILE = [
    '=HYPERLINK("http://evil") <script>alert(1)</script>',
    "1. Night staff miss the *ten o'clock* meeting",
    "# who covers | breaks? see https://example.org/x_y",
    "Ärger & — www.example.org",
    "a@b`@c|d@e.org\\",
    "`a` ``b`` \\`c\\`",
    "|a|b|\n|---|---|\n|c|d|",
    ":a::b:c@d.org:e:",
    "ends in #",
    "- - -",
    "iv. (b) text",
    "$$x^2$$ and H~2~O",
    "[^1]: note",
    "http\\://x.org www\\.x.org a\\@b.org",
]
