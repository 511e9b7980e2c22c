"""Precision, recall and F1 of spans: strict (same words, same class) and typed overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.extraction.tagger_features import CLASSES

Spans = Sequence[tuple[int, int, str]]  # first word, last word, class


@dataclass(frozen=True, slots=True)
class Pair:
    """The spans of one sentence. `doubtful` gold counts neither as missed nor as false."""

    gold: Spans
    doubtful: Spans
    found: Spans


@dataclass(frozen=True, slots=True)
class Figures:
    precision: float
    recall: float
    count: int  # gold spans

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"{self.precision:.3f}/{self.recall:.3f}/{self.f1:.3f} ({self.count})"


def decode(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Spans of a sequence of labels.

    >>> decode(["B-PER", "I-PER", "O", "P-ORG", "B-LOC"])
    [(0, 1, 'PER'), (3, 3, 'ORG'), (4, 4, 'LOC')]
    """
    spans: list[tuple[int, int, str]] = []
    for place, label in enumerate(labels):
        if label[0] == "I" and spans:
            spans[-1] = (spans[-1][0], place, spans[-1][2])
        elif label != "O":
            spans.append((place, place, label[2:]))
    return spans


def gold_spans(allowed: Sequence[frozenset[str]]) -> tuple[Spans, Spans]:
    """Sure and doubtful spans of an annotated sentence."""
    sure = decode([min(a - {"O"}, default="O") for a in allowed])
    doubtful = [s for s in sure if "O" in allowed[s[0]]]
    return [s for s in sure if s not in doubtful], doubtful


def strict(pairs: Iterable[Pair], *, only: str = "") -> Figures:
    return _count(pairs, only, overlap=False)


def typed_overlap(pairs: Iterable[Pair], *, only: str = "") -> Figures:
    return _count(pairs, only, overlap=True)


def _count(pairs: Iterable[Pair], only: str, *, overlap: bool) -> Figures:
    right = found_count = hit = gold_count = 0
    for pair in pairs:
        gold = [s for s in pair.gold if only in ("", s[2])]
        found = [s for s in pair.found if only in ("", s[2]) and not _is_doubtful(s, pair)]
        right += sum(any(_match(s, g, overlap) for g in gold) for s in found)
        hit += sum(any(_match(s, g, overlap) for s in found) for g in gold)
        found_count += len(found)
        gold_count += len(gold)
    return Figures(right / max(1, found_count), hit / max(1, gold_count), gold_count)


def _is_doubtful(span: tuple[int, int, str], pair: Pair) -> bool:
    touches = any(span[0] <= d[1] and d[0] <= span[1] for d in pair.doubtful)
    return touches and not any(span[0] <= g[1] and g[0] <= span[1] for g in pair.gold)


def _match(one: tuple[int, int, str], other: tuple[int, int, str], overlap: bool) -> bool:
    if one[2] != other[2]:
        return False
    return one[0] <= other[1] and other[0] <= one[1] if overlap else one == other


def report(name: str, pairs: Sequence[Pair]) -> str:
    """One line: strict and typed overlap P/R/F1, then strict F1 by class."""
    classes = " ".join(f"{c} {strict(pairs, only=c)}" for c in CLASSES)
    return f"{name:<28} strict {strict(pairs)} typed {typed_overlap(pairs)} | {classes}"
