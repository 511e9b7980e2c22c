"""Rows into entities and relations, as the mapping says. A row is taken whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from loaders.records.cells import Cell, Row, Value
from loaders.records.rules import EntityRule, Mapping, RelationRule
from ontology.errors import InvalidValue, RowError
from ontology.model import Entity, Evidence, Fact, Identifier, Modality, Name, Relation
from ontology.names import name_key
from ontology.vocabulary import vocabulary

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityDraft:
    """An entity of one row before it has an id."""

    type: str
    name: Value
    language: str
    aliases: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    attributes: tuple[tuple[str, str], ...]
    key: Key  # drafts with one key are one entity of the document

    @property
    def news(self) -> frozenset[tuple[str, str]]:
        """What it says beside name and identifiers."""
        return frozenset({*self.attributes, *(("alias", alias) for alias in self.aliases)})


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationDraft:
    """A relation of one row before its ends have ids."""

    source: EntityDraft
    type: str
    target: EntityDraft
    said_by: Value  # the cell that is its evidence
    role: str
    modality: Modality
    amount: str
    valid_from: str
    valid_to: str


@dataclass(slots=True)
class Numbering:
    """Ids given so far. Grows with the number of different things, not with the number of rows."""

    document: str
    method: str
    entities: dict[Key, str] = field(default_factory=dict)
    told: dict[Key, frozenset[tuple[str, str]]] = field(default_factory=dict)
    relations: set[Key] = field(default_factory=set)
    count: int = 0

    def next_id(self, letter: str) -> str:
        """A new id in the document."""
        self.count += 1
        return f"{self.document}#{letter}{self.count}"

    def evidence(self, value: Value, line: int) -> Evidence:
        """The cell as evidence."""
        return Evidence(
            document=self.document, quote=value.quote, line=line, column=value.column, method=self.method
        )


def read_facts(
    rows: Iterable[Row], mapping: Mapping, *, document: str, source: str, problems: list[RowError]
) -> Iterator[Fact]:
    """Yield the facts of each row, in order; each entity before the relations that it is in.

    Rows that name a thing again (same class, folded name and identifiers) give no second entity, unless
    they add aliases or attributes: these come as one more entity of that name, which resolution joins.
    A row with a bad value gives no fact and one entry in `problems`.
    """
    numbering = Numbering(document=document, method=f"table:{mapping.name}")
    for row in rows:
        try:
            entities = {rule.key: entity_drafts(rule, row) for rule in mapping.entities}
            if not any(entities.values()):
                names = sorted({column for rule in mapping.entities for column in rule.name.columns})
                raise InvalidValue(f"no name in {', '.join(names)}: fill in one of these cells")
            relations = [
                draft for rule in mapping.relations for draft in relation_drafts(rule, row, entities)
            ]
        except InvalidValue as error:
            problems.append(RowError(str(error), source=source, line=row.line))
            continue
        for drafts in entities.values():
            for draft in drafts:
                yield from new_entity(draft, row.line, numbering)
        for relation in relations:
            yield from new_relation(relation, row.line, numbering)


def entity_drafts(rule: EntityRule, row: Row) -> list[EntityDraft]:
    """The entities that one rule finds in a row: none where the name or the class is empty."""
    type_ = rule.type.one(row)
    names = [name for name in rule.name.read(row) if name.text.strip()]
    if type_ is None or not names:
        return []
    vocabulary().check_type(type_.text)
    aliases = {value.text for cell in rule.aliases for value in cell.read(row)}
    identifiers = {(scheme, value.text) for scheme, cell in rule.identifiers for value in cell.read(row)}
    attributes = {(key, value.text) for key, cell in rule.attributes for value in cell.read(row)}
    apart = tuple(text_of(cell, row) for cell in rule.apart_by)
    marks = (*apart, *(f"{scheme}:{value}" for scheme, value in sorted(identifiers)))
    return [
        EntityDraft(
            type=type_.text,
            name=name,
            language=rule.language,
            aliases=tuple(sorted(aliases - {name.text})),
            identifiers=tuple(Identifier(scheme=s, value=v) for s, v in sorted(identifiers)),
            attributes=tuple(sorted(attributes)),
            key=(type_.text, name_key(name.text), *marks),
        )
        for name in names
    ]


def relation_drafts(
    rule: RelationRule, row: Row, entities: dict[str, list[EntityDraft]]
) -> Iterator[RelationDraft]:
    """The relations that one rule finds in a row: each source with each target."""
    type_ = rule.type.one(row)
    if type_ is None:
        return
    role = rule.role.one(row) if rule.role else None
    amount = text_of(rule.amount, row)
    for source, target in product(entities[rule.source], entities[rule.target]):
        check_ends(source, type_.text, target)
        if source.key == target.key:
            continue  # a partner that is its own city says nothing about itself
        yield RelationDraft(
            source=source,
            type=type_.text,
            target=target,
            said_by=next(v for v in (role, target.name, source.name) if v is not None and v.column),
            role=role.text if role else "",
            modality=modality_of(rule.modality, row),
            amount=f"{amount} {rule.amount.currency}" if amount and rule.amount else "",
            valid_from=text_of(rule.valid_from, row),
            valid_to=text_of(rule.valid_to, row),
        )


def check_ends(source: EntityDraft, relation: str, target: EntityDraft) -> None:
    """Raise InvalidValue where the ontology does not know such a relation."""
    if not vocabulary().allows(source.type, relation, target.type):
        raise InvalidValue(
            f"{relation} cannot go from {source.type} {source.name.text!r} "
            f"to {target.type} {target.name.text!r}: check the classes in the mapping"
        )


def modality_of(cell: Cell | None, row: Row) -> Modality:
    """The modality of a row; `stated` where the mapping or the cell says nothing."""
    text = text_of(cell, row) or Modality.STATED.value
    try:
        return Modality(text)
    except ValueError as error:
        raise InvalidValue(f"modality {text!r}: use one of {', '.join(m.value for m in Modality)}") from error


def text_of(cell: Cell | None, row: Row) -> str:
    """The one value of a cell, or ""."""
    value = cell.one(row) if cell else None
    return value.text if value else ""


def new_entity(draft: EntityDraft, line: int, numbering: Numbering) -> Iterator[Entity]:
    """Yield the entity unless it was told before."""
    key, told = draft.key, numbering.told.get(draft.key)
    if told is not None and draft.news <= told:
        return
    made = Entity(
        id=numbering.next_id("e"),
        document=numbering.document,
        type=draft.type,
        name=draft.name.text,
        aliases=tuple(Name(text=alias, language=draft.language) for alias in draft.aliases),
        language=draft.language,
        identifiers=draft.identifiers,
        attributes=draft.attributes,
        evidence=(numbering.evidence(draft.name, line),),
    )
    numbering.entities.setdefault(key, made.id)
    numbering.told[key] = draft.news | (told or frozenset())
    yield made


def new_relation(draft: RelationDraft, line: int, numbering: Numbering) -> Iterator[Relation]:
    """Yield the relation unless a row before said the same."""
    source, target = numbering.entities[draft.source.key], numbering.entities[draft.target.key]
    said = (source, draft.type, target, draft.role, draft.modality.value)
    key = (*said, draft.amount, draft.valid_from, draft.valid_to)
    if key in numbering.relations:
        return
    numbering.relations.add(key)
    yield Relation(
        id=numbering.next_id("r"),
        document=numbering.document,
        source=source,
        type=draft.type,
        target=target,
        evidence=(numbering.evidence(draft.said_by, line),),
        role=draft.role,
        modality=draft.modality,
        amount=draft.amount,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
    )
