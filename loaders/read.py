"""Any supported file in, a document and its facts out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.documents.page import Page, to_document
from ontology.errors import RowError, SourceError
from ontology.model import Document, Fact

if TYPE_CHECKING:
    from loaders.backends.choose import Choice

# Extension -> kind of document.
KINDS = {
    ".csv": "table",
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".markdown": "markdown",
    ".md": "markdown",
    ".pdf": "pdf",
    ".text": "text",
    ".tsv": "table",
    ".txt": "text",
    ".xhtml": "html",
}
READERS = {
    "docx": "docx",
    "html": "html",
    "markdown": "markdown",
    "pdf": "pdf",
    "text": "plain",
}  # kind -> module
# First bytes of formats that people save under a wrong name.
SIGNATURES = ((b"%PDF-", "PDF"), (b"PK\x03\x04", "zip (DOCX, XLSX)"), (b"\xd0\xcf\x11\xe0", "old Office"))
SIZE_LIMIT = 50_000_000  # bytes of a document; tables are read row by row and have no limit
LIBRARIES = ("pypdf", "python-docx", "trafilatura", "lxml")


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How prose is read. Picklable, so that worker processes can be told."""

    fast: bool = False  # rules alone, without the trained tagger
    backends: tuple[Choice, ...] = ()  # second opinions, from innograph.toml

    def mark(self) -> bytes:
        """What goes into the fingerprint of a document: b"" for the default."""
        return repr(self).encode() if self.fast or self.backends else b""


DEFAULT = How()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One source as it was read. `facts` can be gone through once; `problems` is complete after that."""

    document: Document
    facts: Iterable[Fact]
    problems: list[RowError] = field(default_factory=list)


def read_source(path: Path, *, source: str, mapping: Path | None = None, how: How = DEFAULT) -> Reading:
    """Read any supported file. Raises SourceError where nothing of it can be used, BackendError where a back-end cannot be.

    Args:
        source: the name of the file in messages.
        mapping: the mapping of a table; without it the one beside the table or a shipped one is taken.
    """
    if kind_of(path, source=source) == "table":
        from loaders.records.load import read_table

        problems: list[RowError] = []
        document, facts = read_table(path, source=source, mapping=mapping, problems=problems)
        return Reading(document=document, facts=facts, problems=problems)
    if mapping is not None:
        raise SourceError("a mapping is for tables (CSV, TSV): leave --mapping out", source=source)
    document = read_document(path, source=source)
    return Reading(document=document, facts=extracted(document, how))


def read_document(path: Path, *, source: str, size_limit: int = SIZE_LIMIT) -> Document:
    """Read a file of prose. Raises SourceError, also for a table, which is no document to read."""
    kind = kind_of(path, source=source)
    return parse_document(file_bytes(path, source=source, size_limit=size_limit), kind, source=source)


def parse_document(data: bytes, kind: str, *, source: str) -> Document:
    """Read the bytes of a document of that kind (a key of READERS). Raises SourceError."""
    if kind not in READERS:
        known = ", ".join(sorted(READERS))
        raise SourceError(f"a {kind} is no document of prose ({known}): load it as a source", source=source)
    if not data:
        raise SourceError("the file is empty: check the export or the download", source=source)
    check_signature(data, kind, source=source)
    read: Callable[..., Page] = import_module(f"loaders.documents.{READERS[kind]}").read
    return to_document(read(data, source=source), kind=kind)


def kind_of(path: Path, *, source: str) -> str:
    """The kind that the extension names. Raises SourceError with the known extensions."""
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        name = f"extension {path.suffix!r} is unknown" if path.suffix else "it has no extension"
        raise SourceError(f"{name}: use one of {', '.join(sorted(KINDS))}", source=source)
    return kind


def check_signature(data: bytes, kind: str, *, source: str) -> None:
    """Raise SourceError where the first bytes belong to another format than the extension says."""
    found = next((name for start, name in SIGNATURES if data.startswith(start)), "")
    if kind == "pdf" and b"%PDF-" not in data[:1024]:
        problem = f"this is no PDF (it {f'is a {found} file' if found else 'does not begin with %PDF-'})"
    elif kind == "docx" and not found:
        problem = "this is no DOCX (it is no zip file)"
    elif (kind == "docx" and found == "PDF") or (kind not in {"pdf", "docx"} and found):
        problem = f"this is a {found} file"
    else:
        return
    raise SourceError(f"{problem}: give it the right extension, or save it again as {kind}", source=source)


def file_bytes(path: Path, *, source: str, size_limit: int) -> bytes:
    """The bytes of a regular file up to the limit. Raises SourceError."""
    try:
        if path.exists() and not path.is_file():
            raise SourceError("this is no file: name a file, or the folder it is in", source=source)
        with path.open("rb") as file:
            data = file.read(size_limit + 1)
    except OSError as error:
        problem = f"it cannot be read ({error.strerror}): check the path and its permissions"
        raise SourceError(problem, source=source) from error
    if len(data) > size_limit:
        problem = f"it has more than {size_limit:,} bytes: split it, or leave out its pictures"
        raise SourceError(problem, source=source)
    return data


def extracted(document: Document, how: How = DEFAULT) -> Iterator[Fact]:
    """Yield the facts that extraction finds; its rules are loaded on the first one. Raises BackendError."""
    from loaders.extraction.extract import Reader, extract

    reader = Reader.RULES if how.fast else Reader.TAGGER
    if how.backends:
        from loaders.backends.combine import extracted_with

        yield from extracted_with(document, how.backends, reader=reader)
    else:
        yield from extract(document, reader)


def fingerprint(data: bytes, kind: str, *, mapping: bytes = b"") -> str:
    """Hex SHA-256 that changes when the file, its mapping or the code that reads it changes.

    A source with the fingerprint of its last load needs no second reading.
    """
    digest = sha256(code_version().encode())
    for part in (kind.encode(), data, mapping):
        digest.update(sha256(part).digest())
    return digest.hexdigest()


def source_fingerprint(path: Path, *, source: str, mapping: Path | None = None, how: How = DEFAULT) -> str:
    """The fingerprint of a file, read in pieces. Raises SourceError.

    The bytes may differ from those of a reading that follows; a later load then reads it again.
    """
    from loaders.records.find import mapping_beside

    kind = kind_of(path, source=source)
    beside = (mapping or mapping_beside(path)) if kind == "table" else None
    digest = sha256(code_version().encode())
    digest.update(sha256(kind.encode()).digest())
    digest.update(file_digest(path, source=source))
    digest.update(file_digest(beside, source=beside.name) if beside else sha256(b"").digest())
    if kind != "table":
        digest.update(how.mark())
    return digest.hexdigest()


def file_digest(path: Path, *, source: str) -> bytes:
    """SHA-256 of a file's bytes."""
    from loaders.records.table import opened

    digest = sha256()
    with opened(path, source=source) as chunks:
        for chunk in chunks:
            digest.update(chunk)
    return digest.digest()


@lru_cache(maxsize=1)
def code_version() -> str:
    """Digest of everything that decides what a file yields: our readers, rules, data files and the libraries.

    Made from the files, so nobody can forget to raise a number.
    """
    from importlib.metadata import version

    root = Path(__file__).parent
    digest = sha256(" ".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    folders = (root, root.parent / "ontology")
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    for path in files:
        if "__pycache__" not in path.parts:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
