"""GraphML for Gephi, yEd, Cytoscape and networkx."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from ontology.model import Graph
from views.networkx_graph import Value, to_networkx
from views.text import writable

if TYPE_CHECKING:
    import networkx as nx

JOINT = " | "  # between the items of a list: GraphML has no lists


def graphml(graph: Graph) -> bytes:
    """GraphML bytes; `networkx.read_graphml(..., force_multigraph=True)` gives the graph back.

    Lists are joined by " | ". XML cannot hold control characters: each becomes U+FFFD. Nodes and edges
    have a `label` (name, type) because Gephi and yEd show that one.
    """
    import networkx as nx

    out = BytesIO()
    nx.write_graphml(_flat(graph), out, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return out.getvalue()


def _flat(graph: Graph) -> nx.MultiDiGraph[str]:
    import networkx as nx

    rich = to_networkx(graph)
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for id_, values in rich.nodes(data=True):
        flat.add_node(writable(id_), label=writable(str(values["name"])), **_joined(values))
    for source, target, key, values in rich.edges(keys=True, data=True):
        label = writable(str(values["type"]))
        flat.add_edge(
            writable(source), writable(target), key=writable(str(key)), label=label, **_joined(values)
        )
    return flat


def _joined(values: dict[str, Value]) -> dict[str, str | float]:
    return {writable(name): _scalar(value) for name, value in sorted(values.items()) if name != "label"}


def _scalar(value: Value) -> str | float:
    if isinstance(value, list):
        return writable(JOINT.join(value))
    return writable(value) if isinstance(value, str) else value
