"""Which entities are one thing: a first resolver, by exact folded names, stated aliases and identifiers.

It would rather leave two nodes for one thing than join two things: what it does not dare is a Doubt, and a
`same` in corrections.yaml settles it. The result does not depend on the order of loading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from graph.atoms import Atom, Atoms, gather, telling_aliases
from graph.clusters import Clusters
from graph.corrections import Applied, NotSame, Same
from graph.naming import Named, fullest_name, name_clusters
from graph.references import References
from ontology.model import Entity
from ontology.vocabulary import vocabulary

MOST_HOMONYMS = 100  # comparing each with each stays cheap, and a name of so many things tells nothing


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Doubt:
    """Something that a person should look at.

    `kind`: "name", "alias" or "type" (perhaps one thing, perhaps not), "attribute" (sources disagree),
    "relation" (the ontology does not allow it, so it was left out), "loop" (its two ends became one node).
    """

    kind: str
    names: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """Nodes sorted by id, the way from an entity to its node, and what was left open."""

    named: Named
    atoms: Atoms
    references: References
    doubts: tuple[Doubt, ...]
    applied: tuple[Applied, ...]

    def node_of(self, document: str, entity: str) -> int:
        """The position of the node in `named.nodes` that this entity became."""
        return self.named.node_of_atom[self.atoms.number_of[document][entity]]


def resolve(entities: Iterable[Entity], *, decisions: Iterable[Same | NotSame] = ()) -> Resolution:
    """Group the entities of all documents into nodes. Reads the entities once; time is linear in them."""
    atoms = gather(entities)
    references = References(atoms.atoms)
    entries = sorted(decisions, key=lambda entry: entry.origin.entry)
    clusters = Clusters(atoms.atoms)
    applied: list[Applied] = []
    if entries:
        # Decisions name nodes as they are without decisions; otherwise an entry would lose its own nodes.
        undecided = Clusters(atoms.atoms)
        _join(undecided)
        applied = list(_decide(clusters, entries, references, name_clusters(undecided)))
    doubts = _join(clusters)
    named = name_clusters(clusters)
    doubts += [Doubt(kind="attribute", names=names, reason=reason) for names, reason in named.conflicts]
    return Resolution(named, atoms, references, tuple(sorted(set(doubts))), tuple(applied))


def _decide(
    clusters: Clusters, entries: list[Same | NotSame], references: References, undecided: Named
) -> Iterator[Applied]:
    """`not-same` before `same`, so that a contradiction of the two is seen."""
    for entry in sorted(entries, key=lambda one: isinstance(one, Same)):
        found = [references.find(node, id_of=undecided.id_of_atom) for node in entry.nodes]
        sides = [atoms for atoms, _ in found]
        if problems := [problem for _, problem in found if problem]:
            yield Applied(entry=entry, count=0, note="; ".join(problems))
        elif isinstance(entry, NotSame):
            yield _keep_apart(clusters, entry, sides)
        else:
            yield _put_together(clusters, entry, sides)


def _keep_apart(clusters: Clusters, entry: NotSame, sides: list[list[int]]) -> Applied:
    atoms = [atom for side in sides for atom in side]
    if len(set(atoms)) < len(atoms):
        note = "one document gives two of these names to one thing: name each by a name of its own"
        return Applied(entry=entry, count=0, note=note)
    for number, side in enumerate(sides):
        for atom in side:
            clusters.forbid((entry.origin.entry, number), atom)
    return Applied(entry=entry, count=_size(clusters, atoms))


def _put_together(clusters: Clusters, entry: Same, sides: list[list[int]]) -> Applied:
    atoms = sorted({atom for side in sides for atom in side})
    for one, two in pairwise(atoms):
        if clusters.forbidden(one, two):
            return Applied(
                entry=entry, count=0, note="another entry says not-same of these: remove one of the two"
            )
        clusters.decide(one, two)
    return Applied(entry=entry, count=_size(clusters, atoms))


def _size(clusters: Clusters, atoms: Iterable[int]) -> int:
    return sum(clusters.atoms[atom].size for atom in set(atoms))


def _join(clusters: Clusters) -> list[Doubt]:
    """The surest ground first: identifiers, then names, then aliases."""
    return [*_join_by_identifier(clusters), *_join_by_name(clusters), *_join_by_alias(clusters)]


def _join_by_identifier(clusters: Clusters) -> Iterator[Doubt]:
    holders: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, atom in enumerate(clusters.atoms):
        for one in atom.identifiers:
            holders[atom.root, one.scheme, one.value].append(number)
    for (_, scheme, value), numbers in sorted(holders.items()):
        for number in numbers[1:]:
            if objection := clusters.unite(numbers[0], number):
                yield _doubt(
                    "name", clusters, [numbers[0], number], f"both are {scheme} {value}, but {objection}"
                )


def _join_by_name(clusters: Clusters) -> Iterator[Doubt]:
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, atom in enumerate(clusters.atoms):
        if atom.known_by_name:
            buckets[atom.root, atom.name_key].append(number)
    for key, numbers in sorted(buckets.items()):
        if len(numbers) > MOST_HOMONYMS:
            reason = f"{len(numbers)} different things bear the name {key[1]!r}: none were joined"
            yield _doubt("name", clusters, numbers[:1], reason)
        elif len(numbers) > 1:
            yield from _join_bucket(clusters, numbers)


def _join_bucket(clusters: Clusters, numbers: list[int]) -> Iterator[Doubt]:
    """Join atoms of one name: the specific ones first; a vague one only if there is one place for it."""
    first, *others = sorted(numbers, key=lambda one: _vagueness(clusters.atoms[one]))
    settled = [first]
    for number in others:
        homes = clusters.roots(settled)
        settled.append(number)
        if clusters.find(number) in homes:
            continue
        objections = {home: clusters.objection(home, number) for home in homes}
        open_to = [home for home in homes if not objections[home]]
        if len(open_to) == 1:
            clusters.join(open_to[0], number)
        elif open_to:
            reason = "one name, several things: the vaguer one may be any of them"
            yield _doubt("name", clusters, [number, *open_to], reason)
        elif not clusters.forbidden(homes[0], number):
            yield _doubt("type", clusters, [homes[0], number], f"one name, but {objections[homes[0]]}")


def _vagueness(atom: Atom) -> tuple[int, int, int, int]:
    depth = len(vocabulary().ancestors(atom.type))
    known_dates = sum(len(date) for date in atom.dates)
    return -depth, -len(atom.identifiers), -known_dates, -atom.size


def _join_by_alias(clusters: Clusters) -> Iterator[Doubt]:
    """Full forms before acronyms, since a full form may make two claimants of an acronym one."""
    claims: dict[tuple[str, str], list[int]] = defaultdict(list)
    named: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, atom in enumerate(clusters.atoms):
        for key in telling_aliases(atom):
            claims[atom.root, key].append(number)
        if atom.known_by_name:
            named[atom.root, atom.name_key].append(number)
    for root, key in sorted(claims, key=lambda claim: (-len(claim[1].split()), claim)):
        bearers = named.get((root, key), [])
        yield from _join_claim(clusters, key, claims[root, key], bearers)


def _join_claim(clusters: Clusters, key: str, claimants: list[int], bearers: list[int]) -> Iterator[Doubt]:
    homes = clusters.roots(claimants)
    if len(homes) > 1:
        reason = f"{key!r} stands for each of these: which one is meant elsewhere is open"
        yield _doubt("alias", clusters, homes, reason)
        return
    bearing = [home for home in clusters.roots(bearers) if home != homes[0]]
    objections = {home: clusters.objection(homes[0], home) for home in bearing}
    open_to = [home for home in bearing if not objections[home]]
    if len(open_to) == 1:
        clusters.join(homes[0], open_to[0])
    elif open_to:
        yield _doubt("alias", clusters, [homes[0], *open_to], f"{key!r} may be any of these")
    for home in bearing:
        if objections[home] and not clusters.forbidden(homes[0], home):
            reason = f"{key!r} is an alias of one and the name of the other, but {objections[home]}"
            yield _doubt("alias", clusters, [homes[0], home], reason)


def _doubt(kind: str, clusters: Clusters, numbers: Iterable[int], reason: str) -> Doubt:
    atoms = (clusters.atoms[number] for number in numbers)
    names = sorted({f"{fullest_name([atom])} ({atom.type})" for atom in atoms})
    return Doubt(kind=kind, names=tuple(names), reason=reason)
