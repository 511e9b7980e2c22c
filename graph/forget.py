"""Forget a document however a person calls it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from graph.ledger import Ledger
from ontology.errors import NotFound
from ontology.model import Document


def forget(ledger: Ledger, name: str) -> Document:
    """Remove a document with all that only it says; return it without its text.

    `name`: its id, the path or URI of its file, the file's name, or its title. A path counts before a file's name,
    since the same name may lie in several folders. Raises NotFound with near misses, and where a name stands for
    several documents.
    """
    known = list(_names(ledger))
    uri = Path(name).resolve().as_uri()
    for wanted in (uri, name):
        found = sorted({id for called, id in known if called == wanted})
        if len(found) > 1:
            raise NotFound(
                f"{name!r} stands for {len(found)} documents: name one by its id: {', '.join(found)}"
            )
        if found:
            return ledger.forget(found[0])
    raise NotFound(_not_found(name, (called for called, _ in known)))


def _names(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Every name of a document with its id."""
    for document in ledger.documents():
        yield document.id, document.id
        yield document.title, document.id
    for source in ledger.sources():
        yield source.uri, source.document
        yield unquote(source.uri.rsplit("/", 1)[-1]), source.document


def _not_found(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, sorted({n for n in known if n}), n=3)
    way_out = (
        f"did you mean {' or '.join(map(repr, near))}?"
        if near
        else "`innograph status --documents` lists them"
    )
    return f"no document {name!r} in this atlas: {way_out}"
