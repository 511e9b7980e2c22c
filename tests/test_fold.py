"""From the ledger to the graph: what is joined, what is left out, and that order does not matter."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from graph_facts import document, entity, relation, visit

from graph.corrections import Corrections
from graph.fold import Folding, fold, state_of
from graph.ledger import Ledger
from graph.resolve import Doubt
from ontology.model import Edge, Evidence, Fact, Modality

NONE = Corrections(file="corrections.yaml")


def folded(path: Path, documents: dict[str, list[Fact]]) -> Folding:
    with Ledger.open(path) as ledger:
        for name, facts in documents.items():
            ledger.put(document(name), source=name, facts=facts, fingerprint="1")
        return fold(ledger, NONE)


def one_edge(folding: Folding) -> Edge:
    (edge,) = folding.graph.edges
    return edge


def test_two_documents_that_say_the_same_give_one_edge_with_two_pieces_of_evidence(tmp_path: Path) -> None:
    documents: dict[str, list[Fact]] = {}
    for home, role, confidence in (("a", "Geschäftsführerin", 0.6), ("b", "geschäftsführerin", 0.9)):
        person, company = entity(home, "Person", "Ada Muster"), entity(home, "Company", "Muster GmbH")
        link = relation(person, "affiliatedWith", company, role=role, quote=f"{home}!", confidence=confidence)
        documents[home] = [person, company, link]
    edge = one_edge(folded(tmp_path / "l", documents))
    assert [(piece.document, piece.quote) for piece in edge.evidence] == [("doc-a", "a!"), ("doc-b", "b!")]
    assert (edge.role, edge.confidence) == ("Geschäftsführerin", 0.9)


@pytest.mark.parametrize(
    "other",
    [
        {"role": "Beirätin"},
        {"modality": Modality.PAST},
        {"valid_from": "2024"},
        {"valid_to": "2024"},
        {"amount": "5 EUR"},
    ],
)
def test_another_role_modality_time_or_amount_is_another_edge(tmp_path: Path, other: dict[str, str]) -> None:
    person, company = entity("a", "Person", "Ada Muster"), entity("a", "Company", "Muster GmbH")
    link = relation(person, "affiliatedWith", company, role="Leiterin")
    folding = folded(tmp_path / "l", {"a": [person, company, link, replace(link, id="2", **other)]})  # type: ignore[arg-type]
    assert len(folding.graph.edges) == 2
    assert len({edge.id for edge in folding.graph.edges}) == 2


def test_a_symmetric_relation_is_one_edge_whichever_way_it_was_said(tmp_path: Path) -> None:
    one, two = entity("a", "Company", "Alpha AG"), entity("a", "Company", "Omega AG")
    facts: list[Fact] = [one, two, relation(one, "cooperatesWith", two), relation(two, "cooperatesWith", one)]
    edge = one_edge(folded(tmp_path / "l", {"a": facts}))
    assert (edge.source, edge.target) == ("organisation/alpha", "organisation/omega")


def test_a_passage_counts_once_with_its_best_confidence(tmp_path: Path) -> None:
    person, company = entity("a", "Person", "Ada Muster"), entity("a", "Company", "Muster GmbH")
    weak, strong = (
        Evidence(document="doc-a", quote="q", line=2, method=method, confidence=confidence)
        for method, confidence in (("rule:a", 0.4), ("rule:b", 0.8))
    )
    link = replace(relation(person, "affiliatedWith", company), evidence=(weak, strong, weak))
    assert one_edge(folded(tmp_path / "l", {"a": [person, company, link]})).evidence == (strong,)


def test_a_loop_made_by_joining_is_left_out_and_reported(tmp_path: Path) -> None:
    full = entity("a", "Company", "Muster Robotik GmbH", aliases=("Robotik Muster",))
    short = entity("b", "Company", "Robotik Muster")
    other = entity("b", "Company", "Muster Robotik")
    facts: list[Fact] = [short, other, relation(short, "cooperatesWith", other)]
    folding = folded(tmp_path / "l", {"a": [full], "b": facts})
    assert folding.graph.edges == ()
    names = ("Muster Robotik GmbH (Company)",) * 2
    assert folding.doubts == (
        Doubt(kind="loop", names=names, reason="cooperatesWith joins a node with itself; left out"),
    )


def test_what_the_ontology_does_not_allow_is_left_out_and_counted(tmp_path: Path) -> None:
    documents: dict[str, list[Fact]] = {}
    for home in "ab":
        city, person = entity(home, "City", "Essen"), entity(home, "Person", "Ada Muster")
        documents[home] = [city, person, relation(city, "affiliatedWith", person)]
    folding = folded(tmp_path / "l", documents)
    assert folding.graph.edges == ()
    assert folding.doubts == (
        Doubt(
            kind="relation",
            names=("Essen (City)", "Ada Muster (Person)"),
            reason="affiliatedWith does not go from City to Person; left out, 2 times",
        ),
    )


def test_documents_come_without_their_text(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l") as ledger:
        ledger.put(document("a", "long text"), source="a", facts=[], fingerprint="1")
        (found,) = fold(ledger, NONE).graph.documents
    assert found == document("a", "")


def test_everything_is_sorted_and_names_only_what_is_there(tmp_path: Path) -> None:
    graph = folded(tmp_path / "l", {name: visit(name, place=f"Ort {name}") for name in "cab"}).graph
    for things in (graph.documents, graph.nodes, graph.edges):
        ids = [thing.id for thing in things]
        assert ids == sorted(set(ids)) and ids
    assert {end for edge in graph.edges for end in (edge.source, edge.target)} <= {n.id for n in graph.nodes}
    assert {name for node in graph.nodes for name in node.documents} == {doc.id for doc in graph.documents}


def test_the_graph_is_byte_for_byte_the_same_in_every_order_of_loading(tmp_path: Path) -> None:
    documents = {name: visit(name, place=["Québec", "Bochum"][n % 2]) for n, name in enumerate("abcd")}
    documents["d"].append(entity("d", "Region", "Québec"))
    graphs = set()
    for number, order in enumerate(permutations(documents)):
        facts = {name: list(documents[name]) for name in order}
        random.Random(number).shuffle(facts["a"])  # noqa: S311
        graphs.add(repr(folded(tmp_path / str(number), facts)))
    assert len(graphs) == 1


def test_a_forgotten_document_leaves_what_others_support(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "with") as ledger:
        for name in "ab":
            ledger.put(document(name), source=name, facts=visit(name, place=f"Ort {name}"), fingerprint="1")
        ledger.forget("b")
        left = fold(ledger, NONE)
    assert left == folded(tmp_path / "without", {"a": visit("a", place="Ort a")})


def test_the_state_tells_ledgers_and_corrections_apart_without_folding(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l") as ledger:
        empty = state_of(ledger, NONE)
        ledger.put(document("a"), source="a", facts=visit("a"), fingerprint="1")
        full = state_of(ledger, NONE)
        assert fold(ledger, NONE).graph.state == full
        from graph.corrections_yaml import parse

        corrected = state_of(ledger, parse("- same: [A, B]", file="c"))
    assert len({empty, full, corrected}) == 3
