"""A small graph with one of everything that the RDF form has to carry. The people in it are invented."""

from __future__ import annotations

from dataclasses import replace

from ontology.model import Document, Edge, Evidence, Graph, Identifier, Modality, Name, Node

RELEASE = Document(
    id="doc-00000000000000a1",
    title='Bochum und Haifa sagen: "Ja"',
    text="",
    language="de",
    kind="html",
    publisher="Stadt Bochum",
    url="https://example.org/presse/brücke?id=1&x=[2]",
    published="2023-05",
    licence="https://creativecommons.org/licenses/by/4.0/",
)
TABLE = Document(id="doc-00000000000000b2", title="Projekte", text="", language="und", kind="table")
PASSAGE = Evidence(
    document=RELEASE.id, quote="Mira Testmann,\nLeiterin der\tProbefirma", start=10, end=47, confidence=0.9
)
CELL = Evidence(
    document=TABLE.id, quote="Probefirma GmbH", line=2, column="Koordinator", method="table:projects"
)

PERSON = Node(id="person/mira-testmann", type="Person", name="Mira Testmann", documents=(RELEASE.id,))
STARTUP = Node(
    id="organisation/probefirma",
    type="Startup",
    name="Probefirma GmbH",
    aliases=(Name(text="Probefirma"), Name(text="Testfirm", language="en")),
    identifiers=(Identifier(scheme="ror", value="04xfq0f34"), Identifier(scheme="hrb", value="B 1")),
    attributes=(("latitude", "51.48"), ("legal form", "GmbH"), ("start", "2019")),
    documents=(RELEASE.id, TABLE.id),
)
CITY = Node(
    id="place/東京", type="City", name="東京", identifiers=(Identifier(scheme="geonames", value="1850147"),)
)
TOPIC = Node(id="topic/ki", type="Topic", name="KI", documents=(RELEASE.id,))

LEADS = Edge(
    id="person/mira-testmann|affiliatedWith|organisation/probefirma",
    source=PERSON.id,
    type="affiliatedWith",
    target=STARTUP.id,
    evidence=(PASSAGE, CELL),
    role="Leiterin",
    valid_from="2021-04-01",
    valid_to="2023",
    modality=Modality.PAST,
)
PLANS = Edge(
    id="e2",
    source=STARTUP.id,
    type="cooperatesWith",
    target=CITY.id,
    evidence=(PASSAGE,),
    modality=Modality.INTENDED,
    amount="2300000 EUR",
    confidence=0.00001,
)
WORKS_ON = Edge(id="e3", source=STARTUP.id, type="hasTopic", target=TOPIC.id, evidence=(PASSAGE,))

GRAPH = Graph(
    documents=(RELEASE, TABLE),
    nodes=(STARTUP, PERSON, CITY, TOPIC),
    edges=(LEADS, PLANS, WORKS_ON),
    state="s1",
)


def with_edge(edge: Edge) -> Graph:
    """The graph with that edge as its only one."""
    return replace(GRAPH, edges=(edge,))
