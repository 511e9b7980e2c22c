"""The RDF form of a graph, as a stream of plain statements; docs/architecture.md says what stands where.

No store and no RDF library is needed to write it: time and memory grow with the graph and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from ontology.model import PARTIAL_DATE, Document, Edge, Evidence, Graph, Identifier, Modality, Node
from ontology.names import fold
from ontology.ntriples import Iri, Literal, Statement, iri_part, line, tagged, web_address
from ontology.topics import TOPIC, labels
from ontology.turtle import INO, OWL, RDF, RDFS, SKOS, XSD
from ontology.vocabulary import vocabulary

BASE = "https://w3id.org/innograph/"
DCTERMS = "http://purl.org/dc/terms/"
TYPE, LABEL, ALT_LABEL = Iri(RDF + "type"), Iri(RDFS + "label"), Iri(SKOS + "altLabel")
SUBJECT, PREDICATE, OBJECT = Iri(RDF + "subject"), Iri(RDF + "predicate"), Iri(RDF + "object")
SAME_AS, EXACT_MATCH = Iri(OWL + "sameAs"), Iri(SKOS + "exactMatch")
DERIVED_FROM = Iri("http://www.w3.org/ns/prov#wasDerivedFrom")
PARTIAL = INO + "PartialDate"
ASSERTED = frozenset({Modality.STATED, Modality.PAST})  # an intention or a denial is no fact

# Whose identifiers name the same thing by an IRI: scheme -> pattern of the value, what stands before it.
AUTHORITIES = {
    "wikidata": (re.compile(r"Q[1-9]\d*\Z"), "http://www.wikidata.org/entity/"),
    "ror": (re.compile(r"0[a-z0-9]{8}\Z"), "https://ror.org/"),
    "geonames": (re.compile(r"[1-9]\d*\Z"), "https://sws.geonames.org/"),
    "gnd": (re.compile(r"[0-9X-]{8,11}\Z"), "https://d-nb.info/gnd/"),
    "orcid": (re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]\Z"), "https://orcid.org/"),
}
LEXICAL = {
    XSD + "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)\Z", re.ASCII),
    XSD + "integer": re.compile(r"[+-]?\d+\Z", re.ASCII),
}


def ntriples(graph: Graph) -> Iterator[str]:
    """The graph as N-Triples, one statement a string, without line ends."""
    return map(line, statements(graph))


def statements(graph: Graph) -> Iterator[Statement]:
    """Every statement of the graph: documents, then nodes, then edges, each in the graph's order.

    Raises InvalidValue where a node's class is not in the vocabulary.
    """
    for document in graph.documents:
        yield from document_statements(document)
    for node in graph.nodes:
        yield from node_statements(node)
    for edge in graph.edges:
        yield from edge_statements(edge)


def node_iri(node_id: str) -> Iri:
    """The IRI of a node of the graph."""
    return Iri(f"{BASE}id/{iri_part(node_id)}")


def document_iri(document_id: str) -> Iri:
    """The IRI of a document."""
    return Iri(f"{BASE}doc/{iri_part(document_id)}")


def claim_iri(edge_id: str) -> Iri:
    """The IRI of the claim that an edge is."""
    return Iri(f"{BASE}claim/{iri_part(edge_id)}")


@cache
def term_iri(name: str) -> Iri:
    """The IRI of a class, relation or property of the vocabulary."""
    return Iri(INO + iri_part(name))


def document_statements(document: Document) -> Iterator[Statement]:
    """What is known of a document; its text is no part of the graph."""
    subject = document_iri(document.id)
    yield subject, TYPE, term_iri("Document")
    yield subject, term_iri("id"), Literal(document.id)
    if document.title:
        yield subject, LABEL, tagged(document.title, document.language)
    found = {
        "title": tagged(document.title, document.language),
        "publisher": Literal(document.publisher),
        "issued": _dated(document.published),
        "language": Literal(document.language),
        "format": Literal(document.kind),
    }
    for name, value in found.items():
        if value.text:
            yield subject, Iri(DCTERMS + name), value
    if document.url:
        yield subject, Iri(DCTERMS + "source"), web_address(document.url)
        # The IRI may be repaired; a query in either language shall get the address as it was read.
        yield subject, term_iri("url"), Literal(document.url)
    if document.licence:
        licence = web_address(document.licence)
        # dcterms:license points to a licence document; words about rights belong to dcterms:rights.
        yield subject, Iri(DCTERMS + ("license" if isinstance(licence, Iri) else "rights")), licence


def node_statements(node: Node) -> Iterator[Statement]:
    """A node with its class and all parent classes, so that no query needs a reasoner."""
    subject = node_iri(node.id)
    for name in vocabulary().ancestors(node.type):
        yield subject, TYPE, term_iri(name)
    yield subject, term_iri("id"), Literal(node.id)
    yield subject, term_iri("kind"), Literal(node.type)
    yield subject, term_iri("name"), Literal(node.name)
    yield subject, LABEL, Literal(node.name)
    for alias in node.aliases:
        yield subject, ALT_LABEL, tagged(alias.text, alias.language)
    for identifier in node.identifiers:
        yield from ((subject, *rest) for rest in _identified(identifier))
    for name, value in node.attributes:
        yield subject, term_iri(name), _typed(name, value)
    if node.type == "Topic" and (concept := labels().get(fold(node.name))):
        yield subject, EXACT_MATCH, Iri(TOPIC + concept)
    for document in node.documents:
        yield subject, term_iri("mentionedIn"), document_iri(document)


def edge_statements(edge: Edge) -> Iterator[Statement]:
    """An edge as a claim with its evidence, and as the plain triple where a source asserts it."""
    source, target, relation = node_iri(edge.source), node_iri(edge.target), term_iri(edge.type)
    if edge.modality in ASSERTED:
        yield source, relation, target
    claim = claim_iri(edge.id)
    yield claim, TYPE, term_iri("Claim")
    yield claim, term_iri("id"), Literal(edge.id)
    yield claim, SUBJECT, source
    yield claim, PREDICATE, relation
    yield claim, OBJECT, target
    yield claim, term_iri("modality"), Literal(edge.modality.value)
    yield claim, term_iri("confidence"), _number(edge.confidence)
    if edge.role:
        yield claim, term_iri("role"), Literal(edge.role)
    if edge.amount:
        yield claim, term_iri("amount"), Literal(edge.amount)
    if edge.valid_from:
        yield claim, term_iri("validFrom"), _dated(edge.valid_from)
    if edge.valid_to:
        yield claim, term_iri("validTo"), _dated(edge.valid_to)
    for number, evidence in enumerate(edge.evidence, start=1):
        passage = Iri(f"{claim.value}/evidence/{number}")
        yield claim, term_iri("evidence"), passage
        yield from evidence_statements(passage, evidence)


def evidence_statements(subject: Iri, evidence: Evidence) -> Iterator[Statement]:
    """A passage of prose with its span, or a cell of a table with its line and column."""
    yield subject, TYPE, term_iri("Evidence")
    yield subject, DERIVED_FROM, document_iri(evidence.document)
    yield subject, term_iri("quote"), Literal(evidence.quote)
    yield subject, term_iri("confidence"), _number(evidence.confidence)
    if evidence.start >= 0:
        yield subject, term_iri("spanStart"), Literal(str(evidence.start), XSD + "integer")
        yield subject, term_iri("spanEnd"), Literal(str(evidence.end), XSD + "integer")
    if evidence.line:
        yield subject, term_iri("line"), Literal(str(evidence.line), XSD + "integer")
    if evidence.column:
        yield subject, term_iri("column"), Literal(evidence.column)
    if evidence.method:
        yield subject, term_iri("method"), Literal(evidence.method)


def _identified(identifier: Identifier) -> Iterator[tuple[Iri, Iri | Literal]]:
    yield term_iri("identifier"), Literal(f"{identifier.scheme}:{identifier.value}")
    pattern, prefix = AUTHORITIES.get(identifier.scheme, (None, ""))
    if pattern and pattern.match(identifier.value):
        # GeoNames tells the place (with the slash) from the page about it.
        yield SAME_AS, Iri(prefix + identifier.value + ("/" if identifier.scheme == "geonames" else ""))


def _typed(attribute: str, value: str) -> Literal:
    """The value in the attribute's datatype; plain text where it does not fit: nothing may be lost."""
    datatype = vocabulary().datatypes.get(attribute, "")
    if datatype == PARTIAL:
        return _dated(value)
    fits = datatype in LEXICAL and LEXICAL[datatype].match(value)
    return Literal(value, datatype if fits else "")


def _dated(value: str) -> Literal:
    """A date as xsd:date, xsd:gYearMonth or xsd:gYear by precision; plain text if there is no such day."""
    if not PARTIAL_DATE.match(value):
        return Literal(value)
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:  # 2019-02-30, or the year 0000
        return Literal(value)
    return Literal(value, XSD + {4: "gYear", 7: "gYearMonth", 10: "date"}[len(value)])


def _number(value: float) -> Literal:
    """A decimal without exponent and without trailing zeros: xsd:decimal knows no 1e-05."""
    text = f"{value:.6f}".rstrip("0")
    return Literal(text + "0" if text.endswith(".") else text, XSD + "decimal")
