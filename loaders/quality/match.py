"""Compare the facts of one document with its gold graph.

The rules of a match are those of the annotation guide: a node matches by any of its names and an equal class or
one above or below, an edge by its ends and its type. Where several gold nodes would do, the one of equal class is
taken, then the one whose own name fits, then the first in the file: so the figures do not depend on chance.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from loaders.quality.gold import Gold, GoldEdge, GoldNode
from ontology.model import Document, Entity, Fact, Relation
from ontology.vocabulary import vocabulary

# Words that make no difference between names: legal forms, articles, titles, "city of".
IDLE = frozenset(
    re.findall(
        r"\w+",
        "gmbh mbh ag se kg kgaa ev ggmbh ug ohg inc ltd llc plc corp co limited bv nv sa sas srl spa "
        "der die das des dem den the of dr prof med ing phil rer nat dipl mag stadt city",
    )
)
IDLE_PAIRS = frozenset({("e", "v"), ("h", "c")})
NODES, EDGES = "nodes", "edges"
Key = tuple[str, str]  # NODES or EDGES, and a class, a relation or "" for all


@dataclass(slots=True)
class Comparison:
    """What was hit, missed and invented in one document."""

    name: str
    language: str
    hits: Counter[Key] = field(default_factory=Counter)
    misses: Counter[Key] = field(default_factory=Counter)
    inventions: Counter[Key] = field(default_factory=Counter)
    exact_types: int = 0  # of the nodes that were hit
    true_quotes: int = 0  # of the edges that were hit: every quote stands in the document
    false_quotes: int = 0
    judged: list[tuple[float, bool]] = field(default_factory=list)  # confidence of an edge, was it right
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    def hit(self, kind: str, type: str) -> None:
        self.hits.update([(kind, ""), (kind, type)])

    def miss(self, kind: str, type: str, what: str) -> None:
        self.misses.update([(kind, ""), (kind, type)])
        self.missed.append(what)

    def invent(self, kind: str, type: str, what: str) -> None:
        self.inventions.update([(kind, ""), (kind, type)])
        self.invented.append(what)


def compare(gold: Gold, document: Document, facts: Iterable[Fact]) -> Comparison:
    """Score the facts of one document."""
    entities: dict[str, Entity] = {}
    relations: list[Relation] = []
    for fact in facts:
        if isinstance(fact, Entity):
            entities[fact.id] = fact
        else:
            relations.append(fact)
    result = Comparison(gold.name, gold.language)
    stands_for = match_entities(gold.nodes, entities.values())
    _score_nodes(gold, entities, stands_for, result)
    _score_edges(gold, document, entities, relations, stands_for, result)
    return result


def match_entities(nodes: Iterable[GoldNode], entities: Iterable[Entity]) -> dict[str, str]:
    """Entity id -> id of the gold node that it stands for; entities that stand for none are absent."""
    by_name: dict[str, list[tuple[int, GoldNode]]] = defaultdict(list)
    for place, node in enumerate(nodes):
        for name in {comparable(name) for name in node.names} - {""}:
            by_name[name].append((place, node))
    matched: dict[str, str] = {}
    for entity in entities:
        names = {comparable(name) for name in (entity.name, *(a.text for a in entity.aliases))} - {""}
        fitting = [
            (node.type != entity.type, comparable(node.names[0]) not in names, place, node)
            for name in names
            for place, node in by_name.get(name, ())
            if vocabulary().compatible(node.type, entity.type)
        ]
        if fitting:
            matched[entity.id] = min(fitting, key=lambda f: f[:3])[3].id
    return matched


@lru_cache(maxsize=100_000)
def comparable(name: str) -> str:
    """A name without case, punctuation and idle words; one that is made of idle words keeps them.

    >>> comparable("Die Beispiel GmbH & Co. KG"), comparable("the City")
    ('beispiel', 'the city')
    """
    plain = unicodedata.normalize("NFKC", name).casefold().replace("ß", "ss")
    words = re.sub(r"[^\w]+", " ", plain).split()
    kept: list[str] = []
    place = 0
    while place < len(words):
        if tuple(words[place : place + 2]) in IDLE_PAIRS:
            place += 2
            continue
        if words[place] not in IDLE:
            kept.append(words[place])
        place += 1
    return " ".join(kept or words)


def _score_nodes(
    gold: Gold, entities: Mapping[str, Entity], stands_for: Mapping[str, str], result: Comparison
) -> None:
    found: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities.values():
        if entity.id in stands_for:
            found[stands_for[entity.id]].append(entity)
        else:
            result.invent(NODES, entity.type, f"{entity.type} {entity.name}")
    for node in gold.nodes:
        standing = found[node.id]
        for double in standing[1:]:
            result.invent(NODES, double.type, f"{double.type} {double.name}, which is {node.names[0]} again")
        if node.optional:
            continue
        if standing:
            result.hit(NODES, node.type)
            result.exact_types += any(entity.type == node.type for entity in standing)
        else:
            result.miss(NODES, node.type, f"{node.type} {node.names[0]}")


def _score_edges(
    gold: Gold, document: Document, entities: Mapping[str, Entity], relations: Iterable[Relation],
    stands_for: Mapping[str, str], result: Comparison,
) -> None:  # fmt: skip
    wanted: dict[tuple[str, str, str], list[GoldEdge]] = defaultdict(list)
    for edge in gold.edges:
        for key in {(edge.source, edge.type, edge.target), _turned(edge)}:
            wanted[key].append(edge)
    hit: set[int] = set()
    text = _in_one_line(document.text)
    for relation in relations:
        ends = stands_for.get(relation.source, ""), stands_for.get(relation.target, "")
        edges = wanted.get((ends[0], relation.type, ends[1]), [])
        if not edges:
            result.invent(
                EDGES,
                relation.type,
                _said(entities[relation.source].name, relation.type, entities[relation.target].name),
            )
        else:
            hit.update(id(edge) for edge in edges)
            is_true = all(_in_one_line(e.quote) in text for e in relation.evidence if e.quote)
            result.true_quotes += is_true
            result.false_quotes += not is_true
        if not edges or not all(edge.optional for edge in edges):
            result.judged.append((max(e.confidence for e in relation.evidence), bool(edges)))
    _score_gold_edges(gold, hit, result)


def _score_gold_edges(gold: Gold, hit: set[int], result: Comparison) -> None:
    nodes = {node.id: node for node in gold.nodes}
    for edge in gold.edges:
        ends = nodes[edge.source], nodes[edge.target]
        if edge.optional:
            continue
        if id(edge) in hit:
            result.hit(EDGES, edge.type)
        elif not any(node.optional for node in ends):
            result.miss(EDGES, edge.type, _said(ends[0].names[0], edge.type, ends[1].names[0]))


def _turned(edge: GoldEdge) -> tuple[str, str, str]:
    """The edge read from its other end, where its type may be read so."""
    if vocabulary().relations[edge.type].symmetric:
        return edge.target, edge.type, edge.source
    return edge.source, edge.type, edge.target


def _said(source: str, type: str, target: str) -> str:
    return f"{source} -{type}-> {target}"


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
