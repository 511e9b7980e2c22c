"""Extraction against the gold graphs: `make quality`.

Node and edge precision, recall and F1 with 95 % intervals from a bootstrap over documents (1,000 draws, fixed seed),
and the share of quotes that stand in the document. The rules were written while the seeds and the development
documents were in view, so these figures are in-sample; unseen text gives less.
"""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

from graph.single import single
from loaders.extraction.extract import extract
from loaders.read import read_document
from views.node_link import node_link

SHARED = Path(__file__).parent.parent.parent / "shared"
SETS = (("seeds", SHARED / "gold/seeds", SHARED / "seeds"), ("dev", SHARED / "gold/dev", SHARED / "gold/dev"))
DRAWS, SEED = 1_000, 7
Tally = Counter[tuple[str, str]]


def scorer(folder: Path) -> ModuleType:
    """The team's yardstick, gold/score.py."""
    spec = importlib.util.spec_from_file_location("gold_score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predicted(path: Path) -> dict[str, object]:
    """The node-link graph that `innograph extract` writes for a file."""
    document = read_document(path, source=path.name)
    graph: dict[str, object] = json.loads(node_link(single(document, extract(document))))
    return graph


def tallies(score: ModuleType, gold_folder: Path, text_folder: Path) -> list[Tally]:
    """Hits and misses, one tally a document."""
    found = []
    for path in sorted(gold_folder.glob("*.gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = text_folder / gold["document"]
        tally = score.Tally()
        score.score(gold, predicted(text), tally, text.read_text("utf-8"), [])
        found.append(tally)
    return found


def f1(tallies: list[Tally], key: str) -> tuple[float, float, float]:
    """Precision, recall, F1 over several documents."""
    hit, false, missed = (sum(t[key, word] for t in tallies) for word in ("tp", "fp", "fn"))
    precision = hit / (hit + false) if hit + false else 1.0
    recall = hit / (hit + missed) if hit + missed else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def interval(tallies: list[Tally], key: str) -> tuple[float, float]:
    """The middle 95 % of F1 over documents drawn with replacement."""
    chance = random.Random(SEED)  # noqa: S311 (statistics)
    values = sorted(f1(chance.choices(tallies, k=len(tallies)), key)[2] for _ in range(DRAWS))
    return values[int(DRAWS * 0.025)], values[int(DRAWS * 0.975)]


def main() -> int:
    """Print the table."""
    if not SHARED.is_dir():
        print(f"no gold graphs: this measurement needs the team's folder {SHARED}", file=sys.stderr)
        return 1
    score = scorer(SHARED / "gold")
    print("| documents | | precision | recall | F1 | 95 % interval | quotes in document |")
    print("| --- | --- | ---: | ---: | ---: | --- | ---: |")
    for name, gold_folder, text_folder in SETS:
        found = tallies(score, gold_folder, text_folder)
        quoted, misquoted = (sum(t["quote", word] for t in found) for word in ("tp", "fp"))
        for key in ("nodes", "edges"):
            p, r, f = f1(found, key)
            low, high = interval(found, key)
            quotes = f"{quoted / (quoted + misquoted):.3f}" if key == "edges" else ""
            print(
                f"| {name} ({len(found)}) | {key} | {p:.3f} | {r:.3f} | {f:.3f} | {low:.2f}–{high:.2f} | {quotes} |"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
