"""What the learned scorer promises: confidences, new relations with their passage, no harm on any text."""

from __future__ import annotations

import gzip
import json
import time
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.extraction import extract as pipeline
from loaders.extraction import scorer
from loaders.extraction.extract import Reading
from loaders.extraction.relations.found import Found
from loaders.extraction.scorer import Model, load_model, rescored, rescored_with
from loaders.extraction.scorer_scene import build_scene, cues_of
from ontology.model import Document
from ontology.vocabulary import vocabulary

TEXT = (
    "Die Nordwerk AG aus Bochum hat auf der Hannover Messe ausgestellt. Marla Tessmann, Geschäftsführerin der Nordwerk AG, "
    "sprach dort mit Henrik Oltrogge. Die Stadt Essen und die Universität Duisburg-Essen waren ebenfalls vertreten."
)


def reading_of(text: str, monkeypatch: pytest.MonkeyPatch | None = None) -> Reading:
    """What rules alone read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "rescored", lambda _t, _s, _c, found, _l: list(found), raising=False)
        document = Document(id="doc-test", title="", text=text, language="de", kind="text")
        return pipeline.read(document, pipeline.Reader.RULES)


def with_model(reading: Reading, model: Model, relations: tuple[Found, ...] | None = None) -> list[Found]:
    rules = reading.relations if relations is None else relations
    return rescored_with(model, reading.view.text, reading.sentences, reading.cast, rules, "de")


def eager(threshold: float = 0.5) -> Model:
    """A model for which every candidate is likely."""
    return Model({"1": 2.0}, {}, {"rule": (1.0, 0.0), "new": (1.0, 0.0)}, threshold)


def test_what_rules_found_stays_and_gets_the_confidence_of_the_model() -> None:
    reading = reading_of(TEXT)
    kept = with_model(reading, eager(threshold=2.0))
    assert [(f.source, f.type, f.target, f.start, f.end, f.role) for f in kept] == [
        (f.source, f.type, f.target, f.start, f.end, f.role) for f in reading.relations
    ]
    assert kept
    assert {f.confidence for f in kept} == {0.881}  # 1 / (1 + e^-2)


def test_new_relations_are_marked_allowed_and_never_repeat_a_rule() -> None:
    reading = reading_of(TEXT)
    added = [f for f in with_model(reading, eager()) if f.rule == "scorer"]
    known = {(id(f.source), f.type, id(f.target)) for f in reading.relations}
    assert added
    assert all(vocabulary().allows(f.source.type, f.type, f.target.type) for f in added)
    assert not known & {(id(f.source), f.type, id(f.target)) for f in added}


def test_the_passage_of_a_relation_in_one_sentence_holds_both_names_and_stays_inside() -> None:
    reading = reading_of(TEXT)
    text = reading.view.text
    for found in with_model(reading, eager()):
        if found.rule == "scorer":
            inside = [s for s in reading.sentences if s.start <= found.start and found.end <= s.end]
            named = [
                any(m.surface in text[found.start : found.end] for m in t.mentions)
                for t in (found.source, found.target)
            ]
            assert 0 <= found.start < found.end <= len(text)
            assert all(named) or not inside or text[found.start : found.end].endswith(".")


def test_weights_that_only_calibrate_add_nothing() -> None:
    reading = reading_of(TEXT)
    modest = Model({"1": 2.0}, {}, {"rule": (1.0, 0.0), "new": (1.0, 0.0)}, 0.5, adds=False)
    assert [f.rule for f in with_model(reading, modest)] == [f.rule for f in reading.relations]


def test_a_denied_relation_is_not_added() -> None:
    told = "Die Nordwerk AG hat mit der Hellmann Sensorik GmbH {}gearbeitet."
    ends = {
        denial: {(f.source.name, f.type) for f in with_model(reading_of(told.format(denial)), eager(), ())}
        for denial in ("", "nicht ")
    }
    assert ("Nordwerk AG", "cooperatesWith") in ends[""]
    assert ("Nordwerk AG", "cooperatesWith") not in ends["nicht "]


def test_an_intention_is_told_as_one() -> None:
    reading = reading_of("Die Nordwerk AG will mit der Hellmann Sensorik GmbH arbeiten.")
    added = [f for f in with_model(reading, eager(), ()) if f.type == "cooperatesWith"]
    assert [f.modality.value for f in added] == ["intended"]


def test_a_person_gets_the_role_that_stands_beside_the_name() -> None:
    reading = reading_of("Für die Nordwerk AG sprach deren Geschäftsführerin Marla Tessmann mit der Presse.")
    added = [f for f in with_model(reading, eager(), ()) if f.type == "affiliatedWith"]
    assert [f.role for f in added] == ["Geschäftsführerin"]


def test_without_weights_the_rules_are_returned_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scorer, "load_model", lambda: None)
    reading = reading_of(TEXT)
    assert rescored(reading.view.text, reading.sentences, reading.cast, reading.relations, "de") == list(
        reading.relations
    )


def test_the_shipped_weights_fit_the_ontology_and_are_small() -> None:
    packed = files("loaders.extraction").joinpath(scorer.MODEL).read_bytes()
    content = json.loads(gzip.decompress(packed))
    assert len(packed) < 400_000
    assert packed[4:8] == b"\0\0\0\0"  # no time stamp: the same training gives the same file
    assert set(content["relations"]) <= set(vocabulary().relations)
    assert set(content["curve"]) == {"rule", "new"}


def test_confidence_rises_with_the_score() -> None:
    model = load_model()
    assert model is not None
    for by_rule in (True, False):
        chances = [model.probability(value, by_rule=by_rule) for value in (-1e9, -2.0, 0.0, 2.0, 1e9)]
        assert chances == sorted(chances)
        assert 0.0 <= chances[0] < chances[-1] <= 1.0


def test_equal_text_gives_equal_relations() -> None:
    first, second = (
        [
            (f.source.name, f.type, f.target.name, f.start, f.end, f.confidence, f.role)
            for f in with_model(r, eager())
        ]
        for r in (reading_of(TEXT), reading_of(TEXT))
    )
    assert first == second


def test_cue_words_are_found_in_both_languages() -> None:
    assert "sign" in cues_of("unterzeichneten")
    assert "sign" in cues_of("signed")
    assert "sign" not in cues_of("signal")


def test_names_of_one_list_are_peers() -> None:
    reading = reading_of("Die Städte Bochum, Essen und Herne sind dabei.")
    scene = build_scene(reading.view.text, reading.sentences, reading.cast, "de")
    names = {scene.things[n].name: {scene.things[p].name for p in peers} for n, peers in scene.peers.items()}
    assert names["Bochum"] == {"Essen", "Herne"}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*TEXT.split(), "„", "“", "(", ")", "\n", "nicht", "-", "\u200b", "؟"]), max_size=60
    )
)
def test_no_text_breaks_it_and_every_span_is_inside(words: list[str]) -> None:
    reading = reading_of(" ".join(words))
    for found in with_model(reading, eager()):
        assert 0 <= found.start < found.end <= len(reading.view.text)
        assert 0.0 <= found.confidence <= 1.0


@pytest.mark.slow
def test_time_grows_with_the_length_of_one_sentence_and_not_with_its_square() -> None:
    def seconds(times: int) -> float:
        line = (
            "Die Nordwerk AG und die Stadt Essen sowie Marla Tessmann, Präsidentin der Universität Bochum, "
            * times
        )
        reading = reading_of(line)
        before = time.process_time()
        with_model(reading, eager(threshold=2.0), ())
        return time.process_time() - before

    seconds(20)
    small, large = min(seconds(150) for _ in range(2)), min(seconds(600) for _ in range(2))
    assert large < 9 * small  # four times the text; a square would be sixteen times
