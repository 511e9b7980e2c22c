"""The data of the workbench page: what Python hands to the script, as one JSON tree without any markup."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass

from ontology.model import Edge, Evidence, Graph, Modality, Node
from ontology.vocabulary import vocabulary
from views.findings import bridges, crosses, hubs
from views.layout import Layout, Spot, degree, layout
from views.node_link import Json, edge_order
from views.rooms import RoomKind, places
from views.text import web_link, writable
from views.words import Language, words

UNSURE = 0.7  # below this confidence a line is dashed
HUBS, BRIDGES = 6, 6  # how many the first panel shows


@dataclass(frozen=True, slots=True)
class PageData:
    """`nodes` and `edges` go through pyvis, `page` stands beside them; ids are numbers from 0."""

    nodes: list[Json]
    edges: list[Json]
    page: dict[str, Json]


def page_data(graph: Graph, *, language: Language, left_out: int) -> PageData:
    """Everything that the page shows. Text is as the sources wrote it: the page never reads it as markup."""
    plan, place_of = layout(graph), places(graph)
    nodes = sorted(graph.nodes, key=lambda n: n.id)
    edges = sorted(graph.edges, key=edge_order)
    documents = {document.id: i for i, document in enumerate(sorted(graph.documents, key=lambda d: d.id))}
    number = {node.id: i for i, node in enumerate(nodes)}
    degrees = degree(graph)
    page: dict[str, Json] = {
        "language": language,
        "left_out": left_out,
        "words": {"de": {**words("de")}, "en": {**words("en")}},
        "documents": _documents(graph),
        "rooms": _rooms(plan),
        "classes": _classes({node.type for node in nodes}),
        "relations": _relations({edge.type for edge in edges}),
        "modalities": [m.value for m in Modality if any(edge.modality is m for edge in edges)],
        "hubs": [number[id_] for id_ in hubs(graph, HUBS)],
        "bridges": _bridges(graph, place_of, number, {edge.id: i for i, edge in enumerate(edges)}),
    }
    spots = {spot.node: spot for spot in plan.spots}
    return PageData(
        [
            _node(i, node, spots[node.id], degrees[node.id], number.get(place_of.get(node.id, ""), -1))
            for i, node in enumerate(nodes)
        ],
        [_edge(i, e, number, documents, crosses(e, place_of)) for i, e in enumerate(edges)],
        page,
    )


def _node(number: int, node: Node, spot: Spot, ties: int, place: int) -> Json:
    return {
        "id": number,
        "key": writable(node.id),
        "type": node.type,
        "name": writable(node.name),
        "aliases": [writable(alias.text) for alias in node.aliases],
        "identifiers": [writable(f"{i.scheme}: {i.value}") for i in node.identifiers],
        "attributes": [[writable(name), writable(value)] for name, value in node.attributes],
        "lines": [writable(line) for line in spot.lines],
        "x": spot.x,
        "y": spot.y,
        "radius": spot.radius,
        "room": spot.room,
        "ties": ties,
        "place": place,
    }


def _edge(number: int, edge: Edge, nodes: dict[str, int], documents: dict[str, int], bridge: bool) -> Json:
    return {
        "id": number,
        "from": nodes[edge.source],
        "to": nodes[edge.target],
        "type": edge.type,
        "role": writable(edge.role),
        "modality": edge.modality.value,
        "amount": writable(edge.amount),
        "valid_from": edge.valid_from,
        "valid_to": edge.valid_to,
        "confidence": round(edge.confidence, 3),
        "bridge": bridge,
        "dashed": edge.confidence < UNSURE or edge.modality in (Modality.INTENDED, Modality.NEGATED),
        "evidence": [_evidence(e, documents) for e in edge.evidence],
    }


def _evidence(evidence: Evidence, documents: dict[str, int]) -> Json:
    return {
        "document": documents.get(evidence.document, -1),
        "quote": writable(evidence.quote),
        "line": evidence.line,
        "column": writable(evidence.column),
        "confidence": round(evidence.confidence, 3),
    }


def _documents(graph: Graph) -> list[Json]:
    return [
        {
            "title": writable(d.title or d.id),
            "publisher": writable(d.publisher),
            "published": d.published,
            "url": writable(web_link(d.url)),
        }
        for d in sorted(graph.documents, key=lambda d: d.id)
    ]


def _rooms(plan: Layout) -> list[Json]:
    return [
        {
            "kind": room.kind.value,
            "name": writable(room.name),
            "place": room.kind is RoomKind.PLACE,
            **{side: round(value) for side, value in asdict(box).items()},
        }
        for room, box in zip(plan.rooms, plan.boxes, strict=True)
    ]


def _classes(types: set[str]) -> dict[str, Json]:
    known = vocabulary().classes
    # The legend keeps kinds of one family together: the Turtle gives a family one colour.
    ranked = sorted(types, key=lambda t: (known[t].colour, t))
    return {
        t: {
            "de": known[t].label_de,
            "en": known[t].label_en,
            "colour": known[t].colour,
            "shape": known[t].shape,
            "rank": rank,
        }
        for rank, t in enumerate(ranked)
    }


def _relations(types: set[str]) -> dict[str, Json]:
    known = vocabulary().relations
    return {
        t: {
            "de": known[t].label_de,
            "en": known[t].label_en,
            "inverse_de": known[t].inverse_label_de,
            "inverse_en": known[t].inverse_label_en,
        }
        for t in sorted(types)
    }


def _bridges(
    graph: Graph, place_of: dict[str, str], nodes: dict[str, int], edges: dict[str, int]
) -> list[Json]:
    sizes = Counter(place_of.values())  # the larger place stands first in the title
    return [
        {
            "places": [nodes[place] for place in sorted(bridge.places, key=lambda p: (-sizes[p], p))],
            "edges": [edges[id_] for id_ in bridge.edges],
            "nodes": [nodes[id_] for id_ in bridge.nodes],
        }
        for bridge in bridges(graph, place_of)[:BRIDGES]
    ]
