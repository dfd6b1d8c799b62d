"""A page as a file for Word: headings for its outline, tables that fit, pictures with their texts."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator, Mapping

import docx
import resvg_py
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from markdown_it.tree import SyntaxTreeNode
from PIL import Image

from tisu_tui.core.translation import gettext as _
from tisu_tui.documents.tree import WIDEST_UPRIGHT, box_of, columns, is_title, read, words_of

_MARGIN = Cm(2)
_SHORT, _LONG = Cm(21), Cm(29.7)
_NARROWEST = Cm(2.2)
"""A column of a date, 2026-12-01, at the size that tables are set in."""
_SHARPNESS = 2.0
_TALLEST = Cm(22)
"""Of a picture on a page, with the line before it."""
_LARGEST = 16 * 1024 * 1024
"""Bytes of a file that comes back, unpacked."""
_SANS = {"win32": "Segoe UI", "darwin": "Helvetica"}.get(sys.platform, "DejaVu Sans")
"""A font that is there wherever such a machine has fonts at all."""


def word_file(text: str, pictures: Mapping[str, bytes]) -> bytes:
    """Make a page of Markdown into a .docx; `pictures` are SVG by the path that the page names."""
    document = read(text)
    file = docx.Document()
    file.core_properties.title = document.title
    file.core_properties.author = ""
    file.core_properties.language = document.language
    _set_page(file, is_wide=any(columns(node) > WIDEST_UPRIGHT for node in document.root.walk()))
    writer = _WordWriter(file, pictures, is_form=document.is_form)
    for node in document.root.children:
        writer.block(node)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def words_in(file: bytes) -> str:
    """Return a .docx as plain lines, with its language before them; raises ValueError for what is none."""
    is_large = False
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            is_large = sum(each.file_size for each in parts.infolist()) > _LARGEST
        found = docx.Document(io.BytesIO(b"" if is_large else file))
        lines = ["".join(map(_letters, each.iter())) for each in found.element.body.iter(qn("w:p"))]
        return "\n".join(("---", f"lang: {found.core_properties.language}", "---", *lines))
    except Exception as error:  # the library raises whatever it comes upon in a damaged file
        what = _("it is too large") if is_large else _("it is not a file for Word (.docx)")
        raise ValueError(what) from error


def _letters(part: BaseOxmlElement) -> str:
    """Return the text of one part of a line, what was put in while changes were tracked too."""
    if part.tag == qn("w:t"):
        return part.text or ""
    return " " if part.tag in {qn("w:tab"), qn("w:br")} and part.getparent().tag == qn("w:r") else ""


def _set_page(file: WordFile, *, is_wide: bool) -> None:
    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if is_wide else (_SHORT, _LONG)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    file.styles["Normal"].font.size = Pt(11)


class _WordWriter:
    """Writes blocks at the end of a file, one after the other."""

    def __init__(self, file: WordFile, pictures: Mapping[str, bytes], *, is_form: bool) -> None:
        self._file = file
        self._is_form = is_form
        self._pictures = pictures
        self._level = 1

    @property
    def _width(self) -> int:
        return (self._file.sections[0].page_width or _SHORT) - 2 * _MARGIN

    def block(self, node: SyntaxTreeNode, depth: int = 0) -> None:
        """Write one block, lists with all that is in them."""
        match node.type:
            case "heading":
                self._level = int(node.tag[1])
                self._runs(self._file.add_heading(level=self._level), node.children[0])
            case "paragraph" if is_title(node):
                self._file.add_heading(words_of(node), min(self._level + 1, 9))
            case "paragraph":
                self._runs(self._file.add_paragraph(), node.children[0])
            case "bullet_list" | "ordered_list":
                for number, item in enumerate(node.children, int(node.attrs.get("start", 1))):
                    self._item(item, f"{number}." if node.type == "ordered_list" else "", depth)
            case "table":
                self._table(node)
            case "blockquote":
                for child in node.children:
                    self.block(child, depth)
                    if self._file.paragraphs:
                        self._file.paragraphs[-1].style = self._file.styles["Quote"]
            case "code_block" | "fence":
                self._file.add_paragraph(node.content.rstrip("\n"))

    def _item(self, item: SyntaxTreeNode, number: str, depth: int) -> None:
        sign, length = box_of(item)
        # A form says to put an x between brackets.
        sign = "[ ]" if sign and self._is_form else sign
        for n, node in enumerate(item.children):
            if node.type != "paragraph":
                self.block(node, depth + 1)
                continue
            # Numbers are written out: a list that Word numbers by itself goes on from the one before it.
            mark = (number or sign or "•") if n == 0 else ""
            line = self._file.add_paragraph()
            line.paragraph_format.left_indent = Cm(0.75 * (depth + 1))
            line.paragraph_format.first_line_indent = Cm(-0.75)
            line.paragraph_format.space_after = Pt(2)
            line.paragraph_format.tab_stops.add_tab_stop(Cm(0.75 * (depth + 1)))
            line.add_run(f"{mark}\t")
            self._runs(line, node.children[0], skip=length if n == 0 else 0)

    def _runs(self, line: Paragraph, node: SyntaxTreeNode, *, skip: int = 0, bold: bool = False) -> None:
        for leaf in _leaves(node):
            match leaf.type:
                case "text" | "code_inline":
                    run = line.add_run(leaf.content[skip:])
                    skip = 0
                    above = [one.type for one in _above(leaf)]
                    run.bold, run.italic = bold or "strong" in above or None, "em" in above or None
                case "softbreak":
                    line.add_run(" ")
                case "hardbreak":
                    line.add_run().add_break()
                case "image":
                    self._picture(line, leaf)

    def _picture(self, line: Paragraph, node: SyntaxTreeNode) -> None:
        alt = node.content or words_of(node)
        content = self._pictures.get(str(node.attrs["src"]))
        if content is None:
            line.add_run(alt).italic = True
            return
        drawn = bytes(
            resvg_py.svg_to_bytes(
                svg_string=content.decode(), zoom=_SHARPNESS, background="#ffffff", sans_serif_family=_SANS
            )
        )
        # An inch of ours has 96 dots, and the picture more of them.
        size = 72 / 96 / _SHARPNESS
        with Image.open(io.BytesIO(drawn)) as whole:
            parts = [*_cut(whole, round(_TALLEST.pt / min(size, self._width / Pt(1) / whole.width)))]
        for n, part in enumerate(parts):
            png = io.BytesIO(drawn if len(parts) == 1 else b"")
            if len(parts) > 1:
                part.save(png, "png")
            shape = line.add_run().add_picture(png)
            shape.width = min(Pt(part.width * size), Length(self._width))
            shape.height = Length(round(shape.width * part.height / part.width))
            told = _("{picture} (continued)").format(picture=alt) if n else alt
            shape._inline.docPr.set("descr", told)  # noqa: SLF001 - python-docx has no method for a picture's text

    def _table(self, node: SyntaxTreeNode) -> None:
        rows = [row for part in node.children for row in part.children]
        table = self._file.add_table(len(rows), len(rows[0].children), style="Table Grid")
        table.autofit = False
        widths = _widths([[words_of(cell) for cell in row.children] for row in rows], self._width)
        # Word goes by the cells, LibreOffice by the columns.
        for each, width in zip(table.columns, widths, strict=True):
            each.width = Length(width)
        for row, made in zip(rows, table.rows, strict=True):
            for cell, to, width in zip(row.children, made.cells, widths, strict=True):
                self._cell(to, cell, width, is_head=row is rows[0])
        _keep_rows_whole(table)
        self._file.add_paragraph()

    def _cell(self, to: _Cell, cell: SyntaxTreeNode, width: int, *, is_head: bool) -> None:
        to.width = Length(width)
        line = to.paragraphs[0]
        line.paragraph_format.space_after = Pt(2)
        if cell.children:
            self._runs(line, cell.children[0], bold=is_head)
        if "right" in str(cell.attrs.get("style", "")):
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for run in line.runs:
            run.font.size = Pt(9)


def _cut(picture: Image.Image, most: int) -> Iterator[Image.Image]:
    """Cut what is taller than a page where it is blank, so that its letters stay as large as they are."""
    top = 0
    while picture.height - top > most:
        blank = (at for at in range(top + most, top + most // 2, -1) if _is_blank(picture, at))
        end = next(blank, top + most)
        yield picture.crop((0, top, picture.width, end))
        top = end
    yield picture.crop((0, top, picture.width, picture.height))


def _is_blank(picture: Image.Image, row: int) -> bool:
    colours = picture.crop((0, row, picture.width, row + 1)).getcolors()
    return colours is not None and len(colours) == 1


def _leaves(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """List what stands in a line, in order; a picture is one thing."""
    if node.type == "image" or not node.children:
        return [node]
    return [leaf for child in node.children for leaf in _leaves(child)]


def _above(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    return [] if node.parent is None else [node.parent, *_above(node.parent)]


def _widths(rows: list[list[str]], whole: int) -> list[int]:
    """Share the width of a page among columns by their longest texts, none narrower than a date."""
    longest = [min(max(len(row[column]) for row in rows), 60) for column in range(len(rows[0]))]
    spare = whole - _NARROWEST * len(longest)
    if spare <= 0:
        return [whole // len(longest)] * len(longest)
    # What fits into the narrowest column needs no more.
    more = [max(0, each - 8) for each in longest]
    return [_NARROWEST + spare * each // (sum(more) or 1) for each in more]


def _keep_rows_whole(table: Table) -> None:
    """Repeat the head on each page, and break no row between two."""
    for at, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no methods for either
        for name in ("w:cantSplit", "w:tblHeader")[: 2 if at == 0 else 1]:
            mark = OxmlElement(name)
            mark.set(qn("w:val"), "true")
            properties.append(mark)
