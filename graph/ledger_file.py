"""The file of the ledger before it is opened: whether it is one, whether it may be written, how it is only read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.locks import may_write
from graph.migrations import APPLICATION_ID
from ontology.errors import AtlasError

MAGIC, ID_AT = b"SQLite format 3\0", slice(68, 72)  # of every SQLite file; where its application stands


def may_write_beside(path: Path) -> bool:
    """Whether this user may write the ledger; SQLite makes files beside it, so the folder counts too."""
    return may_write(path) and may_write(path.parent)


def check_made(path: Path) -> None:
    """Raises AtlasError if no ledger was ever made in this file."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        head = b""
    except OSError as error:
        raise AtlasError(f"{path}: cannot be read ({error}): check that you may read it") from error
    if not head or (head.startswith(MAGIC) and head[ID_AT] != APPLICATION_ID.to_bytes(4)):
        raise AtlasError(
            f"{path}: the ledger is {'not this file' if head else 'missing or empty'}: restore it from a backup; "
            f"if there is none, load the sources again into a new atlas (`innograph init`)"
        )


def for_reading(path: Path) -> sqlite3.Connection:
    """A connection that reads only, also while another process writes.

    Where SQLite cannot make its log beside the ledger, the file is read as it stands: nothing in it may then change
    meanwhile. Raises sqlite3.Error.
    """
    try:
        return _connect(path, "mode=ro")
    except sqlite3.OperationalError:
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:  # without it the last documents would be missing
            raise
        return _connect(path, "mode=ro&immutable=1")


def _connect(path: Path, options: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{options}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    with closed_on_error(connection):
        connection.execute("SELECT count(*) FROM sqlite_schema")  # the file is opened by the first query only
    return connection


@contextmanager
def closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    """Close the connection if the block fails."""
    try:
        yield
    except BaseException:
        connection.close()
        raise
