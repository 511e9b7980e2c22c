"""One file out of a graph, in any of the formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ontology.errors import SourceError
from ontology.model import Graph
from views.findings import strongest
from views.formats import Options, find_format
from views.words import Language


def write_export(
    graph: Graph,
    form: str,
    output: Path,
    *,
    title: str = "innograph",
    language: Language = "de",
    notify: Callable[[str], None] = lambda _: None,
) -> None:
    """Write one file; the HTML page shows the best-connected nodes where there are too many, and `notify` hears it.

    The page's date is that of the newest document, so equal graphs give equal bytes on any day.
    Raises NotFound for an unknown format, SourceError where the file cannot be written or its suffix is
    that of another format.
    """
    kind, left_out = find_format(form), 0
    kind.check_name(output)
    if form == "html":
        from views.workbench import MOST_NODES

        if len(graph.nodes) > MOST_NODES:
            cut = strongest(graph, MOST_NODES)
            graph, left_out = cut.graph, cut.left_out
            notify(f"the page shows the {MOST_NODES} best-connected nodes; {left_out} are left out")
    newest = max((d.published for d in graph.documents), default="")
    options = Options(title=title, language=language, generated=newest, left_out=left_out)
    write_file(output, kind.write(graph, options))


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and make its folders. Raises SourceError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():  # a pipe or a terminal cannot be put in place afterwards
            path.write_bytes(data)
            return
        target = path.resolve()  # what a link points to, not the link
        beside = target.with_name(f".{target.name}.part")
        try:
            beside.write_bytes(data)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        problem = f"cannot be written ({error.strerror}): name another file"
        raise SourceError(problem, source=str(path)) from error
