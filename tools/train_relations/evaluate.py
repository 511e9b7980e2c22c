"""Cross-validated figures of the scorer: python -m tools.train_relations.evaluate GOLD_FOLDER

Edges of rules alone against rules and scorer, by the team's yardstick, on documents that training did not see; the curve
over thresholds; the same on our own passages, which the rules were not made for; reliability of the confidences.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np

from loaders.extraction import extract as pipeline
from loaders.extraction.relations.found import Found
from loaders.extraction.scorer import Model, rescored_with
from ontology.model import Entity, Relation
from tools.train_relations.dataset import OPEN, RIGHT, WRONG, Row, Sheet, load_yardstick
from tools.train_relations.fit import fit_model, scores
from tools.train_relations.train import fix_hash_order, gather, unreached

CURVE = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
Predict = Callable[[Sheet, int], Sequence[Found]]


def main() -> None:
    fix_hash_order()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, help="folder of development documents; score.py stands beside it")
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    yardstick = load_yardstick(args.gold)
    documents, rows, own = gather(args.gold)
    models = [_held_out(documents, rows, own, fold, args.folds) for fold in range(args.folds)]

    def with_scorer(limit: float | None = None) -> Predict:
        def predict(sheet: Sheet, unit: int) -> Sequence[Found]:
            model = models[unit % args.folds]
            return _rescored(model if limit is None else replace(model, threshold=limit), sheet)

        return predict

    lines = [
        ("rules alone", lambda sheet, unit: sheet.reading.relations),
        ("thresholds from training folds", with_scorer()),
    ]
    lines += [(f"threshold {limit:.2f}", with_scorer(limit)) for limit in CURVE]
    print(f"{len(documents)} documents, {args.folds} folds")
    tallies = {name: _tally(documents, predict, yardstick) for name, predict in lines}
    _print_curve(tallies)
    _print_relations(tallies["rules alone"], tallies["thresholds from training folds"])
    _print_passages(rows, own, len(documents))
    chances = np.concatenate(
        [_chances(models[u % args.folds], [r for r in rows if r.unit == u]) for u in range(len(documents))]
    )
    told = [r for u in range(len(documents)) for r in rows if r.unit == u]
    limits = {u: models[u % args.folds].threshold for u in range(len(documents))}
    _print_reliability("relations that rules found", _bins(told, chances, lambda r, c: r.by_rule))
    _print_reliability(
        "relations that the scorer adds",
        _bins(told, chances, lambda r, c: not r.by_rule and c >= limits[r.unit]),
    )
    _print_reliability("all candidates", _bins(told, chances, lambda r, c: True))


def _held_out(documents: list[Sheet], rows: list[Row], own: list[Row], fold: int, folds: int) -> Model:
    """A model that has not seen the documents of a fold."""
    units = {u for u in range(len(documents)) if u % folds != fold}
    seen = [r for r in rows if r.unit in units]
    return fit_model([*seen, *own], len(documents), unreached(documents, rows, units))


def _rescored(model: Model, sheet: Sheet) -> Sequence[Found]:
    reading = sheet.reading
    return rescored_with(
        model, reading.view.text, reading.sentences, reading.cast, reading.relations, sheet.document.language
    )


def _tally(
    documents: Sequence[Sheet], predict: Predict, yardstick: ModuleType
) -> dict[str, tuple[int, int, int]]:
    """Hits, inventions and misses of nodes, edges and each relation."""
    tally = yardstick.Tally()
    for unit, sheet in enumerate(documents):
        reading = replace(sheet.reading, relations=tuple(predict(sheet, unit)))
        facts = tuple(pipeline.facts_of(sheet.document, reading))
        nodes = [
            {"id": f.id, "type": f.type, "name": f.name, "aliases": [a.text for a in f.aliases]}
            for f in facts
            if isinstance(f, Entity)
        ]
        edges = [
            {
                "source": f.source,
                "target": f.target,
                "type": f.type,
                "evidence": [{"quote": e.quote} for e in f.evidence],
            }
            for f in facts
            if isinstance(f, Relation)
        ]
        yardstick.score(sheet.gold, {"nodes": nodes, "edges": edges}, tally, sheet.document.text, [])
    return {
        key: (tally[key, "tp"], tally[key, "fp"], tally[key, "fn"]) for key in sorted({k for k, _ in tally})
    }


def _figures(counts: tuple[int, int, int]) -> tuple[float, float, float]:
    hits, wrong, missed = counts
    precision = hits / (hits + wrong) if hits + wrong else 1.0
    recall = hits / (hits + missed) if hits + missed else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _print_curve(tallies: dict[str, dict[str, tuple[int, int, int]]]) -> None:
    print(f"\n{'':34}     P     R    F1   hits wrong missed   node F1  quotes")
    for name, tally in tallies.items():
        p, r, f = _figures(tally["edges"])
        node = _figures(tally["nodes"])[2]
        quotes = tally["quote"][0] / max(1, tally["quote"][0] + tally["quote"][1])
        print(
            f"{name:34}{p:6.3f}{r:6.3f}{f:6.3f}{tally['edges'][0]:7}{tally['edges'][1]:6}{tally['edges'][2]:7}{node:10.3f}{quotes:8.3f}"
        )


def _print_relations(rules: dict[str, tuple[int, int, int]], both: dict[str, tuple[int, int, int]]) -> None:
    print(f"\n{'relation':18}{'rules: P':>9}{'R':>6}{'F1':>6}{'both: P':>10}{'R':>6}{'F1':>6}")
    for key in sorted({*rules, *both}):
        if key.startswith("edges:"):
            one, two = _figures(rules.get(key, (0, 0, 0))), _figures(both.get(key, (0, 0, 0)))
            print(
                f"{key[6:]:18}{one[0]:9.3f}{one[1]:6.3f}{one[2]:6.3f}{two[0]:10.3f}{two[1]:6.3f}{two[2]:6.3f}"
            )


def _print_passages(rows: list[Row], own: list[Row], documents: int) -> None:
    """Three folds over our passages: train on the documents and two thirds of them."""
    units = sorted({r.unit for r in own})
    kept: list[tuple[Row, bool]] = []
    for fold in range(3):
        out = set(units[fold::3])
        model = fit_model([*rows, *(r for r in own if r.unit not in out)], documents, 0)
        part = [r for r in own if r.unit in out]
        kept += [(r, c >= model.threshold) for r, c in zip(part, _chances(model, part), strict=True)]
    print("\nour own passages (names given), edges that stand within reach")
    for name, new in (("rules alone", False), ("rules and scorer", True)):
        wanted = sum(r.answer == RIGHT for r, _ in kept)
        hits = sum(r.answer == RIGHT and (r.by_rule or (new and k)) for r, k in kept)
        wrong = sum(r.answer == WRONG and (r.by_rule or (new and k)) for r, k in kept)
        p, r_, f = _figures((hits, wrong, wanted - hits))
        print(f"{name:34}{p:6.3f}{r_:6.3f}{f:6.3f}{hits:7}{wrong:6}{wanted - hits:7}")


def _chances(model: Model, rows: Sequence[Row]) -> np.ndarray:
    values = scores(model, rows)
    return np.array([model.probability(v, by_rule=r.by_rule) for v, r in zip(values, rows, strict=True)])


def _bins(
    rows: Sequence[Row], chances: np.ndarray, chosen: Callable[[Row, float], bool]
) -> Iterator[tuple[float, int, float, float]]:
    """Lower bound of a bin, number of candidates, mean confidence, share that is right."""
    pairs = [
        (c, r.answer == RIGHT)
        for r, c in zip(rows, chances, strict=True)
        if r.answer != OPEN and chosen(r, c)
    ]
    for tenth in range(10):
        inside = [(c, right) for c, right in pairs if tenth == min(9, int(c * 10))]
        if inside:
            yield (
                tenth / 10,
                len(inside),
                sum(c for c, _ in inside) / len(inside),
                sum(r for _, r in inside) / len(inside),
            )


def _print_reliability(title: str, bins: Iterator[tuple[float, int, float, float]]) -> None:
    print(f"\n{title}\nconfidence   number   mean  right")
    found = list(bins)
    for low, number, mean, right in found:
        print(f"{low:.1f} to {low + 0.1:.1f}{number:9}{mean:7.3f}{right:7.3f}")
    total = sum(n for _, n, _, _ in found)
    error = sum(n * abs(mean - right) for _, n, mean, right in found) / max(1, total)
    print(f"expected calibration error {error:.3f}")


if __name__ == "__main__":
    main()
