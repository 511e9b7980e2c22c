"""The snapshot as a file: self-contained, closed by policy, hostile text only as text."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_views_exports import graph_of
from test_views_layout import crowd
from views_fixtures import HOSTILE, hostile_graph, sample_graph

from ontology.errors import GraphError, InvalidValue
from ontology.model import Graph, Node
from views.text import writable
from views.words import WORDS
from views.workbench import snapshot


class Page(HTMLParser):
    """The tags of a page, and the text of its scripts, styles and cells."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, str]] = []
        self.open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open = tag

    def handle_endtag(self, tag: str) -> None:
        self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open in ("script", "style", "q"):
            self.inside.append((self.open, data))


def page_of(graph: Graph, title: str = "Brücken") -> str:
    return snapshot(graph, title=title, language="de", generated="2026-11-21")


def data_of(html: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    tree: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return tree


def test_the_page_loads_nothing() -> None:
    for tag, attributes in Page(page_of(sample_graph())).tags:
        assert not {"src", "srcset", "action", "style"} & attributes.keys(), tag
        assert tag != "link"
        assert not any(name.startswith("on") for name in attributes)


def test_the_policy_names_the_hash_of_every_script_and_style() -> None:
    page = Page(page_of(sample_graph()))
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy
    assert "unsafe" not in policy
    texts = [text for tag, text in page.inside if tag in ("script", "style") and not text.startswith("{")]
    assert len(texts) == 3
    for text in texts:
        assert f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy


def test_hostile_texts_add_no_tag_and_change_no_policy() -> None:
    clean, dirty = Page(page_of(sample_graph())), Page(page_of(hostile_graph(), title=HOSTILE[2]))
    kinds = {tag for tag, _ in clean.tags}
    assert {tag for tag, _ in dirty.tags} <= kinds
    scripts = [[t for t, _ in page.tags if t in ("script", "style")] for page in (clean, dirty)]
    assert scripts[0] == scripts[1]
    policies = [[a for t, a in page.tags if a.get("http-equiv")] for page in (clean, dirty)]
    assert policies[0] == policies[1]


@settings(deadline=None, max_examples=40)
@given(st.text(min_size=1).filter(str.strip))
def test_any_text_reaches_the_page_as_the_same_text(text: str) -> None:
    html = page_of(graph_of(text), title=text)
    node = next(n for n in data_of(html)["nodes"] if n["key"] == "person/a")
    assert (node["name"], node["aliases"]) == (writable(text), [writable(text)])
    assert [tag for tag, _ in Page(html).tags].count("script") == 3


def test_without_a_script_every_relation_can_be_read() -> None:
    html = page_of(sample_graph())
    quotes = [text for tag, text in Page(html).inside if tag == "q"]
    for edge in sample_graph().edges:
        assert edge.evidence[0].quote in quotes


def test_parallel_relations_stay_apart() -> None:
    edges = data_of(page_of(sample_graph()))["edges"]
    assert {"Geschäftsführerin", "Aufsichtsrätin"} <= {edge["role"] for edge in edges}
    assert len(edges) == len(sample_graph().edges)


def test_a_document_without_a_web_address_is_no_link() -> None:
    assert "href" not in {
        name for _, attributes in Page(page_of(hostile_graph())).tags for name in attributes
    }


def test_a_graph_that_is_too_large_is_refused_with_the_way_out() -> None:
    with pytest.raises(GraphError) as caught:
        page_of(crowd(1001))
    assert str(caught.value) == (
        "1,001 nodes are too many for one snapshot, which shows 1,000: filter the graph, "
        "or let views.findings.strongest take the best-connected ones"
    )


def test_what_was_left_out_is_said_on_the_page() -> None:
    html = snapshot(sample_graph(), title="A", language="en", generated="", left_out=17)
    assert "The best-connected nodes are shown; 17 more are left out." in html


def test_an_unknown_language_or_class_is_refused() -> None:
    with pytest.raises(InvalidValue, match="unknown language 'fr'"):
        snapshot(sample_graph(), title="A", language="fr", generated="")  # type: ignore[arg-type]
    with pytest.raises(InvalidValue, match="unknown class 'Compani': did you mean 'Company'"):
        page_of(Graph(documents=(), nodes=(Node(id="a", type="Compani", name="A"),), edges=()))


def test_both_languages_fill_in_the_same_values() -> None:
    for german, english in WORDS.values():
        assert set(re.findall(r"\{\w+\}", german)) == set(re.findall(r"\{\w+\}", english))
