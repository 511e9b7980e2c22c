"""What the RDF form of a graph promises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from ontology_fixtures import CELL, CITY, GRAPH, LEADS, PERSON, PLANS, RELEASE, STARTUP, TOPIC, with_edge
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, RDFS, XSD, Namespace

from ontology.model import Edge, Evidence, Graph, Identifier, Modality, Name, Node
from ontology.ntriples import Iri, Literal, line, tagged, term, web_address
from ontology.statements import claim_iri, document_iri, node_iri, ntriples, statements
from ontology.turtle import HERE, INO, SKOS

INO_ = Namespace(INO)
TEXT = st.text(min_size=1, max_size=30)


def rdf(graph: Graph) -> rdflib.Graph:
    return rdflib.Graph().parse(data="\n".join(ntriples(graph)), format="nt")


def ref(iri: Iri) -> rdflib.URIRef:
    return rdflib.URIRef(iri.value)


@cache
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(HERE / "shapes.ttl")


def report(graph: Graph) -> str:
    """The complaints of SHACL, "" if there is none."""
    import pyshacl

    conforms, _, text = pyshacl.validate(rdf(graph), shacl_graph=shapes())
    return "" if conforms else str(text)


def objects(graph: Graph, subject: Iri, name: str) -> list[str]:
    return sorted(str(found) for found in rdf(graph).objects(ref(subject), INO_[name]))


def test_rdflib_and_oxigraph_read_the_same_statements() -> None:
    text = "\n".join(ntriples(GRAPH))
    oxigraph = {str(quad.triple) for quad in parse(text, format=RdfFormat.N_TRIPLES)}
    again = rdf(GRAPH).serialize(format="nt")
    assert oxigraph == {str(quad.triple) for quad in parse(again, format=RdfFormat.N_TRIPLES)}
    assert len(oxigraph) == len(text.splitlines()) == len(list(statements(GRAPH)))


def test_a_start_up_is_found_as_an_organisation_without_reasoning() -> None:
    types = set(rdf(GRAPH).objects(ref(node_iri(STARTUP.id)), RDF.type))
    assert types == {INO_.Startup, INO_.Company, INO_.Organisation}
    assert objects(GRAPH, node_iri(STARTUP.id), "kind") == ["Startup"]


def test_a_node_keeps_its_id_name_and_other_names() -> None:
    found, subject = rdf(GRAPH), ref(node_iri(STARTUP.id))
    assert objects(GRAPH, node_iri(STARTUP.id), "id") == [STARTUP.id]
    assert found.value(subject, INO_.name) == found.value(subject, RDFS.label) == rdflib.Literal(STARTUP.name)
    assert set(found.objects(subject, rdflib.URIRef(SKOS + "altLabel"))) == {
        rdflib.Literal("Probefirma"),
        rdflib.Literal("Testfirm", lang="en"),
    }
    assert objects(GRAPH, node_iri(STARTUP.id), "mentionedIn") == sorted(
        document_iri(name).value for name in STARTUP.documents
    )


def test_known_identifiers_become_links_and_all_stay_readable() -> None:
    found = rdf(GRAPH)
    assert objects(GRAPH, node_iri(STARTUP.id), "identifier") == ["hrb:B 1", "ror:04xfq0f34"]
    assert list(found.objects(ref(node_iri(STARTUP.id)), rdflib.OWL.sameAs)) == [
        rdflib.URIRef("https://ror.org/04xfq0f34")
    ]
    assert str(found.value(ref(node_iri(CITY.id)), rdflib.OWL.sameAs)) == "https://sws.geonames.org/1850147/"


def test_a_malformed_identifier_is_no_link() -> None:
    odd = replace(STARTUP, identifiers=(Identifier(scheme="wikidata", value="Q1> <x"),))
    found = rdf(replace(GRAPH, nodes=(odd,), edges=()))
    assert found.value(ref(node_iri(odd.id)), rdflib.OWL.sameAs) is None


@pytest.mark.parametrize(
    ("attribute", "value", "datatype"),
    [
        ("start", "2019", XSD.gYear),
        ("start", "2019-11", XSD.gYearMonth),
        ("end", "2019-11-25", XSD.date),
        ("end", "2019-02-30", None),
        ("start", "im Mai", None),
        ("latitude", "51.48", XSD.decimal),
        ("latitude", "nördlich", None),
        ("legal form", "GmbH", None),
    ],
)
def test_an_attribute_has_the_datatype_that_fits(
    attribute: str, value: str, datatype: rdflib.URIRef | None
) -> None:
    node = replace(CITY, attributes=((attribute, value),))
    found = rdf(replace(GRAPH, nodes=(node,), edges=()))
    literal = found.value(ref(node_iri(node.id)), INO_[attribute.replace(" ", "%20")])
    assert isinstance(literal, rdflib.Literal)
    assert (str(literal), literal.datatype) == (value, datatype)


def test_a_known_topic_points_to_its_concept() -> None:
    match = rdf(GRAPH).value(ref(node_iri(TOPIC.id)), rdflib.URIRef(SKOS + "exactMatch"))
    assert str(match) == "https://w3id.org/innograph/topic/artificial-intelligence"
    unknown = replace(TOPIC, name="Hutmacherei")
    assert "exactMatch" not in "".join(ntriples(replace(GRAPH, nodes=(unknown,), edges=())))


@pytest.mark.parametrize(
    ("modality", "asserted"),
    [(Modality.STATED, True), (Modality.PAST, True), (Modality.INTENDED, False), (Modality.NEGATED, False)],
)
def test_only_what_is_stated_or_past_stands_as_a_plain_triple(modality: Modality, asserted: bool) -> None:
    edge = replace(PLANS, modality=modality)
    found = rdf(with_edge(edge))
    plain = (ref(node_iri(edge.source)), INO_.cooperatesWith, ref(node_iri(edge.target)))
    assert (plain in found) is asserted
    assert objects(with_edge(edge), claim_iri(edge.id), "modality") == [modality.value]


def test_a_claim_says_who_what_since_when_and_how_sure() -> None:
    found, claim = rdf(GRAPH), ref(claim_iri(LEADS.id))
    assert found.value(claim, RDF.subject) == ref(node_iri(PERSON.id))
    assert found.value(claim, RDF.predicate) == INO_.affiliatedWith
    assert found.value(claim, RDF.object) == ref(node_iri(STARTUP.id))
    assert found.value(claim, INO_.role) == rdflib.Literal("Leiterin")
    assert found.value(claim, INO_.validFrom) == rdflib.Literal("2021-04-01", datatype=XSD.date)
    assert str(found.value(claim, INO_.validTo)) == "2023"
    assert objects(GRAPH, claim_iri(PLANS.id), "amount") == ["2300000 EUR"]
    assert objects(GRAPH, claim_iri(PLANS.id), "confidence") == ["0.00001"]


def test_evidence_gives_the_quote_its_place_and_its_document() -> None:
    found, claim = rdf(GRAPH), ref(claim_iri(LEADS.id))
    passages = {str(found.value(one, INO_.quote)): one for one in found.objects(claim, INO_.evidence)}
    assert set(passages) == {piece.quote for piece in LEADS.evidence}
    prose, cell = (passages[piece.quote] for piece in LEADS.evidence)
    assert (found.value(prose, INO_.spanStart), found.value(prose, INO_.spanEnd)) == (
        rdflib.Literal(10),
        rdflib.Literal(47),
    )
    assert found.value(cell, INO_.line) == rdflib.Literal(CELL.line)
    assert found.value(cell, INO_.spanStart) is None
    assert found.value(cell, rdflib.PROV.wasDerivedFrom) == ref(document_iri(CELL.document))


def test_a_document_is_described_by_dublin_core() -> None:
    found, subject = rdf(GRAPH), ref(document_iri(RELEASE.id))
    dublin = str(rdflib.DCTERMS)
    pairs = [(str(name), str(value)) for name, value in found.predicate_objects(subject)]
    said = {name.removeprefix(dublin): value for name, value in pairs if name.startswith(dublin)}
    assert objects(GRAPH, document_iri(RELEASE.id), "url") == [RELEASE.url]
    assert said == {
        "title": RELEASE.title,
        "publisher": "Stadt Bochum",
        "issued": "2023-05",
        "language": "de",
        "format": "html",
        "source": "https://example.org/presse/br%C3%BCcke?id=1&x=%5B2%5D",
        "license": RELEASE.licence,
    }


def test_the_example_conforms_to_the_shapes() -> None:
    assert report(GRAPH) == ""


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (with_edge(replace(LEADS, source=CITY.id)), "affiliatedWith starts at Person"),
        (with_edge(replace(PLANS, target=PERSON.id)), "cooperatesWith ends at Organisation or Place"),
        (with_edge(replace(PLANS, target="place/nowhere")), "cooperatesWith ends at Organisation or Place"),
        (with_edge(replace(LEADS, type="likes")), "rdf:predicate"),
        (with_edge(replace(LEADS, evidence=(replace(CELL, quote=""),))), "ino:quote"),
        (with_edge(replace(LEADS, evidence=())), "ino:evidence"),
        (with_edge(replace(LEADS, evidence=(replace(CELL, document="doc-0"),))), "prov:wasDerivedFrom"),
        (with_edge(replace(LEADS, confidence=1.5)), "ino:confidence"),
        (with_edge(replace(LEADS, valid_from="im Mai")), "ino:validFrom"),
        (with_edge(replace(LEADS, amount="viel Geld")), "ino:amount"),
        (with_edge(replace(LEADS, evidence=(replace(LEADS.evidence[0], end=3),))), "ino:spanStart"),
        (replace(GRAPH, nodes=(replace(CITY, name=""),), edges=()), "ino:name"),
        (replace(GRAPH, nodes=(replace(CITY, attributes=(("start", "bald"),)),), edges=()), "ino:start"),
    ],
)
def test_a_broken_graph_does_not_conform_and_the_report_says_where(broken: Graph, complaint: str) -> None:
    assert complaint in report(broken)


def node_of(text: str) -> Node:
    return Node(id=f"place/{text}", type="Place", name=text, aliases=(Name(text=text, language="de-AT"),))


def edge_of(text: str) -> Edge:
    evidence = Evidence(document=text, quote=text, column=text, method=text)
    return Edge(id=text, source=text, type="partOf", target=text, evidence=(evidence,), role=text)


def oxigraph_texts(lines: Iterable[str]) -> set[str]:
    return {quad.object.value for quad in parse("\n".join(lines), format=RdfFormat.N_TRIPLES)}


@settings(max_examples=200, deadline=None)
@given(text=TEXT)
def test_any_text_survives_the_round_trip(text: str) -> None:
    graph = Graph(documents=(), nodes=(node_of(text),), edges=(edge_of(text),))
    lines = list(ntriples(graph))
    assert all(len(one.splitlines()) == 1 for one in lines)
    assert text in oxigraph_texts(lines)
    again = rdf(graph)
    assert str(again.value(ref(node_iri(f"place/{text}")), INO_.name)) == text
    (passage,) = again.objects(ref(claim_iri(text)), INO_.evidence)
    assert {str(again.value(passage, INO_[name])) for name in ("quote", "column", "method")} == {text}


@given(a=TEXT, b=TEXT)
def test_different_ids_have_different_iris(a: str, b: str) -> None:
    assert (node_iri(a) == node_iri(b)) == (a == b)


@settings(deadline=None)
@given(url=st.one_of(TEXT, TEXT.map("https://example.org/{}".format), TEXT.map("http://{}".format)))
def test_any_url_gives_a_line_that_oxigraph_reads(url: str) -> None:
    statement = (Iri("https://example.org/a"), Iri("https://example.org/b"), web_address(url))
    assert len(list(parse(line(statement), format=RdfFormat.N_TRIPLES))) == 1


@settings(deadline=None)
@given(language=st.one_of(st.from_regex(r"[a-zA-Z]{1,4}(-[a-zA-Z0-9]{1,5}){0,2}", fullmatch=True), TEXT))
def test_any_language_gives_a_line_that_oxigraph_reads(language: str) -> None:
    statement = (Iri("https://example.org/a"), Iri("https://example.org/b"), tagged("x", language))
    assert len(list(parse(line(statement), format=RdfFormat.N_TRIPLES))) == 1


def test_half_a_surrogate_pair_becomes_the_replacement_character() -> None:
    assert term(Literal("a\ud800b")) == '"a\ufffdb"'
    assert node_iri("\ud800").value.endswith("/%ED%A0%80")


def test_statements_stream() -> None:
    def nodes() -> Iterable[Node]:
        yield CITY
        raise AssertionError("asked for more than was needed")

    lazy = replace(GRAPH, documents=(), nodes=nodes())  # type: ignore[arg-type]
    assert next(statements(lazy))[0] == node_iri(CITY.id)


def test_the_context_reads_plain_json_as_the_same_statements() -> None:
    import json

    claim = {
        "@id": claim_iri(LEADS.id).value,
        "@type": "Claim",
        "subject": node_iri(PERSON.id).value,
        "predicate": "affiliatedWith",
        "object": node_iri(STARTUP.id).value,
        "role": "Leiterin",
        "confidence": "1.0",
        "evidence": [
            {"@type": "Evidence", "quote": "Q", "spanStart": 1, "document": "https://example.org/d"}
        ],
    }
    node = {
        "@id": node_iri(PERSON.id).value,
        "@type": ["Person"],
        "id": PERSON.id,
        "name": PERSON.name,
        "aliases": ["Testmann", {"@value": "M. T.", "@language": "de"}],
        "affiliatedWith": node_iri(STARTUP.id).value,
        "sameAs": "https://example.org/p",
    }
    context = json.loads((HERE / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    read = rdflib.Graph().parse(
        data=json.dumps({"@context": context, "@graph": [claim, node]}), format="json-ld"
    )
    told = rdf(GRAPH)
    person, fact = ref(node_iri(PERSON.id)), ref(claim_iri(LEADS.id))
    for subject, predicates in {
        person: (RDF.type, INO_.id, INO_.name, INO_.affiliatedWith),
        fact: (RDF.type, RDF.subject, RDF.predicate, RDF.object, INO_.role, INO_.confidence),
    }.items():
        for predicate in predicates:
            assert set(read.objects(subject, predicate)) == set(told.objects(subject, predicate)), predicate
    (passage,) = read.objects(fact, INO_.evidence)
    assert read.value(passage, INO_.spanStart) == rdflib.Literal(1)
    assert read.value(passage, rdflib.PROV.wasDerivedFrom) == rdflib.URIRef("https://example.org/d")
    assert read.value(person, rdflib.OWL.sameAs) == rdflib.URIRef("https://example.org/p")
