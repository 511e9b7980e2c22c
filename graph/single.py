"""The graph of one document alone: its entities as nodes, nothing joined with other documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ontology.model import Document, Edge, Entity, Fact, Graph, Node, Relation
from ontology.names import slug
from ontology.vocabulary import vocabulary


def single(document: Document, facts: Iterable[Fact]) -> Graph:
    """Make the graph that one document tells. Ids are readable and unique within it, in the order of the facts."""
    entities = []
    relations = []
    for fact in facts:
        if isinstance(fact, Entity):
            entities.append(fact)
        else:
            relations.append(fact)
    ids = _ids(entities)
    nodes = tuple(sorted((_node(e, ids[e.id]) for e in entities), key=lambda n: n.id))
    edges = tuple(sorted((_edge(r, ids) for r in relations), key=lambda e: e.id))
    return Graph(documents=(replace(document, text=""),), nodes=nodes, edges=edges)


def _ids(entities: Iterable[Entity]) -> dict[str, str]:
    """Entity id -> "organisation/name", with a number where two share a name."""
    numbers: dict[str, int] = {}  # the last that was tried for a name, so that none is tried twice
    taken: set[str] = set()
    ids: dict[str, str] = {}
    for entity in entities:
        id = bare = f"{vocabulary().root(entity.type).lower()}/{slug(entity.name)}"
        # Another's name may end with a number: after "X", "X 2", a second "X" becomes x-3.
        while id in taken:
            numbers[bare] = numbers.get(bare, 1) + 1
            id = f"{bare}-{numbers[bare]}"
        taken.add(id)
        ids[entity.id] = id
    return ids


def _node(entity: Entity, id: str) -> Node:
    return Node(
        id=id,
        type=entity.type,
        name=entity.name,
        aliases=entity.aliases,
        identifiers=entity.identifiers,
        attributes=entity.attributes,
        documents=(entity.document,),
    )


def _edge(relation: Relation, ids: dict[str, str]) -> Edge:
    return Edge(
        id=relation.id,
        source=ids[relation.source],
        type=relation.type,
        target=ids[relation.target],
        evidence=relation.evidence,
        role=relation.role,
        modality=relation.modality,
        amount=relation.amount,
        valid_from=relation.valid_from,
        valid_to=relation.valid_to,
        confidence=max(e.confidence for e in relation.evidence),
    )
