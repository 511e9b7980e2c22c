"""Bytes into text: which encoding, and is it text at all."""

from __future__ import annotations

import codecs
import re

from ontology.errors import SourceError

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Control characters that no text file needs; tab, line feed, vertical tab, form feed and return are left out.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
CONTROL_SHARE = 0.005  # old exports hold a stray control character; binary files hold one in ten
SAVE_AGAIN = "open it in its program and save it as UTF-8"


def decode(data: bytes, *, source: str) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 (with BOM) or Windows-1252.

    Line ends become \\n; nothing else is changed. Raises SourceError for an empty file, for binary
    content, and for text in a damaged encoding.

    >>> decode("Köln\\r\\n".encode("cp1252"), source="a.txt")
    'Köln\\n'
    """
    if not data.strip():
        raise SourceError("the file is empty: check the export or the download", source=source)
    return normal_lines(
        checked(decoded(data, encoding_of(data, source=source), source=source), source=source)
    )


def encoding_of(data: bytes, *, source: str) -> str:
    """Name the encoding of `data`, by its BOM or by trying UTF-8."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if is_damaged_utf8(data):
            line = data.count(b"\n", 0, error.start) + 1
            problem = f"line {line}: byte 0x{data[error.start]:02x} breaks the UTF-8 text: {SAVE_AGAIN}"
            raise SourceError(problem, source=source) from error
        return "cp1252"
    return "utf-8"


def is_damaged_utf8(data: bytes) -> bool:
    """True where most characters outside ASCII are good UTF-8: then Windows-1252 would garble them all."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    return good > bad and "\0" not in text


def decoded(data: bytes, encoding: str, *, source: str) -> str:
    """Decode, or say at which byte it is no text."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"byte {error.start} is not {encoding} text: {SAVE_AGAIN}", source=source
        ) from error


def checked(text: str, *, source: str) -> str:
    """Return `text`, or raise SourceError if its control characters show that it is none."""
    if "\0" in text or len(CONTROL.findall(text)) > CONTROL_SHARE * len(text):
        problem = "this is binary data, not text: check the file, or give it the extension of its format"
        raise SourceError(problem, source=source)
    return text


def normal_lines(text: str) -> str:
    r"""Write every line end as \n."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
