"""CSV tables for spreadsheets: nodes.csv and edges.csv.

Both are UTF-8 with a byte order mark, since Excel reads umlauts only with it, and have RFC 4180 line ends.
A cell that begins like a formula (= + - @, tab, line break) has an apostrophe before it, so that text
from a web page cannot become a formula; the apostrophe also comes before harmless text such as "-1+1", and
`read_table` takes it off again. Lists are joined by " | ".
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from ontology.model import Edge, Graph, Node
from views.node_link import attribute_values, edge_order
from views.text import guard, unguard

JOINT = " | "
NODE_COLUMNS = ("id", "type", "name", "aliases", "identifiers", "attributes", "documents")
EDGE_COLUMNS = (
    *("id", "source", "source_name", "type", "target", "target_name", "role", "modality"),
    *("amount", "valid_from", "valid_to", "confidence", "quotes", "documents"),
)


def nodes_csv(graph: Graph) -> bytes:
    """One row a node, sorted by id, with the columns NODE_COLUMNS."""
    return _csv(NODE_COLUMNS, (_node_row(n) for n in sorted(graph.nodes, key=lambda n: n.id)))


def edges_csv(graph: Graph) -> bytes:
    """One row an edge with the names of both ends, with the columns EDGE_COLUMNS."""
    names = {node.id: node.name for node in graph.nodes}
    return _csv(EDGE_COLUMNS, (_edge_row(e, names) for e in sorted(graph.edges, key=edge_order)))


def tables_zip(graph: Graph) -> bytes:
    """A zip file with nodes.csv and edges.csv; equal graphs give equal bytes."""
    out = BytesIO()
    # Stored, not deflated: compressed bytes differ between zlib versions.
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, content in (("edges.csv", edges_csv(graph)), ("nodes.csv", nodes_csv(graph))):
            archive.writestr(ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def read_table(content: bytes) -> list[dict[str, str]]:
    """The rows of nodes.csv or edges.csv, apostrophes taken off again."""
    reader = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""))
    return [{name: unguard(cell) for name, cell in row.items()} for row in reader]


def _csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _node_row(node: Node) -> tuple[str, ...]:
    attributes = attribute_values(node.attributes)
    return (
        node.id,
        node.type,
        node.name,
        JOINT.join(alias.text for alias in node.aliases),
        JOINT.join(f"{i.scheme}:{i.value}" for i in node.identifiers),
        JOINT.join(f"{name}={value}" for name, values in attributes.items() for value in values),
        JOINT.join(node.documents),
    )


def _edge_row(edge: Edge, names: dict[str, str]) -> tuple[str, ...]:
    return (
        *(
            edge.id,
            edge.source,
            names.get(edge.source, ""),
            edge.type,
            edge.target,
            names.get(edge.target, ""),
        ),
        *(edge.role, edge.modality.value, edge.amount, edge.valid_from, edge.valid_to, str(edge.confidence)),
        JOINT.join(evidence.quote for evidence in edge.evidence),
        JOINT.join(evidence.document for evidence in edge.evidence),
    )
