"""Delimited text files as rows: encoding, delimiter, header and cells. A file is never held whole."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TextIO

from loaders.documents.decode import BOMS, SAVE_AGAIN, is_damaged_utf8
from loaders.records.cells import Row
from loaders.records.rules import TableForm
from ontology.errors import RowError, SourceError

CHUNK = 1 << 20  # bytes
HEAD_LINES = 200  # how far the header may reach below the skipped lines
DELIMITERS = (";", ",", "\t", "|")
FORMULA = re.compile(r'="(.*)"', re.S)
NO_DATA = re.compile(r"[;,\t|\s\"]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """What one pass over the bytes of a table shows."""

    path: Path
    source: str
    encoding: str
    digest: str  # SHA-256 of the bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The columns of a table, in order, and where its rows begin."""

    columns: tuple[str, ...]
    delimiter: str
    last_line: int  # of the header, from 1


def inspect(path: Path, *, source: str, encoding: str = "") -> TableFile:
    """Read the file once: digest and encoding, and that it is text. Raises SourceError."""
    with opened(path, source=source) as chunks:
        first = next(chunks, b"")
        if not first.strip():
            raise SourceError("the file is empty: check the export or the download", source=source)
        if first.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
            problem = "this is no text table (XLSX, PDF or DOC inside): export it as CSV"
            raise SourceError(problem, source=source)
        digest, told = sha256(first), encoding or bom_encoding(first)
        decoders = [Decoder(name) for name in ([told] if told else ["utf-8", "cp1252"])]
        decoders = fitting(decoders, first, source=source)
        for chunk in chunks:
            digest.update(chunk)
            decoders = fitting(decoders, chunk, source=source)
        decoders = fitting(decoders, b"", source=source)
    return TableFile(path=path, source=source, encoding=decoders[0].name, digest=digest.hexdigest())


def bom_encoding(first: bytes) -> str:
    """The encoding that a byte order mark shows, or ""."""
    return next((encoding for bom, encoding in BOMS if first.startswith(bom)), "")


class Decoder:
    """An encoding that is being tried on a file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._decode = codecs.getincrementaldecoder(name)().decode

    def fits(self, chunk: bytes) -> bool:
        """Whether the next bytes (b"" at the end of the file) are text in this encoding."""
        return "\0" not in self._decode(chunk, final=not chunk)


def fitting(decoders: list[Decoder], chunk: bytes, *, source: str) -> list[Decoder]:
    """The encodings that still fit. Raises SourceError when none is left."""
    left = []
    for decoder in decoders:
        try:
            if decoder.fits(chunk):
                left.append(decoder)
        except UnicodeDecodeError as error:
            if decoder.name == "utf-8" and is_damaged_utf8(chunk):
                raise SourceError(f"this table is damaged UTF-8 text: {SAVE_AGAIN}", source=source) from error
    if not left:
        names = " or ".join(decoder.name for decoder in decoders)
        problem = f"this is no text in {names}: {SAVE_AGAIN}, or name its encoding in the mapping"
        raise SourceError(problem, source=source)
    return left


@contextmanager
def opened(path: Path, *, source: str) -> Iterator[Iterator[bytes]]:
    """The bytes of a file in chunks. Raises SourceError where it cannot be opened or read."""
    try:
        with path.open("rb") as file:
            yield iter(lambda: file.read(CHUNK), b"")
    except OSError as error:
        problem = f"it cannot be read ({error.strerror}): check the path and its permissions"
        raise SourceError(problem, source=source) from error


def read_header(table: TableFile, form: TableForm, wanted: Sequence[str]) -> Header:
    """Find header and delimiter: the one that shows the most wanted columns, then the most columns.

    Lines above it that hold nothing but delimiters are skipped beside those that the form counts.
    """
    with text_of(table) as file:
        lines = list(islice(file, form.skip + HEAD_LINES))
    start = form.skip
    while start < len(lines) and NO_DATA.fullmatch(lines[start]):
        start += 1
    if start >= len(lines):
        raise SourceError(
            f"there is no header below line {form.skip}: check skip in the mapping", source=table.source
        )
    found = [
        header_by(lines, start, delimiter)
        for delimiter in ([form.delimiter] if form.delimiter else DELIMITERS)
    ]
    return max(found, key=lambda header: (len(set(wanted) & set(header.columns)), len(header.columns)))


def header_by(lines: Sequence[str], start: int, delimiter: str) -> Header:
    """The header as one delimiter shows it; a cell in quotation marks may span lines."""
    reader = csv.reader(iter(lines[start:]), delimiter=delimiter)
    try:
        cells = next(reader, [])
    except csv.Error:
        cells = []  # a quoted cell longer than csv allows: another delimiter will do better, or none
    return Header(columns=column_names(cells), delimiter=delimiter, last_line=start + reader.line_num)


def column_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Names without outer blanks and line breaks; repeated ones are numbered, nameless ones called by place.

    >>> column_names(["Ort", " Ort", ""])
    ('Ort', 'Ort (2)', 'column 3')
    """
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = base = " ".join(cell.split()) or f"column {place}"
        number = 2
        while name in names:
            name, number = f"{base} ({number})", number + 1
        names.append(name)
    return tuple(names)


def read_rows(
    table: TableFile, header: Header, columns: Sequence[str], form: TableForm, problems: list[RowError]
) -> Iterator[Row]:
    """Yield each row that is not blank, with the asked columns only. Bad rows go to `problems`."""
    places = [(column, header.columns.index(column)) for column in columns]
    with text_of(table) as file:
        for _ in range(header.last_line):
            next(file, "")
        reader = csv.reader(file, delimiter=header.delimiter)
        while True:
            line = header.last_line + reader.line_num + 1
            try:
                cells = next(reader)
                if any(cell.strip() for cell in cells):
                    yield Row(line=line, cells=taken(cells, places, header, form))
            except StopIteration:
                return
            except csv.Error as error:
                problem = f"{error}: look for a quotation mark that is not closed"
                problems.append(RowError(problem, source=table.source, line=line))
            except ValueError as error:
                problems.append(RowError(str(error), source=table.source, line=line))


def taken(cells: list[str], places: list[tuple[str, int]], header: Header, form: TableForm) -> dict[str, str]:
    """The asked cells, cleaned. Raises ValueError for a row that does not fit the header.

    Missing cells at the end are allowed where no asked column is among them: spreadsheets leave them out.
    """
    width = len(header.columns)
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        raise ValueError(
            f"{len(cells)} cells under {width} columns: quote a cell that holds {header.delimiter!r}"
        )
    for column, place in places:
        if place >= len(cells):
            raise ValueError(
                f"{len(cells)} cells, so column {column!r} ({place + 1}) is missing: complete the row"
            )
    texts = {column: clean(cells[place]) for column, place in places}
    return {column: "" if text in form.missing else text for column, text in texts.items()}


def clean(cell: str) -> str:
    """A cell without outer blanks and without a spreadsheet's ="..." around it.

    >>> clean(' ="01LY2203A" '), clean("NA")
    ('01LY2203A', 'NA')
    """
    text = cell.strip()
    match = FORMULA.fullmatch(text)
    return match[1].strip() if match else text


@contextmanager
def text_of(table: TableFile) -> Iterator[TextIO]:
    """The open file; newline="" because csv must see the line breaks inside quoted cells."""
    try:
        with table.path.open(encoding=table.encoding, newline="") as file:
            yield file
    except OSError as error:
        problem = f"it cannot be read ({error.strerror}): check the path and its permissions"
        raise SourceError(problem, source=table.source) from error
    except UnicodeDecodeError as error:
        raise SourceError("the file changed while it was read: load it again", source=table.source) from error
