"""Reading the project's own Turtle files by subject; quick enough for the start of any command."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
INO = "https://w3id.org/innograph/ontology#"


@dataclass(frozen=True, slots=True)
class Triples:
    """The triples of one file as subject -> predicate -> objects in the order of the file.

    Subjects and objects are IRIs, or "_:" names of blank nodes, or the text of literals.
    """

    by_subject: Mapping[str, Mapping[str, list[str]]]
    languages: Mapping[tuple[str, str, str], list[str]] = field(repr=False)

    def subjects(self, predicate: str, value: str) -> Iterator[str]:
        """Every subject with that predicate and object, in the order of the file."""
        return (s for s, found in self.by_subject.items() if value in found.get(predicate, ()))

    def objects(self, subject: str, predicate: str) -> list[str]:
        """Every object without a language tag."""
        return self.by_subject.get(subject, {}).get(predicate, [])

    def texts(self, subject: str, predicate: str, language: str) -> list[str]:
        """Every text in that language."""
        return self.languages.get((subject, predicate, language), [])

    def text(self, subject: str, predicate: str, language: str) -> str:
        """The first text in that language, or ""."""
        return next(iter(self.texts(subject, predicate, language)), "")

    def members(self, head: str) -> Iterator[str]:
        """The members of an RDF list."""
        while head != RDF + "nil":
            yield self.objects(head, RDF + "first")[0]
            head = self.objects(head, RDF + "rest")[0]


def read_turtle(name: str | Path) -> Triples:
    """Read a Turtle file, given by its path or by its name beside this module."""
    from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    languages: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for quad in parse(path=HERE / name, format=RdfFormat.TURTLE):
        subject, thing = quad.subject, quad.object
        key = subject.value if isinstance(subject, NamedNode) else str(subject)
        if isinstance(thing, Literal) and thing.language:
            languages[key, quad.predicate.value, thing.language].append(thing.value)
        elif isinstance(thing, NamedNode | Literal | BlankNode):
            value = str(thing) if isinstance(thing, BlankNode) else thing.value
            found[key][quad.predicate.value].append(value)
    return Triples(found, languages)
