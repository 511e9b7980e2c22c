"""Reads node-link JSON back, so that tests can ask whether `views.node_link` loses anything."""

from __future__ import annotations

import json
from typing import Any

from ontology.model import Document, Edge, Evidence, Graph, Identifier, Modality, Name, Node
from views.node_link import ESCAPE, NODE_KEYS


def read_node_link(text: str) -> Graph:
    """The graph that `node_link` wrote; documents come back without their text."""
    tree = json.loads(text)
    return Graph(
        documents=tuple(Document(**{"text": "", **fields}) for fields in tree["documents"]),
        nodes=tuple(map(_node, tree["nodes"])),
        edges=tuple(sorted(map(_edge, tree["edges"]), key=lambda edge: edge.id)),
        state=tree["state"],
    )


def _node(tree: dict[str, Any]) -> Node:
    languages = tree.get("alias_languages") or [""] * len(tree["aliases"])
    attributes = [
        (key.removeprefix(ESCAPE), value)
        for key in tree.keys() - {*NODE_KEYS}
        for value in (tree[key] if isinstance(tree[key], list) else [tree[key]])
    ]
    return Node(
        id=tree["id"],
        type=tree["type"],
        name=tree["name"],
        aliases=tuple(
            Name(text=t, language=lang) for t, lang in zip(tree["aliases"], languages, strict=True)
        ),
        identifiers=tuple(Identifier(**fields) for fields in tree["identifiers"]),
        attributes=tuple(sorted(attributes)),
        documents=tuple(tree["documents"]),
    )


def _edge(tree: dict[str, Any]) -> Edge:
    changed = {
        "role": tree["role"] or "",
        "modality": Modality(tree["modality"]),
        "evidence": tuple(Evidence(**fields) for fields in tree["evidence"]),
    }
    return Edge(**{**tree, **changed})
