"""A PDF that unfolds to more than pypdf reads is said to be too large, not to be damaged."""

from __future__ import annotations

import io
import zlib

import pytest
from documents_fixtures import pdf_file
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, EncodedStreamObject, NameObject, NumberObject

from loaders.documents.pdf import read
from ontology.errors import SourceError


def swollen_pdf(size: int) -> bytes:
    """A PDF of one page whose content unfolds to so many blanks."""
    stream = EncodedStreamObject()
    stream._data = zlib.compress(b" " * size)
    stream.update({NameObject("/Filter"): NameObject("/FlateDecode")})
    stream[NameObject("/Length")] = NumberObject(len(stream._data))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_file())))
    page: DictionaryObject = writer.pages[0]
    page[NameObject("/Contents")] = writer._add_object(stream)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_pdf_over_the_limits_of_pypdf_is_not_called_damaged() -> None:
    with pytest.raises(SourceError) as caught:
        read(swollen_pdf(80_000_000), source="a.pdf")
    assert str(caught.value) == (
        "a.pdf: this PDF has more in it than can be read safely: split it, or print it into a new PDF"
    )
