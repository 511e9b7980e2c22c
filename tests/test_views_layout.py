"""The picture: everything has a place of its own, near where it belongs."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from views_fixtures import sample_graph

from ontology.errors import InvalidValue
from ontology.model import Edge, Evidence, Graph, Modality, Node
from views.findings import bridges, hubs, strongest
from views.labels import LINES, WORD, label_lines
from views.layout import layout
from views.rooms import RoomKind, places, rooms
from views.slots import Seating, settle

FOUND = (Evidence(document="d", quote="q", start=0, end=1),)


def crowd(count: int) -> Graph:
    """`count` companies; the first is tied to all others."""
    nodes = tuple(Node(id=f"company/{i:04}", type="Company", name=f"Beispielwerk {i}") for i in range(count))
    edges = tuple(
        Edge(id=f"{i:04}", source=nodes[0].id, type="cooperatesWith", target=node.id, evidence=FOUND)
        for i, node in enumerate(nodes[1:])
    )
    return Graph(documents=(), nodes=nodes, edges=edges)


def room_of(graph: Graph, name: str) -> str:
    id_ = next(node.id for node in graph.nodes if node.name == name)
    return next(room.name or room.kind.value for room in rooms(graph) if id_ in room.members)


@pytest.mark.parametrize("graph", [sample_graph(), crowd(300)], ids=["sample", "crowd"])
def test_no_two_symbols_overlap(graph: Graph) -> None:
    for a, b in combinations(layout(graph).spots, 2):
        assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 > (1.25 * (a.radius + b.radius)) ** 2


def test_settling_makes_lines_short_and_keeps_everyone_in_the_room() -> None:
    slots = [(100.0 * (i % 5), 100.0 * (i // 5)) for i in range(20)]
    links = [(i, 19 - i) for i in range(10)]  # the farthest neighbours belong together
    seating = Seating(slots, [list(range(10)), list(range(10, 20))], list(range(20)), links)
    before = seating.cost(range(20), careful=False)
    settle(seating)
    assert seating.cost(range(20), careful=False) < before / 1.3
    assert set(seating.seats[:10]) == set(range(10))


def test_every_node_stands_inside_its_room() -> None:
    plan = layout(sample_graph())
    assert len(plan.spots) == len(sample_graph().nodes)
    for spot in plan.spots:
        box = plan.boxes[spot.room]
        assert spot.node in plan.rooms[spot.room].members
        assert box.left < spot.x - spot.radius and spot.x + spot.radius < box.left + box.width
        assert box.top < spot.y - spot.radius and spot.y + spot.radius < box.top + box.height


def test_no_two_rooms_overlap() -> None:
    for a, b in combinations(layout(sample_graph()).boxes, 2):
        beside = a.left + a.width <= b.left or b.left + b.width <= a.left
        assert beside or a.top + a.height <= b.top or b.top + b.height <= a.top


def test_the_layout_does_not_depend_on_the_order_of_edges() -> None:
    graph = sample_graph()
    assert layout(replace(graph, edges=graph.edges[::-1])) == layout(graph)


def test_a_person_stands_where_the_body_has_its_seat() -> None:
    assert room_of(sample_graph(), "Anke Beispiel") == "Metropole Ruhr"


def test_taking_part_abroad_moves_nobody() -> None:
    assert room_of(sample_graph(), "Universitätsmedizin Essen") == "Metropole Ruhr"
    assert room_of(sample_graph(), "Noa Levin-Probe") == RoomKind.ELSEWHERE


def test_topics_have_a_room_of_their_own() -> None:
    assert room_of(sample_graph(), "Wasserstoff") == RoomKind.TOPICS


def test_a_country_that_few_name_shares_the_room_of_its_region() -> None:
    assert room_of(sample_graph(), "Israel") == "Haifa District"


def test_a_denied_seat_is_no_seat() -> None:
    nodes = (Node(id="c", type="Company", name="C"), Node(id="r", type="Region", name="R"))
    edge = Edge(id="e", source="c", type="locatedIn", target="r", evidence=FOUND, modality=Modality.NEGATED)
    assert places(Graph(documents=(), nodes=nodes, edges=(edge,))) == {"r": "r"}


def test_bridges_name_the_agreements_that_join_two_places() -> None:
    graph = sample_graph()
    first = bridges(graph, places(graph))[0]
    assert first.places == ("region/haifa-district", "region/metropole-ruhr")
    assert first.nodes[:2] == (
        "agreement/gemeinsame-erklaerung-ruhr-haifa",
        "programme/innovation-bridge-israel",
    )


def test_the_strongest_nodes_keep_the_relations_among_them() -> None:
    cut = strongest(crowd(30), 10)
    assert (len(cut.graph.nodes), len(cut.graph.edges), cut.left_out) == (10, 9, 20)
    assert hubs(cut.graph, 1) == ["company/0000"]


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(InvalidValue, match="limit 0: write a number of nodes from 1"):
        strongest(crowd(3), 0)


@pytest.mark.parametrize(
    "name",
    [
        "Zentrum für BrennstoffzellenTechnik GmbH",
        "Donaudampfschifffahrtsgesellschaft",
        "x" * 200,
        "-",
        "東京",
    ],
)
def test_a_label_is_short_and_says_the_name_as_far_as_it_goes(name: str) -> None:
    lines = label_lines(name)
    assert 1 <= len(lines) <= LINES
    assert all(0 < len(line) <= WORD for line in lines)
    assert lines[0][0] == name[0]
