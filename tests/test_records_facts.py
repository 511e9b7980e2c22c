"""Rows become entities and relations with the cell that says each; a bad row costs only itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.ledger import Ledger
from loaders.into import Loading, load_into
from loaders.read import Reading, read_source
from ontology.errors import SourceError
from ontology.model import Entity, Evidence, Relation

RECORDS = Path(__file__).parents[2] / "shared" / "records"  # beside the checkout
MAPPING = """
name: projects
document: {title: Förderliste, publisher: Stadt Essen, language: de}
entities:
  project:
    type: Project
    name: Vorhaben
    aliases: [{column: Kurz, split: "/"}]
    attributes: {start: {column: Beginn, date: DD.MM.YYYY}}
  body:
    type: {column: Art, values: {Firma: Company, Uni: University}}
    name: Träger
    identifiers: {register: HRB}
  partner: {type: Organisation, name: {column: Partner, split: ","}}
  city: {type: City, name: {column: Ort, pattern: '(?:\\d{5} )?(.+)'}, apart_by: [Land]}
  country: {type: Country, name: Land}
relations:
  - source: body
    type: coordinates
    target: project
    role: {constant: Träger}
    amount: {column: Geld, number: "1.234,56", currency: EUR}
    valid_from: {column: Beginn, date: DD.MM.YYYY}
  - {source: partner, type: participatesIn, target: project, role: Rolle}
  - {source: body, type: locatedIn, target: city}
  - {source: city, type: locatedIn, target: country}
"""
HEADER = "Vorhaben;Kurz;Beginn;Art;Träger;HRB;Partner;Ort;Land;Geld;Rolle\n"
ROW = (
    "Hafen 4.0;H4/H4.0;01.05.2021;Firma;Kai AG;HRB 12;Lager GmbH, RUB;45127 Essen;Deutschland;"
    "2.300.000,50 €;Mitglied\n"
)


def reading(folder: Path, text: str, *, mapping: str = MAPPING) -> Reading:
    return read_source(table_in(folder, text, mapping=mapping), source="projects.csv")


def table_in(folder: Path, text: str, *, mapping: str = MAPPING) -> Path:
    """A table with its mapping beside it."""
    path = folder / "projects.csv"
    path.write_text(text, encoding="utf-8")
    path.with_suffix(".mapping.yaml").write_text(mapping, encoding="utf-8")
    return path


def split(read: Reading) -> tuple[dict[str, Entity], list[Relation]]:
    facts = list(read.facts)
    entities = {fact.id: fact for fact in facts if isinstance(fact, Entity)}
    return entities, [fact for fact in facts if isinstance(fact, Relation)]


def triples(read: Reading) -> list[tuple[str, str, str]]:
    entities, relations = split(read)
    return [(entities[r.source].name, r.type, entities[r.target].name) for r in relations]


def test_a_row_gives_its_entities_and_relations(tmp_path: Path) -> None:
    assert triples(reading(tmp_path, HEADER + ROW)) == [
        ("Kai AG", "coordinates", "Hafen 4.0"),
        ("Lager GmbH", "participatesIn", "Hafen 4.0"),
        ("RUB", "participatesIn", "Hafen 4.0"),
        ("Kai AG", "locatedIn", "Essen"),
        ("Essen", "locatedIn", "Deutschland"),
    ]


def test_every_field_of_an_entity_comes_from_its_column(tmp_path: Path) -> None:
    entities, _ = split(reading(tmp_path, HEADER + ROW))
    project, body = (next(e for e in entities.values() if e.name == name) for name in ("Hafen 4.0", "Kai AG"))
    assert [alias.text for alias in project.aliases] == ["H4", "H4.0"]
    assert project.attributes == (("start", "2021-05-01"),)
    assert body.type == "Company"
    assert [(known.scheme, known.value) for known in body.identifiers] == [("register", "HRB 12")]


def test_role_amount_and_validity_of_a_relation_come_from_their_columns(tmp_path: Path) -> None:
    _, (coordinates, first_partner, *_) = split(reading(tmp_path, HEADER + ROW))
    assert (coordinates.role, coordinates.amount, coordinates.valid_from) == (
        "Träger",
        "2300000.50 EUR",
        "2021-05-01",
    )
    assert first_partner.role == "Mitglied"


def test_evidence_is_the_cell_with_line_column_and_mapping(tmp_path: Path) -> None:
    read = reading(tmp_path, HEADER + ROW)
    entities, relations = split(read)
    city = next(e for e in entities.values() if e.type == "City")
    assert city.evidence == (
        Evidence(
            document=read.document.id, quote="45127 Essen", line=2, column="Ort", method="table:projects"
        ),
    )
    assert [relation.evidence[0].quote for relation in relations] == [
        "Hafen 4.0",
        "Mitglied",
        "Mitglied",
        "45127 Essen",
        "Deutschland",
    ]


def test_a_thing_in_several_rows_is_one_entity_with_the_evidence_of_its_first_row(tmp_path: Path) -> None:
    other = ROW.replace("Hafen 4.0", "Hafen 5.0").replace("Kai AG", "KAI  AG").replace("45127 Essen", "Essen")
    entities, relations = split(reading(tmp_path, HEADER + ROW + other))
    bodies = [e for e in entities.values() if e.type == "Company"]
    assert [(body.name, body.evidence[0].line) for body in bodies] == [("Kai AG", 2)]
    assert [r.evidence[0].line for r in relations if r.type == "locatedIn"] == [2, 2]
    assert [r.evidence[0].line for r in relations if r.type == "coordinates"] == [2, 3]


def test_what_a_later_row_adds_is_kept_in_an_entity_of_the_same_name(tmp_path: Path) -> None:
    entities, _ = split(reading(tmp_path, HEADER + ROW + ROW.replace("H4/H4.0", "Hafen Vier")))
    projects = [e for e in entities.values() if e.type == "Project"]
    assert [[alias.text for alias in project.aliases] for project in projects] == [
        ["H4", "H4.0"],
        ["Hafen Vier"],
    ]


def test_equal_names_with_other_identifiers_or_kept_apart_are_different_things(tmp_path: Path) -> None:
    other = ROW.replace("HRB 12", "HRB 13").replace("Deutschland", "Südafrika")
    entities, _ = split(reading(tmp_path, HEADER + ROW + other))
    assert [e.name for e in entities.values() if e.type == "Company"] == ["Kai AG", "Kai AG"]
    assert [e.name for e in entities.values() if e.type == "City"] == ["Essen", "Essen"]


def test_an_empty_name_gives_no_entity_and_none_of_its_relations(tmp_path: Path) -> None:
    read = reading(tmp_path, HEADER + ROW.replace("45127 Essen", "").replace("Lager GmbH, RUB", " , "))
    assert triples(read) == [("Kai AG", "coordinates", "Hafen 4.0")]
    assert read.problems == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("01.05.2021", "1.5.21", "column 'Beginn': '1.5.21' is no date of the form DD.MM.YYYY"),
        ("2.300.000,50 €", "2,3 Mio", "column 'Geld': '2,3 Mio' is no number written like 1.234,56 in EUR"),
        ("2.300.000,50 €", "5 £", "column 'Geld': '5 £' is no number written like 1.234,56 in EUR"),
        (
            "Firma",
            "Frima",
            "column 'Art': unknown value 'Frima': did you mean 'Firma'? Or give the mapping a default.",
        ),
    ],
)
def test_a_bad_value_is_reported_with_line_and_column_and_costs_only_its_row(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    good = ROW.replace("Hafen 4.0", "Hafen 5.0")
    read = reading(tmp_path, HEADER + ROW.replace(old, new) + good)
    assert [triple for triple in triples(read) if triple[1] == "coordinates"] == [
        ("Kai AG", "coordinates", "Hafen 5.0")
    ]
    assert [str(problem) for problem in read.problems] == [f"projects.csv:2: {message}"]


def test_a_row_without_any_name_is_reported(tmp_path: Path) -> None:
    read = reading(tmp_path, HEADER + ";;;;;;;;;5;\n" + ROW)
    assert {fact.evidence[0].line for fact in read.facts} == {3}
    assert str(read.problems[0]) == (
        "projects.csv:2: no name in Land, Ort, Partner, Träger, Vorhaben: fill in one of these cells"
    )


def test_a_relation_that_the_ontology_does_not_know_is_reported(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "type: Project", "type: {column: Rolle, values: {Mitglied: City}, default: Project}"
    )
    read = reading(tmp_path, HEADER + ROW + ROW.replace("Mitglied", "Gast"), mapping=mapping)
    assert {fact.evidence[0].line for fact in read.facts} == {3}
    assert str(read.problems[0]) == (
        "projects.csv:2: coordinates cannot go from Company 'Kai AG' to City 'Hafen 4.0': "
        "check the classes in the mapping"
    )


def test_a_template_joins_cells_and_is_empty_as_soon_as_one_is(tmp_path: Path) -> None:
    mapping = 'entities: {a: {type: Place, name: {template: "{Ort}, {Land}"}}, b: {type: City, name: Ort}}'
    read = reading(tmp_path, "Ort;Land\nEssen;NRW\nBonn;\n", mapping=mapping)
    assert [fact.name for fact in read.facts if isinstance(fact, Entity)] == ["Essen, NRW", "Essen", "Bonn"]


def test_loading_again_gives_the_same_facts_and_another_mapping_another_document(tmp_path: Path) -> None:
    first, again = (reading(tmp_path, HEADER + ROW) for _ in range(2))
    assert (first.document, list(first.facts)) == (again.document, list(again.facts))
    assert reading(tmp_path, HEADER + ROW, mapping=MAPPING + "# x\n").document.id != first.document.id


def test_facts_come_row_by_row_before_the_table_is_read_to_its_end(tmp_path: Path) -> None:
    read = reading(tmp_path, HEADER + ROW + "a;b\n")
    facts = iter(read.facts)
    next(facts)
    assert read.problems == []
    assert len(list(facts)) == 10
    assert [problem.line for problem in read.problems] == [3]


@pytest.mark.parametrize(
    ("rows", "which", "first"),
    [
        (
            ROW.replace("01.05.2021", "Mai") * 2,
            "none of its 2 rows can",
            "column 'Beginn': 'Mai' is no date of the form DD.MM.YYYY",
        ),
        ("a;b\n", "its only row cannot", "2 cells, so column 'Beginn' (3) is missing: complete the row"),
    ],
)
def test_a_table_in_which_every_row_is_bad_is_refused(
    rows: str, which: str, first: str, tmp_path: Path
) -> None:
    read = reading(tmp_path, HEADER + rows)
    with pytest.raises(SourceError) as caught:
        list(read.facts)
    assert str(caught.value) == (
        f"projects.csv: {which} be used, so nothing of it is loaded; first problem, in line 2: {first} "
        "-- check that the mapping fits this table"
    )


def test_a_table_of_which_no_row_fits_takes_nothing_from_the_ledger(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        load_into(ledger, [str(table_in(tmp_path, HEADER + ROW))], Loading())
        before = ledger.state(), ledger.counts()
        told: list[str] = []
        other = table_in(tmp_path, HEADER + ROW, mapping=MAPPING.replace("DD.MM.YYYY", "YYYY"))
        loaded = load_into(ledger, [str(other)], Loading(notify=told.append))
        assert (loaded.counts, loaded.failed) == ({}, 1)
        assert "its only row cannot be used, so nothing of it is loaded" in told[0]
        assert (ledger.state(), ledger.counts()) == before
        assert ledger.counts().entities > 0


def test_a_table_without_the_mapped_columns_is_refused_with_missing_and_present_ones(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        reading(
            tmp_path,
            "Ort;Lnad\nEssen;DE\n",
            mapping="entities: {a: {type: City, name: Ort, apart_by: [Land]}}",
        )
    assert str(caught.value) == (
        "projects.csv: column(s) 'Land' of mapping projects.mapping.yaml are missing; "
        "line 1 has 'Ort', 'Lnad': correct the names in the mapping, or its skip and delimiter"
    )


def test_a_table_that_no_mapping_knows_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("a;b\n1;2\n")
    with pytest.raises(SourceError) as caught:
        read_source(path, source="list.csv")
    assert str(caught.value) == (
        "list.csv: no mapping says what its columns mean: write list.mapping.yaml beside it, "
        "or name one with --mapping; tables known without one: cordis-organizations, erasmus-charter"
    )


def test_a_mapping_that_is_named_goes_before_the_one_beside_the_table(tmp_path: Path) -> None:
    reading(tmp_path, HEADER + ROW)
    other = tmp_path / "other.yaml"
    other.write_text("entities: {a: {type: City, name: Ort}}")
    read = read_source(tmp_path / "projects.csv", source="projects.csv", mapping=other)
    assert [fact.name for fact in read.facts if isinstance(fact, Entity)] == ["45127 Essen"]
    assert read.document.title == "other"


@pytest.mark.skipif(not RECORDS.is_dir(), reason="the folder of real records is not here")
def test_real_rows_of_cordis_load_whole() -> None:
    read = read_source(RECORDS / "cordis" / "organization.csv", source="organization.csv")
    entities, relations = split(read)
    assert read.problems == []
    projects = [r for r in relations if r.type in {"coordinates", "participatesIn"}]
    assert [(entities[r.source].name, r.type, r.amount) for r in projects][:3] == [
        ("THE WELLCOME TRUST LIMITED", "coordinates", "230000 EUR"),
        ("ETHNIKO KAI KAPODISTRIAKO PANEPISTIMIO ATHINON", "participatesIn", "0 EUR"),
        (
            "AEROPORTI NDERKOMBETAR I PRISHTINES KONTROLLI AJROR ADEM JASHARI SHA",
            "participatesIn",
            "43250 EUR",
        ),
    ]
    assert {e.name for e in entities.values() if e.type == "Country"} >= {
        "United Kingdom",
        "Greece",
        "Kosovo",
    }
    assert len([e for e in entities.values() if e.type == "City" and e.name == "ATHINA"]) == 1


@pytest.mark.skipif(not RECORDS.is_dir(), reason="the folder of real records is not here")
def test_real_rows_of_the_erasmus_charter_load_whole() -> None:
    read = read_source(RECORDS / "erasmus-eche" / "destinations.csv", source="destinations.csv")
    entities, relations = split(read)
    assert read.problems == []
    names = {e.name for e in entities.values() if e.type == "University"}
    assert {
        "HOCHSCHULE BOCHUM",
        "ISM International School of Management GmbH - Gemeinnuetzige Gesellschaft",
    } <= names
    assert {(r.valid_from, r.valid_to) for r in relations if r.type == "participatesIn"} >= {("2021", "2029")}
