"""The quality card: what counts as right, and that the figures are those of the team's yardstick."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

from loaders.quality.card import Card, evaluate, figure
from loaders.quality.gold import Gold, GoldEdge, GoldNode, read_gold
from loaders.quality.match import EDGES, NODES, Comparison, comparable, compare, match_entities
from loaders.quality.render import render
from loaders.read import extracted, read_document
from ontology.errors import SourceError
from ontology.model import Document, Entity, Evidence, Fact, Name, Relation

TEXT = "Die Beispiel GmbH sitzt\n in Bochum."


def document() -> Document:
    return Document(id="d", title="", text=TEXT, language="de", kind="text")


def node(id: str, type: str, *names: str, optional: bool = False) -> GoldNode:
    return GoldNode(id=id, type=type, names=names, optional=optional)


def edge(source: str, type: str, target: str, *, optional: bool = False) -> GoldEdge:
    return GoldEdge(source=source, type=type, target=target, optional=optional)


def gold(nodes: Iterable[GoldNode], edges: Iterable[GoldEdge] = ()) -> Gold:
    return Gold(name="n", document="n.txt", language="de", nodes=tuple(nodes), edges=tuple(edges))


def entity(id: str, type: str, name: str, *aliases: str) -> Entity:
    return Entity(id=id, document="d", type=type, name=name, aliases=tuple(Name(text=a) for a in aliases))


def relation(
    source: str, type: str, target: str, *, confidence: float = 0.8, quote: str = "in Bochum"
) -> Relation:
    proof = Evidence(document="d", quote=quote, confidence=confidence)
    return Relation(
        id=f"{source}{target}", document="d", source=source, type=type, target=target, evidence=(proof,)
    )


FIRM, TOWN = node("b", "Company", "Beispiel GmbH", "BG"), node("c", "City", "Bochum")
E1, E2 = entity("e1", "Company", "Beispiel"), entity("e2", "City", "Bochum")


def counts(found: Comparison, kind: str, type: str = "") -> tuple[int, int, int]:
    return found.hits[kind, type], found.misses[kind, type], found.inventions[kind, type]


# Names and nodes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Beispiel GmbH", "die BEISPIEL"), ("Verein Probe e. V.", "Verein Probe"), ("Stadt Bochum", "Bochum"),
        ("Prof. Dr. h. c. Anke Beispiel", "Anke Beispiel"), ("Straße", "STRASSE"), ("H2-UB", "h2 ub"),
    ],
)  # fmt: skip
def test_spellings_that_say_the_same_compare_equal(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


def test_other_names_compare_different_and_idle_words_alone_stay() -> None:
    assert len({comparable(n) for n in ("Manchester", "Greater Manchester", "The City", "AG", "")}) == 5


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([E1], (1, 0, 0)),
        ([entity("e1", "Company", "Anderes", "BG")], (1, 0, 0)),
        ([entity("e1", "Startup", "Beispiel")], (1, 0, 0)),
        ([entity("e1", "Organisation", "Beispiel")], (1, 0, 0)),
        ([entity("e1", "University", "Beispiel")], (0, 1, 1)),
        ([E1, entity("e3", "Company", "BG")], (1, 0, 1)),
        ([], (0, 1, 0)),
    ],
    ids=["name", "alias", "class below", "class above", "other class", "twice", "nothing"],
)
def test_a_node_matches_by_any_name_and_a_class_in_line(
    found: list[Fact], expected: tuple[int, int, int]
) -> None:
    assert counts(compare(gold([FIRM]), document(), found), NODES) == expected


def test_only_the_very_class_counts_as_exact() -> None:
    found = compare(gold([FIRM, TOWN]), document(), [entity("e1", "Startup", "Beispiel"), E2])
    assert (found.hits[NODES, ""], found.exact_types) == (2, 1)


def test_an_optional_node_counts_neither_for_nor_against() -> None:
    perhaps = gold([node("b", "Company", "Beispiel GmbH", optional=True)])
    assert [counts(compare(perhaps, document(), f), NODES) for f in ([E1], [])] == [(0, 0, 0)] * 2


def test_of_several_fitting_nodes_the_equal_class_then_the_own_name_then_the_first_is_taken() -> None:
    nodes = [node("1", "Agreement", "A", "MoU"), node("2", "Agreement", "B", "MoU"), node("3", "Event", "C", "MoU"),
             node("4", "Agreement", "MoU Essen", "MoU"), node("5", "Event", "Fair", "Trip"), node("6", "Delegation", "Tour", "Trip")]  # fmt: skip
    found = [entity("e1", "Agreement", "MoU"), entity("e2", "Agreement", "MoU", "B"), entity("e3", "Delegation", "MoU"),
             entity("e4", "Agreement", "MoU Essen"), entity("e5", "Delegation", "Trip")]  # fmt: skip
    assert match_entities(nodes, found) == {"e1": "1", "e2": "2", "e3": "3", "e4": "4", "e5": "6"}


# Edges


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        (edge("b", "locatedIn", "c"), relation("e1", "locatedIn", "e2"), (1, 0, 0)),
        (edge("b", "locatedIn", "c"), relation("e2", "locatedIn", "e1"), (0, 1, 1)),
        (edge("b", "locatedIn", "c"), relation("e1", "cooperatesWith", "e2"), (0, 1, 1)),
        (edge("b", "cooperatesWith", "c"), relation("e2", "cooperatesWith", "e1"), (1, 0, 0)),
        (edge("b", "locatedIn", "c", optional=True), relation("e1", "locatedIn", "e2"), (0, 0, 0)),
        (edge("b", "locatedIn", "c", optional=True), None, (0, 0, 0)),
    ],
    ids=[
        "equal",
        "turned",
        "other relation",
        "turned but symmetric",
        "optional and found",
        "optional and missed",
    ],
)
def test_an_edge_matches_by_its_ends_and_its_relation(
    wanted: GoldEdge, found: Relation | None, expected: tuple[int, int, int]
) -> None:
    facts: list[Fact] = [E1, E2] if found is None else [E1, E2, found]
    assert counts(compare(gold([FIRM, TOWN], [wanted]), document(), facts), EDGES) == expected


def test_an_edge_at_an_optional_node_is_no_miss() -> None:
    town = node("c", "City", "Bochum", optional=True)
    assert counts(compare(gold([FIRM, town], [edge("b", "locatedIn", "c")]), document(), [E1]), EDGES) == (
        0,
        0,
        0,
    )


def test_a_quote_counts_as_true_whatever_its_blanks_and_not_otherwise() -> None:
    wanted = gold([FIRM, TOWN], [edge("b", "locatedIn", "c")])
    quotes = ("sitzt in Bochum", "sitzt in Essen")
    found = [
        compare(wanted, document(), [E1, E2, relation("e1", "locatedIn", "e2", quote=q)]) for q in quotes
    ]
    assert [(c.true_quotes, c.false_quotes) for c in found] == [(1, 0), (0, 1)]


def test_misses_and_inventions_are_told_in_words() -> None:
    found = compare(
        gold([FIRM, TOWN], [edge("b", "locatedIn", "c")]),
        document(),
        [E1, E2, relation("e2", "locatedIn", "e1")],
    )
    assert found.missed == ["Beispiel GmbH -locatedIn-> Bochum"]
    assert found.invented == ["Bochum -locatedIn-> Beispiel"]


# The card


def write_set(folder: Path, *, lang: str = "de") -> None:
    (folder / "a.txt").write_text(
        TEXT + " Das ist ein Satz mehr, damit die Sprache klar ist.", encoding="utf-8"
    )
    tree = {
        "document": "a.txt", "lang": lang,
        "nodes": [{"id": "b", "type": "Company", "name": "Beispiel GmbH", "aliases": []},
                  {"id": "c", "type": "City", "name": "Bochum", "aliases": []}],
        "edges": [{"s": "b", "p": "locatedIn", "o": "c", "quote": "sitzt in Bochum"}],
    }  # fmt: skip
    (folder / "a.gold.json").write_text(json.dumps(tree), encoding="utf-8")


def test_a_folder_of_gold_graphs_gives_a_card(tmp_path: Path) -> None:
    write_set(tmp_path)
    facts: list[Fact] = [
        E1,
        E2,
        relation("e1", "locatedIn", "e2", confidence=0.8),
        relation("e2", "partOf", "e1", confidence=0.25),
    ]
    card = evaluate(tmp_path, extract=lambda _: facts)
    all_edges = dict(card.edges)[""]
    assert (all_edges.precision, all_edges.recall, round(all_edges.f1, 3)) == (0.5, 1.0, 0.667)
    assert card.languages == (("de", 1),) and card.edges_by_language == (("de", all_edges),)
    assert [(b.low, b.edges, b.right) for b in card.bins if b.edges] == [(0.2, 1, 0), (0.8, 1, 1)]
    assert round(card.calibration_error, 4) == round((0.25 + 0.2) / 2, 4)


def test_texts_may_lie_in_another_folder(tmp_path: Path) -> None:
    write_set(tmp_path)
    texts = tmp_path / "texts"
    texts.mkdir()
    (tmp_path / "a.txt").rename(texts / "a.txt")
    assert evaluate(tmp_path, texts_dir=texts, extract=lambda _: []).documents == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "it is no JSON"),
        ("[]", "it is no object"),
        ('{"document": "a.txt", "edges": []}', "'nodes' is no list"),
        ('{"document": "a.txt", "nodes": [{"id": "b", "type": "Firm", "name": "B"}], "edges": []}',
         r"nodes\[0\]: 'Firm' is unknown"),
        ('{"document": "a.txt", "nodes": [], "edges": [{"p": "locatedIn", "o": "c"}]}', r"edges\[0\]: 's' is missing"),
        ('{"document": "a.txt", "nodes": [], "edges": [{"s": "b", "p": "locatedIn", "o": "c"}]}', r"edges\[0\]: 'b' is unkn"),
    ],
)  # fmt: skip
def test_a_gold_file_that_cannot_be_used_is_told_with_its_place(
    tmp_path: Path, content: str, message: str
) -> None:
    (tmp_path / "a.gold.json").write_text(content)
    with pytest.raises(SourceError, match=rf"a\.gold\.json: {message}"):
        evaluate(tmp_path)


def test_a_folder_without_gold_graphs_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"holds no \*\.gold\.json: name the folder of the gold graphs"):
        evaluate(tmp_path)


def test_the_interval_holds_the_figure_and_is_narrow_only_where_documents_agree() -> None:
    def one(hits: int, misses: int) -> Comparison:
        made = Comparison("n", "de")
        made.hits[NODES, ""], made.misses[NODES, ""] = hits, misses
        return made

    mixed = figure([one(9, 1), one(1, 9)] * 10, NODES, "")
    even = figure([one(5, 5)] * 20, NODES, "")
    assert mixed.low < mixed.f1 < mixed.high
    assert even.low == even.f1 == even.high


def test_the_card_is_a_page_of_tables_and_lists_findings_only_when_asked(tmp_path: Path) -> None:
    write_set(tmp_path)
    facts: list[Fact] = [E1, entity("e9", "Company", "A|B <script>")]
    card = evaluate(tmp_path, extract=lambda _: facts)
    page, long = render(card), render(card, title="Probe", errors=True, level=2)
    assert "| nodes | 0.500 | 0.500 | 0.500 |" in page and "## Missed" not in page
    assert long.startswith("## Probe\n") and "### Missed (2)" in long
    assert "- Company A\\|B \\<script\\>" in long


def test_equal_facts_give_equal_cards(tmp_path: Path) -> None:
    write_set(tmp_path)
    first, second = (evaluate(tmp_path) for _ in range(2))
    assert isinstance(first, Card) and first == second


# The yardstick


def yardstick(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", shared / "gold" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plain(facts: Iterable[Fact]) -> dict[str, list[dict[str, object]]]:
    """Facts in the form that the yardstick reads."""
    nodes: list[dict[str, object]] = []
    edges: list[dict[str, object]] = []
    for fact in facts:
        if isinstance(fact, Entity):
            aliases = [alias.text for alias in fact.aliases]
            nodes.append({"id": fact.id, "type": fact.type, "name": fact.name, "aliases": aliases})
        else:
            quotes = [{"quote": e.quote} for e in fact.evidence]
            edges.append(
                {"source": fact.source, "target": fact.target, "type": fact.type, "evidence": quotes}
            )
    return {"nodes": nodes, "edges": edges}


def test_figures_equal_those_of_the_yardstick_once_ties_are_broken_alike(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The yardstick takes any of equally good gold nodes; ours must be one of them, and all else equal."""
    score = yardstick(shared)
    for path in sorted((shared / "gold" / "dev").glob("*.gold.json")):
        wanted, tree = read_gold(path), json.loads(path.read_text("utf-8"))
        text = path.parent / wanted.document
        read = read_document(text, source=text.name)
        facts = list(extracted(read))
        ours = match_entities(wanted.nodes, [f for f in facts if isinstance(f, Entity)])
        theirs: dict[str, list[str]] = {}
        for entity_id, node_id in ours.items():
            theirs.setdefault(node_id, []).append(entity_id)
        check_ranks(score, tree["nodes"], plain(facts)["nodes"], ours)
        monkeypatch.setattr(score, "match_nodes", lambda _gold, _found, theirs=theirs: theirs)
        tally = score.Tally()
        score.score(tree, plain(facts), tally, text.read_text("utf-8"), [])
        found = compare(wanted, read, facts)
        for (kind, type), count in [*found.hits.items(), *found.misses.items(), *found.inventions.items()]:
            key = f"{kind}:{type}" if type else kind
            assert counts(found, kind, type) == tuple(tally[key, w] for w in ("tp", "fn", "fp")), (
                path.name,
                key,
                count,
            )
        assert (found.true_quotes, found.false_quotes) == (tally["quote", "tp"], tally["quote", "fp"])
        assert found.exact_types == tally["type", "tp"]


def check_ranks(
    score: ModuleType, nodes: list[dict[str, object]], found: list[dict[str, object]], ours: dict[str, str]
) -> None:
    """Each node of ours is among the best candidates by the yardstick's own order."""
    for item in found:
        names = score.names(item)
        ranks = {
            n["id"]: (n["type"] != item["type"], not score.compatible(n["type"], item["type"]), score.fold(n["name"]) not in names)
            for n in nodes
            if names & score.names(n)
        }  # fmt: skip
        best = {id for id, rank in ranks.items() if rank == min(ranks.values()) and not rank[1]}
        assert ours.get(str(item["id"])) in (best or {None}), item
