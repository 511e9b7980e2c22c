"""Web pages: main text by trafilatura, data about the page from its head (html_head.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from loaders.documents.decode import BOMS, checked, decode, normal_lines
from loaders.documents.html_head import Head, read_head
from loaders.documents.layout import joined
from loaders.documents.metadata import language_of, published_in, publisher_in, title_of
from loaders.documents.page import Page
from loaders.documents.quiet import heard
from ontology.errors import SourceError

if TYPE_CHECKING:
    from trafilatura.settings import Document as Extract

CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.I)
# Only encodings of text: Python also knows "hex" and "zip" by such names.
TEXT_ENCODING = re.compile(
    r"utf-?8|windows-125\d|iso-8859-\d{1,2}|gb2312|gbk|gb18030|big5|shift_jis|euc-(?:jp|kr)|koi8-[ru]", re.I
)
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
# Elements that need an end; br, p, li and the like are often left open in good pages.
NESTING_TAG = re.compile(
    r"<(/?)(?:div|span|section|article|table|ul|ol|dl|a|b|i|em|strong|font|form|blockquote)\b", re.I
)
NESTING_LIMIT = 2_000  # lxml's tree is walked by recursion in several places
# What trafilatura and lxml raise on mutated pages: control characters (ValueError), empty trees
# (AttributeError, TypeError), deep nesting (RecursionError), lxml's ParserError (a SyntaxError).
DAMAGE = (AssertionError, AttributeError, LookupError, RecursionError, SyntaxError, TypeError, ValueError)


def read(data: bytes, *, source: str) -> Page:
    """Read a web page. Raises SourceError if it is binary, cannot be parsed, or has no main text."""
    markup = XML_DECLARATION.sub("", page_markup(data, source=source))
    if not re.search(r"<html\b", markup[:10_000], re.I):
        # trafilatura takes text without <html> for something else than a page.
        markup = f"<html><body>{markup}</body></html>"
    with heard("trafilatura", "htmldate", "justext", "courlan"):
        try:
            check_nesting(markup)
            head, extract = read_head(markup), main_text(markup)
            text = joined(blocks(extract.body)) if extract else ""
        except DAMAGE as error:
            problem = "this page cannot be parsed: open it in a browser and save it again"
            raise SourceError(problem, source=source) from error
    if extract is None or not any(character.isalnum() for character in text):
        problem = "this page has no main text: save the page of the article itself, or its text as .txt"
        raise SourceError(problem, source=source)
    return to_page(head, text, title=extract.title or "")


def to_page(head: Head, text: str, *, title: str) -> Page:
    """Join what the head says with what the text shows."""
    language = language_of(text)
    return Page(
        title=head.title or " ".join(title.split()) or title_of(text),
        text=text,
        language=(head.language or language) if language == "und" else language,
        publisher=head.publisher or publisher_in(text),
        url=head.url,
        published=most_exact(head.published, published_in(text)),
        licence=head.licence,
    )


def most_exact(stated: str, dateline: str) -> str:
    """The date that the page states, or the dateline where that only adds month or day to it."""
    return dateline if dateline.startswith(stated) else stated


def page_markup(data: bytes, *, source: str) -> str:
    """Decode by BOM, else by the encoding that the page declares, else as any text."""
    declared = CHARSET.search(data[:4096])
    name = declared[1].decode("ascii") if declared else ""
    if TEXT_ENCODING.fullmatch(name) and not data.startswith(tuple(bom for bom, _ in BOMS)):
        # Browsers read ISO-8859-1 as Windows-1252, and so do the authors of pages.
        encoding = "cp1252" if name.lower() in {"iso-8859-1", "windows-1252"} else name
        try:
            return normal_lines(checked(data.decode(encoding), source=source))
        except (UnicodeDecodeError, LookupError):
            pass  # the declaration is wrong, which is common: tell by the bytes
    return decode(data, source=source)


def main_text(markup: str) -> Extract | None:
    """The main text as trafilatura's small tree of p, head, list, item, table, row, cell, quote and lb."""
    import trafilatura

    found = trafilatura.bare_extraction(markup, include_comments=False, with_metadata=True)
    return found if found is not None and not isinstance(found, dict) else None


def check_nesting(markup: str) -> None:
    """Raise ValueError where more elements are opened than closed again, beyond what pages have."""
    depth = 0
    for tag in NESTING_TAG.finditer(markup):
        depth += -1 if tag[1] else 1
        if depth > NESTING_LIMIT:
            raise ValueError("nested too deeply")


def blocks(element: Any) -> Iterator[str]:
    """Yield headings, paragraphs, list points and table rows of a tree, in order."""
    inline = element.text or ""
    for child in element:
        if child.tag in {"p", "head", "quote", "list", "item", "table", "row", "code"}:
            yield lines_of(inline)
            yield from block(child)
            inline = ""
        else:
            inline += "\n" if child.tag == "lb" else "".join(child.itertext())
        inline += child.tail or ""
    yield lines_of(inline)


def block(element: Any) -> Iterator[str]:
    """Yield the blocks of one block element."""
    if element.tag == "row":
        cells = (" ".join(" ".join(cell.itertext()).split()) for cell in element)
        yield " | ".join(cell for cell in cells if cell)
    elif element.tag == "item":
        first, *rest = [text for text in blocks(element) if text] or [""]
        yield f"- {first}" if first else ""
        yield from rest
    else:
        yield from blocks(element)


def lines_of(inline: str) -> str:
    """Text inside a block: the page's line breaks stay, the source's indents go."""
    lines = (re.sub(r"[ \t\f\v]+", " ", raw).strip(" ") for raw in inline.split("\n"))
    return "\n".join(line for line in lines if line)
