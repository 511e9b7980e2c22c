"""A page is what a format reader found; a document is a page with its id."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from ontology.errors import SourceError
from ontology.model import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Text and data about it, as one format reader found them; "" where the file does not say."""

    title: str
    text: str  # line ends are \n
    language: str  # BCP 47, "und" where it could not be told
    publisher: str = ""
    url: str = ""
    published: str = ""  # ISO 8601, as exact as stated
    licence: str = ""


def to_document(page: Page, *, kind: str) -> Document:
    """Give a page the id that follows from its content, so that equal content is one document."""
    parts = (page.text, page.title, page.publisher, page.url, page.published, page.language, kind)
    return Document(
        id=document_id(parts),
        title=page.title,
        text=page.text,
        language=page.language,
        kind=kind,
        publisher=page.publisher,
        url=page.url,
        published=page.published,
        licence=page.licence,
    )


def document_id(parts: tuple[str, ...]) -> str:
    """`doc-` and 16 hex digits of SHA-256 over the parts, joined by NUL.

    >>> document_id(("a", "b")) == document_id(("ab", ""))
    False
    """
    # A lone surrogate can come out of a PDF's font table; it must not stop the hash.
    return "doc-" + sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def no_text(kind: str, *, source: str) -> SourceError:
    """The error of a file that is readable and says nothing."""
    return SourceError(f"this {kind} holds no text: check the file, or leave it out", source=source)
