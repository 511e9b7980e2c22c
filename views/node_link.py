"""The node-link JSON of a graph: one object with `nodes`, `edges` and the `documents` behind them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby

from ontology.model import Document, Edge, Evidence, Graph, Node

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

NODE_KEYS = ("id", "type", "name", "aliases", "alias_languages", "identifiers", "documents")
ESCAPE = "attribute:"  # before an attribute whose name is one of NODE_KEYS


def node_link(graph: Graph) -> str:
    """The graph as JSON text that ends with a line break; equal graphs give equal bytes.

    Attributes of a node stand beside its name; one with several values is a list. Evidence holds
    `start`/`end` (code points) for prose and `line`/`column` for records, never both.
    """
    tree: dict[str, Json] = {
        "state": graph.state,
        "documents": [_document(d) for d in sorted(graph.documents, key=lambda d: d.id)],
        "nodes": [_node(n) for n in sorted(graph.nodes, key=lambda n: n.id)],
        "edges": [_edge(e) for e in sorted(graph.edges, key=edge_order)],
    }
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def edge_order(edge: Edge) -> tuple[str, ...]:
    """The order of edges in every export: by ends and type, then by what tells parallel edges apart."""
    return edge.source, edge.type, edge.target, edge.role, edge.modality.value, edge.id


def attribute_values(attributes: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Attributes by name, each with its sorted values."""
    pairs = sorted(set(attributes))
    return {name: [value for _, value in group] for name, group in groupby(pairs, key=lambda pair: pair[0])}


def _document(document: Document) -> Json:
    fields = {
        "title": document.title,
        "publisher": document.publisher,
        "url": document.url,
        "published": document.published,
        "language": document.language,
        "kind": document.kind,
        "licence": document.licence,
    }
    return {"id": document.id, **_present(fields)}


def _node(node: Node) -> Json:
    tree: dict[str, Json] = {"id": node.id, "type": node.type, "name": node.name}
    tree["aliases"] = [alias.text for alias in node.aliases]
    if any(alias.language for alias in node.aliases):
        tree["alias_languages"] = [alias.language for alias in node.aliases]
    tree["identifiers"] = [{"scheme": i.scheme, "value": i.value} for i in node.identifiers]
    for name, values in attribute_values(node.attributes).items():
        key = ESCAPE + name if name in NODE_KEYS or name.startswith(ESCAPE) else name
        tree[key] = values[0] if len(values) == 1 else [*values]
    tree["documents"] = [*node.documents]
    return tree


def _edge(edge: Edge) -> Json:
    tree: dict[str, Json] = {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "type": edge.type,
        "role": edge.role or None,
        "modality": edge.modality.value,
    }
    times = {"amount": edge.amount, "valid_from": edge.valid_from, "valid_to": edge.valid_to}
    tree.update(_present(times))
    tree["evidence"] = [_evidence(e) for e in edge.evidence]
    tree["confidence"] = edge.confidence
    return tree


def _evidence(evidence: Evidence) -> Json:
    tree: dict[str, Json] = {"document": evidence.document}
    if evidence.line:
        tree.update({"line": evidence.line, "column": evidence.column})
    else:
        tree.update({"start": evidence.start, "end": evidence.end})
    return tree | {"quote": evidence.quote, "method": evidence.method, "confidence": evidence.confidence}


def _present(fields: Mapping[str, str]) -> dict[str, Json]:
    return {name: value for name, value in fields.items() if value}
