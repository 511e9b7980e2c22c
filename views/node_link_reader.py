"""Read node-link JSON back into a graph; every complaint names the place in the file."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ontology.errors import InvalidValue, unknown
from ontology.model import Document, Edge, Evidence, Graph, Identifier, Modality, Name, Node
from views.node_link import ESCAPE, NODE_KEYS, Json


@dataclass(frozen=True, slots=True)
class Place:
    """One JSON object and where it stands, such as `edges[3].evidence[0]`."""

    path: str
    tree: dict[str, Json]

    def text(self, key: str) -> str:
        """The text under `key`; "" where it is null or absent."""
        value = self.tree.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise InvalidValue(f"{self.path}: {key!r} must be a text")
        return value

    def needed(self, key: str) -> str:
        if not (value := self.text(key)):
            raise InvalidValue(f"{self.path}: {key!r} is missing")
        return value

    def number(self, key: str, default: float) -> float:
        value = self.tree.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InvalidValue(f"{self.path}: {key!r} must be a number")
        return value

    def whole(self, key: str, default: int) -> int:
        value = self.number(key, default)
        if value != int(value):
            raise InvalidValue(f"{self.path}: {key!r} must be a whole number")
        return int(value)

    def texts(self, key: str) -> list[str]:
        """The texts under `key`: a list, one text, or nothing."""
        value = self.tree.get(key)
        values = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(v, str) for v in values):
            raise InvalidValue(f"{self.path}: {key!r} must be a list of texts")
        return [v for v in values if isinstance(v, str)]

    def places(self, key: str) -> list[Place]:
        """The objects under `key`, each with its place."""
        value = self.tree.get(key, [])
        path = f"{self.path}.{key}" if self.path else key
        if not isinstance(value, list):
            raise InvalidValue(f"{path} must be a list")
        return [as_place(f"{path}[{i}]", item) for i, item in enumerate(value)]


def as_place(path: str, value: Json) -> Place:
    if not isinstance(value, dict):
        raise InvalidValue(f"{path or 'the file'} must be an object in braces")
    return Place(path, value)


def read_graph(text: str) -> Graph:
    """See `views.node_link.read_node_link`."""
    try:
        tree: Json = json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidValue(f"this is no JSON: {error}") from error
    root = as_place("", tree)
    nodes = tuple(sorted((_node(p) for p in root.places("nodes")), key=lambda n: n.id))
    ids = {node.id for node in nodes}
    edges = tuple(sorted((_edge(p, ids) for p in root.places("edges")), key=lambda e: e.id))
    documents = tuple(sorted((_document(p) for p in root.places("documents")), key=lambda d: d.id))
    return Graph(documents=documents, nodes=nodes, edges=edges, state=root.text("state"))


def _document(place: Place) -> Document:
    return Document(
        id=place.needed("id"),
        title=place.text("title"),
        text="",
        language=place.text("language") or "und",
        kind=place.text("kind"),
        publisher=place.text("publisher"),
        url=place.text("url"),
        published=place.text("published"),
        licence=place.text("licence"),
    )


def _node(place: Place) -> Node:
    texts, languages = place.texts("aliases"), place.texts("alias_languages")
    if languages and len(languages) != len(texts):
        raise InvalidValue(f"{place.path}: 'alias_languages' must be as long as 'aliases'")
    aliases = (
        Name(text=t, language=lang) for t, lang in zip(texts, languages or [""] * len(texts), strict=True)
    )
    pairs = [
        (key.removeprefix(ESCAPE), value)
        for key in place.tree
        if key not in NODE_KEYS
        for value in place.texts(key)
    ]
    return Node(
        id=place.needed("id"),
        type=place.needed("type"),
        name=place.needed("name"),
        aliases=tuple(aliases),
        identifiers=tuple(
            Identifier(scheme=p.needed("scheme"), value=p.needed("value"))
            for p in place.places("identifiers")
        ),
        attributes=tuple(sorted(pairs)),
        documents=tuple(place.texts("documents")),
    )


def _edge(place: Place, ids: set[str]) -> Edge:
    source, target, type_ = place.needed("source"), place.needed("target"), place.needed("type")
    for end in (source, target):
        if end not in ids:
            raise InvalidValue(
                f"{place.path}: there is no node {end!r}; list it under 'nodes' or drop the edge"
            )
    return Edge(
        id=place.text("id") or f"{source} {type_} {target} {place.path}",
        source=source,
        type=type_,
        target=target,
        evidence=tuple(_evidence(p) for p in place.places("evidence")),
        role=place.text("role"),
        modality=_modality(place),
        amount=place.text("amount"),
        valid_from=place.text("valid_from"),
        valid_to=place.text("valid_to"),
        confidence=place.number("confidence", 1.0),
    )


def _modality(place: Place) -> Modality:
    value, allowed = place.text("modality") or Modality.STATED, {m.value for m in Modality}
    if value not in allowed:
        raise InvalidValue(f"{place.path}: {unknown('modality', value, allowed)}")
    return Modality(value)


def _evidence(place: Place) -> Evidence:
    return Evidence(
        document=place.needed("document"),
        quote=place.text("quote"),
        start=place.whole("start", -1),
        end=place.whole("end", -1),
        line=place.whole("line", 0),
        column=place.text("column"),
        method=place.text("method"),
        confidence=place.number("confidence", 1.0),
    )
