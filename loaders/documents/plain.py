"""Plain text: the file is the text."""

from __future__ import annotations

from loaders.documents.decode import decode
from loaders.documents.metadata import language_of, published_in, publisher_in, title_of
from loaders.documents.page import Page, no_text


def read(data: bytes, *, source: str) -> Page:
    """Read a text file. The page's text is the decoded file; only its line ends are changed."""
    text = decode(data, source=source)
    if not any(character.isalnum() for character in text):
        raise no_text("text file", source=source)
    return Page(
        title=title_of(text),
        text=text,
        language=language_of(text),
        publisher=publisher_in(text),
        published=published_in(text),
    )
