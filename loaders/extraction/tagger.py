"""Names in German and English sentences: persons, organisations, places, and named programmes, projects, events.

    tag([["Anna", "Beispiel", "leitet", "die", "Musterwerk", "AG", "."]])
    -> [[Span(0, 1, "PER", 0.99), Span(4, 5, "ORG", 0.98)]]

A small fine-tuned encoder that ships with the package; no download. Give it the rules' tags too: it was trained with
them and is better for it. Where it cannot run, `available()` is False, `why_not()` says why, and rules go on alone.
The same call gives the same result. The encoder counts in 8 bits with one scale for a batch, so a confidence may
differ in the third digit when a sentence stands in other company.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.extraction.lexicon import lexicon
from loaders.extraction.tagger_features import LABELS
from ontology.errors import GraphError

if TYPE_CHECKING:
    from loaders.extraction.tagger_model import Model, Window

LONGEST = 200  # words that are read at once; longer sentences are cut
OVERLAP = 40  # words that two windows of one sentence share
MOST_TOGETHER = 16  # windows in one run of the encoder
GENITIVE = ("'s", "’s", "'", "’")
WASTE = 1.25  # padded length of a batch over its real length, at most


@dataclass(frozen=True, slots=True)
class Span:
    """Words `first` to `last`, both included, are one name of class `label` (PER, ORG, LOC or MISC).

    `confidence`: the lowest probability of its words' labels, 0..1. `part`: only the part of the word before its
    hyphen is the name, as in "RVR-Direktorin"; such a span has one word.
    """

    first: int
    last: int
    label: str
    confidence: float
    part: bool = False


@cache
def why_not() -> str:
    """Why the tagger cannot run here, with the way out; "" if it can."""
    try:
        from loaders.extraction import tagger_model
    except ImportError as error:
        return f"the package {error.name} is not installed: pip install {error.name}"
    return tagger_model.missing()


def available() -> bool:
    """Whether `tag` can run: the packages and the model's files are there. Loads nothing large."""
    return not why_not()


def tag(
    sentences: Sequence[Sequence[str]],
    rule_tags: Sequence[Sequence[str]] | None = None,
    *,
    model: Path | None = None,
) -> list[list[Span]]:
    """Find the names of each sentence, in order and without overlaps.

    Args:
        sentences: words as loaders.extraction.tokens cuts them; an empty sentence gives [].
        rule_tags: what the rules found, as tagger_features.rule_tags gives it; same lengths as `sentences`.
        model: a folder with other weights than those of the package, for experiments.
    Raises:
        GraphError: `available()` is False.
        ValueError: `rule_tags` and `sentences` differ in length.
    """
    if model is None and not available():
        raise GraphError(f"the tagger cannot run: {why_not()}; or extract with rules alone (--fast)")
    from loaders.extraction.tagger_model import MODEL, load

    tags = rule_tags if rule_tags is not None else [[""] * len(words) for words in sentences]
    if [len(t) for t in tags] != [len(s) for s in sentences]:
        raise ValueError("rule_tags: give one tag for each word of each sentence")
    loaded = load(model or MODEL)
    windows = [
        (number, first, window)
        for number, (words, rules) in enumerate(zip(sentences, tags, strict=True))
        for first, window in _windows(loaded, words, rules)
    ]
    found: list[list[tuple[int, int, list[Span]]]] = [[] for _ in sentences]
    for batch in _batches(windows):
        for (number, first, window), spans in zip(batch, _read(loaded, batch), strict=True):
            found[number].append((first, first + len(window.words), spans))
    return [
        [_trimmed(span, words) for span in _joined(parts)]
        for parts, words in zip(found, sentences, strict=True)
    ]


def _windows(model: Model, words: Sequence[str], rules: Sequence[str]) -> Iterator[tuple[int, Window]]:
    """Cut a sentence into runs that fit, with the number of each run's first word."""
    from loaders.extraction.tagger_model import BOS, EOS, Window, rule_number

    first = 0
    while first < len(words):
        pieces, starts, last = [BOS], [], first
        while last < min(len(words), first + LONGEST):
            more = model.pieces(words[last])
            if len(pieces) + len(more) >= model.positions:
                break
            starts.append(len(pieces))
            pieces += more
            last += 1
        numbers = tuple(rule_number(tag) for tag in rules[first:last])
        yield first, Window(tuple(words[first:last]), numbers, (*pieces, EOS), tuple(starts))
        if last == len(words):
            return
        first = max(first + 1, last - OVERLAP)


def _batches(windows: Sequence[tuple[int, int, Window]]) -> Iterator[list[tuple[int, int, Window]]]:
    """Group windows of like length, so that little is wasted on padding."""
    batch: list[tuple[int, int, Window]] = []
    real = 0
    for entry in sorted(windows, key=lambda e: (len(e[2].pieces), e[0], e[1])):
        longest = len(entry[2].pieces)
        too_wide = longest * (len(batch) + 1) > WASTE * (real + longest)
        if batch and (too_wide or len(batch) == MOST_TOGETHER):
            yield batch
            batch, real = [], 0
        batch.append(entry)
        real += longest
    if batch:
        yield batch


def _read(model: Model, batch: Sequence[tuple[int, int, Window]]) -> list[list[Span]]:
    from loaders.extraction.tagger_decode import best_labels

    scores = model.scores([window for _, _, window in batch])
    arrays = model.arrays
    labels, chances = best_labels(scores, arrays["change"], arrays["start"], arrays["end"])
    return [
        _spans([LABELS[n] for n in row], [float(c) for c in sure], first)
        for row, sure, (_, first, _) in zip(labels, chances, batch, strict=True)
    ]


def _spans(labels: Sequence[str], chances: Sequence[float], offset: int) -> list[Span]:
    """Spans of one window, in numbers of the sentence's words."""
    spans: list[Span] = []
    for place, (label, chance) in enumerate(zip(labels, chances, strict=True), start=offset):
        mark, _, name = label.partition("-")
        if mark == "I" and spans:
            before = spans[-1]
            spans[-1] = Span(before.first, place, name, min(before.confidence, round(chance, 4)))
        elif mark != "O":
            spans.append(Span(place, place, name, round(chance, 4), mark == "P"))
    return spans


def _joined(parts: Sequence[tuple[int, int, list[Span]]]) -> list[Span]:
    """Spans of a sentence from its windows: each word belongs to the window in which it stands deeper."""
    kept: list[Span] = []
    ordered = sorted(parts, key=lambda p: p[0])
    owned_from = 0
    for place, (_, end, spans) in enumerate(ordered):
        following = ordered[place + 1][0] if place + 1 < len(ordered) else end
        owned_to = (following + end) // 2 if place + 1 < len(ordered) else end
        for span in spans:
            if owned_from <= span.first < owned_to and (not kept or span.first > kept[-1].last):
                kept.append(span)
        owned_from = owned_to
    return kept


def _trimmed(span: Span, words: Sequence[str]) -> Span:
    """Without a genitive 's behind and titles before; at least one word stays."""
    first, last = span.first, span.last
    while first < last and words[last] in GENITIVE:
        last -= 1
    if span.label == "PER":
        while first < last and (words[first].casefold() in lexicon().titles or words[first] == "."):
            first += 1
    return replace(span, first=first, last=last)
