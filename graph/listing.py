"""What an atlas holds, for `innograph status`."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import unquote

from graph.atlas import STORES, Atlas
from graph.fold import Folding
from graph.ledger import Ledger
from graph.sandbox import store_for
from graph.stores import Rows


def document_rows(ledger: Ledger) -> Rows:
    """Id, date, title and files of every document, sorted by date and id; any of id, title, file can be forgotten."""
    files = defaultdict(list)
    for source in ledger.sources():
        files[source.document].append(unquote(source.uri.rsplit("/", 1)[-1]))
    rows = ((d.id, d.published, d.title, tuple(sorted(files[d.id]))) for d in ledger.documents())
    return Rows(
        columns=("document", "published", "title", "files"),
        rows=tuple(sorted(rows, key=lambda row: (row[1], row[0]))),
    )


def stores_current(atlas: Atlas, folding: Folding) -> dict[str, bool]:
    """Whether each store, by its language, shows the folded graph."""
    folders = {language: atlas.folder / STORES / language for language in ("cypher", "sparql")}
    return {name: store_for(name, at).state() == folding.graph.state for name, at in folders.items()}
