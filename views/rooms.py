"""Which room of the picture a node stands in: its region or country, topics, or elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ontology.model import Graph, Modality

PLACES = ("Region", "Country", "City", "Place")
MOST_ROOMS = 8  # more places than this, and none can be told from the others
LEAST_MEMBERS = 3
ROUNDS = 4  # how far membership travels along relations
# What a relation says about being of one place: how far the target's home counts for the source, and then the
# source's for the target. Who signs, organises or takes part abroad does not live there; an agreement, a
# programme or a delegation belongs to its members.
PULL = {
    "locatedIn": (40, 0),
    "affiliatedWith": (8, 1),
    "partOf": (8, 4),
    "coordinates": (0, 3),
    "organises": (0, 3),
    "connects": (1, 0),
    "basedOn": (1, 1),
    "participatesIn": (0, 1),
    "signed": (0, 1),
    "partyTo": (0, 1),
    "funds": (0, 1),
}


class RoomKind(StrEnum):
    PLACE = "place"
    TOPICS = "topics"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Room:
    """Nodes that are drawn together. `place` is the Node.id of their region, "" for the other kinds."""

    kind: RoomKind
    place: str
    name: str
    members: tuple[str, ...]  # Node.id, sorted


def rooms(graph: Graph) -> tuple[Room, ...]:
    """Every node in exactly one room: places with the most members first, then elsewhere, then topics."""
    place_of = places(graph)
    names = {node.id: node.name for node in graph.nodes}
    sizes = Counter(place_of.values())
    kept = [p for p in _ranked(sizes) if sizes[p] >= LEAST_MEMBERS][:MOST_ROOMS]
    members: dict[str, list[str]] = defaultdict(list)
    topics, others = [], []
    for node in sorted(graph.nodes, key=lambda n: n.id):
        if node.type == "Topic":
            topics.append(node.id)
        elif (place := place_of.get(node.id, "")) in kept:
            members[place].append(node.id)
        else:
            others.append(node.id)
    made = [Room(RoomKind.PLACE, place, names[place], tuple(members[place])) for place in kept]
    made.append(Room(RoomKind.ELSEWHERE, "", "", tuple(others)))
    made.append(Room(RoomKind.TOPICS, "", "", tuple(topics)))
    return tuple(room for room in made if room.members)


def places(graph: Graph) -> dict[str, str]:
    """The place (Node.id) of each node that has one; a region that few name is counted with its country."""
    above = _above(graph)
    homes = _homes(graph, above)
    sizes = Counter(homes.values())
    large = [p for p in _ranked(sizes) if sizes[p] >= LEAST_MEMBERS]
    # A small place goes to a large one above it, or else to a large one that lies in it.
    below = {place: low for low in reversed(large) for place in _climb(low, above)[1:]}
    whole = {p: next((a for a in _climb(p, above) if a in large), below.get(p, p)) for p in sizes}
    return {node: whole[home] for node, home in homes.items()}


def _ranked(sizes: Mapping[str, int]) -> list[str]:
    return sorted(sizes, key=lambda place: (-sizes[place], place))


def _homes(graph: Graph, above: Mapping[str, set[str]]) -> dict[str, str]:
    """The home place of each node that has one: of places by `locatedIn`, of others by their relations."""
    homes = _homes_of_places(graph, above)
    types = {node.id: node.type for node in graph.nodes}
    ties: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for edge in graph.edges:
        if edge.modality is not Modality.NEGATED:
            on_source, on_target = PULL.get(edge.type, (0, 0))
            ties[edge.source].append((edge.target, on_source))
            ties[edge.target].append((edge.source, on_target))
    open_nodes = sorted(id_ for id_, type_ in types.items() if type_ not in (*PLACES, "Topic"))
    for _ in range(ROUNDS):
        homes |= {id_: home for id_ in open_nodes if (home := _vote(ties[id_], homes))}
    return homes


def _vote(ties: list[tuple[str, int]], homes: Mapping[str, str]) -> str:
    votes: Counter[str] = Counter()
    for other, pull in ties:
        if pull and other in homes:
            votes[homes[other]] += pull
    return min(votes, key=lambda home: (-votes[home], home), default="")


def _above(graph: Graph) -> dict[str, set[str]]:
    """The places in which a place lies, as the sources say."""
    places = {node.id for node in graph.nodes if node.type in PLACES}
    above: dict[str, set[str]] = defaultdict(set)
    for edge in graph.edges:
        if edge.type in ("locatedIn", "partOf") and edge.source in places and edge.target in places:
            above[edge.source].add(edge.target)
    return above


def _homes_of_places(graph: Graph, above: Mapping[str, set[str]]) -> dict[str, str]:
    """A region or country is its own home; a city's home is the nearest region above it, else its country."""
    types = {node.id: node.type for node in graph.nodes if node.type in PLACES}
    sizes = Counter(parent for parents in above.values() for parent in parents)
    homes = {}
    for place, type_ in sorted(types.items()):
        chain = [place] if type_ in ("Region", "Country") else _climb(place, above)
        rank = {"Region": 0, "Country": 1, "Place": 2, "City": 2}
        homes[place] = min(chain, key=lambda p: (rank[types[p]], -sizes[p], p))
    return homes


def _climb(place: str, above: Mapping[str, set[str]]) -> list[str]:
    """The place and all places above it, nearest first."""
    chain, seen = [place], {place}
    for step in chain:  # grows while it is read
        found = sorted(above.get(step, set()) - seen)
        chain.extend(found)
        seen.update(found)
    return chain
