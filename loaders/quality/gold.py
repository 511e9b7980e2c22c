"""Read gold files: the graph that one document must yield, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import SourceError
from ontology.vocabulary import vocabulary

ENDING = ".gold.json"
Table = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldNode:
    """`optional`: two careful readers could differ on it, so it counts neither for nor against."""

    id: str
    type: str
    names: tuple[str, ...]  # its name first, then the others
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEdge:
    """`source` and `target` are ids of nodes."""

    source: str
    type: str
    target: str
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The graph of one document, in the order of its file."""

    name: str  # of the file, without its ending
    document: str  # name of the text's file
    language: str
    nodes: tuple[GoldNode, ...]
    edges: tuple[GoldEdge, ...]


def read_gold(path: Path) -> Gold:
    """Raises SourceError with the place in the file, such as `edges[3]: 's' is missing`."""
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(
            f"it cannot be read ({error.strerror}): check the path", source=str(path)
        ) from error
    except (ValueError, RecursionError) as error:
        raise SourceError(f"it is no JSON: {error}", source=str(path)) from error
    try:
        return _gold(tree, path.name.removesuffix(ENDING))
    except ValueError as error:
        raise SourceError(
            f"{error}: see the form of a gold file in docs/quality.md", source=str(path)
        ) from error


def _gold(tree: object, name: str) -> Gold:
    """Raises ValueError with the place."""
    if not isinstance(tree, dict):
        raise ValueError("it is no object")
    nodes = tuple(_node(item, place) for place, item in _items(tree, "nodes"))
    ids = {node.id for node in nodes}
    edges = tuple(_edge(item, place, ids) for place, item in _items(tree, "edges"))
    language = tree.get("lang", "und")
    return Gold(
        name=name, document=_text(tree, "document", "the file"), nodes=nodes, edges=edges,
        language=language if isinstance(language, str) else "und",
    )  # fmt: skip


def _node(item: Table, place: str) -> GoldNode:
    aliases = item.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise ValueError(f"{place}: 'aliases' is no list of texts")
    return GoldNode(
        id=_text(item, "id", place),
        type=_known(_text(item, "type", place), vocabulary().classes, place),
        names=(_text(item, "name", place), *aliases),
        optional=item.get("optional") is True,
    )


def _edge(item: Table, place: str, ids: set[str]) -> GoldEdge:
    source, target = (_known(_text(item, end, place), ids, place) for end in ("s", "o"))
    type = _known(_text(item, "p", place), vocabulary().relations, place)
    return GoldEdge(source=source, type=type, target=target, optional=item.get("optional") is True)


def _items(tree: Table, name: str) -> Iterator[tuple[str, Table]]:
    items = tree.get(name)
    if not isinstance(items, list):
        raise ValueError(f"{name!r} is no list")
    for number, item in enumerate(items):
        if not isinstance(item, dict):
            raise ValueError(f"{name}[{number}] is no object")
        yield f"{name}[{number}]", item


def _text(item: Table, field: str, place: str) -> str:
    value = item.get(field)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{place}: {field!r} is missing")
    return value


def _known(value: str, allowed: object, place: str) -> str:
    if not isinstance(allowed, set | Mapping) or value not in allowed:
        raise ValueError(f"{place}: {value!r} is unknown")
    return value
