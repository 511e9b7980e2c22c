"""What a reader should see first: the best-connected nodes, and what joins two places."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from ontology.errors import InvalidValue
from ontology.model import Edge, Graph, Modality
from views.layout import Layout, degree
from views.rooms import RoomKind

JOINING = ("Agreement", "Programme", "Delegation", "Project", "Event")  # in this order on a card


@dataclass(frozen=True, slots=True)
class Bridge:
    """What joins two places: `rooms` are indices into Layout.rooms, the rest are sorted ids."""

    rooms: tuple[int, int]
    edges: tuple[str, ...]  # relations from the one place to the other, and those of `nodes` with either
    nodes: tuple[str, ...]  # agreements, programmes, delegations, ... with ends in both


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a graph. `left_out` counts the nodes that are missing from it."""

    graph: Graph
    left_out: int


def strongest(graph: Graph, limit: int) -> Cut:
    """The `limit` nodes with the most relations and the relations among them; equals are kept by id.

    Raises InvalidValue for a limit below 1.
    """
    if limit < 1:
        raise InvalidValue(f"limit {limit}: write a number of nodes from 1")
    degrees = degree(graph)
    ranked = sorted(graph.nodes, key=lambda n: (-degrees[n.id], n.id))
    kept = {node.id for node in ranked[:limit]}
    part = Graph(
        documents=graph.documents,
        nodes=tuple(node for node in graph.nodes if node.id in kept),
        edges=tuple(e for e in graph.edges if e.source in kept and e.target in kept),
        state=graph.state,
    )
    return Cut(part, len(graph.nodes) - len(part.nodes))


def hubs(graph: Graph, count: int) -> list[str]:
    """The ids of the best-connected nodes, topics aside, best first."""
    degrees = degree(graph)
    actors = [node for node in graph.nodes if node.type != "Topic" and degrees[node.id]]
    return [n.id for n in sorted(actors, key=lambda n: (-degrees[n.id], n.id))[:count]]


def crosses(edge: Edge, room_of: dict[str, int], layout: Layout) -> bool:
    """Whether the edge joins two different places (topics and nodes without a place do not count)."""
    ends = {room_of[edge.source], room_of[edge.target]}
    return len(ends) == 2 and all(layout.rooms[end].kind is RoomKind.PLACE for end in ends)


def bridges(graph: Graph, layout: Layout) -> list[Bridge]:
    """One bridge for each pair of places that relations join, those with most behind them first."""
    room_of = {spot.node: spot.room for spot in layout.spots}
    types = {node.id: node.type for node in graph.nodes}
    crossing: dict[tuple[int, int], list[Edge]] = defaultdict(list)
    reach: dict[str, set[int]] = defaultdict(set)  # the places that an agreement, programme, ... touches
    ties: dict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        if edge.modality is Modality.NEGATED:
            continue
        for end in (edge.source, edge.target):
            other = room_of[_other(edge, end)]
            if types[end] in JOINING and layout.rooms[other].kind is RoomKind.PLACE:
                reach[end].add(other)
                ties[end].append(edge)
        if crosses(edge, room_of, layout):
            low, high = sorted((room_of[edge.source], room_of[edge.target]))
            crossing[low, high].append(edge)
    joints: dict[tuple[int, int], list[str]] = defaultdict(list)
    for id_, touched in reach.items():
        for low, high in combinations(sorted(touched), 2):
            joints[low, high].append(id_)
            crossing[low, high].extend(e for e in ties[id_] if room_of[_other(e, id_)] in (low, high))
    found = [
        Bridge(
            pair,
            tuple(sorted({edge.id for edge in crossing[pair]})),
            tuple(sorted(joints[pair], key=lambda id_: (JOINING.index(types[id_]), id_))),
        )
        for pair in sorted(crossing)
    ]
    return sorted(found, key=lambda b: (-len(b.edges), -len(b.nodes), b.rooms))


def _other(edge: Edge, end: str) -> str:
    return edge.target if edge.source == end else edge.source
