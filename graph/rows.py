"""Facts as plain database rows and back: every list inside a fact is one compact JSON text, "" when empty."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from sys import intern

from ontology.errors import InvalidValue
from ontology.model import Document, Entity, Evidence, Identifier, Modality, Name, Relation

DocumentRow = tuple[str, str, str, str, str, str, str, str, str]
EntityRow = tuple[str, str, str, str, str, str, str, str, str]
RelationRow = tuple[str, str, str, str, str, str, str, str, str, str, str]


def document_row(document: Document) -> DocumentRow:
    return (
        document.id,
        document.title,
        document.language,
        document.kind,
        document.publisher,
        document.url,
        document.published,
        document.licence,
        document.text,
    )


def entity_row(entity: Entity, document: Document) -> EntityRow:
    """Raises InvalidValue if the entity or its evidence belongs to another document."""
    _check_home(entity, document)
    return (
        entity.document,
        entity.id,
        entity.type,
        entity.name,
        entity.language,
        _pack([[name.text, name.language] for name in entity.aliases]),
        _pack([[identifier.scheme, identifier.value] for identifier in entity.identifiers]),
        _pack([list(pair) for pair in entity.attributes]),
        _pack_evidence(entity.evidence, document),
    )


def relation_row(relation: Relation, document: Document) -> RelationRow:
    """Raises InvalidValue if the relation or its evidence belongs to another document."""
    _check_home(relation, document)
    return (
        relation.document,
        relation.id,
        relation.source,
        relation.type,
        relation.target,
        relation.role,
        relation.modality.value,
        relation.amount,
        relation.valid_from,
        relation.valid_to,
        _pack_evidence(relation.evidence, document),
    )


# Reading many rows, the same few words and document ids come again and again: `intern` keeps one of each.


def to_entity(row: EntityRow) -> Entity:
    document, id, type, name, language, aliases, identifiers, attributes, evidence = row
    return Entity(
        id=id,
        document=intern(document),
        type=intern(type),
        name=name,
        language=language,
        aliases=tuple(Name(text=text, language=tag) for text, tag in _unpack(aliases)),
        identifiers=tuple(Identifier(scheme=scheme, value=value) for scheme, value in _unpack(identifiers)),
        attributes=tuple((key, value) for key, value in _unpack(attributes)),
        evidence=tuple(_unpack_evidence(evidence, document)),
    )


def to_relation(row: RelationRow) -> Relation:
    document, id, source, type, target, role, modality, amount, valid_from, valid_to, evidence = row
    return Relation(
        id=id,
        document=intern(document),
        source=source,
        type=intern(type),
        target=target,
        role=intern(role),
        modality=Modality(modality),
        amount=amount,
        valid_from=valid_from,
        valid_to=valid_to,
        evidence=tuple(_unpack_evidence(evidence, document)),
    )


def to_document(row: DocumentRow) -> Document:
    id, title, language, kind, publisher, url, published, licence, text = row
    return Document(
        id=id,
        title=title,
        text=text,
        language=language,
        kind=kind,
        publisher=publisher,
        url=url,
        published=published,
        licence=licence,
    )


def row_hash(row: Iterable[str]) -> int:
    """128 bits of SHA-256 over one row. Sums of them do not depend on the order of the rows."""
    text = json.dumps(list(row), ensure_ascii=False, separators=(",", ":"))
    # "surrogatepass": half a character is refused by the database, with the fact that holds it.
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16], "big")


def _check_home(fact: Entity | Relation, document: Document) -> None:
    if fact.document != document.id:
        raise InvalidValue(f"fact {fact.id!r} belongs to {fact.document!r}, not to {document.id!r}")


def _pack(rows: list[list[str]]) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""


def _unpack(text: str) -> list[list[str]]:
    rows: list[list[str]] = json.loads(text) if text else []
    return rows


def _pack_evidence(evidence: tuple[Evidence, ...], document: Document) -> str:
    if not evidence:
        return ""
    rows = [_evidence_row(piece, document) for piece in evidence]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _evidence_row(piece: Evidence, document: Document) -> list[str | int | float]:
    if piece.document != document.id:
        raise InvalidValue(f"evidence {piece.quote!r} is of {piece.document!r}, not of {document.id!r}")
    # Promise of the model, checked where facts enter the atlas: a quote is found at its span.
    if piece.start >= 0 and document.text[piece.start : piece.end] != piece.quote:
        raise InvalidValue(
            f"evidence {piece.quote!r} does not stand at {piece.start}..{piece.end} of {document.id!r}, "
            f"where the text reads {document.text[piece.start : piece.end]!r}"
        )
    return [piece.quote, piece.start, piece.end, piece.line, piece.column, piece.method, piece.confidence]


def _unpack_evidence(text: str, document: str) -> Iterator[Evidence]:
    for quote, start, end, line, column, method, confidence in json.loads(text) if text else ():
        yield Evidence(
            document=intern(document),
            quote=quote,
            start=start,
            end=end,
            line=line,
            column=intern(column),
            method=intern(method),
            confidence=confidence,
        )
