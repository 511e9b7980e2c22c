"""Trains the scorer and writes its weights: python -m tools.train_relations.train GOLD_FOLDER

Run in an environment with innograph and requirements.txt; the weights are the same on every run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from loaders.extraction.scorer import MODEL, Model
from tools.train_relations.dataset import (
    RIGHT,
    Row,
    Sheet,
    document_rows,
    load_yardstick,
    passage_rows,
    sheets,
)
from tools.train_relations.fit import fit_model

OUTPUT = Path("loaders/extraction") / MODEL


def gather(folder: Path) -> tuple[list[Sheet], list[Row], list[Row]]:
    """Development documents, their candidates (unit: place in the list), candidates of our passages."""
    yardstick = load_yardstick(folder)
    documents = list(sheets(folder))
    rows = [row for unit, sheet in enumerate(documents) for row in document_rows(sheet, unit, yardstick)]
    return documents, rows, passage_rows(len(documents))


def unreached(documents: list[Sheet], rows: list[Row], units: set[int]) -> int:
    """Gold edges of these documents that no candidate reaches."""
    wanted = sum(_wanted(sheet) for unit, sheet in enumerate(documents) if unit in units)
    return wanted - len({(r.unit, r.edge) for r in rows if r.unit in units and r.answer == RIGHT})


def _wanted(sheet: Sheet) -> int:
    optional = {n["id"] for n in sheet.gold["nodes"] if n.get("optional")}
    return sum(
        not (e.get("optional") or e["s"] in optional or e["o"] in optional) for e in sheet.gold["edges"]
    )


def save(model: Model, path: Path, *, adds: bool) -> int:
    """Write the weights without a time stamp; return the size in bytes."""
    packed = {
        "shared": model.shared,
        "relations": model.by_relation,
        "curve": model.curve,
        "threshold": model.threshold,
        "adds": adds,
    }
    text = json.dumps(packed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    return path.stat().st_size


def fix_hash_order() -> None:
    """Start again with a fixed hash seed: the yardstick breaks ties between gold nodes by hash order."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, sys.orig_argv, {**os.environ, "PYTHONHASHSEED": "0"})  # noqa: S606


def main() -> None:
    fix_hash_order()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, help="folder of development documents; score.py stands beside it")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    parser.add_argument(
        "--add", action="store_true", help="let the scorer add relations, not only set confidences"
    )
    parser.add_argument("--threshold", type=float, help="add from here on, instead of where F1 is best")
    args = parser.parse_args()
    documents, rows, own = gather(args.gold)
    missing = unreached(documents, rows, set(range(len(documents))))
    model = fit_model([*rows, *own], len(documents), missing)
    if args.threshold is not None:
        model = replace(model, threshold=args.threshold)
    size = save(model, args.output, adds=args.add)
    print(
        f"{len(rows)} candidates of {len(documents)} documents, {len(own)} of our passages; threshold {model.threshold}"
    )
    print(f"{args.output}: {size} bytes")


if __name__ == "__main__":
    main()
