"""Whatever the graph, every question has the same rows in both languages, for every node it may ask about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
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
    """A node for each entry of CLASSES, 60 edges that the ontology allows; parallel ones and circles occur.

    Drawn evenly from a Random: Hypothesis's own choices repeat themselves so much that few patterns occur.
    """
    chance = draw(st.randoms(use_true_random=True))
    nodes = [node(number, chance) for number in range(len(CLASSES))]
    edges = tuple(edge(number, nodes, chance) for number in range(60))
    return Graph(documents=DOCUMENTS, nodes=tuple(sorted(nodes, key=lambda n: n.id)), edges=edges)


def node(number: int, chance: Random) -> Node:
    kind = CLASSES[number]
    dates = [(name, chance.choice(DATES)) for name in ("end", "start")]
    return Node(
        id=f"{vocabulary().root(kind).lower()}/{number:02}",
        type=kind,
        name=words(chance) + "n",
        attributes=tuple((name, date) for name, date in dates if date),
        documents=tuple(sorted(chance.sample(IDS, chance.randint(0, 3)))),
    )


def edge(number: int, nodes: list[Node], chance: Random) -> Edge:
    relation = chance.choice([*sorted(ENDS), *["locatedIn"] * 6])
    source, target = chance.choice(ENDS[relation])
    passages = [(chance.choice(IDS), words(chance)) for _ in range(chance.randint(1, 3))]
    return Edge(
        id=f"edge-{number:02}",
        source=nodes[source].id,
        type=relation,
        target=nodes[target].id,
        evidence=tuple(Evidence(document=d, quote=quote) for d, quote in sorted(passages)),
        role=words(chance) if relation in ("affiliatedWith", "participatesIn") else "",
        modality=chance.choice([*[Modality.STATED] * 4, *Modality]),
        amount=chance.choice(["", "7 EUR"]) if relation == "funds" else "",
        valid_from=chance.choice(DATES),
        valid_to=chance.choice(DATES),
    )


def words(chance: Random) -> str:
    return "".join(chance.choices("aAbß '\"\\$?{}\n\té\U0001f9ea", k=chance.randint(0, 4)))


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
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
