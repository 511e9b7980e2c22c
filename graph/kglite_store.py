"""The property graph in KGLite: the only file that knows this engine and its surprises."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from graph.garbage import kept
from graph.guard import check_cypher
from graph.shelf import Shelf, writing
from graph.stores import Fields, Rows, Value
from ontology.errors import AtlasError, QueryError
from ontology.model import Document, Edge, Graph, Node
from ontology.schema import DOCUMENT_LABEL, MENTIONED_IN, labels, relationship_type

FILE = "graph.kgl"
BATCH = 1_000  # rows a statement; more are no faster and need more memory
TRUSTED_SECONDS = 600
OWN_FIELDS = ("title", "type")  # KGLite shows these two on each node; they are not of our graph

Props = dict[str, str | float | list[str]]
T = TypeVar("T")


class KGLiteStore:
    """See graph.stores.CypherStore."""

    language = "cypher"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._shelf = Shelf(folder)
        self._opened: tuple[Path, Any] | None = None

    def state(self) -> str:
        return self._shelf.state()

    def build(self, graph: Graph) -> None:
        import kglite

        with (
            kept(),
            writing(self.folder, kglite.FileIoError),
            self._shelf.replace(graph.state) as fresh,
            warnings.catch_warnings(),
        ):
            # Advice on columns that cannot be read in place; our graphs are read into memory.
            warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
            kglite.set_query_warning_policy("silent")
            engine = kglite.KnowledgeGraph()
            _write_nodes(engine, graph)
            _write_edges(engine, graph)
            kglite.trim_memory()  # before saving, which needs its own
            engine.save(str(fresh / FILE))
            del engine
            kglite.trim_memory()

    def rows(
        self, text: str, parameters: Mapping[str, Value] | None = None, *, limit: int | None = None
    ) -> Rows:
        import kglite

        text = check_cypher(text, parameters or {})
        values = {name: _plain(value) for name, value in (parameters or {}).items()}
        keep = None if limit is None else limit + 1
        graph = self._frozen()
        try:
            result = graph.cypher(text, params=values, row_limit=keep, timeout_ms=TRUSTED_SECONDS * 1000)
        except kglite.ReadOnlyError as error:
            raise QueryError(
                "this query would write: queries only read; load documents or correct instead"
            ) from error
        except (kglite.KgError, ValueError, TypeError) as error:
            # What follows the first line is a drawing of the place, which that line names too.
            raise QueryError(f"Cypher: {str(error).splitlines()[0]}") from error
        if isinstance(result, str):
            raise QueryError(
                "FORMAT CSV is not allowed: leave it out and choose the form of the output outside"
            )
        columns = tuple(result.columns)
        found = tuple(tuple(_value(row[column]) for column in columns) for row in result)
        return Rows(columns=columns, rows=found[:limit], more=limit is not None and len(found) > limit)

    def _frozen(self) -> Any:
        """The graph without any way to write. Only a frozen copy leaves this function."""
        import kglite

        shown = self._shelf.shown()
        if shown is None:
            raise AtlasError(
                f"{self.folder}: no graph was built here yet: run `innograph load` or `innograph status`"
            )
        if self._opened is None or self._opened[0] != shown.folder:
            kglite.set_query_warning_policy("silent")
            try:
                frozen = kglite.load(str(shown.folder / FILE)).freeze()
            except (kglite.KgError, OSError) as error:
                raise AtlasError(f"{shown.folder}: is damaged ({error}): delete {self.folder}") from error
            self._opened = shown.folder, frozen
        return self._opened[1]


def _write_nodes(engine: Any, graph: Graph) -> None:
    """The first label written owns the key, so the most specific class stands first."""
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        groups[node.type].append(node)
    for type, nodes in sorted(groups.items()):
        _create(engine, ":".join(labels(type)), map(node_props, nodes))
    _create(engine, DOCUMENT_LABEL, map(_document_props, graph.documents))


def _create(engine: Any, label: str, rows: Iterator[Props]) -> None:
    for batch in _batches(rows):
        engine.cypher(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", params={"rows": batch})


def _write_edges(engine: Any, graph: Graph) -> None:
    """By CREATE: KGLite's bulk loader drops parallel edges when a type of edge comes in two parts."""
    types = {node.id: node.type for node in graph.nodes}
    groups: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        groups[types[edge.source], edge.type, types[edge.target]].append(edge)
    for (source, type, target), edges in sorted(groups.items()):
        rows = ({"s": edge.source, "t": edge.target, "p": edge_props(edge)} for edge in edges)
        _connect(engine, source, relationship_type(type), target, rows)
    mentions: dict[str, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        mentions[node.type].append(node)
    for type, nodes in sorted(mentions.items()):
        pairs = ({"s": node.id, "t": document, "p": {}} for node in nodes for document in node.documents)
        _connect(engine, type, relationship_type(MENTIONED_IN), DOCUMENT_LABEL, pairs)


def _connect(engine: Any, source: str, type: str, target: str, rows: Iterable[Mapping[str, object]]) -> None:
    # Looked up by the label that owns the key: any other label is a walk over all nodes for each row.
    statement = (
        f"UNWIND $rows AS row MATCH (a:{source} {{id: row.s}}), (b:{target} {{id: row.t}}) "
        f"CREATE (a)-[r:{type}]->(b) SET r = row.p"
    )
    for batch in _batches(iter(rows)):
        engine.cypher(statement, params={"rows": batch})


def _batches(rows: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def node_props(node: Node) -> Props:
    """What KGLite keeps of a node; `id` is its key."""
    props: Props = {_free(key): value for key, value in node.attributes}
    props |= {
        "id": node.id,
        "name": node.name,
        "kind": node.type,
        "aliases": sorted({alias.text for alias in node.aliases}),
        "identifiers": [f"{one.scheme}:{one.value}" for one in node.identifiers],
    }
    return props


def _free(key: str) -> str:
    """An attribute may bear a name that the engine keeps for itself."""
    return key + "_" if key in OWN_FIELDS else key


def _document_props(document: Document) -> Props:
    props = {
        "id": document.id,
        "title": document.title,
        "name": document.title,
        "kind": DOCUMENT_LABEL,
        "format": document.kind,
        "language": document.language,
        "publisher": document.publisher,
        "url": document.url,
        "published": document.published,
        "licence": document.licence,
    }
    return {key: value for key, value in props.items() if value}


def edge_props(edge: Edge) -> Props:
    """What KGLite keeps of an edge beside its ends and type; empty values are left out."""
    props: Props = {
        "id": edge.id,
        "role": edge.role,
        "modality": edge.modality.value,
        "amount": edge.amount,
        "valid_from": edge.valid_from,
        "valid_to": edge.valid_to,
        "confidence": edge.confidence,
        "quotes": [piece.quote for piece in edge.evidence],
        "documents": [piece.document for piece in edge.evidence],
    }
    return {key: value for key, value in props.items() if value != ""}


def _plain(value: Value) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Fields):
        return {key: _plain(item) for key, item in value.pairs}
    return value


def _value(raw: Any) -> Value:
    if raw is None or isinstance(raw, bool | int | float | str):
        return raw
    if isinstance(raw, list | tuple):
        return tuple(_value(item) for item in raw)
    if isinstance(raw, dict):
        return _fields(raw)
    return str(raw.isoformat()) if hasattr(raw, "isoformat") else str(raw)


def _fields(raw: dict[str, Any]) -> Fields:
    """A node or relationship as its properties, the latter with its `type`; any other map as it is."""
    if raw.keys() == {"id", "labels", "properties"}:
        raw = raw["properties"]
    elif raw.keys() == {"id", "start", "end", "type", "properties"}:
        raw = raw["properties"] | {"type": raw["type"]}
        return Fields(tuple(sorted((key, _value(item)) for key, item in raw.items())))
    if "id" in raw and raw.get("type") == raw.get("kind"):  # all properties of a node
        own = ("type",) if raw.get("kind") == DOCUMENT_LABEL else OWN_FIELDS
        raw = {key: item for key, item in raw.items() if key not in own}
    return Fields(tuple(sorted((key, _value(item)) for key, item in raw.items())))
