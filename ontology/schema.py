"""The property-graph form of the vocabulary: labels, relationship types and constraints for Cypher."""

from __future__ import annotations

import re
from functools import cache

from ontology.errors import InvalidValue, unknown
from ontology.vocabulary import vocabulary

DOCUMENT_LABEL = "Document"
MENTIONED_IN = "mentionedIn"  # from a node to each document that speaks of it


def labels(type: str) -> tuple[str, ...]:
    """The labels of a node of that class, most specific first. Raises InvalidValue for an unknown class.

    >>> labels("University")
    ('University', 'Organisation')
    """
    return vocabulary().ancestors(type)


@cache
def relationship_type(relation: str) -> str:
    """The Cypher name of a relation. Raises InvalidValue for an unknown relation.

    >>> relationship_type("affiliatedWith")
    'AFFILIATED_WITH'
    """
    if relation != MENTIONED_IN:
        vocabulary().check_relation(relation)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", relation).upper()


@cache
def relation_name(relationship: str) -> str:
    """The relation behind a Cypher name. Raises InvalidValue for an unknown name.

    >>> relation_name("AFFILIATED_WITH")
    'affiliatedWith'
    """
    names = {relationship_type(name): name for name in (*vocabulary().relations, MENTIONED_IN)}
    if relationship not in names:
        raise InvalidValue(unknown("relationship type", relationship, names))
    return names[relationship]


def constraints() -> tuple[str, ...]:
    """Neo4j 5 statements that make `id` unique for each label; they also index it for look-ups.

    Run each on its own; running them again changes nothing.
    """
    return tuple(
        f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in sorted((*vocabulary().classes, DOCUMENT_LABEL))
    )
