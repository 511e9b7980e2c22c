"""What the vocabulary promises: the classes, relations and topics, and the files that derive from it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ontology import derive, schema, topics
from ontology.errors import InvalidValue
from ontology.names import fold
from ontology.turtle import HERE, SKOS, read_turtle
from ontology.vocabulary import vocabulary, vocabulary_of

PARENTS = {
    "Person": None,
    "Organisation": None,
    "Company": "Organisation",
    "Startup": "Company",
    "University": "Organisation",
    "ResearchInstitute": "Organisation",
    "Hospital": "Organisation",
    "PublicBody": "Organisation",
    "DevelopmentAgency": "Organisation",
    "Chamber": "Organisation",
    "Association": "Organisation",
    "Hub": "Organisation",
    "Place": None,
    "City": "Place",
    "Region": "Place",
    "Country": "Place",
    "Agreement": None,
    "Programme": None,
    "Project": None,
    "Event": None,
    "Delegation": "Event",
    "Topic": None,
}
# The relations as gold/GUIDE.md has them: relation -> from, to.
ENDS = {
    "affiliatedWith": ("Person", "Organisation, Place, Project, Programme"),
    "locatedIn": ("Organisation, Event, Project, Place", "Place"),
    "partOf": ("Organisation, Project, Programme, Event", "Organisation, Project, Programme, Event"),
    "signed": ("Person, Organisation, Place", "Agreement"),
    "partyTo": ("Organisation, Place", "Agreement"),
    "connects": ("Programme, Agreement", "Place"),
    "coordinates": ("Organisation, Person, Place", "Programme, Project, Agreement"),
    "organises": ("Organisation, Place", "Event"),
    "participatesIn": ("Person, Organisation, Place", "Event, Project, Programme"),
    "visited": ("Delegation, Person, Organisation", "Organisation, Place, Event, Project"),
    "cooperatesWith": ("Organisation, Place", "Organisation, Place"),
    "funds": ("Organisation, Programme, Place", "Project, Organisation, Programme, Event"),
    "basedOn": ("Agreement, Programme, Project", "Agreement, Programme, Project"),
    "hasTopic": ("Organisation, Agreement, Programme, Project, Event", "Topic"),
}
SHAPES = {"dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"}


def test_the_class_tree_is_that_of_the_guide() -> None:
    assert {name: term.parent for name, term in vocabulary().classes.items()} == PARENTS


def test_the_relations_join_what_the_guide_says() -> None:
    relations = vocabulary().relations
    assert {name: (term.domain, term.range) for name, term in relations.items()} == {
        name: (frozenset(start.split(", ")), frozenset(end.split(", ")))
        for name, (start, end) in ENDS.items()
    }


@pytest.mark.parametrize("name", PARENTS)
def test_a_class_is_labelled_and_defined_in_both_languages(name: str) -> None:
    term = vocabulary().classes[name]
    assert all((term.label_de, term.label_en, term.definition_de, term.definition_en))
    assert term.definition_de != term.definition_en


@pytest.mark.parametrize("name", ENDS)
def test_a_relation_is_labelled_both_ways_and_defined_in_both_languages(name: str) -> None:
    term = vocabulary().relations[name]
    assert all((term.label_de, term.label_en, term.definition_de, term.definition_en))
    assert all((term.inverse, term.inverse_label_de, term.inverse_label_en))
    assert (term.inverse == name) == term.symmetric


def test_every_class_is_drawn_in_its_own_way() -> None:
    drawn = [(term.colour, term.shape) for term in vocabulary().classes.values()]
    assert len(set(drawn)) == len(PARENTS)
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) and shape in SHAPES for colour, shape in drawn)


def test_only_cooperation_has_no_direction() -> None:
    assert [term.name for term in vocabulary().relations.values() if term.symmetric] == ["cooperatesWith"]


def test_ancestors_go_from_the_class_up() -> None:
    assert vocabulary().ancestors("Startup") == ("Startup", "Company", "Organisation")
    assert vocabulary().root("Startup") == "Organisation"
    assert vocabulary().root("Person") == "Person"


def test_two_classes_are_compatible_on_one_line_only() -> None:
    assert vocabulary().compatible("Organisation", "Startup")
    assert vocabulary().compatible("Startup", "Company")
    assert not vocabulary().compatible("Company", "University")
    assert vocabulary().is_a("Delegation", "Event") and not vocabulary().is_a("Event", "Delegation")


@pytest.mark.parametrize(
    ("triple", "allowed"),
    [
        (("Person", "affiliatedWith", "Startup"), True),
        (("Person", "affiliatedWith", "Person"), False),
        (("Startup", "affiliatedWith", "Person"), False),
        (("Delegation", "visited", "City"), True),
        (("Event", "visited", "City"), False),
        (("Place", "organises", "Delegation"), True),
    ],
)
def test_a_relation_allows_the_children_of_its_ends(triple: tuple[str, str, str], allowed: bool) -> None:
    assert vocabulary().allows(*triple) is allowed


def test_an_unknown_class_is_named_with_the_nearest() -> None:
    with pytest.raises(InvalidValue, match=r"unknown class 'Compny': did you mean 'Company'\?"):
        vocabulary().check_type("Compny")
    with pytest.raises(InvalidValue, match="unknown class 'Entity'"):
        vocabulary().ancestors("Entity")  # it stands above all classes and is no node's type
    with pytest.raises(InvalidValue, match=r"unknown relation 'funded': did you mean 'funds'\?"):
        vocabulary().allows("City", "funded", "Project")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "ino:fundedBy owl:inverseOf ino:funds",
            "ino:fundedBy a owl:Thing",
            "ino:hasX owl:inverseOf ino:funds",
        ),
        ('ino:colour "#000000" ;', "", 'ino:Person lacks a line such as ino:colour "#RRGGBB"'),
        (
            "subClassOf ino:Company",
            "subClassOf ino:Compny",
            "unknown parent class 'Compny': did you mean 'Company'",
        ),
    ],
)
def test_a_slip_in_the_turtle_is_told_with_the_way_out(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    text = (HERE / "innovation.ttl").read_text(encoding="utf-8")
    (tmp_path / "slip.ttl").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InvalidValue, match=re.escape(complaint)):
        vocabulary_of(read_turtle(tmp_path / "slip.ttl"))


def test_labels_are_the_class_and_its_parents() -> None:
    assert schema.labels("University") == ("University", "Organisation")


@pytest.mark.parametrize("name", [*ENDS, "mentionedIn"])
def test_a_relationship_type_leads_back_to_its_relation(name: str) -> None:
    assert re.fullmatch("[A-Z]+(_[A-Z]+)*", schema.relationship_type(name))
    assert schema.relation_name(schema.relationship_type(name)) == name


def test_a_relationship_type_is_written_in_capitals_and_the_unknown_is_refused() -> None:
    assert schema.relationship_type("participatesIn") == "PARTICIPATES_IN"
    with pytest.raises(InvalidValue, match="did you mean 'signed'"):
        schema.relationship_type("signd")
    with pytest.raises(InvalidValue, match="did you mean 'FUNDS'"):
        schema.relation_name("FUND")


def test_every_label_has_a_unique_id() -> None:
    assert len(schema.constraints()) == len(PARENTS) + 1
    assert (
        "CREATE CONSTRAINT document_id IF NOT EXISTS FOR (n:Document) REQUIRE n.id IS UNIQUE"
        in schema.constraints()
    )


def test_there_are_many_topics_with_labels_in_both_languages() -> None:
    assert len(topics.concepts()) >= 150
    assert all(one.label_de and one.label_en for one in topics.concepts().values())


def test_no_label_belongs_to_two_topics() -> None:
    owners = {(fold(text), one.id) for one in topics.concepts().values() for text in topics.names(one)}
    assert len(owners) == len(topics.labels())


@pytest.mark.parametrize(
    ("label", "topic"),
    [
        ("KI", "artificial-intelligence"),
        ("künstliche  intelligenz", "artificial-intelligence"),
        ("H2", "hydrogen"),
        ("IoT", "internet-of-things"),
        ("Cyber Security", "cybersecurity"),
        ("Halbleiter", "microelectronics"),
    ],
)
def test_a_topic_is_found_by_label_synonym_and_abbreviation(label: str, topic: str) -> None:
    assert topics.labels()[fold(label)] == topic


def test_narrower_mirrors_broader_and_nothing_is_broader_than_itself() -> None:
    triples = read_turtle("topics.ttl")
    down = {(a, b) for a, found in triples.by_subject.items() for b in found.get(SKOS + "narrower", ())}
    up = {(b, a) for a, found in triples.by_subject.items() for b in found.get(SKOS + "broader", ())}
    assert down == up
    for one in topics.concepts().values():
        above, seen = set(one.broader), set[str]()
        while above:
            seen |= above
            above = {higher for name in above for higher in topics.concepts()[name].broader} - seen
        assert one.id not in seen


def test_the_top_topics_are_those_with_nothing_broader() -> None:
    triples = read_turtle("topics.ttl")
    scheme = topics.TOPIC.rstrip("/")
    tops = {iri.removeprefix(topics.TOPIC) for iri in triples.objects(scheme, SKOS + "hasTopConcept")}
    assert tops == {one.id for one in topics.concepts().values() if not one.broader}


def test_shapes_and_context_are_up_to_date() -> None:
    found = [(HERE / name).read_text(encoding="utf-8") for name in ("shapes.ttl", "context.jsonld")]
    assert found == [derive.shapes(), derive.context()], "run `python -m ontology.derive`"


def test_the_files_are_rewritten_on_request(tmp_path: Path) -> None:
    derive.write_to(tmp_path)
    assert json.loads((tmp_path / "context.jsonld").read_bytes())["@context"]["ino"].endswith("ontology#")
    assert (tmp_path / "shapes.ttl").read_bytes() == (HERE / "shapes.ttl").read_bytes()


def test_a_relation_with_two_classes_at_an_end_means_either_of_them() -> None:
    import rdflib
    from rdflib.namespace import RDFS

    turtle = rdflib.Graph().parse(HERE / "innovation.ttl")
    for end in (RDFS.domain, RDFS.range):
        assert all(len(list(turtle.objects(term, end))) == 1 for term in set(turtle.subjects(end)))


def test_every_term_of_the_turtle_has_a_label_in_both_languages() -> None:
    triples = read_turtle("innovation.ttl")
    for iri in triples.by_subject:
        if iri.startswith("https://w3id.org/innograph/ontology#"):
            label = "http://www.w3.org/2000/01/rdf-schema#label"
            assert triples.text(iri, label, "de") and triples.text(iri, label, "en"), iri


def test_importing_the_ontology_loads_no_rdf_library() -> None:
    code = (
        "import sys, ontology.vocabulary, ontology.schema, ontology.statements, ontology.topics\n"
        "print([m for m in ('rdflib', 'pyoxigraph', 'pyshacl') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
