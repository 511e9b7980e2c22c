"""RDF files from `ontology.statements`: N-Triples, Turtle and JSON-LD; equal graphs give equal bytes."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path

import ontology
from ontology.model import Graph
from ontology.ntriples import Iri, Literal, Statement
from ontology.ntriples import line as ntriples_line
from ontology.statements import BASE, statements
from ontology.turtle import INO, OWL, RDF, RDFS, SKOS, XSD
from views.node_link import Json

CONTEXT = Path(ontology.__file__).parent / "context.jsonld"
TYPE = RDF + "type"
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "ino": INO,
    "owl": OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
}


def ntriples_file(graph: Graph) -> bytes:
    """N-Triples, one sorted line a statement."""
    return "".join(f"{line}\n" for line in _lines(graph)).encode()


def turtle(graph: Graph) -> bytes:
    """Turtle with prefixes, statements of one subject together."""
    from pyoxigraph import RdfFormat, parse, serialize

    found = parse("\n".join(_lines(graph)), format=RdfFormat.N_TRIPLES)
    triples = (quad.triple for quad in found)
    content = serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES, base_iri=BASE) or b""
    # The serialiser keeps prefixes in an order of its own; texts hold no line breaks, so lines can be cut.
    lines = content.decode().split("\n")[:-1]
    head = sorted(line for line in lines if line.startswith("@"))
    body = ["\n" + line if line.startswith("<") else line for line in lines if not line.startswith("@")]
    return "".join(f"{line}\n" for line in head + body).encode()


def jsonld(graph: Graph) -> bytes:
    """JSON-LD with the project's context inside, so that it can be read without any network."""
    by_subject: dict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(set(statements(graph)), key=ntriples_line):
        by_subject[statement[0].value].append(statement)
    tree: Json = {"@context": _context(), "@graph": [_object(*item) for item in by_subject.items()]}
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode(errors="replace")


def _lines(graph: Graph) -> list[str]:
    return sorted({ntriples_line(statement) for statement in statements(graph)})


@cache
def _context() -> dict[str, Json]:
    tree: dict[str, dict[str, Json]] = json.loads(CONTEXT.read_text("utf-8"))
    return tree["@context"]


@cache
def _terms() -> dict[str, tuple[str, str]]:
    """IRI of a property -> its term in the context and the term's "@type", "" for none."""
    found = {}
    for term, value in _context().items():
        iri = value.get("@id") if isinstance(value, dict) else value
        kind = value.get("@type", "") if isinstance(value, dict) else ""
        if isinstance(iri, str) and isinstance(kind, str) and not term.startswith("@"):
            prefix, _, rest = iri.partition(":")
            found[PREFIXES.get(prefix, prefix + ":") + rest] = (term, kind)
    return found


def _object(subject: str, about: list[Statement]) -> Json:
    tree: dict[str, Json] = {"@id": subject}
    types: list[Json] = [_short(o.value) for _, p, o in about if p.value == TYPE and isinstance(o, Iri)]
    if types:
        tree["@type"] = types
    values: dict[str, list[Json]] = defaultdict(list)
    for _, predicate, thing in about:
        if predicate.value != TYPE:
            # A property that the context does not know keeps its whole IRI.
            term, kind = _terms().get(predicate.value, (predicate.value, ""))
            values[term].append(_value(thing, kind))
    return tree | {term: found[0] if len(found) == 1 else found for term, found in sorted(values.items())}


def _value(thing: Iri | Literal, kind: str) -> Json:
    """The shortest form that means the same under the term's "@type"; `kind` is "" for a term without one."""
    if isinstance(thing, Iri):
        if kind == "@vocab":
            return _short(thing.value)
        return thing.value if kind == "@id" else {"@id": thing.value}
    if thing.language:
        return {"@value": thing.text, "@language": thing.language}
    if thing.datatype == kind:
        return thing.text
    return {"@value": thing.text, "@type": thing.datatype} if thing.datatype else {"@value": thing.text}


def _short(iri: str) -> str:
    """The name of a class or relation, where the context's "@vocab" gives back the whole IRI."""
    name = iri.removeprefix(INO)
    return name if name in _context() or ":" not in name else iri
