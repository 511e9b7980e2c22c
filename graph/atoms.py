"""Entities that are one thing without any doubt, gathered before resolution decides about the rest.

An atom holds all entities that agree in class, folded name, identifiers and, for things that happen at a
time, in their dates. Its key is made of these values only, so it is the same in every load order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.generic import is_generic
from ontology.model import Entity, Identifier, Name
from ontology.names import name_key
from ontology.vocabulary import vocabulary

DATED = frozenset({"Agreement", "Event", "Delegation"})  # two dates are two things
BY_NAME_ONLY = frozenset({"Person", "Agreement", "Event", "Delegation", "Project", "Programme"})
LONG_NAME_ONLY = frozenset({"Agreement", "Delegation"})  # "Memorandum of Understanding" is no name of one
LONG_NAME_WORDS = 3

AtomKey = tuple[str, str, tuple[str, ...], tuple[tuple[str, str], ...], str]


@dataclass(slots=True)
class Atom:
    """`key`: class, folded name, dates, identifiers, and its own place if nothing of that tells it."""

    key: AtomKey
    root: str
    size: int = 0
    names: dict[str, int] = field(default_factory=dict)  # spelling -> number of entities that bear it
    spellings: set[Name] = field(default_factory=set)  # names and aliases with their languages
    attributes: dict[tuple[str, str], int] = field(default_factory=dict)
    documents: list[str] = field(default_factory=list)  # in the order of reading, each once in a row

    @property
    def type(self) -> str:
        return self.key[0]

    @property
    def name_key(self) -> str:
        return self.key[1]

    @property
    def dates(self) -> tuple[str, ...]:
        return self.key[2]

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        return tuple(Identifier(scheme=scheme, value=value) for scheme, value in self.key[3])

    @property
    def known_by_name(self) -> bool:
        """Whether its name is enough to find it again in another document."""
        return _says_who(self.type, self.name_key)

    def alias_keys(self) -> set[str]:
        return {name_key(spelling.text) for spelling in self.spellings} - {self.name_key}

    def add(self, entity: Entity) -> None:
        self.size += 1
        self.names[entity.name] = self.names.get(entity.name, 0) + 1
        self.spellings.add(Name(text=entity.name, language=entity.language))
        self.spellings.update(entity.aliases)
        for pair in entity.attributes:
            self.attributes[pair] = self.attributes.get(pair, 0) + 1
        if not self.documents or self.documents[-1] != entity.document:
            self.documents.append(entity.document)


@dataclass(frozen=True, slots=True)
class Atoms:
    """All atoms, sorted by key, and which of them each entity is in: document -> entity id -> position."""

    atoms: tuple[Atom, ...]
    number_of: Mapping[str, Mapping[str, int]]


def gather(entities: Iterable[Entity]) -> Atoms:
    """Read each entity once; memory grows with the number of atoms, plus one number an entity."""
    atoms: dict[AtomKey, Atom] = {}
    keys: dict[str, dict[str, Atom]] = {}
    for entity in entities:
        key = _key(entity)
        atom = atoms.get(key)
        if atom is None:
            atom = atoms[key] = Atom(key=key, root=vocabulary().root(entity.type))
        atom.add(entity)
        keys.setdefault(entity.document, {})[entity.id] = atom
    ordered = tuple(atoms[key] for key in sorted(atoms))
    numbers = {id(atom): number for number, atom in enumerate(ordered)}
    return Atoms(
        atoms=ordered,
        number_of={
            document: {name: numbers[id(atom)] for name, atom in found.items()}
            for document, found in keys.items()
        },
    )


def _key(entity: Entity) -> AtomKey:
    key = name_key(entity.name)
    dates: tuple[str, ...] = ()
    if entity.type in DATED:
        values = dict(entity.attributes)
        dates = (values.get("start", ""), values.get("end", ""))
    identifiers = tuple(sorted((one.scheme, one.value) for one in entity.identifiers))
    # What has an identifier is told by it, whatever its name.
    own_place = "" if identifiers or _says_who(entity.type, key) else f"{entity.document} {entity.id}"
    return entity.type, key, dates, identifiers, own_place


def _says_who(type: str, key: str) -> bool:
    """Whether the folded name alone can be known again in another document."""
    words = key.split()
    if type == "Topic":
        return bool(words)  # a topic is what its word says, however general
    if type == "Person":
        return len(words) >= 2  # never a surname or a first name alone
    if type in LONG_NAME_ONLY:
        return len(words) >= LONG_NAME_WORDS and not is_generic(key)
    return not is_generic(key)


def telling_aliases(atom: Atom) -> Iterator[str]:
    """The folded aliases by which others may know it, sorted."""
    if atom.type in BY_NAME_ONLY:
        return
    for key in sorted(atom.alias_keys()):
        if len(key) > 2 and not is_generic(key):
            yield key
