"""A mapping is understood whole or refused with the place, what is wrong and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.records.find import SHIPPED, load_mapping, shipped_mappings
from loaders.records.mapping import parse_mapping
from ontology.errors import SourceError

GOOD = """
name: projects
document: {title: Projekte, language: de}
table: {delimiter: ";", skip: 2, missing: ["-"]}
entities:
  project:
    type: Project
    name: Vorhaben
    attributes: {start: {column: Beginn, date: DD.MM.YYYY}}
  body: {type: {column: Art, values: {NO: Company}, default: Organisation}, name: Träger}
relations:
  - source: body
    type: coordinates
    target: project
    amount: {column: Geld, number: "1.234,56", currency: EUR}
"""


def refusal(text: str) -> str:
    with pytest.raises(SourceError) as caught:
        parse_mapping(text, source="p.mapping.yaml", name="p")
    return str(caught.value)


def test_a_mapping_names_the_columns_that_it_reads_each_once() -> None:
    mapping = parse_mapping(GOOD, source="p.mapping.yaml", name="p")
    assert mapping.columns() == ("Vorhaben", "Beginn", "Art", "Träger", "Geld")
    assert (mapping.name, mapping.about.title, mapping.form.skip) == ("projects", "Projekte", 2)


def test_every_word_is_text_so_that_norway_does_not_become_false() -> None:
    mapping = parse_mapping(GOOD, source="p.mapping.yaml", name="p")
    assert mapping.entities[1].type.values == (("NO", "Company"),)


def test_a_value_key_with_a_full_stop_stays_whole() -> None:
    mapping = parse_mapping(GOOD.replace("NO: Company", "e.V.: Company"), source="p", name="p")
    assert mapping.entities[1].type.values == (("e.V.", "Company"),)


def test_another_text_is_another_digest() -> None:
    first, second = (parse_mapping(text, source="p", name="p") for text in (GOOD, GOOD + "# note\n"))
    assert first.digest != second.digest


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("entities:", "entitys:", "unknown key 'entitys': did you mean 'entities'?"),
        ("{column: Beginn", "{colum: Beginn", "unknown key 'colum': did you mean 'column'?"),
        (
            "type: Project",
            "type: Projekt",
            "entities.project.type: unknown class 'Projekt': did you mean 'Project'?",
        ),
        (
            "type: coordinates",
            "type: coordinate",
            "unknown relation 'coordinate': did you mean 'coordinates'?",
        ),
        (
            "target: project",
            "target: projekt",
            "unknown entity of this mapping 'projekt': did you mean 'project'?",
        ),
        (
            "source: body\n    type: coordinates\n    target: project",
            "source: project\n    type: coordinates\n    target: body",
            "relations.1: coordinates cannot go from Project to Company or Organisation",
        ),
        ("default: Organisation", "default: Org", "entities.body.type: unknown class 'Org'"),
        ("DD.MM.YYYY", "dd.mm.yyyy", "date form 'dd.mm.yyyy': write it with YYYY"),
        ("DD.MM.YYYY", "DD.DD.YYYY", "year, month and day may each stand once"),
        (", date: DD.MM.YYYY", "", "this attribute is a date: give its form, such as date: DD.MM.YYYY"),
        ('"1.234,56"', '"1.2"', "unknown form of number '1.2'"),
        ("currency: EUR", "currency: Euro", "currency 'Euro': write three capitals, such as EUR"),
        (", currency: EUR", "", "amount needs number (such as '1.234,56') and currency (such as EUR)"),
        ('delimiter: ";"', 'delimiter: "x"', "delimiter 'x': write ';', ',', '|' or tab"),
        ("skip: 2", "skip: two", "skip 'two': write how many lines stand above the header"),
        ("skip: 2", "encoding: utf9", "unknown encoding 'utf9'"),
        ("name: Vorhaben", "aliases: [Vorhaben]", "entities.project: name is missing"),
        (
            "name: Vorhaben",
            "name: {column: A, constant: B}",
            "write exactly one of column, template and constant",
        ),
        ("name: Vorhaben", "name: {template: Projekt}", "template 'Projekt' names no column"),
        ("name: Vorhaben", "name: {column: A, pattern: '('}", "pattern '('"),
        (
            "name: Vorhaben",
            "name: {column: A, pattern: 'a'}",
            "put round brackets around the part that is the value",
        ),
        ("name: Vorhaben", "name: {column: A, split: ';'}", "a name that is split takes no aliases"),
        ("start:", "name:", "no attribute can be called so"),
        (
            "{title: Projekte, language: de}",
            "{published: 2024-13}",
            "document.published: published '2024-13'",
        ),
        ("relations:\n  - ", "relations:\n    ", "relations: write a list here, each item after a hyphen"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_way_out(old: str, new: str, message: str) -> None:
    assert old in GOOD
    text = refusal(GOOD.replace(old, new))
    assert text.startswith("p.mapping.yaml: ")
    assert message in text


def test_broken_yaml_is_named_with_its_line() -> None:
    assert refusal("name: x\nentities: {a: [}") == (
        "p.mapping.yaml: line 2: this is no YAML (expected the node content, but found '}'): "
        "check indents and colons"
    )
    assert (
        refusal("just words") == "p.mapping.yaml: a mapping file holds keys such as entities: and relations:"
    )
    assert "this is no YAML" in refusal("[" * 5000)


def test_a_mapping_that_reads_no_column_is_refused() -> None:
    constant = "entities: {a: {type: City, name: {constant: Essen}}}"
    assert "no value is read from a column" in refusal(constant)


def test_every_shipped_mapping_is_valid_and_known_by_its_columns() -> None:
    mappings = shipped_mappings()
    assert [mapping.name for mapping in mappings] == sorted(path.stem for path in SHIPPED.glob("*.yaml"))
    assert all(mapping.match and mapping.about.licence for mapping in mappings)


def test_a_mapping_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.mapping.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="a mapping is UTF-8 text: save it as such"):
        load_mapping(path)


def test_the_example_of_the_manual_is_valid() -> None:
    manual = (SHIPPED / "README.md").read_text(encoding="utf-8")
    example = manual.split("```yaml\n")[1].split("```")[0]
    assert len(parse_mapping(example, source="README.md", name="x").relations) == 3
