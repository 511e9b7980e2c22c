"""The model: L2 logistic regression over features that all relations share and the same features for each relation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from loaders.extraction.scorer import Candidate, Model, score
from tools.train_relations.dataset import OPEN, PASSAGE_WEIGHT, RIGHT, WRONG, Row

STRENGTH = 0.1  # inverse of the L2 penalty; 0.05 to 0.3 differ by less than 0.3 points of F1
SEEN = 2  # a feature needs two candidates
FOLDS = 3  # inside the training documents, for curve and threshold
STEPS = np.arange(0.16, 0.62, 0.02)
SMALLEST = 0.005  # weights below are left out of the file


@dataclass(frozen=True, slots=True)
class Weights:
    """Two levels of weights: for all relations, and for each."""

    shared: dict[str, float]
    by_relation: dict[str, dict[str, float]]


def fit_weights(rows: Sequence[Row], passages_from: int) -> Weights:
    """Weights from all rows that are right or wrong. Units from `passages_from` on are our own passages."""
    used = [r for r in rows if r.answer != OPEN]
    counts = Counter(name for row in used for name in _names(row))
    columns = {name: n for n, name in enumerate(sorted(k for k, c in counts.items() if c >= SEEN))}
    indices: list[int] = []
    ends = [0]
    for row in used:
        indices.extend(sorted({columns[n] for n in _names(row) if n in columns}))
        ends.append(len(indices))
    matrix = csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(used), len(columns)))
    answers = np.array([r.answer == RIGHT for r in used])
    weights = np.array([PASSAGE_WEIGHT if r.unit >= passages_from else 1.0 for r in used])
    model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-3, random_state=0)
    model.fit(matrix, answers, sample_weight=weights)
    shared: dict[str, float] = {"1": float(model.intercept_[0])}
    by_relation: dict[str, dict[str, float]] = defaultdict(dict)
    for name, column in columns.items():
        value = float(model.coef_[0][column])
        relation, _, feature = name.partition("|")
        if relation:
            by_relation[relation][feature] = value
        else:
            shared[feature] = shared.get(feature, 0.0) + value
    return _trim(shared, by_relation)


def _names(row: Row) -> list[str]:
    features = (*row.pair_features, *row.rule_features)
    return [f"|{f}" for f in features] + [f"{row.relation}|{f}" for f in features]


def _trim(shared: dict[str, float], by_relation: dict[str, dict[str, float]]) -> Weights:
    def kept(weights: dict[str, float]) -> dict[str, float]:
        return {k: round(v, 3) for k, v in sorted(weights.items()) if abs(v) >= SMALLEST}

    return Weights(kept(shared), {name: kept(w) for name, w in sorted(by_relation.items())})


def scores(weights: Weights | Model, rows: Sequence[Row]) -> np.ndarray:
    """Log-odds of rows, computed by the code that runs in the product."""
    model = Model(weights.shared, weights.by_relation, {}, 1.0)
    return np.array([
        score(model, Candidate(r.relation, 0, 0, None, list(r.pair_features), list(r.rule_features))) for r in rows
    ])  # fmt: skip


def fit_model(rows: Sequence[Row], passages_from: int, missing: int) -> Model:
    """Weights from all rows; curve and threshold from documents held out in turn, so that they are not flattered.

    `missing`: gold edges of the documents that no candidate reaches.
    """
    documents = sorted({r.unit for r in rows if r.unit < passages_from})
    held: list[Row] = []
    values: list[np.ndarray] = []
    for fold in range(FOLDS):
        out = set(documents[fold::FOLDS])
        weights = fit_weights([r for r in rows if r.unit not in out], passages_from)
        part = [r for r in rows if r.unit in out]
        held.extend(part)
        values.append(scores(weights, part))
    value = np.concatenate(values)
    curve = {"rule": _curve(held, value, by_rule=True), "new": _curve(held, value, by_rule=False)}
    weights = fit_weights(rows, passages_from)
    draft = Model(weights.shared, weights.by_relation, curve, 1.0)
    chances = np.array([draft.probability(v, by_rule=r.by_rule) for v, r in zip(value, held, strict=True)])
    return Model(weights.shared, weights.by_relation, curve, _threshold(held, chances, missing))


def _curve(rows: Sequence[Row], values: np.ndarray, *, by_rule: bool) -> tuple[float, float]:
    """Platt scaling: slope and offset that lead log-odds to a probability."""
    chosen = [n for n, r in enumerate(rows) if r.by_rule == by_rule and r.answer != OPEN]
    answers = [rows[n].answer == RIGHT for n in chosen]
    model = LogisticRegression(C=100.0).fit(values[chosen][:, None], answers)
    return round(float(model.coef_[0][0]), 4), round(float(model.intercept_[0]), 4)


def _threshold(rows: Sequence[Row], chances: np.ndarray, missing: int) -> float:
    """The chance from which a new relation raises F1 of the edges: half of the best F1 that held-out documents reach.

    With true probabilities this is the best limit (Lipton, Elkan, Naryanaswamy 2014), and it is far steadier over
    forty documents than the limit that was best on them.
    """

    def f1(limit: float) -> float:
        kept = [r for r, c in zip(rows, chances, strict=True) if r.by_rule or c >= limit]
        hits = len({(r.unit, r.edge) for r in kept if r.answer == RIGHT})
        wrong = sum(r.answer == WRONG for r in kept)
        return float(2 * hits / (hits + wrong + wanted))

    wanted = missing + len({(r.unit, r.edge) for r in rows if r.answer == RIGHT})
    return round(max(f1(float(limit)) for limit in STEPS) / 2, 2)
