"""The quality card: precision, recall and F1 with intervals, calibration, and every miss and invention."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from loaders.quality.gold import ENDING, read_gold
from loaders.quality.match import EDGES, NODES, Comparison, compare
from loaders.read import extracted, read_document
from ontology.errors import SourceError
from ontology.model import Document, Fact

DRAWS, SEED = 1_000, 7  # of the bootstrap; the seed is fixed, so that equal facts give equal cards
BINS = 10
Extract = Callable[[Document], Iterable[Fact]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Counts over documents. `low` and `high` hold the middle 95 % of F1 over documents drawn with replacement."""

    hits: int
    misses: int
    inventions: int
    low: float
    high: float

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        return _share(self.hits, self.inventions)

    @property
    def recall(self) -> float:
        """The share of what should be found that was; 1 where there is nothing."""
        return _share(self.hits, self.misses)

    @property
    def f1(self) -> float:
        return _f1(self.hits, self.misses, self.inventions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Edges whose confidence is at least `low` and below `high` (the last bin holds 1 too)."""

    low: float
    high: float
    edges: int
    right: int
    confidence: float  # mean of its edges, 0 where there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One miss or invention, in words."""

    document: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What was measured. Figures go by class or relation, and by language; "" stands for all of them."""

    documents: int
    languages: tuple[tuple[str, int], ...]  # with the number of documents
    nodes: tuple[tuple[str, Figure], ...]
    edges: tuple[tuple[str, Figure], ...]
    nodes_by_language: tuple[tuple[str, Figure], ...]
    edges_by_language: tuple[tuple[str, Figure], ...]
    exact_types: float  # share of the nodes hit whose class is the very one
    true_quotes: int  # edges hit whose every quote stands in the document ...
    quotes: int  # ... of so many
    bins: tuple[Bin, ...]
    misses: tuple[Finding, ...]
    inventions: tuple[Finding, ...]

    @property
    def calibration_error(self) -> float:
        """Mean distance of confidence from the share that is right, over edges (expected calibration error)."""
        edges = sum(b.edges for b in self.bins)
        return sum(abs(b.edges * b.confidence - b.right) for b in self.bins) / edges if edges else 0.0


def evaluate(gold_dir: Path, *, texts_dir: Path | None = None, extract: Extract = extracted) -> Card:
    """Extract every document that has a gold graph and compare.

    Args:
        gold_dir: holds files NAME.gold.json.
        texts_dir: holds the documents that they name; `gold_dir` itself if left out.
        extract: what makes facts of a document.
    Raises:
        SourceError: no gold graph there, or one of them or its document cannot be read.
    """
    paths = sorted(gold_dir.glob(f"*{ENDING}"))
    if not paths:
        raise SourceError(f"holds no *{ENDING}: name the folder of the gold graphs", source=str(gold_dir))
    return card_of([_compare(path, texts_dir or gold_dir, extract) for path in paths])


def _compare(path: Path, texts_dir: Path, extract: Extract) -> Comparison:
    gold = read_gold(path)
    text = texts_dir / gold.document
    document = read_document(text, source=str(text))
    return compare(gold, document, extract(document))


def card_of(compared: Sequence[Comparison]) -> Card:
    """Sum up the comparisons of documents."""
    languages = sorted({c.language for c in compared})
    by_language = [[c for c in compared if c.language == language] for language in languages]
    hits = sum(c.hits[NODES, ""] for c in compared)
    return Card(
        documents=len(compared),
        languages=tuple((tag, len(group)) for tag, group in zip(languages, by_language, strict=True)),
        nodes=_by_type(compared, NODES),
        edges=_by_type(compared, EDGES),
        nodes_by_language=tuple(_each(languages, by_language, NODES)),
        edges_by_language=tuple(_each(languages, by_language, EDGES)),
        exact_types=sum(c.exact_types for c in compared) / hits if hits else 1.0,
        true_quotes=sum(c.true_quotes for c in compared),
        quotes=sum(c.true_quotes + c.false_quotes for c in compared),
        bins=_bins([pair for c in compared for pair in c.judged]),
        misses=tuple(Finding(document=c.name, what=what) for c in compared for what in sorted(c.missed)),
        inventions=tuple(
            Finding(document=c.name, what=what) for c in compared for what in sorted(c.invented)
        ),
    )


def _by_type(compared: Sequence[Comparison], kind: str) -> tuple[tuple[str, Figure], ...]:
    keys = {key for c in compared for counts in (c.hits, c.misses, c.inventions) for key in counts}
    types = sorted({type for found, type in keys if found == kind} | {""})
    return tuple((type, figure(compared, kind, type)) for type in types)


def _each(
    languages: Sequence[str], groups: Sequence[Sequence[Comparison]], kind: str
) -> Iterable[tuple[str, Figure]]:
    return ((language, figure(group, kind, "")) for language, group in zip(languages, groups, strict=True))


def figure(compared: Sequence[Comparison], kind: str, type: str) -> Figure:
    """Counts of one kind ("nodes" or "edges") and type ("" for all) with the interval of F1."""
    key = kind, type
    counts = [(c.hits[key], c.misses[key], c.inventions[key]) for c in compared]
    chance = random.Random(SEED)  # noqa: S311 (statistics)
    drawn = sorted(_f1(*_sum(chance.choices(counts, k=len(counts)))) for _ in range(DRAWS))
    hits, misses, inventions = _sum(counts)
    return Figure(
        hits=hits, misses=misses, inventions=inventions,
        low=drawn[int(DRAWS * 0.025)], high=drawn[int(DRAWS * 0.975)],
    )  # fmt: skip


def _sum(counts: Iterable[tuple[int, int, int]]) -> tuple[int, int, int]:
    hits, misses, inventions = (sum(column) for column in zip(*counts, strict=True))
    return hits, misses, inventions


def _f1(hits: int, misses: int, inventions: int) -> float:
    precision, recall = _share(hits, inventions), _share(hits, misses)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0


def _bins(judged: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    found = []
    for number in range(BINS):
        inside = [pair for pair in judged if min(int(pair[0] * BINS + 1e-9), BINS - 1) == number]
        found.append(
            Bin(
                low=number / BINS,
                high=(number + 1) / BINS,
                edges=len(inside),
                right=sum(is_right for _, is_right in inside),
                confidence=sum(confidence for confidence, _ in inside) / len(inside) if inside else 0.0,
            )
        )
    return tuple(found)
