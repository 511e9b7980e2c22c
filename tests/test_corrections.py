"""corrections.yaml: how it is read, what each entry does, and what is said of entries that do nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from graph_facts import document, entity, relation

from graph.atlas import CORRECTIONS_TEXT
from graph.corrections import Corrections, describe, read_corrections
from graph.corrections_yaml import parse
from graph.fold import Folding, fold
from graph.ledger import Ledger
from ontology.errors import CorrectionError
from ontology.model import Evidence, Fact

BMR, BUSINESS = "BMR GmbH", "Business Metropole Ruhr GmbH"


def folded(tmp_path: Path, text: str) -> Folding:
    """Who works for BMR, and where Business Metropole Ruhr is; folded with these corrections."""
    person, bmr = entity("a", "Person", "Ada Muster"), entity("a", "Company", BMR)
    business, city = entity("b", "DevelopmentAgency", BUSINESS), entity("b", "City", "Essen")
    with Ledger.open(tmp_path / "ledger") as ledger:
        facts: list[Fact] = [person, bmr, relation(person, "affiliatedWith", bmr, role="Leiterin")]
        ledger.put(document("a"), source="a", facts=facts, fingerprint="1")
        facts = [business, city, relation(business, "locatedIn", city)]
        ledger.put(document("b"), source="b", facts=facts, fingerprint="1")
        return fold(ledger, parse(text, file="corrections.yaml"))


def names(folding: Folding) -> list[str]:
    return sorted(node.name for node in folding.graph.nodes)


def edges(folding: Folding) -> list[tuple[str, str, str]]:
    return sorted((edge.source, edge.type, edge.target) for edge in folding.graph.edges)


def outcome(folding: Folding) -> list[tuple[int, str]]:
    return [(applied.count, applied.note) for applied in folding.corrections]


def test_same_joins_what_rules_would_not(tmp_path: Path) -> None:
    folding = folded(tmp_path, f"- same: [{BMR}, {BUSINESS}]")
    assert names(folding) == ["Ada Muster", BUSINESS, "Essen"]
    assert ("person/ada-muster", "affiliatedWith", "organisation/business-metropole-ruhr") in edges(folding)
    assert outcome(folding) == [(2, "")]


def test_nodes_are_named_by_id_by_name_in_any_spelling_or_by_name_and_class(tmp_path: Path) -> None:
    for reference in ("organisation/bmr", "bmr", "{name: BMR, type: Organisation}", "{id: organisation/bmr}"):
        folding = folded(tmp_path, f"- same: [{reference}, Business metropole RUHR]")
        assert outcome(folding) == [(2, "")], reference


def test_what_people_joined_across_classes_still_meets_others_by_rule(tmp_path: Path) -> None:
    facts: list[Fact] = [entity("a", "City", "Québec"), entity("a", "Region", "Québec")]
    alias = entity("b", "City", "Quebec City", aliases=("Québec",))
    entry = "- same: [{name: Québec, type: City}, {name: Québec, type: Region}]"
    with Ledger.open(tmp_path / "ledger") as ledger:
        ledger.put(document("a"), source="a", facts=facts, fingerprint="1")
        ledger.put(document("b"), source="b", facts=[alias], fingerprint="1")
        folding = fold(ledger, parse(entry, file="c"))
    assert [node.documents for node in folding.graph.nodes] == [("doc-a", "doc-b")]


def test_not_same_keeps_apart_what_rules_would_join(tmp_path: Path) -> None:
    bare, full = entity("a", "Company", "BMR"), entity("b", "Company", BUSINESS, aliases=("BMR",))
    with Ledger.open(tmp_path / "ledger") as ledger:
        ledger.put(document("a"), source="a", facts=[bare], fingerprint="1")
        ledger.put(document("b"), source="b", facts=[full], fingerprint="1")
        joined = fold(ledger, parse("", file="c"))
        apart = fold(ledger, parse(f"- not-same: [BMR, {BUSINESS}]", file="c"))
    assert (names(joined), names(apart)) == ([BUSINESS], ["BMR", BUSINESS])
    assert (outcome(apart), apart.doubts) == ([(2, "")], ())


def test_two_entries_that_contradict_each_other_are_told(tmp_path: Path) -> None:
    folding = folded(tmp_path, f"- same: [{BMR}, {BUSINESS}]\n- not-same: [{BMR}, {BUSINESS}]\n")
    assert len(names(folding)) == 4
    assert outcome(folding) == [(0, "another entry says not-same of these: remove one of the two"), (2, "")]


def test_wrong_removes_a_relation(tmp_path: Path) -> None:
    folding = folded(tmp_path, "- wrong: {source: Ada Muster, type: affiliatedWith, target: BMR}")
    assert edges(folding) == [("organisation/business-metropole-ruhr", "locatedIn", "place/essen")]
    assert outcome(folding) == [(1, "")]


def test_wrong_and_add_together_replace_a_relation(tmp_path: Path) -> None:
    folding = folded(
        tmp_path,
        f"""
        - add: {{source: Ada Muster, type: affiliatedWith, target: {BUSINESS}, role: Chef, valid_from: 2024}}
          reason: the letter of appointment
          author: A. Leser
          date: 2026-01-31
        - wrong: {{source: Ada Muster, type: affiliatedWith, target: {BMR}}}
        """,
    )
    (edge,) = [edge for edge in folding.graph.edges if edge.type == "affiliatedWith"]
    assert (edge.target, edge.role) == ("organisation/business-metropole-ruhr", "Chef")
    assert edge.valid_from == "2024"
    assert edge.evidence == (
        Evidence(document="corrections", quote="the letter of appointment", line=2, method="correction"),
    )
    assert [doc.id for doc in folding.graph.documents] == ["corrections", "doc-a", "doc-b"]
    assert outcome(folding) == [(1, ""), (1, "")]


def test_an_added_node_can_be_an_end_of_an_added_relation(tmp_path: Path) -> None:
    folding = folded(
        tmp_path,
        """
        - add: {type: Startup, name: Neuling UG, aliases: [Neuling Labor]}
        - add: {source: Neuling, type: locatedIn, target: Essen}
          reason: their imprint
        """,
    )
    assert ("organisation/neuling", "locatedIn", "place/essen") in edges(folding)
    assert outcome(folding) == [(1, ""), (1, "")]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("- same: [Nobody At All, BMR]", "nothing is called 'Nobody At All'"),
        ("- same: [Ada Mustre, BMR]", "nothing is called 'Ada Mustre': did you mean 'Ada Muster' (Person)?"),
        (
            "- same: [{name: Essen, type: Region}, BMR]",
            "nothing is called 'Essen (Region)': did you mean 'Essen' (City)?",
        ),
        (
            "- not-same: [BMR, bmr gmbh]",
            "one document gives two of these names to one thing: name each by a name of its own",
        ),
        ("- wrong: {source: Ada Muster, type: affiliatedWith, target: Essen}", "no source says so any more"),
        (
            "- add: {source: Essen, type: signed, target: BMR}\n  reason: none",
            "signed does not go from City to Company",
        ),
        (
            "- add: {source: BMR, type: cooperatesWith, target: BMR}\n  reason: none",
            "cooperatesWith joins a node with itself",
        ),
    ],
)
def test_an_entry_that_does_not_apply_is_reported_and_harms_nothing(
    tmp_path: Path, text: str, note: str
) -> None:
    folding = folded(tmp_path, text)
    assert outcome(folding) == [(0, note)]
    assert folding.graph.nodes == folded(tmp_path, "").graph.nodes
    assert folding.graph.edges == folded(tmp_path, "").graph.edges


def test_a_name_of_two_things_asks_for_the_id_or_the_class(tmp_path: Path) -> None:
    facts = [
        entity("a", "City", "Québec"),
        entity("a", "Region", "Québec"),
        entity("a", "City", "Quebec City"),
    ]
    with Ledger.open(tmp_path / "ledger") as ledger:
        ledger.put(document("a"), source="a", facts=facts, fingerprint="1")
        vague = fold(ledger, parse("- same: [Québec, Quebec City]", file="c"))
        clear = fold(ledger, parse("- same: [{name: Québec, type: City}, Quebec City]", file="c"))
        region = next(node.id for node in vague.graph.nodes if node.type == "Region")
        by_id = fold(ledger, parse(f"- not-same: [{region}, place/quebec]", file="c"))
    assert outcome(vague) == [(0, f"'Québec' may be place/quebec, {region}: write the id or {{name, type}}")]
    assert sorted(node.name for node in clear.graph.nodes) == ["Quebec City", "Québec"]
    assert outcome(by_id) == [(2, "")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("same: [A, B]", "c.yaml:1: write a list of entries, each beginning with '- same:'"),
        ("- same: [A, B]\n- sane: [A, B]", "c.yaml:2: entry 2: unknown field 'sane': did you mean 'same'?"),
        (
            "- same: [A, B]\n  wrong: {}",
            "entry 1: an entry has exactly one of same, not-same, wrong, add; this one has 2",
        ),
        ("- reason: why", "entry 1: an entry has exactly one of same, not-same, wrong, add; this one has 0"),
        ("- same: A", "c.yaml:1: entry 1: write a list of at least two nodes"),
        ("- same: [A]", "write a list of at least two nodes"),
        ("- same: [A, '']", "write a text here"),
        ("- same: [A, {type: City}]", "name a node by its name or its id: {name: Québec, type: Region}"),
        ("- same: [A, {name: B, type: Town}]", "unknown class 'Town': use one of Agreement, Association"),
        ("- same: [A, B]\n  date: yesterday", "date 'yesterday': write 2019, 2019-11 or 2019-11-25"),
        (
            "- same: [A, B]\n- wrong:\n    source: A\n    type: signd\n    target: B",
            "c.yaml:4: entry 2: unknown relation 'signd'",
        ),
        ("- wrong: {source: A, target: B}", "entry 1: missing type"),
        ("- add: Essen", "write {type, name} for a node or {source, type, target} for a relation"),
        ("- add: {source: A, type: signed, target: B}", "an added relation needs a reason"),
        (
            "- add: {source: A, type: signed, target: B, modality: maybe}\n  reason: x",
            "unknown modality 'maybe'",
        ),
        ("- add: {type: City, name: A, aliases: B}", "write aliases as a list"),
        ("- same: [A, B]\n  same: [C, D]", "field 'same' stands twice"),
        ("- same: [A, B", "c.yaml:1: no YAML"),
    ],
)
def test_a_mistake_is_told_with_its_file_its_line_and_what_is_allowed(text: str, message: str) -> None:
    with pytest.raises(CorrectionError) as caught:
        parse(text, file="c.yaml")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_words_that_yaml_reads_as_other_things_stay_words() -> None:
    (entry,) = parse("- same: [NO, 2024-01-01, 12, yes]", file="c").entries
    assert describe(entry) == "same: NO = 2024-01-01 = 12 = yes"


def test_a_missing_or_empty_file_has_no_entries(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "c.yaml").entries == ()
    for text in ("", "# only a comment\n", "[]", CORRECTIONS_TEXT):
        (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
        assert read_corrections(tmp_path / "c.yaml").entries == ()


def test_the_examples_of_a_new_file_are_valid_when_uncommented() -> None:
    lines = CORRECTIONS_TEXT.splitlines()
    examples = [line[2:] for line in lines if line.startswith(("# - ", "#   "))]
    assert len(parse("\n".join(examples), file="c").entries) == 5


def test_comments_do_not_change_the_digest_but_entries_do() -> None:
    digests = [
        parse(text, file="c").digest()
        for text in ("- same: [A, B] # x", "- same: ['A',  B]", "- same: [A, C]")
    ]
    assert digests[0] == digests[1] != digests[2]
    assert Corrections(file="c").digest() != digests[0]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(CorrectionError, match=r"c\.yaml: cannot be read as UTF-8 text"):
        read_corrections(tmp_path / "c.yaml")


def test_a_file_nested_without_end_is_told_with_the_way_out() -> None:
    with pytest.raises(CorrectionError) as caught:
        parse("[" * 100_000, file="corrections.yaml")
    assert str(caught.value) == (
        "corrections.yaml: brackets or indents are nested too deeply to be read: write a list of entries, or "
        "restore the file from a copy"
    )
