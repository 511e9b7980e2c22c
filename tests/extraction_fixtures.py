"""Shorthand for tests of extraction: a text in, its nodes and relations out."""

from __future__ import annotations

from loaders.extraction.extract import extract
from ontology.model import Document, Entity, Relation


def document(text: str, *, language: str = "de", published: str = "2024-05-06") -> Document:
    """A document of that text."""
    return Document(id="doc-test", title="", text=text, language=language, kind="text", published=published)


def nodes(text: str, *, language: str = "de") -> dict[str, str]:
    """Name -> class of everything that the text names."""
    return {f.name: f.type for f in extract(document(text, language=language)) if isinstance(f, Entity)}


def relations(text: str, *, language: str = "de") -> set[tuple[str, str, str]]:
    """(source, relation, target) by names; intended relations end in "?"."""
    facts = extract(document(text, language=language))
    names = {f.id: f.name for f in facts if isinstance(f, Entity)}
    return {
        (names[f.source], f.type + ("?" if f.modality == "intended" else ""), names[f.target])
        for f in facts
        if isinstance(f, Relation)
    }


def roles(text: str, *, language: str = "de") -> set[tuple[str, str, str]]:
    """(person, role, body)."""
    facts = extract(document(text, language=language))
    names = {f.id: f.name for f in facts if isinstance(f, Entity)}
    return {
        (names[f.source], f.role, names[f.target])
        for f in facts
        if isinstance(f, Relation) and f.type == "affiliatedWith"
    }
