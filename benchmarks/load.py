"""How loading grows: generated documents into the ledger, the fold, and both stores.

    python -m benchmarks.load --sizes 1000 3000 10000

Each size runs in a process of its own, so that its peak of memory is its own. Beside our seconds stand those
of the bare libraries in the same run: the same rows into plain SQLite, the same nodes and edges into KGLite,
the same statements into Oxigraph, all made ready beforehand.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from graph.atlas import Atlas
from graph.kglite_store import edge_props, node_props
from graph.rows import document_row, entity_row, relation_row
from ontology.model import Document, Entity, Evidence, Fact, Graph, Name, Relation
from ontology.schema import labels, relationship_type
from ontology.statements import ntriples

ROOT = Path(__file__).resolve().parent.parent
POOL = 400  # bodies and cities that many documents share
KINDS = ("Company", "University", "City", "Chamber")
BATCH = 5_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Wall seconds; `peak_mb` is the largest resident size before the bare libraries ran."""

    documents: int
    facts: int
    nodes: int
    edges: int
    ledger: float
    fold: float
    cypher: float
    sparql: float
    reload: float
    answer: float  # from that re-load to the first Cypher answer: fold and store anew
    peak_mb: float
    bare_sqlite: float
    bare_kglite: float
    bare_oxigraph: float


def generated(number: int, *, version: int = 0) -> tuple[Document, list[Fact]]:
    """A document with 12 entities and 15 relations: two thirds from the shared pool, one third its own."""
    draw = random.Random(number * 10 + version)  # noqa: S311
    home = f"doc-{number:08d}{version:08d}"
    bodies = [_entity(home, n, draw.choice(("Company", "University", "Chamber")), draw) for n in range(6)]
    cities = [_entity(home, 6 + n, "City", draw) for n in range(2)]
    persons = [_entity(home, 8 + n, "Person", draw, own=f"Ada Muster{number} {'abc'[n]}") for n in range(3)]
    project = _entity(home, 11, "Project", draw, own=f"Projekt Beispiel {number}")
    links = []
    for n in range(5):
        body = draw.choice(bodies)
        links.append(_relation(home, 3 * n, draw.choice(persons), "affiliatedWith", body))
        links.append(_relation(home, 3 * n + 1, body, "locatedIn", draw.choice(cities)))
        links.append(_relation(home, 3 * n + 2, body, "participatesIn", project))
    text = f"Text of document {number}, version {version}. " * 60
    document = Document(id=home, title=f"Title {number}", text=text, language="de", kind="text")
    return document, [*bodies, *cities, *persons, project, *links]


def _entity(home: str, number: int, type: str, draw: random.Random, *, own: str = "") -> Entity:
    name = own or f"{type} Beispiel {draw.randrange(POOL)}"
    quote = Evidence(document=home, quote=name, line=number + 1, column="name", method="benchmark")
    return Entity(
        id=f"{home}#e{number}",
        document=home,
        type=type,
        name=name,
        aliases=(Name(text=f"{name} GmbH"),),
        evidence=(quote,),
    )


def _relation(home: str, number: int, source: Entity, type: str, target: Entity) -> Relation:
    words = f"{source.name} and {target.name} stand together in one sentence of document {home}"
    return Relation(
        id=f"{home}#r{number}",
        document=home,
        source=source.id,
        type=type,
        target=target.id,
        evidence=(Evidence(document=home, quote=words, line=number + 1),),
        role=f"Rolle {number % 4}",
    )


def measure(size: int, folder: Path) -> Measured:
    """Load, fold, build, re-load one; then the same with the bare libraries."""
    with Atlas.create(folder / "atlas") as atlas:
        ledger_seconds = _load(atlas, size)
        counts = atlas.ledger.counts()
        fold_seconds, folding = timed(atlas.folding)
        cypher_seconds, _ = timed(lambda: atlas.cypher(folding=folding))
        sparql_seconds, _ = timed(lambda: atlas.sparql(folding=folding))
        peak = peak_mb()
        graph = folding.graph
        reload_seconds, _ = timed(lambda: _reload(atlas, size // 2))
        answer_seconds, _ = timed(lambda: atlas.cypher().rows("MATCH (n:City) RETURN count(n) AS cities"))
    return Measured(
        documents=size,
        facts=counts.entities + counts.relations,
        nodes=len(graph.nodes),
        edges=len(graph.edges),
        ledger=ledger_seconds,
        fold=fold_seconds,
        cypher=cypher_seconds,
        sparql=sparql_seconds,
        reload=reload_seconds,
        answer=answer_seconds,
        peak_mb=peak,
        bare_sqlite=_bare_sqlite(size, folder / "bare.sqlite"),
        bare_kglite=_bare_kglite(graph, folder / "bare.kgl"),
        bare_oxigraph=_bare_oxigraph(graph, folder),
    )


def peak_mb() -> float:
    """The largest resident size so far."""
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes on Linux, bytes on macOS
    return most / (2**10 if sys.platform == "linux" else 2**20)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Wall seconds and the result."""
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


def _load(atlas: Atlas, size: int) -> float:
    seconds = 0.0
    with atlas.loading() as ledger:
        for number in range(size):
            document, facts = generated(number)
            begin = time.perf_counter()
            ledger.put(document, source=f"{number}.txt", facts=facts, fingerprint="1")
            seconds += time.perf_counter() - begin
    return seconds


def _reload(atlas: Atlas, number: int) -> None:
    document, facts = generated(number, version=1)
    with atlas.loading() as ledger:
        ledger.put(document, source=f"{number}.txt", facts=facts, fingerprint="2")


def _bare_sqlite(size: int, path: Path) -> float:
    """The same rows, one transaction a document, without checks, digests, sources and indexes."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    widths = {"document": 9, "entity": 9, "relation": 11}
    for table, width in widths.items():
        connection.execute(f"CREATE TABLE {table}({', '.join(f'c{n}' for n in range(width))})")
    insert = {table: f"INSERT INTO {table} VALUES ({', '.join('?' * n)})" for table, n in widths.items()}  # noqa: S608
    seconds = 0.0
    for number in range(size):
        document, facts = generated(number)
        row = document_row(document)
        entities = [entity_row(fact, document) for fact in facts if isinstance(fact, Entity)]
        relations = [relation_row(fact, document) for fact in facts if isinstance(fact, Relation)]
        begin = time.perf_counter()
        connection.execute("BEGIN")
        connection.execute(insert["document"], row)
        connection.executemany(insert["entity"], entities)
        connection.executemany(insert["relation"], relations)
        connection.execute("COMMIT")
        seconds += time.perf_counter() - begin
    connection.close()
    return seconds


def _bare_kglite(graph: Graph, path: Path) -> float:
    import kglite

    types = {node.id: node.type for node in graph.nodes}
    nodes: dict[str, list[Any]] = defaultdict(list)
    edges: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for node in graph.nodes:
        nodes[node.type].append(node_props(node))
        for name in node.documents:
            edges[node.type, "MENTIONED_IN", "Document"].append({"s": node.id, "t": name, "p": {}})
    nodes["Document"] = [{"id": document.id, "name": document.title} for document in graph.documents]
    for edge in graph.edges:
        place = types[edge.source], relationship_type(edge.type), types[edge.target]
        edges[place].append({"s": edge.source, "t": edge.target, "p": edge_props(edge)})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seconds, _ = timed(lambda: _fill_kglite(kglite.KnowledgeGraph(), nodes, edges, path))
    return seconds


def _fill_kglite(
    engine: Any, nodes: dict[str, list[Any]], edges: dict[tuple[str, str, str], list[Any]], path: Path
) -> None:
    for type, rows in nodes.items():
        label = type if type == "Document" else ":".join(labels(type))
        for at in range(0, len(rows), BATCH):
            text = f"UNWIND $rows AS row CREATE (n:{label}) SET n = row"
            engine.cypher(text, params={"rows": rows[at : at + BATCH]})
    for (source, type, target), rows in edges.items():
        text = f"UNWIND $rows AS row MATCH (a:{source} {{id: row.s}}), (b:{target} {{id: row.t}}) "
        text += f"CREATE (a)-[r:{type}]->(b) SET r = row.p"
        for at in range(0, len(rows), BATCH):
            engine.cypher(text, params={"rows": rows[at : at + BATCH]})
    engine.save(str(path))


def _bare_oxigraph(graph: Graph, folder: Path) -> float:
    from pyoxigraph import RdfFormat, Store

    file = folder / "graph.nt"
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(statement + "\n" for statement in ntriples(graph))
    store = Store(str(folder / "bare-oxigraph"))
    seconds, _ = timed(lambda: store.bulk_load(path=str(file), format=RdfFormat.N_TRIPLES))
    return seconds


def table(results: list[Measured]) -> str:
    """One row a size. A ratio is our seconds divided by those of the bare library."""
    head = (
        "documents    facts   nodes   edges | ledger s  docs/s  fold s cypher s sparql s  peak MB | "
        "re-load s answer s | /sqlite /kglite /oxigraph"
    )
    rows = [
        f"{one.documents:>9} {one.facts:>8} {one.nodes:>7} {one.edges:>7} | {one.ledger:>8.2f} "
        f"{one.documents / one.ledger:>7.0f} {one.fold:>7.2f} {one.cypher:>8.2f} {one.sparql:>8.2f} "
        f"{one.peak_mb:>8.0f} | {one.reload:>9.3f} {one.answer:>8.2f} | {one.ledger / one.bare_sqlite:>7.1f} "
        f"{one.cypher / one.bare_kglite:>7.1f} {one.sparql / one.bare_oxigraph:>9.1f}"
        for one in results
    ]
    return "\n".join([head, *rows])


def _in_a_child(size: int) -> Measured:
    command = [sys.executable, "-m", "benchmarks.load", "--child", str(size)]
    found = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=dict(os.environ))  # noqa: S603
    return Measured(**json.loads(found.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description="How loading grows with the number of documents.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 3_000, 10_000])
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(json.dumps(asdict(measure(options.child, Path(folder)))))
    else:
        sys.stdout.write(table([_in_a_child(size) for size in options.sizes]) + "\n")


if __name__ == "__main__":
    main()
