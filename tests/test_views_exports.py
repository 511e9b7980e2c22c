"""What every file format promises: nothing lost, nothing executable, equal graphs give equal bytes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import networkx as nx
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from node_link_reader import read_node_link
from views_fixtures import hostile_graph, sample_graph

from ontology.errors import NotFound, SourceError
from ontology.model import Document, Edge, Evidence, Graph, Identifier, Name, Node
from views.export import write_export
from views.formats import FORMATS, Options, find_format
from views.graphml import graphml
from views.networkx_graph import to_networkx
from views.node_link import node_link
from views.rdf import jsonld, ntriples_file, turtle
from views.tables import edges_csv, nodes_csv, read_table, tables_zip
from views.text import guard, unguard, web_link, writable

OPTIONS = Options(title="Brücken", generated="2026-11-21")
texts = st.text(min_size=1).filter(str.strip)


def graph_of(text: str) -> Graph:
    """A graph in which `text` stands wherever a source can put it."""
    document = Document(id="doc-1", title=text, text="", language="de", kind="html", publisher=text, url=text)
    a = Node(
        id="person/a",
        type="Person",
        name=text,
        aliases=(Name(text=text, language="de"),),
        identifiers=(Identifier(scheme="x", value=text),),
        attributes=(("note", text),),
        documents=("doc-1",),
    )
    b = Node(id="company/b", type="Company", name=text)
    found = Evidence(document="doc-1", quote=text, start=0, end=len(text))
    edge = Edge(
        id="e", source=a.id, type="affiliatedWith", target=b.id, evidence=(found,), role=text, amount=text
    )
    return Graph(documents=(document,), nodes=(b, a), edges=(edge,))


def test_node_link_gives_the_same_graph_back() -> None:
    graph = sample_graph()
    assert read_node_link(node_link(graph)) == graph


@given(texts)
def test_node_link_keeps_any_text(text: str) -> None:
    assert read_node_link(node_link(graph_of(text))) == graph_of(text)


def test_node_link_keeps_an_attribute_that_is_called_like_a_field() -> None:
    node = Node(
        id="a", type="Event", name="A", attributes=(("name", "x"), ("start", "2019"), ("start", "2020"))
    )
    graph = Graph(documents=(), nodes=(node,), edges=())
    tree = json.loads(node_link(graph))["nodes"][0]
    assert (tree["name"], tree["start"]) == ("A", ["2019", "2020"])
    assert read_node_link(node_link(graph)) == graph


def test_node_link_has_the_form_of_the_design() -> None:
    edge = next(e for e in json.loads(node_link(sample_graph()))["edges"] if e["role"] == "Geschäftsführerin")
    assert edge["source"] == "person/anke-beispiel"
    assert edge["evidence"][0] == {
        "document": "doc-1111111111111111",
        "start": 900,
        "end": 940,
        "quote": "Anke Beispiel, Geschäftsführerin der BMR",
        "method": "rule:verb",
        "confidence": 0.9,
    }


def test_node_link_does_not_depend_on_the_order_of_the_graph() -> None:
    graph = sample_graph()
    turned = replace(graph, nodes=graph.nodes[::-1], edges=graph.edges[::-1], documents=graph.documents[::-1])
    assert node_link(turned) == node_link(graph)


def test_the_scorer_reads_node_link(shared: Path, tmp_path: Path) -> None:
    gold = {
        "document": "x",
        "nodes": [
            {"id": "k", "type": "Startup", "name": "Kupferklee"},
            {"id": "d", "type": "City", "name": "Dortmund"},
        ],
        "edges": [{"s": "k", "p": "locatedIn", "o": "d"}],
    }
    (tmp_path / "gold.json").write_text(json.dumps(gold), "utf-8")
    (tmp_path / "ours.json").write_text(node_link(sample_graph()), "utf-8")
    files = shared / "gold/score.py", "--json", tmp_path / "gold.json", tmp_path / "ours.json"
    command = [sys.executable, *map(str, files)]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert (found["nodes"]["r"], found["edges"]["r"]) == (1.0, 1.0)


def test_networkx_keeps_two_roles_at_one_company_apart() -> None:
    graph = to_networkx(sample_graph())
    company = next(n for n in graph if n.startswith("developmentagency/business"))
    roles = {values["role"] for values in graph["person/anke-beispiel"][company].values()}
    assert roles == {"Geschäftsführerin", "Aufsichtsrätin"}


def test_graphml_comes_back_with_every_node_and_parallel_edge() -> None:
    rich = to_networkx(sample_graph())
    back = nx.read_graphml(BytesIO(graphml(sample_graph())), force_multigraph=True)
    assert set(back.nodes) == set(rich.nodes)
    assert {*back.edges} == {*rich.edges}
    ends = rich.nodes["event/digital-health-forum-haifa"]
    assert back.nodes["event/digital-health-forum-haifa"]["start"] == ends["start"] == "2023-05-11"


@given(texts)
def test_graphml_keeps_any_text_but_what_xml_forbids(text: str) -> None:
    back = nx.read_graphml(BytesIO(graphml(graph_of(text))), force_multigraph=True)
    assert back.nodes["person/a"]["name"] == writable(text)
    assert back["person/a"]["company/b"]["e"]["quotes"] == writable(text)


def test_tables_hold_every_node_and_edge() -> None:
    graph = sample_graph()
    assert [row["id"] for row in read_table(nodes_csv(graph))] == [n.id for n in graph.nodes]
    rows = {row["id"]: row for row in read_table(edges_csv(graph))}
    assert rows.keys() == {e.id for e in graph.edges}
    assert rows["edge-009"]["source_name"] == "Anke Beispiel"
    assert rows["edge-009"]["quotes"] == "Anke Beispiel, Geschäftsführerin der BMR"


@given(texts)
def test_tables_keep_any_text(text: str) -> None:
    node = read_table(nodes_csv(graph_of(text)))[1]
    edge = read_table(edges_csv(graph_of(text)))[0]
    assert (node["name"], edge["role"], edge["quotes"]) == (text, text, text)


@given(st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "'=", "''@", "＝"]), st.text())
def test_no_cell_begins_like_a_formula_and_every_guard_comes_off(first: str, rest: str) -> None:
    text = first + rest
    assert not re.match(r"[=+\-@\t\r\n＝]", guard(text))
    assert unguard(guard(text)) == text


def test_a_formula_from_a_web_page_reaches_the_spreadsheet_as_text() -> None:
    assert b'"\'=HYPERLINK(""x"")"' in nodes_csv(graph_of('=HYPERLINK("x")'))


def test_the_zip_holds_both_tables() -> None:
    with ZipFile(BytesIO(tables_zip(sample_graph()))) as archive:
        assert archive.namelist() == ["edges.csv", "nodes.csv"]
        assert archive.read("nodes.csv") == nodes_csv(sample_graph())


@pytest.mark.parametrize("graph", [sample_graph(), hostile_graph()], ids=["sample", "hostile"])
@pytest.mark.parametrize(("write", "format_"), [(turtle, "turtle"), (jsonld, "json-ld")])
def test_turtle_and_jsonld_say_the_same_as_ntriples(write, format_, graph) -> None:  # type: ignore[no-untyped-def]
    plain = rdflib.Graph().parse(data=ntriples_file(graph), format="nt")
    assert set(rdflib.Graph().parse(data=write(graph), format=format_)) == set(plain)


@given(texts)
def test_turtle_keeps_any_text(text: str) -> None:
    found = rdflib.Graph().parse(data=turtle(graph_of(text)), format="turtle")
    quotes = {str(o) for o in found.objects(None, rdflib.URIRef("https://w3id.org/innograph/ontology#quote"))}
    assert quotes == {text}


def test_turtle_is_for_reading() -> None:
    content = turtle(sample_graph()).decode()
    assert content.startswith("@base <https://w3id.org/innograph/> .\n@prefix dcterms:")
    assert "\n\n<id/region/metropole-ruhr> " in content


@pytest.mark.parametrize("name", FORMATS)
def test_equal_graphs_give_equal_bytes_in_every_process(name: str) -> None:
    code = (
        "import sys, hashlib; sys.path.insert(0, 'tests')\n"
        "from views_fixtures import sample_graph\n"
        "from views.formats import Options, find_format\n"
        "options = Options(title='Brücken', generated='2026-11-21')\n"
        f"print(hashlib.sha256(find_format({name!r}).write(sample_graph(), options)).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            cwd=Path(__file__).parents[1],
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != b""


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_an_empty_graph(name: str) -> None:
    nothing = Graph(documents=(), nodes=(), edges=())
    assert len(find_format(name).write(nothing, OPTIONS)) < len(
        find_format(name).write(sample_graph(), OPTIONS)
    )


def test_an_unknown_format_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        find_format("turtel")
    assert str(caught.value) == "unknown export format 'turtel': did you mean 'turtle'?"


@pytest.mark.parametrize(
    ("form", "name", "about"),
    [
        ("csv", "x.csv", "nodes.csv and edges.csv in a zip file, for spreadsheets): name it x.zip"),
        ("turtle", "x.json", "Turtle): name it x.ttl"),
        ("json", "x.y.HTML", "node-link JSON): name it x.y.json"),
    ],
)
def test_a_file_name_that_promises_another_format_is_refused(
    form: str, name: str, about: str, tmp_path: Path
) -> None:
    output = tmp_path / name
    with pytest.raises(SourceError) as caught:
        write_export(sample_graph(), form, output)
    assert str(caught.value) == f"{output}: what would be written is no {output.suffix} file ({about}"
    assert not output.exists()


@pytest.mark.parametrize(
    ("form", "name"),
    [("csv", "x.ZIP"), ("csv", "x"), ("html", "x.htm"), ("jsonld", "x.json"), ("graphml", "x.xml")],
)
def test_any_usual_suffix_of_a_format_or_none_will_do(form: str, name: str, tmp_path: Path) -> None:
    write_export(sample_graph(), form, tmp_path / name)
    assert (tmp_path / name).stat().st_size


def test_only_web_addresses_become_links() -> None:
    assert web_link(" https://example.org/a ") == "https://example.org/a"
    for address in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http:", "http://[", ""):
        assert web_link(address) == ""


def test_importing_the_views_loads_no_heavy_library() -> None:
    code = (
        "import sys, views, views.formats, views.workbench, views.graphml, views.rdf, views.tables\n"
        "heavy = {'pyvis', 'networkx', 'jinja2', 'rdflib', 'pyoxigraph', 'IPython', 'lxml'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    root = Path(__file__).parents[1]
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=root, text=True)
    assert found.stdout == "[]\n"
