"""Word files (DOCX), read by python-docx: headings, paragraphs, list points and tables in their order."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from loaders.documents.layout import joined
from loaders.documents.metadata import language_of, published_in, publisher_in, stated_title, title_of
from loaders.documents.page import Page, no_text
from ontology.errors import SourceError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# A parsed part takes ten times its size in memory, so text is bound more tightly than pictures.
TOTAL_LIMIT, XML_LIMIT, MEMBER_LIMIT = 200_000_000, 40_000_000, 2_000
DEPTH_LIMIT = 200  # tables in tables; Word itself stops long before
OLE_HEAD = b"\xd0\xcf\x11\xe0"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SKIPPED = frozenset({f"{WORD}del", f"{WORD}moveFrom", f"{WORD}instrText", f"{WORD}pict", f"{WORD}drawing"})
HEADING_STYLES = ("Title", "Heading", "Titel", "berschrift")  # German Word drops the Ü from style ids
SPACES = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "\u2011"}
# What zipfile, lxml and python-docx raise on mutated files: missing parts (KeyError), broken XML (lxml's
# XMLSyntaxError is a SyntaxError), parts of another kind than their place asks for (AttributeError).
DAMAGE = (
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def read(data: bytes, *, source: str) -> Page:
    """Read a DOCX file. Raises SourceError for a damaged, protected, oversized or other file."""
    try:
        check_archive(data, source=source)
        document = opened(data)
        check_types(document, source=source)
        text = joined(blocks(document.element.body))
        title = stated_title(document.core_properties.title) or heading(document)
    except DAMAGE as error:
        problem = "this DOCX is damaged or cut off: open it in its program and save it again"
        raise SourceError(problem, source=source) from error
    if not any(character.isalnum() for character in text):
        raise no_text("DOCX", source=source)
    return Page(
        title=title or title_of(text),
        text=text,
        language=language_of(text),
        publisher=publisher_in(text),
        published=published_in(text),
    )


def check_archive(data: bytes, *, source: str) -> None:
    """Refuse what is no DOCX or would unfold beyond the limits, before anything is unpacked."""
    if data.startswith(OLE_HEAD):
        problem = "this is an old DOC file or protected by a password: save it as DOCX without a password"
        raise SourceError(problem, source=source)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
    if "word/document.xml" not in {member.filename for member in members}:
        problem = "this zip file is no DOCX (it has no word/document.xml): save the text as DOCX"
        raise SourceError(problem, source=source)
    # zipfile never unpacks more than a member declares, so the declared sizes can be trusted.
    xml = sum(member.file_size for member in members if member.filename.lower().endswith((".xml", ".rels")))
    total = sum(member.file_size for member in members)
    if xml > XML_LIMIT or total > TOTAL_LIMIT or len(members) > MEMBER_LIMIT:
        problem = (
            f"this DOCX unfolds to {total:,} bytes in {len(members):,} parts, allowed are {XML_LIMIT:,} "
            f"bytes of text, {TOTAL_LIMIT:,} in all and {MEMBER_LIMIT:,} parts: save its text alone"
        )
        raise SourceError(problem, source=source)


def opened(data: bytes) -> WordDocument:
    """The parsed file."""
    from docx import Document

    return Document(BytesIO(data))


def check_types(document: WordDocument, *, source: str) -> None:
    """Refuse a DOCX that declares a document type: python-docx drops its entities, and the text with them.

    Looked for in what was parsed, since the bytes may stand in any encoding.
    """
    from docx.opc.part import XmlPart

    parts = (part for part in document.part.package.iter_parts() if isinstance(part, XmlPart))
    for part in parts:
        if part.element.getroottree().docinfo.internalDTD is not None:
            problem = (
                f"{part.partname} declares a document type (<!DOCTYPE>), which Word never writes and which "
                "can hide text: open it in Word or LibreOffice and save it again as DOCX"
            )
            raise SourceError(problem, source=source)


def blocks(element: Any, depth: int = 0) -> Iterator[str]:
    """Yield paragraphs and table rows below an element, those inside content controls included."""
    if depth > DEPTH_LIMIT:
        raise ValueError("nested too deeply")
    for child in element:
        if child.tag == f"{WORD}p":
            yield paragraph(child)
        elif child.tag == f"{WORD}tr":
            cells = (" ".join(joined(blocks(cell, depth + 1)).split()) for cell in child.iter(f"{WORD}tc"))
            yield " | ".join(cell for cell in cells if cell)
        elif child.tag not in SKIPPED:
            yield from blocks(child, depth + 1)


def paragraph(element: Any) -> str:
    """The text of a paragraph; a list point begins with a hyphen."""
    text = "".join(pieces(element)).strip()
    style = element.find(f"{WORD}pPr/{WORD}pStyle")
    is_list = style is not None and style.get(f"{WORD}val", "").startswith("List")
    is_list = is_list or element.find(f"{WORD}pPr/{WORD}numPr") is not None
    return f"- {text}" if text and is_list else text


def pieces(element: Any, depth: int = 0) -> Iterator[str]:
    """Yield the pieces of text of a paragraph: links and insertions included, deletions left out."""
    if depth > DEPTH_LIMIT:
        raise ValueError("nested too deeply")
    for child in element:
        if child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag in SPACES:
            yield SPACES[child.tag]
        elif child.tag not in SKIPPED:
            yield from pieces(child, depth + 1)


def heading(document: WordDocument) -> str:
    """The first paragraph in a title or heading style, or ""."""
    for element in document.element.body.iter(f"{WORD}p"):
        style = element.find(f"{WORD}pPr/{WORD}pStyle")
        is_heading = style is not None and style.get(f"{WORD}val", "").startswith(HEADING_STYLES)
        text = " ".join("".join(pieces(element)).split()) if is_heading else ""
        if text:
            return text
    return ""
