"""PDF files, read by pypdf; the lines of the pages are put together to paragraphs."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from loaders.documents.layout import PAGE_NUMBER, joined, paragraphs, without_furniture
from loaders.documents.metadata import language_of, published_in, publisher_in, stated_title, title_of
from loaders.documents.page import Page
from loaders.documents.quiet import heard
from ontology.errors import SourceError

if TYPE_CHECKING:
    from pypdf import PdfReader

TEXT_LIMIT = 20_000_000  # characters; a small file can unfold to gigabytes
# pypdf warns in its errors module that a broken file can raise other exceptions than its own: a number, name,
# array or reference stands where the code expects another. The first five came out of 40,000 mutated files,
# the others can come out of its filters and font tables (struct, zlib, look-ups) and of nested objects.
DAMAGE = (
    AssertionError,
    AttributeError,
    NotImplementedError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    OSError,
    RecursionError,
    struct.error,
    zlib.error,
)


def read(data: bytes, *, source: str) -> Page:
    """Read the text layer of a PDF. Raises SourceError for a damaged, protected, scanned or far too large file."""
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

    with heard("pypdf"):
        try:
            title, lines = contents(data, source=source)
        except (DependencyError, FileNotDecryptedError) as error:
            raise protected(source=source) from error
        except LimitReachedError as error:  # size, count or depth of a part, also of a circle of parts
            problem = "this PDF has more in it than can be read safely: split it, or print it into a new PDF"
            raise SourceError(problem, source=source) from error
        except (PyPdfError, *DAMAGE) as error:
            problem = "this PDF is damaged or cut off: download or export it again"
            raise SourceError(problem, source=source) from error
    text = joined(paragraphs(lines))
    if not any(character.isalnum() for character in text):
        problem = "this PDF holds no text, only pictures of pages: run text recognition (OCR), then load it"
        raise SourceError(problem, source=source)
    return Page(
        title=stated_title(title) or title_of(text),
        text=text,
        language=language_of(text),
        publisher=publisher_in(text),
        published=published_in(text),
    )


def contents(data: bytes, *, source: str) -> tuple[str, list[str]]:
    """The title field and the lines of all pages, page numbers and repeated headers left out."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise protected(source=source)
    pages: list[list[str]] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text()
        size += len(text)
        if size > TEXT_LIMIT:
            problem = f"this PDF unfolds to more than {TEXT_LIMIT:,} characters: split it"
            raise SourceError(problem, source=source)
        pages.append(page_lines(text))
    return title_field(reader), list(without_furniture(pages))


def page_lines(text: str) -> list[str]:
    """The lines of one page without the page number in its first or last line."""
    # Some fonts map characters to lone surrogates or NUL; neither is text.
    # Code 127 is a bullet in the encodings of PDF.
    clean = text.encode("utf-8", "ignore").decode().replace("\0", "").replace("\x7f", "•")
    lines = clean.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and (not lines[-1].strip() or PAGE_NUMBER.fullmatch(lines[-1])):
        lines.pop()
    while lines and (not lines[0].strip() or PAGE_NUMBER.fullmatch(lines[0])):
        lines.pop(0)
    return lines


def title_field(reader: PdfReader) -> str:
    """The title that the file states; "" if there is none."""
    information = reader.metadata
    title = information.title if information else None
    return title.encode("utf-8", "ignore").decode().replace("\0", "") if isinstance(title, str) else ""


def protected(*, source: str) -> SourceError:
    """The error of a file that opens with a password only."""
    return SourceError("this PDF is protected by a password: save a copy without one", source=source)
