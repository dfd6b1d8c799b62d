"""The one choke point for text that people typed or files contain, and its measure in terminal cells."""

from __future__ import annotations

import re

import unicodedata2 as unicodedata

from tisu_tui.core.translation import gettext as _

ELLIPSIS = "…"
_JOINER = "\u200d"

# ECMA-48 control sequences, 7 and 8 bit: strings (OSC, DCS, APC, PM, SOS) up to their terminator or, as a
# terminal would swallow it, to the end; CSI up to its final byte; other escapes with their intermediates.
_ESCAPE = re.compile(
    r"(?:\x1b[PX^_\]]|[\x90\x98\x9d-\x9f]).*?(?:\x07|\x9c|\x1b\\|\Z)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?",
    re.DOTALL,
)
_LINE_END = re.compile(r"\r\n|[\n\v\f\r\x85\u2028\u2029]")

# What moves about a screen other than to the beginning of the next line.
_LAYOUT = re.compile(r"\r(?!\n)|[\t\v\f\x85\u2028\u2029]")

# Seen as nothing, though their category is a letter, a mark or a symbol: Hangul fillers, blank braille,
# grapheme joiner, Khmer inherent vowels, null notehead, and variation selectors, which can carry hidden data.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U0001d159\U000e0100-\U000e01ef]"
)
_EMOJI = "\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
# Letters of scripts in which a joiner changes how a word is written: Persian, Hindi, Khmer and others.
_JOINING = "\u0600-\u109f\u1780-\u18af"
JOINERS = "\u200c\u200d"
_STRAY_JOINER = re.compile(
    f"(?!(?<=[{_EMOJI}]){_JOINER}[{_EMOJI}])(?!(?<=[{_JOINING}]){_JOINER}[{_JOINING}]){_JOINER}"
    f"|(?!(?<=[{_JOINING}])\u200c[{_JOINING}])\u200c"
)
# The flags of England, Scotland and Wales are a black flag and tags; tags anywhere else hide words.
BLACK_FLAG = "\U0001f3f4"
TAGGED = re.compile("\U0001f3f4?[\U000e0000-\U000e007f]+")
FLAGS = frozenset(
    BLACK_FLAG + "".join(chr(0xE0000 + ord(letter)) for letter in name) + "\U000e007f"
    for name in ("gbeng", "gbsct", "gbwls")
)
_KEPT = frozenset("".join(FLAGS) + JOINERS + "\n")
_SURROGATE = re.compile("[\ud800-\udfff]")

_DROPPED = {"Cc", "Cf", "Cn", "Co", "Me"}
_MOST_MARKS = 2

# Latin letters, their punctuation, and what pictures are drawn with: all of them seen, and none combines with another.
_NARROW = re.compile("[ -~¡-¬®-ʯ–—‘’“”…\u2500-\u259f■○◀▶]*")


def category_of(character: str) -> str:
    """Give the category of a character by the current Unicode table, such as `Lu`."""
    return str(unicodedata.category(character))


def _stacks(character: str) -> bool:
    """Tell the vowels and finals of old Hangul: letters that stack on the one before, as marks do."""
    return "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7fb"


def _cell(character: str) -> int:
    if character == "\n":  # so that a limit in cells is a limit of lines too
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"} or _stacks(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


REPLACEMENT = "\ufffd"
"""Stands for bytes that were no UTF-8."""


def is_text(character: str | None) -> bool:
    """Tell whether what a key typed is text: Python's own table of what is printable is older than people's phones."""
    return character is not None and category_of(character[:1] or "\0") not in {"Cc", "Cs"}


def not_read(text: str) -> str:
    """Say that typed text can't be taken, because part of it was no UTF-8 or nothing of it can be seen."""
    if REPLACEMENT in text:
        return _("some letters came in a way that can't be read here (not UTF-8). Write it without them")
    return _("nothing of that can be seen")


def is_hidden(text: str) -> bool:
    """Tell whether text that is more than spaces and control characters leaves nothing that can be seen."""
    bare = "".join(each for each in text if category_of(each) not in {"Cc", "Zs"})
    return bool(bare) and not clean(bare)


def is_narrow(text: str) -> bool:
    """Tell quickly that each character is seen and takes one cell; most texts in Latin letters are so."""
    return (text.isascii() and text.isprintable()) or _NARROW.fullmatch(text) is not None


def cells(text: str) -> int:
    """Measure how many terminal cells a text takes.

    Joined emoji count each on their own, as the widest terminals draw them; a newline counts as one.
    """
    if (text.isascii() and text.isprintable()) or is_narrow(text):  # most of it is, and a call costs more
        return len(text)
    return sum(map(_cell, text))


def _head(text: str, width: int) -> str:
    """Cut before `width` is exceeded, without separating marks from their letter."""
    if is_narrow(text):
        return text[:width]
    used = 0
    for index, character in enumerate(text):
        used += _cell(character)
        if used > width:
            return text[:index].rstrip(JOINERS)
    return text


def fit(text: str, width: int) -> str:
    """Cut a line to `width` cells, ending with an ellipsis where something is missing."""
    if cells(text) <= width:
        return text
    return _head(text, width - 1).rstrip() + ELLIPSIS if width > 0 else ""


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` cells, at spaces and inside words longer than a line.

    Every line of the text gives at least one line, an empty one too. Widths below 2, the widest character,
    count as 2.
    """
    width = max(width, 2)
    lines = []
    for source in text.split("\n"):
        line = ""
        measure = len if is_narrow(source) else cells
        for word in source.split():
            longer = f"{line} {word}" if line else word
            if measure(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            rest = word
            while measure(rest) > width:
                lines.append(_head(rest, width))
                rest = rest[len(lines[-1]) :].lstrip(JOINERS)
            line = rest
        lines.append(line)
    return lines


def _allowed(text: str) -> str:
    """Keep letters, numbers, punctuation, symbols, marks and spaces, and newlines where they still are."""
    kept = []
    # Of tags those stay that make one of the recommended flags.
    for character in TAGGED.sub(lambda found: found[0] if found[0] in FLAGS else "", _BLANK.sub("", text)):
        category = unicodedata.category(character)
        if category == "Zs":
            kept.append(" ")
        elif character in _KEPT or category not in _DROPPED:
            kept.append(character)
    return _STRAY_JOINER.sub("", "".join(kept))


def _without_piles(text: str) -> str:
    """Drop marks without a base character, and all but two zero-width marks on each letter."""
    kept: list[str] = []
    marks = 0
    based = False
    for character in text:
        if character in JOINERS:  # it stands inside a word, and is nothing to stand on
            pass
        elif unicodedata.category(character) not in {"Mn", "Mc"} and not _stacks(character):
            based, marks = character not in " \n", 0
        elif not based:
            continue
        elif _cell(character) == 0:
            marks += 1
            if marks > _MOST_MARKS:
                continue
        kept.append(character)
    return "".join(kept)


def clean(text: str, cells: int = 280, *, lines: bool = False) -> str:
    """Make a text from outside safe to draw, store and export; cleaning it again changes nothing.

    It keeps to an allow-list of Unicode categories in NFC, without escape sequences, invisible or
    direction-changing characters, and ends with an ellipsis when cut to `cells` (a newline counts as one).
    Line ends become spaces unless `lines`; tabs always do. Lone surrogates, which stand for bytes that could
    not be decoded, show as U+FFFD.
    """
    if cells < 1:
        raise ValueError(f"cells must be at least 1, not {cells}")
    # However little of it shows, a text far beyond what may be kept is not worth the event loop's time.
    most = 16 * cells + 256
    cut = len(text) > most
    text = text[:most]
    plain = is_narrow(text.replace("\n", "") if lines else text)
    if not plain:
        text = _ESCAPE.sub("", _SURROGATE.sub("\ufffd", text))
        text = _LINE_END.sub("\n" if lines else " ", text).replace("\t", " ")
        # Composing comes after dropping: a character between a letter and its mark would keep them apart.
        text = _STRAY_JOINER.sub("", _without_piles(unicodedata.normalize("NFC", _allowed(text))))
    text = text.strip(" \n")
    if (len(text) if plain or text.isascii() else sum(map(_cell, text))) <= cells and not (cut and text):
        return text
    return _head(text, cells - 1).rstrip(" \n") + ELLIPSIS


def is_continued(before: str, character: str) -> bool:
    """Tell whether a character that shows nothing by itself goes on with the emoji or flag typed before it."""
    flag = before[before.rfind(BLACK_FLAG) :] + character if BLACK_FLAG in before else ""
    return (character in JOINERS and bool(before[-1:].strip())) or any(each.startswith(flag) for each in FLAGS if flag)


def printable(text: str) -> str:
    """Keep a printed text's visible characters and its layout, and nothing a terminal would act on.

    Unlike `clean`, it composes nothing: a path stays what it is called.
    """
    if text.replace("\n", "").isprintable() and text.isascii():
        return text
    text = _BLANK.sub("", _LAYOUT.sub(" ", _SURROGATE.sub("\ufffd", text)))
    kept = (each for each in text if each in {"\r", "\n", _JOINER} or unicodedata.category(each) not in _DROPPED)
    return _without_piles(_STRAY_JOINER.sub("", "".join(kept)))


def line_ends(text: str) -> str:
    """Give a text with plain line ends, whoever wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def within_quotes(text: str) -> str:
    """Make quotation marks single, as they are between others."""
    return text.translate(str.maketrans("“”„", "‘’‚"))


def in_quotes(text: str) -> str:
    """Put text between the quotation marks of the language that is spoken."""
    return _("“{text}”").format(text=within_quotes(text))
