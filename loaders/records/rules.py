"""A mapping as it is used: what a row of a table says. Parsed from YAML by mapping.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.records.cells import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm:
    """How the table is written; "" and () where it is to be told from the file."""

    delimiter: str = ""
    encoding: str = ""
    skip: int = 0  # lines above the header
    missing: tuple[str, ...] = ()  # cells that stand for nothing, such as "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known about the table as a document."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    licence: str = ""
    language: str = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRule:
    """One entity a row (several, where `name` is split); none where the name is empty."""

    key: str
    type: Cell
    name: Cell
    language: str = ""
    aliases: tuple[Cell, ...] = ()
    identifiers: tuple[tuple[str, Cell], ...] = ()  # scheme, value
    attributes: tuple[tuple[str, Cell], ...] = ()
    apart_by: tuple[Cell, ...] = ()  # keeps equal names apart: a city by its country

    def cells(self) -> Iterator[Cell]:
        """Every value of the rule."""
        yield from (self.type, self.name, *self.aliases, *self.apart_by)
        yield from (cell for _, cell in (*self.identifiers, *self.attributes))


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRule:
    """One relation between two entities of a row; none where one of them or the type is empty."""

    source: str
    type: Cell
    target: str
    role: Cell | None = None
    amount: Cell | None = None
    valid_from: Cell | None = None
    valid_to: Cell | None = None
    modality: Cell | None = None

    def cells(self) -> Iterator[Cell]:
        """Every value of the rule."""
        given = (self.type, self.role, self.amount, self.valid_from, self.valid_to, self.modality)
        yield from (cell for cell in given if cell is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What the rows of one kind of table say. `digest` changes with the mapping's text."""

    name: str
    source: str
    digest: str
    about: About
    form: TableForm
    entities: tuple[EntityRule, ...]
    relations: tuple[RelationRule, ...]
    match: tuple[str, ...] = ()  # columns by which a table of this kind is known

    def columns(self) -> tuple[str, ...]:
        """The columns that the rules read, each once, in the order of the rules."""
        cells = [cell for entity in self.entities for cell in entity.cells()]
        cells += [cell for relation in self.relations for cell in relation.cells()]
        return tuple(dict.fromkeys(column for cell in cells for column in cell.columns))
