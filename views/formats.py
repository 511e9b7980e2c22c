"""What `innograph export FORMAT` can write: one entry a format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from ontology.errors import NotFound, SourceError, unknown
from ontology.model import Graph
from views.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What only the HTML page asks for; the other formats take no notice."""

    title: str = "innograph"
    language: Language = "de"
    generated: str = ""  # a date as it shall be read
    left_out: int = 0  # nodes that views.findings.strongest cut away


@dataclass(frozen=True, slots=True)
class Format:
    """`suffix` is that of the file, `write` gives its bytes: equal graphs and options give equal bytes."""

    suffix: str
    about: str
    write: Callable[[Graph, Options], bytes]
    others: tuple[str, ...] = ()  # suffixes that are as good

    def check_name(self, output: PurePath) -> None:
        """Raise SourceError for a file whose suffix promises another format; one without a suffix is fine."""
        if output.suffix.lower() not in ("", self.suffix, *self.others):
            fitting = output.with_suffix(self.suffix).name
            problem = f"what would be written is no {output.suffix} file ({self.about}): name it {fitting}"
            raise SourceError(problem, source=str(output))


def find_format(name: str) -> Format:
    """The format of that name. Raises NotFound with the nearest one, or with all of them."""
    if name not in FORMATS:
        raise NotFound(unknown("export format", name, FORMATS))
    return FORMATS[name]


# The writers stand in functions so that this list can be read without loading their libraries.
def _json(graph: Graph, options: Options) -> bytes:
    from views.node_link import node_link

    return node_link(graph).encode(errors="replace")


def _turtle(graph: Graph, options: Options) -> bytes:
    from views.rdf import turtle

    return turtle(graph)


def _jsonld(graph: Graph, options: Options) -> bytes:
    from views.rdf import jsonld

    return jsonld(graph)


def _ntriples(graph: Graph, options: Options) -> bytes:
    from views.rdf import ntriples_file

    return ntriples_file(graph)


def _graphml(graph: Graph, options: Options) -> bytes:
    from views.graphml import graphml

    return graphml(graph)


def _csv(graph: Graph, options: Options) -> bytes:
    from views.tables import tables_zip

    return tables_zip(graph)


def _html(graph: Graph, options: Options) -> bytes:
    from views.workbench import snapshot

    page = snapshot(
        graph,
        title=options.title,
        language=options.language,
        generated=options.generated,
        left_out=options.left_out,
    )
    return page.encode()


FORMATS: dict[str, Format] = {
    "csv": Format(".zip", "nodes.csv and edges.csv in a zip file, for spreadsheets", _csv),
    "graphml": Format(".graphml", "GraphML, for Gephi, yEd, Cytoscape and networkx", _graphml, (".xml",)),
    "html": Format(".html", "one page with network, search, filters and quotes", _html, (".htm",)),
    "json": Format(".json", "node-link JSON", _json),
    "jsonld": Format(".jsonld", "JSON-LD with its context inside", _jsonld, (".json",)),
    "ntriples": Format(".nt", "N-Triples", _ntriples),
    "turtle": Format(".ttl", "Turtle", _turtle, (".turtle",)),
}
