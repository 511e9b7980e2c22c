"""What is said of the named: one small sentence for each relation and each way to put it."""

from __future__ import annotations

import pytest

from tests.extraction_fixtures import relations, roles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ilse Probst, Geschäftsführerin der Nordlicht Robotik GmbH, kam.", ("Ilse Probst", "Geschäftsführerin", "Nordlicht Robotik GmbH")),
        ("Der Rektor der Ruhr-Universität Bochum, Prof. Ole Brandt, kam.", ("Ole Brandt", "Rektor", "Ruhr-Universität Bochum")),
        ("RVR-Direktorin Ilse Probst kam.", ("Ilse Probst", "Direktorin", "RVR")),
        ("Bottrops Oberbürgermeister Ole Brandt kam.", ("Ole Brandt", "Oberbürgermeister", "Bottrop")),
        ("Ilse Probst, die an der Spitze der Nordlicht Robotik GmbH steht, kam.", ("Ilse Probst", "an der Spitze der steht", "Nordlicht Robotik GmbH")),
        ("Ilse Probst leitet die Nordlicht Robotik GmbH.", ("Ilse Probst", "leitet", "Nordlicht Robotik GmbH")),
        ("Dazu kam die Nordlicht Robotik GmbH, deren Leiterin Ilse Probst lobte.", ("Ilse Probst", "Leiterin", "Nordlicht Robotik GmbH")),
    ],
)  # fmt: skip
def test_a_role_ties_a_person_to_a_body(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in roles(text)


def test_two_roles_are_two_relations() -> None:
    text = "Ole Brandt, Direktor der Nordlicht Robotik GmbH und Mitglied im Kuratorium der Ruhr-Universität Bochum, kam."
    assert roles(text) == {
        ("Ole Brandt", "Direktor", "Nordlicht Robotik GmbH"),
        ("Ole Brandt", "Mitglied im Kuratorium", "Ruhr-Universität Bochum"),
    }


def test_english_roles_read_in_both_orders() -> None:
    text = "Ann Field, managing director of Brightwater Dynamics Ltd, met Tom Hale, who chairs the University of Salford."
    assert {(person, body) for person, _, body in roles(text, language="en")} == {
        ("Ann Field", "Brightwater Dynamics Ltd"),
        ("Tom Hale", "University of Salford"),
    }


SIGNING = "Ilse Probst, Geschäftsführerin der Nordlicht Robotik GmbH, und Ole Brandt, Rektor der Ruhr-Universität Bochum, "


def test_signing_makes_signatories_and_parties() -> None:
    found = relations(SIGNING + "unterzeichneten eine Absichtserklärung.")
    agreement = "Absichtserklärung Nordlicht Robotik GmbH – Ruhr-Universität Bochum"
    assert {
        ("Ilse Probst", "signed", agreement),
        ("Ole Brandt", "signed", agreement),
        ("Nordlicht Robotik GmbH", "partyTo", agreement),
        ("Ruhr-Universität Bochum", "partyTo", agreement),
    } <= found


def test_what_was_not_signed_has_no_signatories() -> None:
    found = relations(SIGNING + "haben die Absichtserklärung nicht unterzeichnet.")
    assert not any(relation.startswith("signed") for _, relation, _ in found)


def test_what_is_to_be_signed_is_intended_and_has_no_signatories() -> None:
    found = relations(SIGNING + "wollen eine Absichtserklärung unterzeichnen.")
    assert {relation for _, relation, _ in found if "party" in relation or "signed" in relation} <= {
        "partyTo?"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Nordlicht Robotik GmbH mit Sitz in Duisburg wächst.", ("Nordlicht Robotik GmbH", "locatedIn", "Duisburg")),
        ("Das Institut für Lichttechnik an der Ruhr-Universität Bochum forscht.", ("Institut für Lichttechnik", "partOf", "Ruhr-Universität Bochum")),
        ("Die Innovation Bridge Korea verbindet das Ruhrgebiet mit Südkorea.", ("Innovation Bridge Korea", "connects", "Ruhrgebiet")),
        ("Die Innovation Bridge Korea verbindet das Ruhrgebiet mit Südkorea.", ("Innovation Bridge Korea", "connects", "Südkorea")),
        ("Die Innovation Bridge Korea der Nordlicht Robotik GmbH beginnt.", ("Nordlicht Robotik GmbH", "coordinates", "Innovation Bridge Korea")),
        ("Vorbild für die Innovation Bridge Korea war wenig.", None),
        ("Das Projekt „Grüne Welle“ wird von der Nordlicht Robotik GmbH finanziert.", ("Nordlicht Robotik GmbH", "funds", "Grüne Welle")),
        ("Das Forum „Neue Wege“ wird von der Ruhr-Universität Bochum veranstaltet.", ("Ruhr-Universität Bochum", "organises", "Neue Wege")),
        ("Die Delegationsreise nach Shenzhen war lang.", ("Delegationsreise nach Shenzhen", "visited", "Shenzhen")),
        ("Die Nordlicht Robotik GmbH arbeitet eng mit der Ruhr-Universität Bochum zusammen.", ("Nordlicht Robotik GmbH", "cooperatesWith", "Ruhr-Universität Bochum")),
        ("Die Technische Universität Eindhoven kooperiert mit der Stadt Essen.", ("Technische Universität Eindhoven", "cooperatesWith", "Essen")),
        ("Die Start-ups Zolitron und Physec aus Bochum nahmen an der Delegationsreise nach Tel Aviv teil.", ("Zolitron", "participatesIn", "Delegationsreise nach Tel Aviv")),
        ("An dem Projekt SmartFlow beteiligen sich die Stadt Essen und die Hochschule Bochum.", ("Hochschule Bochum", "participatesIn", "SmartFlow")),
        ("Geschäftsführerin der Business Metropole Ruhr GmbH ist Anna Krüger.", ("Anna Krüger", "affiliatedWith", "Business Metropole Ruhr GmbH")),
        ("Das Institut für Wasserstoff forscht.", ("Institut für Wasserstoff", "hasTopic", "Wasserstoff")),
    ],
)  # fmt: skip
def test_each_relation_is_read_from_a_plain_sentence(
    text: str, expected: tuple[str, str, str] | None
) -> None:
    found = relations(text)
    assert (expected in found) if expected else not found


@pytest.mark.parametrize(
    "text",
    [
        "Die Stadt Dortmund und die Stadt Leeds haben ein Memorandum unterzeichnet.",
        "Dortmund und Leeds unterzeichneten am 3. Mai 2022 eine Absichtserklärung.",
    ],
)
def test_towns_that_sign_are_parties(text: str) -> None:
    assert {s for s, r, _ in relations(text) if r == "partyTo"} == {"Dortmund", "Leeds"}


def test_where_something_was_signed_is_no_party() -> None:
    text = "Die Nordlicht Robotik GmbH unterzeichnete in Dortmund und Leeds eine Absichtserklärung."
    assert {s for s, r, _ in relations(text) if r == "partyTo"} == {"Nordlicht Robotik GmbH"}


def test_the_dateline_says_whose_mayor_it_is() -> None:
    text = (
        "Gelsenkirchen, 14. März 2024. Gäste aus Haifa kamen. Haifa ist Partner. "
        "Oberbürgermeisterin Petra Lindemann begrüßte die Gäste aus Haifa."
    )
    assert roles(text) == {("Petra Lindemann", "Oberbürgermeisterin", "Gelsenkirchen")}


def test_members_of_a_delegation_are_listed() -> None:
    text = "Eine Delegation reiste nach Tel Aviv. Teilnehmer der Reise waren die Nordlicht Robotik GmbH und das Start-up Kvasir."
    found = relations(text)
    assert {s for s, r, _ in found if r == "participatesIn"} == {"Nordlicht Robotik GmbH", "Kvasir"}


def test_every_relation_of_a_list_is_told_once_a_member() -> None:
    text = "Das Forum „Neue Wege“ wird von der Ruhr-Universität Bochum und der Nordlicht Robotik GmbH veranstaltet."
    assert {s for s, r, _ in relations(text) if r == "organises"} == {
        "Ruhr-Universität Bochum",
        "Nordlicht Robotik GmbH",
    }
