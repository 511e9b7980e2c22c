"""Starts writers of a ledger and kills each after a while. Talks with test_ledger.py through pipes.

Writers are forked from here, since starting a Python for each of them would take most of the test's time.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from itertools import count, pairwise
from pathlib import Path

from graph_facts import document, entity, relation

from graph.ledger import Ledger
from ontology.model import Document, Fact
from ontology.vocabulary import vocabulary

SOURCES = 40


def expected(id: str) -> tuple[int, int]:
    """How many entities and relations the document of that id has."""
    _, number, version = id.split("-")
    entities = 5 + (int(number) * 7 + int(version) * 3) % 20
    return entities, entities - 1


def generated(number: int, version: int) -> tuple[Document, list[Fact]]:
    home = f"{number}-{version}"
    size, _ = expected(f"doc-{home}")
    chain = [entity(home, "City", f"City {place}") for place in range(size)]
    links = [relation(a, "cooperatesWith", b, quote="x" * 900) for a, b in pairwise(chain)]
    return document(home, "some text " * 200), [*chain, *links]


def write(path: Path, start: int) -> None:
    """Write documents without end: first each source once, then its next version, and so on."""
    with Ledger.open(path) as ledger:
        for step in count(start):
            number, version = step % SOURCES, step // SOURCES
            doc, facts = generated(number, version)
            ledger.put(doc, source=f"file-{number}", facts=facts, fingerprint=str(version))


if __name__ == "__main__":
    vocabulary()
    for request in sys.stdin:
        start, seconds = request.split()
        writer = os.fork()
        if writer == 0:
            write(Path(sys.argv[1]), int(start))
        time.sleep(float(seconds))
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        print("killed", flush=True)
