"""What a reader should see first: the best-connected nodes, and what joins two places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from ontology.errors import InvalidValue
from ontology.model import Edge, Graph, Modality
from views.layout import degree

JOINING = ("Agreement", "Programme", "Delegation", "Project", "Event")  # in this order on a card


@dataclass(frozen=True, slots=True)
class Bridge:
    """What joins two places; all values are ids, sorted."""

    places: tuple[str, str]
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


def crosses(edge: Edge, place_of: Mapping[str, str]) -> bool:
    """Whether the edge joins two different places; nodes without a place join none."""
    source, target = place_of.get(edge.source), place_of.get(edge.target)
    return source is not None and target is not None and source != target


def bridges(graph: Graph, place_of: Mapping[str, str]) -> list[Bridge]:
    """One bridge for each pair of places that relations join: cities last, then by strength."""
    types = {node.id: node.type for node in graph.nodes}
    crossing: dict[tuple[str, str], set[str]] = defaultdict(set)
    joints: dict[tuple[str, str], set[str]] = defaultdict(set)
    ties: dict[str, list[Edge]] = defaultdict(list)  # of each agreement, programme, ... with nodes of a place
    for edge in graph.edges:
        if edge.modality is Modality.NEGATED:
            continue
        if crosses(edge, place_of):
            crossing[_pair(place_of[edge.source], place_of[edge.target])].add(edge.id)
        for end in (edge.source, edge.target):
            if types[end] in JOINING and _other(edge, end) in place_of:
                ties[end].append(edge)
    for id_, found in ties.items():
        touched = {place_of[_other(edge, id_)] for edge in found}
        for pair in combinations(sorted(touched), 2):
            joints[pair].add(id_)
            crossing[pair].update(edge.id for edge in found if place_of[_other(edge, id_)] in pair)
    made = [Bridge(pair, tuple(sorted(ids)), _ordered(joints[pair], types)) for pair, ids in crossing.items()]
    cities = {bridge.places: sum(types[place] == "City" for place in bridge.places) for bridge in made}
    return sorted(made, key=lambda b: (cities[b.places], -len(b.edges), -len(b.nodes), b.places))


def _ordered(ids: Iterable[str], types: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(ids, key=lambda id_: (JOINING.index(types[id_]), id_)))


def _pair(one: str, two: str) -> tuple[str, str]:
    return (one, two) if one < two else (two, one)


def _other(edge: Edge, end: str) -> str:
    return edge.target if edge.source == end else edge.source
