"""The classes and relations of the graph, read from innovation.ttl, which is their one source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from ontology.errors import InvalidValue, unknown
from ontology.turtle import INO, OWL, RDF, RDFS, SKOS, Triples, read_turtle

ENTITY = "Entity"  # the class above all classes of nodes; no node has it as its type


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTerm:
    """A class of nodes. `colour` is "#RRGGBB", `shape` one of vis-network's shape names."""

    name: str
    parent: str | None
    label_de: str
    label_en: str
    definition_de: str
    definition_en: str
    colour: str
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationTerm:
    """A relation between nodes. `domain` and `range` hold the classes as written, without their children.

    The inverse of a symmetric relation is the relation itself.
    """

    name: str
    domain: frozenset[str]
    range: frozenset[str]
    label_de: str
    label_en: str
    inverse: str
    inverse_label_de: str
    inverse_label_en: str
    definition_de: str
    definition_en: str
    symmetric: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Every term by its name, sorted by name. `datatypes`: data property -> IRI of its datatype."""

    classes: Mapping[str, ClassTerm]
    relations: Mapping[str, RelationTerm]
    datatypes: Mapping[str, str]
    _lines: Mapping[str, tuple[str, ...]]
    _allowed: frozenset[tuple[str, str, str]]

    def ancestors(self, type: str) -> tuple[str, ...]:
        """The class and its parents, most specific first. Raises InvalidValue for an unknown class.

        >>> vocabulary().ancestors("Startup")
        ('Startup', 'Company', 'Organisation')
        """
        return self._lines.get(type) or self._lines[self.check_type(type)]

    def root(self, type: str) -> str:
        """The topmost class above it: "Organisation" for "Startup"."""
        return self.ancestors(type)[-1]

    def is_a(self, type: str, parent: str) -> bool:
        """Whether `type` is `parent` or below it."""
        return self.check_type(parent) in self.ancestors(type)

    def compatible(self, a: str, b: str) -> bool:
        """Whether one of the two is the other or stands above it."""
        return self.is_a(a, b) or self.is_a(b, a)

    def allows(self, source_type: str, relation: str, target_type: str) -> bool:
        """Whether the relation may go from the one class to the other. Raises InvalidValue for unknown names.

        A class above an allowed one is not allowed: what is only known as a Place or an Event may still be
        anything, so `visited` starts at a Delegation and not at any Event.
        """
        if (source_type, relation, target_type) in self._allowed:
            return True
        self.check_relation(relation)
        self.check_type(source_type)
        self.check_type(target_type)
        return False

    def check_type(self, name: str) -> str:
        """Return `name` if it is a class of nodes, else raise InvalidValue with the nearest class."""
        if name in self.classes:
            return name
        raise InvalidValue(unknown("class", name, self.classes))

    def check_relation(self, name: str) -> str:
        """Return `name` if it is a relation, else raise InvalidValue with the nearest relation."""
        if name in self.relations:
            return name
        raise InvalidValue(unknown("relation", name, self.relations))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Read the vocabulary once; later calls return the same value."""
    return vocabulary_of(read_turtle("innovation.ttl"))


def vocabulary_of(triples: Triples) -> Vocabulary:
    """The vocabulary that the triples describe. Raises InvalidValue where a term lacks what it needs."""
    classes = {term.name: term for term in _classes(triples)}
    relations = {term.name: term for term in _relations(triples, classes)}
    lines = {name: tuple(_line(name, classes)) for name in classes}
    return Vocabulary(
        classes=MappingProxyType(dict(sorted(classes.items()))),
        relations=MappingProxyType(dict(sorted(relations.items()))),
        datatypes=MappingProxyType(dict(_datatypes(triples))),
        _lines=MappingProxyType(lines),
        _allowed=frozenset(_allowed(relations, lines)),
    )


def _classes(triples: Triples) -> Iterator[ClassTerm]:
    parents = {
        subject: parent
        for subject in triples.subjects(RDF + "type", OWL + "Class")
        for parent in triples.objects(subject, RDFS + "subClassOf")
        if parent.startswith(INO)
    }
    for iri, parent in parents.items():
        yield ClassTerm(
            name=iri.removeprefix(INO),
            parent=None if parent == INO + ENTITY else parent.removeprefix(INO),
            label_de=triples.text(iri, RDFS + "label", "de"),
            label_en=triples.text(iri, RDFS + "label", "en"),
            definition_de=triples.text(iri, SKOS + "definition", "de"),
            definition_en=triples.text(iri, SKOS + "definition", "en"),
            colour=_needed(triples.objects(iri, INO + "colour"), iri, 'ino:colour "#RRGGBB"'),
            shape=_needed(triples.objects(iri, INO + "shape"), iri, 'ino:shape "dot"'),
        )


def _line(name: str | None, classes: Mapping[str, ClassTerm]) -> Iterator[str]:
    while name is not None:
        yield name
        if name not in classes:
            raise InvalidValue(f"innovation.ttl: {unknown('parent class', name, classes)}")
        name = classes[name].parent


def _needed(values: Iterable[str], iri: str, example: str) -> str:
    """The first value; without one, an error that shows what to write."""
    for value in values:
        return value
    raise InvalidValue(f"innovation.ttl: ino:{iri.removeprefix(INO)} lacks a line such as {example}")


def _relations(triples: Triples, classes: Mapping[str, ClassTerm]) -> Iterator[RelationTerm]:
    """Object properties between nodes; links to documents and evidence are not among them."""
    for iri in triples.subjects(RDF + "type", OWL + "ObjectProperty"):
        domain, range_ = (frozenset(_choice(triples, iri, RDFS + end)) for end in ("domain", "range"))
        if domain <= classes.keys() and range_ <= classes.keys():
            yield _relation(triples, iri, domain=domain, range_=range_)


def _relation(triples: Triples, iri: str, *, domain: frozenset[str], range_: frozenset[str]) -> RelationTerm:
    symmetric = OWL + "SymmetricProperty" in triples.objects(iri, RDF + "type")
    example = f"ino:hasX owl:inverseOf ino:{iri.removeprefix(INO)}"
    inverse = iri if symmetric else _needed(triples.subjects(OWL + "inverseOf", iri), iri, example)
    return RelationTerm(
        name=iri.removeprefix(INO),
        domain=domain,
        range=range_,
        label_de=triples.text(iri, RDFS + "label", "de"),
        label_en=triples.text(iri, RDFS + "label", "en"),
        inverse=inverse.removeprefix(INO),
        inverse_label_de=triples.text(inverse, RDFS + "label", "de"),
        inverse_label_en=triples.text(inverse, RDFS + "label", "en"),
        definition_de=triples.text(iri, SKOS + "definition", "de"),
        definition_en=triples.text(iri, SKOS + "definition", "en"),
        symmetric=symmetric,
    )


def _choice(triples: Triples, iri: str, predicate: str) -> Iterator[str]:
    """The classes of a domain or range: one class, or the members of an owl:unionOf."""
    for value in triples.objects(iri, predicate):
        unions = triples.objects(value, OWL + "unionOf")
        for member in triples.members(unions[0]) if unions else [value]:
            yield member.removeprefix(INO)


def _datatypes(triples: Triples) -> Iterator[tuple[str, str]]:
    for iri in triples.subjects(RDF + "type", OWL + "DatatypeProperty"):
        for datatype in triples.objects(iri, RDFS + "range"):
            yield iri.removeprefix(INO), datatype


def _allowed(
    relations: Mapping[str, RelationTerm], lines: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str, str]]:
    """Every allowed triple of classes, children included; a few thousand, so that `allows` is one look-up."""
    below = {name: {child for child, line in lines.items() if name in line} for name in lines}
    for term in relations.values():
        sources = set().union(*(below[name] for name in term.domain))
        targets = set().union(*(below[name] for name in term.range))
        yield from ((source, term.name, target) for source in sources for target in targets)
