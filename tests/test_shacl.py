"""Graphs are checked against the shapes, and each violation is one readable line."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from ontology_fixtures import CELL, CITY, GRAPH, LEADS, PLANS, with_edge

from ontology.errors import GraphError
from ontology.model import Graph
from ontology.shacl import violations

CLAIM = "claim/person/mira-testmann|affiliatedWith|organisation/probefirma"


@pytest.mark.parametrize("graph", [GRAPH, Graph(documents=(), nodes=(), edges=())], ids=["example", "empty"])
def test_a_good_graph_has_no_violations(graph: Graph) -> None:
    assert violations(graph) == []


@pytest.mark.parametrize(
    ("broken", "lines"),
    [
        (
            with_edge(replace(LEADS, source=CITY.id)),
            [
                "id/place/東京: affiliatedWith starts at Person",
                "ino:affiliatedWith: affiliatedWith starts at Person, found 'id/place/東京'",
            ],
        ),
        (
            with_edge(replace(PLANS, target="place/nowhere")),
            ["ino:cooperatesWith: cooperatesWith ends at Organisation or Place, found 'id/place/nowhere'"],
        ),
        (
            with_edge(replace(LEADS, type="likes")),
            [f"{CLAIM}: rdf:predicate is none of the allowed values, found 'ino:likes'"],
        ),
        (
            with_edge(replace(LEADS, amount="viel Geld", evidence=())),
            [
                f"{CLAIM}: ino:amount has the wrong form, found 'viel Geld'",
                f"{CLAIM}: ino:evidence is missing",
            ],
        ),
        (
            with_edge(replace(LEADS, evidence=(replace(CELL, quote=""),))),
            [f"{CLAIM}/evidence/1: ino:quote is empty"],
        ),
    ],
)
def test_each_violation_names_the_thing_its_property_and_what_was_found(
    broken: Graph, lines: list[str]
) -> None:
    assert violations(broken) == lines


def test_without_pyshacl_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(GraphError) as caught:
        violations(GRAPH)
    assert str(caught.value) == (
        "pyshacl, which checks the shapes, is not installed: run pip install 'innograph[validate]'"
    )
