"""Which entities become one node, and which do not."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from graph_facts import entity

from graph.resolve import Resolution, resolve
from ontology.model import Entity


def nodes(*entities: Entity) -> list[tuple[str, str]]:
    """Class and name of each node, sorted."""
    return sorted((node.type, node.name) for node in resolve(entities).named.nodes)


def count(*entities: Entity) -> int:
    return len(resolve(entities).named.nodes)


def doubts(*entities: Entity) -> list[str]:
    return [f"{doubt.kind}: {doubt.reason}" for doubt in resolve(entities).doubts]


def test_spellings_of_one_name_are_one_node_in_all_documents() -> None:
    names = ["G DATA CyberDefense AG", "die G DATA CyberDefense", "G Data  CYBERDEFENSE AG"]
    found = resolve(entity(str(n), "Company", name) for n, name in enumerate(names)).named.nodes
    assert len(found) == 1
    assert found[0].id == "organisation/g-data-cyberdefense"
    assert found[0].documents == ("doc-0", "doc-1", "doc-2")


def test_the_name_is_the_most_frequent_then_the_longest_and_the_others_are_aliases() -> None:
    names = ["Muster Robotik GmbH", "Muster Robotik", "Muster Robotik GmbH"]
    (node,) = resolve(entity(str(n), "Company", name) for n, name in enumerate(names)).named.nodes
    assert (node.name, [alias.text for alias in node.aliases]) == ("Muster Robotik GmbH", ["Muster Robotik"])
    (tie,) = resolve([entity("a", "Company", "Muster"), entity("b", "Company", "Muster AG")]).named.nodes
    assert tie.name == "Muster AG"


def test_an_acronym_that_one_document_explains_is_known_in_the_others_but_never_the_name() -> None:
    explained = entity("a", "University", "Ruhr-Universität Bochum", aliases=("RUB",))
    bare = [entity(home, "Organisation", "RUB") for home in "bcd"]
    (node,) = resolve([explained, *bare]).named.nodes
    assert (node.type, node.name, node.id) == (
        "University", "Ruhr-Universität Bochum", "organisation/ruhr-universitaet-bochum"
    )  # fmt: skip


def test_an_acronym_of_two_full_names_joins_nothing_and_is_reported() -> None:
    entities = [
        entity("a", "Company", "Business Metropole Ruhr GmbH", aliases=("BMR",)),
        entity("b", "Association", "Bund Moderner Reedereien", aliases=("BMR",)),
        entity("c", "Organisation", "BMR"),
    ]
    assert count(*entities) == 3
    (doubt,) = resolve(entities).doubts
    assert doubt.kind == "alias" and "'bmr' stands for each of these" in doubt.reason
    assert doubt.names == ("Bund Moderner Reedereien (Association)", "Business Metropole Ruhr GmbH (Company)")


def test_a_full_form_settles_an_acronym_that_two_spellings_share() -> None:
    entities = [
        entity("a", "University", "Ruhr-Universität Bochum", aliases=("RUB", "Ruhr University Bochum")),
        entity("b", "University", "Ruhr University Bochum", aliases=("RUB",)),
        entity("c", "University", "RUB"),
    ]
    assert count(*entities) == 1


@pytest.mark.parametrize("alias", ["EU", "die Universität", "Partner", "Neue Kooperation"])
def test_aliases_that_many_things_bear_join_nothing(alias: str) -> None:
    assert (
        count(
            entity("a", "Organisation", "Europa-Verein", aliases=(alias,)), entity("b", "Organisation", alias)
        )
        == 2
    )


def test_persons_meet_by_their_full_name_only() -> None:
    assert count(entity("a", "Person", "Dr. Ada Muster"), entity("b", "Person", "Ada Muster")) == 1
    assert count(entity("a", "Person", "Muster"), entity("b", "Person", "Muster")) == 2
    full = entity("a", "Person", "Ada Muster", aliases=("Muster", "Frau Muster"))
    assert count(full, entity("b", "Person", "Muster")) == 2


@pytest.mark.parametrize(
    ("type", "name", "expected"),
    [
        ("Agreement", "Joint Statement", 2),
        ("Agreement", "Memorandum of Understanding", 2),
        ("Agreement", "Kooperationsabkommen Ruhr Tel Aviv", 1),
        ("Delegation", "Delegationsreise Israel", 2),
        ("Delegation", "Delegationsreise nach Tel Aviv", 1),
        ("Project", "Projekt", 2),
        ("Project", "SmartHospital.NRW", 1),
        ("Programme", "Innovation Bridge China", 1),
        ("Event", "Konferenz", 2),
        ("Event", "Digital. Health. Now.", 1),
        ("PublicBody", "Ministerium", 2),
        ("Topic", "Forschung", 1),
    ],
)
def test_general_names_of_two_documents_are_two_things(type: str, name: str, expected: int) -> None:
    assert count(entity("a", type, name), entity("b", type, name)) == expected


def test_agreements_projects_and_events_do_not_meet_by_alias() -> None:
    for type in ("Agreement", "Project", "Programme", "Event", "Delegation"):
        known = entity("a", type, "Brücke der Innovation Ruhr", aliases=("Innovationsbrücke Ruhr Israel",))
        assert count(known, entity("b", type, "Innovationsbrücke Ruhr Israel")) == 2


def test_dates_keep_events_apart_unless_one_is_only_more_exact() -> None:
    def fair(home: str, **dates: str) -> Entity:
        return entity(home, "Event", "Medizintage Essen", attributes=tuple(sorted(dates.items())))

    assert count(fair("a", start="2022"), fair("b", start="2023")) == 2
    assert count(fair("a", start="2022-11"), fair("b", start="2022-11-14", end="2022-11-17")) == 1
    (node,) = resolve([fair("a", start="2022-11"), fair("b", start="2022-11-14")]).named.nodes
    assert node.attributes == (("start", "2022-11-14"),)
    undated = [fair("a", start="2022"), fair("b", start="2023"), fair("c")]
    assert count(*undated) == 3
    assert doubts(*undated) == [
        "name: one name, several things: the vaguer one may be any of them",
        "type: one name, but their dates differ",
    ]


def test_a_city_and_a_region_of_one_name_stay_apart_with_ids_of_their_own() -> None:
    entities = [entity("a", "City", "Québec"), entity("b", "City", "Québec"), entity("c", "Region", "Québec")]
    found = resolve(entities).named.nodes
    assert [node.type for node in found] == ["City", "Region"]
    assert found[0].id == "place/quebec" and found[1].id.startswith("place/quebec-")
    assert doubts(*entities) == ["type: one name, but City is no Region"]


def test_the_most_specific_class_wins() -> None:
    entities = [
        entity("a", "Organisation", "Muster"),
        entity("b", "Startup", "Muster"),
        entity("c", "Company", "Muster"),
    ]
    assert nodes(*entities) == [("Startup", "Muster")]


def test_a_vague_class_is_not_guessed_between_two_specific_ones() -> None:
    entities = [
        entity("a", "City", "Québec"),
        entity("b", "Region", "Québec"),
        entity("c", "Place", "Québec"),
    ]
    assert count(*entities) == 3
    assert "name: one name, several things: the vaguer one may be any of them" in doubts(*entities)


def test_equal_identifiers_join_and_unequal_ones_forbid() -> None:
    by_id = [
        entity("a", "City", "München", identifiers=(("geonames", "2867714"),)),
        entity("b", "City", "Munich", identifiers=(("geonames", "2867714"),)),
    ]
    assert count(*by_id) == 1
    homonyms = [
        entity("a", "City", "Frankfurt", identifiers=(("geonames", "1"),)),
        entity("b", "City", "Frankfurt", identifiers=(("geonames", "2"),)),
    ]
    assert count(*homonyms) == 2
    assert doubts(*homonyms) == ["type: one name, but geonames 2 is not 1"] or doubts(*homonyms) == [
        "type: one name, but geonames 1 is not 2"
    ]
    assert count(*homonyms, entity("c", "City", "Frankfurt")) == 3, "a bare name is not guessed"


def test_disagreeing_attributes_are_settled_by_the_most_and_reported() -> None:
    entities = [
        entity("a", "Company", "Muster", attributes=(("founded", "1999"),)),
        entity("b", "Company", "Muster", attributes=(("founded", "2001"),)),
        entity("c", "Company", "Muster", attributes=(("founded", "2001"),)),
    ]
    (node,) = resolve(entities).named.nodes
    assert node.attributes == (("founded", "2001"),)
    assert doubts(*entities) == ["attribute: founded: most sources say '2001', others '1999'"]


def test_a_name_of_very_many_things_is_left_alone() -> None:
    many = [
        entity(str(n), "Company", "Stadtwerke Muster", identifiers=(("register", str(n)),))
        for n in range(150)
    ]
    assert count(*many) == 150
    assert doubts(*many) == ["name: 150 different things bear the name 'stadtwerke muster': none were joined"]


def test_the_order_of_reading_does_not_matter() -> None:
    entities = list(crowd())
    expected = shown(resolve(entities))
    shuffled = random.Random(3)  # noqa: S311
    for _ in range(20):
        shuffled.shuffle(entities)
        by_document = sorted(entities, key=lambda one: one.document)
        assert shown(resolve(entities)) == shown(resolve(by_document)) == expected


def crowd() -> Iterable[Entity]:
    """Entities with every kind of conflict among them."""
    for number in range(12):
        home = f"{number:02}"
        yield entity(home, ["City", "Region", "Place"][number % 3], "Québec")
        yield entity(
            home, "Event", "Tag der Muster", attributes=(("start", f"20{20 + number % 4}"),) * (number % 2)
        )
        yield entity(home, "University", f"Hochschule {number % 5}", aliases=("HS", "Hochschule Muster"))
        yield entity(home, "Organisation", "Hochschule Muster", identifiers=(("ror", str(number % 2)),))
        yield entity(home, "Person", ["Ada Muster", "Dr. Ada Muster", "Muster"][number % 3])
        yield entity(
            home, "Company", ["Muster AG", "MUSTER", "Muster"][number % 3], attributes=(("size", home),)
        )


def shown(resolution: Resolution) -> object:
    ways = {
        (document, name): resolution.named.nodes[resolution.node_of(document, name)].id
        for document, names in resolution.atoms.number_of.items()
        for name in names
    }
    return resolution.named.nodes, resolution.doubts, sorted(ways.items())
