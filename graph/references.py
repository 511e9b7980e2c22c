"""How people name a node in corrections.yaml, and which atoms they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from difflib import get_close_matches

from graph.atoms import Atom
from graph.corrections import Reference
from graph.naming import suffix
from ontology.names import name_key, slug
from ontology.vocabulary import vocabulary


class References:
    """An index over all atoms, by id, name and alias. It does not know what resolution joined."""

    def __init__(self, atoms: tuple[Atom, ...]) -> None:
        self._atoms = atoms
        self._by_id: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_alias: dict[str, list[int]] = defaultdict(list)
        for number, atom in enumerate(atoms):
            plain = f"{atom.root.lower()}/{slug(atom.name_key)}"
            self._by_id[plain].append(number)
            self._by_id[plain + suffix(atom)].append(number)
            self._by_name[atom.name_key].append(number)
            for key in atom.alias_keys():
                self._by_alias[key].append(number)

    def candidates(self, reference: Reference) -> list[int]:
        """All atoms that may be meant: by id, else by name, else by alias; of the class, if one is given."""
        key = name_key(reference.text)
        for found in (self._by_id.get(reference.text), self._by_name.get(key), self._by_alias.get(key)):
            fitting = [atom for atom in found or () if self._fits(atom, reference.type)]
            if fitting:
                return fitting
        return []

    def find(self, reference: Reference, *, id_of: Callable[[int], str]) -> tuple[list[int], str]:
        """The atoms of the one node that is meant, and "", or no atoms and why not.

        `id_of` gives the id of the node to which an atom belongs.
        """
        candidates = self.candidates(reference)
        ids = sorted({id_of(atom) for atom in candidates})
        if not ids:
            return [], self.no_such(reference)
        if reference.text in ids:
            return [atom for atom in candidates if id_of(atom) == reference.text], ""
        if len(ids) > 1:
            return [], f"{str(reference)!r} may be {', '.join(ids)}: write the id or {{name, type}}"
        return candidates, ""

    def no_such(self, reference: Reference) -> str:
        """Say that nothing bears this name, with what comes nearest."""
        key = name_key(reference.text)
        near = get_close_matches(key, self._by_name, n=1, cutoff=0.75)
        if not near:
            return f"nothing is called {str(reference)!r}"
        atom = self._atoms[self._by_name[near[0]][0]]
        return f"nothing is called {str(reference)!r}: did you mean {min(atom.names)!r} ({atom.type})?"

    def _fits(self, atom: int, type: str) -> bool:
        return not type or vocabulary().is_a(self._atoms[atom].type, type)
