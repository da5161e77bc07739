"""Word documents in the manner of Vietnamese offices, with real footnotes (python-docx itself writes none)."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as escape_xml

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class FootnoteDocument:
    """A document of A4 pages whose paragraphs may carry footnotes; `content` is the finished file."""

    def __init__(self) -> None:
        self.document: WordDocument = Document()
        self.notes: list[str] = []
        self._dress()

    def heading(self, text: str, level: int = 1) -> None:
        """A heading; level 0 is the title."""
        self.document.add_heading(printable(text), level)

    def paragraph(self, text: str = "", style: str | None = None) -> Paragraph:
        """A paragraph of plain words."""
        return self.document.add_paragraph(printable(text), style)

    def footnote(self, paragraph: Paragraph, text: str) -> int:
        """A footnote mark at the end of `paragraph`; returns its number."""
        self.notes.append(printable(text))
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self.notes)))
        run._r.append(reference)
        return len(self.notes)

    def content(self) -> bytes:
        """The file."""
        package = self.document.part.package
        part = Part(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, self._notes_xml().encode(), package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _notes_xml(self) -> str:
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{element}/></w:r></w:p></w:footnote>'
            for number, kind, element in ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator"))
        )
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r>{_RAISED}<w:footnoteRef/></w:r>'
            f'<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve"> {escape_xml(text)}</w:t></w:r></w:p></w:footnote>'
            for number, text in enumerate(self.notes, 1)
        )
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        return f'{head}<w:footnotes xmlns:w="{_NAMESPACE}">{separators}{notes}</w:footnotes>'

    def _dress(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(3), Cm(2)
        section.top_margin = section.bottom_margin = Cm(2)
        for name, size in (("Normal", 13), ("Title", 18), ("Heading 1", 15), ("Heading 2", 13)):
            style = self.document.styles[name]
            style.font.name, style.font.size = FONT, Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                fonts.set(qn(attribute), FONT)
            for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(attribute), None)


def printable(text: str) -> str:
    """`text` without the control characters that no XML file may hold."""
    return _UNPRINTABLE.sub("", text)
