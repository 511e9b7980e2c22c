"""Where a relation stands: documents, quotes, intentions and lone sources.

Each function asks the question of its name; it raises NotFound for an unknown name of a node or document.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.stores import Store
from queries.run import answers


@dataclass(frozen=True, slots=True)
class Statement:
    """One relation with one passage of the document."""

    source: str
    source_name: str
    relation: str
    target: str
    target_name: str
    role: str | None
    modality: str
    quote: str


def document_says(store: Store, document: str) -> tuple[Statement, ...]:
    """Every relation that a document states, with its quotes."""
    return answers(store, "document_says", Statement, document=document)


@dataclass(frozen=True, slots=True)
class Intention:
    """One intention with one passage that says it."""

    source: str
    source_name: str
    relation: str
    target: str
    target_name: str
    role: str | None
    valid_from: str | None
    quote: str
    document: str
    title: str | None
    published: str | None


def intended(store: Store) -> tuple[Intention, ...]:
    """What was planned or announced, but not yet done."""
    return answers(store, "intended", Intention)


@dataclass(frozen=True, slots=True)
class LoneFact:
    """One fact that no second document confirms."""

    source: str
    source_name: str
    relation: str
    target: str
    target_name: str
    role: str | None
    modality: str
    quote: str
    document: str
    title: str | None


def single_source(store: Store) -> tuple[LoneFact, ...]:
    """Which facts rest on one document alone."""
    return answers(store, "single_source", LoneFact)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One relation with one passage; `direction` is "out" or "in", seen from the node asked for."""

    direction: str
    relation: str
    other: str
    other_name: str
    other_kind: str
    role: str | None
    modality: str
    valid_from: str | None
    valid_to: str | None
    quote: str
    document: str


def neighbourhood(store: Store, node: str) -> tuple[Neighbour, ...]:
    """All relations of a node, both ways, each with its quotes."""
    return answers(store, "neighbourhood", Neighbour, node=node)


@dataclass(frozen=True, slots=True)
class Mention:
    """One document that speaks of the node."""

    document: str
    title: str | None
    publisher: str | None
    published: str | None


def mentions(store: Store, node: str) -> tuple[Mention, ...]:
    """Which documents speak of a node."""
    return answers(store, "mentions", Mention, node=node)
