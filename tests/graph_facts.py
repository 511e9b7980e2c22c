"""Small documents with facts, for the tests of graph/. All persons are invented."""

from __future__ import annotations

from ontology.model import Document, Entity, Evidence, Fact, Identifier, Modality, Name, Relation

Pair = tuple[str, str]


def document(name: str, text: str = "", *, title: str = "") -> Document:
    return Document(
        id=f"doc-{name}", title=title or f"Title of {name}", text=text, language="de", kind="text"
    )


def entity(
    home: str,
    type: str,
    name: str,
    *,
    id: str = "",
    aliases: tuple[str, ...] = (),
    identifiers: tuple[Pair, ...] = (),
    attributes: tuple[Pair, ...] = (),
) -> Entity:
    """An entity of the document `home`; its id is class and name unless one is given."""
    return Entity(
        id=f"doc-{home}#{id or type + ' ' + name}",
        document=f"doc-{home}",
        type=type,
        name=name,
        aliases=tuple(Name(text=alias) for alias in aliases),
        identifiers=tuple(Identifier(scheme=scheme, value=value) for scheme, value in identifiers),
        attributes=attributes,
    )


def relation(
    source: Entity,
    type: str,
    target: Entity,
    *,
    role: str = "",
    quote: str = "so it says",
    modality: Modality = Modality.STATED,
    confidence: float = 0.9,
) -> Relation:
    """A relation of the document of both. Its quote has no span."""
    home = source.document
    return Relation(
        id=f"{source.id} {type} {target.id} {role} {quote} {modality}",
        document=home,
        source=source.id,
        type=type,
        target=target.id,
        role=role,
        modality=modality,
        evidence=(Evidence(document=home, quote=quote, line=2, column="c", confidence=confidence),),
    )


def visit(
    home: str, *, guest: str = "Ada Muster", place: str = "Bochum", role: str = "Rektorin"
) -> list[Fact]:
    """A person who works for a company in a city: three entities, two relations."""
    person, company = entity(home, "Person", guest), entity(home, "Company", "Muster Robotik GmbH")
    city = entity(home, "City", place)
    return [
        person,
        company,
        city,
        relation(person, "affiliatedWith", company, role=role, quote=f"{role} {guest}"),
        relation(company, "locatedIn", city, quote=f"in {place}"),
    ]
