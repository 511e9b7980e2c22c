"""Facts of a back-end join those that are there: what is the same gains evidence, what is new is added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

from ontology.model import Entity, Evidence, Fact, Modality, Name, Relation
from ontology.names import name_key
from ontology.vocabulary import vocabulary

Key = tuple[str, str, str, Modality]


def join(own: Sequence[Fact], other: Sequence[Fact]) -> tuple[Fact, ...]:
    """Entities, then relations: `own` in its order, then what only `other` holds.

    Two entities are one where a name of theirs is equal and one class is the other's or stands above it;
    the finer class stays. Two relations are one with equal ends, type and modality, and equal roles or one
    without. Each piece of evidence stays and says who found it. A relation that the ontology forbids after
    entities became one is left out.
    """
    people = _Entities(f for f in own if isinstance(f, Entity))
    ids = {fact.id: people.take(fact) for fact in other if isinstance(fact, Entity)}
    links = _Relations(f for f in own if isinstance(f, Relation))
    for fact in other:
        if isinstance(fact, Relation) and fact.source in ids and fact.target in ids:
            source, target = ids[fact.source], ids[fact.target]
            types = people.held[source].type, people.held[target].type
            if source != target and vocabulary().allows(types[0], fact.type, types[1]):
                links.take(replace(fact, source=source, target=target))
    return (*people.held.values(), *links.held)


class _Entities:
    """Entities by id, and the names that lead to them."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.held = {e.id: e for e in entities}
        self._numbers = count(1)
        self._by_name: dict[str, list[str]] = {}
        for entity in self.held.values():
            self._index(entity)

    def take(self, entity: Entity) -> str:
        """Join or add it; returns the id that it has now."""
        same = self._same(entity)
        if same is None:
            entity = replace(entity, id=self._free_id())
            self.held[entity.id] = entity
        else:
            entity = _joined(same, entity)
            self.held[same.id] = entity
        self._index(entity)
        return entity.id

    def _same(self, entity: Entity) -> Entity | None:
        """The one that goes by its name; failing that, the only one that goes by one of its other names."""
        for names in ([entity.name], [alias.text for alias in entity.aliases]):
            ids = {id for name in names for id in self._by_name.get(name_key(name), ())}
            fitting = [
                self.held[i] for i in sorted(ids) if vocabulary().compatible(self.held[i].type, entity.type)
            ]
            by_name = [e for e in fitting if name_key(e.name) == name_key(entity.name)]
            if by_name or len(fitting) == 1:
                return (by_name or fitting)[0]
        return None

    def _index(self, entity: Entity) -> None:
        for name in (entity.name, *(alias.text for alias in entity.aliases)):
            ids = self._by_name.setdefault(name_key(name), [])
            if entity.id not in ids:
                ids.append(entity.id)

    def _free_id(self) -> str:
        return next(id for number in self._numbers if (id := f"e{number}") not in self.held)


def _joined(entity: Entity, other: Entity) -> Entity:
    """Both as one: the first one's name, the finer class, all names and evidence."""
    words = vocabulary()
    finer = max(entity.type, other.type, key=lambda type: len(words.ancestors(type)))
    texts = {a.text for a in entity.aliases}
    new = sorted({other.name, *(a.text for a in other.aliases)} - texts - {entity.name})
    aliases = sorted(
        (*entity.aliases, *(Name(text=text) for text in new)), key=lambda a: (a.text, a.language)
    )
    evidence = _evidence(entity.evidence, other.evidence)
    return replace(entity, type=finer, aliases=tuple(aliases), evidence=evidence)


class _Relations:
    """Relations by what makes two of them one."""

    def __init__(self, relations: Iterable[Relation]) -> None:
        self.held = list(relations)
        self._ids = {r.id for r in self.held}
        self._numbers = count(1)
        self._places: dict[Key, list[int]] = {}
        for place, relation in enumerate(self.held):
            self._places.setdefault(_key(relation), []).append(place)

    def take(self, relation: Relation) -> None:
        """Join it to one that says the same, or add it."""
        places = self._places.setdefault(_key(relation), [])
        for place in places:
            held = self.held[place]
            roles = {name_key(held.role), name_key(relation.role)} - {""}
            if len(roles) < 2:
                evidence = _evidence(held.evidence, relation.evidence)
                self.held[place] = replace(held, role=held.role or relation.role, evidence=evidence)
                return
        id = next(i for number in self._numbers if (i := f"r{number}") not in self._ids)
        self._ids.add(id)
        places.append(len(self.held))
        self.held.append(replace(relation, id=id))


def _key(relation: Relation) -> Key:
    ends = [relation.source, relation.target]
    if vocabulary().relations[relation.type].symmetric:
        ends.sort()
    return ends[0], relation.type, ends[1], relation.modality


def _evidence(own: Iterable[Evidence], other: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """All of it, each piece once, in text order."""
    return tuple(sorted({*own, *other}, key=lambda e: (e.start, e.end, e.method, e.confidence)))
