"""What follows from innovation.ttl: SHACL shapes and the JSON-LD context.

`python -m ontology.derive` rewrites both files after a change; a test fails while they are out of date.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ontology.model import Modality
from ontology.turtle import HERE, INO, XSD
from ontology.vocabulary import RelationTerm, vocabulary

HEAD = """\
# SHACL shapes of the RDF form. Do not edit: `python -m ontology.derive` writes them from innovation.ttl.

@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ino: <https://w3id.org/innograph/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/innograph/shape#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DATE_TYPES = " ".join(f"[ sh:datatype xsd:{name} ]" for name in ("date", "gYearMonth", "gYear"))
ONE_DATE = f"sh:maxCount 1 ; sh:or ( {DATE_TYPES} )"
ONE_TEXT = "sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ; sh:minLength 1"
ONE_SHARE = "sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:decimal ; sh:minInclusive 0 ; sh:maxInclusive 1"
ONE_COUNT = "sh:maxCount 1 ; sh:datatype xsd:integer ; sh:minInclusive"
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "ino": INO,
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": XSD,
}
LINKS = {  # JSON key -> IRI of a property that points to a resource
    "subject": "rdf:subject",
    "object": "rdf:object",
    "evidence": "ino:evidence",
    "document": "prov:wasDerivedFrom",
    "mentionedIn": "ino:mentionedIn",
    "sameAs": "owl:sameAs",
    "exactMatch": "skos:exactMatch",
    "source": "dcterms:source",
    "licence": "dcterms:license",
}
TEXTS = {  # JSON key -> IRI of a property with a text
    "label": "rdfs:label",
    "title": "dcterms:title",
    "publisher": "dcterms:publisher",
    "published": "dcterms:issued",
    "language": "dcterms:language",
    "format": "dcterms:format",
    "rights": "dcterms:rights",
}


def shapes() -> str:
    """The text of shapes.ttl."""
    known = vocabulary()
    parts = [HEAD, _entity(), _claim(), _evidence(), _document()]
    parts += [_relation(term) for term in known.relations.values()]
    return "\n".join(parts)


def context() -> str:
    """The text of context.jsonld."""
    known = vocabulary()
    terms: dict[str, object] = {"@version": 1.1, "@vocab": INO, **PREFIXES, **TEXTS}
    terms["aliases"] = {"@id": "skos:altLabel", "@container": "@set"}
    terms["identifiers"] = {"@id": "ino:identifier", "@container": "@set"}
    terms["predicate"] = {"@id": "rdf:predicate", "@type": "@vocab"}
    terms |= {key: {"@id": iri, "@type": "@id"} for key, iri in LINKS.items()}
    terms |= {name: {"@id": f"ino:{name}", "@type": "@id"} for name in known.relations}
    terms |= {name: f"ino:{name}" for name in (*known.classes, "Document", "Claim", "Evidence")}
    for name, datatype in known.datatypes.items():
        typed = datatype in (XSD + "integer", XSD + "decimal")
        terms[name] = {"@id": f"ino:{name}", "@type": datatype} if typed else f"ino:{name}"
    return json.dumps({"@context": terms}, indent=2, ensure_ascii=False) + "\n"


def _entity() -> str:
    properties = [
        ("ino:id", ONE_TEXT),
        ("ino:name", ONE_TEXT),
        ("rdfs:label", "sh:minCount 1"),
        ("ino:kind", f"sh:minCount 1 ; sh:maxCount 1 ; sh:in ( {_quoted(vocabulary().classes)} )"),
        ("ino:mentionedIn", "sh:class ino:Document"),
        ("ino:identifier", 'sh:datatype xsd:string ; sh:pattern "^[^:]+:."'),
        ("ino:start", ONE_DATE),
        ("ino:end", ONE_DATE),
    ]
    return _shape("Entity", "sh:targetSubjectsOf ino:kind", properties)


def _claim() -> str:
    modalities = (modality.value for modality in Modality)
    properties = [
        ("ino:id", ONE_TEXT),
        ("rdf:subject", "sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI"),
        ("rdf:predicate", f"sh:minCount 1 ; sh:maxCount 1 ; sh:in ( {_terms(vocabulary().relations)} )"),
        ("rdf:object", "sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI"),
        ("ino:modality", f"sh:minCount 1 ; sh:maxCount 1 ; sh:in ( {_quoted(modalities)} )"),
        ("ino:confidence", ONE_SHARE),
        ("ino:role", "sh:maxCount 1 ; sh:datatype xsd:string ; sh:minLength 1"),
        ("ino:amount", 'sh:maxCount 1 ; sh:pattern "^-?[0-9]+([.][0-9]+)? [A-Z]{3}$"'),
        ("ino:validFrom", ONE_DATE),
        ("ino:validTo", ONE_DATE),
        ("ino:evidence", "sh:minCount 1 ; sh:class ino:Evidence"),
    ]
    return _shape("Claim", "sh:targetClass ino:Claim", properties)


def _evidence() -> str:
    properties = [
        ("ino:quote", ONE_TEXT),
        ("prov:wasDerivedFrom", "sh:minCount 1 ; sh:maxCount 1 ; sh:class ino:Document"),
        ("ino:confidence", ONE_SHARE),
        ("ino:spanStart", f"{ONE_COUNT} 0 ; sh:lessThan ino:spanEnd"),
        ("ino:spanEnd", f"{ONE_COUNT} 1"),
        ("ino:line", f"{ONE_COUNT} 1"),
    ]
    return _shape("Evidence", "sh:targetClass ino:Evidence", properties)


def _document() -> str:
    properties = [("ino:id", ONE_TEXT), ("dcterms:issued", ONE_DATE)]
    return _shape("Document", "sh:targetClass ino:Document", properties)


def _relation(term: RelationTerm) -> str:
    """Both ends of a relation, in the plain triples and in the claims.

    The claims are reached from the relation itself, as the one focus node: core SHACL then needs neither
    SPARQL nor one alternative a relation for each claim.
    """
    starts, ends = _one_of(term, "starts at", term.domain), _one_of(term, "ends at", term.range)
    claims = [
        ("( [ sh:inversePath rdf:predicate ] rdf:subject )", starts),
        ("( [ sh:inversePath rdf:predicate ] rdf:object )", ends),
    ]
    return (
        f"shape:{term.name}Subject a sh:NodeShape ; sh:targetSubjectsOf ino:{term.name} ;\n    {starts} .\n\n"
        f"shape:{term.name}Object a sh:NodeShape ; sh:targetObjectsOf ino:{term.name} ;\n    {ends} .\n\n"
        + _shape(f"{term.name}Claim", f"sh:targetNode ino:{term.name}", claims)
    )


def _one_of(term: RelationTerm, verb: str, classes: frozenset[str]) -> str:
    choices = " ".join(f"[ sh:class ino:{name} ]" for name in sorted(classes))
    return f'sh:or ( {choices} ) ; sh:message "{term.name} {verb} {" or ".join(sorted(classes))}"@en'


def _shape(name: str, target: str, properties: Iterable[tuple[str, str]]) -> str:
    lines = [f"sh:property [ sh:path {path} ; {rule} ]" for path, rule in properties]
    return f"shape:{name} a sh:NodeShape ; {target} ;\n    " + " ;\n    ".join(lines) + " .\n"


def _terms(names: Iterable[str]) -> str:
    return " ".join(f"ino:{name}" for name in names)


def _quoted(values: Iterable[str]) -> str:
    return " ".join(f'"{value}"' for value in values)


def write_to(folder: Path) -> None:
    """Write both files into the folder."""
    (folder / "shapes.ttl").write_text(shapes(), encoding="utf-8", newline="\n")
    (folder / "context.jsonld").write_text(context(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_to(HERE)
