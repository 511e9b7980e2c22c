"""Mapping files (YAML) into rules. Every error names the file, the place in it and the way out.

The language is described in mappings/README.md.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import product

from loaders.records.cells import Cell
from loaders.records.rules import About, EntityRule, Mapping, RelationRule, TableForm
from loaders.records.section import Section
from loaders.records.values import NUMBER_FORMS, check_date_form
from ontology.errors import InvalidValue, SourceError
from ontology.model import Modality, check_date
from ontology.vocabulary import vocabulary

TOP = ("name", "about", "document", "table", "match", "entities", "relations")
DOCUMENT = ("title", "publisher", "url", "published", "licence", "language")
TABLE = ("delimiter", "encoding", "skip", "missing")
ENTITY = ("type", "name", "language", "aliases", "identifiers", "attributes", "apart_by")
RELATION = ("source", "type", "target", "role", "amount", "valid_from", "valid_to", "modality")
CELL = (
    "column",
    "template",
    "constant",
    "split",
    "pattern",
    "values",
    "default",
    "date",
    "number",
    "currency",
)
DELIMITERS = {"tab": "\t", "\t": "\t", ";": ";", ",": ",", "|": "|"}
RESERVED = (
    "id",
    "type",
    "kind",
    "name",
    "aliases",
    "identifiers",
    "documents",
)  # fields that a node has anyway
DATES = ("start", "end")  # attributes that hold dates


def parse_mapping(text: str, *, source: str, name: str) -> Mapping:
    """Parse a mapping. `name` is used where the file gives none. Raises SourceError."""
    top = Section.parse(text, source=source)
    top.allow(TOP)
    entities = tuple(entity_rule(section) for section in top.section("entities", required=True).sections())
    relations = tuple(relation_rule(section) for section in top.listed("relations"))
    mapping = Mapping(
        name=top.text("name") or name,
        source=source,
        digest=sha256(text.encode()).hexdigest(),
        about=about(top.section("document")),
        form=table_form(top.section("table")),
        entities=entities,
        relations=relations,
        match=top.texts("match"),
    )
    if not mapping.columns():
        raise top.error("no value is read from a column: name at least one column")
    for rule, section in zip(relations, top.listed("relations"), strict=True):
        check_relation(rule, {entity.key: entity for entity in entities}, section)
    return mapping


def about(section: Section) -> About:
    """The document block."""
    section.allow(DOCUMENT)
    with section.at("published"):
        check_date("published", section.text("published"))
    fields = {key: section.text(key) for key in DOCUMENT}
    return About(**{**fields, "language": fields["language"] or "und"})


def table_form(section: Section) -> TableForm:
    """The table block."""
    section.allow(TABLE)
    delimiter, encoding, skip = (
        section.text("delimiter"),
        section.text("encoding"),
        section.text("skip") or "0",
    )
    if delimiter and delimiter not in DELIMITERS:
        raise section.error(f"delimiter {delimiter!r}: write ';', ',', '|' or tab")
    if not skip.isdecimal():
        raise section.error(f"skip {skip!r}: write how many lines stand above the header")
    if encoding:
        try:
            codecs.lookup(encoding)
        except LookupError as error:
            raise section.error(f"unknown encoding {encoding!r}: write utf-8, cp1252 or utf-16") from error
    return TableForm(
        delimiter=DELIMITERS.get(delimiter, ""),
        encoding=encoding,
        skip=int(skip),
        missing=section.texts("missing"),
    )


def entity_rule(section: Section) -> EntityRule:
    """One block under entities."""
    section.allow(ENTITY)
    rule = EntityRule(
        key=section.key,
        type=typed(section, "type"),
        name=cell(section.child("name", required=True)),
        language=section.text("language"),
        aliases=tuple(cell(child) for child in section.children("aliases")),
        identifiers=tuple((child.key, cell(child)) for child in section.section("identifiers").sections()),
        attributes=tuple(attribute(child) for child in section.section("attributes").sections()),
        apart_by=tuple(cell(child) for child in section.children("apart_by")),
    )
    if rule.name.split and (rule.aliases or rule.identifiers or rule.attributes):
        raise section.error(
            "a name that is split takes no aliases, identifiers or attributes: whose would they be?"
        )
    with section.at("type"):
        for outcome in rule.type.outcomes() or ():
            vocabulary().check_type(outcome)
    return rule


def attribute(section: Section) -> tuple[str, Cell]:
    """One entry under attributes."""
    if section.key in RESERVED or not re.fullmatch(r"[a-z][A-Za-z0-9_]*", section.key):
        raise section.error(f"no attribute can be called so; taken are {', '.join(RESERVED)}")
    made = cell(section)
    if section.key in DATES and not made.dates and not made.constant:
        raise section.error("this attribute is a date: give its form, such as date: DD.MM.YYYY")
    return section.key, made


def relation_rule(section: Section) -> RelationRule:
    """One item under relations."""
    section.allow(RELATION)
    rule = RelationRule(
        source=section.text("source", required=True),
        type=typed(section, "type"),
        target=section.text("target", required=True),
        modality=typed(section, "modality") if section.has("modality") else None,
        **{
            key: cell(section.child(key))
            for key in ("role", "amount", "valid_from", "valid_to")
            if section.has(key)
        },
    )
    for key, made in (("valid_from", rule.valid_from), ("valid_to", rule.valid_to)):
        if made is not None and not made.dates:
            raise section.error(f"{key} needs the form of its date, such as date: DD.MM.YYYY")
    if rule.amount is not None and not (rule.amount.numbers and rule.amount.currency):
        raise section.error("amount needs number (such as '1.234,56') and currency (such as EUR)")
    with section.at("modality"):
        for outcome in (rule.modality.outcomes() or ()) if rule.modality else ():
            Section.choose("modality", outcome, [m.value for m in Modality])
    return rule


def check_relation(rule: RelationRule, entities: dict[str, EntityRule], section: Section) -> None:
    """Raise SourceError unless the ends exist and the ontology allows the relation between their classes."""
    for key, end in (("source", rule.source), ("target", rule.target)):
        with section.at(key):
            Section.choose("entity of this mapping", end, entities)
    ends = entities[rule.source], entities[rule.target]
    if all(not end.name.columns for end in ends):
        raise section.error("both ends have a constant name, so no cell can say it: leave it out")
    sources, targets = (end.type.outcomes() for end in ends)
    for relation in rule.type.outcomes() or ():
        with section.at("type"):
            vocabulary().check_relation(relation)
        if (
            sources
            and targets
            and not any(vocabulary().allows(s, relation, t) for s, t in product(sources, targets))
        ):
            raise section.error(f"{relation} cannot go from {' or '.join(sources)} to {' or '.join(targets)}")


def typed(section: Section, key: str) -> Cell:
    """A class, relation or modality: a plain word is the word itself, not a column."""
    child = section.child(key, required=True)
    return Cell(constant=child.word()) if child.is_word() else cell(child)


def cell(section: Section) -> Cell:
    """One value: a plain word is a column, a block says more."""
    if section.is_word():
        return Cell(column=section.word())
    section.allow(CELL)
    if sum(section.has(key) for key in ("column", "template", "constant")) != 1:
        raise section.error("write exactly one of column, template and constant")
    made = Cell(
        column=section.text("column"),
        template=section.text("template"),
        constant=section.text("constant"),
        split=section.text("split", strip=False),
        pattern=pattern(section),
        values=tuple((child.key, child.word()) for child in section.section("values").sections())
        if section.has("values")
        else None,
        default=section.text("default") if section.has("default") else None,
        dates=tuple(date_forms(section)),
        numbers=tuple(number_forms(section)),
        currency=currency(section),
    )
    if made.template and not made.columns:
        raise section.error(
            f"template {made.template!r} names no column: write it in braces, such as '{{city}}'"
        )
    return made


def pattern(section: Section) -> re.Pattern[str] | None:
    """The compiled pattern; it must have a group, which is the value."""
    text = section.text("pattern")
    try:
        compiled = re.compile(text) if text else None
    except re.error as error:
        raise section.error(f"pattern {text!r}: {error}") from error
    if compiled is not None and not compiled.groups:
        raise section.error(f"pattern {text!r}: put round brackets around the part that is the value")
    return compiled


def date_forms(section: Section) -> Iterator[str]:
    """The forms under `date`, checked."""
    for form in section.texts("date"):
        with section.at("date"):
            yield check_date_form(form)


def number_forms(section: Section) -> Iterator[str]:
    """The forms under `number`, checked."""
    for form in section.texts("number"):
        with section.at("number"):
            yield Section.choose("form of number", form, NUMBER_FORMS)


def currency(section: Section) -> str:
    """An ISO 4217 code, or ""."""
    code = section.text("currency")
    if code and not re.fullmatch(r"[A-Z]{3}", code):
        raise section.error(f"currency {code!r}: write three capitals, such as EUR")
    return code


__all__ = ["InvalidValue", "SourceError", "parse_mapping"]
