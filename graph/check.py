"""What must hold in a ledger, looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from graph.ledger import Ledger
from ontology.errors import AtlasError
from ontology.model import Evidence


def problems(ledger: Ledger) -> Iterator[str]:
    """Yield what is wrong: damage of the file, quotes that do not stand where their evidence says."""
    try:
        ledger.check()
    except AtlasError as error:
        yield str(error)
        return
    for document in ledger.documents(with_text=True):
        for entity in ledger.entities(document.id):
            yield from _misquoted(document.id, document.text, entity.evidence)
        for relation in ledger.relations(document.id):
            yield from _misquoted(document.id, document.text, relation.evidence)


def _misquoted(document: str, text: str, pieces: tuple[Evidence, ...]) -> Iterator[str]:
    for piece in pieces:
        if piece.start >= 0 and text[piece.start : piece.end] != piece.quote:
            yield f"{document}: the text at {piece.start}-{piece.end} is not the quote {piece.quote[:60]!r}"
