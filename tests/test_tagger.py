"""What the tagger promises: valid spans for any words, the same result each time, obvious names, a small model."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.extraction import tagger, tagger_model
from loaders.extraction.mentions import Mention
from loaders.extraction.tagger import Span, _trimmed, tag
from loaders.extraction.tagger_decode import best_labels
from loaders.extraction.tagger_features import LABELS, feature_rows, forbidden, rule_tags
from loaders.extraction.tokens import tokenize
from ontology.errors import GraphError

WORDS = st.lists(st.text(min_size=1, max_size=20), max_size=30)
CASES = [
    ("Anna Lindkamp leitet die Musterwerk GmbH in Bochum.", "PER", "Anna Lindkamp"),
    ("Anna Lindkamp leitet die Musterwerk GmbH in Bochum.", "ORG", "Musterwerk GmbH"),
    ("Anna Lindkamp leitet die Musterwerk GmbH in Bochum.", "LOC", "Bochum"),
    ("Die Stadt Dortmund und die Universität Twente arbeiten zusammen.", "LOC", "Dortmund"),
    ("Die Stadt Dortmund und die Universität Twente arbeiten zusammen.", "ORG", "Universität Twente"),
    ("Tom Invented, director of the University of Leeds, travelled to Israel.", "PER", "Tom Invented"),
    ("Tom Invented, director of the University of Leeds, travelled to Israel.", "ORG", "University of Leeds"),
    ("Tom Invented, director of the University of Leeds, travelled to Israel.", "LOC", "Israel"),
    ("The start-ups Zelvora, Kamitec and Robofin pitched in London.", "ORG", "Kamitec"),
]


def words(text: str) -> list[str]:
    return [t.text for t in tokenize(text, 0, len(text))]


def named(text: str) -> set[tuple[str, str]]:
    cut = words(text)
    return {(s.label, " ".join(cut[s.first : s.last + 1])) for s in tag([cut])[0]}


def assert_valid(spans: list[Span], count: int) -> None:
    behind = -1
    for span in spans:
        assert behind < span.first <= span.last < count
        assert span.label in ("PER", "ORG", "LOC", "MISC")
        assert 0.0 <= span.confidence <= 1.0
        behind = span.last


@settings(max_examples=40, deadline=None)
@given(sentences=st.lists(WORDS, max_size=4))
def test_spans_are_ordered_and_inside_the_sentence_whatever_the_words(sentences: list[list[str]]) -> None:
    found = tag(sentences)
    assert len(found) == len(sentences)
    for spans, sentence in zip(found, sentences, strict=True):
        assert_valid(spans, len(sentence))


@pytest.mark.parametrize("text, label, name", CASES)
def test_obvious_names_are_found_in_both_languages(text: str, label: str, name: str) -> None:
    assert (label, name) in named(text)


def test_titles_and_the_genitive_s_stay_outside_of_a_name() -> None:
    cut = words("Prof. Dr. Anna Lindkamp met Manchester's Mayor.")
    assert _trimmed(Span(0, 5, "PER", 0.9), cut) == Span(4, 5, "PER", 0.9)
    assert _trimmed(Span(7, 8, "LOC", 0.9), cut) == Span(7, 7, "LOC", 0.9)


def test_no_sentence_and_no_word_give_no_span() -> None:
    assert tag([]) == []
    assert tag([[], ["."]]) == [[], []]


def test_the_same_call_gives_the_same_spans() -> None:
    sentences = [words(text) for text, _, _ in CASES]
    assert tag(sentences) == tag(sentences)


def test_the_order_of_sentences_does_not_matter() -> None:
    sentences = [words(text) for text, _, _ in CASES]
    assert tag(sentences) == tag(sentences[::-1])[::-1]


def test_a_sentence_of_many_hundred_words_is_read_to_its_end() -> None:
    part = words(
        "Am Montag besuchte Anna Lindkamp die Musterwerk GmbH in Bochum und sprach über Wasserstoff ; "
    )
    sentence = part * 60
    spans = tag([sentence])[0]
    assert_valid(spans, len(sentence))
    assert len([s for s in spans if s.label == "PER"]) == 60


def test_one_endless_word_is_no_trouble() -> None:
    assert_valid(tag([["x" * 1_000_000, "Bochum"]])[0], 2)


def test_tags_of_the_rules_must_fit_the_sentences() -> None:
    with pytest.raises(ValueError, match="one tag for each word"):
        tag([["Bochum"]], [["O", "O"]])


def test_the_rules_mentions_become_tags() -> None:
    text = "Anna Lindkamp leitet die Musterwerk GmbH und das Thema Wasserstoff"
    mentions = [
        Mention(0, 13, "Person", "Anna Beispiel", "Anna Beispiel"),
        Mention(25, 40, "Company", "Musterwerk GmbH", "Musterwerk GmbH"),
        Mention(55, 66, "Topic", "Wasserstoff", "Wasserstoff"),
    ]
    tags = rule_tags(tokenize(text, 0, len(text)), mentions)
    assert tags == ["B-PER", "I-PER", "O", "O", "B-ORG", "I-ORG", "O", "O", "O", "O"]


def test_without_its_files_the_tagger_says_what_is_missing(tmp_path: Path) -> None:
    assert tagger_model.missing(tmp_path).startswith(f"{tmp_path / 'encoder.onnx'} is missing: install")


def test_asking_a_tagger_that_cannot_run_is_an_error_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "why_not", lambda: "the package onnxruntime is not installed")
    assert not tagger.available()
    with pytest.raises(GraphError, match=r"onnxruntime is not installed; or extract with rules alone"):
        tag([["Bochum"]])


def test_the_model_takes_less_than_20_megabytes() -> None:
    assert sum(p.stat().st_size for p in tagger_model.MODEL.iterdir()) < 20_000_000


def test_a_name_never_goes_on_as_another_class() -> None:
    pairs, starts = forbidden()
    assert not pairs[LABELS.index("B-ORG")][LABELS.index("I-ORG")]
    assert pairs[LABELS.index("B-ORG")][LABELS.index("I-LOC")]
    assert pairs[LABELS.index("O")][LABELS.index("I-ORG")]
    assert starts[LABELS.index("I-ORG")]


@given(word=st.text())
def test_feature_rows_lie_within_the_table(word: str) -> None:
    rows = feature_rows(word)
    assert rows and all(0 < row < 6000 for row in rows)
    assert list(rows) == sorted(set(rows))


def test_the_best_sequence_equals_that_of_a_search_through_all() -> None:
    """Second opinion on Viterbi and on the forward-backward sums, on three words and three labels."""
    from itertools import pairwise, product

    import numpy as np

    table = np.random.default_rng(1).normal(size=(3, 3)).astype(np.float32)
    change = np.random.default_rng(2).normal(size=(3, 3)).astype(np.float32)
    start, end = change[0] * 2, change[1] * 2

    def total(path: tuple[int, ...]) -> float:
        steps = sum(change[a, b] for a, b in pairwise(path))
        return float(start[path[0]] + sum(table[n, x] for n, x in enumerate(path)) + steps + end[path[-1]])

    paths = {path: np.exp(total(path)) for path in product(range(3), repeat=3)}
    best = max(paths, key=lambda p: paths[p])
    everything = sum(paths.values())
    labels, sure = best_labels([table, table[:1]], change, start, end)
    assert tuple(labels[0]) == best
    for place in range(3):
        agreeing = sum(v for p, v in paths.items() if p[place] == best[place])
        assert sure[0][place] == pytest.approx(agreeing / everything, rel=1e-4)
    assert int(labels[1][0]) == int((table[0] + start + end).argmax())
