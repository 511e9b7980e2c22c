"""The graph that follows from the ledger and the corrections: from equal ledgers, byte for byte the same."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain

from graph.corrections import (
    AddNode,
    AddRelation,
    Applied,
    Correction,
    Corrections,
    NotSame,
    Reference,
    Same,
    Wrong,
)
from graph.edges import Strands
from graph.garbage import kept
from graph.ledger import Ledger
from graph.resolve import Doubt, Resolution, resolve
from ontology.model import Document, Entity, Evidence, Graph, Name, Node, Relation
from ontology.vocabulary import vocabulary

RULES = "1"  # raise it when folding the same ledger gives another graph
METHOD = "correction"
# The document of added facts: its evidence quotes their reasons.
CORRECTIONS = Document(
    id="corrections", title="corrections.yaml", text="", language="und", kind="corrections"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folding:
    """The graph, what is doubtful in it, and what each correction did, in the order of the file."""

    graph: Graph
    doubts: tuple[Doubt, ...]
    corrections: tuple[Applied, ...]


def state_of(ledger: Ledger, corrections: Corrections) -> str:
    """The state of the graph that `fold` would make, without folding."""
    parts = (ledger.state(), corrections.digest(), RULES, _ontology_digest())
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]


def fold(ledger: Ledger, corrections: Corrections) -> Folding:
    """Join the facts of all documents into one graph. Linear in time; holds the graph, not the ledger."""
    with kept(), ledger.snapshot():
        state = state_of(ledger, corrections)
        documents = list(ledger.documents())
        added = tuple(_added_nodes(corrections.entries))
        decisions = [entry for entry in corrections.entries if isinstance(entry, Same | NotSame)]
        resolution = resolve(chain(ledger.entities(), added), decisions=decisions)
        builder = _Builder(resolution)
        for relation in ledger.relations():
            builder.add(relation)
    applied = [*resolution.applied, *builder.correct(corrections.entries)]
    if any(entry.count for entry in applied if isinstance(entry.entry, AddNode | AddRelation)):
        documents.append(CORRECTIONS)
    graph = Graph(
        documents=tuple(sorted(documents, key=lambda document: document.id)),
        nodes=resolution.named.nodes,
        edges=tuple(sorted(builder.strands.edges(), key=lambda edge: edge.id)),
        state=state,
    )
    return Folding(
        graph=graph,
        doubts=tuple(sorted([*resolution.doubts, *builder.doubts()])),
        corrections=tuple(sorted(applied, key=lambda one: one.entry.origin.entry)),
    )


class _Builder:
    """Leads each relation to its nodes and keeps count of those that cannot stand."""

    def __init__(self, resolution: Resolution) -> None:
        self._resolution = resolution
        self._nodes = resolution.named.nodes
        self._ids = [node.id for node in self._nodes]
        self._left_out: Counter[tuple[str, tuple[str, ...], str]] = Counter()
        self.strands = Strands(self._nodes)

    def add(self, relation: Relation) -> None:
        node_of = self._resolution.node_of
        source = node_of(relation.document, relation.source)
        target = node_of(relation.document, relation.target)
        if objection := self._objection(relation.type, source, target):
            names = tuple(_called(self._nodes[node]) for node in (source, target))
            self._left_out[("loop" if source == target else "relation", names, objection)] += 1
        else:
            self.strands.add(relation, source, target)

    def doubts(self) -> Iterator[Doubt]:
        for (kind, names, objection), count in self._left_out.items():
            times = f", {count} times" if count > 1 else ""
            yield Doubt(kind=kind, names=names, reason=f"{objection}; left out{times}")

    def correct(self, entries: Sequence[Correction]) -> Iterator[Applied]:
        """What is wrong before what is added, so that two entries can replace a relation by a better one."""
        yield from (Applied(entry=entry, count=1) for entry in entries if isinstance(entry, AddNode))
        yield from self._remove([entry for entry in entries if isinstance(entry, Wrong)])
        yield from (self._add_relation(entry) for entry in entries if isinstance(entry, AddRelation))

    def _remove(self, entries: list[Wrong]) -> Iterator[Applied]:
        found = [self._ends(entry) for entry in entries]
        ends = [(one[0], entry.type, one[1]) for entry, one in zip(entries, found, strict=True)]
        removed = self.strands.remove(ends)
        for entry, place, (_, _, problem) in zip(entries, ends, found, strict=True):
            note = problem or ("" if removed[place] else "no source says so any more")
            yield Applied(entry=entry, count=removed[place], note=note)

    def _add_relation(self, entry: AddRelation) -> Applied:
        source, target, problem = self._ends(entry)
        if problem := problem or self._objection(entry.type, source, target):
            return Applied(entry=entry, count=0, note=problem)
        self.strands.add(_added_relation(entry), source, target)
        return Applied(entry=entry, count=1)

    def _ends(self, entry: Wrong | AddRelation) -> tuple[int, int, str]:
        (source, no_source), (target, no_target) = self._node(entry.source), self._node(entry.target)
        return source, target, "; ".join(filter(None, (no_source, no_target)))

    def _node(self, reference: Reference) -> tuple[int, str]:
        named = self._resolution.named
        atoms, problem = self._resolution.references.find(reference, id_of=named.id_of_atom)
        return (-1, problem) if problem else (named.node_of_atom[atoms[0]], "")

    def _objection(self, type: str, source: int, target: int) -> str:
        if source == target:
            return f"{type} joins a node with itself"
        types = self._nodes[source].type, self._nodes[target].type
        if not vocabulary().allows(types[0], type, types[1]):
            return f"{type} does not go from {types[0]} to {types[1]}"
        return ""


def _called(node: Node) -> str:
    return f"{node.name} ({node.type})"


def _added_nodes(entries: Iterable[Correction]) -> Iterator[Entity]:
    for entry in entries:
        if isinstance(entry, AddNode):
            yield Entity(
                id=f"{CORRECTIONS.id}#{entry.origin.entry}",
                document=CORRECTIONS.id,
                type=entry.type,
                name=entry.name,
                aliases=tuple(Name(text=alias) for alias in entry.aliases),
                evidence=(_reason(entry),),
            )


def _added_relation(entry: AddRelation) -> Relation:
    return Relation(
        id=f"{CORRECTIONS.id}#{entry.origin.entry}",
        document=CORRECTIONS.id,
        source="",
        type=entry.type,
        target="",
        evidence=(_reason(entry),),
        role=entry.role,
        modality=entry.modality,
        amount=entry.amount,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
    )


def _reason(entry: AddNode | AddRelation) -> Evidence:
    return Evidence(document=CORRECTIONS.id, quote=entry.origin.reason, line=entry.origin.line, method=METHOD)


def _ontology_digest() -> str:
    """Of the Turtle from which classes, labels and allowed relations come."""
    return hashlib.sha256(files("ontology").joinpath("innovation.ttl").read_bytes()).hexdigest()
