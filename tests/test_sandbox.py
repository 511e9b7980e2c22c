"""Strangers' queries: each limit holds, each refusal says what to do, and answers are the store's."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from graph_facts import document

from graph.kglite_store import KGLiteStore
from graph.oxigraph_store import OxigraphStore
from graph.sandbox import Limits, decode, encode, run
from graph.stores import Fields, Store, Value
from ontology.errors import AtlasError, QueryError
from ontology.model import Graph, Node

PREFIX = "PREFIX ino: <https://w3id.org/innograph/ontology#> "
NAMES = {
    "cypher": "MATCH (n:City) RETURN n.name AS name ORDER BY n.id",
    "sparql": PREFIX + "SELECT ?name { ?n a ino:City ; ino:name ?name ; ino:id ?id } ORDER BY ?id",
}
RUNAWAY = {
    "cypher": "MATCH (a), (b), (c), (d), (e), (f) WHERE a.name + b.name = c.name + d.name RETURN count(*)",
    "sparql": "SELECT (count(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != ?l) }",
}
GREEDY = {
    "cypher": "MATCH (a), (b), (c) RETURN collect(a.name + b.name + c.name) AS all",
    "sparql": "SELECT (CONCAT(STR(?a), STR(?b), STR(?c)) AS ?x) "
    "{ ?a ?p ?q . ?b ?r ?s . ?c ?t ?u } ORDER BY ?x",
}


@pytest.fixture(params=[KGLiteStore, OxigraphStore], ids=lambda kind: kind.language)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    nodes = tuple(Node(id=f"place/{n:03}", type="City", name=f"Stadt {n}") for n in range(300))
    made: Store = request.param(tmp_path / "store")
    made.build(Graph(documents=(document("a"),), nodes=nodes, edges=(), state="s"))
    return made


def test_a_sandboxed_query_answers_as_the_store_does(store: Store) -> None:
    text = NAMES[store.language]
    assert run(store, text) == store.rows(text)
    assert len(run(store, text).rows) == 300


def test_parameters_reach_the_query(store: Store) -> None:
    text = {
        "cypher": "MATCH (n:City {name: $name}) RETURN n.id",
        "sparql": PREFIX + "SELECT ?i { ?n ino:name $name ; ino:id ?i }",
    }
    assert run(store, text[store.language], {"name": "Stadt 7"}).rows == (("place/007",),)


def test_rows_are_cut_at_the_limit_and_say_so(store: Store) -> None:
    rows = run(store, NAMES[store.language], limits=Limits(rows=10))
    assert (len(rows.rows), rows.more) == (10, True)


def test_a_runaway_query_is_killed_at_its_time(store: Store) -> None:
    begin = time.monotonic()
    with pytest.raises(QueryError) as caught:
        run(store, RUNAWAY[store.language], limits=Limits(seconds=1))
    assert str(caught.value).startswith("the query took longer than 1 seconds and was stopped: ask for less")
    # The limit, the start of a process, and what a busy machine adds.
    assert time.monotonic() - begin < 1 + 15


@pytest.mark.slow
def test_a_greedy_query_is_stopped_at_its_memory(store: Store) -> None:
    with pytest.raises(QueryError, match="needed more than 64 MB of memory and was stopped: ask for less"):
        run(store, GREEDY[store.language], limits=Limits(seconds=60, memory_mb=64))


def test_what_the_guard_and_the_engine_refuse_is_told_in_one_line(store: Store) -> None:
    cases = {
        "cypher": [
            ("LOAD CSV FROM '/etc/hostname' AS r RETURN r", "LOAD CSV is not allowed"),
            ("MATCH (n", "Cypher: "),
        ],
        "sparql": [
            ("ASK { SERVICE <http://127.0.0.1:9/> {} }", "SERVICE is not allowed"),
            ("ASK {", "SPARQL: "),
        ],
    }
    for text, message in cases[store.language]:
        with pytest.raises(QueryError) as caught:
            run(store, text)
        assert str(caught.value).startswith(message) and "\n" not in str(caught.value)


def test_a_store_that_was_never_built_is_told(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match="no graph was built here yet"):
        run(KGLiteStore(tmp_path), "RETURN 1 AS one")


def test_no_process_outlives_its_query(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def remember(*args: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(popen(*args, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", remember)
    run(store, NAMES[store.language])
    with pytest.raises(QueryError):
        run(store, RUNAWAY[store.language], limits=Limits(seconds=0.2))
    assert [child.poll() is not None for child in started] == [True, True]


@pytest.mark.parametrize(
    "value", [None, True, 1, 0.5, "ä\u2028", (), (("a", 1), ("b", None)), Fields((("a", (1, Fields(()))),))]
)
def test_values_pass_the_pipe_unchanged(value: Value) -> None:
    import json

    assert decode(json.loads(json.dumps(encode(value)))) == value
