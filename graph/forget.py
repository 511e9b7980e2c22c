"""Forget a document however a person calls it."""

from __future__ import annotations

from pathlib import Path

from graph.ledger import Ledger
from ontology.errors import NotFound
from ontology.model import Document


def forget(ledger: Ledger, name: str) -> Document:
    """Remove a document with all that only it says; return it without its text.

    `name`: its id, the path or URI of its file, the file's name, or its title.
    Raises NotFound with near misses, and where a name stands for several documents.
    """
    found = sorted(_called(ledger, name))
    if len(found) > 1:
        raise NotFound(f"{name!r} stands for {len(found)} documents: name one by its id: {', '.join(found)}")
    return ledger.forget(found[0] if found else name)


def _called(ledger: Ledger, name: str) -> set[str]:
    """Ids of the documents with that path, file name or title; an exact id or URI is left to the ledger."""
    path = Path(name)
    uri = path.resolve().as_uri()
    by_source = {s.document for s in ledger.sources() if s.uri in (uri, name) or s.uri.endswith(f"/{name}")}
    return by_source or {d.id for d in ledger.documents() if name in (d.id, d.title)}
