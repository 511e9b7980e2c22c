"""Every error that innograph raises on purpose; shown to a user as one line, without a traceback.

GraphError            the base: catch it to catch them all
├── InvalidValue      a value breaks a rule of the model: fix the value
├── SourceError       a file, folder or page cannot be read (has .source)
│   └── RowError      one row of a table is unusable: fix it or skip it (has .source and .line)
├── CorrectionError   an entry of corrections.yaml cannot be understood
├── AtlasError        the atlas folder is missing, locked, too new or damaged
├── QueryError        a query is not allowed, not understood, or ran over its limit
└── NotFound          no such node, document or question: check the name
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class GraphError(Exception):
    """Base of every error raised on purpose."""


class InvalidValue(GraphError):
    """A value breaks a rule of the model."""


class SourceError(GraphError):
    """A source cannot be read; the message says where, what and what to do next."""

    def __init__(self, problem: str, *, source: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.problem, self.source = problem, source

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword arguments do not survive the way back from a worker process.
        return _rebuild_source_error, (self.problem, self.source)


class RowError(SourceError):
    """One row of a table is unusable. `line` counts from 1 and includes the header."""

    def __init__(self, problem: str, *, source: str, line: int) -> None:
        super().__init__(problem, source=f"{source}:{line}")
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_row_error, (self.problem, self.source.rsplit(":", 1)[0], self.line)


class CorrectionError(GraphError):
    """An entry of corrections.yaml cannot be understood."""


class AtlasError(GraphError):
    """The atlas folder is missing, locked, too new or damaged."""


class QueryError(GraphError):
    """A query is not allowed, not understood, or ran over its limit."""


class NotFound(GraphError):
    """No such node, document or question."""


def unknown(what: str, value: str, allowed: Iterable[str], *, hint: str = "") -> str:
    """Say that `value` is no known `what`, with the nearest allowed word or the whole list."""
    choices = sorted(allowed)
    near = get_close_matches(value, choices, n=1)
    way_out = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(choices)}."
    return f"unknown {what} {value!r}: {way_out}{' ' + hint if hint else ''}"


def _rebuild_source_error(problem: str, source: str) -> SourceError:
    return SourceError(problem, source=source)


def _rebuild_row_error(problem: str, source: str, line: int) -> RowError:
    return RowError(problem, source=source, line=line)
