"""The two contracts behind which the graph is asked: one for Cypher, one for SPARQL.

A store is a projection: it can be thrown away and built again from the graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ontology.model import Graph


@dataclass(frozen=True, slots=True)
class Fields:
    """A node, a relationship or a map in an answer: pairs sorted by key."""

    pairs: tuple[tuple[str, Value], ...]


# Dates are ISO 8601 text in both languages, because most are as exact as "2019-11" only.
Value = str | int | float | bool | None | Fields | tuple["Value", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """An answer. `more`: it was cut at the limit of rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    more: bool = False


class Store(Protocol):
    """What both contracts promise."""

    language: str  # "cypher" or "sparql"
    folder: Path  # where its files are, so that a child process can open it

    def build(self, graph: Graph) -> None:
        """Show exactly this graph from now on. A kill leaves the old graph or the new one, whole."""
        ...

    def state(self) -> str:
        """The `Graph.state` that it shows, or "" if it was never built."""
        ...

    def rows(
        self, text: str, parameters: Mapping[str, Value] | None = None, *, limit: int | None = None
    ) -> Rows:
        """Answer one query; `$name` in the text stands for a parameter, and `limit` cuts the rows.

        Raises QueryError if the query is not understood, lacks or does not use a parameter, or does more than
        read the graph: no query can write, read files or reach the network.
        """
        ...


class CypherStore(Store, Protocol):
    """Answers Neo4j 5 Cypher."""


class SparqlStore(Store, Protocol):
    """Answers SPARQL 1.1: SELECT, ASK (one column `answer`), CONSTRUCT and DESCRIBE (three columns)."""
