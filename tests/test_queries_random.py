"""Whatever the graph, every question has the same rows in both languages, for every node it may ask about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.kglite_store import KGLiteStore
from graph.oxigraph_store import OxigraphStore
from graph.stores import Store
from ontology.model import Document, Edge, Evidence, Graph, Modality, Node
from ontology.vocabulary import vocabulary
from queries.catalogue import Parameter, Question, questions, text

# Few nodes of each class and many edges, so that the patterns of the questions do occur.
CLASSES = [
    *(
        "Person",
        "Person",
        "Company",
        "Startup",
        "Organisation",
        "City",
        "City",
        "Region",
        "Place",
        "Agreement",
    ),
    *("Agreement", "Programme", "Project", "Event", "Delegation", "Delegation", "Topic"),
]
WORDS = st.text(alphabet="aAbß '\"\\$?{}\n\té\U0001f9ea", max_size=5)
DATES = ["", "2019", "2019-11", "2019-11-25", "2020-01-01"]
DOCUMENTS = (
    Document(id="doc-0", title='a "b"', text="", language="de", kind="text", published="2019-11"),
    Document(
        id="doc-1", title="", text="", language="und", kind="text", publisher="p", url="https://x.example/"
    ),
    Document(id="doc-2", title="a", text="", language="en", kind="text", published="2019"),
)
IDS = [d.id for d in DOCUMENTS]
ENDS = {
    relation: [
        (a, b)
        for a, b in product(range(len(CLASSES)), repeat=2)
        if a != b and vocabulary().allows(CLASSES[a], relation, CLASSES[b])
    ]
    for relation in vocabulary().relations
}


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """A node for each entry of CLASSES, up to 50 edges that the ontology allows; parallel ones and circles occur."""
    nodes = [draw(node(number)) for number in range(len(CLASSES))]
    frequent = ["locatedIn"] * 8 + ["affiliatedWith", "connects", "partyTo", "hasTopic", "visited"] * 2
    relations = draw(st.lists(st.sampled_from(sorted(ENDS) + frequent), min_size=20, max_size=50))
    edges = tuple(draw(edge(number, relation, nodes)) for number, relation in enumerate(relations))
    return Graph(documents=DOCUMENTS, nodes=tuple(sorted(nodes, key=lambda n: n.id)), edges=edges)


@st.composite
def node(draw: st.DrawFn, number: int) -> Node:
    kind = CLASSES[number]
    dates = [(name, draw(st.sampled_from(DATES))) for name in ("end", "start")]
    return Node(
        id=f"{vocabulary().root(kind).lower()}/{number:02}",
        type=kind,
        name=draw(WORDS) + "n",
        attributes=tuple((name, date) for name, date in dates if date),
        documents=tuple(sorted(draw(st.sets(st.sampled_from(IDS), max_size=3)))),
    )


@st.composite
def edge(draw: st.DrawFn, number: int, relation: str, nodes: list[Node]) -> Edge:
    source, target = draw(st.sampled_from(ENDS[relation]))
    passages = draw(st.lists(st.tuples(st.sampled_from(IDS), WORDS), min_size=1, max_size=3))
    return Edge(
        id=f"edge-{number:02}",
        source=nodes[source].id,
        type=relation,
        target=nodes[target].id,
        evidence=tuple(Evidence(document=d, quote=words) for d, words in sorted(passages)),
        role=draw(WORDS) if relation in ("affiliatedWith", "participatesIn") else "",
        modality=draw(st.sampled_from([*[Modality.STATED] * 4, *Modality])),
        amount=draw(st.sampled_from(["", "7 EUR"])) if relation == "funds" else "",
        valid_from=draw(st.sampled_from(DATES)),
        valid_to=draw(st.sampled_from(DATES)),
    )


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(graph=graphs())
def test_both_languages_give_the_same_rows(graph: Graph) -> None:
    with TemporaryDirectory() as folder:
        stores: tuple[Store, Store] = (KGLiteStore(Path(folder, "c")), OxigraphStore(Path(folder, "s")))
        for store in stores:
            store.build(graph)
        for asked in questions().values():
            for parameters in every_way_to_ask(asked, graph):
                cypher, sparql = (
                    store.rows(text(asked.name, store.language), parameters) for store in stores
                )
                assert cypher == sparql, (asked.name, parameters)


def every_way_to_ask(asked: Question, graph: Graph) -> Iterator[dict[str, str]]:
    """Each combination of fitting values of the parameters."""
    names = [p.name for p in asked.parameters]
    for values in product(*(fitting(p, graph) for p in asked.parameters)):
        yield dict(zip(names, values, strict=True))


def fitting(parameter: Parameter, graph: Graph) -> list[str]:
    match parameter.types:
        case ("date",):
            return DATES
        case ("document",):
            return IDS
        case ("node",):
            return [n.id for n in graph.nodes]
        case types:
            return [n.id for n in graph.nodes if {*vocabulary().ancestors(n.type)} & {*types}]
