"""Relations of all documents gathered into the edges of the folded graph."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from ontology.model import Edge, Evidence, Modality, Node, Relation
from ontology.names import fold
from ontology.vocabulary import vocabulary

# Positions of nodes, so that a key is small: source, type, target, folded role, modality, from, to, amount.
EdgeKey = tuple[int, str, int, str, str, str, str, str]


Ends = tuple[int, str, int]


@dataclass(slots=True)
class Strand:
    """An edge to be: how its role was written and where it stands."""

    roles: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


class Strands:
    """Gathers relations. Two relations are one edge when they differ in their evidence and spelling only."""

    def __init__(self, nodes: tuple[Node, ...]) -> None:
        self._nodes = nodes
        self._strands: dict[EdgeKey, Strand] = {}

    def add(self, relation: Relation, source: int, target: int) -> None:
        """`source` and `target`: positions of its nodes."""
        key = (
            *_as_kept(source, relation.type, target),
            fold(relation.role),
            relation.modality.value,
            relation.valid_from,
            relation.valid_to,
            relation.amount,
        )
        strand = self._strands.get(key)
        if strand is None:
            strand = self._strands[key] = Strand()
        strand.roles.append(relation.role)
        strand.evidence.extend(relation.evidence)

    def remove(self, unwanted: Collection[Ends]) -> Counter[Ends]:
        """Drop all edges of these types between these nodes; return how many of each there were."""
        as_kept = {_as_kept(*ends): ends for ends in unwanted}
        found = [key for key in self._strands if key[:3] in as_kept] if as_kept else []
        for key in found:
            del self._strands[key]
        return Counter(as_kept[key[:3]] for key in found)

    def edges(self) -> Iterator[Edge]:
        """In no fixed order, and once: what is given away is not kept, so that memory does not double."""
        while self._strands:
            yield self._edge(*self._strands.popitem())

    def _edge(self, key: EdgeKey, strand: Strand) -> Edge:
        source, type, target, _, modality, valid_from, valid_to, amount = key
        evidence = _merged(strand.evidence)
        ends = self._nodes[source].id, self._nodes[target].id
        return Edge(
            id=_edge_id(ends[0], type, ends[1], *key[3:]),
            source=ends[0],
            type=type,
            target=ends[1],
            evidence=evidence,
            role=_most_used(strand.roles),
            modality=Modality(modality),
            amount=amount,
            valid_from=valid_from,
            valid_to=valid_to,
            confidence=max(piece.confidence for piece in evidence),
        )


def _as_kept(source: int, type: str, target: int) -> Ends:
    """A symmetric relation is kept in one direction: from the node that comes first."""
    if vocabulary().relations[type].symmetric and target < source:
        return target, type, source
    return source, type, target


def _most_used(roles: list[str]) -> str:
    counts = Counter(roles)
    return min(counts, key=lambda role: (-counts[role], -len(role), role))


def _edge_id(*parts: str) -> str:
    text = "\x1f".join(parts)
    return "edge-" + hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _merged(evidence: list[Evidence]) -> tuple[Evidence, ...]:
    """Each passage once, with its best confidence, in the order of documents and text."""
    if len(evidence) == 1:
        return tuple(evidence)
    best: dict[tuple[str, int, int, int, str, str], Evidence] = {}
    for piece in sorted(evidence, key=lambda one: (-one.confidence, one.method)):
        best.setdefault(_passage(piece), piece)
    return tuple(best[passage] for passage in sorted(best))


def _passage(piece: Evidence) -> tuple[str, int, int, int, str, str]:
    return piece.document, piece.start, piece.end, piece.line, piece.column, piece.quote
