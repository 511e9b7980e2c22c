"""The RDF form in Oxigraph: the only file that knows this engine and its surprises."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from graph.garbage import kept
from graph.guard import check_sparql, fill_sparql
from graph.shelf import Shelf, writing
from graph.stores import Fields, Rows, Value
from ontology.errors import AtlasError, QueryError
from ontology.model import Graph
from ontology.statements import ntriples

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

XSD = "http://www.w3.org/2001/XMLSchema#"
PART = 200_000  # statements
WHOLE = frozenset(
    XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
)
FRACTIONS = frozenset(XSD + name for name in ("decimal", "double", "float"))


class OxigraphStore:
    """See graph.stores.SparqlStore."""

    language = "sparql"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._shelf = Shelf(folder)
        self._opened: tuple[Path, Store] | None = None

    def state(self) -> str:
        return self._shelf.state()

    def build(self, graph: Graph) -> None:
        from pyoxigraph import RdfFormat, Store

        with kept(), writing(self.folder), self._shelf.replace(graph.state) as fresh:
            store = Store(str(fresh))
            lines = ntriples(graph)
            # Not transactional, so only ever into a fresh folder. In parts, because one load of everything
            # holds it all in memory to sort it: 2.6 million statements took 1.5 GB, these parts 0.3 GB.
            while part := "\n".join(islice(lines, PART)):
                # Half a character cannot be written; a question mark takes its place.
                store.bulk_load(part.encode("utf-8", "replace"), RdfFormat.N_TRIPLES)
            store.flush()
            del store  # gives the folder's lock back

    def rows(
        self, text: str, parameters: Mapping[str, Value] | None = None, *, limit: int | None = None
    ) -> Rows:
        check_sparql(text, parameters or {})
        filled = fill_sparql(text, {name: _term(value) for name, value in (parameters or {}).items()})
        store = self._readable()
        try:
            return _answer(store, filled, limit)
        except SyntaxError as error:
            raise QueryError(f"SPARQL: {' '.join(str(error).split())}") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"SPARQL: the query failed: {error}") from error

    def _readable(self) -> Store:
        from pyoxigraph import Store

        shown = self._shelf.shown()
        if shown is None:
            raise AtlasError(f"{self.folder}: no graph was built here yet: run `innograph load` first")
        if self._opened is None or self._opened[0] != shown.folder:
            try:
                # Safe beside others: a folder is never written again once the shelf shows it.
                self._opened = shown.folder, Store.read_only(str(shown.folder))
            except OSError as error:
                raise AtlasError(f"{shown.folder}: is damaged ({error}): delete {self.folder}") from error
        return self._opened[1]


def _answer(store: Store, text: str, limit: int | None) -> Rows:
    from pyoxigraph import QueryBoolean, QuerySolutions

    result = store.query(text)
    if isinstance(result, QueryBoolean):
        return Rows(columns=("answer",), rows=((bool(result),),))
    found: list[tuple[Value, ...]] = []
    if isinstance(result, QuerySolutions):
        columns = tuple(variable.value for variable in result.variables)
    else:
        columns = ("subject", "predicate", "object")
    for solution in result:
        if limit is not None and len(found) == limit:
            return Rows(columns=columns, rows=tuple(found), more=True)
        found.append(tuple(_value(term) for term in solution))
    return Rows(columns=columns, rows=tuple(found))


def _value(term: NamedNode | BlankNode | Literal | Triple | None) -> Value:
    """IRIs, dates and words as text, numbers and truth values as such."""
    from pyoxigraph import BlankNode, Literal, NamedNode

    if term is None:
        return None
    if isinstance(term, Literal):
        return _literal(term.value, term.datatype.value)
    if isinstance(term, NamedNode):
        return term.value
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(term)


def _literal(text: str, datatype: str) -> Value:
    if datatype in WHOLE:
        return int(text)
    if datatype in FRACTIONS:
        return float(text)
    if datatype == XSD + "boolean":
        return text in ("true", "1")
    return text


def _term(value: Value) -> str:
    """A parameter as SPARQL writes it; a list as `("a", "b")`, for use after IN."""
    from pyoxigraph import Literal

    if isinstance(value, tuple):
        return f"({', '.join(_term(item) for item in value)})"
    if value is None or isinstance(value, Fields):
        raise QueryError(
            "SPARQL has no term for an empty value or a map: give text, a number, or a list of them"
        )
    # The engine writes and escapes the literal itself.
    return str(Literal(value))
