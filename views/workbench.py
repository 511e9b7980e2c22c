"""The snapshot: one HTML file with network, search, filters and the quote behind every relation.

pyvis makes the page with our template. The file asks nothing of the network, and text from sources is data:
it stands in an inert JSON element, the script writes it with textContent, and a content policy lets run
only the three texts whose hashes it names. The hashes are of our own files, never of the finished page.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.errors import GraphError, InvalidValue, unknown
from ontology.model import Graph
from ontology.vocabulary import vocabulary
from views.page_data import PageData, page_data
from views.words import Language, words

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"
LIBRARY = "lib/vis-9.1.2/vis-network.min.js"  # comes with pyvis
SCRIPTS = ("page.js", "network.js", "panel.js", "filters.js", "search.js", "main.js")
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)  # a debugger would ask for that file
MOST_NODES = 1000  # beyond this vis-network is no longer fluent (research/visualisation.md)


def snapshot(graph: Graph, *, title: str, language: Language, generated: str, left_out: int = 0) -> str:
    """The page as text; write it as UTF-8 without changing line ends, since the policy counts bytes.

    `generated` is a date as it shall be read. `left_out` is shown when `strongest` cut the graph.
    Equal arguments give equal bytes. Raises GraphError for more than MOST_NODES nodes, InvalidValue
    for an unknown language or a class or relation that the vocabulary lacks.
    """
    _check(graph, language)
    return _render(page_data(graph, language=language, left_out=left_out), title, generated)


def _check(graph: Graph, language: str) -> None:
    if language not in ("de", "en"):
        raise InvalidValue(unknown("language", language, ("de", "en")))
    if len(graph.nodes) > MOST_NODES:
        raise GraphError(
            f"{len(graph.nodes):,} nodes are too many for one snapshot, which shows {MOST_NODES:,}: filter "
            "the graph, or let views.findings.strongest take the best-connected ones"
        )
    known = vocabulary()
    for node in graph.nodes:
        known.check_type(node.type)
    for edge in graph.edges:
        known.check_relation(edge.type)


def _render(data: PageData, title: str, generated: str) -> str:
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    library, script, style = (
        _text(Path(net.template_dir) / LIBRARY),
        _script(),
        _text(TEMPLATES / "snapshot.css"),
    )
    environment = _environment(net.template_dir)
    environment.globals |= {
        "page": data.page,
        "title": title,
        "generated": generated,
        "words": words("en" if data.page["language"] == "en" else "de"),
        "library": library,
        "script": script,
        "style": style,
        "policy": _policy([library, script], [style]),
    }
    net.templateEnv, net.path = environment, "snapshot.html.j2"
    net.options = {"physics": {"enabled": False}, "edges": {"smooth": False}}
    # add_node and add_edge look for duplicates in lists; our ids are unique, so the lists are filled at once.
    net.nodes, net.edges = data.nodes, data.edges
    return str(net.generate_html())


def _environment(library: str) -> Environment:
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader

    loader = ChoiceLoader([FileSystemLoader(TEMPLATES), FileSystemLoader(library)])
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
        "sort_keys": True,
    }
    return environment


def _script() -> Markup:
    from markupsafe import Markup

    parts = Markup("").join(_text(TEMPLATES / name) for name in SCRIPTS)
    return Markup('(() => {\n"use strict";\n') + parts + Markup("})();\n")


def _text(path: Path) -> Markup:
    """A file of ours or of the pinned library, which stands in the page as it is."""
    from markupsafe import Markup

    # Reading as text turns every line end into the line feed that a browser hashes.
    return Markup(SOURCE_MAP.sub("", path.read_text("utf-8")))


def _policy(scripts: list[str], styles: list[str]) -> str:
    script, style = (" ".join(map(_hash, texts)) for texts in (scripts, styles))
    return (
        f"default-src 'none'; script-src {script}; style-src {style}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
