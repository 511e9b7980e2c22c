"""A union-find that refuses: atoms join only while nothing in the joined cluster contradicts another part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.atoms import Atom
from ontology.vocabulary import vocabulary


@dataclass(slots=True)
class Traits:
    """What a cluster is so far. `sides`: (not-same entry, which of its nodes) of the members."""

    types: set[str]
    identifiers: dict[str, str]  # scheme -> value
    dates: set[tuple[str, ...]]
    sides: set[tuple[int, int]] = field(default_factory=set)
    decided: bool = False  # a person joined it


class Clusters:
    """Clusters of atoms, by their numbers. The caller unites in a fixed order; then the result is fixed."""

    def __init__(self, atoms: tuple[Atom, ...]) -> None:
        self.atoms = atoms
        self._parent = list(range(len(atoms)))
        self._traits: dict[int, Traits] = {}  # made when first needed: most atoms never meet another

    def find(self, atom: int) -> int:
        """The smallest number in the cluster of this atom."""
        parent = self._parent
        while parent[atom] != atom:
            parent[atom] = parent[parent[atom]]
            atom = parent[atom]
        return atom

    def roots(self, atoms: Iterable[int]) -> list[int]:
        """The clusters of these atoms, each once, sorted."""
        return sorted({self.find(atom) for atom in atoms})

    def forbid(self, side: tuple[int, int], atom: int) -> None:
        """Keep the cluster of this atom apart from all of another side of the same entry."""
        self.traits(self.find(atom)).sides.add(side)

    def objection(self, a: int, b: int) -> str:
        """Why the two clusters cannot be one thing, or ""."""
        if self.forbidden(a, b):
            return "a correction says not-same"
        mine, other = self.traits(self.find(a)), self.traits(self.find(b))
        # People may have joined classes that exclude each other: then it is enough to fit one of them.
        fit = any if mine.decided or other.decided else all
        if not fit(vocabulary().compatible(one, two) for one in mine.types for two in other.types):
            return f"{'/'.join(sorted(mine.types))} is no {'/'.join(sorted(other.types))}"
        for scheme in sorted(mine.identifiers.keys() & other.identifiers.keys()):
            if mine.identifiers[scheme] != other.identifiers[scheme]:
                return f"{scheme} {mine.identifiers[scheme]} is not {other.identifiers[scheme]}"
        if not all(dates_agree(one, two) for one in mine.dates for two in other.dates):
            return "their dates differ"
        return ""

    def forbidden(self, a: int, b: int) -> bool:
        """Whether people said that the two are not the same."""
        mine, other = self.traits(self.find(a)), self.traits(self.find(b))
        return any(entry == there and one != two for entry, one in mine.sides for there, two in other.sides)

    def unite(self, a: int, b: int) -> str:
        """Join two clusters unless something objects; return the objection."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return ""
        if objection := self.objection(a, b):
            return objection
        self.join(a, b)
        return ""

    def decide(self, a: int, b: int) -> None:
        """Join two clusters because people say so."""
        self.join(a, b)
        self.traits(self.find(a)).decided = True

    def join(self, a: int, b: int) -> None:
        """Join two clusters whatever objects."""
        keep, drop = sorted((self.find(a), self.find(b)))
        if keep == drop:
            return
        mine, other = self.traits(keep), self.traits(drop)
        self._parent[drop] = keep
        mine.types |= other.types
        mine.identifiers = other.identifiers | mine.identifiers
        mine.dates |= other.dates
        mine.sides |= other.sides
        mine.decided |= other.decided
        del self._traits[drop]

    def traits(self, root: int) -> Traits:
        if root not in self._traits:
            atom = self.atoms[root]
            self._traits[root] = Traits(
                types={atom.type},
                identifiers={one.scheme: one.value for one in atom.identifiers},
                dates={atom.dates} if any(atom.dates) else set(),
            )
        return self._traits[root]


def dates_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two (start, end) can be the same time: one is a prefix of the other, or a part is not known.

    >>> dates_agree(("2019-11", ""), ("2019-11-25", "2019-11-27")), dates_agree(("2019", ""), ("2021", ""))
    (True, False)
    """
    return all(one.startswith(two) or two.startswith(one) for one, two in zip(a, b, strict=True))
