"""What a source said (Document, Entity, Relation, Evidence) and what was concluded (Node, Edge, Graph).

A loader makes entities and relations, each with its evidence. The ledger keeps them apart by source.
The fold joins them into nodes and edges. All values are frozen and hold immutable fields only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ontology.errors import InvalidValue

PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")


class Modality(StrEnum):
    """How a source puts a relation. Only `stated` and `past` are facts."""

    STATED = "stated"
    INTENDED = "intended"  # "Ziel ist", "soll", "plans to"
    NEGATED = "negated"  # "wurde noch nicht unterzeichnet"
    PAST = "past"  # "former", "bis Mai 2024"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One spelling of a name. `language` is a BCP 47 tag, or "" where it is not known."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """An identifier that others gave, such as scheme "ror", value "04xfq0f34"."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source as it was read. `id` is made from its content, so equal content is one document."""

    id: str
    title: str
    text: str  # decoded, line ends are \n; spans of evidence count its code points
    language: str  # BCP 47, "und" where it could not be told
    kind: str  # "html", "text", "markdown", "pdf", "docx", "table"
    publisher: str = ""
    url: str = ""
    published: str = ""  # ISO 8601 date as exact as known: "2019", "2019-11", "2019-11-25", or ""
    licence: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            raise InvalidValue("a document needs an id")
        check_date("published", self.published)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a fact stands. Prose: `start`/`end` (code points in Document.text, end exclusive), and
    `quote` equals Document.text[start:end]. Records: `line` (from 1, header included) and `column`;
    `quote` is the cell's text."""

    document: str
    quote: str
    start: int = -1  # -1: not prose
    end: int = -1
    line: int = 0  # 0: not a record
    column: str = ""
    method: str = ""  # which rule or mapping found it, such as "rule:role" or "table:projects"
    confidence: float = 1.0  # 0..1

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise InvalidValue(f"confidence {self.confidence}: write a number from 0 to 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One thing that one document speaks of.

    `id` is unique within its document. `attributes` are sorted pairs; a date is ISO 8601, as exact as
    the source. Equal means equal in every field; that two entities are one thing is a judgement.
    """

    id: str
    document: str
    type: str  # a class of the ontology, such as "Company"
    name: str  # the fullest form, nominative
    aliases: tuple[Name, ...] = ()
    language: str = ""
    identifiers: tuple[Identifier, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValue(f"entity {self.id!r} of {self.document!r} has no name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A typed link between two entities of one document, with the passages that say it."""

    id: str
    document: str
    source: str  # Entity.id in the same document
    type: str  # a relation of the ontology, such as "affiliatedWith"
    target: str
    evidence: tuple[Evidence, ...]
    role: str = ""  # the words of the text: "Geschäftsführer"
    modality: Modality = Modality.STATED
    amount: str = ""  # decimal number and ISO 4217 code: "2300000 EUR"
    valid_from: str = ""  # ISO 8601, partial allowed
    valid_to: str = ""

    def __post_init__(self) -> None:
        if not self.evidence:
            raise InvalidValue(f"relation {self.id!r} of {self.document!r} has no evidence")
        check_date("valid_from", self.valid_from)
        check_date("valid_to", self.valid_to)


Fact = Entity | Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One real thing of the folded graph, made of the entities that resolution joined."""

    id: str  # stable over re-loads: made from class and name, not from load order
    type: str
    name: str
    aliases: tuple[Name, ...] = ()  # every other spelling, sorted, without `name`
    identifiers: tuple[Identifier, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    documents: tuple[str, ...] = ()  # ids of the documents that speak of it, sorted


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One relation of the folded graph with every piece of evidence for it, sorted."""

    id: str
    source: str  # Node.id
    type: str
    target: str
    evidence: tuple[Evidence, ...]
    role: str = ""
    modality: Modality = Modality.STATED
    amount: str = ""
    valid_from: str = ""
    valid_to: str = ""
    confidence: float = 1.0  # of the best piece of evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The folded graph, everything sorted by id. `documents` come without their text."""

    documents: tuple[Document, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    state: str = ""  # digest of the ledger and corrections that it shows


def check_date(field: str, value: str) -> None:
    """Raise InvalidValue unless `value` is "" or an ISO 8601 date of year, month or day precision."""
    if value and not PARTIAL_DATE.match(value):
        raise InvalidValue(f"{field} {value!r}: write 2019, 2019-11 or 2019-11-25")
