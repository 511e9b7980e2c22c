"""What is named: persons, bodies, places, undertakings, topics, with their classes and nominative names."""

from __future__ import annotations

import pytest

from loaders.extraction.extract import extract
from ontology.model import Entity
from tests.extraction_fixtures import document, nodes


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("Dazu sagte Dr. med. Ilse Probst nichts.", "Ilse Probst", "Person"),
        ("Das war die Rede von Karl-Heinz van der Linden.", "Karl-Heinz van der Linden", "Person"),
        ("Sie arbeitet bei der Nordlicht Robotik GmbH.", "Nordlicht Robotik GmbH", "Company"),
        ("Der Verein lichthof e. V. lädt ein.", "lichthof e. V.", "Association"),
        ("Er forscht an der Technischen Universität Dortmund.", "Technische Universität Dortmund", "University"),
        ("Das Institut für Energie, Umwelt und Verkehr forscht.", "Institut für Energie, Umwelt und Verkehr", "ResearchInstitute"),
        ("Patienten des Elisabeth-Krankenhauses profitieren.", "Elisabeth-Krankenhaus", "Hospital"),
        ("Das kündigte das Bundesministerium für Bildung und Forschung an.", "Bundesministerium für Bildung und Forschung", "PublicBody"),
        ("Die Wirtschaftsförderung Dortmund hilft dabei.", "Wirtschaftsförderung Dortmund", "DevelopmentAgency"),
        ("Das teilte die IHK Nord Westfalen mit.", "IHK Nord Westfalen", "Chamber"),
        ("Das Start-up Kvasir aus Witten gewann.", "Kvasir", "Startup"),
        ("Sie reisten nach Tel Aviv.", "Tel Aviv", "City"),
        ("Sie reisten ins Ruhrgebiet.", "Ruhrgebiet", "Region"),
        ("Sie reisten in die Niederlande.", "Niederlande", "Country"),
        ("Die Innovation Bridge Korea beginnt.", "Innovation Bridge Korea", "Programme"),
        ("Das Projekt „Grüne Welle“ beginnt.", "Grüne Welle", "Project"),
        ("Auf der Messe „Licht. Luft. Lärm.“ war es voll.", "Licht. Luft. Lärm.", "Event"),
    ],
)  # fmt: skip
def test_german_names_get_their_class_and_their_nominative(text: str, name: str, type_: str) -> None:
    assert nodes(text).get(name) == type_


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("He studied at the University of Salford.", "University of Salford", "University"),
        (
            "It was funded by the Department for Business and Trade.",
            "Department for Business and Trade",
            "PublicBody",
        ),
        ("She leads the British Irish Chamber of Commerce.", "British Irish Chamber of Commerce", "Chamber"),
        ("They visited Brightwater Dynamics Ltd in Leeds.", "Brightwater Dynamics Ltd", "Company"),
        ("They came from Greater Manchester.", "Greater Manchester", "Region"),
    ],
)
def test_english_names_get_their_class(text: str, name: str, type_: str) -> None:
    assert nodes(text, language="en").get(name) == type_


def test_a_short_name_in_brackets_and_a_surname_alone_lead_to_the_same_node() -> None:
    text = "Ilse Probst leitet die Nordlicht Robotik GmbH (NLR). Die NLR wächst, sagt Probst."
    facts = [f for f in extract(document(text)) if isinstance(f, Entity)]
    assert {f.name: {a.text for a in f.aliases} for f in facts if f.type in ("Person", "Company")} == {
        "Ilse Probst": {"Probst"},
        "Nordlicht Robotik GmbH": {"NLR"},
    }


def test_anonymous_groups_and_furniture_are_no_nodes() -> None:
    assert nodes("Zahlreiche Unternehmen und Start-ups kamen.\nTeilen  Drucken\nFoto: Ilse Probst") == {}


def test_a_surname_that_is_also_a_town_stays_the_person() -> None:
    found = nodes("Andrew Burnham kam an. Später lobte Burnham die Gastgeber.")
    assert found == {"Andrew Burnham": "Person"}


def test_an_everyday_word_is_no_town_without_a_preposition() -> None:
    assert "Essen" not in nodes("Das Essen war gut.")
    assert nodes("Sie trafen sich in Essen.")["Essen"] == "City"


def test_the_first_mention_is_evidence_with_its_span() -> None:
    text = "Gestern kam Ilse Probst."
    (person,) = [f for f in extract(document(text)) if isinstance(f, Entity)]
    assert [(e.start, e.end, e.quote) for e in person.evidence] == [(12, 23, "Ilse Probst")]


def test_a_soft_hyphen_stays_in_the_quote_and_out_of_the_name() -> None:
    text = "Gestern kam die Nord\u00adlicht Robotik GmbH."
    (company,) = [f for f in extract(document(text)) if isinstance(f, Entity)]
    assert (company.name, company.evidence[0].quote) == (
        "Nordlicht Robotik GmbH",
        "Nord\u00adlicht Robotik GmbH",
    )


def test_a_website_and_a_domain_behind_a_body_are_hints_of_its_identity() -> None:
    text = "Mehr dazu sagt die Nordlicht Robotik GmbH, ilse.probst@nordlicht.example, www.nordlicht.example, HRB 4711."
    (company,) = [f for f in extract(document(text)) if isinstance(f, Entity) and f.type == "Company"]
    assert dict(company.attributes) == {
        "email_domain": "nordlicht.example",
        "register_number": "HRB 4711",
        "website": "www.nordlicht.example",
    }
