"""The innovation topics of topics.ttl: fields of technology, industries and fields of policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from ontology.names import fold
from ontology.turtle import RDF, SKOS, Triples, read_turtle

TOPIC = "https://w3id.org/innograph/topic/"  # the IRI of a concept without its id


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A topic. `id` ends its IRI; `synonyms` are sorted pairs (language, text) without the two labels."""

    id: str
    label_de: str
    label_en: str
    synonyms: tuple[tuple[str, str], ...]
    broader: tuple[str, ...]  # ids, sorted; () for a top concept


@lru_cache(maxsize=1)
def concepts() -> Mapping[str, Concept]:
    """Every concept by its id, sorted. Read once; later calls return the same value."""
    triples = read_turtle("topics.ttl")
    found = (_concept(triples, iri) for iri in triples.subjects(RDF + "type", SKOS + "Concept"))
    return MappingProxyType({concept.id: concept for concept in sorted(found, key=lambda one: one.id)})


@lru_cache(maxsize=1)
def labels() -> Mapping[str, str]:
    """Folded label or synonym in either language -> id of its concept.

    Folding loses case: "IT" and "AR" become "it" and "ar". Who looks for topics in running text compares
    such short forms with `Concept.synonyms`, which keep theirs.
    """
    return MappingProxyType(
        dict(sorted((fold(text), one.id) for one in concepts().values() for text in names(one)))
    )


def names(concept: Concept) -> Iterator[str]:
    """Both labels and every synonym as written."""
    yield concept.label_de
    yield concept.label_en
    yield from (text for _, text in concept.synonyms)


def _concept(triples: Triples, iri: str) -> Concept:
    synonyms = {
        (language, text)
        for language in ("de", "en")
        for text in triples.texts(iri, SKOS + "altLabel", language)
    }
    return Concept(
        id=iri.removeprefix(TOPIC),
        label_de=triples.text(iri, SKOS + "prefLabel", "de"),
        label_en=triples.text(iri, SKOS + "prefLabel", "en"),
        synonyms=tuple(sorted(synonyms)),
        broader=tuple(
            sorted(parent.removeprefix(TOPIC) for parent in triples.objects(iri, SKOS + "broader"))
        ),
    )
