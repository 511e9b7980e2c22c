"""Whatever the graph, every question has the same rows in Cypher and in SPARQL."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from graph.kglite_store import KGLiteStore
from graph.oxigraph_store import OxigraphStore
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.stores import Store
from ontology.model import Document, Edge, Evidence, Graph, Modality, Name, Node
from ontology.vocabulary import vocabulary
from queries.catalogue import Question, questions, text

CLASSES = [
    *("Person", "Company", "Startup", "Organisation", "City", "Region", "Place", "Agreement", "Programme"),
    *("Project", "Event", "Delegation", "Topic"),
]
WORDS = st.text(alphabet="aAbß '\"\\$?{}\n\té\U0001f9ea", max_size=5)
NAMES = WORDS.map(lambda word: f"{word}n")
DATES = st.sampled_from(["", "2019", "2019-11", "2019-11-25", "2020-01-01"])
DOCUMENTS = (
    Document(id="doc-0", title='a "b"', text="", language="de", kind="text", published="2019-11"),
    Document(
        id="doc-1", title="", text="", language="und", kind="text", publisher="p", url="https://x.example/"
    ),
    Document(id="doc-2", title="a", text="", language="en", kind="text", published="2019"),
)
IDS = [d.id for d in DOCUMENTS]


@st.composite
def nodes(draw: st.DrawFn) -> tuple[Node, ...]:
    kinds = draw(st.lists(st.sampled_from(CLASSES), min_size=2, max_size=12))
    return tuple(draw(node(kind, number)) for number, kind in enumerate(kinds))


@st.composite
def node(draw: st.DrawFn, kind: str, number: int) -> Node:
    dated = kind in ("Event", "Delegation", "Agreement")
    dates = {name: draw(DATES) if dated else "" for name in ("end", "start")}
    return Node(
        id=f"{vocabulary().root(kind).lower()}/{number:02}",
        type=kind,
        name=draw(NAMES),
        aliases=tuple(Name(text=alias) for alias in sorted(draw(st.sets(NAMES, max_size=2)))),
        attributes=tuple((name, value) for name, value in dates.items() if value),
        documents=tuple(sorted(draw(st.sets(st.sampled_from(IDS), max_size=3)))),
    )


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Up to 12 nodes and 24 edges that the ontology allows; parallel edges and circles occur."""
    every = draw(nodes())
    allowed = [
        (a.id, relation, b.id)
        for a in every
        for b in every
        for relation in vocabulary().relations
        if a.id != b.id and vocabulary().allows(a.type, relation, b.type)
    ]
    chosen = draw(st.lists(st.sampled_from(allowed), max_size=24)) if allowed else []
    edges = tuple(draw(edge(number, *ends)) for number, ends in enumerate(chosen))
    return Graph(documents=DOCUMENTS, nodes=tuple(sorted(every, key=lambda n: n.id)), edges=edges)


@st.composite
def edge(draw: st.DrawFn, number: int, source: str, relation: str, target: str) -> Edge:
    passages = draw(st.lists(st.tuples(st.sampled_from(IDS), WORDS), min_size=1, max_size=3))
    return Edge(
        id=f"edge-{number:02}",
        source=source,
        type=relation,
        target=target,
        evidence=tuple(Evidence(document=d, quote=words) for d, words in sorted(passages)),
        role=draw(WORDS) if relation == "affiliatedWith" else "",
        modality=draw(st.sampled_from([*Modality, Modality.STATED, Modality.STATED])),
        amount=draw(st.sampled_from(["", "7 EUR"])) if relation == "funds" else "",
        valid_from=draw(DATES),
        valid_to=draw(DATES),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(graph=graphs(), data=st.data())
def test_both_languages_give_the_same_rows(graph: Graph, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        stores: tuple[Store, Store] = (KGLiteStore(Path(folder, "c")), OxigraphStore(Path(folder, "s")))
        for store in stores:
            store.build(graph)
        for asked in questions().values():
            parameters = data.draw(parameters_of(asked, graph), label=asked.name)
            cypher, sparql = (store.rows(text(asked.name, store.language), parameters) for store in stores)
            assert cypher == sparql, asked.name


def parameters_of(asked: Question, graph: Graph) -> st.SearchStrategy[dict[str, str]]:
    """Values for the parameters: ids of the graph that fit, or one that stands for nothing."""
    values: dict[str, st.SearchStrategy[str]] = {}
    for parameter in asked.parameters:
        match parameter.types:
            case ("date",):
                values[parameter.name] = DATES
            case ("document",):
                values[parameter.name] = st.sampled_from(IDS)
            case types:
                values[parameter.name] = st.sampled_from(fitting(graph, types) or ["none"])
    return st.fixed_dictionaries(values)


def fitting(graph: Graph, types: tuple[str, ...]) -> list[str]:
    """Ids of the nodes that are of one of the classes."""
    return [n.id for n in graph.nodes if "node" in types or {*vocabulary().ancestors(n.type)} & {*types}]
