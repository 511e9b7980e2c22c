"""The ledger: what each source said, kept apart by document in one SQLite file.

Each document is wholly in or wholly out: one transaction writes its text, all its facts and its source.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph.ledger_file import check_made, closed_on_error, for_reading, may_write_beside
from graph.migrations import migrate
from graph.rows import (
    EntityRow,
    RelationRow,
    document_row,
    entity_row,
    relation_row,
    row_hash,
    to_document,
    to_entity,
    to_relation,
)
from ontology.errors import AtlasError, InvalidValue, NotFound
from ontology.model import Document, Entity, Fact, Relation
from ontology.vocabulary import vocabulary

BUSY_SECONDS = 10.0
INSERT_DOCUMENT = "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_ENTITY = "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_RELATION = "INSERT INTO relation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
DOCUMENTS = "SELECT id, title, language, kind, publisher, url, published, licence, text FROM document"
# Leaving the text out of the query keeps its pages unread.
WITHOUT_TEXT = "SELECT id, title, language, kind, publisher, url, published, licence, '' FROM document"
LOOSE_ENDS = """
SELECT r.id, r.source, r.target FROM relation r WHERE r.document = ? AND NOT (
    EXISTS (SELECT 1 FROM entity e WHERE e.document = r.document AND e.id = r.source)
    AND EXISTS (SELECT 1 FROM entity e WHERE e.document = r.document AND e.id = r.target))
"""
COUNTS = """
SELECT (SELECT count(*) FROM source), (SELECT count(*) FROM document),
       (SELECT count(*) FROM entity), (SELECT count(*) FROM relation)
"""
WAYS_OUT = {
    "SQLITE_BUSY": "another innograph is writing to it: wait until it is done and run the command again",
    "SQLITE_LOCKED": "another innograph is writing to it: wait until it is done and run the command again",
    "SQLITE_FULL": "the disk is full: free some space and run the command again; whole documents are kept",
    "SQLITE_CANTOPEN": "cannot be opened: check that the folder exists and that you may write to it",
    "SQLITE_READONLY": "is read-only: check the permissions of the file and its folder",
    "SQLITE_PERM": "is read-only: check the permissions of the file and its folder",
    "SQLITE_IOERR": "cannot be read or written: check that the disk is sound and not full, and run it again",
    "SQLITE_NOTADB": "is damaged: restore a copy, or move it away and load the documents again",
    "SQLITE_CORRUPT": "is damaged: restore a copy, or move it away and load the documents again",
}


class Outcome(StrEnum):
    """What loading a source did to the ledger."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A path or URL that was loaded. `fingerprint`: of its bytes and of the program that read them."""

    uri: str
    document: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many of each the ledger holds."""

    sources: int
    documents: int
    entities: int
    relations: int


class Ledger:
    """Documents and their facts. Use `with Ledger.open(path) as ledger`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self.path = connection, path
        self._wrote = False

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or create the ledger at `path`. Raises AtlasError if it is damaged, locked or too new."""
        with _errors_of(path):
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            with closed_on_error(connection):
                connection.execute("PRAGMA journal_mode=WAL")
                # NORMAL: a power cut may take the last documents, never a part of one, and `close` writes
                # everything through. FULL would wait for the disk once a document and win nothing, since a
                # document that is missing is simply loaded again.
                connection.execute("PRAGMA synchronous=NORMAL")
                # What is forgotten is overwritten, not just unlinked.
                connection.execute("PRAGMA secure_delete=ON")
                migrate(connection, path)
        return cls(connection, path)

    @classmethod
    def reopen(cls, path: Path) -> Self:
        """Open a ledger that was made before; only for reading where its file or folder cannot be written.

        Raises AtlasError if it is missing, empty, no ledger, damaged, locked or too new. None is made in its
        place: an empty ledger would answer every question, and wrongly.
        """
        check_made(path)
        if may_write_beside(path):
            return cls.open(path)
        with _errors_of(path):
            connection = for_reading(path)
            with closed_on_error(connection):
                migrate(connection, path)
        return cls(connection, path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write everything through to the disk and close the file."""
        try:
            if self._wrote:
                self._write_through("PASSIVE")
        finally:
            self._connection.close()

    # Writing

    def check_writable(self) -> None:
        """Raises AtlasError if this user may only read here."""
        if not may_write_beside(self.path):
            raise AtlasError(f"{self.path}: {WAYS_OUT['SQLITE_READONLY']}")

    def has(self, source: str, fingerprint: str) -> bool:
        """Whether this source is in the ledger as it is now, so that reading it again changes nothing."""
        with _errors_of(self.path):
            query = "SELECT 1 FROM source WHERE uri = ? AND fingerprint = ?"
            return self._connection.execute(query, (source, fingerprint)).fetchone() is not None

    def put(self, document: Document, *, source: str, facts: Iterable[Fact], fingerprint: str) -> Outcome:
        """Make `source` point to `document` with exactly these facts, in one transaction.

        `facts` is read once, as a stream. An error in it leaves the ledger as it was. A document to which no
        source points any more leaves the ledger.

        Raises:
            InvalidValue: a fact belongs to another document or to no class of the ontology, a quote is not
                found at its span, or a relation names an entity that the document does not have.
            AtlasError: the disk is full, or another process writes.
        """
        if self.has(source, fingerprint):
            return Outcome.UNCHANGED
        self._wrote = True
        with self._transaction("BEGIN IMMEDIATE"):
            before = self._one("SELECT document FROM source WHERE uri = ?", source)
            digest_before = self._one("SELECT digest FROM document WHERE id = ?", document.id)
            self._remove_facts(document.id)
            digest = self._write(document, facts)
            self._connection.execute(
                "INSERT OR REPLACE INTO source VALUES (?, ?, ?)", (source, document.id, fingerprint)
            )
            if before is not None and before != document.id:
                self._drop_unless_needed(before)
        if before is None:
            return Outcome.NEW
        return Outcome.UNCHANGED if (before, digest_before) == (document.id, digest) else Outcome.CHANGED

    def forget(self, document_or_source: str) -> Document:
        """Remove a document, all sources that point to it and all its facts; return it without its text.

        Raises NotFound, with near misses, if there is no such document or source.
        """
        with self._transaction("BEGIN IMMEDIATE"):
            pointed = self._one("SELECT document FROM source WHERE uri = ?", document_or_source)
            document = self.document(pointed or document_or_source, with_text=False)
            self._connection.execute("DELETE FROM source WHERE document = ?", (document.id,))
            self._drop_unless_needed(document.id)
        # `secure_delete` misses the copies that SQLite leaves inside pages when it moves rows between them.
        list(self._rows("VACUUM"))
        # The log still holds the old pages, text included, until it is emptied. While another process reads,
        # that waits until the last one closes the ledger.
        self._write_through("TRUNCATE")
        return document

    # Reading: everything comes sorted by document and id

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Inside this block all reads see one state, whatever another process writes meanwhile."""
        with self._transaction("BEGIN"):
            yield

    def documents(self, *, with_text: bool = False) -> Iterator[Document]:
        """All documents, sorted by id."""
        query = DOCUMENTS if with_text else WITHOUT_TEXT
        yield from map(to_document, self._rows(query + " ORDER BY id"))

    def document(self, id: str, *, with_text: bool = True) -> Document:
        """Raises NotFound, with near misses."""
        query = DOCUMENTS if with_text else WITHOUT_TEXT
        for row in self._rows(query + " WHERE id = ?", id):
            return to_document(row)
        raise NotFound(self._no_such(id))

    def sources(self) -> Iterator[Source]:
        """All sources, sorted by path or URL."""
        for uri, document, fingerprint in self._rows("SELECT * FROM source ORDER BY uri"):
            yield Source(uri=uri, document=document, fingerprint=fingerprint)

    def entities(self, document: str | None = None) -> Iterator[Entity]:
        """The entities of one document, or of all."""
        for row in self._rows(*_of("SELECT * FROM entity", document)):
            yield to_entity(row)

    def relations(self, document: str | None = None) -> Iterator[Relation]:
        """The relations of one document, or of all."""
        for row in self._rows(*_of("SELECT * FROM relation", document)):
            yield to_relation(row)

    def counts(self) -> Counts:
        for sources, documents, entities, relations in self._rows(COUNTS):
            return Counts(sources=sources, documents=documents, entities=entities, relations=relations)
        raise AssertionError("a query without FROM gives one row")

    def state(self) -> str:
        """A digest of all documents and facts. It does not depend on the order of loading."""
        digest = hashlib.sha256()
        for id, of_facts in self._rows("SELECT id, digest FROM document ORDER BY id"):
            digest.update(f"{id} {of_facts}\n".encode())
        return digest.hexdigest()[:32]

    def check(self) -> None:
        """Read the whole file. Raises AtlasError if any part of it is damaged."""
        verdict = [row[0] for row in self._rows("PRAGMA integrity_check")]
        if verdict != ["ok"]:
            raise AtlasError(f"{self.path}: {WAYS_OUT['SQLITE_CORRUPT']} ({verdict[0]})")

    # Inside

    def _write(self, document: Document, facts: Iterable[Fact]) -> str:
        row = document_row(document)
        total = row_hash(row)
        for fact in facts:
            fact_row: EntityRow | RelationRow
            if isinstance(fact, Entity):
                vocabulary().check_type(fact.type)
                fact_row = entity_row(fact, document)
                self._insert(INSERT_ENTITY, fact_row)
            else:
                vocabulary().check_relation(fact.type)
                fact_row = relation_row(fact, document)
                self._insert(INSERT_RELATION, fact_row)
            total += row_hash(fact_row)
        for id, source, target in self._rows(LOOSE_ENDS, document.id):
            raise InvalidValue(
                f"relation {id!r} of {document.id!r} joins {source!r} and {target!r}, "
                f"of which the document has not both as entities"
            )
        digest = f"{total % 2**128:032x}"
        self._insert(INSERT_DOCUMENT, (*row[:-1], digest, row[-1]))
        return digest

    def _insert(self, statement: str, row: tuple[str, ...]) -> None:
        try:
            self._connection.execute(statement, row)
        except sqlite3.IntegrityError as error:
            raise InvalidValue(
                f"two facts of {row[0]!r} have the id {row[1]!r}: give each its own"
            ) from error
        except UnicodeEncodeError as error:
            raise InvalidValue(f"{row[:2]!r} holds half a character (U+D800 to U+DFFF)") from error

    def _write_through(self, mode: str) -> None:
        """Bring the log to the disk for good. Another process at work is no error: it does the same."""
        with _errors_of(self.path):
            try:
                self._connection.execute(f"PRAGMA wal_checkpoint({mode})")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise

    def _remove_facts(self, document: str) -> None:
        self._connection.execute("DELETE FROM entity WHERE document = ?", (document,))
        self._connection.execute("DELETE FROM relation WHERE document = ?", (document,))

    def _drop_unless_needed(self, document: str) -> None:
        if self._one("SELECT uri FROM source WHERE document = ?", document) is None:
            self._remove_facts(document)
            self._connection.execute("DELETE FROM document WHERE id = ?", (document,))

    def _one(self, query: str, value: str) -> str | None:
        row = self._connection.execute(query, (value,)).fetchone()
        return None if row is None else str(row[0])

    def _rows(self, query: str, *values: str) -> Iterator[Any]:
        with _errors_of(self.path):
            yield from self._connection.execute(query, values)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with _errors_of(self.path):
            self._connection.execute(begin)
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _no_such(self, name: str) -> str:
        known = [
            row[0] for row in self._rows("SELECT id FROM document UNION SELECT uri FROM source ORDER BY 1")
        ]
        near = get_close_matches(name, known, n=3)
        way_out = (
            f"did you mean {' or '.join(map(repr, near))}?"
            if near
            else "`innograph status --documents` lists them"
        )
        return f"no document or source {name!r} in this atlas: {way_out}"


def _of(query: str, document: str | None) -> tuple[str, ...]:
    if document is None:
        return (query + " ORDER BY document, id",)
    return (query + " WHERE document = ? ORDER BY id", document)


@contextmanager
def _errors_of(path: Path) -> Iterator[None]:
    """Turn the database's errors into one that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        for known, way_out in WAYS_OUT.items():
            if name.startswith(known):
                raise AtlasError(f"{path}: {way_out}") from error
        raise AtlasError(f"{path}: {error}: check the file with `innograph check`") from error
