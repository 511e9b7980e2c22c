"""The graph of one document alone: which ids its nodes get, and that edges hang on the right ones."""

from __future__ import annotations

import time

from graph_facts import document, entity, relation

from graph.single import single
from ontology.model import Fact


def test_ids_are_unique_also_where_a_name_ends_with_a_number() -> None:
    for names, ids in [
        (["X", "X", "X 2"], ["x", "x-2", "x-2-2"]),
        (["X 2", "X", "X"], ["x-2", "x", "x-3"]),
        (["X", "X 2", "X", "X", "X 2"], ["x", "x-2", "x-3", "x-4", "x-2-2"]),
    ]:
        entities = [entity("a", "Company", name, id=f"e{n}") for n, name in enumerate(names)]
        city = entity("a", "City", "Bochum")
        links = [relation(one, "locatedIn", city, role=one.id) for one in entities]
        graph = single(document("a"), [*entities, city, *links])
        assert {edge.role: edge.source for edge in graph.edges} == {
            one.id: f"organisation/{id}" for one, id in zip(entities, ids, strict=True)
        }
        assert len({node.id for node in graph.nodes}) == len(names) + 1


def test_numbers_take_no_longer_the_more_there_are() -> None:
    facts: list[Fact] = [entity("a", "City", "X", id=f"e{n}") for n in range(20_000)]
    begin = time.process_time()
    single(document("a"), facts)
    assert time.process_time() - begin < 5, "each name is numbered on from the last, not from 2"
