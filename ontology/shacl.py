"""Check a graph against the SHACL shapes, in the form in which it is exported as RDF."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import unquote

from ontology.errors import GraphError
from ontology.model import Graph
from ontology.statements import BASE, ntriples
from ontology.turtle import HERE, INO, RDF

SH = "http://www.w3.org/ns/shacl#"
RESULTS = f"""
PREFIX sh: <{SH}>
SELECT ?focus ?path ?value ?component ?message {{
  ?result sh:focusNode ?focus ; sh:sourceConstraintComponent ?component .
  OPTIONAL {{ ?result sh:resultPath ?path FILTER(isIRI(?path)) }}
  OPTIONAL {{ ?result sh:value ?value FILTER(!isBlank(?value)) }}
  OPTIONAL {{ ?result sh:resultMessage ?message FILTER(lang(?message) = "en") }}
}}
"""
# pyshacl's own messages list allowed values in another order each time; those of our shapes are in English.
WORDS = {
    "Class": "points to nothing of the right class",
    "Datatype": "has the wrong datatype",
    "In": "is none of the allowed values",
    "LessThan": "is not before the end",
    "MaxCount": "stands there more than once",
    "MaxInclusive": "is too large",
    "MinCount": "is missing",
    "MinInclusive": "is too small",
    "MinLength": "is empty",
    "NodeKind": "is no IRI",
    "Or": "has none of the allowed forms",
    "Pattern": "has the wrong form",
}
PREFIXES = {INO: "ino:", RDF: "rdf:", SH: "sh:", BASE: ""}


def violations(graph: Graph) -> list[str]:
    """One sorted line a violation: the thing, its property, what is wrong, what was found; [] for a good graph.

    Takes about a second for 300 edges. Raises GraphError where pyshacl is not installed.
    """
    return sorted({sentence(row) for row in results(graph).query(RESULTS)})


def results(graph: Graph) -> Any:
    """The rdflib graph of the results of pyshacl."""
    try:
        import pyshacl
    except ImportError as error:
        problem = "pyshacl, which checks the shapes, is not installed: run pip install 'innograph[validate]'"
        raise GraphError(problem) from error
    # As open files, since pyshacl would guess of short texts that they are paths.
    data, shapes = BytesIO("\n".join(ntriples(graph)).encode()), BytesIO((HERE / "shapes.ttl").read_bytes())
    _, found, _ = pyshacl.validate(
        data, data_graph_format="nt", shacl_graph=shapes, shacl_graph_format="turtle", inplace=True
    )
    return found


def sentence(row: Any) -> str:
    """A row of RESULTS as one line."""
    component = str(row.component).removeprefix(SH).removesuffix("ConstraintComponent")
    what = str(row.message or WORDS.get(component, f"breaks the rule sh:{component}"))
    if row.path:
        what = f"{short(row.path)} {what}"
    is_news = row.value not in (None, row.focus) and str(row.value)
    return (
        f"{short(row.focus)}: {what}, found {short(row.value)!r}"
        if is_news
        else f"{short(row.focus)}: {what}"
    )


def short(term: object) -> str:
    """An IRI with a prefix for its long beginning and its letters readable; any other term as it is.

    >>> short("https://w3id.org/innograph/ontology#quote"), short("https://w3id.org/innograph/id/city/k%C3%B6ln")
    ('ino:quote', 'id/city/köln')
    """
    text = str(term)
    for start, prefix in PREFIXES.items():
        if text.startswith(start):
            readable = prefix + unquote(text.removeprefix(start))
            return readable if readable.isprintable() else text
    return text
