"""Ask a named question of a store: `ask(store, "people", body="BMR")`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from graph.stores import Rows, Store
from ontology.errors import QueryError, unknown
from ontology.model import PARTIAL_DATE
from queries.catalogue import Parameter, Question, question, text
from queries.resolve import resolve_document, resolve_node

Answer = TypeVar("Answer")


def ask(store: Store, name: str, /, **parameters: str) -> Rows:
    """The answer to a question, its rows in the order that the question's text sets.

    A node is given by its id or by any of its names; capitals, legal forms and titles do not matter.
    Raises NotFound for an unknown question, node or document, QueryError for a missing, unknown or
    misshapen parameter and for a name that stands for several nodes.
    """
    asked = question(name)
    check_names(asked, parameters)
    values = {p.name: value_of(store, p, parameters.get(p.name, p.default or "")) for p in asked.parameters}
    rows = store.rows(text(name, store.language), values)
    if rows.columns != asked.columns:
        raise QueryError(
            f"{name} answered in columns {', '.join(rows.columns)}, not {', '.join(asked.columns)}"
        )
    return rows


def answers(
    store: Store, name: str, shape: Callable[..., Answer], /, **parameters: str
) -> tuple[Answer, ...]:
    """The answer with each row as a `shape`, whose fields are the columns of the question."""
    rows = ask(store, name, **parameters)
    return tuple(shape(**dict(zip(rows.columns, row, strict=True))) for row in rows.rows)


def check_names(asked: Question, parameters: Mapping[str, str]) -> None:
    """Raise QueryError unless each parameter is one of the question's and none is missing."""
    known = [p.name for p in asked.parameters]
    for name in parameters:
        if not known:
            raise QueryError(f"{asked.name} takes no parameters, and {name!r} was given")
        if name not in known:
            raise QueryError(f"{asked.name}: {unknown('parameter', name, known)} Ask: {asked.usage}")
    missing = [p for p in asked.parameters if p.default is None and p.name not in parameters]
    if missing:
        words = "; ".join(f"{p.name}: {p.description}" for p in missing)
        raise QueryError(f"{asked.name} needs {words}. Ask: {asked.usage}")


def value_of(store: Store, parameter: Parameter, value: str) -> str:
    """The value that goes into the query: an id for a node or a document, else the value itself."""
    if not isinstance(value, str):
        raise QueryError(f"{parameter.name}={value!r}: give it as text, not as {type(value).__name__}")
    match parameter.types:
        case ("text",):
            return value
        case ("date",):
            if value and not PARTIAL_DATE.match(value):
                raise QueryError(f"{parameter.name}={value!r}: write 2019, 2019-11 or 2019-11-25")
            return value
        case ("document",):
            return resolve_document(store, value)
        case _:
            return resolve_node(store, value, types=parameter.types)
