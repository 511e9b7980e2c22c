"""What both stores promise; every test that names no engine runs on both."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from graph_facts import document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.guard import check_cypher, check_sparql
from graph.kglite_store import KGLiteStore
from graph.oxigraph_store import OxigraphStore
from graph.stores import Fields, Rows, Store
from ontology.errors import AtlasError, QueryError
from ontology.model import Edge, Evidence, Graph, Identifier, Name, Node

PREFIX = "PREFIX ino: <https://w3id.org/innograph/ontology#>\n"
KINDS: list[Callable[[Path], Store]] = [KGLiteStore, OxigraphStore]
HOSTILE = "'); DROP ALL; \"`} DETACH DELETE n // <script>\\u0022 \\ 𝄞 \u202e \n\t{{x}} $name ?name"

ROLES = {
    "cypher": "MATCH (p:Person)-[r:AFFILIATED_WITH]->(o:Organisation) RETURN r.role AS role ORDER BY role",
    "sparql": PREFIX
    + "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"
    + "SELECT ?role WHERE { ?c ino:role ?role ; rdf:predicate ino:affiliatedWith } ORDER BY ?role",
}
NAMES = {
    "cypher": "MATCH (n) WHERE n.kind <> 'Document' RETURN n.name AS name ORDER BY n.id",
    "sparql": PREFIX + "SELECT ?name WHERE { ?n ino:name ?name ; ino:id ?id } ORDER BY ?id",
}
BY_NAME = {
    "cypher": "MATCH (n {name: $name}) WHERE n.kind <> 'Document' RETURN n.id AS id",
    "sparql": PREFIX + "SELECT ?id WHERE { ?n ino:name $name ; ino:id ?id }",
}
WRITES = {
    "cypher": [
        "CREATE (n:City)",
        "MATCH (n) SET n.x = 1",
        "MATCH (n) DETACH DELETE n",
        "MERGE (n:City {id: 'x'})",
    ],
    "sparql": [
        "DROP ALL",
        "INSERT DATA { <a:b> <a:c> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX a: <x:y> CLEAR ALL",
    ],
}


def graph(*, name: str = "Muster Robotik GmbH", state: str = "s1") -> Graph:
    """A person with two roles at a company in a city: parallel edges."""
    nodes = (
        Node(id="organisation/m", type="Startup", name=name, aliases=(Name(text="MR"),), documents=("doc-a",),
             identifiers=(Identifier(scheme="ror", value="04xfq0f34"),), attributes=(("start", "2019-11"),)),
        Node(id="person/ada-muster", type="Person", name="Ada Müster", documents=("doc-a",)),
        Node(id="place/bochum", type="City", name="Bochum", documents=("doc-a",)),
    )  # fmt: skip
    quote = Evidence(document="doc-a", quote="„Zitat“", line=1)
    edges = tuple(
        Edge(id=f"edge-{n}", source="person/ada-muster", type="affiliatedWith", target="organisation/m",
             evidence=(quote,), role=role, confidence=0.5)
        for n, role in enumerate(["Beirätin", "Leiterin"])
    )  # fmt: skip
    seat = Edge(
        id="edge-2", source="organisation/m", type="locatedIn", target="place/bochum", evidence=(quote,)
    )
    return Graph(documents=(document("a"),), nodes=nodes, edges=(*edges, seat), state=state)


@pytest.fixture(params=KINDS, ids=["cypher", "sparql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    made: Store = request.param(tmp_path / "store")
    made.build(graph())
    return made


def column(store: Store, texts: dict[str, str], **parameters: str) -> list[object]:
    return [row[0] for row in store.rows(texts[store.language], parameters).rows]


def test_every_node_is_there(store: Store) -> None:
    assert column(store, NAMES) == ["Muster Robotik GmbH", "Ada Müster", "Bochum"]


def test_parallel_edges_are_kept(store: Store) -> None:
    assert column(store, ROLES) == ["Beirätin", "Leiterin"]


def test_a_node_is_found_under_each_of_its_classes(store: Store) -> None:
    for label in ("Startup", "Company", "Organisation"):
        text = {
            "cypher": f"MATCH (n:{label}) RETURN n.id",
            "sparql": f"{PREFIX}SELECT ?i {{ ?n a ino:{label} ; ino:id ?i }}",
        }
        assert column(store, text) == ["organisation/m"]


def test_nodes_point_to_their_documents(store: Store) -> None:
    text = {
        "cypher": "MATCH (:City)-[:MENTIONED_IN]->(d:Document) RETURN d.id",
        "sparql": PREFIX + "SELECT ?i { ?n a ino:City ; ino:mentionedIn ?d . ?d ino:id ?i }",
    }
    assert column(store, text) == ["doc-a"]


def test_a_store_knows_the_state_it_shows(tmp_path: Path) -> None:
    for number, kind in enumerate(KINDS):
        store = kind(tmp_path / str(number))
        assert store.state() == ""
        with pytest.raises(AtlasError, match="no graph was built here yet"):
            store.rows("RETURN 1" if kind is KGLiteStore else "ASK {}")
        store.build(graph(state="s7"))
        assert store.state() == kind(tmp_path / str(number)).state() == "s7"


def test_building_again_replaces_everything_and_leaves_nothing_behind(store: Store) -> None:
    column(store, NAMES)
    for name in ("Neu AG", "Neuer AG"):
        store.build(
            Graph(
                documents=(),
                nodes=(replace(graph().nodes[0], name=name, documents=()),),
                edges=(),
                state="s2",
            )
        )
        assert column(store, NAMES) == [name]
    assert store.state() == "s2"
    assert len([child for child in store.folder.iterdir() if child.is_dir()]) == 1


def test_a_build_that_fails_leaves_the_old_graph(store: Store) -> None:
    bad = replace(graph(state="s2"), nodes=(replace(graph().nodes[0], type="Nonsense"),), edges=())
    with pytest.raises(Exception, match="unknown class 'Nonsense'"):
        store.build(bad)
    assert (store.state(), len(column(store, NAMES))) == ("s1", 3)
    assert len([child for child in store.folder.iterdir() if child.is_dir()]) == 1


@pytest.mark.skipif(os.name != "posix", reason="no limits")
def test_a_build_on_a_full_disk_says_to_free_some_space(store: Store) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))  # no file may be larger: as good as full
    try:
        with pytest.raises(AtlasError) as caught:
            store.build(graph(state="s2"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    message = str(caught.value)
    assert message.startswith(f"{store.folder}: cannot be written (")
    assert message.endswith("): free some space, or check that you may write there")
    assert (store.state(), len(column(store, NAMES))) == ("s1", 3)


def test_what_a_killed_build_left_behind_goes_with_the_next(store: Store) -> None:
    (store.folder / "graph-killed").mkdir()
    store.build(graph(state="s2"))
    assert not (store.folder / "graph-killed").exists()


def test_a_store_whose_folder_was_deleted_counts_as_never_built(store: Store) -> None:
    shutil.rmtree(store.folder)
    assert store.state() == ""


def test_an_empty_graph_can_be_shown(store: Store) -> None:
    store.build(Graph(documents=(), nodes=(), edges=(), state="empty"))
    assert (store.state(), column(store, NAMES)) == ("empty", [])


def test_no_query_can_write(store: Store) -> None:
    for text in WRITES[store.language]:
        with pytest.raises(QueryError):
            store.rows(text)
    assert len(column(store, NAMES)) == 3


def test_rows_are_cut_at_the_limit_and_say_so(store: Store) -> None:
    for limit, more in ((2, True), (3, False), (9, False)):
        rows = store.rows(NAMES[store.language], limit=limit)
        assert (len(rows.rows), rows.more) == (min(limit, 3), more)


def test_a_broken_query_is_told_with_its_place(store: Store) -> None:
    with pytest.raises(QueryError, match=r"1.*col 9|1:\d+"):
        store.rows({"cypher": "MATCH (n", "sparql": "SELECT ?n WHERE { ?n"}[store.language])


def test_a_parameter_that_the_query_does_not_use_is_told(store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        store.rows(BY_NAME[store.language], {"nmae": "Bochum"})
    assert str(caught.value) == "parameter $nmae does not stand in the query, which has $name: check the name"


def test_a_hostile_name_is_a_name(store: Store) -> None:
    store.build(graph(name=HOSTILE))
    assert column(store, NAMES)[0] == HOSTILE
    assert column(store, BY_NAME, name=HOSTILE) == ["organisation/m"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_a_parameter_finds_exactly_its_name(store: Store, name: str) -> None:
    assert column(store, BY_NAME, name=name) == (["place/bochum"] if name == "Bochum" else [])


def test_lists_can_be_parameters(store: Store) -> None:
    text = {
        "cypher": "MATCH (n) WHERE n.name IN $names AND n.kind <> 'Document' RETURN n.id ORDER BY n.id",
        "sparql": PREFIX + "SELECT ?id { ?n ino:name ?x ; ino:id ?id FILTER(?x IN $names) } ORDER BY ?id",
    }
    rows = store.rows(text[store.language], {"names": ("Bochum", "Ada Müster")})
    assert [row[0] for row in rows.rows] == ["person/ada-muster", "place/bochum"]


def test_values_keep_their_kind(store: Store) -> None:
    text = {
        "cypher": "MATCH (n:Startup) RETURN 1 AS i, 0.5 AS f, true AS b, n.start AS d, n.nothing AS none",
        "sparql": PREFIX
        + "SELECT (1 AS ?i) (0.5 AS ?f) (true AS ?b) ?d ?none { ?n a ino:Startup ; ino:start ?d }",
    }
    assert store.rows(text[store.language]) == Rows(
        columns=("i", "f", "b", "d", "none"), rows=((1, 0.5, True, "2019-11", None),)
    )


def test_a_returned_node_has_our_properties_only(tmp_path: Path) -> None:
    store = KGLiteStore(tmp_path)
    store.build(graph())
    fields = Fields((
        ("aliases", ("MR",)), ("id", "organisation/m"), ("identifiers", ("ror:04xfq0f34",)),
        ("kind", "Startup"), ("name", "Muster Robotik GmbH"), ("start", "2019-11"),
    ))  # fmt: skip
    for form in ("n", "properties(n)", "n {.*}"):
        assert store.rows(f"MATCH (n:Startup) RETURN {form} AS n").rows == ((fields,),), form


def test_a_relationship_shows_its_type_and_evidence(tmp_path: Path) -> None:
    store = KGLiteStore(tmp_path)
    store.build(graph())
    (((fields),),) = store.rows("MATCH ()-[r:LOCATED_IN]->() RETURN r").rows
    assert isinstance(fields, Fields)
    shown = dict(fields.pairs)
    assert (shown["type"], shown["quotes"], shown["documents"]) == ("LOCATED_IN", ("„Zitat“",), ("doc-a",))


def test_ask_construct_and_describe_have_fixed_columns(tmp_path: Path) -> None:
    store = OxigraphStore(tmp_path)
    store.build(graph())
    assert store.rows("ASK { ?s ?p ?o }") == Rows(columns=("answer",), rows=((True,),))
    for text in ("CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE ?s WHERE { ?s ?p 'Bochum' }"):
        assert store.rows(text).columns == ("subject", "predicate", "object")


@pytest.mark.parametrize(
    "text",
    [
        "LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row",
        "load  \n csv WITH HEADERS FROM '/etc/hostname' AS row RETURN row",
        "`LOAD` CSV FROM '/etc/hostname' AS row RETURN row",
        "LOAD`CSV` FROM '/etc/hostname' AS row RETURN row",
        "LOAD/* ' */CSV FROM '/etc/hostname' AS row RETURN row /* ' */",
        "LOAD // '\nCSV FROM '/etc/hostname' AS row RETURN row",
        "MATCH (n) RETURN n.id AS r UNION LOAD CSV FROM '/etc/hostname' AS r RETURN r",
        "RETURN 'a\\'' AS r UNION LOAD CSV FROM '/etc/hostname' AS r RETURN r",
        "\\u004cOAD CSV FROM '/etc/hostname' AS row RETURN row",
        "EXPLAIN LOAD CSV FROM '/etc/hostname' AS row RETURN row",
    ],
)
def test_no_cypher_reads_files(tmp_path: Path, text: str) -> None:
    store = KGLiteStore(tmp_path)
    store.build(graph())
    with pytest.raises(QueryError, match="LOAD CSV is not allowed"):
        store.rows(text)


@pytest.mark.parametrize(
    "call", ["db.cdc.enable()", "`db`.`text_index`.build({})", "apoc.load.json('x')", "rev_diff()"]
)
def test_only_known_procedures_may_be_called(call: str) -> None:
    with pytest.raises(QueryError, match=r"CALL .* is not allowed"):
        check_cypher(f"CALL {call}")


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) WHERE n.name = 'LOAD CSV' RETURN n",
        'RETURN "CALL me, LOAD CSV, DELETE" AS text // LOAD CSV',
        "CALL db.labels() YIELD label RETURN label",
        "MATCH (n) CALL { WITH n RETURN n.call AS `call` } RETURN `call`, n.load AS load",
        "/* LOAD CSV\n is not used here */ RETURN 1 AS one",
    ],
)
def test_words_in_strings_and_comments_are_only_words_in_cypher(tmp_path: Path, text: str) -> None:
    store = KGLiteStore(tmp_path)
    store.build(graph())
    store.rows(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service <http://x/service> 'SERVICE <http://x>' } # SERVICE <http://x> {",
        'PREFIX service: <http://x/> SELECT * { ?s service:Service """a " SERVICE""" }',
        "SELECT * { ?s ?p 'it\\'s a SERVICE' }",
    ],
)
def test_words_in_strings_and_comments_are_only_words_in_sparql(tmp_path: Path, text: str) -> None:
    store = OxigraphStore(tmp_path)
    store.build(graph())
    store.rows(text)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """A server on the loopback address, and a list of who called."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                calls.append(address)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
        stop.set()
        thread.join()


SERVICE_SPELLINGS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service SILENT <URL> { ?s ?p ?o } }",
    "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?e) SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE<URL>{ ?s ?p ?o } } } }",
    "SELECT * { ?s ?p 1SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p true.SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 'x'@enSERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { # '\nSERVICE <URL> { ?s ?p ?o } # '\n}",
    "SELECT * { # '\rSERVICE <URL> { ?s ?p ?o } # '\n}",
    "PREFIX e: <a:> SELECT * { ?s ?p e:x\\# . SERVICE <URL> { ?s ?p ?o } }",
    "PREFIX e: <a:> SELECT * { ?s ?p e:x\\' . SERVICE <URL> { ?s ?p ?o } FILTER(?s != e:\\') }",
    "SELECT * { ?s ?p '\\\\' . SERVICE <URL> { ?s ?p ?o } FILTER(?s != '') }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'a\\u0027 . SERVICE <URL> { ?s ?p ?o } # ' }\n}",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE<URL>{ ?s ?p ?o } FILTER(3>2) }",
]


@pytest.mark.parametrize("text", SERVICE_SPELLINGS)
def test_no_sparql_reaches_the_network(tmp_path: Path, listener: tuple[str, list[object]], text: str) -> None:
    address, calls = listener
    store = OxigraphStore(tmp_path)
    store.build(graph())
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        store.rows(text.replace("URL", address))
    assert calls == []


def test_the_listener_would_notice_a_call(tmp_path: Path, listener: tuple[str, list[object]]) -> None:
    import pyoxigraph

    address, calls = listener
    with pytest.raises(OSError):
        list(pyoxigraph.Store().query(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
    assert len(calls) >= 1


def test_updates_are_told_as_such() -> None:
    with pytest.raises(QueryError, match="DROP is not allowed: queries only read"):
        check_sparql("# a comment\nPREFIX a: <b:> DROP ALL")
