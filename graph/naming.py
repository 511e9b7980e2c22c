"""What a cluster of atoms is called, of which class it is, and its id."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.atoms import Atom
from graph.clusters import Clusters
from ontology.model import Identifier, Name, Node
from ontology.names import name_key, slug
from ontology.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Named:
    """Nodes sorted by id; for each atom the position of its node; attributes on which sources disagree."""

    nodes: tuple[Node, ...]
    node_of_atom: list[int]
    conflicts: tuple[tuple[tuple[str, ...], str], ...]  # (names, reason)

    def id_of_atom(self, atom: int) -> str:
        return self.nodes[self.node_of_atom[atom]].id


@dataclass(slots=True)
class _Draft:
    """A node to be: `anchor` is its first atom, from which its suffix is made if its id is taken."""

    name: str
    type: str
    root: str
    anchor: Atom
    members: list[int]
    size: int


def name_clusters(clusters: Clusters) -> Named:
    """Make a node of each cluster."""
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(clusters.atoms)):
        members[clusters.find(number)].append(number)
    drafts = [_draft(clusters.atoms, numbers) for numbers in members.values()]
    conflicts: list[tuple[tuple[str, ...], str]] = []
    node_of_atom = [0] * len(clusters.atoms)
    nodes = []
    for position, (id, draft) in enumerate(sorted(_ids(drafts).items())):
        nodes.append(_node(id, draft, clusters.atoms, conflicts))
        for number in draft.members:
            node_of_atom[number] = position
    return Named(tuple(nodes), node_of_atom, tuple(conflicts))


def fullest_name(atoms: Iterable[Atom]) -> str:
    """The most frequent name, then the longest, then the first of the alphabet.

    A name that another member states as its alias, such as an acronym, is only taken if all names are such.
    """
    atoms = list(atoms)
    counts: Counter[str] = Counter()
    for atom in atoms:
        counts.update(atom.names)
    if len(counts) == 1:
        return next(iter(counts))
    short = set().union(*(atom.alias_keys() for atom in atoms))
    full = [name for name in counts if name_key(name) not in short] or list(counts)
    return min(full, key=lambda name: (-counts[name], -len(name), name))


def suffix(atom: Atom) -> str:
    """What tells ids of one name apart. Made of what the atom is, so it is the same in each load order."""
    return "-" + hashlib.sha256(repr(atom.key).encode("utf-8", "backslashreplace")).hexdigest()[:6]


def _draft(atoms: tuple[Atom, ...], numbers: list[int]) -> _Draft:
    own = [atoms[number] for number in numbers]
    sizes: Counter[str] = Counter()
    for atom in own:
        sizes[atom.type] += atom.size
    depth = {type: len(vocabulary().ancestors(type)) for type in sizes}
    type = min(sizes, key=lambda one: (-depth[one], -sizes[one], one))
    name = fullest_name(own)
    anchor = next((atom for atom in own if name in atom.names), own[0])
    return _Draft(name, type, vocabulary().root(type), anchor, numbers, sum(sizes.values()))


def _ids(drafts: list[_Draft]) -> dict[str, _Draft]:
    """The node with the most entities has the plain id; others of its name have a suffix."""
    groups: dict[str, list[_Draft]] = defaultdict(list)
    for draft in drafts:
        groups[f"{draft.root.lower()}/{slug(draft.name)}"].append(draft)
    ids: dict[str, _Draft] = {}
    for plain, group in sorted(groups.items()):
        first, *others = sorted(group, key=lambda draft: (-draft.size, draft.type, draft.anchor.key))
        ids[plain] = first
        for draft in others:
            ids[plain + suffix(draft.anchor)] = draft
    return ids


def _node(
    id: str, draft: _Draft, atoms: tuple[Atom, ...], conflicts: list[tuple[tuple[str, ...], str]]
) -> Node:
    own = [atoms[number] for number in draft.members]
    return Node(
        id=id,
        type=draft.type,
        name=draft.name,
        aliases=_aliases(own, draft.name),
        identifiers=_identifiers(own),
        attributes=_attributes(own, draft, conflicts),
        documents=tuple(sorted({document for atom in own for document in atom.documents})),
    )


def _aliases(own: list[Atom], name: str) -> tuple[Name, ...]:
    """Every other spelling, once a language; without a language only where no document knows one."""
    languages: dict[str, set[str]] = defaultdict(set)
    for atom in own:
        for spelling in atom.spellings:
            languages[spelling.text].add(spelling.language)
    languages.pop(name, None)
    return tuple(
        Name(text=text, language=language)
        for text in sorted(languages)
        for language in sorted(languages[text] - {""} or {""})
    )


def _identifiers(own: list[Atom]) -> tuple[Identifier, ...]:
    pairs = sorted({(one.scheme, one.value) for atom in own for one in atom.identifiers})
    return tuple(Identifier(scheme=scheme, value=value) for scheme, value in pairs)


def _attributes(
    own: list[Atom], draft: _Draft, conflicts: list[tuple[tuple[str, ...], str]]
) -> tuple[tuple[str, str], ...]:
    """One value an attribute: what most say. Of "2019-11" and "2019-11-25" the longer is the more exact."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for atom in own:
        for (key, value), count in atom.attributes.items():
            votes[key][value] += count
    chosen = []
    for key, values in sorted(votes.items()):
        exact = {value: sum(n for other, n in values.items() if value.startswith(other)) for value in values}
        best = min(exact, key=lambda value: (-exact[value], -len(value), value))
        chosen.append((key, best))
        if others := sorted(value for value in values if not best.startswith(value)):
            reason = f"{key}: most sources say {best!r}, others {', '.join(map(repr, others))}"
            conflicts.append(((f"{draft.name} ({draft.type})",), reason))
    return tuple(chosen)
