"""The graph as a networkx graph, for analytics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.model import Edge, Graph, Node
from views.node_link import attribute_values, edge_order

if TYPE_CHECKING:
    import networkx as nx

Value = str | float | list[str]


def to_networkx(graph: Graph) -> nx.MultiDiGraph[str]:
    """A directed multigraph: node key `Node.id`, edge key `Edge.id`, so parallel edges stay apart.

    Nodes carry `type`, `name`, the lists `aliases`, `identifiers` ("scheme:value") and `documents`, and
    their attributes. Edges carry `type`, `role`, `modality`, `amount`, `valid_from`, `valid_to`,
    `confidence` and the parallel lists `quotes` and `documents`.
    """
    import networkx as nx

    result: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in sorted(graph.nodes, key=lambda n: n.id):
        result.add_node(node.id, **_node_values(node))
    for edge in sorted(graph.edges, key=edge_order):
        result.add_edge(edge.source, edge.target, key=edge.id, **_edge_values(edge))
    return result


def _node_values(node: Node) -> dict[str, Value]:
    own: dict[str, Value] = {
        "type": node.type,
        "name": node.name,
        "aliases": [alias.text for alias in node.aliases],
        "identifiers": [f"{i.scheme}:{i.value}" for i in node.identifiers],
        "documents": [*node.documents],
    }
    given = attribute_values(node.attributes).items()
    extra: dict[str, Value] = {name: values[0] if len(values) == 1 else values for name, values in given}
    # An attribute never replaces what the model itself says of a node.
    renamed = {f"attribute_{name}" if name in own else name: value for name, value in extra.items()}
    return renamed | own


def _edge_values(edge: Edge) -> dict[str, Value]:
    return {
        "type": edge.type,
        "role": edge.role,
        "modality": edge.modality.value,
        "amount": edge.amount,
        "valid_from": edge.valid_from,
        "valid_to": edge.valid_to,
        "confidence": edge.confidence,
        "quotes": [evidence.quote for evidence in edge.evidence],
        "documents": [evidence.document for evidence in edge.evidence],
    }
