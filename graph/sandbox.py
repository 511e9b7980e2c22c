"""Strangers' queries run in a child process with limits: an engine cannot be interrupted, a child can.

The child opens the store for reading, answers one query and ends. It gets no network where the system lets an
ordinary user give it up; the guard refuses SERVICE and LOAD CSV in any case.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.stores import Fields, Rows, Store, Value
from ontology.errors import AtlasError, QueryError

START_SECONDS = 20.0  # for starting Python and opening the store; not part of the query's time
CHILD = "from graph.sandbox_child import main; main()"
OUT_OF_MEMORY = 86  # exit code of a child that met its memory limit in Python code


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one query may use."""

    seconds: float = 30.0  # wall time of the query itself
    rows: int = 10_000  # an answer is cut here, and says so
    memory_mb: int = 2_048  # beyond what the opened store takes; not enforced on Windows and macOS


def run(
    store: Store, text: str, parameters: Mapping[str, Value] | None = None, *, limits: Limits | None = None
) -> Rows:
    """Answer a stranger's query from the store, in a process of its own.

    Raises:
        QueryError: the query is not understood, not allowed, or over a limit (it says which).
        AtlasError: the store cannot be read.
    """
    limits = limits or Limits()
    request = {
        "language": store.language,
        "folder": str(store.folder.resolve()),
        "text": text,
        "parameters": {name: encode(value) for name, value in (parameters or {}).items()},
        "rows": limits.rows,
        "memory_mb": limits.memory_mb,
    }
    with subprocess.Popen(  # noqa: S603 (our own interpreter and code; the query goes through a pipe)
        [sys.executable, "-c", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    ) as child:
        try:
            return _talk(child, json.dumps(request), limits)
        finally:
            child.kill()


def _talk(child: subprocess.Popen[bytes], request: str, limits: Limits) -> Rows:
    from threading import Timer

    assert child.stdin is not None and child.stdout is not None  # noqa: S101 (both are pipes)
    start = Timer(START_SECONDS, child.kill)
    start.start()
    try:
        child.stdin.write(request.encode() + b"\n")
        child.stdin.close()
        ready = child.stdout.readline()
    except BrokenPipeError:
        ready = b""
    finally:
        start.cancel()
    if ready != b"ready\n":
        return _failure(ready, child, limits)
    clock = _Clock(child, limits.seconds)
    try:
        answer = child.stdout.read()
    finally:
        clock.cancel()
    if clock.rang:
        raise QueryError(
            f"the query took longer than {limits.seconds:g} seconds and was stopped: ask for less, begin at "
            f"a named node, or allow more time"
        )
    return _failure(answer, child, limits) if not answer.startswith(b'{"columns"') else decode_rows(answer)


class _Clock:
    """Kills the child when its time is over, and remembers that it did."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        from threading import Timer

        self.rang, self._child = False, child
        self._timer = Timer(seconds, self._ring)
        self._timer.start()

    def _ring(self) -> None:
        self.rang = True
        self._child.kill()

    def cancel(self) -> None:
        self._timer.cancel()


def _failure(answer: bytes, child: subprocess.Popen[bytes], limits: Limits) -> Rows:
    """Raise what the child said, or what its end tells."""
    if answer.startswith(b"{"):
        said = json.loads(answer)
        raise (AtlasError if said["kind"] == "AtlasError" else QueryError)(said["error"])
    code = child.wait(timeout=START_SECONDS)
    if code == OUT_OF_MEMORY or code < 0:
        raise QueryError(
            f"the query needed more than {limits.memory_mb} MB of memory and was stopped: ask for less, or "
            f"allow more memory"
        )
    raise QueryError(f"the query ended without an answer (exit code {code}): run `innograph check`")


def _environment() -> dict[str, str]:
    """The child finds the same modules; nothing else of the environment is its business."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}


# Values on their way through the pipe: maps are tagged, so that a list of pairs stays a list.


def encode(value: Value) -> object:
    if isinstance(value, Fields):
        return {"fields": [[key, encode(item)] for key, item in value.pairs]}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value


def decode(raw: object) -> Value:
    if isinstance(raw, dict):
        return Fields(tuple((str(key), decode(item)) for key, item in raw["fields"]))
    if isinstance(raw, list):
        return tuple(decode(item) for item in raw)
    assert raw is None or isinstance(raw, str | int | float)  # noqa: S101 (JSON has nothing else)
    return raw


def encode_rows(rows: Rows) -> str:
    cells = [[encode(value) for value in row] for row in rows.rows]
    return json.dumps({"columns": rows.columns, "rows": cells, "more": rows.more})


def decode_rows(text: bytes) -> Rows:
    raw = json.loads(text)
    rows = tuple(tuple(decode(value) for value in row) for row in raw["rows"])
    return Rows(columns=tuple(raw["columns"]), rows=rows, more=bool(raw["more"]))


def store_for(language: str, folder: Path) -> Store:
    """The store of that language in that folder."""
    if language == "cypher":
        from graph.kglite_store import KGLiteStore

        return KGLiteStore(folder)
    from graph.oxigraph_store import OxigraphStore

    return OxigraphStore(folder)
