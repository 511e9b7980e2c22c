"""The tables of the ledger and how an older ledger becomes a newer one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ontology.errors import AtlasError

APPLICATION_ID = 0x494E4F47  # "INOG": tells a ledger from any other SQLite file

FIRST = """
CREATE TABLE document(
    id TEXT PRIMARY KEY, title TEXT NOT NULL, language TEXT NOT NULL, kind TEXT NOT NULL,
    publisher TEXT NOT NULL, url TEXT NOT NULL, published TEXT NOT NULL, licence TEXT NOT NULL,
    digest TEXT NOT NULL,  -- of the document and all its facts
    text TEXT NOT NULL     -- last, so that reading the other columns does not touch it
);
CREATE TABLE source(
    uri TEXT PRIMARY KEY, document TEXT NOT NULL, fingerprint TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX source_document ON source(document);
CREATE TABLE entity(
    document TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, language TEXT NOT NULL,
    aliases TEXT NOT NULL, identifiers TEXT NOT NULL, attributes TEXT NOT NULL, evidence TEXT NOT NULL,
    PRIMARY KEY(document, id)
) WITHOUT ROWID;
CREATE TABLE relation(
    document TEXT NOT NULL, id TEXT NOT NULL, source TEXT NOT NULL, type TEXT NOT NULL, target TEXT NOT NULL,
    role TEXT NOT NULL, modality TEXT NOT NULL, amount TEXT NOT NULL,
    valid_from TEXT NOT NULL, valid_to TEXT NOT NULL, evidence TEXT NOT NULL,
    PRIMARY KEY(document, id)
) WITHOUT ROWID;
"""

STEPS = (FIRST,)  # append only: step n brings a ledger of schema n to schema n + 1


def migrate(connection: sqlite3.Connection, path: Path, *, steps: tuple[str, ...] = STEPS) -> None:
    """Bring the ledger to the newest schema, wholly or not at all.

    Raises AtlasError if the file is another program's or of a newer innograph.
    """
    found = _version(connection, path)
    if found > len(steps):
        raise AtlasError(
            f"{path}: written by a newer innograph (schema {found}, this one knows {len(steps)}): upgrade "
            f"innograph, or load the documents into a new atlas with `innograph init`"
        )
    if found == len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have migrated while this one waited for the lock.
        for step in steps[_version(connection, path) :]:
            for statement in filter(str.strip, step.split(";\n")):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={len(steps)}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and application != APPLICATION_ID:
        raise AtlasError(f"{path}: a database of another program: name another file or folder")
    return int(version)
